"""Tags in cells: what is control, what is content, and where each loop begins and ends.

A row that holds only tags (``{% for goal in goals %}``) is control and vanishes. A merged area may
begin in such a row and stretch over whole loops: the label down a block. Every mistake is told with
the cell that it stands in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from perfxl.errors import ConfigError
from perfxl.ooxml.address import Span, a1

PAIRS = {"for": "endfor", "if": "endif", "with": "endwith"}
ENDS = {end: opening for opening, end in PAIRS.items()}
BETWEEN = {"else": ("for", "if"), "elif": ("if",)}
ALONE = frozenset({"set"})
WRITTEN = frozenset({"endfor", "endif", "endwith", "else", "elif", *PAIRS, *ALONE})
Position = tuple[int, int]

_MARKS = re.compile(r"[{｛][{%#｛％＃]")
_TAG = re.compile(r"\{%[-+]?\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{[-+]?(.*?)[-+]?\}\}", re.DOTALL)
_HALVES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
# What a Chinese keyboard or a word processor's habits make of brackets, quotes and commas.
_BRACKETS = (("｛｛", "{{"), ("｝｝", "}}"), ("｛％", "{%"), ("％｝", "%}"), ("｛%", "{%"), ("%｝", "%}"),
             ("{％", "{%"), ("％}", "%}"), ("｛＃", "{#"), ("＃｝", "#}"))  # fmt: skip
_PLAIN = str.maketrans("“”‘’", "\"\"''")
_HALF = str.maketrans("（），：＝＜＞！［］　．｜＋－＊／％", "(),:=<>![] .|+-*/%")


class Tag(NamedTuple):
    """A control tag: its first word, the whole tag, and its cell."""

    word: str
    text: str
    cell: Position


@dataclass
class Loop:
    """A pair of tags. ``first`` and ``last`` are the rows of the two."""

    id: int
    word: str
    first: int
    last: int = 0


@dataclass
class Layout:
    """A template sheet understood.

    Attributes:
        last: its last row.
        control: row → its tags, in order; such a row vanishes.
        texts: cell → its text with tags, for rows that stay and for heads of areas in control rows.
        loops: every pair of tags, in the order of their beginnings.
        spans: the merged areas.
    """

    last: int
    control: dict[int, list[Tag]] = field(default_factory=dict)
    texts: dict[Position, str] = field(default_factory=dict)
    loops: list[Loop] = field(default_factory=list)
    spans: tuple[Span, ...] = ()


class Where:
    """Errors that say in which file, sheet and cell."""

    def __init__(self, file: str, sheet: str) -> None:
        self.file, self.sheet = file, sheet

    def error(self, code: str, cell: Position, **arguments: object) -> ConfigError:
        """An error at a cell."""
        place = {"file": self.file, "sheet": self.sheet, "cell": a1(*cell)}
        return ConfigError(f"template-{code}", **place, **arguments)


def has_tags(text: str) -> bool:
    """Whether a cell's text has any tag."""
    return _MARKS.search(text) is not None


def normal(text: str) -> str:
    """A cell's text with its tags in plain characters; what stands outside of them stays."""
    for wide, plain in _BRACKETS:
        text = text.replace(wide, plain)
    return re.sub(r"\{[{%].*?[}%]\}", lambda match: _plain(match[0]), text, flags=re.DOTALL)


def _plain(tag: str) -> str:
    parts = _QUOTED.split(tag.translate(_PLAIN))
    return "".join(part if index % 2 else part.translate(_HALF) for index, part in enumerate(parts))


def expression(text: str) -> str | None:
    """The expression of a cell that is nothing but one; its value keeps its type."""
    match = _EXPRESSION.fullmatch(text.strip())
    return match[1] if match and "{{" not in match[1] and "}}" not in match[1] else None


def layout(
    cells: Mapping[Position, str], spans: tuple[Span, ...], last: int, where: Where, environment: SandboxedEnvironment
) -> Layout:  # fmt: skip
    """Understand a template sheet.

    Args:
        cells: the texts of all cells that hold something.
        spans: merged areas.
        last: the last row of the sheet.
        where: for errors.
        environment: knows the syntax.

    Raises:
        ConfigError: ``template-…``, with the cell.
    """
    found = Layout(last, spans=spans)
    heads = {(area.top, area.left): area for area in spans}
    covered = {
        (row, col): area
        for area in spans
        for row in range(area.top, min(area.bottom, last) + 1)
        for col in range(area.left, area.right + 1)
        if (row, col) != (area.top, area.left)
    }
    tags: dict[int, list[Tag]] = {}
    content: dict[int, list[Position]] = {}
    for cell in sorted(cells):
        text = normal(cells[cell]) if has_tags(cells[cell]) else cells[cell]
        tall = cell in heads and heads[cell].bottom > cell[0]
        here = list(_control(text, cell, where)) if has_tags(text) else []
        if here and (tall or cell in covered):
            raise where.error("tag-in-span", cell, tag=here[0].text)
        if has_tags(text) and cell in covered:
            raise where.error("tag-in-span", cell, tag=text.strip())
        if here:
            tags.setdefault(cell[0], []).extend(here)
            continue
        if not _only_comment(text):
            if not tall:
                content.setdefault(cell[0], []).append(cell)
            if has_tags(text) or tall:
                if not _is_whole(text):
                    _check_content(text, cell, where, environment)
                found.texts[cell] = text
        else:
            tags.setdefault(cell[0], [])
            found.texts[cell] = text
    for row, here in tags.items():
        others = [cell for cell in content.get(row, ()) if cell not in covered]
        if others and here:
            raise where.error("row-mixed", others[0], tag=here[0].text, at=a1(*here[0].cell))
        if not others:
            found.control[row] = here
    for row in found.control:
        # What stands in a row that vanishes is heads of areas; a remark goes with the row.
        for cell in [cell for cell in found.texts if cell[0] == row and cell not in heads]:
            del found.texts[cell]
    found.loops = list(_pair_loops(found.control, where))
    _check_spans(found, where)
    return found


def _only_comment(text: str) -> bool:
    return has_tags(text) and not _COMMENT.sub("", text).strip()


def _control(text: str, cell: Position, where: Where) -> Iterator[Tag]:
    """The tags of a cell that is nothing but tags, unless they are complete in themselves."""
    bare = _COMMENT.sub("", text)
    if _TAG.sub("", bare).strip():
        _check_balance(bare, cell, where)
        return
    for match in _TAG.finditer(bare):
        word = match[1].split(maxsplit=1)[0] if match[1] else ""
        if word not in WRITTEN:
            raise where.error("unsupported-tag", cell, tag=match[0], known=sorted(WRITTEN))
        yield Tag(word, match[0], cell)


def _check_balance(text: str, cell: Position, where: Where) -> None:
    """Tags beside text in one cell must be complete in it."""
    open_: list[str] = []
    for match in _TAG.finditer(text):
        word = match[1].split(maxsplit=1)[0] if match[1] else ""
        if word in PAIRS:
            open_.append(word)
        elif word in ENDS and (not open_ or open_.pop() != ENDS[word]):
            raise where.error("tag-in-text", cell, tag=match[0])
    if open_:
        raise where.error("tag-in-text", cell, tag=text.strip())


def check(found: Layout, where: Where, environment: SandboxedEnvironment) -> None:
    """Parse every cell and every tag by itself: the one that is wrong is told with its own cell.

    Raises:
        ConfigError: ``template-syntax``.
    """
    for cell, text in found.texts.items():
        _check_content(text, cell, where, environment)
    for tags in found.control.values():
        for tag in tags:
            _check_tag(tag, where, environment)


def _is_whole(text: str) -> bool:
    """Whether no bracket of a tag is left over in a cell; it might find its partner in another."""
    for pattern in (_COMMENT, _TAG, _EXPRESSION):
        text = pattern.sub("", text)
    return _HALVES.search(text) is None


def _check_content(
    text: str, cell: Position, where: Where, environment: SandboxedEnvironment
) -> None:
    try:
        environment.parse(text)
    except TemplateSyntaxError as error:
        raise where.error("syntax", cell, text=text.strip(), reason=error.message) from error


def _pair_loops(control: Mapping[int, list[Tag]], where: Where) -> Iterator[Loop]:
    open_: list[tuple[Tag, Loop]] = []
    found: list[Loop] = []
    for row in sorted(control):
        for tag in control[row]:
            if tag.word in PAIRS:
                loop = Loop(len(found), tag.word, row)
                found.append(loop)
                open_.append((tag, loop))
            elif tag.word in ENDS or tag.word in BETWEEN:
                wanted = (ENDS[tag.word],) if tag.word in ENDS else BETWEEN[tag.word]
                if not open_:
                    raise where.error("unopened", tag.cell, tag=tag.text)
                opening, loop = open_[-1]
                if opening.word not in wanted:
                    raise where.error(
                        "crossed",
                        tag.cell,
                        tag=tag.text,
                        opening=opening.text,
                        at=a1(*opening.cell),
                    )
                if tag.word in ENDS:
                    loop.last = row
                    open_.pop()
    if open_:
        tag = open_[-1][0]
        raise where.error("unclosed", tag.cell, tag=tag.text, end="{% " + PAIRS[tag.word] + " %}")
    yield from found


def _check_tag(tag: Tag, where: Where, environment: SandboxedEnvironment) -> None:
    """A control tag parsed by itself, so that a mistake is told at its own cell."""
    whole = {
        "for": "{}{{% endfor %}}", "if": "{}{{% endif %}}", "with": "{}{{% endwith %}}",
        "elif": "{{% if x %}}{}{{% endif %}}", "else": "{{% if x %}}{}{{% endif %}}",
        "endfor": "{{% for x in y %}}{}", "endif": "{{% if x %}}{}", "endwith": "{{% with %}}{}",
    }.get(tag.word, "{}")  # fmt: skip
    try:
        environment.parse(whole.format(tag.text))
    except TemplateSyntaxError as error:
        raise where.error("syntax", tag.cell, text=tag.text, reason=error.message) from error


def _check_spans(found: Layout, where: Where) -> None:
    """A merged area holds whole loops, or lies wholly inside of one."""
    for area in found.spans:
        rows = range(area.top, area.bottom + 1)
        for loop in found.loops:
            if (loop.first in rows) != (loop.last in rows):
                raise where.error(
                    "span-crosses", (area.top, area.left), span=area.a1, first=loop.first, last=loop.last
                )  # fmt: skip
