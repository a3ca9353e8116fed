"""The command `perfxl docs`: the pages of docs/ that users need, listed or printed, without any network."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from perfxl.exits import OK
from perfxl.face.face import Face


class DocPage(NamedTuple):
    """One page of the documentation in one language.

    Attributes:
        topic: what it is asked for by, the same in every language.
        title: its first heading.
        about: one line on what it tells.
        path: where it stands.
    """

    topic: str
    title: str
    about: str
    path: Path


def docs(
    context: typer.Context,
    topic: Annotated[str, typer.Argument(help="docs_topic", metavar="TOPIC")] = "",
) -> int:
    """List the pages of the documentation, or print one."""
    from rich.text import Text

    from perfxl.screens.docs import Prose
    from perfxl.screens.docs import page as shown

    face: Face = context.obj
    pages, screen = list_pages(face), face.screen()
    if topic:
        text = find_page(pages, topic).path.read_text("utf-8")
        screen.console.print(shown(text))
        return OK
    table = screen.table(face.texts.list("cli/docs_columns"))
    for page in pages:
        table.add_row(page.topic, *(Prose(Text(text)) for text in (page.title, page.about)))
    table.columns[0].no_wrap = True
    screen.console.print(table)
    screen.say("docs_more")
    return OK


def list_pages(face: Face) -> list[DocPage]:
    """Every page for users in the language of a face, in the order of the catalogue."""
    from perfxl import resources

    ending = ".md" if face.language == "en" else f".{face.language}.md"
    found = []
    for topic, about in face.words["docs_pages"].items():
        path = resources.documents() / f"{topic}{ending}"
        found.append(DocPage(topic, _read_title(path), about, path))
    return found


def _read_title(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return next(lines).removeprefix("#").strip()


def find_page(pages: list[DocPage], asked: str) -> DocPage:
    """The page that a user asks for: by its topic, its file, or a part of its title that no other has.

    Raises:
        UsageError: there is none; names those that come near, or all.
    """
    from perfxl.errors import UsageError
    from perfxl.rules.matching.matcher import suggest

    wanted = asked.strip().casefold()
    exact = [
        one
        for one in pages
        if wanted in (one.topic, one.path.name.casefold(), one.title.casefold())
    ]
    partly = exact or [one for one in pages if wanted and wanted in one.title.casefold()]
    if len(partly) == 1:
        return partly[0]
    by_name = {name: one for one in pages for name in (one.topic, one.title.casefold())}
    near = partly or [by_name[name] for name in suggest(wanted, by_name, least=0.5)]
    topics = list(dict.fromkeys(one.topic for one in near))
    raise UsageError("unknown-topic", topic=asked, near=topics, known=[p.topic for p in pages])
