"""`perfxl docs`: every page that a user needs is listed in his language, and can be printed anywhere."""

import io
import re

import pytest

from perfxl import resources
from perfxl.commands.app import make_app, run
from perfxl.commands.docs import list_pages
from perfxl.face.face import Face
from perfxl.ledger import schema
from perfxl.screens.terminal import cells
from tests.conftest import ROOT

DOCS = ROOT / "docs"
FOR_ENGINEERS = {
    "architecture.md": "the map of the code",
    "blind.md": "how well the reader met forms that it had never seen",
    "mutation.md": "which mutants of the code survive the tests",
    "new-layout.md": "how code for a new layout is written",
    "soundness.md": "how often the rules err, measured",
}
"""Pages that no list for users shows, each with what it is about."""


def said(*arguments, width=80, monkeypatch=None):
    monkeypatch.setenv("COLUMNS", str(width))
    out, errors = io.StringIO(), io.StringIO()
    return run(["docs", *arguments], out, errors), out.getvalue(), errors.getvalue()


def topics(language):
    return list_pages(Face(language, io.StringIO(), io.StringIO()))


def test_every_page_is_listed_or_is_for_engineers():
    listed = {one.path.name for language in resources.LANGUAGES for one in topics(language)}
    pages = {path.name for path in DOCS.glob("*.md")}

    assert pages - listed == FOR_ENGINEERS.keys()


def test_each_language_lists_its_own_pages_under_the_same_topics():
    chinese, english = topics("zh"), topics("en")

    assert [one.topic for one in chinese] == [one.topic for one in english]
    assert [one.path.name for one in chinese if not one.path.name.endswith(".zh.md")] == []
    assert [one.path.name for one in english if one.path.name.endswith(".zh.md")] == []


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_the_list_shows_every_topic(language, monkeypatch):
    code, out, _ = said("--lang", language, monkeypatch=monkeypatch)

    assert code == 0
    for one in topics(language):
        assert one.topic in out


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_page_is_printed_within_the_width_of_the_screen(language, monkeypatch):
    for one in topics(language):
        code, out, _ = said(one.topic, "--lang", language, monkeypatch=monkeypatch)

        assert code == 0
        assert one.title.replace(" ", "") in re.sub(r"\s", "", out)
        assert max(map(cells, out.splitlines())) <= 80, one.topic


def test_a_page_is_found_by_a_part_of_its_title_and_by_its_file(monkeypatch):
    by_topic = said("ledger", monkeypatch=monkeypatch)

    assert by_topic == said("台账", monkeypatch=monkeypatch)
    assert by_topic == said("ledger.zh.md", monkeypatch=monkeypatch)
    assert "台账只增不改" in re.sub(r"\s", "", by_topic[1])


def test_chinese_lines_of_a_page_are_joined_without_a_blank(monkeypatch):
    text = said("watch", width=300, monkeypatch=monkeypatch)[1]

    assert "原有的表先审核一遍，此后放进来的表" in text


def test_a_link_to_another_page_is_shown_as_its_topic(monkeypatch):
    text = said("watch", monkeypatch=monkeypatch)[1]

    assert "台账 (ledger)" in text
    assert ".md" not in text


@pytest.mark.parametrize(
    ("asked", "language", "expected"),
    [
        ("anonymize", "zh", ["anonymize", "相近的主题有：anonymise。"]),
        ("anonymize", "en", ["anonymize", "Near to it: anonymise."]),
        ("天气预报", "zh", ["天气预报", "可用的主题有：", "machine-output"]),
        ("汇总", "zh", ["summary、rollup"]),
    ],
)
def test_an_unknown_topic_is_told_with_the_names_near_to_it(asked, language, expected, monkeypatch):
    code, out, errors = said(asked, "--lang", language, monkeypatch=monkeypatch)

    assert (code, out) == (2, "")
    for one in expected:
        assert one in errors


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.zh.md")), ids=lambda path: path.name)
def test_links_lead_from_one_language_to_the_other(page):
    other = DOCS / page.name.replace(".zh.md", ".md")

    assert f"]({other.name})" in page.read_text("utf-8")
    assert f"]({page.name})" in other.read_text("utf-8")


def test_the_chinese_readme_leads_to_chinese_pages_where_there_are_some():
    linked = re.findall(r"\]\(docs/([\w.-]+\.md)", (ROOT / "README.zh-CN.md").read_text("utf-8"))

    assert linked
    assert [
        name
        for name in linked
        if not name.endswith(".zh.md") and (DOCS / name.replace(".md", ".zh.md")).exists()
    ] == []


# ---------------------------------------------------------------- what the Chinese pages say
CHINESE = sorted(DOCS.glob("*.zh.md"))
NOT_OURS = {"--now", "--group"}
"""Options of other programs that a page calls."""


def commands(of=None):
    """Every command's name with its options, those of groups with their group's name."""
    for name, command in (of or make_app("zh")).commands.items():
        yield name, {one for param in command.params for one in param.opts}
        if hasattr(command, "commands"):
            yield from commands(command)


@pytest.mark.parametrize("page", CHINESE, ids=lambda path: path.name)
def test_a_chinese_page_names_only_commands_and_options_that_there_are(page):
    known = dict(commands())
    text = page.read_text("utf-8")

    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - NOT_OURS
    assert named - set().union(*known.values()) == set()
    assert set(re.findall(r"(?<!/)\bperfxl ([a-z]+)\b", text)) - {*known, "watch"} == set()


def test_the_sections_of_the_chinese_vocabulary_page_exist():
    text = (DOCS / "vocabulary.zh.md").read_text("utf-8")
    known = resources.toml(ROOT / "templates" / "vocabulary.toml")

    assert set(re.findall(r"`\[([a-z_]+)(?:\.[a-zX]+)?\]`", text)) - known.keys() == set()


def test_the_chinese_page_on_the_ledger_names_every_column():
    text = (DOCS / "ledger.zh.md").read_text("utf-8")

    for table in schema.metadata.sorted_tables:
        (line,) = [one for one in text.splitlines() if one.startswith(f"| `{table.name}` |")]
        assert [one.name for one in table.columns if f"`{one.name}`" not in line] == []


@pytest.mark.parametrize("page", CHINESE, ids=lambda path: path.name)
def test_a_chinese_page_leads_to_chinese_pages_where_there_are_some(page):
    own = page.name.replace(".zh.md", ".md")
    linked = set(re.findall(r"\]\(([\w-]+\.md)", page.read_text("utf-8"))) - {own}

    assert [name for name in linked if (DOCS / name.replace(".md", ".zh.md")).exists()] == []
