"""The header of the table of indicators, and the label down its side."""

from perfxl.forms.claims import IN_HEADER, Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize_label

NAME = "header"


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row of a header: found before all else, for a goal's label needs the header below it."""
    header = reading.in_header.get(row)
    if header is None:
        return None
    return Claim(NAME, Sureness.PROOF, "header", tuple(reading.tiles.rows[row]), row, found=header)


def read(reading: Reading, claim: Claim) -> Contents:
    """Each label; a strange one stays unread, unless it stands over known ones."""
    header: Header = claim.found
    contents = Contents(reading)
    for tile in reading.tiles.rows[claim.last]:
        strange = tile in header.strange
        if tile.left < header.left and (tile.height > 1 or strange):
            _take_side(contents, tile)
        elif (
            not strange
            or normalize_label(tile.text) in reading.vocabulary.structure
            or over_columns(tile, header)
        ):
            contents.take(tile, Role.HEADER)
    if header.top == claim.last:
        for col in range(1, header.left):
            tile_above = reading.tiles.at(claim.last, col)
            if tile_above is not None and not contents.is_taken(tile_above):
                _take_side(contents, tile_above)
    return contents


def _take_side(contents: Contents, tile: Tile) -> None:
    """A side label, with the points of its block: 绩效指标（90分）."""
    if contents.is_taken(tile):
        return
    contents.take(tile, Role.SIDE_LABEL)
    worth = parse_points(tile.text)
    if worth is not None:
        value = Field(worth, tile.text, tile.top, tile.left, How.LABEL)
        contents.others.append((fields.of_text(tile, How.LABEL), value))


def over_columns(tile: Tile, header: Header) -> bool:
    """Whether a label stands over others of its header: 年度指标值 over 指标值 | 度量单位."""
    return any(
        other.top > tile.bottom and tile.left <= other.left <= tile.right
        for other in header.labels.values()
    )


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, sign=IN_HEADER)
