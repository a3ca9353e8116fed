"""The summary workbook 汇总.xlsx: every form of a season on one list, and everything found behind it.

Written with XlsxWriter row by row, so that a season of ten thousand forms takes no more memory than
its list; the detailed sheets go to disk as they come. What a form says is written as text, always.
"""

import datetime as dt
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from perfxl import __version__
from perfxl.books import summary_charts
from perfxl.exact import Fraction
from perfxl.ooxml.geometry import lines_of
from perfxl.ooxml.strings import MAX_TEXT, cut
from perfxl.rules.findings import Verdict
from perfxl.texts import Texts, rounded

# A fixed stamp: the same results give the same bytes.
MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
LAST_ROW = 1_000_000
"""So many rows of one sheet are written; what is beyond goes to a further sheet."""
FIRST = 4
"""The list begins in this row, counted from 0; above it stand the title and the totals."""
LINE, TALLEST, ROOM = 14.5, 409.0, 0.95
"""Points of a line and of the tallest row; how much of a column's width its text gets."""
Record = Mapping[str, Any]
DIGEST = "perfxl-digest"
_DIGEST = re.compile(rf'name="{DIGEST}"><vt:lpwstr>([0-9a-f]+)<')
_ESCAPED = re.compile(r'[%"#<>\[\]`^{}:?*| \x00-\x1f]')
Cell = Fraction | Decimal | int | float | str | None


class Entry(NamedTuple):
    """One form of the list; points are exact, None where there are none.

    Attributes:
        file: its name as shown.
        copy: path of the marked copy, relative to the summary; None where there is none.
        kind: department, project or transfer.
        policy: its title.
        unread: how many of its cells were not understood.
        key: what its record is fetched by.
        unjudged: it shows nothing that its scores could be judged by.
    """

    file: str
    copy: str | None
    unit: str
    project: str
    kind: str
    year: int | None
    policy: str
    claimed: Fraction | None
    lo: Fraction | None
    hi: Fraction | None
    recomputed: Fraction | None
    difference: Fraction | None
    proven: Fraction
    claimed_grade: str
    grade: str
    errors: int
    warnings: int
    notes: int
    unread: int = 0
    key: Any = None
    unjudged: bool = False


class Across(NamedTuple):
    """Something that only the whole set shows: a sentence, and the forms or files it is about."""

    kind: str
    text: str
    files: tuple[str, ...]


def digest_of(path: Path) -> str:
    """The digest that a summary carries; "" where there is no summary that can be read."""
    try:
        with zipfile.ZipFile(path) as package:
            found = _DIGEST.search(package.read("docProps/custom.xml").decode())
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """The person who decides whom to call reads from the top: most claimed too much, most errors first."""
    zero = Fraction(0)
    return sorted(
        entries,
        key=lambda one: (-(one.difference or zero), -one.proven, -one.errors, -one.warnings, one.file),
    )  # fmt: skip


def write(
    target: Path | BinaryIO, entries: Sequence[Entry], record: Callable[[Entry], Record],
    failed: Sequence[tuple[str, str]], across: Callable[[], Sequence[Across]], texts: Texts,
    digest: str = "",
) -> None:  # fmt: skip
    """Write the summary.

    Args:
        target: the file, or something to write to.
        entries: the forms, in any order.
        record: gives a form's audit as `perfxl.rules.records.audit_record`, once for each form.
        failed: files that could not be read, with the reason.
        across: gives what only the whole set shows, when every record has been asked for.
        digest: of what is summed up; the workbook carries it (see `digest_of`).
        texts: the user's language.
    """
    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False,
         "default_format_properties": {"font_name": "宋体", "font_size": 11}},
    )  # fmt: skip
    book.set_properties({"created": MADE, "author": f"perfxl {__version__}", "company": ""})
    if digest:
        book.set_custom_property(DIGEST, digest)
    ordered = ranked(entries)
    writer = _Book(book, texts)
    overview = writer.sheet("overview", tab="#4472C4")
    charts = writer.sheet("charts", tab="#4472C4")
    writer.overview(overview, ordered, len(failed))
    rules = _details(writer, ordered, record)
    found = across()
    if found:
        writer.across(found)
    writer.failed(failed)
    writer.explanation(ordered)
    summary_charts.draw(book, charts, texts, _points(ordered), rules, writer.names["overview"])
    book.close()


def _points(entries: Sequence[Entry]) -> summary_charts.Points:
    differences = [one.difference for one in entries if one.difference is not None]
    return summary_charts.points([(one.claimed, one.recomputed) for one in entries], differences)


def _details(
    writer: "_Book", entries: Sequence[Entry], record: Callable[[Entry], Record]
) -> Counter[tuple[str, str]]:
    """The two long sheets, in one pass; how many findings there are by severity and rule."""
    findings, indicators = writer.table("findings"), writer.table("indicators")
    rules: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        one = record(entry)
        for finding in one["findings"]:
            rules[finding["severity"], finding["rule"]] += 1
            findings.add(_finding(entry, finding, writer.texts))
        for row in _indicators(entry, one, writer.texts):
            indicators.add(row)
    findings.end()
    indicators.end()
    return rules


def _finding(entry: Entry, finding: Record, texts: Texts) -> list[Cell]:
    title = f"rules/{finding['rule']}/title"
    return [
        entry.unit or entry.project, entry.file, texts.get(f"severity/{finding['severity']}"),
        texts.get(title) if texts.has(title) else finding["rule"], finding["sheet"], finding["cell"],
        finding["claimed"], finding["lo"], finding["hi"], finding["message"],
        "；".join(cause["message"] for cause in finding["causes"]),
    ]  # fmt: skip


def _indicators(entry: Entry, record: Record, texts: Texts) -> Iterator[list[Cell]]:
    """The tidy frame of indicators with the admissible columns."""
    scores = {
        score["cell"]: score for score in record["scores"] if score["of"].startswith("indicator:")
    }
    for row in record["indicators"]:
        score = scores.get(row["score_cell"], {}) if row["score_cell"] else {}
        yield [
            entry.unit or entry.project, entry.file, row["goal"], row["level1"], row["level2"], row["level3"],
            row["target"], row["actual"], row["weight"], row["score"], score.get("lo"), score.get("hi"),
            score.get("recomputed"), score.get("difference"),
            _verdict(score.get("verdict"), texts), row["reason"], row["score_cell"],
        ]  # fmt: skip


def _verdict(word: str | None, texts: Texts) -> str | None:
    """A verdict of a record, which is in Chinese, in the user's language."""
    if word is None or texts.language == "zh":
        return word
    return texts.get(f"verdict/{Verdict(word).name}")


class _Table:
    """A sheet with a header, filled row by row; it goes on on a further sheet where it is full."""

    def __init__(self, writer: "_Book", name: str) -> None:
        self._writer, self._name = writer, name
        self._heads = writer.texts.list(f"summary/{name}_columns")
        self._widths = writer.widths[name]
        self._sheet: Any = None
        self._row = 0
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._writer.sheet(self._name)
        sheet = self._sheet
        cell = self._writer.formats["cell"]
        for col, (head, width) in enumerate(zip(self._heads, self._widths, strict=True)):
            sheet.set_column(col, col, width, cell)
            sheet.write_string(0, col, head, self._writer.formats["head"])
        sheet.freeze_panes(1, 1)
        self._row = 0

    def add(self, cells: Sequence[Cell]) -> None:
        """Write a row."""
        if self._row >= LAST_ROW:
            self.end()
            self._begin()
        self._row += 1
        row, sheet = self._row, self._sheet
        lines = 1
        for cell, width in zip(cells, self._widths, strict=True):
            # A text no wider than its cell stands in one line: nearly all of them.
            if isinstance(cell, str) and 2 * len(cell) > width * ROOM:
                lines = max(lines, lines_of(cell, width * ROOM))
        if lines > 1:
            sheet.set_row(row, min(TALLEST, lines * LINE))
        for col, cell in enumerate(cells):
            # The look is the column's: a format for each of a million cells would double the time.
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(row, col, cut(cell, MAX_TEXT))
            else:
                sheet.write_number(row, col, round(cell, 4))

    def end(self) -> None:
        """Filter buttons over everything, and print setup."""
        last = len(self._heads) - 1
        self._sheet.autofilter(0, 0, max(self._row, 1), last)
        self._writer.printed(self._sheet, 0)


class _Book:
    """The workbook in the making: its formats, its sheets, its cells."""

    def __init__(self, book: Any, texts: Texts) -> None:
        self.texts = texts
        self._book = book
        self.names: dict[str, str] = {}
        self.widths: dict[str, Sequence[float]] = {
            "overview": (6, 30, 26, 11, 8, 10, 10, 16, 9, 12, 9, 9, 7, 7, 12, 34, 10),
            "findings": (28, 30, 8, 24, 16, 8, 10, 9, 9, 80, 40),
            "indicators": (28, 30, 6, 13, 16, 26, 14, 16, 8, 8, 8, 8, 9, 8, 10, 40, 8),
        }
        line = {"valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.formats = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "head": book.add_format(line | {"bold": True, "bg_color": "#D9E1F2", "align": "center",
                                            "text_wrap": True}),
            "text": book.add_format(line | {"text_wrap": True}),
            "points": book.add_format(line | {"num_format": "0.00"}),
            "whole": book.add_format(line | {"num_format": "0"}),
            "link": book.add_format(line | {"font_color": "#0563C1", "underline": 1}),
            "cell": book.add_format({"valign": "vcenter", "text_wrap": True}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
            "error": book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"}),
            "warning": book.add_format({"bg_color": "#FFEB9C", "font_color": "#7F6000"}),
            "good": book.add_format({"bg_color": "#E2EFDA", "font_color": "#375623"}),
        }  # fmt: skip

    def sheet(self, name: str, *, tab: str | None = None) -> Any:
        """Add a sheet; a second one of a name is numbered."""
        title = self.texts.get(f"summary/{name}")
        number = sum(known.startswith(title) for known in self.names.values())
        made = f"{title} {number + 1}" if number else title
        self.names[f"{name} {number + 1}" if number else name] = made
        sheet = self._book.add_worksheet(made)
        if tab:
            sheet.set_tab_color(tab)
        return sheet

    def table(self, name: str) -> _Table:
        """A long sheet."""
        return _Table(self, name)

    def put(self, sheet: Any, row: int, col: int, cell: Cell, style: str | None = None) -> None:
        """A cell: numbers as numbers, and every text as nothing but text."""
        if cell is None or cell == "":
            sheet.write_blank(row, col, None, self.formats["text"])
        elif isinstance(cell, str):
            # What a cell cannot hold is cut here; the form itself keeps it.
            sheet.write_string(row, col, cut(cell, MAX_TEXT), self.formats[style or "text"])
        elif isinstance(cell, int):
            sheet.write_number(row, col, cell, self.formats[style or "whole"])
        else:
            number = float(cell) if isinstance(cell, float) else float(rounded(cell, 4))
            sheet.write_number(row, col, number, self.formats[style or "points"])

    def printed(self, sheet: Any, header: int) -> None:
        """A4 across, one page wide, the header on each page."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(header)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L&A&C{self.texts.get('summary/footer')}")

    # ------------------------------------------------------------ the list
    def overview(self, sheet: Any, entries: Sequence[Entry], failed: int) -> None:
        """One row a form, the worst first."""
        texts, formats = self.texts, self.formats
        heads = texts.list("summary/overview_columns")
        for col, width in enumerate(self.widths["overview"]):
            sheet.set_column(col, col, width)
        sheet.write_string(0, 0, texts.get("summary/title"), formats["title"])
        clean = sum(not one.errors and not one.warnings for one in entries)
        errors = sum(bool(one.errors) for one in entries)
        sheet.write_string(1, 0, texts.get(
            "summary/totals", forms=len(entries), clean=clean, errors=errors,
            warnings=len(entries) - clean - errors, failed=failed))  # fmt: skip
        sheet.write_string(2, 0, texts.get("summary/order"))
        for col, head in enumerate(heads):
            sheet.write_string(FIRST - 1, col, head, formats["head"])
        sheet.set_row(FIRST - 1, 32)
        for number, one in enumerate(entries, 1):
            self._entry(sheet, FIRST + number - 1, number, one)
        last = max(FIRST, FIRST + len(entries) - 1)
        sheet.autofilter(FIRST - 1, 0, last, len(heads) - 1)
        sheet.freeze_panes(FIRST, 2)
        self._colours(sheet, last)
        self.printed(sheet, FIRST - 1)
        sheet.print_area(0, 0, last, len(heads) - 1)

    def _entry(self, sheet: Any, row: int, number: int, one: Entry) -> None:
        texts = self.texts
        open_ = one.lo != one.hi
        verdict = "unjudged" if one.unjudged else "clean"
        verdict = "errors" if one.errors else "warnings" if one.warnings else verdict
        cells: list[Cell] = [
            number, one.unit or one.project, one.project, texts.get(f"kind/{one.kind}"), one.year,
            one.claimed, one.recomputed, texts.range(one.lo, one.hi) if open_ else None,
            one.difference, one.proven or None, one.claimed_grade, one.grade, one.errors, one.warnings,
            texts.get(f"summary/verdict_{verdict}"), one.file,
        ]  # fmt: skip
        for col, cell in enumerate(cells):
            self.put(sheet, row, col, cell)
        if one.copy is None:
            self.put(sheet, row, len(cells), None)
            return
        # As Excel writes a link to a file; a sign that would end the path is escaped.
        address = "external:" + _ESCAPED.sub(lambda sign: quote(sign[0]), one.copy)
        label = texts.get("summary/open_copy")
        if sheet.write_url(row, len(cells), address, self.formats["link"], label):
            # Longer than Excel takes a link: the name alone.
            self.put(sheet, row, len(cells), one.copy)

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
        for word, style in (
            ("errors", "error"),
            ("warnings", "warning"),
            ("unjudged", "warning"),
            ("clean", "good"),
        ):
            text = self.texts.get(f"summary/verdict_{word}")
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{text}"',
                "format": formats[style],
            }
            sheet.conditional_format(FIRST, 14, last, 14, rule)

    # ------------------------------------------------------------ the short sheets
    def across(self, found: Sequence[Across]) -> None:
        """What only the whole set shows."""
        rows = [
            (self.texts.get(f"across/kind_{one.kind}"), one.text, "、".join(one.files))
            for one in found
        ]
        self._short("across", (20, 90, 80), rows)

    def failed(self, failed: Sequence[tuple[str, str]]) -> None:
        """Files that could not be read, and why."""
        rows: Sequence[Sequence[str]] = failed or [(self.texts.get("summary/none_failed"), "")]
        self._short("failed", (50, 110), rows)

    def _short(self, name: str, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        sheet = self.sheet(name)
        heads = self.texts.list(f"summary/{name}_columns")
        for col, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(col, col, width)
            sheet.write_string(0, col, head, self.formats["head"])
        for row, cells in enumerate(rows, 1):
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
