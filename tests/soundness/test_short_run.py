"""A short run of the soundness benchmark: no false finding, every error at its cell, one finding a cause."""

import pytest
from oracle import directions, errors, items, measure, report

FORMS = 72
"""One form of each kind of error, and a few more."""


@pytest.fixture(scope="module")
def counts():
    return measure.measure(FORMS, seed=7)


@pytest.fixture(scope="module")
def table():
    return directions.compare()


def test_the_page_tells_every_kind(counts, table):
    page = report.page(counts, {"names with their directions": table}, "--forms 72 --seed 7")

    assert all(f"| {name} | {kind.made} |" in page for name, kind in counts.kinds.items())
    assert "误报" in page


def test_every_form_is_read(counts):
    assert counts.consistent == FORMS
    assert counts.unreadable == []
    assert counts.not_understood == []


def test_no_form_that_follows_the_rules_is_accused(counts):
    assert counts.examples == []


def test_the_recomputed_total_of_a_form_that_follows_the_rules_is_its_claim(counts):
    assert counts.totals_off == 0


def test_recomputed_scores_add_up(counts):
    assert counts.sums_off == []


def test_a_clean_copy_passes_its_own_audit(counts):
    assert counts.cleaned
    assert counts.unclean == []


@pytest.mark.parametrize("kind", [name for name, _ in errors.every()])
def test_an_error_is_found_at_the_cell_a_person_would_correct(counts, kind):
    assert counts.kinds[kind].missed == []


@pytest.mark.parametrize("kind", [name for name, _ in errors.every()])
def test_one_cause_is_one_finding(counts, kind):
    assert counts.kinds[kind].findings <= counts.kinds[kind].made


def test_no_row_of_the_table_of_directions_is_read_against_it(table):
    assert table.against == []


def test_no_reached_target_of_the_table_is_called_missed(table):
    assert table.accused == []


def test_no_missed_target_of_the_table_passes_at_full_points(table):
    assert table.let_pass == []


def test_every_row_of_the_table_of_directions_has_an_interval(table):
    assert table.unread == []


@pytest.mark.parametrize("path", [items.UNSEEN, items.VALUES], ids=lambda path: path.stem)
def test_no_further_table_is_read_against_its_meaning(path):
    found = directions.compare(path)

    assert found.against == []
    assert found.accused == []
