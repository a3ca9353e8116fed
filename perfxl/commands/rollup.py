"""The command `perfxl rollup`: several units' forms into one."""

from pathlib import Path
from typing import Annotated

import typer

from perfxl.exits import MISUSED, OK, UNREAD, WRONG
from perfxl.face.face import Face
from perfxl.face.options import Passwords, Paths, Policy, Vocabulary


def rollup(
    context: typer.Context,
    paths: Paths,
    project: Annotated[
        str | None, typer.Option("--project", help="project", metavar="NAME")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="all")] = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="rollup_out", metavar="FILE")
    ] = None,
    policy: Policy = None,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    passwords: Passwords = None,
) -> int:
    """Roll up the forms of several units."""
    from perfxl.errors import UsageError
    from perfxl.files import find
    from perfxl.jobs.work import Settings, policy_file
    from perfxl.rollups import groups
    from perfxl.runs import rollup as rolling
    from perfxl.screens.rollup import found_projects, rolled_up

    face: Face = context.obj
    if every and project is not None:
        raise UsageError("project-or-all")
    settings = Settings.create(policy, face.language, vocabulary, passwords)
    path = rolling.target(paths, out)
    found = find.find(paths, apart=policy_file(policy), passwords=passwords)
    screen = face.screen()
    if not found.sources:
        screen.nothing(paths, found)
        return MISUSED
    rolled = rolling.read(found, settings)
    if project is None and not every:
        projects = groups.projects(rolled.forms)
        found_projects(screen, projects, rolled)
        if rolled.failed:
            return UNREAD
        return OK if projects else MISUSED
    rolling.roll(rolled, project, settings)
    if rolled.rollups:
        rolling.write(rolled, path, found.sources, face.language)
    rolled_up(screen, rolled)
    found.own = [one for one in found.own if one[0] not in rolled.own]
    screen.left_out(found)
    if rolled.failed:
        return UNREAD
    if not rolled.clean:
        return WRONG
    return OK if rolled.rollups else MISUSED
