"""The wheel works away from the checkout, data files and all."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from perfxl import __version__
from tests.conftest import REFERENCE, ROOT

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def run(*command, cwd, path=None, code=0):
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else None
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The project's wheel, built from the checkout with the tools of the environment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    run(*PIP, *build, "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that holds nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("installed")
    run(
        *PIP, "install", "--quiet", "--no-deps", "--no-index", "--target", folder, wheel, cwd=folder
    )
    return folder


def test_the_wheel_carries_the_package_and_every_template_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    folder = ROOT / "templates"
    templates = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }

    assert {f"perfxl/templates/{name}" for name in templates} <= names
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    assert {f"perfxl/docs/{name}" for name in pages} <= names
    assert "perfxl/py.typed" in names
    assert {name.partition("/")[0] for name in names} == {
        "perfxl",
        f"perfxl-{__version__}.dist-info",
    }


def test_help_and_audit_work_from_the_wheel(installed, tmp_path):
    where = "import perfxl; print(perfxl.__file__)"
    file = run(sys.executable, "-c", where, cwd=tmp_path, path=installed).strip()
    command = [sys.executable, "-m", "perfxl"]
    usage = run(*command, "--help", cwd=tmp_path, path=installed)
    output = ["-o", "out", "--json", "out/a.jsonl"]
    run(*command, "audit", REFERENCE, *output, cwd=tmp_path, path=installed, code=1)

    assert Path(file).is_relative_to(installed)
    assert "audit" in usage
    (line,) = (tmp_path / "out" / "a.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["forms"][0]["claimed_total"] == 95
    assert (tmp_path / "out" / f"{REFERENCE.stem}-审核.xlsx").is_file()


def test_the_documentation_is_printed_from_the_wheel(installed, tmp_path):
    command = [sys.executable, "-m", "perfxl", "docs"]
    page = run(*command, "ledger", cwd=tmp_path, path=installed)

    assert "marked-copy" in run(*command, "--lang", "en", cwd=tmp_path, path=installed)
    assert "台账" in page
