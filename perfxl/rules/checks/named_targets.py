"""The rule of targets that stand in an indicator's name: used, and said to be used."""

from collections.abc import Iterator

from perfxl.forms.values.quantity import IN_NAME
from perfxl.rules.engine.facts import Facts
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule


@rule("note", "form")
def target_in_name(facts: Facts) -> Iterator[Check]:
    """A target stands in its own cell; a figure that the indicator's name ends in is used for an empty one."""
    for row in facts.rows:
        if row.target.source != IN_NAME:
            yield HOLDS if row.indicator.target.text else NOT_APPLICABLE
            continue
        place = row.indicator.target if row.indicator.target.row else row.indicator.level3
        yield Check(
            Verdict.FAILS, place, "target", Severity.NOTE, "used",
            arguments={"name": row.indicator.name, "target": row.target.text},
            goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip
