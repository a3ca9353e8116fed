"""What a run came to, in numbers and in the rows worth showing: as small for 10,000 files as for ten."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.books.summary.order import rank_form
from perfxl.errors import PerfxlError
from perfxl.exits import OK, UNREAD, WRONG
from perfxl.files.find import printable_path
from perfxl.jobs.outcome import Outcome
from perfxl.jobs.work import unforeseen
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.short import FormSummary
from perfxl.texts import Texts

MOST = 40
"""So many forms are listed; of more, those that must be looked at first."""
MOST_NAMED = 10
"""So many forms are told by name in one line."""
FEW = 2
"""So many copies are told each with its place; of more, the folder is told."""


class Row(NamedTuple):
    """A form of the list: what it is sorted by, its file, whether that has others, and the form in short."""

    rank: tuple[Any, ...]
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
        same: files with the same content as another one, each with that one.
        unmarked: files that have no copy, each with the reason.
        unmatched: how many forms were compared with no approved table; without: the first of them.
    """

    files: int = 0
    forms: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    copied: int = 0
    copies: list[Path] = field(default_factory=list)
    kept: int = 0
    same: list[tuple[str, str]] = field(default_factory=list)
    unmarked: list[tuple[str, str]] = field(default_factory=list)
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

    @property
    def exit_code(self) -> int:
        """The exit code of a run that came to this (`perfxl.exits`)."""
        if self.failed or self.unmarked:
            return UNREAD
        return OK if self.clean == self.forms else WRONG

    def add(self, outcome: Outcome, texts: Texts) -> None:
        """Count a file: a few words of it stay, so that a run of any length stays small."""
        self.files += 1
        try:
            self._count(outcome)
        except Exception as error:  # noqa: BLE001  # one file never hides the others
            self.failed.append((outcome.file, texts.error(unforeseen(error))))

    def add_closed(self, folder: Path, error: PerfxlError, texts: Texts) -> None:
        """Count a folder that could not be looked into: its files are not audited."""
        self.failed.append((printable_path(folder), texts.error(error)))

    def _count(self, outcome: Outcome) -> None:
        for form in outcome.forms:
            self.forms += 1
            self.conclusions[form.summary.conclusion] += 1
            self._keep(outcome.file, len(outcome.forms) > 1, form.summary)
            if form.summary.unmatched:
                self._add_unmatched(form.summary, outcome.file)
        if outcome.code is not None:
            self.failed.append((outcome.file, outcome.reason or outcome.code))
        if outcome.copy is not None:
            self._add_copy(outcome.copy)
        self.kept += outcome.kept
        if outcome.same_as is not None:
            self.same.append((outcome.file, outcome.same_as))
        if outcome.no_copy is not None:
            self.unmarked.append((outcome.file, outcome.no_copy))

    def _add_copy(self, copy: Path) -> None:
        """Count a copy; the first ones are kept by name."""
        self.copied += 1
        if self.copied <= FEW:
            self.copies.append(copy)

    def _add_unmatched(self, one: FormSummary, file: str) -> None:
        """Count a form that was compared with no approved table; the first ones are kept by name."""
        self.unmatched += 1
        if self.unmatched <= MOST_NAMED:
            self.without.append(one.name or file)

    def _keep(self, file: str, several: bool, one: FormSummary) -> None:
        """Keep a form for the list, as long as it may be among the first."""
        self._rows.append(Row(rank_form(one, one.name, file), file, several, one))
        if len(self._rows) > 4 * MOST:
            self._rows = sorted(self._rows)[:MOST]

    def listed(self) -> list[Row]:
        """The rows of the list, what must be looked at first at the top; of many only what is wrong."""
        rows = sorted(self._rows)
        if self.forms <= MOST:
            return rows
        return [row for row in rows if row.summary.conclusion is not Conclusion.CLEAN][:MOST]
