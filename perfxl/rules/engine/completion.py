"""How far a number was reached: the share of one size in another, and the intervals that rules make of it.

Source: scoring rules, section "Completion ratio r". All shares are exact fractions.
"""

from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values.quantity import RANGE, Quantity
from perfxl.rules.engine.direction import SIGNS
from perfxl.rules.engine.heads import DOWN, EITHER, UP
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.policies.parameters import INVERSE
from perfxl.rules.policies.policy import Policy

ZERO, ONE = Fraction(0), Fraction(1)
PROPORTIONAL, LINEAR, BOTH = INVERSE


class Ratio(NamedTuple):
    """How far a target was reached.

    Attributes:
        lo: least share of the weight that the form allows.
        hi: most share.
        why: how it was judged, a code of the texts: ratio, inverse, met, limit, range, date, tier…
        open: whether a person has to judge (the interval is not the rule's but ignorance).
        below: whether ``hi`` itself is not admissible (a missed date: [0, 1)).
        bound: the actual is written as a bound and was taken at its worst case.
        over: completion as a share of the target where it exceeds it, else None.
        level_over: for a change in percent, by how much the level is then above what was asked: of a
            decrease by 3 % one by 4 % is a third more, of what is left it is 1 %.
        arithmetic: (numerator, denominator) as written, for the explanation.
        way: which way a target of numbers points: up, down or either; "" for any other target.
        evidence: what decided on the way, a code of `direction.Direction`; "" where nothing did.
        reducible: the target is so far exceeded that it may have been set too low: the policy then lets
            the assessor take points off, so that any score up to the full one is admissible; see `least`.
    """

    lo: Fraction
    hi: Fraction
    why: str
    open: bool = False
    below: bool = False
    bound: bool = False
    over: Fraction | None = None
    level_over: Fraction | None = None
    arithmetic: tuple[str, str] | None = None
    way: str = ""
    evidence: str = ""
    reducible: bool = False

    @property
    def fraction(self) -> bool:
        """Whether the ratio is worked out as a true fraction: only such scores are ever rounded."""
        return self.why in FRACTIONS and (0 < self.lo < 1 or 0 < self.hi < 1)

    @property
    def missed(self) -> bool:
        """Whether the target is proven not to be reached."""
        return self.hi < 1 or self.below

    @property
    def met(self) -> bool:
        """Whether the target is proven to be reached in full."""
        return self.lo == ONE

    @property
    def excess(self) -> Fraction | None:
        """Completion as a share of the target, by which it is judged whether it is far above it."""
        return None if self.over is None else self.level_over or self.over

    @property
    def least(self) -> Fraction:
        """The least share that nobody may call too little; below ``lo`` it needs its reason."""
        return ZERO if self.reducible else self.lo


FRACTIONS = frozenset(
    {"ratio", "inverse", "inverse-linear", "inverse-both", "range-missed", "range-above"}
)
"""Codes of ratios that are worked out from two numbers and may be no whole share."""
COMPUTED = (FRACTIONS - {"range-missed", "range-above"}) | {"met", "within", "not-met"}
"""Codes of ratios of which a stated coefficient of completion can be checked."""

MET = Ratio(ONE, ONE, "met")
UNSTATED = Ratio(ZERO, ONE, "unstated", open=True)
"""The form has no column for what was reached; nothing can be said of it."""


def left_open(why: str) -> Ratio:
    """Anything from nothing to all of it: a person has to judge."""
    return Ratio(ZERO, ONE, why, open=True)


def compare(
    sizes: Sizes,
    target: Quantity,
    actual: Quantity,
    way: str,
    policy: Policy,
    *,
    limit: bool = False,
    inverse: str = "",
) -> Ratio:
    """The ratio of sizes in one measure.

    Args:
        sizes: the target's ends and the actual.
        target: whether it is a number or a range.
        actual: whether it is written as a bound.
        way: up, down, or either, which leaves the ratio open between the two.
        policy: how a missed limit is scored, and what is far above a target.
        limit: whether a range must not be exceeded.
        inverse: the formula for a missed limit, where another one than the policy's is wanted.
    """
    if target.kind == RANGE:
        return _in_range(*sizes, actual, limit, below=way == DOWN)
    ways = (UP, DOWN) if way == EITHER else (way,)
    formula = inverse or policy.inverse
    ratio = combine_ratios([_one(sizes.low, sizes.actual, actual, each, formula) for each in ways])
    return ratio._replace(reducible=True) if way == UP and is_far(ratio.over, policy) else ratio


def is_far(over: Fraction | None, policy: Policy) -> bool:
    """Whether completion is so far above the target that the target may have been set too low."""
    if over is None or policy.far_above is None:
        return False
    return over > policy.far_above or (policy.far_above_included and over == policy.far_above)


def combine_ratios(ratios: list[Ratio]) -> Ratio:
    """Several readings of one row: the first where all say the same, else open between them."""
    first = ratios[0]
    if all((ratio.lo, ratio.hi) == (first.lo, first.hi) for ratio in ratios):
        return first
    lo, hi = min(ratio.lo for ratio in ratios), max(ratio.hi for ratio in ratios)
    return Ratio(lo, hi, "either", open=True)


def _one(size: Fraction, value: Fraction, actual: Quantity, way: str, inverse: str) -> Ratio:
    """One reading of target and actual in one direction."""
    bound = actual.comparator
    if way == UP:
        ratio = _reached(size, value)
        if bound in ("≤", "<"):
            # 不超过90% says nothing of how much was reached at least.
            return Ratio(ZERO, ratio.hi, "bound-above", open=True, bound=True)
        return ratio._replace(bound=bound in ("≥", ">"))
    ratio = _limited(size, value, inverse)
    if bound in ("≥", ">"):
        return Ratio(ZERO, ratio.hi, "bound-below", open=True, bound=True)
    return ratio._replace(bound=bound in ("≤", "<"))


NOT_MET = Ratio(ZERO, ZERO, "not-met")
SHARE_OF_LESS_THAN_NOTHING = Ratio(ZERO, ONE, "not-met", below=True)
"""A missed target below zero: no clause says what share of it was reached."""


def _reached(target: Fraction, value: Fraction) -> Ratio:
    """A target that is to be reached: B/A, at most 1."""
    if value >= target:
        over = value / target if target > 0 else None
        return MET._replace(over=over if over is not None and over > 1 else None)
    if target <= 0:
        return SHARE_OF_LESS_THAN_NOTHING if target < 0 else NOT_MET
    share = max(ZERO, value / target)
    return Ratio(share, share, "ratio")


def _limited(target: Fraction, value: Fraction, inverse: str) -> Ratio:
    """A limit: A/B, or 1 - (B - A)/A, or between the two where the policy prints no formula."""
    if value <= target:
        return Ratio(ONE, ONE, "within")
    if target <= 0:
        return SHARE_OF_LESS_THAN_NOTHING if target < 0 else NOT_MET
    proportional, linear = target / value, max(ZERO, 2 - value / target)
    if inverse == PROPORTIONAL:
        return Ratio(proportional, proportional, "inverse")
    if inverse == LINEAR:
        return Ratio(linear, linear, "inverse-linear")
    return Ratio(linear, proportional, "inverse-both")


def _in_range(
    low: Fraction, high: Fraction, value: Fraction, actual: Quantity, limit: bool, *, below: bool
) -> Ratio:
    """A range: full inside it, whatever stands outside it.

    Args:
        low: its lower end.
        high: its upper end.
        value: what was reached.
        actual: whether it is written as a bound.
        limit: whether more than its upper end is a miss.
        below: whether less than its lower end may be none.
    """
    bound = actual.comparator if actual.comparator in SIGNS else ""
    outside = not low <= value <= high
    missed = _range_miss(low, high, value, limit, below=below)
    if not bound:
        return missed if outside else Ratio(ONE, ONE, "range-met")
    beyond = value > high if bound in ("≥", ">") else value < low
    return Ratio(ZERO, missed.hi if beyond else ONE, "bound-range", open=True, bound=True)


def _range_miss(
    low: Fraction, high: Fraction, value: Fraction, limit: bool, *, below: bool
) -> Ratio:
    if low < 0 or (value < 0 and low == 0):
        # A share of less than nothing is not defined by the rule.
        return left_open("words")
    if value < low:
        # Sooner or cheaper than a range of time or cost is no miss that anybody can prove.
        share = max(ZERO, value / low)
        return Ratio(share, ONE if below else share, "range-missed")
    share = high / value if value else ONE
    # No clause punishes a count above its range.
    return Ratio(share, share if limit else ONE, "range-missed" if limit else "range-above")
