"""Any text that is written is read back, by others too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.ooxml.parts.names import quote_sheet_name, sheet_name
from perfxl.ooxml.parts.strings import MAX_TEXT, cell_text, cut, decode_text
from tests.ooxml import builders
from tests.ooxml.helpers import book_of, editor_of, opened, values

HARD = [
    "=1+1", "@cmd", "+1", "-1", "'quoted", " 空格 ", "\ttab\t", "a\nb", "a\r\nb", "a\rb",
    "_x000D_", "_x005F_x000D_", "_x_", "__x0041_", "_x0041_x0042_", "<&>\"'", "]]>", "\x00\x01",
    "\x0b\x0c\x1f", "\ud800", "😀", "\ufffe\uffff", "\x7f\x85\u2028", "≥95%", "①②", "",
]  # fmt: skip
BASE = builders.form(6)


def written(texts: list[str]) -> bytes:
    editor = editor_of(BASE)
    editor.add_sheet(NewSheet("文", [[NewCell(text)] for text in texts]))
    for row, text in enumerate(texts, 1):
        editor.sheet(0).write(row + 50, 1, text)
    return editor.save()


def texts_of(data: bytes, sheet: int) -> dict[int, str]:
    return {
        cell.row: cell.value for cell in book_of(data).scan(sheet).cells if cell.row > 50 or sheet
    }


@given(st.lists(st.text(st.characters(codec=None), max_size=40), max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(texts):
    data = written(texts)

    assert texts_of(data, 1) == dict(enumerate(texts, 1))
    assert texts_of(data, 0) == {row + 50: text for row, text in enumerate(texts, 1)}


@given(st.text(st.characters(codec=None)))
def test_escaping_is_undone_by_reading(text):
    assert decode_text(cell_text(text).encode()) == text


def test_hard_texts_come_back():
    assert texts_of(written(HARD), 1) == dict(enumerate(HARD, 1))


def test_other_readers_read_the_same():
    # Left out: what XML cannot hold, which each reader shows in its own way, and an escaped
    # escape, which openpyxl unescapes twice.
    texts = [text for text in HARD if text and text.isprintable() and "_x005F_" not in text]
    texts += ["a\nb", " 空格 "]
    data = written(texts)
    by_openpyxl = opened(data)["文"]
    by_calamine = values(data)["文"]

    for row, text in enumerate(texts, 1):
        assert by_openpyxl.cell(row, 1).value == text
        assert by_openpyxl.cell(row, 1).data_type == "s"
        assert by_calamine[row, 1] == text


@pytest.mark.parametrize("text", ["审" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_a_long_text_is_cut_and_no_pair_halved(text):
    kept = cut(text, MAX_TEXT)

    assert len(kept.encode("utf-16-le")) // 2 in {MAX_TEXT, MAX_TEXT - 1}
    assert text.startswith(kept)
    assert decode_text(cell_text(text).encode()) == kept


NAMES = {
    "审核结果": "审核结果",
    "a/b\\c?d*e[f]g:h": "abcdefgh",
    "'quoted'": "quoted",
    "": "Sheet",
    "字" * 40: "字" * 31,
    "😀" * 20: "😀" * 15,
    "History": "History (2)",
    "自评表": "自评表 (2)",
    "x\ny\x00": "xy",
}


@pytest.mark.parametrize(("wanted", "expected"), NAMES.items())
def test_names_of_sheets(wanted, expected):
    assert sheet_name(wanted, {"自评表"}) == expected


def test_names_are_unique_whatever_their_case():
    editor = editor_of(BASE)
    names = [
        editor.add_sheet(NewSheet(name, [])) for name in ("A", "a", "A (2)", "字" * 31, "字" * 32)
    ]

    assert names == ["A", "a (2)", "A (2) (2)", "字" * 31, "字" * 27 + " (2)"]
    assert opened(editor.save()).sheetnames == ["自评表", *names]


def test_names_are_quoted_for_formulas():
    assert quote_sheet_name("it's") == "'it''s'"
