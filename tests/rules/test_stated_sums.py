"""Stated sums beside their parts: what of the form is summed, and how far rounding may move it."""

from decimal import Decimal

import pytest

from perfxl.exact import Fraction
from perfxl.rules.engine.stated_sums import StatedSum, full_marks, leaves_points_unlisted, total_sum
from tests.forms.builder import G, hubei, ministry, row

ERROR = "error"
ROWS = (("项目数", "3项", "3项", 4), ("完成率", "100%", "100%", 4))


def exact(text) -> Fraction:
    return Fraction(Decimal(str(text)))


@pytest.mark.parametrize(
    ("claimed", "summed", "slack", "differs"),
    [
        (95, 95, 0, False), ("95.01", 95, 0, True), ("94.99", 95, 0, True), ("95.005", 95, "0.005", False), ("95.006", 95, "0.005", True),
        (None, 95, 0, False), (95, None, 0, False), ("95.0000001", 95, 0, False),
    ],
)  # fmt: skip
def test_a_stated_sum_differs_beyond_its_slack(claimed, summed, slack, differs):
    one = StatedSum(
        None if claimed is None else exact(claimed), (), None if summed is None else exact(summed), exact(slack),
    )  # fmt: skip

    assert one.differs is differs


@pytest.mark.parametrize(("goal", "total", "found"), [(7, 99, []), (7, 98, []), (7, 97, [ERROR]), (7, 100, [ERROR]), (8, 99, []), (8, 98, [ERROR])])  # fmt: skip
def test_a_total_is_that_of_the_goals_or_that_of_their_rows(goal, total, found):
    case = hubei(G(8, goal, ROWS), total=total)

    assert [severity for severity, _ in case.of("total-sum")] == found
    assert len(case.of("goal-sum")) == (goal != 8)


@pytest.mark.parametrize(
    ("executed", "score", "slack"),
    [(190.6, "9.53", "0.005"), (200, "9.53", 0), (210, "9.53", 0), (0, "9.53", 0), (190.6, "9.5", "0.05"), (180, "9", 0)],
)  # fmt: skip
def test_execution_is_rounded_where_its_rate_is_a_true_fraction(executed, score, slack):
    case = ministry(budget=(None, 200, executed, 10, None, Decimal(score)))

    assert total_sum(case.audit.facts).slack == exact(slack)


@pytest.mark.parametrize(
    ("actual", "score", "slack"), [("90公里", "17.14", "0.005"), ("105公里", "17.14", 0), ("90公里", "17", 0), ("0公里", "17.14", 0)]
)  # fmt: skip
def test_a_row_is_rounded_where_its_ratio_is_a_true_fraction(actual, score, slack):
    case = ministry(row("养护里程", "≥105公里", actual, 20, Decimal(score)))

    assert total_sum(case.audit.facts).slack == exact(slack)


@pytest.mark.parametrize(
    ("weight", "total_weight", "full", "open_"),
    [
        # What is stated and made by the weights is the whole, where it is no more than the policy's hundred.
        (10, 100, 100, False), (10, 120, 100, False), (20, 110, 100, False), (20, None, 100, False), (20, 100, 100, False),
    ],
)  # fmt: skip
def test_full_marks_are_what_the_weights_make(weight, total_weight, full, open_):
    rows = [row("养护里程", "≥100公里", "100公里", 90, 90)]
    case = ministry(*rows, fill=False, total_weight=total_weight, budget=(None, 200, 200, weight, None, weight))  # fmt: skip

    assert full_marks(case.audit.facts) == full
    assert leaves_points_unlisted(case.audit.facts) is open_
