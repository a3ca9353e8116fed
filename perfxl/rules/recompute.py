"""The recomputed score (复核得分): what an auditor would write in the department's place, adding up.

Source: scoring rules, "The recomputed score". The one engine of that number: copies, roll-up, summary,
JSON, ledger and letters all show what stands here.
"""

from collections.abc import Sequence

from perfxl.exact import Fraction, round_half_up
from perfxl.forms.model import Field
from perfxl.rules.engine.facts import Facts, ScoredRow, ScoredSection
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.stated_sums import full_marks, goal_sum, leaves_points_unlisted, total_sum
from perfxl.rules.engine.tolerance import ZERO, settle, side_of, stored_points
from perfxl.rules.findings import Score, Verdict


def recompute(facts: Facts) -> tuple[Score, ...]:
    """Every place for a score, in the form's order, the total last.

    A row: its claim moved into its own interval. A goal or section: the sum of its rows. The total: the
    sum of execution and goals, never above the form's full marks. Where a part is open, the sum's own claim is
    moved into its interval.
    """
    found: list[Score] = []
    parts: list[Score] = []
    for one in facts.executions:
        name = str(one.fund.name.value or "")
        found.append(_single(one.of, "budget", name, one.fund.score, one.interval, facts))
        parts += found[-1:] if one.counted else []
    for block in facts.blocks:
        rows = _rows(block, facts)
        # Rows that break another one down have no score of their own; they are listed, and in no sum.
        listed = sorted([*rows, *(_row(row, facts) for row in block.parts)], key=_line)
        if block.goal is None:
            found += listed
            parts += rows
            continue
        whole = _goal(block, rows, facts)
        found += [whole, *listed]
        parts.append(whole)
    found.append(_total(facts, parts, found))
    return tuple(found)


def _line(score: Score) -> int:
    return int(score.of.partition(":")[2])


def _points(value: Fraction, facts: Facts) -> Fraction:
    """Points at the decimals at which scores are kept, half up."""
    return Fraction(round_half_up(value, facts.policy.decimals))


def _rows(block: ScoredSection, facts: Facts) -> list[Score]:
    rows = [_row(row, facts) for row in block.rows]
    return _within_weight(rows, block, facts)


def _row(row: ScoredRow, facts: Facts) -> Score:
    indicator = row.indicator
    score = _single(
        f"indicator:{indicator.row}", "indicator", indicator.name, indicator.score, row.admissible,
        facts, indicator.goal, row.claim,
    )  # fmt: skip
    if row.claim is not None and row.slack is not None and row.slack < 0:
        # Some claim of the group is above its weight; which one, the form does not show.
        return score._replace(recomputed=None, difference=None, verdict=Verdict.CANNOT_JUDGE)
    if row.ratio.below and row.claims_all and score.verdict is not Verdict.FAILS:
        # Anything below the whole weight is admissible, the whole is not.
        value = (score.recomputed or ZERO) - Fraction(1, 10**facts.policy.decimals)
        apart = None if row.claim is None else row.claim - value
        return score._replace(recomputed=value, difference=apart, verdict=Verdict.FAILS)
    if row.ratio.open and score.verdict is Verdict.HOLDS:
        # A claim within a range that only ignorance leaves open is not confirmed.
        return score._replace(verdict=Verdict.CANNOT_JUDGE)
    return score


def _single(
    of: str, kind: str, name: str, place: Field, interval: Interval, facts: Facts,
    goal: int | None = None, claim: Fraction | None = None,
) -> Score:  # fmt: skip
    """A score that is no sum: its claim moved into its interval, or the one admissible value."""
    if claim is None and kind != "indicator":
        claim = stored_points(place)
    if claim is None:
        value = None if interval.point is None else _points(interval.point, facts)
        return Score(
            of, kind, name, place, None, *interval, value, None, Verdict.NOT_APPLICABLE, goal
        )
    value = _points(interval.nearest(claim), facts)
    if interval.lo is None and interval.hi is None:
        verdict = Verdict.CANNOT_JUDGE
    else:
        verdict = Verdict.FAILS if side_of(claim, interval, place, facts.policy) else Verdict.HOLDS
    return Score(of, kind, name, place, claim, *interval, value, claim - value, verdict, goal)


def _within_weight(rows: list[Score], block: ScoredSection, facts: Facts) -> list[Score]:
    """Rows whose rounding alone takes them above their goal's points: 6.67 three times for 20.

    The hundredths too many are taken off those that rounding raised most, so that the parts never
    make more than the whole.
    """
    whole = block.weight
    values = [row.recomputed for row in rows]
    if whole is None or None in values:
        return rows
    unit = Fraction(1, 10**facts.policy.decimals)
    over = sum((value for value in values if value is not None), ZERO) - whole
    if over <= 0 or over > len(rows) * unit / 2:
        return rows
    raised = sorted(range(len(rows)), key=lambda index: _raised(rows[index]), reverse=True)
    changed = list(rows)
    for index in raised[: -(-over // unit)]:
        row = rows[index]
        value = max(ZERO, (row.recomputed or ZERO) - unit)
        apart = None if row.claimed is None else row.claimed - value
        changed[index] = row._replace(recomputed=value, difference=apart)
    return changed


def _raised(row: Score) -> Fraction:
    """By how much rounding raised a row."""
    value = Interval(row.lo, row.hi).nearest(row.claimed or ZERO)
    return (row.recomputed or ZERO) - value


def _sum(parts: Sequence[Score]) -> Fraction | None:
    known = [part.recomputed for part in parts if part.recomputed is not None]
    return settle(sum(known, ZERO)) if known and len(known) == len(parts) else None


def _goal(block: ScoredSection, rows: Sequence[Score], facts: Facts) -> Score:
    goal = block.goal
    assert goal is not None  # noqa: S101  # only blocks of a goal or section come here
    name = str(goal.label.value or goal.name.value or "")
    score = _single(
        f"goal:{goal.goal}", "section" if goal.section else "goal", name, goal.score,
        block.admissible, facts, goal.goal,
    )  # fmt: skip
    summed = _sum(rows)
    return (
        score
        if summed is None
        else _as_sum(score, summed, rows, goal_sum(block, facts.policy).differs)
    )


def _total(facts: Facts, parts: Sequence[Score], leaves: Sequence[Score]) -> Score:
    place = facts.form.claimed_total
    total = _single("total", "total", "", place, facts.total, facts)
    summed = _sum(parts)
    claims = [part.claimed for part in parts]
    if summed is None:
        # A score that nobody can read may be what takes the total out of its interval.
        unseen = total.verdict is Verdict.FAILS and None in claims
        return total._replace(verdict=Verdict.CANNOT_JUDGE) if unseen else total
    if leaves_points_unlisted(facts) and total.claimed is not None:
        if None in claims:
            return total
        # What the form does not list stays as it was claimed.
        summed += total.claimed - sum((claim for claim in claims if claim is not None), ZERO)
    full = full_marks(facts)
    return _as_sum(total, min(summed, full), leaves, total_sum(facts).differs or summed > full)


def _as_sum(score: Score, summed: Fraction, below: Sequence[Score], differs: bool) -> Score:
    """A sum with what its parts make; wrong where a score below it is, or where it is not their sum."""
    if score.claimed is None:
        return score._replace(recomputed=summed)
    apart = score.claimed - summed
    wrong = differs or any(part.verdict is Verdict.FAILS for part in below)
    verdict = Verdict.FAILS if wrong and round_half_up(apart, 2) else Verdict.HOLDS
    if not wrong and all(part.verdict is Verdict.CANNOT_JUDGE for part in below):
        verdict = Verdict.CANNOT_JUDGE
    return score._replace(recomputed=summed, difference=apart, verdict=verdict)
