"""The completion ratio r of an indicator: an interval within [0, 1] that the form itself proves.

Source: scoring rules, section "Completion ratio r". Numbers are exact fractions. Where the form
leaves something open, the interval says how much; `why` tells a person.
"""

from decimal import Decimal
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms import quantity
from perfxl.forms.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.text import fold, same
from perfxl.rules import measures
from perfxl.rules.measures import Sizes
from perfxl.rules.policy import Policy

ZERO, ONE = Fraction(0), Fraction(1)


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
    """

    lo: Fraction
    hi: Fraction
    why: str
    open: bool = False
    below: bool = False
    bound: bool = False
    over: Fraction | None = None
    arithmetic: tuple[str, str] | None = None

    @property
    def fraction(self) -> bool:
        """Whether the ratio is a true fraction: only such scores are ever rounded."""
        return self.lo == self.hi and 0 < self.lo < 1

    @property
    def missed(self) -> bool:
        """Whether the target is proven not to be reached."""
        return self.hi < 1 or self.below

    @property
    def met(self) -> bool:
        """Whether the target is proven to be reached in full."""
        return self.lo == ONE


MET = Ratio(ONE, ONE, "met")
UNSTATED = Ratio(ZERO, ONE, "unstated", open=True)
"""The form has no column for what was reached; nothing can be said of it."""


def _open(why: str) -> Ratio:
    return Ratio(ZERO, ONE, why, open=True)


def judge(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    """The ratio of one indicator.

    Args:
        target: what was to be reached, as `with_zeros` understood it beside the actual.
        actual: what is said to be reached, likewise.
        name: the indicator's name, which may say that less is better.
        level2: its second level (成本指标).
        policy: tiers and word lists.
    """
    if actual.kind == BLANK:
        return Ratio(ZERO, ZERO, "no-actual")
    if target.kind == BLANK:
        return _open("no-target")
    if target.kind == DATE:
        return _date(target, actual, policy)
    if target.kind in (NUMBER, RANGE):
        if actual.kind == NUMBER:
            return _numbers(target, actual, name, level2, policy)
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


def direction(target: Quantity, name: str, level2: str, policy: Policy) -> str:
    """Up (to be reached), down (not to be exceeded) or either, for a target of numbers."""
    if target.comparator in ("≥", ">"):
        return "up"
    if target.comparator in ("≤", "<"):
        return "down"
    words = fold(name)
    if _holds(words, policy.words["more_is_better"]):
        return "up"
    if _holds(words, policy.words["less_is_better"]):
        # 投诉 are to be few, 投诉处理 may be work done.
        return "either" if _holds(words, policy.words["handling"]) else "down"
    rank = fold(level2)
    if rank.endswith(tuple(policy.words["either"])) or _holds(words, policy.words["either_names"]):
        return "either"
    return (
        "either"
        if target.family in ("clock", "workday") and rank in policy.words["timeliness"]
        else "up"
    )


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _numbers(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    pairs = measures.in_one_measure(target, actual)
    if pairs is None:
        known = {target.family, actual.family}.isdisjoint(("other", ""))
        return _open("units-differ" if known else "words")
    if measures.unlike(target, actual, policy):
        return _open("words")
    way = direction(target, name, level2, policy)
    ratio = _agreed([compare(sizes, target, actual, way) for sizes in pairs])
    if measures.off_by_ten_thousand(target, actual, pairs):
        return _open("scale")
    if ratio.missed and measures.other_things(target, actual, policy):
        return _open("units-differ")
    return ratio


def compare(sizes: Sizes, target: Quantity, actual: Quantity, way: str) -> Ratio:
    """The ratio of sizes in one measure.

    Args:
        sizes: the target's ends and the actual.
        target: whether it is a number or a range.
        actual: whether it is written as a bound.
        way: up, down, or either, which leaves the ratio open between the two.
    """
    ways = ("up", "down") if way == "either" else (way,)
    return _agreed([_one(*sizes, target, actual, each) for each in ways])


def _agreed(ratios: list[Ratio]) -> Ratio:
    """Several readings of one row: the first where all say the same, else open between them."""
    first = ratios[0]
    if all((ratio.lo, ratio.hi) == (first.lo, first.hi) for ratio in ratios):
        return first
    lo, hi = min(ratio.lo for ratio in ratios), max(ratio.hi for ratio in ratios)
    return Ratio(lo, hi, "either", open=True)


def _one(
    low: Fraction, high: Fraction, value: Fraction, target: Quantity, actual: Quantity, way: str
) -> Ratio:
    """One reading of target and actual in one direction."""
    if target.kind == RANGE:
        return _in_range(low, high, value, actual)
    bound = actual.comparator
    if way == "up":
        ratio = _reached(low, value)
        if bound in ("≤", "<"):
            # 不超过90% says nothing of how much was reached at least.
            return Ratio(ZERO, ratio.hi, "bound-above", open=True, bound=True)
        return ratio._replace(bound=bound in ("≥", ">"))
    ratio = _limited(low, value)
    if bound in ("≥", ">"):
        return Ratio(ZERO, ratio.hi, "bound-below", open=True, bound=True)
    return ratio._replace(bound=bound in ("≤", "<"))


def _reached(target: Fraction, value: Fraction) -> Ratio:
    if target <= 0:
        met = value >= target
        return Ratio(ONE, ONE, "met") if met else Ratio(ZERO, ZERO, "not-met")
    if value >= target:
        over = value / target
        return Ratio(ONE, ONE, "met", over=over if over > 1 else None)
    share = max(ZERO, value / target)
    return Ratio(share, share, "ratio")


def _limited(target: Fraction, value: Fraction) -> Ratio:
    if value <= target:
        return Ratio(ONE, ONE, "within")
    if target <= 0:
        return Ratio(ZERO, ZERO, "not-met")
    share = target / value
    return Ratio(share, share, "inverse")


def _in_range(low: Fraction, high: Fraction, value: Fraction, actual: Quantity) -> Ratio:
    bound = actual.comparator if actual.comparator in ("≥", ">", "≤", "<") else ""
    outside = not low <= value <= high
    if not bound:
        return _range_miss(low, high, value) if outside else Ratio(ONE, ONE, "range-met")
    beyond = value > high if bound in ("≥", ">") else value < low
    most = _range_miss(low, high, value).hi if beyond else ONE
    return Ratio(ZERO, most, "bound-range", open=True, bound=True)


def _range_miss(low: Fraction, high: Fraction, value: Fraction) -> Ratio:
    if low < 0 or value < 0:
        # A share of less than nothing is not defined by the rule.
        return _open("words")
    share = value / low if value < low else high / value
    return Ratio(share, share, "range-missed")
