"""The completion ratio r of an indicator: an interval within [0, 1] that the form itself proves.

Source: scoring rules, section "Completion ratio r". Numbers are exact fractions. Where the form
leaves something open, the interval says how much; `why` tells a person.
"""

from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms import moments, quantity, statements, wording
from perfxl.forms.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.text import fold, same
from perfxl.rules import measures, understanding
from perfxl.rules.measures import Sizes
from perfxl.rules.policy import Policy

ZERO, ONE = Fraction(0), Fraction(1)
HUNDRED = 100
ROUGH = Fraction(1, 10)
"""By how much a number written as a rough one may differ, as a share of it."""


class Ratio(NamedTuple):
    """How far a target was reached.

    Attributes:
        lo: least share of the weight that the form allows.
        hi: most share.
        why: how it was judged, a code of the texts: ratio, inverse, met, limit, range, date, tier…
        open: whether a person has to judge (the interval is not the rule's but ignorance).
        below: whether ``hi`` itself is not admissible (a missed date: [0, 1)).
        bound: the actual is written as a bound and was taken at its worst case.
        over: completion as a share of the target where it exceeds it, else None.
        arithmetic: (numerator, denominator) as written, for the explanation.
    """

    lo: Fraction
    hi: Fraction
    why: str
    open: bool = False
    below: bool = False
    bound: bool = False
    over: Fraction | None = None
    arithmetic: tuple[str, str] | None = None

    @property
    def fraction(self) -> bool:
        """Whether the ratio is a true fraction: only such scores are ever rounded."""
        return self.lo == self.hi and 0 < self.lo < 1

    @property
    def missed(self) -> bool:
        """Whether the target is proven not to be reached."""
        return self.hi < 1 or self.below

    @property
    def met(self) -> bool:
        """Whether the target is proven to be reached in full."""
        return self.lo == ONE


MET = Ratio(ONE, ONE, "met")
UNSTATED = Ratio(ZERO, ONE, "unstated", open=True)
"""The form has no column for what was reached; nothing can be said of it."""


def _open(why: str) -> Ratio:
    return Ratio(ZERO, ONE, why, open=True)


def judge(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    """The ratio of one indicator.

    Args:
        target: what was to be reached, as `with_zeros` understood it beside the actual.
        actual: what is said to be reached, likewise.
        name: the indicator's name, which may say that less is better.
        level2: its second level (成本指标).
        policy: tiers and word lists.
    """
    if actual.kind == BLANK:
        return Ratio(ZERO, ZERO, "no-actual")
    if target.kind == BLANK:
        return _open("no-target")
    if target.kind == DATE:
        return _date(target, actual, name, policy)
    if target.kind not in (NUMBER, RANGE):
        return _said(target, actual, name, policy)
    if actual.kind == NUMBER:
        return _amounts(target, actual, name, level2, policy)
    if actual.kind == TEXT:
        return _said(target, actual, name, policy)
    if same(target.text, actual.text):
        return MET
    if actual.kind == RANGE:
        return _between(target, actual, name, level2, policy)
    return _open("kinds-differ")


def _amounts(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    """Two numbers: places in an order, changes in one way or the other, or sizes."""
    ranks = [value.family == quantity.RANK for value in (target, actual)]
    if any(ranks):
        return _places(target, actual) if all(ranks) else _open("words")
    named = wording.turn_of(fold(name))
    turns = wording.turn(target), wording.turn(actual)
    wanted, moved = (turn or (named if any(turns) else "") for turn in turns)
    turned = _turned(target, actual, wanted or named, moved)
    if turned is not None:
        return turned
    ratio = _numbers(target, actual, name, level2, policy)
    if wanted != moved and (ratio.missed or ratio.over is not None):
        # 95% beside 下降5%: which number is a level and which a change, nobody says.
        return _open("words")
    if not target.rough and not actual.rough:
        return _strict(ratio, target, actual)
    return _roughly(ratio)


def _places(target: Quantity, actual: Quantity) -> Ratio:
    """前3名 is reached by the third and missed by the fifth; how much is left then, no clause says."""
    if actual.low <= target.low:
        return MET
    return Ratio(ZERO, ONE, "rank", below=True)


def _turned(target: Quantity, actual: Quantity, wanted: str, moved: str) -> Ratio | None:
    """增长5% beside 下降5%: nothing of it was reached, and no ceiling on it was broken.

    Args:
        target: of numbers; a change of 0 has no way.
        actual: likewise.
        wanted: which way the target goes, by its own words or the name's (增长率).
        moved: which way the actual went, likewise; "" where it is a plain number.

    Returns:
        None where the sizes have to be compared.
    """
    fell = wanted == wording.RISING and not moved and actual.low < 0 and actual.family == "ratio"
    opposite = "" not in (wanted, moved) and wanted != moved and actual.low > 0
    if target.low <= 0 or not (fell or opposite):
        return None
    if target.kind == NUMBER and target.comparator in ("≤", "<"):
        return Ratio(ONE, ONE, "within")
    return Ratio(ZERO, ZERO, "not-met")


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


def _between(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    """An actual from one number to another: as far as both of its ends say the same."""
    ends = [
        _amounts(target, actual._replace(kind=NUMBER, low=end, high=end), name, level2, policy)
        for end in (actual.low, actual.high)
    ]
    if any(ratio.open for ratio in ends):
        return _open("kinds-differ")
    return _agreed(ends)


def on_own_scale(ratio: Ratio, standard: str, policy: Policy) -> Ratio:
    """The ratio of a missed target where the form prints a scoring standard of its own for the row.

    每少1家扣1分 gives other points than the proportion does, and what it gives is left to a person;
    按比例得分，低于60%不得分 gives the proportion or nothing.
    """
    text = fold(standard)
    if not ratio.missed or ratio.open or not ratio.fraction:
        return ratio
    if _holds(text, policy.words["proportional"]):
        return ratio._replace(lo=ZERO) if _holds(text, policy.words["cut_off"]) else ratio
    if not _holds(text, policy.words["own_scale"]):
        return ratio
    below = not _holds(text, policy.words["own_scale_full"])
    return Ratio(ZERO, ONE, "own-scale", open=True, below=below)


def with_zeros(
    target: Quantity, actual: Quantity, name: str = "", level2: str = ""
) -> tuple[Quantity, Quantity]:
    """Both sides as they are understood beside each other and under their name; see `understanding`."""
    return understanding.understand(target, actual, name, level2)


def _said(target: Quantity, actual: Quantity, name: str, policy: Policy) -> Ratio:
    """A qualitative target, or an actual in words."""
    if same(target.text, actual.text):
        return _tier("repeated", policy)
    known = fold(name) + fold(target.text)
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
        return _open("words")
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
    most = actual.comparator in ("≤", "<")
    return _tier("tier-missed", policy) if counted and not most else None


def _date(target: Quantity, actual: Quantity, name: str, policy: Policy) -> Ratio:
    """A deadline: met if the last day that the actual may mean is in time, missed if the first is late."""
    if actual.kind == TEXT:
        return _said(target, actual, name, policy)
    if actual.kind != DATE:
        return MET if same(target.text, actual.text) else _open("kinds-differ")
    if not _comparable(target, actual):
        return _open("date-coarse")
    wanted, reached = (moments.Moment(one.day, one.since) for one in (target, actual))
    last, first = moments.last_day(reached), moments.first_day(reached)
    if _day_of_month(target):
        last = first = (0, 0, actual.day[2] or 0)
    deadline = (0, 0, target.day[2] or 0) if _day_of_month(target) else moments.last_day(wanted)
    if target.comparator == "=" and (first, last) != (moments.first_day(wanted), deadline):
        # A period to be filled is no deadline: 全年 is not kept by 11月.
        late = first > deadline
        return Ratio(ZERO, ONE, "date-missed", below=True) if late else _open("date-coarse")
    if last <= deadline:
        return MET._replace(why="date-met")
    if first > deadline:
        return Ratio(ZERO, ONE, "date-missed", below=True)
    return _open("date-coarse")


def _comparable(target: Quantity, actual: Quantity) -> bool:
    """Whether two dates lie in years that are both written, or neither, and speak of the same."""
    if (target.day[0] is None) != (actual.day[0] is None):
        return False
    if _day_of_month(target) != _day_of_month(actual):
        return False
    cycles = {wording.every(one.text) for one in (target, actual)} - {""}
    tails = target.tail, actual.tail
    alike = "" in tails or tails[0] in tails[1] or tails[1] in tails[0]
    return len(cycles) < 2 and alike


def _day_of_month(value: Quantity) -> bool:
    return value.day[1] is None and value.day[2] is not None


def direction(target: Quantity, name: str, level2: str, policy: Policy) -> str:
    """Up (to be reached), down (not to be exceeded) or either, for a target of numbers."""
    if target.comparator in ("≥", ">"):
        return "up"
    if target.comparator in ("≤", "<"):
        return "down"
    words = fold(name)
    if _holds(words, policy.words["more_is_better"]):
        return "up"
    if _holds(words, policy.words["less_is_better"]):
        # 投诉 are to be few, 投诉处理 may be work done.
        return "either" if _holds(words, policy.words["handling"]) else "down"
    rank = fold(level2)
    if rank.endswith(tuple(policy.words["either"])) or _holds(words, policy.words["either_names"]):
        return "either"
    return (
        "either"
        if target.family in ("clock", "workday") and rank in policy.words["timeliness"]
        else "up"
    )


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _numbers(target: Quantity, actual: Quantity, name: str, level2: str, policy: Policy) -> Ratio:
    pairs = measures.in_one_measure(target, actual)
    if pairs is None:
        known = {target.family, actual.family}.isdisjoint(("other", ""))
        return _open("units-differ" if known else "words")
    if measures.unlike(target, actual, policy):
        return _open("words")
    way = direction(target, name, level2, policy)
    ratio = _agreed([compare(sizes, target, actual, way) for sizes in pairs])
    if measures.off_by_ten_thousand(target, actual, pairs):
        return _open("scale")
    if ratio.missed and measures.other_things(target, actual, policy):
        return _open("units-differ")
    return ratio


def compare(sizes: Sizes, target: Quantity, actual: Quantity, way: str) -> Ratio:
    """The ratio of sizes in one measure.

    Args:
        sizes: the target's ends and the actual.
        target: whether it is a number or a range.
        actual: whether it is written as a bound.
        way: up, down, or either, which leaves the ratio open between the two.
    """
    ways = ("up", "down") if way == "either" else (way,)
    return _agreed([_one(*sizes, target, actual, each) for each in ways])


def _agreed(ratios: list[Ratio]) -> Ratio:
    """Several readings of one row: the first where all say the same, else open between them."""
    first = ratios[0]
    if all((ratio.lo, ratio.hi) == (first.lo, first.hi) for ratio in ratios):
        return first
    lo, hi = min(ratio.lo for ratio in ratios), max(ratio.hi for ratio in ratios)
    return Ratio(lo, hi, "either", open=True)


def _one(
    low: Fraction, high: Fraction, value: Fraction, target: Quantity, actual: Quantity, way: str
) -> Ratio:
    """One reading of target and actual in one direction."""
    if target.kind == RANGE:
        return _in_range(low, high, value, actual)
    bound = actual.comparator
    if way == "up":
        ratio = _reached(low, value)
        if bound in ("≤", "<"):
            # 不超过90% says nothing of how much was reached at least.
            return Ratio(ZERO, ratio.hi, "bound-above", open=True, bound=True)
        return ratio._replace(bound=bound in ("≥", ">"))
    ratio = _limited(low, value)
    if bound in ("≥", ">"):
        return Ratio(ZERO, ratio.hi, "bound-below", open=True, bound=True)
    return ratio._replace(bound=bound in ("≤", "<"))


def _reached(target: Fraction, value: Fraction) -> Ratio:
    if target <= 0:
        met = value >= target
        return Ratio(ONE, ONE, "met") if met else Ratio(ZERO, ZERO, "not-met")
    if value >= target:
        over = value / target
        return Ratio(ONE, ONE, "met", over=over if over > 1 else None)
    share = max(ZERO, value / target)
    return Ratio(share, share, "ratio")


def _limited(target: Fraction, value: Fraction) -> Ratio:
    if value <= target:
        return Ratio(ONE, ONE, "within")
    if target <= 0:
        return Ratio(ZERO, ZERO, "not-met")
    share = target / value
    return Ratio(share, share, "inverse")


def _in_range(low: Fraction, high: Fraction, value: Fraction, actual: Quantity) -> Ratio:
    bound = actual.comparator if actual.comparator in ("≥", ">", "≤", "<") else ""
    outside = not low <= value <= high
    if not bound:
        return _range_miss(low, high, value) if outside else Ratio(ONE, ONE, "range-met")
    beyond = value > high if bound in ("≥", ">") else value < low
    most = _range_miss(low, high, value).hi if beyond else ONE
    return Ratio(ZERO, most, "bound-range", open=True, bound=True)


def _range_miss(low: Fraction, high: Fraction, value: Fraction) -> Ratio:
    if low < 0 or value < 0:
        # A share of less than nothing is not defined by the rule.
        return _open("words")
    share = value / low if value < low else high / value
    return Ratio(share, share, "range-missed")
