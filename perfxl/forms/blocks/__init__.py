"""The blocks of a form, a module for each: what it looks like, and what is read from it.

`ROWS` claim rows, `CELLS` claim single cells with what belongs to them. Of recognisers with equal right
the one that stands first is asked first, and holds.
"""

from functools import cache

from perfxl.forms.blocks import (
    goal_beside,
    goal_row,
    header,
    indicator_row,
    inline_field,
    labelled_field,
    level_cells,
    note,
    section_rows,
    signatures,
    stated_total,
    structure,
    total_row,
)
from perfxl.forms.blocks.funds import line as funds_line
from perfxl.forms.blocks.funds import pairs as funds_pairs
from perfxl.forms.blocks.funds import table as funds_table
from perfxl.forms.blocks.funds import text as funds_text
from perfxl.forms.blocks.funds import transposed as funds_transposed
from perfxl.forms.claims import Place, Recogniser

BESIDE = goal_beside.BLOCK
"""Claims a cell beside the table; the row beside it is another block's."""
ROWS: tuple[Recogniser, ...] = (
    header.BLOCK,
    funds_text.BLOCK,
    funds_line.BLOCK,
    funds_pairs.BLOCK,
    funds_table.BLOCK,
    funds_transposed.BLOCK,
    total_row.BLOCK,
    section_rows.SUBTOTAL_ROW,
    section_rows.SECTION_ROW,
    signatures.BLOCK,
    indicator_row.BLOCK,
    goal_row.BLOCK,
    level_cells.BLOCK,
)
CELLS: tuple[Recogniser, ...] = (
    stated_total.BLOCK,
    note.BLOCK,
    inline_field.BLOCK,
    labelled_field.BLOCK,
    structure.BLOCK,
)
CELL_NAMES = frozenset(block.name for block in CELLS)
ROWS_IN_TABLE = tuple(block for block in ROWS if block.place != Place.OUTSIDE)
ROWS_OUTSIDE = tuple(block for block in ROWS if block.place != Place.IN_TABLE)


@cache
def rows_with(signs: int, *, in_table: bool) -> tuple[Recogniser, ...]:
    """The blocks that a row with some signs may be; `ROWS` is in their order."""
    rows = ROWS_IN_TABLE if in_table else ROWS_OUTSIDE
    return tuple(block for block in rows if block.sign & signs == block.sign)


@cache
def cells_with(signs: int) -> tuple[Recogniser, ...]:
    """The blocks that a cell may be whose text has some signs."""
    return tuple(block for block in CELLS if block.sign & signs == block.sign)


BY_NAME: dict[str, Recogniser] = {block.name: block for block in (BESIDE, *ROWS, *CELLS)}
