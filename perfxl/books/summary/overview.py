"""The list of a summary: one row a form, what must be looked at first at the top, the sums above it."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # ships no types

from perfxl.books.summary.entry import Entry
from perfxl.books.summary.figures import Figures, shown
from perfxl.books.summary.links import address, is_linkable
from perfxl.books.summary.rows import LINKED, LIST, Cell, looks_of, row_text
from perfxl.books.summary.sheets import Sheets
from perfxl.rules.conclusion import Conclusion
from perfxl.texts import Texts

SUMS = 4
"""The row of the sums, counted from 0; above it stand the title and what the season comes to."""
FIRST = 6
"""The list begins in this row, counted from 0; its heads stand right above."""
CONCLUSIONS = {
    Conclusion.ERRORS: "error",
    Conclusion.WARNINGS: "warning",
    Conclusion.CLEAN: "good",
    Conclusion.INCOMPLETE: "error",
    Conclusion.BLANK: "error",
    Conclusion.OTHER: "warning",
}
"""Conclusion → the format of its cell."""


LOOKS = ("title", "plain", "topic", "plain")
"""Of the lines above the list: what it is, how many forms, how many points, its order."""
PLACES = {name: place for place, name in enumerate(LIST)}


class Overview:
    """The sheet of the list in the making."""

    def __init__(self, writer: Sheets, sheet: Any) -> None:
        self._writer, self._sheet, self._texts = writer, sheet, writer.texts
        self._widths = [one.width for one in LIST.values()]

    def draw(
        self, entries: Sequence[Entry], unread: Sequence[int | None], figures: Figures,
        failed: int, replaced: int,
    ) -> None:  # fmt: skip
        """Draw it.

        Args:
            entries: the forms in their order.
            unread: how many cells of each were not understood; None: not known.
            figures: the sums.
            failed: how many files could not be read.
            replaced: how many forms were submitted anew.
        """
        for col, width in enumerate(self._widths):
            self._sheet.set_column(col, col, width)
        formats = self._writer.formats
        self._sheet.look(len(LIST), {look: formats[look] for look in looks_of("overview")})
        self._head(entries, figures, (failed, replaced))
        self._sums(entries, unread, figures)
        for number, (entry, left) in enumerate(zip(entries, unread, strict=True)):
            cells = self._cells(number + 1, entry, left)
            self._row(FIRST + number, entry, cells)
        self._finish(len(entries))

    def _head(self, entries: Sequence[Entry], figures: Figures, besides: tuple[int, int]) -> None:
        """The title and what the season comes to, each across the whole list."""
        texts = self._texts
        failed, replaced = besides
        found = Counter(one.short.conclusion for one in entries)
        totals = texts.get(
            "summary/totals", forms=len(entries), failed=failed,
            **{str(conclusion): found[conclusion] for conclusion in Conclusion},
            gone=sum(one.gone for one in entries), replaced=replaced)  # fmt: skip
        points = texts.get("summary/points", off=figures.off, up=figures.up, proven=figures.proven)
        lines = (texts.get("summary/title"), totals, points, texts.get("summary/order"))
        for row, (line, look) in enumerate(zip(lines, LOOKS, strict=True)):
            self._writer.wide(self._sheet, row, line, self._widths, look)

    def _sums(
        self, entries: Sequence[Entry], unread: Sequence[int | None], figures: Figures
    ) -> None:
        """The sums of what the filter shows, above the heads so that they stay in sight."""
        formats = self._writer.formats
        last = max(FIRST, FIRST + len(entries) - 1) + 1
        sums: dict[str, Decimal | int] = {
            "difference": figures.off.points - figures.up.points,
            "proven": figures.proven.points,
            "errors": sum(one.short.errors for one in entries),
            "warnings": sum(one.short.warnings for one in entries),
            "unread": sum(filter(None, unread)),
        }
        for col, name in enumerate(LIST):
            number = sums.get(name)
            style = formats["sum_whole" if isinstance(number, int) else "sum"]
            if name == "unit":
                self._sheet.write_string(SUMS, col, self._texts.get("summary/sum"), style)
            elif number is None:
                self._sheet.write_blank(SUMS, col, None, style)
            else:
                letter = xl_col_to_name(col)
                formula = f"=SUBTOTAL(109,{letter}{FIRST + 1}:{letter}{last})"
                self._sheet.write_formula(SUMS, col, formula, style, float(number))
        heads = self._texts.list("summary/overview_columns")
        for col, head in enumerate(heads):
            self._sheet.write_string(FIRST - 1, col, head, formats["head"])
        self._sheet.set_row(FIRST - 1, 30)

    def _cells(self, number: int, entry: Entry, unread: int | None) -> list[Cell]:
        try:
            return form_cells(number, entry, unread, self._texts)
        except Exception as error:  # noqa: BLE001  # one form never costs the others the list
            return self._lost(number, entry, error)

    def _lost(self, number: int, entry: Entry, error: Exception) -> list[Cell]:
        """The row of a form that cannot be listed: its unit, the reason, its file."""
        detail = f"{type(error).__name__}: {error}"[:200]
        told: dict[str, Cell] = {
            "number": number,
            "unit": entry.unit,
            "conclusion": self._texts.get("errors/internal", detail=detail),
            "file": entry.file,
        }
        return [told.get(name) for name in LIST]

    def _row(self, number: int, entry: Entry, cells: Sequence[Cell]) -> None:
        """A row, whose file leads to its copy: to where that opens."""
        linked = entry.copy is not None and is_linkable(entry.copy)
        text = row_text("overview", cells, linked=linked)
        self._sheet.add_rows(number, [text])
        if linked and entry.copy is not None:
            self._sheet.add_link(f"{LINKED['overview']}{number + 1}", address(entry.copy))

    def _finish(self, count: int) -> None:
        """Filter buttons, what stays in sight, colours, print setup."""
        last = max(FIRST, FIRST + count - 1)
        self._sheet.autofilter(FIRST - 1, 0, last, len(LIST) - 1)
        self._sheet.freeze_panes(FIRST, 2)
        self._colours(last)
        self._writer.printed(self._sheet, FIRST - 1)
        self._sheet.print_area(0, 0, last, len(LIST) - 1)

    def _colours(self, last: int) -> None:
        formats = self._writer.formats
        rules = [
            ("difference", {"criteria": ">=", "value": 0.005, "format": formats["error"]}),
            ("difference", {"criteria": "<=", "value": -0.005, "format": formats["warning"]}),
            ("proven", {"criteria": ">", "value": 0, "format": formats["error"]}),
            ("errors", {"criteria": ">", "value": 0, "format": formats["error"]}),
            ("warnings", {"criteria": ">", "value": 0, "format": formats["warning"]}),
            ("unread", {"criteria": ">", "value": 0, "format": formats["warning"]}),
        ]
        for conclusion, style in CONCLUSIONS.items():
            text = self._texts.get(f"conclusion/{conclusion}")
            rule = {"criteria": "==", "value": f'"{text}"', "format": formats[style]}
            rules.append(("conclusion", rule))
        for name, rule in rules:
            col = PLACES[name]
            self._sheet.conditional_format(FIRST, col, last, col, {"type": "cell"} | rule)


def form_cells(number: int, entry: Entry, unread: int | None, texts: Texts) -> list[Cell]:
    """The cells of a form's row.

    Args:
        number: of the row.
        entry: the form.
        unread: how many of its cells were not understood; None where that is not known.
        texts: the user's language.
    """
    one = entry.short
    cells: dict[str, Cell] = {
        "number": number,
        "unit": entry.unit,
        "project": one.project,
        "conclusion": texts.get(f"conclusion/{one.conclusion}"),
        "claimed": shown(one.claimed),
        "recomputed": shown(one.recomputed),
        "difference": shown(one.difference),
        "proven": shown(one.proven) or None,
        "errors": one.errors,
        "warnings": one.warnings,
        "unread": unread,
        "before": _grade(entry, texts),
        "grade": one.grade,
        "range": None if shown(one.lo) == shown(one.hi) else texts.range(one.lo, one.hi),
        "kind": texts.get(f"kind/{one.kind}"),
        "year": one.year,
        "file": texts.get("summary/gone", file=entry.file) if entry.gone else entry.file,
    }
    return [cells[name] for name in LIST]


def _grade(entry: Entry, texts: Texts) -> str:
    """The grade before the audit; one that the form does not state itself stands in brackets."""
    stated = entry.short.claimed_grade
    return stated or (texts.get("summary/grade_earned", grade=entry.before) if entry.before else "")
