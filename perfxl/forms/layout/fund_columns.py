"""Which columns of a table of funds hold the year's amounts, where its labels name others as well or instead."""

from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.text import normalize_label, parse_number
from perfxl.forms.words.vocabulary import Vocabulary

STAND_INS = {"interim": "executed", "interim_rate": "rate"}
"""Columns of some months, which say how it went where no column of the whole year does."""
LOOKED_AT = 2
"""So many rows below a header tell whether a column holds amounts."""


def with_sources(header: Header, sources: list[Tile], vocabulary: Vocabulary) -> Header:
    """Sources side by side are columns of their own; their sum is the budget where none is named."""
    meant = [tile for tile in header.strange if any(tile is source for source in sources)]
    columns, labels = dict(header.columns), dict(header.labels)
    whole = None if "budget" in columns else _sum_of(meant, vocabulary)
    for tile in meant:
        field = "budget" if tile is whole else f"arrived{tile.left}"
        columns[field], labels[field] = (tile.left, tile.right), tile
    strange = tuple(tile for tile in header.strange if not any(tile is one for one in meant))
    left = min(first for first, _ in columns.values())
    return header._replace(columns=columns, labels=labels, strange=strange, left=left)


def over_pairs(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> Header:
    """A head over 预算数 | 1200 is over both cells, also where it is not merged over them."""
    columns = dict(header.columns)
    row = header.bottom + 1
    heads = [tile.left for tile in tiles.rows.get(header.bottom, ())]
    for field, (first, last) in header.columns.items():
        lead = tiles.at(row, first)
        if lead is None or lead.top != row or first != last:
            continue
        if not (vocabulary.funds.match(lead.text) or vocabulary.fund_rows.match(lead.text)):
            continue
        amount = tiles.right_of(lead)
        if amount is None or parse_number(amount.text) is None:
            continue
        if not any(last < left <= amount.left for left in heads):
            columns[field] = (first, amount.right)
    right = max(last for _, last in columns.values())
    return header._replace(columns=columns, right=right)


def _sum_of(sources: list[Tile], vocabulary: Vocabulary) -> Tile | None:
    """The label of the sum among sources; 小计 only where nothing sums up more."""
    named = [tile for tile in sources if vocabulary.fund_rows.match(tile.text) == "total"]
    return next(iter(named or [tile for tile in sources if vocabulary.is_sum(tile.text)]), None)


def is_source(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a label names a source of funds, or the sum of several: 中央, 省级, 其他资金, 合计."""
    return (
        vocabulary.fund_rows.exact(text) is not None
        or normalize_label(text) in vocabulary.sources
        or vocabulary.is_sum(text)
    )


def whole_year(tiles: Tiles, header: Header) -> Header:
    """What stands for the year's budget and spending where no column is called so.

    The initial budget is the budget, unless a column changes it or may do so; the spending of some
    months is what was spent.
    """
    columns, labels = header.columns, header.labels
    header = header.renamed(
        {
            part: whole
            for part, whole in STAND_INS.items()
            if part in columns and whole not in columns
        }
    )
    if "initial" in columns and "budget" not in columns and not _may_change(tiles, header):
        header.columns["budget"], header.labels["budget"] = columns["initial"], labels["initial"]
    return header


def _may_change(tiles: Tiles, header: Header) -> bool:
    """Whether amounts stand under a label of changes, or under one that nobody knows."""
    doubtful = [tile for name, tile in header.labels.items() if name.startswith("changed")]
    for tile in (*doubtful, *header.strange):
        if parse_number(tile.text) is not None:
            continue  # the number of a row or a column is no label
        for row in range(header.bottom + 1, header.bottom + 1 + LOOKED_AT):
            below = tiles.at(row, tile.left)
            if below is not None and below.top == row and parse_number(below.text):
                return True
    return False
