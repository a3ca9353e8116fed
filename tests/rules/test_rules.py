"""Each rule on small forms: one that holds, one that fails, the cell it points at, its severity."""

import pytest

from perfxl.forms import read
from perfxl.forms.words import vocabulary
from perfxl.grid.model import Cell
from perfxl.rules.audit import audit
from tests.forms.builder import (
    FIRST,
    HUBEI_FIRST,
    LEFT,
    Case,
    G,
    P,
    forms,
    grid,
    hubei,
    ministry,
    ministry_lines,
    row,
)

ERROR, WARNING, NOTE = "error", "warning", "note"
GOOD = row("养护里程", "≥100公里", "100公里", 20, 20)
FUNDS = (200, 200, 100, 10, P("0.5"), 5)
SUBJECT, TARGET, ACTUAL, WEIGHT, SCORE, REASON = (f"{col}{FIRST}" for col in "DEFGHI")


def funds(**change):
    """The total row of funds with some values changed."""
    names = ("initial", "budget", "executed", "weight", "rate", "score")
    return tuple(change.get(name, value) for name, value in zip(names, FUNDS, strict=True))


def parts(*amounts):
    """Rows of funds under the total."""
    names = ("其中：当年财政拨款", "上年结转资金", "其他资金")
    return [(name, *each) for name, each in zip(names, amounts, strict=False)]


# rule → forms of the ministry (keyword arguments besides the rows) → what the rule finds, [] where it holds
CASES = {
    "money-units": [
        ({}, []),
        ({"budget": funds(executed=1000000, rate=None)}, [(ERROR, "F5")]),
        ({"budget": funds(budget=2000000, executed=100, rate=None)}, [(ERROR, "F5")]),
    ],
    "execution-rate": [
        ({}, []),
        ({"budget": funds(rate="50%")}, []),
        ({"budget": funds(rate="50.00%")}, []),
        ({"budget": funds(rate=P("0.5", "0%"))}, []),
        ({"budget": funds(budget=10000, executed=9501, rate="95.0%", score="9.5")}, []),
        ({"budget": funds(budget=10000, executed=9506, rate="95.0%", score="9.5")}, [(ERROR, "H5")]),
        ({"budget": funds(rate="51%")}, [(ERROR, "H5")]),
        ({"budget": funds(rate=P("0.49"))}, [(ERROR, "H5")]),
        ({"budget": funds(rate=None)}, []),
        ({"budget": funds(budget=0, executed=0, rate="0%", score=0)}, []),
        ({"budget": funds(), "parts": [("其中：当年财政拨款", 200, 200, 100)]}, []),
    ],
    "execution-score": [
        ({}, []),
        # A score is right at the last decimal at which it is written, and at two decimals cut off.
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.7")}, []),
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.67")}, []),
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.66")}, []),
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.68")}, [(ERROR, "I5")]),
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.65")}, [(WARNING, "I5")]),
        ({"budget": funds(budget=300, executed=200, rate="66.67%", score="6.6")}, [(WARNING, "I5")]),
        ({"budget": funds(budget=300, executed=200, rate="66.7%", score="6.67")}, []),
        ({"budget": funds(score="5.05")}, [(ERROR, "I5")]),
        ({"budget": funds(score="4.95")}, [(WARNING, "I5")]),
        ({"budget": funds(score=10)}, [(ERROR, "I5")]),
        ({"budget": funds(budget=100, executed=120, rate="120%", score=10)}, []),
        ({"budget": funds(budget=100, executed=120, rate="120%", score="9.5")}, [(WARNING, "I5")]),
        ({"budget": funds(budget="若干", rate=None)}, [(NOTE, "I5")]),
    ],
    "overspent": [
        ({}, []),
        ({"budget": funds(budget=100, executed=100, rate="100%", score=10)}, []),
        ({"budget": funds(budget=100, executed=101, rate="101%", score=10)}, [(WARNING, "F5")]),
        ({"budget": funds(budget=100, executed=101, rate="101%", score=10),
          "reasons": [("偏差原因分析", "年中追加资金。")]}, []),
        ({"budget": funds(budget=100, executed=101, rate="101%", score=10),
          "reasons": [("偏差原因分析", "无")]}, [(WARNING, "F5")]),
    ],
    "funds-parts": [
        ({"parts": parts((150, 150, 80), (50, 50, 20), (0, 0, 0))}, []),
        ({"parts": parts((150, 150, 80), (50, 40, 20), (0, 0, 0))}, [(ERROR, "E5")]),
        ({"budget": FUNDS, "parts": parts((150, 150, 80), (60, 50, 30), (0, 0, 0))}, [(ERROR, "D5"), (ERROR, "F5")]),
        ({"parts": parts((150, 150, 80))}, []),
        ({"budget": FUNDS, "parts": parts((250, 150, 80))}, [(ERROR, "D5")]),
    ],
    "indicator-score": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 18, "多雨")}, []),
        # Written at two decimals: half of the last one, and cutting off is admitted.
        ({"row": row("养护里程", "≥100公里", "90公里", 20, "18.005", "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 18.01, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "90.03公里", 20, 18.00, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90.04公里", 20, 18.00, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90.06公里", 20, 18.01, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90.02公里", 20, 18.01, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "90.04公里", 20, 17.99, "多雨")}, [(WARNING, SCORE)]),
        # At one decimal half of that one, 0.05.
        ({"row": row("养护里程", "≥100公里", "90.25公里", 20, 18.1, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90.24公里", 20, 18.1, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "90.75公里", 20, 18.1, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "90.76公里", 20, 18.1, "多雨")}, [(WARNING, SCORE)]),
        # A whole number of points may be 0.05 off, no more.
        ({"row": row("养护里程", "≥100公里", "89.75公里", 20, 18, "多雨")}, []),
        ({"row": row("养护里程", "≥100公里", "89.74公里", 20, 18, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 20, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, 19, "无")}, [(WARNING, SCORE)]),
        ({"row": row("响应时间", "≤48小时", "60小时", 10, 8, "多雨")}, []),
        ({"row": row("响应时间", "≤48小时", "60小时", 10, 10, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("群众出行", "有所提升", "有所提升", 10, 10)}, []),
        ({"row": row("群众出行", "有所提升", "有所提升", 10, 8, "稍差")}, []),
        ({"row": row("群众出行", "有所提升", "有所提升", 10, 7, "稍差")}, [(WARNING, SCORE)]),
        ({"row": row("群众出行", "有所提升", "部分达成", 10, "8.00", "多雨")}, []),
        ({"row": row("群众出行", "有所提升", "部分达成", 10, 8.01, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("群众出行", "有所提升", "部分达成", 10, 9, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("群众出行", "有所提升", "未达成", 10, 7, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("完工时间", "2023年10月底前", "2023年12月", 10, 10, "多雨")}, [(ERROR, SCORE)]),
        ({"row": row("完工时间", "2023年10月底前", "2023年12月", 10, 8, "多雨")}, []),
        ({"row": row("完工时间", "2023年10月底前", "2023年10月", 10, 10)}, []),
        ({"row": row("养护天数", "10-20天", "15天", 10, 10)}, []),
        ({"row": row("养护天数", "10-20天", "5天", 10, 10, "多雨")}, [(ERROR, SCORE)]),
    ],
    "score-range": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, 21)}, [(ERROR, SCORE)]),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, -1)}, [(ERROR, SCORE)]),
        ({"row": GOOD, "total": 101}, [(ERROR, f"H{FIRST + 3}")]),
    ],
    "total-sum": [
        ({"row": GOOD}, []),
        ({"row": GOOD, "total": 94}, [(ERROR, f"H{FIRST + 3}")]),
        # Nothing was rounded, so nothing is tolerated.
        ({"row": GOOD, "total": 95.01}, [(ERROR, f"H{FIRST + 3}")]),
        ({"row": GOOD, "total": 94.99}, [(ERROR, f"H{FIRST + 3}")]),
        ({"row": row("养护里程", "≥105公里", "90公里", 20, 17.14, "多雨"), "total": 92.145}, []),
        ({"row": row("养护里程", "≥105公里", "90公里", 20, 17.14, "多雨"), "total": 92.15}, [(ERROR, f"H{FIRST + 3}")]),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, None), "total": 95}, [(NOTE, f"H{FIRST + 3}")]),
    ],
    "weight-sum": [
        ({"row": GOOD}, []),
        ({"row": GOOD, "fill": False}, [(ERROR, f"G{FIRST + 1}")]),
        ({"row": GOOD, "total_weight": None, "fill": False}, [(ERROR, WEIGHT)]),
        ({"row": GOOD, "weight_of_levels": {"产出指标": "产出指标（20分）"}}, []),
        ({"row": GOOD, "weight_of_levels": {"产出指标": "产出指标（30分）"}},
         [(ERROR, f"B{FIRST}")]),
    ],
    "grade": [
        ({"row": GOOD, "grade": "优"}, []),
        ({"row": GOOD, "grade": "优秀"}, []),
        ({"row": GOOD, "grade": "良"}, [(WARNING, f"I{FIRST + 3}")]),
        ({"row": row("养护里程", "≥100公里", "50公里", 20, 10, "多雨"), "grade": "优"}, [(ERROR, f"I{FIRST + 3}")]),
        ({"row": row("养护里程", "≥100公里", "50公里", 20, 10, "多雨"), "grade": "良"}, []),
    ],
    "missing-actual": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", None, 20, 20)}, [(ERROR, ACTUAL)]),
        ({"row": row("养护里程", "≥100公里", "—", 20, 20)}, [(ERROR, ACTUAL)]),
        ({"row": row("养护里程", "≥100公里", None, 20, 0)}, [(WARNING, ACTUAL)]),
    ],
    "missing-target": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", None, "100公里", 20, 20)}, [(WARNING, TARGET)]),
    ],
    "missing-score": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, None)}, [(WARNING, SCORE)]),
    ],
    "unreadable-number": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, "满分"), "total": 95}, [(WARNING, SCORE)]),
        ({"row": GOOD, "budget": funds(budget="两百", rate=None), "total": 95}, [(WARNING, "E5")]),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, "20分")}, []),
        ({"row": row("养护里程", "≥100公里", "100公里", 20, "／"), "total": 95}, []),
    ],
    "satisfaction": [
        ({"row": GOOD}, []),
        ({"row": GOOD, "satisfaction": False}, [(NOTE, f"B{FIRST + 1}")]),
    ],
    "execution-stated": [
        ({"row": GOOD}, []),
        ({"row": GOOD, "budget": funds(score=None), "total": 95}, [(NOTE, "I5")]),
    ],
    "missing-reason": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 18, "多雨停工。")}, []),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 18)}, [(WARNING, REASON)]),
        ({"row": row("养护里程", "≥100公里", "90公里", 20, 18, "无")}, [(WARNING, REASON)]),
        ({"row": row("群众出行", "有所提升", "有所提升", 10, 9)}, [(WARNING, REASON)]),
        ({"row": row("群众出行", "有所提升", "有所提升", 10, 9, "尚有差距。")}, []),
    ],
    "far-above-target": [
        ({"row": row("养护里程", "≥100公里", "130公里", 20, 20)}, []),
        ({"row": row("养护里程", "≥100公里", "131公里", 20, 20)}, [(WARNING, ACTUAL)]),
        ({"row": row("养护里程", "≥100公里", "131公里", 20, 20, "新增线路。")}, []),
    ],
    "units-differ": [
        ({"row": GOOD}, []),
        ({"row": row("养护里程", "≥100公里", "100小时", 20, 20)}, [(WARNING, ACTUAL)]),
        ({"row": row("补助金额", "7.29", "72900", 20, 20)}, [(WARNING, ACTUAL)]),
        ({"row": row("养护里程", "≥100公里", "100000米", 20, 20)}, []),
        ({"row": row("养护里程", "≥100个点位", "90点位", 20, 20)}, []),
    ],
    "for-a-person": [
        ({"row": GOOD}, []),
        ({"row": row("群众出行", "有所提升", "群众反映良好", 20, 20)}, [(NOTE, ACTUAL)]),
    ],
    "actual-as-bound": [
        ({"row": GOOD}, []),
        ({"row": row("合格情况", "≥90%", "≥95%", 20, 20)}, [(NOTE, ACTUAL)]),
    ],
    "impossible-rate": [
        ({"row": row("养护合格率", "≥90%", "100%", 20, 20)}, []),
        ({"row": row("养护合格率", "≥90%", "102%", 20, 20)}, [(ERROR, ACTUAL)]),
        ({"row": row("养护合格率（道路）", "≥90%", "102%", 20, 20)}, [(ERROR, ACTUAL)]),
        ({"row": row("养护合格率", "≥90%", 102, 20, 20)}, [(ERROR, ACTUAL)]),
        ({"row": row("收入增长率", "≥90%", "102%", 20, 20)}, []),
    ],
    "repeated-indicator": [
        ({"row": GOOD}, []),
        ({"rows": (GOOD, GOOD)}, [(NOTE, f"D{FIRST + 1}")]),
    ],
    "target-below-goal": [
        ({"row": GOOD, "goal": "完成养护里程100公里。"}, []),
        ({"row": GOOD, "goal": "完成养护里程120公里。"}, [(WARNING, TARGET)]),
        ({"row": GOOD, "goal": "保障畅通。"}, []),
    ],
}  # fmt: skip


def drawn(options):
    options = dict(options)
    rows = options.pop("rows", None) or [options.pop("row", GOOD)]
    return ministry(*rows, **options)


@pytest.mark.parametrize(
    ("rule", "options", "found"),
    [
        pytest.param(rule, options, found, id=f"{rule}-{number}-{'fails' if found else 'holds'}")
        for rule, cases in CASES.items()
        for number, (options, found) in enumerate(cases)
    ],
)
def test_a_rule_on_a_project_form(rule, options, found):
    assert drawn(options).of(rule) == found


# ---------------------------------------------------------------- goals without weights
TWO = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))
LAST = HUBEI_FIRST + 1 + 3 + 1
"""Row of the total below a goal of two rows and the filling goal of one."""
GOALS = {
    "expenditure-total": [
        ({}, []),
        ({"project": 70}, []),
        ({"project": 66}, [(ERROR, "E5")]),
        ({"project": None}, []),
    ],
    "goal-sum": [
        ({"goal": G(8, 8, TWO)}, []),
        ({"goal": G(8, 7, TWO)}, [(ERROR, "G7")]),
        ({"goal": G(8, 8.05, TWO), "total": 99}, [(ERROR, "G7")]),
        ({"goal": G(8, 6.7, (("项目数", "3项", "2项", 2.7), TWO[1])), "reasons": "专项：多雨。"}, []),
        ({"goal": G(8, 6.75, (("项目数", "3项", "2项", 2.7), TWO[1])), "reasons": "专项：多雨。"}, []),
        ({"goal": G(8, 6.76, (("项目数", "3项", "2项", 2.7), TWO[1])), "reasons": "专项：多雨。"}, [(ERROR, "G7")]),
    ],
    "scores-exceed-points": [
        ({"goal": G(8, 8, TWO)}, []),
        ({"goal": G(7, 8, TWO)}, [(ERROR, "G7")]),
    ],
    "weights-fit": [
        ({"goal": G(8, 8, TWO)}, []),
        ({"goal": G(8, 7, (("项目数", "3项", "3项", 3), TWO[1]))}, [(WARNING, "G7")]),
        ({"goal": G(8, 7.2, (("群众出行", "有所提升", "有所提升", 3.2), TWO[1]))}, []),
        ({"goal": G(8, 7.5, tuple((f"完成率{n}", "100%", "90%", 2.5) for n in "甲乙丙")), "reasons": "专项：多雨。"},
         [(ERROR, "G7")]),
    ],
    "indicator-score": [
        ({"goal": G(8, 8, TWO)}, []),
        ({"goal": G(8, 8, (("项目数", "3项", "2项", 4), TWO[1])), "reasons": "专项：多雨。"}, [(ERROR, "G9")]),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "专项：多雨。"}, []),
    ],
    "weight-unstated": [
        ({"goal": G(8, 8, TWO)}, [(NOTE, "G9")]),
    ],
    "missing-reason": [
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": ""}, [(WARNING, f"B{LAST + 1}")]),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "专项未付款。"}, []),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "因多雨，项目数减少。"}, []),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "目标1未付款。"}, []),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "目标一未付款。"}, []),
        ({"goal": G(8, 6.67, (("项目数", "3项", "2项", 2.67), TWO[1])), "reasons": "日常经费结余。"},
         [(WARNING, f"B{LAST + 1}")]),
    ],
    "missing-score": [
        ({"goal": G(8, None, (("项目数", "3项", "3项", None), ("完成率", "100%", "100%", None))), "total": 91},
         [(WARNING, "G9")]),
        ({"goal": G(8, 8, (("项目数", "3项", "3项", None), TWO[1])), "total": 99}, [(WARNING, "G9")]),
    ],
    "execution-score": [
        ({"budget": (100, 86.2, "86.2%", 17.24)}, []),
        ({"budget": (100, 86.2, "86.2%", 18)}, [(ERROR, "G5")]),
    ],
    "far-above-target": [
        ({"goal": G(8, 8, (("项目数", "3项", "30项", 4), TWO[1]))}, []),
    ],
    "satisfaction": [({}, [])],
    "hidden-value": [({}, [])],
    "inferred-column": [({}, [])],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "options", "found"),
    [
        pytest.param(rule, options, found, id=f"{rule}-{number}-{'fails' if found else 'holds'}")
        for rule, cases in GOALS.items()
        for number, (options, found) in enumerate(cases)
    ],
)
def test_a_rule_on_a_department_form(rule, options, found):
    options = dict(options)
    goal = options.pop("goal", G(8, 8, TWO))

    assert hubei(goal, **options).of(rule) == found


def test_weights_that_are_stated_are_no_note():
    assert ministry(GOOD).of("weight-unstated") == []
    assert ministry(GOOD).counts("weight-unstated") == {"HOLDS": 1}


def test_a_value_hidden_under_a_merged_cell_is_told():
    sheet = grid(ministry_lines(GOOD))
    sheet.cells[1, 3] = Cell(1, 3, "看不见", "看不见")
    (form,) = read.forms([sheet], "表.xlsx", vocabulary.load())

    assert [
        (str(f.severity), f.cell) for f in audit(form).findings if f.rule == "hidden-value"
    ] == [(NOTE, "C1")]


@pytest.mark.parametrize(
    ("coefficient", "score", "found"),
    [
        ("98%", 9.6, [(ERROR, "G6")]),
        ("96%", 9.6, []),
        ("96.0%", 9.6, []),
        ("90%", 9.6, [(WARNING, "G6")]),
        (P("0.96"), 9.6, []),
    ],
)
def test_a_stated_coefficient_is_the_ratio(coefficient, score, found):
    assert chongqing(coefficient, score).of("coefficient") == found


def test_a_coefficient_and_the_score_that_it_led_to_are_one_finding():
    case = chongqing("98%", 9.8)
    (found,) = [f for f in case.audit.findings if f.severity != NOTE and f.cell == "I6"]

    assert found.rule == "indicator-score"
    assert "coefficient" in [one.rule for one in found.causes]
    assert case.of("coefficient") == []


def chongqing(coefficient, score):
    """A flat table of a department with a column of coefficients."""
    lines = [
        ("2023年度部门整体绩效自评表", *[LEFT] * 8),
        ("部门名称", "武渠县图书馆", LEFT, "自评总分（分）", 99.6, LEFT, None, None, None),
        (
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率（%）",
            "执行率权重",
            "执行率得分（分）",
            None,
            None,
            None,
        ),
        (100, 100, 100, 100, 10, 10, None, None, None),
        (
            "指标名称",
            "计量单位",
            "指标性质",
            "年初指标值",
            "调整指标值",
            "全年完成值",
            "得分系数（%）",
            "指标权重（分）",
            "指标得分（分）",
        ),
        ("借阅人次", "人次", "≥", 100, None, 96, coefficient, 10, score),
        ("开放天数", "天", "≥", 300, None, 300, "100%", 80, 80),
    ]
    (form,) = forms(lines)
    return Case(lines, audit(form))


def test_a_late_date_with_all_the_points_that_the_others_leave_is_an_error():
    rows = (("竣工时间", "2021年6月底前", "2021年9月", 4), ("完成率", "100%", "100%", 4))

    assert (ERROR, f"G{HUBEI_FIRST}") in hubei(G(8, 8, rows)).of("indicator-score")


@pytest.mark.parametrize(
    ("score", "found"), [(18.6, []), (19.58, []), (18, [WARNING]), (20, [ERROR])]
)
def test_budget_execution_as_an_indicator_may_be_scored_by_the_rate(score, found):
    case = ministry(
        row("预算执行率", "≥95%", "93%", 20, score, "结余。"),
        budget=(200, 200, 186, None, "93%", None),
    )

    assert [severity for severity, _ in case.of("indicator-score")] == found
