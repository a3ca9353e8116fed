"""Whatever is raised for one file of ten, at whatever stage, the other nine are done as if it were not there."""

import io
import json
import zipfile

import openpyxl
import pytest

from perfxl.commands import app
from perfxl.jobs import pool
from tests.face.run import OK, UNREAD, WRONG
from tests.forms.builder import ministry_lines, row, workbook

pytestmark = pytest.mark.long

BAD = "第四单位"
UNITS = [f"第{number}单位" for number in "〇一二三四五六七八九"]
IN_WORKER = (
    "perfxl.grid.load.load",
    "perfxl.forms.read.forms",
    "perfxl.jobs.work.audit",
    "perfxl.jobs.work.audit_file",
    "perfxl.books.marked.mark",
    "perfxl.files.place.write",
    "perfxl.rules.short.summarize",
    "perfxl.jobs.outcome.audit_record",
    "perfxl.jobs.outcome.outcome_of_result",
)
IN_PARENT = (
    "perfxl.files.intake.take",
    "perfxl.files.names.Names.give",
    "perfxl.runs.batch.Task",
    "perfxl.ledger.rows.form_row",
    "perfxl.ledger.store.result_row",
    "perfxl.runs.tally.Tally._count",
    "perfxl.screens.audit._row",
    "perfxl.machine.outcome_line",
    "perfxl.books.summary.rows.form_rows",
    "perfxl.rules.across.traits",
    "perfxl.books.summary.overview.form_cells",
    "perfxl.runs.summary_data._entry",
)
ERRORS = {
    "overflow": "OverflowError('cannot convert float infinity to integer')",
    "memory": "MemoryError()",
    "depth": "RecursionError('maximum recursion depth exceeded')",
    "ours": "UsageError('bad-address', address='?')",
}
REASONS = ("意外", "单元格地址", "内存", "太大")
PRELUDE = """
import importlib
from perfxl.errors import UsageError

def break_stage(path, bad, error):
    name, _, attribute = path.rpartition(".")
    try:
        place = importlib.import_module(name)
    except ImportError:
        module, _, kind = name.rpartition(".")
        place = getattr(importlib.import_module(module), kind)
    whole = getattr(place, attribute)

    def broken(*arguments, **more):
        told = repr([one for one in arguments if type(one).__name__ != "Vocabulary"])
        # What went wrong is told of the very file; that is not to go wrong again.
        if bad in told and not any(map(failed, arguments)):
            broken.times += 1
            raise eval(error)
        return whole(*arguments, **more)

    def failed(value):
        value = getattr(value, "outcome", value)
        return isinstance(getattr(value, "code", None), str) or isinstance(getattr(value, "error", None), Exception)

    broken.times = 0
    setattr(place, attribute, broken)
    return place, attribute, whole, broken
"""
space: dict = {}
exec(PRELUDE, space)  # noqa: S102  # the same text goes to the workers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("十") / "收到"
    place.mkdir()
    for unit in UNITS:
        lines = ministry_lines(row(f"{unit}里程", "≥100公里", "100公里", 20, 20), unit=unit)
        (place / f"{unit}.xlsx").write_bytes(workbook(lines))
    return place


def run(folder, out, capsys, jobs="1"):
    """One run in this process: (exit code, everything on the screen, file → its line, summary's texts)."""
    code = app.run(["audit", str(folder), "-o", str(out), "--json", f"{out}.jsonl", "-j", jobs])
    lines = (out.parent / (out.name + ".jsonl")).read_text("utf-8").splitlines()
    found = {line["file"]: line for line in map(json.loads, lines)}
    for line in found.values():
        for form in line["forms"]:
            form.pop("copy")
    told = capsys.readouterr()
    return code, told.out + told.err, found, summary(out)


def summary(out):
    book = openpyxl.load_workbook(io.BytesIO((out / "汇总.xlsx").read_bytes()))
    return {
        sheet.title: [[str(v) for v in line if v is not None] for line in sheet.values]
        for sheet in book
    }


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    class Screen:
        @staticmethod
        def readouterr():
            return type("Told", (), {"out": "", "err": ""})

    return run(folder, tmp_path_factory.mktemp("全") / "果", Screen)


def check(done, whole, out):
    code, screen, found, book = done
    assert code in (OK, WRONG, UNREAD)
    assert set(found) == {f"{unit}.xlsx" for unit in UNITS}
    for file, line in whole[2].items():
        if BAD not in file:
            assert found[file] == line
    copies = {path.name for path in out.glob("*-审核.xlsx")}
    assert {f"{unit}-审核.xlsx" for unit in UNITS if unit != BAD} <= copies
    for copy in copies:
        with zipfile.ZipFile(out / copy) as archive:
            assert archive.testzip() is None
    others = [
        line
        for sheet in book.values()
        for line in sheet
        if any(u in v for v in line for u in UNITS if u != BAD)
    ]
    expected = [
        line
        for sheet in whole[3].values()
        for line in sheet
        if any(u in v for v in line for u in UNITS if u != BAD)
    ]
    assert sorted(line[1:] for line in others) == sorted(line[1:] for line in expected)
    # Nothing is silent: the file that went wrong says so somewhere.
    told = screen + json.dumps(found[f"{BAD}.xlsx"], ensure_ascii=False) + str(book)
    assert any(reason in told for reason in REASONS)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("stage", IN_WORKER + IN_PARENT)
def test_a_failure_at_any_stage_costs_its_file_only(stage, error, folder, whole, tmp_path, capsys):
    place, attribute, right, broken = space["break_stage"](stage, BAD, ERRORS[error])
    try:
        done = run(folder, tmp_path / "果", capsys)
    finally:
        setattr(place, attribute, right)

    assert broken.times > 0
    check(done, whole, tmp_path / "果")


@pytest.mark.parametrize("stage", [*IN_WORKER, "perfxl.jobs.worker.pack"])
def test_a_failure_in_a_worker_costs_its_file_only(
    stage, folder, whole, tmp_path, capsys, monkeypatch
):
    prelude = f"{PRELUDE}\nbreak_stage({stage!r}, {BAD!r}, {ERRORS['overflow']!r})\n"
    start = f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); exec({prelude!r}); from perfxl.jobs.worker import main; main()"
    monkeypatch.setattr(pool, "_START", start)

    check(run(folder, tmp_path / "果", capsys, "2"), whole, tmp_path / "果")


def test_an_answer_that_cannot_be_read_costs_its_file_only(
    folder, whole, tmp_path, capsys, monkeypatch
):
    hear = pool._Worker._hear
    answers = []

    def broken(worker):
        answer = hear(worker)
        answers.append(answer)
        if BAD in repr(answer):
            raise ValueError("unpickled")
        return answer

    monkeypatch.setattr(pool._Worker, "_hear", broken)

    check(run(folder, tmp_path / "果", capsys, "2"), whole, tmp_path / "果")
    assert len(answers) > 10
