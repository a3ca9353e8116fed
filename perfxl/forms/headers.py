"""Header rows: which column of a table holds which field, read from the labels over it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from perfxl.forms import columns, doubles, fundheads, inferred, inferredfunds, namecolumns, paired
from perfxl.forms.columns import NAMES
from perfxl.forms.numbering import numbers_columns
from perfxl.forms.text import label, number
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary
from perfxl.forms.words import Words

Complete = Callable[[Collection[str]], bool]
POINTS = frozenset({"weight", "score", "points"})
TARGETS = frozenset({"target", "actual", "target_adjusted", "target_initial"})
AMOUNTS = frozenset({"initial", "budget", "executed", "rate"})
KEYS = ("unit", "department", "project", "goal", "year")
"""Columns that say whose target a row of a plain list is."""
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

    def value(self, name: str, tile: Tile | None) -> Tile | None:
        """What a cell holds for a column: the cell, or the half of it that is the column's."""
        if tile is None or name not in self.halves:
            return tile
        return paired.half(tile, self.halves[name])


def indicators(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a table of indicators that begins in a row, if one does."""
    known = tiles.headers
    if row not in known:
        header = _header(tiles, row, vocabulary.columns, _is_indicators)
        header = header and namecolumns.settled(tiles, header, vocabulary)
        if header is not None or _may_be_labels(tiles.rows.get(row, ())):
            header = inferred.complete(tiles, row, header, vocabulary)
        known[row] = header and namecolumns.without_goals(tiles, header, vocabulary)
    found: Header | None = known[row]
    return found


def header_of(
    labels: list[tuple[Tile, str]], strangers: list[Tile], vocabulary: Vocabulary
) -> Header | None:
    """The header that labels in one row make, if they make one.

    Args:
        labels: label and field, from left to right.
        strangers: labels of no field.
        vocabulary: the words.
    """
    found = doubles.sorted_out(labels, vocabulary.columns)
    if not _is_indicators([field for _, field in found]):
        return None
    row = found[0][0].top
    blocks = vocabulary.columns.headers.block
    return Header(row, row, *columns.assign(found, [], strangers, blocks))


def _may_be_labels(line: Sequence[Tile]) -> bool:
    """Whether a row may be nothing but labels: nearly every other row ends with a score."""
    return len(line) >= inferred.FEWEST_LABELS and isinstance(line[-1].cell.value, str)


def plain(
    tiles: Tiles, row: int, vocabulary: Vocabulary, complete: Complete | None = None
) -> Header | None:
    """The header of a plain list of targets that begins in a row, if one does.

    Args:
        tiles: the sheet.
        row: where the header would begin.
        vocabulary: the words.
        complete: which fields make such a header; those of a whole list where not given.
    """
    found = _header(tiles, row, vocabulary.plain, complete or _is_plain)
    return found and _plain_columns(found, vocabulary)


def _plain_columns(header: Header, vocabulary: Vocabulary) -> Header:
    """Words with two meanings: 目标 is a goal or a target, two columns 分值 of goals and indicators.

    What 单位 means shows in the column's values, see `unitcolumn`.
    """
    columns, labels = dict(header.columns), dict(header.labels)
    name = columns.get("level3", (0, 0))[0]

    def rename(field: str, to: str) -> None:
        columns[to], labels[to] = columns.pop(field), labels.pop(field)

    def behind(tile: Tile | None, meaning: str) -> bool:
        """Whether a label stands behind the indicator and may mean something else there."""
        return (
            tile is not None
            and tile.left > name
            and meaning not in columns
            and vocabulary.columns.match(tile.text) == meaning
        )

    if not name:
        return header
    if behind(labels.get("goal"), "target"):
        rename("goal", "target")
    if "department" in columns and "unit" not in columns:
        rename("department", "unit")
    strange = list(header.strange)
    for tile in header.strange:
        field = vocabulary.plain.match(tile.text) or ""
        if field == "unit" and "measure" not in columns and "unit" in columns:
            # Of two columns 单位 the second is taken for the measure until its values say otherwise.
            field = "measure"
        elif field == "weight" and columns["weight"][0] < name < tile.left:
            # 目标 | 分值 | 指标 | 分值: the first column of points is the goals'.
            rename("weight", "goal_weight")
        else:
            continue
        columns[field], labels[field] = (tile.left, tile.right), tile
        strange.remove(tile)
    return header._replace(columns=columns, labels=labels, strange=tuple(strange))


def funds(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a table of funds that begins in a row, if one does."""
    known = tiles.funds_headers
    if row not in known:
        known[row] = _funds(tiles, row, vocabulary)
    found: Header | None = known[row]
    return found


def _funds(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    line = tiles.rows.get(row, [])
    sources = [
        tile
        for tile in line
        if _is_source(tile, vocabulary) and not _is_side(tile, line, vocabulary)
    ]
    found = _header(tiles, row, vocabulary.funds, _is_funds, known=len(sources))
    found = inferredfunds.complete(tiles, row, found, vocabulary)
    if found is None or _is_head_above(found):
        return None
    found = fundheads.over_pairs(tiles, found, vocabulary)
    found = fundheads.with_sources(found, sources, vocabulary)
    found = _without_names(tiles, _with_amounts(tiles, found, vocabulary.funds), vocabulary)
    return fundheads.whole_year(tiles, found)


def _is_side(tile: Tile, line: list[Tile], vocabulary: Vocabulary) -> bool:
    """Whether a tile stands at the left of a row and down the side of what the others head."""
    first = next((other for other in line if number(other.text) is None), None)
    deepest = max((other.height for other in line if other is not tile), default=tile.height)
    return tile is first and (tile.height > deepest or label(tile.text) in vocabulary.structure)


def _is_source(tile: Tile, vocabulary: Vocabulary) -> bool:
    """Whether a label of a header is a source of funds or their sum: 中央 | 省级 | 其他 | 合计 | 执行数."""
    return (
        isinstance(tile.cell.value, str)
        and tile.height <= TALLEST
        and len(tile.text) <= LONGEST
        and vocabulary.funds.match(tile.text) is None
        and fundheads.is_source(tile.text, vocabulary)
    )


def _without_names(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> Header:
    """预算（万元） at the left over 总额, 其中：财政资金 heads the names of rows, and no amounts."""
    field = min(header.columns, key=lambda name: header.columns[name][0])
    first, last = header.columns[field]
    below = [tiles.at(header.bottom + 1, col) for col in range(first, last + 1)]
    told = below[0]
    if field not in ("initial", "budget", "executed") or "name" in header.columns or told is None:
        return header
    if any(tile is not None and any(c.isdigit() for c in tile.text) for tile in below):
        return header
    a_name = vocabulary.fund_rows.match(told.text) is not None
    if told.top <= header.bottom or not a_name or vocabulary.funds.exact(told.text) is not None:
        return header
    columns_, labels = dict(header.columns), dict(header.labels)
    columns_["name"], labels["name"] = columns_.pop(field), labels.pop(field)
    return header._replace(columns=columns_, labels=labels)


def _is_head_above(header: Header) -> bool:
    """Whether the first row is one of the form's head: 自评得分 | 95 | 财政审核评分 right over the header."""
    first = {name: tile for name, tile in header.labels.items() if tile.top == header.top}
    return AMOUNTS.isdisjoint(first) and all(tile.height == 1 for tile in first.values())


def _without_side(upper: list[tuple[Tile, str]]) -> list[tuple[Tile, str]]:
    """预算执行 down the side of a table, or before 执行数 in its line, is no column's head."""
    (first, field), rest = upper[0], upper[1:]
    tall = first.height > 1 and all(tile.height == 1 for tile, _ in rest)
    again = any(other == field for _, other in rest)
    return rest if (tall or again) and len(rest) > 1 else upper


def _with_later_budget(header: Header, words: Words) -> Header:
    """预算批复数 beside 调整后预算数 is the initial budget."""
    if "budget" not in header.labels or "initial" in header.labels:
        return header
    for later in header.strange:
        if words.match(later.text) == "budget" and any(
            word in later.text for word in words.headers.adjusted
        ):
            first, batch = header.columns["budget"], header.labels["budget"]
            return header._replace(
                columns={**header.columns, "initial": first, "budget": (later.left, later.right)},
                labels={**header.labels, "initial": batch, "budget": later},
                strange=tuple(tile for tile in header.strange if tile is not later),
            )
    return header


def _with_amounts(tiles: Tiles, header: Header, words: Words) -> Header:
    """年度预算数（万元） over the names of rows is no column of amounts where another one is."""
    header = _with_later_budget(header, words)
    for field in ("budget", "executed"):
        head = header.labels.get(field)
        if head is None or _holds_amounts(tiles, header, header.columns[field][0]):
            continue
        for other in header.strange:
            under = tiles.at(header.bottom + 1, other.left)
            amounts = under is not None and any(c.isdigit() for c in under.text)
            if words.match(other.text) == field and other.left > head.left and amounts:
                known = {**header.columns, field: (other.left, other.right)}
                strange = tuple(head if tile is other else tile for tile in header.strange)
                return header._replace(
                    columns=known, labels={**header.labels, field: other}, strange=strange,
                    left=min(first for first, _ in known.values()),
                )  # fmt: skip
    return header


def _holds_amounts(tiles: Tiles, header: Header, col: int) -> bool:
    """Whether an amount stands right below a header in a column."""
    below = tiles.at(header.bottom + 1, col)
    return below is not None and (
        not isinstance(below.cell.value, str) or any(c.isdigit() for c in below.text)
    )


def _is_indicators(fields: Collection[str]) -> bool:
    found = set(fields)
    if len(found) < 3 or not found & NAMES:
        return False
    return bool(found & TARGETS) or (len(found & NAMES) >= 2 and bool(found & POINTS))


def _is_plain(fields: Collection[str]) -> bool:
    found = set(fields)
    return (
        len(found) > 2
        and not found.isdisjoint(KEYS)
        and not found.isdisjoint(("level3", "level4", "detail"))
        and not found.isdisjoint((*TARGETS, "weight", "goal"))
    )


def _is_funds(fields: Collection[str]) -> bool:
    return len(AMOUNTS & {fundheads.STAND_INS.get(field, field) for field in fields}) >= 2


def _matched(
    row: list[Tile] | None, words: Words, over: Sequence[tuple[Tile, str]] = ()
) -> list[tuple[Tile, str]]:
    """The labels of a row with their fields; 调整 below 指标值 is 调整指标值."""
    found = []
    for tile in row or ():
        if len(tile.text) <= LONGEST:
            field = words.match(tile.text)
            if field is None and over:
                field = _of_both(tile, over, words)
            if field is not None and isinstance(tile.cell.value, str) and tile.height <= TALLEST:
                found.append((tile, field))
    return doubles.sorted_out(found, words) if len(found) > 1 else found


def _of_both(tile: Tile, over: Sequence[tuple[Tile, str]], words: Words) -> str | None:
    """The field that a label names together with the wider one right over it."""
    for upper, _ in over:
        covers = upper.left <= tile.left and tile.right <= upper.right
        if upper.bottom == tile.top - 1 and covers and upper.width > tile.width:
            return words.exact(tile.text + upper.text) or words.exact(upper.text + tile.text)
    return None


def _header(
    tiles: Tiles, row: int, words: Words, complete: Complete, known: int = 0
) -> Header | None:
    line = tiles.rows.get(row)
    if line is None or len(line) < 2:
        return None
    upper = _matched(line, words)
    if len(upper) < 2:
        return None
    if complete is _is_funds:
        upper = _without_side(upper)
    alone = complete([field for _, field in upper])
    bottom = max(tile.bottom for tile, field in upper if field != "name" or len(upper) == 1)
    first = min(tile.left for tile, _ in upper)
    lower = _lower(tiles, row, upper, words, bottom, alone=alone)
    if not alone and not complete([field for _, field in [*upper, *lower]]):
        return None
    strangers = [
        tile
        for tile in tiles.rows[row]
        if tile.height <= TALLEST and not any(tile is known for known, _ in upper)
    ]
    if alone and len(upper) + known < sum(number(tile.text) is None for tile in strangers):
        return None
    if not alone and any(tile.left > first and number(tile.text) is not None for tile in strangers):
        # 自评得分 | 94.25 | 财政审核评分 is a line of values, and not the upper line of the header below
        # it; a number left of all labels only counts the rows.
        return None
    bottom = max([bottom, *(tile.bottom for tile, _ in lower)])
    if numbers_columns(tiles.rows.get(bottom + 1), words.headers.lines, words.headers.series):
        bottom += 1
    found = Header(row, bottom, *columns.assign(upper, lower, strangers, words.headers.block))
    return _with_halves(found, words)


def _with_halves(header: Header, words: Words) -> Header:
    """The header with both fields of each column that holds two values in a cell."""
    columns_, labels = dict(header.columns), dict(header.labels)
    shared: dict[str, int] = {}
    for tile in header.labels.values():
        found = {field: place for place, field in enumerate(words.both(tile.text))}
        known = next((name for name in found if labels.get(name) is tile), None)
        if known is None:
            continue
        for name in found.keys() - {known}:
            if name not in columns_:
                columns_[name], labels[name] = columns_[known], tile
                shared |= found
    return header._replace(columns=columns_, labels=labels, halves=shared) if shared else header


def _lower(
    tiles: Tiles, row: int, upper: list[tuple[Tile, str]], words: Words, bottom: int, *, alone: bool
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


def _names_below(upper: list[tuple[Tile, str]], lower: list[Tile], words: Words) -> int:
    """How many labels below those of levels only say that the names stand there: 名称 | 描述 under 三级指标."""
    levels = {tile.left for tile, field in upper if field in NAMES}
    return sum(
        tile.left in levels
        and label(tile.text) in words.headers.names
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
