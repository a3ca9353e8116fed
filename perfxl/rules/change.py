"""What became of an approved target: the same, lowered, raised, or changed in another way.

Only what both texts prove counts. A target to be reached is lowered if its number is smaller, one not
to be exceeded if its number is greater, a period if it ends later, a range if it admits more.
"""

from calendar import monthrange

from perfxl.exact import Fraction
from perfxl.forms.quantity import BLANK, DATE, NUMBER, RANGE, Quantity
from perfxl.forms.text import fold, spelling
from perfxl.rules import measures, ratio
from perfxl.rules.policy import Policy

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
        became ≤), sign (the same number under another sign), units (cannot be compared) or
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
    pairs = measures.in_one_measure(approved, stated)
    if pairs is None or measures.unlike(approved, stated, policy):
        return UNITS
    if measures.off_by_ten_thousand(approved, stated, pairs):
        return UNITS
    signs = _SIGNS.get(approved.comparator), _SIGNS.get(stated.comparator)
    if None not in signs and signs[0] != signs[1]:
        return REVERSED
    was, now = (ratio.direction(one, name, level2, policy) for one in (approved, stated))
    found = {_moved(pair.low, pair.actual, was, now) for pair in pairs}
    if len(found) > 1:
        return UNITS
    (how,) = found
    if how != SAME and measures.other_things(approved, stated, policy):
        return UNITS
    if how == SAME and (approved.comparator in ("<", ">")) != (stated.comparator in ("<", ">")):
        return SIGN
    return how


def _moved(approved: Fraction, stated: Fraction, was: str, now: str) -> str:
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
