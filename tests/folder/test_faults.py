"""Faults, for real: killed processes, full disks, growing files, many files. `.ci/run` runs the long ones."""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from perfxl.files import find
from perfxl.jobs.work import Settings
from perfxl.ledger.store import NAME, Ledger
from perfxl.ooxml import marks
from perfxl.ooxml.parts.package import Package
from perfxl.runs import batch
from tests.conftest import ROOT
from tests.face.run import OK, WRONG
from tests.folder.forms import form
from tests.folder.system import Started, linux, posix, wait_for

KILLS = int(os.environ.get("PERFXL_KILLS", "12"))
"""Of the long test; `make siege` asks for more."""
FILES = 40


def check(folder: Path, results: Path, *, complete: bool) -> None:
    """No copy is torn and the ledger is whole; in the end every input has its one result."""
    inputs = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.xlsx")}
    copies = {path.relative_to(results): path for path in results.rglob("*-审核*.xlsx")}
    originals = {}
    for name, path in copies.items():
        with zipfile.ZipFile(path) as book:
            assert book.testzip() is None
        stem = name.stem.removesuffix("-审核")
        originals[name.with_stem(stem)] = marks.restore_original(Package.open(path.read_bytes()))
    assert set(originals) <= set(inputs)
    if (results / NAME).is_file():
        with closing(sqlite3.connect(results / NAME)) as book:
            assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    if complete:
        assert originals == inputs
        assert list(results.rglob(".perfxl-*.tmp")) == []
        with closing(Ledger(None, results)) as ledger:
            known = ledger.last([str(folder / name) for name in inputs])
        assert {Path(path).relative_to(folder): one.content for path, one in known.items()} == {
            name: hashlib.sha256(data).hexdigest() for name, data in inputs.items()
        }


def change(folder: Path, luck: random.Random, count: int) -> None:
    """Some submissions are replaced, as a person replaces them: whole."""
    for _ in range(count):
        path = folder / f"{luck.randrange(4)}科" / f"单位{luck.randrange(FILES):03}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        later = path.with_suffix(".tmp")
        later.write_bytes(form(luck.randrange(10**6), wrong=luck.random() < 0.5))
        later.replace(path)


def kill(started: Started, luck: random.Random) -> None:
    """Kill the run, or one of its workers, or both."""
    alive = started.alive()
    if alive and luck.random() < 0.3:
        os.kill(luck.choice(alive), signal.SIGKILL)
        time.sleep(luck.random() / 5)
    started.process.kill()
    started.end()
    wait_for(lambda: not started.alive())


@linux
@pytest.mark.parametrize("command", ["audit", "watch"])
@pytest.mark.parametrize("kills", [3, pytest.param(KILLS, marks=pytest.mark.long)])
def test_killed_at_any_moment_and_run_again(kills, command, tmp_path):
    luck = random.Random(f"{command} 7")  # noqa: S311  # moments, not secrets
    folder, results = tmp_path / "收到", tmp_path / "结果"
    change(folder, luck, FILES)
    more = ("--every", "0.1", "--quiet", "0") if command == "watch" else ()
    for _ in range(kills):
        started = Started(command, folder, "-o", results, "-j", "2", *more)
        time.sleep(0.3 + luck.random() * 1.5)
        kill(started, luck)
        check(folder, results, complete=False)
        change(folder, luck, 8)

    code, _, errors = Started("audit", folder, "-o", results, "-j", "2").end()

    assert code in (OK, WRONG), errors
    check(folder, results, complete=True)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of some hundred kilobytes."""
    place = tmp_path / "小盘"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)], capture_output=True, check=False
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("may not mount a small disk here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=False)


@linux
def test_a_full_disk_stops_a_run_that_goes_on_when_there_is_room(inbox, small_disk, tmp_path):
    folder, results = inbox(20), small_disk / "结果"
    filler = small_disk / "占位"
    filler.write_bytes(b"x" * 250_000)

    code, out, errors = Started("audit", folder, "-o", results, "-j", "2").end()

    assert code not in (OK, WRONG)
    assert "磁盘已满" in out + errors
    assert "Traceback" not in out + errors
    check(folder, results, complete=False)

    filler.unlink()
    shutil.move(results, tmp_path / "结果")
    code, _, errors = Started("audit", folder, "-o", tmp_path / "结果", "-j", "2").end()
    assert (code, errors) == (OK, "")
    check(folder, tmp_path / "结果", complete=True)


@linux
def test_a_full_disk_pauses_a_watch_that_goes_on_when_there_is_room(inbox, small_disk, monkeypatch):
    from tests.folder.test_watch import Watching

    folder, results = inbox(6), small_disk / "结果"
    filler = small_disk / "占位"
    filler.write_bytes(b"x" * 330_000)
    one = Watching(folder, results)
    try:
        wait_for(lambda: one.has("paused"))
        filler.unlink()
        wait_for(lambda: one.has("resumed"))
        wait_for(lambda: len({v["outcome"].file for k, v in list(one.said) if k == "done"}) == 6)
    finally:
        one.end()
    check(folder, results, complete=True)


@posix
def test_a_file_that_grows_while_a_run_reads_it_is_told_or_done_whole(inbox, tmp_path):
    folder = inbox(30)
    data, path = form(999), folder / "长.xlsx"
    script = "import sys, time\nwith open(sys.argv[1], 'ab', 0) as file:\n    while True: file.write(b'0' * 10); time.sleep(0.001)"
    path.write_bytes(data)
    growing = subprocess.Popen([sys.executable, "-c", script, str(path)])
    try:
        sources = find.find([folder], tmp_path / "o").sources
        with batch.open_batch(len(sources), Settings(), tmp_path / "o", None, 2) as opened:
            done = {one.file: one for one in opened.run(sources)}
    finally:
        growing.kill()
        growing.wait()

    assert done["长.xlsx"].code == "file-changing"
    assert [one.code for name, one in done.items() if name != "长.xlsx"] == [None] * 30
    assert not (tmp_path / "o" / "长-审核.xlsx").exists()

    path.write_bytes(data)
    with batch.open_batch(len(sources), Settings(), tmp_path / "o", None, 2) as opened:
        assert [one.code for one in opened.run(sources)] == [None] * 31
    check(folder, tmp_path / "o", complete=True)


def test_files_replaced_during_a_run_have_the_result_of_what_is_there_in_the_end(inbox, tmp_path):
    folder, results = inbox(40), tmp_path / "o"
    stop = threading.Event()

    def replace():
        luck = random.Random(3)  # noqa: S311  # moments, not secrets
        names = list(folder.rglob("*.xlsx"))
        while not stop.is_set():
            later = folder / "新.tmp"
            later.write_bytes(form(luck.randrange(10**6)))
            later.replace(luck.choice(names))
            time.sleep(0.005)

    thread = threading.Thread(target=replace)
    thread.start()
    try:
        sources = find.find([folder], results).sources
        with batch.open_batch(len(sources), Settings(), results, None, 2) as opened:
            assert len(list(opened.run(sources))) == 40
    finally:
        stop.set()
        thread.join()

    with batch.open_batch(len(sources), Settings(), results, None, 2) as opened:
        assert {one.code for one in opened.run(sources)} == {None}
    check(folder, results, complete=True)


@posix
def test_two_runs_over_one_folder_at_once_take_turns(inbox, tmp_path):
    folder, results = inbox(25), tmp_path / "o"

    both = [Started("audit", folder, "-o", results, "-j", "2") for _ in range(2)]
    ends = [one.end() for one in both]

    assert [code for code, _, _ in ends] == [OK, OK]
    assert sum("没有变化" in out for _, out, _ in ends) == 1
    check(folder, results, complete=True)


@pytest.mark.long
@linux
def test_ten_thousand_files(tmp_path):
    folder, results = tmp_path / "收到", tmp_path / "结果"
    contents = [form(number) for number in range(400)]
    for number in range(10_000):
        path = folder / f"{number // 100:03}" / f"{number:05}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[number % 400])
    script = (
        "import resource, sys; from perfxl import cli\n"
        "try: cli.main()\n"
        "finally: print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )

    def run():
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", script, "audit", str(folder), "-o", str(results)],
            capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        peak = int(done.stderr.splitlines()[-1])
        return done.returncode, done.stdout, peak, time.monotonic() - started

    first, second = run(), run()

    assert (first[0], second[0]) == (OK, OK)
    assert "共 10000 个文件" in first[1]
    assert "10000 个文件自上次审核以来没有变化" in second[1]
    assert len(list(results.rglob("*-审核*.xlsx"))) == 10_000
    assert max(first[2], second[2]) < 150 * 1024  # kilobytes
    assert second[3] < 15  # three seconds on a quiet machine
