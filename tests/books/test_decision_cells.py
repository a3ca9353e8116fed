"""Decisions are read from what people make of our sheets, and nothing is guessed."""

from datetime import date

import openpyxl
import pytest

from perfxl.books.decision_cells import key_text, read_decisions
from perfxl.grid import load

FORM = "0123456789abcdef"
ONE, TWO, THREE = (digit * 16 for digit in "abc")
HEADS = ("指标名称", "处理意见", "理由", "处理人", "日期", "")


@pytest.fixture
def sheet():
    book = openpyxl.Workbook()
    made = book.active
    made.title = "审核结果"
    made.append(("绩效自评审核结果",))
    made.append(HEADS)
    for key in (ONE, TWO, THREE):
        made.append(("培训期数", None, None, None, None, key_text(FORM, key)))
    return made


def read(sheet, tmp_path):
    path = tmp_path / "副本.xlsx"
    sheet.parent.save(path)
    rows, problems = read_decisions(load.load(path.read_bytes(), path.name).grids)
    return {row.finding: row[2:6] for row in rows}, [(one.code, one.place) for one in problems]


def test_what_is_typed_is_read_by_its_key_and_its_head(sheet, tmp_path):
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "采纳", "属实", "王某", date(2026, 12, 1)
    sheet["B4"], sheet["E4"] = " 不采纳 ", "2026年12月2日"

    rows, problems = read(sheet, tmp_path)

    assert rows == {
        ONE: ("accepted", "属实", "王某", "2026-12-01"),
        TWO: ("rejected", "", "", "2026-12-02"),
        THREE: ("", "", "", ""),
    }
    assert problems == []


def test_columns_may_stand_elsewhere_and_be_english(sheet, tmp_path):
    sheet.delete_cols(2, 4)
    sheet["C2"], sheet["D2"] = "Decision", "Grounds"
    sheet["C4"], sheet["D4"] = "To be explained", "asked by phone"

    rows, problems = read(sheet, tmp_path)

    assert rows[TWO] == ("queried", "asked by phone", "", "")
    assert problems == []


def test_rows_may_be_sorted_and_deleted(sheet, tmp_path):
    sheet["B5"] = "采纳"
    sheet.delete_rows(4)
    sheet.insert_rows(3, 2)

    rows, _ = read(sheet, tmp_path)

    assert rows == {ONE: ("", "", "", ""), THREE: ("accepted", "", "", "")}


def test_another_word_is_told_with_its_cell_and_not_taken(sheet, tmp_path):
    sheet["B3"], sheet["B4"] = "同意一半", "采纳"

    rows, problems = read(sheet, tmp_path)

    assert set(rows) == {TWO, THREE}
    assert problems == [("other_word", "审核结果!B3")]


def test_merged_cells_belong_to_no_finding(sheet, tmp_path):
    sheet["B3"] = "采纳"
    sheet.merge_cells("B3:B4")

    rows, problems = read(sheet, tmp_path)

    assert set(rows) == {THREE}
    assert problems == [("merged", "审核结果!B3"), ("merged", "审核结果!B4")]


def test_a_row_without_a_key_is_told(sheet, tmp_path):
    sheet["B4"], sheet["F4"] = "采纳", None

    rows, problems = read(sheet, tmp_path)

    assert set(rows) == {ONE, THREE}
    assert problems == [("no_finding", "审核结果!B4")]


def test_a_row_pasted_twice_counts_once_unless_it_says_two_things(sheet, tmp_path):
    sheet["B3"] = "采纳"
    sheet.append(("培训期数", "采纳", None, None, None, key_text(FORM, ONE)))
    sheet.append(("培训期数", None, None, None, None, key_text(FORM, ONE)))
    rows, problems = read(sheet, tmp_path)
    assert rows[ONE][0] == "accepted"
    assert problems == []

    sheet["B6"] = "不采纳"
    rows, problems = read(sheet, tmp_path)
    assert ONE not in rows
    assert problems == [("twice", "审核结果!B6")]


def test_a_sheet_without_the_column_is_told(sheet, tmp_path):
    sheet["B2"] = "意见"

    rows, problems = read(sheet, tmp_path)

    assert rows == {}
    assert problems == [("no_column", "审核结果")]


def test_a_sheet_of_somebody_else_says_nothing(tmp_path):
    sheet = openpyxl.Workbook().active
    sheet.append(HEADS)
    sheet.append(("培训期数", "采纳"))

    assert read(sheet, tmp_path) == ({}, [])
