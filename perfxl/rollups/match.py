"""Which rows of several forms are one indicator: the same goal and the same names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from perfxl.forms.model import DEPARTMENT, Goal
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.rollups.model import NOTE, WARNING, Difference, Member, Part, Source, tell
from perfxl.rollups.words import level_key, name_key
from perfxl.rules.engine.facts import ScoredRow, ScoredSection
from perfxl.rules.matching import matcher as matching
from perfxl.rules.policies.policy import Policy

MOST_NEAR = 3
"""Maximum number of nearly equal names that are told of one indicator."""


@dataclass
class Cluster:
    """One indicator, with the row of every unit that has it.

    Attributes:
        name3: the third level's name as names are matched.
        again: how many rows of the same names come before it in its goal.
    """

    name3: str
    again: int
    parts: list[Part]

    @property
    def first(self) -> ScoredRow:
        """The row of the first unit; its names are shown."""
        return self.parts[0].row

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self.first.indicator.name

    def names(self) -> list[Source]:
        """The cell of every row that names it."""
        levels = ("level3", "level2", "level1")
        return [
            part.source(next((level for level in levels if part.place(level).row), "level3"))
            for part in self.parts
        ]


@dataclass
class GoalCluster:
    """One goal or section, with the block of every unit that has it."""

    blocks: list[tuple[Member, ScoredSection]]
    clusters: list[Cluster] = field(init=False)

    def __post_init__(self) -> None:
        found = matching.cluster_rows([block.rows for _, block in self.blocks], _row_key)
        self.clusters = [
            Cluster(key[2], again, [Part(self.blocks[side][0], row) for side, row in rows])
            for (key, again), rows in found.items()
        ]

    @property
    def goal(self) -> Goal | None:
        """The goal of the first unit; None for the rows of a flat table."""
        return self.blocks[0][1].goal

    @property
    def is_goal(self) -> bool:
        """Whether it is a goal, which not every unit need have: neither a section nor a flat table."""
        return self.goal is not None and not self.goal.section

    @property
    def name(self) -> str:
        """What a person would call it; "" for a flat table."""
        goal = self.goal
        return "" if goal is None else str(goal.name.value or goal.label.value or "")


def goal_clusters(members: Sequence[Member]) -> list[GoalCluster]:
    """Goals and their indicators over all units, in the order of the forms."""
    lone = all(_is_lone(member) for member in members)
    sides = [_blocks(member) for member in members]
    found = matching.cluster_rows(sides, lambda block: "" if lone else _goal_key(block.goal))
    return [
        GoalCluster([(members[side], block) for side, block in blocks]) for blocks in found.values()
    ]


def _blocks(member: Member) -> list[ScoredSection]:
    blocks = [block for block in member.facts.blocks if block.rows or block.goal is not None]
    if member.goal is None:
        return blocks
    return [block for block in blocks if block.goal is not None and block.goal.goal == member.goal]


def _is_lone(member: Member) -> bool:
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
    return name_key(goal.name.value) or name_key(normalize_label(normalize(goal.label.text)))


def _row_key(row: ScoredRow) -> tuple[str, str, str]:
    one = row.indicator
    return level_key(one.level1.value), level_key(one.level2.value), name_key(one.level3.value)


# ---------------------------------------------------------------- what does not match
def differences(
    goals: Sequence[GoalCluster], members: Sequence[Member], policy: Policy
) -> Iterator[Difference]:
    """Goals and indicators that only some units have, that stand twice, or whose names are nearly the same."""
    for goal in goals:
        having = members
        if goal.is_goal:
            having = [member for member, _ in goal.blocks]
            yield from _goal_only_some(goal, having, members)
        partial = [one for one in goal.clusters if len(one.parts) < len(having)]
        yield from (_only_some(one, having, policy) for one in partial)
        yield from _similar_names(partial)
        again = [one for one in goal.clusters if one.again]
        yield from (tell("repeated", NOTE, one.name, one.names()) for one in again)


def _goal_only_some(
    cluster: GoalCluster, having: Sequence[Member], members: Sequence[Member]
) -> Iterator[Difference]:
    goals = [(member, block.goal) for member, block in cluster.blocks if block.goal is not None]
    if len(having) < len(members):
        labels = [member.source(goal.label) for member, goal in goals]
        name = str(goals[0][1].name.value or goals[0][1].label.text)
        without = _names_without(members, having)
        yield tell("goal-only-some", NOTE, name, labels, without=without)


def _names_without(members: Sequence[Member], having: Sequence[Member]) -> tuple[str, ...]:
    return tuple(member.name for member in matching.exclude(members, having))


def _only_some(cluster: Cluster, members: Sequence[Member], policy: Policy) -> Difference:
    one = cluster.first.indicator
    levels = "".join(
        normalize(str(level.value or "")) for level in (one.level1, one.level2, one.level3)
    )
    satisfaction = any(word in levels for word in policy.words["satisfaction"])
    without = _names_without(members, [part.member for part in cluster.parts])
    return tell(
        "satisfaction-absent" if satisfaction else "only-some", NOTE, cluster.name, cluster.names(),
        without=without, clause=policy.clause("satisfaction"),
    )  # fmt: skip


def _similar_names(partial: Sequence[Cluster]) -> Iterator[Difference]:
    """Rows of different units that may be one indicator written differently; of each the first few."""
    units = [frozenset(id(part.member) for part in one.parts) for one in partial]
    letters = [frozenset(one.name3) for one in partial]
    for index, one in enumerate(partial):
        similar = (
            other
            for after, other in enumerate(partial[index + 1 :], index + 1)
            # Names that share few letters are not similar; this spares the slow comparison.
            if 3 * len(letters[index] & letters[after]) >= len(letters[index])
            and units[index].isdisjoint(units[after])
            and matching.is_similar(one.name3, other.name3)
        )
        for other in islice(similar, MOST_NEAR):
            names = [*one.names(), *other.names()]
            yield tell("near", WARNING, one.name, names, other=other.name)
