"""The sheets of the summary: the list, the long tables, the short ones and the explanation."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from perfxl.books.long_sheet import LongSheet
from perfxl.books.summary_entry import CrossFormHint, Entry, Replaced
from perfxl.books.summary_rows import LINE, ROOM, TALLEST, WIDTHS, Cell
from perfxl.exact import round_half_up
from perfxl.ooxml.parts.geometry import lines_of, units
from perfxl.ooxml.parts.strings import MAX_TEXT, cut
from perfxl.rules.conclusion import Conclusion
from perfxl.texts import Texts
from perfxl.version import __version__

LAST_ROW = 1_000_000
"""So many rows of one sheet are written; what is beyond goes to a further sheet."""
FIRST = 4
"""The list begins in this row, counted from 0; above it stand the title and the totals."""
MOST_FILES = 12
"""So many files of one hint are named, the rest is counted."""
_ESCAPED = re.compile(r'[%"#<>\[\]`^{}:?*| \x00-\x1f]')
_CENTRED = (7, 10, 11)
"""Columns of short texts beside numbers: the range and the grades."""
_LIST_WIDTHS = (6, 30, 26, 12, 8, 10, 10, 17, 9, 12, 10, 10, 7, 8, 18, 34, 11)

CONCLUSIONS = {
    Conclusion.ERRORS: "error",
    Conclusion.WARNINGS: "warning",
    Conclusion.CLEAN: "good",
    Conclusion.INCOMPLETE: "error",
    Conclusion.BLANK: "error",
    Conclusion.OTHER: "warning",
}
"""Conclusion → the format of its cell."""
_KIND, _KINDS = 3, ("department", "project", "transfer")
"""The column of the kind is as wide as the language needs."""


def _text(text: str) -> str:
    """A text as a cell holds it; what is too long for one is cut, the form itself keeps it."""
    cell = cut(text, MAX_TEXT)
    # XlsxWriter takes a text between these two tags for markup that was made by itself.
    return f"{cell} " if cell.startswith("<r>") and cell.endswith("</r>") else cell


class Table:
    """A sheet with a header, filled row by row; it goes on on a further sheet where it is full."""

    def __init__(self, writer: "Sheets", name: str) -> None:
        self._writer, self._name = writer, name
        self._heads = writer.texts.list(f"summary/{name}_columns")
        self._widths = WIDTHS[name]
        self._sheet: Any = None
        self._row = 0
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._writer.sheet(self._name, kind=LongSheet)
        formats = self._writer.formats
        self._sheet.begin(self._heads, self._widths, formats["head"], formats["cell"])
        self._row = 0

    def add(self, rows: Sequence[str]) -> None:
        """Write rows, each as text (see `perfxl.books.summary_rows`)."""
        for text in rows:
            if self._row >= LAST_ROW:
                self.end()
                self._begin()
            self._row += 1
            self._sheet.add_row(self._row, text)

    def end(self) -> None:
        """Filter buttons over everything, and print setup."""
        last = len(self._heads) - 1
        self._sheet.autofilter(0, 0, max(self._row, 1), last)
        self._writer.printed(self._sheet, 0)


class Sheets:
    """The workbook in the making: its formats, its sheets, its cells."""

    def __init__(self, book: Any, texts: Texts) -> None:
        self.texts = texts
        self._book = book
        self.names: dict[str, str] = {}
        kinds = max(units(texts.get(f"kind/{kind}")) for kind in _KINDS)
        self._list_widths = [*_LIST_WIDTHS]
        self._list_widths[_KIND] = max(_LIST_WIDTHS[_KIND], kinds + 3)
        line = {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.formats = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "head": book.add_format(line | {"bold": True, "bg_color": "#D9E1F2", "align": "center",
                                            "text_wrap": True}),
            "text": book.add_format(line | {"text_wrap": True}),
            "points": book.add_format(line | {"num_format": "0.00"}),
            "centred": book.add_format(line | {"align": "center", "text_wrap": True}),
            "whole": book.add_format(line | {"num_format": "0"}),
            "link": book.add_format(line | {"font_color": "#0563C1", "underline": 1}),
            "cell": book.add_format({"valign": "vcenter", "text_wrap": True}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
            "error": book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
            "warning": book.add_format({"bg_color": "#FFEB9C", "font_color": "#7F6000"}),
            "good": book.add_format({"bg_color": "#E2EFDA", "font_color": "#375623"}),
        }  # fmt: skip

    def sheet(self, name: str, *, tab: str | None = None, kind: type | None = None) -> Any:
        """Add a sheet; a second one of a name is numbered."""
        title = self.texts.get(f"summary/{name}")
        number = sum(known.startswith(title) for known in self.names.values())
        made = f"{title} {number + 1}" if number else title
        self.names[f"{name} {number + 1}" if number else name] = made
        sheet = self._book.add_worksheet(made, kind)
        if tab:
            sheet.set_tab_color(tab)
        return sheet

    def table(self, name: str) -> Table:
        """A long sheet."""
        return Table(self, name)

    def put(self, sheet: Any, row: int, col: int, cell: Cell, style: str | None = None) -> None:
        """A cell: numbers as numbers, and every text as nothing but text."""
        if cell is None or cell == "":
            sheet.write_blank(row, col, None, self.formats["text"])
        elif isinstance(cell, str):
            sheet.write_string(row, col, _text(cell), self.formats[style or "text"])
        elif isinstance(cell, int):
            sheet.write_number(row, col, cell, self.formats[style or "whole"])
        else:
            number = float(cell) if isinstance(cell, float) else float(round_half_up(cell, 4))
            sheet.write_number(row, col, number, self.formats[style or "points"])

    def _fit(self, sheet: Any, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
        """Make a row so high that every text in it is seen."""
        texts = (
            (cell, width)
            for cell, width in zip(cells, widths, strict=False)
            if isinstance(cell, str)
        )
        lines = max((lines_of(cell, width * ROOM) for cell, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, min(TALLEST, lines * LINE))

    def printed(self, sheet: Any, header: int) -> None:
        """A4 across, one page wide, the header on each page."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&A&C{self.texts.get('summary/footer')}")

    # ------------------------------------------------------------ the list
    def overview(self, sheet: Any, entries: Sequence[Entry], failed: int, replaced: int) -> None:
        """One row a form, the worst first."""
        texts, formats = self.texts, self.formats
        heads = texts.list("summary/overview_columns")
        for col, width in enumerate(self._list_widths):
            sheet.set_column(col, col, width)
        sheet.write_string(0, 0, texts.get("summary/title"), formats["title"])
        found = Counter(one.short.conclusion for one in entries)
        sheet.write_string(1, 0, texts.get(
            "summary/totals", forms=len(entries), failed=failed,
            **{str(conclusion): found[conclusion] for conclusion in Conclusion},
            gone=sum(one.gone for one in entries), replaced=replaced))  # fmt: skip
        sheet.write_string(2, 0, texts.get("summary/order"))
        for col, head in enumerate(heads):
            sheet.write_string(FIRST - 1, col, head, formats["head"])
        sheet.set_row(FIRST - 1, 32)
        for number, one in enumerate(entries, 1):
            try:
                self._entry(sheet, FIRST + number - 1, number, one)
            except Exception as error:  # noqa: BLE001  # one form never costs the others the list
                self._lost(sheet, FIRST + number - 1, number, one, error)
        last = max(FIRST, FIRST + len(entries) - 1)
        sheet.autofilter(FIRST - 1, 0, last, len(heads) - 1)
        sheet.freeze_panes(FIRST, 2)
        self._colours(sheet, last)
        self.printed(sheet, FIRST - 1)
        sheet.print_area(0, 0, last, len(heads) - 1)

    def _lost(self, sheet: Any, row: int, number: int, entry: Entry, error: Exception) -> None:
        """The row of a form that cannot be listed: its unit, the reason, its file."""
        detail = f"{type(error).__name__}: {error}"[:200]
        told: dict[int, Cell] = {
            0: number,
            1: entry.unit,
            14: self.texts.get("errors/internal", detail=detail),
            15: entry.file,
        }
        for col in range(len(_LIST_WIDTHS)):
            self.put(sheet, row, col, told.get(col))

    def _entry(self, sheet: Any, row: int, number: int, entry: Entry) -> None:
        texts, one = self.texts, entry.short
        ends = [None if end is None else round_half_up(end, 2) for end in (one.lo, one.hi)]
        file = texts.get("summary/gone", file=entry.file) if entry.gone else entry.file
        cells: list[Cell] = [
            number, entry.unit, one.project, texts.get(f"kind/{one.kind}"), one.year,
            one.claimed, one.recomputed, None if ends[0] == ends[1] else texts.range(one.lo, one.hi),
            one.difference, one.proven or None, one.claimed_grade, one.grade, one.errors, one.warnings,
            texts.get(f"conclusion/{one.conclusion}"), file,
        ]  # fmt: skip
        self._fit(sheet, row, cells, self._list_widths)
        for col, cell in enumerate(cells):
            self.put(sheet, row, col, cell, "centred" if col in _CENTRED and cell else None)
        if entry.copy is None:
            self.put(sheet, row, len(cells), None)
            return
        # As Excel writes a link to a file; a sign that would end the path is escaped.
        address = "external:" + _ESCAPED.sub(lambda sign: quote(sign[0]), entry.copy)
        label = texts.get("summary/open_copy")
        if sheet.write_url(row, len(cells), address, self.formats["link"], label):
            # Longer than Excel takes a link: the name alone.
            self.put(sheet, row, len(cells), entry.copy)

    def _colours(self, sheet: Any, last: int) -> None:
        formats = self.formats
        rules = [
            (8, {"type": "cell", "criteria": ">=", "value": 0.05, "format": formats["error"]}),
            (8, {"type": "cell", "criteria": "<=", "value": -0.05, "format": formats["warning"]}),
            (9, {"type": "cell", "criteria": ">", "value": 0, "format": formats["error"]}),
            (12, {"type": "cell", "criteria": ">", "value": 0, "format": formats["error"]}),
            (13, {"type": "cell", "criteria": ">", "value": 0, "format": formats["warning"]}),
        ]
        for col, rule in rules:
            sheet.conditional_format(FIRST, col, last, col, rule)
        for conclusion, style in CONCLUSIONS.items():
            text = self.texts.get(f"conclusion/{conclusion}")
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{text}"',
                "format": formats[style],
            }
            sheet.conditional_format(FIRST, 14, last, 14, rule)

    # ------------------------------------------------------------ the short sheets
    def across(self, found: Sequence[CrossFormHint]) -> None:
        """What only the whole set shows."""
        rows = [
            (self.texts.get(f"across/kind_{one.kind}"), one.text, self._files(one.files))
            for one in found
        ]
        self._short("across", (20, 90, 80), rows)

    def _files(self, files: Sequence[str]) -> str:
        told = list(files[:MOST_FILES])
        if len(files) > MOST_FILES:
            told.append(self.texts.get("across/more", count=len(files)))
        return self.texts.join("listed", told)

    def replaced(self, replaced: Sequence[Replaced]) -> None:
        """Forms that are gone and were submitted anew: listed, and counted nowhere."""
        rows = [
            (one.unit, one.short.project, one.file, one.short.claimed, one.short.recomputed, by)
            for one, by in replaced
        ]
        self._short("replaced", (30, 30, 50, 10, 10, 50), rows)

    def failed(self, failed: Sequence[tuple[str, str]]) -> None:
        """Files that could not be read, and why."""
        rows: Sequence[Sequence[str]] = failed or [(self.texts.get("summary/none_failed"), "")]
        self._short("failed", (50, 110), rows)

    def _short(self, name: str, widths: Sequence[float], rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self.sheet(name)
        heads = self.texts.list(f"summary/{name}_columns")
        for col, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, head, self.formats["head"])
        for row, cells in enumerate(rows, 1):
            self._fit(sheet, row, cells, widths)
            for col, cell in enumerate(cells):
                self.put(sheet, row, col, cell)
        sheet.freeze_panes(1, 0)
        self.printed(sheet, 0)

    def explanation(self, entries: Sequence[Entry]) -> None:
        """How to read the workbook, which policies were used, and which perfxl."""
        sheet = self.sheet("explanation")
        sheet.set_column(0, 0, 120)
        policies = Counter(one.policy for one in entries)
        lines = self.texts.list("summary/explanation_lines")
        lines += [
            self.texts.get("summary/policy_line", policy=policy, count=count)
            for policy, count in policies.most_common()
        ]
        lines.append(self.texts.get("summary/made_by", version=__version__))
        sheet.write_string(0, 0, self.texts.get("summary/explanation"), self.formats["title"])
        for row, line in enumerate(lines, 2):
            sheet.write_string(row, 0, line, self.formats["plain"])
        self.printed(sheet, 0)
