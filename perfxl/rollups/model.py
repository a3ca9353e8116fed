"""A roll-up: one form out of several units', and for every figure the cells it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Form
from perfxl.rules.engine.facts import Facts
from perfxl.rules.engine.interval import OPEN, Interval
from perfxl.rules.engine.ratio import Ratio
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One unit's form in a roll-up.

    Attributes:
        name: of the unit, else of its file.
        money: how many 元 the form's unit of money is, None where it does not say.
        funds: what weighs the unit in an average, in 元; None where the form does not show it.
        goal: the only goal of the form that takes part, None for all.
    """

    name: str
    facts: Facts
    money: Fraction | None
    funds: Fraction | None
    goal: int | None = None

    @property
    def form(self) -> Form:
        """The form itself."""
        return self.facts.form


class Source(NamedTuple):
    """One unit's part in a figure.

    Attributes:
        place: the cell as it was submitted.
        value: its number in the figure's unit, None where it is none.
        weight: what weighs the unit in an average, in 元.
        used: whether it is part of the result; why not: a code of the texts.
    """

    unit: str
    form: Form
    place: Field = ABSENT
    value: Fraction | None = None
    weight: Fraction | None = None
    used: bool = True
    why: str = ""


class Figure(NamedTuple):
    """One figure of the rolled-up form and where it comes from.

    Attributes:
        what: target, actual, weight, score, budget, executed, …
        how: how the units' parts became one, a code of the texts; `arguments` of that text.
        text: the result as the form shows it, "" where there is none.
        value: exact; lo = hi where it is one number, an end is None where nothing bounds it.
    """

    what: str
    how: str = "none"
    sources: tuple[Source, ...] = ()
    text: str = ""
    value: Interval = OPEN
    arguments: Mapping[str, Any] = {}


NOTHING = Figure("")


class Difference(NamedTuple):
    """Where the units disagree, or what was left out.

    Attributes:
        code: of its text. item: the indicator, goal or sum it is about, "" for the whole.
        sources: the units and cells it rests on.
    """

    code: str
    severity: Severity
    item: str = ""
    sources: tuple[Source, ...] = ()
    arguments: Mapping[str, Any] = {}


class RolledRow(NamedTuple):
    """An indicator over all units that have it.

    Attributes:
        goal: number of its goal in the rolled-up form.
        mode: added, averaged, level, scored (qualitative) or apart (not combined).
        ratio: judged once, from the result.
    """

    goal: int | None
    level1: str
    level2: str
    level3: str
    mode: str
    target: Figure
    actual: Figure
    weight: Figure
    score: Figure
    ratio: Ratio
    reason: str = ""
    units: tuple[str, ...] = ()


class RolledGoal(NamedTuple):
    """A goal or section over all units."""

    goal: int
    name: str
    label: str
    section: bool
    weight: Figure
    score: Figure


class RolledFund(NamedTuple):
    """A row of the table of funds over all units."""

    name: str
    total: bool
    part: bool
    initial: Figure
    budget: Figure
    executed: Figure
    rate: Figure = NOTHING
    weight: Figure = NOTHING
    score: Figure = NOTHING


@dataclass(frozen=True, slots=True)
class Rollup:
    """Several units' forms as one.

    Attributes:
        project: the project rolled up, "" for whole departments.
        year: of all forms, None where none says.
        money_unit: of the amounts, "" where no form says.
        scored: whether the forms score at all (transfer forms do not).
        total: the form's total; its interval is exact.
    """

    kind: str
    project: str
    year: int | None
    members: tuple[Member, ...]
    policy: Policy
    money_unit: str
    funds: tuple[RolledFund, ...]
    goals: tuple[RolledGoal, ...]
    rows: tuple[RolledRow, ...]
    basic: Figure
    projects: Figure
    total_weight: Figure
    total: Figure
    grade: str
    differences: tuple[Difference, ...]
    scored: bool

    def count(self, severity: Severity) -> int:
        """How many differences of a severity."""
        return sum(one.severity is severity for one in self.differences)

    @property
    def clean(self) -> bool:
        """Neither errors nor warnings."""
        return all(one.severity is Severity.NOTE for one in self.differences)

    def figures(self) -> "tuple[tuple[str, int | None, Figure], ...]":
        """Every figure with the name of what it belongs to and its goal, in the form's order."""
        found: list[tuple[str, int | None, Figure]] = [
            ("basic_expenditure", None, self.basic),
            ("project_expenditure", None, self.projects),
        ]
        for fund in self.funds:
            found += [(fund.name, None, figure) for figure in fund[3:]]
        for goal in self.goals:
            found += [(goal.name, goal.goal, figure) for figure in (goal.weight, goal.score)]
            found += [one for row in self.rows if row.goal == goal.goal for one in _of(row)]
        found += [one for row in self.rows if row.goal is None for one in _of(row)]
        found += [("total", None, self.total_weight), ("total", None, self.total)]
        return tuple(one for one in found if one[2].sources or one[2].text)


def _of(row: RolledRow) -> list[tuple[str, int | None, Figure]]:
    name = row.level3 or row.level2 or row.level1
    return [(name, row.goal, one) for one in (row.target, row.actual, row.weight, row.score)]
