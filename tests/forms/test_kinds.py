"""Kinds of labels and cells that published forms have and that the reader once took for something else."""

from decimal import Decimal

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, P, forms, hubei_lines, ministry_lines, row

HUBEI = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
GOALS = "2023年度某市水务局部门整体绩效自评表"


def beside(first, second, *, again=True, below=False):
    """A Hubei form whose goals' labels are merged down beside their blocks."""
    block = [
        ("产出指标", "数量指标", "巡查次数", "≥12次", "12次", 20),
        ("效益指标", "社会效益", "投诉处理率", "≥95%", "98%", 20),
    ]
    lines = hubei_lines(fill=False)[:6]
    if below:
        lines += [(None, *HUBEI), (first, *block[0]), (UP, *block[1])]
    else:
        lines += [(first, *HUBEI), *((UP, *each) for each in block)]
    if again:
        lines += [(second, *HUBEI), *((UP, *each) for each in block)]
    else:
        lines += [(second, *block[0]), (UP, *block[1])]
    return [*lines, ("总分", *[LEFT] * 5, 99)]


@pytest.mark.parametrize(
    "label",
    [
        "年度绩效目标{}（40分）",
        "年度绩效目标{}：（40分）",
        "年度绩效\n目标{}\n（40分）",
        "目标{}(40分)",
    ],
)
@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("below", [True, False])
def test_a_goals_label_beside_its_block_is_a_goal(label, again, below):
    (form,) = forms(beside(label.format(1), label.format(2), again=again, below=below))

    assert [(goal.goal, goal.section, goal.weight.value) for goal in form.goals] == [
        (1, False, 40),
        (2, False, 40),
    ]
    assert [one.goal for one in form.indicators] == [1, 1, 2, 2]
    assert [goal.score.row for goal in form.goals] == [0, 0]
    assert form.unread == ()
    assert [f for f in audit(form).findings if f.severity != "note"] == []


def test_one_goal_beside_its_block_needs_no_number():
    lines = beside("年度绩效目标（80分）", "", again=True)
    at = next(at for at, line in enumerate(lines) if line[0] == "")
    lines[at : at + 1] = []
    lines[at] = (UP, *lines[at][1:])
    (form,) = forms(lines)

    assert [(goal.section, goal.weight.value) for goal in form.goals] == [(False, 80)]
    assert len(form.indicators) == 4


def test_a_label_beside_the_block_that_repeats_the_row_above_is_no_second_goal():
    lines = hubei_lines()
    at = next(at for at, line in enumerate(lines) if str(line[0]).startswith("年度绩效目标1"))
    lines[at + 1] = ("年度绩效目标1绩效指标", *lines[at + 1][1:])
    (form,) = forms(lines)

    assert [goal.goal for goal in form.goals] == [1]
    assert form.goals[0].score.value == 80


SCORING = ("一级指标", "二级指标", "三级指标", "评价标准", "自评分")


@pytest.mark.parametrize("name", ["绩效目标（10分）", "绩效目标（ 10 分 ）", "目标1（10分）"])
@pytest.mark.parametrize("first", [True, False])
def test_a_level_named_after_goals_is_no_goal(name, first):
    rows = [
        ("投入（20分）", name, "目标合理性（5分）", "依据充分", 5),
        (UP, UP, "指标明确性（5分）", "细化量化", 4),
        (UP, "预算配置（10分）", "在职人员控制率（10分）", "不超编", 10),
        ("产出（80分）", "职责履行（80分）", "实际完成率（80分）", "完成", 79),
    ]
    if first:
        rows[0] = (name, "投入（20分）", *rows[0][2:])
    (form,) = forms(
        [
            ("2023年度某县文化局部门整体支出绩效评价得分表", *[LEFT] * 4),
            SCORING,
            *rows,
            ("合计", LEFT, LEFT, LEFT, 98),
        ]
    )

    assert [one.score.value for one in form.indicators] == [5, 4, 10, 79]
    assert [one.weight.value for one in form.indicators] == [5, 5, 10, 80]
    assert all(goal.section for goal in form.goals)
    assert form.indicators[0].level1.value == (
        "绩效目标" if first and "绩" in name else form.indicators[0].level1.value
    )
    assert (form.year.value, form.kind) == (2023, "department")


HALL = ("养护里程", "≥100公里", "100公里", 90, 90)


def headed(*head, total=True):
    """A ministry form with further lines in its head, and perhaps without its row of the total."""
    lines = ministry_lines(row(*HALL), fill=False, budget=(None, 100, 90, 10, P("0.9"), 9))
    if not total:
        lines.pop()
    return [lines[0], *head, *lines[1:]]


@pytest.mark.parametrize(
    ("text", "value", "grade"),
    [
        ("自评总分：99", 99, None),
        ("自评总分：99分", 99, None),
        ("自评总分99分", 99, None),
        ("项目总得分：99分", 99, None),
        ("总分：99", 99, None),
        ("得分：99", 99, None),
        ("得分:98.6分", Decimal("98.6"), None),
        ("自评结果：99分", 99, None),
        ("自评结果：99分，优", 99, "优"),
        ("自评得分：99（优秀）", 99, "优秀"),
        ("总分： 99 分", 99, None),
        ("绩效自评综合得分：99", 99, None),
    ],
)
@pytest.mark.parametrize("head", [True, False])
def test_a_total_stated_in_one_cell_is_the_total(text, value, grade, head):
    line = (text, *[LEFT] * 8)
    lines = headed(line, total=False) if head else [*headed(total=False), line]
    if not head and text.startswith("得分"):
        return
    (form,) = forms(lines)

    assert (form.claimed_total.value, form.claimed_grade.value) == (value, grade)
    assert form.claimed_total.cell == ("A2" if head else f"A{len(lines)}")
    assert len(form.indicators) == 1
    assert form.unread == ()


def test_a_total_may_share_its_cell_with_the_unit():
    (form,) = forms(headed(("单位名称：清河县公路站    总分：99", *[LEFT] * 8), total=False))

    assert (form.unit.value, form.claimed_total.value) == ("清河县公路站", 99)


@pytest.mark.parametrize("label", ["自评结果", "自评总分", "项目总得分"])
def test_a_total_may_stand_beside_its_label(label):
    (form,) = forms(headed((label, None, "99分", *[LEFT] * 6), total=False))

    assert form.claimed_total.value == 99


def test_full_marks_behind_the_total_are_no_total():
    lines = headed()
    lines[-1] = ("总分100分", *lines[-1][1:])
    (form,) = forms(lines)

    assert form.claimed_total.value == 99


def test_points_of_the_funds_are_no_total_of_the_form():
    lines = headed(total=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    lines.insert(at, ("得分：9", *[LEFT] * 8))
    (form,) = forms(lines)

    assert form.claimed_total.value is None


def test_the_total_in_the_head_outranks_that_of_the_first_table():
    title = ("2021年度财政预算支出项目绩效目标自评表", *[LEFT] * 5)
    (form,) = forms(
        [
            title,
            ("项目名称", "农田水利项目", *[LEFT] * 4),
            ("自评总分：93", *[LEFT] * 5),
            ("项目权重", "评价内容", "分值", "自评分", "复核分", "评价标准及依据"),
            ("项目决策", "立项依据", 15, 14, None, "依据充分"),
            ("合计", None, 15, 14, None, None),
            ("一级指标", "二级指标", "三级指标", "目标值", "完成值", "得分"),
            ("项目绩效（85分）", "数量指标（45分）", "渠道长度（45分）", "≥10公里", "10公里", 45),
            (UP, "质量指标（40分）", "合格率（40分）", "≥95%", "95%", 34),
        ]
    )

    assert form.claimed_total.value == 93


@pytest.mark.parametrize(
    "label",
    [
        "部门",
        "部门（单位）",
        "部门/单位",
        "建设单位",
        "责任单位",
        "项目实施主体",
        "项目建设单位：",
        "实施单位（公章）",
    ],
)
def test_the_unit_has_many_labels(label):
    (form,) = forms(headed((label, None, "清河县水务局", *[LEFT] * 6)))
    other = [
        line for line in headed((label, None, "清河县水务局", *[LEFT] * 6)) if line[0] != "主管部门"
    ]
    (alone,) = forms(other)

    assert (alone.unit.value, alone.unread) == ("清河县水务局", ())
    assert form.unit.value


def test_a_label_of_two_things_names_the_first():
    lines = [line for line in headed() if line[0] != "主管部门"]
    lines.insert(2, ("项目实施单位/项目负责人", None, "清河县水务局/王五", *[LEFT] * 6))
    (form,) = forms(lines)

    assert form.unit.value == "清河县水务局"
    assert form.unread == ()


@pytest.mark.parametrize("below", [("序号", "1"), ("填报说明", None), ("一、基本情况", "内容")])
def test_a_blank_unit_does_not_take_the_text_below_it(below):
    lines = [line for line in headed() if line[0] != "主管部门"]
    lines[2:2] = [("单位名称", *[None] * 8), (*below, *[None] * 7)]
    (form,) = forms(lines)

    assert form.unit.value is None


@pytest.mark.parametrize("first", [True, False])
def test_ones_own_unit_is_no_name_where_the_head_names_one(first):
    lines = [line for line in headed() if line[0] != "主管部门"]
    pair = [("填报单位：清河县水务局", *[LEFT] * 8), ("实施单位", None, "本单位", *[LEFT] * 6)]
    lines[1:1] = pair if first else pair[::-1]
    (form,) = forms(lines)

    assert form.unit.value == "清河县水务局"


@pytest.mark.parametrize(
    ("text", "unit", "money"),
    [
        ("（2022年度）  单位：亿元", "清河县公路站", "亿元"),
        ("2022年度  金额单位：万元", "清河县公路站", "万元"),
        ("2022年度金额单位：万元", "清河县公路站", "万元"),
        ("填报单位：清河县公路站  2022年度", "清河县公路站", "万元"),
        ("填报单位：清河县公路站    （2022年度）   金额单位：万元", "清河县公路站", "万元"),
        ("（ 2022 年度）", "清河县公路站", "万元"),
    ],
)
def test_the_year_may_stand_beside_other_things(text, unit, money):
    lines = ministry_lines(
        row(*HALL), year=None, side="项目资金" if "元" in text else "资金（万元）"
    )
    (form,) = forms([lines[0], (text, *[LEFT] * 8), *lines[1:]])

    assert (form.year.value, form.unit.value, form.money_unit.value) == (2022, unit, money)


def test_a_year_in_prose_is_not_the_forms():
    lines = ministry_lines(
        row(*HALL), year=None, goal="2021年度 完成养护任务，2020年度 遗留项目收尾"
    )
    (form,) = forms(lines)

    assert form.year.value is None


@pytest.mark.parametrize(
    ("title", "kind", "nature"),
    [
        ("2022年度某县文化局部门整体支出绩效评价得分表", "department", "self"),
        ("2022年度农田水利项目预算绩效评价结果", "project", "self"),
        ("2022年度农田水利项目支出绩效监控表", "project", "monitoring"),
        ("2022年度农田水利项目绩效评价打分表", "project", "self"),
        ("2022年度农田水利专项资金绩效评价情况表", "project", "self"),
    ],
)
def test_titles_need_not_speak_of_a_self_evaluation(title, kind, nature):
    lines = ministry_lines(row(*HALL))
    (form,) = forms([(title, *[LEFT] * 8), *lines[1:]])

    assert (form.title.value, form.year.value) == (title, 2022)
    assert (form.kind, form.nature) == (kind, nature)
