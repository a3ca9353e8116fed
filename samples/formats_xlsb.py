"""A workbook in the records of [MS-XLSB], as Excel writes a binary workbook (.xlsb)."""

import struct

from formats_package import content_types, relationships, zipped
from formats_source import Look, Sheet

_TYPES = "application/vnd.ms-excel."
_FIRST_CODE = 164  # number formats of one's own begin here
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10}
_ALIGN = {"left": 1, "center": 2, "right": 3}
_MIDDLE, _WRAP = 1 << 3, 1 << 6
_USER_SET, _OWN_HEIGHT = 2, 0x20
_BLACK = struct.pack("<BBhBBBB", 2, 64, 0, 0, 0, 0, 255)  # an indexed colour: the text of windows


def xlsb(sheets: list[Sheet]) -> bytes:
    """The sheets as a binary workbook: values, merged areas, formats, frames and sizes."""
    looks = sorted({look for sheet in sheets for look in sheet.looks})
    texts = list(
        dict.fromkeys(
            held.value
            for sheet in sheets
            for _, held in sorted(sheet.cells.items())
            if isinstance(held.value, str)
        )
    )
    parts = {f"xl/worksheets/sheet{number}.bin": _sheet(sheet, looks, texts)
             for number, sheet in enumerate(sheets, 1)}  # fmt: skip
    kinds = {"xl/workbook.bin": f"{_TYPES}sheet.binary.macroEnabled.main"}
    kinds |= dict.fromkeys(parts, f"{_TYPES}worksheet")
    kinds |= {"xl/styles.bin": f"{_TYPES}styles", "xl/sharedStrings.bin": f"{_TYPES}sharedStrings"}
    targets = [("worksheet", part.removeprefix("xl/")) for part in parts]
    targets += [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    return zipped(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": relationships(("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": _workbook(sheets),
            "xl/_rels/workbook.bin.rels": relationships(*targets),
            **parts,
            "xl/styles.bin": _styles(looks),
            "xl/sharedStrings.bin": _strings(texts, sheets),
        }
    )


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(content), b""
    while True:
        byte, size = size & 0x7F, size >> 7
        length += bytes([byte | (0x80 if size else 0)])
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _listed(begin: int, items: list[bytes]) -> bytes:
    """Records between a begin with their count and an end."""
    count = struct.pack("<I", len(items))
    return _record(begin, count) + b"".join(items) + _record(begin + 1)


def _workbook(sheets: list[Sheet]) -> bytes:
    book = _record(131) + _record(153, struct.pack("<II", 0, 0) + _wide(""))
    window = struct.pack("<iiiiIIIB", 0, 0, 28000, 15000, 600, 0, 0, 0x78)
    book += _record(135) + _record(158, window) + _record(136) + _record(143)
    for number, sheet in enumerate(sheets, 1):
        book += _record(
            156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(sheet.name)
        )
    return book + _record(144) + _record(132)


def _strings(texts: list[str], sheets: list[Sheet]) -> bytes:
    uses = sum(isinstance(held.value, str) for sheet in sheets for held in sheet.cells.values())
    items = b"".join(_record(19, b"\0" + _wide(text)) for text in texts)
    return _record(159, struct.pack("<II", uses, len(texts))) + items + _record(160)


def _styles(looks: list[Look]) -> bytes:
    own = sorted({look.number_format for look in looks} - set(_BUILT_IN))
    codes = _BUILT_IN | {code: _FIRST_CODE + number for number, code in enumerate(own)}
    formats = [_record(44, struct.pack("<H", codes[code]) + _wide(code)) for code in own]
    line = struct.pack("<BB", 1, 0) + _BLACK
    none = struct.pack("<BB", 0, 0) + _BLACK
    plain = struct.pack("<HHHHH", 0, 0, 0, 0, 0) + struct.pack("<BBHH", 0, 0, 0, 0)
    formatted = [
        struct.pack("<HHHHH", 0, codes[look.number_format], look.bold, 0, look.framed)
        + struct.pack("<BBHH", 0, 0, _ALIGN.get(look.align, 0) | _MIDDLE | _WRAP, 0x3F)
        for look in looks
    ]
    parent = struct.pack("<H", 0xFFFF) + plain[2:]
    return b"".join(
        [
            _record(278),
            _listed(615, formats) if formats else b"",
            _listed(611, [_font(400), _font(700)]),
            _listed(603, [_fill(0), _fill(17)]),
            _listed(613, [_record(46, b"\0" + none * 5), _record(46, b"\0" + line * 4 + none)]),
            _listed(626, [_record(47, parent)]),
            _listed(617, [_record(47, xf) for xf in (plain, *formatted)]),
            _listed(619, [_record(48, struct.pack("<IHBB", 0, 1, 0, 0) + _wide("常规"))]),
            _record(279),
        ]
    )


def _font(weight: int) -> bytes:
    looks = struct.pack("<HHHHBBBB", 210, 0, weight, 0, 0, 0, 134, 0)
    return _record(43, looks + _BLACK + b"\0" + _wide("宋体"))


def _fill(pattern: int) -> bytes:
    return _record(45, struct.pack("<I", pattern) + _BLACK * 2 + b"\0" * 48)


def _sheet(sheet: Sheet, looks: list[Look], texts: list[str]) -> bytes:
    last = max(row for row, _ in sheet.cells), max(col for _, col in sheet.cells)
    out = [_record(129), _record(148, struct.pack("<IIII", 0, last[0] - 1, 0, last[1] - 1))]
    out.append(_record(390))
    for col, width in sorted(sheet.widths.items()):
        extent = struct.pack("<III", col - 1, col - 1, round(width * 256))
        out.append(_record(60, extent + struct.pack("<IH", 0, _USER_SET)))
    out += [_record(391), _record(145)]
    for row in range(1, last[0] + 1):
        height = round(sheet.heights.get(row, 20) * 20)
        head = struct.pack("<IIH", row - 1, 0, height) + bytes([0, _OWN_HEIGHT, 0])
        out.append(_record(0, head + struct.pack("<III", 1, 0, last[1] - 1)))
        for col in range(1, last[1] + 1):
            held = sheet.cells.get((row, col))
            if held is None:
                continue
            place = struct.pack("<II", col - 1, looks.index(held.look) + 1)
            if held.value is None:
                out.append(_record(1, place))
            elif isinstance(held.value, str):
                out.append(_record(7, place + struct.pack("<I", texts.index(held.value))))
            else:
                out.append(_record(5, place + struct.pack("<d", held.value)))
    out.append(_record(146))
    edges = [
        struct.pack("<IIII", area.top - 1, area.bottom - 1, area.left - 1, area.right - 1)
        for area in sheet.merged
    ]
    out += [_listed(177, [_record(176, edge) for edge in edges]), _record(130)]
    return b"".join(out)
