"""From the labels of a header to its columns: lower labels refine upper ones, doubles are sorted out."""

from perfxl.forms.layout.tiles import Tile
from perfxl.forms.values.text import normalize, normalize_label

NAMES = frozenset({"level1", "level2", "level3", "level4", "detail", "type"})
"""Columns that name an indicator."""
MANY = frozenset(
    {"formula", "ordinal", "core", "completion", "arrived", "review", "review_note", "measures",
     "changed", "type", "deviation", "remark", "comment", "interim", "deduction", "reference", "subproject",
     "told", "other", "interim_rate", "forecast", "detail", "points", "method", "content"}
)  # fmt: skip
"""Columns that no rule needs; a table may have several of a kind."""

Labelled = list[tuple[Tile, str]]
Found = tuple[dict[str, tuple[int, int]], dict[str, Tile], tuple[Tile, ...], int, int]


class _Columns:
    """The columns of a header in the making: field → columns, field → label."""

    def __init__(self, strange: list[Tile]) -> None:
        self.columns: dict[str, tuple[int, int]] = {}
        self.labels: dict[str, Tile] = {}
        self.strange = strange

    def put(self, field: str, first: int, last: int, tile: Tile) -> None:
        self.columns[field], self.labels[field] = (first, last), tile

    def rename(self, field: str, to: str) -> None:
        self.columns[to], self.labels[to] = self.columns.pop(field), self.labels.pop(field)


def assign(
    upper: Labelled, lower: Labelled, strangers: list[Tile], blocks: frozenset[str]
) -> Found:
    """The columns of a header.

    Args:
        upper: labels of the first header row with the fields they name.
        lower: labels of the second one, which refine those above them.
        strangers: labels that name no field.
        blocks: names of the whole block, which some forms write over the column of names.

    Returns:
        field → (first, last) column; field → its label; labels without a column; the leftmost and
        the rightmost column.
    """
    strange = list(strangers)
    by_column = _by_column(upper, lower, strange)
    found = _Columns(strange)
    for col in sorted(by_column):
        field, tile = by_column[col]
        _add(found, _weight_of(by_column, col) if field == "weight" else field, col, tile)
    _settle_names(found, blocks)
    left = min(first for first, _ in found.columns.values())
    right = max(last for _, last in found.columns.values())
    return found.columns, found.labels, tuple(found.strange), left, right


def _by_column(
    upper: Labelled, lower: Labelled, strange: list[Tile]
) -> dict[int, tuple[str, Tile]]:
    fields: dict[int, tuple[str, Tile]] = {}
    for tile, field in upper:
        for col in range(tile.left, tile.right + 1):
            fields[col] = (field, tile)
    for tile, field in lower:
        over = fields.get(tile.left)
        if over is not None and over[0] == field and over[1].width > tile.width:
            # 原因说明 under 偏差原因分析 is the column; its neighbours under the same head are not.
            for col in range(over[1].left, over[1].right + 1):
                fields.pop(col, None)
            strange.append(over[1])
    for tile, field in lower:
        for col in range(tile.left, tile.right + 1):
            fields[col] = (field, tile)
    return fields


def _add(found: _Columns, field: str, col: int, tile: Tile) -> None:
    known = found.columns.get(field)
    if known is None:
        found.put(field, col, col, tile)
    elif known[1] == col - 1 and normalize(found.labels[field].text) == normalize(tile.text):
        found.columns[field] = (known[0], col)
    elif field in MANY:
        found.put(f"{field}{col}", col, col, tile)
    elif tile not in found.strange:
        found.strange.append(tile)


def _weight_of(fields: dict[int, tuple[str, Tile]], col: int) -> str:
    """Which level a column of weights belongs to: that of the column before it, if names follow."""
    before = fields.get(col - 1, ("", None))[0]
    named = any(field in ("level3", "level4") for field, _ in fields.values())
    names = NAMES - {"detail"} if named else NAMES
    later = any(
        field in names or (field == "weight" and before == "level3")
        for other, (field, _) in fields.items()
        if other > col
    )
    return f"weight_{before}" if later and before in ("level1", "level2", "level3") else "weight"


def _settle_names(found: _Columns, blocks: frozenset[str]) -> None:
    """Which field a column is follows from the others that there are, rule by rule."""
    columns = found.columns
    if not columns.keys() & {"level3", "level4", "detail"}:
        # Some forms write the name of the whole block over the column of names.
        for tile in found.strange:
            behind = any(first > tile.right for first, _ in columns.values())
            if behind and normalize_label(tile.text) in blocks:
                found.put("level3", tile.left, tile.right, tile)
                found.strange.remove(tile)
                break
    for field, to, needed, missing in MEANT:
        if field in columns and columns.keys() >= needed and columns.keys().isdisjoint(missing):
            found.rename(field, to)


MEANT: tuple[tuple[str, str, set[str], set[str]], ...] = (
    ("detail", "level3", set(), {"level3", "level4"}),
    ("subproject", "level1", {"level3"}, {"level1"}),
    # 指标类别 is a level where the header names none of that rank, and else a remark.
    ("type", "level1", set(), {"level1"}),
    ("type", "level2", set(), {"level2"}),
    ("level3", "upper_level3", {"level4"}, set()),
    ("level4", "level3", set(), set()),
    ("measures", "reason", set(), {"reason"}),
    ("remark", "reason", set(), {"reason"}),
    # The adjusted target counts; the initial one is kept beside it.
    ("target_initial", "target", set(), {"target", "target_adjusted"}),
    ("target", "target_initial", {"target_adjusted"}, {"target_initial"}),
    ("target_adjusted", "target", set(), set()),
    ("interim", "actual", {"target"}, {"actual"}),
    ("completion", "actual", {"target"}, {"actual"}),
    # 分数 beside 得分 are the points that there are to get, and alone those that were got.
    ("points", "score", set(), {"score"}),
    ("points", "weight", set(), {"weight"}),
)
"""Column → what it is where some columns are there and others are not; one rule after the other."""
