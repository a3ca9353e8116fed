"""Both catalogues say the same things, and every one of their templates can be used."""

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import meta

from perfxl import resources, texts

FOLDER = resources.templates() / "texts"
PAIRS = [
    (path.name, path.name.replace("zh.toml", "en.toml")) for path in sorted(FOLDER.glob("*zh.toml"))
]
PLAIN = ("help/", "typer/", "misuse/")  # filled with str.replace before Jinja2 is imported


def entries(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, child in node.items():
            yield from entries(child, f"{path}/{name}" if path else name)
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield f"{path}[{number}]", child
    else:
        yield path, node


def catalogue(name: str) -> dict[str, str]:
    return dict(entries(resources.toml(FOLDER / name)))


def environment() -> Any:
    return texts.load_texts("zh")._environment


def placeholders(path: str, text: str) -> set[str]:
    if path.startswith(PLAIN):
        return set(re.findall(r"\{\w*\}", text))
    return set(meta.find_undeclared_variables(environment().parse(text)))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_languages_have_the_same_keys(one, other):
    here, there = catalogue(one), catalogue(other)

    assert set(here) == set(there)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_languages_use_the_same_placeholders(one, other):
    here, there = catalogue(one), catalogue(other)

    different = {
        path: (placeholders(path, here[path]), placeholders(path, there[path]))
        for path in here
        if placeholders(path, here[path]) != placeholders(path, there[path])
    }

    assert different == {}


@pytest.mark.parametrize("name", [name for pair in PAIRS for name in pair])
def test_every_template_compiles_and_is_not_empty(name):
    for path, text in catalogue(name).items():
        assert text, path
        if not path.startswith(PLAIN):
            environment().from_string(text)


def test_english_has_no_chinese_sentence():
    # Single words of the forms themselves may be quoted (元, 一级指标), sentences not.
    chinese = re.compile(r"[\u4e00-\u9fff]{6,}|[，。；：（）、]")

    left = {
        path: text
        for pair in PAIRS
        for path, text in catalogue(pair[1]).items()
        if chinese.search(text.replace("绩效自评表", ""))
    }

    assert left == {}


def test_misuse_texts_use_only_the_names_that_are_filled_in():
    for name in ("zh.toml", "en.toml"):
        for path, text in catalogue(name).items():
            if path.startswith("misuse/"):
                names = {field for _, field, _, _ in string.Formatter().parse(text) if field}
                assert names <= {"name", "param", "least", "message"}, path


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_everything_that_a_cell_can_be_taken_for_has_a_name(language):
    catalogue = texts.load_texts(language)
    words = resources.toml(resources.templates() / "vocabulary.toml")
    kinds = [name for section in ("columns", "funds", "fields") for name in words[section]]

    assert [name for name in kinds if not catalogue.has(f"fields/{name}")] == []
