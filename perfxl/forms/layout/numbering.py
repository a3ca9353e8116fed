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
    texts = [normalize(tile.text) for tile in row]
    texts = texts[1:] if texts[0] in lines else texts
    found: list[Mark] = []
    for text in texts:
        mark = _mark(text, all_series)
        if mark is not None:
            found.append(mark)
        elif not _WORKED_OUT.fullmatch(text):
            return False
    return (
        len(texts) >= LEAST_NUMBERED
        and bool(found)
        and all(
            _is_run([mark.place for mark in found if mark.series == one], one)
            for one in {mark.series for mark in found}
        )
    )


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
