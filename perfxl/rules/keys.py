"""Keys by which a form and a finding are known again, in another copy and in a resubmission.

A key is made of what a thing is about and never of where it stands: rows that were inserted and a file
that was renamed leave it as it is.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from perfxl.forms.model import Form
from perfxl.forms.values.text import match_key
from perfxl.rules.findings import Finding

BYTES = 8
_SEPARATOR = "\x1f"


def form_key(unit: str, project: str, kind: str, year: int | None, otherwise: str) -> str:
    """The key of a form: whose it is, and of what.

    Args:
        unit, project, kind, year: as the form states them.
        otherwise: what stands for the form where it does not say whose it is (its path and place): a
            unit has many projects.

    Returns:
        16 hexadecimal digits.
    """
    if unit and (project or kind == "department"):
        return _key("form", match_key(unit), match_key(project), kind, str(year))
    return _key("path", otherwise)


def finding_keys(form: Form, findings: Iterable[Finding]) -> list[str]:
    """The key of each finding within its form: rule, goal, indicator and field.

    Where several findings are about the same (two rows of one name), they are counted in their order.
    """
    names = {
        row.row: _row_name(row.level3.text, row.level2.text, row.level1.text)
        for row in form.indicators
    }
    goals = {goal.goal: match_key(goal.label.text or goal.text.text) for goal in form.goals}
    counted: Counter[tuple[str, ...]] = Counter()
    keys = []
    for finding in findings:
        subject = (
            finding.rule,
            finding.field,
            "" if finding.goal is None else goals.get(finding.goal, str(finding.goal)),
            "*" if finding.parts else names.get(finding.row, ""),
        )
        keys.append(_key("finding", *subject, str(counted[subject])))
        counted[subject] += 1
    return keys


def _row_name(*levels: str) -> str:
    return next((match_key(level) for level in levels if level), "")


def _key(*parts: str) -> str:
    text = _SEPARATOR.join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=BYTES).hexdigest()
