"""Cells that hold two values: 10/9.5 below 分值/得分, ≥40人/38人 below 目标值/完成值."""

import re

from perfxl.forms.layout.tiles import Tile

_SPLITS = (re.compile(r"\s*\n\s*"), re.compile(r"\s+[/／|]\s+"), re.compile(r"\s*[/／|;；]\s*"))
"""What stands between two values, the surest sign first: a date may hold strokes of its own."""
_NAMED = re.compile(r"^[^\d:：]{1,6}[:：]\s*")


def half(tile: Tile, place: int) -> Tile | None:
    """One of the two values of a cell, as a tile of its own; the cell as it is where it holds no two."""
    for sign in _SPLITS:
        parts = [part for part in sign.split(tile.text) if part]
        if len(parts) == 2:
            text = _NAMED.sub("", parts[place])
            return tile._replace(text=text, cell=tile.cell._replace(value=text, text=text))
    return tile if place == 0 else None
