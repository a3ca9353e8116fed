"""The command `perfxl watch`: whatever is dropped into a folder is audited, until it is stopped."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import OK
from perfxl.face.face import Face
from perfxl.face.options import DecryptedCopies, Jobs, Ledger, Out, Passwords, Policy, Vocabulary


def watch(
    context: typer.Context,
    inbox: Annotated[Path, typer.Argument(help="inbox", metavar="INBOX")],
    out: Out = None,
    every: Annotated[
        float, typer.Option("--every", help="every", metavar="SECONDS", min=0.1)
    ] = 10.0,
    quiet: Annotated[
        float, typer.Option("--quiet", help="quiet", metavar="SECONDS", min=0.0)
    ] = 5.0,
    log: Annotated[Path | None, typer.Option("--log", help="log", metavar="FILE")] = None,
    policy: Policy = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
    decrypted_copies: DecryptedCopies = False,
    jobs: Jobs = None,
    ledger: Ledger = None,
) -> int:
    """Audit whatever is dropped into a folder, until stopped."""
    from perfxl.commands import watching
    from perfxl.files import place
    from perfxl.jobs.work import Settings
    from perfxl.runs.watch import Times

    face: Face = context.obj
    watching.watch(
        inbox, place.folder_for([inbox], out), Settings.create(
        policy, face.language, vocabulary, passwords, decrypted_copies=decrypted_copies
    ), face,
        Times(every=every, quiet=quiet), log=log, ledger=ledger, jobs=jobs,
    )  # fmt: skip
    return OK
