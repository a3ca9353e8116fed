"""What the documentation says is true: links, commands, options, keys and examples."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import perfxl
from perfxl import machine, texts
from perfxl.commands.app import make_app, run
from perfxl.ooxml import marks
from perfxl.ooxml.parts.package import Package
from perfxl.resources import toml
from perfxl.rules.audit import audit
from perfxl.rules.policies import policy
from perfxl.rules.policies.parameters import PARAMETERS
from tests.conftest import REFERENCE, ROOT

DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")), ROOT / "samples" / "README.md"]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
COMMANDS = make_app("zh").commands
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
_DIGITS = re.compile(r"[0-9]+")
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text("utf-8")
    return [body for kind, body in _BLOCK.findall(text) if kind == language]


def options(command) -> list[str]:
    return [name for one in command.params for name in one.opts if name.startswith("-")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target in _LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_no_page_has_the_marks_of_a_merge(page):
    lines = page.read_text("utf-8").splitlines()

    assert not [line for line in lines if re.match(r"<{7} |={7}$|>{7} ", line)]


@pytest.mark.parametrize("page", READMES, ids=lambda path: path.name)
def test_every_command_and_option_is_in_the_readme(page):
    text = page.read_text("utf-8")

    for name, command in COMMANDS.items():
        assert f"perfxl {name}" in text
        for option in options(command):
            assert f"`{option}" in text, f"{name} {option}"


def test_every_command_and_option_has_help():
    for name, command in COMMANDS.items():
        assert "perfxl" in command.help, f"{name} has no example"
        for one in command.params:
            assert one.help, f"{name} {one.name}"


def test_generated_pages_are_current():
    script = [sys.executable, str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)

    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.mark.long
@pytest.mark.parametrize(("page", "language"), [(READMES[0], "en"), (READMES[1], "zh")])
def test_the_end_of_a_run_in_the_readme_is_real(page, language, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = io.StringIO()
    run(["audit", str(ROOT / "samples"), "-o", str(tmp_path / "demo"), "--lang", language], out)
    real = out.getvalue().replace(f"{tmp_path}{os.sep}", "")
    text = page.read_text("utf-8")

    shown = next(body for kind, body in _BLOCK.findall(text) if kind == "text")
    forms, _, counts = shown.partition(" …\n")

    assert [line for line in _stripped(forms) if line not in _stripped(real)] == []
    # How many samples there are changes often.
    assert set(_stripped(_DIGITS.sub("0", counts))) <= set(_stripped(_DIGITS.sub("0", real)))


def _stripped(text: str) -> list[str]:
    """The lines, without the rules between them, whose length goes by the longest of all."""
    return [line.rstrip() for line in text.splitlines() if "──" not in line]


def keys(node) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(keys, node))
    if isinstance(node, dict):
        return set(node).union(*map(keys, node.values()))
    return set()


def test_every_key_of_the_machine_output_is_described():
    text = (DOCS / "machine-output.md").read_text("utf-8")
    described = set(re.findall(r"`([a-z_0-9]+)`", text))
    results = perfxl.audit(ROOT / "samples") + perfxl.read(ROOT / "LICENSE")

    found = keys([machine.record(result, texts.load_texts("zh")) for result in results])

    assert {"error", "code", "causes", "unread"} <= found
    assert {key.removesuffix("_cell") for key in found} - described == set()


def test_the_examples_of_the_machine_output_are_real():
    form = machine.record(perfxl.audit(REFERENCE)[0], texts.load_texts("zh"))["forms"][0]

    score, finding = (json.loads(block) for block in blocks("machine-output.md", "json"))

    assert score in form["scores"]
    assert finding in form["findings"]


def test_the_python_of_the_machine_output_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)

    exec(blocks("machine-output.md", "python")[0], {})  # noqa: S102  # our own page

    assert capsys.readouterr().out.startswith("95 ")


def relabelled(path: Path, words: dict[str, str]) -> bytes:
    """A workbook with other words in the place of some labels."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "xl/sharedStrings.xml":
                for old, new in words.items():
                    assert old.encode() in content
                    content = content.replace(old.encode(), new.encode())
            target.writestr(member, content)
    return out.getvalue()


def test_the_example_of_a_vocabulary_teaches_the_labels_it_names(tmp_path):
    file, words = tmp_path / "自评表.xlsx", tmp_path / "我省词汇.toml"
    labels = {"实际完成值（B）": "年末经第三方逐户核验的兑现口径", "单位名称": "呈报口"}
    file.write_bytes(relabelled(REFERENCE, labels))
    words.write_text(blocks("vocabulary.md", "toml")[0], "utf-8")

    before = perfxl.read(file)[0].forms[0]
    after = perfxl.read(file, vocabulary=[words])[0].forms[0]

    assert {"年末经第三方逐户核验的兑现口径", "呈报口", "2项"} <= {
        item.text for item in before.unread
    }
    assert not before.indicators[0].actual.text
    assert after.unread == ()
    assert after.unit.value == "江州市云湖区机关事务服务中心"
    assert after.indicators[0].actual.text == "2项"


def test_the_sections_of_the_vocabulary_page_exist():
    text = (DOCS / "vocabulary.md").read_text("utf-8")
    known = toml(ROOT / "templates" / "vocabulary.toml")

    for section in re.findall(r"\[([a-z_]+)(?:\.X)?\]", text):
        assert section in known


def test_the_example_of_a_policy_can_be_used(tmp_path):
    (tmp_path / "example.toml").write_text(blocks("policies.md", "toml")[0], "utf-8")
    form = perfxl.read(REFERENCE)[0].forms[0]

    done = audit(form, "example", extra=tmp_path)

    assert done.choice.policy.id == "example"
    assert done.choice.policy.clause("qualitative") == "第九条"
    assert {*policy.load(), "example"} == set(policy.load(tmp_path))


def test_the_way_back_from_a_marked_copy(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    submitted = Path("自评表.xlsx")
    submitted.write_bytes(REFERENCE.read_bytes())
    perfxl.audit(submitted, out="审核结果")
    submitted.unlink()

    exec(blocks("marked-copy.md", "python")[0], {})  # noqa: S102  # our own page

    assert submitted.read_bytes() == REFERENCE.read_bytes()
    assert not marks.is_marked(Package.open(submitted.read_bytes()))


def test_every_parameter_of_a_policy_is_described():
    english, chinese = (
        (DOCS / name).read_text("utf-8") for name in ("policies.md", "policies.zh.md")
    )

    for one in PARAMETERS:
        assert f"`{one.key}`" in english, one.key
        assert (
            texts.load_texts("zh").get(f"policy/labels/{one.key.replace('.', '_')}") in chinese
        ), one.key
    for known in policy.load():
        assert f"`{known}`" in english
        assert f"`{known}`" in chinese


def test_the_second_example_of_a_policy_is_a_later_edition_of_the_first(tmp_path):
    for name, text in zip(("a.toml", "b.toml"), blocks("policies.md", "toml"), strict=True):
        (tmp_path / name).write_text(text, "utf-8")

    found = [policy.get_policy("example", tmp_path, year) for year in (2024, 2025)]

    assert [(one.budget_points, one.inverse) for one in found] == [
        (15, "proportional"),
        (15, "linear"),
    ]
