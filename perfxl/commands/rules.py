"""The command `perfxl rules`: every rule and what it rests on."""

import typer

from perfxl.commands.face import Face
from perfxl.exits import OK


def rules(context: typer.Context) -> int:
    """List the rules."""
    face: Face = context.obj
    face.screen().rules()
    return OK
