"""The command `perfxl history`: what was submitted when."""

from typing import Annotated

import typer

from perfxl.commands.face import Face
from perfxl.commands.options import Ledger, OutFolder
from perfxl.exits import OK


def history(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(help="unit", metavar="UNIT")] = "",
    out: OutFolder = None,
    ledger: Ledger = None,
) -> int:
    """List the submissions that the ledger knows."""
    from perfxl.screen_history import show_history

    face: Face = context.obj
    show_history(face.screen(), unit, ledger, out)
    return OK
