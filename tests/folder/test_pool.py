"""Worker processes: the same results as without them, and what a lost one costs."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

import perfxl
from perfxl.errors import UsageError
from perfxl.jobs import limits, pool
from perfxl.jobs.limits import Limits
from perfxl.jobs.work import Settings
from perfxl.runs import batch
from tests.conftest import REFERENCE, ROOT
from tests.folder.system import Started, linux, posix, wait_for
from tests.forms.builder import workbook

SETTINGS = Settings()


def outcomes(folder, sources, out, jobs, **more):
    found = sources(folder)
    with batch.open_batch(len(found), SETTINGS, out, None, jobs, Limits(**more)) as opened:
        yield from opened.run(found)


def copies(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*-审核*.xlsx")}


def test_workers_give_what_one_process_gives_in_the_order_of_the_files(inbox, sources, tmp_path):
    folder = inbox(11)
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "参考.xlsx").write_bytes(REFERENCE.read_bytes())

    one = list(outcomes(folder, sources, tmp_path / "一", 1))
    two = list(outcomes(folder, sources, tmp_path / "二", 2))

    assert [done.file for done in one] == [source.name for source in sources(folder)]
    assert [(done.file, done.forms, done.code, done.reason) for done in one] == [
        (done.file, done.forms, done.code, done.reason) for done in two
    ]
    assert copies(tmp_path / "一") == copies(tmp_path / "二")
    assert len(copies(tmp_path / "一")) == 12


def test_whole_results_come_back_from_workers(inbox, tmp_path):
    folder = inbox(4)

    one, two = (perfxl.audit(folder, jobs=jobs) for jobs in (1, 2))

    assert [result.forms for result in one] == [result.forms for result in two]
    for mine, other in zip(one, two, strict=True):
        assert mine.audits[0].scores == other.audits[0].scores
        assert mine.audits[0].findings == other.audits[0].findings


@posix
def test_a_killed_worker_costs_its_file_only(inbox, sources, tmp_path, processes):
    folder = inbox(30)
    run = outcomes(folder, sources, tmp_path / "o", 2)
    done = [next(run)]

    os.kill(processes[0].process.pid, signal.SIGKILL)
    done += run

    lost = [one for one in done if one.code]
    assert len(done) == 30
    assert len(lost) <= 1
    assert {one.code for one in lost} <= {"worker-lost"}
    assert len(copies(tmp_path / "o")) >= 29
    assert len(processes) == 3
    assert list((tmp_path / "o").rglob(".perfxl-*")) == []


@posix
def test_a_file_that_takes_too_long_is_given_up(inbox, sources, tmp_path, processes):
    folder = inbox(60)
    run = outcomes(folder, sources, tmp_path / "o", 2, seconds=1.0)
    done = [next(run)]

    os.kill(processes[0].process.pid, signal.SIGSTOP)
    done += run

    slow = [one for one in done if one.code]
    assert [one.code for one in slow] == ["too-slow"]
    assert "1 秒" in slow[0].reason
    assert not slow[0].final
    assert len(done) == 60


@linux
def test_a_file_that_needs_too_much_memory_costs_itself_only(inbox, sources, tmp_path):
    folder = inbox(4)
    rows = [[f"{row}×{col}" for col in range(60)] for row in range(2000)]
    (folder / "大.xlsx").write_bytes(workbook(rows))

    done = {one.file: one for one in outcomes(folder, sources, tmp_path / "o", 2, megabytes=130)}

    assert done.pop("大.xlsx").code in ("unpacks-too-large", "worker-lost")
    assert [one.code for one in done.values()] == [None] * 4


@posix
def test_memory_is_watched_where_the_system_sets_no_limit():
    script = """
        from perfxl.jobs import limits
        import time
        limits._by_system = lambda megabytes: False
        limits.hold(limits.memory() // limits.MEGABYTE + 50)
        taken = bytearray(b"x") * (200 << 20)
        time.sleep(10)
    """

    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=False)

    assert done.returncode == limits.TOO_MUCH


def test_workers_that_cannot_start_end_the_run_with_a_sentence(
    inbox, sources, tmp_path, monkeypatch
):
    monkeypatch.setattr(pool, "_START", "raise SystemExit(3)")

    with pytest.raises(UsageError, match="worker-start"):
        list(outcomes(inbox(4), sources, tmp_path / "o", 2))


def test_a_script_needs_no_guard_around_its_call(inbox, tmp_path):
    script = tmp_path / "脚本.py"
    script.write_text(
        f"import perfxl\nprint(len(perfxl.audit({str(inbox(4))!r}, jobs=2)))\n", "utf-8"
    )

    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert (done.stdout, done.stderr) == ("4\n", "")


@linux
def test_workers_end_with_the_run_however_it_ends(inbox, tmp_path):
    folder = inbox(150)
    for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        started = Started("audit", folder, "-o", tmp_path / how.name, "-j", "2")
        wait_for(lambda out=tmp_path / how.name: list(out.rglob("*.xlsx")))
        assert len(started.alive()) == 3

        os.kill(started.process.pid, how)
        code, out, errors = started.end()

        wait_for(lambda run=started: not run.alive())
        assert "Traceback" not in out + errors
        if how is signal.SIGINT:
            assert code == 130
            assert "已中止" in errors


def test_few_files_start_no_process(inbox, sources, tmp_path, processes):
    list(outcomes(inbox(2), sources, tmp_path / "o", None))

    assert processes == []
