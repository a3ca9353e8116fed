"""Folders of submissions for runs over many files."""

import os
import signal
from pathlib import Path

import pytest

from perfxl.files import find
from perfxl.jobs import pool
from tests.folder.forms import form


@pytest.fixture
def inbox(tmp_path):
    """Makes a folder of so many different forms."""

    def make(count: int, name: str = "收到") -> Path:
        folder = tmp_path / name
        for number in range(count):
            path = folder / f"{number // 5}科" / f"单位{number:04}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(form(number))
        return folder

    return make


@pytest.fixture
def sources():
    return lambda folder: find.find([folder]).sources


@pytest.fixture
def processes(monkeypatch):
    """The workers that were started, in their order."""
    started = []
    start = pool._Worker.__init__

    def noted(self, *arguments):
        start(self, *arguments)
        started.append(self)

    monkeypatch.setattr(pool._Worker, "__init__", noted)
    yield started
    for one in started:
        if one.process.poll() is None:
            os.kill(one.process.pid, signal.SIGCONT)
            one.kill()
        one.end()
