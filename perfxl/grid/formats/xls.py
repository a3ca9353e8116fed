"""Grids of a binary Excel workbook: .xls of Excel 95 to 2003, and .et of WPS, which is the same."""

import struct
from collections.abc import Iterator
from decimal import Decimal

from perfxl.errors import Locked, NotAWorkbook
from perfxl.grid.cells import SHIFT_1904, bounded
from perfxl.grid.collect import Book, Collector, book
from perfxl.grid.format_renderer import of_float
from perfxl.grid.formats import biff
from perfxl.grid.formats.ole import CompoundFile
from perfxl.grid.model import Grid
from perfxl.ooxml.parts.formats import BUILT_IN
from perfxl.ooxml.parts.sheet import LAST_COLUMN

_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_FORMULA, _STRING, _BOOLERR = 0x06, 0x207, 0x205
_ROW, _COLINFO, _MERGES = 0x208, 0x7D, 0xE5

# The least that a record must hold.
_LEAST = {
    _LABELSST: 10, _RK: 10, _MULRK: 6, _NUMBER: 14, _FORMULA: 14, _STRING: 2, _LABEL: 8, _RSTRING: 8,
    _BOOLERR: 8, _ROW: 14, _COLINFO: 10, _MERGES: 2,
    biff.XF: 4, biff.FORMAT: 3, biff.SST: 8, biff.BOUNDSHEET: 7, biff.BOF: 2, biff.CODEPAGE: 2, biff.DATE1904: 1,
}  # fmt: skip

_head = struct.Struct("<HHH").unpack_from
_word = struct.Struct("<H").unpack_from
_double = struct.Struct("<d").unpack_from


def grids(data: bytes) -> tuple[Grid, ...]:
    """The sheets of an .xls file.

    Raises:
        Locked: protected by a password for opening.
        NotAWorkbook: damaged.
        TooLarge: more cells than any form has.
    """
    container = CompoundFile(data)
    stream = container.read("Workbook" if "WORKBOOK" in container.streams else "Book")
    found = _Globals(stream)
    shared = found.book()
    return bounded(_sheets(found, shared))


def _sheets(found: "_Globals", shared: Book) -> Iterator[Grid]:
    read = 0
    for index, (start, name, hidden) in enumerate(found.sheets()):
        sheet = _Sheet(shared, found.stream)
        read += sheet.take(start) - start
        if read > len(found.stream):  # sheets that lie over each other
            raise NotAWorkbook("damaged-record", offset=start)
        yield sheet.grid(name, index, hidden=hidden)


class _Globals:
    """The substream before the sheets: strings, formats, and where the sheets begin."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self._strings: list[bytes] = []
        self._formats: list[tuple[int, int, int]] = []
        self._styles: list[int] = []
        self._sheets: list[tuple[int, int, int, int, int]] = []
        self._shift, self._version, self._codepage = 0, 0x600, 1252
        before = 0
        for number, at, end in biff.records(stream):
            if number == biff.CONTINUE:
                if before == biff.SST:
                    self._strings.append(stream[at:end])
                continue
            before = number
            if end - at < _LEAST.get(number, 0):
                raise biff.damage(number, at)
            self._take(number, at, end)
        if self._version not in {0x500, 0x600}:
            raise NotAWorkbook("damaged-record", record=biff.BOF)
        self.encoding = None if self._version == 0x600 else biff.codec(self._codepage)

    def _take(self, number: int, at: int, end: int) -> None:
        if number == biff.XF:
            self._styles.append(_word(self.stream, at + 2)[0])
        elif number == biff.FORMAT:
            self._formats.append((_word(self.stream, at)[0], at + 2, end))
        elif number == biff.SST:
            self._strings.append(self.stream[at:end])
        elif number == biff.BOUNDSHEET:
            start, state, kind = struct.unpack_from("<IBB", self.stream, at)
            self._sheets.append((start, state, kind, at + 6, end))
        elif number == biff.BOF:
            (self._version,) = _word(self.stream, at)
        elif number == biff.CODEPAGE:
            (self._codepage,) = _word(self.stream, at)
        elif number == biff.DATE1904:
            self._shift = SHIFT_1904 if self.stream[at] else 0
        elif number == biff.FILEPASS:
            raise Locked("encrypted")

    def book(self) -> Book:
        """What the sheets share."""
        formats = dict(BUILT_IN)
        width = 2 if self.encoding is None else 1
        for identity, at, end in self._formats:
            formats[identity] = biff.text_at(self.stream, at, end, width, self.encoding)
        codes = [formats.get(identity, "General") for identity in self._styles]
        texts = biff.shared_strings(self._strings) if self._strings else []
        return book(texts, codes, self._shift, self.encoding)

    def sheets(self) -> list[tuple[int, str, bool]]:
        """Where each worksheet begins, its name, and whether it is hidden."""
        return [
            (start, biff.text_at(self.stream, at, end, 1, self.encoding), bool(state & 3))
            for start, state, kind, at, end in self._sheets
            if kind == 0  # not a chart, not a macro module
        ]


class _Sheet(Collector):
    """A sheet while its records come in."""

    def __init__(self, shared: Book, stream: bytes) -> None:
        super().__init__(shared)
        self.stream = stream
        self._awaiting: tuple[int, int, int] | None = None

    def take(self, start: int) -> int:
        """Read the substream of the sheet; where it ends."""
        takers = {
            _LABELSST: self._shared,
            _RK: self._rk,
            _MULRK: self._several,
            _NUMBER: self._double,
            _FORMULA: self._formula,
            _STRING: self._result,
            _LABEL: self._label,
            _RSTRING: self._label,
            _BOOLERR: self._truth,
            _ROW: self._row,
            _COLINFO: self._columns,
            _MERGES: self._merges,
        }
        depth = 0
        end = start
        for number, at, end in biff.records(self.stream, start):
            taker = takers.get(number)
            if taker is not None:
                if end - at < _LEAST[number]:
                    raise biff.damage(number, at)
                if depth == 1:  # deeper stands a chart
                    taker(at, end)
            elif number == biff.BOF:
                depth += 1
            elif number == biff.EOF:
                depth -= 1
        return end

    def _head(self, at: int) -> tuple[int, int, int]:
        """Row and column of a cell, counted from 0, and its style."""
        row, col, style = _head(self.stream, at)
        if col >= LAST_COLUMN:
            raise NotAWorkbook("damaged-record", offset=at)
        return row, col, style

    def _shared(self, at: int, _: int) -> None:
        row, col, style = self._head(at)
        index = int.from_bytes(self.stream[at + 6 : at + 10], "little")
        if index >= len(self.book.strings):
            raise biff.damage(_LABELSST, at)
        self.text(row + 1, col + 1, style, self.book.strings[index])

    def _label(self, at: int, end: int) -> None:
        row, col, style = self._head(at)
        text = biff.text_at(self.stream, at + 6, end, 2, self.book.encoding)
        self.text(row + 1, col + 1, style, text)

    def _rk(self, at: int, _: int) -> None:
        row, col, style = self._head(at)
        self.number(row + 1, col + 1, style, rk(self.stream, at + 6))

    def _several(self, at: int, end: int) -> None:
        row, col, _ = self._head(at)
        for offset in range(at + 4, end - 7, 6):
            (style,) = _word(self.stream, offset)
            col += 1
            self.number(row + 1, col, style, rk(self.stream, offset + 2))

    def _double(self, at: int, _: int) -> None:
        row, col, style = self._head(at)
        self.number(row + 1, col + 1, style, of_float(_double(self.stream, at + 6)[0]))

    def _formula(self, at: int, _: int) -> None:
        row, col, style = self._head(at)
        place = (row + 1, col + 1, style)
        result = self.stream[at + 6 : at + 14]
        if result[6:] != b"\xff\xff":
            self.number(*place, of_float(_double(result)[0]), formula=True)
        elif result[0] == 0:
            self._awaiting = place  # the text follows in a record of its own
        elif result[0] == 1:
            self.truth(*place, result[2], formula=True)
        elif result[0] == 2:
            self.error(*place, result[2], formula=True)

    def _result(self, at: int, end: int) -> None:
        if self._awaiting is not None:
            text = biff.text_at(self.stream, at, end, 2, self.book.encoding)
            self.text(*self._awaiting, text, formula=True)
            self._awaiting = None

    def _truth(self, at: int, _: int) -> None:
        row, col, style = self._head(at)
        value, is_error = self.stream[at + 6], self.stream[at + 7]
        (self.error if is_error else self.truth)(row + 1, col + 1, style, value)

    def _row(self, at: int, _: int) -> None:
        row, _, _, height, _, _, flags = struct.unpack_from("<HHHHHHH", self.stream, at)
        if flags & 0x20:
            self.hidden_rows.add(row + 1)
        if not height & 0x8000:
            self.heights[row + 1] = height / 20

    def _columns(self, at: int, _: int) -> None:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", self.stream, at)
        self.columns(first + 1, last + 1, width / 256, hidden=bool(flags & 1))

    def _merges(self, at: int, end: int) -> None:
        (count,) = _word(self.stream, at)
        for offset in range(at + 2, min(at + 2 + 8 * count, end - 7), 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", self.stream, offset)
            self.span(top + 1, left + 1, bottom + 1, right + 1)


def rk(stream: bytes, at: int) -> Decimal | None:
    """A number packed in 30 bits: an integer or the upper half of a double, perhaps in cents."""
    packed = int.from_bytes(stream[at : at + 4], "little", signed=True)
    if packed & 2:
        number = Decimal(packed >> 2)
        return number / 100 if packed & 1 else number
    (wide,) = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))
    return of_float(wide / 100 if packed & 1 else wide)
