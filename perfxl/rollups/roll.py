"""Several units' forms of one project become one: the whole way from forms to a roll-up."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perfxl.forms.model import Field, Form
from perfxl.rollups import claims, figures, groups, match
from perfxl.rollups.claims import Claim, Weight
from perfxl.rollups.combination import APART, LEVEL, SCORED, Combination, combine
from perfxl.rollups.eligible import eligible
from perfxl.rollups.figures import Judged
from perfxl.rollups.funds import Funds, funds, money_unit
from perfxl.rollups.groups import Group
from perfxl.rollups.match import Cluster, GoalCluster
from perfxl.rollups.members import members, one_policy
from perfxl.rollups.model import (
    NOTE,
    NOTHING,
    WARNING,
    Difference,
    Figure,
    Member,
    RolledGoal,
    RolledRow,
    Rollup,
    tell,
)
from perfxl.rollups.scores import (
    Scored,
    by_share,
    constant,
    final_score,
    goal_score,
    grade_of,
    own_scores,
    sum_of_final,
    total_of,
    within,
)
from perfxl.rollups.show import number, points, prose
from perfxl.rollups.words import rollup_words
from perfxl.rules.findings import Score, Severity
from perfxl.rules.interval import OPEN, Interval, exact
from perfxl.rules.policy import Policy


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
    policy, differing = one_policy(group, policy_name, extra)
    units, unfunded = members(group, policy)
    own = own_scores(units)
    clusters = match.goal_clusters(units)
    money = Funds() if group.goal else funds(units, own.get("budget"), policy)
    goals = [_Goal(number, one, own, policy) for number, one in enumerate(clusters, 1)]
    scored = _is_scored(units, money)
    weight, differing_weights = (NOTHING, []) if group.goal else _total_weight(units, policy)
    total, unfit = _total(group, goals, money, weight, own, policy) if scored else (OPEN, [])
    told = [
        *group.differences, *differing, *unfunded, *_of_units(group, units),
        *match.differences(clusters, units, policy), *money.differences,
        *(one for goal in goals for one in goal.differences(policy, scored=scored)),
        *differing_weights, *unfit,
    ]  # fmt: skip
    return Rollup(
        group.kind, group.goal or group.project, group.year, tuple(units), policy,
        money_unit(units)[0], money.rows,
        tuple(one for goal in goals for one in goal.rolled(scored=scored)),
        tuple(line.row(goal.number, scored=scored) for goal in goals for line in goal.lines),
        money.basic, money.projects, weight, Figure("score", "sum", (), points(total), total),
        grade_of(total, policy) if scored else "",
        tuple(sorted(told, key=lambda one: list(Severity).index(one.severity))), scored,
    )  # fmt: skip


def _of_units(group: Group, units: Sequence[Member]) -> Iterator[Difference]:
    """What is to be said of the units themselves, before any figure."""
    if len(units) == 1:
        yield tell("single-unit", NOTE, "", [groups.source(units[0].form, "unit")])
    for member in units:
        # Cells of a form that nobody understood: what they say is in no figure.
        cells = [
            member.source(Field(None, one.text, one.row, one.col))
            for one in member.form.unread
            if one.why != "residue"
        ]
        if cells:
            yield tell("unread", NOTE, "", cells, count=len(cells))
    if group.goal:
        yield tell("department-funds", NOTE, group.goal)


def _is_scored(units: Sequence[Member], money: Funds) -> bool:
    """Whether the forms score at all: claims, points of budget execution or weights."""
    return (
        any(member.facts.scored for member in units)
        or bool(money.points.hi and money.rows[0].rate.value.hi)
        or any(row.weight is not None for member in units for row in member.facts.rows)
    )


class _Line:
    """One indicator on its way: combined, judged, scored."""

    def __init__(self, cluster: Cluster, policy: Policy) -> None:
        self.cluster = cluster
        self.combination: Combination = combine(cluster, policy)
        self.weight: Weight = claims.weight_of(cluster)
        self.judged: Judged = figures.judge(self.combination, policy)
        self.claims: list[Claim] = []
        self.scored: Scored
        if self.combination.mode != SCORED:
            ratio = self.judged.ratio
            self.scored = by_share(self.weight.value, Interval(ratio.lo, ratio.hi))
            return
        self.claims = claims.claims_of(cluster, self.weight)
        make = constant if self.weight.agreed else by_share
        self.scored = make(self.weight.value, claims.mean_score(self.claims, self.weight))
        tier = claims.tier(self.scored.score, self.scored.weight, policy)
        if tier and not figures.are_same([part.place("actual").text for part in cluster.parts]):
            actual = self.judged.actual._replace(text=rollup_words().results[tier], how="tier")
            self.judged = self.judged._replace(actual=actual)

    def finish(self, own: Mapping[str, Score], policy: Policy) -> None:
        """Give it the recomputed score, after the goal took what its weight leaves open."""
        row = self.cluster.first.indicator.row
        score = final_score(self.scored.score, own.get(f"indicator:{row}"), policy)
        self.scored = self.scored._replace(score=score)

    def row(self, goal: int | None, *, scored: bool) -> RolledRow:
        """The finished row."""
        one, parts = self.cluster.first.indicator, self.cluster.parts
        level1, level2, level3 = (
            str(level.value or "") for level in (one.level1, one.level2, one.level3)
        )
        return RolledRow(
            goal, level1, level2, level3,
            self.combination.mode, self.judged.target, self.judged.actual,
            claims.weight_figure(self.cluster, self.weight) if scored else NOTHING,
            self._score() if scored else NOTHING, self.judged.ratio,
            prose([(part.member.name, part.place("reason").text) for part in parts]),
            tuple(part.member.name for part in parts),
        )  # fmt: skip

    def _score(self) -> Figure:
        value = self.scored.score
        if self.claims:
            return claims.score_figure(self.claims, self.weight, value)
        how = "ratios" if self.combination.mode in (LEVEL, APART) else "once"
        return Figure("score", how, (), points(value), value)

    def differences(self, policy: Policy, *, scored: bool) -> Iterator[Difference]:
        """Where the units disagree on it."""
        yield from figures.differences(self.combination)
        if scored:
            yield from claims.differences(self.cluster, self.weight, self.claims, policy)


class _Goal:
    """One goal with its lines; `number` in the rolled-up form, None for the rows of a flat table."""

    def __init__(
        self, number: int, cluster: GoalCluster, own: Mapping[str, Score], policy: Policy
    ) -> None:
        self.number = None if cluster.goal is None else number
        self.name = cluster.name
        self.goal = cluster.goal
        self.lines = [_Line(one, policy) for one in cluster.clusters]
        self.worth = claims.stated_points(
            member.source(block.goal.weight, block.weight)
            for member, block in cluster.blocks
            if block.goal is not None and block.weight is not None
        )
        score, self.fits = goal_score([line.scored for line in self.lines], self.worth.value)
        for line in self.lines:
            line.finish(own, policy)
        if self.fits:
            scores = [line.scored.score for line in self.lines]
            score = sum_of_final(scores, score, self.worth.value.point)
        own_number = None if self.goal is None else self.goal.goal
        self.score = final_score(score, own.get(f"goal:{own_number}"), policy)

    def rolled(self, *, scored: bool) -> Iterator[RolledGoal]:
        """The finished goal; none for the rows of a flat table."""
        figure = Figure("score", "sum", (), points(self.score), self.score) if scored else NOTHING
        if self.number is not None and self.goal is not None:
            label = str(self.goal.label.value or "")
            yield RolledGoal(self.number, self.name, label, self.goal.section, self.worth, figure)

    def differences(self, policy: Policy, *, scored: bool) -> Iterator[Difference]:
        """Where the units disagree on it and on its indicators."""
        if self.worth.how == "differ":
            yield tell("goal-weights", WARNING, self.name, self.worth.sources)
        if not self.fits and scored:
            # The weights of all rows together cannot make up its points: units have other rows.
            lo, hi = total_of([line.weight.value for line in self.lines])
            yield tell(
                "weights-sum", WARNING, self.name, self.worth.sources,
                lo=lo, hi=hi, points=self.worth.value.lo,
            )  # fmt: skip
        for line in self.lines:
            yield from line.differences(policy, scored=scored)


def _total(
    group: Group, goals: Sequence[_Goal], money: Funds, weight: Figure,
    own: Mapping[str, Score], policy: Policy,
) -> tuple[Interval, list[Difference]]:  # fmt: skip
    """The form's total, and what is to be said where its weights cannot be those of one form."""
    parts = [*([] if money.score == OPEN else [money.score]), *(goal.score for goal in goals)]
    whole = policy.total_weight if weight is NOTHING else weight.value.point
    total, fits = total_of(parts), True
    if whole is not None and not group.goal:
        rows = [line.scored for goal in goals for line in goal.lines]
        total, fits = within(total, rows, money.score, money.points, whole)
    if fits:
        total = sum_of_final(parts, total, whole)
    told = [] if fits else [tell("whole-sum", WARNING, whole=whole)]
    return final_score(total, None if group.goal else own.get("total"), policy), told


def _total_weight(units: Sequence[Member], policy: Policy) -> tuple[Figure, list[Difference]]:
    """What all weights of the form sum to; where the forms differ, what the policy says, and that."""
    figure = claims.stated_points(
        member.source(member.form.total_weight, value)
        for member in units
        if (value := exact(member.form.total_weight)) is not None
    )
    if figure.how != "differ":
        return figure, []
    whole = policy.total_weight
    shown = figure._replace(text=number(whole), value=Interval(whole, whole), how="policy")
    return shown, [tell("total-weights", NOTE, "", figure.sources, whole=whole)]
