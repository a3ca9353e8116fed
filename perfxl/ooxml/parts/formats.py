"""Number formats: the built-in ones by their number, and those of a styles part."""

import re

from perfxl.ooxml.parts.canonical_xml import (
    Element,
    NotCanonical,
    attributes,
    children,
    root,
    unescape,
)

_FORMAT = re.compile(rb"<numFmt\b([^<>]*)>")

# As Excel and WPS show them in Chinese, which is where the forms come from.
_DATE = 'yyyy"年"m"月"d"日"'
_MONTH = 'yyyy"年"m"月"'
_DAY = 'm"月"d"日"'
_CLOCK = 'h"时"mm"分"'
_CLOCK_SECONDS = 'h"时"mm"分"ss"秒"'
_HALF_DAY = '上午/下午h"时"mm"分"'
_HALF_DAY_SECONDS = '上午/下午h"时"mm"分"ss"秒"'

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0', 6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: _DATE, 32: _CLOCK, 33: _CLOCK_SECONDS,
    34: _HALF_DAY, 35: _HALF_DAY_SECONDS, 36: _MONTH,
    37: "#,##0;\\-#,##0", 38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00", 40: "#,##0.00;[Red]\\-#,##0.00",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _HALF_DAY, 56: _HALF_DAY_SECONDS,
    57: _MONTH, 58: _DAY,
}  # fmt: skip


def sections(data: bytes) -> dict[bytes, Element]:
    """The elements directly under the root of a styles part, by name."""
    top = root(data)
    return {element.name: element for element in _inside(data, top)}


def custom(data: bytes, parts: dict[bytes, Element]) -> dict[int, str]:
    """The number formats that a styles part defines."""
    place = parts.get(b"numFmts")
    if place is None:
        return {}
    found = {}
    for tag in _FORMAT.findall(data, place.inside, place.end):
        entry = attributes(tag)
        found[_integer(entry.get(b"numFmtId"))] = unescape(entry.get(b"formatCode", b"").decode())
    return found


def of_styles(data: bytes) -> list[str]:
    """The number format code of every cell style (``cellXfs``), in order."""
    parts = sections(data)
    place = parts.get(b"cellXfs")
    if place is None:
        return []
    codes = BUILT_IN | custom(data, parts)
    return [
        codes.get(_integer(attributes(xf.attributes).get(b"numFmtId", b"0")), "General")
        for xf in _inside(data, place)
        if xf.name == b"xf"
    ]


def _inside(data: bytes, section: Element) -> list[Element]:
    """The items of a section; none of one that is written as a closed tag."""
    close = section.end if section.empty else data.rfind(b"</", section.inside, section.end)
    return children(data, section.inside, close)


def _integer(value: bytes | None) -> int:
    try:
        return int(value or b"")
    except ValueError as error:
        raise NotCanonical from error


_SIZE = re.compile(rb'<sz\s+val="([0-9.]+)"')
_DEFAULT_SIZE = 11.0


def font_sizes(data: bytes) -> list[float]:
    """The font size in points of every cell style (``cellXfs``), in order."""
    parts = sections(data)
    fonts, styles = parts.get(b"fonts"), parts.get(b"cellXfs")
    if fonts is None or styles is None:
        return []
    sizes = []
    for font in _inside(data, fonts):
        stated = _SIZE.search(data, font.start, font.end)
        sizes.append(float(stated[1]) if stated else _DEFAULT_SIZE)
    numbers = [
        _integer(attributes(xf.attributes).get(b"fontId", b"0"))
        for xf in _inside(data, styles)
        if xf.name == b"xf"
    ]
    return [sizes[n] if n < len(sizes) else _DEFAULT_SIZE for n in numbers]
