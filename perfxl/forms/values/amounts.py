"""The amount in a text: number or range, unit, comparators, and whether all other words are understood.

A text is cut into lead, number, unit and tail. Words of the lists in templates/quantities.toml are
understood; what else is left makes the amount not understood, and the value a text.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from perfxl.forms.values.grammar import chinese_number, grammar
from perfxl.forms.values.text import readable
from perfxl.forms.values.units import (
    NONE,
    Unit,
    is_listed,
    is_unit,
    may_be_noun,
    may_be_unit,
    unit_labelled,
    unit_of,
)

LONGEST_LEAD = 24
DURATIONS = ("clock", "workday", "calendar")
HALF = Decimal("0.5")
_NUMBER = re.compile(
    r"[+\-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|[+\-]?(?<![0-9])\.[0-9]+"
)
_YEARS = range(1900, 2101)
_SENTENCE = re.compile(r"[,。;、!?,;]")
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_EXPONENTS = re.compile(r"(?<=m)[23](?![0-9])")
_BESIDE = re.compile(r"[A-Za-z0-9.:/×*]$")


class Amount(NamedTuple):
    """A number or range with what stands around it.

    Attributes:
        comparator: ≥ > ≤ < = or "".
        low, high: the number; of a range both ends, else high is None.
        unit: with its multiplier already in the numbers.
        lead: words before the number without comparators. tail: words behind the unit.
        per: what it is counted per, if the words before it say so.
        rough: whether it is a rough number.
        understood: whether lead and tail hold only words that are known.
        denied: whether a word of them denies the number or makes it something else.
        written: the number with its comparators and its unit as written.
    """

    comparator: str
    low: Decimal
    high: Decimal | None
    unit: Unit
    lead: str
    tail: str
    per: str
    rough: bool
    understood: bool
    denied: bool
    written: str
    scaled: bool = False


_Numbers = tuple[Decimal, Decimal | None, str, str]


class _Lead(NamedTuple):
    comparator: str
    words: str
    per: str
    rough: bool
    understood: bool
    denied: bool
    event: bool


class _Behind(NamedTuple):
    comparator: str
    unit: Unit
    tail: str
    rough: bool
    understood: bool


def read_amount(text: str) -> Amount | None:
    """The one amount of a folded text; None where there is none, or more than one."""
    text, unit_beside, strict = _without_brackets(text)
    base = grammar().base_year.search(text)
    if base is not None:
        # 比2020年增长5%: the year is no part of the amount.
        over = grammar().over_last_year
        found = read_amount(text.replace(base[0], over, 1))
        return found and found._replace(lead=found.lead.replace(over, base[0], 1))
    both = _two_bounds(text)
    if both is not None:
        return both
    start = _first_number(text)
    if start is None:
        return None
    around = grammar().plus_minus.search(text[:start])
    if around is not None and around.end() == start:
        return _around_zero(text, around.start(), start)
    lead = _read_lead(text[:start])
    numbers = _numbers(text[start:])
    if lead is None or numbers is None:
        return None
    return _made(text, start, lead, numbers, unit_beside, strict=strict)


def _made(
    text: str, start: int, lead: _Lead, numbers: _Numbers, unit_beside: str, *, strict: bool
) -> Amount | None:
    """The amount of a lead, its numbers, and what stands behind them; None where they do not fit."""
    low, high, between, rest = numbers
    if unit_beside and (not rest or rest in dict(grammar().multipliers)):
        rest, unit_beside = rest + unit_beside, ""
    behind = _read_behind(rest)
    if behind is None or (unit_beside and not _alike(behind.unit, unit_beside)):
        return None
    sign = _one_sign(lead.comparator, behind.comparator)
    if sign is None:
        return None
    if strict and sign in ("≥", "≤"):
        sign = ">" if sign == "≥" else "<"
    made = _scaled(low, high, between, behind.unit)
    if made is None:
        return None
    low, high = made
    timed = lead.event and behind.unit.family in DURATIONS
    year = behind.unit.name.startswith("年") and low in _YEARS
    glued = year or _BESIDE.search(text[:start]) is not None
    return Amount(
        sign, low, high, behind.unit._replace(scale=Decimal(1)), lead.words, behind.tail, lead.per,
        lead.rough or behind.rough, (lead.understood or timed) and behind.understood and not glued,
        lead.denied or glued or _denies(behind.tail), text[start:],
        behind.unit.scale != 1,
    )  # fmt: skip


def _alike(unit: Unit, beside: str) -> bool:
    """Whether the unit in brackets may stand beside that behind the number: none there, or 台(套)."""
    return not unit.name or (unit.family == unit_of(beside).family == "count" and not unit.per)


def _scaled(
    low: Decimal, high: Decimal | None, between: str, unit: Unit
) -> tuple[Decimal, Decimal | None] | None:
    """The numbers with the unit's multiplier in them; None for what is no range or beyond measure."""
    first = unit
    if between in dict(grammar().multipliers):
        first = unit_of(between)
        if first.scale not in (unit.scale, unit.factor):
            return None
        first = unit
    elif between:
        first = unit_of(between)
        if first.name and (first.family, first.factor) != (unit.family, unit.factor):
            return None
    low = low * (unit.scale if high is None or not between else first.scale)
    if high is not None:
        high = high * unit.scale
        if low > high or (1990 <= low <= 2100 and 1990 <= high <= 2100):
            return None
    return (low, high) if all(readable(n) for n in (low, high or low)) else None


# ---------------------------------------------------------------- brackets
def _without_brackets(text: str) -> tuple[str, str, bool]:
    """Brackets that are understood taken out: (text, the unit that one holds, whether (不含) stood there)."""
    words = grammar()
    unit, strict = "", False
    for match in reversed(list(_BRACKETS.finditer(text))):
        inner = match[1]
        before, behind = text[: match.start()], text[match.end() :]
        if inner in words.inclusive or _includes(inner, before):
            pass
        elif inner in words.exclusive:
            strict = True
        elif is_unit(unit_labelled(inner)) and before:
            unit = unit_labelled(inner)
        elif not behind and before and not any(c.isdigit() for c in inner) and not _denies(inner):
            pass
        else:
            continue
        text = before + behind
    return text, unit, strict


def _includes(inner: str, before: str) -> bool:
    """(含95%) behind 95%以上 says again that the bound belongs to it."""
    word = next((word for word in grammar().inclusive if inner.startswith(word)), "")
    rest = inner.removeprefix(word)
    return bool(word) and bool(rest) and before.lstrip("≥≤>=<").startswith(rest)


def _denies(text: str) -> bool:
    words = grammar()
    return any(word in text for word in (*words.blurring, *words.doubtful))


# ---------------------------------------------------------------- the numbers
def _first_number(text: str) -> int | None:
    """Where the first number starts: digits, or Chinese numerals in front of a known unit."""
    words = grammar()
    match = _NUMBER.search(text)
    first = match.start() if match else None
    for numeral in words.numerals.finditer(text):
        if first is not None and numeral.start() > first:
            break
        rest, head = text[numeral.end() :], text[: numeral.start()]
        if (share := _share_before(head)) is not None:
            return share
        ends = _between().match(rest)
        more = ends is not None and words.numerals.match(rest[ends.end() :]) is not None
        counted = rest.startswith((*words.counted, *words.more)) or more
        if not counted or words.myriads.keys() >= set(numeral[0]):
            continue  # 万元GDP能耗 counts nothing
        if head.endswith(words.rough_before):
            return None
        return numeral.start()
    half = _half(text)
    if half is not None and (first is None or half < first):
        return half
    share = None if first is None else _share_before(text[:first])
    return first if share is None else share


def _share_before(head: str) -> int | None:
    """Where 百分之 starts, if the words before a number end in it."""
    share = next((word for word in grammar().shares if head.endswith(word)), None)
    return None if share is None else len(head) - len(share)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{grammar().between})\s*")


def _half(text: str) -> int | None:
    """Where 半年, 半个月, 半天 starts, if it does; the pace 每半年 is no amount."""
    at = text.find("半")
    if at > 0 and text[at - 1] == "每":
        at = text.find("半", at + 1)
    behind = text[at + 1 :]
    return at if at >= 0 and behind.startswith(grammar().halves) else None


def _take_number(text: str) -> tuple[Decimal, str] | None:
    """Take the number off the front: (value, rest)."""
    words = grammar()
    for share in words.shares:
        if text.startswith(share):
            taken = _take_number(text[len(share) :])
            sign = "%" if words.units[share] == words.units["%"] else share
            return None if taken is None else (taken[0], sign + taken[1])
    match = _NUMBER.match(text)
    if match:
        value, rest = Decimal(match[0].replace(",", "")), text[match.end() :]
    elif text.startswith("半"):
        return HALF, text[1:]
    else:
        numeral = words.numerals.match(text)
        number = None if numeral is None else chinese_number(numeral[0])
        if numeral is None or number is None:
            return None
        value, rest = number, text[numeral.end() :]
    return _and_a_half(value, rest)


def _and_a_half(value: Decimal, rest: str) -> tuple[Decimal, str]:
    """一个半月, 两年半: half a unit more."""
    words = grammar()
    for unit in words.halves:
        if unit.startswith("个") and rest.startswith(f"个半{unit[1:]}"):
            return value + HALF, unit + rest[len(unit) + 1 :]
        if rest.startswith(unit + "半"):
            return value + HALF, unit + rest[len(unit) + 1 :]
    if rest[:1] == "成" and rest[1:2] in words.digits:
        return value + Decimal(words.digits[rest[1]]) / 10, "成" + rest[2:]
    return value, rest


def _numbers(text: str) -> _Numbers | None:
    """A number or both ends of a range off the front: (low, high, unit between them, rest)."""
    taken = _take_number(text)
    if taken is None:
        return None
    low, rest = taken
    if rest[:1] == "±" and (spread := _take_number(rest[1:])) is not None:
        return low - spread[0], low + spread[0], "", spread[1]
    for cut in _between().finditer(rest[:8]):
        between = rest[: cut.start()]
        if any(c.isdigit() for c in between) or (between and not unit_of(between).known):
            break
        second = _take_number(rest[cut.end() :])
        if second is not None:
            shared = between in grammar().shares and not second[1].startswith("%")
            return low, second[0], "" if shared else between, second[1]
    return low, None, "", rest


def _around_zero(text: str, cut: int, start: int) -> Amount | None:
    """±5%: from -5 % to 5 %."""
    lead, taken = _read_lead(text[:cut]), _take_number(text[start:])
    behind = None if taken is None else _read_behind(taken[1])
    if lead is None or taken is None or behind is None or not lead.understood:
        return None
    size = abs(taken[0]) * behind.unit.scale
    return Amount("", -size, size, behind.unit._replace(scale=Decimal(1)), lead.words, behind.tail,
                  lead.per, False, behind.understood, False, text)  # fmt: skip


def _two_bounds(text: str) -> Amount | None:
    """≥80%且≤90%, 大于80%小于90%: a range written as its two bounds."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 2:
        return None
    gap = text[numbers[0].end() : numbers[1].start()]
    marks = [word for word, sign in grammar().before if sign in "≥>≤<" and gap.endswith(word)]
    if not marks:
        return None
    head = text[: numbers[1].start() - len(marks[0])]
    one = read_amount(_without_joint(head))
    other = read_amount(text[len(head) :])
    if one is None or other is None or not (one.understood and other.understood):
        return None
    if one.high is not None or other.high is not None or {one.unit, other.unit} - {one.unit, NONE}:
        return None
    signs = [amount.comparator.replace(">", "≥").replace("<", "≤") for amount in (one, other)]
    low, high = (one, other) if signs == ["≥", "≤"] else (other, one)
    if sorted(signs) != sorted("≥≤") or low.low > high.low:
        return None
    return one._replace(comparator="", low=low.low, high=high.low, tail=other.tail)


def _without_joint(text: str) -> str:
    """≥80%且 without what joins it to the second bound."""
    joint = next((word for word in grammar().joined if text.endswith(word)), "")
    return _without_joint(text.removesuffix(joint)) if joint else text


# ---------------------------------------------------------------- before the number
def _read_lead(text: str) -> _Lead | None:
    """What the words before a number say; None where they contradict one another."""
    if len(text) > LONGEST_LEAD or _SENTENCE.search(text):
        return None
    words = grammar()
    sign, rough = "", False
    core = text
    progress = True
    while progress and core:
        progress = False
        for word, meaning in words.before:
            if core.endswith(word):
                taken = _one_sign(meaning, sign)
                if taken is None:
                    return None
                sign, core, progress = taken, core[: -len(word)], True
                break
        for word in words.rough:
            # 节约20万元 is no rough number.
            if core.endswith(word) and not core.endswith(words.falling):
                rough, core, progress = True, core[: -len(word)], True
                break
    front = ""
    for word, meaning in words.before:
        if core.startswith(word):
            front, core = meaning, core if meaning == "=" else core[len(word) :]
            break
    merged = _one_sign(front, sign)
    if merged is None:
        return None
    only = core.endswith(words.only) or core.startswith(words.only)
    known, per = _tokens(core)
    named = len(core) > 1 and core.endswith(words.heads)
    refused = core.endswith(words.refused) or any(word in core for word in words.blurring)
    understood = not refused and (known or named) and not only
    denied = (refused and not only) or core.endswith(words.refused)
    event = core.endswith(words.events) and not refused
    return _Lead(merged, core, per, rough, understood, denied, event)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[bool, str]:
    """Whether a lead is made of known words only, and per what it says that something is counted."""
    if not text:
        return True, ""
    words = grammar()
    for word in words.averages:
        if text.startswith(word):
            known, per = _tokens(text[len(word) :])
            return known, word.removesuffix(words.average) + per
    if text.startswith("每"):
        return _each(text)
    for word in (*words.lead, *(word for word, _ in words.before)):
        if text.startswith(word):
            known, per = _tokens(text[len(word) :])
            if known:
                return True, per
    return False, _each(text[text.index("每") :])[1] if "每" in text else ""


def _each(text: str) -> tuple[bool, str]:
    """每月, 每个村, 每户: of what something is counted."""
    rest = text[1:].removeprefix("个") if len(text) > 2 else text[1:]
    for word, _ in grammar().paces:
        if rest.startswith(word):
            known, per = _tokens(rest[len(word) :])
            return known, word + per
    best = (False, rest[:2])
    for length in range(1, min(4, len(rest)) + 1):
        known, per = _tokens(rest[length:])
        if known:
            best = (True, rest[:length] + per)
            break
    return best


def _one_sign(one: str, other: str) -> str | None:
    """Two comparators of one number as one: a sign proper outranks =; None if they contradict."""
    if one in ("", "=") or other in ("", "="):
        return (one if one not in ("", "=") else "") or other or one
    if one == other:
        return one
    return None if (one in "≥>") != (other in "≥>") else one


# ---------------------------------------------------------------- behind the number
def _read_behind(text: str) -> _Behind | None:
    """The unit behind a number with what follows it; None where another number follows."""
    words = grammar()
    sign, rough, rest = "", False, text
    progress = True
    while progress and rest and not is_listed(rest):
        progress = False
        for word, meaning in words.after:
            if rest.endswith(word):
                if sign and sign != meaning:
                    return None
                sign, rest, progress = meaning, rest[: -len(word)], True
                break
        else:
            for word in (*words.tail_rough, *words.tail):
                if rest.endswith(word):
                    rough = rough or word in words.tail_rough
                    rest, progress = rest[: -len(word)], True
                    break
    if any(c.isdigit() for c in _EXPONENTS.sub("", rest)):
        return None
    more = words.beyond.match(rest)
    if more is not None:
        # 100余人, 3万多人: more than that, and not much more.
        rest, rough, sign = more[1] + rest[more.end() :], True, sign or ">"
    unit = unit_of(rest)
    if _fits(unit):
        return _Behind(sign, unit, "", rough, True)
    longest = _longest_unit(rest)
    if not longest:
        return _Behind(sign, unit, "", rough, False)
    return _Behind(sign, unit_of(longest), rest[len(longest) :], rough, False)


def _fits(unit: Unit) -> bool:
    if unit.family == "other":
        return may_be_unit(unit.name)
    if unit.family == "count" and unit.name.startswith("个") and len(unit.name) > 1:
        bare = unit.name.partition("/")[0]
        return bare == "个" or may_be_noun(bare)
    return True


def _longest_unit(text: str) -> str:
    for length in range(min(len(text) - 1, 6), 0, -1):
        if is_unit(text[:length]) and _fits(unit_of(text[:length])):
            unit = unit_of(text[:length])
            if unit.name in grammar().units:
                return text[:length]
    return ""


# ---------------------------------------------------------------- places in an order
WHOLE = 100


def read_rank(text: str) -> tuple[str, Decimal, str] | None:
    """前3名 as (≤, 3, 名), 前30% as (≤, 30, %), 第5名 and 排名第5 as ("", 5, 名); None for anything else."""
    words = grammar()
    match = words.rank.search(text)
    if match is None:
        return None
    taken = _take_number(match["rest"])
    if taken is None or taken[0] <= 0:
        return None
    lead, rest = text[: match.start()], taken[1]
    end = next((word for word in words.rank_within if rest.endswith(word)), "")
    unit, foremost = rest.removesuffix(end), match["how"] in words.rank_first
    share = unit == "%" and foremost and taken[0] <= WHOLE
    if not share and taken[0] != taken[0].to_integral_value():
        return None
    telling = any(word in lead for word in words.rank_telling)
    if not share and unit not in words.rank_units and not (telling and not rest):
        return None
    while lead:
        word = next((word for word in words.rank_lead if lead.startswith(word)), None)
        if word is None:
            return None
        lead = lead[len(word) :]
    sign = "≤" if foremost or end else ""
    return sign, taken[0], "%" if share else words.rank_units[0]
