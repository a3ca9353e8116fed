"""Columns under labels that nobody knows, told by what stands in them; and where nothing is told."""

from decimal import Decimal

import pytest

from perfxl.errors import NoForm
from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, P, forms

TITLE = "2022年度实验室更新专项绩效自评卡"
HEADS = ("考核维度", "考核要点", "观测点", "预设水准", "期末水准", "满分", "自评得分", "得失分析")
ROWS = (
    ("建设产出", "设备更新", "更新实验台", "≥60套", "60套", 30, 30, None),
    (UP, UP, "开放机时", "≥900小时", "945小时", 20, 20, None),
    (UP, "安全管理", "隐患整改率", "100%", "90%", 20, 18, "两处隐患待学校统一改造。"),
    ("建设成效", "教学", "实验开出率", "≥95%", "97%", 20, 20, None),
    (UP, UP, "师生评价", "良好", "良好", 10, 10, None),
)


def table(*rows, heads=HEADS, above=(), below=(("总分", *[LEFT] * 4, 100, 98, None),)):
    width = len(heads)
    lines = [(TITLE, *[LEFT] * (width - 1)), *above, heads, *rows, *below]
    (form,) = forms(lines)
    return form


def columns(form):
    return dict(form.inferred).keys()


def test_targets_and_results_are_two_columns_of_the_same_kind_side_by_side():
    form = table(*ROWS)

    assert columns(form) == {"level1", "level2", "level3", "target", "actual", "reason"}
    assert [(one.level1.value, one.level3.value) for one in form.indicators][2] == (
        "建设产出",
        "隐患整改率",
    )
    assert [(one.target.text, one.actual.text) for one in form.indicators][2] == ("100%", "90%")
    assert form.indicators[2].reason.text == "两处隐患待学校统一改造。"
    assert form.unread == ()


def test_what_was_inferred_is_named_and_judged_like_any_other():
    wrong = list(ROWS)
    wrong[2] = (*ROWS[2][:6], 20, "两处隐患待学校统一改造。")
    form = table(*wrong, below=(("总分", *[LEFT] * 4, 100, 100, None),))

    found = {(one.rule, str(one.severity)) for one in audit(form).findings}

    assert ("indicator-score", "error") in found
    assert ("inferred-column", "note") in found


def test_known_labels_leave_nothing_to_infer():
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "原因分析",
    )

    assert table(*ROWS, heads=heads).inferred == ()


@pytest.mark.parametrize("at", [3, 5])
def test_three_columns_of_values_are_two_pairs_and_none_is_chosen(at):
    heads = (*HEADS[:at], "前期水平", *HEADS[at:])
    rows = [(*row[:at], row[3], *row[at:]) for row in ROWS]

    with pytest.raises(NoForm):
        table(*rows, heads=heads, below=())


def test_points_are_the_numbers_before_a_score_that_is_never_above_them():
    heads = ("一级指标", "二级指标", "三级指标", *HEADS[3:5], "赋值", *HEADS[6:])

    form = table(*ROWS, heads=heads)

    assert "weight" in columns(form)
    assert [one.weight.value for one in form.indicators] == [30, 20, 20, 20, 10]


def test_numbers_below_a_score_are_no_points():
    heads = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "赋值",
        "得分",
        "原因分析",
    )
    rows = [(*row[:5], row[6] - 5, row[6], row[7]) for row in ROWS]

    form = table(*rows, heads=heads)

    assert "weight" not in columns(form)
    assert all(one.weight.value is None for one in form.indicators)


def test_words_without_any_known_label_of_points_make_no_form():
    heads = ("事项", "内容", "要求", "情况", "牵头人", "联系人", "电话", "备注")

    with pytest.raises(NoForm):
        table(*ROWS, heads=heads, below=())


FUNDS = ("经费构成", LEFT, LEFT, "拨入经费额", "决算开支款", "满分", "自评得分", "开支进程")


@pytest.mark.parametrize("rate", [P("0.95"), "95.00%"])
def test_a_rate_proves_which_amount_is_the_budget_and_which_was_spent(rate):
    form = table(
        *ROWS,
        above=(FUNDS, ("经费总额", LEFT, LEFT, 480, 456, 10, 9.5, rate)),
    )

    (fund,) = form.funds
    assert (fund.budget.value, fund.executed.value, fund.rate.value) == (480, 456, Decimal("0.95"))
    assert {"budget", "executed"} <= columns(form)


def test_amounts_that_no_rate_proves_are_not_taken():
    form = table(*ROWS, above=(FUNDS, ("经费总额", LEFT, LEFT, 480, 456, 10, 9.5, P("0.5"))))

    assert form.funds == ()
    assert any(item.text == "480" for item in form.unread)


def test_planned_and_real_amounts_of_one_thing_are_a_row_of_the_funds():
    form = table(
        *ROWS,
        above=(
            ("计划总投资", LEFT, 860, "实际总投资", LEFT, 842.8, None, None),
            ("计划财政奖补", LEFT, 600, "实际财政奖补", LEFT, 600, None, None),
            ("计划自筹", LEFT, 260, "实际自筹", LEFT, 242.8, None, None),
        ),
    )

    assert [
        (one.name.value, one.budget.value, one.executed.value, one.total) for one in form.funds
    ] == [
        ("总投资", 860, Decimal("842.8"), True),
        ("财政奖补", 600, 600, False),
        ("自筹", 260, Decimal("242.8"), False),
    ]
    assert form.unread == ()


def test_funds_may_go_on_in_a_second_line_of_pairs():
    form = table(
        *ROWS,
        above=(
            ("年初预算数", 900, "追加资金", 120, "调整后预算数", 1020, None, None),
            ("累计支出数", 979.2, "执行率", P("0.96"), "得分", 9.6, None, None),
        ),
    )

    (fund,) = form.funds
    assert (fund.initial.value, fund.budget.value, fund.executed.value, fund.score.value) == (
        900, 1020, Decimal("979.2"), Decimal("9.6"),
    )  # fmt: skip
    assert form.unread == ()


def test_a_strange_name_with_points_across_the_table_is_a_section():
    heads = ("类别", "指标名称", "责任目标", "落实结果", "标准分", "自评得分", "差异说明")
    rows = [
        ("一、服务产出（60分）", *[LEFT] * 6),
        ("数量", "新增床位", "≥60张", "60张", 30, 30, None),
        ("质量", "病案合格率", "≥95%", "97%", 30, 30, None),
        ("二、运行成效（40分）", *[LEFT] * 6),
        ("效率", "平均住院日", "≤7.5天", "7.2天", 40, 40, None),
    ]

    form = table(*rows, heads=heads, below=(("总分", *[LEFT] * 3, 100, 100, None),))

    assert [(goal.section, goal.weight.value) for goal in form.goals] == [(True, 60), (True, 40)]
    assert [one.level2.value for one in form.indicators] == ["数量", "质量", "效率"]
    assert [one.goal for one in form.indicators] == [1, 1, 2]
