"""Word files: tables as people draw them, and what stands around them."""

import pytest

from perfxl.errors import NotAWorkbook
from perfxl.grid.load import load
from tests.grid.builders import CENTRED, PAGE, docx, p, tbl, tc, word_rows, zipped

WINGDINGS = '<w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr>'


def _grids(body: str):
    return load(docx(body), "x.docx").grids


def _texts(grid) -> dict[str, str]:
    return {cell.address: cell.text for cell in grid.cells.values()}


def _row(*texts: str) -> str:
    return "".join(map(tc, texts))


BIG = tbl([1000] * 3, _row("1", "2", "3"), _row("4", "5", "6"), _row("7", "8", "9"))


def test_paragraphs_above_and_below_are_rows_of_the_full_width():
    (grid,) = _grids(
        p("2021年度自评表", CENTRED)
        + p()
        + p("单位名称：示例局")
        + tbl([900, 900], _row("a", "b"))
        + p("备注：无")
    )

    assert grid.name == "2021年度自评表"
    assert _texts(grid) == {
        "A1": "2021年度自评表", "A2": "单位名称：示例局", "A3": "a", "B3": "b", "A4": "备注：无",
    }  # fmt: skip
    assert [span.a1 for span in grid.spans] == ["A1:B1", "A2:B2", "A4:B4"]


def test_a_form_in_several_tables_is_one_grid():
    first = tbl([1000] * 6, *word_rows(1, 3))
    second = tbl([1010, 1000, 990, 1000, 1000, 1000], *word_rows(4, 7))
    (whole,) = _grids(tbl([1000] * 6, *word_rows()))
    (split,) = _grids(first + p() + second)

    assert split.cells == whole.cells
    assert sorted(split.spans) == sorted(whole.spans)


def test_columns_of_stacked_tables_are_aligned_by_their_edges():
    (grid,) = _grids(
        tbl([1000, 2000, 1000], _row("a", "b", "c"))
        + p("续表")
        + tbl([1000, 1000, 1030, 980], _row(*"wxyz"))
    )

    assert _texts(grid) == {
        "A1": "a", "B1": "b", "D1": "c", "A2": "续表", "A3": "w", "B3": "x", "C3": "y", "D3": "z",
    }  # fmt: skip
    assert [span.a1 for span in grid.spans] == ["B1:C1", "A2:D2"]


def test_a_title_or_a_page_with_text_begins_a_new_grid():
    table = tbl([900, 900], _row("a", "b"))
    grids = _grids(
        p("表甲", CENTRED) + table + p("备注") + p("表乙", CENTRED) + table + p("x", PAGE) + table
    )

    assert [grid.name for grid in grids] == ["表甲", "表乙", "表3"]
    assert [len(grid.cells) for grid in grids] == [4, 3, 3]
    assert [grid.index for grid in grids] == [0, 1, 2]


def test_a_page_break_without_text_does_not():
    table = tbl([900, 900], _row("a", "b"))

    assert len(_grids(table + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + table)) == 1
    assert len(_grids(table + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + p("题") + table)) == 2


def test_the_prose_of_a_report_is_a_grid_of_its_own():
    prose, grid = _grids(
        "".join(p(f"第{i}段") for i in range(40)) + p("附件", PAGE) + p("题") + BIG
    )

    assert len(prose.cells) == 40
    assert list(_texts(grid).values())[:2] == ["附件", "题"]


def test_a_letter_without_tables_is_still_read():
    (grid,) = _grids(p("关于报送的函") + p("特此函告。"))

    assert _texts(grid) == {"A1": "关于报送的函", "A2": "特此函告。"}


def test_merges_down_and_across():
    (grid,) = _grids(
        tbl(
            [1000] * 4,
            tc("甲", down="restart") + tc("乙", span=2, down="restart") + tc("丙"),
            tc(down="continue") + tc(span=2, down="continue") + tc("丁"),
            tc("戊", down="continue") + tc("己", span=3),
        )
    )

    assert [span.a1 for span in grid.spans] == ["A1:A2", "B1:C2", "B3:D3"]
    assert _texts(grid)["A3"] == "戊", "a text that a merge would hide is not lost"


def test_rows_that_begin_and_end_inside_the_table():
    before = '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
    (grid,) = _grids(tbl([1000] * 3, _row("a", "b", "c"), before + tc("中")))

    assert _texts(grid)["B2"] == "中"


def test_the_legacy_merge_across():
    cells = (
        '<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>' + p("宽") + "</w:tc>"
        "<w:tc><w:tcPr><w:hMerge/></w:tcPr>" + p() + "</w:tc>" + tc("窄")
    )
    (grid,) = _grids(tbl([1000] * 3, cells))

    assert _texts(grid) == {"A1": "宽", "C1": "窄"}
    assert [span.a1 for span in grid.spans] == ["A1:B1"]


def test_tracked_changes_read_as_accepted():
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>" + run.format("新")
        + "</w:ins><w:moveFrom>" + run.format("搬") + "</w:moveFrom></w:p>"
    )  # fmt: skip
    deleted = "<w:trPr><w:del/></w:trPr>" + _row("删", "去")
    (grid,) = _grids(tbl([1000] * 2, tc(body) + tc("x"), deleted, _row("y", "z")))

    assert _texts(grid) == {"A1": "新", "B1": "x", "A2": "y", "B2": "z"}


def test_content_controls_are_entered_everywhere():
    def sdt(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    inside = "<w:p>" + sdt("<w:r><w:t>中</w:t></w:r>") + "</w:p>"
    rows = "<w:tr>" + sdt(tc("格")) + tc(inside) + "</w:tr>"
    table = "<w:tbl><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='900'/></w:tblGrid>"
    (grid,) = _grids(sdt(table + sdt(rows) + "</w:tbl>"))

    assert _texts(grid) == {"A1": "格", "B1": "中"}


def test_boxes_to_tick_keep_their_state():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}'
        "</w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    runs = [
        f"<w:r>{WINGDINGS}<w:t>R</w:t></w:r>",
        f"<w:r>{WINGDINGS}<w:t>£否</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
        field.format("<w:checked/>"),
        field.format(""),
        r"<w:r><w:instrText>eq \o\ac(□,√)</w:instrText></w:r>",
        "<w:r><w:t>☐</w:t></w:r>",
    ]
    (grid,) = _grids(tbl([1000] * 2, tc(f"<w:p>{''.join(runs)}</w:p>") + tc("x")))

    assert _texts(grid)["A1"] == "☑□否☑□☑□☑☐"


def test_breaks_tabs_hyphens_and_hidden_text():
    runs = (
        "<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:noBreakHyphen/><w:cr/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>四</w:t></w:r>"
    )
    (grid,) = _grids(tbl([1000] * 2, tc(f"<w:p>{runs}</w:p>{p('五')}{p()}") + tc("x")))

    assert _texts(grid)["A1"] == "一\n二\t三-\n四\n五"


def test_text_boxes_are_read_once():
    box = f"<wps:txbx><w:txbxContent>{p('填表人')}</w:txbxContent></wps:txbx>"
    anchor = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>" + box
        + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box
        + "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    (grid,) = _grids(anchor + tbl([900, 900], tc(f"{anchor}") + tc("b")))

    assert _texts(grid) == {"A1": "填表人", "A2": "填表人", "B2": "b"}


def test_a_small_nested_table_is_text_and_a_large_one_a_grid():
    small = tbl([500, 500], _row("是", "否"))
    outer, inner = _grids(
        tbl([1000] * 2, tc(p("选：") + small + p()) + tc("x"), tc(BIG + p()) + tc())
    )

    assert _texts(outer) == {"A1": "选：\n是 否", "B1": "x"}
    assert len(inner.cells) == 9


def test_a_table_without_widths():
    (grid,) = _grids(f"<w:tbl><w:tr>{_row('a', 'b')}</w:tr></w:tbl>")

    assert _texts(grid) == {"A1": "a", "B1": "b"}


def test_hidden_rows_heights_and_widths():
    looks = '<w:trPr><w:trHeight w:val="400"/><w:hidden/></w:trPr>'
    (grid,) = _grids(tbl([1050, 2100], _row("a", "b"), looks + _row("c", "d")))

    assert [cell.address for cell in grid.cells.values() if cell.hidden] == ["A2", "B2"]
    assert grid.heights == {2: 20}
    assert grid.widths == {1: 10, 2: 20}


@pytest.mark.parametrize(
    "part",
    ["<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', ""],
)
def test_damage_is_told(part):
    whole = docx(p("x"))
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    with pytest.raises(NotAWorkbook):
        load(zipped(parts | {"word/document.xml": part}), "x")
