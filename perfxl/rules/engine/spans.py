"""Durations in days as bounds: how many days 5 工作日, 一个月 or 半年 may be.

What a calendar leaves open stays open: one month has 28 to 31 days. Source: scoring rules, section
"Reading a value" (units of one dimension convert).
"""

from functools import cache
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values.quantity import Quantity

CLOCK, WORKDAY, CALENDAR = "clock", "workday", "calendar"
FAMILIES = frozenset({CLOCK, WORKDAY, CALENDAR})
_DAY = 86400
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP = (31, 29, *_LENGTHS[2:])
_REST_DAYS = 9
"""A national holiday of eight days with the week-end beside it, at most, within any working week."""


class Days(NamedTuple):
    """At least and at most so many days."""

    least: Fraction
    most: Fraction


def in_days(value: Quantity, number: Fraction) -> Days:
    """A number of a duration's unit in days.

    Args:
        value: the duration whose unit it is; of the family clock, workday or calendar.
        number: how many of its units.
    """
    size = number * Fraction(value.factor)
    if value.family == CLOCK:
        return Days(size / _DAY, size / _DAY)
    if value.family == WORKDAY:
        # Five working days may be over within five days, or take two holidays more.
        return Days(size, size * 2 + _REST_DAYS if size else size)
    whole = size.numerator // size.denominator
    part = size - whole
    least, most = _of_months(whole)
    return Days(least + part * 28, most + part * 31)


@cache
def _of_months(count: int) -> tuple[int, int]:
    """The least and the most days of so many months in a row; leap years come every fourth year."""
    years, months = divmod(count, 12)
    if years > 200:
        return count * 28, count * 31
    ends = [
        sum(lengths[(start + step) % 12] for step in range(months))
        for lengths in (_LENGTHS, _LEAP)
        for start in range(12)
    ]
    return years * 365 + min(ends), years * 366 + max(ends)
