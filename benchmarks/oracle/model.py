"""A form as plain data: what a clerk knows before anything is drawn.

Points and money are exact (Fraction); how many decimals a score is kept with is a habit of the
form, so that sums can be sums of what is stored.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

Key = tuple[Any, ...]
"""What a cell holds, as ("row", 3, "score"), ("goal", 0, "score"), ("fund", 0, "rate"), ("total",)."""


class Cell(NamedTuple):
    """A cell's content, and its number format where it is a number."""

    value: str | float | int | None
    shown: str = "General"


EMPTY = Cell(None)


def rounded(number: Fraction, places: int, *, cut: bool = False) -> Fraction:
    """Round half up, or cut off, to some decimals."""
    scale = 10**places
    scaled = number * scale
    whole = scaled.numerator // scaled.denominator if cut else _half_up(scaled)
    return Fraction(whole, scale)


def _half_up(number: Fraction) -> int:
    sign = -1 if number < 0 else 1
    doubled = 2 * abs(number) + 1
    return sign * (doubled.numerator // (2 * doubled.denominator))


def plain(number: Fraction, places: int = 6) -> str:
    """A number as text without exponent or trailing zeros; fractions rounded to some decimals."""
    value = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def held(number: Fraction) -> int | float:
    """A number as a workbook stores it."""
    return number.numerator if number.denominator == 1 else float(number)


def cut_text(number: Fraction, places: int) -> str:
    """A number as text with so many decimals, cut off."""
    value = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN):f}"


@dataclass
class Row:
    """One indicator: what is written, and what its maker knows of it."""

    level1: str
    level2: str
    name: str
    target: Cell
    actual: Cell
    low: Fraction
    high: Fraction
    """The completion ratio's ends, as the rules give them for what is written."""
    met: bool
    weight: Fraction | None = None
    score: Fraction | None = None
    reason: str = ""
    sign: str = ""
    unit: str = ""
    factor: Cell = EMPTY
    """The coefficient of completion, on forms that state one."""
    text: bool = False
    share: Fraction = Fraction(1)
    """Which part of its weight the row claims, where the ratio leaves that open."""
    stored: Cell | None = None
    """What stands in the score's cell where that is no plain number."""


@dataclass
class Section:
    """A goal, or what a level-1 label stands for: some rows, with points of their own."""

    name: str
    points: Fraction
    rows: list[Row]
    score: Fraction | None = None
    label_points: Fraction | None = None


@dataclass
class Fund:
    """A row of the table of funds; money in the form's unit."""

    name: str
    initial: Fraction | None
    budget: Fraction | None
    executed: Fraction | None
    rate: Cell = EMPTY
    weight: Cell = EMPTY
    score: Fraction | None = None
    dash: str | None = None


@dataclass
class Plan:
    """A whole form before it is drawn."""

    family: str
    kind: str
    inverse: str
    """How a missed ceiling is scored: ratio (A/B), or span (A/B and 1-(B-A)/A are both right)."""
    title: str
    year: int
    unit: str
    department: str
    project: str
    money: str
    funds: list[Fund]
    sections: list[Section]
    budget_points: Fraction | None
    known: bool
    """Whether the rows' weights are written on the form."""
    rounding: str = "half2"
    total: Fraction | None = None
    grade: str | None = None
    full: Fraction = Fraction(100)
    reason: str = ""
    planned: str = ""
    achieved: str = ""
    basic: Fraction | None = None
    projects: Fraction | None = None
    style: dict[str, Any] = field(default_factory=dict)
    traits: list[str] = field(default_factory=list)
    """What is special about the form, so that a false finding can be counted by it."""

    def rows(self) -> Iterator[tuple[int, Row, Section]]:
        """Every row with its number on the form, counted from 0, and its section."""
        number = 0
        for section in self.sections:
            for row in section.rows:
                yield number, row, section
                number += 1

    def keep(self, points: Fraction) -> Fraction:
        """Points as this form keeps them."""
        if self.rounding == "fraction":
            return points
        if self.rounding == "half1":
            return rounded(points, 1)
        return rounded(points, 2, cut=self.rounding == "cut2")

    def resum(self) -> None:
        """Sections and total anew from what the rows say."""
        for section in self.sections:
            section.score = sum((row.score or Fraction(0) for row in section.rows), Fraction(0))
            if self._shared_equally(section):
                section.score = _snapped(section.score, section.points)
            if self.style.get("sum2"):
                section.score = rounded(section.score, 2)
        self.retotal()

    def _shared_equally(self, section: "Section") -> bool:
        """Whether a goal's rows have equal shares, rounded: 2.67 three times in a goal of 8 is 8."""
        return (
            self.style.get("equal") == "rounded"
            and self.style.get("goal_label") == "row"
            and all(row.score == row.weight for row in section.rows)
        )

    def retotal(self) -> None:
        """The total anew from budget and sections; the grade with it."""
        if self.kind == "transfer":
            return
        parts = [section.score or Fraction(0) for section in self.sections]
        parts += [fund.score for fund in self.funds if fund.score is not None]
        self.total = sum(parts, Fraction(0))
        if self.style.get("sum2"):
            self.total = rounded(self.total, 2)
        if self.grade is not None:
            self.grade = grade(self.total)

    def slack(self) -> Fraction:
        """What rounding leaves open in a sum: half of the last decimal of each score that is no whole number."""
        scores = [row.score for _, row, _ in self.rows()] + [fund.score for fund in self.funds]
        return sum((_half_unit(score) for score in scores if score is not None), Fraction(0))

    def copy(self) -> "Plan":
        """A form of its own that may be changed."""
        return copy.deepcopy(self)


def _half_unit(score: Fraction) -> Fraction:
    if score.denominator == 1:
        return Fraction(0)
    return Fraction(1, 20) if (10 * score).denominator == 1 else Fraction(1, 200)


def _snapped(total: Fraction, points: Fraction) -> Fraction:
    return points if abs(total - points) <= Fraction(1, 50) else total


def grade(total: Fraction) -> str:
    """The grade that the Ministry's form gives a total."""
    for least, name in ((90, "优"), (80, "良"), (60, "中")):
        if total >= least:
            return name
    return "差"
