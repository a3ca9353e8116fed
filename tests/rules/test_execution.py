"""Budget execution: which rows of funds are scored, which scores are part of the total."""

from decimal import Decimal

import pytest

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.rules.audit import audit
from perfxl.rules.engine.written import is_written
from perfxl.rules.findings import Verdict
from tests.forms.builder import LEFT, UP, Case, P, forms, ministry, ministry_lines, row

ERROR, WARNING, NOTE = "error", "warning", "note"
FIRST_FUND = 5


def with_funds(*funds, rows=(), **more) -> Case:
    """A ministry form whose rows of funds are (name, budget, executed, weight, rate, score)."""
    lines = ministry_lines(*rows, **more)
    drawn = [
        (UP, name, LEFT, None, budget, executed, weight, rate, score)
        for name, budget, executed, weight, rate, score in funds
    ]
    lines[FIRST_FUND - 1 : FIRST_FUND] = drawn
    (form,) = forms(lines)
    return Case(lines, audit(form))


def executions(case: Case) -> list[tuple[str, str, bool]]:
    """The scored rows of funds: name of the score, its cell, whether it counts."""
    return [(one.of, one.fund.score.cell, one.counted) for one in case.audit.facts.executions]


def test_every_row_of_funds_with_points_is_judged():
    case = with_funds(
        ("基本支出", 100, "92.9", 10, "92.9%", 10),
        ("项目支出", 100, 100, 10, "100%", 10),
        budget=(None, None, None, 20, None, 20),
    )

    assert executions(case) == [("budget", "I5", True), ("budget:6", "I6", True)]
    assert case.of("execution-score") == [(ERROR, "I5")]
    assert case.audit.total.recomputed == Fraction("99.29")


def test_a_total_and_the_rows_that_break_it_down_are_all_judged_and_the_total_counts():
    case = with_funds(
        ("年度资金总额", 200, 190, 10, "95%", "9.5"),
        ("其中：当年财政拨款", 150, 150, 10, "100%", 10),
        ("上年结转资金", 50, 40, 10, "80%", 9),
        budget=(None, None, None, 10, None, "9.5"),
        total="99.5",
    )

    assert [counted for _, _, counted in executions(case)] == [True, False, False]
    assert case.of("execution-score") == [(ERROR, "I7")]
    assert case.of("total-sum") == []
    assert case.of("weight-sum") == []


def test_points_split_between_the_sources_sum_to_those_of_execution():
    case = with_funds(
        ("年度资金总额", 200, 190, None, "95%", None),
        ("其中：当年财政拨款", 150, 150, 6, "100%", 6),
        ("上年结转资金", 50, 40, 4, "80%", "3.2"),
        budget=(None, None, None, 10, None, 9.2),
    )

    assert case.faults == []
    assert executions(case) == [("budget", "I6", True), ("budget:7", "I7", True)]


def test_a_row_of_funds_judged_and_not_counted_is_in_no_sum():
    case = with_funds(
        ("年度资金总额", 200, 200, 10, "100%", 10),
        ("其中：当年财政拨款", 150, 120, 10, "80%", 10),
        budget=(None, None, None, 10, None, 10),
    )

    assert case.of("execution-score") == [(ERROR, "I6")]
    assert case.audit.total.recomputed == 100
    assert case.audit.proven == 0


def test_an_indicator_named_payment_rate_beside_scored_funds_is_one_like_others():
    case = ministry(row("资金支付率", "≥95%", "90%", 10, 10))

    assert case.faults[0] == (ERROR, "indicator-score", "H10")
    assert ("warning", "missing-reason", "I10") in case.faults
    assert case.counts("total-sum") == {"HOLDS": 1, "NOT_APPLICABLE": 1}
    assert case.audit.total.verdict is Verdict.FAILS


def test_the_same_ten_points_in_the_funds_and_as_an_indicator_are_counted_once():
    rows = [row("预算执行率", "≥95%", "96%", 10, 10), row("养护里程", "100公里", "100公里", 90, 90)]
    case = ministry(*rows, budget=(None, 200, 192, 10, "96%", "9.6"), fill=False, total=100)

    assert executions(case) == [("budget", "I5", False)]
    assert case.faults == []


@pytest.mark.parametrize(("score", "total"), [(50, 140), (5, 95)])
def test_a_hundred_points_of_execution_beside_rows_of_ninety_are_one_finding(score, total):
    rows = [row("养护里程", "100公里", "100公里", 90, 90)]
    case = ministry(*rows, budget=(None, 200, 100, 100, "50%", score), fill=False, total=total)

    assert case.faults == [(ERROR, "weight-sum", "G5")]
    assert case.audit.facts.executions[0].weight == 10


def test_the_forms_total_in_the_row_of_funds_is_no_score_of_execution():
    rows = [row("预算执行率", "≥95%", "96%", 10, 10), row("养护里程", "100公里", "100公里", 90, 90)]
    case = ministry(*rows, budget=(None, 200, 192, 100, "96%", 100), fill=False, total=100)

    assert executions(case) == []
    assert case.faults == []


def test_without_amounts_the_stated_rate_decides():
    lower = with_funds(
        ("年度资金总额", None, None, 10, "92.9%", 10), budget=(0, 0, 0, 10, None, 10)
    )
    right = with_funds(
        ("年度资金总额", None, None, 10, "93%", "9.34"), budget=(0, 0, 0, 10, None, 9.34)
    )

    assert lower.of("execution-score") == [(ERROR, "I5")]
    assert right.faults == []


@pytest.mark.parametrize(
    ("score", "found"),
    [(10, []), (9.6, []), (9, ["execution-score"]), (100, []), (99, ["total-sum"])],
)
def test_a_score_beside_the_funds_is_the_forms_total_or_the_indicators(score, found):
    """Without points of its own: up to the indicator's 10 it is that score, above it the total."""
    rows = [row("预算执行率", "≥95%", "96%", 10, 10), row("养护里程", "100公里", "100公里", 90, 90)]
    case = ministry(*rows, budget=(None, 200, 192, None, "96%", score), fill=False, total=100)

    assert [rule for _, rule, _ in case.faults] == found


def test_further_rows_of_funds_beside_the_total_count_where_the_weights_say_so():
    case = with_funds(
        ("年度资金总额", 200, 190, 10, "95%", 9.5),
        ("绩效考核奖励", 100, 80, 10, "80%", 8),
        budget=(None, None, None, 20, None, 17.5),
    )

    assert [counted for _, _, counted in executions(case)] == [True, True]
    assert case.faults == []


@pytest.mark.parametrize("rate", [None, "0%", "100%"])
def test_nothing_of_no_budget_is_open_whatever_rate_is_written(rate):
    case = ministry(budget=(0, 0, 0, 10, rate, 10))

    assert case.of("execution-score") == [(NOTE, "I5")]


def test_execution_on_a_scale_of_its_own_is_judged_and_not_counted():
    """Rows of 100 and 90 of 100 for a rate of 90 %: neither the form's total nor part of it."""
    rows = [row("养护里程", "100公里", "100公里", 100, 100)]
    right = ministry(*rows, budget=(None, 200, 180, 100, "90%", 90), fill=False, total=100)

    assert executions(right) == [("budget", "I5", False)]
    assert right.faults == []


def test_a_score_of_the_funds_above_its_points_takes_no_finding_from_the_rows():
    """A table without goals is of no goal, and so are the funds; they share no cause."""
    case = with_funds(
        ("年度资金总额", 200, 200, 10, "100%", 12), budget=(None, None, None, 10, None, 12)
    )
    other = ministry(row("养护里程", "100公里", "100公里", 20, 21))

    assert [rule for _, rule, _ in case.faults] == ["execution-score"]
    assert [rule for _, rule, _ in other.faults] == ["score-range"]


@pytest.mark.parametrize(
    ("rate", "text", "raw", "is_it"),
    [
        ("0.955", "95%", "0.95", True),  # who sits on a boundary is not accused
        ("0.9551", "95%", "0.95", False),
        ("0.9549", "95%", "0.95", True),
        ("0.9451", "95%", "0.95", True),
        ("0.9449", "95%", "0.95", False),
        ("0.95049", "95.0%", "0.95", True),
        ("0.95051", "95.0%", "0.95", False),
        ("0.9549", "0.95", "0.95", True),
        ("0.9551", "0.95", "0.95", False),
        ("0.95049", "0.950", "0.95", True),
        ("0.95051", "0.950", "0.95", False),
        ("0.9549", "95", "95", True),
        ("0.9551", "95", "95", False),
        ("0.95049", "95.0", "95.0", True),
        ("0.95051", "95.0", "95.0", False),
        ("0.996", "1", "1", True),
        ("0.994", "1", "1", False),
        ("1.004", "1", "1", True),
        ("0.0104", "1", "1", True),
        ("0.0151", "1", "1", False),
        ("0.0095", "0.95", "0.95", True),
    ],
)
def test_a_rate_is_what_is_written_to_half_a_unit_of_its_last_digit(rate, text, raw, is_it):
    place = Field(Decimal(raw), text, 1, 1, raw=Decimal(raw))

    assert is_written(Fraction(Decimal(rate)), place) is is_it


@pytest.mark.parametrize(
    ("executed", "rate", "found"),
    [
        ("1000", "0.01%", []),  # 0.010256 %
        ("1000", P("0.0001025641", "0.00%"), []),
        ("1000", "0.0103%", []),
        ("97500", "1%", []),
        ("97500", "1.01%", [(ERROR, "H5")]),
        ("9262500", P("0.95", "0%"), []),
        ("9262500", P("0.9500000000000001", "0.00%"), []),
        ("9262500", "0.95", []),
        ("9262500", "95", []),
        ("9262500", "95.1", [(ERROR, "H5")]),
        ("9262500", "0.96", [(ERROR, "H5")]),
        ("9262500", "1", [(ERROR, "H5")]),
        ("9750000", "1", []),
        # 97.52 % shown as 98 %, with 0.9849 behind it: what is shown is right.
        ("9508200", P("0.9849", "0%"), []),
        ("9508200", P("0.9849", "0.0%"), [(ERROR, "H5")]),
    ],
)
def test_a_rate_is_right_at_the_precision_at_which_it_is_written(executed, rate, found):
    case = ministry(budget=(None, "9750000", executed, None, rate, None), fill=False)

    assert case.of("execution-rate") == found
    assert case.of("money-units") == []


def test_a_head_row_right_over_the_funds_is_no_part_of_their_header():
    """自评得分 | 100 | 财政审核评分 stand in Ningxia's head; the row below them begins the funds."""
    lines = ministry_lines(
        row("预算执行率", "100%", "95%", 10, 9.5), budget=(200, 200, 190, None, "95%", None)
    )
    lines[2] = ("自评得分", LEFT, 99.5, LEFT, LEFT, "财政审核评分", LEFT, None, LEFT)
    lines[3] = (
        "项目资金",
        None,
        None,
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        None,
        None,
    )
    lines[4] = (UP, "年度资金总额", LEFT, 200, 200, 190, "95%", None, None)
    (form,) = forms(lines)

    assert form.claimed_total.value == Decimal("99.5")
    assert form.funds[0].score.row == 0
    assert form.funds[0].rate.cell == "G5"
