"""Rows of the ledger: from what a run knows to what a database keeps, and back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Row

from perfxl.files.intake import Stamp
from perfxl.jobs.outcome import FormOutcome, Outcome
from perfxl.rules.records import json_number

ARCHIVE = "archive"
"""The code of an archive whose members have entries of their own; other codes of archives go on from it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a path: the last time it was seen, and what came of it.

    Attributes:
        number: of the entry. path, name: of the file then.
        stamp: how it looked; None where that proves nothing.
        outcome: without records; `Ledger.records` has them. Its copy is relative to the folder.
        rules: digest of the rules it was judged by.
    """

    number: int
    path: str
    name: str
    stamp: Stamp | None
    content: str
    result: int | None
    rules: str
    outcome: Outcome


@dataclass(slots=True)
class Entry:
    """What is to be added: a path was seen, with an outcome that is new or known already.

    Attributes:
        result: the number of the known result; None: the outcome is new.
        copy: relative to the folder of results.
        rows: see `build_rows`.
    """

    path: str
    name: str
    stamp: Stamp | None
    outcome: Outcome
    copy: str | None = None
    result: int | None = None
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]] | None = None


def clean(text: str | None) -> str | None:
    """A text that every database takes: whole characters, no zero byte."""
    if text is None:
        return None
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "")


def entry_from_row(row: Row[Any], summaries: tuple[FormOutcome, ...]) -> Known:
    """An entry, from a row of `seen` with the columns of its result as r_…."""
    outcome = Outcome(
        row.r_name,
        summaries,
        code=row.r_code,
        reason=row.r_reason,
        copy=None if row.copy is None else Path(row.copy),
        digest=row.r_copy_digest,
        no_copy=row.r_no_copy,
        final=row.r_final,
        content=row.content,
        same_as=row.same_as,
        kept=True,
    )
    stamp = Stamp(row.size, row.mtime, row.ctime) if row.settled else None
    return Known(row.id, row.path, row.name, stamp, row.content, row.result, row.r_rules, outcome)


def result_row(entry: Entry, rulebook: str, now: datetime) -> dict[str, Any]:
    """The row of a new result."""
    outcome = entry.outcome
    return {
        "content": outcome.content,
        "rules": rulebook,
        "name": clean(outcome.file),
        "code": outcome.code,
        "reason": clean(outcome.reason),
        "no_copy": clean(outcome.no_copy),
        "copy_digest": outcome.digest,
        "final": outcome.final,
        "made_at": now,
    }


def form_row(result: int | None, place: int, form: FormOutcome) -> dict[str, Any]:
    """The row of one of its forms. Points as numbers for who asks, exact within the summary."""
    one = form.summary
    texts = ("place", "name", "unit", "project", "kind", "policy", "claimed_grade", "grade")
    points = ("claimed", "lo", "hi", "recomputed", "difference", "proven")
    return {
        "result": result,
        "number": place,
        **{name: clean(getattr(one, name)) for name in texts},
        **{name: _float(getattr(one, name)) for name in points},
        **{name: getattr(one, name) for name in ("year", "errors", "warnings", "notes")},
        "summary": clean(one.to_text()),
        "record": form.record,
    }


def build_rows(entry: Entry) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a new result's forms and of their findings, kept once made: to be told of its number."""
    if entry.rows is None:
        forms = entry.outcome.forms
        entry.rows = (
            [form_row(None, place, form) for place, form in enumerate(forms)],
            [
                finding_row(None, place, count, one)
                for place, form in enumerate(forms)
                for count, one in enumerate(form.findings)
            ],
        )
    return entry.rows


def _float(value: Any) -> float | None:
    return None if value is None else float(json_number(value))


def finding_row(result: int | None, place: int, count: int, one: dict[str, Any]) -> dict[str, Any]:
    """The row of one of a form's findings."""
    texts = ("rule", "severity", "verdict", "sheet", "cell", "field", "clause", "message")
    claimed = one["claimed"]
    return {
        "result": result,
        "form": place,
        "number": count,
        **{name: clean(one[name]) for name in texts},
        "claimed": None if claimed is None else clean(str(claimed)),
        "lo": one["lo"],
        "hi": one["hi"],
        "follows": len(one["causes"]),
        "key": one["key"],
    }
