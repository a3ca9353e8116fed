"""Sheets of our own: heights that show every line, and looks."""

from decimal import Decimal

import pytest

from perfxl.errors import FileError
from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import LOOKS, NewCell, NewSheet
from perfxl.ooxml.parts import styles
from tests.ooxml import builders
from tests.ooxml.helpers import book_of, editor_of, opened
from tests.programs import validator_errors


def made(sheet: NewSheet) -> bytes:
    editor = editor_of(builders.form())
    editor.add_sheet(sheet)
    return editor.save()


def test_rows_are_as_tall_as_their_text():
    text = "说明文字" * 12
    rows = [
        [NewCell("短")],
        [NewCell(text)],
        [NewCell("一\n二\n三")],
        [NewCell(text), NewCell(None)],
        [NewCell(text, "title")],
        [NewCell(text * 60)],
    ]
    sheet = NewSheet("文", rows, widths=[40, 70], heights={3: 99}, merges=[Span(4, 1, 4, 2)])
    heights = book_of(made(sheet)).scan(1).heights

    # 48 characters are 96 half widths: three lines of 38.5, one line of 108.5.
    assert heights[2] == pytest.approx(3 * 14.5 + 3)
    assert heights[3] == 99
    assert heights[5] == 21
    assert heights[6] == 409.5
    assert {1, 4}.isdisjoint(heights)


def test_every_named_look(tmp_path):
    rows = [[NewCell(name, name), NewCell(Decimal("1.5"), name)] for name in LOOKS]
    data = made(NewSheet("样", rows, widths=[20, 20]))
    sheet = opened(data).worksheets[1]
    by_name = {sheet.cell(row, 1).value: sheet.cell(row, 1) for row in range(1, len(rows) + 1)}

    assert by_name["title"].font.sz == 14
    assert by_name["header"].font.b
    assert by_name["link"].font.u == "single"
    assert by_name["error"].fill.fgColor.rgb == "FFFFC7CE"
    assert by_name["text"].alignment.wrap_text
    assert by_name["number"].number_format == "0.00"
    path = tmp_path / "looks.xlsx"
    path.write_bytes(data)
    assert validator_errors(path) == set()


def test_a_format_or_a_fill_instead_of_the_own_one():
    cell = NewCell(Decimal("0.95"), "number", number_format='0.0"项"', fill="DDEBF7")
    sheet = opened(made(NewSheet("样", [[cell, cell]]))).worksheets[1]

    assert sheet["A1"].number_format == '0.0"项"'
    assert sheet["B1"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["A1"].value == 0.95


def test_a_workbook_has_room_for_so_many_styles(monkeypatch):
    monkeypatch.setattr(styles, "MAX_STYLES", 5)
    editor = editor_of(builders.form())
    for number, colour in enumerate(("FFC7CE", "FFEB9C", "DDEBF7")):
        editor.sheet(0).fill(6, 2 + number, colour)

    with pytest.raises(FileError, match="too-many-styles"):
        editor.save()


def test_an_empty_sheet():
    assert opened(made(NewSheet("空", []))).sheetnames == ["自评表", "空"]


def test_without_a_window_there_is_no_view():
    data = builders.patched(
        builders.form(),
        {
            "xl/workbook.xml": lambda old: (
                old[: old.index(b"<bookViews>")] + old[old.index(b"</bookViews>") + 12 :]
            )
        },
    )
    editor = editor_of(data)
    editor.add_sheet(NewSheet("文", [[NewCell("a")]], freeze=(1, 0)))

    assert b"<sheetViews" not in builders.parts(editor.save())["xl/worksheets/sheet2.xml"]
