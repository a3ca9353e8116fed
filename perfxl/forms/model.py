"""What a form says: header, funds, goals, indicators, totals, prose. Every value keeps its cell."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from perfxl.forms.roles import How, Role
from perfxl.ooxml.address import Span, a1

DEPARTMENT, PROJECT, TRANSFER = "department", "project", "transfer"
UNSTATED = "unstated"
"""The kind of a form that does not say what it is about."""
SELF, MONITORING, TARGETS = "self", "monitoring", "targets"
"""What a form is, see `perfxl.forms.nature`."""


class Field(NamedTuple):
    """One value of a form.

    Attributes:
        value: what was understood: Decimal for numbers, str for texts, int for a year, None for
            a place that is there but empty.
        text: what the cell shows, outer white space removed.
        row: of the cell, from 1 (of the span's head); 0 where the value has no cell of its own.
        col: likewise.
        how: how it was found, one of `perfxl.forms.roles.How`.
        formula: whether the cell holds a formula.
        raw: the cell's own value where ``value`` is only its text (a target typed as a number).
    """

    value: Any
    text: str = ""
    row: int = 0
    col: int = 0
    how: str = How.COLUMN
    formula: bool = False
    raw: Any = None

    @property
    def cell(self) -> str | None:
        """A1 address of the cell."""
        return a1(self.row, self.col) if self.row else None

    @property
    def uncomputed(self) -> bool:
        """Whether the cell holds a formula that no program has computed: nobody sees its value."""
        return self.formula and not self.text


ABSENT = Field(None)
"""The form has no place for this value."""


class Fund(NamedTuple):
    """One row of the table of funds; amounts in the form's money unit, the rate a fraction.

    ``reason`` is why more or less than the budget was spent; ``further`` is what stands in columns that no
    rule needs, as pairs of label and value.
    """

    name: Field = ABSENT
    initial: Field = ABSENT
    budget: Field = ABSENT
    executed: Field = ABSENT
    rate: Field = ABSENT
    weight: Field = ABSENT
    score: Field = ABSENT
    review: Field = ABSENT
    total: bool = False
    part: bool = False
    reason: Field = ABSENT
    further: tuple[tuple[Field, Field], ...] = ()


class Goal(NamedTuple):
    """An annual goal, or a section (level 1) where the form has no goals."""

    goal: int
    name: Field = ABSENT
    label: Field = ABSENT
    weight: Field = ABSENT
    score: Field = ABSENT
    section: bool = False
    review: Field = ABSENT


class Indicator(NamedTuple):
    """One row of the table of indicators.

    ``standard`` is how the form itself says it is scored; ``further`` is what stands in columns that no
    rule needs, as pairs of label and value.
    """

    goal: int | None
    row: int
    level1: Field = ABSENT
    level2: Field = ABSENT
    level3: Field = ABSENT
    target: Field = ABSENT
    actual: Field = ABSENT
    weight: Field = ABSENT
    score: Field = ABSENT
    reason: Field = ABSENT
    measure: Field = ABSENT
    sign: Field = ABSENT
    coefficient: Field = ABSENT
    completion: Field = ABSENT
    review: Field = ABSENT
    target_initial: Field = ABSENT
    comment: Field = ABSENT
    standard: Field = ABSENT
    further: tuple[tuple[Field, Field], ...] = ()

    @property
    def name(self) -> str:
        """The name a person would use: the third level's, else the lowest that is there."""
        return str(self.level3.value or self.level2.value or self.level1.value or "")


class Unread(NamedTuple):
    """A non-empty cell inside the form that no field took."""

    row: int
    col: int
    text: str
    why: str = "unknown"

    @property
    def cell(self) -> str:
        """A1 address."""
        return a1(self.row, self.col)


@dataclass(frozen=True, slots=True)
class Form:
    """One self-evaluation form.

    Attributes:
        form: unique and stable name: file, sheet and first cell.
        file: name of the file it came from.
        sheet: name of its sheet; ``sheet_index`` its position.
        kind: department, project or transfer; unstated where nothing says so.
        area: the rectangle of cells that belong to the form.
        second_total: the total where it is stated twice, in the head and below the table.
        total_weight: the stated sum of weights (100) beside the total.
        others: fields of the official form that no rule needs: label and value.
        notes: printed notes (备注, 说明).
        roles: (row, column) of every non-empty cell → what it is, `Role.UNREAD` where no field took it.
        inferred: columns whose label is not known, told by what stands in them: the field and the label.
        unshown: positions of numbers that their format hides altogether.
        nature: self, or what else it is: monitoring, targets.
        money_units: the units of money of the vocabulary it was read with, and how many 元 each is.
    """

    form: str
    file: str
    sheet: str
    sheet_index: int
    kind: str
    area: Span
    title: Field = ABSENT
    unit: Field = ABSENT
    year: Field = ABSENT
    department: Field = ABSENT
    project: Field = ABSENT
    money_unit: Field = ABSENT
    basic_expenditure: Field = ABSENT
    project_expenditure: Field = ABSENT
    claimed_total: Field = ABSENT
    second_total: Field = ABSENT
    total_weight: Field = ABSENT
    total_review: Field = ABSENT
    claimed_grade: Field = ABSENT
    deviation_reason: Field = ABSENT
    improvement: Field = ABSENT
    overall_goal: Field = ABSENT
    overall_result: Field = ABSENT
    funds_label: Field = ABSENT
    funds: tuple[Fund, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    others: tuple[tuple[Field, Field], ...] = ()
    notes: tuple[Field, ...] = ()
    unread: tuple[Unread, ...] = ()
    roles: Mapping[tuple[int, int], Role] = dataclasses.field(default_factory=dict)
    nature: str = SELF
    inferred: tuple[tuple[str, Field], ...] = ()
    unshown: frozenset[tuple[int, int]] = frozenset()
    money_units: tuple[tuple[str, int], ...] = ()

    def of_goal(self, goal: int | None) -> tuple[Indicator, ...]:
        """The indicators of one goal or section, in the form's order."""
        return tuple(row for row in self.indicators if row.goal == goal)

    @property
    def name(self) -> str:
        """How a person would call the form: its unit, else its project, else its title."""
        return str(self.unit.value or self.project.value or self.title.value or self.sheet)
