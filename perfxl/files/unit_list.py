"""The list of units that should have submitted: a text file, or a workbook of any simple shape.

In a workbook the names stand in a column under a head that says so, or in the only column of texts;
around them stand titles, numbering, blank rows and sums. Where it cannot be told which column holds
the names nothing is guessed: a wrong list would call units missing that are not.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl import resources
from perfxl.bounds import LARGEST
from perfxl.errors import FileError, PerfxlError, UsageError
from perfxl.forms.values.text import normalize, normalize_label, parse_number
from perfxl.grid import load
from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import Span, letters

ENCODINGS = ("utf-8-sig", "gb18030")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
HEAD_ROWS = 50
"""Heads stand no further down than this."""
MOST_SHOWN = 4
_NUMBERING = re.compile(r"^\s*[(（]?[0-9０-９]{1,4}[)）]?\s*[、.．)）]\s*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
Position = tuple[int, int]


class Column(NamedTuple):
    """Where names were read: a sheet ("" in a text file), its column, its head ("" without), how many names."""

    sheet: str
    column: str
    head: str
    names: int


class UnitList(NamedTuple):
    """A list of units.

    Attributes:
        path: the file; None where no list was given.
        names: the units, each once, in the order of the list.
        columns: where they stand; () in a text file.
        unused: sheets that hold none.
    """

    path: Path | None = None
    names: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    unused: tuple[str, ...] = ()


class _Found(NamedTuple):
    column: Column
    names: list[str]


def read_units(path: Path | None) -> UnitList:
    """The units of a list.

    Raises:
        UsageError: it cannot be read, holds no name, or does not tell which column holds them; says
            which and what to do.
    """
    if path is None:
        return UnitList()
    try:
        with load.regular(path) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError("file-unreadable", path=str(path), reason=error) from error
    text = _decoded(data)
    if text is not None:
        names = _unique(_names_of_text(text))
        listed = UnitList(path, names)
    else:
        listed = _from_workbook(path, data)
    if not listed.names:
        raise UsageError("expected-empty", path=str(path))
    return listed


# ---------------------------------------------------------------- text files
def _decoded(data: bytes) -> str | None:
    """A text file's text; None where it is something else."""
    if data.startswith(UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if BINARY.search(data) or data.lstrip()[:1] == b"<":
        return None
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _names_of_text(text: str) -> list[str]:
    """The names of a text file: a line each; of several columns the one headed so, else the first with names."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines)
    sign = max("\t,;，", key=joined.count)
    cells = {
        (row, col): Cell(row, col, value, value)
        for row, values in enumerate(csv.reader(lines, delimiter=sign), 1)
        for col, raw in enumerate(values, 1)
        if (value := raw.strip())
    }
    sheet = _Sheet(Grid("", 0, cells))
    found = sheet.under_heads()
    if not found:
        columns = sheet.columns_of_names()
        found = [sheet.in_column(columns[0])] if columns else []
    return [name for one in found for name in one.names]


# ---------------------------------------------------------------- workbooks
def _from_workbook(path: Path, data: bytes) -> UnitList:
    try:
        grids = load.load(data, path.name).grids
    except FileError as error:
        raise _unreadable(path, error) from error
    shown = [grid for grid in grids if not grid.hidden]
    found = {grid.name: _Sheet(grid).under_heads() for grid in shown}
    if not any(found.values()):
        found = {grid.name: _only_column(path, grid) for grid in shown}
    columns = tuple(one.column for several in found.values() for one in several)
    names = _unique(name for several in found.values() for one in several for name in one.names)
    used = {column.sheet for column in columns}
    return UnitList(path, names, columns, tuple(g.name for g in grids if g.name not in used))


def _unreadable(path: Path, error: PerfxlError) -> UsageError:
    return UsageError("expected-unreadable", path=str(path), reason=error)


def _only_column(path: Path, grid: Grid) -> list[_Found]:
    """The only column of names of a sheet without a head that tells it.

    Raises:
        UsageError: there are several.
    """
    sheet = _Sheet(grid)
    columns = sheet.columns_of_names()
    if len(columns) > 1:
        shown = [
            {"column": letters(col), "name": sheet.in_column(col).names[0]}
            for col in columns[:MOST_SHOWN]
        ]
        raise UsageError("expected-columns", path=str(path), sheet=grid.name, columns=shown)
    return [sheet.in_column(col) for col in columns]


class _Sheet:
    """A sheet that may hold names of units."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._columns: dict[int, list[Cell]] = {}
        self._rows: dict[int, list[Cell]] = {}
        for place in sorted(grid.cells):
            cell = grid.cells[place]
            self._columns.setdefault(cell.col, []).append(cell)
            self._rows.setdefault(cell.row, []).append(cell)
        words: Mapping[str, Sequence[str]] = resources.words("lists")["expected"]
        self._heads = {_key(word): place for place, word in enumerate(words["heads"])}
        self._others = {_key(word) for word in words["others"]}
        self._sums = {_key(word) for word in words["sums"]}
        self._titles = tuple(words["titles"])
        self._notes = tuple(words["notes"])

    def under_heads(self) -> list[_Found]:
        """The columns under the surest head that has names below it: several where lists stand side by side."""
        heads = sorted(
            (self._heads[key], row, col)
            for (row, col), cell in self._grid.cells.items()
            if row <= HEAD_ROWS and (key := _key(cell.text)) in self._heads
        )
        for rank, row, _ in heads:
            places = [col for other, at, col in heads if (other, at) == (rank, row)]
            found = [self._below(row, col) for col in places]
            if any(one.names for one in found):
                return [one for one in found if one.names]
        return []

    def _below(self, row: int, col: int) -> _Found:
        """The names below a head."""
        area = self._grid.area(row, col)
        names = [
            name
            for cell in self._columns.get(area.left, [])
            if cell.row > area.bottom and self._within(cell, area)
            for name in self._name(cell)
        ]
        head = " ".join(self._grid.cells[row, col].text.split())
        return _Found(Column(self._grid.name, letters(col), head, len(names)), names)

    def _within(self, cell: Cell, head: Span) -> bool:
        """Whether a cell is no wider than its head: what goes across the list is a title or a note."""
        return self._grid.area(cell.row, cell.col).right <= head.right

    def _name(self, cell: Cell) -> list[str]:
        """The name in a cell, without its number; none in numbers, sums, repeated heads and notes."""
        name = _NUMBERING.sub("", " ".join(cell.text.split())).strip()
        key = _key(name)
        if not _LETTERS.search(name) or parse_number(name) is not None:
            return []
        if key in self._heads or key in self._sums or key in self._others:
            return []
        folded = normalize(name)
        is_note = ":" in folded and folded.startswith(self._notes)
        return [] if is_note else [name]

    # ------------------------------------------------------------ without a head
    def columns_of_names(self) -> list[int]:
        """The columns that hold names more than anything else, from the left."""
        return [col for col in sorted(self._columns) if self._holds_names(col)]

    def _holds_names(self, col: int) -> bool:
        cells = [*self._cells_of_list(col)]
        heads = {_key(cell.text) for cell in self._columns[col] if cell.row <= HEAD_ROWS}
        named = sum(bool(self._name(cell)) for cell in cells)
        return not heads & self._others and 2 * named > len(cells)

    def _cells_of_list(self, col: int) -> Iterator[Cell]:
        """The cells of a column but for titles above, and a head that is none of the known ones."""
        cells = [
            cell
            for cell in self._columns[col]
            if self._grid.area(cell.row, cell.col).right == col and not self._is_title(cell)
        ]
        beside = {_key(cell.text) for cell in self._rows[cells[0].row]} if cells else set()
        headed = len(cells) > 1 and bool(beside & self._others)
        return iter(cells[1:] if headed else cells)

    def _is_title(self, cell: Cell) -> bool:
        return len(self._rows[cell.row]) == 1 and normalize(cell.text).endswith(self._titles)

    def in_column(self, col: int) -> _Found:
        """The names of a column without a head."""
        names = [name for cell in self._cells_of_list(col) for name in self._name(cell)]
        return _Found(Column(self._grid.name, letters(col), "", len(names)), names)


def _key(text: str) -> str:
    return normalize_label(text).casefold()


def _unique(names: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    """Each name once, as it is written first."""
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(normalize(name), name)
    return tuple(known.values())
