"""Words of structure: side labels and heads of blocks, whole or broken over two cells."""

from perfxl.forms.blocks import labelled_field
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role
from perfxl.forms.values.text import normalize_label

NAME = "structure"


def recognise(reading: Reading, tile: Tile) -> Claim | None:
    """A known word of structure, or 年度总 in one cell and 体目标 in the cell below it."""
    vocabulary = reading.vocabulary
    if not isinstance(tile.cell.value, str) or vocabulary.fields.match(tile.text) is not None:
        return None
    if normalize_label(tile.text) in vocabulary.structure:
        return Claim(NAME, Sureness.HINT, "structure", (tile,), found=(tile, None, None))
    below = reading.tiles.below(tile)
    if below is None:
        return None
    known = vocabulary.fields.match(below.text) or vocabulary.goal.match(below.text)
    if known or below.width != tile.width:
        return None
    both = tile.text + below.text
    name = vocabulary.fields.exact(both)
    if name is None and normalize_label(both) not in vocabulary.structure:
        return None
    inner = None
    if name is not None and fields.beside(reading.tiles, tile, vocabulary) is not below:
        inner = labelled_field.claim(reading, name, tile)
    # Else a side label down its block: what it is called says nothing of the cell beside it.
    cells = (tile, below) if inner is None else (below, *inner.tiles)
    return Claim(NAME, Sureness.HINT, "broken", cells, found=(tile, below, inner))


def read(reading: Reading, claim: Claim) -> Contents:
    """The label; where both halves name a field, its value, too."""
    tile, below, inner = claim.found
    contents = Contents(reading) if inner is None else labelled_field.read(reading, inner)
    for one in (tile, below):
        if one is not None:
            contents.take(one, Role.STRUCTURE)
    return contents


BLOCK = Recogniser(NAME, Sureness.HINT, recognise, read)
