"""What several units say of one indicator: can their numbers become one, and how?

Source: note 2, "absolute values are added, relative ones averaged with the funds as weight". A number
that is a level and no amount (12个月, ≤48小时, a date, a price) is neither: it is not combined.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.values.quantity import BLANK, DATE, NUMBER, RANGE, Quantity
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.rollups.match import Cluster
from perfxl.rollups.model import Part
from perfxl.rollups.sums import weights
from perfxl.rollups.words import counted_thing, rollup_words
from perfxl.rules.engine import change_words, heads, measures
from perfxl.rules.engine.direction import Stated, direction
from perfxl.rules.engine.facts import ScoredRow, category_of
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.engine.ratio import ONE, is_limit
from perfxl.rules.matching.matcher import exclude
from perfxl.rules.policies.policy import Policy

ADDED, AVERAGED, LEVEL, SCORED, APART = "added", "averaged", "level", "scored", "apart"
NOT_NUMBERS = frozenset({"units-differ", "scale", "words", "kinds-differ"})
"""How a row's own target and actual were judged where they cannot be compared as numbers."""


class Measured(NamedTuple):
    """One unit's target and actual as numbers.

    Attributes:
        sizes: in the measure of the family (percent points, 元, seconds, …).
        family: ratio, money, count, other, …; "" where no unit is written.
        unit: as written, of the target or else of the actual; `factor`: how much of the measure.
        way: up, down or either; `limit`: whether its range must not be exceeded.
        assumed: whether the unit is taken from the other units' forms.
        weight: in an average.
    """

    part: Part
    sizes: Sizes
    family: str
    unit: str
    factor: Fraction
    way: str
    limit: bool
    assumed: bool = False
    weight: Fraction | None = None

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
        numbers: the units whose numbers can be combined.
        left: the units whose cannot, with the reason.
        unit: of the result; `factor`: how much of the measure.
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


def combine(cluster: Cluster, policy: Policy) -> Combination:
    """Decide how the rows of an indicator become one."""
    stated = [part for part in cluster.parts if part.row.target.kind != BLANK]
    kinds = {_kind(part.row.target) for part in stated}
    found = Combination(cluster, APART)
    found.left = [(part, "no-target") for part in exclude(cluster.parts, stated)]
    if len(kinds) > 1:
        found.why = "kinds"
    elif kinds == {"text"}:
        found.mode = SCORED
    elif kinds == {"date"} or any(_is_level(part.row, policy) for part in stated):
        found.mode = LEVEL
    else:
        _combine_numbers(found, stated, policy)
    return found


def _kind(target: Quantity) -> str:
    if target.kind in (NUMBER, RANGE):
        return "number"
    return "date" if target.kind == DATE else "text"


def _combine_numbers(found: Combination, stated: Sequence[Part], policy: Policy) -> None:
    """Take the numbers of some parts into a combination; it stays apart where they do not fit."""
    measured = [(part, _measure(part, policy)) for part in stated]
    found.left += [(part, one) for part, one in measured if isinstance(one, str)]
    numbers = [one for _, one in measured if isinstance(one, Measured)]
    if not numbers:
        return
    numbers, why = _in_one_family(numbers)
    found.why = why or _clash(numbers, policy)
    if not found.why:
        found.numbers = numbers
        found.mode = AVERAGED if _is_average(numbers[0], policy) else ADDED
        _describe(found)
        _weigh(found)


def _describe(found: Combination) -> None:
    """Tell of numbers that fit together which unit and which way they have as one."""
    count = Counter((one.unit, one.factor) for one in found.numbers if one.unit)
    # The unit that most units write, of two the larger.
    order = sorted(count, key=lambda unit: (-count[unit], -unit[1], unit[0]))
    found.unit, found.factor = [*order, ("", ONE)][0]
    ways = {one.way for one in found.numbers}
    found.way = ways.pop() if len(ways) == 1 else "either"
    # Whether things are counted in several measure words, and whether a range must not be exceeded.
    found.mixed = (
        found.numbers[0].family == "count" and len({counted_thing(one) for one, _ in count}) > 1
    )
    found.limit = any(one.limit for one in found.numbers)


def _weigh(found: Combination) -> None:
    """Give the parts of an average their weights; those that have none are left out."""
    if found.mode != AVERAGED:
        return
    known = weights([(one.part.member.funds, one.sizes) for one in found.numbers])
    numbers = [
        one._replace(weight=weight) for one, weight in zip(found.numbers, known, strict=True)
    ]
    weighed = [one for one in numbers if one.weight is not None]
    if weighed:
        found.left += [(one.part, "no-funds") for one in numbers if one.weight is None]
        found.numbers = weighed
    else:
        found.mode, found.why = APART, "no-weights"


# ---------------------------------------------------------------- amounts and levels
def _is_level(row: ScoredRow, policy: Policy) -> bool:
    """Whether a target is a level: a duration, a price, a mark, so much per something."""
    target, actual, words = row.target, row.actual, rollup_words()
    if target.family in words.averaged or (not target.family and _is_rate(row, policy)):
        return False
    amounts = words.added | {"other", ""}
    return (
        target.family not in amounts
        or actual.family not in amounts | words.averaged  # 12 beside 12个月
        or _is_per_something(target, actual)
        or not {target.unit, actual.unit}.isdisjoint(policy.words["level_units"])
        or _is_level_by_name(row, policy)
    )


def _is_per_something(target: Quantity, actual: Quantity) -> bool:
    paces = measures.pace(target) or measures.pace(actual)
    return "/" in target.unit + actual.unit or "每" in target.unit or bool(paces)


def _is_level_by_name(row: ScoredRow, policy: Policy) -> bool:
    name, level2 = (
        normalize_label(row.indicator.name),
        normalize(str(row.indicator.level2.value or "")),
    )
    bare = not row.target.unit + row.actual.unit
    return (
        (bare and level2 in policy.words["timeliness"])
        or name.endswith(policy.words["levels"])
        or any(word in name for word in policy.words["level_parts"])
    )


def _is_rate(row: ScoredRow, policy: Policy) -> bool:
    name = normalize_label(row.indicator.name)
    return name.endswith(policy.words["rates"]) and not name.endswith(policy.words["levels"])


def _is_average(one: Measured, policy: Policy) -> bool:
    if one.family in rollup_words().averaged:
        return True
    return not one.family and _is_rate(one.part.row, policy)


# ---------------------------------------------------------------- one unit's numbers
def _measure(part: Part, policy: Policy) -> Measured | str:
    """A row's numbers in one measure, or why they are none: a code of the texts."""
    row, one = part.row, part.row.indicator
    if row.actual.kind != NUMBER:
        return "no-actual" if row.actual.kind == BLANK else "actual-words"
    changed = _as_changes(row, policy)
    pairs = None if changed is None else measures.in_one_measure(*changed)
    if (
        changed is None
        or pairs is None
        or len(pairs) != 1
        or measures.is_incomparable(*changed, policy)
    ):
        return "row-units"
    # The direction that the row was judged by.
    stated = Stated(one.sign.text, one.standard.text)
    found = direction(
        row.target, one.name, category_of(one, policy), policy, actual=row.actual, stated=stated
    )
    limit = is_limit(row.target, row.actual, found, category_of(one, policy), policy)
    return Measured(part, *_in_unit(*changed, pairs[0]), found.way, limit)


def _as_changes(row: ScoredRow, policy: Policy) -> tuple[Quantity, Quantity] | None:
    """Target and actual as sizes, of a change where they speak of one; None where they cannot be compared."""
    if row.ratio.why in NOT_NUMBERS:
        return None
    turn = heads.head(row.indicator.name, policy).turn
    return change_words.sizes_of_change(row.target, row.actual, turn, policy)


def _in_unit(target: Quantity, actual: Quantity, sizes: Sizes) -> tuple[Sizes, str, str, Fraction]:
    """Sizes with their family, unit and factor; a bare number is in the unit that stands beside it."""
    written, bare = (target, actual) if target.unit else (actual, target)
    factor = Fraction(written.factor)
    if target.family == actual.family != "other":
        return sizes, target.family, target.unit, factor
    if target.family == actual.family or not written.unit:
        return sizes, written.family, written.unit, ONE
    if written.family != "ratio" and not bare.scaled:
        # It was compared as it stands.
        sizes = _times(sizes, factor)
    return sizes, written.family, written.unit, factor


def _times(sizes: Sizes, factor: Fraction) -> Sizes:
    return Sizes(*(size * factor for size in sizes))


# ---------------------------------------------------------------- do they fit together?
def _in_one_family(numbers: list[Measured]) -> tuple[list[Measured], str]:
    """Bare numbers take the unit that all others are written in, where that is safe."""
    bare = [one for one in numbers if not one.family]
    units = {(one.family, one.unit, one.factor) for one in numbers if one.family}
    why = _why_no_unit(bare, units)
    if why or not bare or not units:
        return numbers, why
    family, unit, factor = min(units)
    taken = {
        id(one.part): one._replace(
            sizes=_times(one.sizes, factor), family=family, unit=unit, factor=factor,
            assumed=family != "count",
        )
        for one in bare
    }  # fmt: skip
    return [taken.get(id(one.part), one) for one in numbers], ""


def _why_no_unit(bare: Sequence[Measured], units: set[tuple[str, str, Fraction]]) -> str:
    """Why bare numbers cannot be in the unit of the others: a code of the differences."""
    families = {family for family, *_ in units}
    if len(families) > 1:
        return "units"
    if not bare or not families:
        return ""
    (family,) = families
    if {"money": True, "count": False}.get(family, len(units) > 1):
        return "units"
    return "scales" if family == "ratio" and min(one.sizes.low for one in bare) <= 1 else ""


def _clash(numbers: Sequence[Measured], policy: Policy) -> str:
    """What keeps numbers of one family from being combined: a code of the differences."""
    clashes = {
        "kinds": len({one.part.row.target.kind for one in numbers}) > 1,
        "units": _have_other_units(numbers, policy),
        "ways": {"up", "down"} <= {one.way for one in numbers},
        "bounds-clash": {"≥", "≤"} <= {one.bound for one in numbers},
        "moneys": _are_in_several_moneys(numbers, policy),
        "scales": _have_scales(numbers, policy),
    }
    return next((code for code, found in clashes.items() if found), "")


def _have_other_units(numbers: Sequence[Measured], policy: Policy) -> bool:
    """500人次 and 10场 are counts of different things; 个 and 项 count anything."""
    units = {one.unit for one in numbers}
    if numbers[0].family == "other":
        return len(units) > 1
    things = {counted_thing(unit) for unit in units - {"", *policy.words["loose_units"]}}
    return numbers[0].family == "count" and len(things) > 1


def _are_in_several_moneys(numbers: Sequence[Measured], policy: Policy) -> bool:
    """Bare costs of forms in 元 and in 万元: nobody says which they stand in."""
    cost = tuple(policy.words["either"])
    named = any(
        normalize(category_of(one.part.row.indicator, policy)).endswith(cost) for one in numbers
    )
    return not numbers[0].family and named and len({one.part.member.money for one in numbers}) > 1


def _have_scales(numbers: Sequence[Measured], policy: Policy) -> bool:
    """Bare shares of which some are of 1 and some of 100."""
    if numbers[0].family or not _is_average(numbers[0], policy):
        return False
    sizes = [size for one in numbers for size in one.sizes if size]
    return bool(sizes) and min(sizes) <= 1 < max(sizes)
