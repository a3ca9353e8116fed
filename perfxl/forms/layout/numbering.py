"""Rows that only number the columns of a table: 栏次 | 甲 | 乙 | 1 | 2 | 3=2/1, or （A） | （B） | （B/A）."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfxl.forms.layout.tiles import Tile
from perfxl.forms.values.text import normalize

LEAST_NUMBERED = 3
MOST_BEFORE = 4
"""The numbers of columns begin with this one at the latest; the columns before it hold names."""
_MARK = re.compile(r"[(]?([0-9]{1,2}|[^\W\d])[)]?(?:=.*)?")
_WORKED_OUT = re.compile(r"[(]?[(]?\w{1,2}[)]?(?:[/÷*×+\-][(]?\w{1,3}[)]?)+%?[)]?")


class Mark(NamedTuple):
    """A column's number: in which series (甲乙丙, ABC; digits where it is ""), and which place."""

    series: str
    place: int


def numbers_columns(
    row: Sequence[Tile] | None, lines: frozenset[str], all_series: Sequence[str]
) -> bool:
    """Whether a row numbers the columns and holds nothing else.

    Args:
        row: its tiles.
        lines: what may stand before the numbers: 栏次.
        all_series: letters and signs in their order, besides digits.
    """
    if row is None or len(row) < LEAST_NUMBERED:
        return False
    tiles = row[1:] if normalize(row[0].text) in lines else row
    found: dict[str, list[int]] = {}
    for tile in tiles:
        mark = _mark(normalize(tile.text), all_series)
        if mark is not None:
            found.setdefault(mark.series, []).append(mark.place)
        elif not _WORKED_OUT.fullmatch(normalize(tile.text)):
            return False
    runs = (_is_run(places, series) for series, places in found.items())
    return len(tiles) >= LEAST_NUMBERED and bool(found) and all(runs)


def _is_run(places: list[int], series: str) -> bool:
    first = places[0]
    return places == list(range(first, first + len(places))) and first <= (
        1 if series else MOST_BEFORE
    )


def _mark(text: str, all_series: Sequence[str]) -> Mark | None:
    match = _MARK.fullmatch(text)
    if match is None:
        return None
    sign = match[1]
    if sign.isdigit():
        return Mark("", int(sign))
    series = next((one for one in all_series if sign in one), None)
    return None if series is None else Mark(series, series.index(sign) + 1)
