"""Rows of the table of indicators: which rows belong to it, and where it ends or goes on."""

from perfxl.forms import fields, headers, indicators, stated, totals
from perfxl.forms.headers import Header
from perfxl.forms.reading import Reading
from perfxl.forms.text import fold, label
from perfxl.forms.tiles import Tile


def row(reading: Reading, row: int, header: Header, goal: int | None) -> bool:
    """An indicator's row, unless its first words say that it is something else."""
    first = reading.tiles.rows[row][0]
    outside = first.left < header.left
    beside = outside and reading.taken.get((first.top, first.left)) == "goal"
    if first.left <= header.left and not beside and is_other(reading, first, header):
        return False
    if totals.subtotal(reading, row, header):
        return True
    if "level1" not in header.columns and section(reading, row):
        return True
    raw = indicators.read_row(reading.tiles, row, header, reading.vocabulary, reading.take)
    if raw is not None and reading.section is not None and "level1" not in header.columns:
        raw["level1"] = reading.section
    if raw is None:
        return all(
            reading.is_taken(tile) or leftover(reading, tile, header)
            for tile in reading.tiles.rows[row]
        )
    if outside and first.left < header.left:
        reading.take(first, "side label")
    reading.raws.append((goal, raw))
    return True


def section(reading: Reading, row: int) -> bool:
    """一、产出指标（50分） across the table is the level 1 of the rows below it."""
    (tile, *others) = reading.tiles.rows[row]
    if others or label(tile.text) not in reading.vocabulary.sections:
        return False
    reading.take(tile, "level1")
    reading.section = fields.of_name(tile, "span")._replace(value=fields.tidy(tile.text))
    return True


def resumes(reading: Reading, row: int, header: Header) -> bool:
    """Whether the table goes on below its total: some forms have the total on top."""
    below = next((other for other in reading.rows if other > row), None)
    if below is None or is_other(reading, reading.tiles.rows[below][0], header):
        return False
    if headers.funds(reading.tiles, below, reading.vocabulary) is not None:
        # The funds may stand below the table.
        return False
    begun = {
        name
        for name, (left, right) in header.columns.items()
        for tile in reading.tiles.rows[below]
        if left <= tile.left <= right
    }
    return "level3" in begun and bool(begun & {"target", "actual", "score"})


def leftover(reading: Reading, tile: Tile, header: Header) -> bool:
    """A cell of a row without an indicator: a level's name or residue of the template."""
    if reading.vocabulary.residue.match(fold(tile.text)):
        reading.residue.add((tile.top, tile.left))
        return True
    if reading.vocabulary.is_blank(tile.text):
        reading.take(tile, "blank")
        return True
    values = [
        header.columns[name][0] for name in ("target", "actual", "score") if name in header.columns
    ]
    if any(tile.left < column <= tile.right for column in values):
        # Over the values, too: the label of a block, and no level.
        return False
    for name in ("level1", "level2"):
        left, right = header.columns.get(name, (0, -1))
        if left <= tile.left <= right:
            reading.take(tile, name)
            return True
    if tile.left < header.left:
        reading.take(tile, "side label")
        return True
    return False


def is_other(reading: Reading, tile: Tile, header: Header) -> bool:
    """Whether a row's first tile begins another block: a label, a note, a subtotal."""
    text = tile.text
    key = label(text)
    if key in reading.vocabulary.sections and tile.left >= header.left:
        return False
    if reading.vocabulary.is_subtotal(text):
        return False
    if reading.vocabulary.is_note(text):
        return True
    if stated.total(tile, reading.tiles.rows[tile.top], reading.vocabulary) is not None:
        return True
    name = reading.vocabulary.fields.match(text)
    if name is None:
        return any(True for _ in fields.inline(tile, reading.vocabulary))
    if name == "other" and any(True for _ in fields.inline(tile, reading.vocabulary)):
        # 填报人：张某 signs the form.
        return True
    if name in fields.PROSE or name == "other":
        if tile.left >= header.left and is_scored(reading, tile.top, header):
            # 绩效目标（10分） is a level's name where an indicator and its points stand beside it.
            return False
        return tile.left < header.left or reading.vocabulary.fields.exact(text) is not None
    return reading.vocabulary.fields.exact(text) is not None and tile.left <= header.left


def is_scored(reading: Reading, row: int, header: Header) -> bool:
    """Whether a row names an indicator and states points for it, each in its own column."""
    own = {
        name: tile
        for name in ("level3", "weight", "score")
        if (tile := reading.tiles.at(row, header.columns.get(name, (0, 0))[0])) is not None
        and tile.top == row
        and tile.left >= header.columns[name][0]
    }
    return "level3" in own and any(
        fields.of_number(own[name]).value is not None for name in ("weight", "score") if name in own
    )


def table_goes_on(reading: Reading, row: int, header: Header | None) -> bool:
    """After a strange line the table goes on if the next row still begins like one."""
    if header is None:
        return False
    later = [other for other in reading.rows if other > row][:1]
    return any(not is_other(reading, reading.tiles.rows[other][0], header) for other in later)
