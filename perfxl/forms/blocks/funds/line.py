"""Funds in a line: each label with its amount beside it, 预算 | 900 | 支出 | 873; sources below likewise."""

from collections.abc import Sequence
from typing import Any

from perfxl.forms.blocks.funds.rows import (
    MONEY,
    number_or_share,
    put_expenditures,
    take_header,
    with_weight,
)
from perfxl.forms.claims import LACKS_FUNDS, Claim, Contents, Place, Recogniser, Sureness
from perfxl.forms.layout import fields, fund_headers
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field, Fund
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import normalize, strip_punctuation

NAME = "funds_line"
PAIRED = (*MONEY, "rate", "weight", "score")


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row of labels, each with an amount as its right neighbour."""
    header = fund_headers.funds_header(reading.tiles, row, reading.vocabulary)
    if header is None or not is_line(reading, header):
        return None
    heads = [header, *_heads_below(reading, header)]
    lines = _lines_below(reading, heads[-1]) if len(heads) == 1 else []
    last = max((line[0][1].top for line in lines), default=heads[-1].top)
    tiles = [one for head in heads for _, *both in _pairs(reading, head) for one in both]
    below = [one for line in lines for _, *both in line for one in both]
    claimed = tuple(one for one in (*tiles, *below) if one is not None)
    return Claim(
        NAME, Sureness.PROOF, "funds-line", claimed, last, last == header.top, (heads, lines)
    )


def read(reading: Reading, claim: Claim) -> Contents:
    """The total from the line (or from several of them), and its parts from the lines below."""
    heads, lines = claim.found
    contents = Contents(reading)
    values: dict[str, Any] = {}
    further: list[tuple[Field, Field]] = []
    for header in heads:
        take_header(contents, header)
        for name, tile, label in _pairs(reading, header):
            if tile is None:
                if name in PAIRED:
                    values[name] = fields.empty(reading.tiles, header.top, label.right + 1)
            elif name in PAIRED:
                contents.take(tile, name)
                percent = "%" in normalize(label.text)
                values[name] = number_or_share(tile, name, How.LABEL, percent=percent)
            else:
                contents.take(tile, Role.FURTHER)
                further.append((fields.of_text(label, How.LABEL), fields.of_text(tile, How.LABEL)))
    contents.funds.append(Fund(total=True, further=tuple(further))._replace(**values))
    contents.funds += [_part(contents, line) for line in lines]
    for header in heads:
        contents.funds = with_weight(contents.funds, header, None)
    put_expenditures(contents)
    return contents


def _heads_below(reading: Reading, header: Header) -> list[Header]:
    """Further lines of pairs right below, with other fields: 支出 | 873 | 支出率 | 97% | 得分 | 9.7."""
    found: list[Header] = []
    seen = set(header.columns)
    while True:
        row = (found[-1] if found else header).bottom + 1
        below = fund_headers.line_header(reading.tiles, row, reading.vocabulary)
        if below is None or not is_line(reading, below, PAIRED) or seen & below.columns.keys():
            return found
        found.append(below)
        seen |= below.columns.keys()


def is_line(reading: Reading, header: Header, names: Sequence[str] = MONEY) -> bool:
    """Whether the labels of some columns have their numbers beside them in the same row."""
    if header.top != header.bottom:
        return False
    labels = [header.labels[name] for name in names if name in header.labels]
    beside = [reading.tiles.right_of(label) for label in labels]
    alone = [
        tile
        for tile in beside
        if tile is not None and reading.vocabulary.funds.match(tile.text) is None
    ]
    # 见附件 stands for an amount where the other labels have theirs.
    return len(alone) == len(labels) > 0 and any(
        fields.of_number(tile).value is not None for tile in alone
    )


def _pairs(reading: Reading, header: Header) -> list[tuple[str, Tile | None, Tile]]:
    """(field, its value or None, its label) for each pair of the line."""
    labels = list(header.labels.values())
    pairs = []
    for name, label in header.labels.items():
        tile = reading.tiles.right_of(label)
        alone = tile is not None and not any(tile is other for other in labels)
        pairs.append((name, tile if alone else None, label))
    return pairs


Line = list[tuple[str, Tile, Tile | None]]


def _lines_below(reading: Reading, header: Header) -> list[Line]:
    """Rows of pairs under the line: 其中-财政拨款：| 386 | 其中-财政拨款：| 386, as (field, amount, name)."""
    columns = {
        name: tile.left
        for name, tile, _ in _pairs(reading, header)
        if tile is not None and name in (*MONEY, "rate")
    }
    found: list[Line] = []
    row = header.bottom + 1
    while line := _line(reading, row, columns):
        # 人员经费 | 200 | 公用经费 | 50 are two sources, and no budget with what was spent of it.
        if len({strip_punctuation(name.text) for _, _, name in line if name is not None}) != 1:
            break
        found.append(line)
        row += 1
    return found


def _line(reading: Reading, row: int, columns: dict[str, int]) -> Line:
    tiles, rows = reading.tiles, reading.vocabulary.fund_rows
    found: Line = []
    for field, col in columns.items():
        tile = tiles.at(row, col)
        if tile is not None and tile.top == row and tile.left == col:
            beside = (one for one in tiles.rows[row] if one.right == col - 1)
            name = next((one for one in beside if rows.match(one.text.rstrip(":："))), None)
            found.append((field, tile, name))
    return found


def _part(contents: Contents, line: Line) -> Fund:
    values: dict[str, Any] = {}
    names = [name for _, _, name in line if name is not None]
    for name in names:
        contents.take(name, Role.FUND_NAME)
    for field, tile, _ in line:
        contents.take(tile, field)
        values[field] = number_or_share(tile, field, How.LABEL)
    called = fields.of_name(names[0], How.LABEL)
    called = called._replace(value=str(called.value).rstrip(":："))
    return Fund(name=called, part=True)._replace(**values)


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, Place.OUTSIDE, LACKS_FUNDS)
