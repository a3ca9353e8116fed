"""Help: how a command is called, in the user's words and as wide as the terminal shows them."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfxl.screens.terminal import cells, wrap

WIDEST = 100
NAMES = 30
"""Columns that the names of options may take; longer ones stand on a line of their own."""


def help_text(context: Any, words: Mapping[str, str]) -> str:
    """A command's help.

    Args:
        context: of the command, as typer hands it to callbacks.
        words: the section ``help`` of the catalogue.
    """
    width = min(WIDEST, shutil.get_terminal_size().columns) - 1
    command = context.command
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    below = getattr(command, "commands", {})
    places = [one.metavar if one.required else f"[{one.metavar}]" for one in arguments]
    parts = [context.command_path, words["usage_options"], *places]
    parts += [words["usage_command"]] if below else []
    lines = [f"{words['usage']}{' '.join(parts)}"]
    for paragraph in command.help.split("\n\n"):
        lines += ["", *(f"  {line}" for line in wrap(paragraph, width - 2))]
    named = [(name, one.help.partition("\n")[0]) for name, one in below.items()]
    for title, rows in (
        ("arguments", [(one.metavar, _explained(one, words)) for one in arguments]),
        ("options", [(_named(one), _explained(one, words)) for one in options]),
        ("commands", named),
    ):
        if rows:
            lines += ["", words[title], *_table(rows, width)]
    return "\n".join(lines) + "\n"


def _named(option: Any) -> str:
    return f"{', '.join(option.opts)} {option.metavar or ''}".rstrip()


def _explained(one: Any, words: Mapping[str, str]) -> str:
    """What a parameter is for, and its default or that it cannot be left out."""
    if one.required:
        return f"{one.help}{words['required']}"
    if one.default in (None, False, "", [], ()):
        return str(one.help)
    default = f"{one.default:g}" if isinstance(one.default, float) else str(one.default)
    return f"{one.help}{words['default'].replace('{}', default)}"


def _table(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Names on the left, what they are for on the right."""
    left = min(NAMES, max(cells(name) for name, _ in rows))
    for name, text in rows:
        room = left - cells(name)
        first, *others = wrap(text, width - left - 4)
        if room < 0:
            yield f"  {name}"
        yield f"  {name}{' ' * room}  {first}" if room >= 0 else f"{' ' * (left + 4)}{first}"
        for line in others:
            yield f"{' ' * (left + 4)}{line}"
