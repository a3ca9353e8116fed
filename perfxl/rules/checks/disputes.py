"""Cells that two blocks of a form claim with equal right: open, said, and nobody is accused by them.

The reader keeps their text and gives them no value. What follows from such a cell alone is missing by
itself; here is told which other verdicts rest on it, so that none of them is a finding.
"""

from collections.abc import Iterator

from perfxl.forms.account import DISPUTED, fields_of
from perfxl.forms.model import Field, Form, Indicator
from perfxl.forms.roles import How
from perfxl.rules.engine.facts import APPROVED, STATED, Facts
from perfxl.rules.findings import Check, Score, Verdict

AMOUNTS = ("name", "initial", "budget", "executed", "rate", "reason", "review")
"""Fields of a row of funds that no score is."""
SPOKEN = frozenset({"unread-core", "other-form", "blank-form"})
"""Rules that tell of a form as a whole, and may name a cell that is open."""
OF_FUNDS = frozenset(
    {"money-units", "execution-rate", "execution-score", "funds-parts", "expenditure-total", "overspent",
     "execution-reason", "execution-stated", "execution-indicator", "approved-budget"}
)  # fmt: skip
"""Rules of the table of funds."""
Position = tuple[int, int]


def is_open(place: Field) -> bool:
    """Whether two blocks claim a field's cell."""
    return place.how == How.DISPUTED


def cells(form: Form) -> list[Field]:
    """Every cell of a form that is open, once each, in the form's order."""
    found = {place[2:4]: place for place in fields_of(form) if is_open(place)}
    for item in form.unread:
        if item.why == DISPUTED:
            found.setdefault((item.row, item.col), Field(None, item.text, item.row, item.col))
    return [found[position] for position in sorted(found)]


class Disputes:
    """What of a form is open, and what rests on it.

    Attributes:
        open: positions of the cells.
        lines: rows of the sheet with an indicator of which something is open.
        funds: whether an amount of the funds is open.
        scores: whether something is open that sums of scores or of points rest on.
        shared: rows whose points are what others leave, where such a sum is open.
    """

    def __init__(self, facts: Facts) -> None:
        form = facts.form
        placed = {place[2:4] for place in fields_of(form) if is_open(place)}
        unread = {(item.row, item.col) for item in form.unread if item.why == DISPUTED}
        self.open: set[Position] = placed | unread
        amounts = {place[2:4] for place in _amounts(form)} & self.open
        stray = self.open - placed
        rest = self.open - amounts
        if is_open(form.claimed_total):
            # Of totals that contradict each other none is a part of any sum.
            totals = {form.claimed_total[2:4], form.second_total[2:4]}
            stray = {place for place in stray if _is_in_table(place, form)}
            rest = (rest & placed) - totals | stray
        self.funds = bool(amounts or stray)
        self.scores = bool(rest)
        self.lines = {row.row for row in form.indicators if placed and _has_open(row)}
        self.shared = {
            row.indicator.row
            for row in facts.rows
            if self.scores and row.how not in (STATED, APPROVED)
        }

    def holds(self, code: str, check: Check) -> bool:
        """Whether a rule's verdict rests on a cell that is open, of which there are some."""
        if code in SPOKEN or check.verdict is Verdict.HOLDS:
            return False
        if check.place[2:4] in self.open or check.row in self.lines:
            return True
        if code in OF_FUNDS:
            return self.funds
        if check.row:
            return check.row in self.shared
        return self.scores

    def open_score(self, score: Score) -> Score:
        """A score as far as it can be judged: open where it rests on a cell that is."""
        kind, _, line = score.of.partition(":")
        rests = {
            "budget": self.funds,
            "indicator": line.isdigit() and int(line) in self.lines | self.shared,
        }.get(kind, self.scores)
        if not rests or score.verdict is not Verdict.FAILS:
            return score
        return score._replace(verdict=Verdict.CANNOT_JUDGE)


def _amounts(form: Form) -> Iterator[Field]:
    """Everything of the funds that is no score and no points."""
    yield form.basic_expenditure
    yield form.project_expenditure
    yield form.funds_label
    for fund in form.funds:
        yield from (getattr(fund, name) for name in AMOUNTS)


def _has_open(row: Indicator) -> bool:
    return any(isinstance(place, Field) and is_open(place) for place in row)


def _is_in_table(place: Position, form: Form) -> bool:
    rows = [row.row for row in form.indicators]
    return bool(rows) and min(rows) <= place[0] <= max(rows)
