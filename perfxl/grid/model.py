"""The Grid: sparse cells and spans of one sheet. Never dense, never unmerged.

The span *is* the hierarchy of a merged form, so it is kept as it stands; a value hidden under a
span is kept too, at its own address.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from perfxl.ooxml.address import Span, a1

type_of_values = str | Decimal | bool | date | datetime | time


class Cell(NamedTuple):
    """One non-empty cell.

    Attributes:
        row: counted from 1.
        col: counted from 1.
        value: what the cell holds: text, an exact number (15 significant digits, as Excel keeps
            them), a truth value or a date. An error value (#REF!) is the text of the error.
        text: what a person sees: 0.95 under the format 0.0% is ``95.0%``.
        number_format: the format code; ``General`` where the file has none.
        formula: whether the value is the cached result of a formula.
        hidden: whether its row or its column is hidden.
    """

    row: int
    col: int
    value: type_of_values
    text: str
    number_format: str = "General"
    formula: bool = False
    hidden: bool = False

    @property
    def address(self) -> str:
        """The A1 address."""
        return a1(self.row, self.col)


@dataclass(eq=False)
class Grid:
    """One sheet.

    Attributes:
        name: as shown on its tab (a caption or a table's number where the file has no tabs).
        index: position among the file's sheets, from 0.
        cells: by (row, column), the non-empty ones only.
        spans: merged areas of more than one cell, as the file gives them.
        hidden: whether the whole sheet is hidden.
        widths: of columns, in characters, where the file states them.
        heights: of rows, in points, where the file states them.
        uncomputed: positions of formulas that no program has computed yet.
    """

    name: str
    index: int
    cells: dict[tuple[int, int], Cell]
    spans: tuple[Span, ...] = ()
    hidden: bool = False
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    uncomputed: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def covers(self) -> dict[tuple[int, int], Span]:
        """Every position inside a span, to that span; spans are clipped to the used area."""
        bottom = max((row for row, _ in self.cells), default=0)
        right = max((col for _, col in self.cells), default=0)
        # A span may reach to the last row of the sheet (a million); what lies beyond the last
        # cell and beyond other spans' heads is of no use to anyone.
        bottom = max(bottom, *(s.top for s in self.spans), 0)
        right = max(right, *(s.left for s in self.spans), 0)
        return {
            (row, col): area
            for area in self.spans
            for row in range(area.top, min(area.bottom, bottom) + 1)
            for col in range(area.left, min(area.right, right) + 1)
        }

    def area(self, row: int, col: int) -> Span:
        """The span at a position; a single cell is its own."""
        return self.covers.get((row, col)) or Span(row, col, row, col)

    def at(self, row: int, col: int) -> Cell | None:
        """What a person sees at a position: the cell there, or the head of the span over it."""
        area = self.covers.get((row, col))
        return self.cells.get((row, col) if area is None else (area.top, area.left))
