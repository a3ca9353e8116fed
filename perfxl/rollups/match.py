"""Which rows of several forms are one indicator: the same goal and the same names."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from perfxl.forms.model import DEPARTMENT, Goal
from perfxl.forms.values.text import fold, label
from perfxl.rollups.groups import near
from perfxl.rollups.model import Difference, Member, Source
from perfxl.rollups.words import level_key, name_key
from perfxl.rules.engine.facts import Block, Row
from perfxl.rules.findings import Severity
from perfxl.rules.policies.policy import Policy

Key = TypeVar("Key", bound=Hashable)
Names = tuple[str, str, str, int]
MOST_NEAR = 3
"""So many nearly equal names are told of one indicator."""


@dataclass
class Cluster:
    """One indicator, with the row of every unit that has it."""

    names: Names
    rows: list[tuple[Member, Row]] = field(default_factory=list)

    @property
    def first(self) -> Row:
        """The row of the first unit; its names are shown."""
        return self.rows[0][1]

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self.first.indicator.name


@dataclass
class GoalCluster:
    """One goal or section, with the block of every unit that has it."""

    blocks: list[tuple[Member, Block]] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)

    @property
    def goal(self) -> Goal | None:
        """The goal of the first unit; None for the rows of a flat table."""
        return self.blocks[0][1].goal


def matched(members: Sequence[Member]) -> list[GoalCluster]:
    """Goals and their indicators over all units, in the order of the forms."""
    lone = all(_lone(member) for member in members)
    goals: dict[tuple[str, int], GoalCluster] = {}
    lines: list[list[tuple[str, int]]] = []
    for member in members:
        line: list[tuple[str, int]] = []
        for block in _blocks(member):
            name = "" if lone else _goal_key(block.goal)
            key = (name, sum(one[0] == name for one in line))
            line.append(key)
            goals.setdefault(key, GoalCluster()).blocks.append((member, block))
        lines.append(line)
    found = [goals[key] for key in merged(lines)]
    for goal in found:
        goal.clusters = _clusters(goal)
    return found


def _blocks(member: Member) -> list[Block]:
    blocks = [block for block in member.facts.blocks if block.rows or block.goal is not None]
    if member.goal is None:
        return blocks
    return [block for block in blocks if block.goal is not None and block.goal.goal == member.goal]


def _lone(member: Member) -> bool:
    """Whether a project's form has one goal only: whatever its name, it is the project's."""
    if member.form.kind == DEPARTMENT:
        return False
    blocks = _blocks(member)
    return len(blocks) == 1 and blocks[0].goal is not None and not blocks[0].goal.section


def _goal_key(goal: Goal | None) -> str:
    if goal is None:
        return ""
    if goal.section:
        return level_key(goal.name.value)
    return name_key(goal.name.value) or name_key(label(fold(goal.label.text)))


def merged(lines: Iterable[Sequence[Key]]) -> list[Key]:
    """One order of all keys: each new one behind the one that it follows in its own line."""
    order: list[Key] = []
    known: set[Key] = set()
    for line in lines:
        at = 0
        for key in line:
            if key in known:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                known.add(key)
                at += 1
    return order


def _clusters(goal: GoalCluster) -> list[Cluster]:
    found: dict[Names, Cluster] = {}
    lines: list[list[Names]] = []
    for member, block in goal.blocks:
        line: list[Names] = []
        for row in block.rows:
            names = _names(row)
            again = sum(one[:3] == names for one in line)
            key = (*names, again)
            line.append(key)
            found.setdefault(key, Cluster(key)).rows.append((member, row))
        lines.append(line)
    return [found[key] for key in merged(lines)]


def _names(row: Row) -> tuple[str, str, str]:
    one = row.indicator
    return level_key(one.level1.value), level_key(one.level2.value), name_key(one.level3.value)


# ---------------------------------------------------------------- what does not match
def place_of(member: Member, row: Row) -> Source:
    """A row's own cell: its name's."""
    one = row.indicator
    place = next((level for level in (one.level3, one.level2, one.level1) if level.row), one.level3)
    return Source(member.name, member.form, place)


def differences(
    goals: Sequence[GoalCluster], members: Sequence[Member], policy: Policy
) -> list[Difference]:
    """Indicators that only some units have, that stand twice, or whose names are nearly the same."""
    found: list[Difference] = []
    for goal in goals:
        having = list(members)
        if goal.goal is not None and not goal.goal.section:
            having = [member for member, _ in goal.blocks]
            if len(having) < len(members):
                found.append(_goal_only_some(goal, members))
        partial = [one for one in goal.clusters if len(one.rows) < len(having)]
        found += [_only_some(one, having, policy) for one in partial]
        found += _near_names(partial)
        for one in goal.clusters:
            if one.names[3]:
                told = tuple(place_of(member, row) for member, row in one.rows)
                found.append(Difference("repeated", Severity.NOTE, one.name, told))
    return found


def _goal_only_some(cluster: GoalCluster, members: Sequence[Member]) -> Difference:
    told = tuple(
        Source(member.name, member.form, block.goal.label)
        for member, block in cluster.blocks
        if block.goal is not None
    )
    have = {id(member) for member, _ in cluster.blocks}
    without = tuple(member.name for member in members if id(member) not in have)
    name = "" if cluster.goal is None else str(cluster.goal.name.value or cluster.goal.label.text)
    return Difference("goal-only-some", Severity.NOTE, name, told, {"without": without})


def _only_some(cluster: Cluster, members: Sequence[Member], policy: Policy) -> Difference:
    have = {id(member) for member, _ in cluster.rows}
    told = tuple(place_of(member, row) for member, row in cluster.rows)
    without = tuple(member.name for member in members if id(member) not in have)
    code = "satisfaction-absent" if _is_satisfaction(cluster, policy) else "only-some"
    arguments = {"without": without, "clause": policy.clause("satisfaction")}
    return Difference(code, Severity.NOTE, cluster.name, told, arguments)


def _is_satisfaction(cluster: Cluster, policy: Policy) -> bool:
    one = cluster.first.indicator
    names = "".join(fold(str(level.value or "")) for level in (one.level1, one.level2, one.level3))
    return any(word in names for word in policy.words["satisfaction"])


def _near_names(partial: Sequence[Cluster]) -> list[Difference]:
    """Rows of different units that may be one indicator written differently; of each the first few."""
    found = []
    units = [frozenset(id(member) for member, _ in one.rows) for one in partial]
    letters = [frozenset(one.names[2]) for one in partial]
    for index, one in enumerate(partial):
        told = 0
        for after in range(index + 1, len(partial)):
            # Names that share few letters are not near; this spares the slow comparison.
            if 3 * len(letters[index] & letters[after]) < len(letters[index]):
                continue
            other = partial[after]
            if units[index].isdisjoint(units[after]) and near(one.names[2], other.names[2]):
                rows = (*one.rows, *other.rows)
                places = tuple(place_of(member, row) for member, row in rows)
                arguments = {"other": other.name}
                found.append(Difference("near", Severity.WARNING, one.name, places, arguments))
                told += 1
            if told == MOST_NEAR:
                break
    return found
