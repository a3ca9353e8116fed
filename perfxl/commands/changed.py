"""The command `perfxl changed`: what a resubmission changed."""

from typing import Annotated

import typer

from perfxl.exits import OK
from perfxl.face.face import Face
from perfxl.face.options import Ledger, OutFolder


def changed(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="old", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="new", metavar="NEW")],
    out: OutFolder = None,
    ledger: Ledger = None,
) -> int:
    """Compare two submissions."""
    from perfxl.screens.history import show_changes

    face: Face = context.obj
    show_changes(face.screen(), old, new, ledger, out)
    return OK
