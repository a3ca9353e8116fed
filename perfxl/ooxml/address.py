"""Cell addresses: (row, column), both counted from 1, and the A1 notation of spreadsheets."""

import re
from functools import cache, lru_cache
from typing import NamedTuple, cast

from perfxl.errors import UsageError

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Span(NamedTuple):
    """A rectangle of cells, all four edges inside it; a single cell is a span of one."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, position: object) -> bool:
        return self.covers(*cast("tuple[int, int]", position))

    def covers(self, row: int, col: int) -> bool:
        """Whether a position lies inside."""
        return self.top <= row <= self.bottom and self.left <= col <= self.right

    @property
    def a1(self) -> str:
        """The span in A1 notation: ``B2:C5``, or ``B2`` for one cell."""
        first = a1(self.top, self.left)
        last = a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


@cache
def letters(col: int) -> str:
    """Column number to letters: 1 → A, 27 → AA."""
    text = ""
    while col:
        col, rest = divmod(col - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def number(column: str) -> int:
    """Column letters to number: A → 1, AA → 27."""
    value = 0
    for letter in column.upper():
        value = value * 26 + ord(letter) - 64
    return value


@lru_cache(maxsize=65536)
def a1(row: int, col: int) -> str:
    """(2, 3) → C2."""
    return f"{letters(col)}{row}"


@lru_cache(maxsize=65536)
def position(address: str) -> tuple[int, int]:
    """C2 → (2, 3).

    Raises:
        UsageError: the text is no address.

    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise UsageError("bad-address", address=address)
    return int(match[2]), number(match[1])


def span(reference: str) -> Span:
    """``B2:C5`` or ``B2`` → Span; corners in any order."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return Span(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
