"""Admissible intervals, and the exact numbers of a form's fields that they are made of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import Field

_NUMBERS = (Decimal, int)


class Interval(NamedTuple):
    """Admissible scores [lo, hi]; None: not bounded by the form."""

    lo: Fraction | None
    hi: Fraction | None

    @property
    def point(self) -> Fraction | None:
        """The one admissible value, if there is only one."""
        return self.lo if self.lo is not None and self.lo == self.hi else None

    def at_most(self, most: Fraction | None) -> "Interval":
        """What of it lies below a limit, if there is one; where nothing does, its upper end is the limit."""
        ends = [end for end in (self.hi, most) if end is not None]
        return Interval(self.lo, min(ends, default=None))

    def nearest(self, claim: Fraction) -> Fraction:
        """The admissible value nearest to a claim."""
        if self.lo is not None and claim < self.lo:
            return self.lo
        if self.hi is not None and claim > self.hi:
            return self.hi
        return claim


OPEN = Interval(None, None)


def total_of(parts: Sequence[Interval]) -> Interval:
    """The sum of some scores; an end that one of them leaves open is open, as is the sum of none."""
    return Interval(*map(_sum, zip(*parts, strict=True))) if parts else OPEN


def _sum(ends: Sequence[Fraction | None]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return sum(known, Fraction(0)) if len(known) == len(ends) else None


def exact(place: Field) -> Fraction | None:
    """A field's number, exact."""
    return Fraction(place.value) if isinstance(place.value, _NUMBERS) else None
