"""Levels and points of the table's rows, once all rows are known: what spans, blanks and breaks mean."""

from itertools import pairwise

from perfxl.forms.claims import TableRow
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, Field
from perfxl.forms.roles import How
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import normalize_label
from perfxl.forms.words.vocabulary import Vocabulary

UPPER = ("level1", "level2")


def fill(rows: list[TableRow], vocabulary: Vocabulary) -> None:
    """Give every row its level 1 and 2, in place: blank cells repeat what stands above them."""
    _join_broken(rows, vocabulary)
    above = dict.fromkeys(UPPER, ABSENT)
    for row in rows:
        for name in UPPER:
            field, previous = row.fields.get(name, ABSENT), above[name]
            if field.value and field.value == previous.value:
                pass
            elif not field.value or vocabulary.is_blank(str(field.value)):
                field = previous._replace(how=How.REPEATED) if previous.value else ABSENT
                row.fields[name] = field
            elif name == "level1" and field.value != previous.value:
                above["level2"] = ABSENT
            above[name] = field


def spread_merged(rows: list[TableRow], vocabulary: Vocabulary) -> None:
    """Points or a score in one cell merged over several indicators, in place: they are for all.

    Points are shared by the rows as those of a level are; a score is of none of them alone. Rows that
    claim nothing, among rows of which the form asks only for one or some, have no part in either.
    """
    for index, row in enumerate(rows):
        for name, bottom in row.merged.items():
            members = [row, *(other for other in rows[index + 1 :] if other.row <= bottom)]
            field = row.fields[name]
            if len(members) == 1 or field.value is None:
                continue
            claiming = [one for one in members if _claims(one, vocabulary)] or members
            for member in members:
                if member not in claiming and name in member.fields:
                    member.fields[name] = ABSENT
            _give(claiming, name, field)


def _give(members: list[TableRow], name: str, field: Field) -> None:
    """Give points or a score to the rows that they are for, in place."""
    if len(members) == 1:
        members[0].fields[name] = field
    elif name == "score":
        members[0].fields[name] = field._replace(how=How.MERGED)
    else:
        for member in members:
            value = field.value / len(members)
            member.fields[name] = field._replace(value=value, how=How.SHARED)


def _claims(row: TableRow, vocabulary: Vocabulary) -> bool:
    """Whether a row has a target or a result."""
    for name in ("target", "actual"):
        text = row.fields.get(name, ABSENT).text
        if text and not vocabulary.says_nothing(text):
            return True
    return False


def _join_broken(rows: list[TableRow], vocabulary: Vocabulary) -> None:
    """产出 in one cell and 指标 in the cell below it are one level-1 label broken in two."""
    for name in UPPER:
        for first, second in pairwise(rows):
            one, two = first.fields.get(name, ABSENT), second.fields.get(name, ABSENT)
            if one[2:4] == two[2:4] or not one.value or not two.value:
                continue
            if not _are_halves(str(one.value), str(two.value), vocabulary):
                continue
            joined = one._replace(value=str(one.value) + str(two.value), how=How.JOINED)
            for row in rows:
                place = row.fields.get(name, ABSENT)[2:4]
                if place in ((one.row, one.col), (two.row, two.col)):
                    row.fields[name] = joined


def second_half(tiles: Tiles, tile: Tile, vocabulary: Vocabulary) -> Tile | None:
    """The cell right below a level's name that holds the rest of it: 效益 over 指标."""
    below = tiles.below(tile)
    if below is None or not _are_halves(tile.text, below.text, vocabulary):
        return None
    ends = normalize_label(below.text) in grammar().level_endings
    return below if ends or not vocabulary.says_nothing(below.text) else None


def _are_halves(one: str, two: str, vocabulary: Vocabulary) -> bool:
    sections, endings = vocabulary.sections, grammar().level_endings
    second = normalize_label(two)
    if second in sections and second not in endings:
        return False
    whole = normalize_label(one) in sections
    return normalize_label(one + two) in sections or (not whole and two.startswith(endings))
