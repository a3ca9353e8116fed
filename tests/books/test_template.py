"""Workbook templates: tags in cells become rows, and everything else follows them."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from perfxl import texts
from perfxl.books import content, official
from perfxl.books.template import program
from perfxl.books.template.render import Data, TemplateBook
from perfxl.errors import ConfigError
from perfxl.files.find import Source
from perfxl.grid import load
from perfxl.jobs import work
from tests.books.workbooks import (
    ALIASES,
    filled,
    goal,
    opened,
    others,
    rewritten,
    saved,
    template,
    understood,
    values,
)
from tests.conftest import REFERENCE, ROOT
from tests.programs import libreoffice, validator_errors

LOOP = [
    ["{{ title }}"],
    ["{% for goal in goals %}"],
    ["{{ goal.name }}", "{{ goal.score }}"],
    ["{% for row in goal.indicators %}"],
    [None, "{{ row.level3 }}", "{{ row.score }}"],
    ["{% endfor %}"],
    ["{% endfor %}"],
    ["完"],
]
TWO = {"title": "标题", "goals": [goal("甲", rows=2), goal("乙", rows=1, score=Decimal("7.5"))]}


def test_rows_of_tags_vanish_and_loops_nest():
    assert values(filled(LOOP, TWO)) == [
        ["标题", None, None],
        ["甲", 8, None],
        [None, "甲1", 1],
        [None, "甲2", 2],
        ["乙", 7.5, None],
        [None, "乙1", 1],
        ["完", None, None],
    ]


def test_nothing_to_loop_over_leaves_no_row():
    assert values(filled(LOOP, {"title": "标题", "goals": []})) == [["标题"], ["完"]]


@pytest.mark.parametrize(
    ("tag", "value", "expected"),
    [
        ("{{ x }}", Decimal("0.10"), 0.1),
        ("{{ x }}", 3, 3),
        ("{{ x }}", True, True),
        ("{{ x }}", "3", "3"),
        ("{{ x }}", None, None),
        ("{{ x or '无' }}", None, "无"),
        ("{{ x }}分", Decimal("8.0"), "8分"),
        ("（{{ x }}）", None, "（）"),
        ("{{ x }}{{ x }}", 1, "11"),
        ("  {{ x }}  ", 5, 5),
        ("{# 说明 #}", 1, None),
        ("{% if x %}有{% else %}无{% endif %}", 0, "无"),
        ("得分：{% if x %}有{% else %}无{% endif %}", 0, "得分：无"),
        ("{{ x * 2 }}", Decimal("1.5"), 3),
    ],
)
def test_a_cell_that_is_one_expression_keeps_its_type(tag, value, expected):
    made = values(filled([[tag, "边"]], {"x": value}))

    assert made == [[expected, "边"]]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{{ 7 * 7 }}",
        "{% for x in y %}",
        "<b>&amp;",
        "_x0041_",
        "a\nb",
        " 空格 ",
        "+cmd|' /C calc'!A0",
    ],
)
def test_what_a_form_says_is_only_ever_data(text):
    [grid] = load.load(filled([["{{ x }}", "{{ x }}。"]], {"x": text}), "表.xlsx").grids

    assert {at: (c.value, c.formula) for at, c in grid.cells.items()} == {
        (1, 1): (text, False), (1, 2): (text + "。", False)}  # fmt: skip


def test_areas_stretch_over_loops():
    rows = [
        ["{{ g.name }}", "一级", "名称"],
        [None, "{% for goal in goals %}"],
        [None, "{{ goal.name }}", "{% for row in goal.indicators %}"],
        [None, None, "{{ row.level3 }}"],
        [None, None, "{% endfor %}"],
        [None, "{% endfor %}"],
        ["完"],
    ]
    made = filled(rows, {**TWO, "g": goal("全部")}, merges=["A1:A6", "B3:B5", "A7:C7"])

    areas = {str(area) for area in opened(made).active.merged_cells.ranges}
    assert areas == {"A1:A4", "B2:B3", "A5:C5"}
    assert values(made) == [
        ["全部", "一级", "名称"],
        [None, "甲", "甲1"],
        [None, None, "甲2"],
        [None, "乙", "乙1"],
        ["完", None, None],
    ]


def test_formulas_follow_their_rows():
    rows = [
        ["{% for goal in goals %}"],
        ["{{ goal.name }}", "=SUM(B3:B5)", "=B2*$B$8"],
        [None, "{% for row in goal.indicators %}"],
        [None, "{{ row.score }}", "=B4/B2"],
        [None, "{% endfor %}"],
        ["{% endfor %}"],
        ["合计", "=SUM(B2)", '=SUM(B2:B6)&"B2"', "='表'!B8+Log10(B8)+SUM(B:B)"],
        ["系数", 2],
    ]
    made = opened(filled(rows, TWO)).active

    assert [[c.value for c in row] for row in made.iter_rows(min_col=2)] == [
        ["=SUM(B2:B3)", "=B1*$B$7", None],
        [1, "=B2/B1", None],
        [2, "=B3/B1", None],
        ["=SUM(B5)", "=B4*$B$7", None],
        [1, "=B5/B4", None],
        ["=SUM(B1,B4)", '=SUM(B1:B5)&"B2"', "=B7+Log10(B7)+SUM(B:B)"],
        [2, None, None],
    ]


def test_a_sum_over_nothing_is_nothing():
    rows = [
        ["{% for goal in goals %}"],
        ["{{ goal.name }}", "{{ goal.score }}"],
        ["{% endfor %}"],
        ["=SUM(B2:B2)"],
    ]

    assert values(filled(rows, {"goals": []})) == [["=SUM(0)"]]


def test_a_formula_that_cannot_follow_is_told_with_its_cell():
    rows = [
        ["{% for goal in goals %}"],
        ["{{ goal.name }}", 1],
        ["{{ goal.score }}"],
        ["{% endfor %}"],
        ["=B2*2"],
    ]

    with pytest.raises(ConfigError) as caught:
        filled(rows, TWO)

    assert caught.value.code == "template-formula"
    assert caught.value.arguments["cell"] == "A5"


def _decorate(sheet):
    sheet["B3"].font = Font(bold=True)
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.row_dimensions[3].height = 30
    sheet.row_dimensions[8].height = 21
    sheet.column_dimensions["A"].width = 30
    choices = DataValidation(type="list", formula1='"优,良"')
    choices.add("C5")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add(
        "C5", FormulaRule(formula=["C5>$B$3"], fill=PatternFill(bgColor="FF0000"))
    )
    sheet["A8"].hyperlink = "https://example.org/"
    sheet.print_area = "A1:C8"
    sheet.print_title_rows = "1:1"
    sheet.row_breaks.append(Break(id=7))
    sheet.freeze_panes = "A4"
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.parent.defined_names["末行"] = DefinedName("末行", attr_text="'表'!$A$8")


def test_styles_heights_choices_colours_breaks_and_print_setup_follow():
    made = opened(filled(LOOP, TWO, change=_decorate))
    sheet = made.active

    assert [sheet[cell].font.b for cell in ("B2", "B5", "B3")] == [True, True, False]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("A2", "A5")] == ["00FFFF00"] * 2
    assert [sheet.row_dimensions[row].height for row in (2, 5, 7)] == [30, 30, 21]
    assert sheet.column_dimensions["A"].width == 30
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C3:C4 C6"
    [(area, [rule])] = [(str(c.sqref), c.rules) for c in sheet.conditional_formatting]
    assert (area, rule.formula) == ("C3:C4 C6", ["C3>$B$2"])
    assert sheet["A7"].hyperlink.target == "https://example.org/"
    assert (sheet.print_area, sheet.print_title_rows) == ("'表'!$A$1:$C$7", "$1:$1")
    assert [one.id for one in sheet.row_breaks.brk] == [6]
    assert sheet.freeze_panes == "A3"
    assert sheet.oddFooter.center.text == "第 &P 页"
    assert made.defined_names["末行"].attr_text == "'表'!$A$7"


def test_a_row_grows_with_its_text_and_never_shrinks():
    def heights(sheet):
        sheet.row_dimensions[1].height = 60
        sheet.column_dimensions["A"].width = 10
        sheet.column_dimensions["B"].width = 10

    made = opened(
        filled(
            [["{{ x }}"], ["{{ x }}", None], ["短"]],
            {"x": "长文字" * 30},
            change=heights,
            merges=["A2:B2"],
        )
    ).active

    assert made.row_dimensions[1].height > 200
    assert 100 < made.row_dimensions[2].height < made.row_dimensions[1].height
    assert made.row_dimensions[3].height is None


def test_several_sheets_and_references_between_them():
    book = openpyxl.load_workbook(io.BytesIO(template(LOOP, title="甲表")))
    second = book.create_sheet("乙 表")
    for row in (
        ["{% for goal in goals %}"],
        ["{{ goal.name }}"],
        ["{% endfor %}"],
        ["=SUM(甲表!B3)", "='甲表'!A8"],
    ):
        second.append(row)
    book.create_sheet("说明").append(["不变", "=SUM(B2:B9)"])
    made = TemplateBook(saved(book), "模板.xlsx", {}).render(Data(None, TWO))

    assert values(made, "乙 表") == [
        ["甲", None],
        ["乙", None],
        ["=SUM(甲表!B2,甲表!B5)", "='甲表'!A7"],
    ]
    assert values(made, "说明") == [["不变", "=SUM(B2:B9)"]]


def test_several_forms_are_several_sheets():
    book = understood(LOOP, change=_decorate)
    one, other = {**TWO, "title": "甲单位"}, {**TWO, "title": "乙单位", "goals": []}
    made = opened(book.render(Data("甲/单位", one), Data("甲单位", other)))

    assert made.sheetnames == ["甲单位", "甲单位 (2)"]
    assert [sheet["A1"].value for sheet in made] == ["甲单位", "乙单位"]
    assert [sheet.print_area for sheet in made] == ["'甲单位'!$A$1:$C$7", "'甲单位 (2)'!$A$1:$C$2"]
    assert made.worksheets[1].print_title_rows == "$1:$1"


def test_the_same_data_gives_the_same_bytes():
    book = understood(LOOP)

    assert book.render(Data(None, TWO)) == book.render(Data(None, TWO))


def test_chinese_names_and_a_chinese_keyboard_will_do():
    rows = [
        ["｛｛ 单位名称 ｝｝", "{{ 单位名称 or “无” }}"],
        ["｛％ for 一个 in 目标 ％｝"],
        ["{{ 一个.名称 }}：{{ 一个.得分 ＋ 1 }}", "{{ 一个［“得分”］ }}"],
        ["{% endfor %}"],
    ]

    assert values(filled(rows, {**TWO, "unit": "某局"})) == [
        ["某局", "某局"],
        ["甲：9", 8],
        ["乙：8.5", 7.5],
    ]


def test_labelled_texts_that_a_form_lacks_are_blank():
    data = {"others": others(联系人="向某")}

    assert values(filled([["{{ others['联系人'] }}", "{{ others['电话'] }}", 1]], data)) == [
        ["向某", None, 1]
    ]


def test_what_a_template_asked_for_is_remembered_thing_by_thing():
    book = understood(
        [
            ["{{ title }}"],
            ["{% for goal in goals if goal.name == '甲' %}"],
            ["{{ goal.score }}"],
            ["{% endfor %}"],
        ]
    )
    book.render(Data(None, TWO))
    asked = book.environment.was_asked
    first, second = TWO["goals"]

    assert asked(program.FORM, "title")
    assert [asked(first, "score"), asked(second, "score"), asked(second, "name")] == [
        True,
        False,
        True,
    ]
    book.render(Data(None, {"title": "", "goals": []}))
    assert not asked(first, "score")


BAD = {
    "syntax": ([["标题"], ["{{ x + }}"]], "A2"),
    "syntax in a tag": ([["{% for x of y %}"], ["{{ x }}"], ["{% endfor %}"]], "A1"),
    "syntax unclosed brackets": ([[None, "得分 {{ x"]], "B1"),
    "unclosed": ([["{{ x }}"], [None, "{% for a in b %}"], ["{{ a }}"]], "B2"),
    "unopened": ([["{{ x }}"], ["{% endfor %}"]], "A2"),
    "crossed": ([["{% for a in b %}"], ["{% if a %}"], ["{{ a }}"], ["{% endfor %}"], ["{% endif %}"]], "A4"),
    "tag-in-span": ([["{{ x }}"], ["{% for a in b %}"], [None], ["{{ a }}"], ["{% endfor %}"]], "A2", ["A2:A3"]),
    "row-mixed": ([["{% for a in b %}", None, "内容"], ["{{ a }}"], ["{% endfor %}"]], "C1"),
    "tag-in-text": ([["行 {% for a in b %}"], ["{{ a }}"], ["{% endfor %}"]], "A1"),
    "span-crosses": ([["{% for a in b %}"], ["{{ a }}", "x"], ["{% endfor %}"], ["下"]], "B2", ["B2:B4"]),
    "unsupported-tag": ([["{% macro m() %}"], ["{{ a }}"], ["{% endmacro %}"]], "A1"),
    "unknown-name": ([["标题"], [None, "{{ tilte }}"]], "B2"),
    "unknown-name of a goal": ([["{% for g in goals %}"], ["{{ g.scor }}"], ["{% endfor %}"]], "A2"),
    "unknown-name to loop over": ([["{{ title }}"], ["{% for g in gaols %}"], ["{{ g }}"], ["{% endfor %}"]], "A2"),
    "no-value": ([["{{ goals }}"]], "A1"),
    "failed": ([["{{ title }}"], ["{{ title + 1 }}"]], "A2"),
    "failed division": ([["{{ title }}"], ["{{ 1 / 0 }}"]], "A2"),
    "unknown-name to break out": ([["{{ ''.__class__.__mro__ }}"]], "A1"),
    "failed power": ([["{{ title }}"], ["{{ 10 ** 10 }}"]], "A2"),
    "failed repetition": ([["{{ 'a' * 1000000000 }}"]], "A1"),
    "failed format": ([["{{ '%9999999d' % 1 }}"]], "A1"),
    "failed number": ([["{{ 1e999 }}"]], "A1"),
    "formula of a looped cell": ([["{% for g in goals %}"], ["{{ g.score }}"], ["{% endfor %}"], ["=A2*2"]], "A4"),
    "tag-elsewhere in a formula": ([["{{ title }}"], ['="{{ title }}"']], "A2"),
    "unknown-name of Jinja's own": ([["{{ title }}"], ["{{ range(10) }}"]], "A2"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_every_mistake_is_told_with_sheet_and_cell(case):
    rows, cell, *merges = BAD[case]
    with pytest.raises(ConfigError) as caught:
        filled(rows, TWO, merges=merges[0] if merges else ())

    code = "template-" + case.split()[0]
    assert (caught.value.code, caught.value.arguments["sheet"], caught.value.arguments["cell"]) == (
        code,
        "表",
        cell,
    )
    for language in ("zh", "en"):
        said = texts.load_texts(language).error(caught.value)
        assert all(part in said for part in ("模板.xlsx", "表", cell)), said


def test_a_wrong_name_is_answered_with_the_near_ones():
    with pytest.raises(ConfigError) as caught:
        filled([["{{ titel }}"]], TWO)

    assert "title" in caught.value.arguments["near"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "template-unreadable"),
        (b"PK\3\4 no zip", "template-unreadable"),
        (None, "template-no-tags"),
    ],
)
def test_what_is_no_template_is_refused(content, code):
    with pytest.raises(ConfigError) as caught:
        TemplateBook(template([["标题", 1]]) if content is None else content, "模板.xlsx", ALIASES)

    assert caught.value.code == code
    assert "模板.xlsx" in texts.load_texts("zh").error(caught.value)


def test_endless_loops_are_stopped():
    nested = [
        ["{% for a in goals %}"],
        ["{% for b in goals %}"],
        ["{% for c in goals %}"],
        ["x{{ loop.index }}"],
    ]
    with pytest.raises(ConfigError) as caught:
        filled([*nested, *[["{% endfor %}"]] * 3], {"goals": [goal()] * 60})

    assert caught.value.code == "template-too-long"


def test_a_shared_formula_is_written_out():
    # Excel writes a formula that was filled down once.
    data = template([["{{ title }}", 1], [2, 3], ["{% if title %}"], [4, 5], ["{% endif %}"]])
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["C2"] = "=A2+B2"
    book.active["C4"] = "=A4+B4"
    shared = rewritten(saved(book), "xl/worksheets/sheet1.xml", {
        "<f>A2+B2</f>": '<f t="shared" ref="C2:C4" si="0">A2+B2</f>',
        "<f>A4+B4</f>": '<f t="shared" si="0"/>',
    })  # fmt: skip
    made = opened(TemplateBook(shared, "模板.xlsx", {}).render(Data(None, TWO))).active

    assert (made["C2"].value, made["C3"].value) == ("=A2+B2", "=A3+B3")


def test_microsoft_s_validator_and_libreoffice_take_it(tmp_path):
    path = tmp_path / "表.xlsx"
    before = tmp_path / "模板.xlsx"
    before.write_bytes(template(LOOP, change=_decorate))
    path.write_bytes(filled(LOOP, TWO, change=_decorate))

    assert validator_errors(path) <= validator_errors(before)
    assert libreoffice(path, "pdf", tmp_path).stat().st_size > 1000


PAGE = (ROOT / "docs" / "templates.zh.md").read_text("utf-8")


def test_every_name_on_the_page_for_auditors_is_known():
    tables = PAGE.partition("## 能用的名称")[2].partition("没有年度绩效目标")[0]
    known = {*official.names(), *content.FORM, "budget_weight", "funds", "goals", "indicators"}
    named = {name.partition("[")[0] for name in re.findall(r"`([^`]+)`", tables)}

    assert len(named) > 30
    assert named <= known


def test_the_layout_on_the_page_for_auditors_works():
    # The second table of the page: areas stretch over the rows of their loops.
    rows = [
        ["{% for 某目标 in 各目标 %}"],
        ["{{ 某目标.名称 }}", "{% for 一级 in 某目标.一级指标 %}"],
        [None, "{{ 一级.名称 }}", "{% for 行 in 一级.各指标 %}"],
        [None, None, "{{ 行.三级指标 }}"],
        [None, None, "{% endfor %}"],
        [None, "{% endfor %}"],
        ["{% endfor %}"],
    ]
    book = TemplateBook(template(rows, merges=["A2:A6", "B3:B5"]), "模板.xlsx", official.names())
    result, _ = work.read_file(Source(REFERENCE, "表.xlsx"), work.Settings())
    made = opened(book.render(Data(None, content.content(result.forms[0])))).active

    assert [made["A1"].value, made["B1"].value, made["C1"].value] == [
        "工程尾款",
        "产出指标",
        "项目数",
    ]
    assert made.max_row == len(result.forms[0].indicators)
    assert {"A1:A4", "B1:B2"} <= {str(area) for area in made.merged_cells.ranges}


def test_looks_down_to_the_last_row_of_a_sheet_are_no_rows_of_the_form():
    def endless(sheet):
        sheet["A1048576"].font = Font(bold=True)
        sheet.merge_cells("E1:E3")

    data = rewritten(
        template([["{{ title }}"], ["完"]], change=endless),
        "xl/worksheets/sheet1.xml", {'ref="E1:E3"': 'ref="E1:E900000"'},
    )  # fmt: skip
    made = opened(TemplateBook(data, "模板.xlsx", {}).render(Data(None, TWO))).active

    assert made.max_row == 2
    assert [str(area) for area in made.merged_cells.ranges] == ["E1:E2"]


def test_a_chart_shows_the_rows_that_its_own_have_become():
    def charted(sheet):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=3, min_row=4, max_row=6))
        sheet.add_chart(chart, "E8")

    made = filled(LOOP, TWO, change=charted)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
        drawing = package.read("xl/drawings/drawing1.xml").decode()

    assert "'表'!$C$3:$C$6" in chart
    assert re.findall(r"<(?:xdr:)?row>(\d+)<", drawing)[0] == "6"


def test_notes_follow_their_cells():
    def noted(sheet):
        sheet["A8"].comment = Comment("填报说明", "财政局")
        sheet["B3"].comment = Comment("得分", "财政局")

    made = opened(filled(LOOP, TWO, change=noted)).active

    assert {cell.coordinate: cell.comment.text for row in made for cell in row if cell.comment} == {
        "A7": "填报说明", "B2": "得分"}  # fmt: skip


def test_forms_of_one_s_own_come_before_the_official_ones(tmp_path, monkeypatch):
    own = tmp_path / "forms"
    own.mkdir()
    (own / "bureau.xlsx").write_bytes(template([["本局 {{ unit }}"]]))
    (own / "forms.toml").write_text(
        '[bureau]\nfile = "bureau.xlsx"\nzh = "本局表"\nkind = "department"\ntitle = "表"\n',
        "utf-8",
    )
    monkeypatch.setenv("PERFXL_HOME", str(tmp_path))
    official.forms.cache_clear()
    try:
        assert official.fitting("department", "hubei").id == "bureau"
        assert official.fitting("transfer", "ministry").id == "transfer"
        assert values(official.blank(official.find_official("本局表"), 1, 1, None, "某局")) == [
            ["本局 某局"]
        ]
    finally:
        official.forms.cache_clear()


def _header(sheet):
    sheet.oddHeader.center.text = "{{ title }}"


def _prompted(sheet):
    choices = DataValidation(type="list", formula1='"优,良"', prompt="{{ title }}")
    choices.add("A1")
    sheet.add_data_validation(choices)


def _commented(sheet):
    sheet["A1"].comment = Comment("{{ title }}", "财政局")


@pytest.mark.parametrize(
    ("change", "title", "word"),
    [
        (_header, "表", "页眉"),
        (_prompted, "表", "下拉"),
        (_commented, "表", "批注"),
        (None, "{{ title }}", "名称"),
    ],
)
def test_tags_outside_of_cells_are_refused_and_not_printed(change, title, word):
    with pytest.raises(ConfigError) as caught:
        understood([["{{ title }}"]], change=change, title=title)

    assert caught.value.code == "template-tag-elsewhere"
    assert word in texts.load_texts("zh").error(caught.value)


def test_a_range_within_a_looped_row_is_split_where_other_rows_stand_between():
    rows = [
        ["{% for goal in goals %}"],
        ["{{ goal.name }}", "{{ goal.score }}"],
        ["{% for row in goal.indicators %}"],
        [None, "{{ row.score }}", 1],
        ["{% endfor %}"],
        ["{% endfor %}"],
        ["合计", "=SUM(B4:B4)", "=SUM(B4:C4)"],
    ]
    made = opened(filled(rows, TWO)).active

    assert [made["B6"].value, made["C6"].value] == ["=SUM(B2:B3,B5)", "=SUM(B2:C3,B5:C5)"]


def test_links_within_the_workbook_follow():
    def linked(sheet):
        sheet["A1"].hyperlink = Hyperlink(ref="A1", location="'表'!A8")

    made = opened(filled(LOOP, TWO, change=linked)).active

    assert made["A1"].hyperlink.location in ("A7", "'表'!A7")


def test_a_text_too_long_for_one_row_gets_several():
    def narrow(sheet):
        sheet.column_dimensions["A"].width = 12
        sheet.column_dimensions["B"].width = 12

    rows = [["{{ title }}", "{{ title }}"], ["{{ x }}", "边"], ["下", "=A2"]]
    made = opened(filled(rows, {"title": "上", "x": "很长的文字" * 160}, change=narrow)).active

    areas = sorted(str(area) for area in made.merged_cells.ranges)
    last = made.max_row
    assert last > 4
    assert areas == [f"A2:A{last - 1}", f"B2:B{last - 1}"]
    assert [made["A2"].value[:2], made["B2"].value, made[f"A{last}"].value] == ["很长", "边", "下"]
    assert sum(made.row_dimensions[row].height for row in range(2, last)) > 1500
    assert max(made.row_dimensions[row].height for row in range(2, last)) <= 409.5
