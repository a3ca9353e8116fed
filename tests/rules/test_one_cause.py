"""What merely follows from a fault is listed under it, where both are of one thing, and only there."""

from types import SimpleNamespace

import pytest

from perfxl.rules.audit import _folded
from perfxl.rules.findings import Finding, Severity, Verdict

ROW, GOAL, FORM = 12, 2, None
FACTS = SimpleNamespace(form=SimpleNamespace(sheet="自评表"))


def finding(code, *, of=ROW, goal=GOAL, cell=(12, 8)):
    """A finding of a rule, as rule or rule:message, on a row, a goal or the form."""
    rule, _, message = code.partition(":")
    return Finding(
        rule, Severity.ERROR, Verdict.FAILS, "自评表", *cell, "score", None, None, None, "",
        message, {}, goal, of,
    )  # fmt: skip


def folded(cause, follower):
    """What is left, as rule → the rules under it; the order in which rules report is of no account."""
    left = [_folded(list(pair), FACTS, ()) for pair in ((cause, follower), (follower, cause))]
    told = [{one.rule: [under.rule for under in one.causes] for one in found} for found in left]
    assert told[0] == told[1]
    return told[0]


FORM_WIDE = [
    # Amounts in two units of money make every rate, score and sum of money wrong.
    ("money-units", "execution-rate"), ("money-units", "execution-score"), ("money-units", "overspent"),
    ("money-units", "expenditure-total"),
    # So does a total of the funds that was left at zero, or that its parts do not make.
    ("funds-parts:zero", "expenditure-total"), ("funds-parts:zero", "execution-score"), ("funds-parts:wrong", "execution-score:no-rate"),
    # Points of execution that the form does not have are those that its score is of.
    ("weight-sum:funds", "execution-score"), ("execution-rate", "execution-score"), ("total-sum", "grade"),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "follower"), FORM_WIDE)
def test_what_follows_anywhere_in_the_form(cause, follower):
    found = folded(finding(cause, of=5, goal=FORM, cell=(5, 6)), finding(follower))

    assert found == {cause.partition(":")[0]: [follower.partition(":")[0]]}


@pytest.mark.parametrize(
    ("cause", "follower"),
    [
        ("missing-actual", "indicator-score"), ("units-differ", "indicator-score"), ("indicator-score:below", "missing-reason"),
        ("impossible-rate", "far-above-target"), ("approved-target:missing", "missing-target"), ("weight-sum:funds", "score-range"),
    ],
)  # fmt: skip
def test_what_follows_in_the_same_row(cause, follower):
    rule, under = cause.partition(":")[0], follower.partition(":")[0]

    assert folded(finding(cause, cell=(12, 7)), finding(follower)) == {rule: [under]}
    # Another row has its own cause.
    assert folded(finding(cause, cell=(12, 7)), finding(follower, of=13, cell=(13, 8))) == {
        rule: [],
        under: [],
    }
    # Findings of no row are of no common row.
    assert folded(finding(cause, of=0, cell=(3, 7)), finding(follower, of=0, cell=(4, 8))) == {
        rule: [],
        under: [],
    }


@pytest.mark.parametrize(
    ("cause", "follower"),
    [
        ("scores-exceed-points", "goal-sum"), ("missing-actual", "weights-fit"), ("indicator-score", "weights-fit"),
        ("scores-exceed-points", "weights-fit"), ("units-differ", "weights-fit"),
    ],
)  # fmt: skip
def test_what_follows_in_the_same_goal(cause, follower):
    assert folded(finding(cause), finding(follower, of=0, cell=(9, 8))) == {cause: [follower]}
    assert folded(finding(cause), finding(follower, of=0, goal=3, cell=(9, 8))) == {
        cause: [],
        follower: [],
    }


@pytest.mark.parametrize(
    ("cause", "follower"),
    [
        ("score-range:negative", "execution-score:below"), ("score-range", "execution-score:no-rate"),
        ("execution-score:above", "score-range"),
    ],
)  # fmt: skip
def test_what_follows_in_the_same_cell(cause, follower):
    rule, under = cause.partition(":")[0], follower.partition(":")[0]

    assert folded(finding(cause, of=0), finding(follower, of=0)) == {rule: [under]}
    assert folded(finding(cause, of=0, cell=(11, 8)), finding(follower, of=0)) == {
        rule: [],
        under: [],
    }


@pytest.mark.parametrize(
    ("cause", "of", "goal", "under"),
    [
        # A score above its weight takes its goal above its points, and the form above a hundred.
        ("score-range", ROW, GOAL, "scores-exceed-points"), ("score-range", ROW, 3, None),
    ],
)  # fmt: skip
def test_only_a_rows_score_takes_a_goal_above_its_points(cause, of, goal, under):
    follower = finding("scores-exceed-points", of=0, cell=(9, 8))

    assert folded(finding(cause, of=of, goal=goal), follower)[cause] == ([under] if under else [])


@pytest.mark.parametrize(
    ("cause", "of"),
    [("score-range:above", ROW), ("indicator-score:above", ROW), ("execution-score:above", 5), ("weight-sum:funds", 5)],
)  # fmt: skip
def test_a_total_above_a_hundred_follows_from_the_score_that_takes_it_there(cause, of):
    total = finding("score-range:above", of=0, goal=FORM, cell=(20, 8))
    found = _folded([finding(cause, of=of, cell=(5, 8)), total], FACTS, ())

    assert [(one.rule, len(one.causes)) for one in found] == [(cause.partition(":")[0], 1)]


def test_a_goal_above_its_points_follows_from_its_row_and_from_no_other_goals():
    own = finding("score-range:above", of=0, cell=(9, 8))
    other = finding("score-range:above", of=0, goal=3, cell=(16, 8))
    found = _folded([finding("score-range:above"), own, other], FACTS, ())

    assert [(one.row, len(one.causes)) for one in found] == [(12, 1), (16, 0)]


@pytest.mark.parametrize("follower", ["missing-reason", "execution-score:below"])
def test_a_finding_by_itself_stays(follower):
    (one,) = _folded([finding(follower)], FACTS, ())

    assert one.causes == ()
    assert len(_folded([finding(follower), finding("score-range:above")], FACTS, ())) == 2
