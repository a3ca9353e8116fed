"""The rolled-up form as a Form: what a template renders. Its fields have no cells."""

from collections.abc import Iterable
from decimal import Decimal

from perfxl.exact import round_half_up
from perfxl.forms.model import ABSENT, Field, Form, Fund, Goal, Indicator
from perfxl.ooxml.address import Span
from perfxl.rollups.model import NOTHING, Figure, Member, RolledFund, RolledGoal, RolledRow, Rollup
from perfxl.rollups.show import prose

NAMES = "、"


def result_form(rollup: Rollup) -> Form:
    """The form of a roll-up.

    Amounts stand in the roll-up's unit of money. A score or weight that is open has its range as text
    ("18.00-19.00") and no value. What only texts can say (reasons) stands behind each unit's name.
    """
    members = rollup.members
    return Form(
        form=f"{rollup.project or rollup.kind}#{rollup.kind}!{rollup.year or ''}",
        file="",
        sheet="",
        sheet_index=0,
        kind=rollup.kind,
        area=Span(1, 1, 1, 1),
        title=_common(members, "title"),
        unit=_text(NAMES.join(member.name for member in members)),
        year=ABSENT if rollup.year is None else Field(rollup.year, str(rollup.year)),
        department=_common(members, "department"),
        project=_text(rollup.project),
        money_unit=_text(rollup.money_unit),
        basic_expenditure=_number(rollup.basic, 6),
        project_expenditure=_number(rollup.projects, 6),
        claimed_total=_number(rollup.total),
        total_weight=_number(rollup.total_weight, 4),
        claimed_grade=_text(rollup.grade),
        deviation_reason=_join_prose(members, "deviation_reason"),
        improvement=_join_prose(members, "improvement"),
        overall_goal=_join_prose(members, "overall_goal"),
        overall_result=_join_prose(members, "overall_result"),
        funds=tuple(map(_fund, rollup.funds)),
        goals=tuple(map(_goal, rollup.goals)),
        indicators=tuple(_indicator(row, index) for index, row in enumerate(rollup.rows, 1)),
        notes=_notes(members),
    )  # fmt: skip


def _text(text: str) -> Field:
    return Field(text, text) if text else ABSENT


def _number(figure: Figure, decimals: int = 2) -> Field:
    """A figure as a number at the precision that the form shows; as its text where it is open."""
    if figure is NOTHING:
        return ABSENT
    point = figure.value.point
    if point is None:
        return Field(None, figure.text)
    value: Decimal = round_half_up(point, decimals)
    value = value if decimals == 2 else Decimal(figure.text)
    return Field(value, figure.text, raw=value)


def _fund(fund: RolledFund) -> Fund:
    rate = fund.rate.value.point
    initial, budget, executed = (_number(one, 6) for one in fund[3:6])
    shown = ABSENT if rate is None else Field(round_half_up(rate, 4), fund.rate.text)
    return Fund(
        _text(fund.name), initial, budget, executed, shown, _number(fund.weight, 4),
        _number(fund.score), total=fund.total, part=fund.part,
    )  # fmt: skip


def _indicator(row: RolledRow, index: int) -> Indicator:
    # A weight that only follows from the claims is not one that the forms state.
    weight = NOTHING if row.weight.how == "bounded" else row.weight
    return Indicator(
        row.goal, index, _text(row.level1), _text(row.level2), _text(row.level3),
        _text(row.target.text), _text(row.actual.text), _number(weight, 4), _number(row.score),
        _text(row.reason),
    )  # fmt: skip


def _goal(goal: RolledGoal) -> Goal:
    weight, score = _number(goal.weight, 4), _number(goal.score)
    return Goal(goal.goal, _text(goal.name), _text(goal.label), weight, score, goal.section)


def _common(members: Iterable[Member], name: str) -> Field:
    """What all forms say alike; nothing where they differ."""
    texts = {str(getattr(member.form, name).value or "") for member in members}
    return _text(next(iter(texts))) if len(texts) == 1 else ABSENT


def _join_prose(members: Iterable[Member], name: str) -> Field:
    return _text(prose([(member.name, getattr(member.form, name).text) for member in members]))


def _notes(members: tuple[Member, ...]) -> tuple[Field, ...]:
    """The printed notes, where all forms print the same."""
    printed = {tuple(note.text for note in member.form.notes) for member in members}
    return tuple(_text(note) for note in next(iter(printed))) if len(printed) == 1 else ()
