"""`perfxl rollup` as a person meets it: exit codes, what is said, what is written."""

import openpyxl
import pytest

import perfxl as package
from tests.face.run import MISUSED, OK, UNREAD, WRONG, perfxl
from tests.forms.builder import G, hubei_lines, ministry_lines, row, workbook

ROADS, BRIDGES = "农村公路养护", "桥梁加固"
LENGTH = row("养护里程", "≥100公里", "100公里", 20, 20)


def submit(folder, name, *rows, project=ROADS, **more):
    """One unit's workbook."""
    path = folder / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ministry_lines(*(rows or (LENGTH,)), unit=name, project=project, **more)
    path.write_bytes(workbook(lines))
    return path


@pytest.fixture
def folder(tmp_path):
    """Two units with one project, one of them with a second."""
    found = tmp_path / "各单位"
    for name in ("甲站", "乙站"):
        submit(found, name)
    submit(found / "桥", "丙站", project=BRIDGES)
    return found


def test_without_a_project_those_found_are_listed(folder):
    code, out, _ = perfxl("rollup", folder)

    assert code == OK
    assert ROADS in out
    assert BRIDGES in out
    assert "--project" in out
    assert "--all" in out
    assert not list(folder.parent.rglob("*汇总*.xlsx"))


def test_a_project_is_rolled_up_into_the_folder_of_results(folder):
    code, _, _ = perfxl("rollup", folder, "--project", f" {ROADS}")

    (written,) = folder.parent.rglob("*汇总*.xlsx")
    assert code == OK
    assert written == folder.with_name("各单位-审核结果") / "各单位汇总.xlsx"
    assert openpyxl.load_workbook(written).sheetnames[1:] == ["汇总过程", "差异"]
    (form,) = package.read(written)[0].forms
    assert form.indicators[0].target.text == "≥200公里"
    assert form.unit.value == "乙站、甲站"


def test_all_projects_have_a_pair_of_sheets_each(folder):
    rolled = package.rollup(folder, out=folder / "汇总.xlsx")

    assert rolled.clean
    names = openpyxl.load_workbook(folder / "汇总.xlsx").sheetnames
    assert names == [ROADS, BRIDGES, "汇总过程 1", "汇总过程 2", "差异"]


def test_rolling_up_again_does_not_count_the_roll_up(folder):
    out = folder / "汇总.xlsx"
    package.rollup(folder, out=out)
    before = out.read_bytes()

    again = package.rollup(folder, out=out)

    assert [source.name for source in again.own] == ["汇总.xlsx"]
    assert len(again.results) == 3
    assert out.read_bytes() == before


def test_a_submission_is_never_written_over(folder):
    submitted = folder / "甲站.xlsx"
    before = submitted.read_bytes()

    code, _, errors = perfxl("rollup", folder, "--all", "-o", submitted)

    assert code == MISUSED
    assert "甲站.xlsx" in errors
    assert submitted.read_bytes() == before


def test_forms_of_two_kinds_become_a_workbook_each(folder):
    goal = G(40, 40, (("养护里程", "≥100公里", "100公里", 40),), ROADS)
    (folder / "甲局.xlsx").write_bytes(workbook(hubei_lines(goal, unit="甲局")))

    rolled = package.rollup(folder, project=ROADS, out=folder.parent / "结果")

    names = sorted(path.name for path in (folder.parent / "结果").glob("*.xlsx"))
    assert len(names) == 2
    assert all(name.startswith("各单位汇总-") for name in names)
    assert sorted(path.name for path in rolled.written) == names


def test_a_file_that_cannot_be_read_is_listed_and_the_others_roll_up(folder):
    (folder / "坏.xlsx").write_bytes(b"no workbook at all")

    code, out, _ = perfxl("rollup", folder, "--project", ROADS, "-o", folder.parent / "汇总.xlsx")

    assert code == UNREAD
    assert "坏.xlsx" in out
    sheet = openpyxl.load_workbook(folder.parent / "汇总.xlsx")["差异"]
    assert "坏.xlsx" in [cell.value for cell in sheet["G"]]


def test_differences_are_told_with_file_sheet_and_cell(folder):
    submit(folder, "丁站", row("养护里程", "≥30次", "30次", 20, 20))
    out = folder.parent / "汇总.xlsx"

    code, said, _ = perfxl("rollup", folder, "--project", ROADS, "-o", out)

    assert code == WRONG
    for words in ("养护里程", "丁站.xlsx", "自评表", "E10"):
        assert words in said
    lines = list(openpyxl.load_workbook(out)["差异"].iter_rows(min_row=3, values_only=True))
    assert ["丁站", "丁站.xlsx", "自评表", "E10", "≥30次"] in [list(line[5:10]) for line in lines]


def test_a_form_without_a_project_s_name_is_told(folder):
    submit(folder, "戊站", project=None)

    rolled = package.rollup(folder, out=folder.parent / "汇总.xlsx")

    assert not rolled.clean
    assert [(one.code, one.sources[0].form.file) for one in rolled.left] == [
        ("no-project", "戊站.xlsx")
    ]
    sheet = openpyxl.load_workbook(folder.parent / "汇总.xlsx")["差异"]
    assert "戊站.xlsx" in [cell.value for cell in sheet["G"]]


def test_one_unit_is_rolled_up_and_told(folder):
    rolled = package.rollup(folder, project=BRIDGES)

    (one,) = rolled.rollups
    assert [told.code for told in one.differences] == ["single-unit"]
    assert rolled.written == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--project", "公路"], ROADS),
        (["--project", ROADS, "--all"], "--all"),
    ],
)
def test_a_wrong_call_is_refused_with_what_to_do(folder, arguments, words):
    code, _, errors = perfxl("rollup", folder, *arguments)

    assert code == MISUSED
    assert words in errors


def test_an_empty_folder_is_said(tmp_path):
    code, out, _ = perfxl("rollup", tmp_path, "--all")

    assert code == MISUSED
    assert out.strip()


def test_everything_is_said_in_english_too(folder):
    submit(
        folder,
        "丁站",
        row("养护里程", "≥30次", None, 20, 20),
        budget=(None, None, 100, 10, None, 5),
    )
    out = folder.parent / "rollup.xlsx"

    code, said, _ = perfxl("rollup", folder, "--all", "-o", out, "--lang", "en")

    assert code == WRONG
    assert "no usable budget" in said
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[2:] == ["Sources 1", "Sources 2", "Differences"]


def test_what_a_unit_writes_is_no_formula_and_no_template(folder):
    words = '=HYPERLINK("x") {{ 1 + 1 }} <b>'
    submit(folder, "丁站", row(words, "有所提升", "{% raw %}", 20, 20), LENGTH)
    out = folder.parent / "汇总.xlsx"

    package.rollup(folder, project=ROADS, out=out)

    book = openpyxl.load_workbook(out)
    texts = [cell for sheet in book for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]  # fmt: skip
    assert all(cell.data_type != "f" for cell in texts)
    # Names are read without white space.
    assert any("{{1+1}}" in "".join(cell.value.split()) for cell in texts)


def test_every_sample_rolls_up(tmp_path):
    from tests.conftest import ROOT

    rolled = package.rollup(ROOT / "samples", out=tmp_path / "汇总.xlsx")

    assert rolled.written
    for one in rolled.rollups:
        for row_ in one.rows:
            value = row_.score.value
            assert value.lo is None or value.hi is None or value.lo <= value.hi
        total = one.total.value
        assert total.lo is None or total.hi is None or total.lo <= total.hi <= 100


def test_a_roll_up_is_written_over_nobody_s_file(folder, tmp_path):
    other = tmp_path / "别的表.xlsx"
    other.write_bytes((folder / "甲站.xlsx").read_bytes())
    code, _, errors = perfxl("rollup", folder, "--project", ROADS, "-o", other)

    assert code == MISUSED
    assert "已经存在" in errors
    assert other.read_bytes() == (folder / "甲站.xlsx").read_bytes()
