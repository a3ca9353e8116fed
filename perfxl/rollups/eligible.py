"""Which forms can be rolled up at all: self-evaluations that somebody has filled in."""

from collections.abc import Sequence
from pathlib import Path

from perfxl.forms.model import MONITORING, SELF, TARGETS, Form
from perfxl.rollups.groups import projects_of, source
from perfxl.rollups.model import Difference
from perfxl.rollups.words import name_key
from perfxl.rules.checks.coverage import is_blank, is_claimed_anywhere
from perfxl.rules.engine.facts import compute_facts
from perfxl.rules.findings import Severity
from perfxl.rules.policies import policy as policies
from perfxl.rules.policies.policy import Policy

NATURES = {MONITORING: "monitoring", TARGETS: "targets"}
"""What a form is that is no self-evaluation → the code of what is said of it."""


def eligible(
    forms: Sequence[Form], project: str | None, policy: str | Policy | None, extra: Path | None
) -> tuple[list[Form], list[Difference]]:
    """The forms that can be rolled up, and what is said of the others.

    Args:
        forms: of any kind.
        project: the one that is rolled up; of other projects nothing is said.
        policy: for all, or its name; else each form's own.
        extra: a folder of the user's own policies.
    """
    kept: list[Form] = []
    told: list[Difference] = []
    for form in forms:
        code = _unfit(form, policy, extra)
        if code is None:
            kept.append(form)
        elif project is None or _is_of(form, project):
            severity = Severity.ERROR if code == "blank" else Severity.WARNING
            told.append(Difference(code, severity, "", (source(form, "title"),)))
    return kept, told


def _unfit(form: Form, policy: str | Policy | None, extra: Path | None) -> str | None:
    """Why a form is no part of any roll-up: monitoring, targets or blank; None where it can be one."""
    if form.nature != SELF:
        return NATURES[form.nature]
    if is_claimed_anywhere(form):
        return None
    chosen = policies.choose(form, policy, extra).policy
    return "blank" if is_blank(compute_facts(form, chosen)) else None


def _is_of(form: Form, project: str) -> bool:
    wanted = name_key(project)
    return any(name_key(one.value) == wanted for one in projects_of(form))
