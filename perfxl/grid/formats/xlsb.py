"""Grids of a binary Office Open XML workbook (.xlsb): the records of BIFF12 in a package."""

import struct
from collections.abc import Iterator
from typing import Any

from perfxl.bounds import MOST_CELLS, MOST_RECORDS
from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.grid.cells import SHIFT_1904, bounded
from perfxl.grid.collect import Book, Collector, book
from perfxl.grid.format_renderer import of_float
from perfxl.grid.formats.xls import rk
from perfxl.grid.model import Grid
from perfxl.ooxml.parts.formats import BUILT_IN
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.sheet import LAST_COLUMN, LAST_ROW

# Record numbers of [MS-XLSB].
_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR, _RICH_TEXT = 8, 9, 10, 11, 62
_COLUMNS, _MERGE = 60, 176
_STRING, _SHEET, _PROPERTIES = 19, 156, 153
_FORMAT, _XF, _BEGIN_CELL_XFS, _END_CELL_XFS = 44, 47, 617, 618

_WORD, _COUNT, _DOUBLE = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<d")
_CELL, _AREA, _RUN = struct.Struct("<II"), struct.Struct("<IIII"), struct.Struct("<IIIIH")
_ROW_HEAD = struct.Struct("<I4xHxB")
"""The row, its height in twentieths of a point, its flags."""


class Record:
    """A record of a part: its number, where its content begins, and what it holds, read within its bounds."""

    __slots__ = ("content", "number", "start")

    def __init__(self, number: int, start: int, content: bytes) -> None:
        self.number, self.start, self.content = number, start, content

    def take(self, layout: struct.Struct, at: int = 0) -> tuple[Any, ...]:
        """The fields of a layout at an offset of the content.

        Raises:
            NotAWorkbook: the record is shorter than what it must hold (``damaged-record``).
        """
        if at + layout.size > len(self.content):
            raise self.damage()
        return layout.unpack_from(self.content, at)

    def byte(self, at: int) -> int:
        """The byte at an offset; raises as `take`."""
        if at >= len(self.content):
            raise self.damage()
        return self.content[at]

    def text(self, at: int) -> tuple[str, int]:
        """A string with its length in four bytes before it, and where it ends; raises as `take`."""
        (count,) = self.take(_COUNT, at)
        at += _COUNT.size
        if count == 0xFFFFFFFF:  # no string at all
            return "", at
        end = at + 2 * count
        if end > len(self.content):
            raise self.damage()
        return self.content[at:end].decode("utf-16-le", "replace"), end

    def damage(self) -> NotAWorkbook:
        """The error of a record that does not hold what it must."""
        return NotAWorkbook("damaged-record", record=self.number, offset=self.start)


def grids(data: bytes) -> tuple[Grid, ...]:
    """The sheets of an .xlsb file.

    Raises:
        NotAWorkbook: damaged (``damaged-record`` where a record is shorter than what it must hold).
        TooLarge: more cells than any form has.
    """
    package = Package.open(data)
    main = package.main().target
    parts = {relation.id: relation for relation in package.relations(main)}
    shift = 0
    sheets: list[tuple[str, str, bool]] = []
    for record in _records(package.read(main)):
        if record.number == _PROPERTIES:
            shift = SHIFT_1904 if record.byte(0) & 1 else 0
        elif record.number == _SHEET:
            identity, at = record.text(8)
            name, _ = record.text(at)
            relation = parts.get(identity)
            if relation is not None and relation.kind == "worksheet":
                sheets.append((name, relation.target, record.byte(0) != 0))
    shared = book(_strings(package, main), _codes(package, main), shift)
    if len({part for _, part, _ in sheets}) < len(sheets):  # no writer lists one part twice
        raise NotAWorkbook("damaged-part", part=main)
    return bounded(
        _sheet(shared, package.read(part), name, index, hidden)
        for index, (name, part, hidden) in enumerate(sheets)
    )


def _records(part: bytes) -> Iterator[Record]:
    """The records of a part; number and length are written in sevens of bits."""
    at, end = 0, len(part)
    count = 0
    while at < end:
        count += 1
        if count > MOST_RECORDS:
            raise TooLarge("too-many-cells", limit=MOST_CELLS)
        number, inside = _sevens(part, at, 2)
        length, inside = _sevens(part, inside, 4)
        if inside + length > end:
            raise NotAWorkbook("damaged-record", record=number, offset=at)
        yield Record(number, inside, part[inside : inside + length])
        at = inside + length


def _sevens(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number written in sevens of bits, the lowest first, and where it ends."""
    number = 0
    for position in range(most):
        if at + position >= len(part):
            raise NotAWorkbook("damaged-record", offset=at)
        byte = part[at + position]
        number |= (byte & 0x7F) << 7 * position
        if not byte & 0x80:
            return number, at + position + 1
    return number, at + most


def _strings(package: Package, main: str) -> list[str]:
    relation = package.related(main, "sharedStrings")
    if relation is None:
        return []
    part = package.read(relation.target)
    return [record.text(1)[0] for record in _records(part) if record.number == _STRING]


def _codes(package: Package, main: str) -> list[str]:
    relation = package.related(main, "styles")
    if relation is None:
        return []
    formats = dict(BUILT_IN)
    codes: list[str] = []
    inside = False
    for record in _records(package.read(relation.target)):
        if record.number == _FORMAT:
            formats[record.take(_WORD)[0]] = record.text(2)[0]
        elif record.number in {_BEGIN_CELL_XFS, _END_CELL_XFS}:
            inside = record.number == _BEGIN_CELL_XFS
        elif record.number == _XF and inside:
            codes.append(formats.get(record.take(_WORD, 2)[0], "General"))
    return codes


def _sheet(shared: Book, part: bytes, name: str, index: int, hidden: bool) -> Grid:
    sheet = Collector(shared)
    row = 0
    for record in _records(part):
        if record.number in _CELLS:
            _take(sheet, row, record)
        elif record.number == _ROW:
            row, height, flags = record.take(_ROW_HEAD)
            row += 1
            if flags & 0x10:
                sheet.hidden_rows.add(row)
            if flags & 0x20:
                sheet.heights[row] = height / 20
        elif record.number == _MERGE:
            top, bottom, left, right = record.take(_AREA)
            sheet.span(top + 1, left + 1, bottom + 1, right + 1)
        elif record.number == _COLUMNS:
            first, last, width, _, flags = record.take(_RUN)
            sheet.columns(first + 1, last + 1, width / 256, hidden=bool(flags & 1))
    return sheet.grid(name, index, hidden=hidden)


_FORMULAS = {_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR}
_CELLS = _FORMULAS | {_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH_TEXT}


def _take(sheet: Collector, row: int, record: Record) -> None:
    number = record.number
    col, style = record.take(_CELL)
    if not 0 < row <= LAST_ROW or col >= LAST_COLUMN:
        raise record.damage()
    place = (row, col + 1, style & 0xFFFFFF)
    formula = number in _FORMULAS
    if number == _SHARED:
        (which,) = record.take(_COUNT, 8)
        if which >= len(sheet.book.strings):
            raise record.damage()
        sheet.text(*place, sheet.book.strings[which])
    elif number == _RK:
        record.take(_COUNT, 8)
        sheet.number(*place, rk(record.content, 8))
    elif number in {_REAL, _FORMULA_NUMBER}:
        sheet.number(*place, of_float(record.take(_DOUBLE, 8)[0]), formula=formula)
    elif number in {_TEXT, _FORMULA_TEXT}:
        sheet.text(*place, record.text(8)[0], formula=formula)
    elif number == _RICH_TEXT:
        sheet.text(*place, record.text(9)[0])
    elif number in {_BOOL, _FORMULA_BOOL}:
        sheet.truth(*place, record.byte(8), formula=formula)
    else:
        sheet.error(*place, record.byte(8), formula=formula)
