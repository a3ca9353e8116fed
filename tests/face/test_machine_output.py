"""The machine output: the documented keys, one line a file; languages, policies and words by option."""

import pytest

import perfxl as package
from perfxl.rules.findings import Verdict
from perfxl.rules.records import VERDICTS, score_record
from tests.conftest import REFERENCE, ROOT
from tests.face.run import GOOD, OK, WRONG, perfxl, records
from tests.forms.builder import workbook


@pytest.fixture
def reference(tmp_path):
    path = tmp_path / "收到" / "自评表.xlsx"
    path.parent.mkdir()
    path.write_bytes(REFERENCE.read_bytes())
    return path


FORM = ["form", "sheet", "kind", *[n for name in (
    "title", "unit", "year", "department", "project", "money_unit", "basic_expenditure", "project_expenditure",
    "claimed_total", "claimed_grade", "deviation_reason", "improvement") for n in (name, f"{name}_cell")],
    "funds", "goals", "indicators", "others", "notes", "unread", "cells"]  # fmt: skip
INNER = {
    "funds": ["name", "initial", "budget", "executed", "rate", "weight", "score"],
    "goals": ["name", "label", "weight", "score"],
    "indicators": ["level1", "level2", "level3", "target", "actual", "weight", "score", "reason"],
}
AUDITED = ["policy", "conclusion", "scores", "recomputed_total", "proven", "findings", "copy"]
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
    "cells",
    "clue",
    "causes",
    "problem",
    "kind",
    "goal_name",
    "name",
    "field_name",
    "claimed_text",
    "due",
    "difference",
    "difference_unit",
    "quotation",
    "quoted_from",
    "text",
    "key",
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


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        ("holds", "符合"),
        ("fails", "不符"),
        ("not-applicable", "不适用"),
        ("cannot-judge", "无法判定"),
    ],
)
def test_the_words_of_verdicts_are_stable(verdict, word):
    score = package.audit(REFERENCE)[0].audits[0].total

    written = score_record(score._replace(verdict=Verdict(verdict)))["verdict"]

    assert written == word
    assert f"`{word}`" in (ROOT / "docs" / "machine-output.md").read_text("utf-8")
    assert VERDICTS[word] is Verdict(verdict)  # and a ledger's records are read back


def test_machine_output_to_a_file_is_what_goes_to_the_screen(reference, tmp_path):
    _, screen, _ = perfxl("audit", reference, "-o", tmp_path / "结果", "--json", "-")
    code, out, _ = perfxl(
        "audit", reference, "-o", tmp_path / "结果", "--json", tmp_path / "r.jsonl"
    )

    assert (tmp_path / "r.jsonl").read_text("utf-8") == screen
    assert code == WRONG
    assert "存在错误" in out


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
