"""The promise of machine output: each non-empty cell has one role, and is a field of the form or unread."""

from perfxl.forms import account
from perfxl.forms.roles import LABELS, Role
from perfxl.forms.values.points import points

COLUMN_HEADS = frozenset({Role.HEADER, Role.FUNDS_HEADER, Role.TOTAL, Role.SUBTOTAL})
"""Their points repeat what stands in the column or the row."""


def unaccounted(form, grid):
    """A line for each cell that breaks the promise."""
    roles = form.roles
    unread = {(item.row, item.col) for item in form.unread}
    held = {
        (field.row, field.col)
        for field in account.fields_of(form)
        if field.text or field.value is not None
    }
    said_elsewhere = {cell.text for place, cell in grid.cells.items() if place in held}
    broken = []
    for place, cell in sorted(grid.cells.items()):
        if not form.area.covers(*place) or not cell.text.strip():
            continue
        role = roles.get(place)
        said = f"{cell.address} {cell.text[:20]!r}: {role}"
        if role is None:
            broken.append(f"{said}: no role")
        elif (role == Role.UNREAD) != (place in unread):
            broken.append(f"{said}: role and list of unread cells differ")
        elif role in LABELS:
            kept = place in held or cell.text in said_elsewhere
            lost = points(cell.text) is not None and not kept
            if lost and role not in COLUMN_HEADS:
                broken.append(f"{said}: its points are lost")
        elif role != Role.UNREAD and place not in held:
            broken.append(f"{said}: what it says is lost")
    return broken
