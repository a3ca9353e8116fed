"""What the units' forms say of an indicator's weight, and of its score where that is a claim.

Source: note 3. One weight holds for all units, as far as their forms do not contradict it. Qualitative
scores, as shares of their weights, are averaged by funds; an indicator that has one weight in all units
has the mean of its scores for its score, whatever that weight is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.rollups.match import Cluster
from perfxl.rollups.model import NOTE, NOTHING, WARNING, Difference, Figure, Part, Source, tell
from perfxl.rollups.show import number, points
from perfxl.rollups.sums import mean, or_zero, weights
from perfxl.rules.engine.facts import BOUNDED, STATED
from perfxl.rules.engine.interval import Interval, total_of
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.policies.policy import Policy


# ---------------------------------------------------------------- weights
class Weight(NamedTuple):
    """What is known of an indicator's weight.

    Attributes:
        value: the interval; `agreed`: whether the forms allow one weight for all units.
        each: every unit's own interval, in the order of the rows.
    """

    value: Interval
    agreed: bool
    each: tuple[Interval, ...]


def weight_of(cluster: Cluster) -> Weight:
    """The weight that all units' forms allow together; any that one of them allows where they differ."""
    each = tuple(_own_weight(part) for part in cluster.parts)
    return Weight(*common(each), each)


def common(each: Sequence[Interval]) -> tuple[Interval, bool]:
    """What all intervals have in common, else the least that holds them all; and which of the two."""
    los = [or_zero(one.lo) for one in each]
    his = [one.hi for one in each if one.hi is not None]
    if not his or max(los) <= min(his):
        return Interval(max(los), min(his, default=None)), True
    return Interval(min(los), max(his) if len(his) == len(each) else None), False


def stated_points(stated: Iterable[tuple[Source, Fraction | None]]) -> Figure:
    """Points on which all forms that state them should agree: of a goal, of the budget, of the whole."""
    sources = tuple(place._replace(value=value) for place, value in stated if value is not None)
    if not sources:
        return NOTHING
    value, agreed = common([Interval(one.value, one.value) for one in sources])
    return Figure("weight", "agreed" if agreed else "differ", sources, _shown(value), value)


def _shown(value: Interval) -> str:
    return points(value) if value.point is None else number(value.point)


def _own_weight(part: Part) -> Interval:
    """One form's weight of a row: stated, or within [s, s + t] of its own claim and the points left."""
    row = part.row
    own = max(ZERO, or_zero(row.claim))
    if row.how == STATED:
        return Interval(row.weight, row.weight)
    if row.how != BOUNDED or row.slack is None:
        return Interval(own, None)
    # Below 0 some claim of the goal exceeds its weight; which one, the form does not show.
    return Interval(own, own + row.slack) if row.slack >= 0 else Interval(ZERO, _group_points(part))


def _group_points(part: Part) -> Fraction | None:
    """The points of the rows among which a row's weight is to be found."""
    groups = [group for block in part.member.facts.blocks for group in block.groups]
    return next((one.points for one in groups if any(row is part.row for row in one.rows)), None)


def weight_figure(cluster: Cluster, weight: Weight) -> Figure:
    """The weight with every unit's own."""
    stated = [part.row.how == STATED for part in cluster.parts]
    sources = [
        part.source("weight", own.point)
        if known
        else part.source("score", own.point, why="bounded")
        for part, own, known in zip(cluster.parts, weight.each, stated, strict=True)
    ]
    how = ("agreed" if all(stated) else "bounded") if weight.agreed else "differ"
    return Figure("weight", how, tuple(sources), _shown(weight.value), weight.value)


# ---------------------------------------------------------------- claims
class Claim(NamedTuple):
    """A unit's part in a qualitative score.

    Attributes:
        score: what it claims, at most what its own form admits; an interval where it states none.
        ends: what is averaged: the score where one weight holds for all, else its share.
        weight: what weighs it; None for a unit that cannot be weighed.
    """

    part: Part
    score: Interval
    ends: tuple[Fraction, Fraction]
    weight: Fraction | None


def claims_of(cluster: Cluster, weight: Weight) -> list[Claim]:
    """The units' parts in a qualitative score, in the order of the rows."""
    scores = []
    for part in cluster.parts:
        claim, admissible = part.row.claim, part.row.admissible
        if claim is not None:
            most = Interval(None, admissible.hi).nearest(max(ZERO, claim))
            admissible = Interval(most, most)
        scores.append(admissible)
    ends = [_ends(score, own, weight) for score, own in zip(scores, weight.each, strict=True)]
    funds = [part.member.funds for part in cluster.parts]
    known = weights(list(zip(funds, ends, strict=True)))
    return [Claim(*one) for one in zip(cluster.parts, scores, ends, known, strict=True)]


def _ends(score: Interval, own: Interval, weight: Weight) -> tuple[Fraction, Fraction]:
    if not weight.agreed:
        return share_of_weight(score, own)
    lo, his = or_zero(score.lo), (score.hi, weight.value.hi)
    return lo, next((hi for hi in his if hi is not None), lo)


def share_of_weight(score: Interval, weight: Interval) -> tuple[Fraction, Fraction]:
    """The least and the greatest share of its weight that a score may be."""
    low = or_zero(score.lo) / weight.hi if weight.hi else ZERO
    high = min(ONE, score.hi / weight.lo) if weight.lo and score.hi is not None else ONE
    return low, high


def mean_score(claims: Sequence[Claim], weight: Weight) -> Interval:
    """The mean of the parts; open as far as a unit that cannot be weighed might move it."""
    found = mean([one.ends for one in claims], [one.weight for one in claims])
    ends = [one.ends for one in claims if one.weight is None] + ([found] if found else [])
    lows, highs = zip(*ends, strict=True)
    open_ = weight.value.hi is None and total_of([one.score for one in claims]).hi is None
    return Interval(min(lows), None if open_ else max(highs))


def score_figure(claims: Sequence[Claim], weight: Weight, score: Interval) -> Figure:
    """The score with every unit's part."""
    sources = [
        one.part.source(
            "score", one.score.point, weight=one.part.member.funds,
            used=one.weight is not None, why="no-funds" if one.weight is None else "",
        )
        for one in claims
    ]  # fmt: skip
    how = "single" if len(sources) == 1 else "scores" if weight.agreed else "shares"
    return Figure("score", how, tuple(sources), points(score), score)


def tier(score: Interval, weight: Interval, policy: Policy) -> str:
    """The tier of a score as a share of its weight: reached, partly, missed; "" where it is open."""
    value, whole = score.point, weight.point
    if value is None or not whole:
        return ""
    share = value / whole
    return next((name for name, (lo, _) in policy.tiers.items() if share >= lo), "missed")


# ---------------------------------------------------------------- what to tell
def differences(
    cluster: Cluster, weight: Weight, claims: Sequence[Claim], policy: Policy
) -> Iterator[Difference]:
    """Units that weigh differently, claims above what their form admits, claims without weight."""
    if not weight.agreed:
        yield tell("weights", WARNING, cluster.name, weight_figure(cluster, weight).sources)
    for part, score, *_ in claims:
        claim, most = part.row.claim, score.hi
        if claim is not None and most is not None and claim > most + policy.tolerance:
            yield tell(
                "overclaimed", WARNING, cluster.name, [part.source("score", claim)], most=most
            )
    left = [
        one.part.source("score", used=False, why="no-funds") for one in claims if one.weight is None
    ]
    if left:
        yield tell("left-no-funds", NOTE, cluster.name, left, count=len(claims))
