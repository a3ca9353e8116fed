"""Several tables of approved targets on one sheet, one below the other, each for its own unit or project.

A header that stands again under a line such as 单位名称：乙局 begins a new table; without such a line
it only repeats itself after a page break.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from perfxl.errors import UsageError
from perfxl.forms.layout import fields, head, headers
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.locate import is_continued, is_preface, is_title
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import Field
from perfxl.forms.values.text import has_digit, match_key, normalize
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Grid

OWN = ("unit", "project")
"""What a line above a header names, so that the table below it is another one's."""


class Piece(NamedTuple):
    """A part of a sheet that is one table's, and what the lines above it say of it as well.

    Attributes:
        grid: the sheet with the rows of this piece only, at their own addresses.
        above: unit, project, year and unit of money (``money``) as stated in earlier pieces.
    """

    grid: Grid
    above: dict[str, Field]


def split_tables(grid: Grid, file: str, vocabulary: Vocabulary) -> list[Piece]:
    """A sheet cut where a line above a repeated header names another unit or project.

    Args:
        grid: the sheet.
        file: its file's name, told in errors.
        vocabulary: the words of headers and labels.

    Raises:
        UsageError: a lone name stands above a repeated header, and nothing says whose it is.
    """
    tiles = Tiles(grid)
    found = list(_headers(tiles, vocabulary))
    said: dict[str, Field] = {}
    cuts: list[tuple[int, dict[str, Field]]] = [(0, {})]
    for number, header in enumerate(found):
        upper = found[number - 1].bottom if number else 0
        if not number:
            for row in [row for row in tiles.order if row < header.top]:
                said |= read_context(tiles.rows[row], tiles, vocabulary)
            continue
        above = _above(tiles, upper, header, vocabulary)
        named: dict[str, Field] = {}
        for row in above:
            named |= read_context(tiles.rows[row], tiles, vocabulary)
        new = _new_names(named, said, header)
        if not new:
            _refuse_lone(tiles, above, header, file, vocabulary)
            continue
        before = dict(said)
        if "unit" in new:
            before = {name: field for name, field in before.items() if name not in OWN}
        cuts.append((_start(tiles, above, vocabulary), before))
        said = before | named
    ends = [row for row, _ in cuts[1:]] + [tiles.order[-1] + 1 if tiles.order else 1]
    if len(cuts) == 1:
        return [Piece(grid, {})]
    return [
        Piece(_rows(grid, top, end), above) for (top, above), end in zip(cuts, ends, strict=True)
    ]


def _new_names(named: dict[str, Field], said: dict[str, Field], header: Header) -> set[str]:
    """Which of the names that identify a table are others than those said before."""
    return {
        name
        for name in OWN
        if name in named
        and name not in header.columns
        and _key(named[name]) != _key(said.get(name))
        and not _in_title_only(named[name], said.get(name))
    }


def read_context(line: list[Tile], tiles: Tiles, vocabulary: Vocabulary) -> dict[str, Field]:
    """What a line above a table says: unit, project, year, unit of money, or a unit in a title."""
    found: dict[str, Field] = {}
    for tile in line:
        for name, value in fields.inline(tile, vocabulary):
            if name in (*OWN, "year") and value.value is not None:
                found.setdefault(name, head.coerce_value(name, value))
        name = vocabulary.fields.exact(tile.text) or ""
        beside = tiles.right_of(tile) if name in (*OWN, "year") else None
        if beside is not None and not fields.is_label(beside, vocabulary):
            found.setdefault(name, head.value_of_field(name, beside, "label", vocabulary))
        year = head.year_of(tile.text)
        if year is not None:
            found.setdefault("year", Field(year, tile.text, tile.top, tile.left, "title"))
        if vocabulary.title.search(normalize(tile.text)):
            named = head.name_in_title(tile, vocabulary)
            if named.value:
                found.setdefault("unit", named)
        money = head.money_unit(tile, vocabulary)
        if money.value is not None:
            found.setdefault("money", money)
    return found


def is_line(line: list[Tile], tiles: Tiles, vocabulary: Vocabulary) -> bool:
    """Whether a row is a line of the page and none of a table: 填报单位：甲局, 续表, a title again."""
    if len(line) == 1 and (
        is_preface(line[0], vocabulary) or is_continued(line[0].text, vocabulary)
    ):
        return True
    if any(is_title(tile, line, vocabulary) for tile in line):
        return True
    return bool(read_context(line, tiles, vocabulary).keys() & {*OWN, "money"})


def _headers(tiles: Tiles, vocabulary: Vocabulary) -> Iterator[Header]:
    bottom, tables = 0, headers.indicator_headers(tiles, vocabulary)
    for row in tiles.order:
        if row <= bottom:
            continue
        header = headers.list_header(tiles, row, vocabulary) or tables.get(row)
        if header is not None:
            bottom = header.bottom
            yield header


def _in_title_only(named: Field, said: Field | None) -> bool:
    """A title says a name loosely; it does not speak against a unit that a label states."""
    return named.how == "title" and said is not None and said.how != "title"


def _key(field: Field | None) -> str:
    return "" if field is None else match_key(str(field.value or ""))


def _above(tiles: Tiles, upper: int, header: Header, vocabulary: Vocabulary) -> list[int]:
    """The rows right above a header that are no rows of the table before it, from the top."""
    found: list[int] = []
    for row in reversed([row for row in tiles.order if upper < row < header.top]):
        line = tiles.rows[row]
        known = len(line) == 1 or is_line(line, tiles, vocabulary)
        if not known and vocabulary.fund_rows.exact(line[0].text) is None:
            break
        found.insert(0, row)
    return found


def _start(tiles: Tiles, above: list[int], vocabulary: Vocabulary) -> int:
    """Where a new table begins: at its title, else at the first line that names whose it is."""
    for row in above:
        line = tiles.rows[row]
        if any(is_title(tile, line, vocabulary) for tile in line):
            return row
    first = next(
        place
        for place, row in enumerate(above)
        if read_context(tiles.rows[row], tiles, vocabulary).keys() & {*OWN}
    )
    while first and all(is_preface(tile, vocabulary) for tile in tiles.rows[above[first - 1]]):
        first -= 1
    return above[first]


def _refuse_lone(
    tiles: Tiles, above: list[int], header: Header, file: str, vocabulary: Vocabulary
) -> None:
    """乙局 alone above a repeated header may be a unit: the rows below are not guessed to be 甲局's."""
    listed = headers.list_header(tiles, header.top, vocabulary) is not None
    if not above or not listed or "unit" in header.columns:
        return
    line = tiles.rows[above[-1]]
    (tile, *others), text = line, normalize(line[0].text)
    harmless = (
        others
        or not isinstance(tile.cell.value, str)
        or is_title(tile, line, vocabulary)
        or is_preface(tile, vocabulary)
        or is_continued(text, vocabulary)
        or vocabulary.is_note(text)
        or vocabulary.is_sum(text)
        or vocabulary.goal.match(text)
        or head.money_unit(tile, vocabulary).value is not None
        or read_context(line, tiles, vocabulary)
        or has_digit(text)
    )
    if not harmless:
        raise UsageError(
            "approved-lone-name", file=file, sheet=tiles.grid.name, cell=tile.cell.address,
            text=tile.text,
        )  # fmt: skip


def _rows(grid: Grid, top: int, end: int) -> Grid:
    return replace(
        grid,
        cells={place: cell for place, cell in grid.cells.items() if top <= place[0] < end},
        spans=tuple(area for area in grid.spans if top <= area.top < end),
    )
