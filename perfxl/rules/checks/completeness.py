"""Rules of completeness: what must be there, and what is there but cannot be read."""

from collections.abc import Iterator

from perfxl.forms.model import SELF, Field, Form
from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import BLANK
from perfxl.forms.values.text import normalize
from perfxl.rules.checks import coverage
from perfxl.rules.engine.facts import Facts, ScoredRow, is_execution
from perfxl.rules.engine.interval import exact
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule

MOST_CELLS = 5
"""So many cells of one gap are named."""
MANY = 4
"""So many words in a column of numbers are one finding."""


@rule("note", "form")
def other_form(facts: Facts) -> Iterator[Check]:
    """A monitoring form or a target form is named as what it is, and not judged as a self-evaluation."""
    form = facts.form
    if form.nature == SELF:
        yield HOLDS
        return
    place = form.title if form.title.row else _first_name(form)
    yield Check(
        Verdict.NOT_APPLICABLE, place, "title", Severity.NOTE, form.nature,
        arguments={"title": form.title.text or form.sheet},
    )  # fmt: skip


@rule("error", "form")
def blank_form(facts: Facts) -> Iterator[Check]:
    """A form in which neither an actual value nor a score is filled in was not submitted."""
    form = facts.form
    if form.nature != SELF:
        yield NOT_APPLICABLE
    elif not coverage.is_blank(facts):
        yield HOLDS
    else:
        place = form.title if form.title.row else _first_name(form)
        yield Check(
            Verdict.FAILS, place, "title", Severity.ERROR, "blank",
            arguments={"count": len(form.indicators)},
        )  # fmt: skip


def _first_name(form: Form) -> Field:
    first = next(iter(form.indicators), None)
    names = () if first is None else (first.level3, first.level2, first.level1)
    area = form.area
    return next((place for place in names if place.row), Field(None, "", area.top, area.left))


@rule("note", "form")
def unread_core(facts: Facts) -> Iterator[Check]:
    """Every cell that scores depend on is understood; nothing is concluded from a form where one is not."""
    found = coverage.gaps(facts)
    if not found:
        yield HOLDS
    for gap in found:
        yield Check(
            Verdict.CANNOT_JUDGE, gap.place, "unread", Severity.NOTE, gap.kind,
            claimed=gap.label or None,
            arguments={
                "label": " ".join(gap.label.split()), "count": len(gap.cells),
                "cells": list(gap.cells[:MOST_CELLS]),
            },
        )  # fmt: skip


@rule("note", "form")
def inferred_column(facts: Facts) -> Iterator[Check]:
    """A column whose label is not known, and which was told by what stands in it, is named to be looked at."""
    if not facts.form.inferred:
        yield HOLDS
    for name, label in facts.form.inferred:
        yield Check(
            Verdict.CANNOT_JUDGE, label, name, Severity.NOTE, name, claimed=label.text,
            arguments={"label": " ".join(label.text.split())},
        )  # fmt: skip


@rule("note", "form")
def without_targets(facts: Facts) -> Iterator[Check]:
    """A form that gives points without targets and results is held against its own points and sums only."""
    if not coverage.is_scoring_table(facts):
        yield NOT_APPLICABLE
        return
    first = facts.rows[0].indicator
    yield Check(
        Verdict.CANNOT_JUDGE, first.score, "score", Severity.NOTE, "points",
        arguments={"count": len(facts.rows)},
    )  # fmt: skip


@rule("error, warning", "quantitative")
def missing_actual(facts: Facts) -> Iterator[Check]:
    """A scored indicator states what was reached; without it nothing can be scored."""
    for row in facts.rows:
        place = row.indicator.actual
        if row.actual.kind != BLANK:
            yield HOLDS
        elif not place.row or (row.target.kind == BLANK and row.claim is None):
            yield NOT_APPLICABLE
        elif place.uncomputed or (row.target.kind == BLANK and quantity.means_zero(place.text)):
            # 无 is an answer where the target, which was not read, may ask for none.
            yield Check(Verdict.CANNOT_JUDGE)
        elif row.claim is not None and row.claim > 0:
            yield Check(
                Verdict.FAILS, place, "actual", Severity.ERROR, "scored",
                claimed=place.text or None,
                arguments={"name": row.indicator.name, "score": row.claim},
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip
        else:
            yield Check(
                Verdict.FAILS, place, "actual", Severity.WARNING, "empty",
                claimed=place.text or None, arguments={"name": row.indicator.name},
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip


@rule("warning", "form")
def missing_target(facts: Facts) -> Iterator[Check]:
    """A scored indicator states what was to be reached."""
    for row in facts.rows:
        place = row.indicator.target
        if row.target.kind != BLANK or not place.row:
            yield HOLDS if row.target.kind != BLANK else NOT_APPLICABLE
        elif row.claim is None and row.actual.kind == BLANK:
            yield NOT_APPLICABLE
        elif place.uncomputed:
            yield Check(Verdict.CANNOT_JUDGE)
        else:
            yield Check(
                Verdict.FAILS, place, "target", Severity.WARNING, "empty",
                claimed=place.text or None, arguments={"name": row.indicator.name},
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip


@rule("warning", "form")
def missing_score(facts: Facts) -> Iterator[Check]:
    """An indicator with a target and an actual value has a score."""
    if not facts.scored:
        yield NOT_APPLICABLE
        return
    for block in facts.blocks:
        blank = [
            row
            for row in block.rows
            if row.claim is None and row.indicator.score.row and not row.indicator.score.text
            and row.actual.kind != BLANK and not row.indicator.score.uncomputed
        ]  # fmt: skip
        yield from (HOLDS for row in block.rows if row.claim is not None)
        yield from (
            Check(Verdict.CANNOT_JUDGE) for row in block.rows if row.indicator.score.uncomputed
        )
        whole = len(blank) > 1 and len(blank) == len(block.rows)
        for row in blank[:1] if whole else blank:
            yield Check(
                Verdict.FAILS, row.indicator.score, "score", Severity.WARNING,
                "whole" if whole else "empty",
                lo=None if whole else row.admissible.lo, hi=None if whole else row.admissible.hi,
                arguments={
                    "name": row.indicator.name, "count": len(blank),
                    **({"places": _score_cells(blank), "lines": [r.indicator.row for r in blank]}
                       if whole else {}),
                },
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip


def _score_cells(rows: list[ScoredRow]) -> tuple[tuple[int, int], ...]:
    return tuple((row.indicator.score.row, row.indicator.score.col) for row in rows)


@rule("warning", "form")
def unreadable_number(facts: Facts) -> Iterator[Check]:
    """Scores, weights and amounts are numbers; a text in their place cannot be judged."""
    wordy: dict[str, list[tuple[Field, str]]] = {}
    for place, field, name in _numbers(facts.form):
        if place.value is not None or not any(c.isalnum() for c in normalize(place.text)):
            yield HOLDS if place.value is not None else NOT_APPLICABLE
        elif normalize(place.text) in facts.policy.words["no_reason"]:
            yield NOT_APPLICABLE
        else:
            wordy.setdefault(field, []).append((place, name))
    for field, found in wordy.items():
        # A column filled with words throughout is one mistake.
        whole = len(found) >= MANY
        for place, name in found[:1] if whole else found:
            yield Check(
                Verdict.CANNOT_JUDGE, place, field, Severity.WARNING, "texts" if whole else "text",
                claimed=place.text,
                arguments={"name": name, "text": place.text, "count": len(found)},
            )  # fmt: skip


def _numbers(form: Form) -> list[tuple[Field, str, str]]:
    """Every place of a form where a number belongs, with its field and what it is a number of."""
    places: list[tuple[Field, str, str]] = [
        (form.claimed_total, "score", ""),
        (form.basic_expenditure, "budget", ""),
        (form.project_expenditure, "budget", ""),
    ]
    for fund in form.funds:
        name = str(fund.name.value or "")
        places += [
            (getattr(fund, c), c, name)
            for c in ("initial", "budget", "executed", "rate", "weight", "score")
        ]
    for goal in form.goals:
        places.append((goal.score, "score", str(goal.label.value or "")))
    for row in form.indicators:
        places += [(row.score, "score", row.name), (row.weight, "weight", row.name)]
    return places


@rule("note", "form")
def uncomputed_formula(facts: Facts) -> Iterator[Check]:
    """A formula that no program has computed shows nothing, and so it is no empty cell either."""
    values = [
        (place, name, row.name)
        for row in facts.form.indicators
        for place, name in ((row.target, "target"), (row.actual, "actual"))
    ]
    places = [item for item in (*_numbers(facts.form), *values) if item[0].uncomputed]
    if not places:
        yield NOT_APPLICABLE
        return
    place, field, _ = places[0]
    yield Check(
        Verdict.CANNOT_JUDGE, place, field, Severity.NOTE, "uncomputed",
        arguments={"count": len(places), "cells": [str(item[0].cell) for item in places[:5]]},
    )  # fmt: skip


@rule("note", "satisfaction")
def satisfaction(facts: Facts) -> Iterator[Check]:
    """Satisfaction is measured where the rules ask for it; its points may move where it is absent."""
    words = facts.policy.words["satisfaction"]
    named = any(
        word in normalize(str(field.value or ""))
        for row in facts.form.indicators
        for field in (row.level1, row.level2, row.level3)
        for word in words
    )
    if named:
        yield HOLDS
    elif not facts.policy.satisfaction_required or not facts.form.indicators:
        yield NOT_APPLICABLE
    else:
        last = facts.form.indicators[-1]
        yield Check(
            Verdict.FAILS, last.level1, "level1", Severity.NOTE, "absent",
            arguments={"points": facts.policy.satisfaction_points},
        )  # fmt: skip


@rule("note", "budget")
def execution_stated(facts: Facts) -> Iterator[Check]:
    """Budget execution is scored, in the table of funds or as an indicator."""
    if not facts.scored or not facts.form.funds:
        yield NOT_APPLICABLE
    elif (facts.budget is not None and exact(facts.budget.score) is not None) or any(
        is_execution(row.indicator, facts.policy) for row in facts.rows
    ):
        yield HOLDS
    elif facts.budget is not None and facts.budget.score.uncomputed:
        yield Check(Verdict.CANNOT_JUDGE)
    elif facts.budget is not None and facts.budget.score.row and not facts.budget.score.text:
        yield Check(
            Verdict.CANNOT_JUDGE, facts.budget.score, "score", Severity.NOTE, "blank",
            lo=facts.budget_score.lo, hi=facts.budget_score.hi,
        )  # fmt: skip
    else:
        yield NOT_APPLICABLE
