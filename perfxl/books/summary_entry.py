"""What the summary says of a form and of the whole set, before it is drawn."""

from collections.abc import Iterable
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


class Across(NamedTuple):
    """Something that only the whole set shows: a sentence, and the forms or files it is about."""

    kind: str
    text: str
    files: tuple[str, ...]


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """The person who decides whom to call reads from the top: most claimed too much, most errors first."""
    zero = Fraction(0)
    return sorted(
        entries,
        key=lambda one: (-(one.difference or zero), -one.proven, -one.errors, -one.warnings, one.file),
    )  # fmt: skip
