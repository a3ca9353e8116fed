"""Rules of sums: goals, the total, weights, the grade."""

from collections.abc import Iterator

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.text import fold
from perfxl.rules.facts import STATED, Block, Facts, exact, whole_points
from perfxl.rules.findings import HOLDS, NOT_APPLICABLE, Check, Severity, Verdict
from perfxl.rules.ratio import ZERO
from perfxl.rules.registry import rule


def _tolerance(blocks: list[Block], facts: Facts, *, budget: bool = False) -> Fraction:
    """Once for each row whose ratio is a true fraction: only those are ever rounded."""
    count = sum(row.ratio.fraction for block in blocks for row in block.rows)
    if budget:
        count += sum(one.rate not in (None, 1) for one in facts.counted)
    return facts.policy.tolerance * count


@rule("error", "weights")
def goal_sum(facts: Facts) -> Iterator[Check]:
    """A goal's score is the sum of its indicators' scores."""
    for block in facts.blocks:
        goal = block.goal
        if goal is None or block.claim is None or not block.rows:
            yield NOT_APPLICABLE
            continue
        summed = block.summed
        if summed is None:
            yield Check(Verdict.CANNOT_JUDGE)
        elif abs(block.claim - summed) <= _tolerance([block], facts):
            yield HOLDS
        else:
            yield Check(
                Verdict.FAILS, goal.score, "score", Severity.ERROR, "wrong",
                claimed=block.claim, lo=summed, hi=summed,
                arguments={
                    "label": str(goal.label.value or goal.name.value or ""),
                    "name": str(goal.name.value or ""),
                    "parts": [row.claim for row in block.rows],
                },
                goal=goal.goal,
            )  # fmt: skip


@rule("error", "weights")
def total_sum(facts: Facts) -> Iterator[Check]:
    """The total is the score of budget execution plus the scores of goals or indicators."""
    form = facts.form
    claim = exact(form.claimed_total)
    parts: list[tuple[str, Fraction | None]] = []
    parts += [(one.of, one.claim) for one in facts.counted]
    loose: list[Block] = []
    for block in facts.blocks:
        if block.goal is not None and block.claim is not None:
            parts.append((f"goal:{block.goal.goal}", block.claim))
        else:
            loose.append(block)
            parts.append(("rows", block.summed))
    if claim is None or not parts:
        yield NOT_APPLICABLE
        return
    if not facts.counted and whole_points(facts.blocks) not in (None, facts.policy.total_weight):
        # The table's weights leave room for points that the form does not list.
        yield Check(Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE, "unlisted")
        return
    if any(amount is None for _, amount in parts):
        yield Check(Verdict.CANNOT_JUDGE, form.claimed_total, "score", Severity.NOTE, "gap")
        return
    summed = sum((amount for _, amount in parts if amount is not None), ZERO)
    slack = _tolerance(loose, facts, budget=bool(facts.counted))
    slack = max(slack, facts.policy.tolerance if slack else ZERO)
    arguments = {"parts": [amount for _, amount in parts], "count": len(parts)}
    if abs(claim - summed) <= slack:
        yield HOLDS
    else:
        yield Check(
            Verdict.FAILS, form.claimed_total, "score", Severity.ERROR, "wrong",
            claimed=claim, lo=summed, hi=summed, arguments=arguments,
        )  # fmt: skip
    again = [form.second_total]
    if facts.carries_total and facts.main_fund is not None:
        again.append(facts.main_fund.score)
    for place in again:
        stated = exact(place)
        if stated is None or stated == claim:
            yield NOT_APPLICABLE if stated is None else HOLDS
        else:
            yield Check(
                Verdict.FAILS, place, "score", Severity.ERROR, "differs",
                claimed=stated, lo=claim, hi=claim, arguments={"total": claim},
            )  # fmt: skip


@rule("error", "weights")
def weight_sum(facts: Facts) -> Iterator[Check]:
    """The weights of a goal, a section and the form sum to the weight stated for it (100)."""
    for block in facts.blocks:
        stated = [row.weight for row in block.rows if row.how == STATED and row.weight is not None]
        summed = sum(stated, ZERO) if stated and len(stated) == len(block.rows) else None
        if block.goal is not None and block.weight is not None and summed is not None:
            if summed == block.weight:
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
    form = facts.form
    expected = exact(form.total_weight)
    if whole is None or not facts.rows:
        yield Check(Verdict.CANNOT_JUDGE) if facts.scored else NOT_APPLICABLE
        return
    worth = sum((one.stated or one.weight or ZERO for one in facts.counted), ZERO)
    if expected is None:
        expected, place = facts.policy.total_weight, _last_weight(facts)
    else:
        place = form.total_weight
    # The stated total may be that of the table alone, or of the whole form.
    if expected in (whole, whole + worth):
        yield HOLDS
        return
    if not place.row:
        yield NOT_APPLICABLE
        return
    too_many = next((one for one in facts.counted if one.stated and one.stated != one.weight), None)
    if too_many is not None:
        # 100 points of execution beside rows of 90: the points that are wrong are those of execution.
        yield Check(
            Verdict.FAILS, too_many.fund.weight, "weight", Severity.ERROR, "funds",
            claimed=too_many.stated, lo=too_many.weight, hi=too_many.weight,
            arguments={"budget": worth, "rows": whole, "whole": whole + worth, "expected": facts.policy.total_weight},
            row=too_many.fund.score.row,
        )  # fmt: skip
        return
    if not facts.counted and whole < expected:
        # What is missing may be the points of a table that states none, or that was not read.
        yield Check(Verdict.CANNOT_JUDGE)
        return
    yield Check(
        Verdict.FAILS, place, "weight", Severity.ERROR, "total",
        claimed=exact(form.total_weight), lo=whole + worth, hi=whole + worth,
        arguments={"expected": expected, "budget": worth, "rows": whole},
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
    total = exact(facts.form.claimed_total)
    if not place.text or total is None or not facts.policy.grades:
        yield NOT_APPLICABLE
        return
    claimed = facts.policy.grade_words.get(fold(place.text).strip("()。"))
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
