"""Where a form's pages end: between goals, never through a label or a text that would fit on a page.

The sheet stays fitted to the width of the page, since a printer's or a system's fonts may make columns wider.
Excel ends the pages of such a sheet where it likes, and heeds the breaks when a person sets a scale;
WPS and LibreOffice heed them at once.
"""

import math
import re
from collections.abc import Sequence
from itertools import accumulate

from perfxl.ooxml.address import Span
from perfxl.ooxml.parts.canonical_xml import attributes, children, root
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.splice import Splices, close_of, place_for
from perfxl.ooxml.rowmap import Path
from perfxl.ooxml.sheetedit import ORDER

POINTS = 72.0
PAPERS = {b"8": (842.0, 1191.0), b"9": (595.0, 842.0), b"11": (420.0, 595.0), b"1": (612.0, 792.0)}
"""Width and height in points of A3, A4, A5 and Letter."""
MARGINS = {b"left": 0.7, b"right": 0.7, b"top": 0.75, b"bottom": 0.75}
"""In inches, where a sheet states none."""
CHARACTER, EDGE = 5.25, 3.75
"""Width of a digit of the usual font in points, and of the edges of a column."""
SPARE = 0.95
"""Share of a page that is counted on: fonts and printers differ."""
CUT, WHOLE, PAGE, LOOP, EMPTY = 10.0, 1.0, 1.5, 0.1, 0.1
"""What it weighs to cut a goal or a group, the label of a whole table, to take one page more, to end within one
loop more, and to leave a whole page empty."""
LONGEST = 5_000
"""Rows; longer sheets are no forms, and end their pages where they may."""
_FITTED = re.compile(rb'\sfitToPage="(?:1|true)"')


def page_height(scan: SheetScan, width: float) -> float | None:
    """The room on a page, in points of the sheet as it is scaled to the page's width.

    Args:
        scan: the template sheet.
        width: of its columns that are printed, in points.

    Returns:
        None where the template ends its pages itself, or is not fitted to the page's width alone.
    """
    parts = {part.name: part for part in scan.parts}
    setup = attributes(parts[b"pageSetup"].attributes) if b"pageSetup" in parts else {}
    paper = PAPERS.get(setup.get(b"paperSize", b"1"))
    properties = parts.get(b"sheetPr")
    inside = b"" if properties is None else scan.data[properties.start : properties.end]
    to_width = setup.get(b"fitToWidth", b"1") == b"1" and setup.get(b"fitToHeight", b"1") == b"0"
    if paper is None or not to_width or not _FITTED.search(inside) or b"rowBreaks" in parts:
        return None
    stated = attributes(parts[b"pageMargins"].attributes) if b"pageMargins" in parts else {}
    margins = {side: float(stated.get(side) or usual) * POINTS for side, usual in MARGINS.items()}
    if setup.get(b"orientation") == b"landscape":
        paper = paper[1], paper[0]
    across = paper[0] - margins[b"left"] - margins[b"right"]
    down = paper[1] - margins[b"top"] - margins[b"bottom"]
    return down * SPARE / min(1.0, across / max(width, 1.0))


def width_of(characters: Sequence[float]) -> float:
    """The width of columns in points."""
    return sum(one * CHARACTER + EDGE for one in characters)


def breaks(
    heights: Sequence[float], paths: Sequence[Path], merges: Sequence[Span], page: float, repeated: float
) -> list[int]:  # fmt: skip
    """After which rows, counted from 1, pages end: the least that is cut, on the fewest pages.

    Args:
        heights: of the rows, in points of the sheet.
        paths: the loops that each row belongs to.
        merges: the merged areas.
        page: room on a page.
        repeated: height of the rows that are printed again on every page but the first.
    """
    count = len(heights)
    starts = [0.0, *accumulate(heights)]
    if starts[-1] <= page or count > LONGEST:
        return []
    costs = _costs(starts, paths, merges, page - repeated)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        found = (math.inf, end - 1)
        for first in range(end - 1, -1, -1):
            room = page if first == 0 else page - repeated
            used = starts[end] - starts[first]
            if used > room and first < end - 1:
                break
            blank = 0.0 if end == count else EMPTY * (1 - used / room)
            found = min(found, (best[first][0] + PAGE + costs[end] + blank, first))
        best.append(found)
    ends = []
    at = best[count][1]
    while at:
        ends.append(at)
        at = best[at][1]
    # Below the table each row stands for itself, and no page end can cut it.
    table = max((area.bottom for area in merges if area.bottom > area.top), default=0)
    return [row for row in ends[::-1] if row < table]


def _costs(
    starts: Sequence[float], paths: Sequence[Path], merges: Sequence[Span], room: float
) -> list[float]:
    """What it weighs to end a page after each row."""
    rounds: dict[int, set[int]] = {}
    for path in paths:
        for loop, number in path:
            rounds.setdefault(loop, set()).add(number)

    def shared(one: Path, other: Path) -> list[int]:
        return [len(rounds[a[0]]) for a, b in zip(one, other, strict=False) if a == b]

    last = len(paths)
    costs = [0.0] * (last + 1)
    for row in range(1, last):
        common = shared(paths[row - 1], paths[row])
        costs[row] += LOOP * len(common)
        if common and paths[row - 1] == paths[row] and max(common) > 1:
            costs[row] += CUT  # a goal's own line, and the head of its table
    for area in merges:
        bottom = min(area.bottom, last)
        if bottom > area.top:
            costs[area.top] += CUT  # a head is not parted from what it heads
        if starts[bottom] - starts[area.top - 1] > room:
            continue
        one_of_many = max(shared(paths[area.top - 1], paths[bottom - 1]), default=0) > 1
        for row in range(area.top, bottom):
            costs[row] += CUT if one_of_many else WHOLE
    return costs


def paginate(content: bytes, rows: Sequence[int]) -> bytes:
    """A sheet's part with page breaks after some rows."""
    splices = Splices(content)
    top = root(content)
    end = close_of(content, top)
    parts = children(content, top.inside, end)
    listed = b"".join(b'<brk id="%d" max="16383" man="1"/>' % row for row in rows)
    counts = b'count="%d" manualBreakCount="%d"' % (len(rows), len(rows))
    splices.insert(
        place_for(content, parts, b"rowBreaks", ORDER, end),
        b"<rowBreaks " + counts + b">" + listed + b"</rowBreaks>",
    )
    return splices.result()
