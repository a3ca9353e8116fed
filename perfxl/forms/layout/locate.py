"""Where the forms of a sheet begin and end: several may stand one below the other."""

import re
from itertools import pairwise
from operator import itemgetter

from perfxl.forms.layout import fund_headers, headers
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values.text import normalize
from perfxl.forms.words.vocabulary import Vocabulary

_DOCUMENT = re.compile(r"[〔\[(]20[0-9]{2}[〕\])]第?[0-9]+号")
_BRACKETED = re.compile(r"\([^()]{1,28}\)")
_YEAR = re.compile(r"^[(]?(?:20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})年?度?[)]?$")
HEAD = frozenset({"project", "unit", "department", "local_department", "basic_expenditure"})
"""Fields with which the head of a form begins."""
NEAR = 16
"""So many rows below its head a form's funds or table begin."""
FARTHEST = 2000
"""No form's rows reach farther below the header of its table."""
LONGEST_NUMBER = 24
LONGEST_TITLE = 60
MOST_BESIDE_TITLE = 3
_BOTTOM = itemgetter(2)
_SENTENCE = re.compile(r"[。;；]|.,.*,")


class SheetPart:
    """A run of rows that is one form, or what stands around forms.

    Attributes:
        top: first row. bottom: last row.
        title: the title tile, if the part has one.
        table: whether a table of indicators stands in it; last: the row of its last header.
        titles: every title tile, repeats included.
    """

    def __init__(self, top: int, bottom: int, title: Tile | None, *, table: bool) -> None:
        self.top = top
        self.bottom = bottom
        self.title = title
        self.table = table
        self.last = top
        self.titles: list[Tile] = [] if title is None else [title]


def is_title(tile: Tile, row: list[Tile], vocabulary: Vocabulary) -> bool:
    """Whether a tile is a form's title: short, nearly alone in its row, with a title's words."""
    text = normalize(tile.text)
    return (
        len(text) <= LONGEST_TITLE
        and len(row) <= MOST_BESIDE_TITLE
        and vocabulary.title.search(text) is not None
        and not _SENTENCE.search(text)
        and not vocabulary.is_note(text)
        and vocabulary.total_stated.match(text) is None
        and not _in_table(tile, row)
    )


def _in_table(tile: Tile, row: list[Tile]) -> bool:
    """A label of a table stands beside its values; a title has at most an annex number."""
    return any(other is not tile and len(normalize(other.text)) > 12 for other in row)


def is_annex(text: str, vocabulary: Vocabulary) -> bool:
    """An annex number such as 附件2：, alone in its cell."""
    folded = normalize(text)
    return (len(folded) <= 10 and vocabulary.annex.match(folded) is not None) or (
        len(folded) <= LONGEST_NUMBER and _DOCUMENT.search(folded) is not None
    )


def is_continued(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line only says that a table goes on: 续表, （接上页）."""
    return vocabulary.continued.fullmatch(normalize(text)) is not None


def is_subtitle(tile: Tile, tiles: Tiles) -> bool:
    """A line wholly in brackets, alone in its row above the form: （公开内容）."""
    return len(tiles.rows[tile.top]) == 1 and _BRACKETED.fullmatch(normalize(tile.text)) is not None


def parts(tiles: Tiles, vocabulary: Vocabulary) -> list[SheetPart]:
    """The forms of a sheet as runs of rows, in order; a part without a table joins a neighbour."""
    found: list[SheetPart] = []
    last, tables = 0, headers.indicator_headers(tiles, vocabulary)
    for row in tiles.order:
        line = tiles.rows[row]
        current = found[-1] if found else None
        if current is not None and last and row > last + FARTHEST:
            break
        title = None
        if len(line) <= MOST_BESIDE_TITLE:
            title = next((tile for tile in line if is_title(tile, line, vocabulary)), None)
        if current is None or (title is not None and _begins(current, title)):
            found.append(SheetPart(row, row, title, table=False))
        elif current.table and _restarts(tiles, current, row, vocabulary):
            found.append(SheetPart(row, row, None, table=False))
        else:
            current.bottom = row
            current.title = current.title or title
            if title is not None:
                current.titles.append(title)
        if row in tables:
            found[-1].table, found[-1].last, last = True, row, row
    for part in found:
        below = tiles.between(part.top + 1, part.bottom)
        part.bottom = max(map(_BOTTOM, below), default=part.bottom)
    if last and tiles.order[-1] > last + FARTHEST:
        # Whatever stands so far below the last table is no form's; it is listed unread.
        found[-1].bottom = tiles.order[-1]
    return _joined(found, tiles, vocabulary)


def _begins(current: SheetPart, title: Tile) -> bool:
    """A title begins a form, unless it only says again what the current one is called."""
    return (current.title is not None and (current.table or current.title.top < title.top - 1)) or (
        current.title is None and current.table
    )


def _restarts(tiles: Tiles, current: SheetPart, row: int, vocabulary: Vocabulary) -> bool:
    """The head of another form without a title: 项目名称 after a table, and its funds below."""
    first = tiles.rows[row][0]
    name = vocabulary.fields.exact(first.text)
    if name not in HEAD:
        return False
    again = any(
        vocabulary.fields.exact(tile.text) == name and tile.left == first.left
        for tile in tiles.between(current.top, row - 1)
    )
    nearby = [below for below in tiles.order if row < below <= row + NEAR]
    funds = any(fund_headers.funds_header(tiles, below, vocabulary) for below in nearby)
    tables = headers.indicator_headers(tiles, vocabulary)
    return funds or (again and not tables.keys().isdisjoint(nearby))


def is_preface(tile: Tile, vocabulary: Vocabulary) -> bool:
    """A line that stands above a form's head: its annex number, its year, its unit of money."""
    text = normalize(tile.text)
    return len(text) <= LONGEST_NUMBER and (
        vocabulary.annex.match(text) is not None
        or _YEAR.search(text) is not None
        or vocabulary.money_line.search(text) is not None
    )


def _joined(found: list[SheetPart], tiles: Tiles, vocabulary: Vocabulary) -> list[SheetPart]:
    joined: list[SheetPart] = []
    for part in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.table
            and (not part.table or _repeats(before, part, tiles, vocabulary))
        ):
            before.bottom, before.last = part.bottom, max(before.last, part.last)
            before.titles += part.titles
        elif before is not None and not before.table and part.table:
            # What stands above the first form on its sheet belongs to it.
            part.top = before.top
            part.titles += before.titles
            joined[-1] = part
        elif before is not None and not before.table:
            before.bottom = part.bottom
            before.title = part.title or before.title
            before.titles += part.titles
        else:
            joined.append(part)
    for upper, lower in pairwise(joined):
        # An annex number above a title, a year above 项目名称 belong to the form below them.
        above = [row for row in tiles.order if upper.top < row < lower.top]
        while above and all(is_preface(tile, vocabulary) for tile in tiles.rows[above[-1]]):
            lower.top = above.pop()
        upper.bottom = min(upper.bottom, lower.top - 1)
    return joined


def _repeats(before: SheetPart, part: SheetPart, tiles: Tiles, vocabulary: Vocabulary) -> bool:
    """The same title again after a page break: no funds and no head fields of its own."""
    if before.title is None or part.title is None:
        return False
    one, other = (
        vocabulary.continued.sub("", normalize(title.text)) for title in (before.title, part.title)
    )
    if one != other:
        return False
    rows = [row for row in tiles.order if part.top <= row <= part.bottom]
    tables = [row for row in rows if row in headers.indicator_headers(tiles, vocabulary)]
    # Below the header 预算执行 and 预算完成率 are names of indicators.
    above = [row for row in rows if not tables or row < tables[0]]
    return not any(
        fund_headers.funds_header(tiles, row, vocabulary) is not None for row in above
    ) and not any(
        vocabulary.fields.exact(tiles.rows[row][0].text) in ("project", "unit") for row in rows
    )
