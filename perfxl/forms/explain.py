"""Why a cell is what it is: the claim that holds it, and those that gave way."""

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.forms import blocks, decide
from perfxl.forms.claims import Claim, Position
from perfxl.forms.layout import beside, locate
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import Form
from perfxl.forms.read import read
from perfxl.forms.reading import Reading
from perfxl.forms.roles import Role
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Grid


class Explanation(NamedTuple):
    """How a cell came by its role.

    Attributes:
        text: what the cell shows.
        role: what it is, `Role.UNREAD` where no block holds it.
        held: the claim that holds it; None where it is unread, or found before or after all blocks (a
            title, a stroke).
        others: claims to it that gave way, the surest first.
    """

    text: str
    role: Role
    held: Claim | None
    others: tuple[Claim, ...]


def explain(form: Form, grid: Grid, place: Position, vocabulary: Vocabulary) -> Explanation | None:
    """The explanation of a cell of a form, by (row, column) within its merged area; None for a blank cell."""
    sheet = next(
        (one for one in beside.split_side_by_side(grid, vocabulary) if one.at(*place)), None
    )
    tile = sheet.at(*place) if sheet is not None else None
    if sheet is None or tile is None:
        return None
    tiles: Tiles = sheet
    part = _part(tiles, tile.top, vocabulary)
    reading = Reading(tiles, part, form.file, vocabulary)
    asked: list[Claim] = []
    held: list[Claim] = []

    def watch(row: int, decided: list[Claim] | None) -> None:
        if decided is None:
            asked.extend(claim for claim in every_claim(reading, row) if _takes(claim, tile))
        else:
            held.extend(claim for claim in decided if _takes(claim, tile))

    read(reading, watch)
    role = form.roles.get((tile.top, tile.left), Role.UNREAD)
    holder = next(iter(held), None) if role != Role.UNREAD else None
    names = {holder.by} if holder is not None else set()
    others: dict[str, Claim] = {}
    for claim in sorted(asked, key=lambda one: -one.sureness):
        if claim.by not in names:
            others.setdefault(claim.by, claim)
    return Explanation(tile.text, role, holder, tuple(others.values()))


def _takes(claim: Claim, tile: Tile) -> bool:
    """Whether a claim is to a cell, or to a part of what it holds."""
    return any(one[:2] == tile[:2] for one in claim.tiles)


def _part(tiles: Tiles, row: int, vocabulary: Vocabulary) -> locate.SheetPart:
    found = [part for part in locate.parts(tiles, vocabulary) if part.table]
    return next((part for part in found if part.top <= row <= part.bottom), found[0])


def every_claim(reading: Reading, row: int) -> Iterator[Claim]:
    """What every recogniser would take of a row, surer ones or not."""
    rows = blocks.rows_with(decide.signs_of(reading, row), in_table=reading.in_table)
    for block in (blocks.BESIDE, *rows):
        claim = block.recognise(reading, row)
        if claim is not None:
            yield claim
    for tile in reading.tiles.rows[row]:
        for block in blocks.CELLS:
            claim = None if reading.is_taken(tile) else block.recognise(reading, tile)
            if claim is not None:
                yield claim
