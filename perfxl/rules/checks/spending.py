"""Rules of spending: what was spent is explained, and the indicators say the same of it as the funds."""

import re
from collections.abc import Iterator

from perfxl.exact import Fraction
from perfxl.forms.model import Field, Fund
from perfxl.forms.values.quantity import NUMBER
from perfxl.forms.values.text import normalize
from perfxl.rules.checks.explanations import execution_reasons
from perfxl.rules.checks.prose import own_words
from perfxl.rules.engine.execution import rate_of
from perfxl.rules.engine.facts import Facts, ScoredRow, bare_name
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.engine.tolerance import decimals
from perfxl.rules.engine.written import amounts, readings
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule

_DIGITS = re.compile(r"[0-9](?:\.([0-9]+))?(?![0-9.])")


@rule("warning", "budget")
def overspent(facts: Facts) -> Iterator[Check]:
    """An executed amount above the budget asks for an explanation."""
    if facts.scale is not None or not facts.form.funds:
        yield NOT_APPLICABLE
        return
    whole = facts.main_fund
    above = whole is not None and (exact(whole.executed) or ZERO) > (exact(whole.budget) or ZERO)
    for fund in facts.form.funds:
        if exact(fund.budget) is None or exact(fund.executed) is None:
            yield NOT_APPLICABLE
        elif min(amounts(fund.executed)) <= max(amounts(fund.budget)) or (above and not fund.total):
            # 0.1 + 0.2 is not above 0.3; and where the total is above, its parts only follow.
            yield HOLDS
        elif execution_reasons(fund, facts, over=True):
            yield HOLDS
        else:
            yield Check(
                Verdict.FAILS, fund.executed, "executed", Severity.WARNING, "above",
                claimed=exact(fund.executed), lo=ZERO, hi=exact(fund.budget),
                arguments={"budget": fund.budget.text, "executed": fund.executed.text},
            )  # fmt: skip


@rule("warning", "budget")
def execution_reason(facts: Facts) -> Iterator[Check]:
    """Where the rules ask for it, a low rate of execution is explained, at the length they ask for."""
    least, length = facts.policy.reason_rate, facts.policy.reason_length
    fund = facts.budget or facts.main_fund
    rate = facts.executions[0].rate if facts.executions else facts.rate
    if least is None or fund is None or rate is None or facts.scale is not None or rate >= least:
        yield NOT_APPLICABLE
        return
    texts = execution_reasons(fund, facts, over=False)
    written = sum(len(text) for text in {own_words(text, facts.policy) for text in texts})
    if texts and written >= length:
        yield HOLDS
        return
    place = _place_of_reason(fund, facts)
    if not place.row:
        yield Check(Verdict.CANNOT_JUDGE)
        return
    yield Check(
        Verdict.FAILS, place, "reason", Severity.WARNING, "short" if texts else "silent",
        claimed=place.text or None,
        arguments={"rate": rate, "least": least, "length": length, "written": written},
    )  # fmt: skip


def _place_of_reason(fund: Fund, facts: Facts) -> Field:
    """The funds' own cell of reasons, else the form's block of reasons."""
    form = facts.form
    places = (fund.reason, form.deviation_reason, form.improvement)
    return next((place for place in places if place.row), places[0])


@rule("error, warning", "consistency")
def execution_indicator(facts: Facts) -> Iterator[Check]:
    """What an indicator says of the rate of execution is the rate of the funds on the same form."""
    known = list(_rates(facts))
    for row in facts.rows:
        stated = _stated_rate(row, facts)
        if stated is None or facts.rate is None or facts.scale is not None:
            yield NOT_APPLICABLE
            continue
        value, half = stated
        if any(_agrees(row, value, half, rate) for rate in known):
            yield HOLDS
            continue
        more = value > facts.rate
        yield Check(
            Verdict.FAILS, row.indicator.actual, "actual",
            Severity.ERROR if more else Severity.WARNING, "differs",
            claimed=row.indicator.actual.text, lo=facts.rate, hi=facts.rate,
            arguments={
                "name": row.indicator.name, "actual": row.indicator.actual.text, "rate": facts.rate,
                "decimals": max(2, decimals(row.indicator.actual.text)),
            },
            goal=row.indicator.goal, row=row.indicator.row,
        )  # fmt: skip


def _stated_rate(row: ScoredRow, facts: Facts) -> tuple[Fraction, Fraction] | None:
    """The rate that an indicator of execution states, and half a unit of its last digit."""
    name = bare_name(row.indicator.name)
    if name not in facts.policy.words["execution_rates"] or row.actual.kind != NUMBER:
        return None
    digits = _DIGITS.search(normalize(row.indicator.actual.text))
    half = Fraction(1, 2 * 10 ** len(digits[1] or "" if digits else ""))
    if row.actual.family == "ratio":
        # In whatever unit it is written, its size is in percent.
        scale = Fraction(row.actual.size) / Fraction(row.actual.low) if row.actual.low else ONE
        return Fraction(row.actual.size) / 100, half * scale / 100
    if row.actual.unit:
        return None
    bare = Fraction(row.actual.low)
    # 95 is a percentage, 0.95 a fraction of one; 1 is all of it.
    return (bare / 100, half / 100) if bare > 2 else (bare, min(half, Fraction(1, 200)))


def _agrees(row: ScoredRow, value: Fraction, half: Fraction, rate: Fraction) -> bool:
    if row.actual.comparator in ("≥", ">"):
        return rate >= value - half
    if row.actual.comparator in ("≤", "<"):
        return rate <= value + half
    return abs(value - rate) <= half


def _rates(facts: Facts) -> Iterator[Fraction]:
    """The rates of the budget that the funds hold: of the total and of fiscal sources, stated, initial, capped."""
    sources = facts.policy.words["fiscal_sources"]
    for fund in facts.form.funds:
        name = normalize(str(fund.name.value or ""))
        if facts.main_fund is not None and not fund.total and not any(w in name for w in sources):
            # 上年结转 spent in full is not the budget spent in full.
            continue
        rate, scale = rate_of(fund, facts.form, facts.policy)
        initial, executed = exact(fund.initial), exact(fund.executed)
        found = [rate] if rate is not None and scale is None else []
        found += [stated for stated, _ in readings(fund.rate)]
        yield from found
        yield from (ONE for one in found if one > 1)
        if initial and executed is not None:
            # Beside an adjusted budget, spending more than the initial one is no full execution.
            yield executed / initial
