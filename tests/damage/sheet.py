"""A sample workbook that can be damaged, and the expected reading that moves along with it."""

import copy
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import xlsxwriter

from perfxl.grid.load import load_file
from perfxl.grid.model import Cell, Grid
from perfxl.ooxml.address import Span, a1, position
from tests.conftest import ROOT, expected_reading

Pos = tuple[int, int]
SAMPLES = ROOT / "samples"
_LABEL = re.compile(
    "指标|目标|预算|执行|得分|分值|名称|部门|单位|资金|项目|总分|合计|电话|联系人|原因|措施|意见|完成|负责人|权重|系数|是否|总额"
)
_BRACKETS = re.compile(r"[(（].*?[)）]")
LONGEST_LABEL = 14


@dataclass
class Sheet:
    """Cells and spans of one sheet; ``frame`` are cells that have a border and nothing else."""

    name: str
    cells: dict[Pos, Cell] = field(default_factory=dict)
    spans: set[Span] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    frame: set[Pos] = field(default_factory=set)

    def put(self, pos: Pos, value, number_format: str = "General") -> None:
        """Type a value into a cell; None empties it."""
        if value is None:
            self.cells.pop(pos, None)
            return
        self.cells[pos] = Cell(*pos, value, str(value), number_format)

    def text(self, pos: Pos) -> str:
        cell = self.cells.get(pos)
        return "" if cell is None else cell.text

    def area(self, pos: Pos) -> Span:
        """The span over a position, the single cell where there is none."""
        return next((area for area in self.spans if area.covers(*pos)), Span(*pos, *pos))

    @property
    def bottom(self) -> int:
        return max([row for row, _ in self.cells] + [area.bottom for area in self.spans])

    @property
    def right(self) -> int:
        return max([col for _, col in self.cells] + [area.right for area in self.spans])

    def merged(self) -> list[Span]:
        """The spans of more than one cell."""
        return [area for area in self.spans if area.top < area.bottom or area.left < area.right]

    def grid(self, index: int = 0) -> Grid:
        """The sheet as the reader's Grid, without the way over a file."""
        cells = {pos: cell._replace(row=pos[0], col=pos[1]) for pos, cell in self.cells.items()}
        return Grid(self.name, index, cells, tuple(sorted(self.merged())))


@dataclass
class Case:
    """A workbook and what a careful person reads out of it.

    Attributes:
        sheets: in order.
        forms: the expected records, in order.
        same: (sheet, cell) → cells that say the same, any of which a reading may name.
        junk: cells that may be listed as unread, or not.
        marks: what some cells are: ``label``, ``side``, ``header``, ``funds header``, ``goal``.
    """

    sheets: list[Sheet]
    forms: list[dict]
    same: dict[tuple[str, Pos], set[Pos]] = field(default_factory=dict)
    junk: set[tuple[str, Pos]] = field(default_factory=set)
    marks: dict[str, set[tuple[str, Pos]]] = field(default_factory=dict)

    def sheet(self, form: dict) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == form["sheet"])

    def marked(self, mark: str, sheet: Sheet) -> list[Pos]:
        return sorted(pos for name, pos in self.marks.get(mark, ()) if name == sheet.name)

    def tables(self, form: dict) -> list[list[int]]:
        """The rows of the indicators, by the header above them (undamaged: one for each goal)."""
        rows = table_rows(form)
        lows = [
            run[-1] for run in runs([row for row, _ in self.marked("header", self.sheet(form))])
        ]
        parted = [[row for row in rows if low < row] for low in lows]
        return [
            [row for row in part if not later or row not in later]
            for part, later in zip(parted, [*parted[1:], []], strict=True)
            if set(part) - set(later)
        ]

    def says(self, sheet: Sheet, known: Pos, again: set[Pos]) -> None:
        """Note that some cells say the same as one that a reading may name."""
        self.same.setdefault((sheet.name, known), set())
        for (name, head), cells in self.same.items():
            if name == sheet.name and (head == known or known in cells):
                cells.update(again)

    # ------------------------------------------------------------ moving
    def move(self, sheet: Sheet, where: Callable[[Pos], Pos]) -> None:
        """Move all cells of a sheet, and all that is said of them; spans are the caller's."""
        sheet.cells = {where(pos): cell for pos, cell in sheet.cells.items()}
        sheet.frame = {where(pos) for pos in sheet.frame}
        sheet.hidden = {where((row, 1))[0] for row in sheet.hidden}

        def moved(key: tuple[str, Pos]) -> tuple[str, Pos]:
            return (key[0], where(key[1])) if key[0] == sheet.name else key

        self.junk = {moved(key) for key in self.junk}
        self.marks = {mark: {moved(key) for key in keys} for mark, keys in self.marks.items()}
        self.same = {
            moved(key): {moved((key[0], pos))[1] for pos in others}
            for key, others in self.same.items()
        }
        for form in self.forms:
            if form["sheet"] == sheet.name:
                for record in records(form):
                    for key, address in record.items():
                        if (key == "cell" or key.endswith("_cell")) and address is not None:
                            record[key] = a1(*where(position(address)))

    def insert_rows(self, sheet: Sheet, at: int, count: int = 1) -> None:
        """Insert empty rows before a row; a span over the place stretches, as in Excel."""
        sheet.spans = {
            area._replace(
                top=area.top + count * (area.top >= at),
                bottom=area.bottom + count * (area.bottom >= at),
            )
            for area in sheet.spans
        }
        self.move(sheet, lambda pos: (pos[0] + count * (pos[0] >= at), pos[1]))

    def insert_cols(self, sheet: Sheet, at: int, count: int = 1) -> None:
        """Insert empty columns before a column; a span over the place stretches."""
        sheet.spans = {
            area._replace(
                left=area.left + count * (area.left >= at),
                right=area.right + count * (area.right >= at),
            )
            for area in sheet.spans
        }
        self.move(sheet, lambda pos: (pos[0], pos[1] + count * (pos[1] >= at)))

    def delete_row(self, sheet: Sheet, row: int) -> None:
        """Delete a row; a span that begins in it and goes on keeps its value."""
        for area in [area for area in sheet.spans if area.top <= row <= area.bottom]:
            sheet.spans.remove(area)
            if area.top < area.bottom:
                sheet.spans.add(area._replace(bottom=area.bottom - 1))
            elif area.left < area.right:
                sheet.put((row, area.left), None)
        tall = {(area.top, area.left) for area in sheet.spans if area.top == row}
        for pos in [pos for pos in sheet.cells if pos[0] == row and pos not in tall]:
            del sheet.cells[pos]
            for keys in self.marks.values():
                keys.discard((sheet.name, pos))
        sheet.spans = {
            area._replace(top=area.top - (area.top > row), bottom=area.bottom - (area.top > row))
            for area in sheet.spans
        }
        self.move(sheet, lambda pos: (pos[0] - (pos[0] > row), pos[1]))

    def unmerge(self, sheet: Sheet, area: Span, *, repeat: bool = False) -> None:
        """Take a span apart; the value stays in its first cell, or is repeated in all."""
        sheet.spans.discard(area)
        head = (area.top, area.left)
        freed = {(row, col) for row in range(area.top, area.bottom + 1)
                 for col in range(area.left, area.right + 1)}  # fmt: skip
        self.says(sheet, head, freed)
        self._own_places(sheet, area)
        if repeat and head in sheet.cells:
            for pos in freed - {head}:
                sheet.cells[pos] = sheet.cells[head]

    def _own_places(self, sheet: Sheet, area: Span) -> None:
        """Where one figure filled the rows of several sources, each of the others has now a blank cell of its own."""
        for form in self.forms:
            funds = form["funds"] if form["sheet"] == sheet.name else ()
            stated = a1(area.top, area.left)
            for name in ("rate", "weight", "score"):
                if all(fund[f"{name}_cell"] != stated for fund in funds):
                    continue
                for fund in funds:
                    row, _ = position(fund["budget_cell"])
                    if area.top < row <= area.bottom and fund[f"{name}_cell"] is None:
                        fund[f"{name}_cell"] = a1(row, area.left)

    # ------------------------------------------------------------ the file
    def book(self) -> bytes:
        """The case as an .xlsx file, with borders around every used cell."""
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"in_memory": True})
        formats: dict[str, object] = {}

        def style(code: str):
            if code not in formats:
                formats[code] = book.add_format({"num_format": code, "border": 1})
            return formats[code]

        for sheet in self.sheets:
            page = book.add_worksheet(sheet.name)
            for area in sheet.merged():
                page.merge_range(
                    area.top - 1,
                    area.left - 1,
                    area.bottom - 1,
                    area.right - 1,
                    "",
                    style("General"),
                )
            for row, col in sheet.frame - sheet.cells.keys():
                page.write_blank(row - 1, col - 1, None, style("General"))
            for (row, col), cell in sheet.cells.items():
                shape = style(cell.number_format)
                if isinstance(cell.value, Decimal):
                    page.write_number(row - 1, col - 1, float(cell.value), shape)
                else:
                    page.write_string(row - 1, col - 1, str(cell.value), shape)
            for row in sheet.hidden:
                page.set_row(row - 1, None, None, {"hidden": True})
        book.close()
        return target.getvalue()


def records(form: dict) -> Iterator[dict]:
    """A form's record and all records inside it."""
    yield form
    for name in ("funds", "goals", "indicators", "unread"):
        yield from form[name]


def value_cells(form: dict) -> set[Pos]:
    """Every cell that a value was read from."""
    return {
        position(address)
        for record in records(form)
        for key, address in record.items()
        if key.endswith("_cell") and address is not None
    }


def column(form: dict, name: str) -> list[Pos]:
    """The cells of one column of the table of indicators, one for each row that has it."""
    cells = [row[f"{name}_cell"] for row in form["indicators"]]
    return [position(cell) for cell in cells if cell is not None]


def table_rows(form: dict) -> list[int]:
    """The rows of the indicators."""
    return [row for row, _ in column(form, "level3")]


def runs(numbers: list[int]) -> list[list[int]]:
    """Numbers in runs without a gap."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def first_level_column(form: dict) -> int:
    return min(col for name in ("level1", "level3") for _, col in column(form, name))


@cache
def _sample(name: str) -> Case:
    path = SAMPLES / f"{name}.xlsx"
    grids = load_file(path).grids
    sheets = [Sheet(grid.name, dict(grid.cells), set(grid.spans)) for grid in grids]
    case = Case(sheets, expected_reading(path)["forms"])
    for form in case.forms:
        _mark(case, form, case.sheet(form))
    return case


def sample(name: str) -> Case:
    """A fresh copy of a sample, to be damaged."""
    return copy.deepcopy(_sample(name))


def _mark_funds(form: dict, sheet: Sheet, mark: Callable[[str, Pos], None]) -> None:
    """The labels over a table of funds; a scoring table has none, and in a line of pairs none is above."""
    for first in form["funds"][:1]:
        row, col = position(first["budget_cell"])
        paired = first["name_cell"] is None and _LABEL.search(sheet.text((row, col - 1)))
        for place in range(position(first["name_cell"] or "A1")[1] + 1, sheet.right + 1):
            if not paired:
                mark("funds header", (row - 1, place))


def _mark(case: Case, form: dict, sheet: Sheet) -> None:
    """Note which cells are labels of what; in an undamaged form that can be told from the reading."""

    def mark(name: str, pos: Pos) -> None:
        if pos in sheet.cells:
            case.marks.setdefault(name, set()).add((sheet.name, pos))

    table = set(table_rows(form))
    left = first_level_column(form)
    values = value_cells(form)
    # Lines above a title (a number of the office, a stamp) are the undamaged reading's matter.
    title = position(form["title_cell"])[0]
    case.junk |= {(sheet.name, pos) for pos in sheet.cells if pos[0] < title and pos not in values}
    for run in runs(table_rows(form)):
        tops = [area.top for area in sheet.spans if area.bottom == run[0] - 1 and area.left >= left]
        for row in range(min([*tops, run[0] - 1]), run[0]):
            for col in range(left, sheet.right + 1):
                # What goes on beside the rows is a side label: 项目绩效（85分） before the second table's header.
                if sheet.area((row, col)).bottom < run[0]:
                    mark("header", (row, col))
    _mark_funds(form, sheet, mark)
    # The points of the budget may stand twice, at the side and over the scores: 得分（20分*执行率）.
    for fund in form["funds"][:1]:
        stated = {
            p for p in case.marked("funds header", sheet) if f"{fund['weight']}分" in sheet.text(p)
        }
        if stated and fund["weight_cell"]:
            case.same[sheet.name, position(fund["weight_cell"])] = stated
    for goal in form["goals"]:
        mark("goal", position(goal["label_cell"]))
    levels = set(column(form, "level1")) | set(column(form, "level2"))
    for area in sheet.spans:
        head = (area.top, area.left)
        inside = area.top in table and area.left >= left
        if area.top < area.bottom and not inside and head not in case.marked("header", sheet):
            mark("side", head)
    named = case.marks.get("side", set()) | case.marks.get("goal", set())
    for pos, cell in sheet.cells.items():
        bare = _BRACKETS.sub("", "".join(cell.text.split())).strip("：:")
        known = pos in levels or (sheet.name, pos) in named
        outside = pos not in values and pos[0] not in table
        if (
            (known or outside)
            and len(bare) <= LONGEST_LABEL
            and _LABEL.search(bare)
            and "：" not in bare
        ):
            mark("label", pos)
