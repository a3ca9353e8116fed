"""Long sheets are written into XlsxWriter's own file: what comes out is what its public way gives."""

import io

import pytest
import xlsxwriter

from perfxl.books.summary import rows as summary_rows
from perfxl.books.summary.long_sheet import LongSheet
from perfxl.grid.load import load

HEADS, WIDTHS = ("单位", "得分"), (28, 10)
ROWS = [("江州市财政局", 95.5), ("=1+1", 0), ("<b>&", -3)]
CELL = '<c r="{col}{row}" s="{style}"{kind}>{value}</c>'


def as_text(name, points):
    """A row as `perfxl.books.summary.rows` puts it together."""
    row, style = summary_rows.ROW, summary_rows.TEXT
    text = name.replace("&", "&amp;").replace("<", "&lt;")
    cells = CELL.format(
        col="A", row=row, style=style, kind=' t="inlineStr"', value=f"<is><t>{text}</t></is>"
    )
    cells += CELL.format(col="B", row=row, style=style, kind="", value=f"<v>{points}</v>")
    return f'<row r="{row}">{cells}</row>'


def workbook(write):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    look = book.add_format({"num_format": "0.00"})
    write(book, book.add_format({"bold": True}), look)
    book.close()
    (grid,) = load(out.getvalue(), "表.xlsx").grids
    return {at: (cell.value, cell.text, cell.number_format) for at, cell in grid.cells.items()}


def from_within(book, head, look):
    sheet = book.add_worksheet("明细", worksheet_class=LongSheet)
    sheet.begin(HEADS, WIDTHS, head, {summary_rows.TEXT: look})
    sheet.add_rows(1, [as_text(*row) for row in ROWS[:1]])
    sheet.add_rows(2, [as_text(*row) for row in ROWS[1:]])
    sheet.autofilter(0, 0, len(ROWS), 1)


def in_public(book, head, look):
    sheet = book.add_worksheet("明细")
    for col, text in enumerate(HEADS):
        sheet.write_string(0, col, text, head)
    for number, (name, points) in enumerate(ROWS, 1):
        sheet.write_string(number, 0, name, look)
        sheet.write_number(number, 1, points, look)


def test_a_long_sheet_holds_what_cells_written_one_by_one_hold():
    assert workbook(from_within) == workbook(in_public)


@pytest.mark.parametrize(
    "name",
    [
        "_check_dimensions",
        "_write_single_row",
        "_write_hyperlinks",
        "_xml_start_tag",
        "_xml_end_tag",
        "external_hyper_links",
        "rel_count",
        "fh",
    ],
)
def test_what_is_used_from_within_is_there(name):
    """Where this fails, XlsxWriter has changed: look at perfxl/books/summary/long_sheet.py before the version is admitted."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    assert hasattr(sheet, name)
    assert hasattr(book.add_format(), "_get_xf_index")
    book.close()
