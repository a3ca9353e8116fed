"""Columns of funds under labels that nobody knows, proved by arithmetic: one over the other is the rate."""

from decimal import Decimal
from itertools import permutations

from perfxl.forms.layout.header import Header, may_be_label
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.text import normalize, parse_number
from perfxl.forms.words.vocabulary import Vocabulary

FEWEST_LABELS = 3
MOST_ROWS = 12
FEWEST_SOURCES = 2
CLOSE = Decimal("0.0006")
"""A rate is kept with two decimals of a percent, or with one."""

AMOUNTS = (None, "budget", "executed")
"""What a label of an amount says, if it says anything: no forecast, no amount of other years."""

Numbers = dict[int, Decimal]


def prove_columns(tiles: Tiles, row: int, vocabulary: Vocabulary) -> dict[str, Tile] | None:
    """budget, executed and rate → the label over each, where every row below proves them; else None."""
    labels = [tile for tile in tiles.rows.get(row, ()) if may_be_label(tile)]
    if len(labels) < FEWEST_LABELS:
        return None
    rates = [
        tile
        for tile in labels
        if vocabulary.funds.match(tile.text) == "rate" or _shares(tiles, tile)
    ]
    words = vocabulary.funds.headers.money
    amounts = [
        tile
        for tile in labels
        if tile not in rates
        and vocabulary.funds.match(tile.text) in AMOUNTS
        and (vocabulary.is_sum(tile.text) or any(word in normalize(tile.text) for word in words))
    ]
    found = [
        {"budget": budget, "executed": executed, "rate": rate}
        for rate in rates
        for budget, executed in permutations(amounts, 2)
        if _proves(_below(tiles, budget), _below(tiles, executed), _below(tiles, rate))
    ]
    # Where the initial budget proves the same, the later one counts.
    return max(found, key=lambda one: one["budget"].left) if found else None


def complete(
    tiles: Tiles, row: int, header: Header | None, vocabulary: Vocabulary
) -> Header | None:
    """A header of funds with the amounts that its rates prove; None where there is neither."""
    if header is not None:
        budgets = {"budget", "initial"} & header.columns.keys()
        if (budgets and "executed" in header.columns) or header.top != header.bottom:
            return header
    found = prove_columns(tiles, row, vocabulary)
    if found is None:
        return header
    labels: dict[str, Tile] = dict(found)
    if header is not None:
        known = {tile: name for name, tile in header.labels.items()}
        labels |= {name: tile for tile, name in known.items() if tile not in found.values()}
    else:
        for tile in tiles.rows[row]:
            name = vocabulary.funds.match(tile.text)
            if name is not None and tile not in labels.values():
                labels.setdefault(name, tile)
    labels |= _sources(tiles, row, labels)
    columns = {name: (tile.left, tile.right) for name, tile in labels.items()}
    strange = tuple(tile for tile in tiles.rows[row] if tile not in labels.values())
    left = min(first for first, _ in columns.values())
    right = max(last for _, last in columns.values())
    bottom = max(tile.bottom for tile in labels.values())
    return Header(row, bottom, columns, labels, strange, left, right, frozenset(found))


def _sources(tiles: Tiles, row: int, labels: dict[str, Tile]) -> dict[str, Tile]:
    """上级补助 | 本级安排 | 合计: columns left of the budget that make it in every row are its sources."""
    budget = labels["budget"]
    left = [
        tile
        for tile in tiles.rows[row]
        if tile.left < budget.left and tile not in labels.values() and _below(tiles, tile)
    ]
    amounts = [_below(tiles, tile) for tile in left]
    made = _below(tiles, budget)
    if len(left) < FEWEST_SOURCES or any(
        sum(one.get(line, Decimal(0)) for one in amounts) != whole for line, whole in made.items()
    ):
        return {}
    return {f"arrived{tile.left}": tile for tile in left}


def _below(tiles: Tiles, label: Tile) -> Numbers:
    """Row → the number below a label, as far as rows follow each other."""
    found: Numbers = {}
    for row in range(label.bottom + 1, label.bottom + 1 + MOST_ROWS):
        if row not in tiles.rows:
            break
        tile = next(
            (one for col in range(label.left, label.right + 1) if (one := tiles.at(row, col))), None
        )
        value = parse_number(tile.text) if tile is not None and tile.top == row else None
        if value is None:
            break
        found[row] = value
    return found


def _shares(tiles: Tiles, label: Tile) -> bool:
    below = tiles.at(label.bottom + 1, label.left)
    return below is not None and normalize(below.text).endswith("%")


def _proves(budget: Numbers, executed: Numbers, rate: Numbers) -> bool:
    """Whether every row with all three says that the rate is executed over budget, and not by 1 over 1."""
    rows = [row for row in rate if row in budget and row in executed and budget[row]]
    if not rows or all(budget[row] == executed[row] for row in rows):
        return False
    for row in rows:
        due, said = executed[row] / budget[row], rate[row]
        if min(abs(due - said), abs(due - said / 100)) > CLOSE:
            return False
    return True
