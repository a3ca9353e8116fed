"""Funds over all units: budgets and executed amounts added in one unit of money, the rate, its points.

Source: notes 1 and 2. Where a unit's amounts cannot be added, the rate of the whole still lies between
the others' rate and its own, and the points of budget execution stay open as far as that.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.quantity import BLANK, parse
from perfxl.rollups.claims import stated_points
from perfxl.rollups.model import (
    NOTE,
    NOTHING,
    WARNING,
    Difference,
    Figure,
    Member,
    RolledFund,
    Source,
    tell,
)
from perfxl.rollups.scores import final_score
from perfxl.rollups.show import number, points
from perfxl.rollups.words import money_factor, name_key
from perfxl.rules.findings import Score
from perfxl.rules.interval import OPEN, Interval, exact
from perfxl.rules.matching import merged_order
from perfxl.rules.policy import Policy
from perfxl.rules.ratio import ONE, ZERO

MONEY = ("initial", "budget", "executed")
EXPENDITURES = ("basic_expenditure", "project_expenditure")
MAIN = "main"


class Amount(NamedTuple):
    """One amount of one unit: where it stands, and how many 元 it is; None where it says none."""

    member: Member
    place: Field
    value: Fraction | None

    def source(self, factor: Fraction) -> Source:
        """The amount as part of a sum in a unit of money."""
        if self.value is None:
            return self.member.source(self.place, used=False, why="no-amount")
        return self.member.source(self.place, self.value / factor)


Columns = Mapping[str, Sequence[Amount]]
"""Column → the amounts of all units; without the columns in which no unit has any."""


class Funds(NamedTuple):
    """The table of funds over all units, its total row first; the points of budget execution."""

    rows: tuple[RolledFund, ...] = ()
    basic: Figure = NOTHING
    projects: Figure = NOTHING
    points: Interval = OPEN
    score: Interval = OPEN
    differences: tuple[Difference, ...] = ()


def money_unit(members: Sequence[Member]) -> tuple[str, Fraction]:
    """The unit of the sums: the one that most forms are in, of two the larger; 元 to the unit."""
    known = Counter(
        (str(member.form.money_unit.value), factor)
        for member in members
        if (factor := money_factor(member.form)) is not None
    )
    return min(known, key=lambda one: (-known[one], -one[1], one[0]), default=("", ONE))


def funds(members: Sequence[Member], own: Score | None, policy: Policy) -> Funds:
    """The table of funds, the points of budget execution, and what was left out of the sums.

    Args:
        members: the units.
        own: the recomputed score of the only form, None where there are several.
        policy: at whose decimals scores are kept.
    """
    lines = [[_key(member, fund) for fund in member.form.funds] for member in members]
    tables = {name: _columns(members, name) for name in merged_order(lines)}
    whole = _with_any({
        column: [_amount(member, getattr(member.form, column)) for member in members]
        for column in EXPENDITURES
    })  # fmt: skip
    if not whole and not any(tables.values()):
        return Funds()
    factor = money_unit(members)[1]
    rows: list[RolledFund] = []
    told: list[Difference] = []
    weight, score = NOTHING, OPEN
    for name in sorted(tables, key=lambda name: name != MAIN):
        columns = tables[name]
        first = next(fund for member in members if (fund := _fund(member, name)) is not None)
        figures = [_figure(columns, column, factor) for column in MONEY]
        row = RolledFund(str(first.name.value or ""), first.total, first.part, *figures)
        if name == MAIN:
            row = _with_rate(row, columns, members, own, policy)
            weight, score = row.weight, row.score.value
            told += _of_points(row, columns)
        rows.append(row)
        told += _left_out(row, columns, name)
    basic, projects = (_figure(whole, column, factor) for column in EXPENDITURES)
    return Funds(tuple(rows), basic, projects, weight.value, score, tuple(told))


def _key(member: Member, fund: Fund) -> str:
    return MAIN if fund is member.facts.main_fund else name_key(fund.name.value)


def _fund(member: Member, name: str) -> Fund | None:
    return next((fund for fund in member.form.funds if _key(member, fund) == name), None)


def _amount(member: Member, place: Field) -> Amount:
    value = exact(place)
    if value is None or member.money is None:
        return Amount(member, place, None)
    return Amount(member, place, value * member.money)


def _columns(members: Sequence[Member], name: str) -> Columns:
    """The amounts of one row of funds."""
    found: dict[str, list[Amount]] = {column: [] for column in MONEY}
    for member in members:
        fund = _fund(member, name)
        for column, amounts in found.items():
            one = _amount(member, ABSENT if fund is None else getattr(fund, column))
            if name == MAIN and member.facts.scale is not None and column != "initial":
                one = one._replace(value=None)
            amounts.append(one)
    return _with_any(found)


def _with_any(found: Columns) -> Columns:
    return {
        column: amounts
        for column, amounts in found.items()
        if any(one.value is not None for one in amounts)
    }


def _figure(columns: Columns, column: str, factor: Fraction) -> Figure:
    """A sum with every unit's amount, in the unit of money of the roll-up."""
    if column not in columns:
        return NOTHING
    parts = [one for one in columns[column] if one.place.row or one.value is not None]
    value = sum((one.value for one in parts if one.value is not None), ZERO) / factor
    how = "single" if len(parts) == 1 else "added"
    sources = tuple(one.source(factor) for one in parts)
    return Figure(column, how, sources, number(value), Interval(value, value))


# ---------------------------------------------------------------- rate and points
def _with_rate(
    row: RolledFund, columns: Columns, members: Iterable[Member], own: Score | None, policy: Policy
) -> RolledFund:
    """The total row with its rate and the points of budget execution, on which all forms should agree."""
    rate, bounds = _rate(columns)
    weight = stated_points(
        member.source(facts.budget.weight, facts.budget_weight)
        for member in members
        if (facts := member.facts).budget is not None and facts.budget_weight is not None
    )
    if not weight.sources:
        return row._replace(rate=rate)
    # Points times the rate, at most the points.
    ends = (
        (end or ZERO) * (share or ZERO) for end, share in zip(weight.value, bounds, strict=True)
    )
    value = final_score(Interval(*ends), own, policy)
    score = Figure("score", "rate", (), points(value), value)
    return row._replace(rate=rate, weight=weight, score=score)


def _rate(columns: Columns) -> tuple[Figure, Interval]:
    """The rate of all units, as a figure and as an interval: open where a unit's amounts are."""
    budgets = columns.get("budget") or columns.get("initial") or ()
    pairs = list(zip(budgets, columns.get("executed", ()), strict=False))
    counted = [pair for pair in pairs if _fits(*pair)]
    left = [pair[0].member for pair in pairs if not _fits(*pair)]
    ends = [share for member in left for share in _own_rate(member)]
    budget, executed = (
        sum((pair[side].value or ZERO for pair in counted), ZERO) for side in (0, 1)
    )
    if budget > 0:
        ends.append(_share(executed / budget))
    bounds = Interval(min(ends, default=ZERO), max(ends, default=ONE))
    if budget <= 0 or left:
        return Figure("rate", "rate-open", (), "", bounds), bounds
    rate = executed / budget
    return Figure("rate", "rate", (), f"{number(rate * 100, 2)}%", Interval(rate, rate)), bounds


def _fits(budget: Amount, executed: Amount) -> bool:
    """Whether a unit's rate is that of these two amounts: an adjusted budget may not be on the form."""
    rate = budget.member.facts.rate
    if budget.value is None or executed.value is None:
        return False
    if budget.value <= 0:
        return budget.value == 0
    return rate is None or executed.value / budget.value == rate


def _own_rate(member: Member) -> tuple[Fraction, ...]:
    rate = member.facts.rate
    return (ZERO, ONE) if rate is None or member.facts.scale is not None else (_share(rate),)


def _share(rate: Fraction) -> Fraction:
    return max(ZERO, min(ONE, rate))


# ---------------------------------------------------------------- what to tell
def _of_points(row: RolledFund, columns: Columns) -> Iterator[Difference]:
    """Points on which the forms differ, and units that spent more than their budget: no sum shows it."""
    if row.weight.how == "differ":
        yield tell("budget-points", WARNING, "", row.weight.sources)
    pairs = zip(columns.get("budget", ()), columns.get("executed", ()), strict=False)
    over = [
        executed.member.source(executed.place)
        for budget, executed in pairs
        if budget.value is not None and executed.value is not None and executed.value > budget.value
    ]
    if over:
        yield tell("over-budget", NOTE, "", over)


def _left_out(row: RolledFund, columns: Columns, name: str) -> Iterator[Difference]:
    """Amounts that could not be added."""
    for column, amounts in columns.items():
        left = [
            one.source(ONE)
            for one in amounts
            if one.value is None and one.place.row
            and (name == MAIN or parse(one.place.text).kind != BLANK)
        ]  # fmt: skip
        if left:
            yield tell("left-amount", WARNING, row.name, left, column=column, count=len(amounts))
