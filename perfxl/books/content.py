"""What templates read: a form as plain things, in the order and the groups that official forms have.

Names are those of the frames (level1, target, score, …). Rows come twice: as a flat list
(``goal.indicators``) and in their levels (``goal.level1`` → ``level1.level2`` →
``level2.indicators``).
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from perfxl.books.template.program import FORM as FORM_ITSELF
from perfxl.books.template.program import Environment, Item, Labels
from perfxl.forms.model import Field, Form, Goal, Indicator
from perfxl.forms.records import FUND, HEAD, INDICATOR, TEXTS
from perfxl.forms.values import quantity
from perfxl.forms.values.points import points
from perfxl.forms.values.text import label

FORM = (*HEAD, "overall_goal", "overall_result", "total_weight")
ROW = (*INDICATOR, "sign", "measure", "coefficient", "completion", "target_initial", "comment")
NAMES = frozenset({"name", "level1", "level2", "level3"})
PROSE = frozenset(
    {"overall_goal", "overall_result", "comment", "target_initial", "sign", "measure"}
)

Data = dict[str, Any]
Replaced = Mapping[str, Any]
"""Scores to show instead of the claimed ones: budget, rate, goal:2, indicator:14 (a row), total, grade."""


_NO_SPACE = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")
"""White space beside Chinese is layout; between words of another script it is part of the name."""


def held(name: str, field: Field) -> Any:
    """What a cell is to hold: numbers as numbers, texts as they stand; None for a blank place."""
    if name in TEXTS or name in PROSE:
        # A target typed as a plain number stays one; 95% stays a text.
        typed = isinstance(field.raw, Decimal) and f"{field.raw:f}" == field.text
        return field.raw if typed else field.text or None
    if field.value is None:
        return field.text or None
    if name in NAMES and isinstance(field.value, str):
        whole = _NO_SPACE.sub("", field.text.strip())
        return whole if "".join(whole.split()) == field.value else field.value
    return field.value


def content(form: Form, replaced: Replaced | None = None) -> Data:
    """The data of one form.

    Args:
        form: as read.
        replaced: scores to show instead of the claimed ones.

    Returns:
        form, funds, goals, indicators, notes and others; the form's own values also by themselves.
    """
    new = replaced or {}
    indicators = [_indicator(row, new) for row in form.indicators]
    goals = _goals(form, indicators, new)
    funds = [_fund(form, index, new) for index in range(len(form.funds))]
    head = {name: held(name, getattr(form, name)) for name in FORM}
    head["claimed_total"] = new.get("total", head["claimed_total"])
    head["claimed_grade"] = new.get("grade", head["claimed_grade"])
    budget = next((fund["weight"] for fund in funds if fund["weight"] is not None), None)
    head |= {"kind": form.kind, "file": form.file, "sheet": form.sheet, "budget_weight": budget}
    others = Labels("other", {called(*pair): pair[1].text or None for pair in form.others})
    notes = [note.text for note in form.notes if note.text]
    return data(head, funds, goals, indicators, notes, others)


def called(name: Field, value: Field) -> str:
    """The label of a labelled text; of one behind its label in a longer line, the label alone."""
    before, found, _ = name.text.partition(value.text) if value.text else (name.text, "", "")
    if not found:
        return label(name.text)
    words = before.rstrip(" :：\u3000").split()
    return label(words[-1]) if words else label(name.text)


def data(
    head: Mapping[str, Any], funds: Sequence[Item], goals: Sequence[Item], indicators: Sequence[Item],
    notes: Sequence[str], others: Labels,
) -> Data:  # fmt: skip
    """The names that a template finds."""
    return {
        **head, "form": Item("form", head), "funds": list(funds), "goals": list(goals),
        "indicators": list(indicators), "notes": list(notes), "others": others,
    }  # fmt: skip


def _fund(form: Form, index: int, new: Replaced) -> Item:
    fund = form.funds[index]
    values = {name: held(name, getattr(fund, name)) for name in FUND}
    values["score"] = new.get(f"score of fund {index}", values["score"])
    values["rate"] = new.get(f"rate of fund {index}", values["rate"])
    return Item("fund", values | {"total": fund.total, "part": fund.part}, fund)


def _indicator(row: Indicator, new: Replaced) -> Item:
    values = {name: held(name, getattr(row, name)) for name in ROW}
    values["score"] = new.get(f"indicator:{row.row}", values["score"])
    if _of_level(row) is not None:
        # Points that a level shares among its rows stand with the level.
        values["weight"] = None
    return Item("indicator", values | {"goal": row.goal, "row": row.row}, row)


def _of_level(row: Indicator) -> str | None:
    """The level whose label states the points that a row has its weight from."""
    for level in ("level1", "level2"):
        place: Field = getattr(row, level)
        if row.weight.row and row.weight[2:4] == place[2:4]:
            return level
    return None


def _level_points(rows: Sequence[Item], level: str) -> Decimal | None:
    """The points that a level's label states for its rows."""
    source = rows[0].source
    if source is None or _of_level(source) != level:
        return None
    return points(getattr(source, level).text)


def _goals(form: Form, rows: Sequence[Item], new: Replaced) -> list[Item]:
    """The goals with their rows; a form without goals is one block without label."""
    sections = {goal.goal: goal for goal in form.goals if goal.section}
    goals = [goal for goal in form.goals if not goal.section]
    found = [_goal(goal, [row for row in rows if row["goal"] == goal.goal], sections, new)
             for goal in goals]  # fmt: skip
    known = {goal.goal for goal in goals}
    rest = [row for row in rows if row["goal"] not in known]
    return [*found, _goal(None, rest, sections, new)] if rest else found


def _goal(
    goal: Goal | None, rows: list[Item], sections: Mapping[int, Goal], new: Replaced
) -> Item:  # fmt: skip
    values: Data = dict.fromkeys(("number", "name", "label", "weight", "score"))
    if goal is not None:
        values = {name: held(name, getattr(goal, name)) for name in ("name", "label", "weight")}
        values["number"] = goal.goal
        values["score"] = new.get(f"goal:{goal.goal}", held("score", goal.score))
    return goal_item(values, rows, {
        number: {"weight": held("weight", section.weight),
                 "score": new.get(f"goal:{number}", held("score", section.score))}
        for number, section in sections.items()
    }, goal)  # fmt: skip


def goal_item(
    values: Mapping[str, Any], rows: Sequence[Item], sections: Mapping[int, Mapping[str, Any]],
    source: Goal | None = None,
) -> Item:  # fmt: skip
    """A goal of a template's data: its own values, its rows flat and in their levels.

    Args:
        values: number, name, label, weight, score.
        rows: its indicators, in order.
        sections: of a form whose level-1 groups carry points: by number, weight and score.
        source: the goal of the form.
    """
    level1 = []
    for (name, number), group in groupby(rows, lambda row: (row["level1"], row["goal"])):
        members = list(group)
        level2 = []
        for second, below in groupby(members, lambda row: row["level2"]):
            rows_below = list(below)
            weight = _level_points(rows_below, "level2")
            level2.append(
                Item("level2", {"name": second, "weight": weight, "indicators": rows_below})
            )
        own = sections.get(number, {"weight": _level_points(members, "level1"), "score": None})
        level1.append(
            Item("level1", {"name": name, "indicators": members, "level2": level2, **own})
        )
    return Item("goal", {**values, "indicators": list(rows), "level1": level1}, source)


def unplaced(
    form: Form, given: Mapping[str, Any], environment: Environment
) -> list[tuple[str, Field]]:
    """What a form says and a rendering never asked for: the field's name, and the field.

    Args:
        form: as read.
        given: its data, which was rendered.
        environment: of the template, after the rendering.
    """
    asked = environment.was_asked
    placed: set[tuple[int, int]] = set()
    left: dict[tuple[str, str | None], tuple[str, Field]] = {}

    def sort(
        thing: Item | int, names: Sequence[str], source: object, also: Sequence[str] = ()
    ) -> None:
        for name in names:
            field: Field = getattr(source, name)
            if name in also or asked(thing, name):
                # A title that is shown shows its year, too.
                whole = isinstance(field.value, str) and field.value == field.text
                placed.update({field[2:4]} if whole else ())
            elif field.row and quantity.parse(field.text).kind != quantity.BLANK:
                left.setdefault((name, field.cell), (name, field))

    known = [name for name in FORM if asked(FORM_ITSELF, name)]
    sort(given["form"], FORM, form, known)
    weight = ("weight",) if asked(FORM_ITSELF, "budget_weight") else ()
    for fund in given["funds"]:
        sort(fund, FUND, fund.source, weight)
    sections = {goal.goal: goal for goal in form.goals if goal.section}
    for goal in given["goals"]:
        if goal.source is not None:
            sort(goal, ("name", "weight", "score"), goal.source)
        for level1 in goal["level1"]:
            own = sections.get(level1["indicators"][0]["goal"])
            if own is not None:
                sort(level1, ("weight", "score"), own)
            for level2 in level1["level2"]:
                for row in level2["indicators"]:
                    shown = [name for name, thing in (("level1", level1), ("level2", level2))
                             if asked(thing, "name")]  # fmt: skip
                    level = {"level1": level1, "level2": level2}.get(_of_level(row.source) or "")
                    if level is not None and asked(level, "weight"):
                        shown.append("weight")
                    sort(row, _own(row.source), row.source, shown)
    if not asked(FORM_ITSELF, "notes"):
        left |= {("notes", note.cell): ("notes", note) for note in form.notes if note.text}
    left |= {
        (name.text, value.cell): (name.text, value)
        for name, value in form.others
        if value.text and not asked(given["others"], called(name, value))
    }
    return [(name, field) for name, field in left.values() if field[2:4] not in placed]


def _own(row: Indicator) -> list[str]:
    """The fields of a row, without the parts of a split target, which are in the target."""
    return [
        name
        for name in ROW
        if name not in ("sign", "measure") or getattr(row, name).text not in row.target.text
    ]
