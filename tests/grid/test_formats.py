"""The same form in every kind of file gives the same Grid."""

# ruff: noqa: DTZ001  # spreadsheets know no time zones
import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from perfxl.grid.load import load
from perfxl.ooxml.address import Span
from tests.grid import builders
from tests.grid.builders import DATA, NAME, NUMBERS, SHOWN, SPANS

TYPED = {
    "xlsx": builders.xlsx,
    "xlsb": builders.xlsb,
    "xls": (DATA / "form.xls").read_bytes,
    "ods": (DATA / "form.ods").read_bytes,
    "xml2003": lambda: builders.xml2003().encode(),
}
TEXTUAL = {"html": lambda: builders.html().encode(), "docx": builders.word_form}


@pytest.mark.parametrize("kind", [*TYPED, *TEXTUAL])
def test_texts_and_spans_are_the_same_in_every_format(kind):
    document = load((TYPED | TEXTUAL)[kind](), "没有后缀")

    assert document.format == kind
    (grid,) = document.grids
    assert {place: cell.text for place, cell in grid.cells.items()} == SHOWN
    assert sorted(grid.spans) == sorted(SPANS)
    assert all(cell.address == grid.cells[place].address for place, cell in grid.cells.items())


@pytest.mark.parametrize("kind", TYPED)
def test_numbers_and_formats_are_the_same_where_a_format_has_them(kind):
    (grid,) = load(TYPED[kind](), "x").grids

    assert grid.name == NAME
    for place, (value, code, _) in NUMBERS.items():
        assert grid.cells[place].value == Decimal(value)
        assert grid.cells[place].number_format.replace("\\次", '"次"') == code
    assert grid.cells[5, 4].value == "12", "a number typed as a text stays one"


@pytest.mark.parametrize("kind", TEXTUAL)
def test_numbers_of_documents_stay_texts(kind):
    (grid,) = load(TEXTUAL[kind](), "x").grids

    assert {cell.value for cell in grid.cells.values()} == set(SHOWN.values())


def test_only_xlsx_can_be_edited_in_place():
    assert load(builders.xlsx(), "x").book is not None
    assert all(load(make(), "x").book is None for kind, make in TYPED.items() if kind != "xlsx")


SAMPLES = sorted((DATA.parents[2] / "samples").glob("*.xlsx"))
READ = {path.stem: path.read_bytes for path in SAMPLES} | TYPED
del READ["xml2003"]


@pytest.mark.parametrize("name", READ)
def test_an_independent_reader_finds_the_same_values(name):
    data = READ[name]()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    found = {
        (row, col): value
        for row, line in enumerate(sheet.to_python(skip_empty_area=False), 1)
        for col, value in enumerate(line, 1)
        if str(value).strip()
    }

    grid = load(data, "x").grids[0]
    ours = {
        place: float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        for place, cell in grid.cells.items()
    }
    assert ours == found
    if sheet.merged_cell_ranges is not None:
        merged = [Span(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges]
        assert sorted(grid.spans) == sorted(merged)


def _rich(options: dict[str, object] | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **(options or {})})
    sheet = book.add_worksheet("一")
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    sheet.write_datetime(0, 0, datetime(2021, 12, 31), day)
    sheet.write_datetime(0, 1, datetime(2021, 12, 31, 8, 30), book.add_format({"num_format": 22}))
    sheet.write_number(0, 2, 0.75, book.add_format({"num_format": "h:mm"}))
    sheet.write_number(0, 3, 1.5, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_number(0, 4, 60, day)
    sheet.write_boolean(1, 0, True)
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 2, '="结"&"果"', None, "结果")
    sheet.write_formula(1, 3, "=2*3", None, 6)
    sheet.write_string(2, 0, " \n ")
    sheet.write_string(2, 1, " 留 空 ")
    sheet.write_string(3, 0, "行")
    sheet.write_string(4, 6, "列")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(6, 6, 10, None, {"hidden": True})
    sheet.set_column(0, 0, 20)
    book.add_worksheet("藏").hide()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=一!$A$1:$B$1"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()
    return out.getvalue()


def test_dates_truth_values_errors_and_formulas():
    cells = load(_rich(), "x").grids[0].cells

    assert [cells[1, col].value for col in range(1, 6)] == [
        date(2021, 12, 31),
        datetime(2021, 12, 31, 8, 30),
        time(18),
        Decimal("1.5"),
        Decimal(60),
    ]
    assert [cells[1, col].text for col in range(1, 6)] == [
        "2021年12月31日",
        "2021/12/31 8:30",
        "18:00",
        "36:00",
        "1900年2月29日",
    ]
    assert cells[2, 1].value is True
    assert [(cells[2, col].value, cells[2, col].formula) for col in (2, 3, 4)] == [
        ("#DIV/0!", True),
        ("结果", True),
        (Decimal(6), True),
    ]


def test_white_space_is_no_cell_but_is_kept_around_text():
    cells = load(_rich(), "x").grids[0].cells

    assert (3, 1) not in cells
    assert cells[3, 2].value == " 留 空 "


def test_hidden_rows_columns_and_sheets():
    grids = load(_rich(), "x").grids

    assert [place for place, cell in grids[0].cells.items() if cell.hidden] == [(4, 1), (5, 7)]
    assert [(grid.name, grid.hidden) for grid in grids] == [
        ("一", False), ("藏", True), ("图", False),
    ]  # fmt: skip
    assert grids[0].widths[1] == pytest.approx(20, abs=1)


def test_the_1904_system():
    cells = load(_rich({"date_1904": True}), "x").grids[0].cells

    assert cells[1, 1].value == date(2021, 12, 31)
    assert cells[1, 1].text == "2021年12月31日"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_libreoffice_made_of_the_rich_sheet(kind):
    expected = load(_rich(), "x").grids[:2]
    grids = load((DATA / f"rich.{kind}").read_bytes(), "x").grids

    for ours, theirs in zip(expected, grids, strict=False):
        assert ours.name == theirs.name
        assert ours.hidden == theirs.hidden
        assert ours.cells.keys() == theirs.cells.keys()
    mine, found = expected[0].cells, grids[0].cells
    # It shows built-in date formats as in America, has its own first days of 1900, forgets the
    # text of a formula that it did not compute, and .ods has truth values only as formulas.
    own = {(1, 2), (1, 5), (2, 1), (2, 3)}
    assert {p for p in mine if mine[p].text != found[p].text} <= own
    assert {p for p in mine if mine[p].value != found[p].value} <= own
    assert {p for p in mine if mine[p].hidden != found[p].hidden} == set()
    assert [found[2, col].formula for col in (2, 3, 4)] == [True] * 3
