"""Header rows: which column of a table holds which field, read from the labels over it."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from perfxl.forms.text import fold, label
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary, Words

Complete = Callable[[Collection[str]], bool]
NAMES = frozenset({"level1", "level2", "level3", "level4", "type"})
POINTS = frozenset({"weight", "score"})
MANY = frozenset({"formula", "ordinal", "core", "completion", "arrived", "review", "review_note", "measures", "changed", "type", "deviation"})
"""Columns that no rule needs; a table may have several of a kind."""
TARGETS = frozenset({"target", "actual", "target_adjusted", "target_initial"})
AMOUNTS = frozenset({"initial", "budget", "executed", "rate"})
BLOCK = "绩效指标"
TALLEST = 3
"""A label over more rows is a side label, not a column's header."""
LONGEST = 40


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
    """

    top: int
    bottom: int
    columns: dict[str, tuple[int, int]]
    labels: dict[str, Tile]
    strange: tuple[Tile, ...]
    left: int
    right: int


def indicators(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a table of indicators that begins in a row, if one does."""
    known = tiles.headers
    if row not in known:
        known[row] = _header(tiles, row, vocabulary.columns, _is_indicators)
    found: Header | None = known[row]
    return found


def funds(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a table of funds that begins in a row, if one does."""
    found = _header(tiles, row, vocabulary.funds, _is_funds)
    return found and _with_amounts(tiles, found, vocabulary.funds)


def _without_side(upper: list[tuple[Tile, str]]) -> list[tuple[Tile, str]]:
    """预算执行 down the side of a table is no column's head, though its words would fit one."""
    first, rest = upper[0][0], upper[1:]
    tall = first.height > 1 and all(tile.height == 1 for tile, _ in rest)
    return rest if tall and len(rest) > 1 else upper


def _with_amounts(tiles: Tiles, header: Header, words: Words) -> Header:
    """年度预算数（万元） over the names of rows is no column of amounts where another one is."""
    for field in ("budget", "executed"):
        head = header.labels.get(field)
        if head is None:
            continue
        below = tiles.at(header.bottom + 1, header.columns[field][0])
        if below is None or not isinstance(below.cell.value, str) or any(c.isdigit() for c in below.text):
            continue
        for other in header.strange:
            if words.match(other.text) != field:
                continue
            under = tiles.at(header.bottom + 1, other.left)
            if other.left > head.left and under is not None and any(c.isdigit() for c in under.text):
                columns = {**header.columns, field: (other.left, other.right)}
                strange = tuple(head if tile is other else tile for tile in header.strange)
                return header._replace(
                    columns=columns, labels={**header.labels, field: other}, strange=strange,
                    left=min(first for first, _ in columns.values()),
                )  # fmt: skip
    return header


def _is_indicators(fields: Collection[str]) -> bool:
    found = set(fields)
    if len(found) < 3 or not found & NAMES:
        return False
    return bool(found & TARGETS) or (len(found & NAMES) >= 2 and bool(found & POINTS))


def _is_funds(fields: Collection[str]) -> bool:
    return len(AMOUNTS.intersection(fields)) >= 2


def _matched(row: list[Tile] | None, words: Words) -> list[tuple[Tile, str]]:
    return [
        (tile, field)
        for tile in row or ()
        if tile.height <= TALLEST
        and len(tile.text) <= LONGEST
        and (field := words.match(tile.text)) is not None
    ]


def _header(tiles: Tiles, row: int, words: Words, complete: Complete) -> Header | None:
    line = tiles.rows.get(row)
    if line is None or len(line) < 2:
        return None
    upper = _matched(line, words)
    if len(upper) < 2:
        return None
    if complete is _is_funds:
        upper = _without_side(upper)
    below = row + 1
    alone = complete([field for _, field in upper])
    bottom = max(tile.bottom for tile, field in upper if field != "name" or len(upper) == 1)
    lower: list[tuple[Tile, str]] = []
    next_row = [tile for tile in tiles.rows.get(below, ()) if tile.height <= TALLEST]
    found = _matched(next_row, words)
    if len(found) >= 2 and len(found) == len(next_row) and not _values(next_row):
        # A row of nothing but labels under the labels: the second header row, unless it only
        # says the same again (a page break repeats the header).
        repeats = [field for _, field in found] == [field for _, field in upper]
        if not repeats and (not alone or _refines(upper, found)):
            lower = found
    elif alone and bottom > row:
        lower = [pair for pair in found if pair[0].bottom <= bottom]
    if not alone and not complete([field for _, field in [*upper, *lower]]):
        return None
    strangers = [
        tile
        for tile in tiles.rows[row]
        if tile.height <= TALLEST and not any(tile is known for known, _ in upper)
    ]
    if alone and len(upper) < len(strangers):
        return None
    return _assign(row, max([bottom, *(tile.bottom for tile, _ in lower)]), upper, lower, strangers)


def _values(row: list[Tile]) -> bool:
    return any(tile.cell.formula or not isinstance(tile.cell.value, str) for tile in row)


def _refines(upper: list[tuple[Tile, str]], lower: list[tuple[Tile, str]]) -> bool:
    """Whether the lower labels stand under a wider upper one, or where the upper row is empty."""
    for tile, _ in lower:
        over = [other for other, _ in upper if other.left <= tile.left <= other.right]
        if over and over[0].width == tile.width and over[0].bottom < tile.top:
            return False
    return True


def _assign(
    top: int,
    bottom: int,
    upper: list[tuple[Tile, str]],
    lower: list[tuple[Tile, str]],
    strangers: list[Tile],
) -> Header:
    fields: dict[int, tuple[str, Tile]] = {}
    for tile, field in upper:
        for col in range(tile.left, tile.right + 1):
            fields[col] = (field, tile)
    for tile, field in lower:
        over = fields.get(tile.left, (None, tile))
        if over[0] == field and over[1].width > tile.width:
            # 原因说明 under 偏差原因分析 is the column; its neighbours under the same head are not.
            for col in range(over[1].left, over[1].right + 1):
                fields.pop(col, None)
            strangers.append(over[1])
    for tile, field in lower:
        for col in range(tile.left, tile.right + 1):
            fields[col] = (field, tile)
    columns: dict[str, tuple[int, int]] = {}
    labels: dict[str, Tile] = {}
    strange = list(strangers)
    for col in sorted(fields):
        field, tile = fields[col]
        known = columns.get(field)
        if field == "weight":
            # 权重 beside 一级指标 is that level's weight; the last one is the indicator's.
            field = _weight_of(fields, col)
            known = columns.get(field)
        if known is None:
            columns[field], labels[field] = (col, col), tile
        elif known[1] == col - 1 and (labels[field] is tile or _same_label(labels[field], tile)):
            columns[field] = (known[0], col)
        elif field in MANY:
            columns[f"{field}{col}"], labels[f"{field}{col}"] = (col, col), tile
        elif tile not in strange:
            strange.append(tile)
    if not columns.keys() & {"level3", "level4"}:
        # 绩效指标 is the name of the block, and only a head among heads where no other names rows.
        for tile in strange:
            if label(tile.text) == BLOCK and any(first > tile.right for first, _ in columns.values()):
                columns["level3"], labels["level3"] = (tile.left, tile.right), tile
                strange.remove(tile)
                break
    if "type" in columns:
        # 指标类别 is a level where the header names none of that rank, and else a remark.
        name = next((name for name in ("level1", "level2") if name not in columns), None)
        if name is not None:
            columns[name], labels[name] = columns.pop("type"), labels.pop("type")
    for deeper, name in (("level4", "level3"), ("measures", "reason")):
        if deeper in columns and (name == "level3" or name not in columns):
            if name in columns:
                columns[f"upper_{name}"], labels[f"upper_{name}"] = columns[name], labels[name]
            columns[name], labels[name] = columns.pop(deeper), labels.pop(deeper)
    if "target_initial" in columns and not {"target", "target_adjusted"} & columns.keys():
        columns["target"] = columns.pop("target_initial")
        labels["target"] = labels.pop("target_initial")
    if "target_adjusted" in columns:
        if "target" in columns and "target_initial" not in columns:
            columns["target_initial"] = columns.pop("target")
            labels["target_initial"] = labels.pop("target")
        columns["target"] = columns.pop("target_adjusted")
        labels["target"] = labels.pop("target_adjusted")
    if "completion" in columns and "actual" not in columns and "target" in columns:
        columns["actual"] = columns.pop("completion")
        labels["actual"] = labels.pop("completion")
    left = min(first for first, _ in columns.values())
    right = max(last for _, last in columns.values())
    return Header(top, bottom, columns, labels, tuple(strange), left, right)


def _weight_of(fields: dict[int, tuple[str, Tile]], col: int) -> str:
    """Which level a column of weights belongs to: that of the column before it, if names follow."""
    before = fields.get(col - 1, ("", None))[0]
    later = any(
        field in NAMES or (field == "weight" and before == "level3")
        for other, (field, tile) in fields.items()
        if other > col
    )
    if later and before in ("level1", "level2", "level3"):
        return f"weight_{before}"
    return "weight"


def _same_label(one: Tile, other: Tile) -> bool:
    return fold(one.text) == fold(other.text)
