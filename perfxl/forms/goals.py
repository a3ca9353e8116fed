"""Goals: their labels, points, claimed scores, and the projects they are named after."""

import re

from perfxl.forms import fields, indicators
from perfxl.forms.grammar import cardinal
from perfxl.forms.headers import Header
from perfxl.forms.model import ABSENT, Field, Goal
from perfxl.forms.reading import Reading
from perfxl.forms.text import fold, label, points
from perfxl.forms.tiles import Tile
from perfxl.forms.vocabulary import Vocabulary

_LATER_GOAL = re.compile(r"目标[0-9一二三四五六七八九十]{1,2}")
MOST_IN_GOAL_ROW = 4
"""A goal's row holds its label and its scores; a row of the table holds more."""
MOST_KNOWN = 8192
NEAR = 4
"""How many rows below a goal's label its table may begin."""


def goal_number(reading: Reading, tile: Tile) -> int | None:
    """The number in a goal's label: 目标3, 目标十二."""
    known = reading.vocabulary.goals
    if tile.text not in known:
        if len(known) > MOST_KNOWN:
            known.clear()
        known[tile.text] = _number(fold(tile.text), reading.vocabulary)
    return known[tile.text]


def _number(text: str, vocabulary: Vocabulary) -> int | None:
    match = vocabulary.goal.match(text)
    if match is None:
        unnumbered = vocabulary.unnumbered_goal.match(text)
        return 1 if unnumbered and points(text) is not None else None
    return cardinal(match["number"])


def goal_label(reading: Reading, row: int, running: Header | None = None) -> int | None:
    """A goal's own row: its label, its points, and the score claimed for it.

    Args:
        reading: the reading of the form.
        row: the row that may be a goal's.
        running: the header of the table that the row may be part of instead.
    """
    for tile in reading.tiles.rows[row][:2]:
        number = goal_number(reading, tile)
        if number is None:
            continue
        if running is not None and names_indicator(reading, row, running):
            return None
        following = next((h for h in reading.headers if h.top > row), None)
        near = following is not None and following.top - tile.bottom <= NEAR
        worth = points(tile.text)
        if worth is None and not (near and heads_block(reading, tile, row, following)):
            return None
        if len(reading.tiles.rows[row]) > MOST_IN_GOAL_ROW:
            return None
        known = {goal.goal for goal in reading.goals}
        if number in known:
            number = max(known) + 1
        reading.take(tile, "goal")
        weight = ABSENT if worth is None else Field(worth, tile.text, tile.top, tile.left, "label")
        header = following if near else (reading.headers[0] if reading.headers else None)
        reading.goals.append(
            Goal(
                number,
                label=fields.of_text(tile, "label")._replace(value=fields.tidy(tile.text)),
                name=goal_name(reading, tile, header if near else None),
                weight=weight,
                score=reading.at_column(row, header, "score", tile),
                review=reading.at_column(row, header, "review", tile, required=False),
            )
        )
        return number
    return None


def names_indicator(reading: Reading, row: int, header: Header) -> bool:
    """Whether a row names an indicator of a table: 绩效目标（10分） before it is then a level's name."""
    left, right = header.columns.get("level3", (0, 0))
    tile = reading.tiles.at(row, left) if left else None
    return tile is not None and tile.top == row and left <= tile.left <= right


def goal_beside(reading: Reading, row: int, header: Header) -> int | None:
    """A goal's label merged down beside its block, from the header's row or the first one below it.

    Such a goal has no score of its own. A label that only repeats what stands in a row of its own
    above the header begins nothing.
    """
    for col in range(header.left - 1, 0, -1):
        tile = reading.tiles.at(row, col)
        if tile is None or tile.top != row:
            continue
        number = goal_number(reading, tile)
        if number is None:
            continue
        worth = points(tile.text)
        if worth is None and tile.bottom <= header.bottom:
            continue
        if reading.goals and all(goal != reading.goals[-1].goal for goal, _ in reading.raws):
            return None
        known = {goal.goal for goal in reading.goals}
        if number in known:
            number = max(known) + 1
        reading.take(tile, "goal")
        reading.goals.append(
            Goal(
                number,
                label=fields.of_text(tile, "label")._replace(value=fields.tidy(tile.text)),
                name=side_name(reading, row, tile, header),
                weight=ABSENT
                if worth is None
                else Field(worth, tile.text, tile.top, tile.left, "label"),
            )
        )
        return number
    return None


def side_name(reading: Reading, row: int, label_tile: Tile, header: Header) -> Field:
    """The project of a goal whose label stands beside its block: another side label, or words behind."""
    for col in range(header.left - 1, 0, -1):
        side = reading.tiles.at(row, col)
        if side is not None and side is not label_tile:
            name = project_name(reading, side)
            if name.value:
                return name
    return name_behind(label_tile)


def project_name(reading: Reading, side: Tile) -> Field:
    """The project that a side label is made of: 人才培养年度绩效指标 → 人才培养."""
    if fields.of_number(side).value is not None:
        return ABSENT
    compact = "".join(side.text.split()).rstrip(":：")
    name = reading.vocabulary.side_label.sub("", compact)
    if not name or label(compact) in reading.vocabulary.structure:
        return ABSENT
    return Field(name, side.text, side.top, side.left, "span")


def name_behind(tile: Tile) -> Field:
    """The words behind a goal's label: 年度绩效目标1：人才培养（8分）."""
    text = "".join(tile.text.split())
    _, colon, rest = text.replace("：", ":").partition(":")
    rest = indicators.without_points(rest) if colon else ""
    return Field(rest, tile.text, tile.top, tile.left, "label") if rest else ABSENT


def heads_block(reading: Reading, tile: Tile, row: int, header: Header | None) -> bool:
    """Without points, a goal's label is told from prose by its place: it heads its table."""
    line = reading.tiles.rows[row]
    return (
        header is not None
        and line[0] is tile
        and tile.left <= header.left
        and len(line) <= 2
        and len(reading.vocabulary.goal.findall(fold(tile.text))) == 1
        and len(_LATER_GOAL.findall(fold(tile.text))) == 1
    )


def goal_name(reading: Reading, tile: Tile, header: Header | None) -> Field:
    """A goal's project: the side label of its block, else the words behind the label."""
    known = header or (reading.headers[0] if reading.headers else None)
    if known is not None:
        # Nearest to the table first: a binding margin or a column of numbers may stand left of it.
        below = next((row for row in reading.rows if row > tile.bottom), tile.bottom + 1)
        for col in range(known.left - 1, 0, -1):
            side = reading.tiles.at(header.top if header is not None else below, col)
            name = ABSENT if side is None else project_name(reading, side)
            if name.value:
                return name
    return name_behind(tile)
