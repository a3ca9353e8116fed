"""Decisions as people typed them into a workbook: found by the key in their row and the heads above.

Rows may have been sorted, filtered, deleted and pasted, columns moved: what has its key and its head is
taken, everything else is told with its cell. Nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from perfxl import resources
from perfxl.forms.values.moments import read_moment
from perfxl.forms.values.text import match_key, normalize
from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import a1
from perfxl.texts import Texts, load_texts

FIELDS = ("choice", "reason", "person", "decided_on")
CHOICES = ("accepted", "rejected", "queried")
_KEY = re.compile(r"perfxl:([0-9a-f]{16}):([0-9a-f]{16})")
LONGEST_TOLD = 40


def key_text(form: str, finding: str) -> str:
    """What stands in a row's hidden cell, so that it is known again."""
    return f"perfxl:{form}:{finding}"


def words(texts: Texts) -> list[str]:
    """The words to choose from."""
    return [texts.get(f"decisions/{choice}") for choice in CHOICES]


class Filled(NamedTuple):
    """What a row of a finding holds.

    Attributes:
        form, finding: its keys. choice: one of `CHOICES`, or "".
        place: sheet and cell, for people.
    """

    form: str
    finding: str
    choice: str
    reason: str
    person: str
    decided_on: str
    place: str

    @property
    def told(self) -> tuple[str, ...]:
        """What a person filled in."""
        return self[2:6]


class Problem(NamedTuple):
    """Something typed that could not be taken: a text of ``decisions``, its cell and what stands there."""

    code: str
    place: str
    text: str = ""


Found = tuple[list[Filled], list[Problem]]


def read_decisions(grids: Iterable[Grid]) -> Found:
    """What a workbook's sheets hold of decisions.

    Args:
        grids: its sheets, ours among them.

    Returns:
        The row of each finding, blank ones too, and what could not be taken.
    """
    rows: list[Filled] = []
    problems: list[Problem] = []
    for grid in grids:
        found, told = _of_grid(grid)
        rows += found
        problems += told
    return _once(rows, problems)


def _once(rows: Sequence[Filled], problems: list[Problem]) -> Found:
    """Each finding once: rows that were copied say the same, or none of them is taken."""
    by_key: dict[tuple[str, str], list[Filled]] = {}
    for row in rows:
        by_key.setdefault((row.form, row.finding), []).append(row)
    taken = []
    for same in by_key.values():
        filled = [row for row in same if any(row.told)]
        if len({row.told for row in filled}) > 1:
            problems.append(Problem("twice", filled[-1].place, _words(filled[-1].choice)))
        else:
            taken.append((filled or same)[0])
    return taken, problems


def _of_grid(grid: Grid) -> Found:
    keys = {row: match for (row, _), cell in grid.cells.items() if (match := _key(cell))}
    if not keys:
        return [], []
    heads = _heads(grid)
    if not any("choice" in columns for columns in heads.values()):
        return [], [Problem("no_column", grid.name)]
    rows, problems = [], []
    for row, columns in _under_heads(grid, heads, keys):
        read = _row(grid, row, columns, keys.get(row))
        if isinstance(read, Filled):
            rows.append(read)
        elif read is not None:
            problems.append(read)
    return rows, problems


def _key(cell: Cell) -> tuple[str, str] | None:
    match = _KEY.fullmatch(cell.text.strip()) if cell.text.startswith("perfxl:") else None
    return None if match is None else (match[1], match[2])


def _heads(grid: Grid) -> dict[int, dict[str, int]]:
    """Row → field → column, for every row that names the column of decisions or two of the others."""
    words = _head_words()
    found: dict[int, dict[str, int]] = {}
    for (row, col), cell in grid.cells.items():
        field = words.get(match_key(cell.text))
        if field:
            found.setdefault(row, {}).setdefault(field, col)
    return {
        row: columns for row, columns in found.items() if "choice" in columns or len(columns) > 1
    }


def _under_heads(
    grid: Grid, heads: dict[int, dict[str, int]], keys: dict[int, tuple[str, str]]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Each row that has a key, or stands among such rows, with the columns of the head above it."""
    columns: dict[str, int] = {}
    for row in sorted({row for row, _ in grid.cells} | keys.keys()):
        if row in heads:
            columns = heads[row]
        elif columns and min(keys) <= row <= max(keys):
            yield row, columns


def _row(
    grid: Grid, row: int, columns: dict[str, int], key: tuple[str, str] | None
) -> Filled | Problem | None:
    cells = {field: grid.cells.get((row, col)) for field, col in columns.items()}
    place = f"{grid.name}!{_address(row, columns)}"
    told = cells.get("choice")
    text = "" if told is None else told.text.strip()
    if key is None:
        return Problem("no_finding", place, text[:LONGEST_TOLD]) if text else None
    if any(_merged(grid, row, col) for field, col in columns.items() if field in FIELDS):
        return Problem("merged", place)
    choice = _choice_words().get(match_key(text), "")
    if text and not choice:
        return Problem("other_word", place, text[:LONGEST_TOLD])
    reason, person = (
        "" if (one := cells.get(field)) is None else one.text.strip() for field in FIELDS[1:3]
    )
    return Filled(*key, choice, reason, person, _day(cells.get("decided_on")), place)


def _address(row: int, columns: dict[str, int]) -> str:
    return a1(row, columns.get("choice", min(columns.values())))


def _merged(grid: Grid, row: int, col: int) -> bool:
    area = grid.area(row, col)
    return area.top != area.bottom or area.left != area.right


def _day(cell: Cell | None) -> str:
    """A date as YYYY-MM-DD where it is one, else as typed."""
    if cell is None:
        return ""
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    text = cell.text.strip()
    moment = read_moment(normalize(text))
    if moment is not None and not moment.period and not moment.tail and all(moment.day):
        year, month, day = (part or 0 for part in moment.day)
        return f"{year:04}-{month:02}-{day:02}"
    return text


def _head_words() -> dict[str, str]:
    return {
        match_key(load_texts(language).get(f"decisions/{field}")): field
        for language in resources.LANGUAGES
        for field in FIELDS
    }


def _choice_words() -> dict[str, str]:
    return {
        match_key(load_texts(language).get(f"decisions/{choice}")): choice
        for language in resources.LANGUAGES
        for choice in CHOICES
    }


def _words(choice: str) -> str:
    return load_texts(resources.LANGUAGES[0]).get(f"decisions/{choice}") if choice else ""
