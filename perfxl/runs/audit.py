"""A season's audit: every file of a search through the batch, counted, and its summary brought up to date."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.files.find import Found
from perfxl.jobs.outcome import Outcome
from perfxl.jobs.work import Settings
from perfxl.runs import batch, summary_data
from perfxl.runs.decisions import TakenIn
from perfxl.runs.summary_data import Refreshed
from perfxl.runs.tally import Tally

if TYPE_CHECKING:
    from perfxl.ledger.store import Ledger

Reports = AbstractContextManager[Callable[[Outcome], Outcome]]


@dataclass
class AuditRun:
    """One audit of many files; what it came to fills up while it runs, and stays where it is stopped.

    Attributes:
        found: the files. settings: of their audit. folder: of the results.
        expected: units that should have submitted.
        ledger, jobs, again: as of `perfxl.runs.batch.open_batch`.
        book: the ledger that was used. tally: what the files came to. summary: what became of it.
        taken_in: what people decided since the last run, taken from their workbooks.
    """

    found: Found
    settings: Settings
    folder: Path
    expected: Sequence[str] = ()
    ledger: str | None = None
    jobs: int | None = None
    again: bool = False
    book: "Ledger | None" = None
    tally: Tally = field(default_factory=Tally)
    summary: Refreshed = field(default_factory=Refreshed)
    taken_in: TakenIn = field(default_factory=TakenIn)

    def run(self, reports: Reports, *, records: bool) -> None:
        """Audit every file.

        Args:
            reports: entered when the folder of results is there; takes what became of each file as soon
                as it is known, and gives back what is to be counted.
            records: whether outcomes from the ledger carry their records too.

        Raises:
            UsageError: another perfxl is at work in the folder, or it cannot be written.
            LedgerError: the ledger cannot be used.
        """
        sources, settings = self.found.sources, self.settings
        with (
            batch.open_batch(
                len(sources), settings, self.folder, self.ledger, self.jobs, again=self.again, records=records
            ) as opened,
            reports as report,
        ):  # fmt: skip
            self.book = opened.ledger
            with closing(opened.run(sources)) as outcomes:
                for outcome in outcomes:
                    self.tally.add(report(outcome), opened.texts)
            self.taken_in = opened.taken_in
            self.summary = summary_data.refresh_summary(
                opened.ledger, self.folder, opened.texts, opened.workers, self.expected, settings.policies,
                make=self.tally.files > 1 or bool(self.expected),
            )  # fmt: skip
        for closed, error in self.found.closed:
            self.tally.add_closed(closed, error, opened.texts)
