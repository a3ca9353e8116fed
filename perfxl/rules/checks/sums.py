"""Rules of sums: goals, the total, weights, the grade."""

from collections.abc import Iterator

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.values.text import normalize
from perfxl.rules.checks import coverage
from perfxl.rules.engine import stated_sums
from perfxl.rules.engine.facts import STATED, Facts, whole_points
from perfxl.rules.engine.tolerance import ZERO, settle, share_slack, stored_points
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.registry import rule


@rule("error", "consistency")
def goal_sum(facts: Facts) -> Iterator[Check]:
    """A goal's score is the sum of its indicators' scores."""
    for block in facts.blocks:
        goal = block.goal
        if goal is None or block.claim is None or not block.rows:
            yield NOT_APPLICABLE
            continue
        stated = stated_sums.goal_sum(block, facts.policy)
        if stated.summed is None:
            yield Check(Verdict.CANNOT_JUDGE)
        elif not stated.differs:
            yield HOLDS
        else:
            yield Check(
                Verdict.FAILS, goal.score, "score", Severity.ERROR, "wrong",
                claimed=block.claim, lo=stated.summed, hi=stated.summed,
                arguments={
                    "label": str(goal.label.value or goal.name.value or ""),
                    "name": str(goal.name.value or ""),
                    "parts": stated.parts,
                },
                goal=goal.goal,
            )  # fmt: skip


@rule("error", "consistency")
def total_sum(facts: Facts) -> Iterator[Check]:
    """The total is the score of budget execution plus the scores of goals or indicators."""
    form = facts.form
    stated = stated_sums.total_sum(facts)
    claim = stated.claimed
    if claim is None or not stated.parts:
        yield NOT_APPLICABLE
        return
    if stated_sums.leaves_points_unlisted(facts):
        # The table's weights leave room for points that the form does not list.
        yield Check(
            Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE, "unlisted",
            arguments={"full": stated_sums.full_marks(facts)},
        )  # fmt: skip
        return
    if stated.summed is None:
        yield Check(Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE, "gap")
        return
    if not stated.differs:
        yield HOLDS
    elif claim > stated.summed and coverage.may_hide_points(facts):
        # What the total has more may stand in the cells that were not understood.
        yield Check(Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE, "gap")
    else:
        yield Check(
            Verdict.FAILS, form.claimed_total, "score", Severity.ERROR, "wrong",
            claimed=claim, lo=stated.summed, hi=stated.summed,
            arguments={"parts": stated.parts, "count": len(stated.parts)},
        )  # fmt: skip
    again = [form.second_total]
    if facts.carries_total and facts.main_fund is not None:
        again.append(facts.main_fund.score)
    for place in again:
        other = stored_points(place)
        if other is None or other == claim:
            yield NOT_APPLICABLE if other is None else HOLDS
        else:
            yield Check(
                Verdict.FAILS, place, "score", Severity.ERROR, "differs",
                claimed=other, lo=claim, hi=claim, arguments={"total": claim},
            )  # fmt: skip


@rule("error", "consistency")
def weight_sum(facts: Facts) -> Iterator[Check]:
    """The weights of a goal, a section and the form sum to the weight stated for it (100)."""
    for block in facts.blocks:
        stated = [row.weight for row in block.rows if row.how == STATED and row.weight is not None]
        summed = settle(sum(stated, ZERO)) if stated and len(stated) == len(block.rows) else None
        if block.goal is not None and block.weight is not None and summed is not None:
            if abs(summed - block.weight) <= share_slack(stated):
                yield HOLDS
            else:
                yield Check(
                    Verdict.FAILS, block.goal.weight, "weight", Severity.ERROR, "goal",
                    claimed=block.weight, lo=summed, hi=summed,
                    arguments={"label": str(block.goal.label.value or ""), "parts": stated},
                    goal=block.goal.goal,
                )  # fmt: skip
    yield from _whole(facts, whole_points(facts.blocks))


def _whole(facts: Facts, whole: Fraction | None) -> Iterator[Check]:
    """The form's weights have one reading: the rows make the full marks, or rows and execution do."""
    form = facts.form
    if whole is None or not facts.rows:
        yield Check(Verdict.CANNOT_JUDGE) if facts.scored else NOT_APPLICABLE
        return
    # Labels of sections may differ from their rows; that is said where they stand, and only there.
    readings = {settle(whole), *stated_sums.points_of_rows(facts)}
    worth = sum((one.stated or one.weight or ZERO for one in facts.counted), ZERO)
    stated = stored_points(form.total_weight)
    full = facts.policy.total_weight
    expected = full if stated is None else min(stated, full)
    place = _last_weight(facts) if stated is None else form.total_weight
    slack = share_slack(row.weight for row in facts.rows if row.weight is not None)
    # A stated total may be that of the table of indicators alone, beside execution above it.
    table = {expected} if stated is None else {stated, stated + worth} & {expected, full}
    if any(abs(one + worth - other) <= slack for one in readings for other in table):
        yield HOLDS
        return
    whole = settle(whole)
    if not place.row:
        yield NOT_APPLICABLE
        return
    too_many = next((one for one in facts.counted if one.stated and one.stated != one.weight), None)
    if too_many is not None:
        # 100 points of execution beside rows of 90: the points that are wrong are those of execution.
        yield Check(
            Verdict.FAILS, too_many.fund.weight, "weight", Severity.ERROR, "funds",
            claimed=too_many.stated, lo=too_many.weight, hi=too_many.weight,
            arguments={"budget": worth, "rows": whole, "whole": whole + worth, "expected": full},
            row=too_many.fund.score.row,
        )  # fmt: skip
        return
    if whole + worth < expected and (not facts.counted or coverage.may_hide_points(facts)):
        # What is missing may be the points of a table that states none, or that was not read.
        yield Check(Verdict.CANNOT_JUDGE)
        return
    # Where the weights make the full marks, it is the stated sum of them that does not.
    right = stated is not None and abs(whole + worth - full) <= slack
    yield Check(
        Verdict.FAILS, place, "weight", Severity.ERROR, "stated" if right else "total",
        claimed=stated, lo=whole + worth, hi=whole + worth,
        arguments={"expected": min(expected, full) if worth else expected, "budget": worth, "rows": whole},
    )  # fmt: skip


def _last_weight(facts: Facts) -> Field:
    for row in reversed(facts.rows):
        if row.how == STATED:
            return row.indicator.weight
    for block in reversed(facts.blocks):
        if block.goal is not None and block.weight is not None:
            return block.goal.weight
    return ABSENT


def grade_of(total: Fraction, facts: Facts) -> str:
    """The grade that a total earns under the policy."""
    for least, name in facts.policy.grades:
        if total >= least:
            return name
    return facts.policy.grades[-1][1] if facts.policy.grades else ""


@rule("error, warning", "grade")
def grade(facts: Facts) -> Iterator[Check]:
    """A stated grade is the grade of the stated total."""
    place = facts.form.claimed_grade
    total = stored_points(facts.form.claimed_total)
    if not place.text or total is None or not facts.policy.grades:
        yield NOT_APPLICABLE
        return
    claimed = facts.policy.grade_words.get(normalize(place.text).strip("()。"))
    if claimed is None:
        yield Check(
            Verdict.CANNOT_JUDGE, place, "grade", Severity.NOTE, "unknown", claimed=place.text
        )
        return
    earned = grade_of(total, facts)
    if claimed == earned:
        yield HOLDS
        return
    order = [name for _, name in facts.policy.grades]
    better = order.index(claimed) < order.index(earned) if claimed in order else True
    yield Check(
        Verdict.FAILS, place, "grade", Severity.ERROR if better else Severity.WARNING, "wrong",
        claimed=place.text, arguments={"total": total, "earned": earned},
    )  # fmt: skip
