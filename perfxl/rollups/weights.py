"""The weight of an indicator over all units: one for all, as far as the forms do not contradict it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfxl.rollups.model import NOTHING, Difference, Figure, Member, Source
from perfxl.rollups.show import number, points
from perfxl.rollups.values import Plan
from perfxl.rules.engine.facts import BOUNDED, STATED, Row
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.findings import Severity


@dataclass(frozen=True, slots=True)
class Weight:
    """What is known of an indicator's weight.

    Attributes:
        value: the interval; `agreed`: whether the forms allow one weight for all units.
        each: every unit's own interval, in the order of the rows.
    """

    value: Interval
    agreed: bool
    each: tuple[Interval, ...]


def weight_of(plan: Plan) -> Weight:
    """The weight that all units' forms allow together; any that one of them allows where they differ."""
    each = tuple(_own(member, row) for member, row in plan.cluster.rows)
    return Weight(*common(each), each)


def common(each: Sequence[Interval]) -> tuple[Interval, bool]:
    """What all intervals have in common, else the least that holds them all; and which of the two."""
    lo = max(one.lo or ZERO for one in each)
    his = [one.hi for one in each if one.hi is not None]
    hi = min(his, default=None)
    if hi is None or lo <= hi:
        return Interval(lo, hi), True
    most = max(his) if len(his) == len(each) else None
    return Interval(min(one.lo or ZERO for one in each), most), False


def stated(sources: Iterable[Source]) -> Figure:
    """Points that every form states and all should agree on: of a goal, of the budget, of the whole."""
    listed = tuple(sources)
    if not listed:
        return NOTHING
    value, agreed = common([Interval(one.value, one.value) for one in listed])
    text = points(value) if value.point is None else number(value.point)
    return Figure("weight", "agreed" if agreed else "differ", listed, text, value)


def _own(member: Member, row: Row) -> Interval:
    """One form's weight of a row: stated, or within [s, s + t] of its own claim and the points left."""
    if row.how == STATED:
        return Interval(row.weight, row.weight)
    own = max(ZERO, row.claim or ZERO)
    if row.how != BOUNDED or row.slack is None:
        return Interval(own, None)
    if row.slack >= 0:
        return Interval(own, own + row.slack)
    # Some claim of the goal exceeds its weight; which one, the form does not show.
    groups = (group for block in member.facts.blocks for group in block.groups)
    group = next((group for group in groups if any(one is row for one in group.rows)), None)
    return Interval(ZERO, None if group is None else group.points)


def figure(plan: Plan, weight: Weight) -> Figure:
    """The weight with every unit's own."""
    sources = []
    for (member, row), own in zip(plan.cluster.rows, weight.each, strict=True):
        place, why = row.indicator.weight, ""
        if row.how != STATED:
            place, why = row.indicator.score, "bounded"
        sources.append(Source(member.name, member.form, place, own.point, why=why))
    known = all(row.how == STATED for _, row in plan.cluster.rows)
    how = ("agreed" if known else "bounded") if weight.agreed else "differ"
    text = points(weight.value) if weight.value.point is None else number(weight.value.point)
    return Figure("weight", how, tuple(sources), text, weight.value)


def differences(plan: Plan, weight: Weight) -> list[Difference]:
    """Units that weigh an indicator differently."""
    if weight.agreed:
        return []
    told = figure(plan, weight).sources
    return [Difference("weights", Severity.WARNING, plan.cluster.name, told)]
