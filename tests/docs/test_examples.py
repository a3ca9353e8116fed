"""The forms of examples/ are what their script draws, and show what examples/README.md says of them."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys

import pytest

import perfxl
from perfxl.commands.app import run
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
RELAXED, KEPT = (
    EXAMPLES / "批复核对" / "自评" / f"{unit}.xlsx" for unit in ("清河县公路站", "平湖县公路站")
)
FIRST, SECOND = (
    EXAMPLES / "重新报送" / name / "云湖区图书馆.xlsx" for name in ("第一次", "第二次")
)
TOTAL = "94.76"


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.xlsx")
    }


def test_the_script_draws_the_forms_that_stand_there(tmp_path):
    for name in ("samples", "docs"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.xls*", "*.png")
        )

    subprocess.run([sys.executable, tmp_path / "samples" / "examples.py"], check=True)

    assert digests(tmp_path / "examples") == digests(EXAMPLES)


def test_the_roll_up_comes_to_what_was_worked_out_by_hand(tmp_path):
    out = io.StringIO()

    code = run(
        [
            "rollup",
            str(EXAMPLES / "汇总"),
            "--project",
            "农村公路养护",
            "-o",
            str(tmp_path / "汇总.xlsx"),
        ],
        out,
    )

    assert code == 0
    assert TOTAL in out.getvalue()
    assert TOTAL in (EXAMPLES / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def compared():
    done = perfxl.audit(EXAMPLES / "批复核对" / "自评", approved=EXAMPLES / "批复核对" / "批复")
    return {result.file: result.audits[0].findings for result in done}


def test_only_the_approved_targets_show_what_was_relaxed(compared):
    alone = perfxl.audit(RELAXED)[0].audits[0].findings
    found = {(str(one.severity), str(one.rule), one.message) for one in compared[RELAXED.name]}

    assert [one for one in alone if str(one.severity) != "note"] == []
    assert {
        ("error", "approved-target", "lowered"),
        ("error", "approved-indicator", "dropped"),
        ("warning", "approved-indicator", "added"),
    } <= found


def test_a_form_that_keeps_to_what_was_approved_is_not_accused(compared):
    assert [one for one in compared[KEPT.name] if str(one.severity) != "note"] == []


def test_the_resubmission_raises_a_score_and_nothing_that_it_is_for(tmp_path):
    out = io.StringIO()
    for form in (FIRST, SECOND):
        run(["audit", str(form), "-o", str(tmp_path)], io.StringIO())

    code = run(["changed", str(FIRST), str(SECOND), "-o", str(tmp_path)], out)

    assert code == 0
    assert "读者满意度 得分 9.44 → 10，实际完成值未变" in out.getvalue()
    before, after = (perfxl.audit(form)[0].audits[0].findings for form in (FIRST, SECOND))
    assert [str(one.severity) for one in before if str(one.severity) != "note"] == ["warning"]
    assert [str(one.severity) for one in after if str(one.severity) != "note"] == ["error"]


# ---------------------------------------------------------------- the Chinese pages
def test_the_example_of_the_chinese_vocabulary_page_is_the_english_one():
    def example(name):
        (block,) = re.findall(
            r"```toml\n(.*?)```", (ROOT / "docs" / name).read_text("utf-8"), re.DOTALL
        )
        return [line for line in block.splitlines() if not line.startswith("#")]

    assert example("vocabulary.zh.md") == example("vocabulary.md")


def test_the_example_of_the_chinese_page_on_machine_output_is_the_english_one():
    def example(name):
        text = (ROOT / "docs" / name).read_text("utf-8")
        return json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])

    assert example("machine-output.zh.md") == example("machine-output.md")


def test_the_chinese_roll_up_comes_to_the_results_of_the_english_one():
    def results(name):
        table = (ROOT / "docs" / name).read_text("utf-8").rpartition("| --- |\n")[2]
        return [line.strip("| \n").rpartition("| ")[2].strip() for line in table.splitlines()]

    chinese, english = results("rollup.zh.md"), results("rollup.md")

    assert len(chinese) > 10
    assert set(chinese) <= set(english)
