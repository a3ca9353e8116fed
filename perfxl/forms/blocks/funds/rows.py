"""What the shapes of the table of funds have in common: rows as `Fund`, which one is the total, its points."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from perfxl.forms.blocks.header import over_columns
from perfxl.forms.claims import Contents
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.roles import How, Role
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.forms.words.vocabulary import Vocabulary

MONEY = ("initial", "budget", "executed")
_BEHIND = re.compile(r"\D:?([0-9]{1,3}(?:\.[0-9]+)?)分?$")
_NUMBERED = re.compile(r"^(?:[0-9]+|[(（]?[一二三四五六七八九十][)）]?)[、.:：]")


def take_header(contents: Contents, header: Header) -> None:
    """The labels of a header of funds; a strange one stays unread, unless it stands over known ones."""
    structure = contents.reading.vocabulary.structure
    for row in range(header.top, header.bottom + 1):
        for tile in contents.reading.tiles.rows.get(row, ()):
            known = normalize_label(tile.text) in structure or over_columns(tile, header)
            if tile not in header.strange or known:
                contents.take(tile, Role.FUNDS_HEADER)


def number_or_share(
    tile: Tile, name: str, how: str = How.COLUMN, *, percent: bool = False
) -> Field:
    """A cell in the type of its column: rates are fractions."""
    return (
        fields.of_share(tile, how, percent=percent)
        if name == "rate"
        else fields.of_number(tile, how)
    )


def nearer_rate(rate: Field, amounts: dict[str, Field]) -> Field:
    """A rate under a header that says percent: 95 or 0.95, whichever is nearer to what the amounts say."""
    budget, executed = (
        amounts[name].value if name in amounts else None for name in ("budget", "executed")
    )
    if rate.value is None or "%" in normalize(rate.text) or not budget or executed is None:
        return rate
    written = fields.number_of(rate)
    due = executed / budget
    if written is None or abs(due - written) >= abs(due - rate.value):
        return rate
    return rate._replace(value=written)


def fund_of_name(name: Field, vocabulary: Vocabulary, values: dict[str, Any]) -> Fund:
    """A row of funds with what its name says: the total, or a part of it."""
    text = str(name.value or "").rstrip(":：")
    if name.value:
        name = name._replace(value=text)
    kind = vocabulary.fund_rows.match(text) if text else None
    part = kind != "total" and (
        kind is not None or text.startswith(vocabulary.parts) or bool(_NUMBERED.match(text))
    )
    return Fund(name=name, total=kind == "total", part=part)._replace(**values)


def choose_total(funds: list[Fund]) -> list[Fund]:
    """The rows with at most one total: the named one, else one that heads its parts."""
    if any(fund.total for fund in funds):
        first = next(index for index, fund in enumerate(funds) if fund.total)
        return [fund._replace(total=index == first) for index, fund in enumerate(funds)]
    alone = [fund for fund in funds if fund.budget.how != How.BEHIND]
    weighed = [fund for fund in alone if fund.weight.value is not None]
    # The one row that has points is the one that is scored.
    scored = len(weighed) == 1 and weighed[0] is alone[0]
    heads = alone and not alone[0].part and all(fund.part for fund in alone[1:])
    if scored or heads or len(alone) == 1:
        return [
            fund._replace(total=True, part=False) if fund is alone[0] else fund for fund in funds
        ]
    return funds


def with_weight(funds: list[Fund], header: Header, side: Tile | None) -> list[Fund]:
    """The points of budget execution from a label, where no column states them."""
    if any(fund.weight.value is not None for fund in funds):
        return funds
    written = header.labels.get("weight")
    if written is not None:
        # 分值 10 is label and value in one cell.
        match = _BEHIND.search(normalize(written.text))
        if match is not None:
            field = Field(Decimal(match[1]), written.text, written.top, written.left, How.BEHIND)
            return [fund._replace(weight=field) if fund.total else fund for fund in funds]
    labels: Iterable[Tile | None] = (side, *map(header.labels.get, ("score", "weight", "rate")))
    for tile in labels:
        worth = parse_points(tile.text) if tile is not None else None
        if tile is None or worth is None:
            continue
        weight = Field(worth, tile.text, tile.top, tile.left, How.LABEL)
        return [fund._replace(weight=weight) if fund.total else fund for fund in funds]
    return funds


def with_budget(fund: Fund) -> Fund:
    """The initial budget is the budget where the form names no other."""
    known = fund.initial.value is not None and fund.executed.row
    return fund._replace(budget=fund.initial) if known and not fund.budget.row else fund


def put_expenditures(contents: Contents) -> None:
    """其中：基本支出：1250.3 in a label cell of the funds states the unit's basic expenditure."""
    words = contents.reading.vocabulary.fields
    for fund in contents.funds:
        if fund.budget.how != How.BEHIND:
            continue
        name = words.exact(normalize(str(fund.name.value)).rpartition(":")[2])
        if name in ("basic_expenditure", "project_expenditure"):
            contents.offered.append((name, fund.budget, ABSENT))
