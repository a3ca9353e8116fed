"""The table of funds: budget, executed amount, rate and points, a row for each source."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from perfxl.forms import fields
from perfxl.forms.headers import Header
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.text import fold, number, points, words
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary

MONEY = ("initial", "budget", "executed")
MOST_ROWS = 40
_PART = re.compile(r"^(?:其中|(?:[0-9]+|[(（]?[一二三四五六七八九十][)）]?)[、.:：])")
_AMOUNT_BEHIND = re.compile(
    r"(?P<name>.*?)[:：]\s*(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:万?元)?\s*$", re.DOTALL
)


def read(
    tiles: Tiles,
    header: Header,
    bottom: int,
    vocabulary: Vocabulary,
    ends: Callable[[int], bool],
    take: Callable[[Tile, str], None],
) -> tuple[list[Fund], Tile | None]:
    """Read the rows under a header of funds.

    Args:
        tiles: the sheet.
        header: the header of the table.
        bottom: last row of the form.
        vocabulary: the words.
        ends: tells whether a row begins another part of the form.
        take: notes a tile as understood, with the field it became.

    Returns:
        The rows, and the side label of the table if there is one.
    """
    if tiles.rows.get(header.bottom) and _is_line(tiles, header):
        first = _line(tiles, header, take)
        return [first, *_lines_below(tiles, first, header.bottom + 1, vocabulary, take)], None
    first_value = min(
        header.columns[name][0] for name in (*MONEY, "rate") if name in header.columns
    )
    side = _side_label(tiles, header, first_value)
    if side is not None:
        take(side, "funds_label")
    for begun in tiles.rows.get(header.top, ()):
        if begun.left < first_value and begun is not side:
            take(begun, "structure")
    funds: list[Fund] = []
    last = min(bottom, header.bottom + MOST_ROWS)
    if side is not None and side.bottom > header.bottom:
        last = min(last, side.bottom)
    for row in range(header.bottom + 1, last + 1):
        line = [tile for tile in tiles.rows.get(row, ()) if tile is not side]
        values = {
            name: tile
            for name, (left, right) in header.columns.items()
            if name != "name" and (tile := _value(tiles, row, left, right)) is not None
        }
        names = _names(tiles, row, header, side, first_value)
        money = [values[name] for name in (*MONEY, "rate") if name in values]
        numeric = any(fields.of_number(tile).value is not None for tile in money)
        if not line and not names:
            continue
        if ends(row) and not numeric:
            break
        name = _named(names)
        known = name is not None and vocabulary.fund_rows.match(name.text) is not None
        amounts = [fund for tile in line if (fund := _behind(tile)) is not None]
        heads = [tile for tile in line if _is_inline(tile, vocabulary)]
        only_heads = len(heads) == len(line) and (
            len(line) > 1 or line[0].text.endswith((":", "："))
        )
        if not numeric and (amounts or (line and only_heads)):
            for tile in line:
                take(tile, "funds")
            funds += amounts
            continue
        if not money and not (known and any(tile.top == row for tile in names)):
            break
        blank = all(
            vocabulary.is_blank(tile.text) or number(tile.text) is not None for tile in money
        )
        if not numeric and not blank and not known:
            break
        for tile in names:
            take(tile, "fund name")
        for field, tile in values.items():
            take(tile, field)
        for tile in line:
            # 预算数：| 120: a label beside its amount under one head.
            if (
                tile.right >= first_value
                and tile not in values.values()
                and tiles.right_of(tile) in values.values()
                and _is_lead(tile, vocabulary)
            ):
                take(tile, "structure")
        funds.append(_fund(tiles, row, header, values, name, vocabulary))
    return _with_weight(_ranked(funds), header, side), side


def _names(
    tiles: Tiles, row: int, header: Header, side: Tile | None, first_value: int
) -> list[Tile]:
    """The tiles before the first amount that name a row; a name may be merged over rows."""
    found = []
    for col in range(1, first_value):
        tile = tiles.at(row, col)
        if (
            tile is not None
            and tile is not side
            and tile.left == col
            and fields.of_number(tile).value is None
            and (tile.top == row or tile.top > header.bottom)
        ):
            found.append(tile)
    return found


def _named(names: list[Tile]) -> Tile | None:
    """The tile that names a row: the first, unless that is a label over several rows."""
    if not names:
        return None
    return next((tile for tile in names if tile.height == 1), names[-1])


def _is_lead(tile: Tile, vocabulary: Vocabulary) -> bool:
    return (
        vocabulary.funds.match(tile.text) is not None
        or vocabulary.fund_rows.match(tile.text) is not None
    )


_PAIR = re.compile(r"(?P<label>[^\s:：;；,，。]{2,12})\s*[:：]\s*(?P<amount>[0-9][0-9,.]*%?)")


def in_text(
    line: list[Tile], vocabulary: Vocabulary, take: Callable[[Tile, str], None]
) -> Fund | None:
    """The amounts that a row's texts name: 预算数：500万元；执行数：480万元 in one cell or in several."""
    found: dict[str, Any] = {}
    tellers: dict[str, Tile] = {}
    for tile in line:
        if len(tile.text) > fields.LONGEST_LINE or not isinstance(tile.cell.value, str):
            continue
        for match in _PAIR.finditer(tile.text):
            name = vocabulary.funds.match(match["label"])
            value = number(match["amount"])
            if name in (*MONEY, "rate", "score") and value is not None and name not in found:
                found[name] = Field(value, match["amount"], tile.top, tile.left, "behind")
                tellers[name] = tile
    if len(found.keys() & {*MONEY}) < 2:
        return None
    for tile in tellers.values():
        take(tile, "funds")
    return Fund(total=True)._replace(**found)


def transposed(
    tiles: Tiles, row: int, vocabulary: Vocabulary, take: Callable[[Tile, str], None]
) -> tuple[list[Fund], int]:
    """A table of funds on its side: 年初预算数, 决算数 … are rows, the sources are columns.

    Returns:
        The funds, one for each column of amounts, and the last row; none and 0 where the row
        begins no such table.
    """
    labels: dict[int, tuple[str, Tile]] = {}
    at = row
    while (labelled := _amount_label(tiles, at, vocabulary)) is not None:
        labels[at] = labelled
        at += 1
    named = [name for name, _ in labels.values()]
    if len(labels) < 2 or len(set(named) & {*MONEY}) < 2:
        return [], 0
    columns = [tile for tile in tiles.rows[row] if fields.of_number(tile).value is not None]
    found = []
    for amount in columns:
        head = tiles.at(row - 1, amount.left)
        values: dict[str, Any] = {}
        for line, (name, label) in labels.items():
            take(label, "funds header")
            tile = tiles.at(line, amount.left)
            if tile is None or tile.top != line or tile.left != amount.left:
                values[name] = fields.empty(tiles, line, amount.left)
                continue
            take(tile, name)
            values[name] = fields.of_share(tile) if name == "rate" else fields.of_number(tile)
        called = ABSENT
        if head is not None and fields.of_number(head).value is None:
            take(head, "fund name")
            called = fields.of_name(head)
        kind = vocabulary.fund_rows.match(head.text) if head is not None else None
        fund = Fund(name=called, total=kind == "total", part=kind != "total")
        found.append(fund._replace(**values))
    return _ranked(found), at - 1


def _amount_label(tiles: Tiles, row: int, vocabulary: Vocabulary) -> tuple[str, Tile] | None:
    for tile in tiles.rows.get(row, ())[:2]:
        name = vocabulary.funds.match(tile.text)
        right = tiles.right_of(tile)
        if (
            name in (*MONEY, "rate", "weight", "score")
            and right is not None
            and fields.of_number(right).value is not None
        ):
            return name, tile
    return None


def _is_line(tiles: Tiles, header: Header) -> bool:
    """Whether the labels have their amounts beside them in the same row: 预算 | 900 | 支出 | 873."""
    if header.top != header.bottom:
        return False
    beside = [tiles.right_of(header.labels[name]) for name in MONEY if name in header.labels]
    return bool(beside) and all(
        tile is not None and fields.of_number(tile).value is not None for tile in beside
    )


def _lines_below(
    tiles: Tiles, first: Fund, row: int, vocabulary: Vocabulary, take: Callable[[Tile, str], None]
) -> list[Fund]:
    """Rows of pairs under a row of pairs: 其中-财政拨款：| 386 | 其中-财政拨款：| 386."""
    found: list[Fund] = []
    while True:
        values: dict[str, Any] = {}
        names: list[Tile] = []
        amounts: list[tuple[Tile, str]] = []
        for field in (*MONEY, "rate"):
            place: Field = getattr(first, field)
            tile = tiles.at(row, place.col) if place.row else None
            if tile is None or tile.top != row or tile.left != place.col:
                continue
            values[field] = (
                fields.of_share(tile, "label")
                if field == "rate"
                else fields.of_number(tile, "label")
            )
            beside = [t for t in tiles.rows[row] if t.right == tile.left - 1]
            names += [
                t for t in beside if vocabulary.fund_rows.match(t.text.rstrip(":：")) is not None
            ]
            amounts.append((tile, field))
        # 人员经费 | 200 | 公用经费 | 50 are two sources, and no budget with what was spent of it.
        if len({words(tile.text) for tile in names}) != 1 or not values:
            return found
        for tile, field in amounts:
            take(tile, field)
        for tile in names:
            take(tile, "fund name")
        called = fields.of_name(names[0], "label")
        called = called._replace(value=str(called.value).rstrip(":："))
        found.append(Fund(name=called, part=True)._replace(**values))
        row += 1


def _line(tiles: Tiles, header: Header, take: Callable[[Tile, str], None]) -> Fund:
    found: dict[str, Any] = {}
    for name, label in header.labels.items():
        if name not in (*MONEY, "rate", "weight", "score"):
            continue
        tile = tiles.right_of(label)
        if tile is None or any(tile is other for other in header.labels.values()):
            found[name] = fields.empty(tiles, header.top, label.right + 1)
            continue
        take(tile, name)
        percent = "%" in fold(label.text)
        found[name] = (
            fields.of_share(tile, "label", percent=percent)
            if name == "rate"
            else fields.of_number(tile, "label")
        )
    return Fund(total=True)._replace(**found)


def _value(tiles: Tiles, row: int, left: int, right: int) -> Tile | None:
    """The value of a column in a row: a number before any text, where both stand under one head."""
    first = None
    for col in range(left, right + 1):
        tile = tiles.at(row, col)
        if tile is None or tile.top != row or tile.left != col:
            continue
        if first is None or fields.of_number(tile).value is not None:
            first = tile
            if fields.of_number(tile).value is not None:
                break
    return first


def _side_label(tiles: Tiles, header: Header, first_value: int) -> Tile | None:
    """The label beside the whole block: over several rows, or before the header in its row."""
    for row in range(header.top, header.bottom + 1):
        for col in range(1, first_value):
            tile = tiles.at(row, col)
            if tile is not None and (tile.bottom > header.bottom or tile.left < first_value - 1):
                return tile
    return None


def _behind(tile: Tile) -> Fund | None:
    """An amount written behind a name in one cell: 一般公共预算：2030.12."""
    match = _AMOUNT_BEHIND.fullmatch(tile.text)
    if match is None:
        return None
    name = Field("".join(match["name"].split()), tile.text, tile.top, tile.left, "behind")
    amount = Field(number(match["amount"]), match["amount"], tile.top, tile.left, "behind")
    return Fund(name=name, budget=amount, part=True)


def _is_inline(tile: Tile, vocabulary: Vocabulary) -> bool:
    return vocabulary.fund_rows.match(re.split("[:：]", tile.text)[0] or tile.text) is not None


def _fund(
    tiles: Tiles,
    row: int,
    header: Header,
    values: dict[str, Tile],
    name: Tile | None,
    vocabulary: Vocabulary,
) -> Fund:
    percent = "rate" in header.labels and "%" in fold(header.labels["rate"].text)
    found: dict[str, Any] = {}
    for field in ("initial", "budget", "executed", "rate", "weight", "score", "review"):
        if field not in header.columns:
            continue
        tile = values.get(field)
        if tile is None:
            found[field] = fields.empty(tiles, row, header.columns[field][0])
        elif field == "rate":
            found[field] = fields.of_share(tile, percent=percent)
        else:
            found[field] = fields.of_number(tile)
    if "reason" in header.columns:
        told = values.get("reason")
        place = fields.empty(tiles, row, header.columns["reason"][0])
        found["reason"] = place if told is None else fields.of_text(told)
    called = fields.of_name(name) if name is not None else ABSENT
    if called.value:
        called = called._replace(value=str(called.value).rstrip(":："))
    text = str(called.value or "")
    kind = vocabulary.fund_rows.match(text) if text else None
    part = kind != "total" and (kind is not None or bool(_PART.match(text)))
    return Fund(name=called, total=kind == "total", part=part)._replace(**found)


def _ranked(funds: list[Fund]) -> list[Fund]:
    """Make sure that at most one row is the total: the named one, else one that heads its parts."""
    if any(fund.total for fund in funds):
        first = next(index for index, fund in enumerate(funds) if fund.total)
        return [fund._replace(total=index == first) for index, fund in enumerate(funds)]
    alone = [fund for fund in funds if fund.budget.how != "behind"]
    weighed = [fund for fund in alone if fund.weight.value is not None]
    if len(weighed) == 1 and weighed[0] is alone[0]:
        # The one row that has points is the one that is scored.
        return [
            fund._replace(total=True, part=False) if fund is alone[0] else fund for fund in funds
        ]
    if len(alone) == 1 or (alone and not alone[0].part and all(fund.part for fund in alone[1:])):
        return [
            fund._replace(total=True, part=False) if fund is alone[0] else fund for fund in funds
        ]
    return funds


def _with_weight(funds: list[Fund], header: Header, side: Tile | None) -> list[Fund]:
    """The points of budget execution from a label, where no column states them."""
    if any(fund.weight.value is not None for fund in funds):
        return funds
    labels: Iterable[Tile] = [
        tile
        for tile in (
            side,
            header.labels.get("score"),
            header.labels.get("weight"),
            header.labels.get("rate"),
        )
        if tile is not None
    ]
    for tile in labels:
        worth: Decimal | None = points(tile.text)
        if worth is None:
            continue
        weight = Field(worth, tile.text, tile.top, tile.left, "label")
        return [fund._replace(weight=weight) if fund.total else fund for fund in funds]
    return funds
