"""Admissible intervals, and the exact numbers of a form's fields that they are made of."""

from decimal import Decimal
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import Field


class Interval(NamedTuple):
    """Admissible scores [lo, hi]; None: not bounded by the form."""

    lo: Fraction | None
    hi: Fraction | None

    @property
    def point(self) -> Fraction | None:
        """The one admissible value, if there is only one."""
        return self.lo if self.lo is not None and self.lo == self.hi else None

    def nearest(self, claim: Fraction) -> Fraction:
        """The admissible value nearest to a claim."""
        if self.lo is not None and claim < self.lo:
            return self.lo
        if self.hi is not None and claim > self.hi:
            return self.hi
        return claim


OPEN = Interval(None, None)


def exact(place: Field) -> Fraction | None:
    """A field's number, exact."""
    return Fraction(place.value) if isinstance(place.value, Decimal | int) else None
