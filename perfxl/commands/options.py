"""What the commands share: the language, help in it, and the options that several of them have."""

import gettext
from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.language import (
    DATA,
    HELP,
    INTERRUPTED,
    LANGUAGE,
    MISUSED,
    OK,
    UNREAD,
    WORDS,
    WRONG,
    report_interrupt,
)

__all__ = [
    "DATA", "HELP", "INTERRUPTED", "LANGUAGE", "MISUSED", "OK", "UNREAD", "WORDS", "WRONG", "report_interrupt",
]  # fmt: skip


def translate(message: str) -> str:
    """One of Typer's own words in the user's language."""
    return WORDS.get(message, message)


# Typer takes some of its own words ("Options") through gettext when it is imported; they come from
# our catalogue instead of compiled message files.
_gettext = gettext.gettext
gettext.gettext = translate
import typer  # noqa: E402

gettext.gettext = _gettext


def print_help(context: typer.Context, asked: bool) -> None:
    """Print the usage and stop, where it was asked for; typer calls it with the option's value."""
    if asked:
        typer.echo(context.get_help().replace("Usage:", translate("Usage:"), 1))
        raise typer.Exit


Help = Annotated[
    bool,
    typer.Option(
        "--help", "-h", help=HELP["help"], callback=print_help, is_eager=True, expose_value=False
    ),
]
NO_HELP: dict[str, Any] = {"help_option_names": []}
Paths = Annotated[
    list[Path],
    typer.Argument(help=HELP["paths"], metavar="PATH…", show_default=False, readable=False),
]
Language = Annotated[str, typer.Option("--lang", help=HELP["lang"], metavar="zh|en")]
Vocabulary = Annotated[
    list[Path],
    typer.Option("--vocabulary", help=HELP["vocabulary"], metavar="FILE", show_default=False),
]
Policy = Annotated[
    str | None, typer.Option("--policy", help=HELP["policy"], metavar="P", show_default=False)
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", help=HELP["jobs"], metavar="N", min=1, show_default=False),
]
Ledger = Annotated[
    str | None,
    typer.Option("--ledger", help=HELP["ledger"], metavar="FILE|URL", show_default=False),
]
OutFolder = Annotated[
    Path | None,
    typer.Option("-o", "--out", help=HELP["out_folder"], metavar="DIR", show_default=False),
]
