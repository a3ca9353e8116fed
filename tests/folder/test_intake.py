"""A file's bytes are taken whole or not at all."""

import os
import time
from types import SimpleNamespace

import pytest

from perfxl.bounds import LARGEST
from perfxl.errors import TooLarge, UsageError
from perfxl.files import intake
from tests.folder.system import posix


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(b"x" * 1000)
    return path


def test_a_file_at_rest_is_taken_with_its_stamp(file):
    data, stamp = intake.take(file)

    assert data == file.read_bytes()
    assert stamp == intake.stamp(file)
    assert stamp.size == 1000


def test_a_file_that_keeps_growing_is_not_taken(file, monkeypatch):
    stamp = intake.stamp

    def grown(path):
        with path.open("ab") as target:
            target.write(b"y")
        return stamp(path)

    monkeypatch.setattr(intake, "stamp", grown)
    monkeypatch.setattr(intake, "PAUSE", 0)

    with pytest.raises(UsageError, match="file-changing"):
        intake.take(file)

    assert file.stat().st_size == 1000 + intake.TRIES


def test_a_file_replaced_while_it_is_read_is_taken_as_it_then_is(file, monkeypatch):
    later = file.with_name("新.xlsx")
    later.write_bytes(b"z" * 2000)
    stamp, seen = intake.stamp, []

    def replaced(path):
        if not seen:
            later.replace(file)
        seen.append(path)
        return stamp(path)

    monkeypatch.setattr(intake, "stamp", replaced)

    data, _ = intake.take(file)

    assert data == b"z" * 2000
    assert len(seen) == 2


@posix
@pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(file):
    file.chmod(0)

    with pytest.raises(UsageError, match="file-unreadable"):
        intake.take(file)


def test_a_file_that_is_gone_is_told(file):
    file.unlink()

    with pytest.raises(UsageError, match="file-unreadable"):
        intake.take(file)


def test_a_huge_file_is_not_even_read(file):
    with file.open("r+b") as target:
        target.truncate(LARGEST + 1)

    with pytest.raises(TooLarge, match="file-over-limit"):
        intake.take(file)


def test_only_a_stamp_of_some_age_proves_that_nothing_changed(file):
    assert not intake.stamp(file).settled

    old = time.time() - 3600
    os.utime(file, (old, old))

    assert not intake.stamp(file).settled  # its other time is that of the change just made
    for age in (10**10, -(10**10)):  # a clock ahead of ours is as good as one behind
        when = time.time_ns() - age
        found = SimpleNamespace(st_size=1, st_mtime_ns=when, st_ctime_ns=when)
        assert intake._stamp(found).settled
