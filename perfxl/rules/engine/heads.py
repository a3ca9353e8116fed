"""The head of an indicator's name, which in Chinese stands last: 三公经费|压减率, 事故|警示教育次数.

What stands before the head is not what is counted: 故障排除次数 are to be many, although 故障 are to be
few. Source: scoring rules, "Direction by evidence", 5.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import fold
from perfxl.rules.policies.policy import Policy

UP, DOWN, EITHER = "up", "down", "either"
FALLING, RISING = "falling", "rising"
_HANDLED, _GROWING = "handled", "growing"

LONGEST_SAVED = 4
"""Characters of what is saved, behind the word that says so."""
_LISTS = {
    "more_is_better": UP,
    "less_is_better": DOWN,
    "either_names": EITHER,
    "limits": DOWN,
    "efforts": UP,
    "handling": _HANDLED,
    "rising": RISING,
    "growing": _GROWING,
    "falling": FALLING,
}
"""List of words → what a head on it says; a word on two lists of different meaning says neither."""


class Head(NamedTuple):
    """What the head of a name says.

    Attributes:
        way: up, down, either (it may be meant both ways), or "" where no list knows it.
        turn: falling or rising where it is a change (压减率, 增长率).
        denied: whether a denial before it turned it round (无事故率, 不合格率).
        modified: whether words of no list stand before what should be few: a modifier (道路火灾), or work
            that is done about it (研判风险).
    """

    way: str = ""
    turn: str = ""
    denied: bool = False
    modified: bool = False


UNKNOWN = Head()


class _Words(NamedTuple):
    heads: dict[str, str]
    longest: int
    tails: tuple[str, ...]
    bad: re.Pattern[str]


@lru_cache(maxsize=64)
def _words(policy: Policy) -> _Words:
    heads: dict[str, str] = {}
    for name, says in _LISTS.items():
        for word in policy.words[name]:
            heads[word] = says if heads.get(word, says) == says else EITHER
    few = [
        word for word, says in heads.items() if says == DOWN and word not in policy.words["limits"]
    ]
    return _Words(
        heads,
        max(map(len, heads)),
        tuple(sorted(policy.words["name_tails"], key=len, reverse=True)),
        re.compile("|".join(map(re.escape, sorted(few, key=len, reverse=True))) or r"(?!)"),
    )


_BRACKETS = re.compile(r"[(\[【〔<《\"“][^()\[\]【】〔〕<>《》\"“”]*[)\]】〕>》\"”]")
_ORDINALS = "甲乙丙丁戊己庚辛A-Za-z一二三四五六七八九十"
_PARTS = re.compile(r"[:,;、/·。—－-]")


@cache
def _figures() -> re.Pattern[str]:
    """The figure that a name ends in, with what compares it: 不低于95%."""
    return re.compile(
        rf"(?:(?:{grammar().figure})+[0-9][0-9.,]*[^0-9]{{0,5}}"
        r"|(?<![A-Za-z0-9.])[0-9][0-9.,]*[^0-9]{0,2})$"
    )


@cache
def _ordinal() -> re.Pattern[str]:
    """What tells a name from the next: 完成率甲, 完成率乙."""
    ends = "".join(word for word in grammar().heads if len(word) == 1)
    return re.compile(rf"(?<=[{ends}])[{_ORDINALS}]$")


@lru_cache(maxsize=16384)
def bare_name(name: str) -> str:
    """A name without brackets, a figure behind it (…完成率100%), or what tells it from the next (完成率甲)."""
    text = _BRACKETS.sub("", fold(name))
    without = _ordinal().sub("", _figures().sub("", text))
    text = without if len(without) > 1 else text
    parts = [part for part in _PARTS.split(text) if part]
    return parts[-1] if parts else text


@lru_cache(maxsize=16384)
def head(name: str, policy: Policy) -> Head:
    """What the head of an indicator's name says of the way it points."""
    text = bare_name(name)
    found = _resolve(text, policy)
    if found.way in ("", EITHER) and _saves(text, policy):
        return Head(UP, FALLING)
    begun = _helps(text, policy) or (
        text.startswith(policy.words["attracting"] + policy.words["begun"])
        and not mentions_bad(text, policy)
    )
    if not found.way and begun and not text.endswith(policy.words["rates"]):
        return Head(UP)
    return found


def _saves(text: str, policy: Policy) -> bool:
    """Whether a text ends in a saving and what is saved: 腾退办公用房|节约|租金."""
    behind = [
        len(text) - text.rfind(word) - len(word) for word in policy.words["savings"] if word in text
    ]
    return bool(behind) and min(behind) <= LONGEST_SAVED


def mentions_bad(name: str, policy: Policy) -> bool:
    """Whether a name speaks of anything that should be little, be it its head or not."""
    return _words(policy).bad.search(fold(name)) is not None


def is_cost(name: str, policy: Policy) -> bool:
    """Whether a name is of what something costs, and not of what is owed to somebody."""
    text = bare_name(name)
    other = policy.words["paid_out"] + policy.words["falling"] + policy.words["rising"]
    return text.endswith(policy.words["costs"]) and not any(word in text for word in other)


def is_effort(name: str, policy: Policy) -> bool:
    """Whether a name is of a duration that is work done: 培训天数, 开放时间."""
    return bare_name(name).endswith(policy.words["efforts"])


def counts_violations(name: str, policy: Policy) -> bool:
    """Whether a target of 0 of such a name counts what went wrong with a good thing: 安全生产."""
    return bare_name(name).endswith(policy.words["none_wanted"])


def is_amount(name: str, policy: Policy) -> bool:
    """Whether a name says itself that it is an amount: 培训人数, 养护里程."""
    return bare_name(name).endswith(policy.words["amount_names"])


def _resolve(text: str, policy: Policy, *, share: bool = False, timed: bool = False) -> Head:
    """The head of a text, endings that say only how it is counted taken off until one is known."""
    words = _words(policy)
    for length in range(min(words.longest, len(text)), 0, -1):
        word = text[-length:]
        says = words.heads.get(word)
        if says:
            return _says(says, word, text[:-length], policy, share=share, timed=timed)
    tails = [word for word in words.tails if text.endswith(word) and word != text]
    for tail in tails:
        found = _resolve(
            text[: -len(tail)], policy,
            share=share or tail in policy.words["rates"],
            timed=timed or tail in policy.words["time_tails"],
        )  # fmt: skip
        if found.way == DOWN and not share and tail in policy.words["persons"]:
            # 受灾群众, 失业人员: those to be helped, or those to be few.
            return Head(EITHER)
        if found.way:
            return found
    return UNKNOWN if tails else _by_morpheme(text, policy)


def _says(says: str, word: str, before: str, policy: Policy, *, share: bool, timed: bool) -> Head:
    """What a head says beside what stands before it."""
    if says in (FALLING, RISING):
        return _changed(says, word, before, policy)
    if says == _GROWING:
        # 隐性债务新增额, 尘肺病新增例数: as good as what it is of.
        return Head(_resolve(before, policy).way or EITHER, RISING)
    if says == UP:
        return _good(word, before, policy, timed=timed)
    if says == DOWN:
        return _bad(word, before, policy, share=share, timed=timed)
    if says == _HANDLED:
        return _handled(before, policy, share=share, timed=timed)
    return _either(word, before, policy, share=share, timed=timed)


def _good(word: str, before: str, policy: Policy, *, timed: bool) -> Head:
    """Work done and good things: to be many, unless they are denied, went wrong, or say how long."""
    words = policy.words
    tainted = before.endswith(words["tainting"]) and not before.endswith(words["mending"])
    doubtful = tainted and word.endswith(words["cures"])
    if doubtful or before.endswith(words["absences"]):
        # 违规整改, 零就业家庭
        return Head(EITHER, denied=True)
    if tainted or before.endswith(words["denials"]):
        return Head(DOWN, denied=True)
    # 采购天数 may be how long it may take; what is work for its length stands in `efforts`.
    return Head(EITHER if timed else UP)


def _bad(word: str, before: str, policy: Policy, *, share: bool, timed: bool) -> Head:
    """What should be few: to be few, unless there is none of it, or something is done about it."""
    words = policy.words
    if before.endswith(words["absences"]):
        # 无事故率 is to be high; of 零事故次数 nobody knows what is counted.
        return Head(UP if share else EITHER, denied=True)
    if timed or word in words["limits"]:
        return Head(DOWN)
    if before.endswith(words["savings"]):
        return Head(UP, FALLING)
    if word.endswith(words["costs"]):
        return Head(EITHER if before.startswith(words["falling"]) else DOWN)
    if not share and _helps(before, policy):
        return Head(UP)
    # 降低投诉率 10%: by so much, or to so much? 处理投诉数: much work, or much to complain of?
    done_about = words["falling"] + (() if share else words["handling"] + words["cures"])
    if before.startswith(done_about):
        return Head(EITHER)
    return Head(DOWN, modified=bool(before) and not share)


def _handled(before: str, policy: Policy, *, share: bool, timed: bool) -> Head:
    """Work that follows from what happens: few complaints handled may be few complaints."""
    if share or timed:
        return Head(UP if share else DOWN)
    return Head(EITHER) if _words(policy).bad.search(before) else UNKNOWN


def _either(word: str, before: str, policy: Policy, *, share: bool, timed: bool) -> Head:
    """Words that are meant both ways; of some of them what stands before decides: 节约|资金, PM2.5|浓度."""
    words = policy.words
    if before.endswith(words["tainting"]):
        return Head(DOWN, denied=True)
    if word in words["name_tails"] and before:
        timed = timed or word in words["time_tails"]
        thing = _resolve(before, policy, share=share, timed=timed)
        spent = word.endswith(words["money_names"]) and not thing.turn
        helped = word in words["persons"] and thing.way == DOWN and not share
        if thing.way and not helped and not (thing.way == UP and (timed or spent)):
            return thing
    won = before.startswith(words["attracting"] + words["helping"])
    return Head(UP if not share and won else EITHER)


def _helps(text: str, policy: Policy) -> bool:
    """Whether a text begins with work for or against what follows: 资助|贫困学生, 挽回|损失."""
    return text.startswith(policy.words["helping"])


def _changed(turn: str, word: str, before: str, policy: Policy) -> Head:
    """The growth or decrease of something: 支出增长率, 事故下降率, 耕地减少率; a saving is always wanted."""
    thing = _resolve(before, policy)
    wanted = word in policy.words["wanted_change"]
    if turn == FALLING:
        loss = thing.way == UP or before.endswith(policy.words["assets"])
        return Head(EITHER if loss and not wanted else UP, FALLING)
    if wanted:
        return Head(DOWN if thing.way == DOWN else UP, RISING)
    return Head(thing.way or UP, RISING)


def _by_morpheme(text: str, policy: Policy) -> Head:
    """漏报, 误诊, 逾期: two characters of which the first says that it went wrong."""
    word = text[-2:]
    if len(word) == 2 and word[0] in policy.words["bad_beginnings"]:
        if text[:-2].endswith(policy.words["absences"]):
            return Head(EITHER, denied=True)
        return Head(DOWN)
    return UNKNOWN
