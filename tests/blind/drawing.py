"""Draws a form like a table of a web page: a row's cells go where no merged area stands already."""

import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

FOLDER = Path(__file__).parent / "forms"
LINE = Side(style="thin")


class Percent(float):
    """A fraction that a cell shows as a percentage."""


class Sheet:
    """One sheet, filled row by row."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.book = Workbook()
        self.ws = self.book.active
        self.ws.title = name
        self.at = 1
        self.taken: set[tuple[int, int]] = set()

    def row(self, *cells: Any) -> None:
        """One row; a cell is a value, or (value, columns, rows) where it is merged."""
        column = 1
        for cell in cells:
            value, wide, high = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (self.at, column) in self.taken:
                column += 1
            self._put(column, value, wide, high)
            column += wide
        self.at += 1

    def _put(self, column: int, value: Any, wide: int, high: int) -> None:
        cell = self.ws.cell(self.at, column, float(value) if isinstance(value, Percent) else value)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(LINE, LINE, LINE, LINE)
        if isinstance(value, Percent):
            cell.number_format = "0.00%"
        if self.at <= 2:
            cell.font = Font(bold=True)
        if wide > 1 or high > 1:
            self.ws.merge_cells(
                start_row=self.at,
                start_column=column,
                end_row=self.at + high - 1,
                end_column=column + wide - 1,
            )
            self.taken |= {(self.at + i, column + j) for i in range(high) for j in range(wide)}

    def crossing(self, row: str, column: str) -> str:
        """Address where the row that holds one text meets the column that holds another."""
        line = next(c.row for cells in self.ws for c in cells if c.value == row)
        letter = next(c.column for cells in self.ws for c in cells if c.value == column)
        return f"{get_column_letter(letter)}{line}"

    def seeded(self, findings: Any) -> list[dict[str, Any]]:
        """Seeded discrepancies: (row, column, what it is, and places, as (row, column), where it
        may be told besides ("also") or, in a list, instead ("or").
        """
        return [
            {
                "cell": self.crossing(row, column), "kind": kind,
                "also": [self.crossing(*place) for place in more if isinstance(place, tuple)],
                "or": [self.crossing(*place) for one in more if isinstance(one, list) for place in one],
            }
            for row, column, kind, *more in findings
        ]  # fmt: skip

    def save(self, name: str, form: dict[str, Any], findings: list[Any], doubts: list[str]) -> None:
        """Write the workbook and, next to it, what it says."""
        for column in range(1, self.ws.max_column + 1):
            self.ws.column_dimensions[get_column_letter(column)].width = 15
        self.book.save(FOLDER / f"{name}.xlsx")
        truth = {
            "forms": [{"sheet": self.ws.title, **form}],
            "findings": findings,
            "doubts": doubts,
        }
        text = json.dumps(truth, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def number(text: str) -> float | int | None:
    """The number that a text is; None where it is empty."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def items(text: str) -> list[dict[str, Any]]:
    """Indicators, a line each: level 1|level 2|level 3|target|actual|weight|score|reason, the rest may be left out.

    A level that is empty goes on from the line above. ``high1`` and ``high2`` are the rows of a merged cell that
    starts here, 0 where none does.
    """
    found: list[dict[str, Any]] = []
    for line in text.strip().splitlines():
        one, two, three, target, actual, weight, score, reason, *more = (
            line.strip() + "|" * 9
        ).split("|")
        above = found[-1] if found else {"level1": None, "level2": None}
        item = {
            "level1": one or above["level1"], "level2": two or (None if one else above["level2"]), "level3": three,
            "target": target or None, "actual": actual or None, "weight": number(weight), "score": number(score),
            "reason": reason or None, "high1": 0, "high2": 0, "more": more,
        }  # fmt: skip
        found.append(item)
        starts1 = (
            len(found) - 1
            if one
            else next(i for i in reversed(range(len(found))) if found[i]["high1"])
        )
        found[starts1]["high1"] += 1
        if item["level2"]:
            starts2 = (
                len(found) - 1
                if two
                else next(i for i in reversed(range(len(found))) if found[i]["high2"])
            )
            found[starts2]["high2"] += 1
    return found


def levels(item: dict[str, Any], labels: dict[str, str] | None = None) -> list[Any]:
    """The cells of levels 1 and 2 that start in an item's row."""
    one, two = item["level1"], item["level2"]
    cells: list[Any] = [((labels or {}).get(one, one), 1, item["high1"])] if item["high1"] else []
    return [*cells, ((labels or {}).get(two, two), 1, item["high2"])] if item["high2"] else cells


def reading(
    kind: str | None, title: str, unit: str | None, year: int | None, department: str | None,
    project: str | None, rows: list[dict[str, Any]], *, total: float | None = None, grade: str | None = None,
    money: str | None = "万元", funds: tuple[tuple[Any, ...], ...] = (), goals: list[tuple[Any, ...]] | None = None,
    of: list[int] | None = None, points: dict[str, tuple[str, float]] | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """The expected reading; without ``goals`` the sections of level 1, with labels and weights of ``points``."""
    names = list(dict.fromkeys(item["level1"] for item in rows if item["level1"]))
    if goals is None:
        goals = [(n, *(points or {}).get(n, (n, None)), None) for n in names]
        of = [names.index(i["level1"]) + 1 if i["level1"] else None for i in rows]
    keys = ("name", "initial", "budget", "executed", "rate", "weight", "score")
    fields = ("level1", "level2", "level3", "target", "actual", "weight", "score", "reason")
    return {
        "kind": kind, "title": title, "unit": unit, "year": year, "department": department, "project": project,
        "money_unit": money, "basic_expenditure": None, "project_expenditure": None, "claimed_total": total,
        "claimed_grade": grade, "deviation_reason": None, "improvement": None, **more,
        "funds": [dict(zip(keys, row, strict=True)) for row in funds],
        "goals": [
            {"goal": i, "name": n, "label": label, "weight": w, "score": s} for i, (n, label, w, s) in enumerate(goals, 1)
        ],
        "indicators": [{"goal": g, **{k: item[k] for k in fields}} for g, item in zip(of or [None] * len(rows), rows, strict=True)],
        "unread": [],
    }  # fmt: skip
