"""What `import perfxl` gives: a list that is held, types that checkers see, help that runs."""

import inspect
import subprocess
import sys
import textwrap

import pytest

import perfxl
from perfxl import errors, texts
from tests.conftest import REFERENCE, ROOT

EXPORTED = [
    "Audit", "Finding", "Form", "Result", "__version__", "audit", "fill", "frames", "read", "rollup",
]  # fmt: skip


def test_the_public_names_are_these_and_each_is_there():
    assert perfxl.__all__ == EXPORTED
    for name in EXPORTED:
        assert getattr(perfxl, name)


def test_the_exported_types_are_those_of_what_comes_back():
    (result,) = perfxl.audit(REFERENCE)

    assert isinstance(result, perfxl.Result)
    assert isinstance(result.forms[0], perfxl.Form)
    assert isinstance(result.audits[0], perfxl.Audit)
    assert isinstance(result.audits[0].findings[0], perfxl.Finding)


def test_what_is_not_exported_is_said_as_by_any_module():
    with pytest.raises(AttributeError, match="perfxl"):
        perfxl.Nothing  # noqa: B018


def test_help_shows_python_that_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "自评表").mkdir()
    (tmp_path / "自评表" / "表.xlsx").write_bytes(REFERENCE.read_bytes())
    lines = inspect.getdoc(perfxl).splitlines()
    code = textwrap.dedent("\n".join(one for one in lines if one.startswith("    ") or not one))

    exec(code, {})  # noqa: S102  # our own docstring

    assert capsys.readouterr().out.startswith("表.xlsx ")
    assert len(list((tmp_path / "结果").iterdir())) == 1


_USER = """
from pathlib import Path

import perfxl
from perfxl import Audit, Finding, Form, Result

results: list[Result] = perfxl.audit(Path("a.xlsx"))
forms: tuple[Form, ...] = results[0].forms
audits: tuple[Audit, ...] = results[0].audits
findings: tuple[Finding, ...] = tuple(audits[0].findings)
wrong: int = findings[0].rule
"""


@pytest.mark.long
def test_a_type_checker_sees_the_types_from_outside(tmp_path):
    """py.typed says that they count; one line of the user's is wrong on purpose."""
    (tmp_path / "user.py").write_text(_USER, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "user.py"],
        cwd=tmp_path, env={"MYPYPATH": "", "PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip

    assert (ROOT / "perfxl" / "py.typed").is_file()
    assert "user.py:11: error" in done.stdout, done.stdout + done.stderr
    assert "Found 1 error" in done.stdout


def test_what_the_list_of_errors_names_is_there():
    """errors.py says where the text of an error comes from."""
    named = errors.__doc__.rpartition("`perfxl.texts.")[2].partition("`")[0]

    found = texts
    for part in named.split("."):
        found = getattr(found, part)
    assert callable(found)
