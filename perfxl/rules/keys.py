"""Keys by which a form and a finding are known again, in another copy and in a resubmission.

A key is made of what a thing is about and never of where it stands: rows that were inserted and a file
that was renamed leave it as it is.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perfxl.forms.model import Form
from perfxl.forms.values.text import match_key
from perfxl.rules.findings import Finding, Kind
from perfxl.rules.short import FormSummary

Decided = Mapping[str, Mapping[str, tuple[str, str, str, str]]]
"""Form → finding → what was decided: choice, reason, person, date."""
BYTES = 8


class Decisions(NamedTuple):
    """What was decided of one form's findings.

    Attributes:
        form: the form's key.
        told: finding → choice, reason, person, date.
    """

    form: str
    told: Mapping[str, tuple[str, str, str, str]]


_SEPARATOR = "\x1f"


def form_key(unit: str, project: str, kind: str, year: int | None, otherwise: str) -> str:
    """The key of a form: whose it is, and of what.

    Args:
        unit: as the form states it, like the next three.
        project: "" where it names none.
        kind: of form.
        year: None where it states none.
        otherwise: what stands for the form where it does not say whose it is (its file and place): a
            unit has many projects.

    Returns:
        16 hexadecimal digits.
    """
    if unit and (project or kind == "department"):
        return _key("form", match_key(unit), match_key(project), kind, str(year))
    return _key("file", otherwise)


def key_of_form(form: Form) -> str:
    """The key of a form that was read from a file."""
    unit, project = (str(one.value or "") for one in (form.unit, form.project))
    year = form.year.value if isinstance(form.year.value, int) else None
    return form_key(unit, project, form.kind, year, form.form)


def key_of_summary(one: FormSummary, file: str) -> str:
    """The key of a form of a file that is known in short; the same as `key_of_form`."""
    return form_key(one.unit, one.project, one.kind, one.year, f"{file}#{one.place}")


def finding_keys(findings: Iterable[Finding]) -> list[str]:
    """The key of each finding of a form: rule, goal, indicator and field, 16 hexadecimal digits.

    Where several findings are about the same (two rows of one name), they are counted in their order. One
    that tells of many rows stays the same while some of them are mended.
    """
    counted: Counter[tuple[str, ...]] = Counter()
    keys = []
    for finding in findings:
        subject = finding.subject
        names = ("*",) if finding.parts else map(match_key, subject.names)
        # A row's goal counts only where its name alone does not say which row is meant.
        goal = subject.called if subject.kind is Kind.INDICATOR else subject.goal
        about = (finding.rule, finding.field, subject.kind, match_key(goal), *names)
        keys.append(_key("finding", *about, str(counted[about])))
        counted[about] += 1
    return keys


def _key(*parts: str) -> str:
    text = _SEPARATOR.join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=BYTES).hexdigest()
