"""A total that one cell states with its label: 自评总分：95, 总分99分, 自评结果：99分（优）."""

import re
from typing import NamedTuple

from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import has_digit, normalize, parse_number
from perfxl.forms.words.vocabulary import HAS_DIGIT

NAME = "stated_total"
_GAP = re.compile(r"[\s\u3000]{2,}|[;；]")


class StatedTotal(NamedTuple):
    """The total that a cell states, the grade beside it, and whether the cell says nothing else."""

    total: Field
    grade: Field | None
    alone: bool


def recognise(reading: Reading, tile: Tile) -> Claim | None:
    """A cell that states a total, and no other field that has a label."""
    found = find_total(reading, tile)
    if found is None:
        return None
    if not found.alone and any(
        field.value is not None for _, field in fields.inline(tile, reading.vocabulary)
    ):
        return None
    return Claim(NAME, Sureness.PROOF, "stated-total", (tile,), found=(tile, found))


def read(reading: Reading, claim: Claim) -> Contents:
    """The total and its grade."""
    tile, found = claim.found
    contents = Contents(reading)
    contents.take(tile, Role.CLAIMED_TOTAL)
    contents.offered += offers(found)
    return contents


def offers(found: StatedTotal) -> list[tuple[str, Field, Field]]:
    """What a stated total offers as fields of the form."""
    grade = [] if found.grade is None else [("claimed_grade", found.grade, ABSENT)]
    return [("claimed_total", found.total, ABSENT), *grade]


def find_total(reading: Reading, tile: Tile) -> StatedTotal | None:
    """The total that a cell states, alone or among other things.

    得分 alone means the form's only above its table of funds; 总分100分 beside a number states full
    marks and no total.
    """
    text = tile.text
    if len(text) > fields.LONGEST_LINE or not has_digit(text):
        return None
    vocabulary = reading.vocabulary
    chunks = [text] if vocabulary.total_stated.match(normalize(text)) else _GAP.split(text)
    for chunk in chunks:
        match = vocabulary.total_stated.match(normalize(chunk))
        if match is None or (reading.funds and match["label"] in vocabulary.bare_totals):
            continue
        value = parse_number(match["number"])
        if not match["colon"] and (not match["unit"] or value == fields.WHOLE):
            continue
        if any(
            other.left > tile.right and fields.of_number(other).value is not None
            for other in reading.tiles.rows[tile.top]
        ):
            continue
        shown, grade = match["number"] + match["unit"], match["grade"]
        total = Field(value, shown, tile.top, tile.left, How.BEHIND)
        named = Field(grade, grade, tile.top, tile.left, How.BEHIND) if grade else None
        return StatedTotal(total, named, alone=len(chunks) == 1)
    return None


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, sign=HAS_DIGIT)
