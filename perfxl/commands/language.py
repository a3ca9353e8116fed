"""The user's language and its words, known before anything heavy is imported: help is in it too."""

import os
import sys
from typing import Any

from perfxl import resources

OK, WRONG, MISUSED, UNREAD, INTERRUPTED = 0, 1, 2, 3, 130


def _language(arguments: list[str]) -> str:
    """The language asked for, before anything else is read."""
    for index, word in enumerate(arguments):
        if word == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("PERFXL_LANG", "zh")


LANGUAGE = _language(sys.argv[1:])
LANGUAGE = LANGUAGE if LANGUAGE in resources.LANGUAGES else "zh"
DATA: dict[str, Any] = resources.texts(LANGUAGE)
HELP: dict[str, str] = DATA["help"]
WORDS: dict[str, str] = DATA.get("typer", {})


def report_interrupt() -> int:
    """Say that the user has stopped the program; the exit code of that."""
    print(WORDS.get("Aborted!", "Aborted!"), file=sys.stderr)  # noqa: T201
    return INTERRUPTED
