"""Rows of a sheet of ours in the making: cells side by side, cells over several columns."""

from collections.abc import Sequence

from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import NewCell

Row = list[NewCell | None]


class SheetRows:
    """Rows in the making.

    Attributes:
        rows: the rows so far; merges: the merged areas; heights: of rows, in points, where not by their text.
    """

    def __init__(self, columns: int) -> None:
        """Begin a sheet of so many columns."""
        self.columns = columns
        self.rows: list[Row] = []
        self.merges: list[Span] = []
        self.heights: dict[int, float] = {}

    def add(self, *cells: NewCell | None) -> int:
        """Append a row; its number."""
        self.rows.append(list(cells))
        return len(self.rows)

    def parts(self, *parts: tuple[int, int, NewCell], height: float = 0.0) -> None:
        """Append a row of cells that each take several columns: first and last column, cell."""
        cells: Row = []
        row = len(self.rows) + 1
        for first, last, cell in parts:
            cells += [cell, *[NewCell(None, cell.style)] * (last - first)]
            self.join(row, first, last)
        self.add(*cells)
        if height:
            self.heights[row] = height

    def wide(self, text: str, style: str) -> None:
        """Append a text over the whole width."""
        self.parts((1, self.columns, NewCell(text, style)))

    def side_by_side(
        self, cells: Sequence[NewCell], places: Sequence[tuple[int, int]], height: float = 0.0
    ) -> None:
        """Append cells, as many in a row as there are places: first and last column of each."""
        for start in range(0, len(cells), len(places)):
            some = [*cells[start : start + len(places)], *[NewCell(None)] * len(places)]
            parts = zip(places, some, strict=False)
            self.parts(*((*place, cell) for place, cell in parts), height=height)

    def join(self, row: int, left: int, right: int) -> None:
        """Merge cells of a row."""
        if left < right:
            self.merges.append(Span(row, left, row, right))
