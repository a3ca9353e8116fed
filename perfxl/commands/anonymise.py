"""The command `perfxl anonymise`: a form that can be shown to others."""

from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.options import (
    HELP,
    LANGUAGE,
    MISUSED,
    NO_HELP,
    UNREAD,
    Help,
    Language,
    Vocabulary,
)

# isort: split
import typer


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    options: dict[str, Any] = {
        "options_metavar": HELP["usage_options"],
        "context_settings": NO_HELP,
    }
    app.command("anonymise", help=HELP["anonymise"], **options)(anonymise)


def anonymise(
    form: Annotated[
        Path, typer.Argument(help=HELP["anonymise_form"], metavar="FORM", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help=HELP["anonymise_out"], metavar="FILE", show_default=False),
    ],
    keep: Annotated[
        list[str],
        typer.Option("--keep", help=HELP["anonymise_keep"], metavar="WORD", show_default=False),
    ] = [],  # noqa: B006  # typer copies it
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    usage: Help = False,
) -> None:
    """Write a copy of a form with invented names and prose."""
    from perfxl import resources, texts
    from perfxl.books import anonymous
    from perfxl.errors import NoForm, UsageError
    from perfxl.files import find, place
    from perfxl.jobs import work
    from perfxl.screen import Screen

    screen = Screen(texts.load_texts(lang))
    if out.suffix.casefold() != ".xlsx":
        raise UsageError("anonymous-not-xlsx", path=str(out))
    place.spare_existing(out)
    sources = find.find([form]).sources
    if len(sources) != 1:
        screen.nothing([form])
        raise typer.Exit(MISUSED)
    result, document = work.read_file(sources[0], work.Settings.of(None, lang, vocabulary))
    if isinstance(result.error, NoForm):  # what is read wrongly may well be taken for no form
        document = work.document(sources[0].path, sources[0].name, None)
    if document is None:
        screen.was_read(result)
        raise typer.Exit(UNREAD)
    files = (*resources.own_words(), *vocabulary)
    data, unread = anonymous.anonymise(document, result.forms, keep, files)
    place.write(out, data)
    screen.written([out])
    if unread:
        screen.say("anonymous_unread")
        screen.lines([f"  {cell} {text}" for cell, text in unread])
    screen.say("anonymous_done")
