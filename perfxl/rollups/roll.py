"""Several units' forms of one project become one: the whole way from forms to a roll-up."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from perfxl.forms.model import Field, Form
from perfxl.rollups import claims, figures, funds, groups, match, model, scores
from perfxl.rollups.combination import APART, LEVEL, SCORED, combine
from perfxl.rollups.members import choose_policy, gather_members, select_eligible
from perfxl.rollups.model import NOTE, NOTHING, WARNING, Difference, Figure, Member, tell
from perfxl.rollups.show import number, points, prose
from perfxl.rollups.words import rollup_words
from perfxl.rules.engine.interval import OPEN, Interval, exact, total_of
from perfxl.rules.findings import Score, Severity
from perfxl.rules.policies.policy import Policy


def rollups(
    forms: Sequence[Form],
    project: str | None = None,
    *,
    policy: str | Policy | None = None,
    extra: Path | None = None,
) -> tuple[list[model.Rollup], list[Difference]]:
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
    kept, unfit = select_eligible(forms, project, policy, extra)
    if unfit and not kept:
        return [], unfit
    chosen, left = groups.choose(kept, project)
    left += [one for group in chosen if not group.forms for one in group.differences]
    return [roll(group, policy, extra) for group in chosen if group.forms], [*unfit, *left]


def roll(
    group: groups.Group, policy_name: str | Policy | None = None, extra: Path | None = None
) -> model.Rollup:
    """Roll up the forms of one group."""
    policy, told = choose_policy(group, policy_name, extra)
    units, unfunded = gather_members(group, policy)
    own = scores.own_scores(units)
    money = funds.Funds() if group.goal else funds.roll_funds(units, own.get("budget"), policy)
    clusters = match.goal_clusters(units)
    goals = [_Goal(one, number, own, policy) for number, one in enumerate(clusters, 1)]
    scored = _is_scored(units, money)
    whole = _Whole(group, goals, money, units, policy)
    total = whole.total(own) if scored else OPEN
    told = [
        *group.differences, *told, *unfunded, *_of_units(group, units),
        *match.differences(clusters, units, policy), *money.differences,
        *chain(*(goal.differences(policy, scored=scored) for goal in goals)), *whole.differences,
    ]  # fmt: skip
    lines = [(line, goal.number) for goal in goals for line in goal.lines]
    return model.Rollup(
        group.kind, group.goal or group.project, group.year, tuple(units), policy,
        funds.money_unit(units)[0], money.rows,
        tuple(chain(*(goal.rolled(scored=scored) for goal in goals))),
        tuple(line.row(number, scored=scored) for line, number in lines),
        money.basic, money.projects, whole.weight,
        Figure("score", "sum", (), points(total), total),
        scores.grade_of(total, policy),
        tuple(sorted(told, key=lambda one: list(Severity).index(one.severity))), scored,
    )  # fmt: skip


def _is_scored(units: Sequence[Member], money: funds.Funds) -> bool:
    """Whether the forms score at all: claims, points of budget execution or weights."""
    return (
        any(member.facts.scored for member in units)
        or bool(money.points.hi and money.rows[0].rate.value.hi)
        or any(row.weight is not None for member in units for row in member.facts.rows)
    )


def _of_units(group: groups.Group, units: Sequence[Member]) -> Iterator[Difference]:
    """What is to be said of the units themselves, before any figure."""
    if len(units) == 1:
        yield tell("single-unit", NOTE, "", [groups.source(units[0].form, "unit")])
    for member in units:
        # Cells of a form that nobody understood: what they say is in no figure.
        unread = [one for one in member.form.unread if one.why != "residue"]
        cells = [member.source(Field(None, one.text, one.row, one.col)) for one in unread]
        if cells:
            yield tell("unread", NOTE, "", cells, count=len(cells))
    if group.goal:
        yield tell("department-funds", NOTE, group.goal)


class _Line:
    """One indicator on its way: combined, judged, scored."""

    def __init__(self, cluster: match.Cluster, policy: Policy) -> None:
        self.cluster = cluster
        self.combination = combine(cluster, policy)
        self.judged = figures.judge(self.combination, policy)
        self.weight = claims.weight_of(cluster)
        self.claims: list[claims.Claim] = []
        ratio = self.judged.ratio
        self.scored = scores.by_share(self.weight.value, Interval(ratio.lo, ratio.hi))
        if self.combination.mode == SCORED:
            self._score_by_claims(policy)

    def _score_by_claims(self, policy: Policy) -> None:
        self.claims = claims.claims_of(self.cluster, self.weight)
        make = scores.constant if self.weight.agreed else scores.by_share
        self.scored = make(self.weight.value, claims.mean_score(self.claims, self.weight))
        tier = claims.tier(self.scored.score, self.scored.weight, policy)
        if tier and not figures.are_same([one.part.place("actual").text for one in self.claims]):
            actual = self.judged.actual._replace(text=rollup_words().results[tier], how="tier")
            self.judged = self.judged._replace(actual=actual)

    def finish(self, own: Mapping[str, Score], policy: Policy) -> Interval:
        """Its recomputed score, worked out after the goal took what its weight leaves open."""
        score = own.get(f"indicator:{self.cluster.first.indicator.row}")
        final = scores.final_score(self.scored.score, score, policy)
        self.scored = self.scored._replace(score=final)
        return final

    def row(self, goal: int | None, *, scored: bool) -> model.RolledRow:
        """The finished row."""
        one, parts = self.cluster.first.indicator, self.cluster.parts
        level1, level2, level3 = (str(each.value or "") for each in one[2:5])
        return model.RolledRow(
            goal, level1, level2, level3, self.combination.mode,
            self.judged.target, self.judged.actual,
            claims.weight_figure(self.cluster, self.weight) if scored else NOTHING,
            self._score() if scored else NOTHING, self.judged.ratio,
            prose([(part.member.name, part.place("reason").text) for part in parts]),
            tuple(part.member.name for part in parts),
        )  # fmt: skip

    def _score(self) -> Figure:
        score = self.scored.score
        if self.claims:
            return claims.score_figure(self.claims, self.weight, score)
        how = "ratios" if self.combination.mode in (LEVEL, APART) else "once"
        return Figure("score", how, (), points(score), score)

    def differences(self, policy: Policy, *, scored: bool) -> Iterator[Difference]:
        """Where the units disagree on it."""
        yield from figures.differences(self.combination)
        if scored:
            yield from claims.differences(self.cluster, self.weight, self.claims, policy)


class _Goal:
    """A goal with its lines; `number` in the rolled-up form, None for the rows of a flat table."""

    def __init__(
        self, cluster: match.GoalCluster, number: int, own: Mapping[str, Score], policy: Policy
    ) -> None:
        self.goal, self.name = cluster.goal, cluster.name
        self.number = None if cluster.goal is None else number
        self.lines = [_Line(one, policy) for one in cluster.clusters]
        self.worth = claims.stated_points(
            (member.source(block.goal.weight), block.weight)
            for member, block in cluster.blocks
            if block.goal is not None
        )
        rows = [line.scored for line in self.lines]
        score, self.fits = scores.goal_score(rows, self.worth.value)
        parts = [line.finish(own, policy) for line in self.lines]
        if self.fits:
            score = scores.sum_of_final(parts, score, self.worth.value.point)
        known = None if self.goal is None else own.get(f"goal:{self.goal.goal}")
        self.score = scores.final_score(score, known, policy)

    def rolled(self, *, scored: bool) -> Iterator[model.RolledGoal]:
        """The finished goal; none for the rows of a flat table."""
        figure = Figure("score", "sum", (), points(self.score), self.score) if scored else NOTHING
        if self.number is not None and self.goal is not None:
            label, section = str(self.goal.label.value or ""), self.goal.section
            yield model.RolledGoal(self.number, self.name, label, section, self.worth, figure)

    def differences(self, policy: Policy, *, scored: bool) -> Iterator[Difference]:
        """Where the units disagree on it and on its indicators."""
        if self.worth.how == "differ":
            yield tell("goal-weights", WARNING, self.name, self.worth.sources)
        if not self.fits and scored:
            # The weights of all rows together cannot make up its points: units have other rows.
            lo, hi = total_of([line.weight.value for line in self.lines])
            ends = {"lo": lo, "hi": hi, "points": self.worth.value.lo}
            yield tell("weights-sum", WARNING, self.name, self.worth.sources, **ends)
        for line in self.lines:
            yield from line.differences(policy, scored=scored)


class _Whole:
    """The whole form: what its weights sum to, and its total."""

    def __init__(
        self, group: groups.Group, goals: Sequence[_Goal], money: funds.Funds,
        units: Sequence[Member], policy: Policy,
    ) -> None:  # fmt: skip
        self.goals, self.money, self.policy = goals, money, policy
        self.of_goal = bool(group.goal)
        self.weight = NOTHING
        self.differences: list[Difference] = []
        if not self.of_goal:
            self._state_weight(units)

    def _state_weight(self, units: Sequence[Member]) -> None:
        """What all weights of the form sum to; where the forms differ, what the policy says."""
        places = [(member, member.form.total_weight) for member in units]
        self.weight = claims.stated_points(
            (member.source(place), exact(place)) for member, place in places
        )
        if self.weight.how == "differ":
            whole, sources = self.policy.total_weight, self.weight.sources
            self.differences.append(tell("total-weights", NOTE, "", sources, whole=whole))
            self.weight = self.weight._replace(
                text=number(whole), value=Interval(whole, whole), how="policy"
            )

    def total(self, own: Mapping[str, Score]) -> Interval:
        """The form's total, and what is to be said where its weights cannot be those of one form."""
        parts = [goal.score for goal in self.goals]
        parts += [] if self.money.score == OPEN else [self.money.score]
        whole = self.policy.total_weight if self.weight is NOTHING else self.weight.value.point
        total, fits = total_of(parts), True
        if whole is not None and not self.of_goal:
            rows = [line.scored for goal in self.goals for line in goal.lines]
            total, fits = scores.within(total, rows, self.money.score, self.money.points, whole)
        if fits:
            total = scores.sum_of_final(parts, total, whole)
        else:
            self.differences.append(tell("whole-sum", WARNING, whole=whole))
        return scores.final_score(total, None if self.of_goal else own.get("total"), self.policy)
