"""Qualitative indicators over all units: scores, as shares of their weights, averaged by funds.

Source: note 3. An indicator that has one weight in all units has the mean of its scores for its score,
whatever that weight is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from perfxl.exact import Fraction
from perfxl.rollups.model import Difference, Figure, Source
from perfxl.rollups.show import points
from perfxl.rollups.sums import Entry, Numbers, weights
from perfxl.rollups.values import Plan
from perfxl.rollups.weights import Weight
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy


@dataclass(frozen=True, slots=True)
class Claims:
    """Every unit's part in a qualitative score, in the order of the rows.

    Attributes:
        scores: a unit's claim, at most what its own form admits; an interval where none is stated.
        parts: what is averaged: the scores where one weight holds for all, else their shares.
        weights: what weighs each; None for a unit that cannot be weighed.
        bounded: whether every part is bounded above: a claim or a weight is there.
    """

    scores: tuple[Interval, ...]
    parts: tuple[tuple[Fraction, Fraction], ...]
    weights: tuple[Fraction | None, ...]
    bounded: bool


def claims_of(plan: Plan, weight: Weight) -> Claims:
    """The units' parts in a qualitative score."""
    rows = plan.cluster.rows
    scores = tuple(_admitted(row.claim, row.admissible) for _, row in rows)
    parts = tuple(_part(score, own, weight) for score, own in zip(scores, weight.each, strict=True))
    pairs = [(member.funds, part) for (member, _), part in zip(rows, parts, strict=True)]
    known = weight.value.hi is not None or all(score.hi is not None for score in scores)
    return Claims(scores, parts, tuple(weights(pairs)), known)


def _admitted(claim: Fraction | None, admissible: Interval) -> Interval:
    if claim is None:
        return admissible
    value = max(ZERO, claim)
    if admissible.hi is not None:
        value = min(value, admissible.hi)
    return Interval(value, value)


def _part(score: Interval, own: Interval, weight: Weight) -> tuple[Fraction, Fraction]:
    lo = score.lo or ZERO
    if weight.agreed:
        hi = score.hi if score.hi is not None else weight.value.hi
        return lo, lo if hi is None else hi
    low = lo / own.hi if own.hi else ZERO
    high = min(ONE, score.hi / own.lo) if own.lo and score.hi is not None else ONE
    return low, high


def entries(line: int, claims: Claims) -> list[Entry]:
    """The parts for the sums."""
    pairs = zip(claims.weights, claims.parts, strict=True)
    return [Entry(("scores", line), True, one, *part) for one, part in pairs if one is not None]


def mean(line: int, claims: Claims, numbers: Mapping[Any, Numbers]) -> Interval:
    """The mean of the parts; open as far as a unit that cannot be weighed might move it."""
    pairs = zip(claims.weights, claims.parts, strict=True)
    ends = [part for one, part in pairs if one is None]
    found = numbers.get(("scores", line))
    if found is not None:
        ends.append((found[0], found[1]))
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    return Interval(low, high if claims.bounded else None)


def figure(plan: Plan, weight: Weight, claims: Claims, score: Interval) -> Figure:
    """The score with every unit's part."""
    sources = []
    columns = zip(plan.cluster.rows, claims.scores, claims.weights, strict=True)
    for (member, row), own, known in columns:
        why = "" if known is not None else "no-funds"
        place = row.indicator.score
        sources.append(
            Source(member.name, member.form, place, own.point, member.funds, known is not None, why)
        )
    how = "single" if len(sources) == 1 else "scores" if weight.agreed else "shares"
    return Figure("score", how, tuple(sources), points(score), score)


def differences(plan: Plan, claims: Claims, policy: Policy) -> list[Difference]:
    """Claims above what their form admits, and claims that could not be weighed."""
    found: list[Difference] = []
    name = plan.cluster.name
    rows = plan.cluster.rows
    left = []
    for (member, row), score, known in zip(rows, claims.scores, claims.weights, strict=True):
        place = row.indicator.score
        if (
            row.claim is not None
            and score.hi is not None
            and row.claim > score.hi + policy.tolerance
        ):
            told = (Source(member.name, member.form, place, row.claim),)
            most = {"most": score.hi}
            found.append(Difference("overclaimed", Severity.WARNING, name, told, most))
        if known is None:
            left.append(Source(member.name, member.form, place, used=False, why="no-funds"))
    if left:
        count = {"count": len(rows)}
        found.append(Difference("left-no-funds", Severity.NOTE, name, tuple(left), count))
    return found


def tier(score: Interval, weight: Interval, policy: Policy) -> str:
    """The tier of a score as a share of its weight: reached, partly, missed; "" where it is open."""
    value, whole = score.point, weight.point
    if value is None or not whole:
        return ""
    share = value / whole
    return next((name for name, (lo, _) in policy.tiers.items() if share >= lo), "missed")
