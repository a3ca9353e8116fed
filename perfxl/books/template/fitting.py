"""Rows high enough for their texts: what a template's rows are given, and more where needed.

Excel fits a row to its text only where no cell of it is merged, and WPS and LibreOffice trust the
file; so the file says how high a row is. A row is never made lower than the template has it.
"""

import math
from collections.abc import Mapping, Sequence

from perfxl.ooxml.address import Span
from perfxl.ooxml.parts.canonical_xml import attributes
from perfxl.ooxml.parts.geometry import lines_of
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.sheet_rewrite import NewRow

# In points; a row of more than 409.5 is more than the format allows.
_TALLEST = 409.5
_DEFAULT_HEIGHT = 15.0
_LINE_TO_SIZE = 1.3
# Above and below a text of several lines.
_SPARE = 6.0
# In characters: what a cell's margins take, and the width of a column that states none.
_MARGIN = 1.4
_DEFAULT_WIDTH = 8.43
_SIZE_OF_WIDTH = 11.0
"""A column's width counts characters of this size in points."""


class Fitter:
    """The heights of a template sheet's rows.

    Args:
        scan: the template sheet.
        sizes: font size in points of every cell style.
    """

    def __init__(self, scan: SheetScan, sizes: Sequence[float]) -> None:
        self._scan, self._sizes = scan, sizes
        entry = next((p.attributes for p in scan.parts if p.name == b"sheetFormatPr"), b"")
        defaults = attributes(entry)
        self._height = float(defaults.get(b"defaultRowHeight", b"") or _DEFAULT_HEIGHT)
        self._width = float(defaults.get(b"defaultColWidth", b"") or _DEFAULT_WIDTH)
        self._texts: dict[int, list[tuple[int, str]]] = {}
        for cell in scan.cells:
            if cell.type == "str":
                self._texts.setdefault(cell.row, []).append((cell.col, cell.value))

    def fit(self, rows: list[NewRow], merges: Sequence[Span]) -> list[Span]:
        """Give rows the height that their texts need, in place; a row that is too tall becomes several.

        Returns:
            The merged areas: those given, and those over rows that became several.
        """
        areas = {(area.top, area.left): area for area in merges}
        heights = self.heights(rows)
        tall: list[tuple[Span, float]] = []
        for new, row in enumerate(rows, 1):
            for col, text in self._texts_of_row(row):
                area = areas.get((new, col)) or Span(new, col, new, col)
                need = self._need(text, area, row)
                if area.bottom > new:
                    tall.append((area, need))
                elif need > heights[new - 1]:
                    heights[new - 1] = need
        for area, need in tall:
            missing = need - sum(heights[area.top - 1 : area.bottom])
            if missing > 0:
                share = missing / (area.bottom - area.top + 1)
                for index in range(area.top - 1, area.bottom):
                    heights[index] += share
        for row, height in zip(rows, heights, strict=True):
            if height != self._scan.heights.get(row.gone.source, self._height):
                row.height = height
        return self._spread(rows, list(merges))

    def heights(self, rows: Sequence[NewRow]) -> list[float]:
        """How high rows are, in points."""
        stated = self._scan.heights
        return [
            stated.get(row.gone.source, self._height) if row.height is None else row.height
            for row in rows
        ]

    def widths(self, area: Span) -> list[float]:
        """The widths of an area's columns, in characters."""
        stated = self._scan.widths
        return [stated.get(col, self._width) for col in range(area.left, area.right + 1)]

    def _spread(self, rows: list[NewRow], merges: list[Span]) -> list[Span]:
        """Rows taller than the format allows as several rows, their cells merged over them."""
        for new in range(len(rows), 0, -1):
            row = rows[new - 1]
            if row.height is None:
                continue
            parts = math.ceil(row.height / _TALLEST)
            # Excel keeps heights in quarters of a point.
            row.height = min(_TALLEST, math.ceil(row.height / parts * 4) / 4)
            if parts == 1:
                continue
            columns = {col for at, col in self._scan.places if at == row.gone.source}
            blank = dict.fromkeys(columns)
            gone = row.gone._replace(continued=True)
            more = [NewRow(gone, dict(blank), height=row.height) for _ in range(parts - 1)]
            rows[new:new] = more
            covered = {
                col for area in merges if area.top <= new <= area.bottom
                for col in range(area.left, area.right + 1)
            }  # fmt: skip
            alone = [Span(new, col, new, col) for col in sorted(columns - covered)]
            merges = [_longer(area, new, parts - 1) for area in [*merges, *alone]]
        return sorted(merges)

    def _texts_of_row(self, row: NewRow) -> list[tuple[int, str]]:
        """The texts of a row that could need more than one line."""
        held: Mapping[int, object] = row.values
        found = [(col, value) for col, value in held.items() if isinstance(value, str) and value]
        found += [
            (col, text) for col, text in self._texts.get(row.gone.source, ()) if col not in held
        ]
        return found

    def _need(self, text: str, area: Span, row: NewRow) -> float:
        place = self._scan.places.get((row.style_row.get(area.left, row.gone.source), area.left))
        size = self._sizes[place[2]] if place and place[2] < len(self._sizes) else _SIZE_OF_WIDTH
        room = max(2.0, (sum(self.widths(area)) - _MARGIN) * _SIZE_OF_WIDTH / size)
        lines = lines_of(text, room)
        return lines * size * _LINE_TO_SIZE + (_SPARE if lines > 1 else 0)


def _longer(area: Span, row: int, more: int) -> Span:
    """An area after so many rows were put in behind a row: moved, or grown where the row is in it."""
    if area.top > row:
        return area._replace(top=area.top + more, bottom=area.bottom + more)
    return area._replace(bottom=area.bottom + more) if area.bottom >= row else area
