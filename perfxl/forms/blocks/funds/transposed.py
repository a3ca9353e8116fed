"""A table of funds on its side: 年初预算数, 决算数 … are rows, the sources are columns."""

from typing import Any

from perfxl.forms.blocks.funds.rows import (
    MONEY,
    choose_total,
    fund_of_name,
    number_or_share,
    with_budget,
)
from perfxl.forms.claims import LACKS_FUNDS, Claim, Contents, Place, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Fund
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role

NAME = "funds_transposed"
ROWS = (*MONEY, "rate", "weight", "score")

Labels = dict[int, tuple[str, Tile]]


def recognise(reading: Reading, row: int) -> Claim | None:
    """Two rows at least, one below the other, that begin with the label of an amount and have it beside."""
    labels: Labels = {}
    last = row
    while (labelled := _amount_label(reading, last)) is not None:
        labels[last] = labelled
        last += 1
    names = {name for name, _ in labels.values()}
    if len(labels) < 2 or len(names & {*MONEY}) < 2:
        return None
    cells = tuple(tile for line in labels for tile in reading.tiles.rows[line])
    return Claim(NAME, Sureness.PROOF, "funds-transposed", cells, last - 1, found=labels)


def read(reading: Reading, claim: Claim) -> Contents:
    """A row of funds for each column of amounts."""
    labels: Labels = claim.found
    contents = Contents(reading)
    first = min(labels)
    for _, tile in labels.values():
        contents.take(tile, Role.FUNDS_HEADER)
    columns = [
        tile for tile in reading.tiles.rows[first] if fields.of_number(tile).value is not None
    ]
    contents.funds = choose_total([_fund(contents, labels, tile.left) for tile in columns])
    return contents


def _amount_label(reading: Reading, row: int) -> tuple[str, Tile] | None:
    for tile in reading.tiles.rows.get(row, ())[:2]:
        name = reading.vocabulary.funds.match(tile.text)
        if name not in ROWS:
            continue
        right = reading.tiles.right_of(tile)
        if right is not None and fields.of_number(right).value is not None:
            return name, tile
    return None


def _fund(contents: Contents, labels: Labels, col: int) -> Fund:
    """The funds of one column, named by the head above it."""
    tiles = contents.reading.tiles
    values: dict[str, Any] = {}
    for row, (name, _) in labels.items():
        tile = tiles.at(row, col)
        if tile is None or tile.top != row or tile.left != col:
            values[name] = fields.empty(tiles, row, col)
            continue
        contents.take(tile, name)
        values[name] = number_or_share(tile, name)
    head = tiles.at(min(labels) - 1, col)
    called = ABSENT
    if head is not None and fields.of_number(head).value is None:
        contents.take(head, Role.FUND_NAME)
        called = fields.of_name(head)
    fund = fund_of_name(called, contents.reading.vocabulary, values)
    return with_budget(fund)._replace(part=not fund.total)


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, Place.OUTSIDE, LACKS_FUNDS)
