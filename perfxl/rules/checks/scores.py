"""Rules of scores: each within its admissible interval, none above its weight."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.forms.values.text import normalize
from perfxl.rules.engine.facts import (
    APPROVED,
    BOUNDED,
    STATED,
    Facts,
    ScoredRow,
    ScoredSection,
    WeightGroup,
)
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import COMPUTED, ZERO
from perfxl.rules.engine.tolerance import share_slack, side_of, stored_points
from perfxl.rules.engine.written import written_size
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule

NO_GOAL = -1
"""A score of the funds is of no goal, not even of the one that a table without goals stands for."""


def reasoning(row: ScoredRow) -> dict[str, Any]:
    """What a message needs to show how a row's score was worked out."""
    weight = row.weight
    if weight is None and row.claim is not None and row.slack is not None:
        weight = row.claim + max(ZERO, row.slack)
    others = None
    if row.how == BOUNDED and row.claim is not None and row.slack is not None and row.slack >= 0:
        others = row.slack
    return {
        "name": row.indicator.name,
        "target": row.indicator.target.text or row.target.text,
        "actual": row.indicator.actual.text,
        "why": row.ratio.why,
        "weight": weight,
        "stated": row.how in (STATED, APPROVED),
        "agreed": row.agreed,
        "slack": others,
        "target_size": written_size(row.target),
        "actual_size": written_size(row.actual),
        "bound": row.ratio.bound,
        "way": row.ratio.way,
        "evidence": row.ratio.evidence,
        "share_lo": row.ratio.lo,
        "share_hi": row.ratio.hi,
    }


@rule("error, warning", "quantitative")
def indicator_score(facts: Facts) -> Iterator[Check]:
    """An indicator's score lies between the least and the most that its completion admits."""
    for row in facts.rows:
        lo, hi = row.admissible
        claim = row.claim
        if claim is None:
            yield NOT_APPLICABLE
            continue
        if lo is None and hi is None:
            yield Check(Verdict.CANNOT_JUDGE)
            continue
        if (row.weight is not None and claim > row.weight) or claim < 0:
            # The rule of the range says it better.
            yield HOLDS
            continue
        side = side_of(claim, row.admissible, row.indicator.score, facts.policy)
        goal, line = row.indicator.goal, row.indicator.row
        clause = "qualitative" if row.ratio.why.startswith(("tier", "repeated")) else "quantitative"
        if row.slack is not None and row.slack < 0:
            yield Check(Verdict.CANNOT_JUDGE)
        elif side > 0:
            others = sum((other.claim or ZERO for other in _beside(row, facts)), ZERO)
            yield Check(
                Verdict.FAILS, row.indicator.score, "score", Severity.ERROR, "above",
                claimed=claim, lo=lo, hi=hi,
                arguments={**reasoning(row), "others": others, "subject": clause}, goal=goal, row=line,
            )  # fmt: skip
        elif row.ratio.below and row.claims_all:
            yield Check(
                Verdict.FAILS, row.indicator.score, "score", Severity.ERROR, "late",
                claimed=claim, lo=lo, hi=hi,
                arguments={**reasoning(row), "subject": clause, "days": _days_late(row)}, goal=goal, row=line,
            )  # fmt: skip
        elif side < 0:
            yield Check(
                Verdict.FAILS, row.indicator.score, "score", Severity.WARNING, "below",
                claimed=claim, lo=lo, hi=hi,
                arguments={**reasoning(row), "subject": clause}, goal=goal, row=line,
            )  # fmt: skip
        elif row.ratio.open and hi is not None and lo == 0:
            yield Check(Verdict.CANNOT_JUDGE)
        else:
            yield HOLDS


def _days_late(row: ScoredRow) -> int:
    """By how many days a result is later than its target; 0 where either does not name a day."""
    wanted, reached = row.target.day, row.actual.day
    if row.ratio.why != "date-missed" or None in wanted or None in reached:
        return 0
    try:
        return max(0, (date(*reached) - date(*wanted)).days)  # type: ignore[arg-type]  # all are known
    except ValueError:
        return 0


def _beside(row: ScoredRow, facts: Facts) -> list[ScoredRow]:
    """The other rows that share the same points with a row."""
    for _, group in _groups(facts):
        if any(one is row for one in group.rows):
            return [one for one in group.rows if one is not row]
    return []


@rule("error", "weights")
def score_range(facts: Facts) -> Iterator[Check]:
    """No score is above its weight, and none below zero."""
    agreed = {row.indicator.row: row.agreed for row in facts.rows if row.agreed}
    places: list[tuple[Field, Fraction | None, str, int | None, int]] = [
        (row.indicator.score, row.weight, row.indicator.name, row.indicator.goal, row.indicator.row)
        for row in facts.rows
    ]
    places += [
        (block.goal.score, block.weight, str(block.goal.name.value or block.goal.label.text),
         block.goal.goal, 0)
        for block in facts.blocks
        if block.goal is not None
    ]  # fmt: skip
    places += [
        (one.fund.score, one.weight, str(one.fund.name.value or ""), NO_GOAL, one.fund.score.row)
        for one in facts.executions
    ]
    places.append((facts.form.claimed_total, facts.policy.total_weight, "", None, 0))
    for place, weight, name, goal, line in places:
        claim = stored_points(place)
        if claim is None:
            yield NOT_APPLICABLE
        elif claim < 0 or (weight is not None and claim > weight):
            yield Check(
                Verdict.FAILS, place, "score", Severity.ERROR,
                "negative" if claim < 0 else "above",
                claimed=claim, lo=ZERO, hi=weight,
                arguments={"name": name, "weight": weight, "agreed": agreed.get(line, "")},
                goal=goal, row=line,
            )  # fmt: skip
        else:
            yield HOLDS if weight is not None else NOT_APPLICABLE


def _groups(facts: Facts) -> list[tuple[ScoredSection, WeightGroup]]:
    return [(block, group) for block in facts.blocks for group in block.groups]


def _place(block: ScoredSection, group: WeightGroup) -> Field:
    """Where the points of a group are claimed: the goal's score, else where they are stated."""
    if block.goal is not None and block.goal.score.row and len(group.rows) == len(block.rows):
        return block.goal.score
    return group.place


@rule("error", "weights")
def scores_exceed_points(facts: Facts) -> Iterator[Check]:
    """The scores of a goal's rows do not sum to more than the goal's points."""
    groups = _groups(facts)
    if not groups:
        yield NOT_APPLICABLE
    for block, group in groups:
        claimed = group.claimed
        if claimed is None or group.points is None:
            yield NOT_APPLICABLE
        elif claimed - group.points > share_slack(row.claim for row in group.rows if row.claim):
            yield Check(
                Verdict.FAILS, _place(block, group), "score", Severity.ERROR, "above",
                claimed=claimed, lo=ZERO, hi=group.points,
                arguments=_named(block, group),
                goal=group.rows[0].indicator.goal,
            )  # fmt: skip
        else:
            yield HOLDS


def _named(block: ScoredSection, group: WeightGroup) -> dict[str, Any]:
    goal = block.goal
    named: dict[str, Any] = {
        "points": group.points,
        "claimed": group.claimed,
        "rows": [row.indicator.name for row in group.rows],
    }
    if goal is None or len(group.rows) < len(block.rows):
        # Not the goal as a whole: only these rows share the points.
        named["lines"] = [row.indicator.row for row in group.rows]
    return named


@rule("error, warning", "weights")
def weights_fit(facts: Facts) -> Iterator[Check]:
    """Some weights of a goal's rows sum to its points and explain every claimed score.

    A score s at a completion between r_lo and r_hi needs a weight within [s / r_hi, s / r_lo].
    """
    groups = _groups(facts)
    if not groups:
        yield NOT_APPLICABLE
    for block, group in groups:
        low, high = _needed(group, facts.policy.tolerance)
        points = group.points
        claimed = group.claimed
        slack = share_slack(row.claim for row in group.rows if row.claim)
        if points is None or claimed is None or low is None or claimed > points + slack:
            yield Check(Verdict.CANNOT_JUDGE) if claimed is not None else NOT_APPLICABLE
            continue
        needed = group.needed
        goal = group.rows[0].indicator.goal
        arguments = {**_named(block, group), "low": needed.lo, "high": needed.hi}
        if low > points + slack:
            short = next((row for row in group.rows if row.ratio.missed), group.rows[0])
            yield Check(
                Verdict.FAILS, _place(block, group), "score", Severity.ERROR, "too-much",
                claimed, *group.admissible, arguments={**arguments, "row": short.indicator.name}, goal=goal,
            )  # fmt: skip
        elif high is not None and high < points - slack:
            left = {"least": points - (needed.hi or ZERO), "most": points - (needed.lo or ZERO)}
            yield Check(
                Verdict.FAILS, _place(block, group), "score", Severity.WARNING, "too-little",
                claimed, *group.admissible, arguments={**arguments, **left}, goal=goal,
            )  # fmt: skip
        else:
            yield HOLDS


def _needed(group: WeightGroup, tolerance: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """The weights needed, with every score that may be of a true fraction taken as s ± tolerance."""
    if group.needed.lo is None:
        return None, None
    low, high = group.needed.lo, group.needed.hi
    for row in group.rows:
        if row.claim is None:
            continue
        if 0 < row.ratio.hi < 1:
            low -= min(tolerance, row.claim) / row.ratio.hi
        if high is not None and 0 < row.ratio.lo < 1:
            high += tolerance / row.ratio.lo
    return low, high


@rule("error, warning", "quantitative")
def coefficient(facts: Facts) -> Iterator[Check]:
    """A stated coefficient of completion is the ratio of actual to target."""
    for row in facts.rows:
        place = row.indicator.coefficient
        stated = exact(place)
        if stated is None or row.ratio.why not in COMPUTED:
            yield NOT_APPLICABLE
            continue
        digits = len(normalize(place.text).rstrip("%").partition(".")[2])
        half = Fraction(1, 2 * 10**digits) / (
            100 if stated * 100 == _raw(place) or "%" in place.text else 1
        )
        if row.ratio.lo - half <= stated <= row.ratio.hi + half:
            yield HOLDS
            continue
        if row.ratio.over is not None and abs(stated - row.ratio.over) <= half:
            yield HOLDS
            continue
        yield Check(
            Verdict.FAILS, place, "coefficient",
            Severity.ERROR if stated > row.ratio.hi else Severity.WARNING, "wrong",
            claimed=stated, lo=row.ratio.lo, hi=row.ratio.hi, arguments=reasoning(row),
            goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip


def _raw(place: Field) -> Fraction | None:
    return None if place.raw is None or isinstance(place.raw, str) else Fraction(place.raw)
