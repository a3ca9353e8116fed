"""The command line as an auditor meets it: exit codes, copies, machine output, bad files."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import perfxl as package
from perfxl import cli
from perfxl.commands import app
from perfxl.exits import BROKEN
from perfxl.files.find import MARKER
from perfxl.rules.audit import RULES
from tests.conftest import CONSISTENT, REFERENCE, ROOT
from tests.face.run import GOOD, MISUSED, OK, WRONG, perfxl, records
from tests.folder.system import posix
from tests.forms.builder import workbook


@pytest.fixture
def reference(tmp_path):
    path = tmp_path / "收到" / "自评表.xlsx"
    path.parent.mkdir()
    path.write_bytes(REFERENCE.read_bytes())
    return path


# ---------------------------------------------------------------- exit codes and places
def test_a_form_without_fault_ends_in_0(tmp_path):
    code, out, _ = perfxl("audit", CONSISTENT, "-o", tmp_path)

    assert code == OK
    assert "未发现问题" in out


def test_a_form_with_faults_ends_in_1_and_shows_the_table(reference, tmp_path):
    code, out, _ = perfxl("audit", reference, "-o", tmp_path / "结果")

    assert code == WRONG
    for said in (
        "江州市云湖区机关事务服务中心",
        "95.00",
        "95.47",
        "存在错误",
        "自评表-审核.xlsx",
    ):
        assert said in out


def test_the_copy_goes_beside_the_input_and_the_input_stays(reference):
    before = reference.read_bytes()

    perfxl("audit", reference)

    assert reference.read_bytes() == before
    copies = [p for p in reference.parent.rglob("*.xlsx") if p != reference]
    assert [str(p.relative_to(reference.parent)) for p in copies] == [
        str(Path("审核结果", "自评表-审核.xlsx"))
    ]


def test_a_folder_s_copies_go_beside_the_folder_with_its_folders(reference):
    below = reference.parent / "一处" / "二科"
    below.mkdir(parents=True)
    (below / "自评表.xlsx").write_bytes(CONSISTENT.read_bytes())

    code, _, _ = perfxl("audit", reference.parent)

    results = reference.parent.with_name("收到-审核结果")
    assert code == WRONG
    assert sorted(str(p.relative_to(results)) for p in results.rglob("*-审核*.xlsx")) == sorted(
        ["自评表-审核.xlsx", str(Path("一处", "二科", "自评表-审核.xlsx"))]
    )
    assert {p.name for p in reference.parent.rglob("*.xlsx")} == {"自评表.xlsx"}


def test_an_input_is_never_overwritten_even_where_the_copy_would_have_its_name(reference):
    other = reference.with_name("自评表-审核.xlsx")
    other.write_bytes(CONSISTENT.read_bytes())
    before = {p: p.read_bytes() for p in (reference, other)}

    code, _, _ = perfxl("audit", reference, other, "-o", reference.parent)

    assert code == WRONG
    assert {p: p.read_bytes() for p in before} == before
    copies = {p.name for p in reference.parent.glob("*-审核*.xlsx")} - {p.name for p in before}
    assert copies == {"自评表-审核-2.xlsx", "自评表-审核-3.xlsx"}


def test_a_folder_of_results_inside_the_input_is_not_read_again(reference):
    perfxl("audit", reference)
    _, out, _ = perfxl("audit", reference.parent, "--json", "-")

    assert [r["file"] for r in records(out)] == ["自评表.xlsx"]


def test_two_files_of_one_name_have_two_copies(reference, tmp_path):
    other = tmp_path / "又收到" / "自评表.xlsx"
    other.parent.mkdir()
    other.write_bytes(CONSISTENT.read_bytes())

    perfxl("audit", reference, other, "-o", tmp_path / "结果")

    assert len(list((tmp_path / "结果").rglob("*-审核*.xlsx"))) == 2


def test_the_same_run_again_gives_the_same_bytes(reference, tmp_path):
    def run():
        perfxl("audit", reference, "-o", tmp_path / "结果", "--json", tmp_path / "r.jsonl")
        # The ledger tells of every run, so it is not the same after a second one.
        made = [*(tmp_path / "结果").glob("*.xlsx"), tmp_path / "r.jsonl"]
        return {p.name: p.read_bytes() for p in made}

    assert run() == run()


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit",), ("read",), ("audit", "没有.xlsx"), ("audit", "--nonsense", "x.xlsx"), ("nonsense",),
        ("audit", str(REFERENCE), "--policy", "没有"), ("audit", str(REFERENCE), "--lang", "fr"),
        ("audit", str(REFERENCE), "--vocabulary", "没有.toml"), ("read", str(REFERENCE), "--lang"),
    ],
)  # fmt: skip
def test_a_wrong_call_ends_in_2_with_a_chinese_sentence(arguments, tmp_path):
    code, out, errors = perfxl(*arguments, cwd=tmp_path)

    assert code == MISUSED
    assert out == ""
    assert any("\u4e00" <= c <= "\u9fff" for c in errors)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_a_wrong_call(tmp_path):
    code, out, errors = perfxl("audit", tmp_path)

    assert code == MISUSED
    assert "未找到" in out + errors


def test_a_place_that_cannot_be_written_is_told(reference, tmp_path):
    (tmp_path / "挡路").write_text("这是文件")

    code, out, errors = perfxl("audit", reference, "-o", tmp_path / "挡路" / "结果")

    assert code != OK
    assert "无法写入" in out + errors


def test_a_mistake_of_perfxl_s_own_ends_in_a_sentence(monkeypatch, capsys):
    def broken(_):
        raise RuntimeError("无此列")

    monkeypatch.setattr(app, "make_app", broken)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err

    assert ended.value.code == BROKEN
    assert "RuntimeError: 无此列" in said
    assert "送审的文件没有改动" in said
    assert "Traceback" not in said


# ---------------------------------------------------------------- which files
def test_a_folder_is_searched_through_and_locks_are_left_out(tmp_path):
    for name in ("甲.xlsx", "一/乙.xlsx", "一/二/丙.xlsx", "~$甲.xlsx", ".~甲.xlsx", ".隐藏.xlsx", "甲.tmp", "Thumbs.db",
                 "一/说明.txt", "审核结果/旧-审核.xlsx", "一/._乙.xlsx"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook(GOOD))
    (tmp_path / "审核结果" / MARKER).touch()

    code, out, _ = perfxl("read", tmp_path, "--json")

    assert code == OK
    assert {r["file"].replace(os.sep, "/") for r in records(out)} == {
        "甲.xlsx",
        "一/乙.xlsx",
        "一/二/丙.xlsx",
    }


def test_only_folders_that_perfxl_has_worked_in_are_left_out_and_that_is_said(tmp_path):
    for name in ("收/审核结果/甲.xlsx", "收/甲科-审核结果/乙.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook(GOOD))
    _, out, _ = perfxl("audit", tmp_path / "收", "-o", tmp_path / "收" / "一次")
    assert "共 2 个文件" in out
    assert "没有查看" not in out

    _, out, _ = perfxl("audit", tmp_path / "收", "-o", tmp_path / "另一次")
    assert "共 2 个文件" in out
    assert f"没有查看 perfxl 的结果文件夹：{tmp_path / '收' / '一次'}" in out


@posix
def test_what_is_no_file_is_counted(tmp_path):
    (tmp_path / "甲.xlsx").write_bytes(workbook(GOOD))
    (tmp_path / "断.xlsx").symlink_to(tmp_path / "无.xlsx")
    os.mkfifo(tmp_path / "管.xlsx")

    _, out, _ = perfxl("audit", tmp_path, "-o", tmp_path / "结果")

    assert "跳过 2 个" in out


NAMES = ["a b.xlsx", "it's.xlsx", "单位（盖章）.xlsx", "[red].xlsx", "-表.xlsx", "%d{{x}}.xlsx", "好" * 60 + ".xlsx", "表.XLSX",
         "a" * 200 + ".xlsx"]  # fmt: skip
NAMES += [] if os.name == "nt" else ['quo"te.xlsx', "line\nbreak.xlsx"]


@pytest.fixture(scope="module")
def run_on_names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("名") / "收 到"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(workbook(GOOD))
    code, _, _ = perfxl(
        "audit", folder, "-o", folder.with_name("结果"), "--json", folder.with_name("r.jsonl")
    )
    return code, {r["file"]: r for r in records(folder.with_name("r.jsonl").read_text("utf-8"))}


def test_any_name_of_a_file_will_do(run_on_names):
    code, found = run_on_names

    assert code == OK
    assert sorted(found) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_of_any_name_has_its_copy(name, run_on_names):
    copy = run_on_names[1][name]["forms"][0]["copy"]

    assert copy is not None
    assert Path(copy).read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["-表.xlsx", "[red].xlsx"])
def test_a_file_may_be_named_on_the_line_whatever_its_name(name, tmp_path):
    (tmp_path / name).write_bytes(workbook(GOOD))

    code, out, errors = perfxl("read", "--json", "--", name, cwd=tmp_path)

    assert (code, errors) == (OK, "")
    assert records(out)[0]["file"] == name


# ---------------------------------------------------------------- help
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("-h",), ("audit", "--help"), ("read", "-h"), ("rules", "--help"), ()],
)
def test_help_is_in_chinese_and_ends_in_0(arguments):
    code, out, _ = perfxl(*arguments)

    assert code == OK
    assert "用法" in out
    assert "Usage" not in out


def test_every_command_shows_an_example():
    for command in ("audit", "read", "rules"):
        assert f"perfxl {command}" in perfxl(command, "--help")[1]


def test_help_answers_at_once():
    def least(run) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            run()
            times.append(time.perf_counter() - start)
        return min(times)

    bare = least(lambda: subprocess.run([sys.executable, "-c", "import typer"], check=True))
    assert least(lambda: perfxl("--help")) < 3 * bare


def test_the_version_is_the_package_s():
    assert perfxl("--version")[1].strip() == f"perfxl {package.__version__}"


def test_the_rules_are_listed_with_their_clauses():
    code, out, _ = perfxl("rules")

    assert code == OK
    for rule in RULES:
        assert rule.code in out
    assert "备注2" in out


def test_a_reader_that_goes_away_is_no_error(reference):
    if os.name == "nt":
        pytest.skip("pipes of a POSIX shell")
    done = subprocess.run(  # noqa: S602  # a pipe whose reader goes away needs a shell
        f"{sys.executable} -m perfxl read {reference} --json | head -c 10",
        shell=True, capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip

    assert b"Traceback" not in done.stderr


def test_a_mistyped_command_is_told_in_the_users_language():
    code, _, errors = perfxl("adit")

    assert code == MISUSED
    assert "没有“adit”这个命令" in errors
    assert "No such" not in errors


def test_a_form_that_shows_nothing_to_judge_by_is_not_called_faultless(tmp_path):
    lines = [
        [
            cell.replace("实际完成值", "经第三方逐项核验之后的兑现口径")
            if isinstance(cell, str)
            else cell
            for cell in line
        ]
        for line in GOOD
    ]
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(lines))
    _, out, _ = perfxl("audit", path, "-o", tmp_path / "结果")

    assert "未能完整识别" in out
    assert "未发现问题   " not in out


STOPPED = """
import sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder())
sys.argv = ["perfxl", "rules", "--lang", {language!r}]
from perfxl.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["typer", "perfxl.commands.template", "perfxl.screens.screen", "rich.table"]
)
@pytest.mark.parametrize(("language", "word"), [("zh", "已中止。"), ("en", "Aborted.")])
def test_ctrl_c_is_answered_while_the_program_still_starts(module, language, word):
    program = STOPPED.format(module=module, language=language)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (done.returncode, done.stderr.decode("utf-8").split()) == (130, [word])
