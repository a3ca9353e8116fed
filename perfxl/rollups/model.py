"""A roll-up: one form out of several units', and for every figure the cells it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Form
from perfxl.rules.engine.facts import Facts, ScoredRow
from perfxl.rules.engine.interval import OPEN, Interval
from perfxl.rules.engine.ratio import Ratio
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


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

    def source(self, place: Field, value: Fraction | None = None, **more: Any) -> Source:
        """One of its cells as the source of a figure."""
        return Source(self.name, self.form, place, value, **more)


class Part(NamedTuple):
    """One unit's row of an indicator."""

    member: Member
    row: ScoredRow

    def place(self, side: str) -> Field:
        """One of the row's cells: target, actual, weight, score."""
        place: Field = getattr(self.row.indicator, side)
        return place

    def source(self, side: str, value: Fraction | None = None, **more: Any) -> Source:
        """One of the row's cells as the source of a figure."""
        return self.member.source(self.place(side), value, **more)


class Figure(NamedTuple):
    """One figure of the rolled-up form and where it comes from.

    Attributes:
        what: target, actual, weight, score, budget, executed, …
        how: how the units' parts became one, a code of the texts.
        text: the result as the form shows it, "" where there is none.
        value: exact; lo = hi where it is one number, an end is None where nothing bounds it.
    """

    what: str
    how: str = "none"
    sources: tuple[Source, ...] = ()
    text: str = ""
    value: Interval = OPEN


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


def tell(
    code: str, severity: Severity, item: str = "", sources: Iterable[Source] = (), **arguments: Any
) -> Difference:
    """A difference with the arguments of its text by name."""
    return Difference(code, severity, item, tuple(sources), arguments)


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

    @property
    def name(self) -> str:
        """What a person would call it: the name of its lowest level."""
        return self.level3 or self.level2 or self.level1


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
        return all(one.severity is NOTE for one in self.differences)

    def figures(self) -> tuple[tuple[str, int | None, Figure], ...]:
        """Every figure with the name of what it belongs to and its goal, in the form's order."""
        found: list[tuple[str, int | None, Figure]] = [
            ("basic_expenditure", None, self.basic),
            ("project_expenditure", None, self.projects),
        ]
        found += [(fund.name, None, figure) for fund in self.funds for figure in fund[3:]]
        for goal in self.goals:
            found += [(goal.name, goal.goal, figure) for figure in (goal.weight, goal.score)]
            found += self._figures_of(goal.goal)
        found += self._figures_of(None)
        found += [("total", None, self.total_weight), ("total", None, self.total)]
        return tuple(one for one in found if one[2].sources or one[2].text)

    def _figures_of(self, goal: int | None) -> "list[tuple[str, int | None, Figure]]":
        rows = [row for row in self.rows if row.goal == goal]
        return [(row.name, goal, figure) for row in rows for figure in row[5:9]]
