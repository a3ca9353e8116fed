"""The summary workbook 汇总.xlsx: every form of a season on one list, and everything found behind it.

Written with XlsxWriter row by row, so that a season of ten thousand forms takes no more memory than
its list; the detailed sheets go to disk as they come. What a form says is written as text, always.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from perfxl.books.summary.charts import Charts
from perfxl.books.summary.entry import Entry, Rows, SummaryInput
from perfxl.books.summary.figures import compute_figures
from perfxl.books.summary.links import is_linkable
from perfxl.books.summary.long_sheet import LongSheet
from perfxl.books.summary.order import rank_entries
from perfxl.books.summary.overview import Overview
from perfxl.books.summary.problems import Problems, draw_problems
from perfxl.books.summary.sheets import FONT, Sheets
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
         "default_format_properties": FONT},
    )  # fmt: skip
    book.set_properties({"created": MADE, "author": f"perfxl {__version__}", "company": ""})
    if digest:
        book.set_custom_property(DIGEST, digest)
    ordered = rank_entries(told.entries)
    figures = compute_figures(ordered, told.grades)
    writer = Sheets(book, texts)
    overview = writer.sheet("overview", tab="#4472C4", kind=LongSheet)
    charts = writer.sheet("charts", tab="#4472C4")
    common = writer.sheet("problems", tab="#4472C4")
    unread, problems = _details(writer, ordered, told.rows(ordered))
    Overview(writer, overview).draw(ordered, unread, figures, len(told.failed), len(told.replaced))
    Charts(book, charts, writer).draw(figures, len(ordered))
    draw_problems(book, writer, common, problems.ranked())
    found = told.across()
    if found:
        writer.across(found)
    if told.replaced:
        writer.replaced(told.replaced)
    writer.failed(told.failed)
    writer.explanation(ordered)
    book.close()


def _details(
    writer: Sheets, entries: Sequence[Entry], rows: Iterable[Rows]
) -> tuple[list[int | None], Problems]:
    """The long sheets, in one pass.

    Returns:
        How many cells of each form were not understood; the problems, counted.
    """
    findings, clues, indicators = map(writer.table, ("findings", "clues", "indicators"))
    problems = Problems()
    unread: list[int | None] = []
    for entry, one in zip(entries, rows, strict=True):
        copy = entry.copy if entry.copy is not None and is_linkable(entry.copy) else None
        findings.add(one.findings, copy)
        clues.add(one.clues, copy)
        indicators.add(one.indicators, copy)
        problems.add(entry, one)
        unread.append(one.unread)
    findings.end()
    clues.end()
    indicators.end()
    return unread, problems
