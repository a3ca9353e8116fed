"""Rules of what was approved: weights and budget against the approved table."""

from collections.abc import Iterator

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form, Fund
from perfxl.rules.checks.approved import at_most, beside, found_for, label_of, near_name
from perfxl.rules.engine import money
from perfxl.rules.engine.facts import Facts
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.matching.counterpart import Counterpart
from perfxl.rules.matching.pairing import Pair
from perfxl.rules.registry import rule

FEWEST_SCALED = 3
"""So many weights in one proportion are no coincidence."""


@rule("error, warning, note", "approved")
def approved_weight(facts: Facts) -> Iterator[Check]:
    """A weight is the approved one; changes that together earn more points favour the department."""
    agreed = found_for(facts)
    if agreed is None:
        yield NOT_APPLICABLE
        return
    different: list[tuple[Pair, Fraction, Fraction]] = []
    for pair in agreed.pairing.pairs:
        mine, theirs = _own(pair.mine.weight), _own(pair.theirs.weight)
        if mine is None or theirs is None:
            yield NOT_APPLICABLE
        elif mine == theirs:
            yield HOLDS
        else:
            different.append((pair, theirs, mine))
    if _is_scaled(different, agreed):
        first = different[0][0]
        yield Check(
            Verdict.CANNOT_JUDGE, first.mine.weight, "weight", Severity.NOTE, "scale",
            claimed=exact(first.mine.weight),
            arguments={"count": len(different), "there": agreed.where(first.theirs.weight)},
        )  # fmt: skip
        different = []
    gained = _points_gained(different, facts)
    for pair, was, now in different:
        severity = Severity.ERROR if gained > 0 else Severity.WARNING
        yield Check(
            Verdict.FAILS, pair.mine.weight, "weight", at_most(severity, pair), "changed",
            claimed=now, lo=was, hi=was,
            arguments={
                "name": pair.mine.name, "was": was, "gained": max(gained, ZERO),
                "there": agreed.where(pair.theirs.weight), "near": near_name(pair),
            },
            goal=pair.mine.goal, row=pair.mine.row,
        )  # fmt: skip
    for one, other in agreed.pairing.goals:
        points, approved = exact(one.weight), exact(other.weight)
        if points is None or approved is None:
            yield NOT_APPLICABLE
        elif points == approved:
            yield HOLDS
        else:
            yield Check(
                Verdict.FAILS, one.weight, "weight", Severity.WARNING, "goal",
                claimed=points, lo=approved, hi=approved,
                arguments={"name": label_of(one), "was": approved, "there": agreed.where(other.weight)},
                goal=one.goal,
            )  # fmt: skip
    for goal, summed, points in agreed.unused:
        yield Check(
            Verdict.CANNOT_JUDGE, goal.weight, "weight", Severity.NOTE, "unused", claimed=points,
            arguments={"name": label_of(goal), "summed": summed, "there": beside(goal.goal, agreed)},
            goal=goal.goal,
        )  # fmt: skip


def _is_scaled(different: list[tuple[Pair, Fraction, Fraction]], agreed: Counterpart) -> bool:
    """Whether all weights differ by one factor in each goal: 0.08 beside 8, or 25 of a goal's 100."""
    stated = [pair for pair in agreed.pairing.pairs if _own(pair.mine.weight) is not None]
    if len(different) < FEWEST_SCALED or len(different) < len(stated):
        return False
    factors: dict[int | None, set[Fraction]] = {}
    for pair, was, now in different:
        factors.setdefault(pair.mine.goal, set()).add(now / was if was else ZERO)
    whole = sum((now - was for _, was, now in different), ZERO)
    return whole != 0 and all(len(found) == 1 and min(found) > 0 for found in factors.values())


def _own(place: Field) -> Fraction | None:
    """A weight of a row's own; points that several rows share are none."""
    return None if place.how == "shared" else exact(place)


def _points_gained(different: list[tuple[Pair, Fraction, Fraction]], facts: Facts) -> Fraction:
    """The points that changed weights earn at least: Σ (stated - approved) · r, r at its worst."""
    ratios = {row.indicator.row: row.ratio for row in facts.rows}
    gained: Fraction = ZERO
    for pair, was, now in different:
        ratio = ratios[pair.mine.row]
        gained += (now - was) * (ratio.lo if now > was else ratio.hi)
    return gained


# ---------------------------------------------------------------- budget
@rule("warning, note", "approved")
def approved_budget(facts: Facts) -> Iterator[Check]:
    """The initial budget, or the budget where the form has no initial one, is the approved one."""
    agreed = found_for(facts)
    table = None if agreed is None else agreed.table
    theirs = None if table is None else _main(table)
    mine = facts.main_fund
    if agreed is None or table is None or theirs is None or mine is None:
        yield NOT_APPLICABLE
        return
    place = mine.initial if exact(mine.initial) is not None else mine.budget
    # An approved table may state the adjusted budget as well; either was approved.
    approved = [one for one in (theirs.initial, theirs.budget) if exact(one) is not None]
    if exact(place) is None or not approved:
        yield NOT_APPLICABLE
        return
    units = str(facts.form.money_unit.value or ""), str(table.money_unit.value or "")
    found = [money.same(place, one, facts.form, table) for one in approved]
    if True in found:
        yield HOLDS
        return
    unsure = None in found
    yield Check(
        Verdict.CANNOT_JUDGE if unsure else Verdict.FAILS, place,
        "initial" if place is mine.initial else "budget",
        Severity.NOTE if unsure else Severity.WARNING, "units" if unsure else "differs",
        claimed=exact(place),
        arguments={
            "stated": place.text + units[0], "was": approved[0].text + units[1],
            "initial": place is mine.initial, "there": agreed.where(approved[0]),
        },
    )  # fmt: skip


def _main(table: Form) -> Fund | None:
    return next((fund for fund in table.funds if fund.total), None)
