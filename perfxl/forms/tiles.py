"""A Grid as rows of tiles: what a person sees when reading a form line by line.

A tile is a non-empty cell with the whole span that it fills. Rows list the tiles that begin in
them; a value hidden under a span is no tile, it is kept apart and reported.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import Span


class Tile(NamedTuple):
    """A non-empty cell and the rectangle it fills (edges inside)."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    cell: Cell

    @property
    def height(self) -> int:
        """Rows it fills."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns it fills."""
        return self.right - self.left + 1


class Tiles:
    """The tiles of a sheet, by row and by position.

    Attributes:
        rows: row → its tiles from left to right, for rows in which a tile begins.
        covered: cells whose value lies hidden under a span.
        right: the last used column.
        headers: what has been found out of header rows, so that it is found out once.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows: dict[int, list[Tile]] = {}
        self.covered: list[Cell] = []
        self.headers: dict[int, Any] = {}
        self._heads: dict[tuple[int, int], Tile] = {}
        covers = grid.covers
        right = 0
        for position in sorted(grid.cells):
            cell = grid.cells[position]
            text = cell.text.strip()
            if not text:
                continue
            row, col = position
            area = covers.get(position)
            if area is None:
                tile = Tile(row, col, row, col, text, cell)
            elif area.top == row and area.left == col:
                tile = Tile(row, col, area.bottom, area.right, text, cell)
            else:
                self.covered.append(cell)
                continue
            self._heads[position] = tile
            self.rows.setdefault(row, []).append(tile)
            right = max(right, tile.right)
        self.right = right
        self.order = sorted(self.rows)

    def at(self, row: int, col: int) -> Tile | None:
        """The tile that a person sees at a position."""
        area = self.grid.covers.get((row, col))
        return self._heads.get((row, col) if area is None else (area.top, area.left))

    def area(self, row: int, col: int) -> Span:
        """The span at a position, its own where nothing is merged."""
        return self.grid.area(row, col)

    def between(self, top: int, bottom: int) -> Iterator[Tile]:
        """All tiles that begin in some rows."""
        for row in self.order:
            if top <= row <= bottom:
                yield from self.rows[row]

    def right_of(self, tile: Tile) -> Tile | None:
        """The next tile to the right that reaches into the tile's first row."""
        for col in range(tile.right + 1, self.right + 1):
            other = self.at(tile.top, col)
            if other is not None and other.left > tile.right:
                return other
        return None
