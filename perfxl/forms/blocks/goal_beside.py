"""A goal's label merged down beside its block, from the header's row or the first one below it."""

from perfxl.forms.blocks import goal
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.points import parse_points
from perfxl.forms.words.vocabulary import IS_GOAL

NAME = "goal_beside"


def recognise(reading: Reading, row: int) -> Claim | None:
    """A goal's label left of the table; one that only repeats the label above the header begins nothing."""
    header = reading.header
    if header is None or not reading.in_table:
        return None
    for col in range(header.left - 1, 0, -1):
        tile = reading.tiles.at(row, col)
        if tile is None or tile.top != row or (row, tile.left) in reading.roles:
            continue
        number = reading.vocabulary.goal_numbers[tile.text]
        if number is None or (parse_points(tile.text) is None and tile.bottom <= header.bottom):
            continue
        if reading.goals and reading.goals[-1].goal not in {one.goal for one in reading.table}:
            return None
        return Claim(NAME, Sureness.LABEL, "goal-beside", (tile,), found=(tile, number))
    return None


def read(reading: Reading, claim: Claim) -> Contents:
    """The goal, named after another side label or the words behind its own."""
    tile, number = claim.found
    contents = Contents(reading)
    contents.take(tile, Role.GOAL)
    name = goal.name_of(reading, tile, reading.header, tile.top)
    begun = goal.goal_of(reading, tile, number, name)
    score = _score(reading, tile)
    if score is not None:
        contents.take(score, Role.SCORE)
        begun = begun._replace(score=fields.of_number(score, How.LABEL))
    contents.goals.append(begun)
    contents.goal = begun.goal
    return contents


def _score(reading: Reading, tile: Tile) -> Tile | None:
    """The number at the other side of the table that is merged over the same rows as the label."""
    header = reading.header
    if header is None or tile.height == 1:
        return None
    for other in reading.tiles.rows[tile.top]:
        beyond = other.left > tile.right and not _is_column(header, other)
        if beyond and other.bottom == tile.bottom and fields.of_number(other).value is not None:
            return other
    return None


def _is_column(header: Header, tile: Tile) -> bool:
    return any(first <= tile.left <= last for first, last in header.columns.values())


BLOCK = Recogniser(NAME, Sureness.LABEL, recognise, read, sign=IS_GOAL)
