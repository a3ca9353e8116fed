"""The sheets of the summary around the list: looks, long tables, short ones, the explanation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from perfxl.books import decision_cells
from perfxl.books.summary import rows as looks
from perfxl.books.summary.entry import CrossFormHint, Entry, Lines, Replaced
from perfxl.books.summary.links import address
from perfxl.books.summary.long_sheet import HEAD_HEIGHT, LongSheet
from perfxl.books.summary.order import natural_key
from perfxl.books.summary.rows import COLUMNS, LINE, LINKED, ROOM, SPARE, TALLEST, Cell
from perfxl.exact import round_half_up
from perfxl.ooxml.parts.geometry import lines_of
from perfxl.ooxml.parts.strings import MAX_TEXT, cut
from perfxl.texts import Texts
from perfxl.version import __version__

LAST_ROW = 1_000_000
"""So many rows of one sheet are written; what is beyond goes to a further sheet."""
MOST_FILES = 12
"""So many files of one hint are named, the rest is counted."""
FONT = {"font_name": "宋体", "font_size": 10}
TITLE_HEIGHT = 30
LINES_OF_EXPLANATION = (14, 112)
"""Widths of the two columns of the explanation: of what is spoken, and what is said of it."""


def text_of_cell(text: str) -> str:
    """A text as a cell holds it; what is too long for one is cut, the form itself keeps it."""
    # Half a character of a damaged file is none that a sheet can hold.
    cell = cut(text.encode("utf-8", "replace").decode(), MAX_TEXT)
    # XlsxWriter takes a text between these two tags for markup that was made by itself.
    return f"{cell} " if cell.startswith("<r>") and cell.endswith("</r>") else cell


def make_formats(book: Any, texts: Texts) -> dict[str, Any]:
    """How cells look, by name; those of the long sheets by the sign that stands for them."""
    line = {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
    middle = line | {"align": "center"}
    wrapped = line | {"text_wrap": True}
    right = line | {"align": "right"}
    link = {"font_color": "#0563C1", "underline": 1}
    properties: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "valign": "vcenter"},
        "head": middle | {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True},
        "sum": line | {"bold": True, "bg_color": "#F2F2F2", "num_format": "0.00_ "},
        "sum_whole": middle | {"bold": True, "bg_color": "#F2F2F2", "num_format": "0"},
        "text": wrapped,
        "points": line | {"num_format": "0.00_ "},
        "whole": middle | {"num_format": "0"},
        "bold": {"bold": True},
        "plain": {"text_wrap": True, "valign": "vcenter"},
        "topic": {"text_wrap": True, "valign": "vcenter", "bold": True},
        "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
        "warning": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
        "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
        looks.TEXT: wrapped,
        looks.POINTS: right | {"num_format": "0.00_ "},
        looks.DIFFERENCE: right | {"num_format": texts.get("summary/difference_format")},
        looks.MONEY: right | {"num_format": "#,##0.00##_ "},
        looks.RATE: right | {"num_format": "0.00%_ "},
        looks.WHOLE: middle | {"num_format": "0"},
        looks.LINK: middle | link,
        looks.NOTE: middle | {"text_wrap": True},
        looks.FILE: wrapped | link,
        looks.ERROR: middle | {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
        looks.WARNING: middle | {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    }
    return {name: book.add_format(look) for name, look in properties.items()}


class Table:
    """A sheet with a header, filled row by row; it goes on on a further sheet where it is full."""

    def __init__(self, writer: "Sheets", name: str) -> None:
        self._writer, self._name = writer, name
        self._heads = writer.texts.list(f"summary/{name}_columns")
        self._columns = COLUMNS[name]
        self._sheet: Any = None
        self._row = 0
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._writer.sheet(self._name, kind=LongSheet)
        formats = self._writer.formats
        widths = [one.width for one in self._columns]
        known = {look: formats[look] for look in looks.looks_of(self._name)}
        self._sheet.begin(self._heads, widths, formats["head"], known)
        self._row = 0

    def add(self, lines: Lines, copy: str | None) -> None:
        """Write rows.

        Args:
            lines: of one form.
            copy: its marked copy, relative to the summary; None where there is none.
        """
        texts, places = lines
        while texts:
            if self._row >= LAST_ROW:
                self.end()
                self._begin()
            room = LAST_ROW - self._row
            self._sheet.add_rows(self._row + 1, texts[:room])
            if copy is not None and places:
                self._link(places[:room], address(copy))
            self._row += min(room, len(texts))
            texts, places = texts[room:], places[room:]

    def _link(self, places: Sequence[str], target: str) -> None:
        column = LINKED[self._name]
        for number, place in enumerate(places, self._row + 2):
            if place:
                self._sheet.add_link(f"{column}{number}", target, place)

    def end(self) -> None:
        """Filter buttons over everything, and print setup."""
        last = len(self._heads) - 1
        printed = next((n for n, one in enumerate(self._columns) if not one.printed), last + 1) - 1
        self._sheet.autofilter(0, 0, max(self._row, 1), last)
        self._writer.printed(self._sheet, 0)
        self._sheet.print_area(0, 0, max(self._row, 1), printed)
        if self._name == "findings":
            self._let_decide()

    def _let_decide(self) -> None:
        """Words to choose from where findings are decided, and their keys out of sight."""
        key = len(self._columns) + looks.KEY
        self._sheet.set_column(key, key, self._columns[key].width, None, {"hidden": True})
        self._sheet.data_validation(
            1, looks.DECIDED, max(self._row, 1), looks.DECIDED,
            {"validate": "list", "source": decision_cells.words(self._writer.texts), "error_type": "warning"},
        )  # fmt: skip


class Sheets:
    """The workbook in the making: its looks, its sheets, its cells."""

    def __init__(self, book: Any, texts: Texts) -> None:
        self.texts = texts
        self._book = book
        self.names: dict[str, str] = {}
        self.formats: Mapping[str, Any] = make_formats(book, texts)

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
            sheet.write_string(row, col, text_of_cell(cell), self.formats[style or "text"])
        elif isinstance(cell, int):
            sheet.write_number(row, col, cell, self.formats[style or "whole"])
        else:
            number = float(cell) if isinstance(cell, float) else float(round_half_up(cell, 4))
            sheet.write_number(row, col, number, self.formats[style or "points"])

    def fit(self, sheet: Any, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
        """Make a row so high that every text in it is seen."""
        texts = (
            (cell, width)
            for cell, width in zip(cells, widths, strict=False)
            if isinstance(cell, str)
        )
        lines = max((lines_of(cell, width * ROOM) for cell, width in texts), default=1)
        sheet.set_row(row, min(TALLEST, lines * LINE + SPARE))

    def wide(self, sheet: Any, row: int, text: str, widths: Sequence[float], style: str) -> None:
        """A text across a whole sheet, as high as it needs."""
        room = sum(widths) * ROOM
        lines = lines_of(text, room)
        sheet.set_row(row, TITLE_HEIGHT if style == "title" else lines * LINE + SPARE)
        sheet.merge_range(row, 0, row, len(widths) - 1, "", self.formats[style])
        sheet.write_string(row, 0, text, self.formats[style])

    def printed(self, sheet: Any, header: int | None) -> None:
        """A4 across, one page wide, the header on each page."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if header is not None:
            sheet.repeat_rows(header)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&A&C{self.texts.get('summary/footer')}")

    # ------------------------------------------------------------ the short sheets
    def across(self, found: Sequence[CrossFormHint]) -> None:
        """What only the whole set shows."""
        rows = [
            (self.texts.get(f"across/kind_{one.kind}"), one.text, self._files(one.files))
            for one in found
        ]
        self._short("across", (16, 84, 60), rows)

    def _files(self, files: Sequence[str]) -> str:
        told = sorted(files, key=natural_key)[:MOST_FILES]
        if len(files) > MOST_FILES:
            told.append(self.texts.get("across/more", count=len(files)))
        return self.texts.join("listed", told)

    def replaced(self, replaced: Sequence[Replaced]) -> None:
        """Forms that are gone and were submitted anew: listed, and counted nowhere."""
        rows = [
            (one.unit, one.short.project, one.file, one.short.claimed, one.short.recomputed, by)
            for one, by in sorted(replaced, key=lambda each: natural_key(each.entry.unit))
        ]
        self._short("replaced", (26, 26, 42, 10, 10, 42), rows)

    def failed(self, failed: Sequence[tuple[str, str]]) -> None:
        """Files that could not be read, and why."""
        ordered = sorted(failed, key=lambda one: natural_key(one[0]))
        rows: Sequence[Sequence[str]] = ordered or [(self.texts.get("summary/none_failed"), "")]
        self._short("failed", (50, 100), rows)

    def _short(self, name: str, widths: Sequence[float], rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self.sheet(name)
        heads = self.texts.list(f"summary/{name}_columns")
        sheet.set_row(0, HEAD_HEIGHT)
        for col, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, head, self.formats["head"])
        for row, cells in enumerate(rows, 1):
            self.fit(sheet, row, cells, widths)
            for col, cell in enumerate(cells):
                self.put(sheet, row, col, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
        self.printed(sheet, 0)

    def explanation(self, entries: Sequence[Entry]) -> None:
        """How to read the workbook, which policies were used, and which perfxl."""
        sheet = self.sheet("explanation")
        for col, width in enumerate(LINES_OF_EXPLANATION):
            sheet.set_column(col, col, width)
        policies = Counter(one.policy for one in entries)
        topics = self.texts.list("summary/explanation_topics")
        lines = self.texts.list("summary/explanation_lines")
        lines += [
            self.texts.get("summary/policy_line", policy=policy, count=count)
            for policy, count in policies.most_common()
        ]
        lines.append(self.texts.get("summary/made_by", version=__version__))
        self.wide(sheet, 0, self.texts.get("summary/explanation"), LINES_OF_EXPLANATION, "title")
        for row, line in enumerate(lines, 1):
            topic = topics[row - 1] if row <= len(topics) else ""
            self.fit(sheet, row, (topic, line), LINES_OF_EXPLANATION)
            sheet.write_string(row, 0, topic, self.formats["topic"])
            sheet.write_string(row, 1, line, self.formats["plain"])
        self.printed(sheet, None)
