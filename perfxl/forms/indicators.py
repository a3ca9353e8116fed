"""Rows of the table of indicators: three levels from spans, target and actual, weight and score."""

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from perfxl.forms import fields
from perfxl.forms.headers import Header
from perfxl.forms.model import ABSENT, Field, Indicator
from perfxl.forms.text import fold, label, number, points
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary

Row = dict[str, Any]
LEVELS = ("level1", "level2", "level3")
VALUES = ("target", "actual", "weight", "score", "reason", "measure", "property", "coefficient",
          "completion", "review", "target_initial", "comment")  # fmt: skip
NUMBERS = frozenset({"weight", "score", "review", "weight_level1", "weight_level2"})
MERGED = frozenset({"weight", "score"})
COMPARATORS = frozenset("≥>≤<=≧≦═﹦＞＜＝⩾⩽") | {">=", "<=", "=>", "=<", "≥=", "≤="}


def read_row(
    tiles: Tiles,
    row: int,
    header: Header,
    vocabulary: Vocabulary,
    take: Callable[[Tile, str], None],
) -> Row | None:
    """One row under a header as raw fields, or None if the row holds no indicator."""
    found, wide = _tiles_by_column(tiles, row, header)
    own = {name: tile for name, tile in found.items() if tile.top == row}
    if wide is not None and "score" in own and not _is_named_by(wide, own, header, vocabulary):
        return None
    if wide is None and _is_strange_sum(tiles, row, header, own, vocabulary):
        return None
    if wide is not None and own.keys() & {"target", "actual", "score"}:
        found["level3"] = own["level3"] = wide
        if "level1" in header.columns and "level1" not in own:
            found["level1"] = wide
    telling = ["level3", "target", "actual", "score", "weight"]
    if "level3" not in header.columns:
        telling += ["level2", "level1"]
    content = [name for name in telling if name in own]
    if not any(_says(name, own[name].text, vocabulary) for name in content):
        return None
    _split_target(tiles, row, header, found)
    raw: Row = {"row": row}
    for name, tile in found.items():
        if name in LEVELS:
            raw[name] = fields.of_name(tile, "column" if tile.top == row else "span")
            take(tile, name)
        elif tile.top == row or name == "reason" or name.startswith("weight_"):
            raw[name] = _value(name, tile, row)
            take(tile, name)
            if tile.top == row < tile.bottom and name in MERGED:
                raw.setdefault("merged", {})[name] = tile.bottom
        else:
            raw[name] = ABSENT
    for name, (left, _) in header.columns.items():
        if name in found:
            continue
        if name in LEVELS:
            raw[name] = ABSENT
        elif name in VALUES:
            raw[name] = fields.empty(tiles, row, left)
    return raw


def _tiles_by_column(tiles: Tiles, row: int, header: Header) -> tuple[dict[str, Tile], Tile | None]:
    """Column → the tile of a row in it, from above where it is merged; and a name merged over all levels."""
    found: dict[str, Tile] = {}
    wide: Tile | None = None
    at = tiles.at_position
    for name, (left, right) in header.columns.items():
        for col in range(left, right + 1):
            tile = at((row, col))
            if tile is not None and tile.left >= left:
                found[name] = tile
                break
            if tile is not None and name == "level3" and tile.top == row and tile.right >= right:
                # 预算执行率 merged over all levels names the indicator.
                wide = tile
                break
    return found, wide


def _is_named_by(wide: Tile, own: dict[str, Tile], header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a label over all levels names an indicator: 预算执行率, or anything with a target.

    A strange label with nothing but points (最后评定 | 100 | 95) is a sum that nobody knows; taken for an
    indicator, it would be accused of lacking everything.
    """
    if own.keys() & {"target", "actual"}:
        return True
    judged = header.columns.keys() & {"target", "actual"}
    return not judged or label(wide.text) in vocabulary.sections


def _is_strange_sum(
    tiles: Tiles, row: int, header: Header, own: dict[str, Tile], vocabulary: Vocabulary
) -> bool:
    """最后评定 | | | | | 100 | 95: points behind a label of its own, and no name, target or actual."""
    said = {"level2", "level3", "target", "actual"}
    if "score" not in own or own.keys() & said or not header.columns.keys() & {"target", "actual"}:
        return False
    first = tiles.rows[row][0]
    begins = first.top == row == first.bottom and first.left <= header.left
    text = label(first.text)
    return begins and bool(text) and number(first.text) is None and text not in vocabulary.sections


def _split_target(tiles: Tiles, row: int, header: Header, found: dict[str, Tile]) -> None:
    """≥ | 50 | 公里 in three cells under one merged label 年度指标值, told apart in place."""
    left, right = header.columns.get("target", (0, 0))
    if left == right:
        return
    line = [tile for tile in tiles.rows[row] if left <= tile.left <= right]
    at = next((at for at, tile in enumerate(line) if any(c.isdigit() for c in tile.text)), None)
    if len(line) < 2 or at is None or header.columns.keys() & {"property", "measure"}:
        return
    found["target"] = line[at]
    if at and fold(line[at - 1].text) in COMPARATORS:
        found["property"] = line[at - 1]
    if at + 1 < len(line) and not any(c.isdigit() for c in line[at + 1].text):
        found["measure"] = line[at + 1]


def _value(name: str, tile: Tile, row: int) -> Field:
    how = "column" if tile.top == row else "span"
    if name in NUMBERS:
        field = fields.of_number(tile, how)
        if name.startswith("weight") and field.value is not None and "%" in fold(tile.text):
            # 权重 20% is 20 of 100 points.
            return field._replace(value=field.value * 100)
        return field
    if name in ("coefficient", "completion"):
        return fields.of_share(tile, how)
    return fields.of_text(tile, how)


def _says(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell of a row says anything: no residue of a template, no mere stroke."""
    folded = fold(text)
    if vocabulary.residue.match(folded):
        return False
    return name == "level3" or folded not in vocabulary.blanks


def fill_levels(rows: list[Row], vocabulary: Vocabulary) -> None:
    """Give every row its level 1 and 2, in place: blank cells repeat what stands above them."""
    _join_broken(rows, vocabulary)
    above: Row = {}
    for raw in rows:
        for name in ("level1", "level2"):
            field: Field = raw.get(name, ABSENT)
            if not field.value or vocabulary.is_blank(str(field.value)):
                previous: Field = above.get(name, ABSENT)
                raw[name] = previous._replace(how="repeated") if previous.value else ABSENT
            elif name == "level1" and field.value != above.get("level1", ABSENT).value:
                above = {"level1": field}
            above[name] = raw[name]


def spread_merged(raws: list[Row]) -> None:
    """Points or a score in one cell merged over several indicators, in place: they are for all.

    Points are shared by the rows as those of a level are; a score is of none of them alone.
    """
    for index, raw in enumerate(raws):
        for name, bottom in raw.get("merged", {}).items():
            members = [raw, *(other for other in raws[index + 1 :] if other["row"] <= bottom)]
            field: Field = raw[name]
            if len(members) == 1 or field.value is None:
                continue
            if name == "score":
                raw[name] = field._replace(how="merged")
                continue
            each = field._replace(value=field.value / len(members), how="shared")
            for member in members:
                member[name] = each


def _join_broken(rows: list[Row], vocabulary: Vocabulary) -> None:
    """产出 in one cell and 指标 in the cell below it are one level-1 label broken in two."""
    for name in ("level1", "level2"):
        for first, second in pairwise(rows):
            one: Field = first.get(name, ABSENT)
            two: Field = second.get(name, ABSENT)
            if not one.value or not two.value or (one.row, one.col) == (two.row, two.col):
                continue
            both = label(str(one.value) + str(two.value))
            if label(str(two.value)) in vocabulary.sections and label(str(two.value)) != "指标":
                continue
            whole = label(str(one.value)) in vocabulary.sections
            if both not in vocabulary.sections and (whole or not str(two.value).startswith("指标")):
                continue
            joined = one._replace(value=str(one.value) + str(two.value), how="joined")
            for raw in rows:
                if raw.get(name, ABSENT)[2:4] in ((one.row, one.col), (two.row, two.col)):
                    raw[name] = joined


def build(raw: Row, goal: int | None) -> Indicator:
    """The indicator of a raw row: split targets joined, points taken out of names."""
    measure: Field = raw.get("measure", ABSENT)
    sign: Field = raw.get("property", ABSENT)
    target: Field = raw.get("target", ABSENT)
    initial: Field = raw.get("target_initial", ABSENT)
    if not target.text and initial.text:
        target = initial
    target = joined(target, sign, measure)
    weight: Field = raw.get("weight", ABSENT)
    level3: Field = raw.get("level3", ABSENT)
    if weight.value is None and level3.value and weight.text == "":
        worth = points(str(level3.value))
        if worth is not None:
            weight = Field(worth, level3.text, level3.row, level3.col, "label")
    comment: Field = raw.get("comment", ABSENT)
    if not comment.text:
        # What a row says of itself may stand in any column of words.
        said = [raw.get(name, ABSENT) for name in ("remark", "measures")]
        said += [raw.get("told", ABSENT)._replace(how="told")]
        comment = next((field for field in said if field.text), comment)
    standard: Field = raw.get("formula", ABSENT)
    if standard.text and "分" not in standard.text:
        # 数据来源 may come before 评分标准.
        others = (field for name, field in raw.items() if name.startswith("formula"))
        standard = next((field for field in others if "分" in field.text), ABSENT)
    return Indicator(
        goal=goal,
        row=raw["row"],
        level1=bare(raw.get("level1", ABSENT)),
        level2=bare(raw.get("level2", ABSENT)),
        level3=bare(level3),
        target=target,
        actual=raw.get("actual", ABSENT),
        weight=weight,
        score=raw.get("score", ABSENT),
        reason=raw.get("reason", ABSENT),
        measure=measure,
        sign=sign,
        coefficient=raw.get("coefficient", ABSENT),
        completion=raw.get("completion", ABSENT),
        review=raw.get("review", ABSENT),
        target_initial=initial,
        comment=comment,
        standard=standard,
    )


def joined(target: Field, sign: Field, measure: Field) -> Field:
    """A target split over cells as one text: ≧ | 735 | 人次 → ≧735人次."""
    text = target.text
    if not text or not any(character.isdigit() for character in text):
        return target
    parts = text
    if sign.text and fold(sign.text) in COMPARATORS and fold(text)[:1] not in COMPARATORS:
        parts = sign.text + parts
    unit = fold(measure.text)
    if (
        unit
        and not fold(text).endswith(unit)
        and not fold(text).endswith("%")
        and unit not in ("/", "-", "—", "无")
        # 220 of 1/10万 is not 2201/10万.
        and not unit[0].isdigit()
    ):
        parts = parts + measure.text
    return target if parts == text else target._replace(value=parts, text=parts, how="joined")


def bare(field: Field) -> Field:
    """A level's name without the points that stand in brackets behind it."""
    if not field.value:
        return field
    name = str(field.value)
    worth = points(name)
    if worth is None:
        return field
    return field._replace(value=without_points(name))


_POINTS_BEHIND = re.compile(r"[0-9０-９.．]+分$")


def without_points(name: str) -> str:
    """数量指标（10分） → 数量指标; 数量指标15分 → 数量指标."""
    for opening, closing in ("（）", "()", "【】", "[]"):
        start = name.rfind(opening)
        while start >= 0:
            end = name.find(closing, start)
            if end > start and points(name[start : end + 1]) is not None:
                return name[:start] + name[end + 1 :]
            start = name.rfind(opening, 0, start)
    return _POINTS_BEHIND.sub("", name) or name


def _level_points(raw: Row, level: str) -> tuple[Field, Decimal | None]:
    """The points of a row's level: in the level's own column of weights, or in its label."""
    column: Field = raw.get(f"weight_{level}", ABSENT)
    if column.value is not None:
        return column, column.value
    field: Field = raw.get(level, ABSENT)
    return field, points(str(field.value)) if field.value else None


def share_weights(indicators: list[Indicator], raws: list[Row]) -> list[Indicator]:
    """Weights stated only in level labels (数量指标15分), shared equally by the rows below them."""
    if any(row.weight.value is not None for row in indicators):
        return indicators
    shared = list(indicators)
    for level in ("level2", "level1"):
        groups: dict[tuple[Any, ...], list[int]] = {}
        stated: dict[tuple[Any, ...], tuple[Field, Decimal]] = {}
        for index, raw in enumerate(raws):
            field, worth = _level_points(raw, level)
            if worth is not None:
                # The same label in every row, or again after a page break, is one level.
                upper = bare(raw.get("level1", ABSENT)).value
                key = (indicators[index].goal, upper, bare(raw.get(level, ABSENT)).value)
                groups.setdefault(key, []).append(index)
                stated.setdefault(key, (field, worth))
        for place, members in groups.items():
            if any(shared[index].weight.value is not None for index in members):
                continue
            field, worth = stated[place]
            # One row alone has the level's points for its own; several share them.
            how = "shared" if len(members) > 1 else "label"
            each = Field(worth / len(members), field.text, field.row, field.col, how)
            for index in members:
                shared[index] = shared[index]._replace(weight=each)
    return shared
