"""Grids of a Word document (.docx): its tables, with the paragraphs around them.

Tables that nothing but blank paragraphs or plain text separates are one form broken by pages, and
stand in one Grid. A page break or a centred line between two tables, with text, begins a new one.
"""

from typing import Any, NamedTuple

from perfxl.bounds import TABLE_COLUMNS
from perfxl.errors import TooLarge
from perfxl.grid.cells import bounded
from perfxl.grid.formats.docxtext import KINDS, Paragraph, Texts, boxes_of, value
from perfxl.grid.formats.tables import Table, TableCell, stack_tables
from perfxl.grid.model import Grid
from perfxl.ooxml.parts.canonical_xml import parse
from perfxl.ooxml.parts.package import Package

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
    main = package.main().target
    part = package.read(main)
    reader = _Reader(Texts(part))
    root = parse(part, main)
    blocks = [block for body in root for block in reader.blocks(body)]
    groups = _groups(blocks) + [[table] for table in reader.nested]
    return bounded(
        stack_tables(
            _name(group, index),
            index,
            [
                b if isinstance(b, Table) else b.text
                for b in group
                if isinstance(b, Table) or b.text
            ],
        )
        for index, group in enumerate(groups)
    )


def _name(group: list[_Block], index: int) -> str:
    """The first title above the table, cut to a tab's length, else the number of the table."""
    for block in group:
        if isinstance(block, Paragraph) and block.title:
            return block.text.strip().replace("\n", " ")[:_LONGEST_NAME]
    return f"表{index + 1}"


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


class _Reader:
    """Blocks and tables of one document.

    Attributes:
        nested: tables inside cells that are tables in their own right.
    """

    def __init__(self, texts: Texts) -> None:
        self.nested: list[Table] = []
        self._texts = texts

    def blocks(self, parent: Any) -> list[_Block]:
        """Paragraphs and tables directly under an element, in order; deleted ones left out."""
        found: list[_Block] = []
        page = False
        for element in parent:
            kind = KINDS.get(element.tag)
            if kind == "p":
                block = self._texts.paragraph(element)
                # A page break at the end of a paragraph belongs to what follows.
                found.append(block._replace(page=True) if page else block)
                page = block.page_after or (page and not block.text)
                if self._texts.boxes:
                    for box in boxes_of(element):
                        found += self.blocks(box)
            elif kind == "tbl":
                found.append(self.table(element))
                page = False
            elif kind in _CONTAINERS:
                found += self.blocks(element)
        return found

    def table(self, element: Any) -> Table:
        """A table; what is nested in it joins `nested`, or the text of its cell."""
        edges = [0]
        rows: list[_Row] = []
        for child in element:
            kind = KINDS.get(child.tag)
            if kind == "tblGrid":
                for column in child:
                    if KINDS.get(column.tag) == "gridCol":
                        edges.append(edges[-1] + _integer(value(column, "w"), _DEFAULT_WIDTH))
            elif kind in _ROWS:
                rows += _rows(child)
        if edges[-1] == 0:
            edges = [i * _DEFAULT_WIDTH for i in range(len(edges))]
        table = Table(edges, 0, [])
        open_above: dict[int, int] = {}  # left edge → index of the cell that may go on downwards
        for row in rows:
            open_above = self._take_row(table, row, open_above)
        return table

    def _take_row(self, table: Table, row: _Row, open_above: dict[int, int]) -> dict[int, int]:
        """Add a row; gives the cells that may go on in the next one."""
        number = table.rows
        table.rows += 1
        col, height, hidden = _row_looks(row.properties)
        if height:
            table.heights[number] = height
        going_on: dict[int, int] = {}
        for element in row.cells:
            width, down, across = _extent(element)
            left, right = col, col + width
            col = right
            if right > TABLE_COLUMNS:
                raise TooLarge("too-many-columns", limit=TABLE_COLUMNS)
            while len(table.edges) <= right:
                table.edges.append(table.edges[-1] + _DEFAULT_WIDTH)
            if across == "continue" and table.cells and table.cells[-1].row == number:
                table.cells[-1] = table.cells[-1]._replace(right=right)
                continue
            text = self._text(element)
            above = open_above.get(left)
            if down == "continue" and above is not None and not text:
                table.cells[above] = table.cells[above]._replace(bottom=number)
                going_on[left] = above
                continue
            if down:
                going_on[left] = len(table.cells)
            table.cells.append(TableCell(number, left, right, number, text, hidden=hidden))
        return going_on

    def _text(self, cell: Any) -> str:
        lines = []
        for element in cell:
            # Nearly every cell is a paragraph or two; the rest goes the general way.
            if KINDS.get(element.tag) not in {"tcPr", "p"} or self._texts.boxes:
                break
            if KINDS[element.tag] == "p":
                lines.append(self._texts.text(element))
        else:
            return lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")
        lines = []
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif block.own:
                self.nested.append(block)
            else:
                lines.append(block.flat())
        return "\n".join(lines).strip("\n")


_ROWS = {"tr", *_CONTAINERS}


def _rows(element: Any) -> list[_Row]:
    if KINDS.get(element.tag) == "tr":
        properties = next((c for c in element if KINDS.get(c.tag) == "trPr"), None)
        if properties is not None and any(KINDS.get(mark.tag) == "del" for mark in properties):
            return []
        return [_Row(properties, _cells(element))]
    return [row for child in element if KINDS.get(child.tag) in _ROWS for row in _rows(child)]


def _cells(row: Any) -> list[Any]:
    found = []
    for child in row:
        kind = KINDS.get(child.tag)
        if kind == "tc":
            found.append(child)
        elif kind in _CONTAINERS:
            found += _cells(child)
    return found


def _row_looks(properties: Any) -> tuple[int, float, bool]:
    """Grid columns left out before the first cell, height in points or 0, whether hidden."""
    before, height, hidden = 0, 0.0, False
    for mark in properties if properties is not None else ():
        kind = KINDS.get(mark.tag)
        if kind == "gridBefore":
            before = min(_integer(value(mark, "val"), 0), 1000)
        elif kind == "trHeight":
            height = _integer(value(mark, "val"), 0) / 20
        elif kind == "hidden":
            hidden = value(mark, "val") not in {"0", "false", "off"}
    return before, height, hidden


def _extent(cell: Any) -> tuple[int, str, str]:
    """Grid columns, and whether a cell begins (``restart``) or continues a merge down, across."""
    width, down, across = 1, "", ""
    for properties in cell:
        if KINDS.get(properties.tag) != "tcPr":
            break
        for mark in properties:
            kind = KINDS.get(mark.tag)
            if kind == "gridSpan":
                width = min(max(_integer(value(mark, "val"), 1), 1), 1000)
            elif kind == "vMerge":
                down = value(mark, "val") or "continue"
            elif kind == "hMerge":
                across = value(mark, "val") or "continue"
    return width, down, across


def _integer(text: str | None, default: int) -> int:
    try:
        return max(round(float(text)), 0) if text else default
    except (ValueError, OverflowError):
        return default
