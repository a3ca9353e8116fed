"""Rules of the table of funds: rate, points of budget execution, parts and totals of money."""

import re
from collections.abc import Iterator

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Fund
from perfxl.forms.values import quantity
from perfxl.forms.values.text import normalize
from perfxl.rules.checks.splits import checks as side_checks
from perfxl.rules.checks.splits import sides
from perfxl.rules.engine.execution import Execution, share_of
from perfxl.rules.engine.facts import Facts
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.nesting import top_rows
from perfxl.rules.engine.ratio import ZERO
from perfxl.rules.engine.tolerance import decimals, side_of
from perfxl.rules.engine.written import is_written
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.policies.policy import Policy
from perfxl.rules.registry import rule

MONEY = ("initial", "budget", "executed")


@rule("error", "form")
def money_units(facts: Facts) -> Iterator[Check]:
    """Budget and executed amount stand in one unit of money."""
    fund = facts.budget or facts.main_fund
    if fund is None or facts.rate is None:
        yield NOT_APPLICABLE
    elif facts.scale is None:
        yield HOLDS
    else:
        yield Check(
            Verdict.FAILS, fund.executed, "executed", Severity.ERROR, "scale",
            claimed=exact(fund.executed),
            arguments={"budget": fund.budget.text, "executed": fund.executed.text},
        )  # fmt: skip


@rule("error", "consistency")
def execution_rate(facts: Facts) -> Iterator[Check]:
    """The rate is the executed amount divided by the budget, at the precision it is written in."""
    if not facts.form.funds:
        yield NOT_APPLICABLE
    for fund in facts.form.funds:
        stated = exact(fund.rate)
        budget, executed = exact(fund.budget), exact(fund.executed)
        if stated is None or budget is None or executed is None:
            yield NOT_APPLICABLE
        elif budget <= 0:
            # 0 of 0: any rate may be written.
            yield (
                HOLDS
                if executed == 0
                else Check(Verdict.CANNOT_JUDGE, fund.rate, "rate", Severity.NOTE, "no-budget")
            )
        else:
            rate = executed / budget
            # Where the rules end at 100 %, so may the rate.
            capped = rate > 1 and stated == 1 and not facts.policy.rate_above_one
            if is_written(rate, fund.rate) or capped:
                yield HOLDS
                continue
            yield Check(
                Verdict.FAILS, fund.rate, "rate", Severity.ERROR, "wrong",
                claimed=stated, lo=rate, hi=rate,
                arguments={
                    "budget": fund.budget.text, "executed": fund.executed.text,
                    "decimals": decimals(fund.rate.text) if "%" in normalize(fund.rate.text) else 2,
                    "stated": fund.rate.text,
                },
            )  # fmt: skip


@rule("error, warning", "budget")
def execution_score(facts: Facts) -> Iterator[Check]:
    """Budget execution scores its points times the rate, at most its points; each row that has points."""
    if not facts.executions:
        yield NOT_APPLICABLE
    for one in facts.executions:
        yield _score(one, facts.policy, several=len(facts.executions) > 1)


def _score(one: Execution, policy: Policy, *, several: bool) -> Check:
    place, claim = one.fund.score, one.claim
    lo, hi = one.interval
    if one.weight is None or claim is None:
        return NOT_APPLICABLE
    if one.rate is None or one.scale is not None or lo is None or hi is None:
        return Check(Verdict.CANNOT_JUDGE, place, "score", Severity.NOTE, "no-rate")
    side = side_of(claim, one.interval, place, policy)
    if side == 0:
        return HOLDS
    return Check(
        Verdict.FAILS, place, "score",
        Severity.ERROR if side > 0 else Severity.WARNING,
        "above" if side > 0 else "below",
        claimed=claim, lo=lo, hi=hi,
        arguments={
            "weight": one.weight, "rate": one.rate, "capped": one.rate > 1,
            "share": share_of(one.rate, policy), "stepped": bool(policy.execution_steps),
            "name": str(one.fund.name.value or "") if several else "",
        },
    )  # fmt: skip


@rule("error", "consistency")
def funds_parts(facts: Facts) -> Iterator[Check]:
    """The stated parts of a total of money sum to it; parts named 其中 do not exceed it."""
    split = sides(facts.form, facts.policy)
    apart = {id(fund) for side in split for fund in side.funds}
    funds = [fund for fund in facts.form.funds if id(fund) not in apart]
    index = next((index for index, fund in enumerate(funds) if fund.total), None)
    if index is None:
        yield NOT_APPLICABLE
        return
    total = funds[index]
    for side in split:
        nested = _is_nested([str(fund.name.value or "") for fund in side.parts], facts.policy)
        complete = _names_rest(list(side.parts), facts)
        yield from side_checks(side, total, facts.form, complete=complete, nested=nested)
    parts = [fund for fund in funds[index + 1 :] if fund.part]
    parts = parts or [fund for fund in funds[:index] if fund.part]
    named = all(fund.part or exact(fund.budget) is None for fund in funds[index + 1 :])
    nested = _is_nested([str(fund.name.value or "") for fund in parts], facts.policy)
    complete = (
        len(parts) > 1
        and named
        and not nested
        and (_names_rest(parts, facts) or _sums_all(total, parts, facts))
    )
    unfilled = _check_unfilled(total, parts, nested=nested)
    if unfilled is not None:
        yield unfilled
        return
    for column in MONEY:
        stated: Field = getattr(total, column)
        whole = exact(stated)
        amounts = [(getattr(fund, column), exact(getattr(fund, column))) for fund in parts]
        known = [(place, amount) for place, amount in amounts if amount is not None]
        again = column == "initial" and stated[2:4] == total.budget[2:4]
        if whole is None or not known or again:
            yield NOT_APPLICABLE
            continue
        unreadable = any(amount is None and _is_text(place) for place, amount in amounts)
        digits = max(decimals(place.text) for place, _ in [*known, (stated, whole)])
        slack = Fraction(len(known) + 1, 2 * 10**digits)
        whole_again = nested or _several([amount for _, amount in known], whole, slack)
        if not whole_again:
            known = [known[row] for row in top_rows([amount for _, amount in known], whole, slack)]
        summed = sum((amount for _, amount in known), ZERO)
        if whole_again:
            summed = max(amount for _, amount in known)
        if unreadable:
            yield Check(Verdict.CANNOT_JUDGE, stated, column, Severity.NOTE, "text")
        elif summed > whole + slack or (complete and not whole_again and summed < whole - slack):
            yield Check(
                Verdict.FAILS, stated, column, Severity.ERROR,
                "exceeds" if whole_again else "wrong",
                claimed=whole, lo=summed, hi=summed if complete else None,
                arguments={
                    "column": column,
                    "parts": " + ".join(place.text for place, _ in known),
                    "names": [
                        str(fund.name.value or "")
                        for fund in parts
                        if any(getattr(fund, column) is place for place, _ in known)
                    ],
                    "more": summed > whole,
                },
            )  # fmt: skip
        else:
            yield HOLDS


def _check_unfilled(total: Fund, parts: list[Fund], *, nested: bool) -> Check | None:
    """A total of nothing but zeros over rows that hold money: one mistake, whatever the columns."""
    stated = [column for column in MONEY if exact(getattr(total, column)) is not None]
    if not stated or any(exact(getattr(total, column)) for column in stated):
        return None
    for column in sorted(stated, key=["budget", "executed", "initial"].index):
        amounts = [exact(getattr(fund, column)) or ZERO for fund in parts]
        whole = max(amounts, default=ZERO) if nested else sum(amounts, ZERO)
        if whole > 0:
            return Check(
                Verdict.FAILS, getattr(total, column), column, Severity.ERROR, "zero",
                claimed=ZERO, lo=whole, hi=None if nested else whole, arguments={"column": column},
            )  # fmt: skip
    return None


_NUMBER = re.compile(r"^(?:[0-9]+|[一二三四五六七八九十])[.、．]")
_FIRST = re.compile(r"[(（][1一][)）]")


def _is_nested(names: list[str], policy: Policy) -> bool:
    """Whether the parts are broken down more than once: by source and by kind, or parts of parts."""
    return (
        sum(_breaks_down(name, policy) for name in names) > 1
        or sum(bool(_NUMBER.match(name)) for name in names) > 1
        or sum(bool(_FIRST.search(name)) for name in names) > 1
    )


def _breaks_down(name: str, policy: Policy) -> bool:
    """Whether a row says that it breaks another down: 其中：财政拨款."""
    return any(word in name for word in policy.words["break_downs"])


def _several(amounts: list[Fraction], whole: Fraction, slack: Fraction) -> bool:
    """Whether the parts are several break-downs one after the other, each of which sums to the total."""
    summed, times = ZERO, 0
    for amount in amounts:
        summed += amount
        if whole > 0 and abs(summed - whole) <= slack:
            summed, times = ZERO, times + 1
    return times > 1 and summed == 0


def _names_rest(parts: list[Fund], facts: Facts) -> bool:
    """Whether the parts name everything: one of them is the remainder (其他资金)."""
    words = facts.policy.words["remainders"]
    return any(
        any(normalize(str(fund.name.value or "")).endswith(word) for word in words)
        for fund in parts
    )


def _sums_all(total: Fund, parts: list[Fund], facts: Facts) -> bool:
    """Whether a total says that it is the sum of all rows: 合计, and no row a mere 其中."""
    name = normalize(str(total.name.value or ""))
    listed = not any(_breaks_down(str(fund.name.value or ""), facts.policy) for fund in parts)
    return listed and any(word in name for word in facts.policy.words["sums"])


def _is_text(place: Field) -> bool:
    return bool(place.text) and quantity.parse(place.text).kind != quantity.BLANK


@rule("error", "consistency")
def expenditure_total(facts: Facts) -> Iterator[Check]:
    """Basic and project expenditure sum to the unit's total, budget or executed."""
    form, fund = facts.form, facts.main_fund
    basic, project = exact(form.basic_expenditure), exact(form.project_expenditure)
    if basic is None or project is None or fund is None:
        yield NOT_APPLICABLE
        return
    totals = [
        (place, amount)
        for place in (fund.executed, fund.budget, fund.initial)
        if (amount := exact(place)) is not None
    ]
    if not totals:
        yield NOT_APPLICABLE
        return
    if exact(fund.budget) is None or (exact(fund.executed) is None and _is_text(fund.executed)):
        # The amount that the two make may be the one that was not read.
        yield Check(Verdict.CANNOT_JUDGE)
        return
    summed = basic + project
    digits = min(decimals(place.text) for place, _ in totals)
    slack = Fraction(3, 2 * 10 ** max(digits, 1))
    if any(abs(summed - amount) <= slack for _, amount in totals):
        yield HOLDS
        return
    place, amount = min(totals, key=lambda pair: abs(pair[1] - summed))
    yield Check(
        Verdict.FAILS, place, "executed" if place is fund.executed else "budget",
        Severity.ERROR, "wrong", claimed=amount, lo=summed, hi=summed,
        arguments={
            "basic": form.basic_expenditure.text, "project": form.project_expenditure.text,
            "budget": fund.budget.text, "executed": fund.executed.text,
        },
    )  # fmt: skip
