"""A total that one cell states with its label: 自评总分：95, 总分99分, 自评结果：99分（优）."""

import re

from perfxl.forms import fields
from perfxl.forms.model import Field
from perfxl.forms.text import fold, number
from perfxl.forms.tiles import Tile
from perfxl.forms.vocabulary import Vocabulary

WHOLE = 100
_GAP = re.compile(r"[\s\u3000]{2,}|[;；]")


def total(
    tile: Tile, line: list[Tile], vocabulary: Vocabulary, *, bare: bool = True
) -> tuple[Field, Field | None, bool] | None:
    """The total that a cell states, the grade beside it, and whether the cell says nothing else.

    Args:
        tile: the cell.
        line: the tiles of its row; 总分100分 beside a number states full marks and no total.
        vocabulary: the words.
        bare: whether 得分 alone means the form's; below a table of funds it may be the funds'.
    """
    text = tile.text
    if len(text) > fields.LONGEST_LINE or not any(character.isdigit() for character in text):
        return None
    chunks = [text] if vocabulary.total_stated.match(fold(text)) else _GAP.split(text)
    for chunk in chunks:
        match = vocabulary.total_stated.match(fold(chunk))
        if match is None or (not bare and match["label"] in vocabulary.bare_totals):
            continue
        value = number(match["number"])
        if not match["colon"] and (not match["unit"] or value == WHOLE):
            continue
        if any(
            other.left > tile.right and fields.of_number(other).value is not None for other in line
        ):
            continue
        shown = match["number"] + match["unit"]
        found = Field(value, shown, tile.top, tile.left, "behind")
        grade = match["grade"]
        named = Field(grade, grade, tile.top, tile.left, "behind") if grade else None
        return found, named, len(chunks) == 1
    return None
