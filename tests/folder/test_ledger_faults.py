"""A ledger that cannot be used: told in a sentence, left as it is; and one that comes back is gone on with."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from perfxl.ledger.store import NAME, Ledger
from tests.face.run import OK, UNREAD, WRONG, perfxl
from tests.folder.forms import MARK, form
from tests.folder.system import Started, linux, posix, wait_for
from tests.folder.test_watch import Watching
from tests.ooxml.builders import patched
from tests.programs import own_server, postgresql

pytestmark = pytest.mark.long

DONE = (OK, WRONG, UNREAD)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _overwrite(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    path.write_bytes(data)


def _zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _of_another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE invoices (number INTEGER)")
        other.execute("INSERT INTO invoices VALUES (7)")
        other.commit()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@posix
@pytest.mark.parametrize("fault", [_cut, _overwrite, _zero, _of_another, _folder])
def test_a_ledger_that_is_broken_is_told_and_left_as_it_is(fault, inbox, tmp_path):
    folder, results = inbox(3), tmp_path / "果"
    assert perfxl("audit", folder, "-o", results)[0] == OK
    fault(results / NAME)
    before = (results / NAME).read_bytes() if (results / NAME).is_file() else None

    code, out, errors = perfxl("audit", folder, "-o", results)

    assert code not in DONE
    assert "Traceback" not in out + errors
    assert "台账" in errors
    assert before is None or (results / NAME).read_bytes() == before

    shutil.move(results / NAME, tmp_path / "坏台账")
    for beside in results.glob(f"{NAME}-*"):
        beside.unlink()
    assert perfxl("audit", folder, "-o", results)[0] == OK


@linux
def test_a_ledger_on_a_disk_that_may_only_be_read_is_told(inbox, tmp_path):
    folder, results = inbox(2), tmp_path / "果"
    assert perfxl("audit", folder, "-o", results)[0] == OK
    bound = subprocess.run(
        ["mount", "--bind", "-o", "ro", results, results], capture_output=True, check=False
    )
    if bound.returncode:
        pytest.skip("may not mount here")
    subprocess.run(["mount", "-o", "remount,ro,bind", results], check=True)
    try:
        code, out, errors = perfxl("audit", folder, "-o", results, "--again")
    finally:
        subprocess.run(["umount", "--lazy", results], check=True)

    assert code not in DONE
    assert "Traceback" not in out + errors
    assert "写" in errors
    assert perfxl("audit", folder, "-o", results)[0] == OK


def test_a_ledger_that_somebody_holds_is_waited_for(inbox, tmp_path):
    folder, results = inbox(2), tmp_path / "果"
    assert perfxl("audit", folder, "-o", results)[0] == OK
    with closing(sqlite3.connect(results / NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        started = Started("audit", folder, "-o", results)
        time.sleep(2)
        assert started.process.poll() is None  # it waits
        holder.execute("ROLLBACK")
        code, _, errors = started.end()
    assert (code, errors) == (OK, "")


@pytest.mark.parametrize("when", [0, -86_400, 2**31 - 1, 2**32 + 5, 4_291_747_200])
def test_files_of_any_time_are_done_once(when, inbox, tmp_path):
    """1970, the day before, 2038, and 2106: the times that clocks and archives get wrong."""
    folder, results = inbox(2), tmp_path / "果"
    for path in folder.rglob("*.xlsx"):
        os.utime(path, (when, when))

    assert perfxl("audit", folder, "-o", results)[0] == OK
    copies = {path: path.stat().st_mtime_ns for path in results.rglob("*-审核.xlsx")}
    assert perfxl("audit", folder, "-o", results)[0] == OK

    assert len(copies) == 2
    assert {path: path.stat().st_mtime_ns for path in results.rglob("*-审核.xlsx")} == copies


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request):
    if request.param == "sqlite":
        yield ()
    else:
        with postgresql() as url:
            yield ("--ledger", url)


@posix
def test_signs_that_a_database_cannot_hold_do_no_harm(ledger, tmp_path):
    folder, results = tmp_path / "收", tmp_path / "果"
    folder.mkdir()
    strange = "路_x0000_段_xD800_甲_xDC00_乙_x0007_\u202e"
    data = patched(
        form(1, wrong=True),
        {"xl/sharedStrings.xml": lambda old: old.replace(f"{MARK}1".encode(), strange.encode())
         .replace("清河县公路站".encode(), strange.encode())},
    )  # fmt: skip
    (folder / "好.xlsx").write_bytes(form(2))
    (folder / os.fsdecode("半\udc80\x01.xlsx".encode("utf-8", "surrogateescape"))).write_bytes(data)

    code, out, errors = perfxl(
        "audit", folder, "-o", results, *ledger, "--json", tmp_path / "r.jsonl"
    )

    assert (code, errors) == (WRONG, "")
    assert "\u202e" not in out
    with closing(Ledger(ledger[1] if ledger else None, results, make=False)) as book:
        from sqlalchemy import select

        from perfxl.ledger.schema import forms

        with book.engine.connect() as connection:
            assert len(connection.execute(select(forms)).all()) == 2
    assert perfxl("audit", folder, "-o", results, *ledger)[0] == WRONG


# ---------------------------------------------------------------- a server that goes and comes back
@pytest.fixture(scope="module")
def server():
    with own_server() as one:
        yield one


@linux
@pytest.mark.long
def test_a_run_whose_server_is_killed_ends_with_a_sentence_and_goes_on_when_it_is_back(
    server, inbox, tmp_path
):
    folder, results = inbox(120), tmp_path / "果"
    started = Started("audit", folder, "-o", results, "--ledger", server.url)
    wait_for(lambda: len(list(results.rglob("*-审核.xlsx"))) > 5, 60)
    server.kill()
    code, out, errors = started.end()
    assert code not in DONE
    assert "Traceback" not in out + errors
    assert "连不上" in errors

    refused = perfxl("audit", folder, "-o", results, "--ledger", server.url)
    assert refused[0] not in DONE
    assert "连不上" in refused[2]

    server.start()
    assert perfxl("audit", folder, "-o", results, "--ledger", server.url)[0] == OK
    assert len(list(results.rglob("*-审核.xlsx"))) == 120


@linux
@pytest.mark.long
def test_a_watch_waits_for_its_server(server, inbox, tmp_path):
    folder, results = inbox(4), tmp_path / "看"
    one = Watching(folder, results, ledger=server.url)
    try:
        wait_for(lambda: len(list(results.rglob("*-审核.xlsx"))) == 4, 60)
        server.kill()
        (folder / "晚.xlsx").write_bytes(form(77))
        wait_for(lambda: one.has("paused"), 60)
        server.start()
        wait_for(lambda: one.has("resumed"), 60)
        wait_for(lambda: one.has("done", "晚.xlsx"), 60)
    finally:
        one.end()
    assert (results / "晚-审核.xlsx").is_file()
