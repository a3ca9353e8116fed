"""Rows of sections: 一、产出指标（50分） across the table, and the subtotal below a section."""

from collections.abc import Iterator
from decimal import Decimal

from perfxl.forms.blocks import summary
from perfxl.forms.claims import Claim, Contents, Place, Recogniser, Subtotal, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Goal
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize_label, without_numbering
from perfxl.forms.words.vocabulary import IS_SUBTOTAL

SECTION, SUBTOTAL = "section_row", "subtotal"
MOST_BEFORE = 3


def recognise_section(reading: Reading, row: int) -> Claim | None:
    """A section's name alone in its row is the level 1 of the rows below it, where no column holds one."""
    header = reading.header
    if header is None or "level1" in header.columns:
        return None
    (tile, *others) = reading.tiles.rows[row]
    if others:
        return _summing(reading, header, row)
    sureness = Sureness.PROOF
    if normalize_label(tile.text) not in reading.vocabulary.sections:
        # 一、服务产出（50分） over all columns is on no list, and heads its rows all the same.
        sureness = Sureness.WORD
        over = tile.left <= header.left and tile.right >= header.right
        if not over or parse_points(tile.text) is None:
            return None
    return Claim(SECTION, sureness, "section", (tile,), row, found=tile)


def _summing(reading: Reading, header: Header, row: int) -> Claim | None:
    """一、履职效能 | 40 | 39.4: a name over all levels whose points are those of the rows below, added up."""
    line = reading.tiles.rows[row]
    name, place = line[0], header.columns.get("weight")
    level3 = header.columns.get("level3")
    if (
        place is None
        or level3 is None
        or not (name.left <= header.left and name.right >= level3[1])
    ):
        return None
    if any(_among(header, tile, "target", "actual") for tile in line[1:]):
        return None
    stated = reading.tiles.at(row, place[0])
    worth = fields.of_number(stated).value if stated is not None and stated.top == row else None
    if not worth or worth != sum(_weights_below(reading, header, row)):
        return None
    return Claim(SECTION, Sureness.PROOF, "section-sum", tuple(line), row, found=name)


def _weights_below(reading: Reading, header: Header, row: int) -> Iterator[Decimal]:
    """The points of the rows that follow, as far as their names stand in the name's own column."""
    left, right = header.columns["level3"]
    for below in (one for one in reading.rows if one > row):
        name = reading.tiles.at(below, left)
        if name is None or name.top != below or name.left < left or name.right > right:
            return
        tile = reading.tiles.at(below, header.columns["weight"][0])
        worth = fields.of_number(tile).value if tile is not None and tile.top == below else None
        if worth is None:
            return
        yield worth


def _among(header: Header, tile: Tile, *names: str) -> bool:
    """Whether a tile stands in one of some columns."""
    return any(
        header.columns[name][0] <= tile.left <= header.columns[name][1]
        for name in names
        if name in header.columns
    )


def read_section(reading: Reading, claim: Claim) -> Contents:
    """The name, with the points in it; with points and a score of its own it is a section of the form."""
    tile: Tile = claim.found
    header = reading.header
    contents = Contents(reading)
    contents.take(tile, Role.LEVEL1)
    name = without_numbering(fields.tidy(tile.text))
    contents.section = fields.of_name(tile, How.SPAN)._replace(value=name)
    if claim.why == "section-sum":
        weight, place = summary.figure(contents, header, "weight", tile)
        score, score_place = summary.figure(contents, header, "score", tile, required=False)
        for one, role in ((place, Role.WEIGHT), (score_place, Role.SCORE)):
            if one is not None:
                contents.take(one, role)
        number = len(reading.goals) + 1
        label = fields.of_text(tile, How.LABEL)
        section = Goal(number, contents.section, label, weight, score, section=True)
        contents.goals.append(section)
        contents.goal = number
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
    contents.subtotals.append(Subtotal(tile.top, normalize_label(tile.text), score, weight))
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
    SUBTOTAL, Sureness.PROOF, recognise_subtotal, read_subtotal, Place.IN_TABLE, IS_SUBTOTAL
)
