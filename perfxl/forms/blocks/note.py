"""Printed notes (备注, 说明), their numbered lines, and prose over the whole width below the table."""

import re

from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import fold, label, number

NAME = "note"
_NUMBERED = re.compile(r"^[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[).、.]")
SHORTEST_FOOTNOTE = 20
LONGEST_HEADING = 10
"""A heading of notes (其他需要说明的问题) is no longer."""
MOST_BETWEEN_NOTES = 3
"""Maximum number of rows from one line of the notes to the next."""


def recognise(reading: Reading, tile: Tile) -> Claim | None:
    """A note, with the text beside it where the tile is only its heading."""
    if not isinstance(tile.cell.value, str) and not reading.vocabulary.is_note(tile.text):
        return None
    why = "note"
    if not reading.vocabulary.is_note(tile.text):
        why = "note-line"
        if not _continues(reading, tile) and not _is_footnote(reading, tile):
            return None
    beside = _text_beside(reading, tile)
    if beside is not None and reading.vocabulary.fields.match(tile.text) is not None:
        return None  # 情况说明 | 因多雨。is a labelled field like others
    both = (tile,) if beside is None else (tile, beside)
    return Claim(NAME, Sureness.LABEL, why, tuple(both), found=both)


def read(reading: Reading, claim: Claim) -> Contents:
    """Each tile as a note of its own."""
    contents = Contents(reading)
    for tile in claim.found:
        contents.take(tile, Role.NOTE)
        contents.notes.append(fields.of_text(tile, How.LABEL))
    return contents


def _text_beside(reading: Reading, tile: Tile) -> Tile | None:
    """The text in the cell beside a note that is no more than its heading (说明 | 因多雨)."""
    if len(label(tile.text)) > LONGEST_HEADING:
        return None
    value = fields.beside(reading.tiles, tile, reading.vocabulary)
    if isinstance(value, Field) or value.top != tile.top or reading.is_taken(value):
        return None
    return value if isinstance(value.cell.value, str) and value.text.strip() else None


def _continues(reading: Reading, tile: Tile) -> bool:
    """Whether a numbered line, alone in its row, goes on with the note above it."""
    if not reading.notes or not _NUMBERED.match(fold(tile.text)):
        return False
    gap = tile.top - reading.notes[-1].row
    return gap <= MOST_BETWEEN_NOTES and _is_alone(reading, tile)


def _is_alone(reading: Reading, tile: Tile) -> bool:
    """Whether nothing stands in a tile's row besides, but for the number of the row at its left."""
    line = reading.tiles.rows[tile.top]
    return len(line) == 1 or (
        len(line) == 2 and line[1] is tile and number(line[0].text) is not None
    )


def _is_footnote(reading: Reading, tile: Tile) -> bool:
    """Prose over the whole width below the table: an explanation printed on the form."""
    if len(tile.text) < SHORTEST_FOOTNOTE or not reading.table:
        return False
    if tile.top <= reading.table[-1].row:
        return False
    line = reading.tiles.rows[tile.top]
    if line[0] is not tile and fields.is_label(line[0], reading.vocabulary):
        return False
    header = reading.headers[-1]
    return tile.left <= header.left and (tile.right >= header.right or _is_alone(reading, tile))


BLOCK = Recogniser(NAME, Sureness.LABEL, recognise, read)
