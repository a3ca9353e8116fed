"""The command `perfxl rollup`: several units' forms into one."""

from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.options import (
    HELP,
    LANGUAGE,
    MISUSED,
    NO_HELP,
    UNREAD,
    WRONG,
    Help,
    Language,
    Paths,
    Policy,
    Vocabulary,
)

# isort: split
import typer


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    options: dict[str, Any] = {
        "options_metavar": HELP["usage_options"],
        "context_settings": NO_HELP,
    }
    app.command("rollup", help=HELP["rollup"], **options)(rollup)


def rollup(
    paths: Paths,
    project: Annotated[
        str | None,
        typer.Option("--project", help=HELP["project"], metavar="NAME", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=HELP["all"])] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=HELP["rollup_out"], metavar="FILE", show_default=False),
    ] = None,
    policy: Policy = None,
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    usage: Help = False,
) -> None:
    """Roll up the forms of several units."""
    from perfxl import texts
    from perfxl.errors import UsageError
    from perfxl.files import find
    from perfxl.jobs.work import Settings, policy_file
    from perfxl.rollups import groups
    from perfxl.runs import rollup as rolling
    from perfxl.screen import Screen
    from perfxl.screen_rollup import found_projects, rolled_up

    if every and project is not None:
        raise UsageError("project-or-all")
    settings = Settings.of(policy, lang, vocabulary)
    path = rolling.target(paths, out)
    found = find.find(paths, apart=policy_file(policy))
    screen = Screen(texts.load_texts(lang))
    if not found.sources:
        screen.nothing(paths, found)
        raise typer.Exit(MISUSED)
    rolled = rolling.read(found, settings)
    if project is None and not every:
        found_projects(screen, groups.projects(rolled.forms), rolled)
        raise typer.Exit(MISUSED)
    rolling.roll(rolled, project, settings)
    if rolled.rollups:
        rolling.write(rolled, path, found.sources, lang)
    rolled_up(screen, rolled)
    found.own = [one for one in found.own if one[0] not in rolled.own]
    screen.left_out(found)
    if rolled.failed:
        raise typer.Exit(UNREAD)
    if not rolled.clean:
        raise typer.Exit(WRONG)
    if not rolled.rollups:
        raise typer.Exit(MISUSED)
