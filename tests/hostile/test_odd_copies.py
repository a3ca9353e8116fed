"""Copies of workbooks that are odd inside: right, or redrawn and said so; never wrong."""

import io
import re
import warnings
from pathlib import Path

import openpyxl
import pytest

from perfxl import texts
from perfxl.files.find import Source
from perfxl.grid import load
from perfxl.jobs import work
from perfxl.jobs.work import Settings
from perfxl.ooxml.parts.archive import Archive
from tests.face.run import GOOD
from tests.forms.builder import ministry_lines, row, workbook
from tests.hostile import fuzz
from tests.hostile.heavy import SHEET
from tests.ooxml.builders import parts, patched

pytestmark = pytest.mark.long

SETTINGS = Settings()
RELATIONS = "xl/_rels/workbook.xml.rels"
WRONG = workbook(ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 20)))
REDRAWN = texts.load_texts("zh").get("result/redrawn_uncertain", reason="×").partition("×")[0]
MANY = 200


def copy_of(data, name="表.xlsx"):
    result, found = work.audit_file(Source(Path(name), name), SETTINGS, data)
    assert result.error is None
    return result, work.marked_copy(result, found, SETTINGS)


def is_redrawn(copy):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles that a fresh workbook does without
        book = openpyxl.load_workbook(io.BytesIO(copy))
    return any(REDRAWN in str(cell) for line in book["审核结果"].values for cell in line)


def twice(pattern):
    return lambda xml: re.sub(pattern, lambda match: match[0] * 2, xml, count=1)


ODD = {
    "a cell twice": {SHEET: twice(rb'<c r="H10"[^<>]*><v>[^<]*</v></c>')},
    "a row twice": {SHEET: twice(rb'<row r="10".*?</row>')},
    "styles that are not there": {"xl/styles.xml": None},
    "the id of a relationship twice": {RELATIONS: twice(rb'<Relationship Id="rId1"[^<>]*/>')},
    "a relationship without an id": {RELATIONS: lambda xml: xml.replace(b'Id="rId4"', b'Id=""')},
    "the theme as styles": {RELATIONS: lambda xml: xml.replace(b"styles.xml", b"theme/theme1.xml")},
    "listings inside each other": {
        RELATIONS: lambda xml: xml.replace(
            b"<Relationship ", b"<Relationships><Relationship ", 1
        ).replace(b"</Relationships>", b"</Relationships></Relationships>")
    },
    "listings that end twice": {RELATIONS: lambda xml: xml + b"</Relationships>"},
}


@pytest.mark.parametrize("odd", ODD)
def test_a_workbook_that_leaves_a_doubt_is_redrawn_and_says_so(odd):
    data = patched(WRONG, ODD[odd])

    result, copy = copy_of(data)

    assert result.no_copy is None
    assert is_redrawn(copy)
    for place, cell in load.load(data, "表.xlsx").grids[0].cells.items():
        assert load.load(copy, "表.xlsx").grids[0].cells[place].value == cell.value


def test_a_number_that_stands_in_a_cell_twice_is_not_written_over():
    stored = re.search(rb'<c r="H10"[^<>]*><v>([^<]*)</v></c>', parts(WRONG)[SHEET])
    data = patched(
        WRONG,
        {SHEET: lambda xml: xml.replace(stored[0], stored[0] + stored[0].replace(stored[1], b"6"))},
    )

    _, copy = copy_of(data)

    assert load.load(copy, "表.xlsx").grids[0].cells[10, 8].text == "6"


def test_a_good_workbook_is_edited_in_place():
    assert not is_redrawn(copy_of(WRONG)[1])


def test_listings_whose_name_differs_in_case_are_there_once():
    listing = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    )
    data = patched(WRONG, {"xl/worksheets/_rels/Sheet1.xml.rels": listing})

    _, copy = copy_of(data)

    names = [member.name for member in Archive.open(copy).members]
    assert [n for n in names if n.casefold().endswith("_rels/sheet1.xml.rels")] == [
        "xl/worksheets/_rels/Sheet1.xml.rels"
    ]
    assert b"comments" in parts(copy)["xl/worksheets/_rels/Sheet1.xml.rels"]


def test_names_with_backslashes_have_slashes_in_the_copy():
    data = patched(WRONG, {})
    for name in ("xl/workbook.xml", SHEET):  # of one length: lengths and offsets stay
        data = data.replace(name.encode(), name.replace("/", "\\").encode())

    _, copy = copy_of(data)

    assert not any(b"\\" in member.raw_name for member in Archive.open(copy).members)
    assert (
        load.load(copy, "表.xlsx").grids[0].cells[10, 8].value
        == load.load(data, "表.xlsx").grids[0].cells[10, 8].value
    )


def test_boxes_whose_part_is_missing_are_named_once():
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = patched(WRONG, {
        SHEET: lambda xml: xml.replace(b"</worksheet>", b'<legacyDrawing xmlns:r="%b" r:id="rId9"/></worksheet>' % office.encode()),
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="{office}/vmlDrawing" Target="../drawings/no.vml"/></Relationships>'.encode(),
    })  # fmt: skip

    _, copy = copy_of(data)

    assert not is_redrawn(copy)
    made = parts(copy)
    assert made[SHEET].count(b"<legacyDrawing") == 1
    listed = made["xl/worksheets/_rels/sheet1.xml.rels"]
    assert listed.count(b'Id="rId9"') == 1
    assert b"no.vml" not in listed
    assert openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0]["H10"].comment


def test_one_cell_far_out_makes_a_redrawn_copy_no_larger():
    far = [list(line) for line in GOOD]
    data = patched(
        workbook(far),
        {
            SHEET: lambda xml: xml.replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            ),
            **ODD["styles that are not there"],
        },
    )

    _, copy = copy_of(data)

    assert is_redrawn(copy)
    assert len(copy) < 5_000_000


def test_mutants_of_the_samples_come_to_a_clean_end(capsys):
    assert fuzz.run(seconds=600, seed=1, most=MANY) == {}
