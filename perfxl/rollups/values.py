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
from perfxl.forms.values.text import fold, label, same
from perfxl.rollups.match import Cluster
from perfxl.rollups.model import Member
from perfxl.rollups.words import rollup_words
from perfxl.rules.engine import change_words, heads, measures
from perfxl.rules.engine.direction import Direction, Stated, direction
from perfxl.rules.engine.facts import Row, rank
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.engine.ratio import ONE, is_limit
from perfxl.rules.policies.policy import Policy

ADDED, AVERAGED, LEVEL, SCORED, APART = "added", "averaged", "level", "scored", "apart"
NOT_NUMBERS = frozenset({"units-differ", "scale", "words", "kinds-differ"})
"""How a row's own target and actual were judged where they cannot be compared as numbers."""
PERCENT = Fraction(100)


class Reading(NamedTuple):
    """One unit's target and actual as numbers.

    Attributes:
        sizes: in the measure of the family (percent points, 元, seconds, …).
        family: ratio, money, count, other, …; "" where no unit is written.
        unit: as written, of the target or else of the actual; `factor`: how much of the measure.
        assumed: whether the unit is taken from the other units' forms.
    """

    member: Member
    row: Row
    sizes: Sizes
    family: str
    unit: str
    factor: Fraction
    assumed: bool = False


@dataclass
class Plan:
    """How the units' parts of one indicator become one.

    Attributes:
        mode: added, averaged, level, scored (qualitative) or apart (they do not fit together).
        why: for apart, what does not fit: a code of the differences.
        readings: the units whose numbers can be combined.
        left: the units whose cannot, with the reason.
        way: up, down or either.
        mixed: whether things are counted in several measure words.
        limit: whether a range of theirs must not be exceeded.
    """

    cluster: Cluster
    mode: str
    why: str = ""
    readings: list[Reading] = field(default_factory=list)
    left: list[tuple[Member, Row, str]] = field(default_factory=list)
    way: str = "up"
    unit: str = ""
    factor: Fraction = ONE
    mixed: bool = False
    limit: bool = False


def plan(cluster: Cluster, policy: Policy) -> Plan:
    """Decide how the rows of an indicator become one."""
    stated = [(member, row) for member, row in cluster.rows if row.target.kind != BLANK]
    kinds = {_kind(row.target) for _, row in stated}
    left = [(member, row, "no-target") for member, row in cluster.rows if row.target.kind == BLANK]
    if not kinds:
        return Plan(cluster, APART, left=left)
    if len(kinds) > 1:
        return Plan(cluster, APART, "kinds", left=left)
    (kind,) = kinds
    if kind == "text":
        return Plan(cluster, SCORED, left=left)
    if kind == "date" or any(_is_level(row, policy) for _, row in stated):
        return Plan(cluster, LEVEL, left=left)
    readings: list[Reading] = []
    for member, row in stated:
        found = _reading(member, row, policy)
        if isinstance(found, str):
            left.append((member, row, found))
        else:
            readings.append(found)
    if not readings:
        return Plan(cluster, APART, left=left)
    readings, why = _in_one_family(readings)
    why = why or _clash(readings, policy)
    if why:
        return Plan(cluster, APART, why, left=left)
    mode = _mode(readings, policy)
    if mode == AVERAGED and _scales(readings):
        return Plan(cluster, APART, "scales", left=left)
    unit, factor = _shown_unit(readings)
    ways = {_way(reading, policy) for reading in readings}
    way = next(iter(ways)) if len(ways) == 1 else "either"
    mixed = len({_alike(reading.unit) for reading in readings if reading.unit}) > 1
    return Plan(
        cluster, mode, "", readings, left, way, unit, factor,
        mixed and readings[0].family == "count",
        any(_is_limit(one.row, policy) for one in readings),
    )  # fmt: skip


def _kind(target: Quantity) -> str:
    if target.kind in (NUMBER, RANGE):
        return "number"
    return "date" if target.kind == DATE else "text"


# ---------------------------------------------------------------- amounts and levels
def _is_level(row: Row, policy: Policy) -> bool:
    """Whether a target is a level: a duration, a price, a mark, so much per something."""
    target, words = row.target, rollup_words()
    if target.family in words.averaged:
        return False
    name = label(row.indicator.name)
    if not target.family and _is_rate(name, policy):
        return False
    if target.family and target.family not in (words.added | {"other"}):
        return True
    per = "/" in target.unit or "每" in target.unit or "/" in row.actual.unit
    if per or measures.pace(target) or measures.pace(row.actual):
        return True
    if target.unit in policy.words["level_units"] or row.actual.unit in policy.words["level_units"]:
        return True
    if row.actual.family and row.actual.family not in (words.added | words.averaged | {"other"}):
        return True  # 12 beside 12个月
    bare = not target.unit and not row.actual.unit
    if bare and fold(str(row.indicator.level2.value or "")) in policy.words["timeliness"]:
        return True
    return name.endswith(policy.words["levels"]) or any(
        word in name for word in policy.words["level_parts"]
    )


def _is_rate(name: str, policy: Policy) -> bool:
    return name.endswith(policy.words["rates"]) and not name.endswith(policy.words["levels"])


def _mode(readings: Sequence[Reading], policy: Policy) -> str:
    if readings[0].family in rollup_words().averaged:
        return AVERAGED
    rate = not readings[0].family and _is_rate(label(readings[0].row.indicator.name), policy)
    return AVERAGED if rate else ADDED


# ---------------------------------------------------------------- one unit's numbers
def _reading(member: Member, row: Row, policy: Policy) -> Reading | str:
    """A row's numbers in one measure, or why they are none: a code of the texts."""
    target, actual = row.target, row.actual
    if actual.kind == BLANK:
        return "no-actual"
    if actual.kind != NUMBER or row.ratio.why in NOT_NUMBERS:
        return "actual-words" if actual.kind != NUMBER else "row-units"
    changed = change_words.sizes_of_change(
        target, actual, heads.head(row.indicator.name, policy).turn, policy
    )
    if changed is None:
        return "row-units"
    target, actual = changed
    pairs = measures.in_one_measure(target, actual)
    if pairs is None or len(pairs) != 1 or measures.unlike(target, actual, policy):
        return "row-units"
    written = target if target.unit else actual
    factor = Fraction(written.factor)
    if target.family == actual.family and target.family != "other":
        return Reading(member, row, pairs[0], target.family, target.unit, factor)
    if target.family == actual.family or not written.unit:
        return Reading(member, row, pairs[0], written.family, written.unit, Fraction(1))
    if written.family == "ratio" or (target.scaled if not target.unit else actual.scaled):
        return Reading(member, row, pairs[0], written.family, written.unit, factor)
    # A bare number beside one with a unit was compared as it stands: it is in that unit.
    sizes = Sizes(*(size * factor for size in pairs[0]))
    return Reading(member, row, sizes, written.family, written.unit, factor)


# ---------------------------------------------------------------- do they fit together?
def _in_one_family(readings: list[Reading]) -> tuple[list[Reading], str]:
    """Bare numbers take the unit that all others are written in, where that is safe."""
    families = {reading.family for reading in readings if reading.family}
    if not families or all(reading.family for reading in readings):
        return readings, "" if len(families) <= 1 else "units"
    units = {(reading.unit, reading.factor) for reading in readings if reading.family}
    if len(families) > 1 or "money" in families:
        return readings, "units"
    (family,) = families
    if family != "count" and len(units) > 1:
        return readings, "units"
    unit, factor = min(units)
    taken: list[Reading] = []
    for reading in readings:
        if reading.family:
            taken.append(reading)
            continue
        if family == "ratio" and reading.sizes.low <= 1:
            return readings, "scales"
        sizes = Sizes(*(size * factor for size in reading.sizes))
        taken.append(Reading(reading.member, reading.row, sizes, family, unit, factor, family != "count"))  # fmt: skip
    return taken, ""


def _clash(readings: Sequence[Reading], policy: Policy) -> str:
    """What keeps numbers of one family from being combined: a code of the differences."""
    targets = [reading.row.target for reading in readings]
    if len({target.kind for target in targets}) > 1:
        return "kinds"
    if readings[0].family == "other" and len({reading.unit for reading in readings}) > 1:
        return "units"
    if readings[0].family == "count" and _other_things(readings, policy):
        return "units"
    if {"up", "down"} <= {_way(reading, policy) for reading in readings}:
        return "ways"
    bounds = {bound(reading.row.actual) for reading in readings}
    if {"≥", "≤"} <= bounds:
        return "bounds-clash"
    if not readings[0].family and _in_several_moneys(readings, policy):
        return "moneys"
    return ""


def _direction(row: Row, policy: Policy) -> Direction:
    """The direction that a row was judged by."""
    one = row.indicator
    stated = Stated(one.sign.text, one.standard.text)
    return direction(
        row.target, one.name, rank(one, policy), policy, actual=row.actual, stated=stated
    )


def _way(reading: Reading, policy: Policy) -> str:
    return _direction(reading.row, policy).way


def _is_limit(row: Row, policy: Policy) -> bool:
    """Whether a range must not be exceeded."""
    found = _direction(row, policy)
    return is_limit(row.target, row.actual, found, rank(row.indicator, policy), policy)


def bound(actual: Quantity) -> str:
    """≥ or ≤ of an actual written as a bound, else nothing."""
    return {"≥": "≥", ">": "≥", "≤": "≤", "<": "≤"}.get(actual.comparator, "")


def _alike(unit: str) -> str:
    return rollup_words().alike.get(unit, unit)


def _other_things(readings: Sequence[Reading], policy: Policy) -> bool:
    """500人次 and 10场 are counts of different things; 个 and 项 count anything."""
    loose = policy.words["loose_units"]
    return len({_alike(one.unit) for one in readings if one.unit and one.unit not in loose}) > 1


def _in_several_moneys(readings: Sequence[Reading], policy: Policy) -> bool:
    """Bare costs of forms in 元 and in 万元: nobody says which they stand in."""
    cost = tuple(policy.words["either"])
    named = any(fold(rank(one.row.indicator, policy)).endswith(cost) for one in readings)
    return named and len({one.member.money for one in readings}) > 1


def _scales(readings: Sequence[Reading]) -> bool:
    """Bare shares of which some are of 1 and some of 100."""
    if readings[0].family:
        return False
    sizes = [size for one in readings for size in one.sizes if size]
    return any(size <= 1 for size in sizes) and any(size > 1 for size in sizes)


def _shown_unit(readings: Sequence[Reading]) -> tuple[str, Fraction]:
    """The unit of the result: the one that most units write, of two the larger."""
    count = Counter((one.unit, one.factor) for one in readings if one.unit)
    if not count:
        return "", Fraction(1)
    return min(count, key=lambda unit: (-count[unit], -unit[1], unit[0]))


def alike(texts: Sequence[str]) -> bool:
    """Whether several texts say the same."""
    return all(same(text, texts[0]) for text in texts)
