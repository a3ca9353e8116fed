"""What was understood of a file, cell by cell: the same painting for terminal, page and workbook."""

from collections.abc import Iterable
from typing import NamedTuple

from perfxl.forms import account
from perfxl.forms.model import ABSENT, Form
from perfxl.grid.model import Grid
from perfxl.ooxml.address import Span

LABEL, NAME, VALUE, SCORE, MONEY, PROSE, UNREAD = (
    "label", "name", "value", "score", "money", "prose", "unread",
)  # fmt: skip
COLOURS = {
    LABEL: "EDEDED", NAME: "DDEBF7", VALUE: "E2EFDA", SCORE: "FFF2CC", MONEY: "D9F0EE",
    PROSE: "EADCF4", UNREAD: "FF9999",
}  # fmt: skip
"""Group of fields → colour as RRGGBB."""
GROUPS = {
    "level1": NAME, "level2": NAME, "level3": NAME, "unit": NAME, "department": NAME, "project": NAME,
    "local_department": NAME, "year": NAME, "title": NAME, "goal": NAME, "fund name": NAME,
    "claimed_grade": SCORE, "money_unit": MONEY,
    "target": VALUE, "actual": VALUE, "reason": PROSE, "measure": VALUE, "property": VALUE,
    "target_initial": VALUE, "coefficient": VALUE, "completion": VALUE,
    "score": SCORE, "weight": SCORE, "total_weight": SCORE, "claimed_total": SCORE, "review": SCORE,
    "initial": MONEY, "budget": MONEY, "executed": MONEY, "rate": MONEY, "funds": MONEY,
    "basic_expenditure": MONEY, "project_expenditure": MONEY,
    "deviation_reason": PROSE, "improvement": PROSE, "overall_goal": PROSE, "overall_result": PROSE,
    "adjusted_goal": PROSE, "note": PROSE, "other": PROSE,
}  # fmt: skip


class AnnotatedCell(NamedTuple):
    """One cell as it was understood.

    Attributes:
        field: the field that took it, "" where none did.
        group: the kind of field, a key of `COLOURS`.
        how: how the field was found, where the form keeps it.
    """

    area: Span
    text: str
    field: str
    group: str
    how: str


def annotate(form: Form, grid: Grid) -> list[AnnotatedCell]:
    """Every non-empty cell of a form with what it was taken for, row by row."""
    unread = {(item.row, item.col) for item in form.unread}
    found_by = {(field.row, field.col): field.how for field in account.fields_of(form) if field.row}
    found = []
    for position in sorted(grid.cells):
        row, col = position
        if not form.area.covers(row, col) or not grid.cells[position].text.strip():
            continue
        field = form.roles.get(position, "")
        if position in unread:
            field, group = "", UNREAD
        else:
            group = GROUPS.get(field, LABEL)
        found.append(
            AnnotatedCell(
                grid.area(row, col),
                grid.cells[position].text.strip(),
                field,
                group,
                found_by.get(position, ""),
            )
        )
    return found


def missing(form: Form) -> list[str]:
    """Fields that a form of its kind usually states and this one does not."""
    wanted: dict[str, bool] = {
        "unit": bool(form.unit.value or form.project.value),
        "year": form.year.value is not None,
        "funds": bool(form.funds),
        "target": any(row.target is not ABSENT and row.target.row for row in form.indicators),
        "actual": any(row.actual.row for row in form.indicators),
        "score": any(row.score.row for row in form.indicators),
        "claimed_total": form.claimed_total.row > 0,
    }
    return [name for name, there in wanted.items() if not there]


def table(cells: Iterable[AnnotatedCell], area: Span) -> list[list[AnnotatedCell | None]]:
    """The cells as rows for a page: each begins at its own place; gaps between are None."""
    rows: dict[int, dict[int, AnnotatedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.area.top, {})[cell.area.left] = cell
    covered: set[tuple[int, int]] = set()
    for line in rows.values():
        for cell in line.values():
            covered |= {
                (row, col)
                for row in range(cell.area.top, min(cell.area.bottom, area.bottom) + 1)
                for col in range(cell.area.left, min(cell.area.right, area.right) + 1)
            } - {(cell.area.top, cell.area.left)}
    return [
        [
            rows.get(row, {}).get(col)
            for col in range(area.left, area.right + 1)
            if (row, col) not in covered
        ]
        for row in range(area.top, area.bottom + 1)
    ]
