"""What remains of a file when it is done: a few plain values that go between processes and are kept.

A Result holds the whole form with every cell; of thousands of files that is too much to carry
around. An Outcome holds what a list, a summary and the ledger need.
"""

import json
import zlib
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfxl.errors import FileError, PerfxlError
from perfxl.exact import Fraction
from perfxl.folder.work import Result
from perfxl.forms.records import Record
from perfxl.rules.audit import Audit
from perfxl.rules.findings import Severity
from perfxl.rules.records import audit_record
from perfxl.rules.sums import grade_of

if TYPE_CHECKING:
    from perfxl.texts import Texts  # jinja2 only where something is rendered

PASSING = frozenset(
    {
        "needs-libreoffice",
        "conversion-failed",
        "conversion-timeout",
        "unpacks-too-large",
        "too-slow",
    }
)
"""Reasons that lie in the machine and not in the file: another try may go better."""
MIDDLING = 3
"""Level of compression: records shrink to a tenth, most of it at the lowest levels."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One form in short.

    Attributes:
        place: its sheet and first cell, which follow the file's name in the form's own name.
        name: how a person would call it: its unit, else its project, else its title.
        claimed, lo, hi, recomputed, difference: of the total, in points; None: not there, open.
        proven: points proven to be claimed too much, row by row.
        scored: whether the form scores anything at all.
        claimed_grade, grade: as stated, and as the recomputed total earns it ("" if open).
        errors, warnings, notes: how many findings.
        unjudged: no row with points has a place for what was achieved.
        unmatched: approved tables were given, and it was compared with none of them.
    """

    place: str
    name: str
    unit: str
    project: str
    year: int | None
    kind: str
    policy: str
    claimed: Fraction | None
    lo: Fraction | None
    hi: Fraction | None
    recomputed: Fraction | None
    difference: Fraction | None
    proven: Fraction
    scored: bool
    claimed_grade: str
    grade: str
    errors: int
    warnings: int
    notes: int
    unjudged: bool = False
    unmatched: bool = False

    @property
    def clean(self) -> bool:
        """Neither errors nor warnings."""
        return not self.errors and not self.warnings

    def to_text(self) -> str:
        """As JSON, every fraction exact: a pair of numerator and denominator."""
        return json.dumps(
            {
                item.name: [value.numerator, value.denominator]
                if isinstance(value := getattr(self, item.name), Fraction)
                else value
                for item in fields(self)
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_text(cls, text: str) -> "Summary":
        """The same back."""
        values: dict[str, Any] = {
            name: _fraction(*value) if isinstance(value, list) else value
            for name, value in json.loads(text).items()
        }
        return cls(**values)


@lru_cache(4096)
def _fraction(numerator: int, denominator: int) -> Fraction:
    """A fraction; the points of ten thousand forms are few numbers, each kept once."""
    return Fraction(numerator, denominator)


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """One form: in short, and as its JSON record, compressed.

    Attributes:
        record: `perfxl.rules.records.audit_record` as JSON; see `text`. b"" where it was not asked
            for.
        findings: the record's findings, for the ledger's own table; () where they are there already.
    """

    summary: Summary
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


def of(result: Result, texts: "Texts") -> Outcome:
    """The outcome of a result: reasons in words, forms in short and as records."""
    if result.error is not None:
        return failed(result.file, result.error, texts)
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


def failed(file: str, error: PerfxlError, texts: "Texts") -> Outcome:
    """The outcome of a file that could not be read."""
    final = isinstance(error, FileError) and error.code not in PASSING
    return Outcome(file, code=error.code, reason=texts.error(error), final=final)


def _form(audit: Audit, texts: "Texts") -> FormOutcome:
    record = audit_record(audit, texts.sentence)
    return FormOutcome(_summary(audit), _packed(record), tuple(record["findings"]))


def _packed(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(", ", ": "))
    # Half a character of a damaged file becomes the escape that JSON has for it.
    return zlib.compress(text.encode("utf-8", "backslashreplace"), MIDDLING)


def unpacked(data: bytes) -> Record:
    """A compressed record."""
    record: Record = json.loads(zlib.decompress(data))
    return record


def _summary(audit: Audit) -> Summary:
    form, total = audit.form, audit.total
    grades = {grade_of(end, audit.facts) for end in (total.lo, total.hi) if end is not None}
    known = total.lo is not None and total.hi is not None and len(grades) == 1
    return Summary(
        place=form.form[len(form.file) + 1 :],
        name=form.name,
        unit=str(form.unit.value or ""),
        project=str(form.project.value or ""),
        year=form.year.value if isinstance(form.year.value, int) else None,
        kind=form.kind,
        policy=audit.choice.policy.id,
        claimed=total.claimed,
        lo=total.lo,
        hi=total.hi,
        recomputed=total.recomputed,
        difference=total.difference,
        proven=audit.proven,
        scored=audit.facts.scored,
        claimed_grade=form.claimed_grade.text,
        grade=grades.pop() if known else "",
        errors=audit.count(Severity.ERROR),
        warnings=audit.count(Severity.WARNING),
        notes=audit.count(Severity.NOTE),
        unjudged=audit.unjudged,
        unmatched=audit.facts.approved is not None and audit.facts.approved.table is None,
    )


def renamed(outcome: Outcome, file: str) -> Outcome:
    """The outcome of a file for another one with the same content: its records name that file."""
    if outcome.file == file:
        return outcome
    forms = tuple(
        replace(form, record=_renamed(form, file)) if form.record else form
        for form in outcome.forms
    )
    return replace(outcome, file=file, forms=forms)


def _renamed(form: FormOutcome, file: str) -> bytes:
    record = unpacked(form.record)
    record["form"] = f"{file}#{form.summary.place}"
    return _packed(record)
