"""Grids of a binary Office Open XML workbook (.xlsb): the records of BIFF12 in a package."""

import struct
from collections.abc import Iterator

from perfxl.bounds import MOST_CELLS, MOST_RECORDS
from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.grid.cells import SHIFT_1904, bounded
from perfxl.grid.collect import Book, Collector, book
from perfxl.grid.format_renderer import of_float
from perfxl.grid.formats.xls import rk
from perfxl.grid.model import Grid
from perfxl.ooxml.parts.formats import BUILT_IN
from perfxl.ooxml.parts.package import Package

# Record numbers of [MS-XLSB].
_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR, _RICH_TEXT = 8, 9, 10, 11, 62
_COLUMNS, _MERGE = 60, 176
_STRING, _SHEET, _PROPERTIES = 19, 156, 153
_FORMAT, _XF, _BEGIN_CELL_XFS, _END_CELL_XFS = 44, 47, 617, 618


def grids(data: bytes) -> tuple[Grid, ...]:
    """The sheets of an .xlsb file.

    Raises:
        NotAWorkbook: damaged (``damaged-record`` where a record is shorter than what it must hold).
        TooLarge: more cells than any form has.
    """
    try:
        return _grids(data)
    except (IndexError, struct.error) as error:
        raise NotAWorkbook("damaged-record") from error


def _grids(data: bytes) -> tuple[Grid, ...]:
    package = Package.open(data)
    main = package.main().target
    parts = {relation.id: relation for relation in package.relations(main)}
    shift = 0
    sheets: list[tuple[str, str, bool]] = []
    for number, record in _records(package.read(main)):
        if number == _PROPERTIES:
            shift = SHIFT_1904 if record[0] & 1 else 0
        elif number == _SHEET:
            identity, at = _text(record, 8)
            name, _ = _text(record, at)
            relation = parts.get(identity)
            if relation is not None and relation.kind == "worksheet":
                sheets.append((name, relation.target, record[0] != 0))
    shared = book(_strings(package, main), _codes(package, main), shift)
    if len({part for _, part, _ in sheets}) < len(sheets):  # no writer lists one part twice
        raise NotAWorkbook("damaged-part", part=main)
    return bounded(
        _sheet(shared, package.read(part), name, index, hidden)
        for index, (name, part, hidden) in enumerate(sheets)
    )


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Record number and content; number and length are written in sevens of bits."""
    at, end = 0, len(part)
    count = 0
    while at < end:
        count += 1
        if count > MOST_RECORDS:
            raise TooLarge("too-many-cells", limit=MOST_CELLS)
        number = part[at]
        at += 1
        if number & 0x80:
            number = number & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        length = bits = 0
        while True:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << bits
            bits += 7
            if not byte & 0x80 or bits > 21:
                break
        if at + length > end:
            raise NotAWorkbook("damaged-record")
        yield number, part[at : at + length]
        at += length


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A string with its length in four bytes before it, and where it ends."""
    (count,) = struct.unpack_from("<I", record, at)
    at += 4
    if count == 0xFFFFFFFF:  # no string at all
        return "", at
    if at + 2 * count > len(record):
        raise NotAWorkbook("damaged-record")
    return record[at : at + 2 * count].decode("utf-16-le", "replace"), at + 2 * count


def _strings(package: Package, main: str) -> list[str]:
    relation = package.related(main, "sharedStrings")
    if relation is None:
        return []
    part = package.read(relation.target)
    return [_text(record, 1)[0] for number, record in _records(part) if number == _STRING]


def _codes(package: Package, main: str) -> list[str]:
    relation = package.related(main, "styles")
    if relation is None:
        return []
    formats = dict(BUILT_IN)
    codes: list[str] = []
    inside = False
    for number, record in _records(package.read(relation.target)):
        if number == _FORMAT:
            formats[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif number in {_BEGIN_CELL_XFS, _END_CELL_XFS}:
            inside = number == _BEGIN_CELL_XFS
        elif number == _XF and inside:
            codes.append(formats.get(struct.unpack_from("<H", record, 2)[0], "General"))
    return codes


def _sheet(shared: Book, part: bytes, name: str, index: int, hidden: bool) -> Grid:
    sheet = Collector(shared)
    row = 0
    for number, record in _records(part):
        if number == _ROW:
            row, _, height = struct.unpack_from("<IIH", record)
            row += 1
            if record[11] & 0x10:
                sheet.hidden_rows.add(row)
            if record[11] & 0x20:
                sheet.heights[row] = height / 20
        elif number == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            sheet.span(top + 1, left + 1, bottom + 1, right + 1)
        elif number == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", record)
            sheet.columns(first + 1, last + 1, width / 256, hidden=bool(flags & 1))
        elif number in _CELLS:
            _take(sheet, row, number, record)
    return sheet.grid(name, index, hidden=hidden)


_CELLS = {
    _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH_TEXT,
    _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR,
}  # fmt: skip


def _take(sheet: Collector, row: int, number: int, record: bytes) -> None:
    col, style = struct.unpack_from("<II", record)
    place = (row, col + 1, style & 0xFFFFFF)
    formula = number in {_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR}
    if number == _SHARED:
        (which,) = struct.unpack_from("<I", record, 8)
        if which >= len(sheet.book.strings):
            raise NotAWorkbook("damaged-record")
        sheet.text(*place, sheet.book.strings[which])
    elif number == _RK:
        sheet.number(*place, rk(record, 8))
    elif number in {_REAL, _FORMULA_NUMBER}:
        (value,) = struct.unpack_from("<d", record, 8)
        sheet.number(*place, of_float(value), formula=formula)
    elif number in {_TEXT, _FORMULA_TEXT}:
        sheet.text(*place, _text(record, 8)[0], formula=formula)
    elif number == _RICH_TEXT:
        sheet.text(*place, _text(record, 9)[0])
    elif number in {_BOOL, _FORMULA_BOOL}:
        sheet.truth(*place, record[8], formula=formula)
    else:
        sheet.error(*place, record[8], formula=formula)
