"""The command `perfxl history`: what was submitted when."""

from typing import Annotated

import typer

from perfxl.exits import OK
from perfxl.face.face import Face
from perfxl.face.options import Ledger, OutFolder


def history(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(help="unit", metavar="UNIT")] = "",
    out: OutFolder = None,
    ledger: Ledger = None,
) -> int:
    """List the submissions that the ledger knows."""
    from perfxl.screens.history import show_history

    face: Face = context.obj
    show_history(face.screen(), unit, ledger, out)
    return OK
