"""What to mark on a form, before anything is written: colours, notes, filled blanks, margin.

The plan knows cells and texts and no file format, so that a copy edited in place and a redrawn one
show the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfxl.books import margin
from perfxl.books.margin import COLOURS, ERROR, FILLED, Frame, Position, Room, round_score
from perfxl.forms.model import Field, Form
from perfxl.rules.audit import Audit
from perfxl.rules.checks.scores import reasoning
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.engine.execution import share_of
from perfxl.rules.findings import Finding, Score, Severity
from perfxl.texts import Texts

POINTS = "0.00"
LONGEST_NOTE = 1000
"""Of a note no more characters are shown: a longer one would not fit a screen."""
FAR = 200
"""Spans that reach beyond this column were drawn over whole rows."""
Value = Decimal | str | None

NOT_JUDGED = frozenset({Conclusion.BLANK, Conclusion.OTHER})
"""Of a form with such a conclusion no score is worked out, so that none is filled in or put beside it."""


@dataclass
class Plan:
    """The marks of one sheet.

    Attributes:
        fills: cell → colour as RRGGBB.
        notes: cell → the text of its note.
        values: blank cell → the score to fill in.
        shown: cell with a note → the cells that the note must not cover: target and actual of its row.
        margin: cell → what stands there in the three columns beside the form.
        frames: every cell of these columns, blank ones too → how it looks.
        leads: cell of these columns → the finding it leads to: number of the form, of the finding.
        heads: cell → head of a margin column.
        margins: first margin column of each form that has a margin.
    """

    fills: dict[Position, str] = field(default_factory=dict)
    notes: dict[Position, str] = field(default_factory=dict)
    values: dict[Position, Decimal] = field(default_factory=dict)
    shown: dict[Position, list[Position]] = field(default_factory=dict)
    margin: dict[Position, Decimal | str] = field(default_factory=dict)
    frames: dict[Position, Frame] = field(default_factory=dict)
    leads: dict[Position, tuple[int, int]] = field(default_factory=dict)
    heads: dict[Position, str] = field(default_factory=dict)
    margins: list[tuple[int, Form]] = field(default_factory=list)


def plans(audits: Iterable[Audit], texts: Texts, rooms: Mapping[int, Room]) -> dict[int, Plan]:
    """The marks of every sheet that holds a form.

    Args:
        audits: the audited forms of one file.
        texts: the user's language.
        rooms: sheet index → the room beside its forms.
    """
    found: dict[int, Plan] = {}
    for number, audit in enumerate(audits):
        plan = found.setdefault(audit.form.sheet_index, Plan())
        _findings(plan, audit, texts)
        if audit.conclusion not in NOT_JUDGED:
            _blanks(plan, audit, texts)
        _show_values(plan, audit.form)
        if audit.conclusion not in NOT_JUDGED and not _reviewer(plan, audit):
            margin.draw(plan, audit, number, texts, rooms.get(audit.form.sheet_index, Room()))
    return found


def _show_values(plan: Plan, form: Form) -> None:
    """Tell for each note of a form which values a reader of it has to see."""
    rows: dict[int, list[Position]] = {}
    places = [place for row in form.indicators for place in (row.target, row.actual)]
    places += [place for fund in form.funds for place in (fund.budget, fund.executed, fund.rate)]
    for place in places:
        rows.setdefault(place.row, []).append((place.row, place.col))
    for here in plan.notes.keys() - plan.shown.keys():
        plan.shown[here] = rows.get(here[0], [])


def note_text(finding: Finding, texts: Texts) -> str:
    """The text of a note: how grave, what is wrong, the clause, and what follows."""
    severity = texts.get(f"severity/{finding.severity}")
    text = texts.get("common/graded", severity=severity, text=texts.sentence(finding))
    follows = [texts.finding(cause) for cause in finding.causes]
    if follows:
        text += "\n" + texts.get("marks/follows", items=follows)
    return text


def _findings(plan: Plan, audit: Audit, texts: Texts) -> None:
    for finding in audit.findings:
        if finding.severity is Severity.NOTE:
            continue
        for part in finding.parts or (finding,):
            for here in part.places:
                if plan.fills.get(here) != ERROR:
                    plan.fills[here] = COLOURS[finding.severity]
                _note(plan, here, note_text(part, texts))


def _note(plan: Plan, here: Position, text: str) -> None:
    plan.notes[here] = f"{plan.notes[here]}\n{text}" if here in plan.notes else text


def _blank(place: Field) -> bool:
    return bool(place.row) and not place.text and not place.formula


def _blanks(plan: Plan, audit: Audit, texts: Texts) -> None:
    """Fill blank score cells whose score is determined."""
    for score in audit.scores:
        if score.claimed is not None or score.recomputed is None or not _blank(score.place):
            continue
        here = (score.place.row, score.place.col)
        plan.values[here] = round_score(score.recomputed)
        plan.fills[here] = FILLED
        _note(
            plan,
            here,
            texts.get("marks/filled", value=score.recomputed, why=_why(score, audit, texts)),
        )


def _why(score: Score, audit: Audit, texts: Texts) -> str:
    facts = audit.facts
    one = next((one for one in facts.executions if one.of == score.of), None)
    if one is not None and one.rate is not None:
        return texts.get(
            "marks/filled_budget", weight=one.weight, rate=share_of(one.rate, facts.policy)
        )
    if score.kind == "indicator":
        row = next(r for r in facts.rows if r.indicator.row == score.place.row)
        return texts.arithmetic(reasoning(row), score.lo, score.hi)
    return texts.get("marks/filled_sum")


def _reviewer(plan: Plan, audit: Audit) -> bool:
    """Fill a second rater's column where the form has one; tells whether it has."""
    form = audit.form
    places: dict[str, Field] = {f"indicator:{row.row}": row.review for row in form.indicators}
    places.update({f"goal:{goal.goal}": goal.review for goal in form.goals})
    places["total"] = form.total_review
    places |= {one.of: one.fund.review for one in audit.facts.executions}
    if not any(place.row for place in places.values()):
        return False
    for score in audit.scores:
        place = places.get(score.of)
        if place is None or score.recomputed is None or not _blank(place):
            continue
        here = (place.row, place.col)
        if here == (score.place.row, score.place.col):
            continue
        plan.values[here] = round_score(score.recomputed)
        plan.fills[here] = FILLED
    return True
