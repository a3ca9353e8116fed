"""CONTRIBUTING.md is followed word for word, in a copy of the project."""

import shutil

import pytest

from tests.conftest import ROOT
from tests.docs import recipes

pytestmark = pytest.mark.long

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COPIED = ("perfxl", "templates", "samples", "examples", "tests", "docs", "benchmarks")


def section(name):
    """The text of one recipe."""
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project in which the three recipes were followed, one after the other."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*ROOT.glob("*.md"), ROOT / "pyproject.toml"):
        shutil.copy(path, folder / path.name)
    for name in ("Add a label", "Add a rule", "Add a policy"):
        follow(section(name), folder)
    return folder


def follow(text, folder):
    for language, name, body in recipes.blocks(text):
        path = folder / name
        if language == "diff":
            before, after = recipes.sides(body)
            found = path.read_text("utf-8")
            assert found.count(before) == 1, (name, before)
            path.write_text(found.replace(before, after), "utf-8")
        elif language == "toml" and path.name == "vocabulary.toml":
            add_word(path, body)
        elif language == "toml" and path.exists():
            path.write_text(path.read_text("utf-8") + "\n" + body, "utf-8")
        elif language in ("python", "toml"):
            assert not path.exists()
            path.write_text(body, "utf-8")


def add_word(path, body):
    """Put a word into the list of its section, as a person does."""
    head, listed = body.splitlines()
    key, _, words = listed.partition(" = [")
    before, found, after = path.read_text("utf-8").partition(f"{head}\n{key} = [")
    assert found, head
    path.write_text(f"{before}{found}{words.rstrip(']')}, {after}", "utf-8")


@pytest.mark.parametrize("name", ["Add a label", "Add a rule", "Add a policy"])
def test_the_commands_of_a_recipe_pass(project, name):
    (commands,) = [body for language, _, body in recipes.blocks(section(name)) if language == "sh"]

    for line in commands.splitlines():
        assert line.startswith("python ")
        said = recipes.run(project, *line.split()[1:])
        assert "failed" not in said


def test_the_label_the_rule_and_the_policy_do_what_the_page_says(project):
    before, after = (recipes.run(folder, "-c", _LABEL) for folder in (ROOT, project))

    assert before.split() == ["牵头科室,清河县公路站"]
    assert after.split() == ["清河县公路站"]
    assert "score-decimals" in recipes.run(project, "-m", "perfxl", "rules", "--lang", "en")
    assert "anshun" in (recipes.run(project, "-m", "perfxl", "policies"))
    assert "score-decimals" in (project / "docs" / "rules.zh.md").read_text("utf-8")


_LABEL = """
from tests.forms.builder import forms, ministry_lines, row

lines = ministry_lines(row("养护里程", "≥100公里", "100公里", 20, 20))
lines = [["牵头科室" if value == "实施单位" else value for value in line] for line in lines]
(form,) = forms(lines)
print(form.unit.value or "", ",".join(item.text for item in form.unread))
"""


def test_every_command_of_the_page_runs_this_python_or_is_of_the_makefile():
    """The lines before the recipes name targets that the Makefile has."""
    targets = (ROOT / "Makefile").read_text("utf-8")

    for line in PAGE.splitlines():
        if line.startswith("    make "):
            assert f"\n{line.split()[1]}:" in targets
