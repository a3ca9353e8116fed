"""Planned and real amounts of the same thing side by side: 计划总投资 | 860 | 实际总投资 | 842.8, row by row."""

from typing import NamedTuple

from perfxl.forms.blocks.funds import rows as funds
from perfxl.forms.claims import LACKS_FUNDS, Claim, Contents, Place, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import normalize_label

NAME = "funds_pairs"
MOST_ROWS = 40


class AmountPair(NamedTuple):
    """What was planned and what became of it: the name they share, and label and amount of either."""

    name: str
    planned: tuple[Tile, Tile]
    real: tuple[Tile, Tile]


def recognise(reading: Reading, row: int) -> Claim | None:
    """Rows with two labels that differ only in how they begin, each with an amount beside it."""
    pairs: list[AmountPair] = []
    while len(pairs) < MOST_ROWS and (pair := _pair(reading, row + len(pairs))) is not None:
        pairs.append(pair)
    if not pairs:
        return None
    tiles = tuple(tile for pair in pairs for tile in (*pair.planned, *pair.real))
    last = row + len(pairs) - 1
    return Claim(NAME, Sureness.PROOF, "funds-pairs", tiles, last, rest=True, found=pairs)


def read(reading: Reading, claim: Claim) -> Contents:
    """A row of funds for each pair, named by what their labels share."""
    contents = Contents(reading)
    for pair in claim.found:
        made: dict[str, Field] = {}
        for field, (head, amount) in (("budget", pair.planned), ("executed", pair.real)):
            contents.take(head, Role.FUND_NAME)
            contents.take(amount, field)
            made[field] = fields.of_number(amount, How.LABEL)
        name = fields.of_name(pair.planned[0], How.LABEL)._replace(value=pair.name)
        real = fields.of_text(pair.real[0], How.LABEL)
        fund = funds.fund_of_name(name, reading.vocabulary, made)
        contents.funds.append(fund._replace(further=((ABSENT, real),)))
    contents.funds = funds.choose_total(_headed(contents.funds))
    return contents


def _headed(found: list[Fund]) -> list[Fund]:
    """Rows of which the first may be the sum of the others."""
    first, *others = found
    amounts = [fund.budget.value for fund in others]
    if others and None not in amounts and first.budget.value == sum(amounts):
        parts = [fund._replace(part=True, total=False) for fund in others]
        return [first._replace(total=True, part=False), *parts]
    return found


def _pair(reading: Reading, row: int) -> AmountPair | None:
    tiles, heads = reading.tiles, reading.vocabulary.funds.headers
    found: dict[str, tuple[str, tuple[Tile, Tile]]] = {}
    for tile in tiles.rows.get(row, ()):
        text = normalize_label(tile.text)
        if not text.startswith(heads.planned + heads.real):
            continue
        beside = tiles.right_of(tile)
        if beside is None or fields.of_number(beside).value is None:
            continue
        for kind, beginnings in (("planned", heads.planned), ("real", heads.real)):
            start = next((one for one in beginnings if text.startswith(one)), None)
            if start is not None and len(text) > len(start):
                found.setdefault(kind, (text[len(start) :], (tile, beside)))
    if found.keys() != {"planned", "real"} or found["planned"][0] != found["real"][0]:
        return None
    return AmountPair(found["planned"][0], found["planned"][1], found["real"][1])


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, Place.OUTSIDE, LACKS_FUNDS)
