"""What the ledger tells: every submission that was seen, and what was in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Row

from perfxl.errors import UsageError
from perfxl.files.find import RESULTS
from perfxl.forms.records import Record
from perfxl.forms.values.text import normalize
from perfxl.jobs.outcome import unpack_record
from perfxl.ledger.rows import ARCHIVE
from perfxl.ledger.schema import forms, results, seen
from perfxl.ledger.store import NAME, Ledger
from perfxl.rules.short import FormSummary


@dataclass(frozen=True, slots=True)
class Event:
    """A submission, or one form of it.

    Attributes:
        number: by which it can be named.
        when: in the time of this place.
        name, path: of the file then.
        reason: why it could not be read; None: it could.
        form: in short; None where there is none.
        again: "rules" or "same": not submitted anew, but judged again by other rules or by the same.
    """

    number: int
    when: datetime
    name: str
    path: str
    reason: str | None
    form: FormSummary | None
    again: str = ""


def find_ledger(given: str | Path | None, out: Path | None) -> Ledger:
    """The ledger that a user means: by its address, in a folder of results, or the only one near by.

    Raises:
        LedgerError: there is none.
        UsageError: there are several.
    """
    if given is not None or out is not None:
        return Ledger(given, out or Path(), make=False)
    here = Path()
    near = [
        folder for folder in (here, *sorted(here.glob(f"*{RESULTS}"))) if (folder / NAME).is_file()
    ]
    if len(near) > 1:
        raise UsageError("ledgers-several", folders=[str(folder) for folder in near])
    return Ledger(None, near[0] if near else here / RESULTS, make=False)


def folder_of(ledger: Ledger) -> Path:
    """The folder of results that a ledger in a file belongs to.

    Raises:
        UsageError: the ledger is a database of several folders; the folder has to be named.
    """
    if ledger.url.get_backend_name() != "sqlite":
        raise UsageError("summary-folder")
    return Path(ledger.url.database or "").parent


def events(ledger: Ledger, unit: str = "") -> Iterator[Event]:
    """Every submission in the order in which it was seen, one event for each of its forms.

    Args:
        ledger: the ledger.
        unit: only those whose unit, project or file has this in its name.
    """
    wanted = normalize(unit)
    last: dict[tuple[str, str], Row[Any]] = {}
    question = (
        select(
            seen.c.id, seen.c.seen_at, seen.c.name, seen.c.path, seen.c.folder, seen.c.result, seen.c.content,
            results.c.reason, results.c.rules, forms.c.number, forms.c.summary,
        )
        .select_from(
            seen.join(results, seen.c.result == results.c.id, isouter=True)
            .join(forms, forms.c.result == results.c.id, isouter=True)
        )
        .where(func.coalesce(results.c.code, "") != ARCHIVE)  # its members are told
        .order_by(seen.c.id, forms.c.number)
    )  # fmt: skip
    for row in ledger.rows(question):
        if not row.number:  # the first form, or a file without any
            known = last.get((row.folder, row.path))
            last[row.folder, row.path] = row
            repeated = known is not None and known.result == row.result
            again = "" if known is None else _again(known, row)
        if repeated:  # the file was touched and not changed
            continue
        form = None if row.summary is None else FormSummary.from_text(row.summary)
        event = Event(row.id, _local(row.seen_at), row.name, row.path, row.reason, form, again)
        if wanted in normalize(_words(event)):
            yield event


def _again(known: Row[Any], row: Row[Any]) -> str:
    if not row.content or known.content != row.content:
        return ""
    return "same" if known.rules == row.rules else "rules"


def _local(when: datetime) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone()


def _words(event: Event) -> str:
    named = [event.name]
    if event.form is not None:
        named += [event.form.name, event.form.unit, event.form.project]
    return "\n".join(named)


def last_copy(ledger: Ledger, path: str) -> str | None:
    """The newest copy that was made of a path, below the folder of results; it may be gone by now."""
    question = (
        select(seen.c.copy)
        .where(seen.c.folder == ledger.folder, seen.c.path == path, seen.c.copy.is_not(None))
        .order_by(seen.c.id.desc())
        .limit(1)
    )
    return next((row.copy for row in ledger.rows(question)), None)


def submission(ledger: Ledger, number: int) -> tuple[str, list[Record]]:
    """A submission by its number: how it is called, and its forms as records.

    Raises:
        UsageError: there is none of that number, or it could not be read.
    """
    question = (
        select(seen.c.name, forms.c.record, results.c.reason)
        .select_from(
            seen.join(results, seen.c.result == results.c.id, isouter=True)
            .join(forms, forms.c.result == seen.c.result, isouter=True)
        )
        .where(seen.c.id == number)
        .order_by(forms.c.number)
    )  # fmt: skip
    rows = list(ledger.rows(question))
    if not rows:
        raise UsageError("no-such-submission", number=number, ledger=ledger.shown)
    if rows[0].record is None:
        reason = rows[0].reason or ""
        raise UsageError("submission-unread", number=number, file=rows[0].name, reason=reason)
    return rows[0].name, [
        unpack_record(bytes(row.record)) for row in rows if row.record is not None
    ]
