"""The command `perfxl read`: what stands in forms."""

from typing import Annotated

import typer

from perfxl.exits import MISUSED, OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import Passwords, Paths, Vocabulary


def read(
    context: typer.Context,
    paths: Paths,
    json: Annotated[bool, typer.Option("--json", help="json")] = False,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
) -> int:
    """Read forms and show what was read."""
    from perfxl import machine
    from perfxl.files import find
    from perfxl.jobs.work import Result, Settings, reason_for
    from perfxl.runs import run

    face: Face = context.obj
    found = find.find(paths, passwords=passwords)
    screen = face.screen(quiet=json)

    def show(result: Result) -> None:
        if json:
            face.out.write(machine.line(result, face.texts) + "\n")
        else:
            screen.was_read(result)

    failed = False
    for result in run.read(
        found.sources, Settings.create(None, face.language, vocabulary, passwords)
    ):
        failed = failed or result.error is not None
        try:
            show(result)
        except OSError:  # nobody listens any more
            raise
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            failed = True
            show(Result(result.file, error=reason_for(error)))
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    return UNREAD if failed else OK
