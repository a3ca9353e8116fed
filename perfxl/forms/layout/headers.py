"""The headers of tables of indicators and of plain lists of targets."""

from collections.abc import Sequence
from decimal import Decimal

from perfxl.forms.layout import inferred
from perfxl.forms.layout import name_columns as namecolumns
from perfxl.forms.layout.fund_headers import funds_header
from perfxl.forms.layout.header import Complete, Header, is_indicators, is_plain_list
from perfxl.forms.layout.header_rows import read_header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.words.vocabulary import IS_COLUMN, Vocabulary

FEWEST_KNOWN = 2
"""A row with fewer labels that are known heads nothing."""


def indicator_headers(tiles: Tiles, vocabulary: Vocabulary) -> dict[int, Header]:
    """The headers of tables of indicators on a sheet, by the row in which each begins."""
    if tiles.headers is None:
        tiles.headers = {}
        for row, signs in tiles.signs_of_rows(vocabulary).items():
            header = _indicator_header(tiles, row, vocabulary) if signs & IS_COLUMN else None
            if header is not None:
                tiles.headers[row] = header
    headers: dict[int, Header] = tiles.headers
    return headers


def _indicator_header(tiles: Tiles, row: int, vocabulary: Vocabulary) -> Header | None:
    line = tiles.rows[row]
    known = [vocabulary.columns.match(tile.text) for tile in line]
    if len(known) - known.count(None) < FEWEST_KNOWN or _ends_with_numbers(line):
        return None
    header = read_header(tiles, row, vocabulary.columns, is_indicators)
    header = header and namecolumns.choose_name_column(tiles, header, vocabulary)
    if header is not None or _may_be_labels(line):
        made = inferred.complete(tiles, row, header, vocabulary)
        # Budget, spending and their points may look like targets and results.
        if made is not header and funds_header(tiles, row, vocabulary) is None:
            header = made
    return header and namecolumns.drop_goal_column(tiles, header, vocabulary)


def _ends_with_numbers(line: Sequence[Tile]) -> bool:
    """Whether a row ends with points and a score, as most rows do, and so is none of labels."""
    return sum(isinstance(tile.cell.value, Decimal) for tile in line[-3:]) > 1


def _may_be_labels(line: Sequence[Tile]) -> bool:
    """Whether a row may be nothing but labels: nearly every other row ends with a score."""
    return len(line) >= inferred.FEWEST_LABELS and isinstance(line[-1].cell.value, str)


def list_header(
    tiles: Tiles, row: int, vocabulary: Vocabulary, complete: Complete | None = None
) -> Header | None:
    """The header of a plain list of targets that begins in a row, if one does.

    Args:
        tiles: the sheet.
        row: where the header would begin.
        vocabulary: the words.
        complete: which fields make such a header; those of a whole list where not given.
    """
    found = read_header(tiles, row, vocabulary.plain, complete or is_plain_list)
    return found and _plain_columns(found, vocabulary)


def _plain_columns(header: Header, vocabulary: Vocabulary) -> Header:
    """Words with two meanings: 目标 is a goal or a target, two columns 分值 of goals and indicators.

    What 单位 means shows in the column's values, see `unitcolumn`.
    """
    columns, labels = dict(header.columns), dict(header.labels)
    name = columns.get("level3", (0, 0))[0]

    def rename(field: str, to: str) -> None:
        columns[to], labels[to] = columns.pop(field), labels.pop(field)

    def behind(tile: Tile | None, meaning: str) -> bool:
        """Whether a label stands behind the indicator and may mean something else there."""
        return (
            tile is not None
            and tile.left > name
            and meaning not in columns
            and vocabulary.columns.match(tile.text) == meaning
        )

    if not name:
        return header
    if behind(labels.get("goal"), "target"):
        rename("goal", "target")
    if "department" in columns and "unit" not in columns:
        rename("department", "unit")
    strange = list(header.strange)
    for tile in header.strange:
        field = vocabulary.plain.match(tile.text) or ""
        if field == "unit" and "measure" not in columns and "unit" in columns:
            # Of two columns 单位 the second is taken for the measure until its values say otherwise.
            field = "measure"
        elif field == "weight" and columns["weight"][0] < name < tile.left:
            # 目标 | 分值 | 指标 | 分值: the first column of points is the goals'.
            rename("weight", "goal_weight")
        else:
            continue
        columns[field], labels[field] = (tile.left, tile.right), tile
        strange.remove(tile)
    return header._replace(columns=columns, labels=labels, strange=tuple(strange))
