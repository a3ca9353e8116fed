"""Every sample beside what was approved: silent if nothing was changed, and each change found alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

import perfxl
from perfxl import texts
from perfxl.forms.indicators import join_target
from perfxl.forms.model import ABSENT, SELF, Field
from perfxl.forms.values import quantity
from perfxl.rules.audit import audit
from tests.approved.tables import as_source, new, said, swapped, text_of, without
from tests.conftest import SAMPLES

FORMS = [form for path in SAMPLES for form in perfxl.read(path)[0].forms if form.nature == SELF]
"""Self-evaluations; monitoring forms are not judged, and so not compared either."""
ADJUSTED = [form for form in FORMS if any(row.target_initial.row for row in form.indicators)]

pytestmark = pytest.mark.parametrize("kind", ["form", "list"])
each = pytest.mark.parametrize(
    "form", FORMS, ids=lambda form: form.form.replace("绩效自评表", "").replace("\n", "")
)


def numeric(form):
    """A row whose target states a number and its direction: its place and the quantity."""
    for place, row in enumerate(form.indicators):
        found = quantity.parse(row.target.text)
        alone = sum(row.name == other.name for other in form.indicators) == 1
        if found.kind == "number" and found.comparator in "≥≤" and found.comparator and alone:
            return place, row, found
    pytest.skip("no target with a comparator")


def compared(row, kind):
    """The target that is compared: the initial one, unless both sides state an adjusted one too."""
    initial = row.target_initial.row and kind == "list"
    return (row.target_initial if initial else row.target).cell


def unique(form, shortest=0):
    """The last row whose name stands once; the rate of execution is every form's, approved or not."""
    names = [row.name for row in form.indicators]
    for place in reversed(range(len(names))):
        own = names.count(names[place]) == 1 and "执行率" not in names[place]
        if own and len(names[place]) >= shortest:
            return place, form.indicators[place]
    pytest.skip("no such name")


@each
def test_an_unchanged_set_is_silent(form, kind):
    done = audit(form, approved=as_source(form, kind))

    assert said(done) == said(audit(form))
    assert done.facts.approved.how == "found"
    assert len(done.facts.approved.pairing.pairs) >= len(form.indicators) - 1


@each
def test_a_lowered_target_is_an_error_at_the_target(form, kind):
    place, row, found = numeric(form)
    stricter = found.low * 2 if found.comparator == "≥" else found.low / 2
    approved = swapped(form, place, target=f"{found.comparator}{stricter}{found.unit}")

    assert new(form, as_source(approved, kind)) == {
        ("error", "approved-target", "lowered", compared(row, kind))
    }


@each
def test_a_raised_target_is_only_noted(form, kind):
    place, row, found = numeric(form)
    looser = found.low / 2 if found.comparator == "≥" else found.low * 2
    approved = swapped(form, place, target=f"{found.comparator}{looser}{found.unit}")

    assert new(form, as_source(approved, kind)) == {
        ("note", "approved-target", "raised", compared(row, kind))
    }


@each
def test_a_dropped_indicator_is_an_error_at_its_goal(form, kind):
    first = form.indicators[0]
    more = first._replace(
        level3=Field("核定的另一项", "核定的另一项", 3, 3), target=Field("≥7公顷", "≥7公顷", 3, 5),
        weight=ABSENT, measure=ABSENT, sign=ABSENT,
    )  # fmt: skip
    approved = replace(form, indicators=(more, *form.indicators))

    ((severity, rule, message, cell),) = new(form, as_source(approved, kind))

    assert (severity, rule, message) == ("error", "approved-indicator", "dropped")
    labels = {goal.label.cell for goal in form.goals}
    assert cell in labels or (not labels and cell == form.title.cell)


@each
def test_an_added_indicator_is_a_warning_at_its_name(form, kind):
    place, row = unique(form)

    found = new(form, as_source(without(form, place), kind))

    assert ("warning", "approved-indicator", "added", row.level3.cell) in found
    assert {(rule, message) for _, rule, message, _ in found} == {("approved-indicator", "added")}


@each
def test_a_renamed_indicator_is_a_near_match(form, kind):
    place, row = unique(form, shortest=5)
    approved = swapped(form, place, level3=f"{row.level3.value}情况")

    assert new(form, as_source(approved, kind)) == {
        ("warning", "approved-indicator", "renamed", row.level3.cell)
    }


@each
def test_a_changed_weight_is_found_at_the_weight(form, kind):
    place, row = unique(form)
    if row.weight.value is None or row.weight.how == "shared":
        pytest.skip("weights are not stated")
    approved = swapped(form, place, weight=row.weight.value + 1)

    ((severity, rule, message, cell),) = new(form, as_source(approved, kind))

    assert (rule, message, cell) == ("approved-weight", "changed", row.weight.cell)
    assert severity == "warning"


@each
def test_another_budget_is_a_warning_at_the_initial_budget(form, kind):
    fund = next((one for one in form.funds if one.total), None)
    if fund is None or (kind == "form" and any(row.target_initial.row for row in form.indicators)):
        pytest.skip("no total of funds, or an approved table that states the adjusted one as well")
    name = "initial" if fund.initial.value is not None else "budget"
    amount = getattr(fund, name)
    more = amount.value * Decimal("1.5") + 7
    other = amount._replace(value=more, text=str(more))
    funds = [
        one
        if not one.total
        else one._replace(initial=ABSENT, budget=ABSENT)._replace(**{name: other})
        for one in form.funds
    ]

    assert new(form, as_source(replace(form, funds=tuple(funds)), kind)) == {
        ("warning", "approved-budget", "differs", amount.cell)
    }


def test_a_finding_names_both_cells(kind):
    form = FORMS[0]
    place, row, _ = numeric(form)
    tables = as_source(swapped(form, place, target="≥99.5%"), kind)

    (finding,) = text_of(form, tables, "approved-target")
    theirs = tables[0].indicators[place].target

    for language in ("zh", "en"):
        said_so = texts.of(language).sentence(finding)
        assert f"批复.xlsx {tables[0].sheet}!{theirs.cell}" in said_so
        assert row.target.text in said_so
        assert "≥99.5%" in said_so


@pytest.mark.parametrize("form", ADJUSTED, ids=lambda form: form.form)
def test_an_adjusted_target_is_compared_by_the_initial_one(form, kind):
    rows = [
        row._replace(
            target=join_target(row.target_initial, row.sign, row.measure), target_initial=ABSENT
        )
        for row in form.indicators
    ]
    approved = replace(form, indicators=tuple(rows))

    assert new(form, as_source(approved, kind)) == set()
