"""Grids of an OpenDocument spreadsheet (.ods), zipped or flat."""

import re
from collections.abc import Callable, Iterator
from datetime import time
from decimal import Decimal
from typing import Any

from perfxl.errors import Locked, NotAWorkbook
from perfxl.grid.cells import (
    blank,
    bounded,
    check_spans,
    iso_moment,
    refuse_more,
    refuse_spans,
)
from perfxl.grid.format_renderer import exact
from perfxl.grid.formats.odsstyles import Styles
from perfxl.grid.model import Cell, Grid, type_of_values
from perfxl.ooxml.address import Span
from perfxl.ooxml.parts.archive import Archive
from perfxl.ooxml.parts.canonical_xml import parse

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELL, _COVERED = _TABLE + "table-cell", _TABLE + "covered-table-cell"
_CELLS = {_CELL, _COVERED}
_ROW, _COLUMN = _TABLE + "table-row", _TABLE + "table-column"
_ROW_GROUPS = {_TABLE + name for name in ("table-header-rows", "table-row-group", "table-rows")}
_COLUMN_GROUPS = {
    _TABLE + name for name in ("table-header-columns", "table-column-group", "table-columns")
}
_COLUMNS_REPEATED = _TABLE + "number-columns-repeated"
_ROWS_REPEATED = _TABLE + "number-rows-repeated"
_COLUMNS_SPANNED = _TABLE + "number-columns-spanned"
_ROWS_SPANNED = _TABLE + "number-rows-spanned"
_STYLE_NAME = _TABLE + "style-name"
_P = _TEXT + "p"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_RUN = 1000
_SPACES = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


def grids(data: bytes) -> tuple[Grid, ...]:
    """The sheets of an .ods (or flat .fods) file.

    Raises:
        Locked: encrypted.
        NotAWorkbook: damaged.
        TooLarge: more cells than any form has.
    """
    root, common = _content(data)
    styles = Styles(root, common)
    sheets = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return bounded(_grid(index, table, styles) for index, table in enumerate(sheets))


def _content(data: bytes) -> tuple[Any, Callable[[], Any]]:
    """The root of the content, and how to get that of the common styles (or None)."""
    if not data.startswith(b"PK"):
        return parse(data, "content.xml"), lambda: None
    archive = Archive.open(data)
    manifest = archive.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in archive.read(manifest):
        raise Locked("encrypted")
    content, styles = archive.find("content.xml"), archive.find("styles.xml")
    if content is None:
        raise NotAWorkbook("damaged-part", part="content.xml")
    root = parse(archive.read(content), "content.xml")
    return root, lambda: parse(archive.read(styles), "styles.xml") if styles else None


def _grid(index: int, table: Any, styles: Styles) -> Grid:
    sheet = _Sheet(styles)
    sheet.take_columns(table)
    row = 1
    for element in _members(table, _ROW, _ROW_GROUPS):
        count = _count(element, _ROWS_REPEATED)
        sheet.take_row(row, count, element)
        row += count
        if row > _LAST_ROW:
            break
    last = max((row for row, _ in sheet.cells), default=0)
    return Grid(
        name=table.get(_TABLE + "name") or f"Sheet{index + 1}",
        index=index,
        cells=sheet.cells,
        spans=check_spans(sheet.spans, sheet.cells),
        hidden=table.get(_STYLE_NAME) in styles.hidden_tables,
        widths=sheet.widths,
        heights={row: high for row, high in sheet.heights.items() if row <= last},
    )


def _members(parent: Any, wanted: str, groups: set[str]) -> Iterator[Any]:
    for element in parent:
        if element.tag == wanted:
            yield element
        elif element.tag in groups:
            yield from _members(element, wanted, groups)


def _count(element: Any, name: str) -> int:
    text = element.get(name)
    return max(int(text), 1) if text and text.isdecimal() else 1


class _Sheet:
    """A sheet while its rows come in."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.cells: dict[tuple[int, int], Cell] = {}
        self.spans: list[Span] = []
        self.widths: dict[int, float] = {}
        self.heights: dict[int, float] = {}
        self._hidden_columns: set[int] = set()
        self._defaults: dict[int, str] = {}

    def take_columns(self, table: Any) -> None:
        col = 1
        for element in _members(table, _COLUMN, _COLUMN_GROUPS):
            count = _count(element, _COLUMNS_REPEATED)
            width = self.styles.widths.get(element.get(_STYLE_NAME))
            default = element.get(_TABLE + "default-cell-style-name")
            hidden = element.get(_TABLE + "visibility") in {"collapse", "filter"}
            # The last run stands for all the empty columns up to the end of the sheet.
            numbers = range(col, col + min(count, _RUN))
            if width is not None and count <= _RUN:
                self.widths.update(dict.fromkeys(numbers, width))
            if default and default != "Default":
                self._defaults.update(dict.fromkeys(numbers, default))
            if hidden:
                self._hidden_columns.update(numbers)
            col += count
            if col > _LAST_COLUMN:
                return

    def take_row(self, row: int, count: int, element: Any) -> None:
        hidden = element.get(_TABLE + "visibility") in {"collapse", "filter"}
        height = self.styles.heights.get(element.get(_STYLE_NAME))
        if height is not None and count <= _RUN:
            self.heights.update(dict.fromkeys(range(row, row + count), height))
            refuse_more(len(self.heights))
        found: list[Cell] = []
        col = 1
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            repeated = _count(cell, _COLUMNS_REPEATED)
            self._take_span(row, col, cell)
            if len(cell) or cell.get(_OFFICE + "value-type"):
                stop = min(col + repeated, _LAST_COLUMN + 1)
                refuse_more(len(self.cells) + (len(found) + stop - col) * count)
                read = self._read(row, col, cell, hidden)
                if read is not None:
                    found.append(read)
                    found += [
                        read._replace(col=c, hidden=hidden or c in self._hidden_columns)
                        for c in range(col + 1, stop)
                    ]
            col += repeated
        for number in range(row, row + count if found else row):
            for read in found:
                same = read if number == row else read._replace(row=number)
                self.cells[number, read.col] = same

    def _take_span(self, row: int, col: int, cell: Any) -> None:
        rows, cols = cell.get(_ROWS_SPANNED), cell.get(_COLUMNS_SPANNED)
        if (rows or cols) and cell.tag == _CELL:
            bottom = min(row + _count(cell, _ROWS_SPANNED) - 1, _LAST_ROW)
            right = min(col + _count(cell, _COLUMNS_SPANNED) - 1, _LAST_COLUMN)
            if (bottom, right) != (row, col):
                self.spans.append(Span(row, col, bottom, right))
                if len(self.spans) % 1024 == 0:
                    refuse_spans(len(self.spans))

    def _read(self, row: int, col: int, cell: Any, hidden: bool) -> Cell | None:
        text = cell_text(cell)
        kind = cell.get(_OFFICE + "value-type") or "string"
        style = cell.get(_STYLE_NAME) or self._defaults.get(col)
        value: type_of_values = text
        if kind == "string":
            text = value = cell.get(_OFFICE + "string-value") or text
        else:
            stored = _stored_value(kind, cell)
            value = text if stored is None else stored
            text = text or str(value)
        if blank(text):
            return None
        code = self.styles.code(style)
        if kind == "percentage" and "%" not in code:
            code = "0.00%"
        formula = cell.get(_TABLE + "formula") is not None
        return Cell(row, col, value, text, code, formula, hidden or col in self._hidden_columns)


def _stored_value(kind: str, cell: Any) -> type_of_values | None:
    if kind in {"float", "percentage", "currency"}:
        return exact(cell.get(_OFFICE + "value") or "")
    if kind == "boolean":
        return bool(cell.get(_OFFICE + "boolean-value") == "true")
    if kind == "date":
        return iso_moment(cell.get(_OFFICE + "date-value") or "")
    if kind == "time":
        return _duration(cell.get(_OFFICE + "time-value") or "")
    return None


def _duration(text: str) -> time | Decimal | None:
    """``PT08H30M00S``: a time of day; a longer one stays a number of days."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds = match.groups(default="0")
    whole = Decimal(int(days) * 86400 + int(hours) * 3600 + int(minutes) * 60) + Decimal(seconds)
    if whole < 86400 and sign != "-":
        milliseconds = int(whole * 1000)
        return time(
            milliseconds // 3_600_000,
            milliseconds // 60_000 % 60,
            milliseconds // 1000 % 60,
            milliseconds % 1000 * 1000,
        )
    return exact(f"{float(whole / 86400 * (-1 if sign == '-' else 1)):.15g}")


def cell_text(cell: Any) -> str:
    """The text shown in a cell: its own paragraphs, not those of notes and shapes."""
    lines = []
    for paragraph in cell.iterchildren(_P):
        text = paragraph.text or ""
        if len(paragraph):
            text = _inline(paragraph)
        elif "  " in text or "\n" in text or "\t" in text:
            text = _SPACES.sub(" ", text)
        lines.append(text)
    return lines[0] if len(lines) == 1 else "\n".join(lines)


def _inline(element: Any) -> str:
    # White space in the file means one space; more of it has elements of its own.
    parts = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        if child.tag == _TEXT + "s":
            parts.append(" " * min(_count(child, _TEXT + "c"), 100))
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag == _TEXT + "ruby":
            parts.append("".join(map(_inline, child.iterchildren(_TEXT + "ruby-base"))))
        elif isinstance(child.tag, str) and child.tag.startswith(_TEXT):
            parts.append(_inline(child))
        parts.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(parts)
