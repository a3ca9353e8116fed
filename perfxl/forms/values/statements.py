"""What a value in words says: reached, partly, missed; none of it, all of it, not all; which grade.

Only texts that are understood as a whole say anything; all others are left to a person. The words
stand in templates/quantities.toml. Source: scoring rules, section "Completion ratio r".
"""

import re
from typing import NamedTuple

from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import fold

LONGEST = 16
"""A longer statement is prose, and a person reads it."""
_TRAILING = re.compile(r"[。;;,,、.!]+$")


def _bare(text: str) -> str:
    return _TRAILING.sub("", fold(text))


def result(text: str) -> str:
    """What an actual says of a qualitative target: reached, partly, missed, or "" (unclear).

    Only a text that *is* one of the known phrases is understood, alone or with the words
    已, 全部 before it; anything longer is left to a person.
    """
    words = grammar()
    folded = _without_object(_bare(text))
    if folded in words.missed:
        return "missed"
    if folded in words.partly:
        return "partly"
    if folded in words.reached:
        return "reached"
    for word in words.missed:
        if folded.startswith(word):
            return "missed" if len(folded) == len(word) else ""
    if any(word in folded for word in words.doubtful):
        return ""
    if any(character.isdigit() for character in folded.replace("100%", "")):
        # 已于2024年3月完成: when or how much is to be read by a person.
        return ""
    done = folded.startswith(words.done_begins) and folded.endswith(words.done_verbs)
    return "reached" if done else ""


def _without_object(folded: str) -> str:
    """部分达成年度指标并具有一定效果 as 部分达成, where that is a known phrase; any other text as it is."""
    words = grammar()
    whole = (f"{word}{verb}" for word in words.wholly for verb in words.done_verbs)
    phrases = (*words.missed, *words.partly, *words.reached, *whole)
    bare = folded
    for endings in (words.effects, words.objects):
        bare = next((bare.removesuffix(end) for end in endings if bare.endswith(end)), bare)
    return bare if bare in phrases and folded not in phrases else folded


def wants_none(text: str) -> bool:
    """Whether a target is that there be none: 无, 无投诉, 零事故."""
    folded, words = fold(text), grammar()
    return folded.startswith(words.none) and not folded.startswith(words.not_none)


def means_zero(text: str) -> bool:
    """Whether a text says that there was none: 无, 未发生."""
    return _bare(text) in grammar().zero


def says_none_of(text: str, known: str) -> bool:
    """Whether a text says that there was none of a thing: 未发生安全事故 of 安全事故次数.

    Args:
        text: the actual value.
        known: the indicator's name and its target, whose words the thing must be made of.
    """
    folded = _bare(text)
    if not wants_none(folded) or any(character.isdigit() for character in folded):
        return False
    word = next(word for word in grammar().none if folded.startswith(word))
    return _is_of(folded[len(word) :], known)


def was_not_done(text: str, known: str) -> bool:
    """Whether a text says that the very thing was not done: 未开展满意度调查 of 群众满意度."""
    folded = _bare(text)
    for word in grammar().missed:
        if folded.startswith(word) and len(folded) > len(word):
            return _is_of(folded[len(word) :], known)
    return False


def _is_of(thing: str, known: str) -> bool:
    """Whether a thing is made of words that are known, or of words that mean anything."""
    for word in grammar().generic:
        thing = thing.replace(word, "")
    return all(character in known for character in thing)


def asks_for_all(text: str) -> bool:
    """Whether a target asks for the whole: 全覆盖, 全部完成, 应保尽保."""
    return _bare(text) in grammar().wholes


def denies_all(text: str) -> bool:
    """Whether a text says that not all was done: 未全部完成, 尚未全覆盖."""
    folded = _bare(text)
    return folded.startswith(grammar().denied) and not any(c.isdigit() for c in folded)


def compare_statements(target: str, actual: str) -> bool | None:
    """Whether an actual says what its target says (True) or the opposite of it (False).

    不超支 is said by 未超支 and denied by 超支; 有所提升 is denied by 没有提升 and by 有所下降. None where
    the two do not speak of the same.
    """
    if _denies_inside(_bare(target), _bare(actual)):
        return False
    wanted, reached = _sides(_bare(target)), _sides(_bare(actual))
    if wanted is None or reached is None:
        return None
    if not wanted.denied and reached.undone and wanted.core.startswith(reached.core):
        # 未建立 denies 建立健全.
        return False
    if wanted.core != reached.core:
        return None
    if "" in (wanted.turn, reached.turn) and wanted.turn != reached.turn:
        return None
    denied = wanted.denied != reached.denied
    turned = wanted.turn != reached.turn
    # 未下降 beside 提升 may be neither.
    return None if denied and turned else not (denied or turned)


def _denies_inside(one: str, other: str) -> bool:
    """Whether one is the other with a word of denial in it: 保障到位, 保障不到位."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or len(long) > LONGEST:
        return False
    return any(word in long and long.replace(word, "", 1) == short for word in grammar().inner)


class _Sides(NamedTuple):
    """A short statement taken apart: is it denied, which way does it go, what is it about."""

    denied: bool
    turn: str
    core: str
    undone: bool = False


def _sides(text: str) -> _Sides | None:
    words = grammar()
    if not text or len(text) > LONGEST or any(character.isdigit() for character in text):
        return None
    if any(word in text for word in words.hedges):
        return None
    denied = undone = False
    for spelling, shorter in words.spellings:
        text = text.replace(spelling, shorter)
    for word in words.fluff:
        text = text.removeprefix(word) or text
    for word in words.denials:
        if text.startswith(word) and len(text) > len(word):
            denied, text = True, text[len(word) :]
            undone = word in words.undone
            break
    turn = ""
    for way, some in (("rising", words.rising), ("falling", words.falling)):
        for word in some:
            if word in text and not turn:
                turn, text = way, text.replace(word, "")
    for word in words.fluff:
        text = text.replace(word, "")
    return _Sides(denied, turn, text, undone and len(text) > 1) if text or turn else None


def compare_grades(target: str, actual: str) -> int | None:
    """Which of two words stands higher on their scale: 优 → 良 is -1, 良 → 优 1, the same 0.

    Returns:
        None where they stand on no scale together.
    """
    wanted, reached = _at_least(_bare(target)), _bare(actual)
    wanted, reached = wanted.casefold(), reached.casefold()
    for scale in grammar().scales:
        if wanted in scale and reached in scale:
            difference = scale[wanted] - scale[reached]
            return (difference > 0) - (difference < 0)
    return None


def place_on_stated_scale(target: str, actual: str) -> str:
    """Where a grade stands on the scale that a target names as a whole (优良中低差): best, worst, between.

    Returns:
        "" where the target names no scale, or the actual is none of its grades.
    """
    words = grammar()
    wanted, reached = words.scale_marks.sub("", _bare(target)), _bare(actual)
    if not words.scale.fullmatch(wanted) or len(reached) != 1 or reached not in wanted:
        return ""
    if reached == wanted[0]:
        return "best"
    return "worst" if reached == wanted[-1] else "between"


def _at_least(text: str) -> str:
    """良好及以上 asks for 良好 at least."""
    for word, sign in grammar().after:
        if sign == "≥" and text.endswith(word):
            return text[: -len(word)]
    for word, _ in grammar().before:
        if text.startswith(word) and len(text) > len(word):
            return text[len(word) :]
    return text
