"""The command `perfxl decisions`: what auditors decided of the findings, taken from their workbooks."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import Ledger


def decisions(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="summary_folder", metavar="DIR", readable=False)
    ] = None,
    ledger: Ledger = None,
) -> int:
    """Take in decisions and list them."""
    from perfxl.screens.decisions import show_decisions

    face: Face = context.obj
    return UNREAD if show_decisions(face.screen(), folder, ledger) else OK
