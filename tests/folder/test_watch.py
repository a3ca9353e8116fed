"""Watching: whatever comes to rest in the inbox is audited, and the inbox is only read."""

import logging
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from perfxl.commands import watching as commands
from perfxl.errors import UsageError
from perfxl.files import inbox, lock
from perfxl.files.inbox import Inbox
from perfxl.jobs.work import Settings
from perfxl.ledger import store as ledgers
from perfxl.ledger.store import NAME
from perfxl.runs.watch import Times, Watch
from tests.face.run import MISUSED, perfxl
from tests.folder.forms import form
from tests.folder.system import Started, posix, wait_for

FAST = Times(every=0.05, quiet=0.1, pause=0.1)


class Watching:
    """A watch in a thread of this process, and what it said."""

    def __init__(self, folder, results, **more):
        self.said = []
        self.watch = Watch(folder, results, Settings(), self.say, times=FAST, jobs=1, **more)
        self.thread = threading.Thread(target=self.watch.run, daemon=True)
        self.thread.start()

    def say(self, key, **values):
        self.said.append((key, values))

    def has(self, key, file=None):
        for one, values in list(self.said):
            outcome = values.get("outcome")
            if one == key and (
                file is None or (outcome.file if outcome else values.get("file")) == file
            ):
                return {"key": one, **values}
        return None

    def end(self):
        self.watch.stop()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "收到"
    path.mkdir()
    return path


@pytest.fixture
def watching(folder, tmp_path):
    started = []

    def start(**more):
        started.append(Watching(folder, tmp_path / "结果", **more))
        return started[-1]

    yield start
    for one in started:
        one.end()


def copies(tmp_path):
    return {path.name for path in (tmp_path / "结果").rglob("*.xlsx")}


def test_files_that_were_there_and_files_that_come_are_done(folder, watching, tmp_path):
    (folder / "先到.xlsx").write_bytes(form(1))
    one = watching()
    wait_for(lambda: one.has("done", "先到.xlsx"))
    (folder / "二科").mkdir()
    (folder / "二科" / "后到.xlsx").write_bytes(form(2))
    wait_for(lambda: one.has("done", str(Path("二科", "后到.xlsx"))))

    assert (tmp_path / "结果" / "先到-审核.xlsx").is_file()
    assert (tmp_path / "结果" / "二科" / "后到-审核.xlsx").is_file()


def test_a_file_still_being_written_waits_and_is_done_once(folder, watching, tmp_path):
    one = watching()
    data, path = form(1), folder / "慢.xlsx"
    with path.open("wb") as file:
        for start in range(0, len(data), 1000):
            file.write(data[start : start + 1000])
            file.flush()
            time.sleep(0.06)

    done = wait_for(lambda: one.has("done", "慢.xlsx"))["outcome"]

    assert done.code is None
    assert [values["outcome"].code for key, values in one.said if key == "done"] == [None]


def test_a_replaced_and_a_renamed_file_have_their_results(folder, watching, tmp_path):
    path = folder / "甲.xlsx"
    path.write_bytes(form(1))
    one = watching()
    wait_for(lambda: one.has("done", "甲.xlsx"))
    one.said.clear()
    later = folder / "甲.tmp"
    later.write_bytes(form(1, wrong=True))
    later.replace(path)
    done = wait_for(lambda: one.has("done", "甲.xlsx"))["outcome"]
    assert done.forms[0].summary.errors == 1

    path.rename(folder / "乙.xlsx")
    wait_for(lambda: one.has("done", "乙.xlsx"))

    assert one.has("gone", "甲.xlsx")
    assert "乙-审核.xlsx" in copies(tmp_path)


def test_a_file_that_cannot_be_read_has_its_reason_beside_the_results_until_it_is_mended(
    folder, watching, tmp_path
):
    path, reason = folder / "坏.xlsx", tmp_path / "结果" / "坏.xlsx-原因.txt"
    path.write_bytes(b"torn")
    one = watching()
    wait_for(reason.is_file)
    assert "这不是表格文件" in reason.read_text("utf-8-sig")

    path.write_bytes(form(1))
    wait_for(lambda: not reason.exists())
    wait_for((tmp_path / "结果" / "坏-审核.xlsx").is_file)

    (folder / "又坏.xlsx").write_bytes(b"torn too")
    wait_for(lambda: one.has("done", "又坏.xlsx"))
    (folder / "又坏.xlsx").unlink()
    wait_for(lambda: not (tmp_path / "结果" / "又坏.xlsx-原因.txt").exists())


def test_a_second_watch_knows_what_the_first_has_done(folder, watching, tmp_path, monkeypatch):
    monkeypatch.setattr("perfxl.files.intake.FRESH", 0)
    (folder / "甲.xlsx").write_bytes(form(1))
    (folder / "坏.xlsx").write_bytes(b"torn")
    one = watching()
    wait_for(lambda: one.has("done", "甲.xlsx") and one.has("done", "坏.xlsx"))
    one.end()
    (tmp_path / "结果" / "坏.xlsx-原因.txt").unlink()

    two = watching()

    wait_for(lambda: two.has("done", "甲.xlsx") and two.has("done", "坏.xlsx"))
    assert all(values["outcome"].kept for key, values in two.said if key == "done")
    assert (tmp_path / "结果" / "坏.xlsx-原因.txt").is_file()


def test_an_inbox_that_vanishes_is_waited_for(folder, watching, tmp_path):
    (folder / "甲.xlsx").write_bytes(form(1))
    one = watching()
    wait_for(lambda: one.has("done", "甲.xlsx"))

    folder.rename(tmp_path / "别处")
    assert wait_for(lambda: one.has("paused"))["error"].code == "no-inbox"
    (tmp_path / "别处" / "乙.xlsx").write_bytes(form(2))
    (tmp_path / "别处").rename(folder)

    wait_for(lambda: one.has("resumed") and one.has("done", "乙.xlsx"))
    assert [key for key, _ in one.said].count("paused") == 1


def test_a_ledger_in_use_is_waited_for(folder, watching, tmp_path, monkeypatch):
    monkeypatch.setattr(ledgers, "PATIENCE", 0.1)
    one = watching()
    wait_for((tmp_path / "结果" / NAME).is_file)
    time.sleep(0.2)
    with sqlite3.connect(tmp_path / "结果" / NAME) as other:
        other.execute("BEGIN EXCLUSIVE")
        (folder / "甲.xlsx").write_bytes(form(1))
        assert wait_for(lambda: one.has("paused"))["error"].code == "ledger-locked"
    other.close()

    wait_for(lambda: one.has("done", "甲.xlsx") and one.has("resumed"))


def test_a_place_that_cannot_be_written_is_waited_for(folder, watching, tmp_path, monkeypatch):
    place = "perfxl.jobs.job.place.write"
    one = watching()
    wait_for((tmp_path / "结果" / NAME).is_file)
    full = UsageError("output-unwritable", path="x", reason=OSError(28, "full"))
    with monkeypatch.context() as patch:
        patch.setattr(place, lambda *_: (_ for _ in ()).throw(full))
        (folder / "甲.xlsx").write_bytes(form(1))
        assert wait_for(lambda: one.has("paused"))["error"].code == "blocked"

    wait_for((tmp_path / "结果" / "甲-审核.xlsx").is_file)


def test_a_clock_that_jumps_back_does_no_harm(folder, watching, tmp_path, monkeypatch):
    one = watching()
    (folder / "甲.xlsx").write_bytes(form(1))
    wait_for(lambda: one.has("done", "甲.xlsx"))
    now, ns = time.time, time.time_ns
    monkeypatch.setattr(time, "time", lambda: now() - 10**6)
    monkeypatch.setattr(time, "time_ns", lambda: ns() - 10**15)

    (folder / "乙.xlsx").write_bytes(form(2))
    (folder / "甲.xlsx").write_bytes(form(1, wrong=True))
    os.utime(folder / "甲.xlsx", (0, 0))

    wait_for(lambda: one.has("done", "乙.xlsx"))
    wait_for(lambda: any(v["outcome"].forms[0].summary.errors for k, v in one.said if k == "done"))


def test_the_inbox_is_only_read(folder, watching, tmp_path):
    for number in range(3):
        (folder / f"{number}.xlsx").write_bytes(form(number))
    (folder / "坏.xlsx").write_bytes(b"torn")

    def look():
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}

    before, at = look(), folder.stat().st_mtime_ns
    one = watching()
    wait_for(lambda: one.has("done", "坏.xlsx"))

    assert (look(), folder.stat().st_mtime_ns) == (before, at)


def test_results_inside_the_inbox_are_not_read(folder, tmp_path):
    (folder / "甲.xlsx").write_bytes(form(1))
    results = folder / "出"
    one = Watching(folder, results)
    try:
        wait_for((results / "甲-审核.xlsx").is_file)
        time.sleep(0.5)
        assert {v["outcome"].file for k, v in one.said if k == "done"} == {"甲.xlsx"}
    finally:
        one.end()


def test_what_waiting_will_not_mend_ends_the_watch(folder, tmp_path, monkeypatch):
    def run(place, results):
        Watch(place, results, Settings(), lambda *_, **__: None, times=FAST, jobs=1).run()

    with pytest.raises(UsageError, match="watch-same-folder"):
        run(folder, folder)
    with pytest.raises(UsageError, match="no-inbox"):
        run(tmp_path / "没有", tmp_path / "结果")
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with lock.alone(tmp_path / "结果"), pytest.raises(UsageError, match="folder-busy"):
        run(folder, tmp_path / "结果")


def test_a_copy_or_reason_that_is_taken_away_is_made_again(folder, watching, tmp_path):
    (folder / "甲.xlsx").write_bytes(form(1))
    (folder / "坏.xlsx").write_bytes(b"torn")
    one = watching()
    results = [tmp_path / "结果" / name for name in ("甲-审核.xlsx", "坏.xlsx-原因.txt")]
    wait_for(lambda: one.has("done", "甲.xlsx") and one.has("done", "坏.xlsx"))
    for path in results:
        path.unlink()

    for path in results:
        wait_for(path.is_file)


def entered(folder):
    """The files that the ledger of a folder of results knows; it is not made by looking."""
    try:
        with closing(sqlite3.connect(f"{(folder / NAME).as_uri()}?mode=ro", uri=True)) as book:
            return {name for (name,) in book.execute("SELECT name FROM perfxl_seen")}
    except sqlite3.OperationalError:
        return set()


def test_results_that_were_moved_away_are_made_anew_and_all_of_them(folder, watching, tmp_path):
    results = tmp_path / "结果"
    (folder / "甲.xlsx").write_bytes(form(1))
    one = watching()
    wait_for(lambda: entered(results) == {"甲.xlsx"})
    say, heard = one.watch.say, []
    one.watch.say = lambda key, **values: (
        heard.append((key, results.exists())),
        say(key, **values),
    )
    results.rename(tmp_path / "旧结果")
    (folder / "乙.xlsx").write_bytes(form(2))

    wait_for(lambda: entered(results) == {"甲.xlsx", "乙.xlsx"})

    one.end()
    assert {"甲-审核.xlsx", "乙-审核.xlsx"} <= copies(tmp_path)
    assert not (tmp_path / "旧结果" / "乙-审核.xlsx").exists()
    # Moved between two rounds, or in the middle of one, which is trouble that passes.
    assert ("moved", True) in heard or ("paused" in dict(heard) and not one.has("moved"))


def test_the_reason_says_that_the_copy_beside_it_is_of_an_earlier_submission(
    folder, watching, tmp_path
):
    path, reason = folder / "甲.xlsx", tmp_path / "结果" / "甲.xlsx-原因.txt"
    path.write_bytes(form(1))
    one = watching()
    wait_for(lambda: one.has("done", "甲.xlsx"))
    path.write_bytes(b"torn")
    wait_for(reason.is_file)

    assert (
        "旁边的 甲-审核.xlsx 是更早一次报送的审核结果"
        in reason.read_text("utf-8-sig").split("\n\n")[1]
    )

    (folder / "乙.xlsx").write_bytes(b"torn")
    wait_for(lambda: one.has("done", "乙.xlsx"))
    assert "旁边的" not in (tmp_path / "结果" / "乙.xlsx-原因.txt").read_text("utf-8-sig")


def test_a_log_follows_its_name_and_not_its_file(tmp_path):
    path = tmp_path / "果" / "日志.log"
    path.parent.mkdir()
    handler = commands._Log(path, encoding="utf-8", delay=True)
    try:
        for text in ("先", "后"):
            handler.emit(logging.LogRecord("x", logging.INFO, "", 0, text, None, None))
            if text == "先":
                path.parent.rename(tmp_path / "旧")
                path.parent.mkdir()
    finally:
        handler.close()

    assert path.read_text("utf-8") == "后\n"


@pytest.mark.parametrize("name", ["甲.xlsx", "说明.log", "空.xlsx"])
def test_a_log_is_never_written_into_a_file_that_is_none(folder, tmp_path, name):
    log = tmp_path / name
    log.write_bytes(b"" if name == "空.xlsx" else form(1))

    code, _, errors = perfxl("watch", folder, "-o", tmp_path / "结果", "--log", log)

    assert (code, "不是 perfxl 的日志" in errors) == (MISUSED, True)
    assert not (tmp_path / "结果").exists()


def test_where_a_log_may_be(folder, tmp_path):
    results = folder / "出"
    for log in (folder / "x.log", folder / "二科" / "x.log"):
        with pytest.raises(UsageError, match="log-in-inbox"):
            commands._check(log, folder, tmp_path / "结果")
    (tmp_path / "ours.log").write_text("2026-03-02 09:14:07 开始监看\n", "utf-8")
    (tmp_path / "empty.log").write_bytes(b"")

    for log in (
        tmp_path / "new.log",
        tmp_path / "ours.log",
        tmp_path / "empty.log",
        results / "x.log",
    ):
        commands._check(log, folder, results)


def test_a_file_that_could_not_be_opened_is_tried_again_after_a_while(
    folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(inbox, "RETRY", 0.1)
    (folder / "甲.xlsx").write_bytes(form(1))
    box = Inbox(folder, tmp_path / "结果", quiet=0)
    (source,) = box.look().ready
    box.done(source, again=True)
    assert box.look().ready == []

    time.sleep(0.12)

    assert box.look().ready == [source]
    box.done(source)
    time.sleep(0.12)
    assert box.look().ready == []


@posix
def test_the_program_watches_until_it_is_ended_and_its_log_can_be_read(folder, tmp_path):
    (folder / "甲.xlsx").write_bytes(form(1))
    log = tmp_path / "结果" / "监看日志.log"
    for number, how in enumerate((signal.SIGTERM, signal.SIGINT), 1):
        started = Started(
            "watch", folder, "-o", tmp_path / "结果", "--every", "0.2", "--quiet", "0.1", "-j", "1"
        )
        wait_for(lambda n=number: log.is_file() and log.read_text("utf-8").count("甲.xlsx：") == n)
        os.kill(started.process.pid, how)
        code, out, errors = started.end()
        assert (code, errors) == (0, "")
        assert "监看结束" in out.splitlines()[-1]

    lines = log.read_text("utf-8").splitlines()
    assert sum("监看结束" in line for line in lines) == 2
    assert all(line[:2] == "20" and line[19] == " " for line in lines)


def test_many_files_known_from_before_are_told_in_one_line(folder, watching, monkeypatch):
    for number in range(12):
        (folder / f"{number}.xlsx").write_bytes(form(number))
    one = watching()
    wait_for(lambda: [key for key, _ in one.said].count("done") == 12)
    one.end()

    two = watching()

    assert wait_for(lambda: two.has("kept"))["count"] == 12
    assert not two.has("done")


def test_a_log_rotates(folder, tmp_path, monkeypatch):
    from perfxl.commands import watching

    monkeypatch.setattr(watching, "LARGEST", 2000)
    writer = watching._logger(tmp_path / "日志.log")
    try:
        for number in range(600):
            writer.info("%s", f"第 {number} 行")
    finally:
        for handler in list(writer.handlers):
            handler.close()
            writer.removeHandler(handler)

    names = {path.name for path in tmp_path.glob("日志.log*")}
    assert names == {"日志.log", *(f"日志.log.{n}" for n in range(1, watching.KEPT + 1))}


def test_a_mistaken_inbox_is_told(tmp_path):
    file = tmp_path / "甲.xlsx"
    file.write_bytes(form(1))
    for given, said in ((tmp_path / "没有", "找不到收件文件夹"), (file, "是一个文件，不是文件夹")):
        code, _, errors = perfxl("watch", given)

        assert code == MISUSED
        assert said in errors
    assert list(tmp_path.iterdir()) == [file]
