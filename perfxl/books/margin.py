"""The three columns beside a form: 复核得分, 差额, 复核意见, a line for each scored row.

Rows keep their height and the form prints as it was, so that a line says what its row has room for:
the whole finding, or its problem and where on the sheet of results to read on.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfxl.exact import Fraction, round_half_up
from perfxl.forms.model import Form
from perfxl.ooxml.parts.geometry import lines_of, units
from perfxl.rules.audit import Audit
from perfxl.rules.findings import Finding, Score, Severity, Verdict
from perfxl.texts import Texts

if TYPE_CHECKING:
    from perfxl.books.plan import Plan

ERROR, WARNING, FILLED, HEAD = "FFC7CE", "FFEB9C", "DDEBF7", "D9E1F2"
COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
WIDTHS = (16.0, 9.0, 54.0)
"""Of the columns, in characters of the workbook's default font."""
FONT_SIZE, LINE = 10.0, 13.5
"""Of their texts, in points, and the height of a line of them."""
ROOM = 48
"""Half-width characters in a line of the last column."""
ADDED = ("goal", "section", "total")
"""Kinds of scores whose recomputed score is the sum of others."""

Position = tuple[int, int]


class Room(NamedTuple):
    """The room that a sheet has beside its forms.

    Attributes:
        right: the last column that prints.
        taken: columns that hold something, wherever they stand.
        heights: of rows, in points, where stated; the others have room for one line.
    """

    right: int = 0
    taken: frozenset[int] = frozenset()
    heights: Mapping[int, float] = {}

    def first_free(self, form: Form, busy: frozenset[int] | set[int]) -> int:
        """The first of the columns for a form's margin, none of them taken or busy."""
        first = max(self.right, form.area.right) + 1
        while any(first + n in self.taken or first + n in busy for n in range(len(WIDTHS))):
            first += 1
        return first

    def lines(self, row: int) -> int:
        """How many lines of text a row shows without growing."""
        return max(1, int(self.heights.get(row, LINE) / LINE))


class Frame(NamedTuple):
    """How a cell of the margin looks.

    Attributes:
        colour: RRGGBB, or "".
        beside: the cell of the form whose vertical alignment it has.
        number: whether it stands right, as numbers do.
        wrap: whether its text takes several lines.
    """

    colour: str
    beside: Position
    number: bool
    wrap: bool = False


def list_findings(audit: Audit) -> list[Finding]:
    """The errors and warnings in the order in which they are numbered everywhere."""
    return [finding for finding in audit.findings if finding.severity is not Severity.NOTE]


def draw(plan: "Plan", audit: Audit, number: int, texts: Texts, room: Room) -> None:
    """Put the columns of one form into a plan.

    Args:
        plan: of the sheet; where cells were filled, it knows them already.
        audit: the audited form.
        number: of the form in its file, from 0.
        texts: the user's language.
        room: what the sheet has beside its forms.
    """
    scored = [score for score in audit.scores if score.place.row]
    if not scored:
        return
    busy = _busy(plan, audit.form)
    first = room.first_free(audit.form, busy)
    plan.margins.append((first, audit.form))
    faults = _faults(audit)
    top = max(min(score.place.row for score in scored) - 1, 1)
    _heads(plan, audit.form, (top, first), texts)
    if busy:
        # The columns of forms that stand beside each other say whose they are.
        for col, form in plan.margins:
            plan.heads[max(top - 1, 1), col] = texts.get("marks/whose", name=name_of(form))
    for score in scored:
        row = score.place.row
        if (row, first) not in plan.frames:
            _line(plan, (row, first), (row, score.place.col), faults.get(row, []))
            _score(plan, score, first, texts)
            here = (row, score.place.col)
            text = opinion(score, texts, blank=here in plan.values or score.claimed is None)
            _fault(plan, (row, first), faults.pop(row, []), number, texts, room, text)
    for row, found in faults.items():
        if (row, first) not in plan.frames:
            _line(plan, (row, first), (row, found[0][2]), found)
            _fault(plan, (row, first), found, number, texts, room, "")


def _busy(plan: "Plan", form: Form) -> set[int]:
    """The columns that belong to forms beside this one."""
    area = form.area
    return {
        col + offset
        for col, other in plan.margins
        if other.area.top <= area.bottom and area.top <= other.area.bottom
        for offset in range(len(WIDTHS))
    }


def _heads(plan: "Plan", form: Form, here: Position, texts: Texts) -> None:
    top, first = here
    _line(plan, here, (top, form.area.left), [], HEAD)
    for offset, name in enumerate(("recomputed", "difference", "opinion")):
        plan.heads[top, first + offset] = texts.get(f"marks/{name}")


Fault = tuple[int, Finding, int]
"""Number on the sheet of results, the finding (or its part of this row), the column it is about."""


def _faults(audit: Audit) -> dict[int, list[Fault]]:
    """Row → what is wrong in it."""
    found: dict[int, list[Fault]] = {}
    for number, finding in enumerate(list_findings(audit), start=1):
        for part in finding.parts or (finding,):
            for row, col in dict(part.places).items():
                found.setdefault(row, []).append((number, part, col))
    return found


def _line(
    plan: "Plan", here: Position, beside: Position, faults: list[Fault], colour: str = ""
) -> None:
    """Frame the three cells of a row, coloured as the worst that is wrong in it."""
    grades = {finding.severity for _, finding, _ in faults}
    colour = next((COLOURS[grade] for grade in Severity if grade in grades), colour)
    row, first = here
    for offset in range(len(WIDTHS)):
        plan.frames[row, first + offset] = Frame(colour, beside, number=offset < len(WIDTHS) - 1)


def _score(plan: "Plan", score: Score, first: int, texts: Texts) -> None:
    """The recomputed score, and by how much the claim is off; nothing where it stands."""
    row = score.place.row
    if score.recomputed is not None:
        plan.margin[row, first] = round_score(score.recomputed)
    elif score.lo is not None or score.hi is not None:
        plan.margin[row, first] = texts.range(score.lo, score.hi)
    if score.difference is not None and round_score(score.difference):
        plan.margin[row, first + 1] = round_score(score.difference)


def _fault(
    plan: "Plan", here: Position, faults: list[Fault], number: int, texts: Texts, room: Room, text: str
) -> None:  # fmt: skip
    """What is wrong in a row, as fully as its height allows; else what there is to say of its score."""
    row, first = here
    opinion = (row, first + len(WIDTHS) - 1)
    if faults:
        text = _told(faults, texts, room.lines(row))
        plan.leads[opinion] = (number, faults[0][0])
    if text:
        plan.margin[opinion] = text
        plan.frames[opinion] = plan.frames[opinion]._replace(wrap=units(text) > ROOM)


def _told(faults: list[Fault], texts: Texts, lines: int) -> str:
    numbers = list(dict.fromkeys(number for number, _, _ in faults))
    if lines > 1 or len(faults) == 1:
        full = texts.join("joined", (texts.finding(finding) for _, finding, _ in faults))
        if lines_of(full, ROOM) <= lines:
            return full
    problems = dict.fromkeys(texts.problem(finding) for _, finding, _ in faults)
    short = texts.get("marks/short", numbers=numbers, problems=list(problems))
    if lines_of(short, ROOM) <= lines:
        return short
    return texts.get("marks/shortest", numbers=numbers)


def said_of(audit: Audit, texts: Texts) -> dict[int, str]:
    """Row → what is wrong in it, in full."""
    return {
        row: texts.join("joined", (texts.finding(finding) for _, finding, _ in faults))
        for row, faults in _faults(audit).items()
    }


def opinion(score: Score, texts: Texts, *, blank: bool) -> str:
    """What is to be said of a score that no finding speaks of; nothing where the claim stands."""
    if blank:
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
    return ""


def round_score(value: Fraction) -> Decimal:
    """A score as it is written: two decimals."""
    return round_half_up(value, 2)


def name_of(form: Form) -> str:
    """What tells a form from others of its file: its project, else its unit, else where it stands."""
    return str(form.project.value or form.unit.value or form.area.a1)
