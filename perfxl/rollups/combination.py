"""What several units say of one indicator: can their numbers become one, and how?

Source: note 2, "absolute values are added, relative ones averaged with the funds as weight". A number
that is a level and no amount (12个月, ≤48小时, a date, a price) is neither: it is not combined.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.quantity import BLANK, DATE, NUMBER, RANGE, Quantity
from perfxl.forms.text import fold, label
from perfxl.rollups.match import Cluster
from perfxl.rollups.model import Part
from perfxl.rollups.sums import weights
from perfxl.rollups.words import counted_thing, rollup_words
from perfxl.rules import change_words, heads, measures
from perfxl.rules.direction import Direction, Stated, direction
from perfxl.rules.facts import Row, rank
from perfxl.rules.measures import Sizes
from perfxl.rules.policy import Policy
from perfxl.rules.ratio import ONE, is_limit

ADDED, AVERAGED, LEVEL, SCORED, APART = "added", "averaged", "level", "scored", "apart"
NOT_NUMBERS = frozenset({"units-differ", "scale", "words", "kinds-differ"})
"""How a row's own target and actual were judged where they cannot be compared as numbers."""


class Measured(NamedTuple):
    """One unit's target and actual as numbers.

    Attributes:
        sizes: in the measure of the family (percent points, 元, seconds, …).
        family: ratio, money, count, other, …; "" where no unit is written.
        unit: as written, of the target or else of the actual; `factor`: how much of the measure.
        assumed: whether the unit is taken from the other units' forms.
    """

    part: Part
    sizes: Sizes
    family: str
    unit: str
    factor: Fraction
    assumed: bool = False

    @property
    def bound(self) -> str:
        """≥ or ≤ of an actual written as a bound, else nothing."""
        return {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}.get(self.part.row.actual.comparator, "")


@dataclass
class Combination:
    """How the units' parts of one indicator become one.

    Attributes:
        mode: added, averaged, level, scored (qualitative) or apart (they do not fit together).
        why: for apart, what does not fit: a code of the differences.
        numbers: the units whose numbers can be combined; `weights`: likewise, of an average.
        left: the units whose cannot, with the reason.
        way: up, down or either.
        mixed: whether things are counted in several measure words.
        limit: whether a range of theirs must not be exceeded.
    """

    cluster: Cluster
    mode: str
    why: str = ""
    numbers: list[Measured] = field(default_factory=list)
    left: list[tuple[Part, str]] = field(default_factory=list)
    way: str = "up"
    unit: str = ""
    factor: Fraction = ONE
    mixed: bool = False
    limit: bool = False
    weights: list[Fraction] = field(default_factory=list)


def combine(cluster: Cluster, policy: Policy) -> Combination:
    """Decide how the rows of an indicator become one."""
    stated = [part for part in cluster.parts if part.row.target.kind != BLANK]
    left = [(part, "no-target") for part in cluster.parts if part.row.target.kind == BLANK]
    kinds = {_kind(part.row.target) for part in stated}
    if len(kinds) != 1:
        return Combination(cluster, APART, "kinds" if kinds else "", left=left)
    if kinds == {"text"}:
        return Combination(cluster, SCORED, left=left)
    if kinds == {"date"} or any(_is_level(part.row, policy) for part in stated):
        return Combination(cluster, LEVEL, left=left)
    return _of_numbers(Combination(cluster, APART, left=left), stated, policy)


def _kind(target: Quantity) -> str:
    if target.kind in (NUMBER, RANGE):
        return "number"
    return "date" if target.kind == DATE else "text"


def _of_numbers(found: Combination, stated: Sequence[Part], policy: Policy) -> Combination:
    """The combination of parts whose targets are numbers; apart, as it comes, where they do not fit."""
    numbers: list[Measured] = []
    for part in stated:
        one = _measured(part, policy)
        if isinstance(one, str):
            found.left.append((part, one))
        else:
            numbers.append(one)
    if not numbers:
        return found
    numbers, found.why = _in_one_family(numbers)
    directions = [_direction(one.part.row, policy) for one in numbers]
    ways = {one.way for one in directions}
    averaged = _is_average(numbers[0], policy)
    found.why = found.why or _clash(numbers, ways, policy)
    if not found.why and averaged and _has_scales(numbers):
        found.why = "scales"
    if found.why:
        return found
    found.mode = AVERAGED if averaged else ADDED
    found.numbers = numbers
    found.unit, found.factor = _shown_unit(numbers)
    found.way = ways.pop() if len(ways) == 1 else "either"
    things = {counted_thing(one.unit) for one in numbers if one.unit}
    found.mixed = len(things) > 1 and numbers[0].family == "count"
    found.limit = any(
        is_limit(row.target, row.actual, way, rank(row.indicator, policy), policy)
        for row, way in zip((one.part.row for one in numbers), directions, strict=True)
    )
    if averaged:
        _weigh(found)
    return found


def _weigh(found: Combination) -> None:
    """Give the parts of an average their weights; those that have none are left out."""
    known = weights([(one.part.member.funds, one.sizes) for one in found.numbers])
    pairs = list(zip(found.numbers, known, strict=True))
    found.weights = [weight for weight in known if weight is not None]
    if not found.weights:
        found.mode, found.why = APART, "no-weights"
        return
    found.left += [(one.part, "no-funds") for one, weight in pairs if weight is None]
    found.numbers = [one for one, weight in pairs if weight is not None]


# ---------------------------------------------------------------- amounts and levels
def _is_level(row: Row, policy: Policy) -> bool:
    """Whether a target is a level: a duration, a price, a mark, so much per something."""
    target, actual, words = row.target, row.actual, rollup_words()
    if target.family in words.averaged or (not target.family and _is_rate(row, policy)):
        return False
    amounts, units = words.added | {"other"}, {target.unit, actual.unit}
    name, level2 = label(row.indicator.name), fold(str(row.indicator.level2.value or ""))
    return bool(
        (target.family and target.family not in amounts)
        # 12 beside 12个月
        or (actual.family and actual.family not in amounts | words.averaged)
        or any("/" in unit for unit in units)
        or "每" in target.unit
        or measures.pace(target)
        or measures.pace(actual)
        or not units.isdisjoint(policy.words["level_units"])
        or (units == {""} and level2 in policy.words["timeliness"])
        or name.endswith(policy.words["levels"])
        or any(word in name for word in policy.words["level_parts"])
    )


def _is_rate(row: Row, policy: Policy) -> bool:
    name = label(row.indicator.name)
    return name.endswith(policy.words["rates"]) and not name.endswith(policy.words["levels"])


def _is_average(one: Measured, policy: Policy) -> bool:
    if one.family in rollup_words().averaged:
        return True
    return not one.family and _is_rate(one.part.row, policy)


# ---------------------------------------------------------------- one unit's numbers
def _measured(part: Part, policy: Policy) -> Measured | str:
    """A row's numbers in one measure, or why they are none: a code of the texts."""
    row = part.row
    if row.actual.kind != NUMBER:
        return "no-actual" if row.actual.kind == BLANK else "actual-words"
    if row.ratio.why in NOT_NUMBERS:
        return "row-units"
    turn = heads.head(row.indicator.name, policy).turn
    changed = change_words.sizes_of_change(row.target, row.actual, turn, policy)
    if changed is None:
        return "row-units"
    target, actual = changed
    pairs = measures.in_one_measure(target, actual)
    if pairs is None or len(pairs) != 1 or measures.unlike(target, actual, policy):
        return "row-units"
    (sizes,) = pairs
    written, bare = (target, actual) if target.unit else (actual, target)
    unit, factor = written.unit, Fraction(written.factor)
    if target.family == actual.family != "other":
        unit = target.unit
    elif target.family == actual.family or not written.unit:
        factor = ONE
    elif written.family != "ratio" and not bare.scaled:
        # A bare number beside one with a unit was compared as it stands: it is in that unit.
        sizes = Sizes(*(size * factor for size in sizes))
    return Measured(part, sizes, written.family, unit, factor)


# ---------------------------------------------------------------- do they fit together?
def _in_one_family(numbers: list[Measured]) -> tuple[list[Measured], str]:
    """Bare numbers take the unit that all others are written in, where that is safe."""
    families = {one.family for one in numbers}
    units = {(one.unit, one.factor) for one in numbers if one.family}
    if "" not in families or families == {""}:
        return numbers, "units" if len(families) > 1 else ""
    family = "".join(families)
    if len(families) > 2 or family == "money" or (family != "count" and len(units) > 1):
        return numbers, "units"
    unit, factor = min(units)
    if family == "ratio" and any(one.sizes.low <= 1 for one in numbers if not one.family):
        return numbers, "scales"
    return [
        one
        if one.family
        else Measured(
            one.part, Sizes(*(size * factor for size in one.sizes)), family, unit, factor,
            assumed=family != "count",
        )
        for one in numbers
    ], ""  # fmt: skip


def _clash(numbers: Sequence[Measured], ways: set[str], policy: Policy) -> str:
    """What keeps numbers of one family from being combined: a code of the differences."""
    family = numbers[0].family
    clashes = {
        "kinds": len({one.part.row.target.kind for one in numbers}) > 1,
        "units": (family == "other" and len({one.unit for one in numbers}) > 1)
        or (family == "count" and _are_other_things(numbers, policy)),
        "ways": {"up", "down"} <= ways,
        "bounds-clash": {"≥", "≤"} <= {one.bound for one in numbers},
        "moneys": not family and _are_in_several_moneys(numbers, policy),
    }
    return next((code for code, found in clashes.items() if found), "")


def _direction(row: Row, policy: Policy) -> Direction:
    """The direction that a row was judged by."""
    one = row.indicator
    stated = Stated(one.sign.text, one.standard.text)
    return direction(
        row.target, one.name, rank(one, policy), policy, actual=row.actual, stated=stated
    )


def _are_other_things(numbers: Sequence[Measured], policy: Policy) -> bool:
    """500人次 and 10场 are counts of different things; 个 and 项 count anything."""
    loose = policy.words["loose_units"]
    units = {one.unit for one in numbers if one.unit and one.unit not in loose}
    return len({counted_thing(unit) for unit in units}) > 1


def _are_in_several_moneys(numbers: Sequence[Measured], policy: Policy) -> bool:
    """Bare costs of forms in 元 and in 万元: nobody says which they stand in."""
    cost = tuple(policy.words["either"])
    named = any(fold(rank(one.part.row.indicator, policy)).endswith(cost) for one in numbers)
    return named and len({one.part.member.money for one in numbers}) > 1


def _has_scales(numbers: Sequence[Measured]) -> bool:
    """Bare shares of which some are of 1 and some of 100."""
    sizes = [size for one in numbers for size in one.sizes if size and not numbers[0].family]
    return bool(sizes) and min(sizes) <= 1 < max(sizes)


def _shown_unit(numbers: Sequence[Measured]) -> tuple[str, Fraction]:
    """The unit of the result: the one that most units write, of two the larger."""
    count = Counter((one.unit, one.factor) for one in numbers if one.unit)
    return min(count, key=lambda unit: (-count[unit], -unit[1], unit[0]), default=("", ONE))
