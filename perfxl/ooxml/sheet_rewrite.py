"""A sheet written anew with some of its rows repeated, left out, or given other values.

What a template needs: styles, heights, merged areas, formulas, drop-downs, conditional colours, page
breaks and print areas follow their rows. Everything in the sheet that names no row is copied as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfxl.ooxml.address import Span, a1, letters, span
from perfxl.ooxml.formulas import (
    NOTHING,
    AmbiguousReference,
    Runs,
    Send,
    remap_references,
    shift_references,
)
from perfxl.ooxml.parts.canonical_xml import Element, attributes, root, unescape
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.splice import close_of, place_for
from perfxl.ooxml.parts.strings import cell_text, xml_text
from perfxl.ooxml.rowmap import Path, RowMap, RowOrigin
from perfxl.ooxml.sheetedit import ORDER


@dataclass(frozen=True)
class Computed:
    """A formula that shows nothing until a program computes it."""

    formula: str


Value = Decimal | int | str | bool | Computed | None

_CELL = re.compile(rb"<c\b([^<>]*?)(/?)>")
_ADDRESS = re.compile(rb'\sr="[^"]*"')
_TYPE = re.compile(rb'\st="[^"]*"')
_ROW_PLACE = re.compile(rb'\s(?:r|spans)="[^"]*"')
_HEIGHT = re.compile(rb'\s(?:ht|customHeight)="[^"]*"')
_FORMULA = re.compile(rb"<f\b([^<>]*?)(?:/>|>([^<]*)</f>)")
_PLACE = re.compile(rb'(\s(?:ref|sqref))="([^"]*)"')
_VIEW = re.compile(rb'(\s(?:activeCell|topLeftCell))="([^"]*)"')
_SPLIT = re.compile(rb'(\sySplit)="([0-9]+)"')
_INNER_FORMULA = re.compile(rb"(<(?:\w+:)?(?:formula[12]?|f)>)([^<]*)(</)")
_INNER_PLACE = re.compile(rb"(<\w+:sqref>)([^<]*)(</)")
_LOCATION = re.compile(rb'(\slocation=")([^"]*)(")')
_BREAK = re.compile(rb'<brk\b([^<>]*?)\sid="([0-9]+)"([^<>]*?)/>')
_COUNTS = re.compile(rb'\s(?:count|manualBreakCount)="[0-9]+"')
_ITEMS = {
    b"dataValidations": b"dataValidation",
    b"conditionalFormatting": b"",
    b"hyperlinks": b"hyperlink",
    b"protectedRanges": b"protectedRange",
    b"ignoredErrors": b"ignoredError",
}
"""Elements that name places, and what each of their items is called; nothing: it is one itself."""
_EXTENSION = re.compile(rb"<(\w+:(?:dataValidation|conditionalFormatting))\b.*?</\1>", re.DOTALL)


@dataclass
class NewRow:
    """A row of the sheet in the making.

    Attributes:
        gone: the old row that it is made from, and its rounds.
        values: column → what stands there instead of the old cell's content.
        style_row: column → the old row whose cell gives the style instead.
        height: in points, instead of the old row's.
    """

    gone: RowOrigin
    values: dict[int, Value] = field(default_factory=dict)
    style_row: dict[int, int] = field(default_factory=dict)
    height: float | None = None


class BrokenFormula(Exception):
    """A formula that cannot follow its rows; ``row`` and ``col`` are the old cell's."""

    def __init__(self, row: int, col: int, formula: str) -> None:
        super().__init__(row, col, formula)
        self.row, self.col, self.formula = row, col, formula


def respun(
    scan: SheetScan, rows: Sequence[NewRow], merges: Sequence[Span], name: str, maps: Mapping[str, RowMap]
) -> bytes:  # fmt: skip
    """The part of a sheet with new rows.

    Args:
        scan: the old sheet.
        rows: the new ones, from row 1 on.
        merges: the merged areas of the new sheet.
        name: of the sheet.
        maps: sheet name → where its rows have gone, for references between sheets.

    Raises:
        BrokenFormula: a formula takes one cell that became several.
    """
    own = maps[name]
    formulas = _Formulas(scan, name, maps)
    data = scan.data
    out: list[bytes] = []
    at = 0
    names = {part.name for part in scan.parts}
    # A template without merged areas may get some.
    place = None if b"mergeCells" in names or not merges else _place(scan)
    for part in scan.parts:
        if part.start == place:
            out.append(data[at : part.start] + _write_merges(merges))
            at = part.start
        out.append(data[at : part.start])
        at = part.end
        if part.name == b"sheetData":
            out.append(b"<sheetData>" + b"".join(_rows(scan, rows, formulas)) + b"</sheetData>")
        elif part.name == b"mergeCells":
            out.append(_write_merges(merges))
        elif part.name == b"dimension":
            right = max((col for _, col in scan.places), default=1)
            last = a1(max(len(rows), 1), right)
            out.append(
                b'<dimension ref="%b"/>' % (b"A1" if last == "A1" else f"A1:{last}".encode())
            )
        else:
            out.append(_part(data, part, own, formulas))
    if place is not None and place >= at:
        out.append(data[at:place] + _write_merges(merges))
        at = place
    out.append(data[at:])
    return b"".join(out)


def _place(scan: SheetScan) -> int:
    """Where merged areas belong among the elements of a sheet that has none."""
    end = close_of(scan.data, root(scan.data))
    return place_for(scan.data, scan.parts, b"mergeCells", ORDER, end)


# ---------------------------------------------------------------- cells
class _Formulas:
    """The formulas of the old sheet, and what they are in a new row."""

    def __init__(self, scan: SheetScan, name: str, maps: Mapping[str, RowMap]) -> None:
        self.scan, self.name, self.maps = scan, name, maps
        self._shared: dict[bytes, tuple[int, int, str]] = {}
        self.texts: dict[tuple[int, int], tuple[str, str]] = {}
        for (row, col), (start, end, _) in scan.places.items():
            match = _FORMULA.search(scan.data, start, end)
            if match is not None:
                self.texts[row, col] = self._text(row, col, attributes(match[1]), match[2])

    def _text(
        self, row: int, col: int, entry: dict[bytes, bytes], body: bytes | None
    ) -> tuple[str, str]:
        text = unescape((body or b"").decode())
        group = entry.get(b"si", b"")
        if entry.get(b"t") == b"shared":
            # Excel writes a formula that was filled down once, and refers to it from the other cells.
            if text:
                self._shared[group] = (row, col, text)
            elif group in self._shared:
                top, left, first = self._shared[group]
                text = shift_references(first, row - top, col - left)
        area = entry.get(b"ref", b"").decode() if entry.get(b"t") == b"array" else ""
        return text, area

    def send(self, path: Path) -> Send:
        """Where references go, as seen from a row."""

        def to(sheet: str | None, top: int, bottom: int) -> Runs:
            rows = self.maps.get(sheet or self.name)
            if rows is None:
                return [(top, bottom)]
            return rows.runs(top, bottom, path if sheet in (None, self.name) else ())

        return to

    def element(self, row: int, col: int, new: int, path: Path) -> bytes:
        """The element of a formula in its new row."""
        text, area = self.texts[row, col]
        try:
            moved = remap_references(text, self.send(path), self.name)
        except AmbiguousReference as error:
            raise BrokenFormula(row, col, text) from error
        head = b"<f>"
        if area:
            old = span(area)
            grown = Span(new, old.left, new + old.bottom - old.top, old.right)
            head = b'<f t="array" ref="%b">' % grown.a1.encode()
        return head + xml_text(moved).encode() + b"</f>"


def _rows(scan: SheetScan, rows: Sequence[NewRow], formulas: _Formulas) -> list[bytes]:
    columns: dict[int, list[int]] = {}
    for old, col in scan.places:
        columns.setdefault(old, []).append(col)
    out: list[bytes] = []
    for new, row in enumerate(rows, 1):
        source, path = row.gone.source, row.gone.path
        place = scan.rows.get(source)
        attrs = _ROW_PLACE.sub(b"", place.attributes).rstrip() if place else b""
        if row.height is not None:
            attrs = _HEIGHT.sub(b"", attrs) + b' ht="%.2f" customHeight="1"' % row.height
        out.append(b'<row r="%d"%b>' % (new, attrs))
        digits = str(new)
        held = sorted({*columns.get(source, ()), *row.values, *row.style_row})
        out += [
            _cell(scan, row, (source, col), letters(col) + digits, formulas, path, new)
            for col in held
        ]
        out.append(b"</row>")
    return out


def _cell(
    scan: SheetScan, row: NewRow, old: tuple[int, int], address: str, formulas: _Formulas,
    path: Path, new: int,
) -> bytes:  # fmt: skip
    col = old[1]
    place = scan.places.get((row.style_row.get(col, old[0]), col))
    style = b' s="%d"' % place[2] if place and place[2] else b""
    head = b'<c r="%b"%b' % (address.encode(), style)
    if col in row.values:
        return head + _content(row.values[col])
    if old in formulas.texts:
        return head + b">" + formulas.element(*old, new, path) + b"</c>"
    if old not in scan.places:
        return head + b"/>"
    start, end, _ = scan.places[old]
    tag = _CELL.match(scan.data, start, end)
    kind = _TYPE.search(tag[1]) if tag else None
    head += kind[0] if kind else b""
    if tag is None or tag[2]:
        return head + b"/>"
    return head + b">" + scan.data[tag.end() : end]


def _content(value: Value) -> bytes:
    """The rest of a cell's element: its type and value."""
    if value is None or value == "":
        return b"/>"
    if isinstance(value, Computed):
        return b' t="str"><f>' + xml_text(value.formula).encode() + b"</f><v></v></c>"
    if isinstance(value, bool):
        return b' t="b"><v>%d</v></c>' % value
    if isinstance(value, str):
        text = cell_text(value).encode()
        return b' t="inlineStr"><is><t xml:space="preserve">' + text + b"</t></is></c>"
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return b"><v>" + number.encode() + b"</v></c>"


# ---------------------------------------------------------------- what else names places
def _write_merges(merges: Sequence[Span]) -> bytes:
    if not merges:
        return b""
    areas = b"".join(b'<mergeCell ref="%b"/>' % area.a1.encode() for area in merges)
    return b'<mergeCells count="%d">%b</mergeCells>' % (len(merges), areas)


def _part(data: bytes, part: Element, rows: RowMap, formulas: _Formulas) -> bytes:
    whole = data[part.start : part.end]
    if part.name == b"rowBreaks":
        return _breaks(whole, rows)
    if part.name == b"sheetViews":
        whole = _VIEW.sub(lambda m: b'%b="%b"' % (m[1], _one(rows, m[2])), whole)
        whole = _SPLIT.sub(lambda m: b'%b="%d"' % (m[1], max(1, rows.above(int(m[2])))), whole)
        return _PLACE.sub(lambda m: b'%b="%b"' % (m[1], _one_or_all(rows, m[2])), whole)
    if part.name == b"extLst":
        return _EXTENSION.sub(lambda m: _item(m[0], rows, formulas), whole)
    if part.name in (b"autoFilter", b"sortState"):
        return _PLACE.sub(lambda m: b'%b="%b"' % (m[1], _around(rows, m[2])), whole)
    if part.name not in _ITEMS:
        return whole
    item = _ITEMS[part.name]
    if not item:
        return _item(whole, rows, formulas)
    pattern = re.compile(rb"<" + item + rb"\b(?:[^<>]*/>|.*?</" + item + rb">)", re.DOTALL)
    head = _COUNTS.sub(b"", data[part.start : part.inside])
    items = [_item(match[0], rows, formulas) for match in pattern.finditer(whole)]
    kept = b"".join(items)
    if not kept:
        return b""
    if part.name == b"dataValidations":
        head = head[:-1] + b' count="%d">' % sum(1 for one in items if one)
    return head + kept + b"</" + part.name + b">"


def _item(text: bytes, rows: RowMap, formulas: _Formulas) -> bytes:
    """One item with its places and formulas sent; nothing where none of its places is left."""
    named = _PLACE.search(text) or _INNER_PLACE.search(text)
    if named is None:
        return text
    places = rows.reference(named[2].decode())
    if not places:
        return b""
    path: Path = rows.rows[span(places.split()[0]).top - 1].path if rows.rows else ()
    send = formulas.send(path)

    def formula(match: re.Match[bytes]) -> bytes:
        try:
            moved = remap_references(unescape(match[2].decode()), send)
        except AmbiguousReference:
            return match[0]
        return match[1] + xml_text(moved).encode() + match[3]

    text = _INNER_FORMULA.sub(formula, text)
    text = _LOCATION.sub(lambda m: m[1] + _location(m[2], formulas) + m[3], text)
    text = _INNER_PLACE.sub(lambda m: m[1] + rows.reference(m[2].decode()).encode() + m[3], text)
    if named[1].strip() == b"ref":
        # A link stands at one place; each of its rows gets one of its own.
        return b"".join(
            text.replace(named[0], b' ref="%b"' % place.encode(), 1) for place in places.split()
        )
    return _PLACE.sub(lambda m: b'%b="%b"' % (m[1], rows.reference(m[2].decode()).encode()), text)


def _location(text: bytes, formulas: _Formulas) -> bytes:
    """Where a link within the workbook leads to."""
    try:
        moved = remap_references(unescape(text.decode()), formulas.send(()))
    except AmbiguousReference:
        return text
    return text if moved == NOTHING else xml_text(moved.partition(",")[0]).encode()


def _one(rows: RowMap, address: bytes) -> bytes:
    return rows.one_cell(address.decode()).encode()


def _one_or_all(rows: RowMap, reference: bytes) -> bytes:
    """A selection: sent, or the first cell where nothing of it is left."""
    return (rows.reference(reference.decode()) or "A1").encode()


def _around(rows: RowMap, reference: bytes) -> bytes:
    """One rectangle over everything that a reference became."""
    areas = rows.areas(span(reference.decode())) or [Span(1, 1, 1, 1)]
    return areas[0]._replace(bottom=areas[-1].bottom).a1.encode()


def _breaks(whole: bytes, rows: RowMap) -> bytes:
    found = []
    for match in _BREAK.finditer(whole):
        after = rows.new(int(match[2]))
        if not after:
            # After a row that vanished: before the next one that stays.
            following = (rows.new(old) for old in range(int(match[2]) + 1, rows.old + 1))
            after = [new - 1 for new in next(filter(None, following), [])]
        found += [b'<brk%b id="%d"%b/>' % (match[1], new, match[3]) for new in after if new]
    if not found:
        return b""
    return b'<rowBreaks count="%d" manualBreakCount="%d">%b</rowBreaks>' % (
        len(found), len(found), b"".join(found),
    )  # fmt: skip
