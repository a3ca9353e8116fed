"""Data flows one way: a part imports only from parts before it in the map."""

import ast
import re

from tests.conftest import ROOT

PACKAGE = ROOT / "perfxl"
MAP = ROOT / "docs" / "architecture.md"
TOP = "__init__"


def order() -> list[set[str]]:
    """The parts in the order of the map's first table, a set for each line."""
    table = MAP.read_text("utf-8").partition("| part |")[2].partition("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [set(re.findall(r"`(\w+)/?`", line.split("|")[1])) for line in lines]


def imports(path) -> set[str]:
    """The parts of perfxl that a module imports, whenever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "perfxl":
            below = node.module.split(".")[1:]
            found |= {below[0]} if below else {alias.name for alias in node.names}
    return found - {"__version__"}


def test_every_part_imports_only_from_parts_before_it():
    rank = {part: number for number, parts in enumerate(order()) for part in parts}
    wrong = []

    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts != ("__main__",):
            mine = rank[parts[0]]
            wrong += [f"{path.name} → {one}" for one in imports(path) if rank[one] > mine]

    assert wrong == []
