"""The summary workbook 汇总.xlsx: every form of a season on one list, and everything found behind it.

Written with XlsxWriter row by row, so that a season of ten thousand forms takes no more memory than
its list; the detailed sheets go to disk as they come. What a form says is written as text, always.
"""

import datetime as dt
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from perfxl.books import summary_charts
from perfxl.books.summary_entry import Entry, Rows, SummaryInput, rank_entries
from perfxl.books.summary_sheets import Sheets
from perfxl.texts import Texts
from perfxl.version import __version__

# A fixed stamp: the same results give the same bytes.
MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
DIGEST = "perfxl-digest"
_DIGEST = re.compile(rf'name="{DIGEST}"><vt:lpwstr>([0-9a-f]+)<')


def digest_of(path: Path) -> str:
    """The digest that a summary carries; "" where there is no summary that can be read."""
    try:
        with zipfile.ZipFile(path) as package:
            found = _DIGEST.search(package.read("docProps/custom.xml").decode())
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return ""
    return found[1] if found else ""


def write(target: Path | BinaryIO, told: SummaryInput, texts: Texts, digest: str = "") -> None:
    """Write the summary.

    Args:
        target: the file, or something to write to.
        told: what it says.
        texts: the user's language.
        digest: of what is summed up; the workbook carries it (see `digest_of`).
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
    ordered = rank_entries(told.entries)
    rows = told.rows(ordered)
    writer = Sheets(book, texts)
    overview = writer.sheet("overview", tab="#4472C4")
    charts = writer.sheet("charts", tab="#4472C4")
    writer.overview(overview, ordered, len(told.failed), len(told.replaced))
    rules = _details(writer, rows)
    found = told.across()
    if found:
        writer.across(found)
    if told.replaced:
        writer.replaced(told.replaced)
    writer.failed(told.failed)
    writer.explanation(ordered)
    summary_charts.draw(book, charts, texts, _points(ordered), rules, writer.names["overview"])
    book.close()


def _points(entries: Sequence[Entry]) -> summary_charts.Points:
    forms = [entry.short for entry in entries]
    differences = [one.difference for one in forms if one.difference is not None]
    return summary_charts.chart_points(
        [(one.claimed, one.recomputed) for one in forms], differences
    )


def _details(writer: Sheets, rows: Iterable[Rows]) -> Counter[tuple[str, str]]:
    """The long sheets, in one pass; how many findings there are by severity and rule."""
    findings, clues, indicators = map(writer.table, ("findings", "clues", "indicators"))
    rules: Counter[tuple[str, str]] = Counter()
    for one in rows:
        findings.add(one.findings)
        clues.add(one.clues)
        indicators.add(one.indicators)
        rules.update(one.rules)
    findings.end()
    clues.end()
    indicators.end()
    return rules
