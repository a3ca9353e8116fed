"""The command `perfxl summary`: one workbook of everything that was submitted, and the frames behind it."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfxl.errors import PerfxlError
from perfxl.exits import MISUSED, OK
from perfxl.face.face import Face
from perfxl.face.options import Expected, Ledger

if TYPE_CHECKING:
    from perfxl.ledger.store import Ledger as Book

MANY = 200
"""So many forms are worth the start of a process."""


def summary(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="summary_folder", metavar="DIR", readable=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="summary_out", metavar="FILE")
    ] = None,
    expected: Expected = None,
    export: Annotated[Path | None, typer.Option("--export", help="export", metavar="DIR")] = None,
    ledger: Ledger = None,
) -> int:
    """Write the summary of a folder of results."""
    from perfxl import resources
    from perfxl.files import ownership, unit_list
    from perfxl.jobs import pool
    from perfxl.jobs.limits import Limits
    from perfxl.jobs.work import Settings
    from perfxl.ledger import history
    from perfxl.runs import summary_data as season
    from perfxl.runs.decisions import take_in

    face: Face = context.obj
    screen = face.screen()
    listed = unit_list.read_units(expected)
    screen.units(listed)
    with closing(_find_ledger(ledger, folder)) as book:
        screen.migrated(book)
        results = folder or history.folder_of(book)
        screen.taken_in(take_in(book, results, face.texts))
        found = season.read(book, results, face.language, resources.own_policies())
        if not found.entries and not found.failed:
            screen.say("summary_nothing", ledger=book.shown)
            return MISUSED
        if out is None:
            target, _ = season.place_in(results, found)
        else:
            target = out
            ownership.refuse_overwrite_foreign(out)
        portions = len(found.entries) // MANY
        settings = Settings.create(language=face.language)
        with closing(pool.workers_for(portions, None, settings, Limits())) as workers:
            season.write(found, target, face.texts, workers, listed.names)
        written = [target]
        if export is not None:
            from perfxl import export as exporting

            written += exporting.write(season.records(found), export)
            if not exporting.can_write_parquet():
                screen.say("no_parquet")
    screen.missing(found.missing(listed.names))
    screen.say("summary_done", forms=len(found.entries), failed=len(found.failed))
    screen.written(written)
    return OK


def _find_ledger(ledger: str | None, folder: Path | None) -> "Book":
    """The ledger of a folder; where there is none, the way out is this command's and not that of the others.

    Raises:
        LedgerError: there is none, or it cannot be used.
        UsageError: there are several.
    """
    from perfxl.ledger import history

    try:
        return history.find_ledger(ledger, folder)
    except PerfxlError as error:
        if error.code not in {"ledger-missing", "ledgers-several"}:
            raise
        raise type(error)(f"summary-{error.code}", **error.arguments) from None
