"""Verdicts, severities and findings. A finding is a value; its text is rendered late."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from perfxl.exact import Fraction
from perfxl.forms.model import ABSENT, Field
from perfxl.ooxml.address import a1


class Verdict(StrEnum):
    """What a rule says of one of its subjects; silence is never mistaken for a pass.

    The texts stand in the catalogue under ``verdict``, the words of the machine output in
    `perfxl.rules.records`.
    """

    HOLDS = "holds"
    FAILS = "fails"
    NOT_APPLICABLE = "not-applicable"
    CANNOT_JUDGE = "cannot-judge"


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


COUNTED = (str(Severity.ERROR), str(Severity.WARNING))
"""Severities of what a department has to mend or to explain; notes are for the auditor."""


class Check(NamedTuple):
    """One rule's verdict on one subject.

    Attributes:
        place: the cell a person would correct.
        field: which value of the form it is about (score, rate, actual, …).
        message: which text of the rule's catalogue entry says it.
        goal: the goal or section it belongs to; row: the indicator's row; both to fold by.
    """

    verdict: Verdict
    place: Field = ABSENT
    field: str = ""
    severity: Severity = Severity.ERROR
    message: str = ""
    claimed: Any = None
    lo: Fraction | None = None
    hi: Fraction | None = None
    arguments: Mapping[str, Any] = {}
    goal: int | None = None
    row: int = 0


class Kind(StrEnum):
    """What a finding speaks of."""

    INDICATOR = "indicator"
    GOAL = "goal"
    FUND = "fund"
    TOTAL = "total"
    FIELD = "field"
    COLUMN = "column"
    FORM = "form"


class Unit(StrEnum):
    """What a difference is counted in."""

    POINTS = "points"
    MONEY = "money"
    RATE = "rate"
    NONE = "none"


UNITS = {
    **dict.fromkeys(("score", "weight"), Unit.POINTS),
    **dict.fromkeys(("initial", "budget", "executed"), Unit.MONEY),
    **dict.fromkeys(("rate", "coefficient"), Unit.RATE),
}
"""Field of the form → what its numbers are counted in."""


class Subject(NamedTuple):
    """What of the form a finding speaks of, in the form's own words.

    Attributes:
        kind: an indicator, a goal (or section), a row of funds, …
        goal: the goal or section it belongs to, with its label: 年度绩效目标7：办公大楼租金费用.
        names: the indicators, the row of funds, the label of a column; of a field its code.
        called: the goal as a sentence calls it, "" where the name alone says which row is meant.
    """

    kind: Kind = Kind.FORM
    goal: str = ""
    names: tuple[str, ...] = ()
    called: str = ""


class Quotation(NamedTuple):
    """The sentence of the rules that a finding rests on.

    Attributes:
        text: the sentence. on_form: whether the form itself prints it; else the official document does.
        gist: what it says, in English.
    """

    text: str = ""
    on_form: bool = False
    gist: str = ""


HOLDS = Check(Verdict.HOLDS)
NOT_APPLICABLE = Check(Verdict.NOT_APPLICABLE)
CLUE = "clue-"
"""So begin the codes of rules that find clues."""


UNMEASURED = ("too-little",)
"""Messages of findings whose interval is of weights that nobody stated: the claim is not off by its distance."""


class Finding(NamedTuple):
    """A discrepancy, a question, or something that a person has to judge.

    Attributes:
        rule: code of the rule. message: code of the text within the rule's entry.
        cell: A1 address on ``sheet``; "" where the form has no such place.
        claimed: the claim as a number, or a text as written.
        lo, hi: the admissible interval where the rule has one.
        clause: the clause of the official rules it rests on.
        causes: what merely follows from it, folded under it.
        parts: the findings that it tells in one line, each of one row.
        subject: what of the form it speaks of. quotation: the sentence of the clause.
    """

    rule: str
    severity: Severity
    verdict: Verdict
    sheet: str
    row: int
    col: int
    field: str
    claimed: Any
    lo: Fraction | None
    hi: Fraction | None
    clause: str
    message: str
    arguments: Mapping[str, Any]
    goal: int | None = None
    line: int = 0
    causes: tuple["Finding", ...] = ()
    parts: tuple["Finding", ...] = ()
    subject: Subject = Subject()
    quotation: Quotation = Quotation()

    @property
    def cell(self) -> str | None:
        """A1 address, None where the form has no such place."""
        return a1(self.row, self.col) if self.row else None

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """(row, column) of every cell it is about: several where the same gap is in many rows."""
        own = ((self.row, self.col),) if self.row else ()
        places: tuple[tuple[int, int], ...] = self.arguments.get("places", own)
        return places

    @property
    def difference(self) -> Fraction | None:
        """Claim - the nearer end of its interval, in `unit`: positive where too much is claimed.

        None where no number was claimed, and where the interval does not say by how much it is off.
        """
        if self.claimed is None or isinstance(self.claimed, str) or self.message in UNMEASURED:
            return None
        if self.hi is not None and self.claimed > self.hi:
            return Fraction(self.claimed - self.hi)
        if self.lo is not None and self.claimed < self.lo:
            return Fraction(self.claimed - self.lo)
        return None

    @property
    def unit(self) -> Unit:
        """What the claim, its interval and the difference are counted in."""
        numbers = (self.claimed, self.lo, self.hi)
        known = any(one is not None and not isinstance(one, str) for one in numbers)
        return UNITS.get(self.field, Unit.NONE) if known else Unit.NONE

    @property
    def clue(self) -> bool:
        """Whether it is a clue: something to look into, and never a fault by itself."""
        return self.rule.startswith(CLUE)


class Statement(NamedTuple):
    """A finding as every output tells it, in one language: plain values, and the sentence made of them.

    Attributes:
        problem: the short name of what is wrong: 指标得分多计.
        kind: what it speaks of.
        goal: the goal or section, "" where it belongs to none.
        name: the indicator, the row of funds, the head's field, the total; "" of a goal as a whole.
        field: which value of it, in words.
        sheet, cell: where a person would correct it; the cell is None where the form has no such place.
        claimed: as shown; "" where nothing is claimed. due: what would be right, or the range it lies in.
        difference: claimed - due in ``unit``, positive where too much is claimed; None: no amount.
        clause: its name. quotation: its sentence, "" where the wording is not known.
        quoted_from: form, document, or "".
        basis: the clause with its sentence, as a column prints it.
        text: the sentence without its basis. sentence: with it.
    """

    problem: str
    kind: Kind
    goal: str
    name: str
    field: str
    sheet: str
    cell: str | None
    claimed: str
    due: str
    difference: Fraction | None
    unit: Unit
    clause: str
    quotation: str
    quoted_from: str
    basis: str
    text: str
    sentence: str


class Score(NamedTuple):
    """A claimed score beside what the rules admit.

    Attributes:
        of: budget, goal:N, indicator:ROW or total.
        place: the score's cell.
        difference: claimed - recomputed; positive where too much was claimed.
    """

    of: str
    kind: str
    name: str
    place: Field
    claimed: Fraction | None
    lo: Fraction | None
    hi: Fraction | None
    recomputed: Fraction | None
    difference: Fraction | None
    verdict: Verdict
    goal: int | None = None
