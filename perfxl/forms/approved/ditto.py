"""同上 and 〃 in approved tables: the cell says what stands above it in its column."""

from dataclasses import replace

from perfxl.errors import UsageError
from perfxl.forms.layout import headers
from perfxl.forms.layout.tiles import Tiles
from perfxl.forms.values.text import normalize
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Cell, Grid


def expand_ditto_marks(grid: Grid, file: str, vocabulary: Vocabulary) -> Grid:
    """The sheet with every ditto mark below a header replaced by what it repeats, at its own address.

    Raises:
        UsageError: a mark with nothing above it that it could repeat; says where.
    """
    marks = sorted(
        place
        for place, cell in grid.cells.items()
        if isinstance(cell.value, str) and normalize(cell.text) in vocabulary.ditto
    )
    if not marks:
        return grid
    tiles = Tiles(grid)
    tables = headers.indicator_headers(tiles, vocabulary)
    heads: set[int] = set()
    taken: set[int] = set()
    for row in tiles.order:
        if row not in heads:
            header = headers.list_header(tiles, row, vocabulary) or tables.get(row)
            if header is not None:
                heads.update(range(header.top, header.bottom + 1))
                for first, last in header.columns.values():
                    taken.update(range(first, last + 1))
    cells = dict(grid.cells)
    first_row = min(heads, default=0)
    for row, col in marks:
        if not heads or row < first_row:
            continue
        above = _above(cells, tiles, row, col, heads, vocabulary)
        if above is not None:
            cells[row, col] = above._replace(row=row, col=col, formula=False)
        elif col in taken:
            mark = grid.cells[row, col]
            raise UsageError(
                "approved-ditto", file=file, sheet=grid.name, cell=mark.address, text=mark.text
            )
    return replace(grid, cells=cells)


def _above(
    cells: dict[tuple[int, int], Cell],
    tiles: Tiles,
    row: int,
    col: int,
    heads: set[int],
    vocabulary: Vocabulary,
) -> Cell | None:
    """The nearest cell above in a column that says something: no header, no sum, no blank."""
    for upper in range(row - 1, min(heads), -1):
        if upper in heads:
            continue
        line = tiles.rows.get(upper, ())
        if any(vocabulary.is_sum(tile.text) for tile in line):
            continue
        tile = tiles.at(upper, col)
        cell = cells.get((upper, col)) or (None if tile is None else tile.cell)
        if cell is not None and cell.text.strip() and not vocabulary.is_blank(cell.text):
            return cell
    return None
