"""Tables whose cells are not merged where others merge them: what a label is over, and what goes on below it."""

import pytest

from tests.forms.builder import forms

BLANK = (None,) * 9
TITLE = ("2023年度预算项目绩效自评表", *BLANK)
HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    None,
    "预期指标值",
    None,
    None,
    "完成值",
    "分值",
    "得分",
)
BELOW = (None, None, "名称", "绩效指标描述", "符号", "值", "单位（文字描述）", None, None, None)
ROWS = (
    ("产出指标", "数量指标", "改造里程", "更换管网长度", "≥", 18, "公里", 18.4, 60, 60),
    ("效益指标", "社会效益指标", "受益户数", "改善的户数", "≥", 5200, "户", 5347, 40, 40),
)


def read(*lines):
    """The form of some lines under the title."""
    (form,) = forms([TITLE, *lines])
    return form


def test_a_second_row_of_labels_is_no_indicator_where_nothing_is_merged():
    form = read(HEADS, BELOW, *ROWS)

    assert [one.level3.value for one in form.indicators] == ["改造里程", "受益户数"]
    assert [one.target.text for one in form.indicators] == ["≥18公里", "≥5200户"]
    assert [one.weight.value for one in form.indicators] == [60, 40]
    assert form.unread == ()


def test_a_row_of_words_like_labels_is_an_indicator_where_each_stands_under_its_own():
    heads = ("一级指标", "二级指标", "三级指标", "年度目标值", "实际完成值", "分值", "得分")
    words = ("产出指标", "数量指标", "名称", "完成值", "完成值", 50, 50)
    form = read(heads, words, ("产出指标", "质量指标", "合格率", "100%", "100%", 50, 50))

    assert len(form.indicators) == 2


@pytest.mark.parametrize("heads", ["预算安排情况", "预算安排情况（调整后）"])
def test_a_head_is_over_label_and_amount_where_it_is_not_merged_over_them(heads):
    form = read(
        ("预算执行情况", heads, None, "资金到位情况", None, "资金执行情况", None, "预算执行进度（%）", None, None),
        (None, "预算数", 1200, "到位数", 1200, "执行数", 1129.2, "94.1%", None, None),
        (None, "其中：财政资金", 900, "其中：财政资金", 900, "其中：财政资金", 900, None, None, None),
        (None, "其他", 300, "其他", 300, "其他", 229.2, None, None, None),
        HEADS,
        BELOW,
        *ROWS,
    )  # fmt: skip

    assert [float(fund.budget.value) for fund in form.funds] == [1200, 900, 300]
    assert [float(fund.executed.value) for fund in form.funds] == [1129.2, 900, 229.2]
    assert form.unread == ()


def test_an_amount_under_a_head_of_its_own_belongs_to_no_other():
    form = read(
        ("预算执行情况", "预算数", "到位数", "执行数", None, None, None, None, None, None),
        (None, "其他", 300, 280, None, None, None, None, None, None),
        HEADS,
        BELOW,
        *ROWS,
    )

    assert not any(fund.budget.value for fund in form.funds)


@pytest.mark.parametrize("points", ["", "（40分）"])
def test_a_name_broken_in_two_is_whole_also_where_the_row_of_its_end_has_no_indicator(points):
    heads = ("一级指标", "二级指标", "三级指标", "年度目标值", "实际完成值", "分值", "得分")
    form = read(
        heads,
        ("产出指标", "数量指标", "改造里程", "≥18公里", "18.4公里", 60, 60),
        ("效益", "社会效益指标", "受益户数", "≥5200户", "5347户", 40, 40),
        (f"指标{points}", "经济效益指标", None, None, None, None, None),
    )

    assert [goal.name.value for goal in form.goals] == ["产出指标", "效益指标"]
    assert form.unread == ()


def test_what_a_template_left_is_no_end_of_a_name():
    heads = ("一级指标", "二级指标", "三级指标", "年度目标值", "实际完成值", "分值", "得分")
    form = read(
        heads,
        ("产出指标", "数量指标", "改造里程", "≥18公里", "18.4公里", 60, 60),
        ("效益指标", "社会效益指标", "受益户数", "≥5200户", "5347户", 40, 40),
        (None, "……", "……", None, None, None, None),
    )

    assert form.indicators[1].level2.value == "社会效益指标"
    assert [item.text for item in form.unread] == ["……", "……"]


def test_a_number_of_the_row_hides_neither_the_side_label_nor_the_notes():
    heads = (
        1,
        None,
        "一级指标",
        "二级指标",
        "三级指标",
        "年度目标值",
        "实际完成值",
        "分值",
        "得分",
    )
    form = read(
        heads,
        (2, "绩", "产出指标", "数量指标", "改造里程", "≥18公里", "18.4公里", 60, 60),
        (3, "效", "效益指标", "社会效益指标", "受益户数", "≥5200户", "5347户", 40, 40),
        (4, "备注：", None, None, None, None, None, None, None),
        (5, "1.定量指标按完成比例计算得分。", None, None, None, None, None, None, None),
    )

    assert len(form.indicators) == 2
    assert not {item.text for item in form.unread} - set("12345")
