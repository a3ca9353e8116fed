"""The table of funds under its header: a row for each source, or label cells that hold their amounts."""

import re
from decimal import Decimal
from typing import NamedTuple

from perfxl.forms.blocks.funds import line as funds_line
from perfxl.forms.blocks.funds import rows as funds
from perfxl.forms.claims import LACKS_FUNDS, Claim, Contents, Recogniser, Sureness
from perfxl.forms.layout import fields, fund_headers
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, Field, Fund
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How, Role
from perfxl.forms.values.text import normalize, parse_number

NAME = "funds_table"
FIGURES = ("initial", "budget", "executed", "rate", "weight", "score", "review")
MOST_ROWS = 40
FEWEST_LABELS, LONGEST_LABEL = 3, 20
_AMOUNT_BEHIND = re.compile(
    r"(?P<name>[^:：;；\n]+?(?:[:：][^:：;；\n0-9]+?)?)[:：]\s*"
    r"(?P<amount>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>[^\s0-9;；,，、:：]{1,3})?\s*(?=[;；,，、\s]|$)"
)
_SEPARATORS = "、，,;； "


class FundsLine(NamedTuple):
    """One row of the table.

    Attributes:
        names: tiles that name it. values: column → tile. leads: labels beside their amounts.
        inline: label cells with their amounts in them.
    """

    row: int
    names: list[Tile]
    values: dict[str, Tile]
    leads: list[Tile]
    inline: list[Tile]


class FundsTable(NamedTuple):
    """The table: header, label down its side, the column of its first amounts, rows."""

    header: Header
    side: Tile | None
    first: int
    lines: list[FundsLine]


def recognise(reading: Reading, row: int) -> Claim | None:
    """A header of funds and the rows below it, as far as they are rows of funds."""
    if reading.in_table and not _may_head(reading, row):
        return None
    header = fund_headers.funds_header(reading.tiles, row, reading.vocabulary)
    if header is None or funds_line.is_line(reading, header):
        return None
    first = min(
        header.columns[name][0] for name in (*funds.MONEY, "rate") if name in header.columns
    )
    table = FundsTable(header, _side_label(reading, header, first), first, [])
    table.lines.extend(_lines(reading, table))
    last = table.lines[-1].row if table.lines else header.bottom
    tiles = [
        tile for line in range(header.top, last + 1) for tile in reading.tiles.rows.get(line, ())
    ]
    return Claim(NAME, Sureness.PROOF, "funds-table", tuple(tiles), last, found=table)


def read(reading: Reading, claim: Claim) -> Contents:
    """Each row with the figures of its columns."""
    table: FundsTable = claim.found
    contents = Contents(reading)
    funds.take_header(contents, table.header)
    contents.funds_headers.append(table.header)
    _take_begun(contents, table)
    for line in table.lines:
        for tile in line.names:
            contents.take(tile, Role.FUND_NAME)
        for name, tile in line.values.items():
            contents.take(tile, name)
        for tile in line.leads[: 0 if line.names else 1]:
            # 其中：财政资金 | 900 | 其中：财政资金 | 850: the first label names the row.
            contents.take(tile, Role.FUND_NAME)
        for tile in line.leads:
            contents.take(tile, Role.STRUCTURE)
        for tile in line.inline:
            amounts = behind(reading, tile)
            empty = not amounts and _are_heads(reading, [tile])
            contents.take(tile, Role.STRUCTURE if empty else Role.FUNDS)
            contents.funds += amounts
        if line.values or line.names:
            contents.funds.append(_fund(reading, table.header, line))
    contents.funds = funds.with_weight(funds.choose_total(contents.funds), table.header, table.side)
    funds.put_expenditures(contents)
    contents.in_table = False
    return contents


def _may_head(reading: Reading, row: int) -> bool:
    """Whether a row amid the table of indicators is nothing but labels, as a header is."""
    line = reading.tiles.rows[row]
    return len(line) >= FEWEST_LABELS and not any(
        isinstance(tile.cell.value, Decimal) or any(map(str.isdigit, tile.text[:LONGEST_LABEL]))
        for tile in line[1:]
    )


def _take_begun(contents: Contents, table: FundsTable) -> None:
    side = table.side
    if side is not None:
        contents.take(side, Role.FUNDS_LABEL)
        contents.assigned["funds_label"] = fields.of_text(side, How.SPAN)
    for tile in contents.reading.tiles.rows.get(table.header.top, ()):
        if tile.left < table.first and tile is not side:
            contents.take(tile, Role.STRUCTURE)


def _side_label(reading: Reading, header: Header, first: int) -> Tile | None:
    """The label beside the whole block: over several rows, or before the header in its row."""
    for row in range(header.top, header.bottom + 1):
        for col in range(1, first):
            tile = reading.tiles.at(row, col)
            if tile is not None and (tile.bottom > header.bottom or tile.left < first - 1):
                return tile
    return None


def _lines(reading: Reading, table: FundsTable) -> list[FundsLine]:
    """The rows below the header until one that is none of funds."""
    header, side = table.header, table.side
    last = min(reading.part.bottom, header.bottom + MOST_ROWS)
    if side is not None and side.bottom > header.bottom:
        last = min(last, side.bottom)
    found = []
    for row in range(header.bottom + 1, last + 1):
        line = [tile for tile in reading.tiles.rows.get(row, ()) if tile is not side]
        names = _names(reading, row, table)
        if not line and not names:
            continue
        read_line = _line(reading, row, line, names, table)
        if read_line is None:
            break
        found.append(read_line)
    return found


def _line(
    reading: Reading, row: int, line: list[Tile], names: list[Tile], table: FundsTable
) -> FundsLine | None:
    vocabulary = reading.vocabulary
    values = {
        name: tile
        for name, (left, right) in table.header.columns.items()
        if name != "name"
        and (tile := table.header.value(name, _value(reading, row, left, right))) is not None
    }
    money = [values[name] for name in (*funds.MONEY, "rate") if name in values]
    numeric = any(fields.of_number(tile).value is not None for tile in money)
    if not numeric:
        if _begins_another(reading, row):
            return None
        told = _without_row_number(line)
        if told and (any(behind(reading, tile) for tile in told) or _are_heads(reading, told)):
            return FundsLine(row, [], {}, [], told)
        name = named_by(names)
        known = name is not None and vocabulary.fund_rows.match(name.text) is not None
        blank = all(
            vocabulary.is_blank(tile.text) or parse_number(tile.text) is not None for tile in money
        )
        begins = known and any(tile.top == row for tile in names)
        if (not money and not begins) or not (blank or known):
            return None
    leads = [
        tile
        for tile in line
        # 预算数：| 120: a label beside its amount under one head.
        if tile.right >= table.first
        and tile not in values.values()
        and reading.tiles.right_of(tile) in values.values()
        and (vocabulary.funds.match(tile.text) or vocabulary.fund_rows.match(tile.text))
    ]
    return FundsLine(row, names, values, leads, [])


def _without_row_number(line: list[Tile]) -> list[Tile]:
    """A row of labels without the number at its left, which only counts the rows."""
    return line[1:] if line and parse_number(line[0].text) is not None else line


def _are_heads(reading: Reading, line: list[Tile]) -> bool:
    """Whether a row holds nothing but heads of sources: 按收入性质分： | 按支出性质分：."""
    rows = reading.vocabulary.fund_rows
    return (len(line) > 1 or line[0].text.endswith((":", "："))) and all(
        rows.match(re.split("[:：]", tile.text)[0] or tile.text) is not None for tile in line
    )


def _names(reading: Reading, row: int, table: FundsTable) -> list[Tile]:
    """The tiles before the first amount that name a row; a name may be merged over rows."""
    found = []
    for col in range(1, table.first):
        tile = reading.tiles.at(row, col)
        if (
            tile is not None
            and tile is not table.side
            and tile.left == col
            and fields.of_number(tile).value is None
            and (tile.top == row or tile.top > table.header.bottom)
        ):
            found.append(tile)
    return found


def named_by(names: list[Tile]) -> Tile | None:
    """The tile that names a row: the first, unless that is a label over several rows."""
    if not names:
        return None
    return next((tile for tile in names if tile.height == 1), names[-1])


def _value(reading: Reading, row: int, left: int, right: int) -> Tile | None:
    """The value of a column in a row: a number before any text, and a text before a label beside it."""
    first, words = None, reading.vocabulary
    for col in range(left, right + 1):
        tile = reading.tiles.at(row, col)
        if tile is None or tile.top != row or tile.left != col:
            continue
        if fields.of_number(tile).value is not None:
            return tile
        if first is None or words.funds.match(first.text) or words.fund_rows.match(first.text):
            first = tile
    return first


def behind(reading: Reading, tile: Tile) -> list[Fund]:
    """Amounts written behind their names in one cell: 一般公共预算：2030.12, 其他资金：100万元.

    An amount with a unit of its own is brought to the form's.
    """
    money = reading.vocabulary.money
    whole = (
        money.get(normalize(str(reading.found["money_unit"].value)), 1)
        if "money_unit" in reading.found
        else 0
    )
    found = []
    for match in _AMOUNT_BEHIND.finditer(tile.text):
        value, unit = parse_number(match["amount"]), money.get(normalize(match["unit"] or ""), 0)
        if value is None or (match["unit"] and not unit):
            continue
        if unit and whole and unit != whole:
            value = value * unit / whole
        text = "".join(match["name"].split()).lstrip(_SEPARATORS)
        name = Field(text, tile.text, tile.top, tile.left, How.BEHIND)
        amount = Field(value, match["amount"], tile.top, tile.left, How.BEHIND)
        found.append(Fund(name=name, budget=amount, part=True))
    return found


def _begins_another(reading: Reading, row: int) -> bool:
    """Whether a row starts a block of its own and so ends the table of funds."""
    if row in reading.in_header or row not in reading.tiles.rows:
        return row in reading.in_header
    first = reading.tiles.rows[row][0]
    if reading.vocabulary.goal_numbers[first.text] is not None or reading.vocabulary.is_note(
        first.text
    ):
        return True
    name = reading.vocabulary.fields.exact(first.text)
    return name is not None and name not in ("basic_expenditure", "project_expenditure")


def _fund(reading: Reading, header: Header, line: FundsLine) -> Fund:
    percent = "rate" in header.labels and "%" in normalize(header.labels["rate"].text)
    found: dict[str, Field] = {}
    for name in FIGURES:
        if name not in header.columns:
            continue
        tile = line.values.get(name)
        found[name] = (
            fields.empty(reading.tiles, line.row, header.columns[name][0])
            if tile is None
            else funds.number_or_share(tile, name, percent=percent)
        )
    if "rate" in found:
        found["rate"] = funds.nearer_rate(found["rate"], found)
    if "reason" in header.columns:
        told = line.values.get("reason")
        place = fields.empty(reading.tiles, line.row, header.columns["reason"][0])
        found["reason"] = place if told is None else fields.of_text(told)
    name_tile = named_by(line.names) or next(iter(line.leads), None)
    called = ABSENT if name_tile is None else fields.of_name(name_tile)
    fund = funds.fund_of_name(called, reading.vocabulary, found)
    return fund._replace(further=_further(header, line, name_tile))


def _further(header: Header, line: FundsLine, name: Tile | None) -> tuple[tuple[Field, Field], ...]:
    """What a row holds besides: a label over several names, and columns that no rule needs."""
    names = [(ABSENT, fields.of_name(tile)) for tile in line.names if tile is not name]
    known = {*FIGURES, "reason"}
    return (
        *names,
        *(
            (fields.of_text(header.labels[column], How.LABEL), fields.of_text(tile))
            for column, tile in line.values.items()
            if column not in known and tile not in line.names
        ),
    )


BLOCK = Recogniser(NAME, Sureness.PROOF, recognise, read, sign=LACKS_FUNDS)
