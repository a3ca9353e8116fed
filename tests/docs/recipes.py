"""Pages that are followed word for word: their blocks, and the files that they are for."""

import os
import re
import subprocess
import sys

_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"`([\w./]+\.\w+)`")


def blocks(page):
    """Each block as (language, the file that the page names last before it, what stands in it)."""
    for match in _BLOCK.finditer(page):
        names = _FILE.findall(page[: match.start()])
        yield match[1], names[-1], match[2]


def sides(diff):
    """What some lines are before a change, and after it."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    return before, "".join(line[1:] for line in lines)


def run(folder, *command):
    """What a command says in a copy of the project."""
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False,
        encoding="utf-8", env=os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
