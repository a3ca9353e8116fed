"""A template sheet as a Jinja2 program, and its run: which rows come out, with which values.

The program prints nothing of use; it calls back with every row, value and round of a loop, so that a
number stays a number. Sandboxed: a template reads the data that it is given and can do nothing else,
and what a form says is only ever a value in it.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from perfxl.books.template.slots import Slot
from perfxl.books.template.tags import Layout, Position, Where, check, expression
from perfxl.errors import ConfigError
from perfxl.forms.values.text import normalize_label
from perfxl.ooxml.rowmap import Path, RowOrigin
from perfxl.ooxml.sheet_rewrite import NewRow, Value
from perfxl.rules.matching.matcher import suggest

MOST_ROWS = 100_000
_SOURCE = "<template>"
FORM = 0
"""The form as such, whose parts a template may name by themselves."""


class UnknownName(TemplateRuntimeError):
    """A name that the data does not have; the message is the name, ``known`` what there is instead."""

    def __init__(self, message: str | None = None, known: frozenset[str] | None = None) -> None:
        super().__init__(message)
        self.known = known


class _Missing(StrictUndefined):
    """What a template asked for and the data lacks: any use of it is an error with its name."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = None, name: str | None = None,
        exc: type[TemplateRuntimeError] = UnknownName,  # noqa: ARG002  # Jinja2 passes its own
    ) -> None:  # fmt: skip
        # The name is all that our message needs.
        super().__init__(name or hint, obj, name, UnknownName)


class Item(dict[str, Any]):
    """A thing that templates read: a form, a goal, an indicator.

    Attributes:
        kind: which of them.
        source: the part of the form that it was made of.
    """

    def __init__(self, kind: str, values: Mapping[str, Any], source: Any = None) -> None:
        super().__init__(values)
        self.kind = kind
        self.source = source


class Labels(Item):
    """Labelled texts of a form, by label; of a label that the form does not have, nothing."""


class _Names(Context):
    """The names that a template uses by themselves; it is remembered which."""

    def resolve_or_missing(self, key: str) -> Any:
        environment = self.environment
        if isinstance(environment, Environment) and not key.startswith("_"):
            environment.asked(FORM, key)
        return super().resolve_or_missing(key)


class Environment(ImmutableSandboxedEnvironment):
    """The sandbox: names in Chinese or English, unknown ones refused, every use remembered.

    Args:
        aliases: other names, to those of the data.
    """

    context_class = _Names
    intercepted_binops = frozenset({"*", "%", "**"})

    def __init__(self, aliases: Mapping[str, str]) -> None:
        super().__init__(
            undefined=_Missing, autoescape=False, keep_trailing_newline=True, finalize=_printable
        )
        # range, dict and the like are no part of a form.
        self.globals.clear()
        self.aliases = aliases
        self.typed: set[str] = set()
        self._asked: set[tuple[int, str]] = set()

    def forget(self) -> None:
        """Begin anew to remember what is asked for."""
        self._asked.clear()

    def asked(self, thing: int | Item, name: str) -> None:
        """Remember that a template asked for a part of a thing."""
        self.typed.add(name)
        key = thing if isinstance(thing, int) else id(thing)
        self._asked.add((key, self.aliases.get(name, name)))

    def was_asked(self, thing: int | Item, name: str) -> bool:
        """Whether the last rendering asked for a part of a thing."""
        return ((thing if isinstance(thing, int) else id(thing)), name) in self._asked

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums and products of numbers; what could fill the memory is refused."""
        if operator != "*" or isinstance(left, str | list) or isinstance(right, str | list):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a thing, by its name in the data or by another name for it."""
        if not isinstance(obj, Item):
            return super().getattr(obj, attribute)
        if isinstance(obj, Labels):
            self.asked(obj, normalize_label(attribute))
            return obj.get(normalize_label(attribute))
        name = attribute if attribute in obj else self.aliases.get(attribute, attribute)
        if name not in obj:
            raise UnknownName(attribute, frozenset(obj))
        self.asked(obj, attribute)
        return obj[name]

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Likewise for ``goal["score"]``."""
        if isinstance(obj, Item) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)


def _printable(value: Any) -> Any:
    """A value within a text: nothing for None, a number as a person writes it."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Program:
    """A compiled template sheet; `run` gives its rows."""

    def __init__(self, layout: Layout, environment: Environment, where: Where) -> None:
        self._layout, self._environment, self._where = layout, environment, where
        self._lines: list[Position] = []
        self._template = self._compiled()

    def _compiled(self) -> Template:
        layout = self._layout
        texts: dict[int, list[Position]] = {}
        for cell in sorted(layout.texts):
            texts.setdefault(cell[0], []).append(cell)
        opened = {
            row: [loop for loop in layout.loops if loop.first == row] for row in layout.control
        }
        source: list[str] = []
        stack: list[int] = []

        def add(text: str, cell: Position) -> None:
            source.append(text)
            self._lines.extend([cell] * (text.count("\n") + 1))

        for row in range(1, layout.last + 1):
            cells = texts.get(row, ())
            if row not in layout.control:
                add(f"{{{{ _row({row}) }}}}", (row, 1))
                for cell in cells:
                    self._add_text(cell, "_cell", add)
                continue
            for cell in cells:
                self._add_text(cell, "_head", add)
            pending = list(opened[row])
            for tag in layout.control[row]:
                text = tag.text
                if tag.word in ("for", "if", "with"):
                    loop = pending.pop(0)
                    stack.append(loop.id)
                    text += f"{{{{ _enter({loop.id}) }}}}" if tag.word == "for" else ""
                elif tag.word in ("endfor", "endif", "endwith"):
                    ended = stack.pop()
                    text = f"{{{{ _leave({ended}) }}}}" * (tag.word == "endfor") + text
                elif tag.word == "else" and layout.loops[stack[-1]].word == "for":
                    text = f"{{{{ _leave({stack[-1]}) }}}}{text}{{{{ _enter({stack[-1]}) }}}}"
                add(text, tag.cell)
        environment = self._environment
        try:
            return environment.from_string("\n".join(source))
        except TemplateSyntaxError as error:
            check(layout, self._where, environment)
            cell = self._lines[error.lineno - 1]
            text = layout.texts.get(cell, "")
            raise self._where.error("syntax", cell, text=text, reason=error.message) from error
        except Exception as error:
            # What no single cell shows: too deep, too large, a number that Python cannot hold.
            where = next(iter(sorted(layout.texts)), (1, 1))
            raise self._where.error("failed", where, why=_why(error)) from error

    def _add_text(self, cell: Position, call: str, add: Callable[[str, Position], None]) -> None:
        text = self._layout.texts[cell]
        row, col = cell
        alone = expression(text)
        if alone is not None:
            add(f"{{{{ {call}({row}, {col}, ({alone})) }}}}", cell)
        else:
            add(f"{{% set _text %}}{text}{{% endset %}}{{{{ {call}({row}, {col}, _text) }}}}", cell)

    def run(
        self, data: Mapping[str, Any]
    ) -> tuple[list[NewRow], dict[tuple[Position, Path], Value]]:
        """The rows for some data, and the values of merged areas that begin in control rows.

        Raises:
            ConfigError: ``template-…``, with the cell.
        """
        run = _Run()
        names = {**data, **{
            alias: data[name] for alias, name in self._environment.aliases.items() if name in data
        }}  # fmt: skip
        try:
            self._template.render(names, _row=run.row, _cell=run.cell, _head=run.head,
                                  _enter=run.enter, _leave=run.leave)  # fmt: skip
        except UnknownName as error:
            raise self._unknown(error, names) from error
        except _TooManyRows as error:
            raise self._where.error("too-long", self._at(error), limit=MOST_ROWS) from error
        except _NoValue as error:
            cell = self._at(error)
            raise self._where.error("no-value", cell, value=str(error)) from error
        except Exception as error:
            # An expression may fail in any way that Python knows; each is told with its cell.
            raise self._where.error("failed", self._at(error), why=_why(error)) from error
        return run.rows, run.heads

    def _unknown(self, error: UnknownName, names: Mapping[str, Any]) -> ConfigError:
        name = str(error.message)
        aliases = self._environment.aliases
        there = set(names) if error.known is None else error.known
        known = {one for one in there if not one.startswith("_")}
        known |= {alias for alias, of in aliases.items() if of in known}
        near = suggest(name, sorted(known))
        return self._where.error("unknown-name", self._at(error), name=name, near=near)

    def _at(self, error: BaseException) -> Position:
        """The cell that an error came from: Jinja2 gives its tracebacks the template's lines."""
        line, trace = 1, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == _SOURCE:
                line = trace.tb_lineno
            trace = trace.tb_next
        return self._lines[min(line, len(self._lines)) - 1]


class _TooManyRows(Exception):
    pass


class _NoValue(Exception):
    pass


class _Run:
    """What a program calls back with."""

    def __init__(self) -> None:
        self.rows: list[NewRow] = []
        self.heads: dict[tuple[Position, Path], Value] = {}
        self._path: list[tuple[int, int]] = []
        self._rounds = 0

    def row(self, source: int) -> str:
        if len(self.rows) >= MOST_ROWS:
            raise _TooManyRows
        self.rows.append(NewRow(RowOrigin(source, tuple(self._path))))
        return ""

    def cell(self, _row: int, col: int, value: Any) -> str:
        self.rows[-1].values[col] = _plain(value)
        return ""

    def head(self, row: int, col: int, value: Any) -> str:
        self.heads[(row, col), tuple(self._path)] = _plain(value)
        return ""

    def enter(self, loop: int) -> str:
        self._rounds += 1
        self._path.append((loop, self._rounds))
        return ""

    def leave(self, _loop: int) -> str:
        self._path.pop()
        return ""


def _why(error: Exception) -> str:
    """What went wrong, as a code of the texts."""
    if isinstance(error, ArithmeticError):
        return "zero" if isinstance(error, ZeroDivisionError) else "number"
    if isinstance(error, SecurityError):
        return "forbidden"
    return "blank" if isinstance(error, TypeError | ValueError) else "other"


def _plain(value: Any) -> Value:
    """A value as a cell can hold it."""
    if isinstance(value, Undefined):
        str(value)  # raises with the name
    if value is None or isinstance(value, bool | int | str | Decimal):
        return value
    if isinstance(value, Slot):  # placed when it is known where its row stands
        return cast("Value", value)
    if isinstance(value, float):
        return Decimal(repr(value))
    kind = value.kind if isinstance(value, Item) else type(value).__name__
    raise _NoValue(kind)
