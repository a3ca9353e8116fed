"""The rows of a season's long sheets, put together by whoever audited its forms: other processes, too."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl import texts
from perfxl.books.summary import rows as summary_rows
from perfxl.books.summary.entry import Entry, Rows
from perfxl.errors import PerfxlError
from perfxl.jobs import outcome
from perfxl.jobs.job import Work
from perfxl.jobs.pool import InlineExecutor, Pool
from perfxl.jobs.work import Settings, unforeseen
from perfxl.rules import across
from perfxl.rules.across import Traits
from perfxl.runs import run

if TYPE_CHECKING:
    from perfxl.ledger.store import Ledger

TOGETHER, LARGE = 24, 1 << 20
"""So many forms go to a process at once, unless their compressed records are as large as this."""
Answer = list[tuple[Rows, Traits]]


@dataclass(frozen=True, slots=True)
class Portion(Work):
    """Some forms and their records, compressed."""

    entries: tuple[Entry, ...]
    records: tuple[bytes, ...]
    language: str
    target: Path | None = None

    def carry_out(self, _: Settings) -> Answer:
        """The rows of each form, and what of it is compared with others."""
        # Records are trees without a cycle: looking for cycles in them is a tenth of the time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._rows()
        finally:
            if collecting:
                gc.enable()

    def _rows(self) -> Answer:
        words = texts.load_texts(self.language)
        told = []
        for entry, packed in zip(self.entries, self.records, strict=True):
            try:
                record = outcome.unpack_record(packed)
                rows = summary_rows.form_rows(entry, record, words)
                told.append((rows, across.traits(record, entry.file)))
            except Exception as error:  # noqa: BLE001  # one form never costs the others their rows
                reason = words.error(unforeseen(error))
                told.append((summary_rows.lost(entry, reason, words), across.NOTHING))
        return told

    def given_up(self, _: PerfxlError, __: Settings) -> None:
        """Nothing: whoever asked does it himself."""


def collect_rows(
    entries: Sequence[Entry], ledger: "Ledger", language: str, workers: Pool | InlineExecutor
) -> Iterator[tuple[Rows, Traits]]:
    """The rows of some forms, in their order.

    Args:
        entries: the forms; the key of each is (result, number of the form, its place).
        ledger: where their records are.
        language: of the rows.
        workers: who puts them together.

    Raises:
        LedgerError: the records cannot be read.
    """

    def portions() -> Iterator[Portion]:
        for start in range(0, len(entries), TOGETHER):
            chunk = entries[start : start + TOGETHER]
            records = ledger.records({entry.key[0] for entry in chunk})
            packed = (
                records[result][number : number + 1]
                for result, number, _ in (one.key for one in chunk)
            )
            # A record that is not there is none that can be read, and is told as such.
            ready = [one[0] if one else b"" for one in packed]
            size = TOGETHER if sum(map(len, ready)) < LARGE else 1
            for first in range(0, len(chunk), size):
                part = slice(first, first + size)
                yield Portion(tuple(chunk[part]), tuple(ready[part]), language)

    asked: dict[int, Portion] = {}

    def begin(number: int, portion: Portion) -> Portion:
        asked[number] = portion
        return portion

    def arrived(number: int, answer: Answer | None) -> list[tuple[int, Answer]]:
        portion = asked.pop(number)
        return [(number, portion.carry_out(workers.settings) if answer is None else answer)]

    answers = run.in_order(portions(), begin, workers, arrived)
    # The first portions are at work while the caller is still busy with something else.
    first = list(islice(answers, 1))
    return chain.from_iterable(chain(first, answers))
