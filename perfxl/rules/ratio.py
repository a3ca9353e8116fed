"""The completion ratio r of an indicator: an interval within [0, 1] that the form itself proves.

Source: scoring rules, section "Completion ratio r". Numbers are exact fractions. Where the form
leaves something open, the interval says how much; `why` tells a person.
"""

from decimal import Decimal
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms import quantity, wording
from perfxl.forms.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.text import fold, same
from perfxl.forms.wording import Pace
from perfxl.rules import change_words, frequency, measures
from perfxl.rules.direction import NOT_STATED, SIGNS, TIMES, Direction, Stated, direction
from perfxl.rules.heads import DOWN, EITHER, UP, head
from perfxl.rules.measures import Sizes
from perfxl.rules.policy import INVERSE, Policy

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
    def least(self) -> Fraction:
        """The least share that nobody may call too little; below ``lo`` it needs its reason."""
        return ZERO if self.reducible else self.lo


FRACTIONS = frozenset({"ratio", "inverse", "inverse-linear", "inverse-both", "range-missed", "range-above"})
"""Codes of ratios that are worked out from two numbers and may be no whole share."""
COMPUTED = (FRACTIONS - {"range-missed", "range-above"}) | {"met", "within", "not-met"}
"""Codes of ratios of which a stated coefficient of completion can be checked."""

MET = Ratio(ONE, ONE, "met")
UNSTATED = Ratio(ZERO, ONE, "unstated", open=True)
"""The form has no column for what was reached; nothing can be said of it."""


def _open(why: str) -> Ratio:
    return Ratio(ZERO, ONE, why, open=True)


def judge(
    target: Quantity,
    actual: Quantity,
    name: str,
    level2: str,
    policy: Policy,
    stated: Stated = NOT_STATED,
) -> Ratio:
    """The ratio of one indicator.

    Args:
        target: what was to be reached, as `with_zeros` understood it beside the actual.
        actual: what is said to be reached, likewise.
        name: the indicator's name, which may say that less is better.
        level2: its second level (成本指标).
        policy: tiers and word lists.
        stated: what the row states of its direction in columns of its own.
    """
    if actual.kind == BLANK:
        return Ratio(ZERO, ZERO, "no-actual")
    if target.kind == BLANK:
        return _open("no-target")
    if target.kind == DATE:
        return _date(target, actual, policy)
    if target.kind in (NUMBER, RANGE):
        if actual.kind == NUMBER:
            return _numbers(target, actual, name, level2, policy, stated)
        if actual.kind == TEXT:
            return _said(target, actual, policy)
        if same(target.text, actual.text):
            return MET
        return _open("kinds-differ")
    return _said(target, actual, policy)


def on_own_scale(ratio: Ratio, standard: str, policy: Policy) -> Ratio:
    """The ratio of a missed target where the form prints a scoring standard of its own for the row.

    每少1家扣1分 gives other points than the proportion does, and what it gives is left to a person;
    按比例得分，低于60%不得分 gives the proportion or nothing.
    """
    text = fold(standard)
    if not ratio.missed or ratio.open or not ratio.fraction:
        return ratio
    if _holds(text, policy.words["proportional"]):
        return ratio._replace(lo=ZERO) if _holds(text, policy.words["cut_off"]) else ratio
    if not _holds(text, policy.words["own_scale"]):
        return ratio
    below = not _holds(text, policy.words["own_scale_full"])
    return Ratio(ZERO, ONE, "own-scale", open=True, below=below)


def with_zeros(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity]:
    """无 as an answer: 0起 → 无, 无 → 0, 无投诉 → 无. Elsewhere 无 is an empty cell."""
    if (
        target.kind == NUMBER
        and actual.kind in (BLANK, TEXT)
        and quantity.means_zero(actual.text)
        and (target.low == 0 or target.comparator in ("≤", "<"))
    ):
        return target, target._replace(
            text=actual.text, comparator="", low=Decimal(0), high=Decimal(0)
        )
    if actual.kind == NUMBER and target.kind in (BLANK, TEXT) and quantity.means_zero(target.text):
        return actual._replace(
            text=target.text, comparator="≤", low=Decimal(0), high=Decimal(0)
        ), actual
    if (
        actual.kind in (BLANK, TEXT)
        and quantity.means_zero(actual.text)
        and quantity.wants_none(target.text)
    ):
        return target._replace(kind=TEXT), actual._replace(kind=TEXT, text=target.text)
    return target, actual


def _said(target: Quantity, actual: Quantity, policy: Policy) -> Ratio:
    """A qualitative target, or an actual in words."""
    if same(target.text, actual.text):
        lo, hi = policy.tiers["reached"]
        return Ratio(lo, hi, "repeated")
    said = quantity.result(actual.text)
    if said:
        lo, hi = policy.tiers[said]
        if target.kind in (NUMBER, RANGE, DATE) and said == "partly":
            # How much of a number was reached, the word does not say.
            return Ratio(ZERO, ONE, "tier-partly", below=True)
        return Ratio(lo, hi, f"tier-{said}")
    return _open("words")


def _date(target: Quantity, actual: Quantity, policy: Policy) -> Ratio:
    if actual.kind == TEXT:
        return _said(target, actual, policy)
    if actual.kind != DATE:
        return MET if same(target.text, actual.text) else _open("kinds-differ")
    wanted, reached = target.day, actual.day
    if (wanted[0] is None) != (reached[0] is None):
        return _open("date-coarse")
    for place, (want, have) in enumerate(zip(wanted, reached, strict=True)):
        if want is None and have is None:
            continue
        if want is None:
            # The year or month asked for is reached: nothing finer was asked.
            return MET._replace(why="date-met")
        if have is None:
            return _open("date-coarse")
        if have < want:
            return MET._replace(why="date-met")
        if have > want:
            if place == 1 and have - want < quantity.months(actual.text):
                # 第四季度 may be October.
                return _open("date-coarse")
            return Ratio(ZERO, ONE, "date-missed", below=True)
    return MET._replace(why="date-met")


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _numbers(
    target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy, stated: Stated
) -> Ratio:
    """The ratio of a target that is a number or a range, beside an actual that is a number."""
    found = direction(target, name, level2, policy, actual=actual, stated=stated)
    changed = change_words.sizes_of_change(target, actual, head(name, policy).turn, policy)
    if changed is None:
        return _open("words")
    ratio = _measured(*changed, found, name, level2, policy)
    return ratio._replace(way=found.way, evidence=found.evidence)


def _measured(
    target: Quantity, actual: Quantity, found: Direction, name: str, level2: str, policy: Policy
) -> Ratio:
    """The ratio of two numbers that are in one sense already, where they can be compared at all."""
    uneven = frequency.unequal(target, actual, name)
    if uneven is not None:
        return _for_each(uneven, target, actual, found.way, policy)
    if change_words.within_both(target):
        target, actual = change_words.deviations(target, actual)
    pairs = measures.in_one_measure(target, actual)
    if pairs is None:
        known = {target.family, actual.family}.isdisjoint(("other", ""))
        return _open("units-differ" if known else "words")
    signed = change_words.turn(target, policy).way or head(name, policy).turn
    if measures.unlike(target, actual, policy, below_zero=bool(signed)):
        return _open("words")
    limit = is_limit(target, actual, found, level2, policy)
    ratio = _agreed([compare(sizes, target, actual, found.way, policy, limit=limit) for sizes in pairs])
    if measures.off_by_ten_thousand(target, actual, pairs):
        return _open("scale")
    if ratio.missed and measures.other_things(target, actual, policy):
        return _open("units-differ")
    return ratio


def _for_each(
    uneven: frequency.Unequal, target: Quantity, actual: Quantity, way: str, policy: Policy
) -> Ratio:
    """One for each of something beside a plain total, or two numbers for each of different things."""
    if uneven.paces is not None:
        return _in_a_year(uneven.paces, target, actual, way, policy)
    if uneven.count is None or actual.comparator in SIGNS:
        return _open("per-each")
    plain = target._replace(unit=target.unit.partition("/")[0], lead="")
    pairs = measures.in_one_measure(plain, actual._replace(lead=""))
    if pairs is None or len(pairs) > 1 or target.kind != NUMBER:
        return _open("per-each")
    low, _, value = pairs[0]
    total = low * uneven.count
    found = compare(Sizes(total, total, value), target, actual, way, policy)
    return found._replace(over=None, reducible=False)


def _in_a_year(
    paces: tuple[Pace, Pace], target: Quantity, actual: Quantity, way: str, policy: Policy
) -> Ratio:
    """每月1次 beside 每季度1次: proven as far as the number of months in a year is."""
    one, other = wording.without_pace(target), wording.without_pace(actual)
    pairs = measures.in_one_measure(one, other)
    if pairs is None or len(pairs) > 1 or target.kind != NUMBER or actual.comparator in SIGNS:
        return _open("per-each")
    low, _, value = pairs[0]
    ratios = [
        compare(Sizes(low * times, low * times, value * had), one, other, way, policy)
        for times in (paces[0].least, paces[0].most)
        for had in (paces[1].least, paces[1].most)
    ]
    lo, hi = min(ratio.lo for ratio in ratios), max(ratio.hi for ratio in ratios)
    return Ratio(lo, hi, "met" if lo == 1 else "per-period", open=lo < 1)


def is_limit(
    target: Quantity, actual: Quantity, found: Direction, level2: str, policy: Policy
) -> bool:
    """Whether a range is a limit above: of time, of cost, of temperature, or by its direction."""
    if found.way in (UP, DOWN):
        return found.way == DOWN
    unit = target.unit or actual.unit
    return (
        (target.family or actual.family) in TIMES
        or unit in policy.words["limit_units"]
        or fold(level2).endswith(policy.words["either"])
    )


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
    ratio = _agreed([_one(sizes.low, sizes.actual, actual, each, formula) for each in ways])
    far = policy.far_above is not None and ratio.over is not None and ratio.over > policy.far_above
    return ratio._replace(reducible=True) if far and way == UP else ratio


def _agreed(ratios: list[Ratio]) -> Ratio:
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
        low: its lower end. high: its upper end. value: what was reached.
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
    if low < 0 or value < 0:
        # A share of less than nothing is not defined by the rule.
        return _open("words")
    if value < low:
        # Sooner or cheaper than a range of time or cost is no miss that anybody can prove.
        return Ratio(value / low, ONE if below else value / low, "range-missed")
    share = high / value if value else ONE
    # No clause punishes a count above its range.
    return Ratio(share, share if limit else ONE, "range-missed" if limit else "range-above")
