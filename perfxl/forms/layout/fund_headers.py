"""The header of a table of funds: which columns hold budget, spending, rate, and sources."""

from collections.abc import Collection

from perfxl.forms.layout import fund_columns as fundheads
from perfxl.forms.layout import inferred_funds as inferredfunds
from perfxl.forms.layout.header import AMOUNTS, LONGEST, TALLEST, Header
from perfxl.forms.layout.header_rows import read_header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.text import has_digit, normalize_label, parse_number
from perfxl.forms.words.labels import Labels
from perfxl.forms.words.vocabulary import Vocabulary

OF_LINE = AMOUNTS | {"weight", "score"}
FEWEST = 2


def funds_header(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The header of a table of funds that begins in a row, if one does."""
    known = tiles.funds_headers
    if row not in known:
        known[row] = _funds(tiles, row, vocabulary)
    found: Header | None = known[row]
    return found


def line_header(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    """The labels of a line that goes on with the funds of the line above: 执行率 | 95% | 分值 | 10 | 得分 | 9.5."""
    return funds_header(tiles, row, vocabulary) or read_header(
        tiles, row, vocabulary.funds, lambda fields: len(OF_LINE & set(fields)) >= FEWEST
    )


def _funds(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    line = tiles.rows.get(row, [])
    if len(line) < FEWEST:
        return None
    sources = [
        tile
        for tile in line
        if _is_source(tile, vocabulary) and not _is_side(tile, line, vocabulary)
    ]
    found = read_header(tiles, row, vocabulary.funds, _is_funds, known=len(sources), beside=True)
    found = inferredfunds.complete(tiles, row, found, vocabulary)
    if found is None or _is_head_above(found):
        return None
    found = fundheads.over_pairs(tiles, found, vocabulary)
    found = fundheads.with_sources(found, sources, vocabulary)
    found = _without_names(tiles, _with_amounts(tiles, found, vocabulary.funds), vocabulary)
    return fundheads.whole_year(tiles, found)


def _is_funds(fields: Collection[str]) -> bool:
    return len(AMOUNTS & {fundheads.STAND_INS.get(field, field) for field in fields}) >= 2


def _is_side(tile: Tile, line: list[Tile], vocabulary: Vocabulary) -> bool:
    """Whether a tile stands at the left of a row and down the side of what the others head."""
    first = next((other for other in line if parse_number(other.text) is None), None)
    deepest = max((other.height for other in line if other is not tile), default=tile.height)
    return tile is first and (
        tile.height > deepest or normalize_label(tile.text) in vocabulary.structure
    )


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
    if any(tile is not None and has_digit(tile.text) for tile in below):
        return header
    a_name = vocabulary.fund_rows.match(told.text) is not None
    if told.top <= header.bottom or not a_name or vocabulary.funds.exact(told.text) is not None:
        return header
    return header.renamed({field: "name"})


def _is_head_above(header: Header) -> bool:
    """Whether the first row is one of the form's head: 自评得分 | 95 | 财政审核评分 right over the header."""
    first = {name: tile for name, tile in header.labels.items() if tile.top == header.top}
    return AMOUNTS.isdisjoint(first) and all(tile.height == 1 for tile in first.values())


def _with_later_budget(header: Header, words: Labels) -> Header:
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


def _with_amounts(tiles: Tiles, header: Header, words: Labels) -> Header:
    """年度预算数（万元） over the names of rows is no column of amounts where another one is."""
    header = _with_later_budget(header, words)
    for field in ("budget", "executed"):
        head = header.labels.get(field)
        if head is None or _holds_amounts(tiles, header, header.columns[field][0]):
            continue
        for other in header.strange:
            under = tiles.at(header.bottom + 1, other.left)
            amounts = under is not None and has_digit(under.text)
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
    return below is not None and (not isinstance(below.cell.value, str) or has_digit(below.text))
