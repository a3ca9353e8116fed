"""What of a form was not understood, as far as its scores depend on it; and what is no submission at all.

A conclusion rests only on what was read. Cells outside the scored core (a remark beside the table, a
telephone number in the head) are listed as unread and change nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.indicators import COMPARATORS
from perfxl.forms.model import ABSENT, SELF, Field, Form, Indicator, Unread
from perfxl.forms.roles import Role
from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import BLANK
from perfxl.forms.values.text import normalize, parse_number
from perfxl.rules.checks import disputes
from perfxl.rules.engine.facts import Facts
from perfxl.rules.engine.interval import exact
from perfxl.rules.engine.ratio import ZERO

NEEDED = ("target", "actual")
"""Columns without which no row can be judged."""
CORE = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
REASON = 4
"""A shorter text (是, 核心) explains nothing."""
NEAR = 5
"""A number so near to the sum of all scores may be their total, in points."""
BELOW = 2
"""So many rows below the last indicator its total stands."""
FUNDS = ("budget", "executed", "rate", "weight", "score")
POINTS = "分"


class Gap(NamedTuple):
    """Something of the scored core that was not understood: one line, however many cells it has.

    Attributes:
        kind: column (under a strange label), cells (without one), lacking (no such column at all), disputed
            (cells that two blocks of the form claim).
        place: the cell to look at.
        label: the strange label; of a lacking column the name of its field.
        cells: addresses of the cells with values.
    """

    kind: str
    place: Field
    label: str
    cells: tuple[str, ...]


def gaps(facts: Facts) -> list[Gap]:
    """Every gap in the scored core, columns first."""
    form = facts.form
    found = _find_disputed(form)
    if not any(item.why == "unknown" for item in form.unread):
        return [*found, *_lacking(facts)]
    strange, loose = _in_table(form)
    found += strange
    loose += [*_in_funds(form), *_of_total(facts)]
    if loose:
        first = min(loose)
        place = Field(None, first.text, first.row, first.col)
        cells = tuple(item.cell for item in sorted(set(loose)))
        found.append(Gap("cells", place, first.text, cells))
    if not strange:
        found += _lacking(facts)
    return found


def _find_disputed(form: Form) -> list[Gap]:
    """Cells that two blocks of the form claim: one line, whatever they are."""
    cells = disputes.cells(form)
    if not cells:
        return []
    return [Gap("disputed", cells[0], cells[0].text, tuple(str(place.cell) for place in cells))]


def may_hide_points(facts: Facts) -> bool:
    """Whether figures of the scored core, outside the rows that were read, may be points nobody counted."""
    cells = {cell for gap in gaps(facts) if gap.kind == "cells" for cell in gap.cells}
    rows = {row.row for row in facts.form.indicators}
    return any(
        item.cell in cells and item.row not in rows and any(c.isdigit() for c in item.text)
        for item in facts.form.unread
    )


def is_blank(facts: Facts) -> bool:
    """Whether nothing is evaluated: no actual value and no score anywhere, and no cell left unread.

    Names, budget and targets may be there: they were there before the year began.
    """
    form = facts.form
    if form.nature != SELF or is_claimed_anywhere(form):
        return False
    if any(row.actual.kind != BLANK or row.indicator.actual.uncomputed for row in facts.rows):
        return False
    return all(gap.kind == "lacking" for gap in gaps(facts))


def is_claimed_anywhere(form: Form) -> bool:
    """Whether a form claims any score at all."""
    return any(map(_is_claimed, _scores(form)))


def _scores(form: Form) -> Iterator[Field]:
    yield form.claimed_total
    yield form.second_total
    yield from (fund.score for fund in form.funds)
    yield from (goal.score for goal in form.goals)
    yield from (row.score for row in form.indicators)


def _is_claimed(place: Field) -> bool:
    """Whether somebody put a score there; the 0 of a formula over blank cells claims nothing."""
    if place.formula:
        return place.uncomputed or bool(place.value)
    return place.value is not None


# ---------------------------------------------------------------- the table of indicators
def _in_table(form: Form) -> tuple[list[Gap], list[Unread]]:
    """Strange columns, and cells without a strange label, in the rows of indicators."""
    rows = {row.row for row in form.indicators}
    if not rows:
        return [], []
    places = [
        place for row in form.indicators for place in (getattr(row, name) for name in CORE)
        if place.row == row.row
    ]  # fmt: skip
    left, right = min((p.col for p in places), default=0), max((p.col for p in places), default=0)
    strangers = [item for item in form.unread if item.why == "unknown"]
    labels = {(item.row, item.col): item for item in strangers if item.row not in rows}
    columns: dict[int, list[Unread]] = defaultdict(list)
    for item in strangers:
        if item.row in rows:
            columns[item.col].append(item)
    found: list[Gap] = []
    loose: list[Unread] = []
    for col, cells in sorted(columns.items()):
        label = _label_over(labels, cells[0].row, col)
        if label is None:
            loose += [item for item in cells if left <= item.col <= right]
        elif _may_be_needed(form, cells) or _holds_figures(cells):
            place = Field(None, label.text, label.row, label.col)
            found.append(Gap("column", place, label.text, tuple(item.cell for item in cells)))
    loose += _lost_rows(form, strangers, rows, right)
    loose += _beside_scores(form, strangers, rows)
    return found, loose


def _label_over(labels: dict[tuple[int, int], Unread], row: int, col: int) -> Unread | None:
    above = [at for at in labels if at[1] == col and at[0] < row]
    return labels[max(above)] if above else None


def _may_be_needed(form: Form, cells: list[Unread]) -> bool:
    """Whether a strange column of words may be one that the form lacks: names, targets, actuals, reasons."""
    rows = form.indicators
    if any(not any(getattr(row, name).row for row in rows) for name in ("level3", *NEEDED)):
        return True
    lowest = {row.level3.col for row in rows if row.level3.row}
    if not any(row.level2.row for row in rows) and cells[0].col < min(lowest):
        # Left of the names stands their second level, which says of what kind each is.
        return any(row.level1.row and row.level1.col < cells[0].col for row in rows)
    explained = form.deviation_reason.row or any(row.reason.row or row.comment.row for row in rows)
    return not explained and any(len(normalize(item.text)) >= REASON for item in cells)


def _holds_figures(cells: list[Unread]) -> bool:
    """Whether a column is of figures, signs or units: weights, scores, or parts of the targets."""
    return sum(map(_is_figure, cells)) * 2 > len(cells)


def _is_figure(item: Unread) -> bool:
    text = normalize(item.text)
    return any(c.isdigit() for c in text) or text in COMPARATORS or quantity.is_unit(text)


def _lost_rows(form: Form, strangers: list[Unread], rows: set[int], right: int) -> list[Unread]:
    """Cells of rows amid the table that were taken for no indicator: one more, or a goal's label.

    A strange label within a header that repeats is no row, and a number left of all else counts rows.
    """
    heads = {row for (row, _), role in form.roles.items() if role == Role.HEADER}
    amid = [
        item
        for item in strangers
        if min(rows) < item.row < max(rows)
        and item.row not in rows
        and item.row not in heads
        and item.col <= right
    ]
    words = {item.row for item in amid if parse_number(item.text) is None}
    return [item for item in amid if item.row in words]


def _beside_scores(form: Form, strangers: list[Unread], rows: set[int]) -> list[Unread]:
    """Figures in the column of scores that stand in no row: of a goal or a total without its label."""
    scores = {row.score.col for row in form.indicators if row.score.row}
    first = max((fund.name.row or fund.budget.row for fund in form.funds), default=0)
    left_over = [item.row for item in form.unread if item.why == "residue"]
    last = max(form.claimed_total.row, *rows, *left_over) + BELOW
    return [
        item
        for item in strangers
        if item.col in scores
        and first < item.row <= last
        and item.row not in rows
        and parse_number(item.text) is not None
    ]


# ---------------------------------------------------------------- funds and total
def _in_funds(form: Form) -> list[Unread]:
    """Figures in the row of the total funds, where one that the score needs was not found."""
    figures = [
        item
        for item in form.unread
        if item.why == "unknown" and parse_number(item.text) is not None
    ]
    main = next((fund for fund in form.funds if fund.total), None)
    if main is not None:
        whole = all(getattr(main, name).row for name in FUNDS)
        lines = set() if whole else {getattr(main, name).row for name in FUNDS} - {0}
        # Left of the name stands a number of the row.
        return [item for item in figures if item.row in lines and item.col > main.name.col]
    if form.funds or not form.indicators:
        return []
    first = min(row.row for row in form.indicators)
    above = [item for item in figures if item.row < first]
    return [item for item in above if sum(other.row == item.row for other in above) > 1]


def _of_total(facts: Facts) -> list[Unread]:
    """A number beside a strange label, of points or near the sum of all scores, where no total was found."""
    form = facts.form
    claims = [row.claim for row in facts.rows if row.claim is not None]
    if form.claimed_total.row or not claims:
        return []
    summed = sum(claims, exact(facts.budget.score) or ZERO if facts.budget is not None else ZERO)
    strangers = [item for item in form.unread if item.why == "unknown"]
    rows = {row.row for row in form.indicators}
    labels = [
        item for item in strangers if parse_number(item.text) is None and item.row not in rows
    ]
    of_points = {item.row for item in labels if POINTS in item.text}
    labelled = {item.row for item in labels}
    found = []
    for item in strangers:
        value = parse_number(item.text)
        if value is None or not 0 <= value <= facts.policy.total_weight:
            continue
        near = item.row in labelled and abs(Fraction(value) - summed) <= NEAR
        if near or item.row in of_points:
            found.append(item)
    return found


def _lacking(facts: Facts) -> list[Gap]:
    """Columns that the form does not have at all, and whose values stand nowhere else either."""
    rows = facts.rows
    if not rows or any(not row.ratio.open for row in rows) or is_scoring_table(facts):
        return []
    return [
        Gap("lacking", _first_name(rows[0].indicator), name, ())
        for name in NEEDED
        if not any(getattr(row.indicator, name).row for row in rows)
    ]


def is_scoring_table(facts: Facts) -> bool:
    """Whether a form gives points to its rows and has neither targets nor results, nor a cell left unread.

    Its scores follow from somebody's judgement; what can be checked is that they add up.
    """
    rows = facts.rows
    if not rows or any(getattr(row.indicator, name).row for row in rows for name in NEEDED):
        return False
    understood = not any(item.why == "unknown" for item in facts.form.unread)
    return understood and any(row.claim is not None for row in rows)


def _first_name(row: Indicator) -> Field:
    return next((place for place in (row.level3, row.level2, row.level1) if place.row), ABSENT)
