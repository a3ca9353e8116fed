"""What is wrong in the samples of further layouts is found, and the consistent ones are not accused."""

import pytest

import perfxl
from perfxl.rules.findings import Severity
from tests.conftest import ROOT

WRONG = {
    "project-sichuan-1": {("execution-score", "J7"), ("indicator-score", "J15")},
    "project-hebei-1": {("indicator-score", "M14"), ("total-sum", "M20")},
    "project-ningxia-1": {
        ("indicator-score", "H16"),
        ("missing-reason", "I16"),
        ("indicator-score", "H18"),
    },
    "project-beijing-1": {("execution-rate", "H7"), ("total-sum", "H20")},
    "department-hunan-1": {("funds-parts", "B6"), ("indicator-score", "H16")},
    "county-hubei-1": {("total-sum", "F2"), ("indicator-score", "G13")},
    "scoring-1": {("score-range", "E6"), ("total-sum", "E15")},
    "bond-1": {("indicator-score", "H9"), ("missing-reason", "I9"), ("total-sum", "H13")},
}
RIGHT = (
    "project-sichuan-2", "project-hebei-2", "project-ningxia-2", "project-beijing-2", "department-hunan-2",
    "county-hubei-2", "scoring-2", "township-1",
)  # fmt: skip


def faults(name):
    """Errors and warnings of a sample's only form, as (rule, cell)."""
    (result,) = perfxl.audit(ROOT / "samples" / f"{name}.xlsx")
    (audited,) = result.audits
    return {(one.rule, one.cell) for one in audited.findings if one.severity is not Severity.NOTE}


@pytest.mark.parametrize("name", WRONG)
def test_the_seeded_mistakes_are_found_and_nothing_else(name):
    assert faults(name) == WRONG[name]


@pytest.mark.parametrize("name", RIGHT)
def test_a_consistent_sample_is_not_accused(name):
    assert faults(name) == set()


@pytest.mark.parametrize("name", ["monitoring-1", "monitoring-2"])
def test_a_monitoring_form_is_told_apart(name):
    (result,) = perfxl.audit(ROOT / "samples" / f"{name}.xlsx")

    assert result.audits[0].conclusion.value == "other"
