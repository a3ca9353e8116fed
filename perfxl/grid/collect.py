"""A sheet while its cells come in: what the readers of typed cells have in common."""

from decimal import Decimal
from typing import NamedTuple

from perfxl.grid.cells import blank, check_spans, make_cell, of_number, refuse_more, refuse_spans
from perfxl.grid.format_renderer import Looks
from perfxl.grid.model import Cell, Grid, type_of_values
from perfxl.ooxml.address import Span

# What a file stores for an error, in both generations of the binary formats.
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
NOT_FINITE = 0x24


class Book(NamedTuple):
    """What the sheets of a workbook share.

    Attributes:
        strings: the shared strings.
        codes: the number format of every cell style.
        looks: the same, compiled.
        shift: 1462 for days counted from 1904, else 0.
        encoding: of the texts, where the file does not fix it.
    """

    strings: list[str]
    codes: list[str]
    looks: Looks
    shift: int
    encoding: str | None = None


def book(strings: list[str], codes: list[str], shift: int = 0, encoding: str | None = None) -> Book:
    """A Book; a workbook without styles has one, General."""
    codes = codes or ["General"]
    return Book(strings, codes, Looks(codes), shift, encoding)


class Collector:
    """Cells, spans and measures of one sheet; rows and columns counted from 1."""

    def __init__(self, shared: Book) -> None:
        self.book = shared
        self.cells: dict[tuple[int, int], Cell] = {}
        self._puts = 0
        self.spans: list[Span] = []
        self.widths: dict[int, float] = {}
        self.heights: dict[int, float] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def put(  # a cell is just these; a record of them would be made 500 times
        self, row: int, col: int, style: int, value: type_of_values, text: str, *, formula: bool
    ) -> None:
        """A cell; of a style that the file does not have, the first."""
        self._puts += 1
        if self._puts % 1024 == 0:  # also of cells that are stored over each other
            refuse_more(self._puts)
        codes = self.book.codes
        code = codes[style] if style < len(codes) else codes[0]
        self.cells[row, col] = make_cell((row, col, value, text, code, formula, False))

    def text(self, row: int, col: int, style: int, text: str, *, formula: bool = False) -> None:
        """A text; a blank one is no cell."""
        if not blank(text):
            known = style < len(self.book.codes)
            show = self.book.looks[style].text if known else None
            self.put(row, col, style, text, show(text) if show else text, formula=formula)

    def number(
        self, row: int, col: int, style: int, number: Decimal | None, *, formula: bool = False
    ) -> None:
        """A number or date; one that is not finite (None) is the error that a person sees there."""
        if number is None:
            self.error(row, col, style, NOT_FINITE, formula=formula)
            return
        look = self.book.looks[style if style < len(self.book.codes) else 0]
        value, text = of_number(number, look, self.book.shift)
        self.put(row, col, style, value, text, formula=formula)

    def truth(self, row: int, col: int, style: int, value: int, *, formula: bool = False) -> None:
        """A truth value."""
        text = "TRUE" if value else "FALSE"
        self.put(row, col, style, bool(value), text, formula=formula)

    def error(self, row: int, col: int, style: int, code: int, *, formula: bool = False) -> None:
        """An error value, as its text."""
        text = ERRORS.get(code, "#ERROR")
        self.put(row, col, style, text, text, formula=formula)

    def span(self, top: int, left: int, bottom: int, right: int) -> None:
        """A merged area; one of a single cell is none."""
        if (top, left) != (bottom, right) and top <= bottom and left <= right:
            self.spans.append(Span(top, left, bottom, right))
            if len(self.spans) % 1024 == 0:
                refuse_spans(len(self.spans))

    def columns(self, first: int, last: int, width: float | None, *, hidden: bool) -> None:
        """What a run of columns states; the last run often reaches to the end of the sheet."""
        numbers = range(first, min(last, first + 999) + 1)
        if width is not None and last - first < 200:
            self.widths.update(dict.fromkeys(numbers, round(width, 2)))
        if hidden:
            self.hidden_columns.update(numbers)

    def grid(self, name: str, index: int, *, hidden: bool) -> Grid:
        """The sheet, complete.

        Raises:
            TooLarge: more cells or merged areas than any form has.
        """
        refuse_more(len(self.cells))
        last = max((row for row, _ in self.cells), default=0)
        self.heights = {row: high for row, high in self.heights.items() if row <= last}
        if self.hidden_rows or self.hidden_columns:
            for (row, col), cell in self.cells.items():
                if row in self.hidden_rows or col in self.hidden_columns:
                    self.cells[row, col] = cell._replace(hidden=True)
        spans = check_spans(self.spans, self.cells)
        return Grid(name, index, self.cells, spans, hidden, self.widths, self.heights)
