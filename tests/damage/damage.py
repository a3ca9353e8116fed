"""Kinds of damage to a form's shape: where it stands, and its spans.

A kind is a function that damages a Case in place, workbook and expected reading together. `KINDS` lists all,
those of `rows` and `words` included; `suits` says whether a kind makes sense for a sample.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from perfxl.ooxml.address import Span, position
from tests.damage.sheet import Case, Pos, Sheet, column, records, table_rows

LEVELS = ("level1", "level2", "level3")


class Kind(NamedTuple):
    """A kind of damage: what it does, whether it suits a case."""

    name: str
    harm: Callable[[Case], None]
    suits: Callable[[Case], bool]


KINDS: dict[str, Kind] = {}


def kind(*, suits: Callable[[Case], bool] = lambda _: True):
    """Register a function as a kind of damage."""

    def registered(harm: Callable[[Case], None]) -> Callable[[Case], None]:
        KINDS[harm.__name__] = Kind(harm.__name__, harm, suits)
        return harm

    return registered


def each(case: Case):
    """Each form with its sheet, the last first, so that what is inserted moves no other's rows."""
    for form in reversed(case.forms):
        yield form, case.sheet(form)


def has(name: str) -> Callable[[Case], bool]:
    """Whether the forms of a case have a column."""
    return lambda case: all(column(form, name) for form in case.forms)


def level_spans(form: dict, sheet: Sheet, name: str) -> list[Span]:
    """The spans of one level over more than one row."""
    heads = set(column(form, name))
    return sorted(a for a in sheet.spans if (a.top, a.left) in heads and a.top < a.bottom)


def has_spans(name: str) -> Callable[[Case], bool]:
    return lambda case: all(level_spans(form, case.sheet(form), name) for form in case.forms)


def all_records(case: Case):
    """Every record of every form with its sheet."""
    for form in case.forms:
        for record in records(form):
            yield case.sheet(form), record


def number_cells(case: Case, names: tuple[str, ...]) -> list[tuple[Sheet, dict, str, Pos]]:
    """The cells of some numeric fields, with the record that expects them."""
    return [
        (sheet, record, name, position(record[f"{name}_cell"]))
        for sheet, record in all_records(case)
        for name in names
        if record.get(f"{name}_cell") is not None
    ]


# ---------------------------------------------------------------- where the form stands
@kind()
def nothing(_: Case) -> None:
    """No damage: what fails here is no matter of damage."""


@kind()
def shifted(case: Case) -> None:
    for sheet in case.sheets:
        case.insert_rows(sheet, 1, 3)
        case.insert_cols(sheet, 1, 2)


@kind()
def lines_above(case: Case) -> None:
    for sheet in case.sheets:
        case.insert_rows(sheet, 1, 3)
        for pos, text in (((1, sheet.right), "（单位公章）"), ((2, 1), "附件3")):
            sheet.put(pos, text)
            case.junk.add((sheet.name, pos))


@kind()
def binding_line_left(case: Case) -> None:
    for sheet in case.sheets:
        case.insert_cols(sheet, 1)
        sheet.put((2, 1), "装\n订\n线")
        sheet.spans.add(Span(2, 1, sheet.bottom - 1, 1))
        case.junk.add((sheet.name, (2, 1)))


@kind()
def row_numbers_left(case: Case) -> None:
    for sheet in case.sheets:
        case.insert_cols(sheet, 1)
        for row in range(1, sheet.bottom + 1):
            sheet.put((row, 1), Decimal(row))
            case.junk.add((sheet.name, (row, 1)))


@kind()
def frame_below_and_beside(case: Case) -> None:
    for sheet in case.sheets:
        bottom, right = sheet.bottom, sheet.right
        sheet.frame |= {(row, col) for row in range(1, bottom + 60) for col in range(1, right + 5)}
        sheet.spans |= {Span(bottom + row, 1, bottom + row, right) for row in range(2, 6)}
        sheet.put((bottom + 8, 2), " ")


@kind()
def empty_table_below(case: Case) -> None:
    """Only the header of one more table, with empty rows under it."""
    for form, sheet in each(case):
        bottom, first = sheet.bottom, table_rows(form)[0]
        top = min(row for row, _ in case.marked("header", sheet) if row < first)
        copy_rows(case, sheet, top, first, bottom + 3 - top)
        sheet.frame |= {
            (bottom + row, col) for row in range(3, 9) for col in range(1, sheet.right + 1)
        }
        for pos in [pos for pos in sheet.cells if pos[0] > bottom]:
            case.junk.add((sheet.name, pos))


def copy_rows(case: Case, sheet: Sheet, top: int, below: int, down: int) -> None:
    """Copy the header's cells of rows top to below - 1 so many rows down, spans included."""
    for pos in case.marked("header", sheet):
        if top <= pos[0] < below:
            sheet.cells[pos[0] + down, pos[1]] = sheet.cells[pos]
            area = sheet.area(pos)
            if area.top < area.bottom or area.left < area.right:
                sheet.spans.add(area._replace(top=area.top + down, bottom=area.bottom + down))


# ---------------------------------------------------------------- spans
def take_apart(
    case: Case, wanted: Callable[[dict, Sheet, Span], bool], *, repeat: bool = False
) -> None:
    for form, sheet in each(case):
        for area in [area for area in sheet.spans if wanted(form, sheet, area)]:
            case.unmerge(sheet, area, repeat=repeat)


def is_level(*names: str) -> Callable[[dict, Sheet, Span], bool]:
    return lambda form, _, area: any((area.top, area.left) in column(form, name) for name in names)


@kind()
def all_unmerged(case: Case) -> None:
    take_apart(case, lambda *_: True)


@kind()
def all_unmerged_levels_repeated(case: Case) -> None:
    take_apart(case, is_level(*LEVELS), repeat=True)
    take_apart(case, lambda *_: True)


@kind(suits=has_spans("level1"))
def level1_given_once(case: Case) -> None:
    take_apart(case, is_level("level1"))


@kind(suits=has_spans("level2"))
def level2_given_once(case: Case) -> None:
    take_apart(case, is_level("level2"))


@kind(suits=has_spans("level1"))
def levels_given_once(case: Case) -> None:
    take_apart(case, is_level("level1", "level2"))


@kind(suits=has_spans("level1"))
def levels_in_every_row(case: Case) -> None:
    take_apart(case, is_level("level1", "level2"), repeat=True)


@kind()
def side_labels_unmerged(case: Case) -> None:
    take_apart(case, lambda _, sheet, area: (area.top, area.left) in case.marked("side", sheet))


@kind()
def side_labels_broken_over_rows(case: Case) -> None:
    """One letter in each row, as where a cell is not merged and the text runs down."""
    for sheet in case.sheets:
        named = {pos for _, pos in case.marks.get("goal", ())}
        for pos in case.marked("side", sheet):
            area, text = sheet.area(pos), "".join(sheet.text(pos).split())
            height = area.bottom - area.top + 1
            plain = text in {"绩效指标", "年度绩效指标"} and height >= len(text)
            if plain and pos not in named and area.left == area.right:
                case.unmerge(sheet, area)
                for row, letter in enumerate(text, start=area.top):
                    sheet.put((row, area.left), letter)


@kind(suits=has_spans("level1"))
def level1_broken_over_two_rows(case: Case) -> None:
    """产出 in the first cell, 指标 in the second, the rest blank."""
    for form, sheet in each(case):
        for goal in form["goals"]:
            if goal["label_cell"] == goal["name_cell"]:
                del goal["label"]  # may be that cell's text, or the whole
        for area in level_spans(form, sheet, "level1"):
            text = "".join(sheet.text((area.top, area.left)).split())
            name, mid, rest = text.partition("指标")
            if mid and name:
                case.unmerge(sheet, area)
                sheet.put((area.top, area.left), name)
                sheet.put((area.top + 1, area.left), mid + rest)
