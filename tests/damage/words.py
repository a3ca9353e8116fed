"""Kinds of damage to what is written: labels spaced, broken, in other characters; numbers as text."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from tests.damage.damage import all_records, column, has, kind, number_cells
from tests.damage.sheet import Case

NUMBERS = ("claimed_total", "basic_expenditure", "project_expenditure", "initial", "budget",
           "executed", "weight", "score")  # fmt: skip
_PERCENT = re.compile(r"[0-9.]+%")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def reword(case: Case, change: Callable[[str], str], *, plain: bool = False) -> None:
    """Change the labels; with ``plain``, only those that are not values as well."""
    named = case.marks.get("goal", set())
    for sheet in case.sheets:
        values = {
            pos
            for form in case.forms
            if form["sheet"] == sheet.name
            for name in ("level1", "level2")
            for pos in column(form, name)
        }
        for pos in case.marked("label", sheet):
            if pos not in sheet.cells or (plain and (pos in values or (sheet.name, pos) in named)):
                continue
            sheet.put(pos, change(sheet.text(pos)))


def outside_brackets(text: str, change: Callable[[str], str]) -> str:
    """Change what stands before the first bracket."""
    cut = min((at for at in (text.find("（"), text.find("(")) if at >= 0), default=len(text))
    return change(text[:cut]) + text[cut:]


@kind()
def labels_spaced(case: Case) -> None:
    reword(case, lambda text: outside_brackets(text, " ".join))


@kind()
def labels_spaced_wide(case: Case) -> None:
    reword(case, lambda text: outside_brackets(text, lambda part: "　".join(part) + "　"))


@kind()
def labels_broken_by_lines(case: Case) -> None:
    reword(case, lambda text: outside_brackets(text, lambda part: part[:2] + "\n" + part[2:]))


@kind()
def labels_full_width(case: Case) -> None:
    reword(case, lambda text: text.translate(_WIDE))


@kind()
def labels_half_width(case: Case) -> None:
    reword(case, lambda text: unicodedata.normalize("NFKC", text))


@kind()
def labels_with_colons(case: Case) -> None:
    reword(case, lambda text: text.rstrip("：: \n") + "：", plain=True)


# ---------------------------------------------------------------- numbers
def retype(case: Case, change: Callable[[Decimal], str]) -> None:
    """Type numbers as text."""
    for sheet, _, _, pos in number_cells(case, NUMBERS):
        cell = sheet.cells.get(pos)
        if cell is not None and isinstance(cell.value, Decimal):
            sheet.put(pos, change(cell.value))


@kind()
def numbers_as_text_with_commas(case: Case) -> None:
    retype(case, lambda number: f"{number:,}")


@kind()
def numbers_as_text_with_spaces(case: Case) -> None:
    retype(case, lambda number: f" {number} ")


@kind()
def numbers_as_text_full_width(case: Case) -> None:
    retype(case, lambda number: str(number).translate(_WIDE))


@kind(suits=has("score"))
def scores_with_their_unit(case: Case) -> None:
    for sheet, _, _, pos in number_cells(case, ("score", "claimed_total")):
        cell = sheet.cells.get(pos)
        if cell is not None and isinstance(cell.value, Decimal):
            sheet.put(pos, f"{cell.value}分")


def spoil(case: Case, names: tuple[str, ...], text: str) -> None:
    """A text where a number should be: no number is read, the place is known all the same."""
    for sheet, record, name, pos in number_cells(case, names):
        shared = sum(
            other.get(f"{key}_cell") == record[f"{name}_cell"]
            for _, other in all_records(case)
            for key in NUMBERS
        )
        cell = sheet.cells.get(pos)
        if cell is not None and isinstance(cell.value, Decimal) and shared == 1:
            sheet.put(pos, text)
            record[name] = None
            case.junk.add((sheet.name, pos))


@kind(suits=has("score"))
def scores_in_words(case: Case) -> None:
    spoil(case, ("score",), "十九")


@kind()
def money_in_an_annex(case: Case) -> None:
    spoil(case, ("executed", "claimed_total"), "见附件")


@kind(
    suits=lambda case: any(
        "%" in sheet.text(pos) for sheet, *_, pos in number_cells(case, ("rate",))
    )
)
def rates_as_bare_fractions(case: Case) -> None:
    for sheet, record, name, pos in number_cells(case, ("rate",)):
        if record[name] is not None:
            sheet.put(pos, Decimal(str(record[name])))


def percents(case: Case) -> list[tuple]:
    """Targets and actuals that say a percentage and nothing else."""
    cells = number_cells(case, ("target", "actual"))
    return [
        (*cell, sheet.text(cell[3]))
        for cell in cells
        if _PERCENT.fullmatch((sheet := cell[0]).text(cell[3]))
    ]


@kind(suits=lambda case: bool(percents(case)))
def percentages_typed_as_numbers(case: Case) -> None:
    """0.95 under the format 0.0%."""
    for sheet, record, name, pos, text in percents(case):
        sheet.put(pos, Decimal(text.rstrip("%")) / 100, "0.0%")
        record[name] = f"{Decimal(text.rstrip('%')):.1f}%"


@kind(suits=lambda case: bool(percents(case)))
def percentages_as_bare_fractions(case: Case) -> None:
    """0.95 under General: the text is what stands there."""
    for sheet, record, name, pos, text in percents(case):
        value = (Decimal(text.rstrip("%")) / 100).normalize()
        sheet.put(pos, value)
        record[name] = f"{value:f}"
