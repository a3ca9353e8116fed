"""Target and actual in one measure: which numbers can be compared at all, and how.

Source: scoring rules, sections "Reading a value" and "Completion ratio r".
"""

from decimal import Decimal
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values import quantity, wording
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import Quantity
from perfxl.forms.values.text import spelling
from perfxl.forms.values.units import unit_of
from perfxl.forms.values.wording import Pace
from perfxl.rules.engine import spans
from perfxl.rules.policies.policy import Policy

TYPO_SCALE = (Fraction(5000), Fraction(20000))
"""Two amounts this many times apart are one amount in 元 and in 万元."""


class Sizes(NamedTuple):
    """A target's ends and an actual in one measure."""

    low: Fraction
    high: Fraction
    actual: Fraction


def in_one_measure(target: Quantity, actual: Quantity) -> list[Sizes] | None:
    """Both sides in one measure, as (low, high, actual); several readings where units are open.

    每月1次 and 每季度1次 are both so many in a year, 5 工作日 and 3 天 both so many days, as far as the
    calendar says how many: the readings are then the ends of what it leaves open.
    """
    readings = _in_one_unit(target, actual)
    if readings is None or per(target) == per(actual):
        return readings
    if not _counted_alike(target, actual):
        return readings
    times = wording.pace(target), wording.pace(actual)
    return [
        Sizes(sizes.low * often, sizes.high * often, sizes.actual * oft)
        for sizes in readings
        for often, oft in _ends_of(*times)
    ]


def _ends_of(target: Pace | None, actual: Pace | None) -> list[tuple[int, int]]:
    """How often a year two paces come, at the two ends of what a year leaves open."""
    if target is None or actual is None:
        return [(1, 1)]
    return sorted({(target.least, actual.most), (target.most, actual.least)})


def _in_one_unit(target: Quantity, actual: Quantity) -> list[Sizes] | None:
    if target.family == actual.family and target.family != "other":
        return [_sizes(target, actual, Fraction(target.factor), Fraction(actual.factor))]
    if {target.family, actual.family} <= spans.FAMILIES:
        return _durations(target, actual)
    one = Fraction(1)
    if target.unit != actual.unit and "other" in (target.family, actual.family):
        plain = quantity.without_rate(target), quantity.without_rate(actual)
        if plain != (target, actual) and plain[0].family != "other" != plain[1].family:
            return _in_one_unit(*plain)
    if quantity.RANK in (target.family, actual.family):
        return None
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


def _durations(target: Quantity, actual: Quantity) -> list[Sizes]:
    """天, 工作日 and 月 in days, at the ends of what the calendar leaves open."""
    low, high = (spans.in_days(target, Fraction(end)) for end in (target.low, target.high))
    value = spans.in_days(actual, Fraction(actual.low))
    readings = [
        Sizes(low.least, high.least, value.most),
        Sizes(low.most, high.most, value.least),
    ]
    return readings if readings[0] != readings[1] else readings[:1]


def _percent_readings(target: Quantity, actual: Quantity) -> list[Sizes]:
    """A bare 96 or 0.96 beside 95%: percent points, or a fraction of one; both where both fit."""
    bare, percent = (actual, target) if not actual.unit else (target, actual)
    hundred = Fraction(100)
    if percent.factor != 1:
        # A bare 0.8 beside ≤1‰ is 0.8 ‰; only a very small number may be a fraction of one.
        scales = [Fraction(percent.factor)] + ([hundred] if 0 < bare.low < Decimal("0.05") else [])
        return [
            _sizes(target, actual, Fraction(target.factor), scale)
            if bare is actual
            else _sizes(target, actual, scale, Fraction(actual.factor))
            for scale in scales
        ]
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
) -> Sizes:
    return Sizes(
        Fraction(target.low) * target_factor,
        Fraction(target.high) * target_factor,
        Fraction(actual.low) * actual_factor,
    )


def unlike(target: Quantity, actual: Quantity, policy: Policy, *, below_zero: bool = False) -> bool:
    """Numbers that only look comparable: a grade and a rank, 每村1个 and 8个, 下降5% and -5%.

    ``below_zero`` says that both are written in one way, so that -5 is simply less than 5.
    """
    if target.low == actual.low and target.high == actual.high:
        # 每月1次 beside 1次 is the same pace; 1个/村 beside 1个/乡 is not.
        both = bool(target.per and actual.per)
        return _since_else(target, actual) or (both and not _counted_alike(target, actual))
    ranks = policy.words["ordinal_units"]
    return (
        (target.unit in ranks and actual.unit in ranks)
        or not _counted_alike(target, actual)
        or _since_else(target, actual)
        or (not below_zero and _across_zero(target, actual))
        or _maybe_share(target, actual)
        or _maybe_share(actual, target)
    )


def _since_else(target: Quantity, actual: Quantity) -> bool:
    """Whether the two are counted from other events (批复后, 验收后), or over other years."""
    pairs = [
        {wording.event(one) for one in (target, actual)},
        {wording.base_year(one) for one in (target, actual)},
    ]
    return any(len(pair - {""}) > 1 for pair in pairs)


def _across_zero(target: Quantity, actual: Quantity) -> bool:
    """Whether one side is below zero and the other above; ±5% is on both."""
    if target.low < 0 < target.high:
        return False
    return actual.low < 0 < target.low or target.low < 0 < actual.low


def _counted_alike(target: Quantity, actual: Quantity) -> bool:
    """Whether both are counted per the same thing, or both so often in some span of time."""
    if per(target) == per(actual):
        return True
    things = [_thing(value) for value in (target, actual)]
    return None not in things and things[0] == things[1]


def _thing(value: Quantity) -> str | None:
    """Of what it is counted so often: 人 of 元/人/月, "" of 1次/月; None of what has no pace."""
    found = wording.pace(value)
    return None if found is None else value.per.removesuffix(found.word)


def per(value: Quantity) -> str:
    """Per what a number is counted: 月 of 每月1次, 村 of 个/村; a year is what a form is about anyway."""
    counted = value.per
    for year in grammar().years:
        counted = counted.removesuffix(year)
    unit = unit_of(counted)
    timed = unit.name and unit.family not in ("other", "count")
    return f"{unit.family}*{unit.factor}" if timed else counted


def _maybe_share(one: Quantity, other: Quantity) -> bool:
    """0.96 beside 95, neither with a unit: likely one share, once of 1 and once of 100."""
    fraction = 0 < one.low < 1 and 1 < other.low <= 100
    return fraction and not one.unit and not other.unit and other.low == other.low.to_integral()


def pace(value: Quantity) -> str:
    """Per what span of time a number is counted: 每月1次, 1次/月; a year is what a form is about anyway."""
    found = wording.pace(value)
    return "" if found is None or found.word in grammar().years else found.word


def other_things(target: Quantity, actual: Quantity, policy: Policy) -> bool:
    """500人次 beside 10场: both are counts, but of different things; 个 and 项 count anything."""
    if target.family != "count" or actual.family != "count" or target.unit == actual.unit:
        return False
    loose = policy.words["loose_units"]
    return target.unit not in loose and actual.unit not in loose


def off_by_ten_thousand(target: Quantity, actual: Quantity, pairs: list[Sizes]) -> bool:
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


def same_figure(target: str, actual: str) -> bool:
    """Whether an actual value is its target again: the same words, or the same figure however written.

    ≥95% and 95.0%, 3天 and 3 天, 1万元 and 10000元 are; a range is none of its ends, and "more than
    95%" says more than 95%.
    """
    if spelling(target) == spelling(actual):
        return True
    one, other = quantity.parse(target), quantity.parse(actual)
    if one.kind != other.kind or other.comparator in (">", "<"):
        return False
    if one.kind == quantity.DATE:
        return (one.day, one.since) == (other.day, other.since)
    if one.kind not in (quantity.NUMBER, quantity.RANGE):
        return False
    if not one.unit or not other.unit or one.unit == other.unit:
        return (one.low, one.high) == (other.low, other.high)
    return one.family == other.family != "other" and _ends(one) == _ends(other)


def _ends(value: Quantity) -> tuple[Decimal, Decimal]:
    return value.low * value.factor, value.high * value.factor
