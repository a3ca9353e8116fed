"""Expected readings: the records of the machine output, filled from what was drawn.

A field is a `Seen`, or a pair of value and address. A place that the form has but that is blank is
(None, address); a place that the form does not have is (None, None).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from drawing import Content, Page, Seen, bare

FORM = (
    "title",
    "unit",
    "year",
    "department",
    "project",
    "money_unit",
    "basic_expenditure",
    "project_expenditure",
    "claimed_total",
    "claimed_grade",
    "deviation_reason",
    "improvement",
)
FUNDS = ("name", "initial", "budget", "executed", "rate", "weight", "score")
GOAL = ("name", "label", "weight", "score")
INDICATOR = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
Field = Seen | tuple[Any, str | None] | None


def record(columns: tuple[str, ...], **fields: Field) -> dict[str, Any]:
    """Each column with its cell; what is not given is absent."""
    unknown = set(fields) - set(columns)
    if unknown:
        raise KeyError(*unknown)
    made: dict[str, Any] = {}
    for column in columns:
        given = fields.get(column)
        value, cell = (None, None) if given is None else (given[0], given[-1])
        made |= {column: value, f"{column}_cell": cell}
    return made


def form(page: Page, kind: str, parts: dict[str, Any], **fields: Field) -> dict[str, Any]:
    """One form: its fields, and the lists funds, goals, indicators and unread."""
    head = {"sheet": page.name, "kind": kind} | record(FORM, **fields)
    return head | {name: parts.get(name, []) for name in ("funds", "goals", "indicators", "unread")}


def as_shown(seen: Seen) -> Field:
    """A target, an actual value: the text that the cell shows."""
    return (seen.text, seen.cell)


def collapsed(text: str) -> str:
    """A label with runs of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def named(text: str) -> str:
    """A name without white space and without points in brackets or at its end."""
    return re.sub(r"[（(]?\d+(\.\d+)?分[）)]?$", "", bare(text))


@dataclass
class Row:
    """One indicator. A level of "" continues the merged area above.

    Attributes:
        weight: points that the form states for the row, wherever it states them.
        weight_in: column, level3, level2, level1: which cell states them.
        extra: contents of further columns by role (measure, coefficient, review, …).
        deep: roles whose cell is merged over more rows than this one, and over how many.
    """

    level1: str
    level2: str
    level3: str
    target: Content = None
    actual: Content = None
    score: Content = None
    weight: Content = None
    reason: str | None = None
    weight_in: str = "column"
    extra: dict[str, Content] = field(default_factory=dict)
    deep: dict[str, int] = field(default_factory=dict)


LEVELS = ("level1", "level2", "level3")
TEXTS = ("target", "actual", "reason")
KINDS = ("定性", "文字描述")
"""What stands in place of a comparator where a target is a text."""


def draw_rows(
    page: Page, top: int, columns: dict[str, tuple[int, int]], rows: list[Row], goal: int | None
) -> list[dict[str, Any]]:
    """Draw indicator rows; roles in `columns` say at which column and how wide.

    A target that is split stands under the roles sign, target and measure; its text is joined and
    its cell is that of the value.
    """
    indicators = []
    levels: dict[str, Seen] = {}
    for index, row in enumerate(rows):
        at = top + index
        for level in ("level1", "level2"):
            text = getattr(row, level)
            if level in columns and text:
                below = rows[index + 1 :]
                depth = 1 + next((i for i, r in enumerate(below) if _starts(r, level)), len(below))
                col, cols = columns[level]
                depth = row.deep.get(level, depth)
                levels[level] = page.put(at, col, text, "label", rows=depth, cols=cols)
        seen: dict[str, Seen] = dict(levels)
        for role, (col, cols) in columns.items():
            if role not in {"level1", "level2"}:
                content = row.extra[role] if role in row.extra else getattr(row, role, None)
                look = "left" if role in {"level3", "reason"} else "cell"
                depth = row.deep.get(role, 1)
                seen[role] = page.put(at, col, content, look, rows=depth, cols=cols)
        indicators.append({"goal": goal} | record(INDICATOR, **_fields(row, seen)))
    return indicators


def _starts(row: Row, level: str) -> bool:
    return bool(row.level1) or (level == "level2" and bool(row.level2))


def _fields(row: Row, seen: dict[str, Seen]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for level in LEVELS:
        if level in seen:
            fields[level] = (named(str(seen[level].value)), seen[level].cell)
    for role in TEXTS:
        if role in seen:
            fields[role] = as_shown(seen[role])
    if "sign" in seen:
        # An adjusted target counts; where none is given, the initial one does.
        held = seen["target"] if seen["target"].text else seen.get("initial_target", seen["target"])
        sign, measure = seen["sign"].text or "", seen["measure"].text or ""
        if not held.text and measure:
            held = seen["measure"]
            measure = ""
        # 定性 names a kind and is no comparator; a stroke is no unit.
        joined = [sign if sign not in KINDS else "", held.text or "", measure.strip("-—/")]
        fields["target"] = ("".join(joined) or None, held.cell)
    if "score" in seen:
        fields["score"] = (seen["score"].value, seen["score"].cell)
    if "weight" in seen:
        fields["weight"] = (seen["weight"].value, seen["weight"].cell)
    elif row.weight is not None:
        fields["weight"] = (row.weight, seen[row.weight_in].cell)
    return fields


def sections(
    indicators: list[dict[str, Any]], stated: dict[str, tuple[str, float | None]]
) -> list[dict[str, Any]]:
    """Goals of a form without goals: one per level-1 block, and each row's `goal` set to it.

    Args:
        indicators: as drawn, in order.
        stated: by name, the label as written and the weight that it states.
    """
    numbers: dict[str, int] = {}
    goals = []
    for indicator in indicators:
        name = indicator["level1"]
        if name not in numbers:
            numbers[name] = len(numbers) + 1
            label, weight = stated[name]
            cell = indicator["level1_cell"]
            goals.append(
                {"goal": numbers[name]}
                | record(
                    GOAL,
                    name=(name, cell),
                    label=(collapsed(label), cell),
                    weight=(weight, cell) if weight is not None else None,
                )
            )
        indicator["goal"] = numbers[name]
    return goals


def draw_funds(
    page: Page,
    top: int,
    columns: dict[str, tuple[int, int]],
    rows: list[tuple[str, dict[str, Content]]],
) -> list[dict[str, Any]]:
    """Draw rows of money: the name and the figures by role; a role without a figure stays blank."""
    funds = []
    for index, (name, figures) in enumerate(rows):
        seen: dict[str, Field] = {}
        for role, (col, cols) in columns.items():
            look = "left" if role == "name" else "cell"
            content = name if role == "name" else figures.get(role)
            drawn = page.put(top + index, col, content, look, cols=cols)
            seen[role] = (bare(name), drawn.cell) if role == "name" else drawn
        funds.append(record(FUNDS, **{role: seen[role] for role in seen if role in FUNDS}))
    return funds


def draw_heads(
    page: Page, row: int, columns: dict[str, tuple[int, int]], heads: dict[str, str]
) -> None:
    """One header row: the words of each role over its columns."""
    for role, (col, cols) in columns.items():
        page.put(row, col, heads.get(role), "head", cols=cols)
