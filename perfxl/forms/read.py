"""A Grid as Forms: rows are read from top to bottom, each by the words that stand in it.

What a cell is follows from the labels near it, never from its address. Every cell is either taken
by a field or listed as unread.
"""

from collections.abc import Iterable

from perfxl.errors import NoForm
from perfxl.forms import (
    assemble,
    blocks,
    funds,
    goals,
    headers,
    labelled,
    locate,
    nearest,
    rows,
    totals,
)
from perfxl.forms.headers import Header
from perfxl.forms.model import Form
from perfxl.forms.reading import Reading
from perfxl.forms.tiles import Tiles
from perfxl.forms.vocabulary import Vocabulary
from perfxl.grid.model import Grid


def forms(grids: Iterable[Grid], file: str, vocabulary: Vocabulary) -> list[Form]:
    """Every self-evaluation form in a file's sheets.

    Raises:
        NoForm: no sheet holds a table of indicators; says which sheets were looked at.
    """
    found: list[Form] = []
    seen: list[Tiles] = []
    for grid in grids:
        if not grid.cells:
            continue
        tiles = Tiles(grid)
        seen.append(tiles)
        for part in locate.parts(tiles, vocabulary):
            if part.table:
                reading = Reading(tiles, part, file, vocabulary)
                _read(reading)
                found.append(assemble.form(reading))
    if not found:
        names = [tiles.grid.name for tiles in seen]
        raise NoForm("no-form", sheets=names, **nearest.nearest(seen, vocabulary))
    return found


def _read(reading: Reading) -> None:
    """The way through the rows of one form."""
    blocks.find_headers(reading)
    blocks.read_title(reading)
    header: Header | None = None
    goal: int | None = None
    table = False
    skip = 0
    for row in reading.rows:
        if row in reading.in_header:
            header, table = reading.in_header[row], True
            if header.top == row:
                goal = goals.goal_beside(reading, row, header) or goal
            blocks.take_header(reading, header, row)
            continue
        if row <= skip:
            continue
        if not table and not reading.funds:
            skip = _funds(reading, row)
            if reading.funds:
                continue
        number = goals.goal_label(reading, row, header if table else None)
        if number is not None:
            goal, table = number, header is not None
            continue
        if (table or reading.raws or reading.headers) and totals.total(reading, row, header):
            table = table and header is not None and rows.resumes(reading, row, header)
            continue
        if table and header is not None:
            goal = goals.goal_beside(reading, row, header) or goal
        if table and header is not None and rows.row(reading, row, header, goal):
            continue
        known = labelled.line(reading, row)
        if known and table and not rows.table_goes_on(reading, row, header):
            table = False


def _funds(reading: Reading, row: int) -> int:
    """Read the table of funds if it begins in a row; the last row of it, 0 where none begins."""
    if blocks.funds_in_text(reading, row):
        return row
    header = headers.funds(reading.tiles, row, reading.vocabulary)
    if header is not None:
        return blocks.read_funds(reading, header)
    reading.funds, last = funds.transposed(reading.tiles, row, reading.vocabulary, reading.take)
    return last
