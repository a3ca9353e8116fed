"""perfxl fill and perfxl template, run as a person runs them."""

import shutil

import openpyxl
import pytest

import perfxl as pf
from perfxl.exact import Fraction
from tests.books.workbooks import template
from tests.conftest import CONSISTENT, REFERENCE, ROOT
from tests.face.run import MISUSED, OK, UNREAD, perfxl


@pytest.fixture
def form(tmp_path):
    return shutil.copy(REFERENCE, tmp_path / "自评表.xlsx")


def test_a_clean_copy_goes_beside_the_input(form, tmp_path):
    before = form.read_bytes()
    code, out, errors = perfxl("fill", form)

    assert (code, errors) == (OK, "")
    assert (tmp_path / "审核结果" / "自评表-清稿.xlsx").is_file()
    assert "5 项得分与自评不同" in out
    assert form.read_bytes() == before


def test_a_clean_copy_of_a_given_name(form, tmp_path):
    assert perfxl("fill", form, "-o", tmp_path / "甲.xlsx")[0] == OK
    assert openpyxl.load_workbook(tmp_path / "甲.xlsx").sheetnames == [
        "部门整体绩效自评表",
        "填写说明",
    ]


def test_a_folder_of_forms_into_a_folder_one_bad_file_costs_itself(form, tmp_path):
    inbox = tmp_path / "收到"
    (inbox / "甲局").mkdir(parents=True)
    shutil.copy(form, inbox / "甲局" / "表.xlsx")
    shutil.copy(ROOT / "samples" / "format-xls.xls", inbox / "表.xls")
    (inbox / "坏.xlsx").write_bytes(b"no workbook")
    code, out, _ = perfxl("fill", inbox, "-o", tmp_path / "清稿")

    assert code == UNREAD
    assert "坏.xlsx" in out
    made = {
        str(path.relative_to(tmp_path / "清稿")) for path in (tmp_path / "清稿").rglob("*.xlsx")
    }
    assert made == {"表.xls-清稿.xlsx", "甲局/表-清稿.xlsx"}


def test_several_files_need_a_folder(form, tmp_path):
    shutil.copy(form, tmp_path / "二.xlsx")
    code, _, errors = perfxl("fill", form, tmp_path / "二.xlsx", "-o", tmp_path / "甲.xlsx")

    assert code == MISUSED
    assert "文件夹" in errors


def test_a_submission_is_never_written_over(form):
    before = form.read_bytes()

    assert perfxl("fill", form, "-o", form)[0] == MISUSED
    assert form.read_bytes() == before


def test_a_template_of_one_s_own_and_its_mistakes(form, tmp_path):
    own = tmp_path / "模板.xlsx"
    own.write_bytes(template([["{{ unit }}"], [None, "{{ totla }}"]]))
    code, out, _ = perfxl("fill", form, "--template", own, "-o", tmp_path / "甲.xlsx")
    assert code == UNREAD
    assert all(word in out for word in ("模板.xlsx", "B2", "totla"))
    assert not (tmp_path / "甲.xlsx").exists()

    own.write_bytes(template([["{{ unit }}"], [None, "{{ claimed_total }}"]]))
    assert perfxl("fill", form, "--template", own, "-o", tmp_path / "甲.xlsx")[0] == OK
    assert openpyxl.load_workbook(tmp_path / "甲.xlsx")["表"]["B2"].value == 95.47


def test_a_blank_form_is_made(tmp_path):
    code, out, _ = perfxl(
        "template", "new", "department", "-o", tmp_path / "空表.xlsx", "--goals", 10, "--year", 2026
    )
    sheet = openpyxl.load_workbook(tmp_path / "空表.xlsx").active

    assert code == OK
    assert "空表.xlsx" in out
    assert sheet["A1"].value.startswith("2026年度")
    assert sum("年度绩效目标" in str(row[0].value) for row in sheet.iter_rows()) == 10


def test_no_file_is_written_over_by_a_blank_form_or_by_the_copy(form, tmp_path):
    own = tmp_path / "模板.xlsx"
    own.write_bytes(template([["{{ unit }}"]]))
    before = form.read_bytes(), own.read_bytes()

    assert perfxl("template", "new", "department", "-o", form)[0] == MISUSED
    assert perfxl("fill", form, "--template", own, "-o", own)[0] == MISUSED
    assert (form.read_bytes(), own.read_bytes()) == before


def test_the_forms_are_listed_in_both_languages():
    zh, en = perfxl("template", "list")[1], perfxl("template", "list", "--lang", "en")[1]

    assert all(
        name in zh and name in en for name in ("department", "project-hubei", "project", "transfer")
    )
    assert "转移支付绩效自评表" in zh
    assert "transfer payment" in en


@pytest.mark.parametrize(
    "arguments",
    [("nothing", "-o", "x.xlsx"), ("department",), ("department", "-o", "x.xlsx", "--goals", "0")],
)
def test_a_wrong_call_ends_in_2(arguments, tmp_path):
    code, _, errors = perfxl("template", "new", *arguments, cwd=tmp_path)

    assert code == MISUSED
    assert errors
    assert not list(tmp_path.iterdir())


def test_a_template_is_checked(tmp_path):
    own = tmp_path / "模板.xlsx"
    own.write_bytes(template([["{{ unit }}"], ["{% for goal in goals %}"], ["{{ goal.name }}"]]))
    code, _, errors = perfxl("template", "check", own)
    assert code == MISUSED
    assert all(word in errors for word in ("模板.xlsx", "A2", "endfor"))

    own.write_bytes(
        template(
            [["{{ unit }}"], ["{% for goal in goals %}"], ["{{ goal.name }}"], ["{% endfor %}"]]
        )
    )
    code, out, _ = perfxl("template", "check", own, "-o", tmp_path / "试填.xlsx")
    assert code == OK
    assert all(word in out for word in ("3 行", "unit", "goals"))
    assert openpyxl.load_workbook(tmp_path / "试填.xlsx").active["A3"].value == "示例"


@pytest.mark.parametrize("name", ["department", "project", "project-hubei", "transfer"])
def test_the_official_forms_pass_the_check(name):
    assert perfxl("template", "check", ROOT / "templates" / "forms" / f"{name}.xlsx")[0] == OK


def test_from_python(form, tmp_path):
    results = pf.fill(form, out=tmp_path / "清稿")

    assert [result.copy.name for result in results] == ["自评表-清稿.xlsx"]
    assert results[0].audits[0].total.recomputed == Fraction(9547, 100)


def test_a_clean_copy_that_somebody_worked_on_stays(tmp_path):
    for _ in range(2):
        assert perfxl("fill", REFERENCE, "-o", tmp_path / "清稿")[0] == OK
    [copy] = (tmp_path / "清稿").glob("*.xlsx")
    book = openpyxl.load_workbook(copy)
    book.active["Z1"] = "已核"
    book.save(copy)
    perfxl("fill", REFERENCE, "-o", tmp_path / "清稿")

    assert openpyxl.load_workbook(copy).active["Z1"].value == "已核"
    assert len(list((tmp_path / "清稿").glob("*.xlsx"))) == 2


def test_a_clean_copy_is_written_over_nobody_s_file(tmp_path):
    other = tmp_path / "别的.xlsx"
    other.write_bytes(CONSISTENT.read_bytes())
    code, _, errors = perfxl("fill", REFERENCE, "-o", other)

    assert code == MISUSED
    assert "已经存在" in errors
    assert other.read_bytes() == CONSISTENT.read_bytes()
