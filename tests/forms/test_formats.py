"""One sample of every file format: what it reads as, and what its marked copy shows."""

import re
import zipfile

import pytest
from lxml import etree

import perfxl
from perfxl.forms.records import form_record
from perfxl.grid import convert
from perfxl.grid.sniff import kind_of
from perfxl.rules.findings import Severity
from tests import programs
from tests.books.marking import ZH
from tests.conftest import ROOT, expected_reading

# The sample whose content it has, and what kind of file it is.
FORMATS = {
    "format-xlsm.xlsm": ("project-ministry-1", "xlsm"),
    "format-xltx.xltx": ("project-yunnan-1", "xltx"),
    "format-strict.xlsx": ("department-hubei-1", "xlsx"),
    "format-prefixed.xlsx": ("transfer-1", "xlsx"),
    "format-xls.xls": ("department-hubei-1", "xls"),
    "format-et.et": ("project-yunnan-1", "xls"),
    "format-xlsb.xlsb": ("project-ministry-1", "xlsb"),
    "format-ods.ods": ("transfer-1", "ods"),
    "format-html.xls": ("project-ministry-1", "html"),
    "format-xml2003.xls": ("department-hubei-1", "xml2003"),
    "format-docx.docx": ("project-hubei-1", "docx"),
    "format-doc.doc": ("project-hubei-1", "doc"),
}
IN_PLACE = {"xlsm": ".xlsm", "xltx": ".xltx", "xlsx": ".xlsx"}


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    """Gives the result of a sample's audit, its copy made; LibreOffice is asked once."""
    folder = tmp_path_factory.mktemp("copies")
    done = {}

    def of(name):
        if name not in done:
            (done[name],) = perfxl.audit(ROOT / "samples" / name, out=folder)
        return done[name]

    return of


@pytest.fixture(params=FORMATS)
def file(request):
    if FORMATS[request.param][1] == "doc" and convert.program() is None:
        programs._missing("LibreOffice")
    return request.param


def findings(result, moved=None):
    """What was found: rule, place, claim and what is admissible."""
    return [
        (
            found.rule,
            found.severity,
            found.verdict,
            found.field,
            (moved or {}).get(found.cell, found.cell),
            found.claimed,
            found.lo,
            found.hi,
            len(found.causes),
        )
        for audit in result.audits
        for found in audit.findings
    ]


def cells_of(node):
    """Every address of a reading, in order."""
    if isinstance(node, list):
        return [cell for item in node for cell in cells_of(item)]
    return [
        cell
        for key, value in node.items()
        for cell in (cells_of(value) if isinstance(value, list) else [value])
        if isinstance(value, list) or key.endswith("cell")
    ]


def notes(copy):
    """The notes of a workbook by address, whatever its namespaces."""
    found = {}
    with zipfile.ZipFile(copy) as archive:
        for name in archive.namelist():
            if re.search(r"comments?\d*\.xml$", name):
                for note in etree.fromstring(archive.read(name)).iter("{*}comment"):
                    found[note.get("ref")] = "".join(note.itertext())
    return found


def texts_of(copy):
    with zipfile.ZipFile(copy) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return ["".join(etree.fromstring(archive.read(name)).itertext()) for name in sheets]


def test_there_is_a_sample_of_every_format():
    here = {path.name for path in (ROOT / "samples").glob("format-*") if path.suffix != ".json"}

    assert here == set(FORMATS)
    assert {kind_of((ROOT / "samples" / name).read_bytes()) for name in here} == {
        kind for _, kind in FORMATS.values()
    }


def test_a_file_is_what_its_bytes_say(file):
    assert kind_of((ROOT / "samples" / file).read_bytes()) == FORMATS[file][1]


def test_every_format_reads_as_its_expected_reading(file, audits):
    result = audits(file)
    assert result.error is None
    expected = expected_reading(ROOT / "samples" / file)["forms"]

    found = [form_record(form) for form in result.forms]

    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        for key in theirs:
            assert ours[key] == theirs[key], key


def test_the_findings_are_those_of_the_same_form_as_xlsx(file, audits):
    source = ROOT / "samples" / f"{FORMATS[file][0]}.xlsx"
    theirs, ours = (
        expected_reading(source)["forms"],
        expected_reading(ROOT / "samples" / file)["forms"],
    )
    moved = dict(zip(cells_of(theirs), cells_of(ours), strict=True))

    expected = findings(audits(source.name), moved)

    assert len(expected) > 0
    assert findings(audits(file)) == expected


def test_the_marked_copy_shows_every_finding_at_its_cell(file, audits):
    result = audits(file)
    expected = {}
    for audit in result.audits:
        for found in audit.findings:
            if found.severity is not Severity.NOTE and found.cell:
                expected.setdefault(found.cell, []).append(ZH.finding(found))

    assert result.no_copy is None
    shown = notes(result.copy)
    for cell, messages in expected.items():
        for message in messages:
            assert message in shown[cell]
    assert all(len(form.sheet) > 0 for form in result.forms)


def test_a_copy_that_is_no_edit_of_the_file_says_that_it_was_redrawn(file, audits):
    kind = FORMATS[file][1]
    copy = audits(file).copy
    label = ZH.get("result/redrawn", format=kind)

    assert any(label in text for text in texts_of(copy)) == (kind not in IN_PLACE)
    assert copy.suffix == IN_PLACE.get(kind, ".xlsx")
    assert kind_of(copy.read_bytes()) == (kind if kind in IN_PLACE else "xlsx")


def test_the_copy_is_judged_as_the_file_was(file, audits):
    (again,) = perfxl.audit(audits(file).copy)

    assert again.error is None
    assert findings(again) == findings(audits(file))
