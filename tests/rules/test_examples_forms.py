"""What is on a form and what must be said of it, each form a file seen through the public face."""

from decimal import Decimal

import pytest

import perfxl
from tests.forms.builder import LEFT, UP, G, P, hubei_lines, ministry_lines, row, workbook

DONE = row("养护里程", "≥100公里", "100公里", 20, 20)
WHOLE = row("养护里程", "≥100公里", "100公里", 100, 100)
NINETY = row("养护里程", "≥100公里", "100公里", 90, 90)
SHORT = row("养护里程", "≥100公里", "90公里", 20, 18)
BLOCK = "偏差原因分析及改进措施"
HALF = (None, 200, 100, 10, P("0.5"), 5)
OVER = (None, 100, 120, 10, P("1.2"), 10)
TIERS = (
    "1.定性指标分为达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，分别按照100-80%（含80%）、"
    "80-50%（含50%）、50-0%合理确定分值。"
)
PARTLY = row("出行环境", "有所改善", "部分达成预期指标并具有一定效果", 20, "10.5", "资金未到位。")
LOW = "年初指标值设定偏低，按偏离度调减分值。"


def shares(count, weight, score=None):
    return [row(f"里程{n}", "≥100公里", "100公里", weight, score or weight) for n in range(count)]


def funds(*rows, **more):
    """A form whose rows of funds are (name, budget, executed, weight, rate, score)."""
    lines = ministry_lines(DONE, **more)
    lines[4:5] = [
        (UP, name, LEFT, None, budget, executed, weight, rate, score)
        for name, budget, executed, weight, rate, score in rows
    ]
    return lines


def below(lines, *texts):
    """Lines of text below the table."""
    return [*lines, *((text, *[LEFT] * 8) for text in texts)]


def goal(points, score, *rows, **more):
    return hubei_lines(G(points, score, rows), **more)


def thirds(total):
    """Three equal shares of ten points, rounded."""
    effect = row("通行能力", "≥100辆", "100辆", 80, 80, level1="效益指标", level2="社会效益指标")
    return ministry_lines(
        *shares(3, 3.33),
        effect,
        fill=False,
        total=total,
        weight_of_levels={"产出指标": "产出指标（10分）"},
    )


# what it is: the form; errors and warnings as (rule, cell); the recomputed total; what is proven too much
FORMS = {
    # ---- sums are sums
    "parts 95.28, total 95.15": (
        ministry_lines(DONE, budget=(None, 200, "105.6", 10, "52.8%", "5.28"), total="95.15"),
        [("total-sum", "H13")], "95.28", 0),
    "parts 95.28, total 95.3": (
        ministry_lines(DONE, budget=(None, 200, "105.6", 10, "52.8%", "5.28"), total="95.3"),
        [("total-sum", "H13")], "95.28", 0),
    "parts 95, total 94": (ministry_lines(DONE, total=94), [("total-sum", "H13")], 95, 0),
    "a hundredth that rounding explains": (
        ministry_lines(*[row(f"里程{n}", "≥90公里", "80公里", 10, "8.89", "多雨。") for n in range(5)], total="89.44"),
        [], "89.45", 0),
    "half a tenth that rounding does not explain": (
        ministry_lines(*[row(f"里程{n}", "≥90公里", "80公里", 10, "8.89", "多雨。") for n in range(5)], total="89.5"),
        [("total-sum", "H17")], "89.45", 0),
    "a goal that is not the sum of its rows": (
        goal(8, 7, ("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4)), [("goal-sum", "G7")], 99, 0),
    # ---- weights and execution
    "rows of 100 beside 10, total their sum": (
        ministry_lines(WHOLE, fill=False, total=105), [("weight-sum", "G11")], 100, 0),
    "rows of 100 beside 10, total 100": (
        ministry_lines(WHOLE, fill=False, total=100), [("weight-sum", "G11")], 100, 0),
    "rows of 100 beside 10, stated as 110": (
        ministry_lines(WHOLE, fill=False, total=105, total_weight=110), [("weight-sum", "G11")], 100, 0),
    "weights of 100 stated as 105": (
        ministry_lines(DONE, total_weight=105), [("weight-sum", "G13")], 95, 0),
    "100 points of execution beside 90": (
        ministry_lines(NINETY, fill=False, budget=(None, 200, 100, 100, P("0.5"), 50), total=140),
        [("weight-sum", "G5")], 95, 45),
    "the same, stated as 190": (
        ministry_lines(NINETY, fill=False, budget=(None, 200, 100, 100, P("0.5"), 50), total=140, total_weight=190),
        [("weight-sum", "G5")], 95, 45),
    "every row of funds with points is judged": (
        funds(("基本支出", 100, "92.9", 10, "92.9%", 10), ("项目支出", 100, 100, 10, "100%", 10),
              budget=(None, None, None, 20, None, 20)),
        [("execution-score", "I5")], "99.29", "0.71"),
    "the second of three likewise": (
        funds(("基本支出", 100, 90, 5, "90%", "4.5"), ("项目支出", 100, 80, 10, "80%", 9), ("其他支出", 10, 10, 5, "100%", 5),
              budget=(None, None, None, 20, None, 18.5)),
        [("execution-score", "I6")], "97.5", 1),
    "资金支付率 as an indicator like others": (
        ministry_lines(row("资金支付率", "≥95%", "90%", 10, 10)),
        [("indicator-score", "H10"), ("missing-reason", "I10")], "94.47", "0.53"),
    "rows that break one down": (
        ministry_lines(DONE, row("其中：国道", "≥60公里", "60公里", None, None), row("其中：省道", "≥40公里", "40公里", None, None)),
        [], 95, 0),
    "rows below a starred one": (
        ministry_lines(row("★养护里程", "≥100公里", "100公里", 20, 20), row("国道", "≥60公里", "60公里", None, None)),
        [], 95, 0),
    # ---- floats and equal splits
    "thirds stored, shown 3.33": (ministry_lines(*shares(3, 10 / 3)), [], "94.99", 0),
    "3.33 three times in a section of 10": (thirds(94.99), [], "94.99", 0),
    "the same with the total of the whole shares": (thirds(95), [], "94.99", 0),
    "2.67 three times in a goal of 8": (
        goal(8, 8, *((f"完成率{n}", "100%", "100%", "2.67") for n in "甲乙丙")), [], 99, 0),
    "3.33 three times in a goal of 10": (
        goal(10, 10, *((f"完成率{n}", "100%", "100%", "3.33") for n in "甲乙丙")), [], None, 0),
    "a score 1e-13 above its weight": (
        ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20 + 1e-13), total=95), [], 95, 0),
    # ---- explained elsewhere
    "spent above the budget, nowhere explained": (ministry_lines(DONE, budget=OVER), [("overspent", "F5")], 100, 0),
    "explained in the block": (
        ministry_lines(DONE, budget=OVER, reasons=[(BLOCK, "执行数超预算系上年结转资金安排。")]), [], 100, 0),
    "explained below the table": (
        below(ministry_lines(DONE, budget=OVER), "说明：执行数超出预算系年中追加资金20万元。"), [], 100, 0),
    "explained in a row": (
        ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20, "年中追加预算20万元，执行数超过预算。"), budget=OVER), [], 100, 0),
    "an instruction is no explanation": (
        below(ministry_lines(DONE, budget=OVER), "注：执行数超过预算数的，应当说明原因。"), [("overspent", "F5")], 100, 0),
    "资金到位率 explains no overspending": (
        ministry_lines(DONE, budget=OVER, reasons=[(BLOCK, "资金到位率100%")]), [("overspent", "F5")], 100, 0),
    "未发现偏差 explains nothing": (
        ministry_lines(SHORT, reasons=[(BLOCK, "未发现偏差")]), [("missing-reason", "I10")], 93, 0),
    "a block on the budget alone": (
        ministry_lines(SHORT, reasons=[(BLOCK, "预算执行率偏低系年末资金结转。")]), [("missing-reason", "I10")], 93, 0),
    "a block that names the row": (
        ministry_lines(SHORT, reasons=[(BLOCK, "养护里程未完成系多雨停工。")]), [], 93, 0),
    # ---- rates as they are written
    "0.010256 % written 0.01 %": (
        ministry_lines(DONE, budget=(None, 1000000, "102.56", 10, "0.01%", 0)), [], 90, 0),
    "95.002 % written 95.0 %": (
        ministry_lines(DONE, budget=(None, 100000, 95002, 10, "95.0%", "9.5"), total="99.5"), [], "99.5", 0),
    "86.18 % written 86.19 %": (
        ministry_lines(DONE, budget=(None, 10000, 8618, 10, "86.19%", "8.62"), total="98.62"),
        [("execution-rate", "H5")], "98.62", 0),
    "86.2 % scored 9": (
        ministry_lines(DONE, budget=(None, 1000, 862, 10, "86.2%", 9)), [("execution-score", "I5")], "98.62", "0.38"),
    # ---- points taken off a target that was set too low
    "400 % scored 10 of 20 with that reason": (
        ministry_lines(row("培训场次", "≥100场", "400场", 20, 10, LOW)), [], 85, 0),
    "500 % scored 19 of 20 with that reason": (
        ministry_lines(row("培训场次", "≥100场", "500场", 20, 19, LOW)), [], 94, 0),
    # ---- the form's own tiers
    "a printed scale in one cell": (below(ministry_lines(PARTLY, total="85.5"), "备注：" + TIERS), [], "85.5", 0),
    "a printed scale beside its label": (
        [*ministry_lines(PARTLY, total="85.5"), ("备注", TIERS, *[LEFT] * 7)], [], "85.5", 0),
    "no printed scale": (ministry_lines(PARTLY, total="85.5"), [("indicator-score", "H10")], 87, 0),
    # ---- one cause, one finding
    "a section's label that is not its rows' sum": (
        ministry_lines(DONE, row("修补里程", "≥10公里", "10公里", 25, 25), weight_of_levels={"产出指标": "产出指标（50分）"}),
        [("weight-sum", "B10")], 95, 0),
    "execution scored above its weight": (
        ministry_lines(DONE, budget=(None, 100, 100, 10, P("1"), 12), total=102), [("execution-score", "I5")], 100, 2),
    "a total row of zeros": (
        funds(("年度资金总额", 0, 0, 10, None, 10), ("其中：当年财政拨款", 100, 100, None, "100%", None), total=100),
        [("funds-parts", "E5")], 100, 0),
    "executed in 元 under a budget in 万元": (
        ministry_lines(DONE, budget=(None, 100, 950000, 10, "95%", "9.5"), total="99.5"), [("money-units", "F5")], "99.5", 0),
    "预算执行率 of 100 % beside 90 %": (
        ministry_lines(row("预算执行率", "100%", "100%", 10, 10), budget=(None, 100, 90, 10, "90%", 9)),
        [("execution-indicator", "F10")], 99, 0),
}  # fmt: skip
NUMBERS = {
    # unreadable numbers, each with its cell: where they stand
    "H10": lambda value: ministry_lines(
        row("养护里程", "≥100公里", "100公里", 20, value), total=95
    ),
    "G10": lambda value: ministry_lines(
        row("养护里程", "≥100公里", "100公里", value, 20), NINETY, fill=False, total=115
    ),
    "E5": lambda value: ministry_lines(DONE, budget=(None, value, 100, 10, P("0.5"), 5), total=95),
    "F5": lambda value: ministry_lines(DONE, budget=(None, 200, value, 10, P("0.5"), 5), total=95),
    "I5": lambda value: ministry_lines(
        DONE, budget=(None, 200, 100, 10, P("0.5"), value), total=95
    ),
    "H13": lambda value: ministry_lines(DONE, total=value),
}


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    """The audit of each form, from a file."""
    folder = tmp_path_factory.mktemp("forms")
    for number, (lines, *_) in enumerate(FORMS.values()):
        (folder / f"{number:03}.xlsx").write_bytes(workbook(_typed(lines)))
    found = [result.audits for result in perfxl.audit(folder)]
    return dict(zip(FORMS, [one for (one,) in found], strict=True))


def _typed(lines):
    """The lines with figures as the numbers that a person types."""
    return [tuple(_number(value) for value in line) for line in lines]


def _number(value):
    if isinstance(value, str) and value.replace(".", "", 1).isdigit():
        return Decimal(value)
    return value


@pytest.mark.parametrize("what", FORMS)
def test_a_form_is_told_this_and_nothing_else(audits, what):
    _, said, recomputed, proven = FORMS[what]
    audited = audits[what]

    assert [
        (finding.rule, finding.cell)
        for finding in audited.findings
        if str(finding.severity) != "note"
    ] == said
    if recomputed is not None:
        assert audited.total.recomputed == Decimal(recomputed)
    assert audited.proven == Decimal(proven)


@pytest.mark.parametrize("value", [1e308, -1e300, "1" + "0" * 400, "1E+400"], ids=str)
@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_beyond_measure_is_unreadable_and_ends_nothing(tmp_path, cell, value):
    (tmp_path / "巨数.xlsx").write_bytes(workbook(NUMBERS[cell](value)))
    (tmp_path / "好表.xlsx").write_bytes(workbook(ministry_lines(DONE)))
    good, odd = perfxl.audit(tmp_path)

    assert good.audits[0].clean
    found = [
        finding
        for finding in odd.audits[0].findings
        if (finding.rule, finding.cell) == ("unreadable-number", cell)
    ]
    assert len(found) == 1
