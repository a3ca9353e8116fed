"""The table of funds: budget, executed amount, rate and points, a row for each source."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from perfxl.forms import fields
from perfxl.forms.headers import Header
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.text import fold, number, points
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary

MONEY = ("initial", "budget", "executed")
MOST_ROWS = 40
_PART = re.compile(r"^(?:其中|(?:[0-9]+|[(（]?[一二三四五六七八九十][)）]?)[、.:：])")
_AMOUNT_BEHIND = re.compile(r"(?P<name>.*?)[:：]\s*(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?:万?元)?\s*$", re.DOTALL)


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
    first_value = min(
        header.columns[name][0] for name in (*MONEY, "rate") if name in header.columns
    )
    side = _side_label(tiles, header, first_value)
    if side is not None:
        take(side, "funds_label")
    for tile in tiles.rows.get(header.top, ()):
        if tile.left < first_value and tile is not side:
            take(tile, "structure")
    funds: list[Fund] = []
    last = min(bottom, header.bottom + MOST_ROWS)
    if side is not None and side.bottom > header.bottom:
        last = min(last, side.bottom)
    for row in range(header.bottom + 1, last + 1):
        names = [
            tile
            for col in range(1, first_value)
            if (tile := tiles.at(row, col)) is not None
            and tile is not side
            and tile.top >= header.top
            and tile.left == col
        ]
        names = [tile for tile in names if tile.top == row or tile.top > header.bottom]
        values = {
            name: tile
            for name, (left, right) in header.columns.items()
            if name != "name" and (tile := _value(tiles, row, left, right)) is not None
        }
        money = [values[name] for name in (*MONEY, "rate") if name in values]
        numeric = any(fields.of_number(tile).value is not None for tile in money)
        if not money and not names:
            if row in tiles.rows:
                break
            continue
        if ends(row) and not numeric:
            break
        begun = {id(tile) for tile in tiles.rows.get(row, ())}
        name = names[-1] if names else None
        if not money:
            taken = [_behind(tile) for tile in tiles.rows.get(row, ()) if tile is not side]
            amounts = [fund for fund in taken if fund is not None]
            known = name is not None and vocabulary.fund_rows.match(name.text) is not None
            if amounts:
                for tile in tiles.rows[row]:
                    take(tile, "funds")
                funds += amounts
                continue
            if not known or not any(id(tile) in begun for tile in names):
                if all(_is_inline(tile, vocabulary) for tile in tiles.rows.get(row, ())):
                    for tile in tiles.rows.get(row, ()):
                        take(tile, "structure")
                    continue
                break
        elif not numeric and not all(
            vocabulary.is_blank(tile.text) or number(tile.text) is not None for tile in money
        ) and (name is None or vocabulary.fund_rows.match(name.text) is None):
            break
        for tile in names:
            take(tile, "fund name")
        for field, tile in values.items():
            take(tile, field)
        funds.append(_fund(tiles, row, header, values, name, vocabulary))
    return _with_weight(_ranked(funds, vocabulary), header, side), side


def _value(tiles: Tiles, row: int, left: int, right: int) -> Tile | None:
    for col in range(left, right + 1):
        tile = tiles.at(row, col)
        if tile is not None and tile.top == row:
            return tile
    return None


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
    found: dict[str, Field] = {}
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
    called = fields.of_name(name) if name is not None else ABSENT
    if called.value:
        called = called._replace(value=str(called.value).rstrip(":："))
    text = str(called.value or "")
    kind = vocabulary.fund_rows.match(text) if text else None
    return Fund(
        name=called, **found, total=kind == "total", part=kind != "total" and (kind is not None or bool(_PART.match(text)))
    )


def _ranked(funds: list[Fund], vocabulary: Vocabulary) -> list[Fund]:
    """Make sure that one row is the total: the named one, else the first that is no part."""
    del vocabulary
    if any(fund.total for fund in funds):
        first = next(index for index, fund in enumerate(funds) if fund.total)
        return [fund._replace(total=index == first) for index, fund in enumerate(funds)]
    for index, fund in enumerate(funds):
        if not _PART.match(str(fund.name.value or "")) and fund.budget.how != "behind":
            return [*funds[:index], fund._replace(total=True, part=False), *funds[index + 1 :]]
    return funds


def _with_weight(funds: list[Fund], header: Header, side: Tile | None) -> list[Fund]:
    """The points of budget execution from a label, where no column states them."""
    if any(fund.weight.value is not None for fund in funds):
        return funds
    labels: Iterable[Tile] = [
        tile
        for tile in (side, header.labels.get("score"), header.labels.get("weight"), header.labels.get("rate"))
        if tile is not None
    ]
    for tile in labels:
        worth: Decimal | None = points(tile.text)
        if worth is None:
            continue
        weight = Field(worth, tile.text, tile.top, tile.left, "label")
        return [fund._replace(weight=weight) if fund.total else fund for fund in funds]
    return funds
