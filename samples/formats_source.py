"""A sample as plain cells and merged areas, read by openpyxl, to be written in another format."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from drawing import shown
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter


class Area(NamedTuple):
    """A merged area, or one cell: rows and columns from 1, all four edges inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cell(self) -> str:
        return address(self.top, self.left)

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def cols(self) -> int:
        return self.right - self.left + 1


class Look(NamedTuple):
    """What other formats keep of a cell's looks."""

    number_format: str
    framed: bool
    align: str
    bold: bool


class Held(NamedTuple):
    """A cell: None for one that only has looks."""

    value: str | float | None
    look: Look

    @property
    def text(self) -> str:
        """What the cell shows."""
        if self.value is None or isinstance(self.value, str):
            return self.value or ""
        return shown(self.value, self.look.number_format)


@dataclass
class Sheet:
    """One sheet; places are (row, column) from 1, sizes in characters and points."""

    name: str
    cells: dict[tuple[int, int], Held]
    merged: list[Area]
    widths: dict[int, float]
    heights: dict[int, float]

    @property
    def looks(self) -> list[Look]:
        return sorted({held.look for held in self.cells.values()})

    def areas(self) -> Iterator[tuple[int, list[tuple[Area, Held]]]]:
        """Each row with the areas that begin in it, from left to right."""
        at = {(area.top, area.left): area for area in self.merged}
        hidden = {
            (row, col)
            for area in self.merged
            for row in range(area.top, area.bottom + 1)
            for col in range(area.left, area.right + 1)
        } - set(at)
        for row in range(1, max(row for row, _ in self.cells) + 1):
            yield (
                row,
                [
                    (at.get((row, col), Area(row, col, row, col)), held)
                    for (line, col), held in sorted(self.cells.items())
                    if line == row and (row, col) not in hidden
                ],
            )


def sheets(file: Path) -> list[Sheet]:
    """The sheets of a sample without formulas."""
    made = []
    for sheet in load_workbook(file).worksheets:
        cells = {
            (cell.row, cell.column): Held(cell.value, _look(cell))
            for line in sheet.iter_rows()
            for cell in line
            if cell.has_style or cell.value is not None
        }
        made.append(
            Sheet(
                sheet.title,
                cells,
                sorted(
                    Area(area.min_row, area.min_col, area.max_row, area.max_col)
                    for area in sheet.merged_cells.ranges
                ),
                {
                    col: sheet.column_dimensions[get_column_letter(col)].width
                    for col in range(1, sheet.max_column + 1)
                },
                {row: size.height for row, size in sheet.row_dimensions.items() if size.height},
            )
        )
    return made


def _look(cell) -> Look:
    return Look(
        cell.number_format,
        cell.border.left.style is not None or cell.border.top.style is not None,
        cell.alignment.horizontal or "general",
        bool(cell.font.b),
    )


def address(row: int, col: int) -> str:
    return f"{get_column_letter(col)}{row}"
