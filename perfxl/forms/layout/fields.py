"""Single fields: making them from tiles, and finding the value beside, behind or below a label."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.values.text import compact, normalize, normalize_label, parse_number, readable
from perfxl.forms.words.vocabulary import Vocabulary

_WORD = re.compile(r"[^\s;；]+")
_COLON = re.compile(r"[:：]")
WHOLE = 100
"""What all weights of a form sum to, and its best total."""
LONGEST_LINE = 200
"""A longer text is prose; its colons separate no labels."""


# Twice as fast as calling the class, which for the cells of hundreds of rows is felt.
_make = partial(tuple.__new__, Field)


def tidy(text: str) -> str:
    """A text for one line: outer white space off, inner line breaks and runs folded."""
    return " ".join(text.split())


def of_text(tile: Tile, how: str = "column") -> Field:
    """A tile as a text."""
    text, cell = tile.text, tile.cell
    return _make((text, text, tile.top, tile.left, how, cell.formula, cell.value))


def of_name(tile: Tile, how: str = "column") -> Field:
    """A tile as a name: without white space and line breaks, as names are compared."""
    text = tile.text
    return _make((compact(text), text, tile.top, tile.left, how, tile.cell.formula, None))


def of_number(tile: Tile, how: str = "column") -> Field:
    """A tile as a number: typed as one, or a text that is one; else the value stays None.

    A number that no form can mean (1E308) is a text, too, and so its cell is reported as unreadable.
    """
    value = tile.cell.value
    if isinstance(value, Decimal):
        read = raw = value if readable(value) else None
        return _make((read, tile.text, tile.top, tile.left, how, tile.cell.formula, raw))
    text = tile.text
    return _make((parse_number(text), text, tile.top, tile.left, how, tile.cell.formula, value))


def number_of(field: Field) -> Decimal | None:
    """The number that a field's cell holds, whatever was made of it."""
    return field.raw if isinstance(field.raw, Decimal) else parse_number(field.text)


def of_share(tile: Tile, how: str = "column", *, percent: bool = False) -> Field:
    """A tile as a rate, a fraction of one: 95.0%, 0.95, and 95 under a header that says %."""
    field = of_number(tile, how)
    value = field.value
    if value is None:
        return field
    written = "%" in normalize(tile.text)
    if not written and (percent or value > Decimal("1.5")):
        value = value / 100
    return field._replace(value=value)


def empty(tiles: Tiles, row: int, col: int, how: str = "column") -> Field:
    """The place of a value that is not there; of a cell merged with the row above, no place."""
    area = tiles.area(row, col)
    if area.top != row:
        return ABSENT
    formula = (area.top, area.left) in tiles.grid.uncomputed
    return Field(None, "", area.top, area.left, how, formula)


def inline(tile: Tile, vocabulary: Vocabulary) -> Iterator[tuple[str, Field]]:
    """Fields written behind their label in the same cell: ``单位名称：…    填报日期：…``."""
    text = tile.text
    if len(text) > LONGEST_LINE or not _COLON.search(text):
        return
    name, start = "", 0
    for colon in _COLON.finditer(text):
        before = text[start : colon.start()]
        words = list(_WORD.finditer(before))
        for count in range(len(words), 0, -1):
            found = vocabulary.fields.exact("".join(word[0] for word in words[-count:]))
            if found is None:
                continue
            if name:
                yield (
                    name,
                    _behind(tile, tidy(before[: words[-count].start()].rstrip(";； \u3000"))),
                )
            name, start = found, colon.end()
            break
    if name:
        yield name, _behind(tile, text[start:].strip())


def _behind(tile: Tile, value: str) -> Field:
    return Field(value or None, value, tile.top, tile.left, "behind")


PROSE = frozenset(
    {"deviation_reason", "improvement", "overall_goal", "overall_result", "adjusted_goal"}
)


POINTS = frozenset({"weight"})
"""Columns whose neighbours are columns of a table, too."""
BESIDE = frozenset({"deviation_reason", "improvement"})
"""Prose whose label begins its row; elsewhere it may be a column's head of another table."""


def is_label(tile: Tile, vocabulary: Vocabulary) -> bool:
    """Whether a tile is a label of any kind, and so not another label's value."""
    key = normalize_label(tile.text)
    return (
        vocabulary.fields.exact(tile.text) is not None
        or vocabulary.fields.match(tile.text) in PROSE
        or vocabulary.funds.exact(tile.text) is not None
        or key in vocabulary.structure
        or key in vocabulary.totals
    )


def beside(tiles: Tiles, tile: Tile, vocabulary: Vocabulary) -> Tile | Field:
    """The value of a label: the next tile to the right, else the tile below, else its empty place."""
    right = tiles.right_of(tile)
    if right is not None and not is_label(right, vocabulary):
        return right
    name = vocabulary.fields.match(tile.text)
    blank = all(tiles.at(tile.top, col) is None for col in range(tile.right + 1, tiles.right + 1))
    first = tiles.rows[tile.top][0] is tile
    if (right is not None or blank) and (first or name not in BESIDE):
        below = tiles.below(tile)
        if (
            below is not None
            and not is_label(below, vocabulary)
            and tile.width >= below.width
            and (name in PROSE or _heads_column(tiles, tile, below, vocabulary))
        ):
            return below
    if tile.right >= tiles.right:
        return ABSENT
    return empty(tiles, tile.top, tile.right + 1, "label")


def _heads_column(tiles: Tiles, tile: Tile, below: Tile, vocabulary: Vocabulary) -> bool:
    """Whether a label stands in a row of labels with their values in the row below.

    A label whose place is blank (单位名称 over 序号, over a date or a line of its own) takes nothing from
    below; 自评分 over 14 beside 分值 heads a column of a table.
    """
    line = tiles.rows[tile.top]
    if any(other is not tile and vocabulary.columns.match(other.text) in POINTS for other in line):
        return False
    if vocabulary.columns.exact(below.text) is not None or vocabulary.is_note(below.text):
        return False
    heads = 0
    for other in line:
        under = tiles.below(other)
        heads += (
            under is not None
            and under.top == below.top
            and vocabulary.fields.match(other.text) is not None
            and not is_label(under, vocabulary)
            and not any(True for _ in inline(under, vocabulary))
        )
    return heads > 1
