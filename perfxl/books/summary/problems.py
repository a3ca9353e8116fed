"""The sheet of the problems that are found: how often, in how many forms, of how many units."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from perfxl.books.summary.charts import RED, YELLOW, Look, draw_bars, height_of
from perfxl.books.summary.entry import Entry, Rows
from perfxl.books.summary.rows import Cell
from perfxl.books.summary.sheets import Sheets
from perfxl.forms.values.text import match_key

MOST_BARS = 15
"""So many bars can be read at once; the table has them all."""
SUMS, FIRST = 2, 3
"""The rows of the sums and of the first problem, from 0; above them stand the title and the heads."""
WIDTHS = (5, 34, 8, 8, 8, 10, 10)
WIDE = 640
"""Width of the chart in pixels."""
GAP = 1
"""Columns between table and chart."""


class Problem(NamedTuple):
    """A problem by its name.

    Attributes:
        errors, warnings: how many findings.
        forms, units: in how many forms, of how many units.
    """

    name: str
    errors: int
    warnings: int
    forms: int
    units: int


class Problems:
    """What is found, counted form by form. Notes are no problems."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str, str]] = Counter()
        self._forms: Counter[str] = Counter()
        self._units: dict[str, set[str]] = {}

    def add(self, entry: Entry, rows: Rows) -> None:
        """Count what one form has."""
        found = {key: count for key, count in rows.problems.items() if key[0] != "note"}
        self._found.update(found)
        for name in {name for _, name in found}:
            self._forms[name] += 1
            self._units.setdefault(name, set()).add(match_key(entry.unit))

    def ranked(self) -> list[Problem]:
        """The problems, the most frequent first."""
        found = [
            Problem(
                name, self._found["error", name], self._found["warning", name], forms,
                len(self._units[name]),
            )
            for name, forms in self._forms.items()
        ]  # fmt: skip
        return sorted(found, key=lambda one: (-one.errors - one.warnings, -one.errors, one.name))


def draw_problems(book: Any, writer: Sheets, sheet: Any, problems: Sequence[Problem]) -> None:
    """The table, and beside it the most frequent problems as ranked bars.

    Args:
        book: the workbook.
        writer: of its sheets.
        sheet: for the problems.
        problems: the most frequent first.
    """
    texts = writer.texts
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    title = texts.get("summary/chart_problems", kinds=len(problems), shown=MOST_BARS)
    writer.wide(sheet, 0, texts.get("summary/problems"), WIDTHS, "title")
    for col, head in enumerate(texts.list("summary/problems_columns")):
        sheet.write_string(1, col, head, writer.formats["head"])
    sheet.set_row(1, 30)
    errors, warnings = sum(one.errors for one in problems), sum(one.warnings for one in problems)
    sums: list[Cell] = [
        None,
        texts.get("summary/sum_of_all"),
        errors,
        warnings,
        errors + warnings,
        None,
        None,
    ]
    for col, value in enumerate(sums):
        writer.put(sheet, SUMS, col, value, "sum_whole")
    for number, one in enumerate(problems, 1):
        row = FIRST + number - 1
        both = one.errors + one.warnings
        cells: list[Cell] = [number, one.name, one.errors, one.warnings, both, one.forms, one.units]
        writer.fit(sheet, row, cells, WIDTHS)
        for col, cell in enumerate(cells):
            writer.put(sheet, row, col, cell)
    if problems:
        end = FIRST + min(len(problems), MOST_BARS) - 1
        series = {
            texts.get("severity/error"): (FIRST, end, 2),
            texts.get("severity/warning"): (FIRST, end, 3),
        }
        look = Look((RED, YELLOW), (WIDE, height_of(end - FIRST + 1) + 40), stacked=True)
        chart = draw_bars(book, sheet, title, (FIRST, end, 1), series, look)
        sheet.insert_chart(0, len(WIDTHS) + GAP, chart, {"x_offset": 2, "y_offset": 2})
    sheet.freeze_panes(FIRST, 0)
    writer.printed(sheet, 1)
