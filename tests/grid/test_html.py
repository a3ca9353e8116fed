"""HTML under the name .xls, MHTML, and XML Spreadsheet 2003."""

import pytest

from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.grid.load import load
from tests.grid import builders


def _grid(page: str | bytes):
    (grid,) = load(page if isinstance(page, bytes) else page.encode(), "x.xls").grids
    return grid


def _texts(grid) -> dict[str, str]:
    return {cell.address: cell.text for cell in grid.cells.values()}


TABLE = "<table><tr><td>绩效</td><td>得分</td></tr></table>"


@pytest.mark.parametrize(
    "page",
    [
        TABLE.encode("utf-8-sig"),
        ("\ufeff" + TABLE).encode("utf-16-le"),
        TABLE.encode("gb18030"),
        b'<meta charset="gb2312">' + TABLE.encode("gb18030"),
        b'<meta http-equiv=Content-Type content="text/html; charset=gbk">' + TABLE.encode("gbk"),
        b'<meta charset="gb2312">' + TABLE.encode(),  # says one thing and is another
        b'<meta charset="no-such">' + TABLE.encode(),
    ],
)
def test_encodings(page):
    assert _texts(_grid(page)) == {"A1": "绩效", "B1": "得分"}


def test_texts_around_tables_and_several_tables():
    grid = _grid(
        f"<html><title>不见</title><body><h1>自评表</h1>单位：<b>甲</b>{TABLE}<p>附</p>{TABLE}</body>"
    )

    assert _texts(grid) == {
        "A1": "自评表", "A2": "单位：甲", "A3": "绩效", "B3": "得分",
        "A4": "附", "A5": "绩效", "B5": "得分",
    }  # fmt: skip
    assert [span.a1 for span in grid.spans] == ["A1:B1", "A2:B2", "A4:B4"]


def test_spans_over_the_end_of_the_table_are_cut():
    grid = _grid("<table><tr><td rowspan=99>a<td>b<td rowspan=0>c<tr><td colspan=1>d</table>")

    assert _texts(grid) == {"A1": "a", "B1": "b", "C1": "c", "B2": "d"}
    assert [span.a1 for span in grid.spans] == ["A1:A2", "C1:C2"]


def test_text_in_cells_is_as_shown():
    grid = _grid(
        "<table><tr><td> 一&nbsp;二\n  三<br>四<p>五</p><!-- 注 -->"
        "<span style='display:none'>藏</span>"
        "<input type=checkbox checked>是<input type=checkbox>否<script>x</script></td></tr></table>"
    )

    assert _texts(grid) == {"A1": "一 二 三\n四\n五\n☑是□否"}


def test_number_formats_and_what_is_hidden():
    grid = _grid(
        '<style>.xl65 {mso-style-parent:style0; mso-number-format:"0\\.0%";}</style>'
        "<table><col><col style='display:none'>"
        "<tr><td class=xl65>95.0%</td><td>b</td>"
        "<td style='mso-number-format:\"\\@\"'>12</td></tr>"
        "<tr style='display:none'><td>c</td></tr></table>"
    )

    assert grid.cells[1, 1].number_format == "0.0%"
    assert grid.cells[1, 1].value == "95.0%"
    assert grid.cells[1, 3].number_format == "@"
    assert [cell.address for cell in grid.cells.values() if cell.hidden] == ["B1", "A2"]


def test_a_form_inside_a_layout_table():
    inner = "<table>" + "<tr><td>1<td>2<td>3" * 3 + "</table>"
    grid = _grid(f"<table><tr><td>上</td></tr><tr><td>{inner}</td></tr></table>")

    assert len(grid.cells) == 10


def test_mhtml():
    page = TABLE.encode("gbk").hex("=", 1).upper()
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable'
        f"\r\n\r\n={page}\r\n--b--\r\n"
    )
    document = load(data.encode(), "x.mht")

    assert document.format == "mhtml"
    assert _texts(document.grids[0]) == {"A1": "绩效", "B1": "得分"}


def test_a_page_without_tables():
    with pytest.raises(NotAWorkbook, match="no-table"):
        load("<html><body><p>请登录</p></body></html>".encode(), "x.xls")


def test_a_page_that_never_ends_is_refused():
    page = "<table>" + "<tr><td colspan=1000 rowspan=60000>x" * 2000 + "</table>"

    with pytest.raises(TooLarge):
        load(page.encode(), "x.xls")


OFFICE = "urn:schemas-microsoft-com:office:"
S = f'xmlns="{OFFICE}spreadsheet" xmlns:ss="{OFFICE}spreadsheet" xmlns:x="{OFFICE}excel"'


def _xml(table: str, styles: str = "", more: str = "", head: str = '<?xml version="1.0"?>') -> str:
    return (
        f"{head}<Workbook {S}><Styles>{styles}</Styles>"
        f'<Worksheet ss:Name="一"><Table>{table}</Table>{more}</Worksheet></Workbook>'
    )


def test_every_type_of_an_xml_spreadsheet():
    styles = (
        '<Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="q" ss:Parent="p"/>'
        '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    )
    row = (
        '<Row><Cell ss:StyleID="q"><Data ss:Type="Number">0.95</Data></Cell>'
        '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2021-12-31T00:00:00.000</Data></Cell>'
        '<Cell ss:Formula="=1"><Data ss:Type="Boolean">1</Data></Cell>'
        '<Cell><Data ss:Type="Error">#REF!</Data></Cell>'
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>细</ss:Data>'
        "<Comment><Data>注</Data></Comment></Cell></Row>"
    )
    cells = _grid(_xml(row, styles)).cells

    assert [cell.text for cell in cells.values()] == [
        "95.00%",
        "2021/12/31",
        "TRUE",
        "#REF!",
        "粗细",
    ]
    assert [cells[1, col].formula for col in (1, 3)] == [False, True]
    assert cells[1, 3].value is True


def test_indices_spans_and_what_is_hidden_in_an_xml_spreadsheet():
    cell = '<Data ss:Type="String">x</Data></Cell>'
    table = (
        '<Column ss:Index="2" ss:Span="1" ss:Width="58.5" ss:Hidden="1"/>'
        f'<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="1">{cell}'
        f"<Cell>{cell}</Row>"
        f'<Row ss:Index="6" ss:Hidden="1" ss:Height="20"><Cell>{cell}</Row>'
    )
    more = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    grid = _grid(_xml(table, more=more))

    assert [(cell.address, cell.hidden) for cell in grid.cells.values()] == [
        ("B3", True), ("D3", False), ("A6", True),
    ]  # fmt: skip
    assert [span.a1 for span in grid.spans] == ["B3:C4"]
    assert grid.hidden
    assert grid.widths == {2: 10.43, 3: 10.43}
    assert grid.heights == {6: 20}


def test_an_xml_spreadsheet_that_calls_its_gbk_gb2312():
    text = _xml(
        '<Row><Cell><Data ss:Type="String">喆㎡</Data></Cell></Row>',
        head='<?xml version="1.0" encoding="GB2312"?>',
    )

    assert _grid(text.encode("gb18030")).cells[1, 1].text == "喆㎡"


def test_a_broken_xml_spreadsheet():
    with pytest.raises(NotAWorkbook, match="damaged-part"):
        load(builders.xml2003()[:-40].encode(), "x.xls")
