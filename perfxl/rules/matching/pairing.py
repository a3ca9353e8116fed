"""Which goal and which indicator of an approved table is which of a form.

Names are compared by their spelling: width, white space and punctuation do not count. A name that is
merely alike is never silently taken for the same; it is a near match, said to be one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple, TypeVar

from perfxl.forms.model import Form, Goal, Indicator
from perfxl.forms.values.quantity import unit_behind
from perfxl.forms.values.text import spelling
from perfxl.forms.words.vocabulary import load

SAME, NEAR, MOVED = "same", "near", "moved"
One = TypeVar("One")
_NUMBER = r"[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)]?[、.:](?![0-9])"
ALIKE = 0.7
"""Two names of which so much is common, in one order, may be one name."""
ALIKE_IN_PLACE = 0.6
"""So much where the second level and the target are the same as well."""
FEWEST_SHARED = 2
"""So many indicators of the same names make two goals one, whatever their numbers."""
SHORTEST_PART = 4
"""A name that is a part of another one is alike if it has so many characters."""


@cache
def _numbered() -> re.Pattern[str]:
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
        pairs += [pair._replace(how=MOVED) for pair in _unique(mine, theirs, _name)]
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
        ours, approved = _grouped(mine, key), _grouped(theirs, key)
        for name, one in ours.items():
            other = approved.get(name, [])
            if len(one) == len(other) == 1 and _may_be(one[0], other[0], form, table):
                found.append(GoalPair(one[0], other[0]))
        mine = [goal for goal in mine if all(goal is not pair.mine for pair in found)]
        theirs = [goal for goal in theirs if all(goal is not pair.theirs for pair in found)]
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
    return spelling(str(goal.name.value or ""))


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
    return spelling(_numbered().sub("", name) or name)


def _level(row: Indicator) -> str:
    return spelling(str(row.level2.value or ""))


def _target(row: Indicator) -> str:
    return spelling(row.target.text)


KEYS: tuple[Callable[[Indicator], Hashable], ...] = (
    lambda row: (_name(row), _level(row), spelling(str(row.level1.value or "")), _target(row)),
    lambda row: (_name(row), _level(row), spelling(str(row.level1.value or ""))),
    lambda row: (_name(row), _level(row)),
    lambda row: (_name(row), _target(row)),
    _name,
)
"""What tells indicators of one name apart, from all that is known to the name alone."""


def _grouped(rows: Iterable[One], key: Callable[[One], Hashable]) -> dict[Hashable, list[One]]:
    found: dict[Hashable, list[One]] = defaultdict(list)
    for row in rows:
        name = key(row)
        if name not in (None, ""):
            found[name].append(row)
    return found


def _left(
    mine: Sequence[Indicator], theirs: Sequence[Indicator], pairs: Sequence[Pair]
) -> tuple[list[Indicator], list[Indicator]]:
    taken = {id(row) for pair in pairs for row in (pair.mine, pair.theirs)}
    return (
        [row for row in mine if id(row) not in taken],
        [row for row in theirs if id(row) not in taken],
    )


def _unique(
    mine: Sequence[Indicator], theirs: Sequence[Indicator], key: Callable[[Indicator], Hashable]
) -> list[Pair]:
    """Pairs of rows that a key makes unique on both sides."""
    approved = _grouped(theirs, key)
    return [
        Pair(one[0], approved[name][0])
        for name, one in _grouped(mine, key).items()
        if len(one) == len(approved.get(name, ())) == 1
    ]


def _exact(mine: Sequence[Indicator], theirs: Sequence[Indicator]) -> list[Pair]:
    """Rows of one name; where a name stands several times, levels and targets tell them apart."""
    found = _unique(mine, theirs, _name)
    for key in KEYS:
        ours, approved = _left(mine, theirs, found)
        groups = _grouped(approved, key)
        for name, one in _grouped(ours, key).items():
            other = groups.get(name, [])
            if min(len(one), len(other)) > 1 and len({_target(row) for row in other}) > 1:
                continue
            # Several that nothing tells apart go in their order, from the first on.
            found += [Pair(*two) for two in zip(one, other, strict=False)]
    return found


def likeness(one: str, other: str) -> float:
    """How much of two spellings is common, in one order: 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def alike(mine: Indicator, theirs: Indicator) -> bool:
    """Whether two names may be one, in part rewritten, with the levels or the target the same."""
    one, other = _name(mine), _name(theirs)
    levels = _level(mine) == _level(theirs) or not _level(mine) or not _level(theirs)
    targets = _target(mine) == _target(theirs)
    if not (levels or targets) or not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= SHORTEST_PART and shorter in longer:
        return True
    share = likeness(one, other)
    return share >= ALIKE or (share > ALIKE_IN_PLACE and levels and targets)


def _near(mine: Sequence[Indicator], theirs: Sequence[Indicator]) -> list[Pair]:
    """Rows whose names are alike, each to no other; those with one target come first."""
    found: list[Pair] = []
    for strict in (True, False):
        ours, approved = _left(mine, theirs, found)
        likes = [
            (one, other)
            for one in ours
            for other in approved
            if alike(one, other) and (not strict or _target(one) == _target(other))
        ]
        count: dict[int, int] = defaultdict(int)
        for pair in likes:
            for row in pair:
                count[id(row)] += 1
        found += [
            Pair(one, other, NEAR)
            for one, other in likes
            if count[id(one)] == count[id(other)] == 1
        ]
    return found


def _unclear(
    mine: Sequence[Indicator], theirs: Sequence[Indicator]
) -> list[tuple[Indicator, tuple[Indicator, ...]]]:
    """Approved rows that several of the form are like, or one that is like several of them."""
    likes = [(row, tuple(one for one in mine if alike(one, row))) for row in theirs]
    return [(row, several) for row, several in likes if several]


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
    return row.goal, spelling(str(row.level1.value or "")), _level(row), _name(row)
