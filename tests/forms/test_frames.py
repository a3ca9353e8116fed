"""Forms as tidy frames: the columns of the design, any number of files at once."""

import json
import subprocess
import sys

import pytest

import perfxl
from perfxl.errors import ConfigError, UsageError
from perfxl.grid import convert
from tests.conftest import REFERENCE, ROOT, SAMPLES

HEAD = ["title", "unit", "year", "department", "project", "money_unit", "basic_expenditure", "project_expenditure",
        "claimed_total", "claimed_grade", "deviation_reason", "improvement"]  # fmt: skip
VALUES = {
    "forms": HEAD,
    "funds": ["name", "initial", "budget", "executed", "rate", "weight", "score"],
    "goals": ["name", "label", "weight", "score"],
    "indicators": ["level1", "level2", "level3", "target", "actual", "weight", "score", "reason"],
}
KEYS = {
    "forms": ["form", "file", "sheet", "kind"],
    "funds": ["form"],
    "goals": ["form", "goal"],
    "indicators": ["form", "goal"],
}
JUDGED = ["lo", "hi", "recomputed", "difference", "verdict"]
FINDINGS = ["form", "rule", "severity", "verdict", "sheet", "cell", "field", "claimed", "lo", "hi", "clause",
            "message", "causes", "clue", "problem", "kind", "goal_name", "name", "field_name", "claimed_text", "due",
            "difference", "difference_unit", "quotation", "quoted_from", "text"]  # fmt: skip


@pytest.fixture(scope="module")
def audited():
    return perfxl.frames(perfxl.audit(ROOT / "samples"))


@pytest.fixture(scope="module")
def read():
    return perfxl.frames(perfxl.read(ROOT / "samples"))


@pytest.mark.parametrize("table", VALUES)
def test_the_columns_of_what_was_read(read, table):
    expected = KEYS[table] + [name for value in VALUES[table] for name in (value, f"{value}_cell")]

    assert list(read[table].columns) == expected


@pytest.mark.parametrize("table", VALUES)
def test_auditing_adds_what_is_admissible(audited, table):
    assert list(audited[table].columns)[-5:] == JUDGED


def test_auditing_adds_the_findings(audited, read):
    assert list(audited["findings"].columns) == FINDINGS
    assert "findings" not in read


def test_a_form_has_one_row_under_a_key_of_its_own(audited):
    forms = audited.forms

    old = convert.program() is not None  # the one sample that only LibreOffice can read
    readings = [p for p in (ROOT / "samples").glob("*.json") if old or p.stem != "format-doc"]
    assert len(forms) == sum(len(json.loads(path.read_text("utf-8"))["forms"]) for path in readings)
    assert forms["form"].is_unique
    for table in ("funds", "goals", "indicators", "findings"):
        assert set(audited[table]["form"]) <= set(forms["form"])


def test_a_value_stands_beside_its_cell(audited):
    rows = audited.indicators[audited.indicators["form"].str.startswith(REFERENCE.name)]
    row = rows[rows["score_cell"] == "G63"].iloc[0]

    assert len(rows) == 62
    assert (row["goal"], row["level1"], row["level3"]) == (7, "产出指标", "项目数")
    assert (row["target"], row["actual"], row["score"]) == ("3", "2", 1)
    assert (row["target_cell"], row["actual_cell"]) == ("E63", "F63")
    assert round(row["hi"], 2) == 0.67
    assert round(row["difference"], 2) == 0.33


def test_many_files_at_once_are_what_each_gives_alone(read):
    def told(frame):
        return frame.astype(object).where(frame.notna(), None).values.tolist()

    for path in SAMPLES[:4]:
        alone = perfxl.frames(perfxl.read(path))
        for table in VALUES:
            together = read[table][read[table]["form"].isin(alone.forms["form"])]
            assert told(together) == told(alone[table])


def test_frames_of_nothing_have_their_columns():
    empty = perfxl.frames([])

    assert {name: len(frame) for name, frame in empty.items()} == dict.fromkeys(VALUES, 0)
    assert "target" in empty.indicators.columns


def test_frames_take_results_forms_and_audits_alike():
    result = perfxl.audit(REFERENCE)[0]

    assert len(perfxl.frames([result]).findings) == len(perfxl.frames(result.audits).findings)
    assert len(perfxl.frames(result.forms).indicators) == 62


def test_a_file_that_cannot_be_read_is_a_result_and_leaves_no_row(tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "好.xlsx").write_bytes(REFERENCE.read_bytes())

    results = perfxl.audit(tmp_path)

    assert [(r.file, r.error is None) for r in results] == [("坏.xlsx", False), ("好.xlsx", True)]
    assert len(perfxl.frames(results).forms) == 1


def test_paths_may_be_one_or_several_texts_or_paths():
    one = perfxl.read(str(REFERENCE))
    several = perfxl.read([REFERENCE, str(SAMPLES[1])])

    assert [r.file for r in several] == [REFERENCE.name, SAMPLES[1].name]
    assert one[0].forms == several[0].forms


def test_an_audit_writes_nothing_without_a_folder(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(REFERENCE.read_bytes())

    assert perfxl.audit(path)[0].copy is None
    assert [p.name for p in tmp_path.iterdir()] == ["表.xlsx"]

    (result,) = perfxl.audit(path, out=tmp_path / "结果")
    assert result.copy is not None
    assert result.copy.parent == tmp_path / "结果"


def test_a_wrong_call_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(UsageError):
        perfxl.read(tmp_path / "没有.xlsx")
    with pytest.raises(UsageError):
        perfxl.audit(REFERENCE, policy="没有的办法")
    with pytest.raises(UsageError):
        perfxl.audit(REFERENCE, lang="fr", out=tmp_path)
    with pytest.raises(ConfigError):
        perfxl.audit(REFERENCE, vocabulary=[tmp_path / "没有.toml"])


HEAVY = ("pandas", "numpy", "openpyxl", "jinja2", "typer", "rich", "python_calamine")


@pytest.mark.parametrize(
    ("code", "without"),
    [
        ("import perfxl", (*HEAVY, "lxml")),
        (f"import perfxl; perfxl.read({str(REFERENCE)!r})", HEAVY),
        (
            f"import perfxl; perfxl.audit({str(REFERENCE)!r})",
            ("pandas", "numpy", "openpyxl", "typer"),
        ),
    ],
)
def test_what_is_heavy_is_not_imported_before_it_is_needed(code, without):
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip

    assert set(done.stdout.split()) & set(without) == set()
