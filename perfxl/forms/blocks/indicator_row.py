"""A row of the table of indicators: three levels from spans, target and actual, points and score."""

from decimal import Decimal

from perfxl.forms import levels
from perfxl.forms.claims import (
    Claim,
    Place,
    Position,
    Recogniser,
    RowContents,
    Sureness,
    TableRow,
    make_claim,
    make_row,
)
from perfxl.forms.indicators import COMPARATORS
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.roles import ROLES, How, Role
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import has_digit, normalize, normalize_label, parse_number
from perfxl.forms.words.vocabulary import Vocabulary

NAME = "indicator_row"
VALUES = frozenset(
    {"target", "actual", "weight", "score", "reason", "measure", "property", "coefficient", "completion",
     "review", "target_initial", "comment"}
)  # fmt: skip
"""Columns whose empty places are kept."""
FROM_ABOVE = frozenset(
    {"level3", "upper_level3", "reason", "weight_level1", "weight_level2", "weight_level3"}
)
"""Columns whose value holds for all rows that its cell is merged over."""
MERGED = frozenset({"weight", "score"})
VALUED = ("target", "actual", "score", "weight")

COLUMN, SPAN = How.COLUMN, How.SPAN

Tiled = dict[str, Tile]


def recognise(reading: Reading, row: int) -> Claim | None:
    """A row that says anything in a telling column of its own, unless it is a sum that nobody knows."""
    header, words = reading.header, reading.vocabulary
    if header is None:
        return None
    found, own, wide = _tiles_by_column(reading.tiles, row, header)
    if wide is not None:
        if "score" in own and not _is_named_by(wide, own, header, words):
            return None
        if "target" in own or "actual" in own or "score" in own:
            found["level3"] = own["level3"] = wide
            if "level1" in header.columns and "level1" not in own:
                found["level1"] = wide
    elif "level3" in own:
        if _reaches_over_values(own, header):
            return None
    elif _is_strange_sum(reading, row, header, own):
        return None
    if not _says_anything(own, header, words):
        return None
    sureness, why = _sureness(own, words)
    beside = _beside(reading, row, header)
    return make_claim(
        (NAME, sureness, why, (*found.values(), *beside), row, False, (found, beside))
    )


def read(reading: Reading, claim: Claim) -> RowContents:
    """The row's fields by column; where a cell is merged over several rows, how far."""
    header = reading.header
    assert header is not None  # noqa: S101  # no claim without one
    row = claim.last
    found, beside = claim.found
    found = _with_split_target(reading.tiles, row, header, found)
    values: dict[str, Field] = {}
    table_row = TableRow(row, reading.goal, values, reading.columns[header.top])
    roles: dict[Position, Role] = {}
    endings = grammar().level_endings
    for name, tile in found.items():
        own = tile.top == row
        if name in levels.UPPER:
            values[name] = field = fields.of_name(tile, COLUMN if own else SPAN)
            if not tile.text.endswith(endings):
                values[name] = _whole(reading, field, tile)
        elif own:
            values[name] = READERS.get(name, fields.of_text)(tile, COLUMN)
            if name in MERGED and tile.bottom > row:
                table_row.merged[name] = tile.bottom
        elif name in FROM_ABOVE:
            values[name] = READERS.get(name, fields.of_text)(tile, SPAN)
        # A name merged over all levels is the indicator's, and so in the first column that has it.
        roles.setdefault(tile[:2], ROLES[name])
    if not header.columns.keys() <= found.keys():
        for name, (left, _) in header.columns.items():
            if name in VALUES and name not in found:
                values[name] = fields.empty(reading.tiles, row, left)
    if reading.section is not None and "level1" not in header.columns:
        values["level1"] = reading.section
    for tile in beside:
        roles[tile[:2]] = Role.SIDE_LABEL
    return make_row((roles, table_row))


def _beside(reading: Reading, row: int, header: Header) -> list[Tile]:
    """The label down the side of the table, or a letter of it, and the number of the row before it."""
    line = reading.tiles.rows[row]
    if line[0].left >= header.left:
        return []
    numbered = parse_number(line[0].text) is not None
    return [
        tile
        for tile in line[: 1 + numbered]
        if tile.left < header.left and not reading.is_taken(tile)
    ]


def _whole(reading: Reading, field: Field, tile: Tile) -> Field:
    """A level's name; joined with the rest of it in the row below, where that row has no indicator."""
    half = levels.second_half(reading.tiles, tile, reading.vocabulary)
    if half is None or recognise(reading, half.top) is not None:
        return field
    return field._replace(value=f"{field.value}{fields.of_name(half).value}", how=How.JOINED)


def _tiles_by_column(tiles: Tiles, row: int, header: Header) -> tuple[Tiled, Tiled, Tile | None]:
    """Column → the tile of a row in it, from above where it is merged; the row's own; a name over all levels."""
    found: Tiled = {}
    own: Tiled = {}
    wide: Tile | None = None
    at = tiles.at_position
    for name, (left, right) in header.columns.items():
        col, tile = left, at((row, left))
        while (tile is None or tile.left < left) and col < right:
            col += 1
            tile = at((row, col))
        if tile is None:
            continue
        if tile.left < left:
            if name == "level3" and tile.top == row and tile.right >= right:
                # 预算执行率 merged over all levels names the indicator.
                wide = tile
            continue
        if header.halves:
            tile = header.value(name, tile)
            if tile is None:
                continue
        found[name] = tile
        if tile.top == row:
            own[name] = tile
    return found, own, wide


def _is_named_by(wide: Tile, own: Tiled, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a label over all levels names an indicator: 预算执行率, or anything with a target.

    A strange label with nothing but points (最后评定 | 100 | 95) is a sum that nobody knows; taken for an
    indicator, it would be accused of lacking everything.
    """
    if own.keys() & {"target", "actual"}:
        return True
    judged = header.columns.keys() & {"target", "actual"}
    return not judged or normalize_label(wide.text) in vocabulary.sections


def _reaches_over_values(own: Tiled, header: Header) -> bool:
    """监控结论 | a sentence over all columns: prose under the table, and no name without values."""
    name = own["level3"]
    if name.left == name.right:
        return False
    values = [header.columns[one][0] for one in ("target", "actual") if one in header.columns]
    over = any(name.left < left <= name.right for left in values)
    return over and not own.keys() & {"target", "actual", "score", "weight"}


def _is_strange_sum(reading: Reading, row: int, header: Header, own: Tiled) -> bool:
    """最后评定 | | | | | 100 | 95: points behind a label of its own, and no name, target or actual."""
    if "score" not in own or own.keys() & {"level2", "level3", "target", "actual"}:
        return False
    if not header.columns.keys() & {"target", "actual"}:
        return False
    first = reading.tiles.rows[row][0]
    begins = first.top == row == first.bottom and first.left <= header.left
    text = normalize_label(first.text)
    return (
        begins
        and bool(text)
        and parse_number(first.text) is None
        and text not in reading.vocabulary.sections
    )


def _says_anything(own: Tiled, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a telling cell of a row is no residue of a template and, but for its name, no mere stroke."""
    if "level3" in own and not vocabulary.is_residue(own["level3"].text):
        return True
    telling = VALUED if "level3" in header.columns else (*VALUED, *levels.UPPER)
    return any(name in own and not vocabulary.says_nothing(own[name].text) for name in telling)


def _sureness(own: Tiled, vocabulary: Vocabulary) -> tuple[Sureness, str]:
    """A name with points of its own is certain; a name with a target or a result is likely."""
    if "level3" not in own or vocabulary.columns.exact(own["level3"].text) in MERGED:
        # 分值 | 100分 | 得分 | 100分 below the table are labels with their values.
        return Sureness.PLACE, "row-place"
    for name in ("weight", "score"):
        tile = own.get(name)
        if tile is not None and (
            isinstance(tile.cell.value, Decimal) or parse_number(tile.text) is not None
        ):
            return Sureness.PROOF, "row-scored"
    if own.keys() & {"target", "actual", "score", "weight"}:
        return Sureness.WORD, "row-named"
    return Sureness.PLACE, "row-place"


def _with_split_target(tiles: Tiles, row: int, header: Header, found: Tiled) -> Tiled:
    """≥ | 50 | 公里 in three cells under one merged label 年度指标值: the row's tiles, told apart."""
    left, right = header.columns.get("target", (0, 0))
    if left == right or header.columns.keys() & {"property", "measure"}:
        return found
    line = [tile for tile in tiles.rows[row] if left <= tile.left <= right]
    at = next((at for at, tile in enumerate(line) if has_digit(tile.text)), None)
    if len(line) < 2 or at is None:
        return found
    split = {**found, "target": line[at]}
    if at and normalize(line[at - 1].text) in COMPARATORS:
        split["property"] = line[at - 1]
    if at + 1 < len(line) and not has_digit(line[at + 1].text):
        split["measure"] = line[at + 1]
    return split


def _weight(tile: Tile, how: How) -> Field:
    """Points; a weight of 20% is 20 of 100 points."""
    field = fields.of_number(tile, how)
    if field.value is not None and "%" in normalize(tile.text):
        return field._replace(value=field.value * 100)
    return field


READERS = {
    "level3": fields.of_name, "upper_level3": fields.of_name,
    "score": fields.of_number, "review": fields.of_number,
    "weight": _weight, "weight_level1": _weight, "weight_level2": _weight,
    "coefficient": fields.of_share, "completion": fields.of_share,
}  # fmt: skip
"""How the cells of a column are read, where they are no mere text."""


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, Place.IN_TABLE)
