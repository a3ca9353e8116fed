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

_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_FORMULA, _STRING, _BOOLERR = 0x06, 0x207, 0x205
_ROW, _COLINFO, _MERGES = 0x208, 0x7D, 0xE5

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
    try:
        return _grids(data)
    except (IndexError, struct.error) as error:  # a record shorter than what it must hold
        raise NotAWorkbook("damaged-record") from error


def _grids(data: bytes) -> tuple[Grid, ...]:
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
            raise NotAWorkbook("damaged-record")
        yield sheet.grid(name, index, hidden=hidden)


class _Globals:
    """The substream before the sheets: strings, formats, and where the sheets begin."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self._strings: list[bytes] = []
        self._formats: list[tuple[int, int]] = []
        self._styles: list[int] = []
        self._sheets: list[tuple[int, int, int, int]] = []
        self._shift, self._version, self._codepage = 0, 0x600, 1252
        before = 0
        for number, at, end in biff.records(stream):
            if number == biff.CONTINUE:
                if before == biff.SST:
                    self._strings.append(stream[at:end])
                continue
            before = number
            self._take(number, at, end)
        if self._version not in {0x500, 0x600}:
            raise NotAWorkbook("damaged-record")
        self.encoding = None if self._version == 0x600 else biff.codec(self._codepage)

    def _take(self, number: int, at: int, end: int) -> None:
        if number == biff.XF:
            self._styles.append(_word(self.stream, at + 2)[0])
        elif number == biff.FORMAT:
            self._formats.append((_word(self.stream, at)[0], at + 2))
        elif number == biff.SST:
            self._strings.append(self.stream[at:end])
        elif number == biff.BOUNDSHEET:
            start, state, kind = struct.unpack_from("<IBB", self.stream, at)
            self._sheets.append((start, state, kind, at + 6))
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
        for identity, at in self._formats:
            formats[identity] = biff.text_at(self.stream, at, width, self.encoding)
        codes = [formats.get(identity, "General") for identity in self._styles]
        texts = biff.shared_strings(self._strings) if self._strings else []
        return book(texts, codes, self._shift, self.encoding)

    def sheets(self) -> list[tuple[int, str, bool]]:
        """Where each worksheet begins, its name, and whether it is hidden."""
        return [
            (start, biff.text_at(self.stream, at, 1, self.encoding), bool(state & 3))
            for start, state, kind, at in self._sheets
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
        # Who takes a record, and how long one must be.
        takers = {
            _LABELSST: (self._shared, 10),
            _RK: (self._rk, 10),
            _MULRK: (self._several, 6),
            _NUMBER: (self._double, 14),
            _FORMULA: (self._formula, 14),
            _STRING: (self._result, 2),
            _LABEL: (self._label, 8),
            _RSTRING: (self._label, 8),
            _BOOLERR: (self._truth, 8),
            _ROW: (self._row, 14),
            _COLINFO: (self._columns, 10),
            _MERGES: (self._merges, 2),
        }
        depth = 0
        end = start
        for number, at, end in biff.records(self.stream, start):
            found = takers.get(number)
            if found is not None:
                taker, least = found
                if end - at < least:
                    raise NotAWorkbook("damaged-record")
                if depth == 1:  # deeper stands a chart
                    taker(at, end)
            elif number == biff.BOF:
                depth += 1
            elif number == biff.EOF:
                depth -= 1
        return end

    def _shared(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
        index = int.from_bytes(self.stream[at + 6 : at + 10], "little")
        if index >= len(self.book.strings):
            raise NotAWorkbook("damaged-record")
        self.text(row + 1, col + 1, style, self.book.strings[index])

    def _label(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
        text = biff.text_at(self.stream, at + 6, 2, self.book.encoding)
        self.text(row + 1, col + 1, style, text)

    def _rk(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
        self.number(row + 1, col + 1, style, rk(self.stream, at + 6))

    def _several(self, at: int, end: int) -> None:
        row, col, _ = _head(self.stream, at)
        for offset in range(at + 4, end - 2, 6):
            (style,) = _word(self.stream, offset)
            col += 1
            self.number(row + 1, col, style, rk(self.stream, offset + 2))

    def _double(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
        self.number(row + 1, col + 1, style, of_float(_double(self.stream, at + 6)[0]))

    def _formula(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
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

    def _result(self, at: int, _: int) -> None:
        if self._awaiting is not None:
            text = biff.text_at(self.stream, at, 2, self.book.encoding)
            self.text(*self._awaiting, text, formula=True)
            self._awaiting = None

    def _truth(self, at: int, _: int) -> None:
        row, col, style = _head(self.stream, at)
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
