"""A page of the documentation on the terminal: Chinese broken as Chinese is, not at blanks, and nothing cut."""

import re
from collections.abc import Iterator

from rich import box
from rich.console import Console, ConsoleOptions
from rich.markdown import CodeBlock, Markdown, Paragraph, TableElement
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from perfxl.screens.terminal import cells, wrap

NARROWEST = 8
"""Columns that a cell of a table may shrink to."""
_BROKEN_LINE = re.compile(r"(?<=[\u2e80-\uffef”…])\n {0,3}(?=[*\[]*[\u2e80-\uffef“])")
_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文)\]\([^)]*\).*\n\n", re.MULTILINE)
_PAGE_LINK = re.compile(r"\]\(([\w-]+?)(?:\.zh)?\.md(?:#[^)]*)?\)")
_CODE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_REMARKED = re.compile(r"^(.*\S)  +(# .*)$", re.MULTILINE)


class Prose:
    """A text of one style or several that breaks as `perfxl.screens.terminal.wrap` breaks it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        plain, place, ends = self.text.plain, 0, []
        for line in wrap(plain, options.max_width):
            # `wrap` takes blanks away where it breaks: the breaks are looked for in the text itself.
            place = plain.index(line, place) + len(line)
            ends.append(place)
        for part in self.text.divide(ends[:-1]):
            part.rstrip()
            shown = part[len(part.plain) - len(part.plain.lstrip()) :]
            shown.justify, shown.overflow = self.text.justify, "fold"
            yield shown

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        wide = cells(self.text.plain)
        return Measurement(min(wide, NARROWEST), wide).with_maximum(options.max_width)


class _Paragraph(Paragraph):
    """Markdown's own breaks at blanks only: Chinese would be broken at its few English words."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Prose]:
        yield Prose(self.text)


class _Table(TableElement):
    """Markdown's own cuts what does not fit into a cell."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table]:
        table = Table(box=box.SIMPLE, pad_edge=False, collapse_padding=True)
        if self.header is not None and self.header.row is not None:
            for cell in self.header.row.cells:
                table.add_column(Prose(cell.content), justify=cell.justify)
        for row in self.body.rows if self.body is not None else ():
            table.add_row(*(Prose(cell.content) for cell in row.cells))
        yield table


class _Code(CodeBlock):
    """Markdown's own breaks a command before its remark; where there is no room, it had better stand above."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Padding]:
        code = str(self.text).rstrip()
        if max(map(cells, code.splitlines()), default=0) > options.max_width - 2:
            code = _REMARKED.sub(r"\2\n\1", code)
        yield Padding(Text(code, style="bold", overflow="fold", no_wrap=False), (0, 0, 1, 2))


class Page(Markdown):
    """One page."""

    elements = {  # noqa: RUF012  # as Markdown has it
        **Markdown.elements,
        "paragraph_open": _Paragraph,
        "table_open": _Table,
        "fence": _Code,
        "code_block": _Code,
    }


def page(text: str) -> Page:
    """A page for a console.

    Its source breaks Chinese lines where a reader sees no blank. Links to other pages become their topics.
    """
    parts = _CODE.split(_PAGE_LINK.sub(r"](\1)", _OTHER_LANGUAGE.sub("", text, count=1)))
    joined = (part if part.startswith("```") else _BROKEN_LINE.sub("", part) for part in parts)
    return Page("".join(joined), hyperlinks=False)
