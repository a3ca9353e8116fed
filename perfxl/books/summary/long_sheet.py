"""A sheet of very many rows: a header, and then row after row as ready text.

Everything around the rows (header, widths, filter, print setup) is XlsxWriter's as in any sheet. The
rows and their links go into its file from within, which no promise of it covers: pyproject.toml admits
the versions that tests/books/test_long_sheet.py was passed with.
"""

from collections.abc import Mapping, Sequence
from html import escape

from xlsxwriter.format import Format  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from perfxl.books.summary.rows import ROW

MOST_LINKS = 65_530
"""Excel takes no more links in a sheet."""

HEAD_HEIGHT = 30
"""Points: the heads have two lines."""


class LinkedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose cells link to places of other workbooks."""

    def __init__(self) -> None:
        super().__init__()
        self._links: list[tuple[str, str, str]] = []

    def add_link(self, cell: str, target: str, location: str = "") -> None:
        """Link a cell to a place of another workbook.

        Args:
            cell: its address.
            target: the other workbook, as an address relative to this one, escaped.
            location: the place there, as Excel writes it: 'Sheet 1'!A1; "": where it opens.
        """
        if len(self._links) < MOST_LINKS:
            self._links.append((cell, target, location))

    def _write_hyperlinks(self) -> None:
        """Write the links: all those to one file share its relationship, so thousands cost little."""
        super()._write_hyperlinks()
        if not self._links:
            return
        known: dict[str, str] = {}
        self._xml_start_tag("hyperlinks")
        for cell, target, location in self._links:
            if target not in known:
                self.rel_count += 1
                known[target] = f"rId{self.rel_count}"
                self.external_hyper_links.append(["/hyperlink", target, "External"])
            place = f' location="{escape(location)}"' if location else ""
            self.fh.write(f'<hyperlink ref="{cell}" r:id="{known[target]}"{place}/>')
        self._xml_end_tag("hyperlinks")


class LongSheet(LinkedSheet):
    """A worksheet of a workbook in constant memory that takes whole rows, each below the last."""

    def look(self, columns: int, looks: Mapping[str, Format]) -> None:
        """Say how its rows look, before the first of them.

        Args:
            columns: how many there are.
            looks: how cells look, by the sign that stands for it in a row's text.
        """
        self._last = columns - 1
        # There is no other way to learn it.
        self._looks = [(sign, str(look._get_xf_index())) for sign, look in looks.items()]  # noqa: SLF001

    def begin(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        head: Format,
        looks: Mapping[str, Format],
    ) -> None:
        """Write the header.

        Args:
            heads: of the columns.
            widths: of the columns, in characters.
            head: how the header looks.
            looks: as in `look`.
        """
        self.look(len(heads), looks)
        self.set_row(0, HEAD_HEIGHT)
        for col, (text, width) in enumerate(zip(heads, widths, strict=True)):
            self.set_column(col, col, width)
            self.write_string(0, col, text, head)
        self.freeze_panes(1, 1)

    def add_rows(self, first: int, rows: Sequence[str]) -> None:
        """Write rows, one below the other.

        Args:
            first: number of the first, counted from 0; greater than any before.
            rows: see `perfxl.books.summary.rows`.
        """
        if not rows:
            return
        self._check_dimensions(first, self._last)
        self._check_dimensions(first + len(rows) - 1, self._last)
        self._write_single_row(first)
        text = "".join(
            [row.replace(ROW, str(number)) for number, row in enumerate(rows, first + 1)]
        )
        for sign, look in self._looks:
            text = text.replace(sign, look)
        self.fh.write(text)
