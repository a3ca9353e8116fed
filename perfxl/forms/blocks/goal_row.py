"""A goal in a row of its own over its table, with the score claimed for it."""

from perfxl.forms.blocks import goal, summary
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize
from perfxl.forms.words.vocabulary import IS_GOAL

NAME = "goal_row"
MOST_TILES = 4
"""A goal's row holds its label and its scores; a row of the table holds more."""
NEAR = 4
"""Maximum number of rows between a goal's label and its table."""


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row with a goal's label, with points or right over a table."""
    line = reading.tiles.rows[row]
    if len(line) > MOST_TILES:
        return None
    for tile in line[:2]:
        number = reading.vocabulary.goal_numbers[tile.text]
        if number is None:
            continue
        following = _following(reading, row)
        near = following is not None and following.top - tile.bottom <= NEAR
        if parse_points(tile.text) is None and not (
            near and _heads_table(reading, tile, following)
        ):
            return None
        found = (tile, number, following if near else None)
        why = "goal-points" if parse_points(tile.text) is not None else "goal-heads"
        return Claim(NAME, Sureness.WORD, why, tuple(line), row, found=found)
    return None


def read(reading: Reading, claim: Claim) -> Contents:
    """The goal; rows of a table that runs already, or follows, are its rows."""
    tile, number, near = claim.found
    contents = Contents(reading)
    contents.take(tile, Role.GOAL)
    header = near or (reading.headers[0] if reading.headers else None)
    row = tile.top if near is None else near.top
    if near is None:
        row = next((one for one in reading.rows if one > tile.bottom), tile.bottom + 1)
    begun = goal.goal_of(reading, tile, number, goal.name_of(reading, tile, header, row))
    score, score_tile = summary.figure(contents, header, "score", tile)
    review, review_tile = summary.figure(contents, header, "review", tile, required=False)
    for place, role in ((score_tile, Role.SCORE), (review_tile, Role.REVIEW)):
        if place is not None:
            contents.take(place, role)
    contents.goals.append(begun._replace(score=score, review=review))
    contents.goal = begun.goal
    contents.in_table = reading.header is not None
    return contents


def _following(reading: Reading, row: int) -> Header | None:
    return next((header for header in reading.headers if header.top > row), None)


def _heads_table(reading: Reading, tile: Tile, header: Header | None) -> bool:
    """Without points, a goal's label is told from prose by its place: it heads its table."""
    line = reading.tiles.rows[tile.top]
    return (
        header is not None
        and line[0] is tile
        and tile.left <= header.left
        and len(line) <= 2
        and len(reading.vocabulary.goal.findall(normalize(tile.text))) == 1
        and len(reading.vocabulary.goal_named.findall(normalize(tile.text))) == 1
    )


BLOCK = Recogniser(NAME, Sureness.WORD, recognise, read, sign=IS_GOAL)
