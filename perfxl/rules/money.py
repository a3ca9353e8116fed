"""Amounts of money from two files: are they one amount, in whatever unit each is written?"""

from perfxl.exact import Fraction
from perfxl.forms import vocabulary
from perfxl.forms.model import Field
from perfxl.forms.text import fold
from perfxl.rules.interval import exact

NEARBY = Fraction(4)
"""Two amounts less than so many times apart do not differ by their units."""


def same(one: Field, other: Field, unit: str, other_unit: str) -> bool | None:
    """Whether two amounts are the same, at the precision of the coarser; None where units are open.

    Args:
        one: an amount.
        other: another one.
        unit: the first one's unit of money, "" where it is not stated.
        other_unit: the second one's.
    """
    first, second = exact(one), exact(other)
    if first is None or second is None:
        return None
    # An unstated unit is any of them, the other amount's own first of all.
    found = [
        _equal(
            first * factor, second * other_factor, _half(one) * factor, _half(other) * other_factor
        )
        for factor in _factors(unit, other_unit)
        for other_factor in _factors(other_unit, unit)
    ]
    if any(found):
        return True
    stated = bool(unit and other_unit)
    near = bool(first and second) and 1 / NEARBY < first / second < NEARBY
    return False if stated or near else None


def _factors(unit: str, other: str) -> list[Fraction]:
    known = vocabulary.load().money
    if unit in known:
        return [Fraction(known[unit])]
    if other in known:
        return [Fraction(factor) for factor in known.values()]
    return [Fraction(1)]


def _equal(one: Fraction, other: Fraction, half: Fraction, other_half: Fraction) -> bool:
    return bool(abs(one - other) <= max(half, other_half))


def _half(place: Field) -> Fraction:
    """Half a unit of the last digit of an amount as it is written."""
    part = fold(place.text).rstrip("%分元万").partition(".")[2]
    return Fraction(1, 2 * 10 ** (len(part) if part.isdigit() else 0))
