"""Stated sums against what they are sums of: a goal's score, the total, the form's full marks.

Source: scoring rules, "Sums, caps, and what must be there" and "Tolerance".
"""

from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.rules.engine.execution import Execution
from perfxl.rules.engine.facts import STATED, Facts, ScoredSection, whole_points
from perfxl.rules.engine.tolerance import ZERO, Part, settle, stored_points, sum_slack
from perfxl.rules.policies.policy import Policy


class StatedSum(NamedTuple):
    """A stated sum beside its parts.

    Attributes:
        claimed: as stated, None where it is not.
        parts: the stated parts, None for one that is missing.
        summed: what the parts make, None where one is missing.
        slack: how far rounding of the parts may move the sum.
        capped: whether it is the form's full marks, above which no sum of its parts takes it.
    """

    claimed: Fraction | None
    parts: tuple[Fraction | None, ...]
    summed: Fraction | None
    slack: Fraction = ZERO
    capped: bool = False

    @property
    def differs(self) -> bool:
        """Whether the stated sum is proven not to be the sum of its parts."""
        if self.claimed is None or self.summed is None:
            return False
        if self.capped and self.summed > self.claimed:
            return False
        return settle(abs(self.claimed - self.summed)) > self.slack


def goal_sum(block: ScoredSection, policy: Policy) -> StatedSum:
    """A goal's stated score beside the scores of its rows."""
    if block.goal is None:
        return StatedSum(None, (), None)
    return _stated(block.claim, block.goal.score, _row_parts(block), policy)


def total_sum(facts: Facts) -> StatedSum:
    """The stated total beside execution and goals, or beside execution and all rows, whichever is nearer.

    A total that was worked out from the rows is right where a goal's own score is wrong.
    """
    place = facts.form.claimed_total
    claimed = stored_points(place)
    above = [_execution_part(one) for one in facts.counted]
    by_goals, by_rows = list(above), list(above)
    for block in facts.blocks:
        rows = _row_parts(block)
        by_rows += rows
        if block.goal is not None and block.claim is not None:
            rounded = any(row.ratio.fraction for row in block.rows)
            by_goals.append(Part(block.goal.score, block.claim, rounded))
        else:
            by_goals += rows or [None]
    stated = _stated(claimed, place, by_goals, facts.policy)
    other = _stated(claimed, place, by_rows, facts.policy)
    stated = other if stated.differs and by_rows and _agrees(other) else stated
    return stated._replace(capped=claimed == full_marks(facts))


def _agrees(one: StatedSum) -> bool:
    return one.summed is not None and not one.differs


def leaves_points_unlisted(facts: Facts) -> bool:
    """Whether the form's weights leave room for points that it does not list."""
    points = whole_points(facts.blocks)
    if facts.counted or points is None:
        return False
    # A section's label may differ from its rows; either may be what makes the full marks.
    return max(settle(points), *points_of_rows(facts), ZERO) < full_marks(facts)


def points_of_rows(facts: Facts) -> list[Fraction]:
    """What the rows' own weights make, where each states one."""
    stated = [row.weight for row in facts.rows if row.how == STATED and row.weight is not None]
    return [settle(sum(stated, ZERO))] if len(stated) == len(facts.rows) else []


def full_marks(facts: Facts) -> Fraction:
    """What all scores make at most: the policy's total, or a lower stated one that the weights do make."""
    stated = stored_points(facts.form.total_weight)
    points = whole_points(facts.blocks)
    if stated is None or points is None or stated > facts.policy.total_weight:
        return facts.policy.total_weight
    worth = sum((one.weight or ZERO for one in facts.counted), ZERO)
    return stated if settle(points + worth) == stated else facts.policy.total_weight


def _execution_part(one: Execution) -> Part | None:
    claim = stored_points(one.fund.score)
    rounded = one.rate is not None and 0 < one.rate < 1
    return None if claim is None else Part(one.fund.score, claim, rounded)


def _row_parts(block: ScoredSection) -> list[Part | None]:
    return [
        None if row.claim is None else Part(row.indicator.score, row.claim, row.ratio.fraction)
        for row in block.rows
    ]


def _stated(
    claimed: Fraction | None, place: Field, parts: list[Part | None], policy: Policy
) -> StatedSum:
    known = [part for part in parts if part is not None]
    amounts = tuple(None if part is None else part.amount for part in parts)
    if not known or len(known) < len(parts):
        return StatedSum(claimed, amounts, None)
    summed = settle(sum((part.amount for part in known), ZERO))
    return StatedSum(claimed, amounts, summed, sum_slack(known, place, policy))
