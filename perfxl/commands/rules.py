"""The command `perfxl rules`: every rule and what it rests on."""

import typer

from perfxl.exits import OK
from perfxl.face.face import Face


def rules(context: typer.Context) -> int:
    """List the rules."""
    face: Face = context.obj
    face.screen().rules()
    return OK
