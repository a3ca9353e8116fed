"""The commands of official forms and templates: `perfxl fill` and `perfxl template …`."""

from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.options import (
    HELP,
    LANGUAGE,
    MISUSED,
    NO_HELP,
    UNREAD,
    Help,
    Language,
    Paths,
    Policy,
    Vocabulary,
    print_help,
)

# isort: split
import typer

Out = Annotated[
    Path | None,
    typer.Option("-o", "--out", help=HELP["fill_out"], metavar="FILE|DIR", show_default=False),
]
NEEDED: dict[str, Any] = {"options_metavar": HELP["usage_options"], "context_settings": NO_HELP}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("fill", help=HELP["fill"], **NEEDED)(fill)
    group = typer.Typer(
        help=HELP["template"], subcommand_metavar=HELP["usage_command"], invoke_without_command=True,
        **NEEDED,
    )  # fmt: skip
    group.callback()(_group)
    group.command("list", help=HELP["template_list"], **NEEDED)(template_list)
    group.command("new", help=HELP["template_new"], **NEEDED)(template_new)
    group.command("check", help=HELP["template_check"], **NEEDED)(template_check)
    app.add_typer(group, name="template")


def _group(context: typer.Context, usage: Help = False) -> None:
    if context.invoked_subcommand is None:
        print_help(context, asked=True)


def fill(
    paths: Paths,
    out: Out = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help=HELP["fill_template"], metavar="FILE", show_default=False),
    ] = None,
    policy: Policy = None,
    lang: Language = LANGUAGE,
    vocabulary: Vocabulary = [],  # noqa: B006  # typer copies it
    usage: Help = False,
) -> None:
    """Fill submissions into the official forms."""
    from perfxl import texts
    from perfxl.files import find, place
    from perfxl.jobs import work
    from perfxl.runs import fill as filling
    from perfxl.screen import Screen

    settings = work.Settings.of(policy, lang, vocabulary)
    target = place.folder_for(paths, out)
    below = None if filling.is_one_file(out) else target
    found = find.find(paths, below, work.policy_file(policy))
    screen = Screen(texts.load_texts(lang))
    for filled in filling.fill(found.sources, settings, template, target):
        screen.was_filled(filled)
    if not found.sources:
        screen.nothing(paths, found)
        raise typer.Exit(MISUSED)
    screen.left_out(found)
    if screen.filled():
        raise typer.Exit(UNREAD)


def template_list(lang: Language = LANGUAGE, usage: Help = False) -> None:
    """List the official forms."""
    from perfxl import texts
    from perfxl.books import official
    from perfxl.screen import Screen

    Screen(texts.load_texts(lang)).templates(official.forms().values())


def template_new(
    name: Annotated[str, typer.Argument(help=HELP["template_name"], metavar="NAME")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help=HELP["template_out"], metavar="FILE", show_default=False),
    ],
    goals: Annotated[int, typer.Option("--goals", help=HELP["template_goals"], metavar="N")] = 1,
    rows: Annotated[int, typer.Option("--rows", help=HELP["template_rows"], metavar="N")] = 1,
    year: Annotated[
        int | None,
        typer.Option("--year", help=HELP["template_year"], metavar="Y", show_default=False),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help=HELP["template_unit"], metavar="U", show_default=False),
    ] = None,
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """Write a blank official form."""
    from perfxl import texts
    from perfxl.books import official
    from perfxl.files import place
    from perfxl.screen import Screen

    place.spare_existing(out)
    place.write(out, official.blank(official.find_official(name), goals, rows, year, unit))
    Screen(texts.load_texts(lang)).written([out])


def template_check(
    file: Annotated[Path, typer.Argument(help=HELP["check_file"], metavar="FILE", readable=False)],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help=HELP["check_out"], metavar="FILE", show_default=False),
    ] = None,
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """Check a template by filling it with example data."""
    from perfxl import texts
    from perfxl.books import official
    from perfxl.files import place
    from perfxl.screen import Screen

    book = official.open_template(file)
    data, rows = official.try_template(book)
    screen = Screen(texts.load_texts(lang))
    if out is not None:
        place.spare(out, file)
        place.write(out, data)
    screen.template_good(book.environment.typed, rows)
    if out is not None:
        screen.written([out])
