"""Small files that cost much: each ends in time, in memory, and with a reason or a result."""

import contextlib
import json
import os
import subprocess
import sys
import textwrap
import time

import pytest

import perfxl
from perfxl import bounds
from perfxl.errors import TooLarge
from perfxl.files import find
from perfxl.jobs import job, limits, pool, work
from perfxl.jobs.limits import Limits
from perfxl.jobs.work import Settings
from perfxl.runs import run
from tests.conftest import ROOT
from tests.folder.forms import form
from tests.folder.system import linux, posix
from tests.hostile import heavy
from tests.hostile.measure import cost

SECONDS, MEGABYTES = 20, 500
SHORT = (
    "xlsx_one_sheet_listed_20000_times", "xlsx_a_format_code_of_megabytes", "xlsx_unclosed_si", "xlsx_unclosed_c",
    "xlsx_attributes", "xlsx_columns_defined_16384_times", "xls_one_sheet_listed_5000_times", "xls_strings",
    "xlsb_one_sheet_listed_20000_times", "ods_2000_tables", "fods_2000_tables", "xml2003_chain_of_styles",
    "html_rowspans", "html_style_soup", "html_attribute_soup", "mhtml_2000_pages", "docx_continued_cells",
    "text_of_digits",
)  # fmt: skip


def check(name, tmp_path):
    path = tmp_path / "表.bin"
    path.write_bytes(heavy.KINDS[name]())

    seconds, megabytes, code, forms, copy, reason = cost(path)

    assert seconds < SECONDS, (seconds, code)
    assert megabytes < MEGABYTES, (megabytes, code)
    assert code not in {"RAISED", "HANGS", "internal", "damaged-file"}, reason
    assert code is not None or (forms and (copy or reason))


@linux
@pytest.mark.parametrize("name", SHORT)
def test_a_costly_file_ends_in_time_and_memory(name, tmp_path):
    check(name, tmp_path)


@linux
@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in heavy.KINDS if name not in SHORT])
def test_every_costly_file_ends_in_time_and_memory(name, tmp_path):
    check(name, tmp_path)


@linux
@pytest.mark.long
def test_good_forms_beside_costly_files_are_done_as_if_those_were_not_there(tmp_path):
    folder, alone = tmp_path / "收到", tmp_path / "好"
    for place in (folder, alone):
        place.mkdir()
        for number in range(40):
            (place / f"单位{number:02}.xlsx").write_bytes(form(number))
    for name in SHORT:
        (folder / f"坏-{name}.xlsx").write_bytes(heavy.KINDS[name]())
    script = (
        # A process's own ru_maxrss begins with what the one that started it held; its VmHWM does not.
        "import resource, sys; from pathlib import Path; from perfxl import cli\n"
        "def most(): return int(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
        "try: cli.main()\n"
        "finally: print(most() // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)"
    )

    def lines(place):
        target = place.with_suffix(".jsonl")
        done = subprocess.run(
            [sys.executable, "-c", script, "audit", place, "-o", place.with_suffix(".out"), "--json", target, "-j", "2"],
            capture_output=True, text=True, check=False, cwd=ROOT, timeout=300,
        )  # fmt: skip
        assert max(map(int, done.stderr.splitlines()[-1].split())) < MEGABYTES
        found = {
            line["file"]: line for line in map(json.loads, target.read_text("utf-8").splitlines())
        }
        for line in found.values():
            for one in line["forms"]:
                one.pop("copy")
        return found

    beside, expected = lines(folder), lines(alone)

    assert len(expected) == 40
    assert {name: line for name, line in beside.items() if name in expected} == expected
    assert len(beside) == 40 + len(SHORT)


def test_a_form_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "MOST_ROWS", 2)
    (tmp_path / "甲.xlsx").write_bytes(heavy.good())

    (result,) = perfxl.audit(tmp_path)

    assert result.error.code == "too-many-rows"


# ---------------------------------------------------------------- the limit itself
def forever():
    while True:
        pass


def test_what_takes_too_long_is_given_up_with_a_reason():
    started = time.monotonic()

    with pytest.raises(TooLarge, match="too-slow"):
        limits.run_limited(0.2, forever)

    assert time.monotonic() - started < 10


def test_what_hides_in_handlers_of_errors_is_given_up_too():
    def stubborn():
        while True:
            with contextlib.suppress(Exception):  # what broken code does
                sum(range(1000))

    with pytest.raises(TooLarge, match="too-slow"):
        limits.run_limited(0.2, stubborn)


@posix
def test_what_takes_too_much_memory_is_given_up_with_a_reason(monkeypatch):
    monkeypatch.setattr(limits, "GROWTH", 50)
    held = []

    def hoard():
        while True:
            held.append(bytearray(b"x") * 500_000)

    with pytest.raises(TooLarge, match="unpacks-too-large"):
        limits.run_limited(30, hoard)
    held.clear()


@linux
def test_waiting_for_others_costs_a_file_nothing():
    assert limits.run_limited(0.1, lambda: time.sleep(0.5) or "fertig") == "fertig"


def test_a_limit_that_is_over_comes_into_nothing_later():
    for _ in range(50):
        with contextlib.suppress(TooLarge):
            limits.run_limited(0.001, lambda: sum(range(200_000)))
        sum(range(10_000))
    time.sleep(3 * limits.LOOK)
    assert not limits._guards


def test_one_or_two_files_have_the_limits_too(tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "READING", 0.2)
    monkeypatch.setattr(work.reader, "forms", lambda *_: forever())
    (tmp_path / "甲.xlsx").write_bytes(heavy.good())

    for result in (
        perfxl.audit(tmp_path)[0],
        perfxl.read(tmp_path)[0],
        perfxl.rollup(tmp_path).results[0],
    ):
        assert result.error.code == "too-slow"


@posix
def test_a_large_file_is_worked_on_where_it_can_be_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(job, "LARGE_ZIP", 1000)
    stuck = "import time; from perfxl.forms import read; read.forms = lambda *_: time.sleep(60); "
    monkeypatch.setattr(pool, "_START", pool._START.replace("main()", stuck + "main()"))
    path = tmp_path / "甲.xlsx"
    path.write_bytes(heavy.good())

    (result,) = run.audit(
        [find.Source(path, path.name)], Settings(), None, None, Limits(seconds=1.0)
    )

    assert result.error.code == "too-slow"


@linux
def test_a_worker_that_cannot_be_stopped_ends_itself():
    script = """
        from perfxl.jobs import limits
        limits.GRACE = 0.2
        limits.hold(0)
        limits._throw = lambda *_: None
        def forever():
            while True: pass
        limits.run_limited(0.2, forever)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == limits.TOO_SLOW
