"""The arithmetic over units: totals and means weighted by funds, exact, in pandas."""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction

VALUES = ("one", "two", "three")


class Entry(NamedTuple):
    """One unit's part in one figure.

    Attributes:
        line: what it is a part of.
        averaged: whether the parts are averaged by weight, or else added.
        weight: in an average; no matter in a sum.
        one, two, three: up to three numbers that go the same way (low, high and actual).
    """

    line: Hashable
    averaged: bool
    weight: Fraction
    one: Fraction
    two: Fraction = Fraction(0)
    three: Fraction = Fraction(0)


Numbers = tuple[Fraction, Fraction, Fraction]


def combined(entries: Iterable[Entry]) -> dict[Hashable, Numbers]:
    """Each line's numbers: added, or averaged by weight.

    A line whose weights are all zero has no average and is not in the result.
    """
    import pandas as pd  # noqa: PLC0415  # half a second that no other command pays

    listed = list(entries)
    if not listed:
        return {}
    # Columns of objects: fractions stay fractions. Lines go by number, for pandas takes a tuple apart.
    numbers: dict[Hashable, int] = {}
    codes = [numbers.setdefault(entry.line, len(numbers)) for entry in listed]
    lines = list(numbers)
    frame = pd.DataFrame(listed, columns=list(Entry._fields), dtype=object)
    averaged = frame["averaged"].astype(bool)
    weight = frame["weight"].where(averaged, Fraction(1))
    parts = frame[list(VALUES)].mul(weight, axis=0).assign(weight=weight, averaged=averaged)
    groups = parts.groupby(codes)
    totals = groups[[*VALUES, "weight"]].sum()
    divisors = totals["weight"].where(groups["averaged"].first(), Fraction(1))
    kept = divisors[divisors > 0].index
    results = totals.loc[kept, list(VALUES)].div(divisors.loc[kept], axis=0)
    return {
        lines[code]: tuple(row) for code, row in zip(kept.tolist(), results.to_numpy(), strict=True)
    }


def weights(parts: Sequence[tuple[Fraction | None, tuple[Fraction, ...]]]) -> list[Fraction | None]:
    """What weighs each part of an average; None for a part that cannot take part.

    Equal parts need no weights: their mean is what each of them is.

    Args:
        parts: the funds and the numbers of each unit.
    """
    if len({values for _, values in parts}) == 1:
        return [Fraction(1)] * len(parts)
    known = [funds for funds, _ in parts]
    return known if any(known) else [None] * len(parts)
