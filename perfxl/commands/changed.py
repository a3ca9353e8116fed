"""The command `perfxl changed`: what a resubmission changed."""

from typing import Annotated

import typer

from perfxl.commands.face import Face
from perfxl.commands.options import Ledger, OutFolder
from perfxl.exits import OK


def changed(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="old", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="new", metavar="NEW")],
    out: OutFolder = None,
    ledger: Ledger = None,
) -> int:
    """Compare two submissions."""
    from perfxl.screen_history import show_changes

    face: Face = context.obj
    show_changes(face.screen(), old, new, ledger, out)
    return OK
