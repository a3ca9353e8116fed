"""Runs of the program as a person starts it."""

import json
import os
import subprocess
import sys

from tests.conftest import ROOT
from tests.forms.builder import ministry_lines, row

OK, WRONG, MISUSED, UNREAD = 0, 1, 2, 3
GOOD = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))


def perfxl(*arguments, cwd=None, environment=None):
    """One run of the program: (exit code, output, errors)."""
    clean = {
        k: v for k, v in os.environ.items() if k not in ("PERFXL_LANG", "COLUMNS", "FORCE_COLOR")
    }
    done = subprocess.run(
        [sys.executable, "-m", "perfxl", *map(str, arguments)],
        capture_output=True, check=False, cwd=cwd, timeout=120,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **(environment or {})},
    )  # fmt: skip
    out, errors = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + errors, errors
    return done.returncode, out, errors


def records(text: str):
    return [json.loads(line) for line in text.splitlines()]
