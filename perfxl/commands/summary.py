"""The command `perfxl summary`: one workbook of everything that was submitted, and the frames behind it."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.options import (
    HELP,
    LANGUAGE,
    MISUSED,
    NO_HELP,
    Help,
    Language,
    Ledger,
)

# isort: split
import typer

Expected = Annotated[
    Path | None,
    typer.Option("--expected", help=HELP["expected"], metavar="FILE", show_default=False),
]


MANY = 200
"""So many forms are worth the start of a process."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    options: dict[str, Any] = {
        "options_metavar": HELP["usage_options"],
        "context_settings": NO_HELP,
    }
    app.command("summary", help=HELP["summary"], **options)(summary)


def summary(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help=HELP["summary_folder"], metavar="DIR", show_default=False, readable=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=HELP["summary_out"], metavar="FILE", show_default=False),
    ] = None,
    expected: Expected = None,
    export: Annotated[
        Path | None,
        typer.Option("--export", help=HELP["export"], metavar="DIR", show_default=False),
    ] = None,
    ledger: Ledger = None,
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """Write the summary of a folder of results."""
    from perfxl import resources, texts
    from perfxl.files import ownership as made
    from perfxl.files import unit_list
    from perfxl.jobs import pool
    from perfxl.jobs.limits import Limits
    from perfxl.jobs.work import Settings
    from perfxl.ledger import history
    from perfxl.runs import summary_data as season
    from perfxl.screen import Screen

    catalogue = texts.load_texts(lang)
    screen = Screen(catalogue)
    listed = unit_list.read_units(expected)
    units = listed.names
    with closing(history.find_ledger(ledger, folder)) as book:
        screen.migrated(book)
        results = folder or history.folder_of(book)
        found = season.read(book, results, lang, resources.own_policies())
        if not found.entries and not found.failed:
            screen.say("summary_nothing", ledger=book.shown)
            raise typer.Exit(MISUSED)
        if out is None:
            target, _ = season.place_in(results, found)
        else:
            target = out
            made.spare_foreign(out)
        portions = len(found.entries) // MANY
        with closing(
            pool.workers_for(portions, None, Settings.of(language=lang), Limits())
        ) as workers:
            season.write(found, target, catalogue, workers, units)
        written = [target]
        if export is not None:
            from perfxl import export as exporting

            written += exporting.write(season.records(found), export)
            if not exporting.can_write_parquet():
                screen.say("no_parquet")
    screen.units(listed)
    screen.missing(found.missing(units))
    screen.say("summary_done", forms=len(found.entries), failed=len(found.failed))
    screen.written(written)
