"""What a run came to, in numbers and in the rows worth showing: as small for 10,000 files as for ten."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.short import FormSummary

MOST = 100
"""So many rows of one kind are shown; of more forms, those with most to look at."""
MOST_NAMED = 10
"""So many forms are told by name in one line."""
MOST_COPIES = 40
"""More copies than these are told by their folder."""


MILD = frozenset({Conclusion.CLEAN, Conclusion.WARNINGS})


class Row(NamedTuple):
    """A form of the list: how bad it is, its place in the run, its file, and the form in short."""

    weight: tuple[int, Fraction, int]
    number: int
    file: str
    several: bool
    summary: FormSummary


@dataclass
class Tally:
    """What a run showed so far.

    Attributes:
        files, forms: how many. conclusions: how many forms came to which.
        failed: files with the reason.
        copied, copies: how many files have a copy, and where the first of them are.
        kept: how many files did not change since they were done.
        same: sentences on files with the same content.
        unmarked: sentences on copies that could not be made.
        unmatched: how many forms were compared with no approved table; without: the first of them.
    """

    files: int = 0
    forms: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    copied: int = 0
    copies: list[Path] = field(default_factory=list)
    kept: int = 0
    same: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    unmatched: int = 0
    without: list[str] = field(default_factory=list)
    conclusions: Counter[Conclusion] = field(default_factory=Counter)
    _rows: list[Row] = field(default_factory=list)

    @property
    def clean(self) -> int:
        """How many forms were understood and have nothing wrong."""
        return self.conclusions[Conclusion.CLEAN]

    @property
    def wrong(self) -> int:
        """How many forms have errors or lack an explanation."""
        return self.conclusions[Conclusion.ERRORS] + self.conclusions[Conclusion.WARNINGS]

    def add_copy(self, copy: Path) -> None:
        """Count a copy; the first ones are kept by name."""
        self.copied += 1
        if self.copied <= MOST_COPIES:
            self.copies.append(copy)

    def add_unmatched(self, one: FormSummary, file: str) -> None:
        """Count a form that was compared with no approved table; the first ones are kept by name."""
        self.unmatched += 1
        if self.unmatched <= MOST_NAMED:
            self.without.append(one.name or file)

    def keep(self, file: str, several: bool, one: FormSummary) -> None:
        """Keep a form for the list, if it is among the worst."""
        weight = (
            int(one.conclusion not in MILD),
            abs(one.difference or Fraction(0)),
            one.errors + one.warnings,
        )
        row = Row(weight, -self.forms, file, several, one)
        if len(self._rows) < MOST:
            heapq.heappush(self._rows, row)
        else:
            heapq.heappushpop(self._rows, row)

    def shown(self) -> list[Row]:
        """The rows of the list, in the order of the files."""
        return sorted(self._rows, key=lambda row: -row.number)
