"""The blocks of a form that come before its rows: title, headers, and the table of funds."""

from functools import partial

from perfxl.forms import fields, funds, goals, head, headers, labelled
from perfxl.forms.headers import Header
from perfxl.forms.model import Field
from perfxl.forms.reading import Reading
from perfxl.forms.text import fold, label
from perfxl.forms.tiles import Tile


def find_headers(reading: Reading) -> None:
    """Every header of indicators, found before the rows are read: a label may need the one below."""
    last = 0
    for row in reading.rows:
        if row <= last:
            continue
        header = headers.indicators(reading.tiles, row, reading.vocabulary)
        if header is not None:
            reading.headers.append(header)
            last = header.bottom
            for inside in range(header.top, header.bottom + 1):
                reading.in_header[inside] = header


def take_header(reading: Reading, header: Header, row: int) -> None:
    """Note the labels of a header row, and the label down its side."""
    for tile in reading.tiles.rows[row]:
        if tile in header.strange:
            if tile.left < header.left:
                reading.take(tile, "side label")
            elif label(tile.text) in reading.vocabulary.structure or over_columns(tile, header):
                reading.take(tile, "header")
            continue
        if tile.left < header.left and tile.height > 1:
            reading.take(tile, "side label")
        else:
            reading.take(tile, "header")
    if header.top == row:
        for col in range(1, header.left):
            side = reading.tiles.at(row, col)
            if side is not None:
                reading.take(side, "side label")


def over_columns(tile: Tile, header: Header) -> bool:
    """Whether a label stands over others of its header: 年度指标值 over 指标值 | 度量单位."""
    return any(
        other.top > tile.bottom and tile.left <= other.left <= tile.right
        for other in header.labels.values()
    )


def read_title(reading: Reading) -> None:
    """Title, year and unit of money."""
    title = reading.part.title
    if title is not None:
        reading.take(title, "title")
        reading.found["title"] = fields.of_text(title, "title")
        year = head.year_of(title.text)
        if year is not None:
            reading.found["year"] = Field(year, title.text, title.top, title.left, "title")
    for tile in reading.part.titles:
        reading.take(tile, "title")
    first = reading.headers[0].top if reading.headers else reading.part.bottom
    lone = head.lone_year(reading.tiles, reading.part.top, first)
    if lone is not None:
        tile, year = lone
        reading.take(tile, "year")
        reading.found.setdefault("year", Field(year, tile.text, tile.top, tile.left, "label"))
    for tile in reading.tiles.between(reading.part.top, reading.part.bottom):
        stated = head.money_unit(tile, reading.vocabulary)
        if stated.value is not None:
            reading.found["money_unit"] = stated
            if label(tile.text) in ("", "单位", "金额单位") or fold(tile.text).startswith(
                ("单位:", "金额单位")
            ):
                reading.take(tile, "money_unit")
            break


def read_funds(reading: Reading, header: Header) -> int:
    """Read the table of funds under a header; its last row."""
    for row in range(header.top, header.bottom + 1):
        for tile in reading.tiles.rows.get(row, ()):
            known = label(tile.text) in reading.vocabulary.structure or over_columns(tile, header)
            if tile not in header.strange or known:
                reading.take(tile, "funds header")
    reading.funds, side = funds.read(
        reading.tiles,
        header,
        reading.part.bottom,
        reading.vocabulary,
        partial(begins_another, reading),
        reading.take,
    )
    inline_expenditures(reading)
    if side is not None:
        reading.found["funds_label"] = fields.of_text(side, "span")
    rows = [fund.name.row or fund.budget.row for fund in reading.funds]
    last = max(rows, default=header.bottom)
    if last == header.top:
        # Amounts beside their labels share the row with fields of the head.
        labelled.pairs(reading, last)
    return last


def funds_in_text(reading: Reading, row: int) -> bool:
    """预算数：500万元；执行数：480万元, in one cell or each in its own."""
    line = reading.tiles.rows[row]
    fund = funds.in_text(line, reading.vocabulary, reading.take)
    if fund is None:
        return False
    reading.funds = [fund]
    first = min(tile.left for tile in line if reading.is_taken(tile))
    for tile in line:
        if tile.right < first:
            reading.take(tile, "structure")
    return True


def inline_expenditures(reading: Reading) -> None:
    """其中：基本支出：1250.3 in a label cell of the funds states the unit's basic expenditure."""
    for fund in reading.funds:
        if fund.budget.how != "behind":
            continue
        name = reading.vocabulary.fields.exact(
            str(fund.name.value).rpartition(":")[2].rpartition("：")[2]
        )
        if name in ("basic_expenditure", "project_expenditure"):
            reading.found.setdefault(name, fund.budget)


def begins_another(reading: Reading, row: int) -> bool:
    """Whether a row starts a block of its own and so ends the table of funds."""
    if row in reading.in_header or row not in reading.tiles.rows:
        return row in reading.in_header
    first = reading.tiles.rows[row][0]
    if goals.goal_number(reading, first) is not None or reading.vocabulary.is_note(first.text):
        return True
    name = reading.vocabulary.fields.exact(first.text)
    return name is not None and name not in ("basic_expenditure", "project_expenditure")
