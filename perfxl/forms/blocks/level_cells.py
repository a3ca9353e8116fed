"""A row of the table without an indicator: names of levels, strokes, residue of the template."""

from perfxl.forms import levels
from perfxl.forms.claims import Claim, Contents, Place, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role

NAME = "level_cells"
RESIDUE = "residue"


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row in which every cell is one of these."""
    header = reading.header
    if header is None:
        return None
    found = []
    for tile in reading.tiles.rows[row]:
        if reading.is_taken(tile):
            continue
        role = _role(reading, tile, header)
        if role is None:
            return None
        found.append((tile, role))
    cells = tuple(tile for tile, _ in found)
    broken = any(role == Role.STRUCTURE for _, role in found)
    sureness = Sureness.WORD if broken else Sureness.PLACE
    return Claim(NAME, sureness, "level-cells", cells, row, found=found)


def read(reading: Reading, claim: Claim) -> Contents:
    """Each cell in its role; residue stays unread and is told as such."""
    contents = Contents(reading)
    for tile, role in claim.found:
        if role == RESIDUE:
            contents.residue.append((tile.top, tile.left))
        else:
            contents.take(tile, role)
            if role in (Role.LEVEL1, Role.LEVEL2):
                contents.others.append((ABSENT, fields.of_name(tile)))
    return contents


def _role(reading: Reading, tile: Tile, header: Header) -> str | None:
    if _is_rest_of_name(reading, tile, header):
        return Role.STRUCTURE
    if reading.vocabulary.is_residue(tile.text):
        return RESIDUE
    if reading.vocabulary.is_blank(tile.text):
        return Role.BLANK
    values = [
        header.columns[name][0] for name in ("target", "actual", "score") if name in header.columns
    ]
    if any(tile.left < column <= tile.right for column in values):
        # Over the values, too: the label of a block, and no level.
        return None
    for name in (Role.LEVEL1, Role.LEVEL2):
        left, right = header.columns.get(name, (0, -1))
        if left <= tile.left <= right:
            return name
    return Role.SIDE_LABEL if tile.left < header.left else None


def _is_rest_of_name(reading: Reading, tile: Tile, header: Header) -> bool:
    """Whether a cell goes on with the level's name in the cell above it, which holds the whole: 效益 over 指标."""
    if not any(header.columns.get(name, (0, 0))[0] == tile.left for name in levels.UPPER):
        return False
    above = reading.tiles.at(tile.top - 1, tile.left)
    return above is not None and (
        levels.second_half(reading.tiles, above, reading.vocabulary) is tile
    )


BLOCK = Recogniser(NAME, Sureness.WORD, recognise, read, Place.IN_TABLE)
