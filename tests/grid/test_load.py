"""What a file is follows from its bytes; what cannot be read says why."""

import io
import os
import struct
import time
import tomllib
import zipfile
from pathlib import Path

import jinja2
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfxl.bounds import LARGEST
from perfxl.errors import FileError, Locked, NotAWorkbook, PerfxlError, TooLarge, UsageError
from perfxl.grid import convert
from perfxl.grid.load import load, load_file
from tests.grid import builders
from tests.grid.builders import DATA, SHOWN, SPANS
from tests.grid.compound import BOF8, EOF, compound

TEXTS = Path(__file__).parents[2] / "templates" / "texts"
XLSX = builders.xlsx()


def _renamed(kind: str) -> bytes:
    """The workbook with the content type of another kind of workbook."""
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(old, kind.encode())
    return builders.zipped(parts)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("xlsm", "ms-excel.sheet.macroEnabled.main+xml"),
        ("xltm", "ms-excel.template.macroEnabled.main+xml"),
        ("xltx", "openxmlformats-officedocument.spreadsheetml.template.main+xml"),
    ],
)
def test_workbooks_of_every_kind_are_editable(kind, type_):
    document = load(_renamed(type_), "x.xls")

    assert document.format == kind
    assert document.book is not None
    assert {p: cell.text for p, cell in document.grids[0].cells.items()} == SHOWN


BAD = {
    "empty": (b"", "empty-file"),
    "only-zeros": (b"\0" * 4096, "empty-file"),
    "text": ("请见附件。".encode(), "not-a-workbook"),
    "csv": ("指标,得分\n数量,5\n".encode("gbk"), "not-a-workbook"),
    "pdf": (b"%PDF-1.7\n...", "not-a-workbook"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "not-a-workbook"),
    "rar": (b"Rar!\x1a\x07\0", "not-a-workbook"),
    "xml": (b'<?xml version="1.0"?><rss><a/></rss>', "not-a-workbook"),
    "random": (bytes(range(1, 200)) * 9, "not-a-workbook"),
    "ofd": (builders.zipped({"OFD.xml": "<OFD/>"}), "not-a-workbook"),
    "slides": (
        builders.zipped({"[Content_Types].xml": "application/vnd.openxmlformats-officedocument."
                         "presentationml.presentation.main+xml"}),
        "not-a-workbook",
    ),
    "archive": (builders.zipped({"表/甲.xlsx": XLSX, "乙.xls": b"x"}), "zip-archive"),
    "cut": (XLSX[:-10], "damaged-zip"),
    "half": (XLSX[: len(XLSX) // 2], "damaged-zip"),
    "no-types": (builders.zipped({"xl/workbook.xml": "<x/>"}), "damaged-zip"),
    "ole": (compound({"Contents2": b"x"}), "not-a-workbook"),
    "ole-cut": (compound({"Workbook": BOF8 + EOF})[:700], "damaged"),
    "ole-circle": (
        compound({"Workbook": BOF8 + EOF}).replace(struct.pack("<I", 8 - 1), b"\0\0\0\0"),
        "",
    ),
    "html": (b"<html><p>x</p></html>", "no-table"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_workbook_says_why(name):
    data, code = BAD[name]
    started = time.perf_counter()

    with pytest.raises(FileError) as caught:
        load(data, f"{name}.xlsx")

    assert code in caught.value.code
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("name", "looks_like"),
    [("csv", "csv"), ("text", "text"), ("pdf", "pdf"), ("ofd", "ofd"), ("rar", "archive")],
)
def test_a_refusal_hints_at_what_the_file_seems_to_be(name, looks_like):
    with pytest.raises(NotAWorkbook) as caught:
        load(BAD[name][0], "x.xlsx")

    assert caught.value.arguments["looks_like"] == looks_like


def test_an_encrypted_workbook():
    with pytest.raises(Locked, match="encrypted"):
        load(compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "x.xlsx")


def test_size_is_judged_before_reading(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(TooLarge, match="file-over-limit"):
        load_file(path)
    with pytest.raises(UsageError, match="file-unreadable"):
        load_file(tmp_path / "无.xlsx")
    with pytest.raises(UsageError, match="file-unreadable"):
        load_file(tmp_path)


def test_a_file_of_the_disk(tmp_path):
    path = tmp_path / "表.doc"
    path.write_bytes(XLSX)

    document = load_file(path)
    assert (document.name, document.format) == ("表.doc", "xlsx")


def _sheet(*cells: tuple[int, int], merge: str | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, col in cells:
        sheet.write(row - 1, col - 1, "x")
    if merge:
        sheet.merge_range(merge, "y")
    book.close()
    return out.getvalue()


def test_far_cells_and_long_spans_cost_nothing():
    started = time.perf_counter()

    (grid,) = load(_sheet((1, 1), (1_048_576, 16_384)), "x").grids
    assert len(grid.cells) == 2
    (grid,) = load(_sheet((1, 9), merge="A1:G200000"), "x").grids
    assert len(grid.covers) == 7
    assert time.perf_counter() - started < 20  # most of it is the writer's


DAMAGED = {
    "xlsx": XLSX,
    "xlsb": builders.xlsb(),
    "xls": (DATA / "form.xls").read_bytes(),
    "ods": (DATA / "form.ods").read_bytes(),
    "docx": builders.word_form(),
    "html": builders.html().encode(),
    "xml2003": builders.xml2003().encode(),
}


@pytest.mark.parametrize("kind", DAMAGED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_bytes_never_raise_anything_else(kind, data):
    whole = bytearray(DAMAGED[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            whole[at] = data.draw(st.integers(0, 255))
        else:
            del whole[at : at + data.draw(st.integers(1, 300))]
        if not whole:
            break

    try:
        with pytest.MonkeyPatch.context() as patch:
            # A damaged file that looks old is not worth starting another program.
            patch.setattr(convert, "program", lambda: None)
            document = load(bytes(whole), "x")
    except PerfxlError as error:
        assert error.code  # noqa: PT017  # any of our own errors will do
    else:
        assert all(cell.text for grid in document.grids for cell in grid.cells.values())


def test_damage_inside_a_reader_is_one_of_our_errors(monkeypatch):
    from perfxl.grid.formats import html

    def broken(_: bytes) -> None:
        raise KeyError("x")

    monkeypatch.setattr(html, "grids", broken)
    with pytest.raises(NotAWorkbook, match="damaged-file"):
        load(b"<table></table>", "x")


# Old formats.


def test_old_formats_through_libreoffice():
    if convert.program() is None:
        if os.environ.get("PERFXL_REQUIRE_ALL") == "1":
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    document = load((DATA / "form.doc").read_bytes(), "表.wps")

    assert (document.format, document.book) == ("doc", None)
    (grid,) = document.grids
    assert {place: cell.text for place, cell in grid.cells.items()} == SHOWN
    assert sorted(grid.spans) == sorted(SPANS)


def test_old_formats_without_libreoffice(monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: None)

    with pytest.raises(NotAWorkbook, match="needs-libreoffice") as caught:
        load((DATA / "form.doc").read_bytes(), "x")
    assert caught.value.arguments == {"kind": "doc"}


def _fake(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def _runs(child: int) -> bool:
    try:
        os.kill(child, 0)
        return ") Z" not in Path(f"/proc/{child}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(tmp_path, monkeypatch):
    mark = tmp_path / "child"
    script = f"sh -c 'echo $$ > {mark}; exec sleep 60' &\nwait"
    monkeypatch.setattr(convert, "program", lambda: _fake(tmp_path, script))

    with pytest.raises(NotAWorkbook, match="conversion-timeout"):
        convert.to_modern(b"x", "doc", seconds=1)

    child = int(mark.read_text())
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.02)
    pytest.fail("the child still runs")


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_a_conversion_without_a_result(tmp_path, monkeypatch):
    monkeypatch.setattr(convert, "program", lambda: _fake(tmp_path, "exit 1"))

    with pytest.raises(NotAWorkbook, match="conversion-failed"):
        convert.to_modern(b"x", "doc")


# Texts.


def _catalogue(language: str) -> dict[str, str]:
    return tomllib.loads((TEXTS / f"files.{language}.toml").read_text("utf-8"))["errors"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", BAD)
def test_every_refusal_has_its_text(name, language):
    with pytest.raises(FileError) as caught:
        load(BAD[name][0], "x")

    template = _catalogue(language)[caught.value.code]
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701
    text = environment.from_string(template).render(caught.value.arguments)
    assert len(text) > 15
    assert "{" not in text


def test_both_languages_have_the_same_codes():
    assert _catalogue("zh").keys() == _catalogue("en").keys()
