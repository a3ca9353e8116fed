"""An anonymous copy of a file, for showing others what is read wrongly: the layout and the numbers stay.

The copy is drawn anew from what the cells hold, so that nothing else can come along: no properties of
the file, pictures, remarks, hidden names or headers. What becomes of its texts says `substitutes`.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from perfxl import resources
from perfxl.books import redrawn
from perfxl.books.substitutes import (
    HAN,
    LONGEST_LABEL,
    PRIVATE,
    Substitutes,
    collect_words,
    load_known_words,
)
from perfxl.forms.model import Form
from perfxl.forms.roles import LABELS, Role
from perfxl.grid.document import Document
from perfxl.grid.model import Cell, Grid

Roles = Mapping[tuple[int, int, int], Role]
"""(sheet, row, column) → what a cell of a form is."""
NAMES = frozenset({
    Role.UNIT, Role.DEPARTMENT, Role.LOCAL_DEPARTMENT, Role.BUDGET_DEPARTMENT, Role.PROJECT, Role.OTHER,
})  # fmt: skip
"""What these cells hold is replaced as a whole, behind their labels."""
PROSE = frozenset({
    Role.DEVIATION_REASON, Role.IMPROVEMENT, Role.OVERALL_GOAL, Role.ADJUSTED_GOAL, Role.OVERALL_RESULT,
    Role.REASON, Role.COMMENT,
})  # fmt: skip
"""Of these only the words stay by which an explanation is told from a dash."""
LOOSE = frozenset({None, Role.OTHER, Role.NOTE, Role.UNREAD, Role.TITLE})
"""Of what these cells hold nothing is known, and no rule asks."""


def anonymise(
    document: Document,
    forms: Sequence[Form],
    keep: Iterable[str] = (),
    vocabularies: Iterable[Path] = (),
    lots: random.Random | None = None,
) -> tuple[bytes, list[tuple[str, str]]]:
    """An anonymous copy of a file.

    Args:
        document: the file.
        forms: those that were read in it; without any, only known words stay.
        keep: further words that stay as they are, as a label that perfxl does not know.
        vocabularies: the files of further spellings that the forms were read with.
        lots: where substitutes are drawn from.

    Returns:
        The bytes of an .xlsx, and the texts that were not understood and are replaced in part: sheet
        with cell, and text.
    """
    more = set(keep) | collect_words(resources.toml(path) for path in vocabularies)
    known, telling = load_known_words()
    substitutes = Substitutes(known | more, telling | more, lots or random.SystemRandom())
    roles = {(form.sheet_index, *at): role for form in forms for at, role in form.roles.items()}
    _add_names(substitutes, document, forms, roles)
    unread = [
        (f"{grid.name}!{cell.address}", cell.text)
        for grid in document.grids
        for at, cell in grid.cells.items()
        if roles.get((grid.index, *at)) is Role.UNREAD
        and substitutes.replace_text(cell.text) != cell.text
    ]
    copies = [_anonymise_grid(grid, roles, substitutes) for grid in document.grids]
    return redrawn.redraw(copies, uncomputed=True), unread


def _add_names(
    substitutes: Substitutes, document: Document, forms: Sequence[Form], roles: Roles
) -> None:
    for grid in document.grids:
        for at, cell in grid.cells.items():
            role = roles.get((grid.index, *at))
            if role in NAMES and isinstance(cell.value, str):
                substitutes.add_name(cell.value, everywhere=role is not Role.PROJECT)
    for form in forms:
        for name in (*(goal.name for goal in form.goals), *(row.level3 for row in form.indicators)):
            substitutes.add_phrase(str(name.value or ""))


def _anonymise_grid(grid: Grid, roles: Roles, substitutes: Substitutes) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    row, before = 0, ""
    for at, cell in sorted(grid.cells.items()):
        role = roles.get((grid.index, *at))
        if row == cell.row and role in LOOSE and substitutes.names_person(before):
            cells[at] = _anonymise_person(cell, substitutes)
        else:
            cells[at] = _anonymise_cell(cell, role, substitutes)
        row, before = cell.row, cell.text
    return replace(grid, name=substitutes.replace_text(grid.name), cells=cells)


def _anonymise_person(cell: Cell, substitutes: Substitutes) -> Cell:
    text = substitutes.replace_person(cell.text)
    value = Decimal(text) if isinstance(cell.value, Decimal) and text.isdecimal() else text
    return cell._replace(value=value, text=text)


def _anonymise_cell(cell: Cell, role: Role | None, substitutes: Substitutes) -> Cell:
    shown = HAN.sub(lambda found: substitutes.replace_text(found[0]), cell.number_format)
    if isinstance(cell.value, str):
        value = _choose_way(role, cell.value, substitutes)(cell.value)
        return cell._replace(value=value, text=value, number_format=shown)
    if role in LOOSE and PRIVATE.fullmatch(str(cell.value)):
        text = substitutes.replace_text(str(cell.value))
        return cell._replace(value=Decimal(text), text=text)
    return cell._replace(number_format=shown)


def _choose_way(role: Role | None, text: str, substitutes: Substitutes) -> Callable[[str], str]:
    if role in NAMES:
        return substitutes.replace_name
    if role in LABELS and role is not Role.TITLE:
        return substitutes.replace_label
    if role in PROSE or (role in (Role.UNREAD, None) and len(text) >= LONGEST_LABEL):
        return substitutes.replace_prose
    return substitutes.replace_text if role in LOOSE else substitutes.replace_entry
