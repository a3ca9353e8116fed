"""Grids of a Word document (.docx): its tables, with the paragraphs around them.

Tables that nothing but blank paragraphs or plain text separates are one form broken by pages, and
stand in one Grid. A page break or a centred line between two tables, with text, begins a new one.
"""

from typing import Any, NamedTuple

from perfxl.errors import NotAWorkbook
from perfxl.grid.docxtext import Paragraph, boxes_of, kind_of, paragraph, value
from perfxl.grid.model import Grid
from perfxl.grid.tables import Table, TableCell, stacked
from perfxl.ooxml.package import Package
from perfxl.ooxml.plain import parse

# Of the prose of a report, so many paragraphs above a table may be its titles.
_TITLES = 12
_LONGEST_NAME = 40
_CONTAINERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_DEFAULT_WIDTH = 1000  # twips, where a table states no widths
_Block = Paragraph | Table


def grids(data: bytes) -> tuple[Grid, ...]:
    """The tables of a .docx file.

    Raises:
        NotAWorkbook: damaged.
        TooLarge: more cells than any form has.
    """
    package = Package.open(data)
    main = package.related("", "officeDocument")
    if main is None:
        raise NotAWorkbook("not-an-office-file")
    root = parse(package.read(main.target), main.target)
    nested: list[Table] = []
    blocks = [block for body in root for block in _blocks(body, nested)]
    groups = _groups(blocks) + [[table] for table in nested]
    result = []
    for index, group in enumerate(groups):
        shown = [
            b if isinstance(b, Table) else b.text for b in group if isinstance(b, Table) or b.text
        ]
        result.append(stacked(_name(group, index), index, shown))
    return tuple(result)


def _name(group: list[_Block], index: int) -> str:
    """The first line above the table where it is short, else the number of the table."""
    for block in group:
        if isinstance(block, Paragraph) and block.title:
            return block.text.strip().replace("\n", " ")[:_LONGEST_NAME]
    return f"表{index + 1}"


def _blocks(parent: Any, nested: list[Table]) -> list[_Block]:
    """Paragraphs and tables directly under an element, in order; deleted ones left out."""
    found: list[_Block] = []
    page = False
    for element in parent:
        kind = kind_of(element)
        if kind == "p":
            block = paragraph(element)
            # A page break at the end of a paragraph belongs to what follows.
            found.append(block._replace(page=block.page or page))
            page = block.page_after or (page and not block.text)
            for box in boxes_of(element):
                found += _blocks(box, nested)
        elif kind == "tbl":
            found.append(_table(element, nested))
            page = False
        elif kind in _CONTAINERS:
            found += _blocks(element, nested)
    return found


def _groups(blocks: list[_Block]) -> list[list[_Block]]:
    """The blocks of each Grid."""
    groups: list[list[_Block]] = []
    current: list[_Block] = []
    waiting: list[Paragraph] = []
    has_table = False
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text:
                waiting.append(block)
            continue
        if not has_table:
            far, near = _titles(waiting)
            if far:
                groups.append([*far])
            current = [*near]
        else:
            starts = [i for i, text in enumerate(waiting) if text.page or text.title]
            if starts:
                groups.append([*current, *waiting[: starts[0]]])
                current = [*waiting[starts[0] :]]
            else:
                current += waiting
        current.append(block)
        waiting = []
        has_table = True
    current += waiting
    return [*groups, current] if current else groups


def _titles(waiting: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraphs before the first table: prose, and what belongs to the table."""
    if len(waiting) <= _TITLES:
        return [], waiting
    start = len(waiting) - _TITLES
    pages = [i for i, text in enumerate(waiting) if text.page and i >= start]
    titles = [i for i, text in enumerate(waiting) if text.title and i >= start]
    if pages:
        start = pages[-1]
    elif titles:
        start = titles[-1]
        while start - 1 in titles:
            start -= 1
    return waiting[:start], waiting[start:]


class _Row(NamedTuple):
    properties: Any
    cells: list[Any]


def _table(element: Any, nested: list[Table]) -> Table:
    edges = [0]
    rows: list[_Row] = []
    for child in element:
        kind = kind_of(child)
        if kind == "tblGrid":
            for column in child:
                if kind_of(column) == "gridCol":
                    edges.append(edges[-1] + _integer(value(column, "w"), _DEFAULT_WIDTH))
        elif kind == "tr" or kind in _CONTAINERS:
            rows += _rows(child)
    if edges[-1] == 0:
        edges = [i * _DEFAULT_WIDTH for i in range(len(edges))]
    table = Table(edges, 0, [])
    open_above: dict[int, int] = {}  # left edge → index of the cell that may go on downwards
    for row in rows:
        open_above = _take_row(table, row, open_above, nested)
    return table


def _rows(element: Any) -> list[_Row]:
    if kind_of(element) == "tr":
        properties = next((c for c in element if kind_of(c) == "trPr"), None)
        if properties is not None and any(kind_of(mark) == "del" for mark in properties):
            return []
        return [_Row(properties, _cells(element))]
    return [row for child in element if kind_of(child) in _ROWS for row in _rows(child)]


_ROWS = {"tr", *_CONTAINERS}


def _cells(row: Any) -> list[Any]:
    found = []
    for child in row:
        kind = kind_of(child)
        if kind == "tc":
            found.append(child)
        elif kind in _CONTAINERS:
            found += _cells(child)
    return found


def _take_row(
    table: Table, row: _Row, open_above: dict[int, int], nested: list[Table]
) -> dict[int, int]:
    """Add a row; gives the cells that may go on in the next one."""
    number, col, hidden = table.rows, 0, False
    table.rows += 1
    for mark in row.properties if row.properties is not None else ():
        kind = kind_of(mark)
        if kind == "gridBefore":
            col = min(_integer(value(mark, "val"), 0), 1000)
        elif kind == "trHeight":
            table.heights[number] = _integer(value(mark, "val"), 0) / 20
        elif kind == "hidden":
            hidden = value(mark, "val") not in {"0", "false", "off"}
    going_on: dict[int, int] = {}
    for element in row.cells:
        width, down, across = _extent(element)
        left, right = col, col + width
        col = right
        while len(table.edges) <= right:
            table.edges.append(table.edges[-1] + _DEFAULT_WIDTH)
        if across == "continue" and table.cells and table.cells[-1].row == number:
            table.cells[-1] = table.cells[-1]._replace(right=right)
            continue
        text = _text(element, nested)
        above = open_above.get(left)
        if down == "continue" and above is not None and not text:
            table.cells[above] = table.cells[above]._replace(bottom=number)
            going_on[left] = above
            continue
        if down:
            going_on[left] = len(table.cells)
        table.cells.append(TableCell(number, left, right, number, text, hidden=hidden))
    return going_on


def _extent(cell: Any) -> tuple[int, str, str]:
    """Grid columns, and whether a cell begins (``restart``) or continues a merge down, across."""
    width, down, across = 1, "", ""
    for properties in cell:
        if kind_of(properties) != "tcPr":
            break
        for mark in properties:
            kind = kind_of(mark)
            if kind == "gridSpan":
                width = min(max(_integer(value(mark, "val"), 1), 1), 1000)
            elif kind == "vMerge":
                down = value(mark, "val") or "continue"
            elif kind == "hMerge":
                across = value(mark, "val") or "continue"
    return width, down, across


def _text(cell: Any, nested: list[Table]) -> str:
    lines = []
    for block in _blocks(cell, nested):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif block.own:
            nested.append(block)
        else:
            lines.append(block.flat())
    return lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")


def _integer(text: str | None, default: int) -> int:
    try:
        return max(round(float(text)), 0) if text else default
    except (ValueError, OverflowError):
        return default
