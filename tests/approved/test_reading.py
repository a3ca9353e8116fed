"""Approved tables as people write them, read; and what is refused, with its cell."""

import contextlib
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl import texts
from perfxl.errors import UsageError
from tests.approved.tables import read
from tests.forms.builder import LEFT, UP, P

L, U = LEFT, UP
HEAD = ("单位名称", "指标名称", "目标值", "权重")


def rows(table):
    return [(row.name, row.target.text, row.weight.value) for row in table.indicators]


# ---------------------------------------------------------------- plain lists
def test_a_list_with_merged_and_blank_cells_below_a_title():
    tables = read([
        ("江州市2023年绩效目标批复一览表", *[L] * 7),
        ("单位", "项目", "目标", "指标", "目标值", "单位", "权重", "预算（万元）"),
        ("甲局", "养路", "目标1（8分）", "里程", "≥100", "公里", 5, 200),
        (U, U, U, "合格率", "≥95", "%", 3, U),
        (U, "植树", "目标2：绿化", "棵数", "≥10", "棵", "8分", 10),
        ("乙局", None, "1", "次数", "≥10", "次", P("0.08", "0%"), 30),
        (None, None, None, "人 数", "≥10", "人", 8, None),
        ("合计", None, None, None, None, None, 32, None),
        ("注：以上为批复数。", *[L] * 7),
    ])  # fmt: skip

    assert [(t.unit.value, t.project.value, t.year.value, t.money_unit.value) for t in tables] == [
        ("甲局", "养路", 2023, "万元"), ("甲局", "植树", 2023, "万元"), ("乙局", None, 2023, "万元"),
    ]  # fmt: skip
    assert rows(tables[0]) == [("里程", "≥100公里", 5), ("合格率", "≥95%", 3)]
    assert rows(tables[1]) == [("棵数", "≥10棵", 8)]
    assert rows(tables[2]) == [("次数", "≥10次", 8), ("人数", "≥10人", 8)]
    assert [(g.goal, g.name.value, g.weight.value) for t in tables for g in t.goals] == [
        (1, None, 8), (2, "绿化", None), (1, None, None),
    ]  # fmt: skip
    assert [t.funds[0].budget.value for t in tables] == [200, 10, 30]
    assert tables[0].indicators[1].level3.cell == "D4"
    assert tables[0].indicators[1].target.cell == "E4"


def test_columns_in_any_order_and_levels_that_go_on():
    (table,) = read([
        ("分值", "年度指标值", "三级指标", "二级指标", "一级指标", "项目名称", "预算单位", "年度"),
        (20, "≥9公里", "里程", "数量指标", "产出指标", "养路", "甲局", 2023),
        (10, "≥95%", "合格率", "质量指标", None, None, None, None),
        (10, "≥90%", "满意度", "服务对象满意度指标", "满意度指标", None, None, None),
    ])  # fmt: skip

    assert (table.unit.value, table.project.value, table.year.value) == ("甲局", "养路", 2023)
    assert [(r.level1.value, r.level2.value, r.name) for r in table.indicators] == [
        ("产出指标", "数量指标", "里程"), ("产出指标", "质量指标", "合格率"),
        ("满意度指标", "服务对象满意度指标", "满意度"),
    ]  # fmt: skip


def test_a_wider_key_ends_the_narrower_ones():
    tables = read([
        ("单位名称", "项目名称", "目标", "指标名称", "目标值"),
        ("甲局", "养路", "1", "里程", "≥9"),
        ("乙局", None, None, "里程", "≥8"),
    ])  # fmt: skip

    assert [(t.unit.value, t.project.value, len(t.goals)) for t in tables] == [
        ("甲局", "养路", 1), ("乙局", None, 0),
    ]  # fmt: skip


def test_the_unit_may_stand_above_the_list_and_english_headers_do():
    (named,) = read([
        ("单位名称：甲局", *[L] * 4), ("目标", "分值", "指标", "目标值", "分值"), ("1", 8, "里程", "≥3", 8),
    ])  # fmt: skip
    (english,) = read([
        ("unit", "goal", "indicator", "target", "weight", "budget"), ("甲局", 1, "里程", "≥3", 8, 90),
    ])  # fmt: skip

    assert (named.unit.value, named.goals[0].weight.value) == ("甲局", 8)
    assert rows(named) == rows(english) == [("里程", "≥3", 8)]
    assert (english.goals[0].goal, english.funds[0].budget.value) == (1, 90)


def test_the_goal_word_is_a_target_behind_the_indicator():
    (table,) = read([("单位", "指标", "目标", "权重"), ("甲局", "里程", "≥3公里", 8)])

    assert (rows(table), table.goals) == ([("里程", "≥3公里", 8)], ())


def test_a_header_repeated_after_a_page_break_goes_on():
    (table,) = read([HEAD, ("甲局", "里程", "≥3", 8), HEAD, (None, "人数", "≥4", 9)])

    assert rows(table) == [("里程", "≥3", 8), ("人数", "≥4", 9)]


def test_one_weight_merged_over_rows_is_not_each_row_s():
    (table,) = read([HEAD, ("甲局", "里程", "≥3", 8), (U, "人数", "≥4", U)])

    assert next(row.weight.how for row in table.indicators) == "shared"


# ---------------------------------------------------------------- several tables on one sheet
LISTED = ("指标名称", "目标值", "权重")


def stacked(head, *, gap=True, project=True):
    found = []
    for unit, name, target in (("清河站", "养路", "≥3"), ("白沙站", "架桥", "≥9")):
        found += [(f"单位名称：{unit}", *[None] * (len(head) - 1))]
        if project and "项目名称" not in head:
            found += [(f"项目名称：{name}", *[None] * (len(head) - 1))]
        values = {"项目名称": name, "指标名称": "里程", "目标值": target, "权重": 8}
        second = {**values, "指标名称": "人数"}
        found += [head, *(tuple(line[key] for key in head) for line in (values, second))]
        found += [(None,) * len(head)] if gap else []
    return found


@pytest.mark.parametrize("gap", [True, False])
@pytest.mark.parametrize("head", [LISTED, ("项目名称", *LISTED)])
def test_each_of_several_lists_on_a_sheet_belongs_to_its_own_unit(head, gap):
    tables = read([("江州市2023年绩效目标批复表", *[L] * (len(head) - 1)), *stacked(head, gap=gap)])

    assert [(t.unit.value, t.project.value, t.year.value) for t in tables] == [
        ("清河站", "养路", 2023), ("白沙站", "架桥", 2023),
    ]  # fmt: skip
    assert [rows(t) for t in tables] == [
        [("里程", "≥3", 8), ("人数", "≥3", 8)],
        [("里程", "≥9", 8), ("人数", "≥9", 8)],
    ]


def test_a_list_with_a_column_of_units_may_stand_above_one_with_a_line():
    tables = read([
        ("单位名称", "项目名称", *LISTED), ("清河站", "养路", "里程", "≥3", 8),
        ("单位名称：白沙站", *[None] * 4), ("项目名称", *LISTED, None), ("架桥", "里程", "≥9", 8, None),
    ])  # fmt: skip

    assert [(t.unit.value, t.project.value, rows(t)) for t in tables] == [
        ("清河站", "养路", [("里程", "≥3", 8)]), ("白沙站", "架桥", [("里程", "≥9", 8)]),
    ]  # fmt: skip


def test_a_new_project_below_keeps_the_unit_above():
    tables = read([
        ("单位名称：清河站", None, None), ("项目名称：养路", None, None), LISTED, ("里程", "≥3", 8), ("人数", "≥3", 8),
        ("项目名称：架桥", None, None), LISTED, ("里程", "≥9", 8), ("人数", "≥3", 8),
    ])  # fmt: skip

    assert [(t.unit.value, t.project.value) for t in tables] == [
        ("清河站", "养路"),
        ("清河站", "架桥"),
    ]


def test_the_same_unit_again_at_a_page_break_goes_on():
    (table,) = read([
        ("单位名称：清河站", *[None] * 3), ("项目名称", *LISTED), ("养路", "里程", "≥3", 8),
        ("填报单位：清河站", *[None] * 3), ("项目名称", *LISTED), (None, "人数", "≥9", 8),
    ])  # fmt: skip

    assert rows(table) == [("里程", "≥3", 8), ("人数", "≥9", 8)]


# ---------------------------------------------------------------- sums, ditto marks, 单位
@pytest.mark.parametrize("word", ["合计", "小 计", "总计"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_sum_is_no_indicator_wherever_its_word_stands(word, place):
    total = [None, None, None, None, 16]
    total[place] = word
    head = ("单位名称", "项目名称", *LISTED)
    (table,) = read(
        [head, ("甲局", "养路", "里程", "≥3", 8), tuple(total), (None, None, "人数", "≥9", 8)]
    )

    assert rows(table) == [("里程", "≥3", 8), ("人数", "≥9", 8)]


def test_a_unit_s_own_sum_is_skipped_and_a_name_that_ends_so_is_not():
    head = ("单位名称", *LISTED)
    (table,) = read([
        head, ("甲局", "里程", "≥3", 8), (None, "培训人数合计", "≥9", 8), ("甲局合计", None, None, 16),
    ])  # fmt: skip

    assert rows(table) == [("里程", "≥3", 8), ("培训人数合计", "≥9", 8)]


@pytest.mark.parametrize("mark", ["同上", "〃", '"', "同前", " 同 上 "])
def test_a_ditto_mark_says_what_stands_above_it(mark):
    (table,) = read([
        ("单位名称", "项目名称", "一级指标", *LISTED),
        ("甲局", "养路", "产出指标", "里程", "≥3", 8), (mark, mark, mark, "人数", mark, mark),
        ("单位名称", "项目名称", "一级指标", *LISTED), (mark, mark, mark, "次数", "≥5", mark),
    ])  # fmt: skip

    assert (table.unit.value, table.project.value) == ("甲局", "养路")
    assert rows(table) == [("里程", "≥3", 8), ("人数", "≥3", 8), ("次数", "≥5", 8)]
    assert [row.level1.value for row in table.indicators] == ["产出指标"] * 3
    assert table.indicators[1].target.cell == "E3"


@pytest.mark.parametrize("heads", list(permutations(("单位", "项目", "指标", "目标值")))[::3])
@pytest.mark.parametrize("named", [True, False])
def test_what_a_column_unit_means_follows_from_its_values(heads, named):
    first = {"项目": "养路", "指标": "里程", "目标值": "≥3公里" if named else "≥3"}
    lines = [
        {**first, "单位": "公路站" if named else "公里"},
        {**first, "指标": "合格率", "目标值": "≥9%" if named else "≥9", "单位": "公路站" if named else "%"},
    ]  # fmt: skip
    (table,) = read([heads, *(tuple(line[head] for head in heads) for line in lines)])

    assert table.unit.value == ("公路站" if named else None)
    assert rows(table) == [("里程", "≥3公里", None), ("合格率", "≥9%", None)]


def test_a_list_on_one_sheet_and_a_form_on_another():
    form = [
        ("2023年度清河县乙局部门整体支出绩效目标批复表", *[L] * 3),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "里程", "≥9公里"),
        (U, "质量指标", "合格率", "≥95%"),
    ]

    tables = read([HEAD, ("甲局", "里程", "≥3", 8)], [("填表说明",)], form)

    assert [(t.unit.value, t.kind, len(t.indicators)) for t in tables] == [
        ("甲局", "", 1), ("清河县乙局", "department", 2),
    ]  # fmt: skip


# ---------------------------------------------------------------- target forms
INDICATORS = [
    ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"),
    (U, "产出指标", "数量指标", "养护里程", "≥100公里", 20),
    (U, U, "质量指标", "合格率", "≥95%", 30),
]


def test_a_target_form_states_its_amount_beside_a_label():
    (table,) = read([
        ("2023年度项目支出绩效目标申报表", *[L] * 5),
        ("项目名称", "道路养护", L, L, L, L),
        ("主管部门", "交通局", L, "实施单位", "公路站", L),
        ("项目资金（万元）", "年度资金总额：", L, 200, L, L),
        (U, "其中：财政拨款", L, 150, L, L),
        *INDICATORS,
    ])  # fmt: skip

    assert (table.kind, table.unit.value, table.project.value, table.year.value) == (
        "project", "公路站", "道路养护", 2023,
    )  # fmt: skip
    assert (table.funds[0].budget.value, table.funds[0].budget.cell) == (200, "D4")
    assert rows(table) == [("养护里程", "≥100公里", 20), ("合格率", "≥95%", 30)]


HALVES = ("二级指标", "三级指标", "指标值")


def two_periods(left, right):
    return [
        ("项目支出绩效目标申报表", *[L] * 7), ("（2023年度）", *[L] * 7),
        ("项目名称", "道路养护", L, L, "实施单位", "公路站", L, L),
        ("资金（万元）", "中期资金总额：", L, 600, "年度资金总额：", L, L, 200),
        ("总体目标", None, left, L, L, right, L, L),
        ("绩效指标", "一级指标", *HALVES, *HALVES),
        (U, "产出指标", "数量指标", "里程", "≥300公里", "数量指标", "里程", "≥100公里"),
        (U, U, "质量指标", "合格率", "≥90%", "质量指标", "合格率", "≥95%"),
    ]  # fmt: skip


def test_of_two_periods_side_by_side_this_year_counts():
    (right,) = read(two_periods("中期目标（2023—2025年）", "年度目标"))
    (left,) = read(two_periods("年度目标", "中期目标（2023—2025年）"))

    assert rows(right) == [("里程", "≥100公里", None), ("合格率", "≥95%", None)]
    assert rows(left) == [("里程", "≥300公里", None), ("合格率", "≥90%", None)]
    assert right.indicators[0].target.cell == "H7"
    assert right.funds[0].budget.value == 200


def test_columns_of_earlier_years_are_left_out():
    (table,) = read([
        ("2023年度清河县公路站部门整体支出绩效目标申报表", *[L] * 7),
        ("年度绩效目标1：（40分）", *[L] * 7),
        ("养护年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值", L, L, "绩效标准"),
        (U, U, U, U, "前年", "上年", "预计当年实现", U),
        (U, "产出指标", "数量指标", "养护里程", "80", "90", "≥100公里", "计划标准"),
        (U, U, "质量指标", "合格率", "93%", "94%", "≥95%", "计划标准"),
    ])  # fmt: skip

    assert rows(table) == [("养护里程", "≥100公里", None), ("合格率", "≥95%", None)]


def test_goals_for_several_years_are_left_out():
    heads = ("一级指标", "二级指标", "三级指标", "指标值")
    (table,) = read([
        ("2023年度清河县公路站部门整体支出绩效目标批复表", *[L] * 4),
        ("长期绩效目标1：把路养好", *[L] * 4), ("长期绩效指标", *heads),
        (U, "产出指标", "数量指标", "养护里程", "≥300公里"),
        ("年度绩效目标1：（40分）", *[L] * 4), ("年度绩效指标", *heads),
        (U, "产出指标", "数量指标", "养护里程", "≥100公里"),
    ])  # fmt: skip

    assert [(g.goal, g.weight.value) for g in table.goals] == [(1, 40)]
    assert rows(table) == [("养护里程", "≥100公里", None)]
    assert table.indicators[0].goal == 1


# ---------------------------------------------------------------- refused
REFUSED = {
    "approved-lone-name": (
        [("单位名称：甲局", L, L, L), ("项目名称", *HEAD[1:]), ("养路", "里程", "≥3", 8), ("白沙公路站", L, L, L),
           ("项目名称", *HEAD[1:]), ("架桥", "里程", "≥3", 8)], "A4", ["白沙公路站", "单位名称：白沙公路站"],
    ),
    "approved-ditto": ([HEAD, ("同上", "里程", "≥3", 8)], "A2", ["同上"]),
    "approved-which-unit": (
        [("项目", "指标", "目标值", "单位"), ("养路", "里程", "有所提升", "青山绿水"), (None, "人数", "≥3人", "蓝天白云")], "D1", ["单位名称", "计量单位"],
    ),
    "approved-blank-unit": (
        [("单位名称", "项目名称", "指标名称", "目标值"), (None, "养路", "里程", "≥3"), ("甲局", None, "人数", "≥3")], "C2", ["单位"],
    ),
    "approved-no-values": ([HEAD, ("甲局", "里程", None, None), (None, "人数", None, None)], "B2", ["目标值"]),
    "approved-no-column": ([("单位名称", "目标值", "权重"), ("甲局", "≥1", 2)], "A1", ["三级指标"]),
    "approved-no-number": ([HEAD, ("甲局", "里程", "≥3", "八")], "D2", ["八", "分值"]),
    "approved-twice": ([HEAD, ("甲局", "里程", "≥3", 8), (None, "里 程", "≥3", 8)], "B3", ["B2", "里程"]),
    "approved-no-unit": ([HEAD, (None, "里程", "≥3", 8), ("甲局", "人数", "≥3", 8)], "B2", ["单位名称"]),
    "approved-no-name": ([HEAD, ("甲局", None, "≥3", 8), (None, "人数", "≥3", 8)], "C2", ["≥3"]),
    "approved-two-budgets": (
        [(*HEAD, "预算"), ("甲局", "里程", "≥3", 8, 3), (None, "人数", "≥3", 8, 4)], "E3", ["E2", "4"],
    ),
    "approved-two-periods": ([("单位名称", "公路站", *[L] * 6), *two_periods("", "")[5:]], "F2", ["年度目标"]),
    "approved-no-table": ([("填表说明",)], "", ["单位名称", "指标", "目标值", "分值"]),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_compared_with_is_refused_with_its_cell(code):
    lines, cell, told = REFUSED[code]

    with pytest.raises(UsageError) as refused:
        read(lines)

    assert refused.value.code == code
    for language in ("zh", "en"):
        text = texts.load_texts(language).error(refused.value)
        assert "批复.xlsx" in text
        assert cell in text
        assert ("批复" in text) == (cell == "" or "批复" in text)
    for word in told:
        assert word in texts.load_texts("zh").error(refused.value)


def test_a_budget_that_is_no_number_is_called_a_budget():
    with pytest.raises(UsageError) as refused:
        read([(*HEAD, "预算"), ("甲局", "里程", "≥3", 8, "待定")])

    assert "预算数" in texts.load_texts("zh").error(refused.value)


def test_a_form_that_says_two_things_of_one_indicator_is_refused():
    twice = (U, U, "数量指标", "养护里程", "≥100公里", 10)
    form = [("单位名称", "公路站", L, L, L, L), *INDICATORS, twice]

    with pytest.raises(UsageError) as refused:
        read(form)

    assert (refused.value.code, refused.value.arguments["cells"]) == (
        "approved-twice",
        ["D3", "D5"],
    )


def test_a_form_without_unit_and_project_is_refused():
    with pytest.raises(UsageError) as refused:
        read(INDICATORS)

    assert refused.value.code == "approved-no-unit"


def test_a_form_with_words_for_a_weight_is_refused():
    with pytest.raises(UsageError) as refused:
        read([
            ("单位名称", "公路站", L, L, L, L), *INDICATORS, (U, U, "时效指标", "及时率", "≥95%", "见附件"),
        ])  # fmt: skip

    assert (refused.value.code, refused.value.arguments["cell"]) == ("approved-no-number", "F5")


HEADS = st.permutations(
    [*HEAD, "项目名称", "目标", "年度", "预算", "一级指标", "二级指标", "单位", "中期目标"]
)
CELLS = st.sampled_from([
    "甲局", "养护里程", "≥95%", "目标1（8分）", "长期绩效目标1：", "合计", "说明", "指标名称", "2023", "1", 8, 0, "—", None, LEFT, UP,
])  # fmt: skip


@given(HEADS, st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=7))
def test_whatever_stands_in_a_list_is_read_or_refused(heads, cells):
    lines = [
        heads[:6],
        *(
            [None if each is LEFT and not col else each for col, each in enumerate(line)]
            for line in cells
        ),
    ]
    tables = []

    with contextlib.suppress(UsageError):
        tables = read(lines)

    assert all(table.unit.value or table.project.value for table in tables)
    assert all(row.name and row.level3.cell for table in tables for row in table.indicators)
