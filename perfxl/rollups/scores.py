"""Scores of the rolled-up form: indicators, goals and the total. All of them are intervals.

Source: notes 2 and 3. A quantitative score is computed once, from the rolled-up ratio and the weight.
"""

from collections.abc import Sequence
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.rollups.weights import common
from perfxl.rules.engine.interval import OPEN, Interval
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.policies.policy import Policy


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
    return Scored(
        weight, Interval(lo * low, most), Interval(lo * low, lo * high), Interval(low, high)
    )


def constant(weight: Interval, score: Interval) -> Scored:
    """A score that is what it is, whatever the weight."""
    return Scored(weight, score, score, None)


def goal_score(rows: Sequence[Scored], worth: Interval) -> tuple[Interval, bool]:
    """The score of a goal, and whether its indicators' weights can make up its points.

    Weights lie in their intervals and sum to the goal's points. Beyond the least weights, points that
    are left go to the rows with the least shares for the least score, with the greatest for the most.
    """
    if not rows:
        return Interval(ZERO, worth.hi), True
    total = worth.point
    if total is None:
        low, high = total_of([row.score for row in rows])
        if worth.hi is not None:
            high = worth.hi if high is None else min(high, worth.hi)
        return Interval(low, high), True
    rest = total - sum((row.weight.lo or ZERO for row in rows), ZERO)
    rooms = [
        None if row.weight.hi is None else row.weight.hi - (row.weight.lo or ZERO) for row in rows
    ]
    slack = None if None in rooms else sum((one for one in rooms if one is not None), ZERO)
    near = Fraction(len(rows), 100)
    if rest < -near or (slack is not None and rest > slack + near):
        # No such weights: any points may belong to any row.
        ends = [_ends(row) for row in rows]
        return Interval(total * min(end[0] for end in ends), total * max(end[1] for end in ends)), False  # fmt: skip
    rest = max(ZERO, rest)
    low = sum((row.least.lo or ZERO for row in rows), ZERO)
    high = sum((row.least.hi or ZERO for row in rows), ZERO)
    shares = [row.share or Interval(ZERO, ZERO) for row in rows]
    low += _spread(rest, [one.lo or ZERO for one in shares], rooms, most=False)
    high += _spread(rest, [one.hi or ZERO for one in shares], rooms, most=True)
    return Interval(low, max(low, min(high, total))), True


def _ends(row: Scored) -> tuple[Fraction, Fraction]:
    """The least and the greatest share of its weight that a row's score may be."""
    if row.share is not None:
        return row.share.lo or ZERO, ONE if row.share.hi is None else row.share.hi
    low = (row.score.lo or ZERO) / row.weight.hi if row.weight.hi else ZERO
    high = min(ONE, row.score.hi / row.weight.lo) if row.weight.lo and row.score.hi is not None else ONE  # fmt: skip
    return low, high


def _spread(
    rest: Fraction, shares: Sequence[Fraction], rooms: Sequence[Fraction | None], *, most: bool
) -> Fraction:
    """What some points of weight add to a score, given to the rows in the order of their shares."""
    added = ZERO
    pairs = sorted(zip(shares, rooms, strict=True), key=lambda pair: pair[0], reverse=most)
    for share, room in pairs:
        part = rest if room is None else min(rest, room)
        added += part * share
        rest -= part
    return added


def total_of(parts: Sequence[Interval]) -> Interval:
    """The sum of some scores; an end that one of them leaves open is open."""
    if not parts:
        return OPEN
    los, his = [one.lo for one in parts], [one.hi for one in parts]
    lo = None if None in los else sum((one for one in los if one is not None), ZERO)
    hi = None if None in his else sum((one for one in his if one is not None), ZERO)
    return Interval(lo, hi)


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
    names = {
        next((name for least, name in policy.grades if end >= least), "")
        for end in (total.lo, total.hi)
    }
    return next(iter(names)) if len(names) == 1 else ""
