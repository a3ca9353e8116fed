"""A column 单位 of a plain list: of the units' names, or of the units of measure? Its values tell."""

from collections.abc import Mapping

from perfxl.errors import UsageError
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import Field
from perfxl.forms.values import quantity
from perfxl.forms.values.text import fold, number
from perfxl.forms.words.vocabulary import Vocabulary

NAMES, MEASURES, OPEN = "unit", "measure", ""
SHORTEST_NAME = 2
LONGEST_MEASURE = 2
"""An unknown measure word has no more characters, unless a stroke stands in it: 元/吨."""


def resolve_unit_column(
    tiles: Tiles, header: Header, file: str, vocabulary: Vocabulary, said: Mapping[str, Field]
) -> Header:
    """The header of a plain list with each column 单位 named after what stands in it.

    Args:
        tiles: the sheet.
        header: its header; of two columns 单位 the first is the unit, the second the measure so far.
        file: the file's name, told in errors.
        vocabulary: the words; endings of units' names.
        said: what stands above the list; a unit there leaves the column to the measures.

    Raises:
        UsageError: the values do not tell, and nothing else does; says where.
    """
    columns, labels = dict(header.columns), dict(header.labels)
    found = {
        field: labels[field]
        for field in (NAMES, MEASURES)
        if field in labels and _two_meanings(labels[field], vocabulary)
    }
    if NAMES not in found and not (MEASURES in found and NAMES not in columns):
        return header
    if len(found) > 1:
        first, second = (
            _meaning(tiles, columns[field], header, vocabulary) for field in (NAMES, MEASURES)
        )
        if (first == MEASURES and second != MEASURES) or (second == NAMES and first != NAMES):
            columns[NAMES], columns[MEASURES] = columns[MEASURES], columns[NAMES]
            labels[NAMES], labels[MEASURES] = labels[MEASURES], labels[NAMES]
        return header._replace(columns=columns, labels=labels)
    ((field, tile),) = found.items()
    meaning = _meaning(tiles, columns[field], header, vocabulary)
    meaning = meaning or _by_its_place(tiles, header, field, said)
    if not meaning:
        where = {"file": file, "sheet": tiles.grid.name, "cell": tile.cell.address}
        raise UsageError("approved-which-unit", **where, text=tile.text)
    if meaning != field and meaning not in columns:
        columns[meaning], labels[meaning] = columns.pop(field), labels.pop(field)
    return header._replace(columns=columns, labels=labels)


def _by_its_place(tiles: Tiles, header: Header, field: str, said: Mapping[str, Field]) -> str:
    """What a column is whose values do not tell, by what else the list has; open where that does not either."""
    columns = header.columns
    if (MEASURES if field == NAMES else NAMES) in columns:
        return field
    if said.get("unit") is not None or _bare(tiles, columns.get("target"), header):
        return MEASURES
    if columns.get("level3", (0, 0))[0] > header.labels[field].left:
        # Names that no list knows, before the indicator they are for.
        return NAMES
    return OPEN


def _two_meanings(tile: Tile, vocabulary: Vocabulary) -> bool:
    return (
        vocabulary.plain.match(tile.text) == NAMES
        and vocabulary.columns.match(tile.text) == MEASURES
    )


def _meaning(tiles: Tiles, columns: tuple[int, int], header: Header, vocabulary: Vocabulary) -> str:
    """What the values of a column are: names, measures, or open where both or neither show."""
    names = measures = unknown = 0
    for text in _values(tiles, columns, header, vocabulary):
        if quantity.is_unit(text):
            measures += 1
        elif len(text) >= SHORTEST_NAME and text.endswith(vocabulary.organisations):
            names += 1
        elif len(text) > LONGEST_MEASURE and "/" not in text:
            unknown += 1
    if names and not measures:
        return NAMES
    return MEASURES if measures and not names and measures >= unknown else OPEN


def _values(
    tiles: Tiles, columns: tuple[int, int], header: Header, vocabulary: Vocabulary
) -> set[str]:
    """The texts that stand below a header in some columns, sums and blanks left out."""
    return {
        fold(tile.text)
        for tile in tiles.between(header.bottom + 1, tiles.order[-1])
        if columns[0] <= tile.left <= columns[1]
        and tile.width <= columns[1] - columns[0] + 1
        and not vocabulary.is_blank(tile.text)
        and not vocabulary.is_sum(tile.text)
        and vocabulary.plain.exact(tile.text) is None
    }


def _bare(tiles: Tiles, columns: tuple[int, int] | None, header: Header) -> bool:
    """Whether the targets are numbers without any unit, which then stands in another column."""
    if columns is None:
        return False
    texts = [
        tile.text.lstrip("≥≤><=＝ ")
        for tile in tiles.between(header.bottom + 1, tiles.order[-1])
        if columns[0] <= tile.left <= columns[1]
    ]
    return bool(texts) and all(number(text) is not None for text in texts)
