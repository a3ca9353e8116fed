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

    def level(self, col: int, names: Sequence[str], top: int, keys: Sequence[Key | None]) -> None:
        """A column of level names, equal neighbours merged."""
        start = 0
        for index in range(1, len(names) + 1):
            if index == len(names) or names[index] != names[start]:
                self.put(top + start, col, names[start], keys[start], rows=index - start)
                start = index

    def bytes(self) -> bytes:
        """The workbook as it is submitted."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
