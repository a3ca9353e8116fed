"""Which column names an indicator, where a further one stands beside 三级指标: 具体指标, 指标内容."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from perfxl.forms.text import label
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from perfxl.forms.headers import Header

FURTHER = ("detail", "content", "type")
"""Columns that say more of an indicator, or group it."""
LOOKED_AT = 40
"""So many rows below a header tell whether its third level names rows or groups of them."""


def settled(tiles: Tiles, header: "Header", vocabulary: Vocabulary) -> "Header":
    """The header with the further column for the name where the third level only groups the rows.

    数量指标 merged over 培训人数 and 培训场次, or repeated in their rows, is no indicator's name. Elsewhere
    the further column says the same at greater length.
    """
    if "level3" not in header.columns:
        return header
    columns, labels = dict(header.columns), dict(header.labels)

    def rename(field: str, to: str) -> None:
        columns[to], labels[to] = columns.pop(field), labels.pop(field)

    further = [name for name in columns if name.startswith(FURTHER)]
    details = [
        name for name in further if name.startswith("detail") and columns[name] > columns["level3"]
    ]
    if not details and "detail" in columns:
        details = ["detail"]
    if details and "upper_level3" not in columns:
        rows = _rows(tiles, header, "level3", details[0])
        if rows and _are_groups(rows, vocabulary):
            rename("level3", "upper_level3")
            rename(details[0], "level3")
    if not {"level1", "level2"} & columns.keys():
        _name_levels(tiles, header._replace(columns=columns), rename)
    return header._replace(columns=columns, labels=labels)


def _name_levels(tiles: Tiles, header: "Header", rename: Callable[[str, str], None]) -> None:
    """评价内容 and 评价指标 left of the name are its levels where their cells stand for several rows each."""
    columns = header.columns
    left = [
        name
        for name in columns
        if name.startswith((*FURTHER, "upper_level3")) and columns[name] < columns["level3"]
    ]
    groups = [
        name
        for name in sorted(left, key=columns.__getitem__)
        if any(
            upper is not None and upper.bottom > upper.top
            for upper, _ in _rows(tiles, header, name, "level3")
        )
    ]
    for name, level in zip(groups, ("level1", "level2"), strict=False):
        rename(name, level)


def _rows(tiles: Tiles, header: "Header", upper: str, own: str) -> list[tuple[Tile | None, Tile]]:
    """What stands in two columns of names in the rows below a header: the upper one's and the row's own."""
    found: list[tuple[Tile | None, Tile]] = []
    for row in range(header.bottom + 1, header.bottom + 1 + LOOKED_AT):
        name = tiles.at(row, header.columns[upper][0])
        detail = tiles.at(row, header.columns[own][0])
        if detail is None or detail.top != row or detail is name:
            break
        found.append((name, detail))
    return found


def _are_groups(rows: list[tuple[Tile | None, Tile]], vocabulary: Vocabulary) -> bool:
    """Whether several rows share a third level, or all of them have one that is a kind of indicators."""
    known = [name for name, _ in rows if name is not None]
    if not known:
        return True
    texts = [None if name is None else label(name.text) for name, _ in rows]
    shared = len(set(texts) - {None}) < len(rows)
    return shared or all(text in vocabulary.groups for text in texts)
