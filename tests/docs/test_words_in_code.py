"""Words of forms stand in templates/, not in the code that reads and judges them.

What may stand there is the grammar of numbers and dates, each bit of it named here with its reason. A word
that is refused belongs into templates/vocabulary.toml (what forms say), templates/quantities.toml (how
values are written), templates/policies/words.toml (what decides how a row is judged) or
templates/boilerplate.toml (what says nothing).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

CHINESE = re.compile("[\u3400-\u9fff〇○]+")
NUMERALS = re.compile("[〇○零一二三四五六七八九十]+")

GRAMMAR = {
    "年": "date", "年度": "date", "度": "of 年度", "财年": "date", "月": "date", "月份": "date", "份": "of 月份",
    "日": "date", "号": "date; number of a document", "日号": "date", "年月日号": "date", "季": "date", "季度": "date",
    "旬": "a third of a month", "上中下": "which third of a month", "上": "which part of a year or a month",
    "中": "likewise", "下": "likewise", "上下": "likewise", "初": "likewise", "半年": "date", "第": "before an ordinal",
    "第年": "before a quarter's number", "之": "of 之前", "以": "of 以前", "前": "before a day",
    "点": "decimal point", "半": "a half", "成": "a tenth", "万": "number", "元": "number", "分": "number",
    "分元万": "what may stand behind a number", "个": "the measure word for anything", "个半": "one and a half",
    "每": "for each", "数": "of 人数: how many",
    "值": "分值 is no 分", "龥": "the end of the range of Chinese characters",
    "甲乙丙丁戊己庚辛": "letters that number things",
}  # fmt: skip
"""What the grammar of numbers and dates is made of."""
OUTPUT = {
    "符合": "verdict", "不符": "verdict", "不适用": "verdict", "无法判定": "verdict",
}  # fmt: skip
"""What perfxl says itself, documented in docs/machine-output.md."""
FILES = {
    "通用格式": "Excel's code of a format", "上午": "likewise", "下午": "likewise", "周": "likewise",
    "星期": "likewise", "日一二三四五六": "days of the week", "表": "name of a sheet that has none", "电子表格": "name of a program",
}  # fmt: skip
"""What the formats of files are made of."""
ALLOWED = {
    "forms": GRAMMAR.keys(),
    "rules": GRAMMAR.keys() | OUTPUT.keys(),
    "rollups": GRAMMAR.keys(),
    "grid": GRAMMAR.keys() | FILES.keys(),
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every literal text of a module with its line, docstrings left out."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def words(text: str) -> list[str]:
    """The words of a literal that are no numerals."""
    return [word for word in CHINESE.findall(text) if not NUMERALS.fullmatch(word)]


@pytest.mark.parametrize("part", ALLOWED)
def test_no_words_of_forms_stand_in_the_code(part):
    found = [
        f"{path.name}:{line} {word}"
        for path in sorted((ROOT / "perfxl" / part).rglob("*.py"))
        for line, text in literals(path)
        for word in words(text)
        if word not in ALLOWED[part]
    ]

    assert found == []


def test_what_is_allowed_is_still_needed():
    used = {
        word
        for part in ALLOWED
        for path in (ROOT / "perfxl" / part).rglob("*.py")
        for _, text in literals(path)
        for word in words(text)
    }

    assert (GRAMMAR.keys() | OUTPUT.keys() | FILES.keys()) - used == set()
