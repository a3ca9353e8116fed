"""A sheet under a clerk's hands: cells and merged areas, and where each value went."""

import io
from collections.abc import Sequence
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from oracle.model import Cell, Key, held

Content = Cell | str | int | float | Fraction | None


class Canvas:
    """One workbook with one sheet; `places` knows the cell of every value."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.book = Workbook()
        self.sheet = self.book.active
        self.sheet.title = name
        self.places: dict[Key, str] = {}
        self.row = 1
        self.shift = 0
        """The number of the first row of the block that is being drawn."""

    def put(
        self,
        row: int,
        col: int,
        content: Content,
        key: Key | None = None,
        *,
        rows: int = 1,
        cols: int = 1,
        shown: str | None = None,
    ) -> None:
        """Write a cell, merged over rows and columns, and remember what it holds."""
        cell = self.sheet.cell(row, col)
        if isinstance(content, Fraction):
            content = Cell(held(content))
        if isinstance(content, Cell):
            cell.value = content.value
            if not isinstance(content.value, str):
                cell.number_format = content.shown
        else:
            cell.value = content
        if isinstance(cell.value, str):
            # "=3项" is a target and no formula.
            cell.data_type = "s"
        if shown and isinstance(cell.value, int | float):
            cell.number_format = shown
        if rows > 1 or cols > 1:
            self.sheet.merge_cells(
                start_row=row, start_column=col, end_row=row + rows - 1, end_column=col + cols - 1
            )
        if key is not None:
            self.places[key] = f"{get_column_letter(col)}{row}"

    def line(self, *cells: tuple[Content, int] | tuple[Content, int, Key | None]) -> None:
        """Write one row from column A on: content, columns, and what it is; then go down."""
        col = 1
        for content, cols, *rest in cells:
            self.put(self.row, col, content, rest[0] if rest else None, cols=cols)
            col += cols
        self.row += 1

    def level(
        self, col: int, names: Sequence[str], top: int, keys: Sequence[Key | None], again: int = 0
    ) -> None:
        """A column of level names, equal neighbours merged.

        Args:
            col: its column, from 1.
            names: a name for each row.
            top: the first row.
            keys: what the name of each row is.
            again: before this row a page ends, and the name is written again; 0 for none.
        """
        start = 0
        for index in range(1, len(names) + 1):
            if index == len(names) or names[index] != names[start] or index == again:
                key = keys[start]
                repeated = start == again and start > 0 and names[start] == names[start - 1]
                if key is not None and repeated:
                    key = (*key, "again")
                self.put(top + start, col, names[start], key, rows=index - start)
                start = index

    def instructions(self, lines: Sequence[str]) -> None:
        """A sheet of instructions before the form."""
        sheet = self.book.create_sheet("填表说明", 0)
        for row, line in enumerate(lines, 1):
            sheet.cell(row, 1).value = line
        self.book.active = self.sheet

    def bytes(self) -> bytes:
        """The workbook as it is submitted."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
