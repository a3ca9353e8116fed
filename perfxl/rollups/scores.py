"""Scores of the rolled-up form: indicators, goals and the total. All of them are intervals.

Source: notes 2 and 3. A quantitative score is computed once, from the rolled-up ratio and the weight.
Scoring rules, "The recomputed score": of one form it is the form's own, of several such that they add up.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction, round_half_up
from perfxl.rollups.claims import common, share_of_weight
from perfxl.rollups.model import Member
from perfxl.rollups.sums import or_zero
from perfxl.rules.engine.interval import OPEN, Interval, total_of
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.findings import Score
from perfxl.rules.policies.policy import Policy
from perfxl.rules.recompute import recompute


class Scored(NamedTuple):
    """An indicator's score: its interval, and how it moves with the weight.

    Attributes:
        least: the score at the least weight.
        share: what each further point of weight adds; None where the score does not depend on it.
    """

    weight: Interval
    score: Interval
    least: Interval
    share: Interval | None


def by_share(weight: Interval, share: Interval) -> Scored:
    """The weight times a share of it."""
    lo, low, high = or_zero(weight.lo), or_zero(share.lo), ONE if share.hi is None else share.hi
    most = ZERO if high == 0 else None if weight.hi is None else weight.hi * high
    least = Interval(lo * low, lo * high)
    return Scored(weight, Interval(lo * low, most), least, Interval(low, high))


def constant(weight: Interval, score: Interval) -> Scored:
    """A score that is what it is, whatever the weight."""
    return Scored(weight, score, score, None)


def goal_score(rows: Sequence[Scored], worth: Interval) -> tuple[Interval, bool]:
    """The score of a goal, and whether its indicators' weights can make up its points.

    Weights lie in their intervals and sum to the goal's points. Beyond the least weights, points that
    are left go to the rows with the least shares for the least score, with the greatest for the most.
    """
    total = worth.point
    if not rows:
        return Interval(ZERO, worth.hi), True
    if total is None:
        return total_of([row.score for row in rows]).at_most(worth.hi), True
    weights = total_of([row.weight for row in rows])
    rest, near = total - or_zero(weights.lo), Fraction(len(rows), 100)
    if rest < -near or (weights.hi is not None and total > weights.hi + near):
        return _any_split(rows, total), False
    low, high = (_with_rest(rows, max(ZERO, rest), end) for end in (0, 1))
    return Interval(low, max(low, min(high, total))), True


def _any_split(rows: Sequence[Scored], total: Fraction) -> Interval:
    """The score where no weights make up the points: any points may belong to any row."""
    shares = [row.share or Interval(*share_of_weight(row.score, row.weight)) for row in rows]
    low, high = (
        min(or_zero(share.lo) for share in shares),
        max(or_zero(share.hi) for share in shares),
    )
    return Interval(total * low, total * high)


def _with_rest(rows: Sequence[Scored], rest: Fraction, end: int) -> Fraction:
    """The least (end 0) or greatest (end 1) score of rows between which some points are left to share."""
    score = sum((or_zero(row.least[end]) for row in rows), ZERO)
    pairs = [(or_zero((row.share or OPEN)[end]), row.weight) for row in rows]
    for share, weight in sorted(pairs, key=lambda pair: pair[0], reverse=bool(end)):
        part = rest if weight.hi is None else min(rest, weight.hi - or_zero(weight.lo))
        score += part * share
        rest -= part
    return score


def within(
    total: Interval, rows: Sequence[Scored], score: Interval, worth: Interval, whole: Fraction
) -> tuple[Interval, bool]:
    """The total, narrowed by what all weights of the form sum to; and whether they can.

    Args:
        total: the sum of its parts.
        rows: every indicator.
        score: of budget execution, open where it has none.
        worth: its points, likewise.
        whole: what all weights sum to.
    """
    capped = total.at_most(whole)
    if total_of([row.weight for row in rows]).hi is None:
        return (total if or_zero(total.lo) > whole else capped), True
    rests = [whole - or_zero(end) for end in worth]
    values, fits = zip(*(goal_score(rows, Interval(rest, rest)) for rest in rests), strict=True)
    least = min(or_zero(value.lo) for value in values) + or_zero(score.lo)
    most = max(or_zero(value.hi) for value in values) + or_zero(score.hi)
    value = Interval(least, max(least, min(most, whole)))
    if all(fits):
        return common([value, total])[0], True
    return (total, True) if capped == total else (value, False)


def grade_of(total: Interval, policy: Policy) -> str:
    """The grade, where every total within the interval has the same."""
    if total.lo is None or total.hi is None:
        return ""
    low, high = (
        next((name for least, name in policy.grades if end >= least), "")
        for end in (total.lo, total.hi)
    )
    return low if low == high else ""


# ---------------------------------------------------------------- recomputed scores
def own_scores(members: Sequence[Member]) -> Mapping[str, Score]:
    """The recomputed scores of the only form, by what they are of; none where there are several."""
    return {one.of: one for one in recompute(members[0].facts)} if len(members) == 1 else {}


def final_score(score: Interval, own: Score | None, policy: Policy) -> Interval:
    """A score at the decimals at which scores are kept; the form's own where there is one form."""
    if own is not None:
        point = own.recomputed
        return Interval(own.lo, own.hi) if point is None else Interval(point, point)
    if score.point is None:
        return score
    value = Fraction(round_half_up(score.point, policy.decimals))
    return Interval(value, value)


def sum_of_final(
    parts: Sequence[Interval], otherwise: Interval, most: Fraction | None = None
) -> Interval:
    """The sum of scores where each is known, at most some points; else the interval of the sum."""
    summed = total_of([Interval(part.point, part.point) for part in parts])
    if summed.point is None:
        return otherwise
    end = summed.at_most(most).hi
    return Interval(end, end)
