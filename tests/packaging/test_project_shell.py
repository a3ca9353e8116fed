"""What stands around the code calls what the README names, and nothing else."""

import re
import tomllib

import pytest
import yaml

import perfxl
from tests.conftest import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = "\n".join((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
TOOLS = ("ruff", "mypy", "pytest", "--group dev", "make test")
_GUARDS = re.compile(r"^(if \(|\$|make clean$)| \|\| .*$")
"""What a workflow has to add: the samples are full of faults, which is no failure of the program."""


def read(path):
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def commands():
    """Every line that the hosted workflow runs, without its guards."""
    for job in read(".github/workflows/test.yml")["jobs"].values():
        for step in job["steps"]:
            for line in step.get("run", "").splitlines():
                bare = re.sub(r" \|\| .*$", "", line).strip()
                if bare and not _GUARDS.match(bare):
                    yield bare


def test_the_workflow_runs_the_lines_of_the_pages():
    found = list(commands())

    assert len(found) > 10
    assert [line for line in found if line not in PAGES] == []


def test_the_workflow_runs_on_each_system_that_the_readme_names():
    jobs = read(".github/workflows/test.yml")["jobs"]
    systems = {*jobs["unix"]["strategy"]["matrix"]["system"], jobs["windows"]["runs-on"]}

    assert {name.partition("-")[0] for name in systems} == {"ubuntu", "macos", "windows"}
    lowest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in ("unix", "windows"):
        versions = jobs[name]["strategy"]["matrix"]["python"]
        assert lowest["requires-python"] == f">={versions[0]}"


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_a_user_is_not_led_to_the_tools_of_developers(path):
    text = path.read_text("utf-8")
    before, found, after = re.split(r"\n## (For developers|供开发人员)\n", text)

    assert found
    assert [tool for tool in TOOLS if tool in before] == []
    assert "make test" in after
    assert "CONTRIBUTING.md" in after


def test_what_is_run_before_a_commit_is_what_the_gate_runs():
    hooks = [hook["entry"] for repo in read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]  # fmt: skip
    gate = re.findall(
        r"^\t\$\(BIN\)/(ruff .*|mypy.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE
    )

    assert [one for one in gate if one not in hooks] == []
    assert [one for one in hooks if one not in gate] == ["python docs/generate.py --check"]


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml")))
def test_a_form_for_issues_asks_in_both_languages(path):
    form = read(path)
    fields = [one for one in form["body"] if one["type"] != "markdown"]

    assert form["name"] and form["description"]  # noqa: PT018
    assert len({one["id"] for one in fields}) == len(fields)
    for text in (form["name"], form["description"]):
        assert re.search(r"[\u3400-\u9fff]", text)
        assert re.search(r"[A-Za-z]{4}", text)


def test_who_reports_a_form_is_told_to_make_it_anonymous():
    text = (ROOT / ".github" / "ISSUE_TEMPLATE" / "1-form.yml").read_text("utf-8")

    assert "perfxl anonymise" in text


def test_the_version_has_its_place_in_the_changelog():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert f"## [{perfxl.__version__}] - " in text
    assert text.index("## [Unreleased]") < text.index(f"## [{perfxl.__version__}]")


def test_a_command_counts_the_branches_that_tests_reach():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]

    assert settings["run"] == {"branch": True, "source": ["perfxl"]}
    assert settings["report"]["fail_under"] >= 80
    assert "pytest -n $(WORKERS) --cov" in (ROOT / "Makefile").read_text("utf-8")
