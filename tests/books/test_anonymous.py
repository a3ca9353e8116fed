"""An anonymous copy: same layout, same numbers, same findings, and nothing that tells whose it was."""

import io
import random
import re
import zipfile

import openpyxl
import pytest

import perfxl
from perfxl import resources
from perfxl.books import anonymous
from perfxl.books.substitutes import load_known_words
from perfxl.files import find
from perfxl.forms.roles import Role
from perfxl.grid.load import load, load_file
from perfxl.jobs import work
from tests.conftest import REFERENCE, ROOT, SAMPLES
from tests.face.run import MISUSED, OK, UNREAD
from tests.face.run import perfxl as run
from tests.forms.builder import LEFT, ministry_lines, row, workbook

pytestmark = pytest.mark.long

FORMATS = [
    path
    for path in sorted((ROOT / "samples").glob("format-*"))
    if path.suffix not in (".json", ".doc")
]
BLIND = sorted((ROOT / "tests" / "blind").glob("forms*/*.xlsx"))
UNIT = "江州市云湖区机关事务服务中心"
OWN = (Role.UNIT, Role.DEPARTMENT, Role.PROJECT, Role.OTHER)
HAN = re.compile(r"[㐀-鿿]+")


def anonymised(path, keep=(), seed=7):
    """(document and forms of a file, the bytes of its anonymous copy, what was not understood)."""
    (source,) = find.find([path]).sources
    result, document = work.read_file(source, work.Settings())
    document = document or work.document(source.path, source.name, None)  # holds no form
    data, unread = anonymous.anonymise(document, result.forms, keep, lots=random.Random(seed))  # noqa: S311
    return document, result.forms, data, unread


def told(audit):
    """What an audit says, without the words of the form."""
    findings = sorted(
        (
            str(one.rule),
            one.severity.name,
            one.field,
            one.cell or "",
            str(one.lo),
            str(one.hi),
            one.clue,
        )
        for one in audit.findings
    )
    total = audit.total
    return findings, total.claimed, total.recomputed


@pytest.mark.parametrize("path", [*SAMPLES, *FORMATS], ids=lambda path: path.name)
def test_the_copy_has_the_findings_of_the_original(path, tmp_path):
    *_, data, _ = anonymised(path)
    copy = tmp_path / "匿名.xlsx"
    copy.write_bytes(data)

    before, after = (perfxl.audit(one)[0] for one in (path, copy))

    assert type(after.error) is type(before.error)
    assert [told(one) for one in after.audits] == [told(one) for one in before.audits]


@pytest.mark.long
@pytest.mark.parametrize("path", BLIND, ids=lambda path: path.stem)
def test_the_copy_of_a_form_that_nobody_prepared_for_has_its_findings_too(path, tmp_path):
    test_the_copy_has_the_findings_of_the_original(path, tmp_path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_layout_and_numbers_stay(path):
    document, _, data, _ = anonymised(path)
    copy = load(data, "匿名.xlsx")

    for before, after in zip(document.grids, copy.grids, strict=True):
        assert set(after.cells) == set(before.cells)
        bottom = max((row for row, _ in before.cells), default=0)
        right = max((col for _, col in before.cells), default=0)
        spans = {one for one in before.spans if one.bottom <= bottom and one.right <= right}
        assert spans <= set(after.spans)
        for at, cell in before.cells.items():
            if not isinstance(cell.value, str | bool) and not hasattr(cell.value, "year"):
                assert after.cells[at].value == cell.value
                assert after.cells[at].text == cell.text


def pieces(text, length=3):
    """Runs of so many Chinese characters; names are not told by less."""
    for run_ in HAN.findall(text):
        yield from (run_[at : at + length] for at in range(len(run_) - length + 1))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_nothing_is_left_of_the_names_of_units_projects_and_people(path):
    """Of a name, no three characters in a row, but for words of forms (部门整体支出, 年度)."""
    document, forms, data, _ = anonymised(path)
    known, _ = load_known_words()
    left = "\n".join(everything(data))

    for form in forms:
        labels = {
            piece
            for at, role in form.roles.items()
            if role not in OWN and at in document.grids[form.sheet_index].cells
            for piece in pieces(document.grids[form.sheet_index].cells[at].text)
        }
        for at, role in form.roles.items():
            cell = document.grids[form.sheet_index].cells.get(at)
            if role in (Role.UNIT, Role.DEPARTMENT) and cell is not None:
                own = set(pieces(cell.text)) - labels
                own = {one for one in own if not any(one in word for word in known)}
                assert [one for one in own if one in left] == []


def everything(data):
    """Every text in any part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            yield name
            yield package.read(name).decode("utf-8", "replace")


def test_of_prose_only_words_of_reasons_stay():
    document, (form,), data, _ = anonymised(REFERENCE)
    at = (form.deviation_reason.row, form.deviation_reason.col)
    before = document.grids[form.sheet_index].cells[at].text
    after = load(data, "匿名.xlsx").grids[form.sheet_index].cells[at].text

    assert len(after) == len(before)
    assert "出现偏差，主要有以下" in before
    for own in ("立体车库", "纪委监委办公楼"):
        assert own in before
        assert own not in after
    assert re.findall(r"\d+", after) == re.findall(r"\d+", before)


def test_the_package_carries_cells_and_nothing_else():
    """No properties, pictures, remarks or formulas: 05 has a stamp, a text box and formulas."""
    *_, data, _ = anonymised(ROOT / "samples" / "05-带公式与图章.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        sheets = [package.read(name) for name in names if "worksheets/sheet" in name]

    assert not [name for name in names if re.search("media|drawing|docProps|comment|custom", name)]
    assert not [one for one in sheets if b"<f>" in one]


def cells(lines, **more):
    data = workbook(lines)
    document = load(data, "自评表.xlsx")
    from perfxl.forms import read
    from perfxl.forms.words import vocabulary

    forms = read.forms(document.grids, "自评表.xlsx", vocabulary.load())
    copy, unread = anonymous.anonymise(document, forms, lots=random.Random(3), **more)  # noqa: S311
    (grid,) = load(copy, "匿名.xlsx").grids
    return {cell.address: cell.text for cell in grid.cells.values()}, unread


def test_who_filled_the_form_in_and_his_telephone_are_gone():
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    lines.append(("填报人：高明三　联系电话：13812345678", *[LEFT] * 8))
    texts, _ = cells(lines)
    (last,) = [text for text in texts.values() if text.startswith("填报人：")]

    assert re.fullmatch(r"填报人：[^高明三]{3}　联系电话：(?!13812345678)\d{11}", last)


def test_who_is_named_in_the_cell_beside_is_gone_too():
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    lines.append(("填报人", LEFT, "万里", LEFT, "联系电话", 8812345, LEFT, "138 1234 5678", None))
    before = {value for value in lines[-1] if value not in (LEFT, None)}
    texts, _ = cells(lines)
    last = {address: text for address, text in texts.items() if address.endswith(str(len(lines)))}

    assert len(last) == len(before)
    assert {text for text in last.values() if text in map(str, before)} == {"填报人", "联系电话"}
    assert not set("万里") & set("".join(last.values()))


def test_a_label_that_is_not_understood_is_named_and_can_be_kept():
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    lines.insert(-1, ("祖冲凛冽", LEFT, "获省级表彰一次", *[LEFT] * 4, 2, None))
    replaced, unread = cells(lines)
    kept, _ = cells(lines, keep=["祖冲凛冽"])

    assert "祖冲凛冽" in [text for _, text in unread]
    assert "祖冲凛冽" not in replaced.values()
    assert "祖冲凛冽" in kept.values()


def test_what_was_the_same_before_still_is_and_copies_differ_from_each_other():
    one, two = (load(anonymised(REFERENCE, seed=seed)[2], "匿名.xlsx") for seed in (1, 2))
    names = [
        [cell.text for cell in book.grids[0].cells.values() if "绩效" not in cell.text]
        for book in (one, two)
    ]
    before = load(REFERENCE.read_bytes(), "表.xlsx").grids[0].cells
    unit = [at for at, cell in before.items() if cell.text == UNIT]
    title = next(cell for cell in before.values() if UNIT[6:] in cell.text)

    assert names[0] != names[1]
    for book in (one, two):
        changed = {book.grids[0].cells[at].text for at in unit}
        assert len(changed) == 1
        assert changed.pop()[6:] in book.grids[0].cells[title.row, title.col].text


def test_no_substitute_is_a_character_of_a_word_that_is_known():
    known = set().union(*load_known_words()[0])

    assert set(resources.words("anonymise")["characters"]) & known == set()


def test_the_command_writes_the_copy_and_leaves_the_form_alone(tmp_path):
    form, out = tmp_path / "自评表.xlsx", tmp_path / "匿名.xlsx"
    form.write_bytes(REFERENCE.read_bytes())

    code, said, errors = run("anonymise", form, "-o", out)

    assert (code, errors) == (OK, "")
    assert "匿名.xlsx" in said
    assert "核对一遍" in said
    assert form.read_bytes() == REFERENCE.read_bytes()
    assert UNIT not in [cell.text for cell in load_file(out).grids[0].cells.values()]


def test_a_form_that_is_not_understood_can_be_made_anonymous_too(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["B2"] = "凛冽之表", "云湖区财政局", 17
    book.save(tmp_path / "表.xlsx")

    code, _, _ = run("anonymise", tmp_path / "表.xlsx", "-o", tmp_path / "匿名.xlsx")

    assert code == OK
    found = load_file(tmp_path / "匿名.xlsx").grids[0].cells
    assert found[2, 2].value == 17
    assert "云湖" not in found[1, 2].text
    assert len(found[1, 2].text) == 6


def test_what_cannot_be_done_is_said(tmp_path):
    there = tmp_path / "有.xlsx"
    there.write_bytes(b"PK\3\4 damaged")

    assert run("anonymise", REFERENCE, "-o", there)[0] == MISUSED
    assert run("anonymise", REFERENCE, "-o", tmp_path / "a.xls")[0] == MISUSED
    assert run("anonymise", tmp_path / "无.xlsx", "-o", tmp_path / "a.xlsx")[0] == MISUSED
    assert run("anonymise", there, "-o", tmp_path / "a.xlsx")[0] == UNREAD
    assert there.read_bytes() == b"PK\3\4 damaged"
