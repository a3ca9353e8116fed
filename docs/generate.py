"""Writes what the documentation takes from the project itself.

The rule reference (rules.md, rules.zh.md) comes from the registry, the policies and the catalogue of
texts; the list of files in architecture.md from the first line of each module.

    python docs/generate.py           writes them
    python docs/generate.py --check   ends with 1 if one is not current
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from perfxl import texts
from perfxl.books.policy import layout
from perfxl.rules import audit, registry
from perfxl.rules.policies import policy
from perfxl.rules.policies.parameters import PARAMETERS
from perfxl.rules.policies.policy import Policy
from perfxl.rules.registry import Rule
from perfxl.screens import policies as screen_policies
from perfxl.texts import Texts

FOLDER = Path(__file__).parent
PACKAGE = FOLDER.parent / "perfxl"
LAYERS = (
    "ooxml", "grid", "forms", "rules", "rollups", "books", "report", "files", "sealed", "jobs", "ledger",
    "runs", "screens", "face", "commands",
)  # fmt: skip
START, END = "<!-- the list of files, made by docs/generate.py -->", "<!-- end of the list -->"
LEFT_OUT = ("id", "valid_from", "valid_to", "select.notes", "select.columns")
"""Parameters that the table of policies does not show."""
FILES = {"en": "rules.md", "zh": "rules.zh.md"}
WORDS = {
    "en": {
        "title": "The rules",
        "made": "[中文](rules.zh.md)\n\nMade by `python docs/generate.py` from the rules themselves; do not edit.",
        "intro": (
            "Each rule gives each of its subjects one of four verdicts: 符合 holds, 不符 does not hold, "
            "不适用 does not apply, 无法判定 cannot be judged. Where a rule has two severities, an **error** "
            "is proven and in the department's favour or in its arithmetic, and a **warning** contradicts "
            "the rules without favouring the department or lacks an explanation. A **note** is no fault. "
            "`perfxl rules` prints the same list."
        ),
        "heads": ("rule", "severity", "what it says", "problems it finds"),
        "words": "In plain words",
        "basis": "Rests on",
        "policies": "The policies",
        "parameter": "parameter",
        "years": "years",
        "based": "What a policy does not state it takes from the one that it is based on: {}. "
        "`perfxl policies ID` shows where each parameter comes from.",
    },
    "zh": {
        "title": "规则一览",
        "made": "[English](rules.md)\n\n本页由 `python docs/generate.py` 依规则本身生成，请勿直接修改。",
        "intro": (
            "每条规则对每个对象给出四种结论之一：符合、不符、不适用、无法判定。一条规则有两种程度的："
            "**错误**是已经证实、对单位有利或属于计算错误的；**提醒**是不合规则但并未使单位多得分，"
            "或缺少应有说明的。**备注**不是问题，只是值得一看。`perfxl rules` 显示同样的内容。"
        ),
        "heads": ("规则", "程度", "内容", "发现的问题"),
        "basis": "依据",
        "policies": "评分办法",
        "parameter": "参数",
        "years": "适用年度",
        "based": "没有另行规定的参数沿用所依据的办法：{}。每个参数的出处见 `perfxl policies 名称`。",
    },
}


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def severity(rule: Rule, catalogue: Texts) -> str:
    """The severities of a rule in words."""
    return " / ".join(catalogue.get(f"severity/{one}") for one in rule.severity.split(", "))


def parameters(language: str, known: list[Policy]) -> str:
    """The parameters of every policy side by side."""
    words, catalogue = WORDS[language], texts.load_texts(language)
    rows = [(words["years"], *(screen_policies.years(one, catalogue) for one in known))]
    for parameter in PARAMETERS:
        if parameter.key in LEFT_OUT or parameter.key in {"zh", "en"} - {language}:
            continue
        values = [screen_policies.value(one, parameter, catalogue) for one in known]
        if len(set(values)) > 1 or values[0] != catalogue.get("policy/unstated"):
            rows.append((layout.label(parameter, catalogue), *values))
    based = [f"`{one.id}` → `{one.based_on}`" for one in known if one.based_on]
    return (
        table((words["parameter"], *(f"`{one.id}`" for one in known)), rows)
        + "\n"
        + words["based"].format(", ".join(based))
        + "\n"
    )


def ordered_rules() -> list[Rule]:
    """Every rule, module by module in the order of the audit, whichever was imported first."""
    modules = [module.__name__ for module in audit.MODULES]
    return sorted(registry.RULES, key=lambda rule: modules.index(rule.check.__module__))


def page(language: str) -> str:
    """The rule reference in one language."""
    words, catalogue = WORDS[language], texts.load_texts(language)
    known = list(policy.load().values())
    whole = [one for one in known if not one.based_on]
    rules = ordered_rules()
    overview = [
        (
            f"`{rule.code}`",
            severity(rule, catalogue),
            catalogue.get(f"rules/{rule.code}/title"),
            catalogue.join("listed", catalogue.problems(rule.code)),
        )
        for rule in rules
    ]
    clauses = [(f"`{rule.code}`", *(one.clause(rule.subject) for one in whole)) for rule in rules]
    parts = [
        f"# {words['title']}\n",
        f"{words['made']}\n",
        f"{words['intro']}\n",
        table(words["heads"], overview),
    ]
    if "words" in words:  # the docstrings are in English
        plain = [(f"`{rule.code}`", rule.clause) for rule in rules]
        parts += [f"## {words['words']}\n", table(words["heads"][:3:2], plain)]
    parts += [
        f"## {words['basis']}\n",
        table((words["heads"][0], *(f"`{one.id}`" for one in whole)), clauses),
        f"## {words['policies']}\n",
        parameters(language, known),
    ]
    return "\n".join(parts)


def purpose(path: Path) -> str:
    """The first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


def _below(path: Path, folder: Path) -> str:
    """A module's name within its layer; a folder's own is that of its ``__init__``."""
    name = path.relative_to(folder).as_posix()
    return name.removesuffix("__init__.py")


def file_list() -> str:
    """Every module of the package with what it is for, folder by folder in the order of the layers."""
    parts = []
    for layer in LAYERS:
        folder = PACKAGE / layer
        files = [path for path in sorted(folder.rglob("*.py")) if path != folder / "__init__.py"]
        rows = [(f"`{_below(path, folder)}`", purpose(path)) for path in files]
        parts += [
            f"### `{layer}/`\n",
            f"{purpose(folder / '__init__.py')}\n",
            table(("file", "what it is for"), rows),
        ]
    top = [(f"`{path.name}`", purpose(path)) for path in sorted(PACKAGE.glob("*.py"))]
    return "\n".join([*parts, "### At the top\n", table(("file", "what it is for"), top)])


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated file with what should stand in it."""
    for language, name in FILES.items():
        yield FOLDER / name, page(language)
    path = FOLDER / "architecture.md"
    before, _, rest = path.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    yield path, f"{before}{START}\n\n{file_list()}\n{END}{after}"


def main() -> int:
    """Write or check the pages; the exit code."""
    stale = 0
    for path, text in pages():
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8", newline="\n")
            print(path.name)
        elif not path.exists() or path.read_text("utf-8") != text:
            print(f"{path.name} is not current: python docs/generate.py")
            stale = 1
    return stale


if __name__ == "__main__":
    raise SystemExit(main())
