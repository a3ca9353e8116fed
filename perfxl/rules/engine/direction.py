"""Which way a target points, from the strongest evidence that the form gives; never guessed.

Source: scoring rules, "Direction by evidence". The words stand in templates/policies/words.toml, each
in the list of the evidence it gives. What no list knows proves nothing: such a target points either way.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from perfxl.forms.values import quantity
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import NUMBER, TEXT, Quantity
from perfxl.forms.values.text import fold
from perfxl.rules.engine import change_words, heads
from perfxl.rules.engine.heads import DOWN, EITHER, UP, head
from perfxl.rules.policies.policy import Policy

COMPARATOR, COLUMN, STANDARD, CHANGE = "comparator", "column", "standard", "change"
ZERO, NAME, LEVEL, AMOUNT, NONE = "zero", "name", "level", "amount", ""
SIGNS = {"≥": UP, ">": UP, "≤": DOWN, "<": DOWN}
TIMES = frozenset({"clock", "workday", "calendar"})
"""Families of durations."""
_NO_AMOUNTS = TIMES | {"ratio", "money", "rank", "temperature", "noise", ""}
"""Families whose units measure no amount of things."""


class Direction(NamedTuple):
    """Up (to be reached), down (not to be exceeded) or either, and the evidence that decided.

    The evidence is comparator, column, standard, change, zero, name, level or amount; "" where nothing
    in the form says which way the target points, or what says so contradicts itself.
    """

    way: str
    evidence: str = NONE


class Stated(NamedTuple):
    """What a row itself states of its direction.

    Attributes:
        sign: its cell under 指标性质 or 指标方向.
        standard: its printed scoring standard.
    """

    sign: str = ""
    standard: str = ""


NOT_STATED = Stated()
OPEN = Direction(EITHER)


def direction(
    target: Quantity,
    name: str,
    level2: str,
    policy: Policy,
    *,
    actual: Quantity | None = None,
    stated: Stated = NOT_STATED,
) -> Direction:
    """Which way a target of numbers points.

    Args:
        target: a number or a range.
        name: the indicator's name, whose head may say it.
        level2: its second level (数量指标, 成本指标).
        policy: the words.
        actual: what was reached, whose words may say that it is a change.
        stated: what the row states of it in a column of its own.
    """
    return (
        _by_comparator(target, policy)
        or _by_column(stated, policy)
        or _by_standard(stated, policy)
        or _by_change(target, actual, name, policy)
        or _by_unknown_words(target, name, policy)
        or _by_execution(target, name, policy)
        or _by_zero(target, name, policy)
        or _by_cost(name, fold(level2), policy)
        or _by_name(target, name, fold(level2), policy)
        or _by_own_words(target, policy)
        or _by_level(target, actual, name, fold(level2), policy)
        or OPEN
    )


def _by_comparator(target: Quantity, policy: Policy) -> Direction | None:
    if change_words.below_a_base(target, policy):
        # 低于上年5% is a decrease by 5 %, and no target under 5 %.
        return None
    if change_words.within_both(target):
        return Direction(DOWN, COMPARATOR)
    if target.comparator == "=" and target.kind == NUMBER and target.high == 0:
        # =0 holds for nothing above it, whatever is counted.
        return Direction(DOWN, COMPARATOR)
    way = SIGNS.get(target.comparator)
    return Direction(way, COMPARATOR) if way else None


def _by_column(stated: Stated, policy: Policy) -> Direction | None:
    ways = _ways(fold(stated.sign), policy.words["stated_up"], policy.words["stated_down"])
    return Direction(ways.pop(), COLUMN) if len(ways) == 1 else None


def _ways(text: str, up: tuple[str, ...], down: tuple[str, ...]) -> set[str]:
    """Which of two lists a text has words of; 不高于 is no 高于."""
    found: set[str] = set()
    for word in sorted((*up, *down), key=len, reverse=True):
        if word in text:
            found.add(UP if word in up else DOWN)
            text = text.replace(word, " ")
    return found


def _by_standard(stated: Stated, policy: Policy) -> Direction | None:
    way = _scored(fold(stated.standard), policy) if stated.standard else ""
    return Direction(way, STANDARD) if way else None


_CLAUSES = re.compile(r"[,。;、:!?\n]+|(?<=[0-9]分)(?=[^值])")


@lru_cache(maxsize=4096)
def _scored(text: str, policy: Policy) -> str:
    """Which way a printed scoring standard points: 每超1%扣1分 is of a limit, 每少1场扣1分 of an aim."""
    words = policy.words
    ways: set[str] = set()
    for formula, way in ((words["formula_up"], UP), (words["formula_down"], DOWN)):
        if any(word in text for word in formula):
            ways.add(way)
    for clause in _CLAUSES.split(text):
        found = _ways(clause, words["more_than"], words["less_than"])
        if len(found) != 1:
            continue
        (more,) = found
        if any(word in clause for word in words["taken_off"]):
            ways.add(DOWN if more == UP else UP)
        elif any(word in clause for word in words["in_full"]):
            ways.add(more)
    return ways.pop() if len(ways) == 1 else ""


def _by_change(
    target: Quantity, actual: Quantity | None, name: str, policy: Policy
) -> Direction | None:
    """下降5%, 比上年减少3人: the size of the change is to be reached, whatever the name says."""
    found = change_words.turn(target, policy)
    if found.level:
        # 降至5%: where a change is to end is no change but a limit, or an aim.
        return Direction(DOWN if found.falls else UP, CHANGE)
    if found.falls:
        return Direction(UP, CHANGE)
    of_name = head(name, policy)
    if found.rises:
        if of_name.way in (UP, "") or change_words.is_wanted_change(target, policy):
            bad = heads.mentions_bad(name, policy)
            return Direction(UP, CHANGE) if of_name.way == UP or not bad else OPEN
        return Direction(of_name.way, CHANGE) if of_name.way == DOWN else OPEN
    done = change_words.turn(actual, policy) if actual is not None else change_words.NO_TURN
    if (done.falls or done.rises) and not done.level and not of_name.turn:
        if target.family != "ratio" or fold(name).endswith(policy.words["rates"]):
            # A level beside a change: which of the two the target means, nothing says.
            return OPEN
        return Direction(DOWN if done.rises and of_name.way == DOWN else UP, CHANGE)
    return None


def _by_unknown_words(target: Quantity, name: str, policy: Policy) -> Direction | None:
    """较上年趋降8%: before words that no list knows, neither zero nor name says which way it points."""
    if not target.lead or quantity.parse(target.text).kind != TEXT:
        return None
    left = target.lead
    for word in grammar().verbs:
        left = left.replace(word, "")
    if all(character in fold(name) for character in left):
        return None
    return _by_own_words(target, policy) or OPEN


def _by_execution(target: Quantity, name: str, policy: Policy) -> Direction | None:
    """预算执行率 by itself is scored by the rate; 三公经费预算执行率 may be meant to stay low."""
    rates = policy.words["execution_rates"]
    plain = target.family in ("ratio", "") and target.low > 0
    return Direction(UP, NAME) if plain and heads.bare_name(name) in rates else None


def _by_zero(target: Quantity, name: str, policy: Policy) -> Direction | None:
    """A target of 0 is that there be none, unless the name is of good things."""
    if target.kind != NUMBER or target.low != 0 or change_words.turn(target, policy).falls:
        return None
    if target.unit in policy.words["incidents"]:
        return Direction(DOWN, ZERO)
    of_name = head(name, policy)
    if of_name.way == UP and not (of_name.denied or heads.counts_violations(name, policy)):
        return None
    if of_name.turn:
        # 增长率 0: not to fall, or not to grow.
        return None
    return Direction(DOWN, ZERO)


def _by_cost(name: str, level2: str, policy: Policy) -> Direction | None:
    """Under 成本指标 a head that is a cost (印刷费) is a limit, whatever it is elsewhere."""
    costs = level2.endswith(policy.words["either"]) and heads.is_cost(name, policy)
    of_name = head(name, policy).way
    return Direction(DOWN, LEVEL) if costs and of_name in (EITHER, "") else None


def _by_name(target: Quantity, name: str, level2: str, policy: Policy) -> Direction | None:
    found = head(name, policy)
    if found.way == "":
        return None
    counted = target.family in ("", "count", "other")
    if found.modified and counted and level2.endswith(policy.words["quantity_levels"]):
        # 研判风险 20个 under 数量指标 is work, 道路火灾 20起 is not: what stands before is on no list.
        return OPEN
    if found.way == EITHER:
        return OPEN
    if target.low < 0 and not found.turn:
        # 能耗 -5% is a fall by 5 %; of anything else a number below nothing says too little.
        return Direction(DOWN, NAME) if found.way == DOWN else OPEN
    durable = found.turn or heads.is_effort(name, policy)
    if found.way == UP and target.family in TIMES and not durable:
        # A duration of work may be a limit as well: 采购完成 10天.
        return OPEN
    return Direction(found.way, NAME)


def _by_own_words(target: Quantity, policy: Policy) -> Direction | None:
    """达到95%, 举办培训班3期: the target's own words say that the number is to be reached."""
    said = fold(target.text)
    work = policy.words["to_be_reached"] + policy.words["more_is_better"]
    reached = said.startswith(work) and not heads.mentions_bad(target.lead, policy)
    return Direction(UP, COMPARATOR) if reached else None


def _by_level(
    target: Quantity, actual: Quantity | None, name: str, level2: str, policy: Policy
) -> Direction | None:
    """A bare amount with a measure word under 数量指标 is to be reached: 300公里, 12场."""
    if level2.endswith(policy.words["either"]):
        return OPEN
    if not level2.endswith(policy.words["quantity_levels"]) or heads.mentions_bad(name, policy):
        return None
    measured = target if target.unit or actual is None else actual
    if measured.unit:
        return Direction(UP, AMOUNT) if _is_measure(measured, policy) else None
    return Direction(UP, AMOUNT) if heads.is_amount(name, policy) else None


def _is_measure(value: Quantity, policy: Policy) -> bool:
    if (
        value.unit in policy.words["incidents"]
        or "/" in value.unit
        or value.per not in ("", *grammar().years)
    ):
        return False
    if value.family == "other":
        return value.unit not in policy.words["level_units"] + policy.words["ordinal_units"]
    return value.family not in _NO_AMOUNTS
