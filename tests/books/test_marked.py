"""The marked copy: the submitted file itself, nothing lost, everything found made visible."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter

import pytest

from perfxl.books import plan
from perfxl.rules.findings import Severity
from tests import programs
from tests.books.marking import ADDED_SHEETS, EDITED, ZH, copy_of, marking, planned
from tests.conftest import CONSISTENT, REFERENCE, ROOT, SAMPLES
from tests.ooxml.builders import parts
from tests.ooxml.helpers import lost, opened, values


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
        or (local == "sheetView" and attribute == "tabSelected")  # the copy opens on its results
        or (local == "workbookView" and attribute == "activeTab")
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
            for part in finding.parts or (finding,):
                assert ZH.finding(part) in sheet.cell(part.row, part.col).comment.text
            here = sheet.cell(finding.row, finding.col)
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
        (a.form.sheet, *place)
        for a in audits
        for f in a.findings
        if f.severity is not Severity.NOTE
        for place in f.places
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
    for said in ("自评 2", "应得 1.80", "2×90%÷100%", "多计 0.20", "备注2"):
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
    assert sheet["G29"].value is None  # still open: words, between 80 and 100 %


def test_a_reviewers_column_is_filled_where_the_form_has_one(copies):
    copy, audits, _ = copies[ROOT / "samples" / "project-ministry-2.xlsx"]
    form = audits[0].form
    place = next(item for item in form.indicators if item.score.cell == "H14").review

    sheet = opened(copy)[form.sheet]
    assert sheet.cell(place.row, place.col).value == 9.5
    assert sheet.cell(place.row, place.col).fill.fgColor.rgb[-6:] == "DDEBF7"


# ---------------------------------------------------------------- other programs
@pytest.fixture(scope="module")
def validator():
    # Asking whether it is there takes seconds: once is enough.
    if programs._validator_command() is None:
        programs._missing("ooxml-validator")
    return programs.validator_errors


@pytest.mark.long
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_microsofts_validator_finds_no_new_error(path, copies, tmp_path, validator):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(copies[path][0])

    # A file saved by some programs has errors of its own; only then is it asked about, it takes long.
    found = validator(copy)
    assert found == set() or found - validator(path) == set()


@pytest.mark.long
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
