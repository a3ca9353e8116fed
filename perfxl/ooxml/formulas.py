"""References in formulas: found, and sent to where their rows have gone."""

import re
from collections.abc import Callable

from perfxl.ooxml.address import letters, number

Runs = list[tuple[int, int]]
"""Rows as (first, last), in order."""
Send = Callable[[str | None, int, int], Runs]
"""Where the rows of a reference are now: (sheet or None for the formula's own, first, last) → runs."""

NOTHING = "0"
"""What a reference becomes whose rows are gone: the sum of nothing."""

_PIECE = re.compile(
    r'"(?:[^"]|"")*"'  # a text in quotes
    r"|\[[^\]]*\]"  # a column of a table, or another workbook
    r"|(?<![\w.$:])(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)?"
    r"(?:(?P<left>\$?[A-Za-z]{1,3})(?P<top>\$?[0-9]{1,7})"
    r"(?::(?P<right>\$?[A-Za-z]{1,3})(?P<bottom>\$?[0-9]{1,7}))?"
    r"|(?P<first>\$?[0-9]{1,7}):(?P<last>\$?[0-9]{1,7}))"
    r"(?![\w.(!])"
)


class AmbiguousReference(Exception):
    """A single cell became several, where a formula can only take one."""


def remap_references(formula: str, send: Send, own: str | None = None) -> str:
    """A formula with every reference sent to where its rows have gone.

    A range stretches over everything that its rows became. What stands in one row, and that row became
    several, is an argument for each: ``SUM(G7)`` → ``SUM(G7,G15,G23)``.

    Args:
        formula: without its equals sign.
        send: where rows have gone.
        own: name of the sheet that the formula stands on; references to it lose the name.

    Raises:
        AmbiguousReference: a cell became several, and it is no argument of a function.
    """

    def moved(match: re.Match[str]) -> str:
        if match["left"] is None and match["first"] is None:
            return match[0]
        sheet = match["sheet"] or ""
        name = sheet[:-1].strip("'").replace("''", "'") if sheet else None
        if name is not None and name == own:
            # The sheet itself, by whatever name it goes from now on.
            sheet, name = "", None
        if match["first"]:
            return sheet + _rows(match["first"], match["last"], name, send)
        top, bottom = match["top"], match["bottom"] or match["top"]
        runs = send(name, _number(top), _number(bottom))
        if not runs:
            return NOTHING
        if _number(top) != _number(bottom):
            runs = [(runs[0][0], runs[-1][1])]
        elif runs != [(runs[0][0],) * 2] and not _is_argument(formula, *match.span()):
            raise AmbiguousReference
        left, right = match["left"], match["right"] or match["left"]
        pieces = [_area(left, right, first, last, top, bottom) for first, last in runs]
        return ",".join(sheet + piece for piece in pieces)

    return _PIECE.sub(moved, formula)


def shift_references(formula: str, down: int, right: int) -> str:
    """A formula as it reads when copied so many rows down and columns to the right."""

    def moved(match: re.Match[str]) -> str:
        if match["left"] is None:
            return match[0]
        text = (match["sheet"] or "") + _shift(match["left"], match["top"], down, right)
        if match["right"]:
            text += ":" + _shift(match["right"], match["bottom"], down, right)
        return text

    return _PIECE.sub(moved, formula)


def _shift(column: str, row: str, down: int, right: int) -> str:
    if not column.startswith("$"):
        column = letters(number(column) + right)
    if not row.startswith("$"):
        row = str(int(row) + down)
    return column + row


def _number(row: str) -> int:
    return int(row.lstrip("$"))


def _dollar(old: str, row: int) -> str:
    return f"${row}" if old.startswith("$") else str(row)


def _area(left: str, right: str, first: int, last: int, top: str, bottom: str) -> str:
    start = left + _dollar(top, first)
    return start if (first, left) == (last, right) else f"{start}:{right}{_dollar(bottom, last)}"


def _rows(first: str, last: str, sheet: str | None, send: Send) -> str:
    runs = send(sheet, _number(first), _number(last))
    if not runs:
        return NOTHING
    return f"{_dollar(first, runs[0][0])}:{_dollar(last, runs[-1][1])}"


def _is_argument(formula: str, start: int, end: int) -> bool:
    before, after = formula[:start].rstrip(), formula[end:].lstrip()
    return before.endswith(("(", ",")) and after.startswith((")", ","))
