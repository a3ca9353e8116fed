"""What remains of a file when it is done: a few plain values that go between processes and are kept.

A Result holds the whole form with every cell; of thousands of files that is too much to carry
around. An Outcome holds what a list, a summary and the ledger need.
"""

import json
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.errors import FileError, PerfxlError
from perfxl.forms.records import Record
from perfxl.jobs.work import Result
from perfxl.rules import short
from perfxl.rules.audit import Audit
from perfxl.rules.records import audit_record
from perfxl.rules.short import FormSummary

if TYPE_CHECKING:
    from perfxl.texts import Texts  # jinja2 only where something is rendered

PASSING = frozenset(
    {
        "needs-libreoffice",
        "conversion-failed",
        "conversion-timeout",
        "unpacks-too-large",
        "too-slow",
        "passwords-too-slow",
        "archive-program",
        "archive-unopened",
        "archive-slow",
        "archive-partly",
        "member-unopened",
        "member-slow",
        "no-decryption",
    }
)
"""Reasons that lie in the machine and not in the file: another try may go better."""
MIDDLING = 3
"""Level of compression: records shrink to a tenth, most of it at the lowest levels."""


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """One form: in short, and as its JSON record, compressed.

    Attributes:
        record: `perfxl.rules.records.audit_record` as JSON; see `text`. b"" where it was not asked
            for.
        findings: the record's findings, for the ledger's own table; () where they are there already.
    """

    summary: FormSummary
    record: bytes = b""
    findings: tuple[Record, ...] = ()

    def text(self) -> str:
        """The record as JSON."""
        return zlib.decompress(self.record).decode()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes:
        file: its name as shown.
        code, reason: why it could not be read, as a code and in words; None: it could.
        copy: where the marked copy is. digest: of the copy's bytes.
        no_copy: why there is none, in words.
        blocked: the place of results could not be written; it is no fault of the file.
        final: it follows from the file's content alone; another try would give the same.
        content: digest of the file's bytes; "" where they could not be read.
        same_as: another file with the same content, which was done for both.
        kept: taken from the ledger and not done again.
    """

    file: str
    forms: tuple[FormOutcome, ...] = ()
    code: str | None = None
    reason: str | None = None
    copy: Path | None = None
    digest: str = ""
    no_copy: str | None = None
    blocked: bool = False
    final: bool = True
    content: str = ""
    same_as: str | None = None
    kept: bool = False


def outcome_of_result(result: Result, texts: "Texts") -> Outcome:
    """The outcome of a result: reasons in words, forms in short and as records."""
    if result.error is not None:
        return outcome_of_error(result.file, result.error, texts)
    outcome = Outcome(
        result.file,
        tuple(_form(audit, texts) for audit in result.audits),
        copy=result.copy,
        digest=result.digest,
    )
    if result.no_copy is None:
        return outcome
    return replace(
        outcome,
        no_copy=texts.error(result.no_copy),
        blocked=result.no_copy.code == "output-unwritable",
        final=isinstance(result.no_copy, FileError) and result.no_copy.code not in PASSING,
    )


def outcome_of_error(file: str, error: PerfxlError, texts: "Texts") -> Outcome:
    """The outcome of a file that could not be read."""
    final = isinstance(error, FileError) and error.code not in PASSING
    return Outcome(file, code=error.code, reason=texts.error(error), final=final)


def _form(audit: Audit, texts: "Texts") -> FormOutcome:
    record = audit_record(audit, texts.statement)
    return FormOutcome(short.summarize(audit), _pack(record), tuple(record["findings"]))


def _pack(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    # Half a character of a damaged file becomes the escape that JSON has for it.
    return zlib.compress(text.encode("utf-8", "backslashreplace"), MIDDLING)


def unpack_record(data: bytes) -> Record:
    """A compressed record."""
    record: Record = json.loads(zlib.decompress(data))
    return record


def copy_for_file(outcome: Outcome, file: str) -> Outcome:
    """The outcome of a file for another one with the same content: its records name that file."""
    if outcome.file == file:
        return outcome
    forms = tuple(
        replace(form, record=_rename(form, file)) if form.record else form for form in outcome.forms
    )
    return replace(outcome, file=file, forms=forms)


def _rename(form: FormOutcome, file: str) -> bytes:
    record = unpack_record(form.record)
    record["form"] = f"{file}#{form.summary.place}"
    return _pack(record)
