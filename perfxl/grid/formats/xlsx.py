"""Grids of an Office Open XML workbook, from the same scan that later serves the edit."""

from collections.abc import Iterator

from perfxl.grid.cells import (
    SHIFT_1904,
    bounded,
    iso_moment,
    make_cell,
    of_moment,
    truth,
    typed_number,
)
from perfxl.grid.format_renderer import Looks
from perfxl.grid.model import Cell, Grid, type_of_values
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.workbook import Workbook


def grids(book: Workbook) -> tuple[Grid, ...]:
    """The sheets of a workbook, in the order of their tabs."""
    return bounded(_sheets(book))


def _sheets(book: Workbook) -> Iterator[Grid]:
    codes = book.formats
    looks = Looks(codes)
    shift = SHIFT_1904 if book.date1904 else 0
    for index, sheet in enumerate(book.sheets):
        scan = book.scan(index)
        yield Grid(
            name=sheet.name,
            index=index,
            cells=_cells(scan, codes, looks, shift),
            spans=tuple(scan.merges),
            hidden=sheet.state != "visible",
            widths=scan.widths,
            heights=scan.heights,
            uncomputed=_find_uncomputed(scan),
        )


def _cells(
    scan: SheetScan, codes: list[str], looks: Looks, shift: int
) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    hidden_rows, hidden_columns = scan.hidden_rows, scan.hidden_columns
    styles = len(codes)
    make = make_cell
    value: type_of_values
    for row, col, style, kind, raw, formula in scan.cells:
        if style >= styles:
            style = 0  # noqa: PLW2901  # a style that the file does not have means the first one
        look = looks[style]
        if kind == "str":
            if not raw or raw.isspace():
                continue
            value = raw
            text = look.text(raw) if look.text else raw
        elif kind == "n":
            value, text = typed_number(raw, look, shift)
        elif kind == "b":
            value, text = truth(raw)
        elif kind == "d" and (when := iso_moment(raw)) is not None:
            value, text = of_moment(when, codes[style])
        else:
            value = text = raw
        hidden = row in hidden_rows or col in hidden_columns
        cells[row, col] = make((row, col, value, text, codes[style], formula, hidden))
    return cells


def _find_uncomputed(scan: SheetScan) -> frozenset[tuple[int, int]]:
    """Formulas without a stored result. One whose result is the empty text says so in its cell."""
    found = []
    for row, col, _, kind, raw, formula in scan.cells:
        if formula and not raw and kind == "str":
            start, end, _ = scan.places[row, col]
            if b't="str"' not in scan.data[start:end]:
                found.append((row, col))
    return frozenset(found)
