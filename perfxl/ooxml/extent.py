"""How far a sheet reaches: what of it prints where the file states no print area.

Programs print from A1 to the last cell that shows anything, a border included, and to the end of
the last picture.
"""

import re

from perfxl.ooxml.address import Span
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.styles import Styles

FAR = 200
"""Spans that reach beyond this column were drawn over whole rows."""
MOST_BLANK = 8
"""Where so many bordered columns are blank, the border was put on whole rows: nobody means to print it."""
_END = re.compile(
    rb"<(?:\w+:)?to>\s*<(?:\w+:)?col>([0-9]+)</.*?<(?:\w+:)?row>([0-9]+)</", re.DOTALL
)


def printed_area(scan: SheetScan, styles: Styles, package: Package, part: str) -> Span:
    """The area of a sheet that prints by itself.

    Args:
        scan: the sheet.
        styles: of the workbook.
        package: the file.
        part: the sheet's part, for its pictures.
    """
    places = [(cell.row, cell.col) for cell in scan.cells]
    places += [
        (area.bottom, area.right)
        for area in scan.merges
        if area.right < FAR and area.top in scan.rows
    ]
    places += _ends_of_pictures(package, part)
    bottom = max((row for row, _ in places), default=1)
    right = max((col for _, col in places), default=1)
    shown = {style for _, _, style in scan.places.values()}
    shown = {style for style in shown if styles.is_visible(style)}
    bordered = [here for here, place in scan.places.items() if place[2] in shown]
    last_row = max((row for row, _ in bordered), default=1)
    last_col = max((col for _, col in bordered), default=1)
    if last_col <= right + MOST_BLANK:
        right = max(right, last_col)
    return Span(1, 1, max(bottom, last_row), right)


def _ends_of_pictures(package: Package, part: str) -> list[tuple[int, int]]:
    drawing = package.related(part, "drawing")
    if drawing is None or package.find(drawing.target) is None:
        return []
    found = _END.findall(package.read(drawing.target))
    return [(int(row) + 1, int(col) + 1) for col, row in found if int(col) < FAR]
