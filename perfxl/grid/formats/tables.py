"""Tables of a document without sheets (.docx, HTML), and the texts between them, as one Grid.

Word breaks a form into several tables at its page breaks, each with a column grid of its own.
Their edges are laid over each other, so that cells which stand below each other on paper stand in
the same columns here, and a cell over several of these columns is an honest span.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from perfxl.grid.cells import blank, check_spans, refuse_more, refuse_spans
from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import Span

# Twips (1/20 point) by which edges that are meant to be the same differ: 60 are about a millimetre.
NEAR = 60
# A nested table of at least so many rows and columns is a table in its own right.
OWN_TABLE = 3
_CHARACTER = 105  # twips: 7 pixels


class TableCell(NamedTuple):
    """A cell of a table.

    Attributes:
        row: counted from 0 inside the table.
        left: index of its left edge.
        right: index of its right edge.
        bottom: its last row.
        text: what it shows.
        number_format: where the file tells one.
        hidden: not shown.
    """

    row: int
    left: int
    right: int
    bottom: int
    text: str
    number_format: str = "General"
    hidden: bool = False


@dataclass
class Table:
    """A table: cells between edges.

    Attributes:
        edges: positions of the columns' edges in twips, in order, one more than columns.
        rows: how many.
        cells: in order.
        heights: of rows (from 0) in points, where stated.
        measured: whether the edges are positions on paper; else they only count columns.
    """

    edges: list[int]
    rows: int
    cells: list[TableCell]
    heights: dict[int, float] = field(default_factory=dict)
    measured: bool = True

    @property
    def own(self) -> bool:
        """Whether, nested in a cell, it is more than a way to arrange a few words."""
        return self.rows >= OWN_TABLE and len(self.edges) > OWN_TABLE

    def flat(self) -> str:
        """Its text: a line for each row."""
        lines: dict[int, list[str]] = {}
        for cell in self.cells:
            if not blank(cell.text):
                lines.setdefault(cell.row, []).append(cell.text.strip())
        return "\n".join(" ".join(words) for words in lines.values())


def stack_tables(name: str, index: int, blocks: Sequence[str | Table]) -> Grid:
    """One Grid of texts and tables from top to bottom; a text takes a row of its full width.

    Raises:
        TooLarge: more cells than any form has.
    """
    tables = [block for block in blocks if isinstance(block, Table)]
    columns, edges = _columns(tables)
    width = max(len(edges) - 1, 1)
    cells: dict[tuple[int, int], Cell] = {}
    spans: list[Span] = []
    heights: dict[int, float] = {}
    row = 1
    for block in blocks:
        if isinstance(block, str):
            refuse_spans(len(spans))
            cells[row, 1] = Cell(row, 1, block, block)
            if width > 1:
                spans.append(Span(row, 1, row, width))
            row += 1
            continue
        for cell in block.cells:
            top, bottom = row + cell.row, row + min(cell.bottom, block.rows - 1)
            left, right = columns[block.edges[cell.left]] + 1, columns[block.edges[cell.right]]
            right = max(left, right)
            if (top, left) != (bottom, right):
                spans.append(Span(top, left, bottom, right))
            if not blank(cell.text):
                cells[top, left] = Cell(
                    top, left, cell.text, cell.text, cell.number_format, hidden=cell.hidden
                )
        heights.update({row + number: height for number, height in block.heights.items()})
        row += block.rows
        refuse_more(max(len(cells), len(spans)))
    widths: dict[int, float] = {}
    if any(table.measured for table in tables):
        widths = {
            col: round((right - left) / _CHARACTER, 2)
            for col, (left, right) in enumerate(pairwise(edges), 1)
        }
    return Grid(name, index, cells, check_spans(spans, cells), widths=widths, heights=heights)


def _columns(tables: list[Table]) -> tuple[dict[int, int], list[int]]:
    """Every edge of the tables to the number of the common edge it lies on, and those edges."""
    positions = sorted({edge for table in tables for edge in table.edges})
    near = NEAR if all(table.measured for table in tables) else 0
    columns, edges = _cluster(positions, near)
    for table in tables:
        used = {(cell.left, cell.right) for cell in table.cells if cell.text}
        if any(columns[table.edges[a]] == columns[table.edges[b]] for a, b in used):
            return _cluster(positions, 0)  # a column that narrow, with a text in it
    return columns, edges


def _cluster(positions: list[int], near: int) -> tuple[dict[int, int], list[int]]:
    columns: dict[int, int] = {}
    edges: list[int] = []
    for position in positions:
        if not edges or position - edges[-1] > near:
            edges.append(position)
        columns[position] = len(edges) - 1
    return columns, edges
