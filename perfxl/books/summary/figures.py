"""The figures of a season: what is taken off whom, the grades before and after, how far totals differ.

Points are summed as they are shown, with two decimals, so that whoever adds up the list gets the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.books.summary.entry import Entry
from perfxl.books.summary.order import natural_key
from perfxl.exact import Fraction, round_half_up
from perfxl.forms.values.text import match_key

# Upper ends of the classes of differences, in points; what is beyond the last one is a class of its own.
ENDS = tuple(Fraction(end) / 100 for end in (-500, -200, -100, -5, 5, 100, 200, 500))
NOTHING = Decimal(0)


class Sum(NamedTuple):
    """Points, and how many forms they come from."""

    points: Decimal = NOTHING
    forms: int = 0

    def plus(self, points: Decimal) -> "Sum":
        """With those of one more form."""
        return Sum(self.points + points, self.forms + 1)


class Figures(NamedTuple):
    """The figures of a season.

    Attributes:
        off: points to take off: claimed more than recomputed.
        up: points to add: claimed less than recomputed.
        proven: points proven to be claimed too much, row by row.
        units: who has points taken off, the most first: (unit, points and forms).
        grades: (grade, forms before, forms after the audit), the best grade first.
        classes: how many forms in each class of differences, see `ENDS`.
    """

    off: Sum
    up: Sum
    proven: Sum
    units: list[tuple[str, Sum]]
    grades: list[tuple[str, int, int]]
    classes: list[int]


def shown(points: Fraction | None) -> Decimal | None:
    """Points as they are shown."""
    return None if points is None else round_half_up(points, 2)


def compute_figures(entries: Sequence[Entry], grades: Sequence[str]) -> Figures:
    """The figures of some forms.

    Args:
        entries: the forms.
        grades: of the policies in use, from the best down.
    """
    off, up, proven = Sum(), Sum(), Sum()
    units: dict[str, tuple[str, Sum]] = {}
    for entry in entries:
        difference = shown(entry.short.difference) or NOTHING
        claimed_too_much = shown(entry.short.proven) or NOTHING
        if claimed_too_much > 0:
            proven = proven.plus(claimed_too_much)
        if difference < 0:
            up = up.plus(-difference)
        if difference > 0:
            off = off.plus(difference)
            key = match_key(entry.unit)
            name, before = units.get(key, (entry.unit, Sum()))
            units[key] = name, before.plus(difference)
    return Figures(
        off, up, proven,
        sorted(units.values(), key=lambda unit: (-unit[1].points, natural_key(unit[0]))),
        _grades(entries, grades),
        count_classes(entry.short.difference for entry in entries),
    )  # fmt: skip


def _grades(entries: Iterable[Entry], grades: Sequence[str]) -> list[tuple[str, int, int]]:
    """Forms by grade before and after; those without one of both are counted in neither."""
    both = [
        (entry.before, entry.short.grade)
        for entry in entries
        if entry.before in grades and entry.short.grade in grades
    ]
    before, after = (Counter(side) for side in zip(*both, strict=True)) if both else ({}, {})
    return [(grade, before.get(grade, 0), after.get(grade, 0)) for grade in grades] if both else []


def count_classes(differences: Iterable[Fraction | None]) -> list[int]:
    """How many differences lie in each class; the ends belong to the class nearer to zero."""
    counts = [0] * (len(ENDS) + 1)
    for one in differences:
        if one is not None:
            counts[sum(one > end if end > 0 else one >= end for end in ENDS)] += 1
    return counts
