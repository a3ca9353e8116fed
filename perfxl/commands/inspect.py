"""The command `perfxl inspect`: what was understood of forms, cell by cell."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfxl.errors import UsageError
from perfxl.exits import MISUSED, OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import DecryptedCopies, Passwords, Paths, Vocabulary

if TYPE_CHECKING:
    from perfxl.files.find import Source
    from perfxl.grid.document import Document
    from perfxl.jobs.work import Result, Settings


def inspect(
    context: typer.Context,
    paths: Paths,
    html: Annotated[Path | None, typer.Option("--html", help="html", metavar="FILE")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="xlsx", metavar="FILE")] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help="explain", metavar="CELL")
    ] = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
    decrypted_copies: DecryptedCopies = False,
) -> int:
    """Show what was understood of each file, cell by cell."""
    from perfxl.files import find, place
    from perfxl.jobs import work
    from perfxl.runs import run
    from perfxl.sealed import unpack

    face: Face = context.obj
    found = find.find(paths, passwords=passwords)
    screen = face.screen()
    place.refuse_overwrite_inputs([html, xlsx], found.sources)
    settings = work.Settings.create(
        None, face.language, vocabulary, passwords, decrypted_copies=decrypted_copies
    )
    several = len(found.sources) > 1 or any(unpack.is_archive(one.path) for one in found.sources)
    failed = False
    for source, content in run.unpacked(found.sources, settings):
        result, document = work.read_file(source, settings, content)
        try:
            if document is None:
                screen.was_read(result)
            elif explain is not None:
                _explain(face, result, document, explain, settings)
            else:
                _show(face, result, document)
                if html is not None or xlsx is not None:
                    work.refuse_secret(result, settings)
                _write_pages(face, source, result, document, html, xlsx, several=several)
        except (UsageError, OSError):  # a place that cannot be written, a cell that is none
            raise
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            document = None
            screen.was_read(work.Result(source.name, error=work.reason_for(error)))
        failed = failed or document is None
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    return UNREAD if failed else OK


def _explain(
    face: Face, result: "Result", document: "Document", cell: str, settings: "Settings"
) -> None:
    """Say of one cell what it was taken for."""
    from perfxl.screens import explanation as explaining

    pairs = [(form, document.grids[form.sheet_index]) for form in result.forms]
    face.screen().lines(explaining.explanation(pairs, cell, settings.vocabulary(), face.texts))


def _show(face: Face, result: "Result", document: "Document") -> None:
    """Show the forms of a file as painted grids."""
    screen = face.screen()
    for form in result.forms:
        screen.inspected(form, document.grids[form.sheet_index])


def _write_pages(
    face: Face, source: "Source", result: "Result", document: "Document", html: Path | None, xlsx: Path | None,
    *, several: bool,
) -> None:  # fmt: skip
    """Write a file's painted grids as a page, as a workbook, where they were asked for."""
    from perfxl.files import place

    if html is not None:
        from perfxl.report import page

        pairs = [(form, document.grids[form.sheet_index]) for form in result.forms]
        own = place.of_its_own(html, source) if several else html
        place.write(own, page.render(source.name, pairs, face.texts).encode())
        face.screen().written([own])
    if xlsx is not None:
        from perfxl.books import painted
        from perfxl.files import ownership

        own = place.of_its_own(xlsx, source) if several else xlsx
        ownership.refuse_overwrite_foreign(own)
        place.write(own, painted.paint(document, result.forms, face.texts))
        face.screen().written([own])
