"""A page of the documentation on the terminal: Chinese broken as Chinese is, not at blanks."""

import re
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.markdown import Markdown, Paragraph
from rich.text import Text

from perfxl.terminal import wrap

_BROKEN_LINE = re.compile(r"(?<=[\u2e80-\uffef”…])\n {0,3}(?=[\u2e80-\uffef“`\[*])")
_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文)\]\([^)]*\).*\n\n", re.MULTILINE)
_PAGE_LINK = re.compile(r"\]\(([\w-]+?)(?:\.zh)?\.md(?:#[^)]*)?\)")
_CODE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


class _Paragraph(Paragraph):
    """Markdown's paragraph breaks at blanks only; one of Chinese would be broken at its few English words."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        lines = wrap(self.text.plain, options.max_width)
        # `wrap` takes blanks away where it breaks: the breaks are looked for in the text itself.
        ends, place = [], 0
        for line in lines:
            place = self.text.plain.index(line, place) + len(line)
            ends.append(place)
        for part in self.text.divide(ends[:-1]):
            part.rstrip()
            yield part[len(part.plain) - len(part.plain.lstrip()) :]


class Page(Markdown):
    """One page."""

    elements = {**Markdown.elements, "paragraph_open": _Paragraph}  # noqa: RUF012  # as Markdown has it


def page(text: str) -> Page:
    """A page for a console.

    Its source breaks Chinese lines where a reader sees no blank. Links to other pages become their topics.
    """
    parts = _CODE.split(_PAGE_LINK.sub(r"](\1)", _OTHER_LANGUAGE.sub("", text, count=1)))
    joined = (part if part.startswith("```") else _BROKEN_LINE.sub("", part) for part in parts)
    return Page("".join(joined), hyperlinks=False)
