"""Forms as plain records: the machine output of `perfxl read`, and the rows of the frames.

Column names are those of the design; `<column>_cell` stands beside each value.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from perfxl.forms.model import Field, Form

Record = dict[str, Any]

HEAD = ("title", "unit", "year", "department", "project", "money_unit", "basic_expenditure",
        "project_expenditure", "claimed_total", "claimed_grade", "deviation_reason", "improvement")  # fmt: skip
FUND = ("name", "initial", "budget", "executed", "rate", "weight", "score")
GOAL = ("name", "label", "weight", "score")
INDICATOR = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
TEXTS = frozenset(
    {"target", "actual", "reason", "deviation_reason", "improvement", "claimed_grade"}
)


def plain(value: object) -> Any:
    """A value as JSON knows it: exact numbers as int or float, texts as they are."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if value == whole else float(value)
    return value


def cells(names: tuple[str, ...], source: object) -> Iterator[tuple[str, Any]]:
    """Each named field of a record as (name, value) and (name_cell, address)."""
    for name in names:
        field: Field = getattr(source, name)
        value = field.value
        if name in TEXTS:
            value = field.text or None
        yield name, plain(value)
        yield f"{name}_cell", field.cell


def form_record(form: Form) -> Record:
    """One form as `perfxl read --json` prints it."""
    return {
        "form": form.form,
        "sheet": form.sheet,
        "kind": form.kind,
        **dict(cells(HEAD, form)),
        "funds": [dict(cells(FUND, fund)) for fund in form.funds],
        "goals": [{"goal": goal.goal, **dict(cells(GOAL, goal))} for goal in form.goals],
        "indicators": [
            {"goal": row.goal, **dict(cells(INDICATOR, row))} for row in form.indicators
        ],
        "others": [_pair(label, value) for label, value in (*form.others, *_further(form))],
        "notes": [{"text": note.text, "cell": note.cell} for note in form.notes],
        "unread": [{"cell": item.cell, "text": item.text} for item in form.unread],
        "cells": {
            role.replace(" ", "_"): count for role, count in Counter(form.roles.values()).items()
        },
    }


def _further(form: Form) -> Iterator[tuple[Field, Field]]:
    """What stands in columns that no rule needs, row by row."""
    for fund in form.funds:
        yield from fund.further
    for row in form.indicators:
        yield from row.further


def _pair(label: Field, value: Field) -> Record:
    return {"label": label.text or None, "text": value.text, "cell": value.cell}
