"""What OpenDocument sheets have and workbooks have not."""

from datetime import time
from decimal import Decimal

import pytest

from perfxl.errors import Locked, NotAWorkbook, TooLarge
from perfxl.grid.load import load
from tests.grid.builders import DATA, zipped

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "table": "table", "text": "text", "style": "style",
        "number": "datastyle", "draw": "drawing",
    }.items()
)  # fmt: skip
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def _content(table: str, styles: str = "") -> str:
    return (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="一">'
        f"{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    )


def _grid(table: str, styles: str = ""):
    data = zipped({"mimetype": KIND, "content.xml": _content(table, styles)})
    (grid,) = load(data, "x").grids
    return grid


def _cell(text: str, attributes: str = "") -> str:
    kind = "" if "value-type" in attributes else 'office:value-type="string"'
    return f"<table:table-cell {kind} {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_repeated_cells_and_rows():
    grid = _grid(
        '<table:table-column table:number-columns-repeated="16384"/>'
        '<table:table-row table:number-rows-repeated="2">'
        + _cell("甲", 'table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048572"/>'
        "<table:table-header-rows><table:table-row-group><table:table-row>"
        + _cell("末")
        + "</table:table-row></table:table-row-group></table:table-header-rows>"
    )

    assert [cell.address for cell in grid.cells.values()] == ["A1", "B1", "A2", "B2", "A1048575"]


def test_a_bomb_of_repeated_cells_is_refused():
    with pytest.raises(TooLarge, match="too-many-cells"):
        _grid(
            '<table:table-row table:number-rows-repeated="1048576">'
            + _cell("x", 'table:number-columns-repeated="16384"')
            + "</table:table-row>"
        )


def test_text_with_spaces_breaks_spans_and_notes():
    grid = _grid(
        '<table:table-row><table:table-cell office:value-type="string">'
        "<office:annotation><text:p>注</text:p></office:annotation>"
        '<text:p>一<text:s text:c="3"/>二<text:span>三<text:line-break/></text:span>'
        "四\n  五</text:p>"
        "<text:p>六</text:p><draw:frame><text:p>图</text:p></draw:frame>"
        "</table:table-cell></table:table-row>"
    )

    assert grid.cells[1, 1].text == "一   二三\n四 五\n六"


def test_a_value_hidden_under_a_span_is_kept():
    covered = (
        '<table:covered-table-cell office:value-type="string"><text:p>藏</text:p>'
        "</table:covered-table-cell>"
    )
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    grid = _grid(f"<table:table-row>{_cell('头', spans)}{covered}</table:table-row>")

    assert [cell.address for cell in grid.cells.values()] == ["A1", "B1"]
    assert [span.a1 for span in grid.spans] == ["A1:B2"]
    assert grid.at(1, 2).text == "头"


def test_values_and_their_formats():
    styles = (
        '<number:percentage-style style:name="N1"><number:number number:decimal-places="1" '
        'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
        '<style:style style:name="ce1" style:data-style-name="N1"/>'
    )
    row = (
        _cell("95.3%", 'office:value-type="percentage" office:value="0.953" table:style-name="ce1"')
        + _cell("95.30%", 'office:value-type="percentage" office:value="0.953"')
        + _cell("￥2.00", 'office:value-type="currency" office:value="2"')
        + _cell("08:30", 'office:value-type="time" office:time-value="PT08H30M00S"')
        + _cell("36:00", 'office:value-type="time" office:time-value="PT36H00M00S"')
        + _cell("TRUE", 'office:value-type="boolean" office:boolean-value="true"')
        + _cell("坏", 'office:value-type="float" office:value="坏"')
    )
    cells = _grid(f"<table:table-row>{row}</table:table-row>", styles).cells

    assert [cell.value for cell in cells.values()] == [
        Decimal("0.953"), Decimal("0.953"), Decimal(2), time(8, 30), Decimal("1.5"), True, "坏",
    ]  # fmt: skip
    assert [cells[1, col].number_format for col in (1, 2)] == ["0.0%", "0.00%"]


def test_a_flat_file_reads_the_same():
    table = f"<table:table-row>{_cell('甲')}</table:table-row>"
    flat = _content(table).replace("document-content", "document")

    (grid,) = load(flat.encode(), "x.fods").grids
    assert grid.cells == _grid(table).cells


def test_a_password_is_told_as_such():
    manifest = "<m><manifest:encryption-data xmlns:manifest='x'/></m>"

    with pytest.raises(Locked, match="encrypted"):
        load(zipped({"mimetype": KIND, "META-INF/manifest.xml": manifest, "content.xml": "x"}), "x")


def test_damage_is_told():
    with pytest.raises(NotAWorkbook, match="damaged-part"):
        load(zipped({"mimetype": KIND}), "x")
    with pytest.raises(NotAWorkbook, match="doctype"):
        load(zipped({"mimetype": KIND, "content.xml": "<!DOCTYPE a><a/>"}), "x")
    with pytest.raises(NotAWorkbook, match="damaged-zip"):
        load((DATA / "form.ods").read_bytes()[:-40], "x")
