"""Formulas, notes, discussions, protection, macros and hostile texts in a submitted file."""

import io
import re

import pytest
import xlsxwriter

import perfxl
from tests.books.marking import ADDED_SHEETS, copy_of
from tests.conftest import ROOT
from tests.forms.builder import F, _write, ministry_lines, row, spans, workbook
from tests.ooxml.builders import SHEET, kitchen_sink, parts, patched
from tests.ooxml.helpers import opened


def settled(data: bytes) -> bytes:
    """A file as Excel saves it, with nothing to compute when it is opened."""
    return patched(data, {"xl/workbook.xml": lambda old: old.replace(b' fullCalcOnLoad="1"', b"")})


def with_formulas(score):
    lines = ministry_lines(
        row("养护里程", "≥100公里", "90公里", 20, score, "多雨"), total=F("=I5+SUM(H10:H12)", 75)
    )
    return settled(workbook(lines))


def on_load(data: bytes) -> bool:
    return b'fullCalcOnLoad="1"' in parts(data)["xl/workbook.xml"]


def test_a_filled_score_has_its_workbook_computed_when_opened(tmp_path):
    assert on_load(copy_of(with_formulas(None), tmp_path))


def test_a_workbook_without_a_filled_score_keeps_its_results(tmp_path):
    assert not on_load(copy_of(with_formulas(18), tmp_path))


def test_a_filled_score_without_formulas_needs_no_computing(tmp_path):
    lines = ministry_lines(row("养护里程", "≥100公里", "90公里", 20, None, "多雨"), total=75)

    assert not on_load(copy_of(settled(workbook(lines)), tmp_path))


def test_a_formula_without_a_result_is_never_overwritten(tmp_path):
    lines = ministry_lines(
        row("养护里程", "≥100公里", "90公里", 20, F("=G10*0.9", ""), "多雨"), total=75
    )
    copy = copy_of(workbook(lines), tmp_path)

    assert opened(copy)["自评表"]["H10"].value == "=G10*0.9"


# ---------------------------------------------------------------- what else a file carries
WRONG = ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 20, "多雨"))


def everything() -> bytes:
    """A form with a wrong score on the sheet that carries everything that a form can carry."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("自评表")
        border = book.add_format({"border": 1})
        for area in spans(WRONG):
            sheet.merge_range(
                area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, "", border
            )
        for number, line in enumerate(WRONG):
            for col, value in enumerate(line):
                _write(book, sheet, border, (number, col), value)
        sheet.write_comment("H10", "原有批注", {"author": "张三"})
        sheet.write_comment("H11", "另一条", {"author": "李四"})
        sheet.protect("secret")
        sheet.insert_textbox("K10", "文本框")
        sheet.print_area("A1:I13")
    return out.getvalue()


def test_an_existing_note_is_kept_and_ours_joined(tmp_path):
    sheet = opened(copy_of(everything(), tmp_path))["自评表"]

    assert "原有批注" in sheet["H10"].comment.text
    assert "应得 18.00" in sheet["H10"].comment.text
    assert sheet["H11"].comment.text.strip() == "另一条"


def test_a_protected_sheet_stays_protected(tmp_path):
    source = everything()
    copy = copy_of(source, tmp_path)
    protection = re.compile(rb"<sheetProtection[^>]*>")

    assert protection.findall(parts(copy)[SHEET]) == protection.findall(parts(source)[SHEET]) != []
    assert "保护" in "".join(str(c.value) for r in opened(copy)["审核结果"].iter_rows() for c in r)


def test_a_discussion_on_a_cell_is_left_alone_and_told(tmp_path):
    discussed = with_thread(everything(), "H10")
    copy = copy_of(discussed, tmp_path)

    name = "xl/threadedComments/threadedComment1.xml"
    assert parts(copy)[name] == parts(discussed)[name]
    assert "应得" not in opened(copy)["自评表"]["H10"].comment.text
    shown = "".join(str(c.value) for r in opened(copy)["审核结果"].iter_rows() for c in r)
    assert "H10 原有批注讨论" in shown
    assert "应得 18.00" in shown


def with_thread(data: bytes, cell: str) -> bytes:
    """A file whose note on a cell is a discussion."""
    sink = parts(kitchen_sink())
    thread = sink["xl/threadedComments/threadedComment1.xml"].replace(
        b'ref="G7"', f'ref="{cell}"'.encode()
    )
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"

    def rel(kind: str, target: str):
        new = f'<Relationship Id="rId91" Type="{kinds}/{kind}" Target="{target}"/></Relationships>'
        return lambda old: old.replace(b"</Relationships>", new.encode())

    declared = (
        b'<Override PartName="/xl/threadedComments/threadedComment1.xml" '
        b'ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
        b'<Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/></Types>'
    )
    return patched(
        data,
        {
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", declared),
            "xl/worksheets/_rels/sheet1.xml.rels": rel(
                "threadedComment", "../threadedComments/threadedComment1.xml"
            ),
            "xl/_rels/workbook.xml.rels": rel("person", "persons/person.xml"),
            "xl/threadedComments/threadedComment1.xml": thread,
            "xl/persons/person.xml": sink["xl/persons/person.xml"],
        },
    )


def with_macros(data: bytes) -> bytes:
    """The same workbook as an .xlsm with a project of macros."""
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    return patched(
        data,
        {
            "[Content_Types].xml": lambda old: old.replace(plain, macro).replace(
                b"<Override",
                b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override',
                1,
            ),
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(
                b"</Relationships>",
                b'<Relationship Id="rId77" Type="'
                + kind
                + b'" Target="vbaProject.bin"/></Relationships>',
            ),
            "xl/vbaProject.bin": bytes(range(256)) * 8,
        },
    )


def test_macros_are_kept_and_the_copy_is_an_xlsm(tmp_path):
    path = tmp_path / "表.xlsm"
    path.write_bytes(with_macros(workbook(WRONG)))

    (result,) = perfxl.audit(path, out=tmp_path / "结果")

    assert result.copy.suffix == ".xlsm"
    after = parts(result.copy.read_bytes())
    assert after["xl/vbaProject.bin"] == bytes(range(256)) * 8
    assert b"macroEnabled" in after["[Content_Types].xml"]


def test_two_forms_on_one_sheet_are_both_marked(copies):
    copy, audits, _ = copies[ROOT / "samples" / "project-hubei-2.xlsx"]
    sheet = opened(copy)[audits[0].form.sheet]

    assert len(audits) == 2
    for cell in ("G15", "G44", "F50"):
        assert sheet[cell].comment is not None


# ---------------------------------------------------------------- user text is data
NASTY = ('=cmd|"/c calc"!A0', "{{ 7*7 }}", "{% for x in y %}", "<b>粗</b>&amp;", "+1+1", "@SUM(A1)", "]]>", "'; DROP--",
         "[red]红[/red]", "\u202e反", "a\tb")  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_what_a_form_says_stands_as_it_is_and_does_nothing(text, tmp_path):
    lines = ministry_lines(row(f"{text}里程", "≥100公里", "90公里", 20, 20))
    lines[2] = ("主管部门", None, "清河县交通局", lines[2][3], "实施单位", text, *lines[2][6:])
    copy = copy_of(workbook(lines), tmp_path)
    book = opened(copy)
    shown = " ".join(text.split())

    def flat(value) -> str:
        return " ".join(str(value or "").split())

    note = flat(book["自评表"]["I10"].comment.text)
    assert "".join(shown.split()) in "".join(note.split())
    result = [cell for line in book["审核结果"].iter_rows() for cell in line]
    assert any("".join(shown.split()) in "".join(flat(cell.value).split()) for cell in result)
    assert all(
        cell.data_type != "f"
        for name in ADDED_SHEETS
        for line in book[name].iter_rows()
        for cell in line
    )
    assert "49" not in {flat(cell.value) for cell in result}
