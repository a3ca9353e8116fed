"""One sheet scanned from its bytes: cells, spans, rows and columns, with the offsets for an edit.

Every byte of the cell table is accounted for. A scanner that skips what it does not know would
turn an unknown spelling into a missing score, and nobody would see it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from perfxl.bounds import MAX_MERGED_AREA, MOST_CELLS, MOST_SPANS
from perfxl.errors import TooLarge, UsageError
from perfxl.ooxml.address import Span, number, span
from perfxl.ooxml.parts.canonical_xml import (
    ATTRIBUTES,
    Element,
    NotCanonical,
    attributes,
    children,
    root,
)
from perfxl.ooxml.parts.strings import decode_text, join_runs

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_TOKEN = re.compile(
    # A cell as nearly every writer has it …
    rb'\s*+(?:<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-z]+[A-Z]?[a-z]*)")?'
    rb"(?:/>|><v>([^<]*)</v></c>)"
    # … any other cell …
    rb"|<c(" + ATTRIBUTES + rb")(?:/>|>(.*?)</c\s*>)"
    # … a row's tag, and its end …
    rb"|<row(" + ATTRIBUTES + rb")(/?)>"
    rb"|(</row\s*>)"
    # … the end of it all, or what should not be there: no later place is looked at then.
    rb"|\Z|.)",
    re.DOTALL,
)
# The first of the groups of each of these branches.
_GENERAL_CELL, _ROW, _ROW_END = 6, 8, 10
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?>([^<]*)</v>")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"\s*/>')
_ANY_MERGE = re.compile(rb"<mergeCell\b([^<>]*)>")
_COLUMN = re.compile(rb"<col\b([^<>]*)>")
_REFERENCE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_KINDS = {b"str": "str", b"b": "b", b"e": "e", b"d": "d"}
_TRUE = {b"1", b"true", b"on"}
_NUMBERS: dict[bytes, int] = {}


class RawCell(NamedTuple):
    """A cell that holds something.

    Attributes:
        row: counted from 1.
        col: counted from 1.
        style: index into the workbook's cell styles.
        type: ``n`` number, ``str`` text (shared, inline and computed alike), ``b`` truth value
            (``0`` or ``1``), ``e`` error, ``d`` date in ISO 8601.
        value: the text of the value. A formula that was never computed is an empty ``str``.
        formula: whether the value is a formula's result.

    """

    row: int
    col: int
    style: int
    type: str
    value: str
    formula: bool


# Twice as fast as calling the class, which for 500 cells is felt.
_make_cell = partial(tuple.__new__, RawCell)


class Columns(NamedTuple):
    """A run of columns with what the file states of them; the width in characters."""

    first: int
    last: int
    width: float | None
    hidden: bool
    style: int


class RowPlace(NamedTuple):
    """Where a row stands: its tag is ``data[start:inside]``, its content ends at ``close``."""

    start: int
    inside: int
    close: int
    attributes: bytes


_make_row = partial(tuple.__new__, RowPlace)


@dataclass(eq=False)
class SheetScan:
    """What one pass over a sheet found.

    Attributes:
        cells: those that hold something, in the file's order.
        merges: merged areas, as the file gives them.
        columns: stated runs of columns.
        hidden_rows: row numbers.
        heights: of rows, in points, where stated.
        protected: whether the sheet is protected.
        data: the bytes that all offsets refer to.
        places: every cell element, also empty ones: start, end, style.
        rows: every row element.
        doubled: whether a row or a cell stands there twice, or a cell in the row of others; which one
            counts is anybody's guess.
        parts: the elements directly under the root, in order.

    """

    cells: list[RawCell]
    merges: tuple[Span, ...] = ()
    columns: tuple[Columns, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    heights: dict[int, float] = field(default_factory=dict)
    protected: bool = False
    data: bytes = b""
    places: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)
    rows: dict[int, RowPlace] = field(default_factory=dict)
    doubled: bool = False
    parts: tuple[Element, ...] = ()

    @cached_property
    def right(self) -> int:
        """The last column of any cell element or span's head."""
        columns = {col for _, col in self.places}
        columns.update(left for _, left, _, _ in self.merges)
        return max(columns, default=1)

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        """Column numbers, up to the last column in use."""
        return frozenset(col for run, col in self._stated if run.hidden)

    @cached_property
    def widths(self) -> dict[int, float]:
        """Widths in characters where stated, up to the last column in use."""
        return {col: run.width for run, col in self._stated if run.width is not None}

    @property
    def _stated(self) -> Iterator[tuple[Columns, int]]:
        """Each column up to the last one in use, with the run that states it; every column once."""
        after = 1
        for run in self.columns:
            for col in range(max(run.first, after), min(run.last, self.right) + 1):
                yield run, col
            after = max(after, run.last + 1)


EMPTY = SheetScan([])


def scan_sheet(data: bytes, strings: Sequence[str]) -> SheetScan:
    """Scan a plain sheet part.

    Raises:
        NotCanonical: the part is not in the plain shape throughout.
        NotAWorkbook: a cell refers to a shared string that is not there, or lies off the sheet.
        TooLarge: more cells, merged areas or merged cells than any form has.

    """
    top = root(data)
    if top.name != b"worksheet":
        raise NotCanonical
    parts = tuple(children(data, top.inside, data.rfind(b"</", 0, top.end)))
    by_name = {part.name: part for part in parts}
    table = by_name.get(b"sheetData")
    if table is None:
        raise NotCanonical
    scan = _scan_table(data, table, strings)
    scan.parts = parts
    scan.protected = _is_protected(by_name.get(b"sheetProtection"))
    if columns := by_name.get(b"cols"):
        scan.columns = tuple(_columns(data, columns))
    if merges := by_name.get(b"mergeCells"):
        scan.merges = _merges(data, merges)
        _judge_merges(scan)
    return scan


def _scan_table(  # noqa: C901, PLR0912, PLR0915 - one loop: calls per cell would double its time
    data: bytes, table: Element, strings: Sequence[str]
) -> SheetScan:
    cells: list[RawCell] = []
    places: dict[tuple[int, int], tuple[int, int, int]] = {}
    rows: dict[int, RowPlace] = {}
    heights: dict[int, float] = {}
    hidden: list[int] = []
    at = table.inside
    stop = data.rfind(b"</", at, table.end) if not table.empty else at
    row = col = row_start = row_inside = elements = openings = 0
    row_attributes = row_digits = b""
    in_row = astray = False
    numbers = _NUMBERS
    make, make_row = _make_cell, _make_row
    for match in _TOKEN.finditer(data, at, stop):
        start, end = match.span()
        if start != at:
            raise NotCanonical
        kind = match.lastindex
        if kind is None:
            break
        at = end
        if kind < _GENERAL_CELL:
            letters, digits, style_text, type_, raw = match.group(1, 2, 3, 4, 5)
            here = row if digits == row_digits else int(digits)
            col = numbers.get(letters) or _column(letters)
            body = None
        elif kind < _ROW:
            attrs, body = match.group(6, 7)
            entry = attributes(attrs)
            reference = entry.get(b"r")
            here, col = _place(reference) if reference else (row, col + 1)
            style_text, type_, raw = entry.get(b"s"), entry.get(b"t"), None
        elif kind < _ROW_END:
            if in_row:
                raise NotCanonical
            openings += 1
            row_start, row_inside = start, end
            row_attributes, closed = match.group(8, 9)
            digits_match = _ROW_NUMBER.search(row_attributes)
            row_digits = digits_match[1] if digits_match else b""
            row = int(row_digits) if row_digits else row + 1
            col = 0
            if not 0 < row <= LAST_ROW:
                raise NotCanonical
            if b' ht="' in row_attributes:
                heights[row] = float(attributes(row_attributes)[b"ht"])
            if b"hidden" in row_attributes and attributes(row_attributes)[b"hidden"] in _TRUE:
                hidden.append(row)
            if closed:
                rows[row] = make_row((start, end, end, row_attributes))
                if len(rows) > MOST_CELLS:
                    raise TooLarge("too-many-cells", limit=MOST_CELLS)
            in_row = not closed
            continue
        else:
            if not in_row:
                raise NotCanonical
            rows[row] = make_row((row_start, row_inside, match.start(10), row_attributes))
            in_row = False
            if len(places) > MOST_CELLS or len(rows) > MOST_CELLS:
                raise TooLarge("too-many-cells", limit=MOST_CELLS)
            continue

        if not in_row:
            raise NotCanonical
        if here != row:
            if not 0 < here <= LAST_ROW:
                raise NotCanonical
            astray = True
        style = int(style_text) if style_text else 0
        places[here, col] = (start, end, style)
        elements += 1
        formula = False
        if body:
            formula = b"<f" in body
            if type_ == b"inlineStr":
                opened = body.find(b"<is>")
                closed = body.find(b"</is>", opened) if opened >= 0 else -1
                if closed < opened:
                    raise NotCanonical
                text = join_runs(body[opened + 4 : closed]) if opened >= 0 else ""
                cells.append(make((here, col, style, "str", text, formula)))
                continue
            found = _VALUE.search(body)
            raw = found[1] if found else None
            if raw is None and b"<v" in body and b"<v/>" not in body:
                raise NotCanonical
            if formula and not raw:
                cells.append(make((here, col, style, "str", "", True)))
                continue
        if raw is None:
            continue
        if type_ == b"s":
            index = int(raw)
            if index < 0:  # which a list would count from its end
                raise NotCanonical
            cells.append(make((here, col, style, "str", strings[index], formula)))
        elif type_ is None or type_ == b"n":
            text = (decode_text(raw) if b"&" in raw else raw.decode()).strip()
            if text:
                cells.append(make((here, col, style, _kind_of_number(text), text, formula)))
        elif type_ in _KINDS:
            cells.append(make((here, col, style, _KINDS[type_], decode_text(raw), formula)))
        else:
            raise NotCanonical
    if data[at:stop].strip() or in_row:
        raise NotCanonical
    return SheetScan(
        cells, hidden_rows=frozenset(hidden), heights=heights, data=data, places=places, rows=rows,
        doubled=astray or elements > len(places) or openings > len(rows),
    )  # fmt: skip


def _kind_of_number(text: str) -> str:
    # A writer's "nan" or "#N/A" in a number cell is no number for anyone downstream.
    try:
        float(text)
    except ValueError:
        return "str"
    return "str" if text[-1].isalpha() else "n"


def _column(letters: bytes) -> int:
    col = number(letters.decode())
    if col > LAST_COLUMN:
        raise NotCanonical
    _NUMBERS[letters] = col
    return col


def _place(reference: bytes) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise NotCanonical
    return int(match[2]), _column(match[1].upper())


def _is_protected(element: Element | None) -> bool:
    return element is not None and attributes(element.attributes).get(b"sheet") in _TRUE


def _columns(data: bytes, element: Element) -> list[Columns]:
    found = []
    for tag in _COLUMN.findall(data, element.inside, element.end):
        entry = attributes(tag)
        width = entry.get(b"width")
        found.append(
            Columns(
                first=int(entry.get(b"min", b"1")),
                last=int(entry.get(b"max", b"1")),
                width=float(width) if width else None,
                hidden=entry.get(b"hidden") in _TRUE,
                style=int(entry.get(b"style", b"0")),
            )
        )
    return found


def _merges(data: bytes, element: Element) -> tuple[Span, ...]:
    count = data.count(b"<mergeCell ", element.inside, element.end)
    if count > MOST_SPANS:
        raise TooLarge("too-many-spans", count=count, limit=MOST_SPANS)
    found = _MERGE.findall(data, element.inside, element.end)
    if len(found) == count:
        numbers = _NUMBERS
        areas = [
            Span(
                int(top),
                numbers.get(left) or _column(left),
                int(bottom),
                numbers.get(right) or _column(right),
            )
            for left, top, right, bottom in found
        ]
        if all(top <= bottom and left <= right for top, left, bottom, right in areas):
            return tuple(areas)
    references = (
        attributes(tag).get(b"ref", b"").decode()
        for tag in _ANY_MERGE.findall(data, element.inside, element.end)
    )
    try:
        return tuple(span(reference) for reference in references)
    except UsageError as error:
        raise NotCanonical from error


def _judge_merges(scan: SheetScan) -> None:
    if not scan.merges:
        return
    bottom = max(*scan.rows, *(area.top for area in scan.merges))
    right = scan.right
    area = sum(
        (min(low, bottom) - top + 1) * (min(far, right) - left + 1)
        for top, left, low, far in scan.merges
    )
    if area > MAX_MERGED_AREA:
        raise TooLarge("too-much-merged", area=area, limit=MAX_MERGED_AREA)
