"""`perfxl inspect`: what was understood, painted on the sheet's own grid."""

import struct

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.face.run import MISUSED, OK, UNREAD, perfxl
from tests.forms.builder import ministry_lines, row, workbook
from tests.programs import screenshot, validator_errors

SAMPLE = ROOT / "samples" / "project-yunnan-2.xlsx"


def test_the_terminal_shows_every_cell_and_lists_what_was_not_understood():
    code, out, errors = perfxl("inspect", SAMPLE)

    assert (code, errors) == (OK, "")
    for text in ("普洛市社会福", "服务老年人", "13160人次", "未识别的单元格 3 个", "C20"):
        assert text in out


def test_the_page_keeps_spans_and_tells_how_each_cell_was_taken(tmp_path):
    page = tmp_path / "读取情况.html"

    assert perfxl("inspect", SAMPLE, "--html", page)[0] == OK

    html = page.read_text("utf-8")
    assert 'rowspan="4"' in html  # 产出指标 over its four rows
    assert 'title="实际完成值（按表头）">13160人次' in html
    assert html.count("background:#FF9999") == 3 + 1  # what is unread, and the legend
    assert "<script" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_a_form_is_data_in_the_page(tmp_path):
    evil = '<img src=x onerror=alert(1)>{{ 7*7 }}"'
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(ministry_lines(row(evil, "≥1项", "1项", 20, 20))))
    page = tmp_path / "page.html"

    assert perfxl("inspect", path, "--html", page)[0] == OK

    html = page.read_text("utf-8")
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}" in html


def test_chromium_shows_the_page(tmp_path):
    page = tmp_path / "page.html"
    perfxl("inspect", SAMPLE, "--html", page)

    picture = screenshot(page, tmp_path / "page.png").read_bytes()

    assert struct.unpack(">II", picture[16:24]) == (1200, 1000)
    assert len(picture) > 50_000  # a blank page has a few thousand bytes


def test_the_painted_copy_colours_cells_and_loses_nothing(tmp_path):
    copy = tmp_path / "copy.xlsx"

    assert perfxl("inspect", SAMPLE, "--xlsx", copy)[0] == OK

    sheet = openpyxl.load_workbook(copy).worksheets[0]
    assert sheet["H13"].fill.fgColor.rgb == "FFE2EFDA"
    assert sheet["D19"].fill.fgColor.rgb == "FFFF9999"
    assert "实际完成值" in sheet["H13"].comment.text
    before = openpyxl.load_workbook(SAMPLE).worksheets[0]
    assert [[c.value for c in line] for line in sheet] == [
        [c.value for c in line] for line in before
    ]
    assert not validator_errors(copy) - validator_errors(SAMPLE)


def test_a_workbook_without_a_form_tells_what_is_missing(tmp_path):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(
        workbook([["项目名称", "主管部门", "年度目标值", "实际完成值"], ["甲", "乙", 1, 1]])
    )

    code, out, _ = perfxl("inspect", path)

    assert code == UNREAD
    for text in ("不是绩效自评表", "目标值", "缺少", "指标名称"):
        assert text in out


@pytest.mark.parametrize("where", ["PERFXL_HOME", "XDG_CONFIG_HOME"])
def test_the_users_own_words_and_policies_are_found(tmp_path, where):
    home = tmp_path if where == "PERFXL_HOME" else tmp_path / "perfxl"
    (home / "policies").mkdir(parents=True)
    (home / "vocabulary.toml").write_text('[columns.actual]\nis = ["年末成绩"]\n', "utf-8")
    ministry = (ROOT / "templates" / "policies" / "ministry.toml").read_text("utf-8")
    (home / "policies" / "county.toml").write_text(
        ministry.replace('"ministry"', '"county"'), "utf-8"
    )
    path = tmp_path / "表.xlsx"
    lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
    path.write_bytes(
        workbook(
            [["年末成绩" if cell == "实际完成值" else cell for cell in line] for line in lines]
        )
    )

    code, out, errors = perfxl("inspect", path, environment={where: str(tmp_path)})
    assert (code, errors) == (OK, "")
    assert "未识别的单元格" not in out

    assert "county" in perfxl("rules", environment={where: str(tmp_path)})[1]


def test_each_of_several_files_gets_its_own_page_and_its_place_is_told(tmp_path):
    other = ROOT / "samples" / "01-参考表.xlsx"

    code, out, _ = perfxl("inspect", SAMPLE, other, "--html", tmp_path / "页.html")

    pages = sorted(path.name for path in tmp_path.iterdir())
    assert code == OK
    assert pages == ["页-01-参考表.xlsx.html", "页-project-yunnan-2.xlsx.html"]
    assert all(f"已写出：{tmp_path / name}" in out for name in pages)


@pytest.mark.parametrize(
    ("command", "option"), [("inspect", "--html"), ("inspect", "--xlsx"), ("audit", "--json")]
)
def test_a_submission_is_never_written_over(tmp_path, command, option):
    path = tmp_path / "表.xlsx"
    path.write_bytes(SAMPLE.read_bytes())

    code, _, errors = perfxl(command, path, option, path)

    assert (code, path.read_bytes()) == (MISUSED, SAMPLE.read_bytes())
    assert "送审的文件，不会被覆盖" in errors


def test_the_terminal_lists_funds_and_goals_with_their_scores():
    _, out, _ = perfxl("read", ROOT / "samples" / "01-参考表.xlsx")

    lines = [line.split() for line in out.splitlines()]
    assert ["部门整体支出总额", "16728.52", "15892.41", "95.0%", "20", "19"] in lines
    assert ["年度绩效目标1：（8分）", "8", "7"] in [line[-3:] for line in lines]


def test_the_language_may_stand_before_the_command():
    code, out, _ = perfxl("--lang", "en", "read", SAMPLE)

    assert code == OK
    assert "Executed" in out
