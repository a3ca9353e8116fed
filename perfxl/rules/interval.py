"""Admissible intervals: what the form proves of a score, as exact fractions."""

from typing import NamedTuple

from perfxl.exact import Fraction


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
