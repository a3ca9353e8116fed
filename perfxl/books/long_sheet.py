"""A sheet of very many rows: a header, and then row after row as ready text.

Everything around the rows (header, widths, filter, print setup) is XlsxWriter's as in any sheet. The
rows go into its file from within, which no promise of it covers: pyproject.toml admits the versions
that tests/books/test_long_sheet.py was passed with.
"""

from collections.abc import Sequence

from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from perfxl.books.summary_rows import ROW, STYLE


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
        self._last = len(heads) - 1
        # There is no other way to learn it.
        self._style = str(look._get_xf_index())  # noqa: SLF001

    def add_row(self, row: int, text: str) -> None:
        """Write a row.

        Args:
            row: its number, counted from 0; greater than any before.
            text: see `perfxl.books.summary_rows`.
        """
        self._check_dimensions(row, self._last)
        self._write_single_row(row)
        self.fh.write(text.replace(ROW, str(row + 1)).replace(STYLE, self._style))
