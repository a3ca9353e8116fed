"""What a cell shows beside what it stores: a number format may hide decimals, or another number altogether."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.forms.model import Field, Form
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.text import normalize
from perfxl.rules.findings import Finding

LEAST = Decimal("0.005")
"""Less than this between what is shown and what is stored is the rounding of two decimals."""
MOST_TOLD = 3
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
_LETTERS = re.compile(r"[0-9][eE][+\-]?[0-9]")
_SIGNS = {"%": 2, "‰": 3, "k": -3, "K": -3}


@cache
def _multipliers() -> dict[str, int]:
    """Sign or word behind a shown number → by how many powers of ten the stored one differs."""
    return _SIGNS | {word: -size.adjusted() for word, size in grammar().multipliers}


class Displayed(NamedTuple):
    """A number as a cell shows it.

    Attributes:
        place: the cell.
        stored: what it holds. shown: what it shows, in the measure of what it holds.
        step: one unit of the last decimal that is shown, likewise. scale: what one is, where the text says 1.
        name: field of the form that it is (target, score, …).
        row: the indicator's row, 0 for what belongs to no indicator. goal: its goal.
    """

    place: Field
    stored: Decimal
    shown: Decimal
    step: Decimal
    scale: Decimal = Decimal(1)
    name: str = ""
    row: int = 0
    goal: int | None = None

    @property
    def rounded(self) -> bool:
        """Whether what is shown is what is stored, rounded or cut off at the last shown decimal."""
        return abs(self.shown - self.stored) < self.step

    @property
    def material(self) -> bool:
        """Whether the two differ by more than scores are kept at; 97.968 shown as 97.97 is ordinary."""
        return not self.rounded or abs(self.shown - self.stored) >= LEAST * self.scale


def read_displayed(place: Field) -> Displayed | None:
    """What a cell with a typed number shows, None where its text shows no single number.

    A format may show a percentage (0.95 as 95%) or thousands (12345 as 1.2万); of the readings that a
    sign in the text allows, the one nearest to the stored number counts, so that none is accused by
    a misunderstanding.
    """
    stored = place.raw if isinstance(place.raw, Decimal) else None
    text = normalize(place.text)
    found = list(_NUMBER.finditer(text))
    if stored is None or len(found) != 1 or _LETTERS.search(text):
        return None
    match = found[0]
    figure = Decimal(match[0].replace(",", ""))
    decimals = len(match[0].partition(".")[2])
    if text[: match.start()].endswith(("-", "−", "(")) and stored < 0:
        figure = -figure
    powers = {0, *(power for sign, power in _multipliers().items() if sign in text[match.end() :])}
    readings = [
        Displayed(
            place, stored, figure.scaleb(-power), Decimal(1).scaleb(-decimals - power),
            Decimal(1).scaleb(-power),
        )
        for power in powers
    ]  # fmt: skip
    return min(readings, key=lambda one: abs(one.shown - one.stored))


def unlike(form: Form) -> Iterator[Displayed]:
    """Every scored cell of a form that does not show the number that it stores."""
    seen: set[tuple[int, int]] = set()
    for name, place, row, goal in _scored_fields(form):
        if (place.row, place.col) in form.unshown and isinstance(place.raw, Decimal):
            seen.add((place.row, place.col))
            nothing = Displayed(place._replace(text=""), place.raw, Decimal(0), Decimal(0))
            yield nothing._replace(name=name, row=row, goal=goal)
            continue
        if not isinstance(place.raw, Decimal) or place.text == str(place.raw):
            continue  # a text, or a number shown as it is: nearly all of them
        found = read_displayed(place)
        if found is None or not found.material or (place.row, place.col) in seen:
            continue
        seen.add((place.row, place.col))
        yield found._replace(name=name, row=row, goal=goal)


def with_stored(finding: Finding, cells: Sequence[Displayed]) -> Finding:
    """A finding that says what is stored in the cells that it is about, where they show something else."""
    about = [cell for cell in cells if _is_about(finding, cell)]
    if not about or finding.clue:
        return finding
    stored = [(cell.place.cell, cell.place.text, cell.stored) for cell in about[:MOST_TOLD]]
    return finding._replace(arguments={**finding.arguments, "stored": stored})


def _is_about(finding: Finding, cell: Displayed) -> bool:
    if (cell.place.row, cell.place.col) in finding.places:
        return True
    if cell.row:
        goal = finding.goal is not None and finding.goal == cell.goal and not finding.line
        return finding.line == cell.row or goal
    return False


def _scored_fields(form: Form) -> Iterator[tuple[str, Field, int, int | None]]:
    for fund in form.funds:
        for name in ("initial", "budget", "executed", "rate", "weight", "score"):
            yield name, getattr(fund, name), 0, None
    for goal in form.goals:
        yield "weight", goal.weight, 0, goal.goal
        yield "score", goal.score, 0, goal.goal
    for row in form.indicators:
        for name in ("target", "actual", "weight", "score"):
            yield name, getattr(row, name), row.row, row.goal
    yield "total", form.claimed_total, 0, None
    yield "total_weight", form.total_weight, 0, None
