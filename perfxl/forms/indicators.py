"""Indicators made of the table's rows: split targets joined, points taken out of names or shared."""

import re
from collections.abc import Mapping
from typing import Any

from perfxl.forms.claims import TableRow
from perfxl.forms.layout import fields
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Indicator
from perfxl.forms.roles import How
from perfxl.forms.values import quantity
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.points import parse_points, without_points
from perfxl.forms.values.text import has_digit, normalize

LEVELS = ("level1", "level2", "level3")
COMPARATORS = frozenset("≥>≤<=≧≦═﹦＞＜＝⩾⩽") | {">=", "<=", "=>", "=<", "≥=", "≤="}
_DIGITS = re.compile(r"[0-9]")
_REMARK = re.compile(r"(?P<unit>[^()（）]+)[(（](?P<remark>[^()（）]+)[)）]")
COMMENTS = ("comment", "remark", "measures", "told")
USED = frozenset(
    {*LEVELS, "actual", "coefficient", "completion", "measure", "property", "reason", "review", "score", "target",
     "target_initial", "weight"}
)  # fmt: skip

NO_WORDS: tuple[Field, Field, tuple[tuple[Field, Field], ...]] = (ABSENT, ABSENT, ())


def build(row: TableRow, labels: Mapping[str, Tile]) -> Indicator:
    """The indicator of a row.

    Args:
        row: the row with its levels filled.
        labels: column → the label over it, for columns that no field of an indicator is made of.
    """
    get = row.fields.get
    level3 = get("level3", ABSENT)
    initial = get("target_initial", ABSENT)
    target = get("target", ABSENT)
    if not target.text and initial.text:
        target = initial
    measure = get("measure", ABSENT)
    if target.row and _is_words(measure.text) and normalize(target.text) in grammar().blanks:
        # 文字描述 | | 按期完工: a target in words stands where the unit of a number would.
        target, measure = measure, ABSENT
    # In the order of the class: twice as fast as by name, which hundreds of rows feel.
    return Indicator(
        row.goal,
        row.row,
        bare(get("level1", ABSENT)),
        bare(get("level2", ABSENT)),
        bare(level3),
        join_target(without_remark(target), get("property", ABSENT), measure),
        without_remark(get("actual", ABSENT)),
        _weight(get("weight", ABSENT), level3),
        get("score", ABSENT),
        get("reason", ABSENT),
        measure,
        get("property", ABSENT),
        get("coefficient", ABSENT),
        get("completion", ABSENT),
        get("review", ABSENT),
        initial,
        *(NO_WORDS if row.fields.keys() <= USED else _words(row, labels)),
    )


def _words(
    row: TableRow, labels: Mapping[str, Tile]
) -> tuple[Field, Field, tuple[tuple[Field, Field], ...]]:
    """What a row says of itself, how it is scored, and what stands in columns that no rule needs."""
    comment, standard = _comment(row), _standard(row)
    further = tuple(
        (fields.of_text(labels[name], How.LABEL) if name in labels else ABSENT, field)
        for name, field in row.fields.items()
        if name not in USED and field.text and field[2:4] not in (comment[2:4], standard[2:4])
    )
    return comment, standard, further


def _is_words(text: str) -> bool:
    """Whether a cell for the unit holds words that are none."""
    return bool(text) and normalize(text) not in grammar().blanks and not quantity.is_unit(text)


def _weight(weight: Field, level3: Field) -> Field:
    """The row's own points, from its column or else from its name."""
    if weight.value is not None or weight.text or not level3.value:
        return weight
    worth = parse_points(str(level3.value))
    if worth is None:
        return weight
    return Field(worth, level3.text, level3.row, level3.col, How.LABEL)


def _comment(row: TableRow) -> Field:
    """What a row says of itself, in whichever column of words."""
    for name in COMMENTS:
        field = row.fields.get(name)
        if field is not None and field.text:
            return field._replace(how=How.TOLD) if name == "told" else field
    return row.fields.get("comment", ABSENT)


def _standard(row: TableRow) -> Field:
    """How the form itself says the row is scored; 数据来源 may come before 评分标准."""
    standard = row.fields.get("formula", ABSENT)
    if not standard.text or "分" in standard.text:
        return standard
    others = (field for name, field in row.fields.items() if name.startswith("formula"))
    return next((field for field in others if "分" in field.text), ABSENT)


def join_target(target: Field, sign: Field, measure: Field) -> Field:
    """A target split over cells as one text: ≧ | 735 | 人次 → ≧735人次; a unit is said once."""
    text = target.text
    if not (sign.text or measure.text) or not text or not has_digit(text):
        return target
    parts = text
    if sign.text and normalize(sign.text) in COMPARATORS and normalize(text)[:1] not in COMPARATORS:
        parts = sign.text + parts
    unit = unit_alone(measure.text)
    tail = _DIGITS.split(normalize(text))[-1]
    said = tail and (
        tail == "%" or tail.startswith(normalize(unit)) or normalize(unit).startswith(tail)
    )
    # 220 of 1/10万 is not 2201/10万.
    if unit and not said and normalize(unit) not in grammar().blanks and not unit[0].isdigit():
        parts = parts + unit
    return target if parts == text else target._replace(value=parts, text=parts, how=How.JOINED)


def unit_alone(text: str) -> str:
    """A unit without the remark in brackets behind it: 天（日） → 天, 百分比（%） → %."""
    match = _REMARK.fullmatch(text.strip())
    if match is None:
        return text.strip()
    symbol = normalize(match["remark"])
    return symbol if symbol and not symbol[0].isalnum() else match["unit"]


def without_remark(value: Field) -> Field:
    """A value without the remark on its unit behind it: 95%（百分比） → 95%."""
    if not value.text.endswith((")", "）")):
        return value
    folded = normalize(value.text)
    for remark in grammar().unit_remarks:
        if folded.endswith(remark) and not folded.removesuffix(remark)[-1:].isdigit():
            bare = value.text[: max(map(value.text.rfind, "(（"))].rstrip()
            return value._replace(value=bare, text=bare)
    return value


def bare(field: Field) -> Field:
    """A level's name without the points that stand in brackets behind it."""
    if not field.value:
        return field
    name = str(field.value)
    worth = parse_points(name)
    if worth is None:
        return field
    return field._replace(value=without_points(name))


def share_weights(indicators: list[Indicator], rows: list[TableRow]) -> list[Indicator]:
    """Weights stated only in level labels (数量指标15分), shared equally by the rows below them.

    A form may have a table with a column of points and another one without.
    """
    weighed = {
        row.columns
        for row, one in zip(rows, indicators, strict=True)
        if one.weight.value is not None
    }
    unweighed = [(index, row) for index, row in enumerate(rows) if row.columns not in weighed]
    shared = list(indicators)
    for level in ("upper_level3", "level2", "level1"):
        # The same label in every row, or again after a page break, is one level.
        groups: dict[tuple[Any, ...], list[int]] = {}
        stated: dict[tuple[Any, ...], Field] = {}
        for index, row in unweighed:
            points = _level_points(row, level)
            if points is not None:
                upper = bare(row.fields.get("level1", ABSENT)).value
                key = (row.goal, upper, bare(row.fields.get(level, ABSENT)).value)
                groups.setdefault(key, []).append(index)
                stated.setdefault(key, points)
        for key, members in groups.items():
            if any(shared[index].weight.value is not None for index in members):
                continue
            points = stated[key]
            # One row alone has the level's points for its own; several share them.
            how = How.SHARED if len(members) > 1 else How.LABEL
            each = Field(points.value / len(members), *points[1:4], how)
            for index in (at for at in members if not shared[at].weight.text):
                shared[index] = shared[index]._replace(weight=each)
    return shared


def _level_points(row: TableRow, level: str) -> Field | None:
    """The points of a row's level, if it has any: in the level's own column of weights, or in its label."""
    column = row.fields.get(f"weight_{level}")
    if column is not None and column.value is not None:
        return column
    field = row.fields.get(level)
    worth = parse_points(str(field.value)) if field is not None and field.value else None
    return None if field is None or worth is None else field._replace(value=worth)
