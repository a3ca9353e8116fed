"""A sheet of very many rows: a header, and then row after row as ready text.

XlsxWriter takes cells one by one and looks at each from all sides; of a season's five million cells
that is most of the time. A long sheet holds numbers and texts only, so its rows are put together
here, and everything around them (header, widths, filter, print setup) is XlsxWriter's as before.
"""

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from perfxl.exact import Fraction
from perfxl.ooxml.address import letters
from perfxl.ooxml.geometry import lines_of
from perfxl.ooxml.strings import cell_text

# Points of a line and of the tallest row; how much of a column's width its text gets.
_LINE, _TALLEST, _ROOM = 14.5, 409.0, 0.95
Cell = Fraction | Decimal | int | float | str | None


class LongSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of a workbook in constant memory that takes whole rows, each below the last."""

    def begin(
        self, heads: Sequence[str], widths: Sequence[float], head: Format, look: Format
    ) -> None:
        """Write the header.

        Args:
            heads: of the columns.
            widths: of the columns, in characters.
            head: how the header looks.
            look: how all other rows do.
        """
        for col, (text, width) in enumerate(zip(heads, widths, strict=True)):
            self.set_column(col, col, width, look)
            self.write_string(0, col, text, head)
        self.freeze_panes(1, 1)
        style = look._get_xf_index()  # noqa: SLF001  # there is no other way to learn it
        self._rooms = [width * _ROOM for width in widths]
        self._starts = [(letters(col + 1), f'" s="{style}"') for col in range(len(widths))]

    def add_row(self, row: int, cells: Sequence[Cell]) -> None:
        """Write a row: numbers to four decimals, every text as nothing but text.

        Args:
            row: its number, counted from 0; greater than any before.
            cells: one for each column; None and "" leave a place empty.
        """
        parts = []
        lines = 1
        number = row + 1
        for cell, (name, style), room in zip(cells, self._starts, self._rooms, strict=True):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                # A text no wider than its cell stands in one line: nearly all of them.
                if 2 * len(cell) > room:
                    lines = max(lines, lines_of(cell, room))
                # A form's names and handling words stand in many of its rows.
                parts.append(
                    f'<c r="{name}{number}{style} t="inlineStr"><is>'
                    f'<t xml:space="preserve">{cell_text(cell)}</t></is></c>'
                )
            else:
                value = cell if isinstance(cell, int) else round(float(cell), 4)
                parts.append(f'<c r="{name}{number}{style}><v>{value}</v></c>')
        height = f' ht="{min(_TALLEST, lines * _LINE)}" customHeight="1"' if lines > 1 else ""
        self._check_dimensions(row, len(self._starts) - 1)
        self._write_single_row(row)
        self.fh.write(f'<row r="{number}"{height}>{"".join(parts)}</row>')
