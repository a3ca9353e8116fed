"""The list of rules is complete, each has its texts in both languages, and the documentation is current."""

import ast
import inspect
import re

import pytest

import perfxl
from perfxl import resources, texts
from perfxl.rules import audit as audit_module
from perfxl.rules.findings import Severity
from perfxl.rules.policies import policy
from perfxl.rules.registry import RULES
from tests.conftest import ROOT

CODES = [rule.code for rule in RULES]


def decorated():
    """(module, function) of every function with the decorator, read from the sources."""
    for module in audit_module.MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and any(
                getattr(d.func if isinstance(d, ast.Call) else d, "id", "") in ("rule", "clue")
                for d in node.decorator_list
            ):
                yield module, node


def test_every_function_so_decorated_is_listed_once():
    assert sorted(CODES) == sorted(node.name.replace("_", "-") for _, node in decorated())
    assert len(set(CODES)) == len(CODES)


def test_every_file_of_rules_is_known():
    listed = {module.__name__.rpartition(".")[2] for module in audit_module.MODULES}
    using = {
        path.stem
        for path in (ROOT / "perfxl" / "rules").rglob("*.py")
        if re.search(r"^@(?:rule\(|clue$)", path.read_text("utf-8"), re.MULTILINE)
    }

    assert using == listed


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_says_its_clause_and_its_severity(rule):
    assert rule.clause.endswith(".")
    assert set(rule.severity.split(", ")) <= {str(s) for s in Severity}
    for known in policy.load().values():
        assert known.clause(rule.subject)


@pytest.mark.parametrize("language", resources.LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_rule_has_its_texts(rule, language):
    catalogue = texts.load_texts(language)

    assert catalogue.get(f"rules/{rule.code}/title")
    for message in messages(rule):
        assert catalogue.has(f"rules/{rule.code}/messages/{message}"), message


def messages(rule):
    """The codes of the messages that a rule's source mentions."""
    known = set(texts.load_texts("zh")._find(f"rules/{rule.code}/messages"))
    source = ast.parse(inspect.getsource(inspect.getmodule(rule.check)))
    node = next(
        n for n in source.body if isinstance(n, ast.FunctionDef) and n.name == rule.check.__name__
    )
    used = set()
    for call in ast.walk(node):
        if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Check"):
            continue
        if len(call.args) > 4:
            used |= {n.value for n in ast.walk(call.args[4]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                     and n.value not in ("units-differ", "scale")}  # fmt: skip
    return used | known


def keys(node, path=()):
    if isinstance(node, dict):
        for name, value in node.items():
            yield from keys(value, (*path, name))
    else:
        yield path, node


def test_both_languages_say_the_same_things():
    chinese, english = (
        dict(keys(texts.load_texts(language)._data)) for language in resources.LANGUAGES
    )

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        if isinstance(text, list):
            assert len(text) == len(english[key]), key


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_text_can_be_compiled(language):
    catalogue = texts.load_texts(language)
    for path, text in keys(catalogue._data):
        for each in text if isinstance(text, list) else [text]:
            catalogue._environment.from_string(str(each))
            assert "TODO" not in str(each), path


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_finding_of_the_samples_can_be_said(sample, language):
    catalogue = texts.load_texts(language)
    for audit in perfxl.audit(sample)[0].audits:
        for finding in audit.findings:
            for said in (finding, *finding.causes):
                text = catalogue.sentence(said)

                assert text.strip()
                assert not re.search(r"None(?! of)", text)
                assert "{{" not in text
                assert "Fraction" not in text


def test_the_documentation_lists_every_rule():
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("**/*.md"))

    for rule in RULES:
        assert rule.code in pages, rule.code
        assert texts.load_texts("zh").get(f"rules/{rule.code}/title") in pages, rule.code
