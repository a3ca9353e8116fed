"""What is said where perfxl cannot go on, and the exit code that goes with it."""

import os
import sys
from pathlib import Path
from typing import Any

from perfxl.commands.language import DATA, HELP, LANGUAGE, MISUSED

BROKEN = 4
"""The exit code where perfxl itself is at fault."""


def report_refusal(text: str) -> int:
    """Say why perfxl does not go on; the exit code."""
    print(HELP["refused"].replace("{}", text), file=sys.stderr)  # noqa: T201
    return MISUSED


def broken(error: Exception) -> int:
    """Say that perfxl itself is at fault, with the place that its maintainers have to look at."""
    if os.environ.get("PERFXL_DEBUG"):
        raise error
    import traceback

    from perfxl import texts

    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "perfxl" in frame.filename
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    detail = f"{type(error).__name__}: {error}"[:200]
    report_refusal(texts.load_texts(LANGUAGE).get("errors/broken", detail=detail, where=where))
    return BROKEN


def is_misuse(error: Exception) -> bool:
    """Whether an error is Typer's, about the call."""
    return hasattr(error, "format_message")


def report_misuse(error: Exception) -> int:
    """Say what was wrong with the call; the exit code."""
    return report_refusal(f"{_misuse(error)} {HELP['hint']}")


def _misuse(error: Any) -> str:
    """A mistake in the call, which Typer tells in English, in the user's language."""
    param = getattr(error, "param", None)
    names = {
        "name": getattr(error, "option_name", None) or getattr(error, "command_name", None) or "",
        "param": (getattr(param, "metavar", None) or getattr(param, "name", "")) if param else "",
        "message": str(getattr(error, "message", "") or ""),
    }
    text = DATA["misuse"].get(type(error).__name__, DATA["misuse"]["other"])
    for name, value in names.items():
        text = text.replace("{" + name + "}", str(value))
    return str(text)
