"""What an auditor sees at the end of a run, on a terminal of 80 columns and in a pipe."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import perfxl as package
from perfxl import texts
from perfxl.errors import UsageError
from perfxl.exact import Fraction as Exact
from perfxl.exits import MISUSED, OK, UNREAD, WRONG
from perfxl.files.find import Found
from perfxl.jobs.outcome import FormOutcome, Outcome
from perfxl.jobs.work import Settings
from perfxl.rules.audit import RULES
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.short import summarize
from perfxl.runs.audit import AuditRun
from perfxl.runs.tally import Tally
from perfxl.screens.audit import show_audit
from perfxl.screens.screen import Screen
from perfxl.screens.terminal import cells, wrap
from tests.conftest import CONSISTENT, REFERENCE
from tests.face.test_in_process import ran

CLEAN = replace(
    summarize(package.audit(CONSISTENT)[0].audits[0]), name="无错单位", difference=Exact(0)
)
NOT_THERE = texts.load_texts("zh").get("errors/no-such-path", path="没有.xlsx")


def outcome(name, conclusion="errors", off=0, errors=1, file=None):
    """A file with one form that came to something."""
    form = replace(
        CLEAN, name=name, conclusion=Conclusion(conclusion), errors=errors if conclusion == "errors" else 0,
        difference=Exact(Fraction(off)),
    )  # fmt: skip
    file = file or f"{name}.xlsx"
    return Outcome(file, (FormOutcome(form),), copy=Path("结果") / f"{file}-审核.xlsx")


def shown(outcomes, monkeypatch, columns=80, language="zh"):
    monkeypatch.setenv("COLUMNS", str(columns))
    catalogue, tally, out = texts.load_texts(language), Tally(), io.StringIO()
    for one in outcomes:
        tally.add(one, catalogue)
    show_audit(Screen(catalogue, out), AuditRun(Found(), Settings(), Path("结果"), tally=tally))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def listed(lines):
    """The lines of the list, its names first."""
    rule = next(number for number, line in enumerate(lines) if set(line.strip()) == {"─"})
    rows = lines[rule + 1 :]
    return rows[: rows.index("")]


MANY = [
    outcome("甲局", "clean"), outcome("乙局", "errors", off=2), outcome("丙局", "warnings"),
    outcome("丁局", "errors", off=12, errors=3), outcome("戊局", "incomplete"),
]  # fmt: skip


def test_one_line_a_form_and_what_must_be_looked_at_first_on_top(monkeypatch):
    lines = shown(MANY, monkeypatch)

    assert [line.split()[0] for line in listed(lines)] == ["丁局", "乙局", "戊局", "丙局", "甲局"]
    assert listed(lines)[0].split() == ["丁局", "12.00", "3", "0", "存在错误"]
    assert listed(lines)[2].split()[-1] == "未能完整识别"
    assert all(cells(line) <= 80 for line in lines)


def test_the_folder_of_copies_is_told_once(monkeypatch):
    lines = shown(MANY, monkeypatch)

    assert [line for line in lines if "结果" in line and "全部" not in line] == [
        "5 份标注后的副本在文件夹：结果"
    ]


def test_of_one_or_two_forms_everything_is_told(monkeypatch):
    lines = shown(MANY[:2], monkeypatch)

    told = [line.split() for line in lines]
    assert ["单位", "乙局"] in told
    assert ["核减", "2.00"] in told
    assert ["表格", "甲局.xlsx"] in told
    assert f"标注后的副本：{Path('结果') / '甲局.xlsx-审核.xlsx'}" in lines


def test_of_hundreds_only_what_matters_is_listed_and_how_many_more_there_are(monkeypatch):
    some = [outcome(f"{number}局", "clean") for number in range(300)]
    some += [outcome(f"{number}所", "errors", off=number % 9, errors=2) for number in range(60)]

    lines = shown(some, monkeypatch)

    assert len(listed(lines)) == 40
    assert all("所" in line for line in listed(lines))
    assert listed(lines)[0].split()[1] == "8.00"
    assert any("另有 320 张表没有列出，其中 300 张未发现问题" in line for line in lines)


def test_where_only_faultless_forms_are_left_out_that_is_said(monkeypatch):
    some = [outcome(f"{number}局", "clean") for number in range(50)] + [outcome("甲局", off=1)]

    lines = shown(some, monkeypatch)

    assert len(listed(lines)) == 1
    assert any("另有 50 张表没有列出，均未发现问题" in line for line in lines)


def test_several_forms_of_a_unit_are_told_apart_by_their_files(monkeypatch):
    some = [outcome("甲局", off=1, file=f"{number}.xlsx") for number in range(3)]

    assert [line.split()[0] for line in listed(shown(some, monkeypatch))] == [
        "0.xlsx",
        "1.xlsx",
        "2.xlsx",
    ]


def test_a_long_name_does_not_break_the_line(monkeypatch):
    some = [outcome("某" * 60, off=1), *MANY]

    lines = shown(some, monkeypatch)

    assert len(listed(lines)) == len(some)
    assert all(cells(line) <= 80 for line in listed(lines))
    assert any("…" in line for line in listed(lines))


def test_a_wide_terminal_shows_files_and_scores_too(monkeypatch):
    lines = shown(MANY, monkeypatch, columns=140)

    assert listed(lines)[0].split()[:2] == ["丁局", "丁局.xlsx"]
    assert all(cells(line) <= 140 for line in lines)


def test_in_english_nothing_but_names_is_chinese(monkeypatch):
    lines = shown([outcome(one, off=1) for one in "abc"], monkeypatch, language="en")

    assert listed(lines)[0].split()[-2:] == ["has", "errors"]
    assert not any("，" in line or "。" in line for line in lines)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([outcome("甲局", "clean")], OK),
        ([outcome("甲局", "clean"), outcome("乙局", "warnings")], WRONG),
        ([outcome("甲局", "blank")], WRONG),
        ([Outcome("坏.xlsx", code="damaged", reason="损坏"), outcome("甲局")], UNREAD),
        ([replace(outcome("甲局", "clean"), no_copy="磁盘已满")], UNREAD),
    ],
)
def test_the_exit_code_is_the_run_s(outcomes, code):
    tally = Tally()
    for one in outcomes:
        tally.add(one, texts.load_texts("zh"))

    assert tally.exit_code == code


def test_history_has_a_line_a_submission_on_a_narrow_terminal(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "坏.xlsx").write_bytes(b"torn")
    ran("audit", REFERENCE, CONSISTENT, tmp_path / "坏.xlsx", "-o", tmp_path / "结果")

    _, out, _ = ran("history", "-o", tmp_path / "结果")
    rows = [line.split() for line in listed([line.rstrip() for line in out.splitlines()])]

    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert ["存在错误", "-0.47"] in [row[-2:] for row in rows]
    assert ["坏.xlsx", "未能读取"] in [row[2:] for row in rows]
    assert all(cells(line.rstrip()) <= 80 for line in out.splitlines())


def test_rules_are_listed_with_their_clauses_on_a_narrow_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = ran("rules")

    assert all(cells(line.rstrip()) <= 80 for line in out.splitlines())
    assert all(f" {rule.code} " in out for rule in RULES)
    assert "备注2" in out


# ---------------------------------------------------------------- lines
def test_a_chinese_line_breaks_before_no_stop_and_after_no_number():
    text = (
        "共 47 个文件、48 张表：9 张未发现问题，37 张有问题，2 张不是自评表，0 个文件未能读取。" * 3
    )

    for width in range(20, 90):
        lines = wrap(text, width)
        assert all(cells(line) <= width for line in lines)
        assert not any(line.startswith(("，", "。", "、", "：", "个", "张")) for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


# ---------------------------------------------------------------- messages
def test_a_path_that_is_not_there_is_told_as_that():
    for arguments in (
        ("audit", "没有.xlsx"),
        ("read", "没有.xlsx"),
        ("changed", "没有.xlsx", "没有.xlsx"),
    ):
        code, _, errors = ran(*arguments)
        assert code == MISUSED
        assert NOT_THERE in errors


def test_summary_names_no_option_that_means_another_thing_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (("summary",), ("summary", "没有")):
        code, _, errors = ran(*arguments)
        assert code == MISUSED
        assert "找不到台账" in errors
        assert " -o" not in errors
    assert "-o" in ran("history")[2]  # there it names the folder of results


def test_an_error_of_the_python_api_is_a_sentence():
    with pytest.raises(UsageError) as raised:
        package.read("没有.xlsx")

    assert str(raised.value) == NOT_THERE
    assert raised.value.code == "no-such-path"


def test_an_error_of_the_python_api_speaks_the_language_that_is_set(monkeypatch):
    monkeypatch.setenv("PERFXL_LANG", "en")

    assert str(UsageError("no-such-path", path="x")).startswith("“x” was not found")


def test_a_result_s_error_is_a_sentence(tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"torn")

    (result,) = package.audit(tmp_path)

    assert "这不是表格文件" in str(result.error)


def test_a_single_form_is_told_whole(tmp_path):
    code, out, _ = ran("audit", REFERENCE, "-o", tmp_path)

    told = [line.split() for line in out.splitlines()]
    assert code == WRONG
    for line in (["自评总分", "95.00"], ["复核总分", "95.47"], ["结论", "存在错误"]):
        assert line in told
