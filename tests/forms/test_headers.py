"""Headers whose labels say one thing twice, number their columns, or take three rows."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import HEADS, LEFT, UP, P, forms, ministry_lines, row

TITLE = "2022年度项目支出绩效自评表"
TAIL = ("分值", "得分", "偏差原因")


def table(*lines):
    """The forms of a table under a title."""
    width = max(len(line) for line in lines)
    (form,) = forms([(TITLE, *[LEFT] * (width - 1)), *lines])
    return form


@pytest.mark.parametrize(
    ("target", "other", "actual"),
    [
        ("2022年目标值", "2021年实际值", "2022年实际值"),
        ("2022年目标值", "2021年实际值", "实际完成值"),
        ("年度指标值", "上年完成值", "实际完成值"),
        ("年度指标值", "去年同期值", "全年完成值"),
        ("年度指标值", "历史参考值", "全年完成值"),
        ("2022年目标值", "2023年目标值", "2022年实际值"),
        ("2022年目标值", "2021年目标值", "实际完成值"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_only_the_forms_own_year_counts(target, other, actual, first):
    between = (other, target, actual) if first else (target, actual, other)
    values = {target: "≥90%", other: "50%", actual: "95%"}
    form = table(
        (*HEADS[:3], *between, *TAIL),
        ("产出指标", "质量指标", "合格率", *(values[name] for name in between), 100, 100, None),
    )
    (one,) = form.indicators

    assert (one.target.text, one.actual.text) == ("≥90%", "95%")


def test_last_years_amounts_are_not_this_years():
    lines = ministry_lines(row("合格率", "≥90%", "95%", 50, 50))
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    lines[at] = (lines[at][0], "资金来源", "上年执行数", *lines[at][3:])
    lines[at + 1] = (UP, "年度资金总额", 77, *lines[at + 1][3:])
    (form,) = forms(lines)

    assert form.funds[0].executed.value == 100
    assert form.unread == ()


def test_brackets_tell_target_and_actual_apart():
    form = table(
        (*HEADS[:3], "绩效目标（年初设定）", "绩效目标（年终完成）", *TAIL),
        ("产出指标", "数量指标", "加固水库", "3座", "2座", 100, 66.67, "资金未到位"),
    )

    assert (form.indicators[0].target.text, form.indicators[0].actual.text) == ("3座", "2座")


@pytest.mark.parametrize("side", ["目标完成情况", "绩效目标", "实际完成情况"])
def test_a_label_at_the_side_is_no_column(side):
    form = table(
        (side, *HEADS[:3], "年度指标值", "完成值", *TAIL),
        (None, "产出指标", "数量指标", "加固水库", "3座", "3座", 100, 100, None),
    )

    assert (form.indicators[0].target.text, form.indicators[0].actual.text) == ("3座", "3座")
    assert form.unread == ()


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("栏次", None, None, "（1）", "（2）", "（3）", "（4）=（2）/（1）*（3）", None),
        ("A", "B", "C", "D", "E", "F", "G=E/D*F", "H"),
    ],
)
def test_numbers_of_columns_are_no_indicator(numbers):
    form = table(
        HEADS,
        numbers,
        ("产出指标", "数量指标", "加固水库", "3座", "3座", 90, 90, None),
        ("总分", LEFT, LEFT, LEFT, LEFT, 90, 90, None),
    )

    assert [one.name for one in form.indicators] == ["加固水库"]
    assert form.unread == ()
    assert [f for f in audit(form).findings if f.severity == "error"] == []


def test_funds_are_read_below_the_numbers_of_their_columns():
    lines = ministry_lines(row("合格率", "≥90%", "95%", 50, 50))
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    numbers = (None, "栏次", LEFT, "1", "2", "3", "4", "5=3/2", "6")
    (form,) = forms([*lines[: at + 1], numbers, *lines[at + 1 :]])

    assert (form.funds[0].budget.value, form.funds[0].score.value) == (200, 5)
    assert len(form.funds) == 1


def test_names_and_weights_below_each_level_in_a_third_row():
    form = table(
        ("评价指标", *[LEFT] * 5, "指标说明", "评分标准", "自评分数"),
        ("一级指标", LEFT, "二级指标", LEFT, "三级指标", LEFT, UP, UP, UP),
        ("名称", "权重（%）", "名称", "权重（%）", "名称", "权重（%）", UP, UP, UP),
        ("履职效能", 50, "整体效能", 50, "产出指标完成情况", 50, "反映产出", "按完成率计分", 50),
        ("管理效率", 50, "信息公开", 50, "预决算公开合规性", 50, "反映公开", "合规得满分", 51),
    )

    assert [one.weight.value for one in form.indicators] == [50, 50]
    assert form.goals[0].weight.value == 50
    assert [f.rule for f in audit(form).findings if f.severity == "error"] == ["score-range"]


def test_points_may_stand_left_of_the_words():
    form = table(
        ("得分", "分值", *HEADS[:3], "计划", "实际", "说明"),
        (90, 90, "产出", "数量", "演出场次", "8场", "8场", None),
        (90, 90, "合计", LEFT, LEFT, LEFT, LEFT, LEFT),
    )

    assert form.claimed_total.value == 90
    assert [one.name for one in form.indicators] == ["演出场次"]
    assert form.indicators[0].target.text == "8场"


def test_points_of_the_rate_below_funds_on_their_side():
    lines = ministry_lines(row("合格率", "≥90%", "95%", 50, 50))
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    funds = [
        ("资金情况（万元）", None, None, "合计", "中央", "市县", None, None, None),
        ("全年预算数", None, None, 200, 150, 50, None, None, None),
        ("全年执行数", None, None, 190, 150, 40, None, None, None),
        ("执行率", None, None, P("0.95"), P("1"), P("0.8"), None, None, None),
        ("执行率得分（10分）", LEFT, LEFT, 9.5, LEFT, LEFT, LEFT, LEFT, LEFT),
    ]
    (form,) = forms([*lines[:at], *funds, *lines[at + 2 :]])

    assert (form.funds[0].executed.value, form.funds[0].score.text) == (190, "9.5")
    assert form.unread == ()


@pytest.mark.parametrize(
    ("cells", "target"),
    [
        (("≥", 50, "公里"), "≥50公里"),
        (("≤", "3.5", "%"), "≤3.5%"),
        ((None, 50, "公里"), "50公里"),
        (("≥", 50, None), "≥50"),
    ],
)
def test_a_target_in_three_cells_under_one_label(cells, target):
    form = table(
        (*HEADS[:3], "年度指标值", LEFT, LEFT, "实际完成值", *TAIL),
        ("产出指标", "数量指标", "安装护栏", *cells, "52", 100, 100, None),
    )

    assert form.indicators[0].target.text == target
    assert form.unread == ()


def test_a_line_across_the_table_is_the_section_of_the_rows_below():
    form = table(
        ("序号", "指标名称", "目标值", "完成值", *TAIL),
        ("一、产出指标（60分）", *[LEFT] * 6),
        (1, "接收对象", "≥120人", "126人", 30, 30, None),
        (2, "建档率", "100%", "100%", 30, 30, None),
        ("二、效益指标（40分）", *[LEFT] * 6),
        (3, "再犯罪率", "≤0.5%", "0.2%", 45, 45, None),
    )

    assert [(one.goal, one.name) for one in form.indicators] == [
        (1, "接收对象"),
        (1, "建档率"),
        (2, "再犯罪率"),
    ]
    assert [goal.weight.value for goal in form.goals] == [60, 40]
    assert [f.cell for f in audit(form).findings if f.rule == "weight-sum"][:1] == ["A6"]
    assert form.unread == ()


def test_amounts_of_several_sources_in_a_row_are_no_budget_with_its_spending():
    lines = [
        (TITLE, *[LEFT] * 7),
        ("部门资金（万元）", None, "年初预算数", 320, "全年预算数", 350, "全年执行数", 343),
        ("其中：人员经费", None, None, 200, "公用经费", 50, "项目经费", 93),
        (*HEADS[:7], "备注"),
        ("产出指标", "数量指标", "预警信息", "≥500条", "510条", 100, 100, None),
    ]
    (form,) = forms(lines)

    assert len(form.funds) == 1
    assert [f.rule for f in audit(form).findings if f.rule == "overspent"] == []


def test_spending_is_not_measured_by_the_initial_budget_beside_an_amount_not_understood():
    lines = ministry_lines(
        row("合格率", "≥90%", "95%", 50, 50), budget=(100, 120, 108, 10, None, 9)
    )
    at = next(index for index, line in enumerate(lines) if "全年执行数" in line)
    heads = lines[at]
    lines[at] = (*heads[:4], "某某数", *heads[5:])
    (form,) = forms(lines)
    case = audit(form)

    assert form.funds[0].budget.value is None
    assert [f.rule for f in case.findings if f.severity != "note"] == []

    lines[at] = (*heads[:4], "调整后安排数", *heads[5:])
    (form,) = forms(lines)

    assert form.funds[0].budget.value == 120
    assert [f.rule for f in audit(form).findings if f.severity != "note"] == []


def test_a_tables_projects_are_its_first_level():
    form = table(
        ("项目名称", "二级指标", "三级指标", "指标值", "完成值", *TAIL),
        ("道路维修", "数量指标", "维修里程", "≥10公里", "10公里", 50, 50, None),
        ("环境整治", "数量指标", "清运垃圾", "≥500吨", "510吨", 50, 50, None),
    )

    assert [one.level1.value for one in form.indicators] == ["道路维修", "环境整治"]


@pytest.mark.parametrize("claimed", [94.25, "94.25", "94.25分"])
def test_a_line_of_values_above_a_header_is_no_part_of_it(claimed):
    lines = ministry_lines()
    head = ("自评得分", LEFT, claimed, LEFT, LEFT, "财政审核评分", None, None, None)
    funds = (
        "预算执行情况（万元）",
        None,
        None,
        "年初预算数",
        "全年预算数",
        "全年执行数",
        None,
        "执行率",
        None,
    )
    row = (UP, "年度资金总额", LEFT, None, 200, 100, None, "50%", None)
    (form,) = forms([*lines[:3], head, funds, row, *lines[5:]])

    (fund,) = form.funds
    assert (fund.budget.value, fund.executed.value) == (200, 100)
    assert fund.score.text == ""
    assert form.claimed_total.text
