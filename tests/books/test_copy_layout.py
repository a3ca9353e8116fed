"""How a marked copy looks: nothing hidden, nothing cut off, the form's print as it was."""

import io
import re
from decimal import Decimal

import pytest

from perfxl.books import margin, result_sheet
from perfxl.ooxml import new_workbook, strip
from perfxl.ooxml.address import letters, position, span
from perfxl.ooxml.parts.geometry import Geometry, lines_of, units
from perfxl.rules.findings import Severity, Verdict
from tests import programs
from tests.books.marking import ZH, marking
from tests.conftest import CONSISTENT, REFERENCE, ROOT, SAMPLES
from tests.ooxml.builders import parts, patched
from tests.ooxml.helpers import book_of, opened, values

pytestmark = pytest.mark.long

SHEET = "xl/worksheets/sheet1.xml"
PRINT_AREA = re.compile(rb"<definedName\b[^<>]*Print_Area[^<>]*>[^<]*</definedName>")
SEALED = ROOT / "samples" / "05-带公式与图章.xlsx"
BOX = re.compile(
    r"<x:Anchor>([^<]*)</x:Anchor>(?:(?!</x:ClientData>).)*<x:Row>(\d+)</x:Row><x:Column>(\d+)",
    re.DOTALL,
)


def copy_of(data: bytes, folder, name="表.xlsx"):
    path = folder / name
    path.write_bytes(data)
    return marking(path)


def with_columns(data: bytes, columns: bytes) -> bytes:
    """A form whose first sheet states columns (behind those that it has)."""

    def edit(old: bytes) -> bytes:
        if b"</cols>" in old:
            return old.replace(b"</cols>", columns + b"</cols>")
        return old.replace(b"<sheetData", b"<cols>" + columns + b"</cols><sheetData", 1)

    return patched(data, {SHEET: edit})


def heads_of(sheet) -> dict[str, tuple[int, int]]:
    wanted = ("复核得分", "差额", "复核意见")
    return {c.value: (c.row, c.column) for row in sheet.iter_rows() for c in row if c.value in wanted}  # fmt: skip


# ---------------------------------------------------------------- the columns beside the form
def test_where_all_columns_to_the_right_are_hidden_those_of_the_copy_are_shown(tmp_path):
    hidden = b'<col min="8" max="16384" width="9" hidden="1" customWidth="1"/>'
    source = with_columns(REFERENCE.read_bytes(), hidden)
    copy, _, _ = copy_of(source, tmp_path)
    scan = book_of(copy).scan(0)
    seen = {col: run for run in scan.columns for col in range(run.first, min(run.last, 20) + 1)}

    assert [seen[col].hidden for col in (8, 9, 10, 11)] == [False, False, False, True]
    assert [seen[col].width for col in (8, 9, 10)] == list(margin.WIDTHS)


def test_no_mark_stands_in_a_hidden_column(copies):
    for copy, audits, _ in copies.values():
        book = book_of(copy)
        for audit in audits:
            scan = book.scan(audit.form.sheet_index)
            heads = heads_of(opened(copy)[audit.form.sheet]) if scan.columns else {}
            assert not {col for _, col in heads.values()} & scan.hidden_columns


def test_numbers_stand_right_under_right_heads_in_the_vertical_place_of_their_row(copies):
    sheet = opened(copies[REFERENCE][0])["绩效自评表"]
    heads = heads_of(sheet)
    (top, score), (_, off), (_, opinion) = (
        heads[name] for name in ("复核得分", "差额", "复核意见")
    )

    for row in (top, 63, 72):
        for col, side in ((score, "right"), (off, "right"), (opinion, "left")):
            assert sheet.cell(row, col).alignment.horizontal == side
            assert sheet.cell(row, col).border.left.style == "thin"
        assert sheet.cell(row, score).alignment.vertical == sheet.cell(row, 7).alignment.vertical
    assert {sheet.cell(top, col).fill.fgColor.rgb[-6:] for col in (score, off, opinion)} == {
        "D9E1F2"
    }
    assert {sheet.cell(63, col).fill.fgColor.rgb[-6:] for col in (score, off, opinion)} == {
        "FFC7CE"
    }


def test_beside_a_claim_that_stands_there_is_the_score_alone(copies):
    copy, audits, _ = copies[REFERENCE]
    sheet = opened(copy)["绩效自评表"]
    found = {f for finding in audits[0].findings if finding.severity is not Severity.NOTE
             for f, _ in finding.places}  # fmt: skip
    stands = [s.place.row for s in audits[0].scores
              if s.verdict is Verdict.HOLDS and s.place.row and s.place.row not in found]  # fmt: skip

    assert len(stands) > 50
    for row in stands:
        assert isinstance(sheet.cell(row, 8).value, int | float)
        assert sheet.cell(row, 9).value is sheet.cell(row, 10).value is None


def test_no_text_beside_a_form_is_wider_or_higher_than_its_cell(copies):
    for copy, audits, document in copies.values():
        book = opened(copy)
        for audit in audits:
            sheet = book[audit.form.sheet]
            heights = document.grids[audit.form.sheet_index].heights
            for _, col in heads_of(sheet).values():
                width = sheet.column_dimensions[letters(col)].width
                for row in range(1, sheet.max_row + 1):
                    cell = sheet.cell(row, col)
                    if isinstance(cell.value, str):
                        room = width - 2
                        fits = units(cell.value) <= room
                        lines = int(heights.get(row, margin.LINE) / margin.LINE)
                        assert fits or (
                            cell.alignment.wrap_text and lines_of(cell.value, room - 4) <= lines
                        ), cell


def test_an_opinion_leads_to_its_finding(copies):
    book = opened(copies[REFERENCE][0])
    sheet, results = book["绩效自评表"], book["审核结果"]
    link = sheet["J63"].hyperlink.location

    row = position(link.partition("!")[2])[0]
    assert results.cell(row, 5).value == "G63"
    assert f"第 {results.cell(row, 1).value} 项" in sheet["J63"].value


def test_a_stray_text_far_to_the_right_stays_in_the_print(tmp_path):
    source = patched(
        REFERENCE.read_bytes(),
        {
            "xl/workbook.xml": lambda old: PRINT_AREA.sub(b"", old),
            SHEET: lambda old: old.replace(
                b"</row>", b'<c r="K1" t="inlineStr"><is><t>x</t></is></c></row>', 1
            ),
        },
    )
    copy, _, _ = copy_of(source, tmp_path)
    sheet = opened(copy).worksheets[0]

    assert span(sheet.print_area.rpartition("!")[2]).right == 11
    assert heads_of(sheet)["复核得分"][1] == 12


@pytest.mark.parametrize("path", [REFERENCE, SEALED, CONSISTENT], ids=lambda path: path.stem)
def test_the_print_area_holds_all_that_the_form_shows_and_no_column_of_ours(path, copies):
    copy, audits, _ = copies[path]
    sheet = opened(copy)[audits[0].form.sheet]
    area = span(sheet.print_area.rpartition("!")[2])

    assert all(area.covers(*here) for here in values(path.read_bytes())[audits[0].form.sheet])
    assert min(col for _, col in heads_of(sheet).values()) > area.right


def test_a_stated_print_area_stays(tmp_path):
    name = (
        '<definedName name="_xlnm.Print_Area" localSheetId="0">绩效自评表!$A$1:$H$40</definedName>'
    )

    def stated(old: bytes) -> bytes:
        old = PRINT_AREA.sub(b"", old)
        if b"</definedNames>" in old:
            return old.replace(b"</definedNames>", name.encode() + b"</definedNames>")
        return old.replace(b"</sheets>", b"</sheets><definedNames>" + name.encode() + b"</definedNames>")  # fmt: skip

    copy, _, _ = copy_of(patched(REFERENCE.read_bytes(), {"xl/workbook.xml": stated}), tmp_path)
    sheet = opened(copy).worksheets[0]

    assert sheet.print_area.endswith("$A$1:$H$40")
    assert min(col for _, col in heads_of(sheet).values()) == 9


# ---------------------------------------------------------------- what is seen first, what may hide a mark
def test_the_copy_opens_on_its_results_and_no_two_sheets_are_a_group(copies):
    for copy, _, _ in copies.values():
        book = opened(copy)
        assert book.active.title == "审核结果"
        assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["审核结果"]


def test_a_mark_that_a_conditional_format_may_hide_gets_a_frame(copies):
    copy, _, _ = copies[SEALED]
    book = opened(copy)
    shown = "\n".join(str(c.value) for r in book["审核结果"].iter_rows() for c in r if c.value)

    assert book.worksheets[0]["G63"].border.left.style == "medium"
    assert book.worksheets[0]["G63"].border.left.color.rgb == "FFC00000"
    assert "G63、G72" in shown
    assert "可能盖住标注的颜色" in shown
    plain = opened(copies[REFERENCE][0])["绩效自评表"]["G63"]
    assert plain.border.left.style == "thin"


def test_marks_in_hidden_rows_are_told(tmp_path):
    source = patched(
        REFERENCE.read_bytes(), {SHEET: lambda old: re.sub(rb'<row r="63"', b'<row r="63" hidden="1"', old)}
    )  # fmt: skip
    copy, _, _ = copy_of(source, tmp_path)
    shown = [str(c.value) for r in opened(copy)["审核结果"].iter_rows() for c in r if c.value]

    assert any(text.startswith("G63") and "隐藏" in text for text in shown)


def test_notes_cover_neither_target_nor_actual_of_their_row(copies):
    for copy, audits, _ in copies.values():
        text = parts(copy).get("xl/drawings/vmlDrawing1.vml", b"").decode("utf-8", "replace")
        boxes = {(int(r) + 1, int(c) + 1): [int(n) for n in a.split(",")] for a, r, c in BOX.findall(text)}  # fmt: skip
        if len({audit.form.sheet_index for audit in audits}) > 1:
            continue
        scan = book_of(copy).scan(audits[0].form.sheet_index)
        for audit in audits:
            rows = {row.row: row for row in audit.form.indicators}
            for (row, col), box in boxes.items():
                if row in rows and box[2] + 1 <= row and col <= audit.form.area.right:
                    for place in (rows[row].target, rows[row].actual):
                        last = max(
                            [place.col, *(m.right for m in scan.merges if m.covers(place.row, place.col))]
                        )  # fmt: skip
                        assert box[0] + 1 > last, (audit.form.name, row, col)


def test_a_box_over_the_new_columns_knows_their_width():
    scan = book_of(REFERENCE.read_bytes()).scan(0)
    wide = Geometry(scan, {8: 100.0})

    assert wide.column(8) == 700
    assert wide.box(10, 7, span("G10"), "短").anchor[4] == 7  # within the eighth column


def test_a_long_note_is_cut_and_says_where_the_rest_is(tmp_path, monkeypatch):
    monkeypatch.setattr("perfxl.books.plan.LONGEST_NOTE", 30)
    copy, _, _ = marking(REFERENCE)
    note = opened(copy)["绩效自评表"]["G72"].comment.text

    assert len(note) < 60
    assert note.endswith("（全文见“审核结果”）")


# ---------------------------------------------------------------- the sheet of results
def drawn(audits):
    return result_sheet.draw(audits, ZH, "审核结果", "表.xlsx").finished([])


def test_columns_say_whose_finding_it_is_and_by_how_much(copies):
    sheet = opened(copies[REFERENCE][0])["审核结果"]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if row[0] == "序号")
    finding = dict(zip(heads, next(row for row in rows if row[4] == "G63"), strict=True))

    assert heads == [
        "序号",
        "程度",
        "目标",
        "指标名称",
        "位置",
        "自评",
        "应得",
        "多计/少计",
        "依据",
        "问题及说明",
    ]
    assert finding["目标"].endswith("办公大楼租金费用")
    assert (finding["指标名称"], finding["自评"], finding["应得"]) == ("项目数", "1", "0.67")
    assert finding["多计/少计"] == pytest.approx(0.33)
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == finding["多计/少计"])
    assert "多计" in cell.number_format


def test_the_headline_is_what_is_taken_off(copies):
    headlines = {
        path.stem: opened(copy)["审核结果"]["A2"].value for path, (copy, _, _) in copies.items()
    }

    assert headlines["01-参考表"] == "核增 0.47 分"
    assert headlines["05-带公式与图章"] == "核减 0.53 分"
    assert headlines["02-一致"] == "核减 0 分"
    assert headlines["monitoring-1"] == ZH.get("conclusion/other")


def test_what_is_written_large_has_room(copies):
    for copy, _, _ in copies.values():
        sheet = opened(copy)["审核结果"]
        widths = {cell: sheet.column_dimensions[cell].width for cell in "ABCDEFGHIJ"}
        for merged in sheet.merged_cells.ranges:
            cell = sheet.cell(merged.min_row, merged.min_col)
            if cell.font.sz == 18 and cell.value:
                room = sum(
                    widths[letters(col)] for col in range(merged.min_col, merged.max_col + 1)
                )
                assert units(cell.value) * 18 / 2 <= room * 5.25, cell.value


def test_rules_that_did_not_apply_are_not_listed(copies):
    audit = copies[REFERENCE][1][0]
    texts = [c.value for row in drawn([audit]).rows for c in row if c and isinstance(c.value, str)]

    assert any(text.startswith(ZH.get("rules/goal-sum/title")) for text in texts)
    assert not any("不适用" in text for text in texts)


def test_there_is_a_line_for_those_who_sign(copies):
    for copy, _, _ in copies.values():
        sheet = opened(copy)["审核结果"]
        shown = [c.value for row in sheet.iter_rows() for c in row if c.value]
        assert [text for text in shown if text in ("审核人：", "复核人：", "日期：")] == [
            "审核人：", "复核人：", "日期：",
        ]  # fmt: skip


@pytest.mark.parametrize("size", [9, 10, 11, 12, 14])
def test_both_sheets_print_in_letters_that_can_be_read(size, copies):
    """The width of a page, over that of the columns, times the size of the letters: 8 points, 7.5 where one page counts."""
    source = patched(
        REFERENCE.read_bytes(),
        {"xl/styles.xml": lambda old: re.sub(rb'<sz val="[0-9.]+"/>', b'<sz val="%d"/>' % size, old, count=1)},
    )  # fmt: skip
    digit = {9: 4.5, 10: 5.25, 11: 6.0, 12: 6.0, 14: 7.5}[size]  # points that 宋体 has for a digit
    from perfxl.books import marked
    from perfxl.grid.load import load

    document = load(source, "表.xlsx")
    book = opened(marked.mark(document, copies[REFERENCE][1], ZH))

    for title in ("审核结果", "重算过程"):
        sheet = book[title]
        width = sum(dimension.width for dimension in sheet.column_dimensions.values()) * digit
        margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
        scale = min(1, (841.9 - margins) / width)
        least = result_sheet.LEAST_SIZE if title == "审核结果" else 8
        assert sheet["B5"].font.sz * scale >= least - 0.05
        assert sheet.page_setup.orientation == "landscape"
    assert book["重算过程"].print_title_rows == "$1:$1"


def test_an_ordinary_forms_results_fit_one_page(copies, tmp_path):
    ordinary = [path for path in SAMPLES if path in copies and len(copies[path][1]) == 1]
    for number, path in enumerate(ordinary):
        data = new_workbook.workbook([drawn(copies[path][1])])
        (tmp_path / f"{number}.xlsx").write_bytes(data)
    pages = programs.pages_of([tmp_path / f"{number}.xlsx" for number in range(len(ordinary))])

    assert {ordinary[number].stem: count for number, count in enumerate(pages) if count > 1} == {}


def test_a_difference_is_a_number(copies):
    rows = drawn(copies[REFERENCE][1]).rows
    numbers = [row[7].value for row in rows if len(row) == len(result_sheet.WIDTHS) and row[7]]

    assert [value for value in numbers if isinstance(value, Decimal)]


def test_of_the_columns_beside_a_form_nothing_is_left_when_the_marks_are_taken_off(copies):
    saved = io.BytesIO()
    opened(copies[REFERENCE][0]).save(
        saved
    )  # another program: the way back to the original is gone
    clean = opened(strip.strip_marks(book_of(saved.getvalue()))).worksheets[0]
    cells = [clean.cell(row, col) for row in range(1, clean.max_row + 1) for col in (8, 9, 10)]

    assert not any(cell.value or cell.border.left.style or cell.hyperlink for cell in cells)
    assert clean["G63"].border.left.style == "thin"
