"""One total of money split twice, side by side: by kind of income and by kind of expenditure.

Each side is headed by an amount of its own (按收入性质分：2030.12) and lists its parts below it, in the same
column. The sides are break-downs of one and the same total: each is compared with it, and they are never
added together. Source: scoring rules, "Sums, caps, and what must be there".
"""

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import Form, Fund
from perfxl.forms.values.text import fold, number
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.nesting import top_rows
from perfxl.rules.engine.tolerance import ZERO, decimals
from perfxl.rules.findings import HOLDS, Check, Severity, Verdict
from perfxl.rules.policies.policy import Policy

AMOUNTS = ("budget", "initial", "executed")


class Side(NamedTuple):
    """One break-down: its head with the whole amount, and the parts below it."""

    head: Fund
    parts: tuple[Fund, ...]

    @property
    def funds(self) -> tuple[Fund, ...]:
        """All its rows."""
        return (self.head, *self.parts)


def sides(form: Form, policy: Policy) -> list[Side]:
    """The break-downs of a form whose head says by what it splits the total."""
    funds = [fund for fund in form.funds if not fund.total and _in_label(fund)]
    heads = [fund for fund in funds if _splits(str(fund.name.value or ""), policy)]
    found = []
    for head in heads:
        below = [other.name.row for other in heads if _is_below(other, head)]
        last = min(below, default=max(fund.name.row for fund in funds) + 1)
        parts = (fund for fund in funds if _is_below(fund, head) and fund.name.row < last)
        found.append(Side(head, tuple(parts)))
    return found


def checks(side: Side, total: Fund, form: Form, *, complete: bool, nested: bool) -> Iterator[Check]:
    """The whole of a side is the total's, and its parts make it.

    Args:
        side: the break-down.
        total: the row of the total funds.
        form: their form.
        complete: whether the parts name everything.
        nested: whether they break each other down, so that only the greatest can be compared.
    """
    whole = exact(side.head.budget)
    if whole is None:
        yield Check(Verdict.CANNOT_JUDGE)
        return
    yield _head(side.head, whole, total)
    known = [amount for fund in side.parts if (amount := exact(fund.budget)) is not None]
    if not known or whole == 0 or _made_elsewhere(side, form):
        return
    slack = Fraction(len(known) + 1, 2 * 10 ** max(map(decimals, map(_written, side.funds))))
    rows = top_rows(known, whole, slack)
    summed = max(known) if nested else sum((known[row] for row in rows), ZERO)
    short = summed < whole - slack and complete and not nested
    if short and _is_unread(side, form):
        yield Check(Verdict.CANNOT_JUDGE)
    elif short or summed > whole + slack:
        yield _parts(side, whole, summed, complete=complete)
    else:
        yield HOLDS


def _head(head: Fund, whole: Fraction, total: Fund) -> Check:
    """The amount over a side is the budget of the total, or another amount that the total states."""
    stated = [getattr(total, column) for column in AMOUNTS]
    known = [(place, amount) for place in stated if (amount := exact(place)) is not None]
    if len(known) < sum(bool(place.text) for place in stated) or not known:
        return Check(Verdict.CANNOT_JUDGE)
    digits = max(map(decimals, (_written(head), *(place.text for place, _ in known))))
    if any(abs(amount - whole) <= Fraction(1, 10**digits) for _, amount in known):
        return HOLDS
    return Check(
        Verdict.FAILS, head.budget, "budget", Severity.ERROR, "side-total",
        claimed=whole, lo=known[0][1], hi=known[0][1], arguments={"name": str(head.name.value or "")},
    )  # fmt: skip


def _parts(side: Side, whole: Fraction, summed: Fraction, *, complete: bool) -> Check:
    known = [fund for fund in side.parts if exact(fund.budget) is not None]
    return Check(
        Verdict.FAILS, side.head.budget, "budget", Severity.ERROR, "side",
        claimed=whole, lo=summed, hi=summed if complete else None,
        arguments={
            "name": str(side.head.name.value or ""),
            "parts": " + ".join(map(_written, known)),
            "names": [str(fund.name.value or "") for fund in known],
        },
    )  # fmt: skip


def _written(fund: Fund) -> str:
    """The amount of a row as a number."""
    return "" if fund.budget.value is None else f"{fund.budget.value:f}"


def _in_label(fund: Fund) -> bool:
    """Whether a row is one cell: a label that contains its amount."""
    return bool(fund.name.row) and fund.name[2:4] == fund.budget[2:4]


def _splits(name: str, policy: Policy) -> bool:
    """Whether a label says by what a total is split: 按收入性质分."""
    text = fold(name).rstrip("：:")
    return text.startswith(policy.words["split_heads"]) and text.endswith(
        policy.words["split_tails"]
    )


def _is_below(fund: Fund, head: Fund) -> bool:
    return fund.name.col == head.name.col and fund.name.row > head.name.row


def _made_elsewhere(side: Side, form: Form) -> bool:
    """Whether its parts are basic and project expenditure, whose sum has a rule of its own."""
    places = {form.basic_expenditure[2:4], form.project_expenditure[2:4]}
    return bool(side.parts) and {fund.budget[2:4] for fund in side.parts} == places


def _is_unread(side: Side, form: Form) -> bool:
    """Whether an amount beside the parts was not understood: it may be the one that is missing."""
    first, last = side.head.name.row, max(fund.name.row for fund in side.funds)
    return any(
        first <= item.row <= last + 1
        and (number(item.text) is not None or any(map(str.isdigit, item.text)))
        for item in form.unread
    )
