"""The command line as an app of a language, and one run of it. Heavy imports live inside the commands."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from perfxl import resources
from perfxl.commands.anonymise import anonymise
from perfxl.commands.audit import audit
from perfxl.commands.changed import changed
from perfxl.commands.decisions import decisions
from perfxl.commands.docs import docs
from perfxl.commands.fill import fill
from perfxl.commands.history import history
from perfxl.commands.inspect import inspect
from perfxl.commands.letters import letters
from perfxl.commands.policies import policies, policy_new
from perfxl.commands.read import read
from perfxl.commands.rollup import rollup
from perfxl.commands.rules import rules
from perfxl.commands.summary import summary
from perfxl.commands.template import template_check, template_list, template_new
from perfxl.commands.watch import watch
from perfxl.errors import PerfxlError, UsageError
from perfxl.exits import OK
from perfxl.face.face import Face
from perfxl.face.refusal import is_misuse, report_bug, report_misuse, report_refusal
from perfxl.face.usage import help_text
from perfxl.version import __version__

COMMANDS: Sequence[Callable[..., int]] = (
    audit, read, inspect, watch, history, changed, rules, fill, anonymise, policies, summary, rollup, decisions,
    letters, docs,
)  # fmt: skip
GROUPS: Mapping[str, Mapping[str, Callable[..., int]]] = {
    "template": {"list": template_list, "new": template_new, "check": template_check},
    "policy": {"new": policy_new},
}
SHARED = ("lang", "usage")
"""Options of the program that every command has, too."""


class NoSuchCommand(typer.BadParameter):
    """A command that there is not."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.command_name = name


class _Group(TyperGroup):
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise NoSuchCommand(args[0])
        return super().resolve_command(ctx, args)


def _show_version(context: typer.Context, asked: bool) -> None:
    if asked:
        print(f"perfxl {__version__}", file=context.obj.out)
        raise typer.Exit


def _show_help(context: typer.Context, asked: bool) -> None:
    if asked:
        print(help_text(context, context.obj.words["help"]), file=context.obj.out, end="")
        raise typer.Exit


def _check_language(asked: str) -> None:
    """Refuse a language that there is not; `perfxl.face.face.pick_language` has taken it long before."""
    if asked not in resources.LANGUAGES:
        raise UsageError("unknown-language", language=asked)


def _start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="version", callback=_show_version, is_eager=True)
    ] = False,
    lang: Annotated[
        str,
        typer.Option(
            "--lang", help="lang", metavar="zh|en", callback=_check_language, expose_value=False
        ),
    ] = "",
    usage: Annotated[
        bool,
        typer.Option(
            "-h", "--help", help="help", callback=_show_help, is_eager=True, expose_value=False
        ),
    ] = False,
) -> None:
    _without_command(context)


def _without_command(context: typer.Context) -> None:
    """A program or group that is called alone shows its help."""
    if context.invoked_subcommand is None:
        _show_help(context, asked=True)


def make_app(language: str) -> TyperGroup:
    """The whole command line with help in a language; run it with a `Face` as the context's ``obj``."""
    how: dict[str, Any] = {"add_help_option": False}
    group: dict[str, Any] = {**how, "cls": _Group, "invoke_without_command": True}
    app = typer.Typer(
        callback=_start, add_completion=False, rich_markup_mode=None, suggest_commands=False,
        help="app", **group,
    )  # fmt: skip
    for function in COMMANDS:
        app.command(function.__name__, help=function.__name__, **how)(function)
    for name, functions in GROUPS.items():
        below = typer.Typer(callback=_without_command, help=f"{name}_group", **group)
        for short, function in functions.items():
            below.command(short, help=function.__name__, **how)(function)
        app.add_typer(below, name=name)
    built: Any = typer.main.get_command(app)
    shared = [one for one in built.params if one.name in SHARED]
    _translate(built, resources.texts(language), shared)
    for one in shared:
        if one.name == "lang":
            one.default = language
    return built  # type: ignore[no-any-return]


def _translate(command: Any, words: Mapping[str, Any], shared: Sequence[Any]) -> None:
    """Put a language's words for the keys of a command and of all below it, and the shared options."""
    command.help = words["help"][command.help]
    for one in command.params:
        one.help = words["help"][one.help]
        one.metavar = words["metavars"].get(one.metavar, one.metavar)
    for below in getattr(command, "commands", {}).values():
        _translate(below, words, shared)
        below.params += shared


def run(arguments: Sequence[str], out: TextIO | None = None, errors: TextIO | None = None) -> int:
    """Run one command line in this process, in the language that it asks for.

    Args:
        arguments: what a shell would hand over behind ``perfxl``.
        out: where results go; the process's own stream without it.
        errors: likewise, for what went wrong.

    Returns:
        The exit code (`perfxl.exits`). Every error has become a sentence by then.

    Raises:
        BrokenPipeError: nobody listens any more.
    """
    face = Face.of_arguments(arguments, out, errors)
    try:
        app: Any = make_app(face.language)
        with app.make_context("perfxl", list(arguments), obj=face) as context:
            return app.invoke(context) or OK
    except typer.Exit as end:
        return end.exit_code
    except PerfxlError as error:
        return report_refusal(face, face.texts.error(error))
    except KeyboardInterrupt:
        return face.report_interrupt()
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        return report_misuse(face, error) if is_misuse(error) else report_bug(face, error)
