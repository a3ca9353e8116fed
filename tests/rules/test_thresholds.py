"""Thresholds of facts and of the funds from both sides: just within, and just beyond."""

from types import SimpleNamespace

import pytest

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT
from perfxl.forms.values.quantity import parse
from perfxl.rules.checks import scores
from perfxl.rules.engine import facts
from perfxl.rules.engine.ratio import Ratio
from tests.forms.builder import Case, audit, forms, hubei, ministry, ministry_lines, row
from tests.rules.test_rules import chongqing

ERROR, WARNING = "error", "warning"


def exact(text) -> Fraction | None:
    return None if text is None else Fraction(parse(str(text)).low)


def number(text):
    """A typed number."""
    return parse(text).low


def ends(interval):
    return tuple(None if end is None else float(end) for end in interval)


def block(points, *rows):
    """A block of so many points with rows of (ratio at least, at most, claim, weight)."""
    drawn = [
        facts.ScoredRow(
            SimpleNamespace(weight=ABSENT, score=ABSENT), parse(""), parse(""),
            Ratio(exact(lo), exact(hi), ""), exact(claim), exact(weight),
        )
        for lo, hi, claim, weight in rows
    ]  # fmt: skip
    made = facts.ScoredSection(None, drawn, exact(points), None)
    facts._weigh(made)
    made.admissible = facts._of_block(made)
    return made


# ---------------------------------------------------------------- budget execution as an indicator
@pytest.mark.parametrize(
    ("actual", "score", "found"),
    [
        # 95 of 100 are executed: the row may score its points times that rate, if it is that rate to the percent.
        ("96%", "9.5", []), ("96%", "9.6", []), ("96.1%", "9.5", [WARNING]), ("94%", "9.5", []), ("93.9%", "9.5", [ERROR]),
    ],
)  # fmt: skip
def test_the_indicator_of_execution_is_the_rate_of_the_funds_to_the_percent(actual, score, found):
    case = ministry(
        row("预算执行率", "≥100%", actual, 10, number(score), "结余。"),
        budget=(200, 200, 190, None, "95%", None),
    )

    assert [severity for severity, _ in case.of("indicator-score")] == found


# ---------------------------------------------------------------- weights and intervals of a block
@pytest.mark.parametrize(
    ("points", "stated", "shared"),
    [(10, 9, 1.0), (10, 10, 0.0), (10, 11, None), (None, 9, None)],
)
def test_what_stated_weights_leave_of_a_goal_is_shared_and_never_below_nothing(
    points, stated, shared
):
    made = block(points, (1, 1, stated, stated), (1, 1, 0, None))

    (group,) = made.groups
    assert (None if group.points is None else float(group.points)) == shared


@pytest.mark.parametrize(
    ("claims", "first", "slack"),
    [
        # Claims of less than the points leave a slack to every row; of the points, none.
        ((5, 2), (2.5, 3.0), 1), ((6, 2), (3.0, 3.0), 0),
        # Claims of more: some claim is above its weight, and which one, nobody knows.
        ((7, 2), (0.0, 3.5), -1), ((9, 2), (0.0, 4.0), -3),
        # 2.67 three times is the whole of 8.
        (("2.67", "2.67", "2.67"), (1.335, 1.335), 0), (("2.68", "2.68", "2.68"), (0.0, 1.34), "-0.04"),
    ],
)  # fmt: skip
def test_a_row_of_unknown_weight_lies_between_its_claim_and_what_the_others_leave(
    claims, first, slack
):
    made = block(8, *[("0.5" if not index else 1, "0.5" if not index else 1, claim, None) for index, claim in enumerate(claims)])  # fmt: skip

    assert ends(made.rows[0].admissible) == first
    assert made.rows[0].slack == exact(slack)
    assert made.rows[0].how == facts.BOUNDED


@pytest.mark.parametrize(
    ("ratio", "claim", "found"),
    [((0, 0), 3, (0.0, 0.0)), (("0.5", 1), 3, (1.5, None)), ((0, 0), None, (None, 0.0)), ((1, 1), None, (None, None))],
)  # fmt: skip
def test_without_points_a_row_has_no_upper_end_unless_nothing_was_reached(ratio, claim, found):
    assert ends(block(None, (*ratio, claim, None)).rows[0].admissible) == found


@pytest.mark.parametrize(
    ("points", "rows", "found"),
    [
        # (lo, hi, claim, weight): weights of 12.5 in a goal of 10 whose least is within it: no more than its points.
        (10, [(1, 1, 5, 5), ("0.8", 1, 5, "7.5")], (11.0, 12.5)),
        (10, [(1, 1, 5, 5), ("0.8", 1, 5, "6.25")], (10.0, 10.0)),
        (10, [(1, 1, 5, 5), ("0.8", 1, 5, 6)], (9.8, 10.0)),
        (10, [(1, 1, 5, 5), ("0.8", 1, 4, 4)], (8.2, 9.0)),
        # Unknown weights: what no claim takes goes to the least or to the most complete row.
        (8, [(1, 1, 4, None), ("0.5", "0.5", 4, None)], (6.0, 6.0)),
        (8, [(1, 1, 4, None), ("0.5", "0.5", 3, None)], (6.0, 6.5)),
        (8, [(1, 1, 4, None), ("0.5", "0.5", 5, None)], (4.0, 8.0)),
        (8, [("0.5", 1, 4, None), (0, "0.5", 2, None)], (2.0, 7.0)),
        (None, [("0.5", 1, 4, None)], (2.0, None)),
        (8, [], (0.0, 8.0)), (None, [], (None, None)),
        # Both: weights of 2 stated, 6 left of 8.
        (8, [("0.5", "0.5", 1, 2), (1, 1, 6, None)], (7.0, 7.0)),
        (None, [("0.5", "0.5", 1, 2), (1, 1, 6, None)], (7.0, None)),
    ],
)  # fmt: skip
def test_the_interval_of_a_goal(points, rows, found):
    assert ends(block(points, *rows).admissible) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(1, 1, 4, None), ("0.5", 1, 2, None)], (6.0, 8.0)),
        ([("0.8", "0.8", 4, None)], (5.0, 5.0)),
        # 0 at 0 fits any weight; a score above 0 at 0 fits none; a tier down to 0 has no upper end.
        ([(1, 1, 4, None), (0, 0, 0, None)], (4.0, None)),
        ([(1, 1, 4, None), (0, 0, 1, None)], (None, None)),
        ([(0, "0.5", 2, None), (1, 1, 4, None)], (8.0, None)),
        ([(1, 1, None, None), (1, 1, 4, None)], (None, None)),
    ],
)
def test_what_weights_the_claims_of_a_goal_need(rows, found):
    (group,) = block(8, *rows).groups

    assert ends(group.needed) == found


# ---------------------------------------------------------------- do any weights fit?
@pytest.mark.parametrize(
    ("claims", "found"),
    [
        # At half the target a score of 4.05 needs 8.1 points; with the tolerance on either side, 8.
        ((4.05,), []), ((4.06,), [ERROR]), ((3.95,), []), ((3.94,), [WARNING]),
        # A claim of nothing has nothing to be rounded up from.
        ((4.06, 0), [ERROR]), ((4.05, 0), []),
    ],
)  # fmt: skip
def test_weights_fit_within_the_tolerance_of_each_score(claims, found):
    made = block(8, *[("0.5", "0.5", claim, None) for claim in claims])
    (group,) = made.groups
    low, high = scores._needed(group, Fraction(1, 20))
    assert [ERROR] * (low > 8) + [WARNING] * (high < 8) == found


# ---------------------------------------------------------------- 元 and 万元
def with_funds(budget, executed, rate=None, parts=()):
    lines = ministry_lines(row("养护里程", "100公里", "100公里", 20, 20), parts=parts,
                           budget=(None, budget, executed, 10, rate, 10))  # fmt: skip
    (form,) = forms(lines)
    return Case(lines, audit(form))


@pytest.mark.parametrize(
    ("budget", "executed", "rate", "units"),
    [
        (1, 2499, None, []), (1, 2500, None, [(ERROR, "F5")]), (1, 15000, None, [(ERROR, "F5")]), (1, 15001, None, []),
        (40001, 1, None, []), (40000, 1, None, [(ERROR, "F5")]), (10000, "1.5", None, [(ERROR, "F5")]), (10000, "1.51", None, []),
        # A rate within ten times that of the amounts is a wrong rate of them, and no right one of others.
        (1000000, 100, "0.1%", []), (1000000, 100, "0.101%", [(ERROR, "F5")]),
        (1000000, 100, "0.001%", []), (1000000, 100, "0.00099%", [(ERROR, "F5")]),
        # 2500 times the budget was divided from amounts that are wrong.
        (1, 2500, "250000%", [(ERROR, "F5")]), (1, 9500, "95%", [(ERROR, "F5")]),
    ],
)  # fmt: skip
def test_amounts_in_two_units_of_money(budget, executed, rate, units):
    assert with_funds(budget, number(str(executed)), rate).of("money-units") == units


# ---------------------------------------------------------------- rates, parts and totals of money
@pytest.mark.parametrize(
    ("executed", "rate", "wrong"),
    [
        (950, "95%", False), (945, "95%", False), (944, "95%", True), (955, "95%", False), (956, "95%", True),
        (950, "0.95", False), (945, "0.95", False), (944, "0.95", True), (950, "95", False), (955, "95", False),
        (956, "95", True), (995, "1", False), (994, "1", True), (1005, "1", False),
    ],
)  # fmt: skip
def test_a_rate_is_right_at_the_precision_at_which_it_is_written(executed, rate, wrong):
    assert bool(with_funds(1000, executed, rate).of("execution-rate")) is wrong


@pytest.mark.parametrize(
    ("whole", "amounts", "found"),
    [
        # Two parts and a total, each rounded: three halves of the last digit.
        (100, (50, 51), []), (100, (50, 52), [(ERROR, "E5")]), (100, (50, 49), []), (100, (50, 48), [(ERROR, "E5")]),
        (100, ("50.1", "50.0"), []), (100, ("50.1", "50.1"), [(ERROR, "E5")]), (100, ("50.0", "49.9"), []),
        (100, ("50.0", "49.8"), [(ERROR, "E5")]), (100, (30, 40, 32), []), (100, (30, 40, 33), [(ERROR, "E5")]),
        (100, (30, 40, 28), []), (100, (30, 40, 27), [(ERROR, "E5")]),
        # Two break-downs one after the other, by source and by kind; one and a half are none.
        (100, (60, 40, 70, 30), []), (100, (60, 40, 70), [(ERROR, "E5")]),
    ],
)  # fmt: skip
def test_parts_of_money_sum_to_their_total_within_their_rounding(whole, amounts, found):
    names = ["当年财政拨款", "上年结转资金", "单位资金", "其他资金"]
    names = [*names[: len(amounts) - 1], "其他资金"]
    parts = [
        (name, None, number(str(amount)), None) for name, amount in zip(names, amounts, strict=True)
    ]
    case = with_funds(whole, whole, parts=parts)

    assert case.of("funds-parts") == found


@pytest.mark.parametrize(
    ("basic", "project", "budget", "executed", "wrong"),
    [
        # Whole and tenths: three halves of a tenth, whatever is finer; hundredths: of a hundredth.
        (30, "65.15", 100, 95, False), (30, "65.16", 100, 95, True), (30, "64.85", 100, 95, False), (30, "64.84", 100, 95, True),
        (30, "65.16", 100, "95.01", False), (30, "65.17", 100, "95.01", True),
        ("30.00", "65.015", "100.01", "95.00", False), ("30.00", "65.016", "100.01", "95.00", True),
        (30, 70, 100, 95, False),
    ],
)  # fmt: skip
def test_basic_and_project_expenditure_sum_to_the_total_within_their_rounding(
    basic, project, budget, executed, wrong
):
    case = hubei(
        budget=(budget, executed, "95%", 19), basic=number(str(basic)), project=number(project) if isinstance(project, str) else project,
    )  # fmt: skip

    assert bool(case.of("expenditure-total")) is wrong


# ---------------------------------------------------------------- values
@pytest.mark.parametrize(
    ("target", "actual", "found"),
    [
        ("≥95%", "100%", []), ("≥95%", "100.1%", [ERROR]), ("≥95%", 100, []), ("≥95%", 101, [ERROR]), ("≥95%", "1.02", []),
    ],
)  # fmt: skip
def test_a_share_of_a_whole_is_at_most_the_whole(target, actual, found):
    case = ministry(row("工程合格率", target, actual, 20, 20))

    assert [severity for severity, _ in case.of("impossible-rate")] == found


@pytest.mark.parametrize(("wordy", "found"), [(3, 3), (4, 1)])
def test_a_column_of_words_is_one_finding_from_the_fourth_on(wordy, found):
    rows = [row(f"工作{index}完成率", "≥95%", "96%", "十分" if index < wordy else 10, 10) for index in range(5)]  # fmt: skip
    case = ministry(*rows, fill=False)

    assert len(case.of("unreadable-number")) == found


@pytest.mark.parametrize(
    ("coefficient", "found"),
    [
        # 96 of 100, at the decimals at which it is written; either end of the rounding is right.
        ("0.96", []), ("1.0", []), ("0.9", [WARNING]), ("0.97", [ERROR]), ("0.95", [WARNING]), ("96.0%", []), ("96.1%", [ERROR]),
        ("95.9%", [WARNING]), ("96%", []), ("97%", [ERROR]), ("95%", [WARNING]),
    ],
)  # fmt: skip
def test_a_coefficient_is_the_ratio_at_its_own_decimals(coefficient, found):
    case = chongqing(coefficient, number("9.6"))

    assert [severity for severity, _ in case.of("coefficient")] == found
