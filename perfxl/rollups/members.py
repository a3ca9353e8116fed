"""The units of a roll-up: each form's facts under one policy, and the funds that weigh it."""

from collections import Counter
from pathlib import Path

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Form, Fund
from perfxl.rollups.groups import Group, source, unit_name
from perfxl.rollups.model import Difference, Member, Source
from perfxl.rollups.words import money_factor, name_key
from perfxl.rules.engine.facts import Facts, compute_facts
from perfxl.rules.engine.interval import exact
from perfxl.rules.findings import Severity
from perfxl.rules.policies import policy as policies
from perfxl.rules.policies.policy import Policy


def one_policy(
    group: Group, name: str | Policy | None, extra: Path | None
) -> tuple[Policy, list[Difference]]:
    """The policy of all forms of a group: the named one, else the one that most of them follow."""
    chosen = [(form, policies.choose(form, name, extra).policy) for form in group.forms]
    count = Counter(policy.id for _, policy in chosen)
    best = min(count, key=lambda one: (-count[one], one))
    policy = next(policy for _, policy in chosen if policy.id == best)
    if len(count) == 1:
        return policy, []
    told = tuple(source(form, "funds_label", "title") for form, one in chosen if one.id != best)
    titles = sorted({one.id for _, one in chosen if one.id != best})
    arguments = {"policy": best, "others": titles}
    return policy, [Difference("policies", Severity.WARNING, "", told, arguments)]


def members(group: Group, policy: Policy) -> tuple[list[Member], list[Difference]]:
    """Every unit with its facts and funds, and what is wrong with its funds."""
    stated = [money_factor(form) for form in group.forms]
    silent = all(factor is None for factor in stated)
    found: list[Member] = []
    differences: list[Difference] = []
    for form, factor in zip(group.forms, stated, strict=True):
        facts = compute_facts(form, policy)
        # Where no form names its unit of money, all are taken to stand in the same.
        money = Fraction(1) if silent else factor
        funds, why = _funds(facts, money, policy)
        if why and len(group.forms) > 1:
            place, what = weighing(facts.main_fund, policy)
            told = Source(unit_name(form), form, place)
            severity = Severity.WARNING if why == "funds-zero" else Severity.ERROR
            differences.append(Difference(why, severity, "", (told,), {"what": what}))
        found.append(Member(unit_name(form), facts, money, funds, _only_goal(form, group)))
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


def _only_goal(form: Form, group: Group) -> int | None:
    """Of a department form that takes part with one project: the goal of that name."""
    if not group.goal:
        return None
    wanted = name_key(group.goal)
    return next(goal.goal for goal in form.goals if name_key(goal.name.value) == wanted)
