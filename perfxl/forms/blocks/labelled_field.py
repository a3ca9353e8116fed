"""A label with its value in a cell of its own: 单位名称 | 某局; prose blocks likewise."""

import re

from perfxl.forms.blocks import stated_total
from perfxl.forms.blocks.offer import offer
from perfxl.forms.claims import Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields, head
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import fold, label

NAME = "labelled_field"
_SECOND = re.compile(r"[/／]")
NAMES = ("unit", "department", "project")


def recognise(reading: Reading, tile: Tile) -> Claim | None:
    """A label of a single field, with the cell beside or below it that holds the value."""
    if not isinstance(tile.cell.value, str):
        return None
    name = reading.vocabulary.fields.match(tile.text)
    first = _first_of_two(reading, tile, name)
    if name is None and first is None:
        return None
    return claim(reading, first or name or "", tile, part=first is not None)


def claim(reading: Reading, name: str, tile: Tile, *, part: bool = False) -> Claim:
    """The claim of a label that is known to name a field; of a value in two parts the first, if asked for."""
    value = fields.beside(reading.tiles, tile, reading.vocabulary)
    found: tuple[Tile, ...] = (tile,)
    if isinstance(value, Tile) and stated_total.recognise(reading, value) is not None:
        # 评价结论 | 综合自评得分：98分 holds its own label.
        value = ABSENT
    if isinstance(value, Tile):
        found = (tile, value, *_further(reading, tile, value, name))
    return Claim(
        NAME,
        _sureness(reading, tile, name),
        "label" if reading.vocabulary.fields.exact(tile.text) else "label-word",
        tuple(found),
        found=(name, part, value, found),
    )


def read(reading: Reading, claim: Claim) -> Contents:
    """The value in the type of its field."""
    name, part, value, found = claim.found
    tile = found[0]
    contents = Contents(reading)
    contents.take(tile, Role.STRUCTURE)
    if isinstance(value, Field):
        if not (name == "overall_goal" and value.row == 0):
            offer(contents, name, value, tile)
        return contents
    if reading.is_taken(value) and value.top == tile.top and name not in fields.PROSE:
        return contents
    contents.take(value, name)
    field = head.value_of_field(name, value, How.LABEL, reading.vocabulary)
    if part:
        field = field._replace(value=_SECOND.split(field.text)[0].strip())
    offer(contents, name, field, tile)
    for other in found[2:]:
        contents.take(other, name)
        contents.others.append((fields.of_text(tile, How.LABEL), fields.of_text(other, How.LABEL)))
    return contents


def _first_of_two(reading: Reading, tile: Tile, whole: str | None) -> str | None:
    """The field that the first of two labels in one cell names: 项目实施单位/项目负责人, 实施单位及负责人.

    Where no stroke tells the labels apart, one must tell the values apart.
    """
    text, vocabulary = fold(tile.text), reading.vocabulary
    for place, sign in enumerate(text):
        if (
            sign not in vocabulary.label_joints
            or vocabulary.fields.exact(text[:place]) not in NAMES
        ):
            continue
        if sign == "/":
            return vocabulary.fields.exact(text[:place]) if whole in (None, "other") else None
        value = fields.beside(reading.tiles, tile, vocabulary)
        second = vocabulary.fields.match(text[place + 1 :].rstrip(")"))
        if second is not None and isinstance(value, Tile) and _SECOND.search(value.text):
            return vocabulary.fields.exact(text[:place])
    return None


def _further(reading: Reading, tile: Tile, value: Tile, name: str) -> list[Tile]:
    """More tiles of the same prose block: beside the value, or below it beside the label."""
    if tile.height == 1 or (name not in fields.PROSE and name != "other"):
        return []
    return [
        other
        for row in range(tile.top, tile.bottom + 1)
        for other in reading.tiles.rows.get(row, ())
        if other.left > tile.right
        and other.left >= value.left
        and other is not value
        and (row > tile.top or name == "other")
        and not reading.is_taken(other)
        and not fields.is_label(other, reading.vocabulary)
    ]


def _sureness(reading: Reading, tile: Tile, name: str) -> Sureness:
    """In a table a label ends it only word for word, or down its side."""
    header = reading.header
    exact = reading.vocabulary.fields.exact(tile.text) is not None
    if header is None or not reading.in_table:
        return Sureness.LABEL if exact else Sureness.WORD
    if label(tile.text) in reading.vocabulary.sections and tile.left >= header.left:
        return Sureness.HINT
    if exact:
        return Sureness.LABEL
    prose = name in fields.PROSE or name == "other"
    return Sureness.WORD if prose and tile.left < header.left else Sureness.HINT


BLOCK = Recogniser(NAME, Sureness.LABEL, recognise, read)
