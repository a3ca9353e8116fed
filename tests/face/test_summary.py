"""perfxl summary, and the summary after each run, as a person meets them."""

import csv
import shutil
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pytest

import perfxl as package
from tests.conftest import REFERENCE, ROOT
from tests.face.run import MISUSED, OK, UNREAD, WRONG, perfxl
from tests.folder.forms import form

pytestmark = pytest.mark.long

LIST = 7
UNIT, PROJECT, CONCLUSION, CLAIMED, RECOMPUTED, FILE = 1, 2, 3, 4, 5, 16
"""The list begins in this row; some of its columns, from 0."""


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "收到"
    (folder / "甲科").mkdir(parents=True)
    for number in range(3):
        (folder / "甲科" / f"单位{number}.xlsx").write_bytes(form(number, wrong=number == 2))
    shutil.copy(REFERENCE, folder / "参考表.xlsx")
    return folder


@pytest.fixture
def results(inbox, tmp_path):
    assert perfxl("audit", inbox, "-o", tmp_path / "结果")[0] == WRONG
    return tmp_path / "结果"


def listed(path):
    sheet = openpyxl.load_workbook(path)["总览"]
    return {row[FILE]: row for row in sheet.iter_rows(min_row=LIST, values_only=True)}


def title(path):
    return openpyxl.load_workbook(path)["总览"]["A2"].value


def sheet(path, name):
    rows = openpyxl.load_workbook(path)[name].iter_rows(min_row=2, values_only=True)
    return [list(row) for row in rows]


def test_a_run_over_a_folder_leaves_a_summary_with_links_to_the_copies(inbox, tmp_path):
    code, out, _ = perfxl("audit", inbox, "-o", tmp_path / "结果")
    path = tmp_path / "结果" / "汇总.xlsx"

    assert code == WRONG
    assert str(path) in out
    sheet = openpyxl.load_workbook(path)["总览"]
    assert sheet[f"Q{LIST}"].value == "甲科/单位2.xlsx"
    for row in sheet.iter_rows(min_row=LIST):
        target = row[FILE].hyperlink.target.replace("\\", "/")
        assert (path.parent / target).is_file()


def test_one_file_alone_makes_no_summary_but_keeps_one_true(inbox, tmp_path):
    one, out = inbox / "参考表.xlsx", tmp_path / "结果"
    perfxl("audit", one, "-o", out)
    assert not (out / "汇总.xlsx").exists()

    perfxl("audit", inbox, "-o", out)
    shutil.copy(ROOT / "samples" / "02-一致.xlsx", one)
    perfxl("audit", one, "-o", out)
    assert listed(out / "汇总.xlsx")["参考表.xlsx"][CONCLUSION] == "未发现问题"
    assert len(listed(out / "汇总.xlsx")) == 4


def test_a_summary_that_says_it_all_is_not_written_again(inbox, results):
    before = (results / "汇总.xlsx").stat().st_mtime_ns
    perfxl("audit", inbox, "-o", results)
    assert (results / "汇总.xlsx").stat().st_mtime_ns == before

    (inbox / "新.xlsx").write_bytes(form(9))
    perfxl("audit", inbox, "-o", results)
    assert "新.xlsx" in listed(results / "汇总.xlsx")


def test_a_moved_submission_is_told_once_and_one_that_is_gone_stays(inbox, results):
    (inbox / "甲科" / "单位0.xlsx").rename(inbox / "单位0.xlsx")
    (inbox / "甲科" / "单位1.xlsx").unlink()
    perfxl("audit", inbox, "-o", results)

    files = set(listed(results / "汇总.xlsx"))
    gone = "甲科/单位1.xlsx（原文件已不在原处）"
    assert files == {"参考表.xlsx", "单位0.xlsx", gone, "甲科/单位2.xlsx"}
    assert "其中 1 张的原文件已移走或删除" in title(results / "汇总.xlsx")


def test_files_that_failed_are_on_their_sheet(inbox, tmp_path):
    (inbox / "坏.xlsx").write_bytes(b"no workbook")
    assert perfxl("audit", inbox, "-o", tmp_path / "结果")[0] == UNREAD

    sheet = openpyxl.load_workbook(tmp_path / "结果" / "汇总.xlsx")["未能读取"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["坏.xlsx"]


def test_units_that_should_have_submitted(inbox, results, tmp_path):
    names = tmp_path / "名单.txt"
    names.write_bytes("江州市云湖区机关事务服务中心\n某某镇人民政府,联系人\n\n".encode("gb18030"))
    code, _, errors = perfxl("summary", results, "--expected", names, "-o", tmp_path / "表.xlsx")

    assert (code, errors) == (OK, "")
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")["横向比较"]
    told = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "没有提交"]
    assert len(told) == 1
    assert "某某镇人民政府" in told[0]


def test_the_same_file_from_two_units_is_told(inbox, tmp_path):
    shutil.copy(inbox / "参考表.xlsx", inbox / "乙局.xlsx")
    perfxl("audit", inbox, "-o", tmp_path / "结果")

    sheet = openpyxl.load_workbook(tmp_path / "结果" / "汇总.xlsx")["横向比较"]
    told = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0] == "同一个文件"]
    assert [set(row[2].split("、")) for row in told] == [{"乙局.xlsx", "参考表.xlsx"}]


def test_the_frames_as_files(inbox, results, tmp_path):
    (inbox / "甲科" / "单位0.xlsx").rename(inbox / "甲科" / "=cmd.xlsx")
    perfxl("audit", inbox, "-o", results)
    code, _, _ = perfxl("summary", results, "--export", tmp_path / "数据")

    assert code == OK
    names = ("forms", "funds", "goals", "indicators", "findings")
    assert {path.name for path in (tmp_path / "数据").iterdir()} == {
        f"{name}.{suffix}" for name in names for suffix in ("csv", "parquet")
    }
    frames = {name: pd.read_parquet(tmp_path / "数据" / f"{name}.parquet") for name in names}
    assert len(frames["forms"]) == 4
    read = [one for result in package.read(inbox) for one in result.forms]
    assert len(frames["indicators"]) == sum(len(one.indicators) for one in read)
    reference = frames["forms"].query("file == '参考表.xlsx'").iloc[0]
    assert (reference.claimed_total, reference.lo, reference.recomputed, reference.verdict) == (
        95.0,
        pytest.approx(92.4, abs=0.01),
        95.47,
        "不符",
    )
    assert frames["goals"].recomputed.dtype == float
    for name in names:
        with (tmp_path / "数据" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(frames[name])
        assert not [
            cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))
        ]


def test_nothing_to_sum_up_is_a_wrong_call(tmp_path):
    code, _, errors = perfxl("summary", tmp_path)

    assert code == MISUSED
    assert "台账" in errors


def test_a_list_of_units_that_cannot_be_read_is_told_before_the_run(inbox, tmp_path):
    code, _, errors = perfxl(
        "audit", inbox, "-o", tmp_path / "结果", "--expected", tmp_path / "无.txt"
    )

    assert code == MISUSED
    assert "无.txt" in errors
    assert not (tmp_path / "结果").exists()


def test_a_summary_that_cannot_be_written_does_not_lose_the_audits(inbox, tmp_path):
    (tmp_path / "结果" / "汇总.xlsx").mkdir(parents=True)
    code, out, errors = perfxl("audit", inbox, "-o", tmp_path / "结果")

    assert code == WRONG
    assert "汇总没有写出" in out + errors
    assert len(list((tmp_path / "结果").rglob("*-审核.xlsx"))) == 4


def test_in_english(inbox, tmp_path):
    perfxl("audit", inbox, "-o", tmp_path / "out", "--lang", "en")

    assert openpyxl.load_workbook(tmp_path / "out" / "汇总.xlsx").sheetnames[0] == "Overview"


def test_a_summary_among_the_submissions_is_no_submission(inbox):
    perfxl("audit", inbox, "-o", inbox)
    code, out, _ = perfxl("audit", inbox, "-o", inbox, "--again")

    assert code == WRONG
    assert "共 4 个文件" in out


def test_a_workbook_of_that_name_that_is_none_of_ours_stays(inbox):
    """The results may go where the submissions are."""
    (inbox / "汇总.xlsx").write_bytes(form(7))
    for _ in range(2):
        _, out, _ = perfxl("audit", inbox, "-o", inbox)
        assert "共 5 个文件" in out
        assert str(inbox / "汇总-2.xlsx") in out
    assert (inbox / "汇总.xlsx").read_bytes() == form(7)
    assert "汇总.xlsx" in listed(inbox / "汇总-2.xlsx")


def test_remarks_in_the_summary_stay(inbox, results):
    book = openpyxl.load_workbook(results / "汇总.xlsx")
    book["总览"]["S9"] = "已电话核实"
    book.save(results / "汇总.xlsx")
    (inbox / "新.xlsx").write_bytes(form(9))
    perfxl("audit", inbox, "-o", results)

    assert openpyxl.load_workbook(results / "汇总.xlsx")["总览"]["S9"].value == "已电话核实"
    assert "新.xlsx" in listed(results / "汇总-2.xlsx")


def test_a_summary_is_written_over_nobody_s_file(inbox, results):
    before = (inbox / "参考表.xlsx").read_bytes()
    code, _, errors = perfxl("summary", results, "-o", inbox / "参考表.xlsx")

    assert code == MISUSED
    assert "已经存在" in errors
    assert (inbox / "参考表.xlsx").read_bytes() == before


def test_links_lead_to_the_copies_from_wherever_the_summary_is(inbox, results, tmp_path):
    target = tmp_path / "别处" / "一" / "表.xlsx"
    for _ in range(2):  # its own work it writes over
        assert perfxl("summary", results, "-o", target)[0] == OK
    for row in openpyxl.load_workbook(target)["总览"].iter_rows(min_row=LIST):
        link = unquote(row[FILE].hyperlink.target.replace("\\", "/"))
        assert (target.parent / link).is_file()


def test_a_form_that_was_submitted_anew_is_counted_once(inbox, results, tmp_path):
    whole = listed(results / "汇总.xlsx")["参考表.xlsx"]
    (inbox / "参考表.xlsx").unlink()
    book = openpyxl.load_workbook(REFERENCE)
    book.active["Z99"] = "第二稿"
    book.save(inbox / "参考表（修改）.xlsx")
    perfxl("audit", inbox, "-o", results)

    now = listed(results / "汇总.xlsx")
    assert set(now) == {"参考表（修改）.xlsx", *(f"甲科/单位{n}.xlsx" for n in range(3))}
    assert "另有 1 张已重新报送" in title(results / "汇总.xlsx")
    [row] = sheet(results / "汇总.xlsx", "已被替换")
    scores = [whole[CLAIMED], whole[RECOMPUTED]]
    assert row == [whole[UNIT], whole[PROJECT], "参考表.xlsx", *scores, "参考表（修改）.xlsx"]


def test_a_renamed_file_is_no_double_even_when_all_are_put_away(inbox, results):
    (inbox / "参考表.xlsx").rename(inbox / "参考表-更名.xlsx")
    perfxl("audit", inbox, "-o", results)
    inbox.rename(inbox.with_name("归档"))
    perfxl("summary", results)

    book = openpyxl.load_workbook(results / "汇总.xlsx")
    assert len(listed(results / "汇总.xlsx")) == 4
    assert "同一个文件" not in [row[0] for row in sheet(results / "汇总.xlsx", "横向比较")]
    assert book["总览"]["A2"].value.startswith("共 4 张表")


def test_a_double_is_one_even_when_all_are_put_away(inbox, tmp_path):
    shutil.copy(inbox / "参考表.xlsx", inbox / "另一个.xlsx")
    perfxl("audit", inbox, "-o", tmp_path / "结果")
    inbox.rename(inbox.with_name("归档"))
    perfxl("summary", tmp_path / "结果")

    assert "同一个文件" in [row[0] for row in sheet(tmp_path / "结果" / "汇总.xlsx", "横向比较")]


def test_a_bad_file_that_was_taken_out_is_settled(inbox, tmp_path):
    (inbox / "坏.xlsx").write_bytes(b"no workbook")
    perfxl("audit", inbox, "-o", tmp_path / "结果")
    (inbox / "坏.xlsx").unlink()
    _, out, _ = perfxl("summary", tmp_path / "结果")

    assert "未能读取" not in out
    assert sheet(tmp_path / "结果" / "汇总.xlsx", "未能读取")[0][0] == "（没有）"


def test_another_unit_s_file_of_the_same_name_takes_nobody_s_copy(tmp_path):
    for name, number in (("一", 1), ("二", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "表.xlsx").write_bytes(form(number))
        (tmp_path / name / f"别的{number}.xlsx").write_bytes(form(number + 10))
        perfxl("audit", tmp_path / name, "-o", tmp_path / "结果")
        (tmp_path / name).rename(tmp_path / f"{name}-收起")

    copies = sorted(path.name for path in (tmp_path / "结果").glob("表-审核*.xlsx"))
    assert copies == ["表-审核-2.xlsx", "表-审核.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "结果" / "汇总.xlsx")
    links = [row[FILE].hyperlink.target for row in book["总览"].iter_rows(min_row=LIST)]
    assert len(set(links)) == 4


def test_files_of_one_content_are_told_apart_in_the_frames(inbox, results, tmp_path):
    shutil.copy(inbox / "参考表.xlsx", inbox / "乙局.xlsx")
    perfxl("audit", inbox, "-o", results)
    perfxl("summary", results, "--export", tmp_path / "数据")

    forms = pd.read_parquet(tmp_path / "数据" / "forms.parquet")
    rows = pd.read_parquet(tmp_path / "数据" / "indicators.parquet")
    assert forms.form.is_unique
    assert set(rows.form) == set(forms.form)
    assert [one.startswith("乙局.xlsx#") for one in forms.form].count(True) == 1


def test_our_own_summary_is_no_submission_under_any_name(inbox, results):
    shutil.copy(results / "汇总.xlsx", inbox / "2026年总表.xlsx")
    code, out, _ = perfxl("audit", inbox, "-o", results)

    assert code == UNREAD
    assert "perfxl 自己写出的汇总工作簿" in out


def test_who_is_missing_is_said_at_once(inbox, tmp_path):
    names = tmp_path / "名单.txt"
    names.write_text("某某镇人民政府\n江州市云湖区机关事务服务中心\n", "utf-8")
    _, out, _ = perfxl("audit", inbox, "-o", tmp_path / "结果", "--expected", names)

    assert "名单里有 1 个单位没有提交自评表：某某镇人民政府。" in out
