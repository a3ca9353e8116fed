"""Kinds of damage to rows and columns: inserted, hidden, lost, repeated at the end of a page."""

from collections.abc import Callable

from perfxl.ooxml.address import a1, position
from tests.damage.damage import copy_rows, each, has, kind, level_spans
from tests.damage.sheet import Case, Pos, Sheet, column, first_level_column, table_rows


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
    """Whether a later table could do without its header: those of goals have one each, all the same.

    Where the second table has other columns than the first, nobody can tell what stands in them without it.
    """
    if len(case.forms) != 1 or len(case.tables(case.forms[0])) < 2:
        return False
    sheet, second = second_header(case)
    top = case.tables(case.forms[0])[0][0]
    first = {sheet.text(pos) for pos in case.marked("header", sheet) if pos[0] < top}
    return {sheet.text(pos) for pos in second} <= first


def second_header(case: Case) -> tuple[Sheet, list[Pos]]:
    """The cells of the second table's header."""
    form = case.forms[0]
    sheet = case.sheet(form)
    first, second = case.tables(form)[:2]
    return sheet, [pos for pos in case.marked("header", sheet) if first[-1] < pos[0] < second[0]]


def side_label_stays(case: Case) -> bool:
    """Without its span the side label stands in the header's row alone, and would go with it."""
    if not several_tables(case):
        return False
    sheet, header = second_header(case)
    row = header[0][0]
    return any(area.top <= row < area.bottom for area in sheet.spans)


@kind(suits=side_label_stays)
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


@kind(suits=has("target"))
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


@kind(suits=lambda case: alone(case) and has("target")(case))
def target_over_two_columns(case: Case) -> None:
    widen(case, "target")


@kind(suits=lambda case: alone(case) and has("score")(case))
def score_over_two_columns(case: Case) -> None:
    widen(case, "score")


def same_place(case: Case, name: str) -> bool:
    """Whether a column stands in the same place in all tables of a form: the sheet is widened there."""
    return all(len({col for _, col in column(form, name)}) == 1 for form in case.forms)


@kind(suits=lambda case: alone(case) and same_place(case, "level3"))
def level3_over_two_columns(case: Case) -> None:
    widen(case, "level3")
