"""Exact numbers: fractions, as fast as they come.

quicktions is the standard library's Fraction in compiled form, ten times as fast and equal to it
in every comparison and hash.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    from quicktions import Fraction

__all__ = ["Fraction"]
