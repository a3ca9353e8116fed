"""The command `perfxl audit`: forms in, marked copies out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from perfxl.commands.face import Face
from perfxl.commands.options import Expected, Jobs, Ledger, Out, Paths, Policy, Vocabulary
from perfxl.exits import INTERRUPTED, MISUSED


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
    jobs: Jobs = None,
    ledger: Ledger = None,
    again: Annotated[bool, typer.Option("--again", help="again")] = False,
) -> int:
    """Audit forms and write the marked copies."""
    from perfxl import machine
    from perfxl.files import find, place
    from perfxl.jobs.outcome import Outcome
    from perfxl.jobs.work import Settings, policy_file
    from perfxl.progress import Progress
    from perfxl.runs import approval, summary_data
    from perfxl.runs.audit import AuditRun

    face: Face = context.obj
    settings = Settings.of(policy, face.language, vocabulary)
    folder = place.folder_for(paths, out)
    found = find.find(paths, folder, policy_file(policy))
    settings.approved = approval.read(approved, settings.vocabulary(), found.sources)
    place.spare_inputs([json], found.sources)
    screen = face.screen(quiet=str(json) == "-")
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    units = summary_data.expected_units(expected)
    run = AuditRun(found, settings, folder, units, ledger, jobs, again)

    @contextmanager
    def reports() -> Iterator[Callable[[Outcome], Outcome]]:
        """Tell of each file as soon as it is done: a line for machines, a step of the bar."""
        with (
            machine.lines(json, face.out) as write,
            Progress(len(found.sources), face.texts, face.errors) as progress,
        ):

            def report(outcome: Outcome) -> Outcome:
                progress.one_done()
                if json is not None:
                    outcome, line = machine.with_line(outcome, face.texts)
                    write(line)
                return outcome

            yield report

    try:
        run.run(reports(), records=json is not None)
    except KeyboardInterrupt:
        print(face.texts.get("cli/stopped", files=run.tally.files), file=face.errors)
        return INTERRUPTED
    screen.audited(run)
    screen.written([] if json is None else [json])
    return run.tally.exit_code
