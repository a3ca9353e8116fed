"""Columns that hold two values in each cell: 分值/得分 over 10/9.5, 目标值/完成值 over ≥40人/38人."""

import re

from perfxl.forms.tiles import Tile
from perfxl.forms.vocabulary import LONGEST_LABEL, MOST_KNOWN, Words

PAIRS = (
    ("target", "actual"),
    ("weight", "score"),
    ("budget", "executed"),
    ("initial", "executed"),
    ("initial", "budget"),
)  # fmt: skip
SAME = {"score_own": "score", "completion": "actual"}
_SPLITS = (re.compile(r"\s*\n\s*"), re.compile(r"\s+[/／|]\s+"), re.compile(r"\s*[/／|;；]\s*"))
"""What stands between two values, the surest sign first: a date may hold strokes of its own."""
_NAMED = re.compile(r"^[^\d:：]{1,6}[:：]\s*")

Halves = dict[str, int]


def halves(label: Tile, words: Words) -> Halves:
    """The two fields that a label names, each with its place in the cells below; empty for other labels."""
    known = words.halves
    if label.text not in known:
        if len(known) > MOST_KNOWN:
            known.clear()
        known[label.text] = _halves(label.text.strip(), words)
    return known[label.text]


def _halves(text: str, words: Words) -> Halves:
    if len(text) > LONGEST_LABEL:
        return {}
    for sign in ("\n", "／", *words.headers.joints):
        parts = text.split(sign)
        if len(parts) != 2:
            continue
        names = [words.exact(part) or "" for part in parts]
        one, other = (SAME.get(name, name) for name in names)
        if (one, other) in PAIRS or (other, one) in PAIRS:
            return {one: 0, other: 1}
    return {}


def half(tile: Tile, place: int) -> Tile | None:
    """One of the two values of a cell, as a tile of its own; the cell as it is where it holds no two."""
    for sign in _SPLITS:
        parts = [part for part in sign.split(tile.text) if part]
        if len(parts) == 2:
            text = _NAMED.sub("", parts[place])
            return tile._replace(text=text, cell=tile.cell._replace(value=text, text=text))
    return tile if place == 0 else None
