"""What is said where perfxl cannot go on, and the exit code that goes with it."""

import os
from pathlib import Path
from typing import Any

from perfxl.exits import BROKEN, MISUSED
from perfxl.face.face import Face


def report_refusal(face: Face, text: str) -> int:
    """Say why perfxl does not go on; the exit code."""
    print(face.words["help"]["refused"].replace("{}", text), file=face.errors)
    return MISUSED


def report_bug(face: Face, error: Exception) -> int:
    """Say that perfxl itself is at fault, with the place that its maintainers have to look at."""
    if os.environ.get("PERFXL_DEBUG"):
        raise error
    import traceback

    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "perfxl" in frame.filename
    ]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    detail = f"{type(error).__name__}: {error}"[:200]
    report_refusal(face, face.texts.get("errors/broken", detail=detail, where=where))
    return BROKEN


def is_misuse(error: Exception) -> bool:
    """Whether an error is Typer's, about the call."""
    return hasattr(error, "format_message")


def report_misuse(face: Face, error: Any) -> int:
    """Say in the user's language what Typer says in English: what is wrong with the call."""
    words, parameter = face.words["misuse"], getattr(error, "param", None)
    kind = type(error).__name__
    if kind == "BadParameter" and isinstance(getattr(parameter, "min", None), int | float):
        kind = "BadNumber"
    values = {
        "name": getattr(error, "option_name", "") or getattr(error, "command_name", ""),
        "param": _named(parameter),
        "least": f"{getattr(parameter, 'min', None) or 0:g}",
        "message": getattr(error, "message", ""),
    }
    text = str(words.get(kind, words["other"]))
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value or ""))
    return report_refusal(face, f"{text}{face.words['help']['hint']}")


def _named(parameter: Any) -> str:
    """A parameter as the user knows it: an option by its flag, an argument by its place in the help."""
    if parameter is None:
        return ""
    if parameter.param_type_name == "option":
        return max(map(str, parameter.opts), key=len)
    return str(parameter.metavar or parameter.name)
