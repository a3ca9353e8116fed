"""The reference form, worked by hand in the scoring rules: every figure of it."""

from fractions import Fraction

import pytest

import perfxl
from perfxl import texts
from perfxl.rules.findings import Severity, Verdict
from tests.conftest import CONSISTENT

# goal, points, claimed, sum of its rows, weights needed, admissible
GOALS = [
    (1, 8, 7, 7, "7.61-8.11", "6.83-7.56"),
    (2, 8, 8, 8, "8.00-9.00", "7.20-8.00"),
    (3, 8, 7, 7, "7.00-7.50", "7.40-8.00"),
    (4, 8, 8, 8, "8.00-8.75", "7.40-8.00"),
    (5, 8, 8, 8, "8.00-8.88", "7.30-8.00"),
    (6, 8, 8, 8, "8.00-8.50", "7.60-8.00"),
    (7, 7, 6, 7, "7.50-7.75", "6.47-6.67"),
    (8, 7, 7, 7, "7.22-7.47", "6.60-6.80"),
    (9, 8, 7, 7, "7.00-7.75", "7.20-8.00"),
    (10, 10, 10, 10, "10.00-10.75", "9.40-10.00"),
]
EXPECTED = {
    # cell of the finding: severity, rule, amount off
    "G61": ("error", "goal-sum", None),
    "G63": ("error", "indicator-score", "0.33"),
    "G72": ("error", "indicator-score", "0.20"),
    "G23": ("warning", "weights-fit", "0.50-1.00"),
    "G75": ("warning", "weights-fit", "0.25-1.00"),
    "B91": ("warning", "missing-reason", None),
}


def span(interval) -> str:
    return f"{texts.round_half_up(interval.lo, 2):.2f}-{texts.round_half_up(interval.hi, 2):.2f}"


def block_of(audit, goal):
    return next(b for b in audit.facts.blocks if b.goal is not None and b.goal.goal == goal)


@pytest.mark.parametrize(("goal", "points", "claimed", "summed", "needed", "admissible"), GOALS)
def test_a_goal_of_the_worked_example(
    reference_audit, goal, points, claimed, summed, needed, admissible
):
    block = block_of(reference_audit, goal)

    assert (block.weight, block.claim, block.summed) == (points, claimed, summed)
    assert [span(group.needed) for group in block.groups] == [needed]
    assert span(block.admissible) == admissible


def test_the_goals_that_are_consistent_are_those_that_the_example_names(reference_audit):
    off = {
        finding.goal
        for finding in reference_audit.findings
        if finding.severity is not Severity.NOTE
    }

    assert off == {3, 7, 8, 9}


def test_budget_execution_is_19_points_at_95_percent(reference_audit):
    facts = reference_audit.facts

    assert facts.rate == Fraction("15892.41") / Fraction("16728.52")
    assert texts.pct(facts.rate, 2) == "95.00%"
    assert (facts.budget_weight, facts.budget.score.value) == (20, 19)
    assert texts.score(facts.budget_score.lo) == texts.score(facts.budget_score.hi) == "19.00"
    score = next(s for s in reference_audit.scores if s.of == "budget")
    assert score.verdict is Verdict.HOLDS


def test_both_expenditures_sum_to_the_executed_amount(reference_audit):
    form = reference_audit.form

    assert str(form.basic_expenditure.value) == "1329.86"
    assert str(form.project_expenditure.value) == "14562.55"
    assert (
        form.basic_expenditure.value + form.project_expenditure.value
        == form.funds[0].executed.value
    )
    assert reference_audit.verdicts["expenditure-total", Verdict.HOLDS] == 1


def test_the_total_is_what_its_parts_claim(reference_audit):
    form = reference_audit.form

    assert sum(goal.score.value for goal in form.goals) + form.funds[0].score.value == 95
    assert form.claimed_total.value == 95
    assert reference_audit.verdicts["total-sum", Verdict.HOLDS] == 1


def test_exactly_the_errors_and_warnings_of_the_example_at_their_cells(reference_audit):
    found = {
        f.cell: (str(f.severity), f.rule)
        for f in reference_audit.findings
        if f.severity is not Severity.NOTE
    }

    assert found == {cell: expected[:2] for cell, expected in EXPECTED.items()}
    assert reference_audit.count(Severity.ERROR) == reference_audit.count(Severity.WARNING) == 3


@pytest.mark.parametrize(("cell", "amount"), [(c, e[2]) for c, e in EXPECTED.items() if e[2]])
def test_each_finding_says_its_amount(reference_audit, cell, amount):
    finding = next(f for f in reference_audit.findings if f.cell == cell)

    assert amount in texts.load_texts("zh").finding(finding)


def test_the_two_rows_of_goals_7_and_8_have_the_example_s_admissible_scores(reference_audit):
    for cell, value in (("G63", "0.67"), ("G72", "1.80")):
        score = next(s for s in reference_audit.scores if s.place.cell == cell)

        assert (
            texts.score(score.lo) == texts.score(score.hi) == texts.score(score.recomputed) == value
        )
        assert score.verdict is Verdict.FAILS


def test_the_missed_row_of_goal_1_is_consistent_its_weight_may_be_up_to_3(reference_audit):
    row = next(r for r in reference_audit.facts.rows if r.indicator.score.cell == "G11")

    assert (row.indicator.name, row.claim, row.claim + row.slack) == ("按期完成率", 2, 3)
    assert row.admissible.lo <= row.claim <= row.admissible.hi
    assert all(f.cell != "G11" for f in reference_audit.findings if f.severity is not Severity.NOTE)


def test_one_cause_is_listed_once(reference_audit):
    for finding in reference_audit.findings:
        told = [(cause.cell, cause.rule) for cause in finding.causes]

        assert len(set(told)) == len(told), finding.cell


def test_the_consistent_form_has_neither_errors_nor_warnings():
    (result,) = perfxl.audit(CONSISTENT)

    assert result.audits[0].clean
    assert {str(f.severity) for f in result.audits[0].findings} <= {"note"}
