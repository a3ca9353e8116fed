"""Several units' forms of one project become one: the whole way from forms to a roll-up."""

from collections.abc import Sequence
from pathlib import Path

from perfxl.forms.model import Field, Form
from perfxl.rollups import claims, figures, funds, groups, match, weights
from perfxl.rollups.claims import Claims
from perfxl.rollups.eligible import eligible
from perfxl.rollups.figures import Judged
from perfxl.rollups.funds import NO_FUNDS, Funds, settled_funds
from perfxl.rollups.groups import Group
from perfxl.rollups.match import GoalCluster
from perfxl.rollups.members import members, one_policy
from perfxl.rollups.model import (
    NOTHING,
    Difference,
    Figure,
    Member,
    RolledGoal,
    RolledRow,
    Rollup,
    Source,
)
from perfxl.rollups.recomputed import Own, added, own_scores, settled
from perfxl.rollups.scores import (
    Scored,
    by_share,
    constant,
    goal_score,
    grade_of,
    total_of,
    within,
)
from perfxl.rollups.show import number, points, prose
from perfxl.rollups.sums import Entry, Numbers, combined
from perfxl.rollups.values import APART, LEVEL, SCORED, Plan, alike, plan
from perfxl.rollups.weights import Weight, stated
from perfxl.rollups.words import rollup_words
from perfxl.rules.engine.interval import OPEN, Interval, exact
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy


def rollups(
    forms: Sequence[Form],
    project: str | None = None,
    *,
    policy: str | Policy | None = None,
    extra: Path | None = None,
) -> tuple[list[Rollup], list[Difference]]:
    """Roll up forms of several units.

    Args:
        forms: of any kind, in any order.
        project: its name; None for every project, and whole departments goal by goal.
        policy: the policy for all, or its name; else the one that most forms of a group follow.
        extra: a folder of the user's own policies.

    Returns:
        One roll-up for each kind, project and year, and what belongs to none of them.

    Raises:
        UsageError: no form is of that project, or there is no such policy.
    """
    kept, unfit = eligible(forms, project, policy, extra)
    if unfit and not kept:
        return [], unfit
    choice = groups.choose(kept, project)
    rolled = [roll(group, policy, extra) for group in choice.groups if group.forms]
    left = [one for group in choice.groups if not group.forms for one in group.differences]
    return rolled, [*unfit, *choice.differences, *left]


def roll(
    group: Group, policy_name: str | Policy | None = None, extra: Path | None = None
) -> Rollup:
    """Roll up the forms of one group."""
    policy, told = one_policy(group, policy_name, extra)
    units, unfunded = members(group, policy)
    told = [*group.differences, *told, *unfunded]
    if len(units) == 1:
        told.append(
            Difference("single-unit", Severity.NOTE, "", (groups.source(units[0].form, "unit"),))
        )
    told += [one for one in map(_unread, units) if one.sources]
    if group.goal:
        told.append(Difference("department-funds", Severity.NOTE, group.goal))
    goals = match.matched(units)
    told += match.differences(goals, units, policy)
    lines = {} if group.goal else funds.amounts(units)
    plans = [[_Line(plan(one, policy)) for one in goal.clusters] for goal in goals]
    listed = [line for goal in plans for line in goal]
    parts: list[Entry] = funds.entries(lines)
    for index, line in enumerate(listed):
        parts += line.entries(index)
    numbers = combined(parts)
    for index, line in enumerate(listed):
        line.finish(index, numbers, policy)
    money = funds.funds(units, lines, numbers) if lines else NO_FUNDS
    told += money.differences
    return _assembled(group, policy, units, goals, plans, money, told)


def _unread(member: Member) -> Difference:
    """Cells of a form that nobody understood: what they say is in no figure."""
    sources = tuple(
        Source(member.name, member.form, Field(None, one.text, one.row, one.col))
        for one in member.form.unread
        if one.why != "residue"
    )
    return Difference("unread", Severity.NOTE, "", sources, {"count": len(sources)})


class _Line:
    """One indicator on its way: planned, summed, judged, scored."""

    def __init__(self, one: Plan) -> None:
        self.plan = one
        self.weight: Weight = weights.weight_of(one)
        self.claims: Claims | None = None
        self.judged: Judged
        self.scored: Scored

    def entries(self, index: int) -> list[Entry]:
        """The units' parts for the sums."""
        if self.plan.mode == SCORED:
            self.claims = claims.claims_of(self.plan, self.weight)
            return claims.entries(index, self.claims)
        return figures.entries(index, self.plan)

    def finish(self, index: int, numbers: dict[object, Numbers], policy: Policy) -> None:
        """The ratio and the score from the sums."""
        self.judged = figures.judged(index, self.plan, numbers, policy)
        if self.claims is None:
            ratio = self.judged.ratio
            self.scored = by_share(self.weight.value, Interval(ratio.lo, ratio.hi))
            return
        mean = claims.mean(index, self.claims, numbers)
        make = constant if self.weight.agreed else by_share
        self.scored = make(self.weight.value, mean)
        name = claims.tier(self.scored.score, self.scored.weight, policy)
        texts = [row.indicator.actual.text for _, row in self.plan.cluster.rows]
        if name and not alike(texts):
            actual = self.judged.actual._replace(text=rollup_words().results[name], how="tier")
            self.judged = Judged(self.judged.target, actual, self.judged.ratio)

    def settle(self, own: Own, policy: Policy) -> None:
        """Give it the recomputed score, after the sums took what its weight leaves open."""
        row = self.plan.cluster.first.indicator.row
        score = settled(self.scored.score, own.get(f"indicator:{row}"), policy)
        self.scored = self.scored._replace(score=score)

    def row(self, goal: int | None, *, scored: bool) -> RolledRow:
        """The finished row."""
        one = self.plan.cluster.first.indicator
        score, weight = NOTHING, NOTHING
        if scored:
            weight = weights.figure(self.plan, self.weight)
            value = self.scored.score
            if self.claims is not None:
                score = claims.figure(self.plan, self.weight, self.claims, value)
            else:
                how = "ratios" if self.plan.mode in (LEVEL, APART) else "once"
                score = Figure("score", how, (), points(value), value)
        rows = self.plan.cluster.rows
        return RolledRow(
            goal, str(one.level1.value or ""), str(one.level2.value or ""), str(one.level3.value or ""),
            self.plan.mode, self.judged.target, self.judged.actual, weight, score, self.judged.ratio,
            prose([(member.name, row.indicator.reason.text) for member, row in rows]),
            tuple(member.name for member, _ in rows),
        )  # fmt: skip

    def differences(self, policy: Policy, *, scored: bool) -> list[Difference]:
        """Where the units disagree on it."""
        found = figures.differences(self.plan)
        if scored:
            found += weights.differences(self.plan, self.weight)
        if scored and self.claims is not None:
            found += claims.differences(self.plan, self.claims, policy)
        return found


def _assembled(
    group: Group, policy: Policy, units: list[Member], goals: list[GoalCluster],
    plans: list[list[_Line]], money: Funds, told: list[Difference],
) -> Rollup:  # fmt: skip
    scored = (
        any(member.facts.scored for member in units)
        or bool(money.score.hi)
        or any(row.weight is not None for member in units for row in member.facts.rows)
    )
    own = own_scores(units)
    money = settled_funds(money, own.get("budget"), policy)
    rolled: list[RolledGoal] = []
    rows: list[RolledRow] = []
    parts: list[Interval] = [money.score] if money.score != OPEN else []
    for index, (goal, lines) in enumerate(zip(goals, plans, strict=True), 1):
        worth, differing = _worth(goal)
        value, fits = goal_score([line.scored for line in lines], worth.value)
        for line in lines:
            line.settle(own, policy)
        if fits:
            value = added([line.scored.score for line in lines], value, worth.value.point)
        value = settled(value, own.get(f"goal:{_number(goal)}"), policy)
        parts.append(value)
        name = _name(goal)
        if differing:
            told.append(Difference("goal-weights", Severity.WARNING, name, worth.sources))
        if not fits and scored:
            told.append(_unfit(lines, worth, name))
        at = None if goal.goal is None else index
        rows += [line.row(at, scored=scored) for line in lines]
        told += [one for line in lines for one in line.differences(policy, scored=scored)]
        if goal.goal is not None:
            figure = Figure("score", "sum", (), points(value), value) if scored else NOTHING
            rolled.append(
                RolledGoal(index, name, str(goal.goal.label.value or ""), goal.goal.section, worth, figure)
            )  # fmt: skip
    weight, differing_totals = (NOTHING, []) if group.goal else _total_weight(units, policy)
    told += differing_totals
    total = OPEN
    if scored:
        whole = policy.total_weight if weight is NOTHING else weight.value.point
        total = total_of(parts)
        fits = True
        if whole is not None and not group.goal:
            every = [line.scored for goal in plans for line in goal]
            total, fits = within(total, every, money.score, money.points, whole)
            if not fits:
                told.append(Difference("whole-sum", Severity.WARNING, "", (), {"whole": whole}))
        total = added(parts, total, whole) if fits else total
        total = settled(total, None if group.goal else own.get("total"), policy)
    return Rollup(
        group.kind, group.goal or group.project, group.year, tuple(units), policy,
        funds.money_unit(units)[0], money.rows, tuple(rolled), tuple(rows), money.basic, money.projects,
        weight, Figure("score", "sum", (), points(total), total), grade_of(total, policy) if scored else "",
        tuple(_sorted(told)), scored,
    )  # fmt: skip


def _number(goal: GoalCluster) -> int | None:
    return None if goal.goal is None else goal.goal.goal


def _name(goal: GoalCluster) -> str:
    return "" if goal.goal is None else str(goal.goal.name.value or goal.goal.label.value or "")


def _worth(goal: GoalCluster) -> tuple[Figure, bool]:
    """The points of a goal, which all forms should agree on; and whether they do not."""
    figure = stated(
        Source(member.name, member.form, block.goal.weight, block.weight)
        for member, block in goal.blocks
        if block.goal is not None and block.weight is not None
    )
    return figure, figure.how == "differ"


def _unfit(lines: Sequence[_Line], worth: Figure, name: str) -> Difference:
    """The weights of all rows together cannot make up the goal's points: units have other rows."""
    summed = total_of([line.weight.value for line in lines])
    arguments = {"lo": summed.lo, "hi": summed.hi, "points": worth.value.lo}
    return Difference("weights-sum", Severity.WARNING, name, worth.sources, arguments)


def _total_weight(units: Sequence[Member], policy: Policy) -> tuple[Figure, list[Difference]]:
    """What all weights of the form sum to; where the forms differ, what the policy says, and that."""
    figure = stated(
        Source(member.name, member.form, member.form.total_weight, value)
        for member in units
        if (value := exact(member.form.total_weight)) is not None
    )
    if figure.how != "differ":
        return figure, []
    whole = policy.total_weight
    told = {"whole": whole}
    shown = figure._replace(text=number(whole), value=Interval(whole, whole), how="policy")
    return shown, [Difference("total-weights", Severity.NOTE, "", figure.sources, told)]


def _sorted(told: Sequence[Difference]) -> list[Difference]:
    order = list(Severity)
    return sorted(told, key=lambda one: order.index(one.severity))
