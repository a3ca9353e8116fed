"""Rows of labels as headers: labels over one or two rows, each matched to the field that it names."""

from collections.abc import Sequence
from itertools import pairwise

from perfxl.forms.layout import columns, paired
from perfxl.forms.layout import duplicates as doubles
from perfxl.forms.layout.columns import NAMES
from perfxl.forms.layout.header import LONGEST, TALLEST, Complete, Header
from perfxl.forms.layout.numbering import numbers_columns
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.text import normalize_label, parse_number
from perfxl.forms.words.labels import Labels

LOOKED_AT = 8
"""Maximum number of rows below a label that tell what its cells hold."""


def read_header(
    tiles: Tiles,
    row: int,
    words: Labels,
    complete: Complete,
    known: int = 0,
    *,
    beside: bool = False,
) -> Header | None:
    """The header that begins in a row, if its labels make one.

    Args:
        tiles: the sheet.
        row: where the header would begin.
        words: the group of labels.
        complete: which fields make such a header.
        known: labels of no field that are known all the same (sources of funds).
        beside: whether a label down the side of the table, or before the first one, may fit a field.
    """
    upper = _matched(tiles.rows.get(row), words)
    if len(upper) < 2:
        return None
    upper = _without_side(upper) if beside else upper
    alone = complete([field for _, field in upper])
    bottom = max(tile.bottom for tile, field in upper if field != "name" or len(upper) == 1)
    lower = _lower(tiles, row, upper, words, bottom, alone=alone)
    if not alone and not complete([field for _, field in [*upper, *lower]]):
        return None
    strangers = _strangers(tiles.rows[row], upper)
    if alone and len(upper) + known < sum(parse_number(tile.text) is None for tile in strangers):
        return None
    if not alone and _holds_values(strangers, upper):
        return None
    bottom = max([bottom, *(tile.bottom for tile, _ in lower)])
    if numbers_columns(tiles.rows.get(bottom + 1), words.headers.lines, words.headers.series):
        bottom += 1
    found = Header(row, bottom, *columns.assign(upper, lower, strangers, words.headers.block))
    return _with_halves(tiles, found, words)


def _strangers(line: list[Tile], known: list[tuple[Tile, str]]) -> list[Tile]:
    """The cells of a header row that name no field."""
    lefts = {tile.left for tile, _ in known}
    return [tile for tile in line if tile.left not in lefts and tile.height <= TALLEST]


def _holds_values(strangers: list[Tile], known: list[tuple[Tile, str]]) -> bool:
    """Whether a row is no upper line of the header below it: 自评得分 | 94.25 | 财政审核评分.

    A number left of all labels only counts the rows.
    """
    first = min(tile.left for tile, _ in known)
    return any(tile.left > first and parse_number(tile.text) is not None for tile in strangers)


def _with_halves(tiles: Tiles, header: Header, words: Labels) -> Header:
    """The header with both fields of each column that holds two values in a cell."""
    columns_, labels = dict(header.columns), dict(header.labels)
    shared: dict[str, int] = {}
    for tile in header.labels.values():
        both = words.both(tile.text)
        if not both:
            continue
        found = {field: place for place, field in enumerate(both)}
        known = next((name for name in found if labels.get(name) is tile), None)
        if known is None or not _hold_two(tiles, header, tile):
            continue
        for name in found.keys() - {known}:
            if name not in columns_:
                columns_[name], labels[name] = columns_[known], tile
                shared |= found
    return header._replace(columns=columns_, labels=labels, halves=shared) if shared else header


def _hold_two(tiles: Tiles, header: Header, label: Tile) -> bool:
    """Whether the first cell below a label holds two values; 计划/实际 may also say which one each row holds."""
    rows = range(header.bottom + 1, header.bottom + 1 + LOOKED_AT)
    below = (tiles.at(row, label.left) for row in rows)
    first = next((tile for tile in below if tile is not None and tile.left >= label.left), None)
    return first is not None and paired.half(first, 1) is not None


def _matched(
    row: list[Tile] | None, words: Labels, over: Sequence[tuple[Tile, str]] = ()
) -> list[tuple[Tile, str]]:
    """The labels of a row with their fields; 调整 below 指标值 is 调整指标值."""
    found = []
    for tile in row or ():
        field = words.match(tile.text)
        if field is None and over:
            field = _of_both(tile, over, words)
        if field is not None and _may_head(tile):
            found.append((tile, field))
    return doubles.resolve_duplicate_labels(found, words) if len(found) > 1 else found


def _may_head(tile: Tile) -> bool:
    """Whether a tile has the shape of a column's label."""
    return isinstance(tile.cell.value, str) and len(tile.text) <= LONGEST and tile.height <= TALLEST


def _of_both(tile: Tile, over: Sequence[tuple[Tile, str]], words: Labels) -> str | None:
    """The field that a label names together with the wider one right over it."""
    for upper, _ in over:
        covers = upper.left <= tile.left and tile.right <= upper.right
        if upper.bottom == tile.top - 1 and covers and upper.width > tile.width:
            return words.exact(tile.text + upper.text) or words.exact(upper.text + tile.text)
    return None


def _lower(
    tiles: Tiles,
    row: int,
    upper: list[tuple[Tile, str]],
    words: Labels,
    bottom: int,
    *,
    alone: bool,
) -> list[tuple[Tile, str]]:
    """The labels below those of a header's first row; ``alone`` where these make a header without them."""
    first = min(tile.left for tile, _ in upper)
    # Left of the first column stands a side label, perhaps letter by letter.
    next_row = [
        tile
        for tile in tiles.rows.get(row + 1, ())
        if tile.height <= TALLEST
        and (tile.left >= first or (len(tile.text) > 1 and isinstance(tile.cell.value, str)))
    ]
    found = _matched(next_row, words, [pair for pair in upper if pair[0].width > 1])
    lower: list[tuple[Tile, str]] = []
    if (
        len(found) >= 2
        and not _values(next_row)
        and len(found) + _names_below(upper, next_row, words) == len(next_row)
    ):
        # A row of nothing but labels under the labels: the second header row, unless it only
        # says the same again (a page break repeats the header).
        repeats = [field for _, field in found] == [field for _, field in upper]
        if not repeats and (not alone or _refines(tiles.rows[row], upper, found)):
            lower = found
        # 名称 | 权重 below each level, in a third row that the other labels span.
        for third in range(row + 2, bottom + 1):
            inner = _matched(tiles.rows.get(third), words) if lower else []
            lower = [*lower, *(pair for pair in inner if pair[0].bottom <= bottom)]
    elif alone and bottom > row:
        lower = [pair for pair in found if pair[0].bottom <= bottom]
    return lower


def _values(row: list[Tile]) -> bool:
    return any(tile.cell.formula or not isinstance(tile.cell.value, str) for tile in row)


def _names_below(upper: list[tuple[Tile, str]], lower: list[Tile], words: Labels) -> int:
    """How many labels below those of levels only say that the names stand there: 名称 | 描述 under 三级指标."""
    levels = {tile.left for tile, field in upper if field in NAMES}
    return sum(
        tile.left in levels
        and normalize_label(tile.text) in words.headers.names
        and words.match(tile.text) is None
        for tile in lower
    )


def _refines(
    line: list[Tile], upper: list[tuple[Tile, str]], lower: list[tuple[Tile, str]]
) -> bool:
    """Whether the lower labels stand under a wider upper one, or where the upper row is empty."""
    # A label goes as far as the cells beside it are empty: it need not be merged over them.
    reach = {tile.left: tile.right for tile, _ in upper}
    reach |= {tile.left: after.left - 1 for tile, after in pairwise(line)}
    for tile, _ in lower:
        over = [other for other, _ in upper if other.left <= tile.left <= reach[other.left]]
        if not over or over[0].bottom >= tile.top:
            continue
        if reach[over[0].left] - over[0].left + 1 == tile.width:
            return False
    return True


def _without_side(upper: list[tuple[Tile, str]]) -> list[tuple[Tile, str]]:
    """预算执行 down the side of a table, or before 执行数 in its line, is no column's head."""
    (first, field), rest = upper[0], upper[1:]
    tall = first.height > 1 and all(tile.height == 1 for tile, _ in rest)
    again = any(other == field for _, other in rest)
    return rest if (tall or again) and len(rest) > 1 else upper
