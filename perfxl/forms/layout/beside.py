"""Forms side by side on one sheet: each is read as if it stood alone."""

from dataclasses import replace

from perfxl.forms.layout import headers
from perfxl.forms.layout.tiles import Tiles
from perfxl.forms.values.text import normalize_label
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Grid

FEWEST_AGAIN = 3
"""So many labels of a header stand in it again where another form begins beside it."""


def split_side_by_side(grid: Grid, vocabulary: Vocabulary) -> list[Tiles]:
    """The tiles of a sheet; of each of its forms alone where two or more stand beside each other."""
    tiles = Tiles(grid)
    col = _second(tiles, vocabulary)
    if col is None:
        return [tiles]
    first, others = _columns(grid, 1, col - 1), _columns(grid, col, tiles.right)
    return [Tiles(first), *split_side_by_side(others, vocabulary)]


def _second(tiles: Tiles, vocabulary: Vocabulary) -> int | None:
    """The first column of the second form, where a header's labels stand twice in their row."""
    for header in headers.indicator_headers(tiles, vocabulary).values():
        if len(header.strange) < FEWEST_AGAIN:
            continue
        names = [normalize_label(tile.text) for tile in header.labels.values()]
        again = [tile for tile in header.strange if normalize_label(tile.text) in names]
        if len(again) < FEWEST_AGAIN:
            continue
        lead = min(header.labels.values(), key=lambda tile: tile.left)
        second = next(
            (tile for tile in again if normalize_label(tile.text) == normalize_label(lead.text)),
            None,
        )
        if second is not None and second.left > lead.left:
            # What stands left of the first label in one form does so in the other.
            begins = min(col for _, col in tiles.grid.cells)
            return max(second.left - (lead.left - begins), lead.right + 1)
    return None


def _columns(grid: Grid, first: int, last: int) -> Grid:
    """Some columns of a sheet; a span that reaches beyond them is as wide as its part within."""
    cells = {place: cell for place, cell in grid.cells.items() if first <= place[1] <= last}
    spans = tuple(
        span._replace(right=min(span.right, last))
        for span in grid.spans
        if first <= span.left <= last
    )
    return replace(grid, cells=cells, spans=spans)
