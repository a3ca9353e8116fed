"""Edits of one sheet: collected by cell, spliced into the sheet's bytes once."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.ooxml.address import Span, a1, span
from perfxl.ooxml.parts.canonical_xml import attributes
from perfxl.ooxml.parts.names import quote_sheet_name
from perfxl.ooxml.parts.sheet import Columns, SheetScan
from perfxl.ooxml.parts.splice import Splices, close_of, place_for
from perfxl.ooxml.parts.strings import cell_text, xml_text
from perfxl.ooxml.parts.styles import Styles

ORDER = (
    b"sheetPr", b"dimension", b"sheetViews", b"sheetFormatPr", b"cols", b"sheetData",
    b"sheetCalcPr", b"sheetProtection", b"protectedRanges", b"scenarios", b"autoFilter",
    b"sortState", b"dataConsolidate", b"customSheetViews", b"mergeCells", b"phoneticPr",
    b"conditionalFormatting", b"dataValidations", b"hyperlinks", b"printOptions", b"pageMargins",
    b"pageSetup", b"headerFooter", b"rowBreaks", b"colBreaks", b"customProperties", b"cellWatches",
    b"ignoredErrors", b"smartTags", b"drawing", b"legacyDrawing", b"legacyDrawingHF", b"drawingHF",
    b"picture", b"oleObjects", b"controls", b"webPublishItems", b"tableParts", b"extLst",
)  # fmt: skip

_OPEN_TAG = re.compile(rb"<c([^<>]*?)\s*(/?)>")
_STYLE = re.compile(rb'\ss="[0-9]*"')
_TYPE = re.compile(rb'\st="[^"]*"')
_SPANS = re.compile(rb'\sspans="([0-9]+):([0-9]+)"')
_ANY_SPANS = re.compile(rb'\sspans="[^"]*"')
_ARRAY = re.compile(rb'<f\b[^<>]*?\st="(?:array|dataTable)"[^<>]*>')
_TRUE = {b"1", b"true", b"on"}

Number = Decimal | int


TALL = 100
"""A merged area over more rows is looked up by itself and not row by row."""


class EditRefused(PerfxlError):
    """A cell cannot be written: its content is not ours to replace."""


class _Value(NamedTuple):
    content: Number | str | None
    style_of: tuple[int, int] | None
    number_format: str | None
    wrap: bool
    style: int | None = None


class SheetEditor:
    """Cell edits of one sheet."""

    def __init__(self, scan: SheetScan, styles: Styles) -> None:
        self.scan = scan
        self._styles = styles
        self._filled = {(cell.row, cell.col): cell for cell in scan.cells}
        self._fills: dict[tuple[int, int], str] = {}
        self._frames: dict[tuple[int, int], str] = {}
        self._values: dict[tuple[int, int], _Value] = {}
        self.widths: dict[int, float] = {}
        self._shown: set[int] = set()
        self._links: list[tuple[int, int, str, str]] = []
        self._arrays: list[Span] | None = None
        self._column_styles: dict[int, int] = {}
        self._by_row: dict[int, list[Span]] = {}
        self._tall: list[Span] = []
        for area in scan.merges:
            if area.bottom - area.top > TALL:
                self._tall.append(area)
                continue
            for row in range(area.top, area.bottom + 1):
                self._by_row.setdefault(row, []).append(area)

    def area(self, row: int, col: int) -> Span:
        """The merged area at a position, or the cell alone."""
        for area in self._by_row.get(row, ()):
            if area.left <= col <= area.right:
                return area
        for area in self._tall:
            if area.covers(row, col):
                return area
        return Span(row, col, row, col)

    def fill(self, row: int, col: int, colour: str, *, frame: str | None = None) -> None:
        """Colour a cell, RRGGBB; of a merged area the head and every covered cell there is.

        Args:
            row: counted from 1.
            col: counted from 1.
            colour: of the fill.
            frame: colour of a strong border, where something may hide the fill.
        """
        area = self.area(row, col)
        for here in self._fill(area, colour):
            if frame is not None:
                self._frames[here] = frame

    def _fill(self, area: Span, colour: str) -> list[tuple[int, int]]:
        """Colour the cells of an area; which they are."""
        head = (area.top, area.left)
        self._fills[head] = colour
        if area.top == area.bottom and area.left == area.right:
            return [head]
        places = self.scan.places
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > len(places):
            covered = [place for place in places if area.covers(*place)]
        else:
            covered = [
                (r, c)
                for r in range(area.top, area.bottom + 1)
                for c in range(area.left, area.right + 1)
                if (r, c) in places
            ]
        for place in covered:
            self._fills[place] = colour
        return [head, *covered]

    def put(self, row: int, col: int, value: Number | str | None, style: int) -> None:
        """Write beside the form, in a style of its own; a cell that is no blank one stays as it is.

        Raises:
            EditRefused: as `write` does.
        """
        here = (row, col)
        if here in self._filled or row in self._by_row or self._tall or self._array_areas():
            self.write(row, col, "" if value is None else value)
        self._values[here] = _Value(value, None, None, False, style)

    def write(
        self,
        row: int,
        col: int,
        value: Number | str,
        *,
        fill: str | None = None,
        style_of: tuple[int, int] | None = None,
        number_format: str | None = None,
        wrap: bool = False,
    ) -> None:
        """Write into a blank or absent cell; text stays text, whatever it begins with.

        Args:
            row: counted from 1.
            col: counted from 1.
            value: a number or a text.
            fill: colour as RRGGBB.
            style_of: take the style of this cell instead of the cell's own.
            number_format: a format code to put on.
            wrap: wrap the text.

        Raises:
            EditRefused: the cell holds a formula (``formula-cell``) or a value
                (``cell-not-blank``), or is covered by a merged area (``covered-cell``).

        """
        here = (row, col)
        area = self.area(row, col)
        if here != (area.top, area.left):
            raise EditRefused("covered-cell", cell=a1(row, col), area=area.a1)
        cell = self._filled.get(here)
        if (cell and cell.formula) or any(array.covers(*here) for array in self._array_areas()):
            raise EditRefused("formula-cell", cell=a1(row, col))
        if cell and cell.value.strip():
            raise EditRefused("cell-not-blank", cell=a1(row, col))
        self._values[here] = _Value(value, style_of, number_format, wrap)
        if fill is not None:
            self.fill(row, col, fill)

    def clear(self, row: int, col: int) -> None:
        """Make a cell blank; one with a formula, or absent, stays as it is."""
        cell = self._filled.get((row, col))
        if cell is not None and not cell.formula:
            self._values[row, col] = _Value(None, None, None, wrap=False)

    def wipe(self, row: int, col: int) -> None:
        """Make a cell blank and give it the plainest style; one with a formula, or absent, stays."""
        cell = self._filled.get((row, col))
        if (row, col) in self.scan.places and not (cell and cell.formula):
            self._values[row, col] = _Value(None, None, None, wrap=False, style=0)

    def unfill(self, row: int, col: int) -> None:
        """Take the fill of one cell away."""
        self._fills[row, col] = ""

    @property
    def filled(self) -> set[tuple[int, int]]:
        """The cells that got a colour."""
        return set(self._fills)

    @property
    def written(self) -> set[tuple[int, int]]:
        """The cells of the form that got a value."""
        return {here for here, value in self._values.items() if value.style is None}

    @property
    def beside(self) -> set[tuple[int, int]]:
        """The cells that were written beside the form."""
        return {here for here, value in self._values.items() if value.style is not None}

    def width(self, col: int, chars: float, *, shown: bool = False) -> None:
        """Set the width of a column, in characters; ``shown``: and have it seen if it is hidden."""
        self.widths[col] = chars
        if shown:
            self._shown.add(col)

    def link(self, row: int, col: int, target_sheet: str, target_cell: str) -> None:
        """Make a cell lead to another of the same workbook."""
        self._links.append((row, col, target_sheet, target_cell))

    def style_at(self, row: int, col: int) -> int:
        """The style of a cell; of an absent one, that of its row or column."""
        place = self.scan.places.get((row, col))
        if place is not None:
            return place[2]
        entry_row = self.scan.rows.get(row)
        if entry_row is not None and b"customFormat" in entry_row.attributes:
            entry = attributes(entry_row.attributes)
            if entry.get(b"customFormat") in _TRUE:
                return int(entry.get(b"s", b"0"))
        style = self._column_styles.get(col)
        if style is None:
            runs = (run.style for run in self.scan.columns if run.first <= col <= run.last)
            style = self._column_styles[col] = next(runs, 0)
        return style

    def _array_areas(self) -> list[Span]:
        if self._arrays is None:
            self._arrays = [
                span(reference.decode())
                for tag in _ARRAY.findall(self.scan.data)
                if (reference := attributes(tag).get(b"ref"))
            ]
        return self._arrays

    def result(self, elements: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
        """The sheet's bytes with the edits in them.

        Args:
            elements: new elements under the root, by name; each is put where the schema has it.

        """
        splices = Splices(self.scan.data)
        self._edit_cells(splices)
        new = [*elements, *self._edit_columns(splices), *self._edit_links(splices)]
        end = self.scan.data.rfind(b"</")
        for name, element in sorted(new, key=lambda item: ORDER.index(item[0])):
            at = place_for(self.scan.data, self.scan.parts, name, ORDER, end)
            splices.insert(at, element)
        return splices.result()

    def _edit_cells(self, splices: Splices) -> None:
        absent: dict[int, list[tuple[int, bytes]]] = {}
        for row, col in sorted(self._fills.keys() | self._values.keys()):
            place = self.scan.places.get((row, col))
            value = self._values.get((row, col))
            style = self._style(row, col, value)
            if place is None:
                cell = _cell(b' r="%b"' % a1(row, col).encode(), style, value)
                absent.setdefault(row, []).append((col, cell))
                continue
            start = self.scan.data.find(b"<", place[0])
            match = _OPEN_TAG.match(self.scan.data, start)
            if match is None:  # cannot be: the scan matched the same bytes
                raise AssertionError
            attrs = _STYLE.sub(b"", match[1])
            if value is None:
                tag = b'<c%b s="%d"%b>' % (attrs, style, match[2])
                splices.replace(start, match.end(), tag)
            else:
                splices.replace(start, place[1], _cell(_TYPE.sub(b"", attrs), style, value))
        if absent:
            self._insert_cells(splices, absent)
            self._extend_dimension(splices, absent)

    def _style(self, row: int, col: int, value: _Value | None) -> int:
        fill, frame = self._fills.get((row, col)), self._frames.get((row, col))
        if value is None:
            return self._styles.variant(self.style_at(row, col), fill=fill, frame=frame)
        if value.style is not None:
            return value.style
        base = self.style_at(*(value.style_of or (row, col)))
        if fill is None and value.number_format is None and not value.wrap:
            return base
        return self._styles.variant(
            base, fill=fill, number_format=value.number_format, wrap=value.wrap, frame=frame
        )

    def _insert_cells(self, splices: Splices, absent: dict[int, list[tuple[int, bytes]]]) -> None:
        scan = self.scan
        table = next(part for part in scan.parts if part.name == b"sheetData")
        new_rows: list[tuple[int, bytes]] = []
        wanted = absent.keys() & scan.rows.keys()
        standing: dict[int, list[tuple[int, int]]] = {row: [] for row in wanted}
        for (row, col), (start, _, _) in scan.places.items():
            if row in standing:
                standing[row].append((col, start))
        for row, cells in absent.items():
            if row not in scan.rows:
                content = b"".join(cell for _, cell in cells)
                new_rows.append((row, b'<row r="%d">%b</row>' % (row, content)))
                continue
            self._insert_into_row(splices, row, cells, sorted(standing[row]))
        if not new_rows:
            return
        if table.empty:
            splices.append_to(table, b"".join(text for _, text in new_rows))
            return
        known = sorted(scan.rows)
        close = close_of(scan.data, table)
        for row, text in new_rows:
            after = bisect_right(known, row)
            at = scan.rows[known[after]].start if after < len(known) else close
            splices.insert(at, text)

    def _insert_into_row(
        self,
        splices: Splices,
        row: int,
        cells: list[tuple[int, bytes]],
        standing: list[tuple[int, int]],
    ) -> None:
        place = self.scan.rows[row]
        data = self.scan.data
        start = data.find(b"<", place.start)
        attrs = _with_spans(place.attributes, cells[0][0], cells[-1][0])
        if data[place.inside - 2 : place.inside] == b"/>":
            content = b"".join(cell for _, cell in cells)
            splices.replace(start, place.inside, b"<row%b>%b</row>" % (attrs.rstrip(), content))
            return
        if attrs != place.attributes:
            splices.replace(start, place.inside, b"<row" + attrs + b">")
        known = [col for col, _ in standing]
        if not known or cells[0][0] > known[-1]:
            # Beside the form, as the margin is: one piece at the end of the row.
            splices.insert(place.close, b"".join([cell for _, cell in cells]))
            return
        for col, cell in cells:
            after = bisect_right(known, col)
            splices.insert(standing[after][1] if after < len(known) else place.close, cell)

    def _extend_dimension(
        self, splices: Splices, absent: dict[int, list[tuple[int, bytes]]]
    ) -> None:
        part = next((part for part in self.scan.parts if part.name == b"dimension"), None)
        reference = attributes(part.attributes).get(b"ref") if part else None
        if part is None or not reference:
            return
        try:
            area = span(reference.decode())
        except PerfxlError:
            return
        columns = [col for cells in absent.values() for col, _ in cells]
        wider = Span(
            min(area.top, *absent),
            min(area.left, *columns),
            max(area.bottom, *absent),
            max(area.right, *columns),
        )
        if wider != area:
            tag = b'<dimension ref="%b"/>' % wider.a1.encode()
            splices.replace(part.start, part.end, tag)

    def _edit_columns(self, splices: Splices) -> list[tuple[bytes, bytes]]:
        if not self.widths:
            return []
        data = self.scan.data
        part = next((part for part in self.scan.parts if part.name == b"cols"), None)
        tags = []
        if part is not None and not part.empty:
            tags = re.findall(rb"<col\b([^<>]*?)\s*/?>", data[part.inside : part.end])
        runs = list(zip(self.scan.columns, tags, strict=True))
        out: list[tuple[int, bytes]] = []
        for run, tag in runs:
            out += _split(run, tag, self.widths, self._shown)
        listed = {col for run, _ in runs for col in self.widths if run.first <= col <= run.last}
        for col in self.widths.keys() - listed:
            out.append((col, b'<col min="%d" max="%d" width="%s" customWidth="1"/>'
                        % (col, col, _plain(self.widths[col]))))  # fmt: skip
        content = b"".join(text for _, text in sorted(out))
        whole = b"<cols>" + content + b"</cols>"
        if part is None:
            return [(b"cols", whole)]
        splices.replace(part.start, part.end, whole)
        return []

    def _edit_links(self, splices: Splices) -> list[tuple[bytes, bytes]]:
        if not self._links:
            return []
        part = next((part for part in self.scan.parts if part.name == b"hyperlinks"), None)
        links = "".join(
            f'<hyperlink ref="{a1(row, col)}" location="{xml_text(quote_sheet_name(sheet) + "!" + cell)}"/>'
            for row, col, sheet, cell in self._links
        ).encode()
        if part is None:
            return [(b"hyperlinks", b"<hyperlinks>" + links + b"</hyperlinks>")]
        splices.append_to(part, links)
        return []


def _cell(attrs: bytes, style: int, value: _Value | None) -> bytes:
    head = b'<c%b s="%d"' % (attrs, style)
    if value is None or value.content is None:
        return head + b"/>"
    if isinstance(value.content, str):
        text = cell_text(value.content).encode()
        return head + b' t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % text
    return head + b"><v>%b</v></c>" % _plain(value.content)


def _plain(number: Number | float) -> bytes:
    if isinstance(number, Decimal):
        return f"{number:f}".encode()
    return repr(number).encode()


def _with_spans(attrs: bytes, first: int, last: int) -> bytes:
    match = _SPANS.search(attrs)
    if match is None:
        return _ANY_SPANS.sub(b"", attrs)
    low, high = min(int(match[1]), first), max(int(match[2]), last)
    return attrs[: match.start()] + b' spans="%d:%d"' % (low, high) + attrs[match.end() :]


def _split(
    run: Columns, tag: bytes, widths: dict[int, float], shown: set[int]
) -> list[tuple[int, bytes]]:
    """A run of columns, taken apart where some of them get a width of their own."""
    inside = sorted(col for col in widths if run.first <= col <= run.last)
    if not inside:
        return [(run.first, b"<col" + tag + b"/>")]
    out = []
    entry = attributes(tag)

    def add(first: int, last: int, changes: dict[bytes, bytes]) -> None:
        if first <= last:
            new = entry | {b"min": b"%d" % first, b"max": b"%d" % last} | changes
            if first in shown:
                # Beside many forms all columns to the right are hidden: these are to be seen.
                for hiding in (b"hidden", b"collapsed", b"outlineLevel", b"bestFit"):
                    new.pop(hiding, None)
            text = b"".join(b' %b="%b"' % pair for pair in new.items())
            out.append((first, b"<col" + text + b"/>"))

    at = run.first
    for col in inside:
        add(at, col - 1, {})
        add(col, col, {b"width": _plain(widths[col]), b"customWidth": b"1"})
        at = col + 1
    add(at, run.last, {})
    return out
