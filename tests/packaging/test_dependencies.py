"""What is installed beside perfxl: no more than is used, and it leaves the interpreter whole."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

# quicktions 1.24 writes the digit of a text of one character into the interpreter's own b"\0":
# Fraction("5") makes bytes([0]) == b"5" for the rest of the process, and every file written after
# that is wrong. In a process of its own, for it cannot be mended.
_SCRIPT = """
import sys, tempfile
import perfxl
with tempfile.TemporaryDirectory() as folder:
    results = perfxl.audit("samples", out=folder)
missing = [str(result.error or result.no_copy) for result in results if not result.copy]
assert all(reason.startswith("needs-libreoffice") for reason in missing), missing
broken = [number for number in range(256) if bytes([number])[0] != number]
broken += [number for number in range(256) if ord(chr(number)) != number]
sys.exit(f"changed: {broken}" if broken else 0)
"""


def test_an_audit_leaves_the_interpreters_own_bytes_alone():
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stderr, done.returncode) == ("", 0)


def distributions(requirements):
    """The names of distributions, as they compare, in a list of requirements."""
    return {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-") for one in requirements}


def imported():
    """The top-level names that the package imports anywhere, the drivers of databases among them."""
    names = set()
    for path in (ROOT / "perfxl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= set(re.findall(r"^postgresql\+(\w+)$", node.value))
    return names - set(sys.stdlib_module_names) - {"perfxl"}


def test_what_is_installed_is_what_is_imported_and_nothing_else():
    asked_for = distributions(PROJECT["dependencies"])
    for requirements in EXTRAS.values():
        asked_for |= distributions(requirements)
    of_name = metadata.packages_distributions()
    used = {of_name[name][0].lower().replace("_", "-") for name in imported()}

    assert used == asked_for


def test_what_an_extra_brings_is_asked_for_nowhere_else():
    always = distributions(PROJECT["dependencies"])

    assert {name: distributions(each) & always for name, each in EXTRAS.items()} == {
        "parquet": set(),
        "postgresql": set(),
    }


# As in an environment without any extra.
_WITHOUT = """
import sys

class Hidden:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in ("pyarrow", "psycopg"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden)
from perfxl.__main__ import main
sys.argv[0] = "perfxl"
sys.exit(main())
"""


@pytest.fixture
def plain(tmp_path):
    """perfxl as it is without any extra: the exit code, and what it says."""

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-c", _WITHOUT, *map(str, arguments)],
            cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200"},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return run


def test_without_the_extra_the_frames_are_csv_and_it_is_said_how_to_have_parquet(plain, tmp_path):
    assert plain("audit", ROOT / "samples" / "02-一致.xlsx", "-o", tmp_path / "结果")[0] == 0
    code, said = plain("summary", tmp_path / "结果", "--export", tmp_path / "数据")

    assert code == 0, said
    assert "pip install perfxl[parquet]" in said
    names = ("findings", "forms", "funds", "goals", "indicators")
    written = sorted(path.name for path in (tmp_path / "数据").iterdir())
    assert written == [f"{name}.csv" for name in names]


def test_with_the_extra_nothing_is_said_of_it(tmp_path):
    run = [sys.executable, "-m", "perfxl"]
    subprocess.run(
        [*run, "audit", ROOT / "samples" / "02-一致.xlsx", "-o", tmp_path / "结果"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    done = subprocess.run(
        [*run, "summary", tmp_path / "结果", "--export", tmp_path / "数据"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip

    assert b"pip install" not in done.stdout
    assert (tmp_path / "数据" / "forms.parquet").is_file()
