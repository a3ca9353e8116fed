"""What templates read: a form as plain things, in the order and the groups that official forms have.

Names are those of the frames (level1, target, score, …). Rows come twice: as a flat list
(``goal.indicators``) and in their levels (``goal.level1`` → ``level1.level2`` →
``level2.indicators``).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from perfxl.books.template.program import Item, Labels
from perfxl.forms import quantity
from perfxl.forms.model import Field, Form, Goal, Indicator
from perfxl.forms.records import FUND, HEAD, INDICATOR, TEXTS
from perfxl.forms.text import label

FORM = (*HEAD, "overall_goal", "overall_result", "total_weight")
ROW = (*INDICATOR, "sign", "measure", "coefficient", "completion", "target_initial", "comment")
PROSE = frozenset(
    {"overall_goal", "overall_result", "comment", "target_initial", "sign", "measure"}
)

Data = dict[str, Any]
Replaced = Mapping[str, Any]
"""Scores to show instead of the claimed ones: budget, rate, goal:2, indicator:14 (a row), total, grade."""


def held(name: str, field: Field) -> Any:
    """What a cell is to hold: numbers as numbers, texts as they stand; None for a blank place."""
    if name in TEXTS or name in PROSE:
        # A target typed as a plain number stays one; 95% stays a text.
        typed = isinstance(field.raw, Decimal) and f"{field.raw:f}" == field.text
        return field.raw if typed else field.text or None
    return field.text or None if field.value is None else field.value


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
    if index == new.get("budget_row"):
        values["score"] = new.get("budget", values["score"])
        values["rate"] = new.get("rate", values["rate"])
    return Item("fund", values | {"total": fund.total, "part": fund.part})


def _indicator(row: Indicator, new: Replaced) -> Item:
    values = {name: held(name, getattr(row, name)) for name in ROW}
    values["score"] = new.get(f"indicator:{row.row}", values["score"])
    return Item("indicator", values | {"goal": row.goal, "row": row.row})


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
    })  # fmt: skip


def goal_item(
    values: Mapping[str, Any], rows: Sequence[Item], sections: Mapping[int, Mapping[str, Any]]
) -> Item:
    """A goal of a template's data: its own values, its rows flat and in their levels.

    Args:
        values: number, name, label, weight, score.
        rows: its indicators, in order.
        sections: of a form whose level-1 groups carry points: by number, weight and score.
    """
    level1 = []
    for (name, number), group in groupby(rows, lambda row: (row["level1"], row["goal"])):
        members = list(group)
        level2 = [
            Item("level2", {"name": second, "indicators": list(below)})
            for second, below in groupby(members, lambda row: row["level2"])
        ]
        own = sections.get(number, {"weight": None, "score": None})
        level1.append(
            Item("level1", {"name": name, "indicators": members, "level2": level2, **own})
        )
    return Item("goal", {**values, "indicators": list(rows), "level1": level1})


def unplaced(form: Form, used: set[tuple[str, str]]) -> list[tuple[str, Field]]:
    """What a form says and a template never asked for: the field's name, and the field.

    Args:
        form: as read.
        used: (kind of thing, name) that the template read, from its environment.
    """
    placed: set[tuple[int, int]] = set()
    left: list[tuple[str, Field]] = []

    def sort(kind: str, names: Sequence[str], source: object) -> None:
        for name in names:
            field: Field = getattr(source, name)
            if (kind, name) in used:
                placed.add((field.row, field.col))
            elif field.row and quantity.parse(field.text).kind != quantity.BLANK:
                left.append((name, field))

    if ("level1", "name") in used:
        used = used | {("indicator", "level1"), ("indicator", "level2")}
    sort("form", FORM, form)
    for fund in form.funds:
        sort("fund", FUND, fund)
    for goal in form.goals:
        # A section's points stand with its level 1.
        if goal.section:
            sort("level1", ("weight", "score"), goal)
        else:
            sort("goal", ("name", "weight", "score"), goal)
    for row in form.indicators:
        # Parts of a split target are in the target.
        split = [name for name in ("sign", "measure") if getattr(row, name).text in row.target.text]
        sort("indicator", [name for name in ROW if name not in split], row)
    left += [
        (name.text, value)
        for name, value in form.others
        if value.text and ("other", called(name, value)) not in used
    ]
    return [
        (name, field) for name, field in dict.fromkeys(left) if (field.row, field.col) not in placed
    ]
