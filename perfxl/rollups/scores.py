"""Scores of the rolled-up form: indicators, goals and the total. All of them are intervals.

Source: notes 2 and 3. A quantitative score is computed once, from the rolled-up ratio and the weight.
Scoring rules, "The recomputed score": of one form it is the form's own, of several such that they add up.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction, rounded
from perfxl.rollups.claims import common, share_of_weight
from perfxl.rollups.model import Member
from perfxl.rules.findings import Score
from perfxl.rules.interval import OPEN, Interval
from perfxl.rules.policy import Policy
from perfxl.rules.ratio import ONE, ZERO
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
    lo, low, high = weight.lo or ZERO, share.lo or ZERO, ONE if share.hi is None else share.hi
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
        low, high = total_of([row.score for row in rows])
        ends = [end for end in (high, worth.hi) if end is not None]
        return Interval(low, min(ends, default=None)), True
    least, most = total_of([Interval(row.weight.lo or ZERO, row.weight.hi) for row in rows])
    rest, near = total - (least or ZERO), Fraction(len(rows), 100)
    if rest < -near or (most is not None and total > most + near):
        # No such weights: any points may belong to any row.
        shares = [row.share or Interval(*share_of_weight(row.score, row.weight)) for row in rows]
        low = min(share.lo or ZERO for share in shares)
        high = max(ONE if share.hi is None else share.hi for share in shares)
        return Interval(total * low, total * high), False
    low, high = (_with_rest(rows, max(ZERO, rest), end) for end in (0, 1))
    return Interval(low, max(low, min(high, total))), True


def _with_rest(rows: Sequence[Scored], rest: Fraction, end: int) -> Fraction:
    """The least (end 0) or greatest (end 1) score of rows between which some points are left to share."""
    score = sum((row.least[end] or ZERO for row in rows), ZERO)
    pairs = [((row.share or OPEN)[end] or ZERO, row.weight) for row in rows]
    for share, weight in sorted(pairs, key=lambda pair: pair[0], reverse=bool(end)):
        part = rest if weight.hi is None else min(rest, weight.hi - (weight.lo or ZERO))
        score += part * share
        rest -= part
    return score


def total_of(parts: Sequence[Interval]) -> Interval:
    """The sum of some scores; an end that one of them leaves open is open."""
    if not parts:
        return OPEN
    return Interval(*(_sum(ends) for ends in zip(*parts, strict=True)))


def _sum(ends: Sequence[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return sum(known, ZERO) if len(known) == len(ends) else None


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
    above = total.hi is None or total.hi > whole
    if not rows or any(row.weight.hi is None for row in rows):
        capped = above and (total.lo is None or total.lo <= whole)
        return (Interval(total.lo, whole) if capped else total), True
    ends = {whole - (worth.lo or ZERO), whole - (worth.hi or ZERO)}
    found = [goal_score(rows, Interval(rest, rest)) for rest in ends]
    least = min(value.lo or ZERO for value, _ in found) + (score.lo or ZERO)
    most = max(value.hi or ZERO for value, _ in found) + (score.hi or ZERO)
    value = Interval(least, max(least, min(most, whole)))
    if not all(fits for _, fits in found):
        return (value, False) if above else (total, True)
    return common([value, total])[0], True


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
    value = Fraction(rounded(score.point, policy.decimals))
    return Interval(value, value)


def sum_of_final(
    parts: Sequence[Interval], otherwise: Interval, most: Fraction | None = None
) -> Interval:
    """The sum of scores where each is known, at most some points; else the interval of the sum."""
    summed = _sum([part.point for part in parts])
    if not parts or summed is None:
        return otherwise
    summed = summed if most is None else min(summed, most)
    return Interval(summed, summed)
