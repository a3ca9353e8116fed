"""The sheets behind a rolled-up form: 汇总过程 (where every figure comes from) and 差异."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from perfxl.exact import Fraction, round_half_up
from perfxl.ooxml.address import Span
from perfxl.ooxml.newsheet import NewCell, NewSheet
from perfxl.rollups.model import Difference, Figure, RolledRow, Rollup, Source
from perfxl.rollups.show import number, points
from perfxl.texts import Texts, pct

TRACE_WIDTHS = (26.0, 12.0, 26.0, 26.0, 14.0, 9.0, 18.0, 12.0, 14.0, 18.0, 16.0, 56.0)
DIFFERENCE_WIDTHS = (6.0, 8.0, 18.0, 22.0, 60.0, 24.0, 26.0, 14.0, 9.0, 24.0)
MOST_SUMMED = 8
"""So many parts are written out as a sum; more stand only in their lines."""
STYLES = {"error": "error", "warning": "warning"}
Cells = list[NewCell | Decimal | int | str | None]


def trace(rollup: Rollup, heading: str, texts: Texts, index: int = 0) -> NewSheet:
    """Every figure of a roll-up: its result, and below it a line for each unit it came from.

    Args:
        rollup: what to explain.
        heading: what it is called.
        texts: the user's language.
        index: its number where the workbook holds several, else 0.
    """
    heads = texts.list("rollup/columns")
    clause = rollup.policy.clause("rollup")
    note = texts.get("rollup/weight_note", what=rollup.policy.rollup_weight, unit=rollup.money_unit)
    rows: list[Cells] = [
        [NewCell(texts.get("rollup/trace_title", title=heading, clause=clause), "title")],
        [NewCell(note, "note")],
        [NewCell(head, "header") for head in heads],
    ]
    units = {str(one.form.money_unit.value or ""): one.money for one in rollup.members}
    money = units.get(rollup.money_unit) or Fraction(1)
    named = {
        "basic_expenditure": texts.get("rollup/what/basic_expenditure"),
        "project_expenditure": texts.get("rollup/what/project_expenditure"),
        "total": texts.get("rollup/total"),
    }
    by_score = {id(row.score): row for row in rollup.rows}
    for item, _, figure in rollup.figures():
        row = by_score.get(id(figure))
        rows.append(_result(named.get(item, item), figure, row, money, texts))
        rows += [_source(source, money, texts) for source in figure.sources]
    name = texts.get("rollup/trace_sheet") + (f" {index}" if index else "")
    return NewSheet(
        name,
        rows,
        widths=TRACE_WIDTHS,
        merges=[Span(row, 1, row, len(heads)) for row in (1, 2)],
        freeze=(3, 2),
        landscape=True,
        print_title_rows=(3, 3),
        tab_colour="5B9BD5",
    )


def _result(
    item: str, figure: Figure, row: RolledRow | None, money: Fraction, texts: Texts
) -> Cells:  # fmt: skip
    what = texts.get(f"rollup/what/{figure.what}")
    cells: Cells = [item, what, texts.get("rollup/result"), *[None] * 7]
    cells += [figure.text or "—", _how(figure, row, money, texts)]
    return [cell if isinstance(cell, NewCell) else NewCell(cell, "header") for cell in cells]


def _how(figure: Figure, row: RolledRow | None, money: Fraction, texts: Texts) -> str:
    """How a figure came about, in words and numbers."""
    values: dict[str, Any] = {"what": figure.what, "sum": _sum(figure, money)}
    if row is not None:
        weight, ratio = row.weight.value, row.ratio
        share = pct(ratio.lo) if ratio.lo == ratio.hi else f"{pct(ratio.lo)}-{pct(ratio.hi)}"
        values |= {"weight": points(weight) or "—", "ratio": share,
                   "target": row.target.text or "—", "actual": row.actual.text or "—"}  # fmt: skip
        if weight.point is not None:
            values["weight"] = number(weight.point)
    return texts.get(f"rollup/how/{figure.how}", **values)


def _sum(figure: Figure, money: Fraction) -> str:
    """The sum or the weighted mean written out, as one would do it by hand."""
    used = [one for one in figure.sources if one.used and one.value is not None]
    if not 1 < len(used) <= MOST_SUMMED or any(
        one.value is None for one in figure.sources if one.used
    ):
        return ""
    numbers = [number(one.value or Fraction(0)) for one in used]
    if figure.how == "added":
        return " + ".join(numbers)
    if figure.how not in ("averaged", "scores"):
        return ""
    weights = [one.weight for one in used]
    if None in weights or not any(weights) or len(set(numbers)) == 1:
        return ""
    shown = [number((weight or Fraction(0)) / money) for weight in weights]
    parts = " + ".join(f"{value}×{weight}" for value, weight in zip(numbers, shown, strict=True))
    whole = sum((weight or Fraction(0) for weight in weights), Fraction(0))
    return f"({parts}) ÷ {number(whole / money)}"


def _source(source: Source, money: Fraction, texts: Texts) -> Cells:
    counted = texts.get("rollup/used" if source.used else "rollup/not_used")
    if source.why:
        why = texts.get(f"rollup/why/{source.why}")
        counted = why if source.used else f"{counted}：{why}"
    return [
        NewCell(None), NewCell(None), NewCell(source.unit), NewCell(source.form.file),
        NewCell(source.form.sheet), NewCell(source.place.cell or "—"), NewCell(source.place.text or None),
        _number(source.value), _number(None if source.weight is None else source.weight / money),
        NewCell(counted, "text" if source.used else "warning"), NewCell(None), NewCell(None),
    ]  # fmt: skip


def _number(value: Fraction | None) -> NewCell:
    if value is None:
        return NewCell(None)
    exact = round_half_up(value, 6)
    return NewCell(exact.normalize() + 0, "text", number_format="#,##0.######")


# ---------------------------------------------------------------- differences
def sentence(difference: Difference, texts: Texts) -> str:
    """What a difference says."""
    units = tuple(dict.fromkeys(source.unit for source in difference.sources))
    if difference.code in ("same-form-twice", "unit-twice"):
        units = tuple(source.unit for source in difference.sources)
    values = dict(difference.arguments)
    if "lo" in values:
        values["range"] = texts.range(values["lo"], values["hi"])
    return texts.get(
        f"rollup/differences/{difference.code}", item=difference.item, units=units, **values
    )


def differences(
    rollups: Sequence[Rollup], headings: Sequence[str], left: Sequence[Difference],
    unread: Sequence[tuple[str, str]], texts: Texts,
) -> NewSheet:  # fmt: skip
    """Where units disagree and what was left out, a line for each cell it rests on."""
    heads = texts.list("rollup/differences_columns")
    rows: list[Cells] = [
        [NewCell(texts.get("rollup/differences_title"), "title")],
        [NewCell(head, "header") for head in heads],
    ]
    count = 0
    for rollup, heading in zip(rollups, headings, strict=True):
        for one in rollup.differences:
            count += 1
            rows += _difference(count, heading, one, texts)
    if not count:
        rows.append([NewCell(texts.get("rollup/no_differences"), "good")])
    if left or unread:
        rows.append([NewCell(texts.get("rollup/left_title"), "title")])
        for one in left:
            count += 1
            rows += _difference(count, "—", one, texts)
        for file, reason in unread:
            count += 1
            cells: Cells = [
                count,
                NewCell(texts.get("severity/error"), "error"),
                "—",
                None,
                reason,
                None,
                file,
            ]
            rows.append([*cells, *[None] * 3])
    return NewSheet(
        texts.get("rollup/differences_sheet"),
        rows,
        widths=DIFFERENCE_WIDTHS,
        merges=[Span(1, 1, 1, len(heads))],
        freeze=(2, 0),
        landscape=True,
        print_title_rows=(2, 2),
        tab_colour="C00000" if any(not rollup.clean for rollup in rollups) else "70AD47",
    )


def _difference(count: int, heading: str, one: Difference, texts: Texts) -> list[Cells]:
    severity = NewCell(texts.get(f"severity/{one.severity}"), STYLES.get(str(one.severity), "text"))
    said = sentence(one, texts)
    first: Cells = [count, severity, heading, one.item or texts.get("rollup/whole"), said]
    lines = [_place(source) for source in one.sources] or [[None] * 5]
    blank: Cells = [NewCell(None) for _ in first]
    return [[*(blank if index else first), *line] for index, line in enumerate(lines)]


def _place(source: Source) -> Cells:
    form, place = source.form, source.place
    return [source.unit, form.file, form.sheet, place.cell or "—", place.text or None]
