"""Who holds a cell: the claims to a row weighed against each other, in one place.

A row is one block, unless its first cell is surer of being something else; the surest block has it. What
is left of a row without a block, or whose block leaves room, is read cell by cell from left to right.
"""

from collections.abc import Iterator

from perfxl.forms import blocks
from perfxl.forms.claims import IN_HEADER, LACKS_FUNDS, Claim
from perfxl.forms.layout.fund_headers import funds_header
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.reading import Reading

CERTAIN = max(block.surest for block in blocks.CELLS)


def signs_of(reading: Reading, row: int) -> int:
    """What a row may be: the signs of all its texts, and of its place."""
    signs = reading.tiles.signs_of_rows(reading.vocabulary)[row]
    return signs | IN_HEADER * (row in reading.in_header) | LACKS_FUNDS * (not reading.funds)


def row_claim(reading: Reading, row: int, signs: int, beside: Claim | None) -> Claim | None:
    """The block that a row is, if it is one: the surest claim, unless its first cell is surer of another."""
    best: Claim | None = None
    for block in blocks.rows_with(signs, in_table=reading.in_table):
        if best is not None and best.sureness >= block.surest:
            continue
        claim = block.recognise(reading, row)
        if claim is not None and (best is None or claim.sureness > best.sureness):
            best = claim
    if best is None or beside is not None or best.sureness == CERTAIN:
        return best
    first = first_cell(reading, row, best)
    return None if first is not None and first.sureness > best.sureness else best


def first_cell(reading: Reading, row: int, best: Claim | None) -> Claim | None:
    """The claim of a row's first cell alone, where it begins where the table does, and may be surer."""
    first, header = reading.tiles.rows[row][0], reading.header
    if reading.is_taken(first) or header is None or first.left > header.left:
        return None
    return cell_claim(reading, first, best)


def cell_claim(reading: Reading, tile: Tile, best: Claim | None = None) -> Claim | None:
    """What a single cell is: the surest claim to it, if it is surer than another."""
    found: Claim | None = None
    for block in blocks.cells_with(reading.vocabulary.signs[tile.text]):
        known = found or best
        if known is not None and known.sureness >= block.surest:
            continue
        claim = block.recognise(reading, tile)
        if claim is not None and (known is None or claim.sureness > known.sureness):
            found = claim
    return found


def note_claim(reading: Reading, tile: Tile) -> Claim | None:
    """A cell that is a note, and nothing surer."""
    claim = blocks.note.recognise(reading, tile)
    return None if claim is None or cell_claim(reading, tile, claim) is not None else claim


def claims(reading: Reading, row: int) -> Iterator[Claim]:
    """The claims that hold in a row; each is accepted before the next is asked for."""
    signs = signs_of(reading, row)
    beside = blocks.BESIDE.recognise(reading, row) if signs & blocks.BESIDE.sign else None
    block = row_claim(reading, row, signs, beside)
    if beside is not None and (block is None or block.by != blocks.goal_row.NAME):
        yield beside
    if block is not None:
        yield block
        if not block.rest:
            return
    for recognise in (note_claim, cell_claim):
        # A note may say that the cell beside it is one, too.
        for tile in reading.tiles.rows[row]:
            if not reading.is_taken(tile):
                claim = recognise(reading, tile)
                if claim is not None:
                    yield claim


def goes_on(reading: Reading, row: int, *, after_total: bool) -> bool:
    """Whether the table goes on below a row that is none of its own.

    Args:
        reading: the reading of the form.
        row: the strange row, or the total.
        after_total: whether it is the total, which ends most tables; some have it on top.
    """
    header = reading.header
    below = next((other for other in reading.rows if other > row), None)
    if header is None or below is None or _begins_another(reading, below):
        return False
    return not after_total or _names_indicator(reading, below, header)


def _begins_another(reading: Reading, row: int) -> bool:
    best = blocks.indicator_row.recognise(reading, row)
    first = first_cell(reading, row, best)
    return first is not None and (best is None or first.sureness > best.sureness)


def _names_indicator(reading: Reading, row: int, header: Header) -> bool:
    """Whether a row has a name and a value; the funds may stand below the table, too."""
    if funds_header(reading.tiles, row, reading.vocabulary) is not None:
        return False
    begun = {
        name
        for name, (left, right) in header.columns.items()
        for tile in reading.tiles.rows[row]
        if left <= tile.left <= right
    }
    return "level3" in begun and bool(begun & {"target", "actual", "score"})
