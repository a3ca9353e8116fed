"""Which forms can be rolled up at all: self-evaluations that somebody has filled in."""

from collections.abc import Sequence
from pathlib import Path

from perfxl.forms.model import MONITORING, SELF, TARGETS, Form
from perfxl.rollups.groups import named_project, source
from perfxl.rollups.model import ERROR, WARNING, Difference, tell
from perfxl.rules import policy as policies
from perfxl.rules.coverage import is_blank, is_claimed_anywhere
from perfxl.rules.facts import gather
from perfxl.rules.policy import Policy

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
        elif project is None or named_project(form, project) is not None:
            severity = ERROR if code == "blank" else WARNING
            told.append(tell(code, severity, "", [source(form, "title")]))
    return kept, told


def _unfit(form: Form, policy: str | Policy | None, extra: Path | None) -> str | None:
    """Why a form is no part of any roll-up: monitoring, targets or blank; None where it can be one."""
    if form.nature != SELF:
        return NATURES[form.nature]
    if is_claimed_anywhere(form):
        return None
    chosen = policies.choose(form, policy, extra).policy
    return "blank" if is_blank(gather(form, chosen)) else None
