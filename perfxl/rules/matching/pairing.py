"""Which goal and which indicator of an approved table is which of a form.

Names are compared by their spelling: width, white space and punctuation do not count. A name that is
merely alike is never silently taken for the same; it is a near match, said to be one.
"""

import re
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import NamedTuple

from perfxl.forms.model import Form, Goal, Indicator
from perfxl.forms.values.quantity import unit_behind
from perfxl.forms.values.text import match_key
from perfxl.forms.words.vocabulary import load
from perfxl.rules.matching import matcher as matching
from perfxl.rules.matching.matcher import (
    FEWEST_SHARED,
    SHORTEST_PART,
    SIMILAR_IN_PLACE,
    is_similar,
    similarity,
)

SAME, NEAR, MOVED = "same", "near", "moved"
_NUMBER = r"[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)]?[、.:](?![0-9])"


@cache
def _number_pattern() -> re.Pattern[str]:
    """指标1：, （1）、 and 1. before a name."""
    words = "|".join(map(re.escape, load().numbered))
    return re.compile(f"^(?:{words})?{_NUMBER}")


class Pair(NamedTuple):
    """One indicator as submitted and as approved.

    Attributes:
        how: same, near (alike in name) or moved (to another goal).
    """

    mine: Indicator
    theirs: Indicator
    how: str = SAME


class GoalPair(NamedTuple):
    """One goal as submitted and as approved."""

    mine: Goal
    theirs: Goal


class Pairing(NamedTuple):
    """A form beside an approved table, row by row.

    Attributes:
        goals: goals or sections that belong together.
        pairs: indicators that belong together.
        dropped: approved, and nothing like it in the form. added: likewise the other way round.
        unclear: approved indicators to which several of the form, or to several of which one of
            the form, may belong; with the form's.
        goals_dropped: approved goals of which the form has nothing. goals_added: likewise.
    """

    goals: tuple[GoalPair, ...] = ()
    pairs: tuple[Pair, ...] = ()
    dropped: tuple[Indicator, ...] = ()
    added: tuple[Indicator, ...] = ()
    unclear: tuple[tuple[Indicator, tuple[Indicator, ...]], ...] = ()
    goals_dropped: tuple[Goal, ...] = ()
    goals_added: tuple[Goal, ...] = ()


def pairing(form: Form, table: Form) -> Pairing:
    """Pair the goals and indicators of a form with those of its approved table.

    Goals go by name, then by number. Indicators go by goal and name, where a name stands several
    times in a goal also by levels and target; what is left goes by name through all goals.
    """
    goals = _goals(form, table)
    pairs: list[Pair] = []
    unclear: list[tuple[Indicator, tuple[Indicator, ...]]] = []
    for mine, theirs in _groups(form, table, goals):
        pairs += _exact(mine, theirs)
    for mine, theirs in _groups(form, table, goals):
        left = _left(mine, theirs, pairs)
        near = _near(*left)
        unclear += _unclear(*_left(*left, near))
        pairs += near
    doubtful = [Pair(one, row) for row, several in unclear for one in several]
    mine, theirs = _left(form.indicators, table.indicators, [*pairs, *doubtful])
    if _by_goal(form) and _by_goal(table):
        pairs += [Pair(*two, MOVED) for two in matching.pair_unique(mine, theirs, _name)]
        mine, theirs = _left(mine, theirs, pairs)
    added, dropped = _without_repeats(mine, theirs, pairs)
    lost, new = _whole(form, table, goals, dropped, added)
    return Pairing(
        goals=tuple(goals),
        pairs=tuple(sorted(pairs, key=lambda pair: pair.mine.row)),
        dropped=tuple(row for row in dropped if row.goal not in {goal.goal for goal in lost}),
        added=tuple(row for row in added if row.goal not in {goal.goal for goal in new}),
        unclear=tuple(unclear),
        goals_dropped=tuple(lost),
        goals_added=tuple(new),
    )


# ---------------------------------------------------------------- goals
def _by_goal(form: Form) -> bool:
    """Whether a form's rows stand under goals of its own; sections only say the level again."""
    return any(not goal.section for goal in form.goals)


def _groups(
    form: Form, table: Form, goals: list[GoalPair]
) -> list[tuple[Sequence[Indicator], Sequence[Indicator]]]:
    """The rows that are compared with each other: goal by goal, or all where a side has no goals."""
    if _by_goal(form) and _by_goal(table):
        return [(form.of_goal(one.goal), table.of_goal(other.goal)) for one, other in goals]
    return [(form.indicators, table.indicators)]


def _goals(form: Form, table: Form) -> list[GoalPair]:
    if _by_goal(form) != _by_goal(table):
        return []
    mine, theirs = list(form.goals), list(table.goals)
    found: list[GoalPair] = []
    for key in (_goal_name, _same_rows(form, table), _goal_number):
        pairs = matching.pair_unique(mine, theirs, key)
        found += [GoalPair(*two) for two in pairs if _may_be(*two, form, table)]
        mine = matching.exclude(mine, [pair.mine for pair in found])
        theirs = matching.exclude(theirs, [pair.theirs for pair in found])
    return found


def _same_rows(form: Form, table: Form) -> Callable[[Goal], Hashable]:
    """Goals that have lost their names and numbers, but share all their indicators with one other."""
    names = {
        id(goal): frozenset(_name(row) for row in side.of_goal(goal.goal))
        for side in (form, table)
        for goal in side.goals
    }

    def key(goal: Goal) -> Hashable:
        found = names[id(goal)]
        return None if goal.section or len(found) < FEWEST_SHARED else found

    return key


def _goal_name(goal: Goal) -> str:
    return match_key(str(goal.name.value or ""))


def _goal_number(goal: Goal) -> int | None:
    return goal.goal if goal.goal > 0 and not goal.section else None


def _may_be(mine: Goal, theirs: Goal, form: Form, table: Form) -> bool:
    """Goals of one number but different names are one goal only if an indicator says so."""
    one, other = _goal_name(mine), _goal_name(theirs)
    if not one or not other or one == other or one in other or other in one:
        return True
    names = {_name(row) for row in form.of_goal(mine.goal)}
    return any(_name(row) in names for row in table.of_goal(theirs.goal))


def _whole(
    form: Form, table: Form, goals: list[GoalPair], dropped: list[Indicator], added: list[Indicator]
) -> tuple[list[Goal], list[Goal]]:
    """Goals of which nothing is left on the other side: one finding instead of many."""
    if not goals:
        return [], []
    lost = [
        goal
        for goal in table.goals
        if not goal.section
        and all(pair.theirs is not goal for pair in goals)
        and table.of_goal(goal.goal)
        and all(any(row is one for one in dropped) for row in table.of_goal(goal.goal))
    ]
    new = [
        goal
        for goal in form.goals
        if not goal.section
        and all(pair.mine is not goal for pair in goals)
        and form.of_goal(goal.goal)
        and all(any(row is one for one in added) for row in form.of_goal(goal.goal))
    ]
    return lost, new


# ---------------------------------------------------------------- indicators
def _name(row: Indicator) -> str:
    """An indicator's name in its spelling, without a list's number before it or a unit behind it."""
    name, _ = unit_behind(row.name)
    return match_key(_number_pattern().sub("", name) or name)


def _level(row: Indicator) -> str:
    return match_key(str(row.level2.value or ""))


def _target(row: Indicator) -> str:
    return match_key(row.target.text)


KEYS: tuple[Callable[[Indicator], Hashable], ...] = (
    lambda row: (_name(row), _level(row), match_key(str(row.level1.value or "")), _target(row)),
    lambda row: (_name(row), _level(row), match_key(str(row.level1.value or ""))),
    lambda row: (_name(row), _level(row)),
    lambda row: (_name(row), _target(row)),
    _name,
)
"""What tells indicators of one name apart, from all that is known to the name alone."""


def _left(
    mine: Sequence[Indicator], theirs: Sequence[Indicator], pairs: Sequence[Pair]
) -> tuple[list[Indicator], list[Indicator]]:
    return (
        matching.exclude(mine, [pair.mine for pair in pairs]),
        matching.exclude(theirs, [pair.theirs for pair in pairs]),
    )


def _exact(mine: Sequence[Indicator], theirs: Sequence[Indicator]) -> list[Pair]:
    """Rows of one name; where a name stands several times, levels and targets tell them apart."""
    found = [Pair(*two) for two in matching.pair_unique(mine, theirs, _name)]
    for key in KEYS:
        # Several that nothing tells apart go in their order, from the first on.
        pairs = matching.pair_in_order(*_left(mine, theirs, found), key, unless=_are_distinct)
        found += [Pair(*two) for two in pairs]
    return found


def _are_distinct(mine: Sequence[Indicator], theirs: Sequence[Indicator]) -> bool:
    """Whether several rows on both sides are several indicators, as their targets say."""
    return min(len(mine), len(theirs)) > 1 and len({_target(row) for row in theirs}) > 1


def may_be_one(mine: Indicator, theirs: Indicator) -> bool:
    """Whether two names may be one, in part rewritten, with the levels or the target the same."""
    one, other = _name(mine), _name(theirs)
    levels = _level(mine) == _level(theirs) or not _level(mine) or not _level(theirs)
    targets = _target(mine) == _target(theirs)
    if not (levels or targets) or not one or not other:
        return False
    if is_similar(one, other, shortest=SHORTEST_PART):
        return True
    return levels and targets and similarity(one, other) > SIMILAR_IN_PLACE


def _near(mine: Sequence[Indicator], theirs: Sequence[Indicator]) -> list[Pair]:
    """Rows whose names are similar, each to no other; those with one target come first."""
    found: list[Pair] = []
    for strict in (True, False):
        ours, approved = _left(mine, theirs, found)
        possible = [
            (one, other)
            for one in ours
            for other in approved
            if (not strict or _target(one) == _target(other)) and may_be_one(one, other)
        ]
        found += [Pair(*two, NEAR) for two in matching.keep_unambiguous(possible)]
    return found


def _unclear(
    mine: Sequence[Indicator], theirs: Sequence[Indicator]
) -> list[tuple[Indicator, tuple[Indicator, ...]]]:
    """Approved rows to which several of the form are similar, or one that is similar to several of them."""
    found = [(row, tuple(one for one in mine if may_be_one(one, row))) for row in theirs]
    return [(row, several) for row, several in found if several]


def _without_repeats(
    mine: list[Indicator], theirs: list[Indicator], pairs: Sequence[Pair]
) -> tuple[list[Indicator], list[Indicator]]:
    """A row again that stands in its goal already is repeated, neither added nor dropped."""
    ours = {_place(pair.mine) for pair in pairs}
    approved = {_place(pair.theirs) for pair in pairs}
    return (
        [row for row in mine if _place(row) not in ours],
        [row for row in theirs if _place(row) not in approved],
    )


def _place(row: Indicator) -> tuple[Hashable, ...]:
    return row.goal, match_key(str(row.level1.value or "")), _level(row), _name(row)
