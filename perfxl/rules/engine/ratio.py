"""The completion ratio r of an indicator: an interval within [0, 1] that the form itself proves.

Source: scoring rules, section "Completion ratio r". Numbers are exact fractions. Where the form
leaves something open, the interval says how much; `why` tells a person.
"""

from perfxl.exact import Fraction
from perfxl.forms.values import moments, quantity, statements, wording
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.values.text import normalize, same
from perfxl.rules.engine import change_words, frequency, measures, understanding
from perfxl.rules.engine.change_words import Turn
from perfxl.rules.engine.completion import (
    COMPUTED,
    MET,
    ONE,
    UNSTATED,
    ZERO,
    Ratio,
    combine_ratios,
    compare,
    is_far,
    left_open,
)
from perfxl.rules.engine.direction import (
    CHANGE,
    NOT_STATED,
    SIGNS,
    TIMES,
    Direction,
    Stated,
    direction,
)
from perfxl.rules.engine.heads import DOWN, FALLING, UP, head
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.policies.policy import Policy

__all__ = [
    "COMPUTED",
    "MET",
    "ONE",
    "UNSTATED",
    "ZERO",
    "Ratio",
    "is_limit",
    "judge",
    "normalize_zero_words",
    "on_own_scale",
]
HUNDRED = 100
WHOLES = (1, HUNDRED)
"""A bare number that may be the whole, 100 % reached, and not a count."""
ROUGH = Fraction(1, 10)
"""By how much a number written as a rough one may differ, as a share of it."""
UNLIKELY = Fraction(3)
"""A bare number so many times a change that was to be reached is no change."""


def judge(
    target: Quantity,
    actual: Quantity,
    name: str,
    level2: str,
    policy: Policy,
    stated: Stated = NOT_STATED,
) -> Ratio:
    """The ratio of one indicator.

    Args:
        target: what was to be reached, as `with_zeros` understood it beside the actual.
        actual: what is said to be reached, likewise.
        name: the indicator's name, which may say that less is better.
        level2: its second level (成本指标).
        policy: tiers and word lists.
        stated: what the row states of its direction in columns of its own.
    """
    if actual.kind == BLANK:
        # 无 is an answer where the target, which was not read, may ask for none.
        answered = target.kind == BLANK and quantity.means_zero(actual.text)
        return left_open("no-target") if answered else Ratio(ZERO, ZERO, "no-actual")
    if target.kind == BLANK:
        return left_open("no-target")
    if target.kind == DATE:
        return _date(target, actual, name, policy)
    if target.kind not in (NUMBER, RANGE):
        return _judge_words(target, actual, name, policy)
    if actual.kind == NUMBER:
        return _amounts(target, actual, name, level2, policy, stated)
    if actual.kind == TEXT:
        return _judge_words(target, actual, name, policy)
    if same(target.text, actual.text):
        return MET
    if actual.kind == RANGE:
        return _between(target, actual, name, level2, policy, stated)
    return left_open("kinds-differ")


def _amounts(
    target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy, stated: Stated
) -> Ratio:
    """Two numbers: places in an order, changes in one way or the other, or sizes."""
    ranks = [value.family == quantity.RANK for value in (target, actual)]
    if any(ranks):
        alike = all(ranks) and target.unit == actual.unit
        return _places(target, actual) if alike else left_open("words")
    ratio = _numbers(target, actual, name, level2, policy, stated)
    if not target.rough and not actual.rough:
        return _strict(ratio, target, actual)
    return _roughly(ratio)


def _places(target: Quantity, actual: Quantity) -> Ratio:
    """前3名 is reached by the third and missed by the fifth; how much is left then, no clause says."""
    if actual.low <= target.low:
        return MET
    return Ratio(ZERO, ONE, "rank", below=True)


def _strict(ratio: Ratio, target: Quantity, actual: Quantity) -> Ratio:
    """不到100人 of ≥100人: how many there were is not said, but not enough."""
    sign = {"bound-above": "<", "bound-below": ">"}.get(ratio.why)
    if sign is None or sign != actual.comparator or target.kind != NUMBER:
        return ratio
    pairs = measures.in_one_measure(target, actual) or []
    below = all(
        sizes.actual <= sizes.low if sign == "<" else sizes.actual >= sizes.low for sizes in pairs
    )
    return ratio._replace(open=False, below=ratio.hi == ONE) if pairs and below else ratio


def _roughly(ratio: Ratio) -> Ratio:
    """约95% of 100%: a tenth more or less is within what such a word leaves open."""
    if ratio.lo == ONE and ratio.over is None:
        return ratio
    if ratio.lo == ONE:
        return ratio._replace(over=None)
    low, high = ratio.lo * (ONE - ROUGH), min(ONE, ratio.hi * (ONE + ROUGH))
    return ratio._replace(lo=low, hi=high, why="rough", open=True)


def _between(
    target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy, stated: Stated
) -> Ratio:
    """An actual from one number to another: as far as both of its ends say the same."""
    ends = [
        _amounts(
            target, actual._replace(kind=NUMBER, low=end, high=end), name, level2, policy, stated
        )
        for end in (actual.low, actual.high)
    ]
    if any(ratio.open for ratio in ends):
        return left_open("kinds-differ")
    return combine_ratios(ends)


def on_own_scale(ratio: Ratio, standard: str, policy: Policy) -> Ratio:
    """The ratio of a missed target where the form prints a scoring standard of its own for the row.

    每少1家扣1分 gives other points than the proportion does, and what it gives is left to a person;
    按比例得分，低于60%不得分 gives the proportion or nothing.
    """
    text = normalize(standard)
    if not ratio.missed or ratio.open or not ratio.fraction:
        return ratio
    if _holds(text, policy.words["proportional"]):
        return ratio._replace(lo=ZERO) if _holds(text, policy.words["cut_off"]) else ratio
    if not _holds(text, policy.words["own_scale"]):
        return ratio
    below = not _holds(text, policy.words["own_scale_full"])
    return Ratio(ZERO, ONE, "own-scale", open=True, below=below)


def normalize_zero_words(
    target: Quantity, actual: Quantity, name: str = "", level2: str = ""
) -> tuple[Quantity, Quantity]:
    """Both sides as they are understood beside each other and under their name; see `understanding`."""
    return understanding.understand(target, actual, name, level2)


def _judge_words(target: Quantity, actual: Quantity, name: str, policy: Policy) -> Ratio:
    """A qualitative target, or an actual in words."""
    if same(target.text, actual.text):
        return _tier("repeated", policy)
    known = normalize(name) + normalize(target.text)
    if target.kind == TEXT and (found := _wanted(target, actual, known, policy)) is not None:
        return found
    whole = target.kind == TEXT or (target.family == "ratio" and target.size == HUNDRED)
    if actual.kind == TEXT and whole and statements.denies_all(actual.text):
        return Ratio(ZERO, ONE, "not-whole", below=True)
    said = statements.result(actual.text)
    if not said and actual.kind == TEXT:
        if statements.was_not_done(actual.text, known):
            said = "missed"
        elif target.family == "ratio" and statements.asks_for_all(actual.text):
            said = "reached"
    if not said:
        return left_open("words")
    if target.kind in (NUMBER, RANGE, DATE) and said == "partly":
        # How much of a number was reached, the word does not say.
        return Ratio(ZERO, ONE, "tier-partly", below=True)
    return _tier(f"tier-{said}", policy)


def _tier(why: str, policy: Policy) -> Ratio:
    lo, hi = policy.tiers["reached" if why == "repeated" else why.removeprefix("tier-")]
    return Ratio(lo, hi, why)


def _wanted(target: Quantity, actual: Quantity, known: str, policy: Policy) -> Ratio | None:
    """Targets in words that an actual proves reached or missed: none of it, all of it, a grade."""
    if statements.wants_none(target.text):
        found = _none_wanted(actual, known, policy)
        if found is not None:
            return found
    if statements.asks_for_all(target.text) and actual.kind == NUMBER:
        if actual.family != "ratio" or actual.comparator in ("≥", ">") or actual.rough:
            return None
        if actual.size >= HUNDRED:
            return _tier("tier-reached", policy)
        return Ratio(ZERO, ONE, "not-whole", below=True)
    if actual.kind != TEXT:
        return None
    says = statements.compare_statements(target.text, actual.text)
    if says is not None:
        return _tier("tier-reached" if says else "tier-missed", policy)
    place = statements.place_on_stated_scale(target.text, actual.text)
    if place:
        least = Ratio(ZERO, ONE, "grade", below=True) if place == "worst" else None
        return _tier("tier-reached", policy) if place == "best" else least
    grades = statements.compare_grades(target.text, actual.text)
    if grades is None:
        return None
    return _tier("tier-reached", policy) if grades >= 0 else Ratio(ZERO, ONE, "grade", below=True)


def _none_wanted(actual: Quantity, known: str, policy: Policy) -> Ratio | None:
    """无投诉: reached by 0 and by 未发生投诉, missed by 3件."""
    if actual.kind == TEXT:
        reached = statements.says_none_of(actual.text, known)
        return _tier("tier-reached", policy) if reached else None
    if actual.kind != NUMBER or actual.family not in ("", "count"):
        return None
    if actual.low == 0:
        return _tier("tier-reached", policy)
    counted = actual.low > 0 and actual.low == actual.low.to_integral_value()
    if not actual.unit and actual.low in WHOLES:
        return None
    most = actual.comparator in ("≤", "<")
    return _tier("tier-missed", policy) if counted and not most else None


def _date(target: Quantity, actual: Quantity, name: str, policy: Policy) -> Ratio:
    """A deadline: met if the last day that the actual may mean is in time, missed if the first is late."""
    if actual.kind == TEXT:
        late = target.day[0] is None and not _day_of_month(target) and _is_next_year(actual)
        if late:
            return Ratio(ZERO, ONE, "date-missed", below=True)
        return _judge_words(target, actual, name, policy)
    if actual.kind != DATE:
        return MET if same(target.text, actual.text) else left_open("kinds-differ")
    if not _comparable(target, actual):
        return left_open("date-coarse")
    wanted, reached = (moments.Moment(one.day, one.since) for one in (target, actual))
    last, first = moments.last_day(reached), moments.first_day(reached)
    if _day_of_month(target):
        last = first = (0, 0, actual.day[2] or 0)
    deadline = (0, 0, target.day[2] or 0) if _day_of_month(target) else moments.last_day(wanted)
    if target.comparator == "=" and (first, last) != (moments.first_day(wanted), deadline):
        # A period to be filled is no deadline: 全年 is not kept by 11月.
        late = first > deadline
        return Ratio(ZERO, ONE, "date-missed", below=True) if late else left_open("date-coarse")
    if last <= deadline:
        return MET._replace(why="date-met")
    if first > deadline:
        return Ratio(ZERO, ONE, "date-missed", below=True)
    return left_open("date-coarse")


def _is_next_year(actual: Quantity) -> bool:
    """次年1月20日: a day of the year after the one that deadlines without a year speak of."""
    text = normalize(actual.text)
    word = next((word for word in grammar().next_year if text.startswith(word)), "")
    return bool(word) and quantity.parse(text.removeprefix(word)).kind == DATE


def _comparable(target: Quantity, actual: Quantity) -> bool:
    """Whether two dates lie in years that are both written, or neither, and speak of the same."""
    if (target.day[0] is None) != (actual.day[0] is None):
        return False
    if _day_of_month(target) != _day_of_month(actual):
        return False
    cycles = {wording.recurrence_of(one.text) for one in (target, actual)} - {""}
    tails = target.tail, actual.tail
    alike = "" in tails or tails[0] in tails[1] or tails[1] in tails[0]
    return len(cycles) < 2 and alike


def _day_of_month(value: Quantity) -> bool:
    return value.day[1] is None and value.day[2] is not None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _numbers(
    target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy, stated: Stated
) -> Ratio:
    """The ratio of a target that is a number or a range, beside an actual that is a number."""
    found = direction(target, name, level2, policy, actual=actual, stated=stated)
    named = head(name, policy).turn
    changed = change_words.sizes_of_change(target, actual, named, policy)
    if changed is None:
        return left_open("words")
    ratio = _measured(*changed, found, name, level2, policy)
    aim, done = change_words.turn(target, policy), change_words.turn(actual, policy)
    of_two_kinds = (
        # 95% beside 下降5%: which number is a level and which a change, nobody says;
        not named and not aim.way and done.is_size and found.evidence != CHANGE
    ) or (
        # and 95% after a decrease by 5 % is more likely what is left.
        aim.is_size and not done.way and ratio.over is not None and ratio.over > UNLIKELY
    )
    if of_two_kinds and not (ratio.met and ratio.over is None):
        ratio = left_open("words")
    if ratio.over is not None and target.family == "ratio" and (aim.is_size or named):
        ratio = _of_levels(ratio, *changed, aim.way or named, policy)
    elif _over_unknown(target, actual, aim, policy):
        ratio = ratio._replace(over=None)
    return ratio._replace(way=found.way, evidence=found.evidence)


def _over_unknown(target: Quantity, actual: Quantity, aim: Turn, policy: Policy) -> bool:
    """Whether by how much a target was exceeded is no measure of how low it was set.

    A pace is the least that is kept up (2次/年); of 比上年减少3人 nobody knows how many are left.
    """
    of_a_base = aim.is_size and any(
        word in normalize(target.text) for word in policy.words["bases"]
    )
    return of_a_base or bool(target.per and not actual.per)


def _of_levels(
    ratio: Ratio, target: Quantity, actual: Quantity, turn: str, policy: Policy
) -> Ratio:
    """A change in percent that was exceeded, with what it makes of the level that changed."""
    wanted, reached = (Fraction(one.size) / HUNDRED for one in (target, actual))
    if turn == FALLING:
        wanted, reached = -reached, -wanted
    if wanted <= -1:
        return ratio
    level = (1 + reached) / (1 + wanted)
    return ratio._replace(level_over=level, reducible=ratio.reducible and is_far(level, policy))


def _measured(
    target: Quantity, actual: Quantity, found: Direction, name: str, level2: str, policy: Policy
) -> Ratio:
    """The ratio of two numbers that are in one sense already, where they can be compared at all."""
    if frequency.are_unequal(target, actual):
        return _for_each(target, actual, found.way, name, policy)
    if change_words.within_both(target):
        target, actual = change_words.deviations(target, actual)
    pairs = measures.in_one_measure(target, actual)
    if pairs is None:
        known = {target.family, actual.family}.isdisjoint(("other", ""))
        return left_open("units-differ" if known else "words")
    signed = change_words.turn(target, policy).way or head(name, policy).turn
    if measures.is_incomparable(target, actual, policy, below_zero=bool(signed)):
        return left_open("words")
    limit = is_limit(target, actual, found, level2, policy)
    ratio = combine_ratios(
        [compare(sizes, target, actual, found.way, policy, limit=limit) for sizes in pairs]
    )
    if measures.off_by_ten_thousand(target, actual, pairs):
        return left_open("scale")
    if ratio.missed and measures.counts_other_things(target, actual, policy):
        return left_open("units-differ")
    return ratio


def _for_each(target: Quantity, actual: Quantity, way: str, name: str, policy: Policy) -> Ratio:
    """每村1个 beside a plain total: as many as there are villages, where the row says how many."""
    count = frequency.stated_count(target, actual, name)
    pairs = measures.in_one_measure(target._replace(per=""), actual._replace(per=""))
    single = target.kind == NUMBER and actual.comparator not in SIGNS
    if count is None or not single or pairs is None or len(pairs) > 1:
        return left_open("per-each")
    total = pairs[0].low * count
    found = compare(Sizes(total, total, pairs[0].actual), target, actual, way, policy)
    return found._replace(over=None, reducible=False)


def is_limit(
    target: Quantity, actual: Quantity, found: Direction, level2: str, policy: Policy
) -> bool:
    """Whether a range is a limit above: of time, of cost, of temperature, or by its direction."""
    if found.way in (UP, DOWN):
        return found.way == DOWN
    unit = target.unit or actual.unit
    return (
        (target.family or actual.family) in (*TIMES, "temperature")
        or unit in policy.words["limit_units"]
        or normalize(level2).endswith(policy.words["either"])
    )
