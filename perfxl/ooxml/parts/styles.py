"""Cell styles: the ones that a workbook has, with another fill or number format."""

import re
from functools import cached_property

from perfxl.errors import FileError, NotAWorkbook
from perfxl.ooxml.parts import formats
from perfxl.ooxml.parts.canonical_xml import (
    ATTRIBUTES,
    Element,
    attributes,
    children,
    root,
)
from perfxl.ooxml.parts.splice import Splices, close_of, place_for
from perfxl.ooxml.parts.strings import xml_text

MAX_STYLES = 65_490
"""Cell formats of one workbook, as Excel's specifications have it."""

_ORDER = (
    b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles",
    b"dxfs", b"tableStyles", b"colors", b"extLst",
)  # fmt: skip
_ITEMS = {b"fonts": b"font", b"fills": b"fill", b"borders": b"border", b"cellXfs": b"xf"}
_FIRST = {
    b"fonts": b'<font><sz val="11"/><name val="\xe5\xae\x8b\xe4\xbd\x93"/></font>',
    b"fills": b'<fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill>',
    b"borders": b"<border><left/><right/><top/><bottom/><diagonal/></border>",
    b"cellXfs": b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
# The built-in codes that mean the same in every language.
_SAFE_BUILT_IN = {formats.BUILT_IN[n]: n for n in (0, 1, 2, 3, 4, 9, 10, 11, 49)}
_FIRST_OWN_FORMAT = 164
_XF = re.compile(rb"<xf(" + ATTRIBUTES + rb")(?:/>|>(.*)</xf\s*>)", re.DOTALL)
_FORMAT_NUMBER = re.compile(rb'\snumFmtId="([0-9]{1,9})"')
_ALIGNMENT = re.compile(rb"<alignment(" + ATTRIBUTES + rb")/>")
_FONT_PART = re.compile(rb"<(sz|name|family|charset|scheme)\s[^<>]*/>")
_SIZE = re.compile(rb'\sval="([0-9.]+)"')
_DEFAULT_SIZE = 11.0
_FONT_ORDER = (b"sz", b"color", b"name", b"family", b"charset", b"scheme")


class Styles:
    """A styles part being extended: nothing in it changes, items are added at the ends."""

    def __init__(self, data: bytes) -> None:
        """Take a plain styles part.

        Raises:
            NotCanonical: it is not what a styles part should be.

        """
        self._data = data
        self._parts = formats.sections(data)
        self._formats = {code: n for n, code in formats.custom(data, self._parts).items()}
        # Also the numbers that a style names and no format has: it would be shown in a format of ours.
        named = {int(number) for number in _FORMAT_NUMBER.findall(data)}
        self._next_format = max({_FIRST_OWN_FORMAT - 1, *self._formats.values(), *named}) + 1
        self._new: dict[bytes, list[bytes]] = {name: [] for name in (b"numFmts", *_ITEMS)}
        self._counts = {name: len(self._items(name)) for name in _ITEMS}
        self._xfs = [data[item.start : item.end] for item in self._items(b"cellXfs")]
        for name, first in _FIRST.items():
            if not self._counts[name]:
                self._add(name, first, 2 if name == b"fills" else 1)
        if not self._xfs:
            self._xfs.append(_FIRST[b"cellXfs"])
        self._memo: dict[tuple[object, ...], int] = {}
        self._verticals: dict[int, bytes] = {}

    def _items(self, section: bytes) -> list[Element]:
        place = self._parts.get(section)
        if place is None or place.empty:
            return []
        close = close_of(self._data, place)
        items = children(self._data, place.inside, close)
        return [item for item in items if item.name == _ITEMS[section]]

    def _add(self, section: bytes, item: bytes, count: int = 1) -> int:
        index = self._counts[section]
        self._new[section].append(item)
        self._counts[section] += count
        return index

    def variant(
        self,
        xf: int,
        *,
        fill: str | None = None,
        number_format: str | None = None,
        wrap: bool = False,
        frame: str | None = None,
    ) -> int:
        """The index of a cell style that is another one but for what is given.

        Args:
            xf: index of the style to begin with; one that the file lacks counts as 0.
            fill: colour as RRGGBB; an empty text takes the fill away.
            number_format: a format code.
            wrap: whether the text is to be wrapped.
            frame: colour of a strong border on all four sides.

        Raises:
            FileError: the workbook has as many styles as the format allows, or this one is damaged.

        """
        key = (xf, fill, number_format, wrap, frame)
        index = self._memo.get(key)
        if index is None:
            index = self._memo[key] = self._variant(xf, fill, number_format, wrap, frame)
        return index

    def _variant(
        self, xf: int, fill: str | None, number_format: str | None, wrap: bool, frame: str | None
    ) -> int:
        entry, content = self._parsed(xf)
        if fill == "":
            entry[b"fillId"] = b"0"
        elif fill is not None:
            entry |= {b"fillId": b"%d" % self.fill(fill), b"applyFill": b"1"}
        if number_format is not None:
            number = b"%d" % self.number_format(number_format)
            entry |= {b"numFmtId": number, b"applyNumberFormat": b"1"}
        if frame is not None:
            border = b"%d" % self.border(frame, b"medium")
            entry |= {b"borderId": border, b"applyBorder": b"1"}
        if wrap:
            entry[b"applyAlignment"] = b"1"
            content = _wrap(content)
        tag = b"".join(b' %b="%b"' % pair for pair in entry.items())
        return self._append(b"<xf" + tag + (b">" + content + b"</xf>" if content else b"/>"))

    def _parsed(self, xf: int) -> tuple[dict[bytes, bytes], bytes]:
        """The attributes of a style and what it contains; one that the file lacks counts as 0."""
        match = _XF.fullmatch(self._xfs[xf if xf < len(self._xfs) else 0])
        if match is None:
            raise NotAWorkbook("damaged-part", part="styles.xml")
        return attributes(match[1]), match[2] or b""

    def vertical(self, xf: int) -> bytes:
        """Where a style puts its text in the height of a cell: ``top``, ``center``, ``bottom``."""
        known = self._verticals.get(xf)
        if known is None:
            found = _ALIGNMENT.search(self._parsed(xf)[1])
            known = attributes(found[1]).get(b"vertical", b"bottom") if found else b"bottom"
            self._verticals[xf] = known
        return known

    def is_visible(self, xf: int) -> bool:
        """Whether a blank cell of a style shows: it has a border or a fill."""
        entry = self._parsed(xf)[0]
        return entry.get(b"borderId", b"0") != b"0" or entry.get(b"fillId", b"0") not in {
            b"0",
            b"1",
        }

    @cached_property
    def painting_formats(self) -> frozenset[int]:
        """The differential formats (of conditional formats) that put a fill into a cell."""
        place = self._parts.get(b"dxfs")
        if place is None or place.empty:
            return frozenset()
        items = children(self._data, place.inside, close_of(self._data, place))
        return frozenset(
            number
            for number, item in enumerate(items)
            if b"<fill" in self._data[item.start : item.end]
        )

    def _append(self, xf: bytes) -> int:
        if len(self._xfs) >= MAX_STYLES:
            raise FileError("too-many-styles", limit=MAX_STYLES)
        self._xfs.append(xf)
        self._new[b"cellXfs"].append(xf)
        self._counts[b"cellXfs"] = len(self._xfs)
        return len(self._xfs) - 1

    def fill(self, colour: str) -> int:
        """The index of a solid fill, colour as RRGGBB."""
        return self._once(
            b"fills",
            b'<fill><patternFill patternType="solid"><fgColor rgb="FF%b"/>'
            b'<bgColor indexed="64"/></patternFill></fill>' % colour.encode(),
        )

    def border(self, colour: str, style: bytes = b"thin") -> int:
        """The index of a border on all four sides, ``thin``, ``medium`` or ``thick``."""
        sides = b"".join(
            b'<%b style="%b"><color rgb="FF%b"/></%b>' % (side, style, colour.encode(), side)
            for side in (b"left", b"right", b"top", b"bottom")
        )
        return self._once(b"borders", b"<border>" + sides + b"<diagonal/></border>")

    def font(self, *, size: float | None, colour: str | None, bold: bool, underline: bool) -> int:
        """The index of a font: the workbook's own default one in another size, colour, weight."""
        found = dict(self._default_font)
        if size is not None:
            found[b"sz"] = b'<sz val="%g"/>' % size
        if colour is not None:
            found[b"color"] = b'<color rgb="FF%b"/>' % colour.encode()
        looks = b"<b/>" * bold + b"<u/>" * underline
        looks += b"".join(found[name] for name in _FONT_ORDER if name in found)
        return self._once(b"fonts", b"<font>" + looks + b"</font>")

    @property
    def default_size(self) -> float:
        """The size of the workbook's default font, in points."""
        found = _SIZE.search(self._default_font.get(b"sz", b""))
        return float(found[1]) if found else _DEFAULT_SIZE

    @cached_property
    def _default_font(self) -> dict[bytes, bytes]:
        fonts = self._items(b"fonts")
        base = self._data[fonts[0].start : fonts[0].end] if fonts else _FIRST[b"fonts"]
        return {match[1]: match[0] for match in _FONT_PART.finditer(base)}

    def number_format(self, code: str) -> int:
        """The id of a number format code."""
        number = _SAFE_BUILT_IN.get(code)
        if number is None:
            number = self._formats.get(code)
        if number is None:
            number = self._formats[code] = self._next_format
            self._next_format += 1
            text = xml_text(code).encode()
            self._new[b"numFmts"].append(
                b'<numFmt numFmtId="%d" formatCode="%b"/>' % (number, text)
            )
        return number

    def own(self, font: int, fill: int, border: int, number_format: int, alignment: bytes) -> int:
        """The index of a style made of parts; ``alignment`` is the text of its attributes."""
        xf = (
            b'<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="%d" applyNumberFormat="1" '
            b'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            b"<alignment %b/></xf>" % (number_format, font, fill, border, alignment)
        )
        key = (xf,)
        if key not in self._memo:
            self._memo[key] = self._append(xf)
        return self._memo[key]

    def _once(self, section: bytes, item: bytes) -> int:
        key = (section, item)
        if key not in self._memo:
            self._memo[key] = self._add(section, item)
        return self._memo[key]

    def result(self) -> bytes:
        """The part with everything added; the very same bytes if nothing was."""
        if not any(self._new.values()):
            return self._data
        top = root(self._data)
        splices = Splices(self._data)
        parts = list(self._parts.values())
        end = close_of(self._data, top)
        fresh: dict[int, list[bytes]] = {}
        for name in _ORDER:
            new = self._new.get(name)
            if not new:
                continue
            place = self._parts.get(name)
            count = self._counts.get(name, len(self._formats))
            if place is not None:
                splices.append_to(place, b"".join(new), count)
                continue
            at = place_for(self._data, parts, name, _ORDER, end)
            whole = b'<%b count="%d">%b</%b>' % (name, count, b"".join(new), name)
            fresh.setdefault(at, []).append(whole)
        for at, elements in fresh.items():
            splices.insert(at, b"".join(elements))
        return splices.result()


def _wrap(content: bytes) -> bytes:
    match = _ALIGNMENT.search(content)
    if match is None:
        return b'<alignment wrapText="1" vertical="center"/>' + content
    entry = attributes(match[1]) | {b"wrapText": b"1"}
    entry.pop(b"shrinkToFit", None)
    tag = b"".join(b' %b="%b"' % pair for pair in entry.items())
    return content[: match.start()] + b"<alignment" + tag + b"/>" + content[match.end() :]


def empty_styles(namespace: str) -> bytes:
    """A styles part for a workbook that has none."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<styleSheet xmlns="{namespace}"></styleSheet>'
    ).encode()
