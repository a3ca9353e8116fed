"""Which column names an indicator, where a further one stands beside 三级指标: 具体指标, 指标内容."""

from typing import TYPE_CHECKING

from perfxl.forms.text import label
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from perfxl.forms.headers import Header

LOOKED_AT = 40
"""So many rows below a header tell whether its third level names rows or groups of them."""


def settled(tiles: Tiles, header: "Header", vocabulary: Vocabulary) -> "Header":
    """The header with the further column for the name where the third level only groups the rows.

    数量指标 merged over 培训人数 and 培训场次, or repeated in their rows, is no indicator's name. Elsewhere
    the further column says the same at greater length.
    """
    columns, labels = dict(header.columns), dict(header.labels)
    if "detail" not in columns or "level3" not in columns or "upper_level3" in columns:
        return header
    rows = _rows(tiles, header)
    if not rows or not _are_groups(rows, vocabulary):
        return header
    for field, to in (("level3", "upper_level3"), ("detail", "level3")):
        columns[to], labels[to] = columns.pop(field), labels.pop(field)
    return header._replace(columns=columns, labels=labels)


def _rows(tiles: Tiles, header: "Header") -> list[tuple[Tile | None, Tile]]:
    """The third level and the further text of the rows below a header."""
    found: list[tuple[Tile | None, Tile]] = []
    for row in range(header.bottom + 1, header.bottom + 1 + LOOKED_AT):
        name = tiles.at(row, header.columns["level3"][0])
        detail = tiles.at(row, header.columns["detail"][0])
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
