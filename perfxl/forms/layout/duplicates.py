"""Two labels of one field in a header: which of them is meant, by its brackets, its year or its place."""

import re

from perfxl.forms.layout.columns import NAMES
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.forms.words.labels import Labels

Labelled = list[tuple[Tile, str]]
REFERENCE = "reference"
"""A column that only says what was in another year."""
RESULTS = ("actual", "executed")
PLANS = ("target", "initial", "budget")
WEIGHED = "score_weighed"
"""A column of points that another one of scores in a hundred makes with the weights."""
CONTENT = "content"
OWN = "score_own"
"""A column that says that it is the unit's own score."""
TOLD = "told"
"""A column of words about what was reached: no place for reasons, but they may stand there."""
THIRD = frozenset({"level3", "level4", "detail"})
"""Columns that name an indicator."""
BESIDE_OTHERS = (
    # 得分 beside 自评分 is what somebody else gave; alone, either is the form's own score.
    (OWN, {OWN: "score", "score": "review"}),
    # Of 单项指标得分 and 折算得分 the second holds a row's points, the first its score in a hundred.
    (WEIGHED, {WEIGHED: "score", "score": REFERENCE}),
)
"""Field of a label → what it and others are where it stands among them."""
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")
_YEAR = re.compile(r"20[0-9]{2}")


def resolve_duplicate_labels(found: Labelled, words: Labels) -> Labelled:
    """The labels of a header row with the fields they name, no two of them for the same thing.

    绩效目标（年初设定） and 绩效目标（年终完成） are target and actual; of 2021年实际值 and 2022年实际值 the
    later year's counts; 目标完成情况 at the side, before the names of indicators, is no column.
    """
    for sign, meant in BESIDE_OTHERS:
        if any(field == sign for _, field in found):
            found = [(tile, meant.get(field, field)) for tile, field in found]
    if not any(field in ("level3", "level4") for _, field in found):
        # 评价内容 names what is judged where no other label does: 项目权重 | 评价内容 | 分值 | 自评分.
        found = [(tile, "level3" if field == CONTENT else field) for tile, field in found]
    fields = [field for _, field in found]
    if len(set(fields)) == len(fields):
        return found
    found = _with_goal_for_name(_of_one_name(_without_side(found)), words)
    return _of_one_result(_of_one_year(_by_brackets(found, words)), words)


def _of_one_name(found: Labelled) -> Labelled:
    """三级指标 beside 三级指标解释: the plainest label is the name's."""
    names = [tile for tile, field in found if field == "level3"]
    if len(names) < 2:
        return found
    plainest = min(names, key=lambda tile: len(normalize_label(tile.text)))
    texts = [normalize_label(tile.text) for tile in names]
    twice = texts.count(normalize_label(plainest.text)) > 1
    return found if twice else _others_are("detail", found, "level3", plainest)


def _others_are(other: str, found: Labelled, field: str, meant: Tile) -> Labelled:
    """All labels of a field but the one that is meant are of another field."""
    return [(tile, other if name == field and tile is not meant else name) for tile, name in found]


def _with_goal_for_name(found: Labelled, words: Labels) -> Labelled:
    """绩效目标 behind two levels and before 目标值 names the indicator, where no third level does."""
    targets = [tile for tile, field in found if field == "target"]
    fields = {field for _, field in found}
    if len(targets) < 2 or "level2" not in fields or fields & THIRD:
        return found
    first, *others = targets
    valued = any(normalize_label(tile.text).endswith(words.headers.standards) for tile in others)
    if normalize_label(first.text).endswith(words.headers.standards) or not valued:
        return found
    return [(tile, "level3" if tile is first else field) for tile, field in found]


def _by_brackets(found: Labelled, words: Labels) -> Labelled:
    fields = [field for _, field in found]
    if fields.count("target") < 2 or "actual" in fields:
        return found
    for place, (tile, field) in enumerate(found):
        inside = _BRACKETED.search(normalize(tile.text))
        if field == "target" and inside is not None and words.match(inside[1]) == "actual":
            return [*found[:place], (tile, "actual"), *found[place + 1 :]]
    return found


def _of_one_year(found: Labelled) -> Labelled:
    wanted = 0
    for field in (*RESULTS, *PLANS):
        tiles = {tile: _year(tile) for tile, name in found if name == field}
        if len(tiles) == 1 and field in RESULTS:
            wanted = max(wanted, *tiles.values())
        if len(tiles) < 2 or not any(tiles.values()):
            continue
        # A label without a year is of the form's own year, and that is not before any other.
        year = 0 if field in RESULTS else wanted
        best = next((tile for tile in tiles if tiles[tile] == year), None)
        best = best or max(tiles, key=lambda tile: tiles[tile])
        if field in RESULTS:
            wanted = tiles[best]
        found = _others_are(REFERENCE, found, field, best)
    return found


def _of_one_result(found: Labelled, words: Labels) -> Labelled:
    """完成情况 beside 实际完成值 says in words what the value says in numbers."""
    results = [tile for tile, field in found if field == "actual"]
    values = [
        tile for tile in results if normalize_label(tile.text).endswith(words.headers.figures)
    ]
    if len(results) < 2 or len(values) != 1:
        return found
    return _others_are(TOLD, found, "actual", values[0])


def _year(tile: Tile) -> int:
    match = _YEAR.search(normalize(tile.text))
    return int(match[0]) if match else 0


def _without_side(found: Labelled) -> Labelled:
    """目标完成情况 before the names of indicators stands at the side, where another label names the results."""
    (_, field), rest = found[0], found[1:]
    names = [tile for tile, name in rest if name in NAMES]
    if field in (*RESULTS, "target") and names and any(name == field for _, name in rest):
        return rest
    return found
