"""The command `perfxl letters`: an opinion to each department, in Word."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import MISUSED, OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import Ledger


def letters(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="summary_folder", metavar="DIR", readable=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="letters_out", metavar="DIR")
    ] = None,
    unit: Annotated[list[str], typer.Option("--unit", help="letters_unit", metavar="UNIT")] = [],  # noqa: B006  # typer copies it
    deadline: Annotated[
        str | None, typer.Option("--deadline", help="letters_deadline", metavar="DATE")
    ] = None,
    number: Annotated[str, typer.Option("--number", help="letters_number", metavar="TEXT")] = "",
    undecided: Annotated[
        str, typer.Option("--undecided", help="letters_undecided", metavar="mark|tell|omit")
    ] = "mark",
    also_clean: Annotated[bool, typer.Option("--also-clean", help="letters_also_clean")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", help="letters_template", metavar="FILE")
    ] = None,
    ledger: Ledger = None,
) -> int:
    """Write a letter to each department."""
    from datetime import date

    from perfxl.books.letter.content import UNDECIDED, Wishes
    from perfxl.errors import UsageError
    from perfxl.runs.letters import parse_day
    from perfxl.screens.letters import write_and_show

    face: Face = context.obj
    if undecided not in UNDECIDED:
        raise UsageError("letters-undecided", text=undecided)
    day = None if deadline is None else parse_day(deadline)
    wishes = Wishes(day, date.today(), number, undecided)  # noqa: DTZ011  # the day of this place
    tally = write_and_show(
        face.screen(), folder, out, ledger, wishes, template, unit, also_clean=also_clean
    )
    if tally.failed:
        return UNREAD
    return OK if tally.departments else MISUSED
