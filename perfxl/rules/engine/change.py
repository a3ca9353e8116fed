"""What became of an approved target: the same, lowered, raised, or changed in another way.

Only what both texts prove counts. A target to be reached is lowered if its number is smaller, one not
to be exceeded if its number is greater, a period if it ends later, a range if it admits more.
"""

from calendar import monthrange

from perfxl.exact import Fraction
from perfxl.forms.values import wording
from perfxl.forms.values.quantity import BLANK, DATE, NUMBER, RANGE, Quantity
from perfxl.forms.values.text import fold, spelling
from perfxl.forms.values.wording import Pace
from perfxl.rules.engine import change_words, measures, ratio
from perfxl.rules.engine.direction import direction
from perfxl.rules.policies.policy import Policy

SAME, LOWERED, RAISED, CHANGED = "same", "lowered", "raised", "changed"
REVERSED, SIGN, UNITS, MISSING = "reversed", "sign", "units", "missing"
"""The comparator turned round, only written otherwise; measures that cannot be compared; no target."""

_SIGNS = {"≥": "up", ">": "up", "≤": "down", "<": "down"}
LEAP = 2024
"""A year in which February has all its days, for dates without one."""


def change(approved: Quantity, stated: Quantity, name: str, level2: str, policy: Policy) -> str:
    """What a target as stated is to the target as approved.

    Args:
        approved: the approved target.
        stated: the target of the form.
        name: the indicator's name, which may say that less is better.
        level2: its second level.
        policy: the lists of such words.

    Returns:
        same, lowered, raised, changed (it is another one, neither lower nor higher), reversed (≥
        became ≤), sign (the same number, written otherwise), units (cannot be compared) or
        missing (the form states none).
    """
    if fold(approved.text) == fold(stated.text):
        return SAME
    approved, stated = ratio.with_zeros(approved, stated)
    if stated.kind == BLANK:
        return MISSING
    kinds = {approved.kind, stated.kind}
    if kinds == {NUMBER}:
        return _numbers(approved, stated, name, level2, policy)
    if kinds <= {NUMBER, RANGE}:
        return _ranges(approved, stated)
    if kinds == {DATE}:
        return _dates(approved, stated)
    return SAME if spelling(approved.text) == spelling(stated.text) else CHANGED


def _numbers(approved: Quantity, stated: Quantity, name: str, level2: str, policy: Policy) -> str:
    paces = wording.pace(approved), wording.pace(stated)
    if paces != (None, None):
        return _paced(approved, stated, paces, name, level2, policy)
    was, now = change_words.turn(approved, policy), change_words.turn(stated, policy)
    if was.way and now.way and was != now:
        return CHANGED
    how = _sizes(approved, stated, name, level2, policy)
    return _said_otherwise(approved, stated) if how == SAME else how


def _sizes(approved: Quantity, stated: Quantity, name: str, level2: str, policy: Policy) -> str:
    """What became of a number, whatever the words around it say."""
    pairs = measures.in_one_measure(approved, stated)
    signs = _SIGNS.get(approved.comparator), _SIGNS.get(stated.comparator)
    alike = None not in signs and signs[0] == signs[1] and approved.lead == stated.lead
    if pairs is None or measures.unlike(approved, stated, policy, below_zero=alike):
        return UNITS
    if measures.off_by_ten_thousand(approved, stated, pairs):
        return UNITS
    if None not in signs and signs[0] != signs[1]:
        return REVERSED
    # A bare number is in the other's unit, and points where that does: 12 beside 12个月.
    united = _in_unit_of(approved, stated), _in_unit_of(stated, approved)
    was, now = (_direction(one, name, level2, policy) for one in united)
    found = {_moved(pair.low, pair.actual, was, now) for pair in pairs}
    if len(found) > 1:
        return UNITS
    (how,) = found
    if measures.other_things(approved, stated, policy) and not wording.alike(
        approved.unit, stated.unit
    ):
        return UNITS
    rates = wording.rate(approved), wording.rate(stated)
    if "" not in rates and rates[0] != rates[1]:
        return UNITS
    if how == SAME and (approved.comparator in ("<", ">")) != (stated.comparator in ("<", ">")):
        return SIGN
    return how


def _said_otherwise(approved: Quantity, stated: Quantity) -> str:
    """The same number; 左右 on one side only, or other words before it, are worth a look."""
    if wording.about(approved.text) != wording.about(stated.text):
        return SIGN
    leads = spelling(approved.lead), spelling(stated.lead)
    if approved.lead and stated.lead and leads[0] not in leads[1] and leads[1] not in leads[0]:
        return SIGN
    return SAME


def _paced(
    approved: Quantity, stated: Quantity, paces: tuple[Pace | None, Pace | None],
    name: str, level2: str, policy: Policy,
) -> str:  # fmt: skip
    """每月1次 became 每季度1次: fewer in a year, which both texts prove as far as a year is fixed."""
    one, other = wording.without_pace(approved), wording.without_pace(stated)
    was, now = paces
    if was == now or (now is None and was is not None and was.most == 1):
        return _numbers(one, other, name, level2, policy)
    if was is None and now is not None and now.most == 1:
        return _numbers(one, other, name, level2, policy)
    if was is None or now is None or _sizes(one, one._replace(unit=other.unit, family=other.family,
                                            factor=other.factor), name, level2, policy) != SAME:  # fmt: skip
        return UNITS
    factors = Fraction(one.factor), Fraction(other.factor)
    before = [Fraction(one.low) * factors[0] * times for times in (was.least, was.most)]
    after = [Fraction(other.low) * factors[1] * times for times in (now.least, now.most)]
    if before == after:
        return _numbers(one, other._replace(low=one.low, high=one.high), name, level2, policy)
    signs = _SIGNS.get(one.comparator), _SIGNS.get(other.comparator)
    if None not in signs and signs[0] != signs[1]:
        return REVERSED
    if after[0] <= before[1] and before[0] <= after[1]:
        return UNITS
    if wording.of_money(one):
        # So much a month and so much a year: another amount, but what was to be had is not said.
        return CHANGED
    ways = [_direction(value, name, level2, policy) for value in (one, other)]
    return _moved(before[0], after[1] if after[1] < before[0] else after[0], *ways)


def _direction(value: Quantity, name: str, level2: str, policy: Policy) -> str:
    """Up, down or either, by the same evidence as a score."""
    return direction(value, name, level2, policy).way


def _in_unit_of(bare: Quantity, other: Quantity) -> Quantity:
    if bare.unit or not other.unit:
        return bare
    return bare._replace(unit=other.unit, family=other.family, factor=other.factor)


def _moved(approved: Fraction, stated: Fraction, was: str, now: str) -> str:
    if approved == 0 and was == "down":
        # Of what was not to happen at all, any number is more.
        return SAME if stated == 0 else LOWERED
    if was != now:
        # One side states no comparator; that it was meant the other way is not proven.
        return SIGN if approved == stated else CHANGED
    if approved == stated:
        return SAME
    if was == "either":
        return CHANGED
    return LOWERED if (stated < approved) == (was == "up") else RAISED


def _ranges(approved: Quantity, stated: Quantity) -> str:
    """A range that encloses the approved one admits more; any other is another one."""
    low = measures.in_one_measure(approved, stated)
    high = measures.in_one_measure(approved, stated._replace(low=stated.high))
    if low is None or high is None or len(low) > 1 or len(high) > 1:
        return UNITS
    if (low[0].low, low[0].high) == (low[0].actual, high[0].actual):
        return SAME if approved.kind == stated.kind else SIGN
    if NUMBER in (approved.kind, stated.kind):
        return CHANGED
    if low[0].actual <= low[0].low and high[0].actual >= low[0].high:
        return LOWERED
    if low[0].actual >= low[0].low and high[0].actual <= low[0].high:
        return RAISED
    return CHANGED


def _dates(approved: Quantity, stated: Quantity) -> str:
    """A later end is a lower target; a month without a day ends with its last."""
    if (approved.day[0] is None) != (stated.day[0] is None):
        return UNITS
    if approved.comparator != stated.comparator:
        return CHANGED
    if wording.every(approved.text) != wording.every(stated.text):
        return CHANGED
    was, now = _end(*approved.day), _end(*stated.day)
    if was == now:
        return SAME
    if approved.comparator not in ("≤", "<"):
        return CHANGED
    return LOWERED if now > was else RAISED


def _end(year: int | None, month: int | None, day: int | None) -> tuple[int, int, int]:
    """The last day that a date written without day or month means."""
    month = month or 12
    last = monthrange(year or LEAP, month)[1]
    return year or 0, month, min(day or last, last)
