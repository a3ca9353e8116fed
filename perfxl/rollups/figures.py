"""Targets and actuals of the rolled-up form, and the completion ratio judged once from them.

Source: notes 2 and 3, "first the figures become one, then the score is computed". A unit whose numbers
cannot take part leaves the ratio open as far as its own ratio: whatever common measure and weight it
had, the ratio of the whole would lie between the others' and its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.forms.values.quantity import NUMBER, RANGE, Quantity
from perfxl.forms.values.wording import about
from perfxl.rollups.model import Difference, Figure, Member, Source
from perfxl.rollups.show import MOST_DECIMALS, number
from perfxl.rollups.sums import Entry, Numbers, weights
from perfxl.rollups.values import ADDED, APART, AVERAGED, LEVEL, SCORED, Plan, alike, bound
from perfxl.rules.engine.completion import BOTH, MET, ONE, PROPORTIONAL, ZERO, Ratio, compare
from perfxl.rules.engine.facts import Row, is_execution
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy

MOST_TEXTS = 6
AVERAGE_DECIMALS = 2
CLASHES = frozenset({"kinds", "units", "ways", "bounds-clash", "moneys", "scales", "no-weights"})


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator's figures over all units, and its ratio."""

    target: Figure
    actual: Figure
    ratio: Ratio


def entries(line: int, plan: Plan) -> list[Entry]:
    """The units' numbers for the sums; moves those that cannot be weighed to the plan's left."""
    if plan.mode == ADDED:
        return [Entry(("figures", line), False, ONE, *one.sizes) for one in plan.readings]
    if plan.mode != AVERAGED:
        return []
    known = weights([(one.member.funds, tuple(one.sizes)) for one in plan.readings])
    pairs = list(zip(plan.readings, known, strict=True))
    if not any(weight is not None for weight in known):
        plan.mode, plan.why = APART, "no-weights"
        return []
    plan.left += [(one.member, one.row, "no-funds") for one, weight in pairs if weight is None]
    plan.readings = [one for one, weight in pairs if weight is not None]
    return [
        Entry(("figures", line), True, weight, *one.sizes)
        for one, weight in pairs
        if weight is not None
    ]


def judged(line: int, plan: Plan, numbers: Mapping[Any, Numbers], policy: Policy) -> Judged:
    """The figures of an indicator from the sums, and the ratio that follows."""
    found = numbers.get(("figures", line))
    rows = [row for _, row in plan.cluster.rows]
    if found is None:
        how = {SCORED: "words", LEVEL: "level"}.get(plan.mode, "apart")
        if len(rows) == 1:
            how = "single"
        sides = [_apart(plan, side, how) for side in ("target", "actual")]
        return Judged(sides[0], sides[1], _hull([row.ratio for row in rows]))
    sizes = Sizes(*found)
    kind = plan.readings[0].row.target.kind
    bounds = {bound(one.row.actual) for one in plan.readings} - {""}
    sign = next(iter(bounds), "")
    # A figure of several units is worked out and no claim is judged by it: of two formulas that are both
    # practice it takes the first.
    inverse = PROPORTIONAL if policy.inverse == BOTH and len(rows) > 1 else ""
    ratio = compare(
        sizes, Quantity(kind, ""), Quantity(NUMBER, "", comparator=sign), plan.way, policy,
        limit=plan.limit, inverse=inverse,
    )  # fmt: skip
    if plan.mode == AVERAGED and all(is_execution(row.indicator, policy) for row in rows):
        # Budget execution as an indicator may score its points times the rate.
        share = max(ZERO, min(ONE, sizes.actual / 100))
        ratio = ratio._replace(lo=min(ratio.lo, share), hi=max(ratio.hi, share))
    own = [row.ratio for _, row, _ in plan.left]
    if own and kind == RANGE:
        # One unit below a range and one above it may be within it together.
        own.append(MET)
    target = _combined(plan, "target", (sizes.low, sizes.high), _comparator(plan))
    actual = _combined(plan, "actual", (sizes.actual, sizes.actual), sign)
    return Judged(target, actual, _hull([ratio, *own]))


def _hull(ratios: Sequence[Ratio]) -> Ratio:
    """The least interval that holds all of some ratios."""
    if len(ratios) == 1:
        return ratios[0]
    lo, hi = min(one.lo for one in ratios), max(one.hi for one in ratios)
    same = all((one.lo, one.hi) == (lo, hi) for one in ratios)
    open_ = any(one.open for one in ratios) or not same
    below = any(one.below and one.hi == hi for one in ratios) and all(
        one.below or one.hi < hi for one in ratios
    )
    bounded = any(one.bound for one in ratios)
    return Ratio(lo, hi, ratios[0].why if same else "units", open=open_, below=below, bound=bounded)


def _comparator(plan: Plan) -> str:
    """The comparator of all targets; where they differ but go the same way, that way's."""
    signs = {one.row.target.comparator for one in plan.readings}
    if len(signs) == 1:
        return next(iter(signs))
    return {"up": "≥", "down": "≤"}.get(plan.way, "") if signs - {"", "="} else ""


# ---------------------------------------------------------------- figures with their sources
def _side(row: Row, side: str) -> Field:
    place: Field = getattr(row.indicator, side)
    return place


def _combined(plan: Plan, side: str, value: tuple[Fraction, Fraction], sign: str) -> Figure:
    averaged = plan.mode == AVERAGED
    sources: list[Source] = []
    for one in plan.readings:
        size = one.sizes.low if side == "target" else one.sizes.actual
        weight = one.member.funds if averaged else None
        sources.append(
            Source(
                one.member.name, one.member.form, _side(one.row, side), size / plan.factor, weight
            )
        )
    sources += _left(plan, side)
    texts = [_side(one.row, side).text for one in plan.readings]
    decimals = AVERAGE_DECIMALS if averaged else MOST_DECIMALS
    ends = [number(end / plan.factor, decimals) for end in dict.fromkeys(value)]
    # The mean of equal texts is that text as it was written; their sum is not.
    kept = alike(texts) and (averaged or len(texts) == 1)
    text = texts[0] if kept else f"{sign}{'-'.join(ends)}{plan.unit}"
    how = "single" if len(plan.cluster.rows) == 1 else plan.mode
    exact = Interval(value[0] / plan.factor, value[1] / plan.factor)
    return Figure(side, how, tuple(_ordered(plan, sources)), text, exact)


def _apart(plan: Plan, side: str, how: str) -> Figure:
    sources = [
        Source(member.name, member.form, _side(row, side), used=plan.mode != APART)
        for member, row in plan.cluster.rows
    ]
    texts = list(dict.fromkeys(" ".join(one.place.text.split()) for one in sources))
    texts = [text for text in texts if text]
    if texts and alike(texts):
        texts = texts[:1]
        how = "same" if how in ("level", "words") and len(sources) > 1 else how
    more = "…" if len(texts) > MOST_TEXTS else ""
    return Figure(side, how, tuple(sources), "；".join(texts[:MOST_TEXTS]) + more)


def _left(plan: Plan, side: str) -> list[Source]:
    return [
        Source(member.name, member.form, _side(row, side), used=False, why=why)
        for member, row, why in plan.left
    ]


def _ordered(plan: Plan, sources: list[Source]) -> list[Source]:
    order = {member.form.form: index for index, (member, _) in enumerate(plan.cluster.rows)}
    return sorted(sources, key=lambda one: order[one.form.form])


# ---------------------------------------------------------------- what to tell
def differences(plan: Plan) -> list[Difference]:
    """Where the units disagree on an indicator, and what was done about it."""
    name = plan.cluster.name
    rows = plan.cluster.rows
    found: list[Difference] = []

    def tell(code: str, severity: Severity, sources: Sequence[Source], **arguments: Any) -> None:
        found.append(Difference(code, severity, name, tuple(sources), arguments))

    if plan.why in CLASHES:
        tell(
            plan.why,
            Severity.ERROR,
            _cells(rows, "target" if plan.why != "bounds-clash" else "actual"),
        )
    for why in dict.fromkeys(why for _, _, why in plan.left):
        left = [(member, row) for member, row, one in plan.left if one == why]
        side = "target" if why == "no-target" else "actual"
        severity = Severity.NOTE if why == "no-funds" else Severity.WARNING
        tell(f"left-{why}", severity, _cells(left, side), count=len(rows))
    signs = {one.row.target.comparator.replace("=", "") for one in plan.readings}
    if len(signs) > 1:
        tell("comparators", Severity.NOTE, _cells(rows, "target"))
    bounds = [(one.member, one.row) for one in plan.readings if bound(one.row.actual)]
    if bounds and len(rows) > 1 and len(bounds) < len(rows):
        tell("bounds", Severity.NOTE, _cells(bounds, "actual"))
    for side in ("target", "actual"):
        rough = [(one.member, one.row) for one in plan.readings if about(_side(one.row, side).text)]
        if rough:
            tell("rough", Severity.NOTE, _cells(rough, side))
    assumed = [(one.member, one.row) for one in plan.readings if one.assumed]
    if assumed:
        tell("unit-assumed", Severity.NOTE, _cells(assumed, "target"), unit=plan.unit)
    if plan.mixed:
        tell("measure-words", Severity.NOTE, _cells(rows, "target"), unit=plan.unit)
    for side in ("target", "actual"):
        texts = [_side(row, side).text for _, row in rows]
        if plan.mode in (SCORED, LEVEL) and not alike(texts):
            severity = Severity.WARNING if side == "target" else Severity.NOTE
            code = "level" if plan.mode == LEVEL else "words"
            tell(f"{code}-{side}", severity, _cells(rows, side))
    return found


def _cells(rows: Sequence[tuple[Member, Row]], side: str) -> list[Source]:
    return [Source(member.name, member.form, _side(row, side)) for member, row in rows]
