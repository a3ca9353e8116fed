"""The marked copy: the submitted file itself, nothing lost, everything found made visible."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter

import pytest
import xlsxwriter

import perfxl
from perfxl import texts
from perfxl.books import marked, plan
from perfxl.folder import work
from perfxl.folder.find import Source
from perfxl.rules.findings import Severity
from tests import programs
from tests.conftest import CONSISTENT, REFERENCE, ROOT, SAMPLES
from tests.forms.builder import F, _write, ministry_lines, row, spans, workbook
from tests.ooxml.builders import SHEET, kitchen_sink, parts, patched
from tests.ooxml.helpers import lost, opened, values

ZH = texts.of("zh")
ADDED_SHEETS = {"审核结果", "重算过程"}
# Parts that an edit in place may change or add; every other part is copied byte for byte.
EDITED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/styles\.xml|(.*/)?_rels/[^/]*\.rels|xl/worksheets/sheet\d+\.xml"
    r"|xl/comments\d*(/comment)?\d*\.xml|xl/drawings/vmlDrawing\d+\.vml|perfxl/.*"
)


def marking(path):
    """(bytes of a file's marked copy, its audits, the document it was made from)."""
    source = Source(path, path.name)
    result, document = work.audit_file(source, work.Settings())
    assert result.error is None
    return marked.mark(document, result.audits, ZH), result.audits, document


def copy_of(data: bytes, folder, name="表.xlsx") -> bytes:
    path = folder / name
    path.write_bytes(data)
    return marking(path)[0]


@pytest.fixture(scope="module")
def copies():
    return {path: marking(path) for path in SAMPLES}


@pytest.fixture
def of(copies, sample):
    return (sample.read_bytes(), *copies[sample])


def planned(copy, audits, document):
    """What a person expects to be written on the form's own sheets."""
    right = {
        grid.index: max([c for _, c in grid.cells] + [s.right for s in grid.spans if s.right < 200])
        for grid in document.grids
    }
    return plan.plans(audits, ZH, marked._beyond_print_areas(document.book, right))


# ---------------------------------------------------------------- nothing is lost
def test_every_part_but_those_that_carry_marks_is_the_submitted_one(of):
    before, after = parts(of[0]), parts(of[1])

    for name, content in before.items():
        if not EDITED.fullmatch(name):
            assert after[name] == content, name
    assert {name for name in after.keys() - before.keys() if not EDITED.fullmatch(name)} == set()


def test_nothing_is_lost_from_the_parts_that_carry_marks(of):
    before, after = parts(of[0]), parts(of[1])

    for name, content in before.items():
        if content == after[name] or not name.endswith((".xml", ".rels", ".vml")):
            continue
        gone = lost(content, after[name])
        # A cell that is filled or coloured has another style and value; everything else stays.
        gone = {key: n for key, n in gone.items() if not _marks_of_a_cell(key)}
        assert gone == {}, name


def _marks_of_a_cell(key) -> bool:
    if not isinstance(key, tuple):
        return False
    tag, attribute, _ = key
    local = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    return (
        (local == "c" and attribute in ("s", "t"))
        or (local == "dimension" and attribute == "ref")
        or (local in ("col", "row") and attribute in ("min", "max"))
        or (local == "idmap" and attribute.endswith("data"))  # more shapes on a sheet, more numbers
    )


def test_an_independent_reader_finds_exactly_the_planned_edits(of):
    source, copy, audits, document = of
    before, after = values(source), values(copy)
    expected = planned(copy, audits, document)

    assert set(after) - set(before) == ADDED_SHEETS
    for index, sheet in enumerate(before):
        marks = expected.get(index, plan.Plan())
        written = {**marks.values, **marks.margin, **marks.heads}
        changed = {
            at
            for at in before[sheet].keys() | after[sheet].keys()
            if before[sheet].get(at) != after[sheet].get(at)
        }
        assert changed <= set(written), sheet
        for at in set(written) - marks.values.keys():
            assert at not in before[sheet]
        for at, value in written.items():
            found = after[sheet][at]
            assert (
                (found == value) if isinstance(value, str) else (abs(found - float(value)) < 1e-9)
            )


def test_formulas_stand_as_they_were_with_their_results(of):
    before, after = parts(of[0]), parts(of[1])
    formula = re.compile(
        rb"<c [^>]*r=\"([A-Z]+[0-9]+)\"[^>]*>(<f\b.*?(?:</f>|/>)<v>[^<]*</v>)", re.DOTALL
    )

    for name in before:
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            assert Counter(formula.findall(before[name])) == Counter(formula.findall(after[name]))


# ---------------------------------------------------------------- the same again
def test_marking_twice_gives_the_same_bytes(copies, sample):
    assert marking(sample)[0] == copies[sample][0]


def test_marking_a_marked_copy_gives_the_same_bytes(copies, sample, tmp_path):
    again = copy_of(copies[sample][0], tmp_path, sample.name)

    assert again == copies[sample][0]


def test_new_parts_carry_no_time_of_day(copies):
    with zipfile.ZipFile(io.BytesIO(copies[REFERENCE][0])) as archive:
        assert {
            info.date_time[:3]
            for info in archive.infolist()
            if info.filename.startswith("xl/worksheets/sheet")
        } <= {(1980, 1, 1)}


# ---------------------------------------------------------------- everything found is visible
def test_every_finding_has_its_note_and_its_colour(of):
    source, copy, audits, _ = of
    book, before = opened(copy), values(source)

    for audit in audits:
        sheet = book[audit.form.sheet]
        for finding in audit.findings:
            if finding.severity is Severity.NOTE or not finding.row:
                continue
            here = sheet.cell(finding.row, finding.col)
            assert ZH.finding(finding) in here.comment.text
            blank = (finding.row, finding.col) not in before[audit.form.sheet]
            filled = blank and here.value is not None
            colours = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C"}
            others = {
                f.severity for f in audit.findings if (f.row, f.col) == (finding.row, finding.col)
            }
            gravest = Severity.ERROR if Severity.ERROR in others else finding.severity
            assert here.fill.fgColor.rgb[-6:] == ("DDEBF7" if filled else colours[gravest])


def test_only_findings_and_filled_blanks_are_coloured(of):
    source, copy, audits, _ = of
    before, after = opened(source), opened(copy)
    marked_cells = {
        (a.form.sheet, f.row, f.col)
        for a in audits
        for f in a.findings
        if f.severity is not Severity.NOTE
    }
    for sheet in before.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                mine = after[sheet.title].cell(cell.row, cell.column)
                colour = mine.fill.fgColor.rgb
                if colour != cell.fill.fgColor.rgb:
                    if colour[-6:] == "DDEBF7":
                        assert cell.value is None
                    elif colour[-6:] != "D9E1F2":
                        assert (sheet.title, cell.row, cell.column) in marked_cells


def test_the_reference_form_shows_its_six_findings_and_no_more(copies):
    sheet = opened(copies[REFERENCE][0])["绩效自评表"]
    colours = {
        cell.coordinate: cell.fill.fgColor.rgb[-6:]
        for line in sheet.iter_rows(max_col=7)
        for cell in line
        if cell.fill.fgColor.rgb[-6:] in ("FFC7CE", "FFEB9C", "DDEBF7")
    }

    assert colours == {
        "G61": "FFC7CE", "G63": "FFC7CE", "G72": "FFC7CE", "G23": "FFEB9C", "G75": "FFEB9C", "B91": "FFEB9C",
    }  # fmt: skip
    note = sheet["G72"].comment.text
    for said in ("自评 2", "应得 1.80", "2 × 90% ÷ 100%", "多计 0.20", "备注2"):
        assert said in note


def test_the_consistent_form_carries_no_mark_on_its_own_cells(copies):
    sheet = opened(copies[CONSISTENT][0]).worksheets[0]

    assert [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.comment] == []


def test_the_sheet_of_results_links_to_the_cells(copies):
    book = opened(copies[REFERENCE][0])
    sheet = book["审核结果"]
    links = {
        link.ref: link.location
        for link in (c.hyperlink for r in sheet.iter_rows() for c in r)
        if link
    }
    shown = "\n".join(str(c.value) for r in sheet.iter_rows() for c in r if c.value is not None)

    for cell in ("G61", "G63", "G72", "G23", "G75", "B91"):
        assert f"'绩效自评表'!{cell}" in links.values()
    assert "95.00" in shown
    assert "3 项错误、3 项提醒" in shown


def test_the_sheet_of_steps_has_every_score(copies, sample):
    copy, audits, _ = copies[sample]
    sheet = opened(copy)["重算过程"]
    shown = {c.value for r in sheet.iter_rows(max_col=1) for c in r}

    for audit in audits:
        assert {score.place.cell for score in audit.scores if score.place.cell} <= shown


def test_the_margin_stands_outside_the_print_area(copies):
    sheet = opened(copies[REFERENCE][0])["绩效自评表"]

    heads = [
        tuple(line) for line in sheet.iter_rows(min_col=8, max_col=10, max_row=8, values_only=True)
    ]
    assert ("复核得分", "差额", "复核意见") in heads
    assert sheet["H63"].value == pytest.approx(0.67)
    assert sheet["I63"].value == pytest.approx(0.33)
    assert "$G$" in str(sheet.print_area)
    assert "$H" not in str(sheet.print_area)


def test_blank_scores_are_filled(copies):
    path = ROOT / "samples" / "04-空白待填.xlsx"
    copy, audits, _ = copies[path]
    sheet = opened(copy)[audits[0].form.sheet]

    found = {
        cell: sheet[cell].value
        for cell in ("G7", "G8", "G10", "G11", "G13", "G14", "G16", "G18", "G19", "G22")
    }
    assert found == {
        "G7": 19, "G8": 7.17, "G10": 1, "G11": 2.37, "G13": 2, "G14": 8, "G16": 1, "G18": 1, "G19": 1, "G22": 1,
    }  # fmt: skip
    assert all(sheet[cell].fill.fgColor.rgb[-6:] == "DDEBF7" for cell in found)
    assert sheet["G25"].value is None  # still open: words, between 80 and 100 %


def test_a_reviewers_column_is_filled_where_the_form_has_one(copies):
    copy, audits, _ = copies[ROOT / "samples" / "project-ministry-2.xlsx"]
    form = audits[0].form
    place = next(item for item in form.indicators if item.score.cell == "H14").review

    sheet = opened(copy)[form.sheet]
    assert sheet.cell(place.row, place.col).value == 9.5
    assert sheet.cell(place.row, place.col).fill.fgColor.rgb[-6:] == "DDEBF7"


# ---------------------------------------------------------------- formulas
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


# ---------------------------------------------------------------- other programs
@pytest.fixture(scope="module")
def validator():
    # Asking whether it is there takes seconds: once is enough.
    if programs._validator_command() is None:
        programs._missing("ooxml-validator")
    return programs.validator_errors


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_microsofts_validator_finds_no_new_error(path, copies, tmp_path, validator):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(copies[path][0])

    # A file saved by some programs has errors of its own; only then is it asked about, it takes long.
    found = validator(copy)
    assert found == set() or found - validator(path) == set()


def test_libreoffice_opens_every_copy(copies, tmp_path):
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        programs._missing("LibreOffice")
    for number, (copy, _, _) in enumerate(copies.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(copy)

    # One process for all: starting the program is what takes its time.
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.xlsx"))],
        capture_output=True, timeout=programs.LIMIT, check=True,
    )  # fmt: skip

    found = sorted(tmp_path.glob("*.pdf"))
    assert len(found) == len(copies)
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in found)
