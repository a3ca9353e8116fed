"""Amounts of money from two files: are they one amount, in whatever unit each is written?"""

from collections.abc import Mapping

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form
from perfxl.forms.values.text import normalize
from perfxl.forms.words import vocabulary
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.tolerance import decimals

NEARBY = Fraction(4)
"""Two amounts less than so many times apart do not differ by their units."""


def same(one: Field, other: Field, form: Form, other_form: Form) -> bool | None:
    """Whether two amounts are the same, at the precision of the coarser; None where units are open.

    Args:
        one: an amount.
        other: another one.
        form: whose amount the first is; states its unit of money, or does not.
        other_form: whose the second is.
    """
    first, second = exact(one), exact(other)
    if first is None or second is None:
        return None
    # An unstated unit is any of them, the other amount's own first of all.
    unit, other_unit = _find_unit(form), _find_unit(other_form)
    known = {**_units(other_form), **_units(form)}
    found = [
        _equal(
            first * factor, second * other_factor, _half(one) * factor, _half(other) * other_factor
        )
        for factor in _factors(unit, other_unit, known)
        for other_factor in _factors(other_unit, unit, known)
    ]
    if any(found):
        return True
    stated = unit in known and other_unit in known
    near = bool(first and second) and 1 / NEARBY < first / second < NEARBY
    return False if stated or near else None


def _find_unit(form: Form) -> str:
    return normalize(str(form.money_unit.value or "")).strip("()")


def _units(form: Form) -> Mapping[str, int]:
    """The units of money that a form was read with, the user's own among them."""
    return dict(form.money_units) or vocabulary.load().money


def _factors(unit: str, other: str, known: Mapping[str, int]) -> list[Fraction]:
    if unit in known:
        return [Fraction(known[unit])]
    if other in known:
        return [Fraction(factor) for factor in known.values()]
    return [Fraction(1)]


def _equal(one: Fraction, other: Fraction, half: Fraction, other_half: Fraction) -> bool:
    return bool(abs(one - other) <= max(half, other_half))


def _half(place: Field) -> Fraction:
    """Half a unit of the last digit of an amount as it is written."""
    return Fraction(1, 2 * 10 ** decimals(place.text))
