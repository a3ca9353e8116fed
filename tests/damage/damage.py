"""Kinds of damage to a form's shape: where it stands, its spans, its rows and columns.

A kind is a function that damages a Case in place, workbook and expected reading together. `KINDS` lists all,
those of `words` included; `suits` says whether a kind makes sense for a sample.
"""

from collections.abc import Callable
from typing import NamedTuple

from perfxl.ooxml.address import Span, a1, position
from tests.damage.sheet import Case, Pos, Sheet, column, first_level_column, records, table_rows

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
    from decimal import Decimal

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
        sheet.frame |= {(bottom + row, col) for row in range(3, 9) for col in range(1, sheet.right + 1)}
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
def take_apart(case: Case, wanted: Callable[[dict, Sheet, Span], bool], *, repeat: bool = False) -> None:
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


@kind()
def all_unmerged_all_repeated(case: Case) -> None:
    """As a program unrolls a form: each cell says what stood over it."""
    take_apart(case, lambda *_: True, repeat=True)


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


# ---------------------------------------------------------------- rows
@kind()
def blank_rows_between_indicators(case: Case) -> None:
    for form, sheet in each(case):
        for row in sorted(table_rows(form), reverse=True)[::2]:
            if row not in {rows[0] for rows in case.tables(form)}:
                case.insert_rows(sheet, row)


@kind()
def blank_rows_between_blocks(case: Case) -> None:
    """An empty row wherever no span is crossed and no table goes on."""
    for form, sheet in each(case):
        table = set(table_rows(form))
        for row in range(sheet.bottom, 1, -1):
            crossed = any(area.top < row <= area.bottom for area in sheet.spans)
            header = any(pos[0] == row - 1 for pos in case.marked("header", sheet))
            broken = len(sheet.text((row - 1, 1))) == 3  # 年度总 over 体目标: one label in two rows
            if not (crossed or header or broken or (row in table and row - 1 in table)):
                case.insert_rows(sheet, row)


@kind()
def blank_row_below_header(case: Case) -> None:
    for form, sheet in each(case):
        for rows in reversed(case.tables(form)):
            case.insert_rows(sheet, rows[0])


@kind()
def rows_hidden(case: Case) -> None:
    for form, sheet in each(case):
        sheet.hidden |= set(table_rows(form)[1::3])


def several_tables(case: Case) -> bool:
    """Whether a later table could do without its header: those of goals have one each."""
    return len(case.forms) == 1 and len(case.tables(case.forms[0])) > 1


def second_header(case: Case) -> tuple[Sheet, list[Pos]]:
    """The cells of the second table's header."""
    form = case.forms[0]
    sheet = case.sheet(form)
    first, second = case.tables(form)[:2]
    return sheet, [pos for pos in case.marked("header", sheet) if first[-1] < pos[0] < second[0]]


@kind(suits=several_tables)
def second_header_deleted(case: Case) -> None:
    sheet, header = second_header(case)
    case.delete_row(sheet, header[0][0])


@kind(suits=several_tables)
def second_header_blank(case: Case) -> None:
    sheet, header = second_header(case)
    for pos in header:
        sheet.put(pos, None)
        case.marks["header"].discard((sheet.name, pos))


def break_row(case: Case, form: dict, *, inside: bool) -> int | None:
    """A row before which a page may end: where a level 1 begins, or in the middle of one."""
    rows = table_rows(form)
    firsts = [row for row, _ in column(form, "level1")] or rows[:1] * len(rows)
    for table in case.tables(form):
        for row, first in zip(rows, firsts, strict=True):
            if row in table[1:] and (row != first if inside else row == first):
                return row
    return None


def breaks(*, inside: bool) -> Callable[[Case], bool]:
    return lambda case: all(break_row(case, form, inside=inside) for form in case.forms)


def break_page(case: Case, *, inside: bool, title: bool) -> None:
    """Cut every span at a row, say its text again below, between them the header once more."""
    for form, sheet in each(case):
        row = break_row(case, form, inside=inside)
        assert row is not None
        first = next(rows[0] for rows in case.tables(form) if row in rows)
        heads = [pos for pos in case.marked("header", sheet) if pos[0] < first]
        low = max(pos[0] for pos in heads)
        top = min(pos[0] for pos in heads if pos[0] >= low - 1)
        left = first_level_column(form)
        case.insert_rows(sheet, row, low - top + 1 + title)
        start = row + title
        copy_rows(case, sheet, top, low + 1, start - top)
        below = start + low - top + 1
        for area in [area for area in sheet.spans if area.top < row and area.bottom >= below]:
            again = area._replace(top=start if area.left < left else below)
            head = (area.top, area.left)
            sheet.spans.remove(area)
            for part in (area._replace(bottom=row - 1), again):
                if part.top < part.bottom or part.left < part.right:
                    sheet.spans.add(part)
            if head in sheet.cells:
                sheet.cells[again.top, again.left] = sheet.cells[head]
            case.says(sheet, head, {(again.top, again.left)})
        if title:
            head = position(form["title_cell"])
            area = sheet.area(head)
            sheet.cells[row, head[1]] = sheet.cells[head]
            sheet.spans.add(area._replace(top=row, bottom=row))


@kind(suits=breaks(inside=False))
def header_again_between_sections(case: Case) -> None:
    break_page(case, inside=False, title=False)


@kind(suits=breaks(inside=True))
def header_again_inside_a_section(case: Case) -> None:
    break_page(case, inside=True, title=False)


@kind(suits=breaks(inside=True))
def title_and_header_again(case: Case) -> None:
    break_page(case, inside=True, title=True)


def add_residue(case: Case, texts: tuple[str, ...], filler: str | None) -> None:
    """Rows of the blank form that nobody took out, under the first row of level 2 that has several."""
    for form, sheet in each(case):
        spans = level_spans(form, sheet, "level2") or level_spans(form, sheet, "level1")
        low = spans[0].bottom if spans else table_rows(form)[0]
        left = column(form, "level3")[0][1]
        case.insert_rows(sheet, low + 1, len(texts))
        for area in [area for area in sheet.spans if area.bottom == low and area.right < left]:
            sheet.spans.remove(area)
            sheet.spans.add(area._replace(bottom=low + len(texts)))
        for row, text in enumerate(texts, start=low + 1):
            sheet.put((row, left), text)
            form["unread"].append({"cell": a1(row, left), "text": text})
            if filler is not None:
                target = (row, column(form, "target")[0][1])
                sheet.put(target, filler)
                case.junk.add((sheet.name, target))  # a stroke carries nothing


@kind()
def residue_named(case: Case) -> None:
    add_residue(case, ("指标2：", "……"), None)


@kind()
def residue_with_strokes(case: Case) -> None:
    add_residue(case, ("指标3：/",), "/")


# ---------------------------------------------------------------- columns
def alone(case: Case) -> bool:
    """Whether each form has its sheet for itself, so that columns may be moved."""
    return len({form["sheet"] for form in case.forms}) == len(case.forms)


@kind(suits=alone)
def empty_column_before_target(case: Case) -> None:
    for form, sheet in each(case):
        case.insert_cols(sheet, sheet.area(column(form, "level3")[0]).right + 1)


@kind(suits=lambda case: alone(case) and has("score")(case))
def empty_column_before_score(case: Case) -> None:
    for form, sheet in each(case):
        case.insert_cols(sheet, column(form, "score")[0][1])


def widen(case: Case, name: str) -> None:
    """Let each cell of a column fill two: in the table only, its header included."""
    for form, sheet in each(case):
        cells = column(form, name)
        col = sheet.area(cells[0]).right
        case.insert_cols(sheet, col + 1)
        heads = [pos for pos in case.marked("header", sheet) if pos[1] == cells[0][1]]
        for pos in {*cells, *heads}:
            area = sheet.area(pos)
            sheet.spans.discard(area)
            sheet.spans.add(area._replace(right=max(area.right, col + 1)))


@kind(suits=alone)
def target_over_two_columns(case: Case) -> None:
    widen(case, "target")


@kind(suits=lambda case: alone(case) and has("score")(case))
def score_over_two_columns(case: Case) -> None:
    widen(case, "score")


@kind(suits=alone)
def level3_over_two_columns(case: Case) -> None:
    widen(case, "level3")


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
