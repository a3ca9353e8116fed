"""A Grid as Forms: rows are read from top to bottom, each as the block that it is.

What a cell is follows from the labels near it, never from its address. `blocks` says what each block
looks like, `decide` which claim holds, `Reading.accept` takes in what the block holds. Every cell has one
role in the end, or is listed as unread.
"""

from collections.abc import Callable, Iterable, Iterator

from perfxl.errors import NoForm
from perfxl.forms import assemble, blocks, decide, nearest, title
from perfxl.forms.claims import Claim
from perfxl.forms.layout import beside, headers, locate
from perfxl.forms.layout.tiles import Tiles
from perfxl.forms.model import Form
from perfxl.forms.reading import Reading
from perfxl.forms.words.vocabulary import Vocabulary
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
        for tiles in beside.split_side_by_side(grid, vocabulary):
            seen.append(tiles)
            found += _of_tiles(tiles, file, vocabulary)
    if not found:
        names = [tiles.grid.name for tiles in seen]
        raise NoForm("no-form", sheets=names, **nearest.diagnose_no_form(seen, vocabulary))
    return found


def _of_tiles(tiles: Tiles, file: str, vocabulary: Vocabulary) -> Iterator[Form]:
    for part in locate.parts(tiles, vocabulary):
        if part.table:
            reading = Reading(tiles, part, file, vocabulary)
            read(reading)
            yield assemble.form(reading)


Watch = Callable[[int, list[Claim] | None], None]
"""Told of each row before it is decided (None), and of the claims that hold in it afterwards."""


def read(reading: Reading, watch: Watch | None = None) -> None:
    """Read the rows of one form; ``watch`` looks on, and is how a cell is explained."""
    find_headers(reading)
    reading.accept(None, title.read(reading))
    for row in reading.rows:
        if row in reading.in_header:
            reading.begin_header(reading.in_header[row])
        elif row <= reading.filled:
            continue
        if watch is not None:
            watch(row, None)
        held = []
        for claim in decide.claims(reading, row):
            reading.accept(claim, blocks.BY_NAME[claim.by].read(reading, claim))
            held.append(claim)
        if watch is not None:
            watch(row, held)
        if reading.in_table and _ends_table(reading, row, held):
            reading.leave_table()


def find_headers(reading: Reading) -> None:
    """Find every header of indicators before the rows are read: a goal's label may need the one below."""
    rows = set(reading.rows)
    for row, header in headers.indicator_headers(reading.tiles, reading.vocabulary).items():
        if row in rows and row not in reading.in_header:
            reading.headers.append(header)
            reading.in_header.update(dict.fromkeys(range(row, header.bottom + 1), header))


def _ends_table(reading: Reading, row: int, held: list[Claim]) -> bool:
    """Whether a total, or cells that belong to no row of the table, end it."""
    if not held:
        return False
    first = held[0].by
    if first == blocks.total_row.NAME:
        return not decide.goes_on(reading, row, after_total=True)
    if first not in blocks.CELL_NAMES or any(one.by not in blocks.CELL_NAMES for one in held):
        return False
    return not decide.goes_on(reading, row, after_total=False)
