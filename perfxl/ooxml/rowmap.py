"""Where the rows of a sheet have gone, when some were repeated and others left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from perfxl.ooxml.address import Span, a1, position, span
from perfxl.ooxml.formulas import Runs

Path = tuple[tuple[int, int], ...]
"""The rounds that a row belongs to, from the outermost loop in: (loop, round)."""


class RowOrigin(NamedTuple):
    """A row of the new sheet: the row that it was made from, and the rounds it belongs to.

    A row too tall for the format becomes several, of which the later ones are ``continued``: they
    count where stretches of rows are meant, and not where that row alone is.
    """

    source: int
    path: Path = ()
    continued: bool = False


def together(one: Path, other: Path) -> bool:
    """Whether two rows belong to the same round of every loop that both are in."""
    for (loop, round_), (other_loop, other_round) in zip(one, other, strict=False):
        if loop != other_loop:
            return True
        if round_ != other_round:
            return False
    return True


@dataclass(frozen=True, eq=False)
class RowMap:
    """Old rows to new ones.

    Attributes:
        rows: the new rows in order, the first is row 1.
        old: how many rows the old sheet had; what lies below them moves as a whole.
    """

    rows: Sequence[RowOrigin]
    old: int

    @cached_property
    def _by_source(self) -> dict[int, list[tuple[int, Path, bool]]]:
        found: dict[int, list[tuple[int, Path, bool]]] = {}
        for new, row in enumerate(self.rows, 1):
            found.setdefault(row.source, []).append((new, row.path, row.continued))
        return found

    def new(self, old: int, seen_from: Path = (), *, whole: bool = False) -> list[int]:
        """The new rows that an old one became, as far as they belong with a place; whole: continued ones too."""
        if old > self.old:
            return [old - self.old + len(self.rows)]
        return [
            new
            for new, path, continued in self._by_source.get(old, ())
            if together(path, seen_from) and (whole or not continued)
        ]

    def runs(self, top: int, bottom: int, seen_from: Path = ()) -> Runs:
        """The new rows of a stretch of old ones, neighbours joined."""
        # What lies below the sheet moves as a whole; a stretch to the last row of all is not walked.
        inside = range(top, min(bottom, self.old) + 1)
        whole = top != bottom
        rows = sorted(new for old in inside for new in self.new(old, seen_from, whole=whole))
        found: Runs = []
        for row in rows:
            if found and row <= found[-1][1] + 1:
                found[-1] = (found[-1][0], row)
            else:
                found.append((row, row))
        if bottom > self.old:
            by = len(self.rows) - self.old
            found.append((max(top, self.old + 1) + by, bottom + by))
        return found

    def areas(self, area: Span, seen_from: Path = ()) -> list[Span]:
        """What a rectangle of cells became."""
        return [
            Span(first, area.left, last, area.right)
            for first, last in self.runs(area.top, area.bottom, seen_from)
        ]

    def near(self, old: int) -> int:
        """The new row for something that must stand somewhere: a picture, a selected cell."""
        for row in range(old, self.old + 1):
            found = self.new(row)
            if found:
                return found[0]
        return max(1, old - self.old + len(self.rows))

    def above(self, old: int) -> int:
        """How many new rows came from the first so many old ones."""
        return sum(1 for row in self.rows if row.source <= old)

    def reference(self, text: str) -> str:
        """``B2:C5`` or a list of such, sent; empty where nothing is left."""
        found = [one for part in text.split() for one in self.areas(span(part))]
        return " ".join(area.a1 for area in found)

    def one_cell(self, address: str) -> str:
        """An address that has to be somewhere."""
        row, col = position(address)
        return a1(self.near(row), col)
