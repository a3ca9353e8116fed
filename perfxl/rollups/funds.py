"""Funds over all units: budgets and executed amounts added in one unit of money, the rate, its points.

Source: notes 1 and 2. Where a unit's amounts cannot be added, the rate of the whole still lies between
the others' rate and its own, and the points of budget execution stay open as far as that.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Form, Fund
from perfxl.forms.values.quantity import BLANK, parse
from perfxl.rollups import model
from perfxl.rollups.claims import stated_points
from perfxl.rollups.model import NOTE, NOTHING, WARNING, Difference, Figure, Member, Source, tell
from perfxl.rollups.scores import final_score
from perfxl.rollups.show import number, points
from perfxl.rollups.sums import or_zero, total
from perfxl.rollups.words import money_factor, name_key
from perfxl.rules.engine.interval import OPEN, Interval, exact
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.findings import Score
from perfxl.rules.matching.matcher import exclude, merge_orders
from perfxl.rules.policies.policy import Policy

MONEY = ("initial", "budget", "executed")
EXPENDITURES = ("basic_expenditure", "project_expenditure")
MAIN = "main"


Columns = Mapping[str, Sequence[Source]]
"""Column → the amounts of all units in 元, one that is not known not used; no column without any amount."""


class Funds(NamedTuple):
    """The table of funds over all units, its total row first."""

    rows: tuple[model.RolledFund, ...] = ()
    basic: Figure = NOTHING
    projects: Figure = NOTHING
    differences: tuple[Difference, ...] = ()

    @property
    def points(self) -> Interval:
        """The points of budget execution, open where there are none."""
        return self.rows[0].weight.value if self.rows else OPEN

    @property
    def score(self) -> Interval:
        """Their score, likewise."""
        return self.rows[0].score.value if self.rows else OPEN


def money_unit(members: Sequence[Member]) -> tuple[str, Fraction]:
    """The unit of the sums: the one that most forms are in, of two the larger; 元 to the unit."""
    known = Counter(
        (str(member.form.money_unit.value), factor)
        for member in members
        if (factor := money_factor(member.form)) is not None
    )
    return min(known, key=lambda one: (-known[one], -one[1], one[0]), default=("", ONE))


def roll_funds(members: Sequence[Member], own: Score | None, policy: Policy) -> Funds:
    """The table of funds, the points of budget execution, and what was left out of the sums.

    Args:
        members: the units.
        own: the recomputed score of the only form, None where there are several.
        policy: at whose decimals scores are kept.
    """
    tables = [(name, _table(members, name)) for name in _names(members)]
    whole = _columns(members, [member.form for member in members], EXPENDITURES)
    if not whole and not any(columns for _, columns in tables):
        return Funds()
    factor = money_unit(members)[1]
    rows = [_row(members, name, columns, factor) for name, columns in tables]
    told: list[Difference] = []
    if (main := dict(tables).get(MAIN)) is not None:
        rows[0] = _with_rate(rows[0], main, members, own, policy)
        told += _of_points(rows[0], main)
    for row, (name, columns) in zip(rows, tables, strict=True):
        told += _left_out(row, columns, name)
    basic, projects = (_figure(whole, column, factor) for column in EXPENDITURES)
    return Funds(tuple(rows), basic, projects, tuple(told))


def _names(members: Sequence[Member]) -> list[str]:
    """The rows of all forms in one order, that of the total funds first."""
    lines = [[_key(member, fund) for fund in member.form.funds] for member in members]
    return sorted(merge_orders(lines), key=lambda name: name != MAIN)


def _row(
    members: Sequence[Member], name: str, columns: Columns, factor: Fraction
) -> model.RolledFund:
    first = next(fund for member in members if (fund := _fund(member, name)) is not None)
    figures = [_figure(columns, column, factor) for column in MONEY]
    return model.RolledFund(str(first.name.value or ""), first.total, first.part, *figures)


def _key(member: Member, fund: Fund) -> str:
    return MAIN if fund is member.facts.main_fund else name_key(fund.name.value)


def _fund(member: Member, name: str) -> Fund | None:
    return next((fund for fund in member.form.funds if _key(member, fund) == name), None)


def _table(members: Sequence[Member], name: str) -> Columns:
    """The amounts of one row of funds."""
    rows = [_fund(member, name) or Fund() for member in members]
    return _columns(members, rows, MONEY, main=name == MAIN)


def _columns(
    members: Sequence[Member], rows: Sequence[Form | Fund], columns: Sequence[str], *, main: bool = False
) -> Columns:  # fmt: skip
    found: dict[str, list[Source]] = {column: [] for column in columns}
    for member, row in zip(members, rows, strict=True):
        for column, amounts in found.items():
            # Two amounts in different units: nobody says which stands in the form's.
            known = not main or column == "initial" or member.facts.scale is None
            amounts.append(_amount(member, getattr(row, column), known=known))
    return {column: parts for column, parts in found.items() if any(one.used for one in parts)}


def _amount(member: Member, place: Field, *, known: bool) -> Source:
    value = exact(place)
    if value is None or member.money is None or not known:
        return member.source(place, used=False, why="no-amount")
    return member.source(place, value * member.money)


def _figure(columns: Columns, column: str, factor: Fraction) -> Figure:
    """A sum with every unit's amount, in the unit of money of the roll-up."""
    if column not in columns:
        return NOTHING
    parts = [
        one if one.value is None else one._replace(value=one.value / factor)
        for one in columns[column]
        if one.place.row or one.used
    ]
    value = sum((one.value for one in parts if one.value is not None), ZERO)
    how = "single" if len(parts) == 1 else "added"
    return Figure(column, how, tuple(parts), number(value), Interval(value, value))


# ---------------------------------------------------------------- rate and points
def _with_rate(
    row: model.RolledFund, columns: Columns, members: Sequence[Member], own: Score | None, policy: Policy
) -> model.RolledFund:  # fmt: skip
    """The total row with its rate and the points of budget execution, on which all forms should agree."""
    rate, bounds = _rate(columns, members)
    weight = stated_points(
        (member.source(fund.weight), member.facts.budget_weight)
        for member in members
        if (fund := member.facts.budget) is not None
    )
    if not weight.sources:
        return row._replace(rate=rate)
    # Points times the rate, at most the points.
    pairs = zip(weight.value, bounds, strict=True)
    value = final_score(
        Interval(*(or_zero(end) * or_zero(share) for end, share in pairs)), own, policy
    )
    score = Figure("score", "rate", (), points(value), value)
    return row._replace(rate=rate, weight=weight, score=score)


def _rate(columns: Columns, members: Sequence[Member]) -> tuple[Figure, Interval]:
    """The rate of all units, as a figure and as an interval: open where a unit's amounts are."""
    budgets = columns.get("budget", columns.get("initial", ()))
    rows = list(zip(members, budgets, columns.get("executed", ()), strict=False))
    counted = [row for row in rows if _fits(*row)]
    ends = [end for member, *_ in exclude(rows, counted) for end in _own_rate(member)]
    pairs = [(or_zero(one.value), or_zero(other.value)) for _, one, other in counted]
    budget, executed = total([(ZERO, ZERO), *pairs])
    rate = executed / budget if budget > 0 else None
    if rate is not None and not ends:
        text = f"{number(rate * 100, 2)}%"
        share = _share(rate)
        return Figure("rate", "rate", (), text, Interval(rate, rate)), Interval(share, share)
    ends += [] if rate is None else [_share(rate)]
    bounds = Interval(min(ends, default=ZERO), max(ends, default=ONE))
    return Figure("rate", "rate-open", (), "", bounds), bounds


def _own_rate(member: Member) -> tuple[Fraction, ...]:
    rate = None if member.facts.scale is not None else member.facts.rate
    return (ZERO, ONE) if rate is None else (_share(rate),)


def _fits(member: Member, budget: Source, executed: Source) -> bool:
    """Whether a unit's rate is that of these two amounts: an adjusted budget may not be on the form."""
    rate = member.facts.rate
    if budget.value is None or executed.value is None or budget.value <= 0:
        return budget.value == 0 and executed.used
    return rate is None or executed.value / budget.value == rate


def _share(rate: Fraction) -> Fraction:
    return max(ZERO, min(ONE, rate))


# ---------------------------------------------------------------- what to tell
def _of_points(row: model.RolledFund, columns: Columns) -> Iterator[Difference]:
    """Points on which the forms differ, and units that spent more than their budget: no sum shows it."""
    if row.weight.how == "differ":
        yield tell("budget-points", WARNING, "", row.weight.sources)
    pairs = zip(columns.get("budget", ()), columns.get("executed", ()), strict=False)
    over = [
        executed._replace(value=None)
        for budget, executed in pairs
        if budget.value is not None and executed.value is not None and executed.value > budget.value
    ]
    if over:
        yield tell("over-budget", NOTE, "", over)


def _left_out(row: model.RolledFund, columns: Columns, name: str) -> Iterator[Difference]:
    """Amounts that could not be added."""
    for column, amounts in columns.items():
        left = [one for one in amounts if not one.used and one.place.row]
        if name != MAIN:
            left = [one for one in left if parse(one.place.text).kind != BLANK]
        if left:
            yield tell("left-amount", WARNING, row.name, left, column=column, count=len(amounts))
