"""Rows of sections: 一、产出指标（50分） across the table, and the subtotal below a section."""

from perfxl.forms import fields
from perfxl.forms.blocks import summary
from perfxl.forms.claims import Claim, Contents, Place, Recogniser, Subtotal, Sureness
from perfxl.forms.header import Header
from perfxl.forms.points import points
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.text import label, without_numbering
from perfxl.forms.tiles import Tile

SECTION, SUBTOTAL = "section_row", "subtotal"
MOST_BEFORE = 3


def recognise_section(reading: Reading, row: int) -> Claim | None:
    """A section's name alone in its row is the level 1 of the rows below it, where no column holds one."""
    header = reading.header
    if header is None or "level1" in header.columns:
        return None
    (tile, *others) = reading.tiles.rows[row]
    if others:
        return None
    sureness = Sureness.PROOF
    if label(tile.text) not in reading.vocabulary.sections:
        # 一、服务产出（50分） over all columns is on no list, and heads its rows all the same.
        sureness = Sureness.WORD
        over = tile.left <= header.left and tile.right >= header.right
        if not over or points(tile.text) is None:
            return None
    return Claim(SECTION, sureness, "section", (tile,), row, found=tile)


def read_section(reading: Reading, claim: Claim) -> Contents:
    """The name, with the points in it."""
    tile: Tile = claim.found
    contents = Contents(reading)
    contents.take(tile, Role.LEVEL1)
    name = without_numbering(fields.tidy(tile.text))
    contents.section = fields.of_name(tile, How.SPAN)._replace(value=name)
    return contents


def recognise_subtotal(reading: Reading, row: int) -> Claim | None:
    """小计 before the columns of values."""
    header = reading.header
    if header is None:
        return None
    line = reading.tiles.rows[row]
    for tile in line[:MOST_BEFORE]:
        if reading.vocabulary.is_subtotal(tile.text):
            if _among_values(tile, header):
                return None
            return Claim(SUBTOTAL, Sureness.PROOF, "subtotal", tuple(line), row, found=tile)
    return None


def read_subtotal(reading: Reading, claim: Claim) -> Contents:
    """Score and points of the section above."""
    tile: Tile = claim.found
    contents = Contents(reading)
    contents.take(tile, Role.SUBTOTAL)
    score, score_tile = summary.figure(contents, reading.header, "score", tile)
    if score_tile is not None:
        contents.take(score_tile, Role.SCORE)
    weight, place = summary.figure(contents, reading.header, "weight", tile, required=False)
    if place is not None:
        contents.take(place, Role.WEIGHT)
    contents.subtotals.append(Subtotal(tile.top, label(tile.text), score, weight))
    for other in reading.tiles.rows[tile.top]:
        if reading.vocabulary.is_blank(other.text):
            contents.take(other, Role.BLANK)
    return contents


def _among_values(tile: Tile, header: Header) -> bool:
    """Whether a tile stands where targets and results do, and so is no label of a row."""
    columns = header.columns
    return any(columns[name][0] <= tile.left for name in ("target", "actual") if name in columns)


SECTION_ROW = Recogniser(SECTION, Sureness.PROOF, recognise_section, read_section, Place.IN_TABLE)
SUBTOTAL_ROW = Recogniser(
    SUBTOTAL, Sureness.PROOF, recognise_subtotal, read_subtotal, Place.IN_TABLE
)
