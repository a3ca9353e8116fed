"""The header of a table: its columns, and what makes one."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

from perfxl.forms.layout import columns, paired
from perfxl.forms.layout import duplicates as doubles
from perfxl.forms.layout.columns import NAMES
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.values.text import has_digit
from perfxl.forms.words.vocabulary import Vocabulary

Complete = Callable[[Collection[str]], bool]
POINTS = frozenset({"weight", "score", "points"})
TARGETS = frozenset({"target", "actual", "target_adjusted", "target_initial"})
AMOUNTS = frozenset({"initial", "budget", "executed", "rate"})
KEYS = ("unit", "department", "project", "goal", "year")
"""Columns that say whose target a row of a plain list is."""
TALLEST = 3
"""A label over more rows is a side label, not a column's header."""
LONGEST = 40
LONGEST_INFERRED = 14
"""A label that no list knows is no longer."""


class Header(NamedTuple):
    """The header of a table.

    Attributes:
        top: first row of the header.
        bottom: last row; values begin below it.
        columns: field → (first, last) column.
        labels: the label tiles, for what they say besides (points, units of money).
        strange: labels whose column no field takes.
        left: leftmost column of the table.
        right: rightmost column.
        inferred: fields whose label is not known, told by what stands under it.
        halves: fields that share a column with another one → which of its two values is theirs.
    """

    top: int
    bottom: int
    columns: dict[str, tuple[int, int]]
    labels: dict[str, Tile]
    strange: tuple[Tile, ...]
    left: int
    right: int
    inferred: frozenset[str] = frozenset()
    halves: Mapping[str, int] = MappingProxyType({})

    def renamed(self, names: Mapping[str, str]) -> "Header":
        """The header with some of its columns as others, one after the other: old name → new name."""
        columns, labels = dict(self.columns), dict(self.labels)
        for old, new in names.items():
            columns[new], labels[new] = columns.pop(old), labels.pop(old)
        return self._replace(columns=columns, labels=labels)

    def value(self, name: str, tile: Tile | None) -> Tile | None:
        """What a cell holds for a column: the cell, or the half of it that is the column's."""
        if tile is None or name not in self.halves:
            return tile
        return paired.half(tile, self.halves[name])


def header_of(
    labels: list[tuple[Tile, str]], strangers: list[Tile], vocabulary: Vocabulary
) -> Header | None:
    """The header that labels in one row make, if they make one.

    Args:
        labels: label and field, from left to right.
        strangers: labels of no field.
        vocabulary: the words.
    """
    found = doubles.resolve_duplicate_labels(labels, vocabulary.columns)
    if not is_indicators([field for _, field in found]):
        return None
    row = found[0][0].top
    blocks = vocabulary.columns.headers.block
    return Header(row, row, *columns.assign(found, [], strangers, blocks))


def may_be_label(tile: Tile) -> bool:
    """Whether a tile that no list knows looks like a column's label all the same."""
    return (
        isinstance(tile.cell.value, str)
        and tile.height <= TALLEST
        and len(tile.text) <= LONGEST_INFERRED
        and not has_digit(tile.text)
    )


def is_indicators(fields: Collection[str]) -> bool:
    """Whether labels of these fields head a table of indicators."""
    found = set(fields)
    if len(found) < 3 or not found & NAMES:
        return False
    return bool(found & TARGETS) or (len(found & NAMES) >= 2 and bool(found & POINTS))


def is_plain_list(fields: Collection[str]) -> bool:
    """Whether labels of these fields head a plain list of approved targets."""
    found = set(fields)
    return (
        len(found) > 2
        and not found.isdisjoint(KEYS)
        and not found.isdisjoint(("level3", "level4", "detail"))
        and not found.isdisjoint((*TARGETS, "weight", "goal"))
    )
