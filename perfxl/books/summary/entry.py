"""What the summary says of a form and of the whole set, before it is drawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from perfxl.rules.keys import Decisions
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
        decisions: what people decided of its findings, and its key; None where nobody decides.
        before: grade before the audit: the one stated, else the one that the claimed total earns; "" where
            there is none.
    """

    file: str
    copy: str | None
    policy: str
    short: FormSummary
    key: Any = None
    gone: bool = False
    before: str = ""
    decisions: Decisions | None = None

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


class Lines(NamedTuple):
    """Rows of one form on a long sheet.

    Attributes:
        texts: the rows, see `perfxl.books.summary.rows`.
        places: the place in the copy that each leads to, "" where there is none; () where none does.
    """

    texts: list[str]
    places: Sequence[str] = ()


class Rows(NamedTuple):
    """What one form has on the long sheets.

    Attributes:
        findings, indicators, clues: its rows on each.
        problems: how many findings, by severity and name of the problem.
        unread: how many cells were not understood; None where that is not known.
    """

    findings: Lines
    indicators: Lines
    problems: Counter[tuple[str, str]]
    clues: Lines
    unread: int | None = None


class SummaryInput(NamedTuple):
    """Everything that a summary says.

    Attributes:
        entries: the forms, in any order.
        replaced: forms that are gone and were submitted anew; they are only listed.
        failed: files that could not be read, with the reason.
        rows: gives what the forms have on the long sheets, in the order in which it gets them.
        across: gives what only the whole set shows, when all rows have been taken.
        grades: the grades of the policies in use, from the best down.
    """

    entries: Sequence[Entry]
    replaced: Sequence[Replaced]
    failed: Sequence[tuple[str, str]]
    rows: Callable[[Sequence[Entry]], Iterable[Rows]]
    across: Callable[[], Sequence[CrossFormHint]]
    grades: Sequence[str] = ()
