"""Formulas in a blank form: over the cells that a person will fill in, wherever their rows come to stand.

A formula's text is the program's own, with places for cells; nothing of a user's is ever part of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfxl.ooxml.address import Span
from perfxl.ooxml.sheet_rewrite import Computed, NewRow


@dataclass(eq=False)
class Slot:
    """A blank cell that a formula refers to. To a template it is nothing."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""


@dataclass(eq=False)
class Formula(Slot):
    """A blank cell with a formula.

    Attributes:
        text: with ``{0}``, ``{1}``, … for its cells, as references that are lists of areas.
        cells: what stands for each of these.
    """

    text: str
    cells: Sequence[Sequence[Slot]]


def place_formulas(rows: Sequence[NewRow]) -> bool:
    """Turn slots into blank cells and formulas into those of a sheet, in place; whether there are any.

    A formula whose cells the template does not show is a blank cell.
    """
    places = {
        id(value): (number, col)
        for number, row in enumerate(rows, 1)
        for col, value in row.values.items()
        if isinstance(value, Slot)
    }
    found = False
    for row in rows:
        for col, value in row.values.items():
            if isinstance(value, Slot):
                row.values[col] = _computed(value, places) if isinstance(value, Formula) else None
                found = found or row.values[col] is not None
    return found


def _computed(formula: Formula, places: Mapping[int, tuple[int, int]]) -> Computed | None:
    references = []
    for cells in formula.cells:
        shown = sorted({places[id(cell)] for cell in cells if id(cell) in places})
        if not shown:
            return None
        references.append(",".join(area.a1 for area in _areas(shown)))
    return Computed(formula.text.format(*references))


def _areas(cells: Sequence[tuple[int, int]]) -> list[Span]:
    """Cells as areas, those under each other joined."""
    areas: list[Span] = []
    for row, col in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if areas and (areas[-1].left, areas[-1].bottom) == (col, row - 1):
            areas[-1] = areas[-1]._replace(bottom=row)
        else:
            areas.append(Span(row, col, row, col))
    return areas
