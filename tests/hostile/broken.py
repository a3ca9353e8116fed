"""Files that are broken or made to mislead, each of a kind of its own, over all formats.

`heavy.py` has those that cost much, `traits.py` workbooks that are odd and good. Here every file is a sample
with one thing wrong in it: it is read as what it still is, or refused with a reason.
"""

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

from perfxl.grid.formats.ole import CompoundFile
from tests.conftest import ROOT
from tests.hostile.mutants import _all_records, _sectors
from tests.ooxml.builders import packed, parts

Change = Callable[[bytes], bytes]
KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {}
"""Name → the sample that it was made from, and what makes it."""
XLSX, XLSB, XLS = "03-列明分值.xlsx", "format-xlsb.xlsb", "format-xls.xls"
ODS, DOCX, HTML, XML = "format-ods.ods", "format-docx.docx", "format-html.xls", "format-xml2003.xls"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
CONTENT, DOCUMENT = "content.xml", "word/document.xml"


@cache
def sample(name: str) -> bytes:
    return (ROOT / "samples" / name).read_bytes()


def kind(name: str, of: str, change: Change) -> None:
    assert name not in KINDS, name
    KINDS[name] = of, lambda: change(sample(of))


def inside(part: str, change: Change | None) -> Change:
    """A member of a zip changed, or left out."""

    def of_zip(data: bytes) -> bytes:
        members = parts(data)
        if change is None:
            del members[part]
        else:
            members[part] = change(members[part])
        return packed(members)

    return of_zip


def swap(old: str, new: str, count: int = 1) -> Change:
    """The first of some text replaced by another; the text must be there."""

    def of_text(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), count)

    return of_text


def sub(pattern: str, new: str, count: int = 1) -> Change:
    def of_text(data: bytes) -> bytes:
        made, times = re.subn(pattern.encode(), new.encode(), data, count=count)
        assert times, pattern
        return made

    return of_text


# ---------------------------------------------------------------- XML, wherever it stands
_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]>'


def _before_root(text: str) -> Change:
    return lambda data: re.sub(rb"<(?![?!])", text.encode() + b"<", data, count=1)


def _in_text(text: bytes) -> Change:
    """Something put into the first text of more than two signs."""
    return lambda data: re.sub(rb">([^<>\s]{3,})<", rb">\1" + text + b"<", data, count=1)


def _deep(data: bytes) -> bytes:
    close = data.rfind(b"</")
    return data[:close] + b"<a>" * 5000 + b"</a>" * 5000 + data[close:]


XML_FAULTS: dict[str, Change] = {
    "laughs": lambda data: _before_root(_LAUGHS)(_in_text(b"&c;")(data)),
    "a file from outside": lambda data: _before_root(_OUTSIDE)(_in_text(b"&x;")(data)),
    "a parameter from outside": _before_root(_PARAMETER),
    "an unknown entity": _in_text(b"&nbsp;"),
    "a sign that XML has not": _in_text(b"&#0;"),
    "a control sign": _in_text(b"\x01"),
    "half of a pair of signs": _in_text(b"\xed\xa0\x80"),
    "bytes that are no text": _in_text(b"\xff\xfe"),
    "an element that does not close": _in_text(b"<b>"),
    "an open section of data": _in_text(b"<![CDATA["),
    "an open comment": _in_text(b"<!--"),
    "elements in elements": _deep,
    "an encoding that is not there": lambda data: re.sub(
        rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="x-klingon"?>', data
    ),
    "another encoding than it says": lambda data: re.sub(
        rb"<\?xml[^>]*\?>", b'<?xml version="1.0" encoding="UTF-16"?>', data
    ),
    "a second end": lambda data: data + data[data.rfind(b"</") :],
    "nothing": lambda _: b"",
    "zeros at its end": lambda data: data + b"\0" * 100,
}
for _fault, _change in XML_FAULTS.items():
    kind(f"xlsx sheet with {_fault}", XLSX, inside(SHEET, _change))
    kind(f"ods content with {_fault}", ODS, inside(CONTENT, _change))
    kind(f"docx document with {_fault}", DOCX, inside(DOCUMENT, _change))
    kind(f"xml2003 with {_fault}", XML, _change)
for _part in (STRINGS, STYLES, BOOK, RELS, TYPES):
    for _fault in ("laughs", "an element that does not close", "nothing", "a control sign"):
        if _part not in {RELS, TYPES} or _fault in {"nothing", "an element that does not close"}:
            _change = XML_FAULTS[_fault]
            if _fault == "an element that does not close":
                _change = lambda data: data[: data.rfind(b"</")]  # noqa: E731
            if _fault == "laughs":
                _change = _before_root(_LAUGHS)
            if _fault == "a control sign":
                _change = swap('="', '="\x01')
            kind(f"xlsx {_part} with {_fault}", XLSX, inside(_part, _change))


# ---------------------------------------------------------------- zip
def _member(name: str | bytes, content: bytes = b"x", **fields) -> Change:
    """One more member, whose entry has some fields otherwise."""

    def of_zip(data: bytes) -> bytes:
        out = io.BytesIO(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(out, "a") as archive:
                info = zipfile.ZipInfo(name if isinstance(name, str) else name.decode("cp437"))
                for key, value in fields.items():
                    setattr(info, key, value)
                archive.writestr(info, content)
        return out.getvalue()

    return of_zip


def _entry(offset: int, layout: str, value: int) -> Change:
    """A field of the last entry of the directory."""

    def of_zip(data: bytes) -> bytes:
        at = data.rfind(b"PK\1\2") + offset
        size = struct.calcsize(layout)
        return data[:at] + struct.pack(layout, value) + data[at + size :]

    return of_zip


def _end(offset: int, layout: str, value: int) -> Change:
    def of_zip(data: bytes) -> bytes:
        at = data.rfind(b"PK\5\6") + offset
        return data[:at] + struct.pack(layout, value) + data[at + struct.calcsize(layout) :]

    return of_zip


def _bomb(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (40 << 20))
    return out.getvalue()


ZIP_FAULTS: dict[str, Change] = {
    "cut in half": lambda data: data[: len(data) // 2],
    "without its last byte": lambda data: data[:-1],
    "without its directory": lambda data: data[: data.find(b"PK\1\2")],
    "with bytes before it": lambda data: b"#!/bin/sh\n" + data,
    "with bytes behind it": lambda data: data + b"\0" * 300,
    "with two ends": lambda data: data + data[data.rfind(b"PK\5\6") :],
    "with a name that climbs": _member("../../../etc/cron.d/x"),
    "with an absolute name": _member("/etc/passwd"),
    "with a name of a drive": _member("C:\\Windows\\x.dll"),
    "with a name of many signs": _member("a" * 60_000),
    "with a name of control signs": _member("a\x01\x1b[31m\u202e.xml"),
    "with an empty name": _member("x", filename=""),
    "with a member twice": lambda data: _member(zipfile.ZipFile(io.BytesIO(data)).namelist()[0])(data),
    "with a compression nobody knows": _entry(10, "<H", 99),
    "with an encrypted member": _entry(8, "<H", 1),
    "with a checksum that is wrong": _entry(16, "<I", 1),
    "with a size too small": _entry(24, "<I", 1),
    "with a size too large": _entry(24, "<I", 1 << 30),
    "with a start that is outside": _entry(42, "<I", 0x7FFFFFF0),
    "with a start inside of another": _entry(42, "<I", 0),
    "with more members than it has": _end(10, "<H", 60_000),
    "of two disks": _end(4, "<H", 1),
    "with a bomb beside the form": _bomb,
}  # fmt: skip
for _fault, _change in ZIP_FAULTS.items():
    kind(f"zip {_fault}", XLSX, _change)
    if "member" in _fault or "name" in _fault:
        kind(f"ods zip {_fault}", ODS, _change)


# ---------------------------------------------------------------- OOXML
def _cells(old: str, new: str) -> Change:
    return inside(SHEET, sub(old, new))


OOXML: dict[str, Change] = {
    "an index beyond the strings": _cells(r't="s"><v>\d+</v>', 't="s"><v>99999</v>'),
    "an index below the strings": _cells(r't="s"><v>\d+</v>', 't="s"><v>-1</v>'),
    "an index of 400 digits": _cells(r't="s"><v>\d+</v>', f't="s"><v>{"9" * 400}</v>'),
    "a number of 400 digits": _cells(r"(<c r=\"[A-Z]+\d+\" s=\"\d+\">)<v>[^<]*</v>", rf"\1<v>{'9' * 400}</v>"),
    "a number of no end": _cells(r"(<c r=\"[A-Z]+\d+\" s=\"\d+\">)<v>[^<]*</v>", r"\1<v>1E99999999</v>"),
    "a number that is none": _cells(r"(<c r=\"[A-Z]+\d+\" s=\"\d+\">)<v>[^<]*</v>", r"\1<v>NaN</v>"),
    "a type nobody knows": _cells(r't="s"', 't="zz"'),
    "an address off the sheet": _cells(r'<c r="A2"', '<c r="XFE2"'),
    "an address of no cell": _cells(r'<c r="A2"', '<c r="2A"'),
    "a row off the sheet": _cells(r'<row r="2"', '<row r="1048577"'),
    "a row of nothing": _cells(r'<row r="2"', '<row r="0"'),
    "a row in a row": _cells(r"(<row [^>]*>)", r"\1\1"),
    "a cell outside of rows": _cells("</sheetData>", '<c r="A99"><v>1</v></c></sheetData>'),
    "a table inside its table": _cells("<sheetData>", "<sheetData><sheetData>"),
    "no table": inside(SHEET, sub(r"(?s)<sheetData>.*</sheetData>", "")),
    "areas over each other": _cells("<mergeCells[^>]*>", '<mergeCells><mergeCell ref="A1:C9"/>'),
    "an area from right to left": _cells('<mergeCell ref="[^"]*"', '<mergeCell ref="C9:A1"'),
    "an area of no cells": _cells('<mergeCell ref="[^"]*"', '<mergeCell ref="#REF!"'),
    "an area over the whole sheet": _cells('<mergeCell ref="[^"]*"', '<mergeCell ref="A1:XFD1048576"'),
    "a style of four billion": _cells(r'(<c r="A2") s="\d+"', r'\1 s="4294967296"'),
    "a height that is no number": _cells(r"<row ", '<row ht="hoch" '),
    "a width of minus one": inside(SHEET, sub("<sheetData>", '<cols><col min="1" max="0" width="-1"/></cols><sheetData>')),
    "no sheets": inside(BOOK, sub("(?s)<sheets>.*</sheets>", "<sheets/>")),
    "a sheet without a part": inside(BOOK, sub(r'r:id="[^"]*"', 'r:id="rId999"')),
    "a sheet whose part is the workbook": inside(RELS, swap("worksheets/sheet1.xml", "workbook.xml")),
    "a sheet whose part is outside": inside(RELS, swap('Target="worksheets/sheet1.xml"', 'Target="file:///etc/passwd" TargetMode="External"')),
    "a sheet whose part climbs": inside(RELS, swap("worksheets/sheet1.xml", "../../../../etc/passwd")),
    "a sheet without a name": inside(BOOK, sub(r'<sheet name="[^"]*"', '<sheet name=""')),
    "a sheet of a long name": inside(BOOK, sub(r'<sheet name="[^"]*"', f'<sheet name="{"表" * 300}"')),
    "a sheet named as no sheet may be": inside(BOOK, sub(r'<sheet name="[^"]*"', '<sheet name="[a]:*?/&#10;\'=1+1"')),
    "no sheet but the workbook": inside(SHEET, None),
    "no strings": inside(STRINGS, None),
    "no listing": inside(RELS, None),
    "no types": inside(TYPES, None),
    "styles of the workbook": inside(RELS, swap("styles.xml", "workbook.xml")),
    "strings of the sheet": inside(RELS, swap("sharedStrings.xml", "worksheets/sheet1.xml")),
    "a format of 300 signs": inside(STYLES, sub(r'formatCode="[^"]*"', f'formatCode="{"0" * 300}"')),
    "a format of open quotes": inside(STYLES, sub(r'formatCode="[^"]*"', 'formatCode="&quot;0;[Red"')),
}  # fmt: skip
for _fault, _change in OOXML.items():
    kind(f"xlsx with {_fault}", XLSX, _change)


# ---------------------------------------------------------------- compound files and BIFF
def _at(offset: int, layout: str, value: int) -> Change:
    size = struct.calcsize(layout)
    return lambda data: data[:offset] + struct.pack(layout, value) + data[offset + size :]


def _in_sector(field: int, offset: int, layout: str, value: int) -> Change:
    """A number in the sector that a field of the header names."""

    def of_file(data: bytes) -> bytes:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        sector = struct.unpack_from("<I", data, field)[0]
        return _at((sector + 1) * size + offset, layout, value)(data)

    return of_file


def _record(number: int, change: Callable[[bytearray], None], which: int = 0) -> Change:
    """A record of the workbook's stream changed in its place; ``change`` gets it with its head."""

    def of_file(data: bytes) -> bytes:
        container = CompoundFile(data)
        stream = bytearray(container.read("Workbook"))
        spans = [
            (start, end)
            for start, end in _all_records(bytes(stream))
            if struct.unpack_from("<H", stream, start)[0] == number
        ]
        start, end = spans[which]
        record = stream[start:end]
        change(record)
        stream[start : start + len(record)] = record
        out = bytearray(data)
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        for order, sector in enumerate(_sectors(container, "Workbook")):
            piece = bytes(stream[order * size : (order + 1) * size])
            out[(sector + 1) * size : (sector + 1) * size + len(piece)] = piece
        return bytes(out)

    return of_file


def _set(offset: int, layout: str, value: int) -> Callable[[bytearray], None]:
    def change(record: bytearray) -> None:
        struct.pack_into(layout, record, offset, value)

    return change


# Numbers of [MS-XLS].
_BOF, _EOF, _SHEETS, _SST, _XF, _FORMAT, _TEXT, _RK, _NUMBER, _MERGES, _ROW = (
    0x809, 0x0A, 0x85, 0xFC, 0xE0, 0x41E, 0xFD, 0x27E, 0x203, 0xE5, 0x208,
)  # fmt: skip
BIFF: dict[str, Change] = {
    "sectors of one byte": _at(30, "<H", 0),
    "sectors of four gigabytes": _at(30, "<H", 32),
    "a directory outside": _at(48, "<I", 0x00FFFFFF),
    "tables without end": _at(44, "<I", 0xFFFFFFF0),
    "more tables in a circle": lambda data: _at(68, "<I", 0)(_at(72, "<I", 9)(data)),
    "a chain in a circle": _in_sector(76, 0, "<I", 0),
    "a chain that leads outside": _in_sector(76, 0, "<I", 0x00FFFFF0),
    "a directory without a root": _in_sector(48, 66, "<B", 1),
    "a directory that is its own child": _in_sector(48, 76, "<I", 0),
    "a name of 65535 bytes": _in_sector(48, 128 + 64, "<H", 0xFFFF),
    "a stream of four gigabytes": _in_sector(48, 128 + 120, "<I", 0xFFFFFFF0),
    "a stream that begins outside": _in_sector(48, 128 + 116, "<I", 0x00FFFFF0),
    "no stream of a workbook": lambda data: data.replace("Workbook".encode("utf-16-le"), "Wxrkbook".encode("utf-16-le")),
    "half of the file": lambda data: data[: len(data) // 2],
    "a header alone": lambda data: data[:512],
    "a version of its own": _record(_BOF, _set(4, "<H", 0x700)),
    "no end of the first part": _record(_EOF, _set(0, "<H", 0x99)),
    "a record that runs out": _record(_SHEETS, _set(2, "<H", 0xFFFF)),
    "a sheet that begins outside": _record(_SHEETS, _set(4, "<I", 0x7FFFFFFF)),
    "a sheet that begins anywhere": _record(_SHEETS, _set(4, "<I", 37)),
    "a sheet whose name is too long": _record(_SHEETS, _set(10, "<B", 255)),
    "a sheet that is a chart": _record(_SHEETS, _set(9, "<B", 2)),
    "more strings than there are": _record(_SST, _set(8, "<I", 900_000)),
    "strings of four billion": _record(_SST, _set(8, "<I", 0xFFFFFFFF)),
    "a string that does not end": _record(_SST, _set(12, "<H", 0xFFFF)),
    "a short style": _record(_XF, _set(2, "<H", 2)),
    "a format that does not end": _record(_FORMAT, _set(6, "<H", 0xFFFF)),
    "an index beyond the strings": _record(_TEXT, _set(10, "<I", 0xFFFFFFFF)),
    "a column of 60000": _record(_TEXT, _set(6, "<H", 60_000)),
    "a row of 65535": _record(_TEXT, _set(4, "<H", 65_535)),
    "a style that is not there": _record(_TEXT, _set(8, "<H", 65_535)),
    "areas that are not there": _record(_MERGES, _set(4, "<H", 0xFFFF)),
    "an area from right to left": _record(_MERGES, _set(6, "<HHHH"[:2], 65_535)),
    "a password": _record(0x22, _set(0, "<H", 0x2F)),
}  # fmt: skip
for _fault, _change in BIFF.items():
    kind(f"xls with {_fault}", XLS, _change)
kind("xls of Excel 2", XLS, lambda _: b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 64)


# ---------------------------------------------------------------- .xlsb
def _wide(part: str, number: int, change: Change, which: int = 0) -> Change:
    """The content of a record of a part changed; its length follows."""
    from tests.hostile.mutants import _wide_records

    def of_part(data: bytes) -> bytes:
        out = []
        seen = 0
        for start, end in _wide_records(data):
            head = 2 if data[start] & 0x80 else 1
            this = data[start] & 0x7F | ((data[start + 1] & 0x7F) << 7 if head == 2 else 0)
            after = start + head
            while data[after] & 0x80:
                after += 1
            content = data[after + 1 : end]
            if this == number:
                if seen == which:
                    content = change(content)
                seen += 1
            length = bytes([len(content) & 0x7F | 0x80, len(content) >> 7])
            out.append(data[start : start + head] + length + content)
        assert seen > which, number
        return b"".join(out)

    return inside(part, of_part)


_LIST, _PAGE, _TEXTS = "xl/workbook.bin", "xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"


def _fields(layout: str, *values: int, at: int = 0) -> Change:
    size = struct.calcsize(layout)
    return lambda content: content[:at] + struct.pack(layout, *values) + content[at + size :]


XLSB_FAULTS: dict[str, Change] = {
    "a short cell": _wide(_PAGE, 7, lambda content: content[:6]),
    "an empty cell record": _wide(_PAGE, 7, lambda _: b""),
    "a short row": _wide(_PAGE, 0, lambda content: content[:9]),
    "a row off the sheet": _wide(_PAGE, 0, _fields("<I", 0x7FFFFFFF), 1),
    "a column off the sheet": _wide(_PAGE, 7, _fields("<I", 0x7FFFFFFF)),
    "an index beyond the strings": _wide(_PAGE, 7, _fields("<I", 0xFFFFFFF, at=8)),
    "an area from right to left": _wide(_PAGE, 176, _fields("<IIII", 9, 1, 9, 1)),
    "a short area": _wide(_PAGE, 176, lambda content: content[:7]),
    "a string of four billion": _wide(_TEXTS, 19, _fields("<I", 0xFFFFFFFE, at=1)),
    "a string of no end": _wide(_TEXTS, 19, _fields("<I", 9999, at=1)),
    "a short string": _wide(_TEXTS, 19, lambda content: content[:3]),
    "a sheet of a cut name": _wide(_LIST, 156, lambda content: content[:-3]),
    "a short sheet": _wide(_LIST, 156, lambda content: content[:5]),
    "no strings": inside(_TEXTS, None),
    "no sheet": inside(_PAGE, None),
    "no styles": inside("xl/styles.bin", None),
    "a sheet of nothing": inside(_PAGE, lambda _: b""),
    "a sheet of one byte": inside(_PAGE, lambda _: b"\x80"),
    "a sheet cut in half": inside(_PAGE, lambda data: data[: len(data) // 2]),
    "a length of no end": inside(_PAGE, lambda data: data + b"\x07\xff\xff\xff\xff"),
    "text for a sheet": inside(_PAGE, lambda _: b"<worksheet/>" * 20),
    "a short style": _wide("xl/styles.bin", 47, lambda content: content[:2]),
}  # fmt: skip
for _fault, _change in XLSB_FAULTS.items():
    kind(f"xlsb with {_fault}", XLSB, _change)


# ---------------------------------------------------------------- OpenDocument
ODS_FAULTS: dict[str, Change] = {
    "no content": inside(CONTENT, None),
    "no table": inside(CONTENT, sub(r"(?s)<table:table .*</table:table>", "")),
    "a cell repeated without end": inside(CONTENT, sub("<table:table-cell ", '<table:table-cell table:number-columns-repeated="999999999" ')),
    "a row repeated minus once": inside(CONTENT, sub("<table:table-row ", '<table:table-row table:number-rows-repeated="-1" ')),
    "a count that is no number": inside(CONTENT, sub("<table:table-row ", '<table:table-row table:number-rows-repeated="viele" ')),
    "a number that is none": inside(CONTENT, sub(r'office:value="[^"]*"', 'office:value="zwei"')),
    "a number without end": inside(CONTENT, sub(r'office:value="[^"]*"', 'office:value="1E999999"')),
    "a date that is none": inside(CONTENT, sub(r'office:value-type="float"', 'office:value-type="date" office:date-value="2023-99-99"')),
    "a type nobody knows": inside(CONTENT, sub(r'office:value-type="float"', 'office:value-type="bild"')),
    "an area beyond the sheet": inside(CONTENT, sub(r'table:number-columns-spanned="\d+"', 'table:number-columns-spanned="99999"')),
    "an area of minus one": inside(CONTENT, sub(r'table:number-columns-spanned="\d+"', 'table:number-columns-spanned="-1"')),
    "a table in a cell": inside(CONTENT, sub("<text:p>", '<table:table table:name="x"><table:table-row><table:table-cell/></table:table-row></table:table><text:p>')),
    "a type that it is not": inside("mimetype", lambda _: b"application/vnd.oasis.opendocument.graphics"),
    "no type": inside("mimetype", None),
    "a password": inside("META-INF/manifest.xml", sub(r'(<manifest:file-entry manifest:full-path="content.xml"[^>]*)/>', r"\1><manifest:encryption-data/></manifest:file-entry>")),
    "the encrypted look of content": inside(CONTENT, lambda data: bytes(b ^ 0xA5 for b in data)),
}  # fmt: skip
for _fault, _change in ODS_FAULTS.items():
    kind(f"ods with {_fault}", ODS, _change)


# ---------------------------------------------------------------- Word
DOCX_FAULTS: dict[str, Change] = {
    "no document": inside(DOCUMENT, None),
    "no table": inside(DOCUMENT, sub(r"(?s)<w:tbl>.*</w:tbl>", "")),
    "a row of nothing": inside(DOCUMENT, sub("<w:tr>", "<w:tr/><w:tr>")),
    "a cell of minus one": inside(DOCUMENT, sub(r'<w:gridSpan w:val="\d+"', '<w:gridSpan w:val="-5"')),
    "a cell of four billion": inside(DOCUMENT, sub(r'<w:gridSpan w:val="\d+"', '<w:gridSpan w:val="4294967296"')),
    "a width that is no number": inside(DOCUMENT, sub(r'<w:gridCol w:w="\d+"', '<w:gridCol w:w="breit"')),
    "cells that continue nothing": inside(DOCUMENT, sub("<w:tcPr>", "<w:tcPr><w:vMerge/>")),
    "a table in every cell": inside(DOCUMENT, lambda data: data.replace(b"</w:p></w:tc>", b"</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc>")),
    "another part for a document": inside("_rels/.rels", swap("word/document.xml", "[Content_Types].xml")),
    "a document from outside": inside("_rels/.rels", swap('Target="word/document.xml"', 'Target="file:///etc/passwd" TargetMode="External"')),
    "a field that fetches": inside(DOCUMENT, sub("<w:r>", '<w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r><w:r>')),
    "a table that is deleted text": inside(DOCUMENT, sub("<w:t ", '<w:delText xml:space="preserve">旧</w:delText><w:t ')),
}  # fmt: skip
for _fault, _change in DOCX_FAULTS.items():
    kind(f"docx with {_fault}", DOCX, _change)


# ---------------------------------------------------------------- HTML and MHTML
_SPAN = sub(rb"<td".decode(), "<td colspan=-3 ")
HTML_FAULTS: dict[str, Change] = {
    "no end": lambda data: data[: len(data) // 2],
    "no rows": sub(r"(?s)<tr.*</tr>", ""),
    "cells without rows": lambda data: re.sub(rb"</?tr[^>]*>", b"", data),
    "a span of minus three": _SPAN,
    "a span that is no number": sub("<td", "<td colspan=alle rowspan=1e9 "),
    "a span of four billion": sub("<td", "<td colspan=4294967296 "),
    "tags inside of tags": sub("<td", "<td <td <td "),
    "an open comment": sub("<table", "<!-- <table"),
    "an open script": sub("<table", "<script>x<table"),
    "zeros between its letters": lambda data: data.replace(b"<td", b"<\0td", 3),
    "a charset that is not there": sub("charset=gb2312", "charset=klingon"),
    "another charset than it says": sub("charset=gb2312", "charset=utf-16"),
    "half a sign at its end": lambda data: data + b"\xb0",
    "entities without number": sub("</td>", "&#999999999999;&#x;&#xD800;&bogus;</td>"),
    "tables in tables": lambda data: data.replace(b"<td", b"<td><table><tr><td>x</td></tr></table></td><td", 2),
    "a frame of another file": sub("<body>|<table", '<iframe src="file:///etc/passwd"></iframe><table'),
    "attributes without end": sub("<table", '<table a="'),
}  # fmt: skip
for _fault, _change in HTML_FAULTS.items():
    kind(f"html with {_fault}", HTML, _change)


def _mail(head: str, body: bytes, encoding: str = "8bit", ending: str = "--B--") -> Change:
    return lambda _: (
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; {head}\r\n\r\n--B\r\n"
        f"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode() + body + f"\r\n{ending}\r\n".encode()  # fmt: skip


_PAGE_BYTES = (ROOT / "samples" / HTML).read_bytes()
MHTML: dict[str, Change] = {
    "no boundary": _mail("type=text/html", _PAGE_BYTES),
    "a boundary that does not come": _mail('boundary="other"', _PAGE_BYTES),
    "no last boundary": _mail('boundary="B"', _PAGE_BYTES, ending=""),
    "base64 that is none": _mail('boundary="B"', b"!!!!" * 50, "base64"),
    "quoted signs that are none": _mail('boundary="B"', b"=ZZ=\r\n=" + _PAGE_BYTES[:500], "quoted-printable"),
    "an encoding nobody knows": _mail('boundary="B"', _PAGE_BYTES, "x-uue"),
    "itself inside": _mail('boundary="B"', b'--B\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n' * 50 + _PAGE_BYTES),
    "a picture for a page": _mail('boundary="B"', b"\x89PNG" * 20, "8bit"),
    "a boundary of nothing": _mail('boundary=""', _PAGE_BYTES),
}  # fmt: skip
for _fault, _change in MHTML.items():
    kind(f"mhtml with {_fault}", HTML, _change)


# ---------------------------------------------------------------- XML Spreadsheet 2003
XML2003: dict[str, Change] = {
    "no sheet": sub(r"(?s)<Worksheet.*</Worksheet>", ""),
    "a row of nothing": sub("<Row[^>]*>", '<Row ss:Index="0">'),
    "a row that goes back": lambda data: re.sub(b"<Row[^>]*>", b'<Row ss:Index="2">', data, count=9),
    "a row off the sheet": sub("<Row[^>]*>", '<Row ss:Index="99999999">'),
    "a cell off the sheet": sub("<Cell [^>]*>", '<Cell ss:Index="99999999">'),
    "an area of minus one": sub("<Cell", '<Cell ss:MergeAcross="-1" ss:MergeDown="-1"'),
    "an area over the whole sheet": sub("<Cell", '<Cell ss:MergeAcross="16383" ss:MergeDown="1048575"'),
    "a number that is none": sub(r'(<Data ss:Type="Number">)[^<]*', r"\1zwei"),
    "a number without end": sub(r'(<Data ss:Type="Number">)[^<]*', r"\g<1>1E999999"),
    "a date that is none": sub(r'<Data ss:Type="Number">[^<]*', '<Data ss:Type="DateTime">2023-99-99T00:00:00.000'),
    "a type nobody knows": sub('ss:Type="Number"', 'ss:Type="Bild"'),
    "a style of itself": sub('<Style ss:ID="s0"', '<Style ss:ID="s0" ss:Parent="s0"'),
    "a style that is not there": sub(r'ss:StyleID="[^"]*"', 'ss:StyleID="s999"', 99),
    "a width that is no number": sub("<Row", '<Column ss:Width="breit" ss:Span="-4"/><Row'),
    "a sheet without a name": sub(r'<Worksheet ss:Name="[^"]*"', "<Worksheet"),
    "a style sheet of its own": sub(r"<\?mso-application[^>]*\?>", '<?xml-stylesheet type="text/xsl" href="file:///etc/passwd"?>'),
    "gb2312 said and UTF-8 written": lambda data: data.replace(b'encoding="UTF-8"', b'encoding="GB2312"'),
}  # fmt: skip
for _fault, _change in XML2003.items():
    kind(f"xml2003 with {_fault}", XML, _change)
