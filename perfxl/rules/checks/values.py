"""Rules of values: units, rates that cannot be, repeated names, and what a person has to judge."""

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.forms.model import Field
from perfxl.forms.values.quantity import NUMBER
from perfxl.forms.values.text import normalize
from perfxl.rules.engine.facts import BOUNDED, Facts, ScoredRow
from perfxl.rules.engine.ratio import COMPUTED
from perfxl.rules.engine.written import written_size
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule

MOST_TEXTS = 3
"""So many different texts of one gap are quoted."""


def about(row: ScoredRow) -> dict[str, object]:
    """What a message needs to show of a row."""
    return {
        "name": row.indicator.name,
        "target": row.indicator.target.text,
        "actual": row.indicator.actual.text,
        "why": row.ratio.why,
        "way": row.ratio.way,
        "share_lo": row.ratio.lo,
        "share_hi": row.ratio.hi,
    }


@rule("warning", "form")
def units_differ(facts: Facts) -> Iterator[Check]:
    """Target and actual stand in units that can be compared."""
    for row in facts.rows:
        if row.ratio.why not in ("units-differ", "scale"):
            yield (HOLDS if row.ratio.why in COMPUTED - {"not-met"} else NOT_APPLICABLE)
            continue
        yield Check(
            Verdict.FAILS, row.indicator.actual, "actual", Severity.WARNING, row.ratio.why,
            claimed=row.indicator.actual.text, arguments=about(row),
            goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip


@rule("note", "qualitative")
def for_a_person(facts: Facts) -> Iterator[Check]:
    """What the form leaves open is left to a person, and said so."""
    for row in facts.rows:
        if not row.ratio.open or row.ratio.why in ("units-differ", "scale", "no-target"):
            yield NOT_APPLICABLE
            continue
        if row.ratio.why == "unstated":
            # A column that is not there, or a formula without a value, is told once for the form.
            yield Check(Verdict.CANNOT_JUDGE)
            continue
        yield Check(
            Verdict.CANNOT_JUDGE, row.indicator.actual, "actual", Severity.NOTE, "open",
            claimed=row.indicator.actual.text, lo=row.admissible.lo, hi=row.admissible.hi,
            arguments=about(row), goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip


@rule("note", "quantitative")
def actual_as_bound(facts: Facts) -> Iterator[Check]:
    """An actual written as a bound (≥90%) proves only its worst case, and is taken so."""
    rows = [row for row in facts.rows if row.ratio.bound]
    if not rows:
        yield NOT_APPLICABLE
        return
    first = rows[0].indicator.actual
    texts = dict.fromkeys(row.indicator.actual.text for row in rows)
    yield Check(
        Verdict.FAILS, first, "actual", Severity.NOTE, "bounds", claimed=first.text,
        arguments={
            "count": len(rows), "texts": list(texts)[:MOST_TEXTS], "more": len(texts) > MOST_TEXTS,
            "sizes": [written_size(row.actual) for row in rows[:1]],
            "lines": [row.indicator.row for row in rows],
        },
    )  # fmt: skip


@rule("note", "weights")
def weight_unstated(facts: Facts) -> Iterator[Check]:
    """Where weights are not stated, a score is judged by the range that its goal leaves open."""
    rows = [row for row in facts.rows if row.how == BOUNDED]
    if not rows:
        yield HOLDS if facts.rows else NOT_APPLICABLE
        return
    place = rows[0].indicator.score if rows[0].indicator.score.row else rows[0].indicator.level3
    yield Check(
        Verdict.FAILS, place, "weight", Severity.NOTE, "open",
        arguments={"count": len(rows), "lines": [row.indicator.row for row in rows]},
    )  # fmt: skip


_BRACKETS = re.compile(r"\([^()]*\)$")


def _percent(row: ScoredRow) -> Decimal:
    """An actual in percent points; a bare 102 beside a target in percent is one too."""
    if row.actual.family == "ratio":
        return row.actual.size
    bare = not row.actual.unit and row.target.family == "ratio"
    return row.actual.low if bare else Decimal(0)


@rule("error", "form")
def impossible_rate(facts: Facts) -> Iterator[Check]:
    """A share of a whole (合格率, 覆盖率, 满意度) does not exceed 100 %."""
    shares = facts.policy.words["shares"]
    for row in facts.rows:
        name = _BRACKETS.sub("", normalize(row.indicator.name))
        if row.actual.kind != NUMBER or not any(name.endswith(word) for word in shares):
            yield NOT_APPLICABLE
        elif _percent(row) > 100:
            yield Check(
                Verdict.FAILS, row.indicator.actual, "actual", Severity.ERROR, "above",
                claimed=row.indicator.actual.text, arguments=about(row),
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip
        else:
            yield HOLDS


@rule("note", "form")
def repeated_indicator(facts: Facts) -> Iterator[Check]:
    """An indicator stands once in a goal."""
    seen: dict[tuple[object, ...], ScoredRow] = {}
    for row in facts.rows:
        name = row.indicator.level3.value
        if not name:
            yield NOT_APPLICABLE
            continue
        key = (row.indicator.goal, normalize(str(name)))
        first = seen.setdefault(key, row)
        if first is row:
            yield HOLDS
            continue
        yield Check(
            Verdict.FAILS, row.indicator.level3, "level3", Severity.NOTE, "again",
            claimed=str(name),
            arguments={"name": str(name), "cell": first.indicator.level3.cell},
            goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip


@rule("note", "form")
def hidden_value(facts: Facts) -> Iterator[Check]:
    """A value that nobody sees, under a merged cell, is told."""
    found = False
    for item in facts.form.unread:
        if item.why != "covered":
            continue
        found = True
        yield Check(
            Verdict.CANNOT_JUDGE, Field(None, item.text, item.row, item.col), "unread",
            Severity.NOTE, "covered", claimed=item.text, arguments={"text": item.text},
        )  # fmt: skip
    if not found:
        yield HOLDS
