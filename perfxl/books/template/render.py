"""A workbook template filled with data: one workbook out, whatever the number of forms."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from perfxl.books.template import paging, slots
from perfxl.books.template.fitting import Fitter
from perfxl.books.template.program import Environment, Program
from perfxl.books.template.tags import Layout, Where, has_tags, layout
from perfxl.errors import ConfigError, NotAWorkbook, PerfxlError, UsageError
from perfxl.ooxml import book_rewrite
from perfxl.ooxml.address import Span, span
from perfxl.ooxml.book_rewrite import Copy, RewrittenSheet
from perfxl.ooxml.newsheet import NewSheet
from perfxl.ooxml.parts import formats
from perfxl.ooxml.parts.canonical_xml import scan_part
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.workbook import Workbook
from perfxl.ooxml.rowmap import Path, RowMap
from perfxl.ooxml.sheet_rewrite import BrokenFormula, NewRow, Value, respun

MOST_BLANK = 200
"""So many blank rows with looks may follow the last one that says something."""
SHAREABLE = frozenset({"printerSettings", "hyperlink"})
"""What a sheet refers to that its copies can do without."""
_AS_AREA = re.compile(r"^\$?(\d+):\$?(\d+)$")
"""Rows alone, as titles to repeat are named."""
_TAGS = re.compile(rb"\{\{|\{%")
Heads = dict[tuple[tuple[int, int], Path], Value]


class Data(NamedTuple):
    """What one form's sheet is filled with; ``name`` goes on its tab, None keeps the template's."""

    name: str | None
    values: Mapping[str, Any]


class _Sheet(NamedTuple):
    number: int
    layout: Layout
    program: Program
    where: Where


class TemplateBook:
    """A template, understood once and filled often.

    Args:
        content: the bytes of the .xlsx.
        file: its name, for errors.
        aliases: other names for those of the data.

    Raises:
        ConfigError: it is no workbook, has no tags, or a tag is wrong (``template-…``).
    """

    def __init__(self, content: bytes, file: str, aliases: Mapping[str, str]) -> None:
        self.file = file
        try:
            self._book = Workbook(Package.open(content))
            self._scans = {
                index: self._book.scan(index)
                for index, sheet in enumerate(self._book.sheets)
                if sheet.kind == "worksheet"
            }
            part = self._book.styles_part
            data = self._book.package.plain(part) if part else b""
            self._sizes = scan_part(data, part, formats.font_sizes) if part else []
        except PerfxlError as error:
            raise ConfigError("template-unreadable", file=file, reason=error) from error
        self.environment = Environment(aliases)
        self._sheets = [found for index in self._scans if (found := self._understood(index))]
        if not self._sheets:
            raise ConfigError("template-no-tags", file=file)

    @property
    def copyable(self) -> bool:
        """Whether several forms can share a workbook, each on a sheet of its own.

        They cannot where sheets refer to each other, or have pictures, notes, tables or charts.
        """
        package = self._book.package
        own = [
            relation.kind
            for sheet in self._sheets
            for relation in package.relations(self._book.sheets[sheet.number].part)
            if relation.kind not in SHAREABLE
        ]
        return len(self._sheets) == 1 and not own

    def _understood(self, index: int) -> _Sheet | None:
        scan, where = self._scans[index], Where(self.file, self._book.sheets[index].name)
        texts = {(cell.row, cell.col): cell.value for cell in scan.cells if not cell.formula}
        if not any(has_tags(text) for text in texts.values()):
            return None
        self._check_elsewhere(index, where)
        last = _last(scan)
        found = layout(texts, scan.merges, last, where, self.environment)
        return _Sheet(index, found, Program(found, self.environment, where), where)

    def _check_elsewhere(self, index: int, where: Where) -> None:
        """Tags work in cells alone; anywhere else they would be printed as they stand."""
        scan, sheet = self._scans[index], self._book.sheets[index]
        if has_tags(sheet.name):
            raise where.error("tag-elsewhere", (1, 1), place="name")
        for cell in scan.cells:
            if cell.formula:
                start, end, _ = scan.places[cell.row, cell.col]
                if _TAGS.search(scan.data, start, end):
                    raise where.error("tag-elsewhere", (cell.row, cell.col), place="formula")
        for part in scan.parts:
            if part.name != b"sheetData" and _TAGS.search(scan.data, part.start, part.end):
                place = "header" if part.name == b"headerFooter" else "sheet"
                raise where.error("tag-elsewhere", (1, 1), place=place)
        package = self._book.package
        for relation in package.relations(sheet.part):
            known = relation.kind in ("comments", "drawing") and package.find(relation.target)
            if known and _TAGS.search(package.read(relation.target)):
                raise where.error("tag-elsewhere", (1, 1), place=relation.kind)

    def render(
        self, *forms: Data, more: Callable[[], Sequence[NewSheet]] = tuple[NewSheet, ...], kind: str = "",
    ) -> bytes:  # fmt: skip
        """The workbook for some forms, each on the template's sheets; the same data, the same bytes.

        Args:
            forms: at least one.
            more: gives the sheets to put behind them, when it is known what the template asked for.
            kind: what the workbook is to be known as (see `perfxl.ooxml.origin`).

        Raises:
            ConfigError: the template asks for what the data does not have, or fails (``template-…``).
        """
        self.environment.forget()
        first, *others = [self._respun(form) for form in forms]
        copies = [Copy(index, sheet) for more in others for index, sheet in more.items()]
        calculate = any(cell.formula for scan in self._scans.values() for cell in scan.cells)
        try:
            return book_rewrite.write_workbook(
                self._book, first, copies, more(), calculate=calculate, kind=kind
            )
        except NotAWorkbook as error:
            raise ConfigError("template-unreadable", file=self.file, reason=error) from error

    def _respun(self, form: Data) -> dict[int, RewrittenSheet]:
        made: dict[int, tuple[list[NewRow], list[Span]]] = {}
        maps: dict[str, RowMap] = {}
        for sheet in self._sheets:
            scan = self._scans[sheet.number]
            rows, heads = sheet.program.run(form.values)
            merges = _merges(scan, sheet.layout, rows, heads)
            made[sheet.number] = rows, Fitter(scan, self._sizes).fit(rows, merges)
            slots.place_formulas(rows)
            name = self._book.sheets[sheet.number].name
            maps[name] = RowMap([row.gone for row in rows], sheet.layout.last)
        found = {}
        for sheet in self._sheets:
            name = self._book.sheets[sheet.number].name
            rows, merges = made[sheet.number]
            try:
                content = respun(self._scans[sheet.number], rows, merges, name, maps)
            except BrokenFormula as error:
                raise sheet.where.error(
                    "formula", (error.row, error.col), formula=error.formula
                ) from error
            content = self._paginated(content, sheet.number, rows, merges, maps[name])
            tab = form.name if form.name is not None else name
            several = len(self._sheets) > 1 and form.name is not None
            found[sheet.number] = RewrittenSheet(
                content, maps[name], f"{tab} {name}" if several else tab
            )
        return found

    def _paginated(
        self, content: bytes, number: int, rows: list[NewRow], merges: list[Span], sent: RowMap
    ) -> bytes:
        """A sheet with its pages ending where nothing is cut, if it has more than one."""
        scan = self._scans[number]
        fitter = Fitter(scan, self._sizes)
        right = self._printed(number, "Print_Area").right
        widths = fitter.widths(
            Span(1, 1, 1, right or max((col for _, col in scan.places), default=1))
        )
        page = paging.page_height(scan, paging.width_of(widths))
        if page is None:
            return content
        heights = fitter.heights(rows)
        repeated = sum(heights[: sent.above(self._printed(number, "Print_Titles").bottom)])
        paths = [row.gone.path for row in rows]
        ends = paging.breaks(heights, paths, merges, page, repeated)
        return paging.paginate(content, ends) if ends else content

    def _printed(self, number: int, kind: str) -> Span:
        """What a sheet's print area is, or its titles; nothing at all where it states none."""
        for name in self._book.names:
            if (name.name, name.sheet) == (f"_xlnm.{kind}", number):
                with suppress(UsageError):
                    return span(_AS_AREA.sub(r"A\1:A\2", name.refers_to.rpartition("!")[2]))
        return Span(0, 0, 0, 0)


def _last(scan: SheetScan) -> int:
    """The last row that a form made of the sheet has: what stands there, and some blank rows below.

    A sheet may have looks, or merged cells, down to its millionth row.
    """
    content = max((cell.row for cell in scan.cells), default=1)
    below = [row for row, _ in scan.places if row <= content + MOST_BLANK]
    below += [area.bottom for area in scan.merges if area.bottom <= content + MOST_BLANK]
    return max([content, *below])


def _merges(scan: SheetScan, found: Layout, rows: Sequence[NewRow], heads: Heads) -> list[Span]:
    """The merged areas of the new sheet; heads of areas that begin in control rows are placed."""
    by_source: dict[int, list[tuple[int, Path]]] = {}
    for new, row in enumerate(rows, 1):
        by_source.setdefault(row.gone.source, []).append((new, row.gone.path))
    merges: list[Span] = []
    for area in found.spans:
        depth = sum(
            loop.word == "for" and loop.first < area.top and loop.last > area.bottom
            for loop in found.loops
        )
        extents: dict[Path, list[int]] = {}
        for source in range(area.top, min(area.bottom, found.last) + 1):
            for new, path in by_source.get(source, ()):
                extents.setdefault(path[:depth], []).append(new)
        for path, new_rows in extents.items():
            top, bottom = min(new_rows), max(new_rows)
            if area.top in found.control:
                _place_head(scan, area, rows[top - 1], heads.get(((area.top, area.left), path)))
            if top != bottom or area.left != area.right:
                merges.append(Span(top, area.left, bottom, area.right))
    return sorted(merges)


def _place_head(scan: SheetScan, area: Span, row: NewRow, value: Value) -> None:
    """An area that began in a control row begins in the first row that came out of it."""
    row.values[area.left] = value
    for col in range(area.left, area.right + 1):
        if (area.top, col) in scan.places:
            row.style_row[col] = area.top
