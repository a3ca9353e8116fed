"""Names of files are data: whatever they hold, each file has one result, shown and kept whole."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from perfxl.files import find
from perfxl.jobs.work import Settings
from perfxl.ledger import history
from perfxl.ledger.store import Ledger
from perfxl.runs import batch
from tests.conftest import ROOT
from tests.face.run import UNREAD, perfxl
from tests.folder.forms import form
from tests.folder.system import posix

NAMES = [
    "a b.xlsx", "单位（盖章）  自评表.xlsx", "it's.xlsx", "[red]{{ x }}%d.xlsx", "=cmd+A0.xlsx", "a..xlsx.xlsx", "@SUM(1).xlsx",
    "-o.xlsx", "#1!A1.xlsx", "表" * 78 + ".xlsx", "e\u0301.xlsx", "\u202egnp.xlsx", "😀.xlsx", "ＡＢＣ.XLSX", "100%.xlsx",
]  # fmt: skip
if os.name != "nt":
    NAMES += ['quo"te.xlsx', "line\nbreak.xlsx", "a\\..\\up.xlsx", "=cmd|' C calc'!A0.xlsx", "tab\tbed.xlsx", "*?.xlsx", "\x1b[2J.xlsx"]  # fmt: skip
if sys.platform == "linux":
    NAMES += [
        os.fsdecode(b"\xd6\xd0\xce\xc4.xlsx"),
        os.fsdecode(b"\xff\xfe.xlsx"),
    ]  # GBK, and nothing


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "收 到"
    path.mkdir()
    for number, name in enumerate(NAMES):
        (path / name).write_bytes(form(number))
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_name_will_do(folder, tmp_path, jobs):
    results = tmp_path / "结 果"
    sources = find.find([folder], results).sources
    for again in (False, True):
        with batch.open_batch(len(sources), Settings(), results, None, jobs) as opened:
            done = list(opened.run(sources))
        assert [one.code for one in done] == [None] * len(NAMES)
        assert all(one.kept for one in done) is again

    copies = [one.copy for one in done]
    assert len(set(copies)) == len(NAMES)
    assert all(copy.is_file() and copy.parent == results for copy in copies)
    assert len(list(results.glob("*.xls[xX]"))) == len(NAMES)


def test_names_reach_json_screen_and_ledger_as_text(folder, tmp_path):
    out = tmp_path / "o"
    code, screen, _ = perfxl("audit", folder, "-o", out, "--json", tmp_path / "r.jsonl")

    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    names = {json.loads(line)["file"] for line in lines}
    assert code in (0, 1)
    assert names == {find.printable_path(name) for name in NAMES}
    assert "\x1b[2J" not in screen
    with closing(Ledger(None, out, make=False)) as ledger:
        assert {event.name for event in history.events(ledger)} == names


def test_names_longer_than_a_disk_allows_are_shortened_and_kept_apart(tmp_path):
    folder = tmp_path / "收"
    folder.mkdir()
    stem = "长" * 82
    names = [f"{stem}{letter}.xlsx" for letter in "ab"]
    for number, name in enumerate(names):
        (folder / name).write_bytes(form(number))
    sources = find.find([folder]).sources

    with batch.open_batch(2, Settings(), tmp_path / "果", None, 1) as opened:
        done = list(opened.run(sources))

    assert len({one.copy for one in done}) == 2
    assert all(one.copy.is_file() for one in done)


@posix
def test_what_may_not_be_read_costs_itself_only(tmp_path):
    folder = tmp_path / "收"
    (folder / "锁").mkdir(parents=True)
    for number, name in enumerate(("甲.xlsx", "乙.xlsx", "锁/丙.xlsx")):
        (folder / name).write_bytes(form(number))
    (folder / "乙.xlsx").chmod(0)
    (folder / "锁").chmod(0)
    command = [sys.executable, "-m", "perfxl", "audit", str(folder), "-o", str(tmp_path / "果")]
    if os.getuid() == 0:  # root may read everything, unless it gives that right away
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    try:
        wide = os.environ | {"COLUMNS": "400"}  # each reason in one line
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, check=False, env=wide
        )
    finally:
        (folder / "锁").chmod(0o700)

    assert done.returncode == UNREAD, done.stderr
    assert done.stdout.count("没有权限") == 2
    assert [path.name for path in (tmp_path / "果").glob("*-审核*.xlsx")] == ["甲-审核.xlsx"]
    assert Path(folder / "锁" / "丙.xlsx").is_file()
