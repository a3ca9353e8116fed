"""The figures of a summary row (a goal's, a subtotal's, the total's) in the columns of the table."""

from perfxl.forms.claims import Contents
from perfxl.forms.layout import fields, head
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.roles import Role

FIGURES = ("score", "score_own", "weight")
Found = tuple[Field, Tile | None]


def figure(
    contents: Contents,
    header: Header | None,
    name: str,
    label: Tile,
    *,
    required: bool = True,
) -> Found:
    """The figure of a summary row in a column.

    Args:
        contents: what the row holds so far; cells that are taken are no figures.
        header: the table's header.
        name: of the column: score, weight, review, deduction.
        label: the tile that names the row.
        required: whether the row must have the figure, wherever it stands.

    Returns:
        The figure, or its empty place, and the tile that holds it.
    """
    if header is not None and name in header.columns:
        own = header.value(name, _in_column(contents, header, name, label))
        if own is not None:
            return fields.of_number(own), own
        left = header.columns[name][0]
        if label.right < left:
            return _beside_column(contents, name, label, left)
    if not required:
        return ABSENT, None
    return _last_number(contents, header, label)


def _in_column(contents: Contents, header: Header, name: str, label: Tile) -> Tile | None:
    tiles, row = contents.reading.tiles, label.top
    left, right = header.columns[name]
    for col in range(left, right + 1):
        tile = tiles.at(row, col)
        if tile is None or tile is label or tile.top != row:
            continue
        if head.is_grade(tile.text, contents.reading.vocabulary):
            continue
        if _is_its_label(contents, tile):
            contents.take(tile, Role.SUBTOTAL)
            continue
        if name == "score" or tile.left >= left:
            return tile
    return None


def _is_its_label(contents: Contents, tile: Tile) -> bool:
    """Whether a cell is the label of the figure beside it: 小计得分 | 39.2."""
    words = contents.reading.vocabulary
    if not words.is_sum(tile.text) and words.columns.exact(tile.text) not in FIGURES:
        return False
    beside = contents.reading.tiles.right_of(tile)
    return beside is not None and fields.of_number(beside).value is not None


def _beside_column(contents: Contents, name: str, label: Tile, left: int) -> Found:
    """The only number of the row that can be its score, where the column is empty; else the empty place."""
    tiles = contents.reading.tiles
    numbers = [
        tile
        for tile in tiles.rows[label.top]
        if tile.left > label.right
        and not contents.is_taken(tile)
        and fields.of_number(tile).value is not None
    ]
    if name == "score" and len(numbers) == 1 and fields.of_number(numbers[0]).value != fields.WHOLE:
        return fields.of_number(numbers[0]), numbers[0]
    return fields.empty(tiles, label.top, left), None


def _last_number(contents: Contents, header: Header | None, label: Tile) -> Found:
    """The last number of the row; one in the column of a second rater is his."""
    tiles = contents.reading.tiles
    left, right = header.columns.get("review", (0, -1)) if header is not None else (0, -1)
    for tile in reversed([one for one in tiles.rows[label.top] if one.left > label.right]):
        if left <= tile.left <= right:
            continue
        field = fields.of_number(tile)
        if field.value is not None:
            return field, tile
    if label.right < tiles.right:
        return fields.empty(tiles, label.top, label.right + 1), None
    return ABSENT, None
