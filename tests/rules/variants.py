"""Forms with faults put into them, so that nearly every sentence is said: a form as read, with values changed."""

import dataclasses
from collections.abc import Callable, Iterator
from decimal import Decimal

from perfxl.forms.model import Field, Form, Fund, Indicator

MYRIAD = Decimal(10000)


def written(place: Field, text: str) -> Field:
    """A cell with another text in it; one that is not there stays so."""
    try:
        number = Decimal(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ArithmeticError:
        number = None
    value = number if isinstance(place.value, Decimal) or place.value is None else text
    return place._replace(value=value, text=text, raw=number) if place.row else place


def blank(place: Field) -> Field:
    """The same cell, empty."""
    return place._replace(value=None, text="", raw=None) if place.row else place


def moved(place: Field, by: str) -> Field:
    """A number with another one added."""
    if not isinstance(place.value, Decimal | int):
        return place
    return written(place, f"{Decimal(place.value) + Decimal(by):f}")


def scaled(place: Field, by: Decimal) -> Field:
    """A number times another one."""
    if not isinstance(place.value, Decimal | int):
        return place
    return written(place, f"{Decimal(place.value) * by:f}")


def _rows(form: Form, change: Callable[[Indicator], Indicator], every: int = 1) -> Form:
    rows = (change(row) if n % every == 0 else row for n, row in enumerate(form.indicators))
    return dataclasses.replace(form, indicators=tuple(rows))


def _funds(form: Form, change: Callable[[Fund], Fund], every: int = 1) -> Form:
    funds = (change(fund) if n % every == 0 else fund for n, fund in enumerate(form.funds))
    return dataclasses.replace(form, funds=tuple(funds))


def _fields(row, change: Callable[[Field], Field], *names: str):
    return row._replace(**{name: change(getattr(row, name)) for name in names})


def variants(form: Form) -> Iterator[Form]:
    """A form with one kind of fault after the other."""
    yield form
    for every in (1, 3):
        for by in ("0.5", "-0.5", "3", "-30"):
            yield _rows(
                form, lambda row, by=by: _fields(row, lambda f: moved(f, by), "score"), every
            )
        for names in (("score",), ("actual",), ("target",), ("actual", "score"), ("reason",)):
            yield _rows(form, lambda row, names=names: _fields(row, blank, *names), every)
        for text in (
            "≥90%", "≤5天", "90%-95%", "3万元", "2个", "1000", "102%", "基本完成", "无投诉", "未完成", "约80%",
            "2031年12月完成", "0",
        ):  # fmt: skip
            yield _rows(
                form,
                lambda row, text=text: _fields(row, lambda f: written(f, text), "actual"),
                every,
            )
        for text in ("≤3", "≥80元", "2020年6月底前", "0", "全部完成", "每村1个"):
            yield _rows(
                form,
                lambda row, text=text: _fields(row, lambda f: written(f, text), "target"),
                every,
            )
        yield _rows(
            form, lambda row: _fields(row, lambda f: written(f, "很好"), "score", "weight"), every
        )
        yield _rows(form, lambda row: _fields(row, lambda f: moved(f, "1"), "weight"), every)
        yield _rows(
            form, lambda row: _fields(row, lambda f: written(f, "5%"), "coefficient"), every
        )
        yield _rows(form, lambda row: row._replace(level3=form.indicators[0].level3), every)
        yield _rows(
            form,
            lambda row: row._replace(reason=written(row.reason, "实际完成1个，目标9个")),
            every,
        )
    yield _rows(form, lambda row: row._replace(score=row.weight))
    for name in ("initial", "budget", "executed", "rate", "weight", "score"):
        for every in (1, 2):
            yield _funds(form, lambda fund, name=name: _fields(fund, blank, name), every)
            yield _funds(
                form, lambda fund, name=name: _fields(fund, lambda f: moved(f, "7"), name), every
            )
            yield _funds(
                form,
                lambda fund, name=name: _fields(fund, lambda f: scaled(f, MYRIAD), name),
                every,
            )
            yield _funds(
                form,
                lambda fund, name=name: _fields(fund, lambda f: scaled(f, Decimal(0)), name),
                every,
            )
            yield _funds(
                form,
                lambda fund, name=name: _fields(fund, lambda f: scaled(f, Decimal("0.5")), name),
                every,
            )
            yield _funds(
                form,
                lambda fund, name=name: _fields(fund, lambda f: written(f, "若干"), name),
                every,
            )
    for name in ("claimed_total", "second_total", "total_weight"):
        for by in ("1", "-2", "50"):
            yield dataclasses.replace(form, **{name: moved(getattr(form, name), by)})
        yield dataclasses.replace(form, **{name: written(getattr(form, name), "很高")})
    for text in ("优", "差", "甲"):
        yield dataclasses.replace(
            form, claimed_grade=Field(text, text, form.area.bottom, form.area.right)
        )
    for name in ("score", "weight"):
        for by in ("1", "-1"):
            goals = (_fields(goal, lambda f, by=by: moved(f, by), name) for goal in form.goals)
            yield dataclasses.replace(form, goals=tuple(goals))
    if len(form.indicators) > 2:
        goals = tuple(goal for goal in form.goals if goal.section) or form.goals[:1]
        yield dataclasses.replace(form, indicators=form.indicators[1:], goals=goals)


def approved_variants(form: Form) -> Iterator[Form]:
    """Approved tables that a form was to follow and does not in all."""
    yield _rows(form, lambda row: _fields(row, lambda f: scaled(f, Decimal(2)), "weight"), 2)
    yield _rows(form, lambda row: _fields(row, lambda f: scaled(f, Decimal(2)), "weight"))
    for text in ("≥999", "≤1", "100%", "全部完成", "=3个"):
        yield _rows(
            form, lambda row, text=text: _fields(row, lambda f: written(f, text), "target"), 2
        )
    yield _rows(
        form, lambda row: _fields(row, lambda f: written(f, f"{f.text}（年）"), "level3"), 2
    )
    yield _rows(form, lambda row: row._replace(goal=1), 2)
    yield dataclasses.replace(form, indicators=form.indicators[1:])
    yield dataclasses.replace(
        form, goals=form.goals[1:], indicators=form.indicators[len(form.indicators) // 2 :]
    )
    yield _funds(
        form, lambda fund: _fields(fund, lambda f: scaled(f, Decimal("0.9")), "budget", "initial")
    )
    yield dataclasses.replace(
        form, unit=written(form.unit, "另一个单位"), project=written(form.project, "另一个项目")
    )
