"""Columns under labels that nobody knows, told by what stands in them.

计划达成 | 年末达成 | 满分 | 自评 are on no list, and still nobody doubts what they are: two columns of values
of the same kind side by side are targets and results, and a score never exceeds the points before it.
A column is inferred only where most rows agree and no known label says otherwise.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from perfxl.forms.layout.header import Header, header_of, may_be_label
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.values import quantity
from perfxl.forms.values.text import parse_number
from perfxl.forms.words.vocabulary import Vocabulary

FEWEST_LABELS = 5
"""Minimum number of labels of a header."""
FEWEST_ROWS, MOST_ROWS = 3, 40
FEWEST_KNOWN = 2
"""Labels of the header that are known, a label of points among them."""
MOST = Decimal("0.8")
"""Share of the rows that must agree."""
POINTS = frozenset({"weight", "score", "score_own"})
WHOLE = 100
NEEDED = frozenset({"target", "actual", "weight", "score", "level3"})


class Column(NamedTuple):
    """One column below a header: its label, and the tile of each row (None where it is blank)."""

    label: Tile
    field: str | None
    tiles: list[Tile | None]

    @property
    def texts(self) -> list[str]:
        """What stands in the rows."""
        return [tile.text if tile is not None else "" for tile in self.tiles]

    @property
    def numbers(self) -> list[Decimal | None]:
        """The numbers of the rows."""
        return [parse_number(text) for text in self.texts]


def columns_of(tiles: Tiles, row: int, vocabulary: Vocabulary) -> list[Column]:
    """The columns below a row of labels; none where the row or what is below it is no table."""
    line = _without_side(tiles.rows.get(row, []))
    known = [vocabulary.columns.match(tile.text) for tile in line]
    if None not in known or len(set(known)) <= FEWEST_KNOWN or not POINTS & set(known):
        return []
    if len(line) < FEWEST_LABELS or not all(map(may_be_label, line)):
        return []
    rows = _rows_below(tiles, line, vocabulary)
    if len(rows) < FEWEST_ROWS:
        return []
    return [
        Column(label, field, [_at(tiles, one, label) for one in rows])
        for label, field in zip(line, known, strict=True)
    ]


def fields_of(columns: Sequence[Column], *, sectioned: bool = False) -> dict[int, str]:
    """Place of a column → the field that its contents prove, for columns whose label is not known.

    Args:
        columns: the columns of the table.
        sectioned: whether names of sections across the table are the first level.
    """
    found: dict[int, str] = {}
    _add_points(columns, found)
    _add_values(columns, found)
    _add_names(columns, found, sectioned=sectioned)
    _add_reason(columns, found)
    return found


def _without_side(line: list[Tile]) -> list[Tile]:
    """The labels of a row without the label down the side of the table."""
    if len(line) < 2 or line[0].bottom <= max(tile.bottom for tile in line[1:]):
        return line
    return line[1:]


def _rows_below(tiles: Tiles, line: list[Tile], vocabulary: Vocabulary) -> list[int]:
    """The rows of the table: cells of their own each, until a cell reaches over several columns."""
    found: list[int] = []
    lefts = [label.left for label in line]
    bottom = max(tile.bottom for tile in line)
    for row in tiles.order:
        if row <= bottom:
            continue
        own = tiles.rows[row]
        if len(found) == MOST_ROWS or vocabulary.is_sum(own[0].text):
            break
        wide = any(sum(tile.left <= left <= tile.right for left in lefts) > 1 for tile in own)
        if wide and len(own) > 1:
            break
        if not wide:
            found.append(row)
    return found


def _is_sectioned(tiles: Tiles, columns: Sequence[Column]) -> bool:
    """Whether a name alone across the table stands right under its header."""
    if not columns:
        return False
    below = next((row for row in tiles.order if row > columns[0].label.top), 0)
    line = tiles.rows.get(below, [])
    return len(line) == 1 and line[0].right >= columns[-1].label.left


def _at(tiles: Tiles, row: int, label: Tile) -> Tile | None:
    tile = tiles.at(row, label.left)
    return tile if tile is not None and tile.left >= label.left else None


def _add_points(columns: Sequence[Column], found: dict[int, str]) -> None:
    """The points of a column of scores: numbers right beside it that are never below them, nor above a hundred."""
    fields = [column.field for column in columns]
    score = next((at for at, field in enumerate(fields) if field in ("score", "score_own")), None)
    if "weight" in fields or score is None or not score or fields[score - 1] is not None:
        return
    pairs = [
        (points, given)
        for points, given in zip(columns[score - 1].numbers, columns[score].numbers, strict=True)
        if given is not None
    ]
    if len(pairs) >= FEWEST_ROWS and all(
        points is not None and given <= points <= WHOLE for points, given in pairs
    ):
        found[score - 1] = "weight"


def _add_values(columns: Sequence[Column], found: dict[int, str]) -> None:
    """Targets and results: two columns side by side with values of the same kind in nearly every row."""
    fields = [found.get(at, column.field) for at, column in enumerate(columns)]
    known = tuple(name if name in fields else None for name in ("target", "actual"))
    if None not in known:
        return
    pairs = [
        at
        for at, (one, other) in enumerate(pairwise(columns))
        if (fields[at], fields[at + 1]) == known and _agree(one.texts, other.texts)
    ]
    # 上年实绩 | 计划达成 | 年末达成 are two pairs: which is meant cannot be told.
    if len(pairs) == 1:
        found[pairs[0]], found[pairs[0] + 1] = "target", "actual"


def _agree(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two columns hold values of the same kind, numbers with the same units among them."""
    rows = [(one, other) for one, other in zip(ones, others, strict=True) if one and other]
    if len(rows) < FEWEST_ROWS:
        return False
    parsed = [(quantity.parse(one), quantity.parse(other)) for one, other in rows]
    alike = [one for one, other in parsed if one.kind == other.kind]
    measured = [one for one in alike if one.kind != quantity.TEXT]
    return len(alike) >= MOST * len(rows) and len(measured) * 2 > len(rows)


def _add_names(columns: Sequence[Column], found: dict[int, str], *, sectioned: bool) -> None:
    """The names of rows and their levels: texts before the target, the last of them in every row its own."""
    fields = [found.get(at, column.field) for at, column in enumerate(columns)]
    if "target" not in fields:
        return
    before = [at for at in range(fields.index("target")) if fields[at] is None]
    words = [at for at in before if _are_words(columns[at])]
    if not {"level3", "level4"} & set(fields):
        own = [at for at in words if _is_own(columns[at])]
        if not own:
            return
        found[own[-1]] = "level3"
        words = [at for at in words if at < own[-1]]
    upper = ("level2",) if sectioned else ("level1", "level2")
    free = [name for name in upper if name not in fields]
    found.update(zip(words[-2:], free if len(words) > 1 else free[:1], strict=False))


def _are_words(column: Column) -> bool:
    texts = [text for text in column.texts if text]
    return bool(texts) and all(parse_number(text) is None for text in texts)


def _is_own(column: Column) -> bool:
    """Whether every row has a text of its own in a column."""
    tiles = [tile for tile in column.tiles if tile is not None]
    return len(tiles) == len(column.tiles) and len({tile.text for tile in tiles}) > MOST * len(
        tiles
    )


def _add_reason(columns: Sequence[Column], found: dict[int, str]) -> None:
    """What stands behind the scores in words, here and there, says why points were taken off."""
    fields = [found.get(at, column.field) for at, column in enumerate(columns)]
    if "reason" in fields:
        return
    scores = [at for at, field in enumerate(fields) if field in ("score", "score_own")]
    for at in range(scores[-1] + 1 if scores else len(fields), len(fields)):
        texts = [text for text in columns[at].texts if text]
        if fields[at] is None and all(parse_number(text) is None for text in texts):
            found[at] = "reason"
            return


def complete(
    tiles: Tiles, row: int, header: Header | None, vocabulary: Vocabulary
) -> Header | None:
    """A header with the columns that its contents prove; None where they do not make one either."""
    if header is not None and (header.columns.keys() >= NEEDED or header.top != header.bottom):
        return header
    columns = columns_of(tiles, row, vocabulary)
    if not columns:
        return header
    found = fields_of(columns, sectioned=_is_sectioned(tiles, columns))
    if not found:
        return header
    labels = [(column.label, found.get(at, column.field)) for at, column in enumerate(columns)]
    made = header_of(
        [(label, field) for label, field in labels if field is not None],
        [label for label, field in labels if field is None],
        vocabulary,
    )
    return header if made is None else made._replace(inferred=frozenset(found.values()))
