"""Which column names an indicator, where a further one stands beside 三级指标: 具体指标, 指标内容."""

from collections.abc import Iterator

from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize, normalize_label, parse_number
from perfxl.forms.words.vocabulary import Vocabulary

FURTHER = ("detail", "content", "type")
"""Columns that say more of an indicator, or group it."""
LOOKED_AT = 40
"""So many rows below a header tell whether its third level names rows or groups of them."""


def choose_name_column(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> Header:
    """The header with the further column for the name where the third level only groups the rows.

    数量指标 merged over 培训人数 and 培训场次, or repeated in their rows, is no indicator's name. Elsewhere
    the further column says the same at greater length.
    """
    columns = header.columns
    if "level3" not in columns:
        return header
    names = [name for name in columns if name.startswith("detail")]
    later = (name for name in names if columns[name] > columns["level3"])
    detail = next(later, "detail" if "detail" in columns else None)
    if detail is not None and "upper_level3" not in columns:
        rows = list(_rows(tiles, header, columns["level3"][0], detail))
        if rows and _are_groups(rows, vocabulary):
            header = header.renamed({"level3": "upper_level3", detail: "level3"})
    free = [level for level in ("level1", "level2") if level not in columns]
    return _with_levels(tiles, header, free) if free else header


def drop_goal_column(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> Header:
    """重点任务一：产业招商（30分） down the first column are goals beside the table, and no level of it."""
    if not {"level1", "level3"} <= header.columns.keys():
        return header
    named = False
    for upper, own in _rows(tiles, header, header.columns["level1"][0]):
        # Labelled prose may follow the table, over all its columns.
        if upper is not None and own.right <= header.columns["level3"][1]:
            named = True
            if not (vocabulary.goal.match(normalize(upper.text)) and parse_points(upper.text)):
                return header
    if not named:
        return header
    columns, labels = dict(header.columns), dict(header.labels)
    del columns["level1"], labels["level1"]
    told = header.inferred - {"level1"}
    if "level2" in told:
        columns["level1"], labels["level1"] = columns.pop("level2"), labels.pop("level2")
        told = told - {"level2"} | {"level1"}
    left = min(first for first, _ in columns.values())
    return header._replace(columns=columns, labels=labels, left=left, inferred=told)


def _with_levels(tiles: Tiles, header: Header, free: list[str]) -> Header:
    """评价内容 and 指标项 left of the name are its levels where their cells stand for several rows each."""
    columns, labels = dict(header.columns), dict(header.labels)
    name = columns["level3"]
    left: dict[Tile, str | None] = {
        tile: field for field, tile in labels.items() if field.startswith((*FURTHER, "upper"))
    }
    left |= {tile: None for tile in header.strange if parse_number(tile.text) is None}
    groups = [
        tile
        for tile in sorted(left, key=lambda one: one.left)
        if tile.left < name[0]
        and tile.bottom <= header.bottom
        and _groups_rows(tiles, header, tile)
    ]
    known = [columns[level][0] for level in ("level1", "level2") if level in columns]
    if free == ["level2"]:
        groups = [tile for tile in groups if tile.left > known[0]]
    elif free == ["level1"]:
        groups = [tile for tile in groups if tile.left < known[0]]
    for level, tile in zip(free, groups, strict=False):
        field = left[tile]
        if field is not None:
            del columns[field], labels[field]
        columns[level], labels[level] = (tile.left, tile.right), tile
    strange = tuple(tile for tile in header.strange if tile not in labels.values())
    inferred = {level for level, tile in labels.items() if left.get(tile, "") is None}
    return header._replace(
        columns=columns,
        labels=labels,
        strange=strange,
        left=min([header.left, *(tile.left for tile in groups)]),
        inferred=header.inferred | inferred,
    )


def _groups_rows(tiles: Tiles, header: Header, label: Tile) -> bool:
    """Whether the texts below a label stand for several rows each, merged over them or repeated."""
    rows = list(_rows(tiles, header, label.left))
    texts = [upper for upper, _ in rows if upper is not None]
    if any(parse_number(tile.text) is not None for tile in texts):
        return False
    return len({(tile.top, tile.left) for tile in texts}) < len(rows) and len(texts) == len(rows)


def _rows(
    tiles: Tiles, header: Header, upper: int, own: str = "level3"
) -> Iterator[tuple[Tile | None, Tile]]:
    """What stands in two columns of names in the rows below a header: the upper one's and the row's own."""
    for row in range(header.bottom + 1, header.bottom + 1 + LOOKED_AT):
        name = tiles.at(row, upper)
        detail = tiles.at(row, header.columns[own][0])
        if detail is None or detail.top != row or detail is name:
            return
        yield name, detail


def _are_groups(rows: list[tuple[Tile | None, Tile]], vocabulary: Vocabulary) -> bool:
    """Whether several rows share a third level, or all of them have one that is a kind of indicators."""
    known = [name for name, _ in rows if name is not None]
    if not known:
        return True
    texts = [None if name is None else normalize_label(name.text) for name, _ in rows]
    shared = len(set(texts) - {None}) < len(rows)
    return shared or all(text in vocabulary.groups for text in texts)
