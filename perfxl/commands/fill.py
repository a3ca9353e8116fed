"""The command `perfxl fill`: submissions in, official forms out."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import MISUSED, OK, UNREAD
from perfxl.face.face import Face
from perfxl.face.options import DecryptedCopies, Passwords, Paths, Policy, Vocabulary


def fill(
    context: typer.Context,
    paths: Paths,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="fill_out", metavar="FILE|DIR")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="fill_template", metavar="FILE")
    ] = None,
    policy: Policy = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
    decrypted_copies: DecryptedCopies = False,
) -> int:
    """Fill submissions into the official forms."""
    from perfxl.files import find, place
    from perfxl.jobs import work
    from perfxl.runs import fill as filling

    face: Face = context.obj
    settings = work.Settings.create(
        policy, face.language, vocabulary, passwords, decrypted_copies=decrypted_copies
    )
    target = place.folder_for(paths, out)
    below = None if filling.is_one_file(out) else target
    found = find.find(paths, below, work.policy_file(policy), passwords=passwords)
    screen, tally = face.screen(), filling.FillTally()
    for filled in filling.fill(found.sources, settings, template, target):
        tally.add(filled, face.texts)
        screen.was_filled(filled)
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    screen.filled(tally)
    screen.left_out(found)
    return UNREAD if tally.failed else OK
