"""A submitted file drawn anew as .xlsx, where its own format cannot be edited in place.

Same addresses, spans, widths and heights, a border around what the form shows. What is redrawn is
plainly labelled so; the submitted file remains the evidence.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from perfxl.grid.model import Cell, Grid
from perfxl.ooxml import new_workbook
from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import NewCell, NewSheet

NARROWEST, WIDEST = 6.0, 40.0
PROSE = 30
"""A shorter text is centred, as forms have it."""
ROOM = 0.8
"""Share of a text's width that its column gets; longer texts wrap."""


def redraw(grids: Sequence[Grid], *, uncomputed: bool = False) -> bytes:
    """The sheets of a file as the bytes of an .xlsx; the same grids give the same bytes.

    Args:
        grids: the sheets.
        uncomputed: whether cells with a formula that nobody has computed are told from blank ones.
    """
    hidden = {index for index, grid in enumerate(grids) if grid.hidden}
    return new_workbook.workbook(
        [_sheet(grid, grid.uncomputed if uncomputed else frozenset()) for grid in grids], hidden
    )


def _sheet(grid: Grid, uncomputed: frozenset[tuple[int, int]]) -> NewSheet:
    taken = [*grid.cells, *uncomputed]
    bottom = max((row for row, _ in taken), default=0)
    right = max((col for _, col in taken), default=0)
    spans = [
        Span(area.top, area.left, min(area.bottom, bottom), min(area.right, right))
        for area in grid.spans
        if area.top <= bottom and area.left <= right
    ]
    # The rows that are empty, up to a million above one far down, are one and the same.
    rows: list[list[NewCell | None]] = [[]] * bottom
    for row, end in _ends(grid).items():
        if row > bottom:
            continue
        cells: list[NewCell | None] = []
        for col in range(1, min(end, right) + 1):
            cell = grid.cells.get((row, col))
            if cell is not None:
                cells.append(_cell(cell))
            elif (row, col) in uncomputed:
                cells.append(NewCell(None, uncomputed=True))
            else:
                # The border of a merged area is drawn by all of its cells.
                cells.append(NewCell(None) if (row, col) in grid.covers else None)
        rows[row - 1] = cells
    return NewSheet(
        grid.name,
        rows,
        widths=_widths(grid, right),
        heights={row: height for row, height in grid.heights.items() if row <= bottom},
        merges=[area for area in spans if area.top != area.bottom or area.left != area.right],
    )


def _ends(grid: Grid) -> dict[int, int]:
    """Each row that is drawn at all, and its last column: one cell far out makes no other row longer."""
    ends: dict[int, int] = {}
    for row, col in (*grid.cells, *grid.covers):
        if col > ends.get(row, 0):
            ends[row] = col
    return ends


def _cell(cell: Cell) -> NewCell:
    if isinstance(cell.value, Decimal):
        return NewCell(cell.value, "drawn", number_format=cell.number_format)
    text = cell.text if isinstance(cell.value, date | bool) else str(cell.value)
    return NewCell(text, "drawn" if len(text) < PROSE else "text")


def _widths(grid: Grid, right: int) -> list[float]:
    """The width of each column as stated, or with room for its longest text."""
    longest: dict[int, int] = {}
    for (row, col), cell in grid.cells.items():
        if not grid.widths.get(col) and (row, col) not in grid.covers:
            length = sum(2 if ord(char) > 0x2E7F else 1 for char in cell.text[:60])
            longest[col] = max(longest.get(col, 0), length)
    return [
        grid.widths.get(col) or max(NARROWEST, min(WIDEST, longest.get(col, 0) * ROOM + 2))
        for col in range(1, right + 1)
    ]
