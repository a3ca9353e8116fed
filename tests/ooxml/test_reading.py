"""What a scan finds, against python-calamine and against what was written."""

from decimal import Decimal

import pytest

from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.ooxml.address import Span
from tests.ooxml import builders
from tests.ooxml.helpers import book_of, values

AS_CALAMINE = {"n": float, "b": lambda text: text == "1"}


def found(data: bytes, index: int = 0) -> dict:
    return {(cell.row, cell.col): cell for cell in book_of(data).scan(index).cells}


def one(content: str, **more):
    (cell,) = book_of(builders.sheet_with(content, **more)).scan(0).cells
    return cell


@pytest.mark.parametrize("variant", [lambda data: data, builders.strict, builders.prefixed])
def test_an_independent_reader_finds_the_same(variant):
    data = builders.kitchen_sink()
    expected = values(data)
    book = book_of(variant(data))

    assert [sheet.name for sheet in book.sheets] == list(expected)
    for index, sheet in enumerate(book.sheets):
        mine = {
            (cell.row, cell.col): AS_CALAMINE.get(cell.type, str)(cell.value)
            for cell in book.scan(index).cells
            if cell.value
        }
        assert mine == expected[sheet.name]


@pytest.mark.parametrize("variant", [lambda data: data, builders.strict, builders.prefixed])
def test_everything_about_the_sheet(variant):
    book = book_of(variant(builders.kitchen_sink()))
    scan = book.scan(0)

    assert Span(1, 1, 1, 7) in scan.merges
    assert len(scan.merges) == 16
    assert scan.hidden_rows == {26}
    assert scan.hidden_columns == {10}
    assert scan.widths[1] == pytest.approx(14.7, abs=0.1)
    assert scan.protected
    assert [sheet.state for sheet in book.sheets] == ["visible", "hidden"]
    assert book.signed
    assert not book.macros
    assert not book.date1904
    assert {name.name for name in book.names} >= {"总额", "_xlnm.Print_Area", "_xlnm.Print_Titles"}


def test_formulas_and_formats():
    data = builders.kitchen_sink()
    book = book_of(data)
    cells = found(data)

    assert cells[6, 9].formula
    assert cells[6, 9].value == "3.8"
    assert cells[20, 10] == (20, 10, cells[20, 10].style, "str", "达标", True)
    assert not cells[6, 7].formula
    assert book.formats[cells[6, 5].style] == "0.0%"
    assert book.formats[cells[6, 7].style] == "0.00"
    assert cells[4, 3].value == "绩效目标完成 & <情况>"


CELLS = {
    '<row r="1"><c r="B1" t="s"><v>1</v></c></row>': (1, 2, 0, "str", "乙", False),
    '<row><c t="s"><v>0</v></c></row>': (1, 1, 0, "str", "甲", False),
    '<row r="3"><c/><c><v>7</v></c></row>': (3, 2, 0, "n", "7", False),
    '<row r="1"><c r="A1" s="2"><v> 1.50 </v></c></row>': (1, 1, 2, "n", "1.50", False),
    '<row r="1"><c s="1" r="A1"><v>1</v></c></row>': (1, 1, 1, "n", "1", False),
    '<row r="1"><c r="A1" t="n"><v>1E3</v></c></row>': (1, 1, 0, "n", "1E3", False),
    '<row r="1"><c r="A1"><v>nan</v></c></row>': (1, 1, 0, "str", "nan", False),
    '<row r="1"><c r="A1" t="b"><v>1</v></c></row>': (1, 1, 0, "b", "1", False),
    '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>': (1, 1, 0, "e", "#REF!", False),
    '<row r="1"><c r="A1" t="d"><v>2024-05-01</v></c></row>': (1, 1, 0, "d", "2024-05-01", False),
    '<row r="1"><c r="A1" t="str"><f>"a"</f><v>a&amp;b</v></c></row>': (
        1, 1, 0, "str", "a&b", True,
    ),
    '<row r="1"><c r="A1"><f>B1</f></c></row>': (1, 1, 0, "str", "", True),
    '<row r="1"><c r="A1" t="inlineStr"><is><t>绩</t></is></c></row>': (
        1, 1, 0, "str", "绩", False,
    ),
    '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>绩</t></r>'
    '<r><t xml:space="preserve"> 效</t></r><rPh sb="0" eb="1"><t>jx</t></rPh></is></c></row>': (
        1, 1, 0, "str", "绩 效", False,
    ),
    '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_&#10;</t></is></c></row>': (
        1, 1, 0, "str", "a\rb_x0041_\n", False,
    ),
    "\n <row r='1'>\n  <c r='A1'>\n<v>1</v> </c></row>\n": (1, 1, 0, "n", "1", False),
    '<!-- c --><row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row><?pi ?>': (
        1, 1, 0, "n", "1", False,
    ),
    '<row r="1" ><c r="XFD1" ><v >1</v></c ></row >': (1, 16384, 0, "n", "1", False),
    '<row r="1"/><row r="1048576"><c r="A1048576"><v>1</v></c></row>': (
        1048576, 1, 0, "n", "1", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CELLS.items())
def test_spellings_of_a_cell(content, expected):
    assert one(content, strings=["甲", "乙"]) == expected


@pytest.mark.parametrize(
    "content",
    [
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="what"><v>1</v></c></row>',
        '<row r="1"><v>1</v></row>',
        '<c r="A1"><v>1</v></c>',
        '<row r="1">text</row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v>&what;</v></c></row>',
    ],
)
def test_a_sheet_that_is_none_is_refused_and_never_half_read(content):
    with pytest.raises(NotAWorkbook, match="damaged-part"):
        book_of(builders.sheet_with(content)).scan(0)


def test_utf_16_reads():
    data = builders.patched(
        builders.form(12),
        {
            builders.SHEET: lambda old: (
                old.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
            )
        },
    )

    assert found(data) == found(builders.form(12))


def test_backslashes_absolute_targets_and_case_in_part_names():
    data = builders.form(12)
    members = builders.parts(data)
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        b'"worksheets/sheet1.xml"', b'"/XL/worksheets\\Sheet1.xml"'
    )
    renamed = {name.replace("/", "\\"): content for name, content in members.items()}

    assert found(builders.packed(renamed)) == found(data)


@pytest.mark.parametrize(
    ("tail", "code"),
    [
        ("".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 20_003)), "too-many-spans"),
        (
            "".join(f'<mergeCell ref="A{n}:XFD{n + 60}"/>' for n in range(1, 1001)),
            "too-much-merged",
        ),
    ],
)
def test_too_many_spans(tail, code):
    content = '<row r="1"><c r="A1"/></row><row r="900"><c r="XFD900"/></row>'
    data = builders.sheet_with(content, tail=f"<mergeCells>{tail}</mergeCells>")

    with pytest.raises(TooLarge) as caught:
        book_of(data).scan(0)
    assert caught.value.code == code


def test_too_many_cells():
    rows = "".join(f'<row r="{n}">{"<c/>" * 100}</row>' for n in range(1, 2002))

    with pytest.raises(TooLarge, match="too-many-cells"):
        book_of(builders.sheet_with(rows)).scan(0)


def test_a_span_over_the_whole_sheet_costs_nothing():
    tail = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    scan = book_of(builders.sheet_with('<row r="1"><c r="A1"/></row>', tail=tail)).scan(0)

    assert scan.merges == (Span(1, 1, 1048576, 16384),)


def test_numbers_stay_as_they_are_written():
    assert Decimal(one('<row r="1"><c r="A1"><v>0.1</v></c></row>').value) == Decimal("0.1")
