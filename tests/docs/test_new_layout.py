"""docs/new-layout.md is followed word for word, in a copy of the project."""

import shutil

import pytest

import perfxl
from tests.conftest import ROOT
from tests.docs import recipes
from tests.docs.recipes import run, sides
from tests.forms.builder import LEFT, ministry_lines, row, workbook

pytestmark = pytest.mark.long

PAGE = (ROOT / "docs" / "new-layout.md").read_text("utf-8")
COPIED = ("perfxl", "templates", "samples", "examples", "tests", "docs")


def blocks(language):
    """Each block of a language with the file that the page names last before it."""
    return [(name, body) for kind, name, body in recipes.blocks(PAGE) if kind == language]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project in which all that the page says was done."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    ((_, words),) = blocks("toml")
    vocabulary = folder / "templates" / "vocabulary.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8") + "\n" + words, "utf-8")
    *modules, _ = blocks("python")
    for name, body in modules:
        assert not (folder / name).exists()
        (folder / name).write_text(body, "utf-8")
    for name, diff in blocks("diff"):
        before, after = sides(diff)
        text = (folder / name).read_text("utf-8")
        assert text.count(before) == 1, (name, before)
        (folder / name).write_text(text.replace(before, after), "utf-8")
    return folder


def test_a_label_alone_takes_the_first_value_of_the_row(tmp_path):
    ((_, words),) = blocks("toml")
    (tmp_path / "我县词汇.toml").write_text(words, "utf-8")
    lines = ministry_lines(row("修缮水渠", "≥12公里", "12.6公里", 20, 20))
    lines.insert(-1, ("加分项", LEFT, "获省级表彰一次", *[LEFT] * 4, 2, None))
    (tmp_path / "自评表.xlsx").write_bytes(workbook(lines))

    def read(**more):
        (form,) = perfxl.read(tmp_path / "自评表.xlsx", **more)[0].forms
        return [item.text for item in form.unread], [field.text for _, field in form.others]

    assert read() == (["加分项", "获省级表彰一次", "2"], [])
    assert read(vocabulary=[tmp_path / "我县词汇.toml"]) == (["2"], ["获省级表彰一次"])


def test_the_commands_of_the_page_pass(project):
    ((_, commands),) = blocks("sh")
    said = []
    for line in commands.splitlines():
        program, *rest = line.split()
        assert program == "python"
        said.append(run(project, *rest))

    assert "passed" not in said[0]
    assert said[1].count(".") > 30
    listed = (project / "docs" / "architecture.md").read_text("utf-8")
    assert "| `blocks/bonus_row.py` | A row of points on top of the hundred" in listed


def test_the_reading_is_what_the_page_says(project):
    *_, (_, body) = blocks("python")

    assert run(project, "samples/families.py") == ""
    assert run(project, "-c", body) == ""
