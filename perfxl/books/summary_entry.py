"""What the summary says of a form and of the whole set, before it is drawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from perfxl.exact import Fraction


class Entry(NamedTuple):
    """One form of the list; points are exact, None where there are none.

    Attributes:
        file: its name as shown.
        copy: path of the marked copy, relative to the summary; None where there is none.
        kind: department, project or transfer.
        policy: its title.
        unread: how many of its cells were not understood.
        key: what its record is fetched by.
        unjudged: it shows nothing that its scores could be judged by.
        gone: the submission is no longer where it was.
    """

    file: str
    copy: str | None
    unit: str
    project: str
    kind: str
    year: int | None
    policy: str
    claimed: Fraction | None
    lo: Fraction | None
    hi: Fraction | None
    recomputed: Fraction | None
    difference: Fraction | None
    proven: Fraction
    claimed_grade: str
    grade: str
    errors: int
    warnings: int
    notes: int
    unread: int = 0
    key: Any = None
    unjudged: bool = False
    gone: bool = False


class Replaced(NamedTuple):
    """A form that is gone, and the file that has come in its place."""

    entry: Entry
    by: str


class Across(NamedTuple):
    """Something that only the whole set shows: a sentence, and the forms or files it is about."""

    kind: str
    text: str
    files: tuple[str, ...]


class Rows(NamedTuple):
    """What one form has on the long sheets.

    Attributes:
        findings, indicators: rows as text, see `perfxl.books.summary_rows`.
        rules: how many findings, by severity and rule.
    """

    findings: list[str]
    indicators: list[str]
    rules: Counter[tuple[str, str]]


class Told(NamedTuple):
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
    across: Callable[[], Sequence[Across]]


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """The person who decides whom to call reads from the top: most claimed too much, most errors first."""
    zero = Fraction(0)
    return sorted(
        entries,
        key=lambda one: (-(one.difference or zero), -one.proven, -one.errors, -one.warnings,
                         one.claimed is None and one.recomputed is None, one.file),
    )  # fmt: skip
