"""A Grid as rows of tiles: what a person sees when reading a form line by line.

A tile is a non-empty cell with the whole span that it fills. Rows list the tiles that begin in
them; a value hidden under a span is no tile, it is kept apart and reported.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from perfxl.forms.words.vocabulary import Vocabulary
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


_PICTURE = re.compile(r"^=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)


def pictures_in(grid: Grid) -> frozenset[tuple[int, int]]:
    """Positions of pictures in cells, which WPS keeps as a formula: =DISPIMG("ID_…",1)."""
    return frozenset(
        place
        for place, cell in grid.cells.items()
        if "(" in cell.text and _PICTURE.match(cell.text.strip()) is not None
    )


# Twice as fast as calling the class, which for 500 cells is felt.
_make = partial(tuple.__new__, Tile)
_ROW, _COL = itemgetter(0), itemgetter(1)
SHORTEST_LINE = 4
SIDE_COLUMNS = 1
WIDEST_BLANK = 60
"""So many columns beyond the last cell a span may widen a form."""


def infer_spans(cells: dict[tuple[int, int], Cell]) -> list[Span]:
    """Spans of a sheet that a program unrolled: merged cells written out into every cell.

    A text over four columns and more is a title or a goal's label; one down the first column is a
    side label. Equal neighbours elsewhere (a target and its actual) are two values.
    """
    spans: list[Span] = []
    lines: dict[int, list[Cell]] = {}
    for position in sorted(cells):
        lines.setdefault(position[0], []).append(cells[position])
    for line in lines.values():
        start = 0
        for end in range(1, len(line) + 1):
            same = end < len(line) and line[end].text == line[start].text
            if same and line[end].col == line[end - 1].col + 1:
                continue
            if end - start >= SHORTEST_LINE and isinstance(line[start].value, str):
                spans.append(
                    Span(line[start].row, line[start].col, line[start].row, line[end - 1].col)
                )
            start = end
    taken = {area.top for area in spans}
    left = min((col for _, col in cells), default=1)
    for col in range(left, left + SIDE_COLUMNS):
        run: list[Cell] = []
        for row in [*lines, max(lines, default=0) + 2]:
            cell = cells.get((row, col)) if row not in taken else None
            if cell is not None and run and cell.text == run[-1].text and row == run[-1].row + 1:
                run.append(cell)
                continue
            if len(run) > 1:
                spans.append(Span(run[0].row, col, run[-1].row, col))
            run = [cell] if cell is not None and isinstance(cell.value, str) else []
    return spans


class Tiles:
    """The tiles of a sheet, by row and by position.

    Attributes:
        rows: row → its tiles from left to right, for rows in which a tile begins.
        covered: cells whose value lies hidden under a span.
        repeated: cells of an unrolled sheet that repeat the text of their span.
        right: the last used column.
        unshown: positions of numbers that their format hides altogether; they are read all the same.
        pictures: positions of pictures in cells: something is there, and no program can read it.
        headers: what `headers.indicator_headers` found; None before it was asked.
        funds_headers: row → the header of a table of funds in it, or None; of rows that were looked at.
    """

    def __init__(self, grid: Grid) -> None:
        self.pictures = pictures_in(grid)
        if self.pictures:
            cells = {at: cell for at, cell in grid.cells.items() if at not in self.pictures}
            # No text, and no blank either: what it shows has to be looked at.
            grid = replace(grid, cells=cells, uncomputed=grid.uncomputed | self.pictures)
        self.grid = grid
        self.rows: dict[int, list[Tile]] = {}
        self.covered: list[Cell] = []
        self.repeated: list[Cell] = []
        self.unshown: set[tuple[int, int]] = set()
        self.headers: dict[int, Any] | None = None
        self._signs: dict[int, int] = {}
        self.funds_headers: dict[int, Any] = {}
        cells = grid.cells
        self.right = max(map(_COL, cells), default=0)
        seen = self._merged(grid.spans or infer_spans(cells), cells)
        rows = self.rows
        for position, cell in cells.items():
            if position in seen:
                over = seen[position]
                if over is None or over.cell is not cell:
                    self._put_hidden(cell, over)
                continue
            text = cell.text.strip() or self._unshown(cell)
            if text:
                row, col = position
                seen[position] = tile = _make((row, col, row, col, text, cell))
                if row in rows:
                    rows[row].append(tile)
                else:
                    rows[row] = [tile]
        for line in rows.values():
            line.sort()
        self.order = sorted(rows)
        self.at_position = seen.get

    def _put_hidden(self, cell: Cell, tile: Tile | None) -> None:
        """Keep apart what a cell under a span says besides the span's own text."""
        if cell.text.strip() and self.grid.spans:
            self.covered.append(cell)
        elif cell.text.strip() and tile is not None:
            self.repeated.append(cell)

    def _merged(
        self, spans: Iterable[Span], cells: Mapping[tuple[int, int], Cell]
    ) -> dict[tuple[int, int], Tile | None]:
        """Every position under a span, with its tile (None where the span is blank)."""
        right = self.right
        bottom = max(map(_ROW, cells), default=0)
        seen: dict[tuple[int, int], Tile | None] = {}
        for area in spans:
            top, left, low, far = area
            cell = cells.get((top, left))
            text = (cell.text.strip() or self._unshown(cell)) if cell is not None else ""
            tile = None
            if cell is not None and text:
                tile = _make((top, left, low, far, text, cell))
                self.rows.setdefault(top, []).append(tile)
                if far > self.right:
                    self.right = min(far, right + WIDEST_BLANK)
            # A span may reach to the end of the sheet; beyond the last cell it covers nothing.
            columns = range(left, (min(right, far)) + 1)
            for row in range(top, (min(bottom, low)) + 1):
                for col in columns:
                    seen[row, col] = tile
        return seen

    def _unshown(self, cell: Cell) -> str:
        """A number that the format ``;;;`` hides; a hidden 0 is the usual way to leave a place blank."""
        if not isinstance(cell.value, Decimal) or not cell.value:
            return ""
        self.unshown.add((cell.row, cell.col))
        return f"{cell.value:f}"

    def at(self, row: int, col: int) -> Tile | None:
        """The tile that a person sees at a position."""
        return self.at_position((row, col))

    def area(self, row: int, col: int) -> Span:
        """The span at a position, its own where nothing is merged."""
        return self.grid.area(row, col)

    def between(self, top: int, bottom: int) -> Iterator[Tile]:
        """All tiles that begin in some rows."""
        first, end = bisect_left(self.order, top), bisect_right(self.order, bottom)
        for row in self.order[first:end]:
            yield from self.rows[row]

    def signs_of_rows(self, vocabulary: Vocabulary) -> dict[int, int]:
        """Row → what it may be by its words alone: the signs of all its texts. Found once."""
        if not self._signs:
            signs_of = vocabulary.signs
            for row in self.order:
                signs = 0
                for tile in self.rows[row]:
                    signs |= signs_of[tile.text]
                self._signs[row] = signs
        return self._signs

    def below(self, tile: Tile) -> Tile | None:
        """The tile that begins right below another one, at the same column."""
        found = self.at(tile.bottom + 1, tile.left)
        begins = found is not None and found[:2] == (tile.bottom + 1, tile.left)
        return found if begins else None

    def right_of(self, tile: Tile) -> Tile | None:
        """The next tile to the right that reaches into the tile's first row."""
        for col in range(tile.right + 1, self.right + 1):
            other = self.at(tile.top, col)
            if other is not None and other.left > tile.right:
                return other
        return None
