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


HOLDS = Check(Verdict.HOLDS)
NOT_APPLICABLE = Check(Verdict.NOT_APPLICABLE)
CLUE = "clue-"
"""So begin the codes of rules that find clues."""


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
    def clue(self) -> bool:
        """Whether it is a clue: something to look into, and never a fault by itself."""
        return self.rule.startswith(CLUE)


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
