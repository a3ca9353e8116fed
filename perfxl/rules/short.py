"""One form in short: what a list, a summary and the ledger tell of it."""

import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from perfxl.exact import Fraction
from perfxl.rules.audit import Audit
from perfxl.rules.checks.sums import grade_of
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.findings import Severity


@dataclass(frozen=True, slots=True)
class FormSummary:
    """One form in short.

    Attributes:
        place: its sheet and first cell, which follow the file's name in the form's own name.
        name: how a person would call it: its unit, else its project, else its title.
        claimed, lo, hi, recomputed, difference: of the total, in points; None: not there, open.
        proven: points proven to be claimed too much, row by row.
        scored: whether the form scores anything at all.
        claimed_grade, grade: as stated, and as the recomputed total earns it ("" if open).
        errors, warnings, notes: how many findings; clues are no notes.
        clues: how many clues.
        conclusion: what the audit came to.
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
    unmatched: bool = False
    clues: int = 0
    conclusion: Conclusion = Conclusion.CLEAN

    @property
    def clean(self) -> bool:
        """Understood in all its scored parts, and neither errors nor warnings."""
        return self.conclusion is Conclusion.CLEAN

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
    def from_text(cls, text: str) -> "FormSummary":
        """The same back; a text of an earlier perfxl lacks some values and may have others."""
        told = json.loads(text)
        told["conclusion"] = Conclusion(told.get("conclusion") or _infer_conclusion(told))
        known = {item.name for item in fields(cls)}
        values: dict[str, Any] = {
            name: _fraction(*value) if isinstance(value, list) else value
            for name, value in told.items()
            if name in known
        }
        return cls(**values)


def _infer_conclusion(told: dict[str, Any]) -> Conclusion:
    """The conclusion where a text of an earlier perfxl states none."""
    if told["errors"]:
        return Conclusion.ERRORS
    if told["warnings"]:
        return Conclusion.WARNINGS
    return Conclusion.INCOMPLETE if told.get("unjudged") else Conclusion.CLEAN


@lru_cache(4096)
def _fraction(numerator: int, denominator: int) -> Fraction:
    """A fraction; the points of ten thousand forms are few numbers, each kept once."""
    return Fraction(numerator, denominator)


def _grade(audit: Audit) -> str:
    """The grade of the recomputed total; where that is open, the one that all its interval earns."""
    total, facts = audit.total, audit.facts
    if total.recomputed is not None:
        return grade_of(total.recomputed, facts)
    grades = {grade_of(end, facts) for end in (total.lo, total.hi) if end is not None}
    known = total.lo is not None and total.hi is not None and len(grades) == 1
    return grades.pop() if known else ""


def summarize(audit: Audit) -> FormSummary:
    """A form in short."""
    form, total = audit.form, audit.total
    return FormSummary(
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
        grade=_grade(audit),
        errors=audit.count(Severity.ERROR),
        warnings=audit.count(Severity.WARNING),
        notes=sum(f.severity is Severity.NOTE and not f.clue for f in audit.findings),
        unmatched=audit.facts.approved is not None and audit.facts.approved.table is None,
        clues=sum(finding.clue for finding in audit.findings),
        conclusion=audit.conclusion,
    )
