"""The line of signatures under a form: 局长： | 财务股： | 填报人：段青 | 2024年3月5日."""

import re

from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values import quantity
from perfxl.forms.words.vocabulary import HAS_COLON

NAME = "signatures"
FEWEST = 2
_SIGNED = re.compile(r"(?P<label>[^\d:：]{2,16})[:：](?P<value>[^\d:：]{0,16})")
"""A label and perhaps a name; a number behind a colon is more than a signature."""


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row of labels with a colon, each with a name behind it or a place for one, and perhaps a date."""
    line = reading.tiles.rows[row]
    if len(line) < FEWEST or not _is_signed(reading, line[0]):
        return None
    if not all(
        _is_signed(reading, tile) or _is_date(tile) or reading.vocabulary.seal.search(tile.text)
        for tile in line[1:]
    ):
        return None
    if not _is_signed(reading, line[1]) and len(line) == FEWEST:
        return None
    return Claim(NAME, Sureness.PROOF, "signatures", tuple(line), row)


def read(reading: Reading, claim: Claim) -> Contents:
    """Each label with what stands behind it."""
    contents = Contents(reading)
    for tile in claim.tiles:
        contents.take(tile, Role.OTHER)
        match = _SIGNED.fullmatch(tile.text)
        label = (
            ABSENT
            if match is None
            else fields.of_text(tile, How.LABEL)._replace(value=match["label"])
        )
        value = tile.text if match is None else match["value"].strip()
        field = Field(value or None, value, tile.top, tile.left, How.BEHIND)
        contents.others.append((label, field))
    return contents


def _is_signed(reading: Reading, tile: Tile) -> bool:
    match = _SIGNED.fullmatch(tile.text)
    if match is None:
        return False
    words, label = reading.vocabulary, match["label"]
    return {words.fields.exact(label), words.columns.exact(label)} <= {None, "other"}


def _is_date(tile: Tile) -> bool:
    return quantity.parse(tile.text).kind == quantity.DATE


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, sign=HAS_COLON)
