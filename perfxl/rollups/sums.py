"""The arithmetic over units: sums, and means weighted by funds. All of it is exact."""

from collections.abc import Iterable, Sequence

from perfxl.exact import Fraction
from perfxl.rules.engine.ratio import ONE, ZERO

Numbers = tuple[Fraction, ...]


def or_zero(end: Fraction | None) -> Fraction:
    """An end of an interval, 0 where it is open."""
    return end or ZERO


def total(parts: Iterable[Numbers]) -> Numbers:
    """The sum of the units' numbers, each with its like."""
    return tuple(sum(column, ZERO) for column in zip(*parts, strict=True))


def mean(parts: Sequence[Numbers], weights: Sequence[Fraction | None]) -> Numbers | None:
    """The mean of the units' numbers by weight; None where nothing weighs anything.

    Args:
        parts: the numbers of each unit.
        weights: of each unit; one without a weight takes no part.
    """
    whole = sum(map(or_zero, weights), ZERO)
    if whole <= 0:
        return None
    pairs = zip(parts, map(or_zero, weights), strict=True)
    weighed = total(tuple(number * weight for number in part) for part, weight in pairs)
    return tuple(number / whole for number in weighed)


def weights(parts: Sequence[tuple[Fraction | None, Numbers]]) -> list[Fraction | None]:
    """What weighs each part of a mean; None for a part that cannot take part.

    Equal parts need no weights: their mean is what each of them is.

    Args:
        parts: the funds and the numbers of each unit.
    """
    if len({numbers for _, numbers in parts}) == 1:
        return [ONE] * len(parts)
    known = [funds for funds, _ in parts]
    return known if any(known) else [None] * len(parts)
