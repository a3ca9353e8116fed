"""What to mark on a form, before anything is written: colours, notes, filled blanks, margin.

The plan knows cells and texts and no file format, so that a copy edited in place and a redrawn one
show the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from perfxl.exact import Fraction, rounded
from perfxl.forms.model import Field, Form
from perfxl.ooxml.address import Span
from perfxl.rules.audit import Audit
from perfxl.rules.checks.scores import reasoning
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.engine.execution import share_of
from perfxl.rules.findings import Finding, Score, Severity, Verdict
from perfxl.texts import Texts

ERROR, WARNING, FILLED = "FFC7CE", "FFEB9C", "DDEBF7"
ADDED = ("goal", "section", "total")
"""Kinds of scores whose recomputed score is the sum of others."""
COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
POINTS = "0.00"
MARGIN_WIDTHS = (10.0, 9.0, 46.0)

NOT_JUDGED = frozenset({Conclusion.BLANK, Conclusion.OTHER})
"""Of a form with such a conclusion no score is worked out, so that none is filled in or put beside it."""

Position = tuple[int, int]


@dataclass
class Plan:
    """The marks of one sheet.

    Attributes:
        fills: cell → colour as RRGGBB.
        notes: cell → the text of its note.
        values: blank cell → the score to fill in.
        margin: cell → what stands there in the three columns beside the form.
        heads: cell → head of a margin column.
        margins: first margin column of each form that has a margin.
        area: the forms on the sheet, as submitted.
    """

    fills: dict[Position, str] = field(default_factory=dict)
    notes: dict[Position, str] = field(default_factory=dict)
    values: dict[Position, Decimal] = field(default_factory=dict)
    margin: dict[Position, Decimal | str] = field(default_factory=dict)
    heads: dict[Position, str] = field(default_factory=dict)
    margins: list[tuple[int, Form]] = field(default_factory=list)
    area: Span | None = None


def plans(audits: Iterable[Audit], texts: Texts, right: dict[int, int]) -> dict[int, Plan]:
    """The marks of every sheet that holds a form.

    Args:
        audits: the audited forms of one file.
        texts: the user's language.
        right: sheet index → its last used column.
    """
    found: dict[int, Plan] = {}
    for audit in audits:
        plan = found.setdefault(audit.form.sheet_index, Plan())
        area = audit.form.area
        plan.area = area if plan.area is None else _around(plan.area, area)
        _findings(plan, audit, texts)
        if audit.conclusion in NOT_JUDGED:
            continue
        filled = _blanks(plan, audit, texts)
        if not _reviewer(plan, audit):
            _margin(plan, audit, texts, filled, right.get(audit.form.sheet_index, area.right) + 1)
    return found


def _around(one: Span, other: Span) -> Span:
    return Span(
        min(one.top, other.top),
        min(one.left, other.left),
        max(one.bottom, other.bottom),
        max(one.right, other.right),
    )


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


def _decimal(value: Fraction) -> Decimal:
    return rounded(value, 2)


def _blank(place: Field) -> bool:
    return bool(place.row) and not place.text and not place.formula


def _blanks(plan: Plan, audit: Audit, texts: Texts) -> set[Position]:
    """Fill blank score cells whose score is determined."""
    filled: set[Position] = set()
    for score in audit.scores:
        if score.claimed is not None or score.recomputed is None or not _blank(score.place):
            continue
        here = (score.place.row, score.place.col)
        plan.values[here] = _decimal(score.recomputed)
        plan.fills[here] = FILLED
        filled.add(here)
        _note(
            plan,
            here,
            texts.get("marks/filled", value=score.recomputed, why=_why(score, audit, texts)),
        )
    return filled


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
        plan.values[here] = _decimal(score.recomputed)
        plan.fills[here] = FILLED
    return True


def _margin(plan: Plan, audit: Audit, texts: Texts, filled: set[Position], first: int) -> None:
    """复核得分, 差额, 复核意见 to the right of the form, a value for each scored row."""
    scored = [score for score in audit.scores if score.place.row]
    if not scored:
        return
    first = _free(plan, audit.form, first)
    plan.margins.append((first, audit.form))
    said = said_of(audit, texts)
    for score in scored:
        row = score.place.row
        if (row, first) in plan.margin:
            continue
        if score.recomputed is not None:
            plan.margin[row, first] = _decimal(score.recomputed)
        elif score.lo is not None or score.hi is not None:
            plan.margin[row, first] = texts.range(score.lo, score.hi)
        if score.difference is not None:
            apart = _decimal(score.difference)
            # Where a fault stands that moves no points (weights that do not fit), 0.00 would deny it.
            if apart or (row, score.place.col) not in plan.fills:
                plan.margin[row, first + 1] = apart
        plan.margin[row, first + 2] = said.pop(row, "") or opinion(score, texts, filled)
    for row, text in said.items():
        if (row, first + 2) not in plan.margin:
            plan.margin[row, first + 2] = text
    top = max(min(score.place.row for score in scored) - 1, 1)
    for offset, name in enumerate(("recomputed", "difference", "opinion")):
        plan.heads[top, first + offset] = texts.get(f"marks/{name}")
    if first > plan.margins[0][0]:
        # The columns of forms that stand beside each other say whose they are.
        for col, form in plan.margins:
            plan.heads[max(top - 1, 1), col] = texts.get("marks/whose", name=_called(form))


def _free(plan: Plan, form: Form, first: int) -> int:
    """The first column for a form's margin: those of forms beside it are taken."""
    area = form.area
    taken = {
        col
        for col, other in plan.margins
        if other.area.top <= area.bottom and area.top <= other.area.bottom
    }
    first = max([first, *(col for col, _ in plan.margins[:1])])
    while first in taken:
        first += len(MARGIN_WIDTHS)
    return first


def _called(form: Form) -> str:
    return str(form.project.value or form.unit.value or form.area.a1)


def said_of(audit: Audit, texts: Texts) -> dict[int, str]:
    """Row → what is wrong in it, in short."""
    said: dict[int, list[str]] = {}
    for finding in audit.findings:
        if finding.severity is not Severity.NOTE:
            for part in finding.parts or (finding,):
                for row in dict(part.places):
                    said.setdefault(row, []).append(texts.finding(part))
    return {row: texts.join("joined", sentences) for row, sentences in said.items()}


def opinion(score: Score, texts: Texts, filled: set[Position]) -> str:
    """What is to be said of a score that no finding speaks of."""
    if (score.place.row, score.place.col) in filled or score.claimed is None:
        return texts.get("marks/blank")
    if score.verdict is Verdict.CANNOT_JUDGE:
        if score.lo is None and score.hi is None:
            return texts.get("marks/not_judged")
        return texts.get("marks/person", range=texts.range(score.lo, score.hi))
    if score.verdict is Verdict.FAILS and score.kind in ADDED:
        return texts.get("marks/summed")
    if score.verdict is Verdict.FAILS:
        return texts.get(
            "marks/open", range=texts.range(score.lo, score.hi), lo=score.lo, hi=score.hi
        )
    return texts.get("marks/consistent")
