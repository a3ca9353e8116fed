"""What people decided of findings: taken from their workbooks, kept for ever, the latest one holding."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from perfxl.files.intake import Stamp
from perfxl.ledger.rows import clean
from perfxl.ledger.schema import decisions, forms, results, seen, sheets
from perfxl.ledger.store import CHUNK, Ledger
from perfxl.rules.keys import form_key


class Choice(StrEnum):
    """What a person decides of a finding; the words for it stand in the texts."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    QUERIED = "queried"
    NONE = ""


class Decision(NamedTuple):
    """One decision, as a workbook held it at one time.

    Attributes:
        form, finding: keys, see `perfxl.rules.keys`.
        choice: what was decided; NONE: nothing, or no more.
        reason, person: as typed.
        decided_on: the date as YYYY-MM-DD where it is one, else as typed.
        source: the workbook, below the folder of results. place: sheet and row within it.
    """

    form: str
    finding: str
    choice: Choice
    reason: str = ""
    person: str = ""
    decided_on: str = ""
    source: str = ""
    place: str = ""

    @property
    def told(self) -> tuple[str, str, str, str]:
        """What a person filled in."""
        return self.choice, self.reason, self.person, self.decided_on


Key = tuple[str, str]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_history(
    ledger: Ledger, wanted: Collection[str] | None = None
) -> dict[Key, list[Decision]]:
    """Every decision of this folder of results by form and finding, in the order of their coming.

    Args:
        ledger: where they are kept.
        wanted: keys of the forms that are asked for; None: all.
    """
    columns = decisions.c
    question = select(
        columns.form, columns.finding, columns.choice, columns.reason, columns.person,
        columns.decided_on, columns.source, columns.place,
    ).where(columns.folder == ledger.folder).order_by(columns.id)  # fmt: skip
    chunks = [None] if wanted is None else _chunks(sorted(wanted))
    found: dict[Key, list[Decision]] = {}
    for chunk in chunks:
        for row in ledger.rows(
            question if chunk is None else question.where(columns.form.in_(chunk))
        ):
            one = Decision(*tuple(row))._replace(choice=Choice(row.choice))
            found.setdefault((one.form, one.finding), []).append(one)
    return found


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def current(history: Iterable[Decision]) -> list[Decision]:
    """What each workbook says of one finding last, the one that holds first.

    The later date holds; of equal ones what came later. A workbook that says nothing any more takes its
    own word back and nobody else's.
    """
    last = {one.source: (number, one) for number, one in enumerate(history)}
    told = [(_date(one), number, one) for number, one in last.values() if any(one.told)]
    return [one for _, _, one in sorted(told, key=lambda each: each[:2], reverse=True)]


def _date(one: Decision) -> str:
    """The date that a decision counts by; what is no date says nothing of which came later."""
    return one.decided_on if _DAY.fullmatch(one.decided_on) else ""


def standing(history: Iterable[Decision]) -> Decision | None:
    """The decision that holds; None where there is none."""
    return next(iter(current(history)), None)


def disagreeing(history: Iterable[Decision]) -> list[Decision]:
    """The decisions of one finding where workbooks say different things; [] where they agree."""
    told = current(history)
    return told if len({one.choice for one in told}) > 1 else []


def add(ledger: Ledger, found: Sequence[Decision], looked: Sequence[tuple[str, Stamp, str]]) -> int:
    """Enter what is new of the decisions, and how the workbooks looked, all or nothing.

    Args:
        ledger: where they are kept.
        found: what the workbooks hold now; what a workbook said already is no news.
        looked: path, stamp and digest of each workbook.

    Returns:
        How many decisions were new.
    """
    said = read_history(ledger, {one.form for one in found})
    now = datetime.now(UTC)
    new = []
    for typed in found:
        one = _storable(typed)
        before = [old for old in said.get((one.form, one.finding), ()) if old.source == one.source]
        if one.told != (before[-1].told if before else Decision("", "", Choice.NONE).told):
            new.append(one._asdict() | {"folder": ledger.folder, "taken_at": now})
    ledger.enter([(decisions, new), (sheets, _sheet_rows(ledger, looked, now))])
    return len(new)


def note(ledger: Ledger, looked: Sequence[tuple[str, Stamp, str]]) -> None:
    """Enter how workbooks look: path, stamp and digest of each."""
    if looked:
        ledger.enter([(sheets, _sheet_rows(ledger, looked, datetime.now(UTC)))])


def _sheet_rows(
    ledger: Ledger, looked: Sequence[tuple[str, Stamp, str]], now: datetime
) -> list[dict[str, Any]]:
    return [
        {
            "folder": ledger.folder, "path": clean(path), "size": stamp.size, "mtime": stamp.mtime,
            "ctime": stamp.ctime, "settled": stamp.settled, "content": content, "looked_at": now,
        }
        for path, stamp, content in looked
    ]  # fmt: skip


def _storable(one: Decision) -> Decision:
    """What people typed and named may hold what no database takes."""
    texts = [clean(text) or "" for text in one[3:]]
    return Decision(one.form, one.finding, one.choice, *texts)


def looked_at(ledger: Ledger) -> dict[str, tuple[Stamp, str]]:
    """How each workbook of this folder looked the last time: path → stamp and digest."""
    newest = (
        select(func.max(sheets.c.id))
        .where(sheets.c.folder == ledger.folder)
        .group_by(sheets.c.path)
    )
    question = select(sheets).where(and_(sheets.c.folder == ledger.folder, sheets.c.id.in_(newest)))
    return {
        row.path: (Stamp(row.size, row.mtime, row.ctime, row.settled), row.content)
        for row in ledger.rows(question)
    }


def known_forms(ledger: Ledger) -> set[str]:
    """The keys of all forms that were ever submitted to this folder."""
    question = (
        select(
            seen.c.name, forms.c.unit, forms.c.project, forms.c.kind, forms.c.year, forms.c.place
        )
        .join(forms, forms.c.result == seen.c.result)
        .where(seen.c.folder == ledger.folder)
        .distinct()
    )
    return {
        form_key(row.unit, row.project, row.kind, row.year, f"{row.name}#{row.place}")
        for row in ledger.rows(question)
    }


def digests_of_copies(ledger: Ledger) -> dict[str, str]:
    """Copy, below the folder of results → digest of the bytes that were written there last."""
    question = (
        select(seen.c.copy, results.c.copy_digest)
        .join(results, seen.c.result == results.c.id)
        .where(and_(seen.c.folder == ledger.folder, seen.c.copy.is_not(None)))
        .order_by(seen.c.id)
    )
    return {row.copy: row.copy_digest for row in ledger.rows(question)}
