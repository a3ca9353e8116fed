"""Approved tables drawn for a test: from a form itself, as that form again or as a plain list."""

from dataclasses import replace

from perfxl.forms.approved import tables as approved
from perfxl.forms.model import Field, Form
from perfxl.forms.words import vocabulary
from perfxl.rules.audit import Audit, audit
from tests.forms.builder import grid

HEADS = (
    "年度",
    "单位名称",
    "项目名称",
    "目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "目标值",
    "分值",
    "预算数",
)
FILE = "批复.xlsx"


def lines(*forms: Form, heads=HEADS):
    """Forms as the lines of a plain list, a blank cell where the one above is meant."""
    unit = next((str(form.money_unit.value) for form in forms if form.money_unit.value), "万元")
    drawn = [tuple(f"{head}（{unit}）" if head == "预算数" else head for head in heads)]
    for form in forms:
        goals = {goal.goal: goal for goal in form.goals if not goal.section}
        fund = next((one for one in form.funds if one.total), None)
        budget = None if fund is None else fund.initial.value or fund.budget.value
        seen = set()
        for row in form.indicators:
            key = (row.goal, row.level1.value, row.level2.value, row.name)
            if key in seen:
                continue
            goal = goals.get(row.goal)
            values = {
                "年度": form.year.value, "单位名称": form.unit.value, "项目名称": form.project.value,
                "目标": None if goal is None else goal.label.text or goal.name.value,
                "一级指标": row.level1.value, "二级指标": row.level2.value, "三级指标": row.level3.value,
                "目标值": row.target.text or None,
                "分值": None if row.weight.how == "shared" else row.weight.value, "预算数": budget,
            }  # fmt: skip
            drawn.append(tuple(values[head] for head in heads))
            seen.add(key)
    return drawn


def listed(*forms: Form, **more) -> list[Form]:
    """Forms as a plain list that was read."""
    return read(lines(*forms, **more))


def read(*sheets) -> list[Form]:
    """Sheets of lines read as approved tables."""
    grids = [grid(sheet, f"批复{number or ''}", number) for number, sheet in enumerate(sheets)]
    return approved.tables(grids, FILE, vocabulary.load())


def as_source(form: Form, kind: str) -> list[Form]:
    """A form as what was approved: the form itself, or a plain list of it."""
    return [replace(form, file=FILE, unread=())] if kind == "form" else listed(form)


def said(done: Audit):
    """Findings as (severity, rule, message, cell)."""
    return {(str(f.severity), f.rule, f.message, f.cell) for f in done.findings}


def new(form: Form, tables) -> set:
    """What the comparison with approved tables adds to the findings of a form."""
    return said(audit(form, approved=tables)) - said(audit(form))


def text_of(form: Form, tables, rule: str):
    """The findings of one rule."""
    return [f for f in audit(form, approved=tables).findings if f.rule == rule]


def swapped(form: Form, index: int, **values) -> Form:
    """A form with other values in one of its rows."""
    rows = list(form.indicators)
    changed = {
        name: getattr(rows[index], name)._replace(value=value, text=str(value), raw=None)
        if not isinstance(value, Field)
        else value
        for name, value in values.items()
    }
    rows[index] = rows[index]._replace(**changed)
    return replace(form, indicators=tuple(rows))


def without(form: Form, index: int) -> Form:
    """A form that lacks one of its rows."""
    rows = list(form.indicators)
    del rows[index]
    return replace(form, indicators=tuple(rows))
