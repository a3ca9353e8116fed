"""Kinds of what the next bureau words anew and what people do to a form by hand."""

import pytest

from perfxl.forms.words import vocabulary
from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, P, forms

TITLE = "2023年度河道保洁项目支出绩效自评表"
HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "未完成原因")
ROWS = (
    ("产出指标", "数量指标", "保洁河段", "≥12段", "12段", 30, 30, None),
    (UP, UP, "清运水草", "≥400吨", "360吨", 20, 18, "八月水位过高，停运十二天。"),
    (UP, "质量指标", "巡查合格率", "≥95%", "96%", 20, 20, None),
    ("效益指标", "社会效益", "投诉件数", "≤5件", "3件", 30, 30, None),
)
TOTAL = ("总分", *[LEFT] * 4, 100, 98, None)


def table(heads=HEADS, rows=ROWS, total=TOTAL, above=(), below=()):
    """Every form of a sheet with a title, a table and what stands around it."""
    width = len(heads)
    lines = [(TITLE, *[LEFT] * (width - 1)), *above, heads, *rows]
    if total is not None:
        lines.append(total)
    return forms([*lines, *below])


def values(form):
    return [
        (one.level3.value, one.target.text, one.actual.text, one.weight.value, one.score.value)
        for one in form.indicators
    ]


(PLAIN,) = table()
FOUR = [(r[2], r[3], r[4], r[5], r[6]) for r in ROWS]


def faults(form):
    return [f.rule for f in audit(form).findings if f.severity != "note"]


# ---------------------------------------------------------------- labels made of known words
COMPOSED = [
    ("columns", "target", ("预设目标值", "计划达到值", "承诺达成值", "年度下达指标数", "核定目标水平")),
    ("columns", "actual", ("期末达成数", "年终实现水平", "年底落实情况", "实际达到程度")),
    ("columns", "weight", ("基准得分", "规定分", "最高得分", "设定分数")),
    ("columns", "score_own", ("自评打分",)),
    ("columns", "score", ("单位打分", "最终得分")),
    ("columns", "review", ("专家打分", "财政部门赋分", "第三方评分")),
    ("columns", "completion", ("目标达成率", "年度完成比率")),
    ("columns", "level1", ("一级维度", "第一级指标")),
    ("columns", "other", ("牵头科室", "承办人员", "证明材料")),
    ("funds", "initial", ("年初部门预算", "期初安排资金", "年初财政批复")),
    ("funds", "budget", ("调整后资金安排", "全年下达资金", "部门预算安排总额", "支出预算总额")),
    ("funds", "executed", ("全年列支金额", "累计报账数", "财政资金支付额", "年度结算资金")),
    ("funds", "rate", ("资金支付比率", "财政支出进度", "预算完成百分比")),
    ("fields", "unit", ("项目承办单位", "具体实施主体", "用款单位名称", "填报责任方")),
    ("fields", "department", ("行业主管部门", "业务指导单位", "出资人机构")),
    ("fields", "project", ("民生实事名称", "专项任务名称")),
    ("fields", "claimed_grade", ("单位自评等级", "项目评定档次")),
    ("fields", "claimed_total", ("部门自评总得分", "项目综合总评分")),
    ("fields", "year", ("绩效评价年份", "资金执行年度")),
    ("fields", "improvement", ("下一步工作安排", "后续整改方案")),
    ("fields", "other", ("债券期限", "政策依据", "评价小组组长")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "field", "label"), [(g, f, label) for g, f, labels in COMPOSED for label in labels]
)
def test_a_label_made_of_known_words_is_understood(group, field, label):
    assert getattr(vocabulary.load(), group).match(label) == field


@pytest.mark.parametrize(
    ("group", "label"),
    [
        # One word of another meaning, and the label says something else.
        ("columns", "数量指标"),
        ("columns", "成本指标"),
        ("columns", "完成口径"),
        ("columns", "兑现口径"),
        ("funds", "上年结转资金"),
        ("funds", "年度资金总额"),
        ("funds", "预算执行情况"),
        ("funds", "本级安排"),
        ("funds", "预算支出总额"),
        ("fields", "项目起止年度"),
        ("fields", "自评得分说明文字"),
        ("fields", "名称"),
    ],
)
def test_a_label_with_another_word_is_not(group, label):
    assert getattr(vocabulary.load(), group).match(label) is None


@pytest.mark.parametrize(
    ("target", "actual", "weight", "score"),
    [
        ("计划达成", "年末达成", "满分", "自评打分"),
        ("预设目标值", "期末实现情况", "基准得分", "单位打分"),
    ],
)
def test_a_table_with_labels_of_its_own_reads_like_any_other(target, actual, weight, score):
    (form,) = table(heads=(*HEADS[:3], target, actual, weight, score, HEADS[7]))

    assert values(form) == FOUR
    assert (form.unread, form.inferred) == ((), ())


# ---------------------------------------------------------------- rows that number the columns
@pytest.mark.parametrize(
    "line",
    [
        ("栏次", "甲", "乙", "1", "2", "3", "4", "5"),
        ("甲", "乙", "丙", "1", "2", "3", "4", "5"),
        ("一", "二", "三", "四", "五", "六", "七", "八"),
        ("A", "B", "C", "D", "E", "F", "G", "H"),
        ("（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）=（5）/（4）", "（8）"),
        (1, 2, 3, 4, 5, 6, 7, 8),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_indicator(line):
    (form,) = table(rows=(line, *ROWS))

    assert values(form) == FOUR
    assert (form.unread, faults(form)) == ((), [])


def test_a_row_of_values_numbers_nothing():
    rows = [("甲", "乙", "丙河段保洁", "1", "2", "3", "3", None), *ROWS]

    (form,) = table(rows=rows, total=None)

    assert form.indicators[0].level3.value == "丙河段保洁"


# ---------------------------------------------------------------- signatures under the table
SIGNATURES = [
    ("局长：", LEFT, "财务股：", LEFT, LEFT, "填报人：段青", LEFT, None),
    ("所长：", LEFT, LEFT, "计财处：", LEFT, "科研处：", LEFT, None),
    ("理事长：王有才", LEFT, LEFT, "监委会主任：", LEFT, "农经站（章）", LEFT, None),
    ("院长：", LEFT, "总会计师：", LEFT, "填表：财务科 祝晓", "2024年3月5日", LEFT, None),
]


@pytest.mark.parametrize("line", SIGNATURES)
@pytest.mark.parametrize("total", [TOTAL, None])
def test_a_line_of_signatures_is_no_indicator(line, total):
    (form,) = table(total=total, below=[line])

    assert values(form) == FOUR
    assert (form.unread, faults(form)) == ((), [])
    said = {str(value.text) for _, value in form.others}
    assert said >= {"段青"} or "段青" not in str(line)


def test_a_number_behind_a_colon_is_more_than_a_signature():
    (form,) = table(
        total=None, below=[("核定得分：", LEFT, "复核扣分：3.5", LEFT, LEFT, LEFT, LEFT, None)]
    )

    assert "复核扣分：3.5" in {item.text for item in form.unread} | {v.text for _, v in form.others}
    assert len(form.indicators) <= 5


def test_a_conclusion_across_the_values_is_no_indicator():
    line = ("监控结论", LEFT, "总体按计划推进，投诉件数需在四季度重点盯办。", *[LEFT] * 5)

    (form,) = table(total=None, below=[line])

    assert values(form) == FOUR
    assert {item.text for item in form.unread} == {line[0], line[2]}


# ---------------------------------------------------------------- two values in a cell
@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("分值/得分", "{}/{}"),
        ("分值／得分", "{}／{}"),
        ("分值\n得分", "{}\n{}"),
        ("权重与自评得分", "{}分/{}分"),
        ("分值、得分", "{} / {}"),
    ],
)
def test_points_and_score_in_one_cell_are_two(label, shown):
    rows = [(*r[:5], shown.format(r[5], r[6]), r[7]) for r in ROWS]
    total = ("总分", *[LEFT] * 4, shown.format(100, 98), None)

    (form,) = table(heads=(*HEADS[:5], label, HEADS[7]), rows=rows, total=total)

    assert values(form) == FOUR
    assert form.claimed_total.value == 98
    assert (form.unread, faults(form)) == ((), [])


def test_a_wrong_score_in_a_shared_cell_is_found_there():
    rows = [(*r[:5], f"{r[5]}/{20 if r[6] == 18 else r[6]}", r[7]) for r in ROWS]
    total = ("总分", *[LEFT] * 4, "100/100", None)

    (form,) = table(heads=(*HEADS[:5], "分值/得分", HEADS[7]), rows=rows, total=total)

    errors = [(f.rule, f.cell) for f in audit(form).findings if f.severity == "error"]
    assert ("indicator-score", "F4") in errors


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("指标值/完成值", "{} / {}"),
        ("目标值与完成值", "目标：{}\n完成：{}"),
        ("年度指标值\n实际完成值", "{}\n{}"),
    ],
)
def test_target_and_actual_in_one_cell_are_two(label, shown):
    rows = [(*r[:3], shown.format(r[3], r[4]), *r[5:]) for r in ROWS]
    total = ("总分", *[LEFT] * 3, 100, 98, None)

    (form,) = table(heads=(*HEADS[:3], label, *HEADS[5:]), rows=rows, total=total)

    assert values(form) == FOUR
    assert form.unread == ()


def test_a_cell_that_holds_one_value_only_is_not_cut():
    rows = [(*r[:5], f"{r[5]}/{r[6]}" if at else 30, r[7]) for at, r in enumerate(ROWS)]

    (form,) = table(heads=(*HEADS[:5], "分值/得分", HEADS[7]), rows=rows, total=None)

    assert (form.indicators[0].weight.value, form.indicators[0].score.text) == (30, "")


# ---------------------------------------------------------------- side by side
def beside(gap, *, left=ROWS, right=ROWS):
    """Two forms next to each other, some blank columns apart."""
    blank = [None] * gap
    head = ("项目名称", "河道保洁", LEFT, LEFT, "主管部门", "某县水利局", LEFT, LEFT)
    other = ("项目名称", "泵站维修", LEFT, LEFT, "主管部门", "某县水利局", LEFT, LEFT)
    lines = [(TITLE, *[LEFT] * 7, *blank, "2023年度泵站维修项目支出绩效自评表", *[LEFT] * 7)]
    lines.append((*head, *blank, *other))
    lines.append((*HEADS, *blank, *HEADS))
    lines += [(*one, *blank, *two) for one, two in zip(left, right, strict=True)]
    lines.append((*TOTAL, *blank, *TOTAL))
    return forms(lines)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_two_forms_beside_each_other_are_two(gap):
    wrong = [(*r[:6], 19 if r[6] == 18 else r[6], r[7]) for r in ROWS]

    one, two = beside(gap, right=wrong)

    assert (one.project.value, two.project.value) == ("河道保洁", "泵站维修")
    assert values(one) == FOUR
    assert [v[4] for v in values(two)] == [30, 19, 20, 30]
    assert (one.unread, two.unread) == ((), ())
    assert (one.area.right, two.area.left) == (8, 9 + gap)
    assert not any(rule == "indicator-score" for rule in faults(one))
    assert "indicator-score" in faults(two)


# ---------------------------------------------------------------- levels
@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("评价内容", "评价指标", "具体指标"),
        ("指标类别", "指标项", "具体指标"),
        ("考核板块", "考核事项", "三级指标"),
        ("一级指标", "考核事项", "三级指标"),
    ],
)
def test_columns_left_of_the_name_that_group_rows_are_its_levels(first, second, third):
    rows = [
        ("产出", "数量", "保洁河段", "≥12段", "12段", 20, 20, None),
        (UP, UP, "清运水草", "≥400吨", "400吨", 20, 20, None),
        (UP, "质量", "巡查合格率", "≥95%", "96%", 15, 15, None),
        (UP, UP, "验收合格率", "≥95%", "96%", 15, 15, None),
        ("效益", "社会", "投诉件数", "≤5件", "3件", 15, 15, None),
        (UP, UP, "受益户数", "≥500户", "520户", 15, 15, None),
    ]

    (form,) = table(
        heads=(first, second, third, *HEADS[3:]), rows=rows, total=(*TOTAL[:6], 100, None)
    )

    assert [(one.level1.value, one.level2.value, one.level3.value) for one in form.indicators] == [
        ("产出", "数量", "保洁河段"),
        ("产出", "数量", "清运水草"),
        ("产出", "质量", "巡查合格率"),
        ("产出", "质量", "验收合格率"),
        ("效益", "社会", "投诉件数"),
        ("效益", "社会", "受益户数"),
    ]


@pytest.mark.parametrize(
    "label",
    ["重点任务一：河道整洁（50分）", "目标1：河道整洁（50分）", "年度目标一（50分）：河道整洁"],
)
def test_goals_down_the_first_column_are_goals_with_the_score_at_the_other_side(label):
    heads = (
        "重点任务",
        "类型",
        "绩效内容",
        "全年目标",
        "全年落实",
        "分值",
        "得分",
        "说明",
        "任务得分",
    )
    rows = [
        (label, "产出", "保洁河段", "≥12段", "12段", 20, 20, None, 48),
        (UP, UP, "清运水草", "≥400吨", "360吨", 20, 18, "停运十二天。", UP),
        (UP, "效益", "投诉件数", "≤5件", "3件", 10, 10, None, UP),
        ("重点任务二：泵站维修（50分）", "产出", "维修泵站", "≥6座", "6座", 30, 30, None, 50),
        (UP, "效益", "灌溉面积", "≥900亩", "960亩", 20, 20, None, UP),
    ]

    (form,) = forms([(TITLE, *[LEFT] * 8), heads, *rows, ("总分", *[LEFT] * 5, 98, None, None)])

    assert [(goal.weight.value, goal.score.value) for goal in form.goals] == [(50, 48), (50, 50)]
    assert [one.goal for one in form.indicators] == [1, 1, 1, 2, 2]
    assert [one.level1.value for one in form.indicators] == ["产出", "产出", "效益", "产出", "效益"]
    assert faults(form) == []


def test_the_number_of_a_section_is_no_part_of_its_name():
    heads = ("指标名称", "目标值", "完成值", "分值", "得分")
    rows = [
        ("一、服务产出（60分）", *[LEFT] * 4),
        ("保洁河段", "≥12段", "12段", 60, 60),
        ("二、运行效益（40分）", *[LEFT] * 4),
        ("投诉件数", "≤5件", "3件", 40, 40),
    ]

    (form,) = forms([(TITLE, *[LEFT] * 4), heads, *rows])

    assert [goal.name.value for goal in form.goals] == ["服务产出", "运行效益"]


# ---------------------------------------------------------------- labels over labels
def test_a_lower_label_may_only_make_sense_below_the_upper_one():
    heads = (*HEADS[:3], "指标值", LEFT, *HEADS[4:])
    lower = (UP, UP, UP, "年初", "调整", UP, UP, UP, UP)
    rows = [(*r[:3], r[3], "≥360吨" if r[2] == "清运水草" else None, *r[4:]) for r in ROWS]

    (form,) = forms(
        [(TITLE, *[LEFT] * 8), heads, lower, *rows, ("总分", *[LEFT] * 5, 100, 98, None)]
    )

    assert [one.target.text for one in form.indicators] == ["≥12段", "≥360吨", "≥95%", "≤5件"]
    assert form.indicators[1].target_initial.text == "≥400吨"
    assert form.unread == ()


def test_causes_below_a_label_of_reasons_are_columns_of_their_own():
    heads = (*HEADS[:7], "偏差原因分析", LEFT)
    lower = (*[UP] * 7, "人员保障", "原因说明")
    rows = [(*r[:7], "√" if r[7] else None, r[7]) for r in ROWS]

    (form,) = forms([(TITLE, *[LEFT] * 8), heads, lower, *rows])

    assert form.indicators[1].reason.text == "八月水位过高，停运十二天。"


# ---------------------------------------------------------------- what stands in the head
@pytest.mark.parametrize(
    "line",
    ["（2023年1—7月）", "2023年1-6月", "（2023年上半年）", "(2023年前三季度)", "2023年度1至9月"],
)
def test_a_year_with_some_of_its_months_is_the_year(line):
    (form,) = forms(
        [("项目支出绩效目标执行监控表", *[LEFT] * 7), (line, *[LEFT] * 7), HEADS, *ROWS]
    )

    assert form.year.value == 2023


@pytest.mark.parametrize("seal", ["（盖章）", "(公章)", "（单位公章）", " （签章）"])
def test_the_place_of_the_stamp_is_no_part_of_a_name(seal):
    above = [(f"填报单位：某县水利局{seal}", *[LEFT] * 3, "单位：万元", *[LEFT] * 3)]

    (form,) = table(above=above)

    assert form.unit.value == "某县水利局"


@pytest.mark.parametrize("text", ["表2", "附 3", "附件1-2", "样表一"])
def test_a_tables_number_over_the_title_is_no_text_of_the_form(text):
    lines = [(text, *[LEFT] * 7), (TITLE, *[LEFT] * 7), HEADS, *ROWS]

    (form,) = forms(lines)

    assert form.unread == ()


@pytest.mark.parametrize(
    ("label", "points"),
    [
        ("产出指标（满分50分）", 50),
        ("产出指标（共50分）", 50),
        ("产出指标（本级，50分）", 50),
        ("产出指标（权重：50%）", 50),
        ("产出指标（50分，不含加分）", 50),
    ],
)
def test_points_in_a_level_are_read_among_other_words(label, points):
    rows = [(label, *ROWS[0][1:5], *ROWS[0][6:]), *[(*r[:5], *r[6:]) for r in ROWS[1:]]]

    (form,) = table(heads=(*HEADS[:5], *HEADS[6:]), rows=rows, total=None)

    assert form.goals[0].weight.value == points


# ---------------------------------------------------------------- totals
def test_the_label_of_a_goals_score_may_stand_in_its_column():
    goal = ("目标一：河道整洁（90分）", *[LEFT] * 5, "小计得分", 88)
    lines = [(TITLE, *[LEFT] * 7), goal, HEADS, *ROWS]

    (form,) = forms(lines)

    assert form.goals[0].score.value == 88
    assert faults(form).count("unreadable-number") == 0


def test_a_total_in_words_under_the_table_is_no_note():
    line = ("总分：98分        等级：优", *[LEFT] * 7)

    (form,) = table(total=None, below=[line])

    assert (form.claimed_total.value, form.claimed_grade.value) == (98, "优")


# ---------------------------------------------------------------- funds
def funds(*lines):
    (form,) = forms([(TITLE, *[LEFT] * 7), *lines, HEADS, *ROWS])
    return form


def test_sources_before_their_sum_are_told_by_adding_up():
    form = funds(
        ("资金安排及支出（万元，10分）", "上级补助", "乡镇配套", "群众集资", "合计", "支出数", "支出率", "得分"),
        (UP, 100, 40, 10, 150, 138, P("0.92"), 9.2),
    )  # fmt: skip

    (fund,) = form.funds
    assert (fund.budget.value, fund.executed.value, fund.weight.value) == (150, 138, 10)
    assert form.unread == ()
    assert "overspent" not in faults(form)


def test_a_side_label_with_a_word_of_amounts_heads_no_column():
    form = funds(("资金执行", "全年预算数", 12000, "全年执行数", 11280, "分值 10", "得分", 9.4))

    (fund,) = form.funds
    assert [fund.budget.value, fund.executed.value, fund.weight.value, fund.score.value] == [
        12000, 11280, 10, 9.4,
    ] or (float(fund.score.value), fund.weight.value) == (9.4, 10)  # fmt: skip


def test_a_line_of_funds_goes_on_in_the_next_row():
    form = funds(
        ("预算执行情况", "年初预算数", 86, "全年预算数", 86, "全年执行数", 81.7, None),
        (UP, "执行率", P("0.95"), "分值", 10, "得分", 9.5, None),
    )

    (fund,) = form.funds
    assert (fund.weight.value, float(fund.score.value), float(fund.rate.value)) == (10, 9.5, 0.95)
    assert form.unread == ()


def test_which_of_two_values_a_row_holds_may_stand_in_a_column():
    """Then 计划/实际 heads no pairs, and nothing is said to lack a result."""
    heads = ("一级指标", "二级指标", "三级指标", "计划／实际", "数值", "分数", "说明")
    rows = [
        ("产出", "数量", "保洁河段", "计划", "≥12段", 30, None),
        (UP, UP, UP, "实际", "12段", 30, None),
        (UP, UP, "清运水草", "计划", "≥400吨", 20, None),
        (UP, UP, UP, "实际", "400吨", 20, None),
    ]

    found = forms([(TITLE, *[LEFT] * 6), heads, *rows])

    assert all("missing-actual" not in faults(form) for form in found)


# ---------------------------------------------------------------- sections in rows of their own
SECTIONED = ("序号", "二级指标", "三级指标", "目标值", "实际值", "满分", "得分", "扣分说明")


def sectioned(first=50):
    rows = [
        ("一、履职效能", *[LEFT] * 4, first, 48, None),
        (1, "污染防治", "现场检查", "≥900家次", "918家次", 30, 30, None),
        (2, UP, "清运水草", "≥400吨", "360吨", 20, 18, "停运十二天。"),
        ("二、社会效应", *[LEFT] * 4, 50, 50, None),
        (3, "公众", "投诉件数", "≤5件", "3件", 50, 50, None),
    ]
    (form,) = forms([(TITLE, *[LEFT] * 7), SECTIONED, *rows, ("合计", *[LEFT] * 4, 100, 98, None)])
    return form


def test_a_row_whose_points_are_those_below_it_is_a_section():
    form = sectioned()

    assert [(goal.name.value, goal.weight.value, goal.score.value) for goal in form.goals] == [
        ("履职效能", 50, 48),
        ("社会效应", 50, 50),
    ]
    assert [one.goal for one in form.indicators] == [1, 1, 2]
    assert faults(form) == []


def test_two_levels_in_a_cell_are_two():
    rows = [
        (
            f"{'产出指标' if at < 3 else '效益指标'}/{('数量', '数量', '质量', '社会效益')[at]}",
            *r[2:],
        )
        for at, r in enumerate(ROWS)
    ]

    (form,) = table(heads=("一级/二级指标", *HEADS[2:]), rows=rows, total=None)

    assert [(one.level1.value, one.level2.value) for one in form.indicators] == [
        ("产出指标", "数量"),
        ("产出指标", "数量"),
        ("产出指标", "质量"),
        ("效益指标", "社会效益"),
    ]


def test_fields_in_one_cell_may_be_parted_by_semicolons():
    line = "项目名称：河道保洁；主管部门：某县水利局；实施单位：某县河道站"

    (form,) = table(above=[(line, *[LEFT] * 7)])

    assert (form.project.value, form.department.value, form.unit.value) == (
        "河道保洁",
        "某县水利局",
        "某县河道站",
    )


@pytest.mark.parametrize("name", ["分数合计", "各项得分合计", "全部分值总计", "自评得分总和"])
def test_a_sum_has_many_names(name):
    (form,) = table(total=(name, *TOTAL[1:]))

    assert form.claimed_total.value == 98
    assert values(form) == FOUR
