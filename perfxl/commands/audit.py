"""The command `perfxl audit`: forms in, marked copies out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfxl.exits import INTERRUPTED, MISUSED
from perfxl.face.face import Face
from perfxl.face.options import (
    DecryptedCopies,
    Expected,
    Jobs,
    Ledger,
    Out,
    Passwords,
    Paths,
    Policy,
    Vocabulary,
)

if TYPE_CHECKING:
    from perfxl.jobs.outcome import Outcome


def audit(
    context: typer.Context,
    paths: Paths,
    out: Out = None,
    policy: Policy = None,
    approved: Annotated[
        list[Path], typer.Option("--approved", help="approved", metavar="FILE|DIR")
    ] = [],  # noqa: B006  # typer copies it
    expected: Expected = None,
    json: Annotated[Path | None, typer.Option("--json", help="json_file", metavar="FILE")] = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
    decrypted_copies: DecryptedCopies = False,
    jobs: Jobs = None,
    ledger: Ledger = None,
    again: Annotated[bool, typer.Option("--again", help="again")] = False,
) -> int:
    """Audit forms and write the marked copies."""
    from perfxl.files import find, place, unit_list
    from perfxl.jobs.work import Settings, policy_file
    from perfxl.runs import approval
    from perfxl.runs.audit import AuditRun
    from perfxl.screens.audit import show_audit

    face: Face = context.obj
    settings = Settings.create(
        policy, face.language, vocabulary, passwords, decrypted_copies=decrypted_copies
    )
    folder = place.folder_for(paths, out)
    found = find.find(paths, folder, policy_file(policy), passwords=passwords)
    settings.approved = approval.read(
        approved, settings.vocabulary(), found.sources, settings.passwords
    )
    place.refuse_overwrite_inputs([json], found.sources)
    screen = face.screen(quiet=str(json) == "-")
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    listed = unit_list.read_units(expected)
    screen.units(listed)
    run = AuditRun(found, settings, folder, listed.names, ledger, jobs, again)
    try:
        run.run(_reports(face, json, len(found.sources)), records=json is not None)
    except KeyboardInterrupt:
        print(face.texts.get("cli/stopped", files=run.tally.files), file=face.errors)
        return INTERRUPTED
    show_audit(screen, run)
    screen.written([] if json is None else [json])
    return run.tally.exit_code


@contextmanager
def _reports(
    face: Face, json: Path | None, files: int
) -> Iterator[Callable[["Outcome"], "Outcome"]]:
    """Tell of each file as soon as it is done: a line for machines where one is asked for, a step of the bar."""
    from perfxl import machine
    from perfxl.screens.progress import Progress

    with (
        machine.lines(json, face.out) as write,
        Progress(files, face.texts, face.errors) as progress,
    ):

        def report(outcome: "Outcome") -> "Outcome":
            progress.one_done()
            if json is not None:
                outcome, line = machine.with_line(outcome, face.texts)
                write(line)
            return outcome

        yield report
