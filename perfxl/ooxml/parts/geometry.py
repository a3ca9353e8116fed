"""Where the box of a note goes: beside its cell, as large as its text needs. Pixels at 96 dpi."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from perfxl.ooxml.address import Span
from perfxl.ooxml.parts.canonical_xml import attributes
from perfxl.ooxml.parts.sheet import LAST_COLUMN, LAST_ROW, SheetScan
from perfxl.ooxml.parts.vml import Box

# A 宋体 character of 9 points is 12 pixels wide, a Latin letter half of that. Excel, WPS and
# LibreOffice break lines a little differently, hence the spare width and the spare line.
_HALF = 6.5
_LINE = 16
_WIDTHS = (240, 320, 420, 560)
_LINES_WANTED = 16
_MARGIN = 14
_GAP = 15
_DEFAULT_WIDTH = 9.14
_DEFAULT_HEIGHT = 15.0
_PIXELS_PER_CHARACTER = 7
_HEIGHT_LIMIT = 1200
_FAR = 40


def units(text: str) -> int:
    """The width of a text in half-width characters: all but ASCII counts double.

    That is what a Chinese font does with signs such as × ≥ “ too.
    """
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def lines_of(text: str, room: float) -> int:
    """How many lines a text takes where so many half-width characters stand in one."""
    return sum(max(1, math.ceil(units(line) / room)) for line in text.splitlines() or [""])


def size_of(text: str) -> tuple[int, int]:
    """Width and height of a box that shows the whole of a text."""
    for width in _WIDTHS:
        lines = lines_of(text, int((width - _MARGIN) / _HALF)) + 1
        if lines <= _LINES_WANTED:
            break
    return width, min(lines * _LINE + _MARGIN, _HEIGHT_LIMIT)


class Geometry:
    """The columns and rows of a sheet in pixels."""

    def __init__(self, scan: SheetScan, widths: Mapping[int, float] = MappingProxyType({})) -> None:
        """Take a sheet; ``widths`` are those of columns that get another one than the file states."""
        self._scan = scan
        self._widths = widths
        defaults = next((p.attributes for p in scan.parts if p.name == b"sheetFormatPr"), b"")
        entry = attributes(defaults)
        self._width = _number(entry.get(b"defaultColWidth"), _DEFAULT_WIDTH)
        self._height = _number(entry.get(b"defaultRowHeight"), _DEFAULT_HEIGHT)

    def column(self, col: int) -> int:
        """The width of a column."""
        if col in self._widths:
            return round(self._widths[col] * _PIXELS_PER_CHARACTER)
        for run in self._scan.columns:
            if run.first <= col <= run.last:
                if run.hidden:
                    return 0
                width = self._width if run.width is None else run.width
                return round(width * _PIXELS_PER_CHARACTER)
        return round(self._width * _PIXELS_PER_CHARACTER)

    def _hidden_from(self, col: int) -> int:
        """The first column from which on all are hidden; where none is, one beyond the last."""
        hidden = [
            run.first for run in self._scan.columns if run.hidden and run.last >= LAST_COLUMN - 1
        ]
        if not hidden:
            return LAST_COLUMN + 1
        return max([hidden[0], col, *(shown + 1 for shown in self._widths)])

    def row(self, row: int) -> int:
        """The height of a row."""
        if row in self._scan.hidden_rows:
            return 0
        return round(self._scan.heights.get(row, self._height) * 4 / 3)

    def box(self, row: int, col: int, area: Span, text: str) -> Box:
        """The box for a note's text, to the right of the area that its cell is shown in.

        Where all columns there are hidden it stands under the area, as far to the right as is seen.
        """
        width, height = size_of(text)
        first = min(area.right + 1, LAST_COLUMN)
        if first + 8 > LAST_COLUMN:
            first = LAST_COLUMN - 8
        top = row - 1
        beyond = self._hidden_from(first)
        room = sum(self.column(col) for col in range(first, min(beyond, first + _FAR)))
        if beyond <= first + _FAR and room < width + _GAP:
            while first > 1 and room < width + _GAP:
                first -= 1
                room += self.column(first)
            if first <= area.right:
                top = area.bottom + 1
        left, left_offset = _walk(self.column, first, _GAP)
        right, right_offset = _walk(self.column, left, left_offset + width)
        top = max(1, min(top, LAST_ROW - 80))
        bottom, bottom_offset = _walk(self.row, top, 4 + height)
        anchor = (
            left - 1, left_offset, top - 1, 4, right - 1, right_offset, bottom - 1, bottom_offset,
        )  # fmt: skip
        # Readers go by the anchor; the absolute place is for those that do not.
        x = sum(self.column(number) for number in range(1, min(left, 200))) + left_offset
        y = min(row - 1, 2000) * round(self._height * 4 / 3)
        return Box(row, col, anchor, x, y, width, height)


def _walk(size: Callable[[int], int], start: int, distance: int) -> tuple[int, int]:
    """From the edge of a row or column so many pixels on: where that is, and how far inside."""
    at = start
    for _ in range(2000):
        extent = size(at)
        if distance < extent:
            return at, distance
        distance -= extent
        at += 1
    return at, 0


def _number(value: bytes | None, default: float) -> float:
    try:
        return float(value or b"")
    except ValueError:
        return default
