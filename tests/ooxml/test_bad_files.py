"""Files that are none, damaged, or meant to do harm: a typed error at once, or what is certain."""

import io
import struct
import time
import warnings
import zipfile
import zlib

import pytest

from perfxl.errors import Locked, NotAWorkbook, PerfxlError, TooLarge
from perfxl.ooxml.edit import WorkbookEditor
from perfxl.ooxml.parts import archive
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook
from tests.ooxml import builders
from tests.ooxml.builders import MAIN, SHEET

LIMIT = 2.0


def read_all(data: bytes) -> Workbook:
    book = Workbook(Package.open(data))
    assert book.formats
    for index in range(len(book.sheets)):
        book.scan(index)
    return book


def flagged(data: bytes, bit: int) -> bytes:
    """The file with a general purpose bit set for its first member, in both places."""
    out = bytearray(data)
    out[6] |= bit
    out[data.index(b"PK\1\2") + 8] |= bit
    return bytes(out)


def flipped(data: bytes) -> bytes:
    members = Package.open(data).archive
    at = members.find("xl/workbook.xml").start + 40
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


def bomb(size: int) -> bytes:
    """A file with a sheet of so many bytes of nothing, built without making them."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * (1 << 20)
    crc = 0
    raw = []
    for _ in range(size >> 20):
        raw.append(deflater.compress(block))
        crc = zlib.crc32(block, crc)
    raw.append(deflater.flush())
    content = b"".join(raw)
    members = Package.open(builders.form(6)).archive
    packed = [
        archive.Packed(member, members.raw(member))
        if member.name != SHEET
        else archive.Packed(member._replace(crc=crc, packed=len(content), size=size), content)
        for member in members.members
    ]
    return archive.write(packed)


def lying(data: bytes, size: int) -> bytes:
    """The file with a declared inflated size that is not true."""
    source = Package.open(data).archive
    packed = [
        archive.Packed(
            member._replace(size=size) if member.name == SHEET else member, source.raw(member)
        )
        for member in source.members
    ]
    return archive.write(packed)


def named(*names: str) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as target:
        warnings.simplefilter("ignore", UserWarning)  # of the second of one name
        for name in names:
            target.writestr(name, b"<a/>")
    return out.getvalue()


def entity(data: bytes, declaration: str, part: str) -> bytes:
    doctype = f"<!DOCTYPE r [{declaration}]>".encode()
    return builders.patched(
        data,
        {part: lambda old: old.replace(b"?>", b"?>" + doctype, 1).replace(b"<v>2<", b"<v>&b;<")},
    )


def laughs() -> str:
    text = '<!ENTITY a "ha">'
    for number in range(1, 12):
        text += f'<!ENTITY a{number} "{f"&a{number - 1 or chr(0)};".replace(chr(0), "") * 10}">'
    return text + '<!ENTITY b "&a11;">'


OUTSIDE = '<!ENTITY b SYSTEM "file:///etc/passwd">'
FORM = builders.form(12)
BAD = {
    "empty": (b"", NotAWorkbook, "not-a-zip"),
    "text": ("单位,得分\n".encode("gb18030"), NotAWorkbook, "not-a-zip"),
    "html": (b"<html><table></table></html>", NotAWorkbook, "not-a-zip"),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotAWorkbook, "not-a-zip"),
    "cut by ten bytes": (FORM[:-10], NotAWorkbook, "damaged-zip"),
    "cut in the middle": (FORM[: len(FORM) // 2], NotAWorkbook, "damaged-zip"),
    "only the mark": (b"PK\3\4", NotAWorkbook, "damaged-zip"),
    "an empty zip": (b"PK\5\6" + bytes(18), NotAWorkbook, "not-a-zip"),
    "bytes before it": (b"PK\3\4junk" + FORM, NotAWorkbook, "damaged-zip"),
    "one flipped byte": (flipped(FORM), NotAWorkbook, "damaged-member"),
    "encrypted members": (flagged(FORM, 1), Locked, "encrypted"),
    "another zip": (named("a.txt"), NotAWorkbook, "not-an-office-file"),
    "two of one name": (named("a.xml", "a.xml"), NotAWorkbook, "duplicate-part"),
    "names but for case": (named("a.xml", "A.XML"), NotAWorkbook, "duplicate-part"),
    "many members": (named(*map(str, range(2001))), TooLarge, "too-many-members"),
    "bomb of 10 MB": (bomb(10 << 20), TooLarge, "part-too-large"),
    "bomb of 1 GB": (bomb(1 << 30), TooLarge, "part-too-large"),
    "size too small": (lying(FORM, 100), NotAWorkbook, "damaged-member"),
    "size too large": (lying(FORM, 900_000), NotAWorkbook, "damaged-member"),
    "laughs in the sheet": (entity(FORM, laughs(), SHEET), NotAWorkbook, None),
    "laughs in the strings": (entity(FORM, laughs(), "xl/sharedStrings.xml"), NotAWorkbook, None),
    "entity from outside": (entity(FORM, OUTSIDE, SHEET), NotAWorkbook, "doctype"),
    "a document type": (entity(FORM, "", "xl/workbook.xml"), NotAWorkbook, "doctype"),
    "no sheet": (builders.patched(FORM, {SHEET: None}), NotAWorkbook, "missing-part"),
    "no workbook": (
        builders.patched(FORM, {"xl/workbook.xml": None}), NotAWorkbook, "missing-part",
    ),
    "no relationships": (
        builders.patched(FORM, {"_rels/.rels": None}), NotAWorkbook, "not-an-office-file",
    ),
    "another document": (
        builders.patched(FORM, {"xl/workbook.xml": f'<document xmlns="{MAIN}"/>'.encode()}),
        NotAWorkbook,
        "not-a-spreadsheet",
    ),
    "binary workbook": (
        builders.patched(
            FORM,
            {
                "[Content_Types].xml": lambda old: old.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
                )
            },
        ),
        NotAWorkbook,
        "binary-workbook",
    ),
    "cut sheet": (
        builders.patched(FORM, {SHEET: lambda old: old[:-300]}), NotAWorkbook, "damaged-part",
    ),
    "cut strings": (
        builders.patched(FORM, {"xl/sharedStrings.xml": lambda old: old[:-30]}),
        NotAWorkbook,
        "damaged-part",
    ),
    "cut styles": (
        builders.patched(FORM, {"xl/styles.xml": lambda old: old[:-30]}),
        NotAWorkbook,
        "damaged-part",
    ),
    "bytes that are no text": (
        builders.patched(
            FORM,
            {"xl/sharedStrings.xml": lambda old: old.replace("目标".encode(), b"\xff\xfe\xfd")},
        ),
        NotAWorkbook,
        "damaged-part",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "code"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_its_reason_at_once(data, kind, code):
    started = time.perf_counter()
    with pytest.raises(kind) as caught:
        read_all(data)

    assert time.perf_counter() - started < LIMIT
    assert code in {None, caught.value.code}


GOOD = {
    "dimension of the whole sheet": (
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>', "",
    ),
    "cells at both ends": (
        (
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ), "", "",
    ),
    "a merge over seven columns": (
        '<row r="1"><c r="A1"><v>1</v></c></row>', "",
        '<mergeCells><mergeCell ref="A1:G1048576"/></mergeCells>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "head", "tail"), GOOD.values(), ids=GOOD)
def test_a_strange_file_reads_at_once(content, head, tail):
    data = builders.sheet_with(content, head=head, tail=tail)
    started = time.perf_counter()
    cells = read_all(data).scan(0).cells

    assert time.perf_counter() - started < LIMIT
    assert cells[0].value == "1"


def test_a_long_sheet_reads_in_about_a_second():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c></row>' for n in range(1, 100_001)
    )
    data = builders.sheet_with(rows)
    # Of this process: others may be at work beside it.
    started = time.process_time()
    book = read_all(data)

    assert len(book.scan(0).cells) == 100_000
    assert time.process_time() - started < 2 * LIMIT


def test_members_that_share_bytes_are_refused():
    source = Package.open(FORM).archive
    whole = archive.write([archive.Packed(member, source.raw(member)) for member in source.members])
    at = whole.index(b"PK\1\2")
    first = whole[at : at + 46 + 19]
    count, size = len(source.members), len(whole) - 22 - at
    name = first[46:65]
    twin = first[:46] + b"[content_typez].xml"
    assert len(name) == len(twin[46:])
    directory = whole[at : at + size] + twin
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), at, 0)

    with pytest.raises(NotAWorkbook, match="damaged-zip"):
        Package.open(whole[:at] + directory + end)


def test_sizes_of_64_bits_are_understood():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in builders.parts(FORM).items():
            with target.open(name, "w", force_zip64=True) as member:
                member.write(content)

    assert read_all(out.getvalue()).scan(0).cells == read_all(FORM).scan(0).cells


@pytest.mark.parametrize("seed", range(300))
def test_no_damage_raises_anything_but_our_errors(seed):
    """Flipped, missing and doubled bytes, in the zip file and inside its parts."""
    import random

    chance = random.Random(seed)  # noqa: S311 - not for secrets

    def damaged(data: bytes) -> bytes:
        at = chance.randrange(len(data))
        length = chance.choice([1, 1, 1, 5, 40])
        kind = chance.randrange(3)
        if kind == 0:
            return data[:at] + chance.randbytes(length) + data[at + length :]
        if kind == 1:
            return data[:at] + data[at + length :]
        return data[:at] + data[at : at + length] * 2 + data[at + length :]

    if seed % 3:
        names = [name for name in builders.parts(FORM) if name.startswith("xl/") or "rels" in name]
        data = builders.patched(FORM, {chance.choice(names): damaged})
    else:
        data = damaged(FORM)
    try:
        book = read_all(data)
        editor = WorkbookEditor(book)
        editor.sheet(0).fill(6, 1, "FFC7CE")
        editor.sheet(0).note(6, 1, "x")
        editor.save()
    except PerfxlError:
        pass
