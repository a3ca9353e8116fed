"""The commands of policies: `perfxl policies`, and `perfxl policy new` for one kept in a workbook."""

from pathlib import Path
from typing import Annotated, Any

from perfxl.commands.options import HELP, LANGUAGE, NO_HELP, Help, Language, print_help

# isort: split
import typer

NEEDED: dict[str, Any] = {"options_metavar": HELP["usage_options"], "context_settings": NO_HELP}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("policies", help=HELP["policies"], **NEEDED)(policies)
    group = typer.Typer(
        help=HELP["policy_group"], subcommand_metavar=HELP["usage_command"],
        invoke_without_command=True, **NEEDED,
    )  # fmt: skip
    group.callback()(_group)
    group.command("new", help=HELP["policy_new"], **NEEDED)(policy_new)
    app.add_typer(group, name="policy")


def _group(context: typer.Context, usage: Help = False) -> None:
    if context.invoked_subcommand is None:
        print_help(context, asked=True)


def policies(
    name: Annotated[
        str, typer.Argument(help=HELP["policies_name"], metavar="P", show_default=False)
    ] = "",
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """List the policies, or explain one."""
    from perfxl import resources, texts
    from perfxl.jobs import work  # noqa: F401  # knows how policy workbooks are read
    from perfxl.rules.policies import policy
    from perfxl.screen import Screen
    from perfxl.screen_policies import explain_policy, list_policies

    screen, own = Screen(texts.load_texts(lang)), resources.own_policies()
    if not name:
        list_policies(screen, policy.editions(own))
    for one in _asked(name, own) if name else ():
        explain_policy(screen, one)


def _asked(name: str, own: Path | None) -> list[Any]:
    """Every edition of a policy, or the one that a file holds."""
    from perfxl.jobs.work import asked_policy
    from perfxl.rules.policies import policy

    found = asked_policy(name, own)
    if isinstance(found, policy.Policy):
        return [found]
    return [one for one in policy.editions(own) if one.id == found]


def policy_new(
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help=HELP["policy_new_out"], metavar="FILE", show_default=False
        ),
    ],
    base: Annotated[
        str, typer.Option("--from", help=HELP["policy_new_from"], metavar="P")
    ] = "ministry",
    lang: Language = LANGUAGE,
    usage: Help = False,
) -> None:
    """Write a policy workbook."""
    from perfxl import resources, texts
    from perfxl.books.policy import write
    from perfxl.errors import UsageError
    from perfxl.files import place
    from perfxl.screen import Screen

    if out.suffix.casefold() != ".xlsx":
        raise UsageError("policy-not-xlsx", path=str(out))
    place.spare_existing(out)
    catalogue = texts.load_texts(lang)
    found = _asked(base, resources.own_policies())[0]
    # A name of its own: results must not say that they follow the policy it began with.
    name = "".join(out.stem.split()) or found.id
    place.write(out, write.write(found, catalogue, name))
    screen = Screen(catalogue)
    screen.written([out])
    screen.say("policy_written", file=out.name)
