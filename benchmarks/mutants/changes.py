"""The changes that are tried: one operator, constant or result at a time, spliced into the source."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

COMPARED = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
CALCULATED = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
}
JOINED = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
NO_CODE = {"annotation", "returns", "decorator_list", "args"}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Change(NamedTuple):
    """One change.

    Attributes:
        line: where it stands.
        start, end: what it replaces, as offsets into the source.
        old, new: the text before and after.
        within: whether it stands in a function, and not at the top of its module.
    """

    line: int
    start: int
    end: int
    old: str
    new: str
    within: bool

    def applied(self, source: str) -> str:
        """The source with this change."""
        return source[: self.start] + self.new + source[self.end :]


class _Finder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = source.splitlines()

    def offset(self, line: int, col: int) -> int:
        """Characters before a place that the parser tells in bytes."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:col].decode())

    def span(self, node: ast.expr) -> tuple[int, int]:
        return (
            self.offset(node.lineno, node.col_offset),
            self.offset(node.end_lineno, node.end_col_offset),
        )

    def between(
        self, left: ast.expr, right: ast.expr, old: str, new: str, within: bool
    ) -> Iterator[Change]:
        """The operator between two operands, which may stand behind brackets and comments."""
        start, end = self.span(left)[1], self.span(right)[0]
        at = self.source.find(old, start, end)
        if at >= 0:
            line = self.source.count("\n", 0, at) + 1
            yield Change(line, at, at + len(old), old, new, within)

    def replaced(self, node: ast.expr, new: str, within: bool) -> Change:
        start, end = self.span(node)
        return Change(node.lineno, start, end, self.source[start:end], new, within)

    def changes(self, node: ast.AST, within: bool) -> Iterator[Change]:
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                operands = [left, *others]
                for index, op in enumerate(ops):
                    old, news = COMPARED[type(op)]
                    for new in news:
                        yield from self.between(
                            operands[index], operands[index + 1], old, new, within
                        )
            case ast.BinOp(left=left, op=op, right=right) if type(op) in CALCULATED:
                old, new = CALCULATED[type(op)]
                yield from self.between(left, right, old, new, within)
            case ast.BoolOp(op=op, values=values):
                old, new = JOINED[type(op)]
                for left, right in pairwise(values):
                    yield from self.between(left, right, old, new, within)
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
                yield self.replaced(node, self.source[slice(*self.span(operand))], within)
            case ast.Constant(value=bool() as value):
                yield self.replaced(node, str(not value), within)
            case ast.Constant(value=int() | float() as value):
                yield self.replaced(node, repr(value + 1), within)
            case ast.Call(func=ast.Name(id=name) as func) if name in CALLED:
                yield self.replaced(func, CALLED[name], within)
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                yield self.replaced(value, "None", within)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _walk(node: ast.AST, within: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every node that is code: no annotations, decorators or arguments' defaults."""
    yield node, within
    for name, value in ast.iter_fields(node):
        code = isinstance(node, ast.Call | ast.Lambda) or name not in NO_CODE
        if not code:
            continue
        inside = within or (isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body")
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, inside)


def find(source: str) -> list[Change]:
    """Every change of a module, in the order of its text."""
    finder = _Finder(source)
    found = {
        change
        for node, within in _walk(ast.parse(source), False)
        for change in finder.changes(node, within)
        if change.applied(source) != source
    }
    return sorted(found)
