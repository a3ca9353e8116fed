"""The command `perfxl anonymise`: a form that can be shown to others."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import MISUSED, OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import Passwords, Vocabulary


def anonymise(
    context: typer.Context,
    form: Annotated[Path, typer.Argument(help="anonymise_form", metavar="FORM")],
    out: Annotated[Path, typer.Option("-o", "--out", help="anonymise_out", metavar="FILE")],
    keep: Annotated[list[str], typer.Option("--keep", help="anonymise_keep", metavar="WORD")] = [],  # noqa: B006  # typer copies it
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
) -> int:
    """Write a copy of a form with invented names and prose."""
    from perfxl import resources
    from perfxl.books import anonymous
    from perfxl.errors import NoForm, UsageError
    from perfxl.files import find, place
    from perfxl.jobs import work

    face: Face = context.obj
    screen = face.screen()
    if out.suffix.casefold() != ".xlsx":
        raise UsageError("anonymous-not-xlsx", path=str(out))
    place.refuse_overwrite_existing(out)
    sources = find.find([form]).sources
    if len(sources) != 1:
        screen.nothing([form])
        return MISUSED
    settings = work.Settings.create(None, face.language, vocabulary, passwords)
    result, document = work.read_file(sources[0], settings)
    if isinstance(result.error, NoForm):  # what is read wrongly may well be taken for no form
        document = work.document(sources[0].path, sources[0].name, None)
    if document is None:
        screen.was_read(result)
        return UNREAD
    files = (*resources.own_words(), *vocabulary)
    data, unread = anonymous.anonymise(document, result.forms, keep, files)
    place.write(out, data)
    screen.written([out])
    if unread:
        screen.say("anonymous_unread")
        screen.lines([f"  {cell} {text}" for cell, text in unread])
    screen.say("anonymous_done")
    return OK
