"""Kinds of headers: which column names an indicator, and which holds its target, its actual value, its points."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, forms, ministry_lines, row

TITLE = "2023年度项目支出绩效自评表"
LEVELS = ("一级指标", "二级指标", "三级指标")
TAIL = ("年度指标值", "实际完成值", "分值", "得分")


def table(heads, *rows, title=TITLE, total=None):
    """The form with nothing but a table of indicators."""
    width = len(heads)
    lines = [(title, *[LEFT] * (width - 1)), heads, *rows]
    if total is not None:
        lines.append(("总分", *[LEFT] * (width - 2), total))
    (form,) = forms(lines)
    return form


def names(form):
    return [str(one.level3.value) for one in form.indicators]


def values(form):
    """Target, actual, weight and score of every row."""
    return [
        (one.target.value, one.actual.value, one.weight.value, one.score.value)
        for one in form.indicators
    ]


DETAILS = ["具体指标", "指标内容", "指标解释", "指标说明", "绩效指标内容", "具体内容", "指标具体内容", "具体指标内容", "指标内涵", "指标描述", "指标释义", "指标名称及内容", "指标含义", "绩效指标解释", "三级指标解释", "三级指标说明", "三级指标内容", "指标说明（具体内容）"]  # fmt: skip


@pytest.mark.parametrize("head", DETAILS)
@pytest.mark.parametrize("before", [True, False])
def test_a_further_column_of_words_is_not_the_name(head, before):
    heads = (*LEVELS, head, *TAIL) if before else (*LEVELS[:2], head, LEVELS[2], *TAIL)

    def line(one, two, name, detail, *rest):
        return (one, two, name, detail, *rest) if before else (one, two, detail, name, *rest)

    form = table(
        heads,
        line(
            "产出指标", "数量指标", "培训人数", "全年参加培训的人员数量", "≥100人", "105人", 60, 60
        ),
        line(UP, "质量指标", "合格率", "考核合格人员所占的比例", "≥95%", "96%", 40, 40),
        total=100,
    )

    assert names(form) == ["培训人数", "合格率"]
    assert values(form) == [("≥100人", "105人", 60, 60), ("≥95%", "96%", 40, 40)]
    assert form.unread == ()


@pytest.mark.parametrize("head", ["具体指标", "指标内容", "指标解释"])
def test_points_behind_the_name_count_beside_a_further_column(head):
    form = table(
        (*LEVELS, head, "年度指标值", "实际完成值", "得分"),
        (
            "产出指标（60分）",
            "数量指标（60分）",
            "培训人数（40分）",
            "参训人员",
            "≥100人",
            "105人",
            40,
        ),
        (UP, UP, "培训场次（20分）", "举办场次", "≥10场", "10场", 20),
        ("效益指标（40分）", "社会效益（40分）", "就业率（40分）", "就业比例", "≥90%", "95%", 40),
    )

    assert names(form) == ["培训人数", "培训场次", "就业率"]
    assert [one.weight.value for one in form.indicators] == [40, 20, 40]
    assert [one.weight.cell for one in form.indicators] == ["C3", "C4", "C5"]
    assert form.unread == ()


@pytest.mark.parametrize("head", ["具体指标", "指标内容", "指标解释"])
def test_a_column_of_points_may_stand_before_the_further_column(head):
    form = table(
        (*LEVELS, "分值", head, "年度指标值", "实际完成值", "得分"),
        ("产出指标", "数量指标", "培训人数", 60, "参训人员", "≥100人", "105人", 60),
        ("效益指标", "社会效益", "就业率", 40, "就业比例", "≥90%", "95%", 40),
    )

    assert names(form) == ["培训人数", "就业率"]
    assert [one.weight.value for one in form.indicators] == [60, 40]


@pytest.mark.parametrize("head", ["具体指标", "指标内容", "指标名称", "绩效指标名称"])
@pytest.mark.parametrize("merged", [UP, "数量指标", None])
def test_a_further_column_names_the_rows_where_the_third_level_groups_them(head, merged):
    form = table(
        (*LEVELS, head, *TAIL),
        ("绩效指标", "产出指标", "数量指标", "培训人数", "≥100人", "105人", 30, 30),
        (UP, UP, merged, "培训场次", "≥10场", "10场", 30, 30),
        (UP, UP, "质量指标", "合格率", "≥95%", "96%", 40, 40),
    )

    assert names(form) == ["培训人数", "培训场次", "合格率"]
    assert [one.weight.value for one in form.indicators] == [30, 30, 40]


@pytest.mark.parametrize("head", ["具体指标", "指标内容"])
def test_a_kind_of_indicators_is_no_name(head):
    form = table(
        (*LEVELS, head, *TAIL),
        ("绩效指标", "产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60),
        (UP, UP, "质量指标", "合格率", "≥95%", "96%", 40, 40),
    )

    assert names(form) == ["培训人数", "合格率"]


@pytest.mark.parametrize("head", ["四级指标", "末级指标", "四级指标名称"])
def test_a_fourth_level_names_the_rows(head):
    form = table(
        (*LEVELS, head, *TAIL),
        ("绩效指标", "产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60),
        (UP, UP, "质量指标", "合格率", "≥95%", "96%", 40, 40),
    )

    assert names(form) == ["培训人数", "合格率"]


@pytest.mark.parametrize(
    "head",
    ["具体指标", "指标内容", "末级指标", "绩效目标", "绩效指标", "指标名称", "三级目标", "指标",
     "具体目标", "绩效目标内容", "年度绩效目标", "目标内容", "具体指标名称", "考核内容", "评价内容", "细化指标"],
)  # fmt: skip
def test_the_last_column_of_names_is_the_third_level_whatever_it_is_called(head):
    form = table(
        ("一级指标", "二级指标", head, *TAIL),
        ("产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60),
        (UP, "质量指标", "合格率", "≥95%", "96%", 40, 40),
        total=100,
    )

    assert names(form) == ["培训人数", "合格率"]
    assert [one.level1.value for one in form.indicators] == ["产出指标"] * 2
    assert values(form) == [("≥100人", "105人", 60, 60), ("≥95%", "96%", 40, 40)]
    assert form.unread == ()


def test_the_goal_is_the_target_where_no_other_column_is():
    form = table(
        ("一级指标", "二级指标", "三级指标", "绩效目标", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "培训人数", "≥100人", "105人", 60, 60),
        (UP, "质量指标", "合格率", "≥95%", "96%", 40, 40),
    )

    assert names(form) == ["培训人数", "合格率"]
    assert values(form)[0] == ("≥100人", "105人", 60, 60)


TARGETS = ["绩效标准", "评价标准值", "绩效标准值", "标准值", "目标标准", "考核标准值", "计划标准", "年度标准值", "绩效目标标准", "预期标准", "指标标准", "目标值（标准）", "计划目标值", "预计目标值", "年初预期值", "设定指标值", "批复指标值", "年度预期指标值"]  # fmt: skip
ACTUALS = ["项目完成指标值", "实绩值", "实绩", "实际完成指标值", "完成指标值", "实际业绩", "项目实绩值", "年度实绩值", "实际绩效值", "实际实现值", "完成实绩值", "实际完成业绩", "实际完成指标", "全年完成指标值", "年度完成指标值", "自评值", "实际结果", "达到值", "实际达成情况", "指标实际值", "项目完成值", "自评实际值"]  # fmt: skip
WEIGHTS = ["权值", "分数", "分值", "指标权值", "标准分数", "权重系数分", "权重分数", "满分值", "指标满分", "规定分值", "应得分", "应得分值", "设定分数", "基准分", "基础分", "分值设定", "指标分数"]  # fmt: skip
SCORES = ["得分", "自评分数", "自评得分", "实得分", "实得分值", "单位自评", "自我评分", "自评价分", "得分数", "评定得分", "实际分数", "自评分"]  # fmt: skip


def one_row(target="年度指标值", actual="实际完成值", weight="分值", score="得分", *, first=False):
    heads = (weight, target, actual, score) if first else (target, actual, weight, score)
    cells = (60, "≥100人", "105人", 55) if first else ("≥100人", "105人", 60, 55)
    other = (40, "≥95%", "96%", 40) if first else ("≥95%", "96%", 40, 40)
    return table(
        (*LEVELS, *heads),
        ("产出指标", "数量指标", "培训人数", *cells),
        (UP, "质量指标", "合格率", *other),
    )


@pytest.mark.parametrize(
    ("field", "head"),
    [
        *(("target", head) for head in TARGETS),
        *(("actual", head) for head in ACTUALS),
        *(("weight", head) for head in WEIGHTS),
        *(("score", head) for head in SCORES),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_columns_have_many_names(field, head, first):
    form = one_row(**{field: head}, first=first)

    assert values(form) == [("≥100人", "105人", 60, 55), ("≥95%", "96%", 40, 40)]
    assert form.unread == ()


@pytest.mark.parametrize("weight", ["分数", "权值"])
@pytest.mark.parametrize("score", ["得分", "自评得分", "实得分"])
def test_points_are_the_weight_beside_a_score(weight, score):
    assert values(one_row(weight=weight, score=score))[0][2:] == (60, 55)


def test_points_alone_are_the_score():
    form = table(
        (*LEVELS, "年度指标值", "实际完成值", "分数"),
        ("产出指标（60分）", "数量指标", "培训人数", "≥100人", "105人", 55),
        ("效益指标（40分）", "社会效益", "合格率", "≥95%", "96%", 40),
    )

    assert [one.score.value for one in form.indicators] == [55, 40]
    assert [one.weight.value for one in form.indicators] == [60, 40]


@pytest.mark.parametrize(
    "head", ["评价标准", "评分标准", "绩效评分标准", "考核标准及方法", "评分标准及说明"]
)
def test_how_a_row_is_scored_is_no_target(head):
    form = table(
        (*LEVELS, head, *TAIL),
        ("产出指标", "数量指标", "培训人数", "每少1人扣1分", "≥100人", "105人", 60, 60),
        (UP, "质量指标", "合格率", "按比例得分", "≥95%", "96%", 40, 40),
    )

    assert values(form)[0] == ("≥100人", "105人", 60, 60)
    assert form.unread == ()


MONITORED = (
    "1-6月完成值",
    "1-9月实际完成值",
    "截至8月底完成情况",
    "上半年完成值",
    "1-7月执行情况",
    "截至6月30日完成值",
)


@pytest.mark.parametrize("head", MONITORED)
@pytest.mark.parametrize(
    "later", ["全年预计完成值", "预计全年完成情况", "年底预计完成值", "全年预计完成情况"]
)
def test_what_is_expected_of_the_year_is_not_what_was_reached(head, later):
    form = table(
        (*LEVELS, "年度指标值", head, later, "完成目标可能性"),
        ("产出指标", "数量指标", "培训人数", "≥100人", "55人", "100人", "确定能"),
        (UP, "质量指标", "合格率", "≥95%", "96%", "96%", "有可能"),
        title="2023年度项目支出绩效监控表",
    )

    assert [(one.target.value, one.actual.value) for one in form.indicators] == [
        ("≥100人", "55人"),
        ("≥95%", "96%"),
    ]
    assert form.nature == "monitoring"
    assert form.unread == ()


def test_a_ministry_form_is_read_as_before():
    (form,) = forms(ministry_lines(row("养护里程", "≥100公里", "100公里", 90, 90), fill=False))

    assert names(form) == ["养护里程"]
    assert [f for f in audit(form).findings if f.severity == "error"] == []
