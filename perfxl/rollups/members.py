"""The units of a roll-up: which forms take part, their facts under one policy, the funds that weigh them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, MONITORING, SELF, TARGETS, Field, Form, Fund
from perfxl.rollups.groups import Group, named_goals, named_project, source, unit_name
from perfxl.rollups.model import ERROR, WARNING, Difference, Member, tell
from perfxl.rollups.words import money_factor
from perfxl.rules.checks.coverage import is_blank, is_claimed_anywhere
from perfxl.rules.engine.facts import Facts, compute_facts
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ONE
from perfxl.rules.policies import policy as policies
from perfxl.rules.policies.policy import Policy

NATURES = {MONITORING: "monitoring", TARGETS: "targets"}
"""What a form is that is no self-evaluation → the code of what is said of it."""


def select_eligible(
    forms: Sequence[Form], project: str | None, policy: str | Policy | None, extra: Path | None
) -> tuple[list[Form], list[Difference]]:
    """The forms that can be rolled up, and what is said of the others.

    Args:
        forms: of any kind.
        project: the one that is rolled up; of other projects nothing is said.
        policy: for all, or its name; else each form's own.
        extra: a folder of the user's own policies.
    """
    kept, told = [], []
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
    return "blank" if is_blank(compute_facts(form, chosen)) else None


def choose_policy(
    group: Group, name: str | Policy | None, extra: Path | None
) -> tuple[Policy, list[Difference]]:
    """The policy of all forms of a group: the named one, else the one that most of them follow."""
    chosen = [policies.choose(form, name, extra).policy for form in group.forms]
    count = Counter(policy.id for policy in chosen)
    best = min(count, key=lambda one: (-count[one], one))
    others = [
        source(form, "funds_label", "title")
        for form, policy in zip(group.forms, chosen, strict=True)
        if policy.id != best
    ]
    told = tell("policies", WARNING, "", others, policy=best, others=sorted({*count} - {best}))
    policy = next(policy for policy in chosen if policy.id == best)
    return policy, [told] if others else []


def gather_members(group: Group, policy: Policy) -> tuple[list[Member], list[Difference]]:
    """Every unit with its facts and funds, and what is wrong with its funds."""
    stated = [money_factor(form) for form in group.forms]
    # Where no form names its unit of money, all are taken to stand in the same.
    known = [ONE] * len(stated) if set(stated) == {None} else stated
    found: list[Member] = []
    differences: list[Difference] = []
    for form, money in zip(group.forms, known, strict=True):
        facts = compute_facts(form, policy)
        funds, why = _funds(facts, money, policy)
        # Of a department form that takes part with one project: the goal of that name.
        named = named_goals(form, group.goal) if group.goal else [None]
        found.append(Member(unit_name(form), facts, money, funds, named[0]))
        if why and len(group.forms) > 1:
            place, what = weighing(facts.main_fund, policy)
            severity = WARNING if why == "funds-zero" else ERROR
            differences.append(tell(why, severity, "", [found[-1].source(place)], what=what))
    return found, differences


def weighing(fund: Fund | None, policy: Policy) -> tuple[Field, str]:
    """The cell of the funds that weigh a unit, and which of them it is."""
    if fund is None:
        return ABSENT, policy.rollup_weight
    if policy.rollup_weight == "budget" and not fund.budget.row and fund.initial.row:
        return fund.initial, "initial"
    return getattr(fund, policy.rollup_weight), policy.rollup_weight


def _funds(facts: Facts, money: Fraction | None, policy: Policy) -> tuple[Fraction | None, str]:
    """A unit's weight in 元, and what is wrong with it: a code of the differences."""
    amount = exact(weighing(facts.main_fund, policy)[0])
    if amount is None or amount < 0:
        return None, "funds-missing"
    if facts.scale is not None:
        return None, "funds-scale"
    if money is None:
        return None, "money-unit"
    return amount * money, "funds-zero" if amount == 0 else ""
