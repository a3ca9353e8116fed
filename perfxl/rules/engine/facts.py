"""What the rules reason from: each form's quantities, ratios, weights and claims, worked out once.

Source: scoring rules, sections "Weight w of an indicator" and "Do any weights fit?". All numbers
are exact fractions; an interval's end is None where the form sets no bound.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field, Form, Fund, Goal, Indicator
from perfxl.forms.roles import How
from perfxl.forms.values import quantity
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import Quantity
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.rules.engine import breakdown, ratio
from perfxl.rules.engine.direction import Stated
from perfxl.rules.engine.execution import Execution, executions, main_fund, rate_of, share_of
from perfxl.rules.engine.interval import OPEN, Interval, exact, total_of
from perfxl.rules.engine.ratio import ZERO, Ratio
from perfxl.rules.engine.tolerance import Part, rounding_noise, share_slack, stored_points
from perfxl.rules.matching.counterpart import Counterpart
from perfxl.rules.policies.policy import Policy

STATED, APPROVED, BOUNDED, UNBOUNDED = "stated", "approved", "bounded", "unbounded"


@dataclass(slots=True)
class ScoredRow:
    """An indicator with what follows from it alone.

    Attributes:
        claim: its claimed score, None where none is stated or it is no number.
        weight: its stated weight, else its approved one.
        how: stated, approved (``agreed`` says where), bounded (0 ≤ weight within its group's points) or unbounded.
        admissible: the interval of its score.
        slack: points of its group that no claim takes (t), for bounded weights.
        whole: the row that it breaks down (其中…); such a row has no points of its own.
    """

    indicator: Indicator
    target: Quantity
    actual: Quantity
    ratio: Ratio
    claim: Fraction | None
    weight: Fraction | None
    how: str = UNBOUNDED
    admissible: Interval = OPEN
    slack: Fraction | None = None
    agreed: str = ""
    whole: "ScoredRow | None" = None

    @property
    def claims_all(self) -> bool:
        """Whether its claim is its whole weight: the stated one, or all that the others' claims leave."""
        if self.claim is None:
            return False
        if self.weight is not None:
            return self.claim >= self.weight > 0
        return self.claim > 0 and self.slack == 0


@dataclass(slots=True)
class WeightGroup:
    """Rows whose weights are unknown but sum to some points: a goal's, a section's, a level's.

    Attributes:
        points: the points they share, None where the form does not say.
        place: where the points are stated.
    """

    rows: list[ScoredRow]
    points: Fraction | None
    place: Field
    needed: Interval = OPEN
    admissible: Interval = OPEN

    @property
    def claimed(self) -> Fraction | None:
        """The sum of the rows' claims, None if one is missing."""
        claims = [row.claim for row in self.rows]
        return None if None in claims else sum((c for c in claims if c is not None), ZERO)


@dataclass(slots=True)
class ScoredSection:
    """A goal or section with its rows.

    Attributes:
        goal: the form's goal or section; None for rows of a flat table.
        weight: its stated points.
        claim: the score claimed for it.
        groups: its rows with unknown weights.
        admissible: the interval of its score.
        parts: rows that break one of its rows down and are scored with that.
    """

    goal: Goal | None
    rows: list[ScoredRow]
    weight: Fraction | None
    claim: Fraction | None
    groups: list[WeightGroup] = field(default_factory=list)
    admissible: Interval = OPEN
    parts: list[ScoredRow] = field(default_factory=list)

    @property
    def summed(self) -> Fraction | None:
        """The sum of its rows' claims, None if one is missing."""
        claims = [row.claim for row in self.rows]
        if not claims or None in claims:
            return None
        return sum((c for c in claims if c is not None), ZERO)


@dataclass(slots=True)
class Facts:
    """Everything that the rules ask about a form.

    Attributes:
        executions: the rows of funds with points of their own.
        main_fund: the row of the total funds.
        rate: executed / budget of the first row with points, else of the total funds; scale: between
            the two amounts where they stand in different units.
        carries_total: whether the funds row states the form's total instead of its own points.
        total: the interval of the form's total.
        approved: what was approved of it; None where the auditor gave no approved tables.
    """

    form: Form
    policy: Policy
    rows: list[ScoredRow]
    blocks: list[ScoredSection]
    executions: list[Execution]
    main_fund: Fund | None
    rate: Fraction | None
    carries_total: bool
    total: Interval
    scale: Fraction | None = None
    approved: Counterpart | None = None

    @property
    def budget(self) -> Fund | None:
        """The first row of funds with points of its own."""
        return self.executions[0].fund if self.executions else None

    @property
    def budget_weight(self) -> Fraction | None:
        """Its points."""
        return self.executions[0].weight if self.executions else None

    @property
    def budget_score(self) -> Interval:
        """The interval of its score."""
        return self.executions[0].interval if self.executions else OPEN

    @property
    def counted(self) -> list[Execution]:
        """The rows of funds whose scores are part of the total."""
        return [one for one in self.executions if one.counted]

    @property
    def scored(self) -> bool:
        """Whether the form claims any score at all."""
        return (
            any(row.claim is not None for row in self.rows)
            or exact(self.form.claimed_total) is not None
        )


def compute_facts(form: Form, policy: Policy, approved: Counterpart | None = None) -> Facts:
    """Work out the facts of a form under a policy, with approved weights where it states none."""
    rows = [_row(indicator, policy, form.year.value) for indicator in form.indicators]
    for row in rows:
        place = None if approved is None else approved.weights.get(row.indicator.row)
        if approved is not None and place is not None:
            row.weight, row.how, row.agreed = exact(place), APPROVED, approved.where(place)
    by_line = {row.indicator.row: row for row in rows}
    for part, whole in breakdown.parts(form, policy).items():
        if by_line[part].weight is None:  # an approved weight makes it a row of its own
            by_line[part].whole = by_line[whole]
    blocks = _weighed(form, rows)
    as_rows = [row for row in rows if is_execution(row.indicator, policy)]
    execution, carries = executions(
        form, policy, whole_points(blocks), [row.weight for row in as_rows], _sum_claims(blocks)
    )
    main = main_fund(form)
    first = execution[0].fund if execution else main
    rate, scale = (None, None) if first is None else rate_of(first, form, policy)
    if as_rows and rate is not None and scale is None and not any(e.counted for e in execution):
        # Without points in the table of funds the indicator is the place where execution is scored.
        _by_rate(as_rows, rate, policy)
        blocks = _weighed(form, rows)
    return Facts(
        form, policy, rows, blocks, execution, main, rate, carries,
        _total(blocks, execution, policy), scale, approved,
    )  # fmt: skip


def _sum_claims(blocks: list[ScoredSection]) -> Fraction | None:
    """What the goals' own scores sum to, or where one states none those of its rows; None where one is missing."""
    parts: list[Fraction | None] = []
    for block in blocks:
        parts += [block.claim] if block.claim is not None else [row.claim for row in block.rows]
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known and len(known) == len(parts) else None


def _weighed(form: Form, rows: list[ScoredRow]) -> list[ScoredSection]:
    """The rows in their blocks, each with what is known of its weight and its score."""
    blocks = _blocks(form, rows)
    for block in blocks:
        _weigh(block)
        block.admissible = _of_block(block)
    return blocks


def _by_rate(rows: list[ScoredRow], rate: Fraction, policy: Policy) -> None:
    """Budget execution as an indicator may score its points times the rate, in place.

    A target of 95 % reached at 93 % then admits 93/95 of the points, and 93 % of them as well.
    """
    share = share_of(rate, policy)
    for row in rows:
        stated = row.actual.family == "ratio" and abs(Fraction(row.actual.size) / 100 - rate)
        if stated is False or stated > Fraction(1, 100) or row.ratio.open:
            continue
        low, high = min(row.ratio.lo, share), max(row.ratio.hi, share)
        row.ratio = row.ratio._replace(lo=low, hi=high)


def is_execution(indicator: Indicator, policy: Policy) -> bool:
    """Whether an indicator is the budget's execution rate."""
    names = (indicator.level3.value, indicator.level2.value, indicator.level1.value)
    words = policy.words["execution"]
    return any(name and bare_name(str(name)) in words for name in names)


@cache
def _figure() -> re.Pattern[str]:
    """A share behind a name: 预算执行率不低于95%以上."""
    least = "|".join(re.escape(word) for word, sign in grammar().after if sign == "≥")
    return re.compile(rf"(?:{grammar().figure})*[0-9.]+%(?:{least})?$")


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """An indicator's name without mark, number, brackets and the figure that it holds: ★1.预算执行率（%）."""
    bare = normalize_label(name)
    return _figure().sub("", bare) or bare


def _row(indicator: Indicator, policy: Policy, year: int | None) -> ScoredRow:
    target = quantity_of(indicator.target, indicator)
    actual = quantity_of(indicator.actual, indicator, assumed=True)
    target, actual = ratio.normalize_zero_words(
        target, actual, indicator.name, str(indicator.level2.value or "")
    )
    if (target.kind, actual.kind) == (quantity.DATE, quantity.DATE):
        target, actual = in_year(target, year), in_year(actual, year)
    worth = indicator.weight if indicator.weight.how != "shared" else ABSENT
    reached = ratio.UNSTATED
    disputed = How.DISPUTED in (indicator.target.how, indicator.actual.how)
    if indicator.actual.row and not indicator.actual.uncomputed and not disputed:
        stated = Stated(indicator.sign.text, indicator.standard.text)
        reached = ratio.judge(
            target, actual, indicator.name, category_of(indicator, policy), policy, stated
        )
    if indicator.standard.text:
        reached = ratio.on_own_scale(reached, indicator.standard.text, policy)
    claim = stored_points(indicator.score) if indicator.score.how != "merged" else None
    weight = stored_points(worth)
    if reached.reducible and claim is not None and (weight is None or claim < weight):
        # Points taken off a target that was set too low: any number of them is admissible.
        reached = reached._replace(lo=reached.least)
    return ScoredRow(indicator, target, actual, reached, claim, weight)


def category_of(indicator: Indicator, policy: Policy) -> str:
    """The level that says what kind of indicator it is: the second, or 成本指标 as the first."""
    if normalize(str(indicator.level1.value or "")).endswith(tuple(policy.words["either"])):
        return str(indicator.level1.value)
    return str(indicator.level2.value or "")


def in_year(moment: Quantity, year: int | None) -> Quantity:
    """A date without a year lies in the form's year."""
    if moment.day[0] is not None or year is None:
        return moment
    return moment._replace(day=(year, *moment.day[1:]))


def quantity_of(place: Field, indicator: Indicator, *, assumed: bool = False) -> Quantity:
    """A cell's quantity, a bare number in the unit of its row's 计量单位.

    Of an actual that unit is assumed only: 0.96 beside ≥95 under %, or 980000 beside 100 under
    万元, may stand in another one, and stays bare.
    """
    found = (
        quantity.read(place.raw, place.text)
        if place.how != "joined"
        else quantity.parse(place.text)
    )
    if found.unit == "" and indicator.measure.text:
        united = quantity.with_unit(found, indicator.measure.text)
        return found if assumed and united.family in ("ratio", "money") else united
    return found


def _blocks(form: Form, rows: list[ScoredRow]) -> list[ScoredSection]:
    by_goal: dict[int | None, list[ScoredRow]] = {}
    for row in rows:
        by_goal.setdefault(row.indicator.goal, []).append(row)
    blocks = [
        ScoredSection(
            goal, by_goal.pop(goal.goal, []), stored_points(goal.weight), stored_points(goal.score)
        )
        for goal in form.goals
    ]
    blocks += [ScoredSection(None, left, None, None) for left in by_goal.values()]
    for block in blocks:
        block.parts = [row for row in block.rows if row.whole is not None]
        block.rows = [row for row in block.rows if row.whole is None]
    return blocks


def _weigh(block: ScoredSection) -> None:
    """Give every row of a block what is known of its weight, and the interval of its score."""
    unknown: list[ScoredRow] = []
    for row in block.rows:
        if row.weight is None:
            unknown.append(row)
            continue
        row.how = row.how if row.how == APPROVED else STATED
        row.admissible = Interval(row.weight * row.ratio.lo, row.weight * row.ratio.hi)
    if not unknown:
        return
    shared: dict[tuple[int, int], list[ScoredRow]] = {}
    loose: list[ScoredRow] = []
    for row in unknown:
        worth = row.indicator.weight
        if worth.how == "shared":
            shared.setdefault((worth.row, worth.col), []).append(row)
        else:
            loose.append(row)
    for rows in shared.values():
        place = rows[0].indicator.weight
        each = exact(place) or ZERO
        block.groups.append(WeightGroup(rows, _rounded(each * len(rows)), place))
    if loose:
        stated = sum((row.weight for row in block.rows if row.weight is not None), ZERO)
        stated += sum((group.points or ZERO for group in block.groups), ZERO)
        points = None if block.weight is None else block.weight - stated
        if points is not None and points < 0:
            points = None
        block.groups.append(
            WeightGroup(loose, points, block.goal.weight if block.goal is not None else ABSENT)
        )
    for group in block.groups:
        _bound(group)


def _rounded(value: Fraction) -> Fraction:
    """Shares of points, multiplied back: 50 / 7 * 7 is 50."""
    return Fraction(round(value * 10**6), 10**6)


def _bound(group: WeightGroup) -> None:
    """Weights within [s, s + t]: no score may exceed its weight, all weights sum to the points."""
    # A score below nothing takes no points and leaves none to the others.
    claimed = sum((max(ZERO, row.claim or ZERO) for row in group.rows), ZERO)
    group.needed = _needed(group)
    if group.points is None:
        for row in group.rows:
            row.admissible = Interval(
                None if row.claim is None else row.claim * row.ratio.lo,
                ZERO if row.ratio.hi == 0 else None,
            )
        return
    parts = [Part(row.indicator.score, row.claim or ZERO, row.ratio.fraction) for row in group.rows]
    noise = rounding_noise(parts, group.points)
    slack = group.points - claimed
    # Noise of rounding may fill up a slack (2.67 three times is the whole of 8), and it widens what the others leave.
    filled = abs(slack) <= share_slack(part.amount for part in parts)
    for row, own_noise in zip(group.rows, noise, strict=True):
        row.how = BOUNDED
        row.slack = ZERO if filled else slack
        own = max(ZERO, row.claim or ZERO)
        if row.slack < 0:
            # Some claim exceeds its weight; which one, the form does not show.
            row.admissible = Interval(ZERO, min(own, group.points) * row.ratio.hi)
            continue
        most = own + max(ZERO, slack) + sum(noise, ZERO) - own_noise
        row.admissible = Interval(own * row.ratio.lo, most * row.ratio.hi)


def _needed(group: WeightGroup) -> Interval:
    """What the weights of a group sum to at least and at most, if every claim followed the rules.

    A score s at ratio r needs a weight within [s / r_hi, s / r_lo]; 0 at r = 0 fits any weight.
    """
    low: Fraction = ZERO
    high: Fraction | None = ZERO
    for row in group.rows:
        if row.claim is None:
            return OPEN
        if row.ratio.hi == 0:
            if row.claim > 0:
                return OPEN
            high = None
            continue
        low += row.claim / row.ratio.hi
        if high is not None:
            high = None if row.ratio.lo == 0 else high + row.claim / row.ratio.lo
    return Interval(low, high)


def _of_block(block: ScoredSection) -> Interval:
    """The intervals of its rows with stated weights and of its groups, added up."""
    if not block.rows:
        return Interval(ZERO, block.weight) if block.weight is not None else OPEN
    low: Fraction = ZERO
    high: Fraction | None = ZERO
    for row in block.rows:
        if row.weight is not None:
            low += row.weight * row.ratio.lo
            high = None if high is None else high + row.weight * row.ratio.hi
    for group in block.groups:
        group.admissible = _of_group(group)
        low += group.admissible.lo or ZERO
        high = None if high is None or group.admissible.hi is None else high + group.admissible.hi
    if high is not None and block.weight is not None:
        high = min(high, block.weight) if block.weight >= low else high
    return Interval(low, high)


def _of_group(group: WeightGroup) -> Interval:
    """[Σ s·r_lo + t·min r_lo, Σ s·r_hi + t·max r_hi]; any split of the points if claims exceed them."""
    lowest = sum(((row.claim or ZERO) * row.ratio.lo for row in group.rows), ZERO)
    if group.points is None:
        return Interval(lowest, None)
    least = min(row.ratio.lo for row in group.rows)
    most = max(row.ratio.hi for row in group.rows)
    slack = group.points - sum((row.claim or ZERO for row in group.rows), ZERO)
    if slack < 0:
        return Interval(group.points * least, group.points * most)
    highest = sum(((row.claim or ZERO) * row.ratio.hi for row in group.rows), ZERO)
    return Interval(lowest + slack * least, highest + slack * most)


def whole_points(blocks: list[ScoredSection]) -> Fraction | None:
    """The points of all goals and sections together, None where one does not state them."""
    whole = ZERO
    for block in blocks:
        points = block.weight
        if points is None:
            stated = [row.weight for row in block.rows if row.weight is not None]
            shared = [group.points for group in block.groups]
            if None in shared or not (stated or shared):
                return None
            points = sum(stated, sum((p for p in shared if p is not None), ZERO))
        whole += points
    return whole


def _total(blocks: list[ScoredSection], execution: list[Execution], policy: Policy) -> Interval:
    """The sum of all intervals; open where the form has neither points nor scores, or lists not all."""
    rows = [row for block in blocks for row in block.rows]
    counted = [one.interval for one in execution if one.counted]
    if not counted and whole_points(blocks) == policy.total_weight - policy.budget_points:
        # The points of budget execution stand somewhere that was not understood.
        return OPEN
    if not counted and all(row.claim is None and row.how == UNBOUNDED for row in rows):
        return OPEN
    return total_of([*(block.admissible for block in blocks), *counted])
