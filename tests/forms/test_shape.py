"""The reader's own shape: small functions, and recognisers that only look."""

import ast

import pytest

from perfxl.forms import blocks
from perfxl.forms.claims import Recogniser
from tests.conftest import ROOT

FORMS = ROOT / "perfxl" / "forms"
LONGEST = 40
CHANGES = {
    "accept", "add", "append", "begin_header", "clear", "discard", "extend", "insert", "leave_table", "offer",
    "pop", "popitem", "remove", "setdefault", "sort", "take", "update",
}  # fmt: skip
"""Methods that change what they are called on."""


def modules():
    """Every module of the reader."""
    for path in sorted(FORMS.rglob("*.py")):
        name = path.relative_to(FORMS).as_posix()
        yield pytest.param(path, id=name)


def functions(path):
    """Every function of a module, methods too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def recognising(path):
    """The functions of a module that recognise, and those of it that they call."""
    known = {node.name: node for node in functions(path)}
    found = [name for name in known if name.startswith("recognise") or name == "claim"]
    for name in found:
        for node in ast.walk(known[name]):
            called = node.func.id if _is_plain_call(node) else None
            if called in known and called not in found:
                found.append(called)
    return [known[name] for name in found]


def _is_plain_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def root(node):
    """The name that a chain of attributes and places begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def assigned(node):
    """What a statement assigns to or deletes."""
    if isinstance(node, ast.Assign | ast.Delete):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def changes_of(function, name="reading"):
    """Lines of a function that assign to the reading, or call on it what changes."""
    for node in ast.walk(function):
        for target in assigned(node):
            if not isinstance(target, ast.Name) and root(target) == name:
                yield f"{function.name}, line {node.lineno}"
        method = node.func if isinstance(node, ast.Call) else None
        changing = isinstance(method, ast.Attribute) and method.attr in CHANGES
        if changing and root(method) == name:
            yield f"{function.name}, line {node.lineno}"


@pytest.mark.parametrize("path", list(modules()))
def test_a_function_of_the_reader_fits_on_a_screen(path):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > LONGEST
    }

    assert long == {}


@pytest.mark.parametrize(
    "path", sorted((FORMS / "blocks").rglob("*.py")), ids=lambda path: path.stem
)
def test_who_recognises_assigns_nothing(path):
    assert [line for one in recognising(path) for line in changes_of(one)] == []


def test_a_recogniser_that_changes_the_reading_would_be_seen():
    (function,) = ast.parse(
        "def recognise(reading, row):\n"
        "    reading.in_table = True\n"
        "    reading.roles[row, 1] = None\n"
        "    reading.notes.append(row)\n"
        "    found = []\n"
        "    found.append(row)\n"
    ).body

    assert len(list(changes_of(function))) == 3


def test_each_block_has_a_name_of_its_own_and_a_pair_of_functions():
    known = [blocks.BESIDE, *blocks.ROWS, *blocks.CELLS]

    assert len(blocks.BY_NAME) == len(known)
    assert all(isinstance(block, Recogniser) for block in known)
    assert all(callable(block.recognise) and callable(block.read) for block in known)


def test_every_module_of_a_block_is_asked():
    known = {block.recognise.__module__ for block in blocks.BY_NAME.values()}
    with_block = {
        ".".join(path.relative_to(FORMS.parent.parent).with_suffix("").parts)
        for path in (FORMS / "blocks").rglob("*.py")
        if "Recogniser(" in path.read_text("utf-8")
    }

    assert with_block == known
