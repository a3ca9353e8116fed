"""Labelled fields outside the tables: head, prose, sign-off, and the printed notes."""

import re

from perfxl.forms import fields, head, stated
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.text import fold, label, number
from perfxl.forms.tiles import Tile

_NUMBERED = re.compile(r"^[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[).、.]")
_SECOND = re.compile(r"[/／]")
SHORTEST_NOTE = 20
LONGEST_HEADING = 10
"""A heading of notes (其他需要说明的问题) is no longer."""
MOST_BETWEEN_NOTES = 3
"""So many rows from one line of the notes to the next."""
LONGEST_GRADE = 6


def line(reading: Reading, row: int) -> bool:
    """A row of labelled fields, prose or notes; tells whether it said anything known."""
    before = len(reading.taken)
    for tile in reading.tiles.rows[row]:
        if reading.is_taken(tile):
            continue
        if (
            reading.vocabulary.is_note(tile.text)
            or continues_notes(reading, tile)
            or is_footnote(reading, tile)
        ):
            beside = _text_beside(reading, tile)
            if beside is not None and reading.vocabulary.fields.match(tile.text) is not None:
                continue  # 情况说明 | 因多雨。is a labelled field like others
            for one in (tile, beside) if beside is not None else (tile,):
                reading.take(one, "note")
                reading.notes.append(fields.of_text(one, "label"))
    pairs(reading, row)
    return len(reading.taken) > before


def _text_beside(reading: Reading, tile: Tile) -> Tile | None:
    """The text in the cell beside a note that is no more than its heading (说明 | 因多雨)."""
    if len(label(tile.text)) > LONGEST_HEADING:
        return None
    value = fields.beside(reading.tiles, tile, reading.vocabulary)
    if isinstance(value, Field) or value.top != tile.top or reading.is_taken(value):
        return None
    return value if isinstance(value.cell.value, str) and value.text.strip() else None


def continues_notes(reading: Reading, tile: Tile) -> bool:
    """Whether a numbered line, alone in its row, goes on with the note above it."""
    if not reading.notes or not _NUMBERED.match(fold(tile.text)):
        return False
    gap = tile.top - reading.notes[-1].row
    return gap <= MOST_BETWEEN_NOTES and len(reading.tiles.rows[tile.top]) == 1


def is_footnote(reading: Reading, tile: Tile) -> bool:
    """Prose over the whole width below the table: an explanation printed on the form."""
    if not reading.raws or tile.top <= reading.raws[-1][1]["row"] or len(tile.text) < SHORTEST_NOTE:
        return False
    first = reading.tiles.rows[tile.top][0]
    if first is not tile and fields.is_label(first, reading.vocabulary):
        return False
    header = reading.headers[-1]
    wide = tile.right >= header.right or len(reading.tiles.rows[tile.top]) == 1
    return tile.left <= header.left and wide


def pairs(reading: Reading, row: int) -> None:
    """The labels of a row with their values, beside or behind them."""
    for tile in reading.tiles.rows[row]:
        if reading.is_taken(tile) or not isinstance(tile.cell.value, str):
            continue
        if keep_total(reading, tile):
            continue
        behind = list(fields.inline(tile, reading.vocabulary))
        if behind and any(field.value is not None for _, field in behind):
            reading.take(tile, behind[0][0])
            for name, field in behind:
                keep(reading, name, head.retyped(name, whole(name, field)), tile)
            continue
        called = reading.vocabulary.fields.match(tile.text)
        if called in (None, "other") and (first := first_of_two(reading, tile)):
            labelled(reading, first, tile, part=True)
            continue
        if called is None:
            if label(tile.text) in reading.vocabulary.structure:
                reading.take(tile, "structure")
            else:
                broken_label(reading, tile)
            continue
        labelled(reading, called, tile)


def keep_total(reading: Reading, tile: Tile) -> bool:
    """Keep a total that a cell states with its label; tells whether the cell says nothing else."""
    line = reading.tiles.rows[tile.top]
    found = stated.total(tile, line, reading.vocabulary, bare=not reading.funds)
    if found is None:
        return False
    total, grade, whole = found
    keep(reading, "claimed_total", total, tile)
    if grade is not None:
        keep(reading, "claimed_grade", grade, tile)
    if whole:
        reading.take(tile, "claimed_total")
    return whole


def broken_label(reading: Reading, tile: Tile) -> None:
    """年度总 in one cell and 体目标 in the cell below it are one label."""
    below = reading.tiles.at(tile.bottom + 1, tile.left)
    if below is None or (below.top, below.left) != (tile.bottom + 1, tile.left):
        return
    known = reading.vocabulary.fields.match(below.text) or reading.vocabulary.goal.match(below.text)
    if known or below.width != tile.width:
        return
    both = tile.text + below.text
    name = reading.vocabulary.fields.exact(both)
    if name is None and label(both) not in reading.vocabulary.structure:
        return
    if name is None or fields.beside(reading.tiles, tile, reading.vocabulary) is below:
        # A side label down its block; what it is called says nothing of the cell beside it.
        reading.take(below, "structure")
        reading.take(tile, "structure")
    else:
        reading.take(below, name)
        labelled(reading, name, tile)


def first_of_two(reading: Reading, tile: Tile) -> str | None:
    """The field that the first of two labels in one cell names: 项目实施单位/项目负责人."""
    one, stroke, _ = fold(tile.text).partition("/")
    name = reading.vocabulary.fields.exact(one) if stroke else None
    return name if name in ("unit", "department", "project") else None


def whole(name: str, field: Field) -> Field:
    """A value without the year that stands apart behind it."""
    if name not in ("unit", "department", "project") or not field.text:
        return field
    bare = head.without_year(field.text)
    return field if bare == field.text else field._replace(value=bare, text=bare)


def labelled(reading: Reading, name: str, tile: Tile, *, part: bool = False) -> None:
    """One label with the value beside or below it; of a value in two parts the first, if asked for."""
    value = fields.beside(reading.tiles, tile, reading.vocabulary)
    reading.take(tile, "structure")
    if isinstance(value, Field):
        if not (name == "overall_goal" and value.row == 0):
            keep(reading, name, value, tile)
        return
    if reading.is_taken(value) and value.top == tile.top and name not in fields.PROSE:
        return
    reading.take(value, name)
    field = head.typed(name, value, "label", reading.vocabulary)
    if part:
        field = field._replace(value=_SECOND.split(field.text)[0].strip())
    keep(reading, name, field, tile)
    if name in fields.PROSE or name == "other":
        further(reading, tile, value, name)


def further(reading: Reading, tile: Tile, value: Tile, name: str) -> None:
    """More tiles of the same prose block: beside the value, or below it beside the label."""
    for row in range(tile.top, tile.bottom + 1):
        for other in reading.tiles.rows.get(row, ()):
            if (
                other.left > tile.right
                and not reading.is_taken(other)
                and not fields.is_label(other, reading.vocabulary)
                and (row > tile.top or name == "other")
                and other.left >= value.left
                and tile.height > 1
            ):
                reading.take(other, name)


def keep(reading: Reading, name: str, field: Field, tile: Tile) -> None:
    """Keep a field; of two places that say the same, the one with a cell of its own."""
    grades = reading.vocabulary.grades
    if name == "claimed_grade" and number(field.text) is not None:
        # 自评结果 | 99分 states the total.
        name, field = "claimed_total", field._replace(value=number(field.text))
    if (
        name == "claimed_grade"
        and field.text
        and not any(
            word in fold(field.text) for word in grades if len(fold(field.text)) <= LONGEST_GRADE
        )
    ):
        name = "other"
    if name == "other":
        reading.others.append((fields.of_text(tile, "label"), field))
        return
    if name == "unit" and field.text and fold(field.text).strip("()") in reading.vocabulary.money:
        reading.found.setdefault("money_unit", field)
        return
    known = reading.found.get(name)
    nobody = reading.vocabulary.nobody
    if known is not None and known.value is not None and fold(field.text) in nobody:
        return
    if (
        known is None
        or (fold(known.text) in nobody and field.value is not None)
        or known.how == "table"
        or (known.value is None and field.value is not None)
        or known.how == "title"
        # A cell of its own is a better place than the middle of a line.
        or (
            known.how == "behind"
            and field.how == "label"
            and field.value is not None
            and not reading.raws
        )
    ):
        reading.found[name] = field
    elif name in fields.PROSE and field.value is not None and known.value != field.value:
        reading.others.append((fields.of_text(tile, "label"), field))
