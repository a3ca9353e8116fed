"""A target far exceeded may have been set too low: fewer points are admissible then, with that reason."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import Case, forms, ministry_lines, row

LOW = "年初指标值设定偏低，按偏离度调减分值"


def form_with(target, actual, score, reason, total=None):
    lines = ministry_lines(
        row("培训场次", target, actual, 20, score, reason), total=0 if total is None else total
    )
    (form,) = forms(lines)
    return Case(lines, audit(form))


def score_of(case):
    return next(one for one in case.audit.scores if one.name == "培训场次")


@pytest.mark.parametrize("actual", ["300场", "500场"])
@pytest.mark.parametrize("score", [10, 15, 19])
def test_points_taken_off_with_that_reason_are_admissible(actual, score):
    case = form_with("≥100场", actual, score, LOW)

    assert case.of("indicator-score") == []
    assert case.of("missing-reason") == []
    assert case.of("far-above-target") == []
    assert score_of(case).recomputed == score


def test_without_a_reason_the_reason_is_missed_and_not_the_points():
    case = form_with("≥100场", "300场", 12, None)

    assert case.of("indicator-score") == []
    assert [severity for severity, _ in case.of("missing-reason")] == ["warning"]


def test_the_full_score_asks_only_why():
    case = form_with("≥100场", "300场", 20, None)

    assert case.of("indicator-score") == []
    assert [severity for severity, _ in case.of("far-above-target")] == ["warning"]
    assert score_of(case).recomputed == 20


def test_a_target_only_just_exceeded_earns_all_its_points():
    assert [s for s, _ in form_with("≥100场", "120场", 12, LOW).of("indicator-score")] == [
        "warning"
    ]


@pytest.mark.parametrize(
    ("target", "actual", "asked"),
    [
        ("下降3%", "下降4%", 0),
        ("增长5%", "增长8%", 0),
        ("增长5%", "增长40%", 1),
        ("下降5%", "下降50%", 1),
    ],
)
def test_a_change_in_percent_is_far_above_where_the_level_is(target, actual, asked):
    case = form_with(target, actual, 20, None)

    assert case.of("indicator-score") == []
    assert len(case.of("far-above-target")) == asked
