"""Funds told in texts: 预算数：500万元；执行数：480万元, in one cell or each in its own."""

import re
from typing import Any

from perfxl.forms.blocks.funds.rows import MONEY, with_budget
from perfxl.forms.claims import LACKS_FUNDS, Claim, Contents, Place, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field, Fund
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import parse_number
from perfxl.forms.words.vocabulary import HAS_COLON, HAS_DIGIT

NAME = "funds_text"
_PAIR = re.compile(r"(?P<label>[^\s:：;；,，。]{2,12})\s*[:：]\s*(?P<amount>[0-9][0-9,.]*%?)")


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row whose texts name two amounts at least."""
    found: dict[str, Any] = {}
    tellers: dict[str, Tile] = {}
    for tile in reading.tiles.rows[row]:
        if len(tile.text) > fields.LONGEST_LINE or not isinstance(tile.cell.value, str):
            continue
        for match in _PAIR.finditer(tile.text):
            name = reading.vocabulary.funds.match(match["label"])
            value = parse_number(match["amount"])
            if name in (*MONEY, "rate", "score") and value is not None and name not in found:
                found[name] = Field(value, match["amount"], tile.top, tile.left, How.BEHIND)
                tellers[name] = tile
    if len(found.keys() & {*MONEY}) < 2:
        return None
    told = tuple(tellers.values())
    return Claim(NAME, Sureness.PROOF, "funds-text", tuple(told), row, found=(found, told))


def read(reading: Reading, claim: Claim) -> Contents:
    """One row of funds; what stands before the texts labels them."""
    found, told = claim.found
    contents = Contents(reading)
    for tile in told:
        contents.take(tile, Role.FUNDS)
    first = min(tile.left for tile in told)
    for tile in reading.tiles.rows[claim.last]:
        if tile.right < first:
            contents.take(tile, Role.STRUCTURE)
    contents.funds.append(with_budget(Fund(total=True)._replace(**found)))
    return contents


BLOCK = Recogniser(
    NAME, Sureness.PROOF, recognise, read, Place.OUTSIDE, LACKS_FUNDS | HAS_COLON | HAS_DIGIT
)
