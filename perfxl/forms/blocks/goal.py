"""Goals' labels (年度绩效目标1：人才培养（8分）): number, points, and the project they are named after."""

from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Goal
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How
from perfxl.forms.values.points import parse_points, without_points
from perfxl.forms.values.text import normalize_label


def goal_of(reading: Reading, tile: Tile, number: int, name: Field) -> Goal:
    """A goal as its label states it; a number that is taken already gives way to the next free one."""
    known = {goal.goal for goal in reading.goals}
    worth = parse_points(tile.text)
    return Goal(
        max(known) + 1 if number in known else number,
        label=fields.of_text(tile, How.LABEL)._replace(value=fields.tidy(tile.text)),
        name=name,
        weight=ABSENT if worth is None else Field(worth, tile.text, tile.top, tile.left, How.LABEL),
    )


def name_of(reading: Reading, tile: Tile, header: Header | None, row: int) -> Field:
    """A goal's project: a side label of its block, else the words behind the label.

    Args:
        reading: the reading of the form.
        tile: the goal's label.
        header: the header of its table, left of which side labels stand.
        row: the row in which the side label is looked for.
    """
    # Nearest to the table first: a binding margin or a column of numbers may stand left of it.
    for col in range(header.left - 1 if header is not None else 0, 0, -1):
        side = reading.tiles.at(row, col)
        if side is not None and side is not tile:
            name = _project(reading, side)
            if name.value:
                return name
    text = "".join(tile.text.split())
    _, colon, rest = text.replace("：", ":").partition(":")
    rest = without_points(rest) if colon else ""
    return Field(rest, tile.text, tile.top, tile.left, How.LABEL) if rest else ABSENT


def _project(reading: Reading, side: Tile) -> Field:
    """The project that a side label is made of: 人才培养年度绩效指标 → 人才培养."""
    if fields.of_number(side).value is not None:
        return ABSENT
    compact = "".join(side.text.split()).rstrip(":：")
    name = reading.vocabulary.side_label.sub("", compact)
    if not name or normalize_label(compact) in reading.vocabulary.structure:
        return ABSENT
    return Field(name, side.text, side.top, side.left, How.SPAN)
