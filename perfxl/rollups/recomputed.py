"""Recomputed scores of a roll-up: of one form the form's own, of several such that they add up.

Source: scoring rules, "The recomputed score": one engine gives the number to every output.
"""

from collections.abc import Mapping, Sequence

from perfxl.exact import Fraction, rounded
from perfxl.rollups.model import Member
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.findings import Score
from perfxl.rules.policies.policy import Policy
from perfxl.rules.recompute import recompute

Own = Mapping[str, Score]


def own_scores(members: Sequence[Member]) -> Own:
    """The recomputed scores of the only form, by what they are of; none where there are several."""
    return {one.of: one for one in recompute(members[0].facts)} if len(members) == 1 else {}


def settled(score: Interval, own: Score | None, policy: Policy) -> Interval:
    """A score at the decimals at which scores are kept; the form's own where there is one form."""
    if own is not None:
        point = own.recomputed
        return Interval(own.lo, own.hi) if point is None else Interval(point, point)
    point = score.point
    if point is None:
        return score
    value = Fraction(rounded(point, policy.decimals))
    return Interval(value, value)


def added(parts: Sequence[Interval], otherwise: Interval, most: Fraction | None = None) -> Interval:
    """The sum of scores where each is known, at most some points; else the interval of the sum."""
    points = [part.point for part in parts]
    known = [point for point in points if point is not None]
    if not known or len(known) < len(points):
        return otherwise
    summed = sum(known, ZERO)
    summed = summed if most is None else min(summed, most)
    return Interval(summed, summed)
