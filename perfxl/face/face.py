"""A face: the language that a command speaks and the streams it speaks to. Nothing heavy is imported."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TextIO

from perfxl import resources
from perfxl.exits import INTERRUPTED

if TYPE_CHECKING:
    from perfxl.screens.screen import Screen
    from perfxl.texts import Texts


def pick_language(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, before anything else of it is understood."""
    asked = os.environ.get("PERFXL_LANG", "")
    for word, following in pairwise([*arguments, ""]):
        if word == "--":
            break
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return asked if asked in resources.LANGUAGES else resources.LANGUAGES[0]


@dataclass(frozen=True)
class Face:
    """How a command speaks.

    Attributes:
        language: zh or en.
        out: for results. errors: for what went wrong, and for progress.
    """

    language: str
    out: TextIO
    errors: TextIO

    @classmethod
    def of_arguments(
        cls, arguments: Sequence[str], out: TextIO | None = None, errors: TextIO | None = None
    ) -> "Face":
        """The face that a command line asks for, on the process's own streams where none are given."""
        return cls(pick_language(arguments), out or sys.stdout, errors or sys.stderr)

    @property
    def words(self) -> dict[str, Any]:
        """The catalogue as it stands in its files: help and mistakes need no templates."""
        return resources.texts(self.language)

    @property
    def texts(self) -> "Texts":
        """The catalogue with its templates."""
        from perfxl import texts

        return texts.load_texts(self.language)

    def screen(self, *, quiet: bool = False) -> "Screen":
        """A screen for results; quiet where standard output belongs to a machine."""
        from perfxl.screens.screen import Screen

        return Screen(self.texts, self.out, quiet=quiet)

    def report_interrupt(self) -> int:
        """Say that the user has stopped the program; the exit code of that."""
        print(self.words["help"]["aborted"], file=self.errors)
        return INTERRUPTED
