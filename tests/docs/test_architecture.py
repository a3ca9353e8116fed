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
    return found


def test_every_part_imports_only_from_parts_before_it():
    rank = {part: number for number, parts in enumerate(order()) for part in parts}
    wrong = []

    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts != ("__main__",):
            mine = rank[parts[0]]
            wrong += [f"{path.name} → {one}" for one in imports(path) if rank[one] > mine]

    assert wrong == []


# ---------------------------------------------------------------- rooms
MOST_MODULES = 20


def test_a_folder_holds_no_more_than_can_be_overseen():
    sizes = {
        path.relative_to(PACKAGE).as_posix(): len(list(path.glob("*.py"))) - 1
        for path in PACKAGE.rglob("*")
        if path.is_dir() and (path / "__init__.py").is_file()
    }
    full = {name: size for name, size in sizes.items() if size > MOST_MODULES}

    assert full == {}


def modules() -> dict[str, object]:
    """Dotted name → file of every module."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == TOP else parts)] = path
    return found


def needed(path, known) -> set[str]:
    """The modules that one imports when it is itself imported."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("perfxl"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in known else node.module)
    return found


def test_no_module_needs_itself():
    known = modules()
    waiting = {name: needed(path, known) - {name} for name, path in known.items()}
    while ready := {name for name, others in waiting.items() if not others & waiting.keys()}:
        waiting = {name: others for name, others in waiting.items() if name not in ready}

    assert sorted(waiting) == []


RETIRED = {"told", "said", "of", "settled", "gather", "sorted_out", "rolled", "fold", "retyped"}
"""Names of functions that say nothing, or what a participle says; they may not come back."""
STILL = {
    "jobs/outcome.py",
    "jobs/rulebook.py",
    "runs/summary_rows.py",
    "ledger/errors.py",
}


def test_names_that_say_nothing_do_not_come_back():
    found = [
        f"{name} {node.name}"
        for name, path in ((p.relative_to(PACKAGE).as_posix(), p) for p in PACKAGE.rglob("*.py"))
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name in RETIRED
    ]

    assert found == []
