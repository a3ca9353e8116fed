"""Budget execution: which rows of funds have points of their own, their rates and their scores.

Source: scoring rules, "Rate = executed / budget; budget score = W · min(1, rate)", and "Every funds row
with points of its own is judged, not only the first".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from perfxl.exact import Fraction
from perfxl.forms.model import Form, Fund
from perfxl.forms.values.text import number
from perfxl.rules.engine.interval import OPEN, Interval, exact
from perfxl.rules.engine.ratio import ONE, ZERO
from perfxl.rules.engine.tolerance import LEAST
from perfxl.rules.engine.written import is_written, readings
from perfxl.rules.policies.policy import Policy

SCALES = (Fraction(10**4), Fraction(1, 10**4))
"""Between 元 and 万元, either way round."""
LIKELY = (Fraction(1, 4), Fraction(3, 2))
"""A rate within these is one; a rate 10⁴ times as large is one in another unit of money."""
LIKE = 10
"""A stated rate within so many times the amounts' own is of these amounts, right or wrong."""
SANE = 100
"""A stated rate of 10000 % proves no amounts: it was divided from them."""


@dataclass(frozen=True, slots=True)
class Execution:
    """A row of funds with points of its own.

    Attributes:
        of: what its score is called: budget for the first, budget:ROW for any other.
        fund: the row.
        rate: executed / budget, None where the form does not tell it.
        scale: between the two amounts where they stand in different units of money.
        weight: its points: the stated ones, else the policy's, else what the form's weights leave for it.
        stated: the points as they are written, None where they are not.
        interval: the admissible interval of its score.
        counted: whether its score is part of the total; a row that breaks another one down, or that
            repeats what an indicator is scored for, is judged and not counted.
    """

    of: str
    fund: Fund
    rate: Fraction | None
    scale: Fraction | None
    weight: Fraction | None
    stated: Fraction | None
    interval: Interval
    counted: bool = True

    @property
    def claim(self) -> Fraction | None:
        """The claimed score."""
        return exact(self.fund.score)


def executions(
    form: Form,
    policy: Policy,
    whole: Fraction | None,
    indicators: Sequence[Fraction | None],
    claimed: Fraction | None = None,
) -> tuple[list[Execution], bool]:
    """The rows of funds with points of their own, and whether the first states the form's total instead.

    Args:
        form: the form.
        policy: its policy.
        whole: the points of all goals, sections and indicators together, None where they are not stated.
        indicators: the weights of those indicators that are the budget's execution.
        claimed: what the scores of all indicators sum to, None where one is missing.
    """
    main = main_fund(form)
    carries = main is not None and _carries(main, form, policy, whole, indicators)
    rows = [fund for fund in form.funds if _has_points(fund) and not (fund is main and carries)]
    if not rows and main is not None and main.score.row and not carries and not indicators:
        # Its blank score is the place where execution would be scored.
        rows = [main]
    weights = [_weight(fund, policy, whole) for fund in rows]
    room = None if claimed is None else policy.total_weight - claimed
    if indicators and whole is None and room is not None:
        # Beside an indicator of execution the policy's points are only likely while there is room for them.
        weights = [
            None if exact(fund.weight) is None and weight is not None and weight > room else weight
            for fund, weight in zip(rows, weights, strict=True)
        ]
    total = exact(form.claimed_total)
    left = None if None in (total, claimed) else (total or ZERO) - (claimed or ZERO)
    counted = _counted(rows, weights, policy, whole, indicators, left, room)
    # The same points as those of an indicator may be earned as an indicator earns them: in full.
    again = bool(indicators) and not any(counted)
    return [
        _execution(f"budget:{fund.score.row}" if index else "budget", fund, form, policy, weight, counts, again)
        for index, (fund, weight, counts) in enumerate(zip(rows, weights, counted, strict=True))
    ], carries  # fmt: skip


def _has_points(fund: Fund) -> bool:
    """Whether a row is scored for itself."""
    return exact(fund.weight) is not None or (fund.total and exact(fund.score) is not None)


def main_fund(form: Form) -> Fund | None:
    """The row of the total funds."""
    return next((fund for fund in form.funds if fund.total), None)


def _carries(
    main: Fund, form: Form, policy: Policy, whole: Fraction | None, indicators: Sequence[Fraction | None]
) -> bool:  # fmt: skip
    """Whether the row of the total funds states the points and the score of the whole form."""
    weight, score = exact(main.weight), exact(main.score)
    if weight == policy.total_weight:
        # Beside rows of 90 it states too many points, unless its score is the form's as well.
        total = exact(form.claimed_total)
        return score == total or (
            whole in (None, policy.total_weight) and not _is_own_scale(main, form, policy)
        )
    if weight is not None or score is None or not indicators:
        return False
    return score > max([policy.budget_points, *(worth or ZERO for worth in indicators)])


def _is_own_scale(main: Fund, form: Form, policy: Policy) -> bool:
    """Whether execution is scored on a scale of 100 of its own, beside rows that make the form's 100."""
    rate, score = rate_of(main, form, policy)[0], exact(main.score)
    if rate is None or score is None:
        return False
    return abs(policy.total_weight * share_of(rate, policy) - score) <= policy.tolerance


def _weight(fund: Fund, policy: Policy, whole: Fraction | None) -> Fraction | None:
    weight = exact(fund.weight)
    if weight is None:
        return policy.budget_points if exact(fund.score) is not None else None
    if whole is not None and weight == policy.total_weight > whole:
        # 100 points beside rows of 90: what the form has left for it is 10.
        return policy.total_weight - whole
    return weight


def _counted(
    rows: Sequence[Fund], weights: Sequence[Fraction | None], policy: Policy,
    whole: Fraction | None, indicators: Sequence[Fraction | None], left: Fraction | None,
    room: Fraction | None,
) -> list[bool]:  # fmt: skip
    """Which scores are part of the total: the form's weights have one reading, in which they sum to 100.

    Where the weights are not stated, the claimed total tells: what it holds beyond the indicators'
    scores (``left``) is the scores of those rows that count, as far as there is ``room`` below 100.
    """
    every = [True] * len(rows)
    alone = [fund.total for fund in rows]
    broken_down = any(alone) and all(fund.total or fund.part for fund in rows)
    choices = [alone if broken_down else every, every, alone]
    if not all(alone):
        choices.append([not total for total in alone])
    # The points of an indicator written once more, or a scale of execution's own: none of them counts.
    again = any(worth is None or worth == weight for worth in indicators for weight in weights)
    apart = again or policy.total_weight in weights
    if apart:
        choices.append([False] * len(rows))
    if whole is None:
        likely = choices[::-1] if apart else choices
        if left is None or room is None:
            return likely[0]
        possible = [one for one in likely if _scores(rows, one) <= room] or likely
        return min(possible, key=lambda one: abs(_scores(rows, one) - left))
    for choice in choices:
        points = (weight or ZERO for weight, counts in zip(weights, choice, strict=True) if counts)
        if abs(whole + sum(points, ZERO) - policy.total_weight) <= LEAST:
            return choice
    return choices[0]


def _scores(rows: Sequence[Fund], choice: Sequence[bool]) -> Fraction:
    """What the scores of the rows that count sum to."""
    counted = (fund for fund, counts in zip(rows, choice, strict=True) if counts)
    return sum((exact(fund.score) or ZERO for fund in counted), ZERO)


def _execution(
    of: str, fund: Fund, form: Form, policy: Policy, weight: Fraction | None, counts: bool, again: bool
) -> Execution:  # fmt: skip
    rate, scale = rate_of(fund, form, policy)
    if rate is None and None in (_base(fund), exact(fund.executed)):
        # Without both amounts the form still holds its score against its own stated rate.
        rate = exact(fund.rate)
    interval = OPEN
    if weight is not None:
        known = rate is not None and scale is None
        interval = _interval(fund, weight, rate, policy) if known else Interval(ZERO, weight)
        interval = Interval(interval.lo, weight) if again else interval
    return Execution(of, fund, rate, scale, weight, exact(fund.weight), interval, counts)


def _base(fund: Fund) -> Fraction | None:
    """The budget that a rate is of: where no column of the whole year's is, the initial one."""
    return exact(fund.budget if fund.budget.row else fund.initial)


def share_of(rate: Fraction, policy: Policy) -> Fraction:
    """The share of the points that a rate earns: the rate itself, or the policy's step for it."""
    if not policy.execution_steps:
        return max(ZERO, min(ONE, rate))
    return next((share for least, share in policy.execution_steps if rate >= least), ZERO)


def _interval(fund: Fund, weight: Fraction, rate: Fraction | None, policy: Policy) -> Interval:
    """Points times the rate; where the rate is written coarsely, its points may be those of the written one."""
    if rate is None:
        return Interval(ZERO, weight)
    value = weight * share_of(rate, policy)
    values = [value]
    if exact(fund.score) is not None:
        written = [
            reading for reading in readings(fund.rate) if abs(reading[0] - rate) <= reading[1]
        ]
        values += [weight * share_of(stated, policy) for stated, _ in written]
        if not _from_amounts(rate, fund):
            # The rate that was rounded is not on the form.
            ends = (stated + side * half for stated, half in written for side in (1, -1))
            values += [weight * share_of(end, policy) for end in ends]
    low, high = min(values), max(values)
    if high - value <= LEAST and value - low <= LEAST:
        return Interval(value, value)
    return Interval(low, high)


def _from_amounts(rate: Fraction, fund: Fund) -> bool:
    """Whether a rate is that of a row's own amounts."""
    executed = exact(fund.executed)
    budgets = [exact(fund.budget), exact(fund.initial)]
    return executed is not None and any(b and executed / b == rate for b in budgets)


def rate_of(
    fund: Fund, form: Form, policy: Policy
) -> tuple[Fraction | None, Fraction | None]:  # fmt: skip
    """Executed / budget of a row, and the scale between them where they stand in different units."""
    budget, executed = exact(fund.budget), exact(fund.executed)
    stated = exact(fund.rate)
    if fund.budget.row == 0:
        if not stated and _beside(form, fund):
            return None, None
        budget = exact(fund.initial)
        if (
            budget
            and executed is not None
            and stated is not None
            and not _near(executed / budget, stated)
        ):
            # The stated rate is of another budget, whose column was not understood.
            return stated, None
    if budget == 0 and executed == 0:
        return (None if _holds_parts(fund, form) else policy.zero_rate), None
    if budget is None or executed is None or budget <= 0:
        return None, None
    rate = executed / budget
    # 0.02% beside 0.0103% is a wrong rate of these amounts, and no right one of others.
    near = stated is not None and rate / LIKE <= stated <= rate * LIKE
    if rate < SANE and (near or is_written(rate, fund.rate)):
        return rate, None
    for scale in SCALES:
        # The stated rate may show the scale as well as a likely one does.
        if LIKELY[0] <= rate / scale <= LIKELY[1] or is_written(rate / scale, fund.rate):
            return rate, scale
    return rate, None


def _holds_parts(fund: Fund, form: Form) -> bool:
    """Whether a total of zeros stands over rows that hold money: it was left unfilled."""
    others = [other for other in form.funds if other is not fund]
    return fund.total and any(_base(other) or exact(other.executed) for other in others)


def _beside(form: Form, fund: Fund) -> bool:
    """Whether an amount in the row of the funds was not understood: it may be the adjusted budget."""
    return any(
        item.row == fund.executed.row and number(item.text) is not None for item in form.unread
    )


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= Fraction(1, 100)
