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
from perfxl.rules.policy import Policy

ZERO, ONE = Fraction(0), Fraction(1)
TYPO_SCALE = (Fraction(5000), Fraction(20000))
"""Two amounts this many times apart are one amount in 元 and in 万元."""


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
        target: what was to be reached.
        actual: what is said to be reached.
        name: the indicator's name, which may say that less is better.
        level2: its second level (成本指标).
        policy: tiers and word lists.
    """
    target, actual = with_zeros(target, actual)
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
    for want, have in zip(wanted, reached, strict=True):
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
    return "either" if target.family == "clock" and rank in policy.words["timeliness"] else "up"


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _numbers(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    pairs = _common(target, actual)
    if pairs is None:
        known = {target.family, actual.family}.isdisjoint(("other", ""))
        return _open("units-differ" if known else "words")
    if _unlike(target, actual, policy):
        return _open("words")
    way = direction(target, name, level2, policy)
    ratios = [
        _one(low, high, value, target, actual, each)
        for low, high, value in pairs
        for each in (("up", "down") if way == "either" else (way,))
    ]
    ratio = ratios[0]
    if len(ratios) > 1 and any((r.lo, r.hi) != (ratio.lo, ratio.hi) for r in ratios):
        ratio = Ratio(min(r.lo for r in ratios), max(r.hi for r in ratios), "either", open=True)
    if _off_by_ten_thousand(target, actual, pairs):
        return _open("scale")
    if ratio.missed and _other_things(target, actual, policy):
        return _open("units-differ")
    return ratio


def _unlike(target: Quantity, actual: Quantity, policy: Policy) -> bool:
    """Numbers that only look comparable: a grade and a rank, 每月1次 and 12次, 下降5% and -5%."""
    if target.low == actual.low and target.high == actual.high:
        return False
    ranks = policy.words["ordinal_units"]
    return (
        (target.unit in ranks and actual.unit in ranks)
        or _pace(target, policy) != _pace(actual, policy)
        or (actual.low < 0 < target.low or target.low < 0 < actual.low)
        or _maybe_share(target, actual)
        or _maybe_share(actual, target)
    )


def _maybe_share(one: Quantity, other: Quantity) -> bool:
    """0.96 beside 95, neither with a unit: likely one share, once of 1 and once of 100."""
    fraction = 0 < one.low < 1 and 1 < other.low <= 100
    return fraction and not one.unit and not other.unit and other.low == other.low.to_integral()


def _pace(value: Quantity, policy: Policy) -> str:
    """Per what a number is counted: 每月1次, 1次/月; a year is what a form is about anyway."""
    for word in policy.words["paces"]:
        if value.lead.endswith(f"每{word}") or value.unit.endswith((f"/{word}", f"每{word}")):
            return word
    return ""


def _other_things(target: Quantity, actual: Quantity, policy: Policy) -> bool:
    """500人次 beside 10场: both are counts, but of different things; 个 and 项 count anything."""
    if target.family != "count" or actual.family != "count" or target.unit == actual.unit:
        return False
    loose = policy.words["loose_units"]
    return target.unit not in loose and actual.unit not in loose


def _common(target: Quantity, actual: Quantity) -> list[tuple[Fraction, Fraction, Fraction]] | None:
    """Both sides in one measure, as (low, high, actual); several readings where units are open."""
    if target.family == actual.family and target.family != "other":
        return [_sizes(target, actual, Fraction(target.factor), Fraction(actual.factor))]
    one = Fraction(1)
    if target.unit != actual.unit and "other" in (target.family, actual.family):
        plain = quantity.without_rate(target), quantity.without_rate(actual)
        if plain != (target, actual) and plain[0].family != "other" != plain[1].family:
            return _common(*plain)
    if target.family == actual.family:
        return [_sizes(target, actual, one, one)] if target.unit == actual.unit else None
    if not target.unit or not actual.unit:
        if "ratio" in (target.family, actual.family):
            return _percent_readings(target, actual)
        scaled = target.scaled if not target.unit else actual.scaled
        if "money" in (target.family, actual.family) and scaled:
            return [_sizes(target, actual, Fraction(target.factor), Fraction(actual.factor))]
        return [_sizes(target, actual, one, one)]
    return None


def _percent_readings(
    target: Quantity, actual: Quantity
) -> list[tuple[Fraction, Fraction, Fraction]]:
    """A bare 96 or 0.96 beside 95%: percent points, or a fraction of one; both where both fit."""
    bare, percent = (actual, target) if not actual.unit else (target, actual)
    hundred = Fraction(100)
    scales = (
        [hundred]
        if 0 < bare.low < 1
        else [Fraction(1)]
        if bare.low == 0 or bare.low * 20 > max(Decimal(40), percent.low)
        else [Fraction(1), hundred]
    )
    if bare is actual:
        return [_sizes(target, actual, Fraction(target.factor), scale) for scale in scales]
    return [_sizes(target, actual, scale, Fraction(actual.factor)) for scale in scales]


def _sizes(
    target: Quantity, actual: Quantity, target_factor: Fraction, actual_factor: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    return (
        Fraction(target.low) * target_factor,
        Fraction(target.high) * target_factor,
        Fraction(actual.low) * actual_factor,
    )


def _off_by_ten_thousand(
    target: Quantity, actual: Quantity, pairs: list[tuple[Fraction, Fraction, Fraction]]
) -> bool:
    """72890 beside 7.29: one amount, once in 元 and once in 万元, with no unit written."""
    if target.unit and actual.unit:
        return False
    if "ratio" in (target.family, actual.family):
        return False
    low, _, value = pairs[0]
    if low <= 0 or value <= 0:
        return False
    times = value / low if value > low else low / value
    return TYPO_SCALE[0] <= times <= TYPO_SCALE[1]


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
