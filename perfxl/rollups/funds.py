"""Funds over all units: budgets and executed amounts added in one unit of money, the rate, its points.

Source: notes 1 and 2. Where a unit's amounts cannot be added, the rate of the whole still lies between
the others' rate and its own, and the points of budget execution stay open as far as that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.values.quantity import BLANK, parse
from perfxl.rollups.match import merged
from perfxl.rollups.model import NOTHING, Difference, Figure, Member, RolledFund, Source
from perfxl.rollups.recomputed import settled
from perfxl.rollups.show import number, points
from perfxl.rollups.sums import Entry, Numbers
from perfxl.rollups.weights import stated
from perfxl.rollups.words import money_factor, name_key
from perfxl.rules.engine.interval import OPEN, Interval, exact
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.findings import Score, Severity
from perfxl.rules.policies.policy import Policy

MONEY = ("initial", "budget", "executed")
MAIN = "main"


class Amount(NamedTuple):
    """One amount of one unit: where it stands, and how many 元 it is; None where it says none."""

    member: Member
    place: Field
    value: Fraction | None


class Funds(NamedTuple):
    """The table of funds over all units, its total row first; the points of budget execution."""

    rows: tuple[RolledFund, ...]
    basic: Figure
    projects: Figure
    points: Interval
    score: Interval
    differences: tuple[Difference, ...]


NO_FUNDS = Funds((), NOTHING, NOTHING, OPEN, OPEN, ())
Line = tuple[str, ...]


def money_unit(members: Sequence[Member]) -> tuple[str, Fraction]:
    """The unit of the sums: the one that most forms are in, of two the larger; 元 to the unit."""
    known = Counter(
        (str(member.form.money_unit.value), factor)
        for member in members
        if (factor := money_factor(member.form)) is not None
    )
    if not known:
        return "", Fraction(1)
    return min(known, key=lambda one: (-known[one], -one[1], one[0]))


def amounts(members: Sequence[Member]) -> dict[Line, list[Amount]]:
    """Every line of amounts: of the rows of funds by name and column, and the two expenditures."""
    found: dict[Line, list[Amount]] = {}
    for name in _names(members):
        for column in MONEY:
            found[name, column] = [_amount(member, name, column) for member in members]
    for column in ("basic_expenditure", "project_expenditure"):
        found[(column,)] = [
            Amount(member, place, _in_money(member, exact(place)))
            for member in members
            for place in (getattr(member.form, column),)
        ]
    return {
        line: parts for line, parts in found.items() if any(one.value is not None for one in parts)
    }


def _key(member: Member, fund: Fund) -> str:
    return MAIN if fund is member.facts.main_fund else name_key(fund.name.value)


def _names(members: Sequence[Member]) -> list[str]:
    names = merged([_key(member, fund) for fund in member.form.funds] for member in members)
    return sorted(names, key=lambda name: name != MAIN)


def _fund(member: Member, name: str) -> Fund | None:
    return next((fund for fund in member.form.funds if _key(member, fund) == name), None)


def _amount(member: Member, name: str, column: str) -> Amount:
    fund = _fund(member, name)
    place: Field = ABSENT if fund is None else getattr(fund, column)
    value = exact(place)
    if name == MAIN and member.facts.scale is not None and column != "initial":
        value = None
    return Amount(member, place, _in_money(member, value))


def _in_money(member: Member, value: Fraction | None) -> Fraction | None:
    return None if value is None or member.money is None else value * member.money


def entries(lines: Mapping[Line, Sequence[Amount]]) -> list[Entry]:
    """All amounts for the sums."""
    return [
        Entry(("funds", *line), False, ONE, one.value)
        for line, parts in lines.items()
        for one in parts
        if one.value is not None
    ]


def funds(
    members: Sequence[Member],
    lines: Mapping[Line, Sequence[Amount]],
    numbers: Mapping[Any, Numbers],
) -> Funds:
    """The table of funds, the points of budget execution, and what was left out of the sums."""
    _, factor = money_unit(members)
    rows: list[RolledFund] = []
    told: list[Difference] = []
    score = worth = OPEN
    for name in _names(members):
        first = next(fund for member in members if (fund := _fund(member, name)) is not None)
        figures = [_figure((name, column), lines, numbers, factor) for column in MONEY]
        row = RolledFund(str(first.name.value or ""), first.total, first.part, *figures)
        if name == MAIN:
            rate, bounds = _rate(lines)
            weight, points_told = _weight(members)
            told += [*points_told, *_over(lines)]
            worth = weight.value
            score = _score(weight.value, bounds) if weight.sources else OPEN
            scored = (
                Figure("score", "rate", (), points(score), score) if weight.sources else NOTHING
            )
            row = row._replace(rate=rate, weight=weight, score=scored)
        rows.append(row)
        told += _left(row, lines, name)
    basic, projects = (
        _figure((column,), lines, numbers, factor)
        for column in ("basic_expenditure", "project_expenditure")
    )
    return Funds(tuple(rows), basic, projects, worth, score, tuple(told))


def settled_funds(funds: Funds, own: Score | None, policy: Policy) -> Funds:
    """The table with the recomputed points of budget execution."""
    if funds.score == OPEN:
        return funds
    score = settled(funds.score, own, policy)
    rows = tuple(
        row if row.score is NOTHING else row._replace(
            score=row.score._replace(text=points(score), value=score)
        )
        for row in funds.rows
    )  # fmt: skip
    return funds._replace(rows=rows, score=score)


def _figure(
    line: Line,
    lines: Mapping[Line, Sequence[Amount]],
    numbers: Mapping[Any, Numbers],
    factor: Fraction,
) -> Figure:
    """A sum with every unit's amount, in the unit of money of the roll-up."""
    found = numbers.get(("funds", *line))
    if found is None:
        return NOTHING
    parts = [one for one in lines[line] if one.place.row or one.value is not None]
    sources = tuple(
        Source(one.member.name, one.member.form, one.place,
               None if one.value is None else one.value / factor, used=one.value is not None,
               why="" if one.value is not None else "no-amount")
        for one in parts
    )  # fmt: skip
    value = found[0] / factor
    how = "single" if len(parts) == 1 else "added"
    return Figure(line[-1], how, sources, number(value), Interval(value, value))


# ---------------------------------------------------------------- rate and points
def _rate(lines: Mapping[Line, Sequence[Amount]]) -> tuple[Figure, Interval]:
    """The rate of all units, as a figure and as an interval: open where a unit's amounts are."""
    whole = "budget" if (MAIN, "budget") in lines else "initial"
    budgets, spent = lines.get((MAIN, whole), ()), lines.get((MAIN, "executed"), ())
    budget, executed = ZERO, ZERO
    ends: list[Fraction] = []
    complete = bool(budgets and spent)
    for one, other in zip(budgets, spent, strict=True) if complete else ():
        if one.value is not None and other.value is not None and _fits(one, other):
            budget, executed = budget + one.value, executed + other.value
            continue
        complete = False
        rate = one.member.facts.rate
        ends += (
            [ZERO, ONE] if rate is None or one.member.facts.scale is not None else [_share(rate)]
        )
    if not budgets or not spent:
        ends = [ZERO, ONE]
    if budget > 0:
        ends.append(_share(executed / budget))
    elif not ends:
        ends = [ZERO, ONE]
    bounds = Interval(min(ends), max(ends))
    if budget <= 0 or not complete:
        return Figure("rate", "rate-open", (), "", bounds), bounds
    rate = executed / budget
    return Figure("rate", "rate", (), f"{number(rate * 100, 2)}%", Interval(rate, rate)), bounds


def _fits(budget: Amount, executed: Amount) -> bool:
    """Whether a unit's rate is that of these two amounts: an adjusted budget may not be on the form."""
    rate = budget.member.facts.rate
    if not budget.value or budget.value < 0 or executed.value is None:
        return budget.value == 0
    return rate is None or executed.value / budget.value == rate


def _share(rate: Fraction) -> Fraction:
    return max(ZERO, min(ONE, rate))


def _weight(members: Sequence[Member]) -> tuple[Figure, list[Difference]]:
    """The points of budget execution, which all forms should agree on."""
    figure = stated(
        Source(member.name, member.form, member.facts.budget.weight, member.facts.budget_weight)
        for member in members
        if member.facts.budget is not None and member.facts.budget_weight is not None
    )
    differ = figure.how == "differ"
    told = [Difference("budget-points", Severity.WARNING, "", figure.sources)] if differ else []
    return figure, told


def _score(weight: Interval, rate: Interval) -> Interval:
    """Points times the rate, at most the points."""
    return Interval(
        (weight.lo or ZERO) * (rate.lo or ZERO), (weight.hi or ZERO) * (rate.hi or ZERO)
    )


def _over(lines: Mapping[Line, Sequence[Amount]]) -> list[Difference]:
    """Units that spent more than their budget: in the sum it may no longer show."""
    budgets = {one.member.form.form: one.value for one in lines.get((MAIN, "budget"), ())}
    over = tuple(
        Source(one.member.name, one.member.form, one.place)
        for one in lines.get((MAIN, "executed"), ())
        if one.value is not None
        and (budget := budgets.get(one.member.form.form)) is not None
        and one.value > budget
    )
    return [Difference("over-budget", Severity.NOTE, "", over)] if over else []


def _left(row: RolledFund, lines: Mapping[Line, Sequence[Amount]], name: str) -> list[Difference]:
    """Amounts that could not be added."""
    told = []
    for column in MONEY:
        left = [
            Source(one.member.name, one.member.form, one.place, used=False, why="no-amount")
            for one in lines.get((name, column), ())
            if one.value is None
            and one.place.row
            and (name == MAIN or parse(one.place.text).kind != BLANK)
        ]
        if left:
            arguments = {"column": column, "count": len(lines[name, column])}
            told.append(
                Difference("left-amount", Severity.WARNING, row.name, tuple(left), arguments)
            )
    return told
