"""What the summary says of a form and of the whole set, before it is drawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.rules.short import FormSummary


class Entry(NamedTuple):
    """One form of the list.

    Attributes:
        file: its name as shown.
        copy: path of the marked copy, relative to the summary; None where there is none.
        policy: its title.
        short: what is told of the form.
        key: what its record is fetched by.
        gone: the submission is no longer where it was.
    """

    file: str
    copy: str | None
    policy: str
    short: FormSummary
    key: Any = None
    gone: bool = False

    @property
    def unit(self) -> str:
        """Whose it is."""
        return self.short.unit or self.short.project


class Replaced(NamedTuple):
    """A form that is gone, and the file that has come in its place."""

    entry: Entry
    by: str


class CrossFormHint(NamedTuple):
    """Something that only the whole set shows: a sentence, and the forms or files it is about."""

    kind: str
    text: str
    files: tuple[str, ...]


class Rows(NamedTuple):
    """What one form has on the long sheets.

    Attributes:
        findings, indicators, clues: rows as text, see `perfxl.books.summary_rows`.
        rules: how many findings, by severity and rule.
    """

    findings: list[str]
    indicators: list[str]
    rules: Counter[tuple[str, str]]
    clues: list[str]


class SummaryInput(NamedTuple):
    """Everything that a summary says.

    Attributes:
        entries: the forms, in any order.
        replaced: forms that are gone and were submitted anew; they are only listed.
        failed: files that could not be read, with the reason.
        rows: gives what the forms have on the long sheets, in the order in which it gets them.
        across: gives what only the whole set shows, when all rows have been taken.
    """

    entries: Sequence[Entry]
    replaced: Sequence[Replaced]
    failed: Sequence[tuple[str, str]]
    rows: Callable[[Sequence[Entry]], Iterable[Rows]]
    across: Callable[[], Sequence[CrossFormHint]]


def rank_entries(entries: Iterable[Entry]) -> list[Entry]:
    """The person who decides whom to call reads from the top: most claimed too much, most errors first."""
    return sorted(entries, key=_rank)


def _rank(entry: Entry) -> tuple[Any, ...]:
    one = entry.short
    without = one.claimed is None and one.recomputed is None
    return (
        -(one.difference or Fraction(0)),
        -one.proven,
        -one.errors,
        -one.warnings,
        without,
        entry.file,
    )
