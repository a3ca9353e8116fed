"""The command line as an auditor meets it: exit codes, copies, machine output, bad files."""

import io
import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import perfxl as package
from perfxl.rules.audit import RULES
from tests.conftest import CONSISTENT, REFERENCE, ROOT
from tests.forms.builder import ministry_lines, row, workbook
from tests.grid.compound import compound
from tests.ooxml.builders import parts, patched

OK, WRONG, MISUSED, UNREAD = 0, 1, 2, 3
GOOD = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))


def perfxl(*arguments, cwd=None, environment=None):
    """One run of the program: (exit code, output, errors)."""
    clean = {
        k: v for k, v in os.environ.items() if k not in ("PERFXL_LANG", "COLUMNS", "FORCE_COLOR")
    }
    done = subprocess.run(
        [sys.executable, "-m", "perfxl", *map(str, arguments)],
        capture_output=True, check=False, cwd=cwd, timeout=120,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **(environment or {})},
    )  # fmt: skip
    out, errors = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + errors, errors
    return done.returncode, out, errors


def records(text: str):
    return [json.loads(line) for line in text.splitlines()]


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
        "92.40 至 98.03",
        "请查看",
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
    assert sorted(str(p.relative_to(results)) for p in results.rglob("*.xlsx")) == sorted(
        ["自评表-审核.xlsx", str(Path("一处", "二科", "自评表-审核.xlsx"))]
    )
    assert {p.name for p in reference.parent.rglob("*.xlsx")} == {"自评表.xlsx"}


def test_an_input_is_never_overwritten_even_where_the_copy_would_have_its_name(reference):
    other = reference.with_name("自评表-审核.xlsx")
    other.write_bytes(CONSISTENT.read_bytes())
    before = {p: p.read_bytes() for p in (reference, other)}

    code, out, errors = perfxl("audit", reference, other, "-o", reference.parent)

    assert code in (WRONG, MISUSED, UNREAD)
    assert {p: p.read_bytes() for p in before} == before
    assert "覆盖" in out + errors


def test_a_folder_of_results_inside_the_input_is_not_read_again(reference):
    perfxl("audit", reference)
    _, out, _ = perfxl("audit", reference.parent, "--json", "-")

    assert [r["file"] for r in records(out)] == ["自评表.xlsx"]


def test_two_files_of_one_name_have_two_copies(reference, tmp_path):
    other = tmp_path / "又收到" / "自评表.xlsx"
    other.parent.mkdir()
    other.write_bytes(CONSISTENT.read_bytes())

    perfxl("audit", reference, other, "-o", tmp_path / "结果")

    assert len(list((tmp_path / "结果").rglob("*.xlsx"))) == 2


def test_the_same_run_again_gives_the_same_bytes(reference, tmp_path):
    def run():
        perfxl("audit", reference, "-o", tmp_path / "结果", "--json", tmp_path / "r.jsonl")
        return {
            p.name: p.read_bytes() for p in [*(tmp_path / "结果").iterdir(), tmp_path / "r.jsonl"]
        }

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
    assert "没有找到" in out + errors


def test_a_place_that_cannot_be_written_is_told(reference, tmp_path):
    (tmp_path / "挡路").write_text("这是文件")

    code, out, errors = perfxl("audit", reference, "-o", tmp_path / "挡路" / "结果")

    assert code != OK
    assert "无法写入" in out + errors


# ---------------------------------------------------------------- machine output
FORM = ["form", "sheet", "kind", *[n for name in (
    "title", "unit", "year", "department", "project", "money_unit", "basic_expenditure", "project_expenditure",
    "claimed_total", "claimed_grade", "deviation_reason", "improvement") for n in (name, f"{name}_cell")],
    "funds", "goals", "indicators", "unread"]  # fmt: skip
INNER = {
    "funds": ["name", "initial", "budget", "executed", "rate", "weight", "score"],
    "goals": ["name", "label", "weight", "score"],
    "indicators": ["level1", "level2", "level3", "target", "actual", "weight", "score", "reason"],
}
AUDITED = ["policy", "scores", "recomputed_total", "findings", "copy"]
SCORE = ["of", "cell", "claimed", "lo", "hi", "recomputed", "difference", "verdict"]
FINDING = [
    "rule",
    "severity",
    "verdict",
    "sheet",
    "cell",
    "field",
    "claimed",
    "lo",
    "hi",
    "clause",
    "message",
    "causes",
]


def keys_of(name):
    lead = [] if name == "funds" else ["goal"]
    return lead + [key for column in INNER[name] for key in (column, f"{column}_cell")]


def test_what_read_prints_has_the_documented_keys(reference):
    code, out, _ = perfxl("read", reference, "--json")

    (record,) = records(out)
    (form,) = record["forms"]
    assert code == OK
    assert list(record) == ["file", "error", "forms"]
    assert record["error"] is None
    assert sorted(form) == sorted(FORM)
    for name in INNER:
        assert form[name]
        for inner in form[name]:
            assert list(inner) == keys_of(name)
    assert (form["claimed_total"], form["claimed_total_cell"]) == (95, "G90")
    assert (form["funds"][0]["rate"], form["funds"][0]["budget"]) == (0.95, 16728.52)
    assert (form["indicators"][1]["target"], form["indicators"][1]["goal"]) == ("≥95%", 1)
    assert form["money_unit"] == "万元"
    assert (form["department"], form["department_cell"]) == (None, None)


def test_what_audit_prints_has_the_documented_keys(reference, tmp_path):
    code, out, _ = perfxl("audit", reference, "-o", tmp_path / "结果", "--json", "-")

    (record,) = records(out)
    (form,) = record["forms"]
    assert code == WRONG
    assert sorted(form) == sorted([*FORM, *AUDITED])
    assert form["policy"] == "hubei"
    assert all(list(score) == SCORE for score in form["scores"])
    assert all(list(finding) == FINDING for finding in form["findings"])
    assert list(form["recomputed_total"]) == ["lo", "hi", "recomputed"]
    assert all(
        set(cause) >= {"rule", "cell", "message"} for f in form["findings"] for cause in f["causes"]
    )
    assert {s["verdict"] for s in form["scores"]} <= {"符合", "不符", "不适用", "无法判定"}
    assert (tmp_path / "结果" / "自评表-审核.xlsx").samefile(form["copy"])


def test_machine_output_to_a_file_is_what_goes_to_the_screen(reference, tmp_path):
    _, screen, _ = perfxl("audit", reference, "-o", tmp_path / "结果", "--json", "-")
    code, out, _ = perfxl(
        "audit", reference, "-o", tmp_path / "结果", "--json", tmp_path / "r.jsonl"
    )

    assert (tmp_path / "r.jsonl").read_text("utf-8") == screen
    assert code == WRONG
    assert "请查看" in out


def test_one_line_a_file_in_the_order_of_their_names(tmp_path):
    for name in ("丙.xlsx", "甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(workbook(GOOD))

    _, out, _ = perfxl("read", tmp_path, "--json")

    assert [r["file"] for r in records(out)] == sorted(["丙.xlsx", "甲.xlsx", "乙.xlsx"])


def test_english_is_spoken_where_it_is_asked_for(reference, tmp_path):
    _, out, _ = perfxl("audit", reference, "-o", tmp_path / "out", "--lang", "en", "--json", "-")

    (record,) = records(out)
    for finding in record["forms"][0]["findings"]:
        assert "应得" not in finding["message"]
        assert "basis" in finding["message"].lower()


def test_english_on_the_screen_and_in_errors(reference, tmp_path):
    _, out, _ = perfxl("audit", reference, "-o", tmp_path / "out", "--lang", "en")
    _, _, errors = perfxl("audit", tmp_path / "none.xlsx", "--lang", "en")

    assert "自评总分" not in out
    assert "Error" in errors or "rror" in errors
    assert "出错了" not in errors


def test_a_policy_may_be_named(reference, tmp_path):
    _, out, _ = perfxl("audit", reference, "-o", tmp_path, "--policy", "ministry", "--json", "-")

    assert records(out)[0]["forms"][0]["policy"] == "ministry"


def test_words_may_be_added(tmp_path):
    lines = [tuple("丙项数" if v == "得分" else v for v in line) for line in GOOD]
    (tmp_path / "表.xlsx").write_bytes(workbook(lines))
    (tmp_path / "词.toml").write_text('[columns.score]\nis = ["丙项数"]\n', "utf-8")

    _, out, _ = perfxl("read", tmp_path / "表.xlsx", "--json", "--vocabulary", tmp_path / "词.toml")

    assert records(out)[0]["forms"][0]["indicators"][0]["score"] == 20


# ---------------------------------------------------------------- which files
def test_a_folder_is_searched_through_and_locks_are_left_out(tmp_path):
    for name in ("甲.xlsx", "一/乙.xlsx", "一/二/丙.xlsx", "~$甲.xlsx", ".~甲.xlsx", ".隐藏.xlsx", "甲.tmp", "Thumbs.db",
                 "一/说明.txt", "审核结果/旧-审核.xlsx", "一/._乙.xlsx"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook(GOOD))

    code, out, _ = perfxl("read", tmp_path, "--json")

    assert code == OK
    assert {r["file"].replace(os.sep, "/") for r in records(out)} == {
        "甲.xlsx",
        "一/乙.xlsx",
        "一/二/丙.xlsx",
    }


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


# ---------------------------------------------------------------- bad files
def bad_files(folder):
    """Everything that a department sends instead of its form: name → content."""
    good = workbook(GOOD)
    words = [
        tuple("很多" if isinstance(v, int) and n in (4, 9) else v for v in line)
        for n, line in enumerate(GOOD)
    ]
    bomb = folder / "炸弹.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(good).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/big.bin", bytes(20_000_000))
        archive.writestr("xl/worksheets/sheet9.xml", bytes(20_000_000))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    files = {
        "空.xlsx": b"",
        "文字.xlsx": "这不是表格".encode(),
        "网页.xlsx": "<html><body>登录超时</body></html>".encode(),
        "半截.xlsx": good[: len(good) // 2],
        "图片.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "文档.xlsx": b"%PDF-1.7\n" + bytes(100),
        "压缩.xlsx": zipped({"a.txt": b"a"}),
        "旧格式.xlsx": ole + bytes(2000),
        "损坏.xlsx": patched(good, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}),
        "实体.xlsx": patched(
            good, {"xl/sharedStrings.xml": lambda old: b'<!DOCTYPE x [<!ENTITY a "b">]>' + old}
        ),
        "无表.xlsx": workbook([("采购清单", "数量"), ("纸", 5)]),
        "缺表.xlsx": patched(good, {"xl/worksheets/sheet1.xml": None}),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "好.xlsx").write_bytes(good)
    (folder / "文字得分.xlsx").write_bytes(workbook(words))
    return [*files, "炸弹.xlsx"]


def zipped(members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def run_on_bad_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("坏") / "收到"
    folder.mkdir()
    bad = bad_files(folder)
    code, out, errors = perfxl(
        "audit", folder, "-o", folder.with_name("结果"), "--json", folder.with_name("r.jsonl")
    )
    found = {r["file"]: r for r in records(folder.with_name("r.jsonl").read_text("utf-8"))}
    return code, out + errors, found, bad, folder.with_name("结果")


def test_bad_files_end_in_3_and_the_others_are_done(run_on_bad_files):
    code, screen, found, bad, results = run_on_bad_files

    assert code == UNREAD
    assert {name for name, record in found.items() if record["error"]} == set(bad)
    assert sorted(p.name for p in results.iterdir()) == sorted(
        ["好-审核.xlsx", "文字得分-审核.xlsx"]
    )
    assert found["好.xlsx"]["forms"][0]["copy"]
    for name in bad:
        assert name in screen


def test_each_bad_file_has_a_code_and_a_chinese_reason(run_on_bad_files):
    _, _, found, bad, _ = run_on_bad_files

    for name in bad:
        error = found[name]["error"]
        assert list(error) == ["code", "message"]
        assert error["code"] not in ("", "internal"), name
        assert sum("\u4e00" <= c <= "\u9fff" for c in error["message"]) > 8, name
        assert "{" not in error["message"]
        assert found[name]["forms"] == []
    assert len({found[name]["error"]["message"] for name in bad}) >= 7


def test_a_form_whose_scores_are_words_is_read_and_says_so(run_on_bad_files):
    _, _, found, _, _ = run_on_bad_files

    record = found["文字得分.xlsx"]
    assert record["error"] is None
    told = {(f["rule"], f["cell"]) for f in record["forms"][0]["findings"]}
    assert ("unreadable-number", "E5") in told
    assert ("unreadable-number", "H10") in told


def test_an_encrypted_workbook_says_so(tmp_path):
    locked = compound({"EncryptionInfo": bytes(64), "EncryptedPackage": bytes(4096)})
    (tmp_path / "密.xlsx").write_bytes(locked)

    code, out, _ = perfxl("read", tmp_path / "密.xlsx", "--json")

    assert code == UNREAD
    assert records(out)[0]["error"]["code"] == "encrypted"
    assert "密码" in records(out)[0]["error"]["message"]


# ---------------------------------------------------------------- user text on the screen
NASTY = ["[bold red]甲[/]", "=1+1", "{{ 7*7 }}", "<b>乙</b>", "\u202e丙"]


def test_what_a_form_says_reaches_screen_and_json_as_it_is(tmp_path):
    for number, text in enumerate(NASTY):
        lines = list(GOOD)
        lines[2] = ("主管部门", None, "清河县交通局", lines[2][3], "实施单位", text, *lines[2][6:])
        (tmp_path / f"{number}.xlsx").write_bytes(workbook(lines))

    _, screen, _ = perfxl("read", tmp_path)
    _, out, _ = perfxl("read", tmp_path, "--json")

    for record, text in zip(records(out), NASTY, strict=True):
        assert record["forms"][0]["unit"] == text
        assert text.replace("\u202e", " ").strip() in screen
    assert not {"\x1b", "\u202e"} & set(screen)


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
    times = []
    for _ in range(5):
        start = time.perf_counter()
        perfxl("--help")
        times.append(time.perf_counter() - start)

    assert min(times) < 0.25


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
