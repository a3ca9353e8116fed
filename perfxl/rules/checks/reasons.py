"""Rules of explanation: what falls short, or far exceeds its target, says why."""

from collections.abc import Iterator

from perfxl.rules.checks.explanations import has_explanation, place_of_reasons
from perfxl.rules.engine.facts import BOUNDED, STATED, Facts, ScoredRow
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule


def needs_reason(row: ScoredRow) -> str:
    """Why a row has to explain itself: its target missed, or its score below its weight."""
    if row.ratio.why in ("no-actual", "no-target"):
        return ""
    if row.ratio.missed:
        return "missed"
    if (
        row.how == STATED
        and row.claim is not None
        and row.weight is not None
        and row.claim < row.weight
    ):
        return "below"
    return ""


@rule("warning", "form")
def missing_reason(facts: Facts) -> Iterator[Check]:
    """A missed target, or a score below its weight, has its reason in the row or in the form's block."""
    block = place_of_reasons(facts)
    silent: dict[int | None, list[tuple[ScoredRow, str]]] = {}
    for row in facts.rows:
        why = "" if row.whole is not None else needs_reason(row)
        if not why:
            yield NOT_APPLICABLE
        elif has_explanation(row, facts):
            yield HOLDS
        elif row.indicator.reason.row:
            yield _lacking([(row, why)], row.indicator.reason, facts)
        elif row.indicator.comment.row and not block.row:
            yield _lacking([(row, why)], row.indicator.comment, facts)
        elif block.row:
            silent.setdefault(row.indicator.goal, []).append((row, why))
        else:
            yield NOT_APPLICABLE
    for rows in silent.values():
        yield _lacking(rows, block, facts)


def _lacking(rows: list[tuple[ScoredRow, str]], place: object, facts: Facts) -> Check:
    row = rows[0][0]
    goal = next((g for g in facts.form.goals if g.goal == row.indicator.goal), None)
    return Check(
        Verdict.FAILS, place, "reason", Severity.WARNING, "silent",  # type: ignore[arg-type]  # a Field
        claimed=None,
        arguments={
            "rows": [
                {"name": r.indicator.name, "cell": r.indicator.score.cell or r.indicator.actual.cell or "",
                 "target": r.indicator.target.text, "actual": r.indicator.actual.text, "why": why}
                for r, why in rows
            ],
            "goal": "" if goal is None or goal.section else str(goal.label.value or ""),
            "project": "" if goal is None or goal.section else str(goal.name.value or ""),
            "bounded": row.how == BOUNDED,
            "lines": [r.indicator.row for r, _ in rows],
        },
        goal=row.indicator.goal, row=row.indicator.row,
    )  # fmt: skip


@rule("warning", "quantitative")
def far_above_target(facts: Facts) -> Iterator[Check]:
    """Completion far above the target asks for an explanation: the target may be too low."""
    most, included = facts.policy.far_above, facts.policy.far_above_included
    for row in facts.rows:
        over = row.ratio.excess
        if most is None or over is None or row.whole is not None:
            yield NOT_APPLICABLE
        elif over < most or (over == most and not included) or has_explanation(row, facts):
            yield HOLDS
        else:
            yield Check(
                Verdict.FAILS, row.indicator.actual, "actual", Severity.WARNING, "above",
                claimed=row.indicator.actual.text,
                arguments={
                    "name": row.indicator.name, "over": over, "most": most, "included": included,
                    "target": row.indicator.target.text, "actual": row.indicator.actual.text,
                },
                goal=row.indicator.goal, row=row.indicator.row,
            )  # fmt: skip
