"""A goal's label merged down beside its block, from the header's row or the first one below it.

Such a goal has no score of its own.
"""

from perfxl.forms.blocks import goal
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.points import points
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role

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
        number = goal.number_of(reading, tile)
        if number is None or (points(tile.text) is None and tile.bottom <= header.bottom):
            continue
        if reading.goals and all(one.goal != reading.goals[-1].goal for one in reading.table):
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
    contents.goals.append(begun)
    contents.goal = begun.goal
    return contents


BLOCK = Recogniser(NAME, Sureness.LABEL, recognise, read)
