"""One piece of work, wherever it is done: in this process or in another."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from perfxl.errors import PerfxlError, UsageError
from perfxl.files import place
from perfxl.files.find import Source
from perfxl.grid.load import regular
from perfxl.jobs import outcome, work
from perfxl.jobs.outcome import Outcome
from perfxl.jobs.work import Result, Settings
from perfxl.rules.keys import Decided

Answer = Result | Outcome
LARGE, LARGE_ZIP = 256 << 10, 2 << 20
"""Bytes of a file, and of one that is a zip file, which a process by itself is left alone with."""


class Work:
    """What a worker can be given; it goes there and its answer comes back as a pickle.

    Attributes:
        target: the file that is written; None where there is none.
    """

    __slots__ = ()
    target: Path | None

    def is_large(self) -> bool:
        """Whether it may take more than a process can be left with that nobody can end."""
        return False

    def weight(self) -> int:
        """How many bytes it carries."""
        return 0

    def carry_out(self, settings: Settings) -> Any:
        """Do it."""
        raise NotImplementedError

    def given_up(self, error: PerfxlError, settings: Settings) -> Any:
        """The answer where the work came to no end."""
        raise NotImplementedError


def attempt(task: Work, settings: Settings) -> Any:
    """The answer to a piece of work, whatever goes wrong with it.

    Raises:
        UsageError, ConfigError: the settings cannot be used (a policy, a vocabulary); nothing else.
    """
    try:
        return task.carry_out(settings)
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        return task.given_up(work.reason_for(error), settings)


@dataclass(frozen=True, slots=True)
class Task(Work):
    """A file to audit.

    Attributes:
        source: the file. data: its bytes; None: they are yet to be read.
        target: where the marked copy goes; None: none is wanted.
        whole: whether the answer is a Result with every cell, or an Outcome.
        decided: what people decided of its findings before, to stand in the copy.
    """

    source: Source
    data: bytes | None = None
    target: Path | None = None
    whole: bool = False
    decided: Decided = field(default_factory=dict)

    def weight(self) -> int:
        """How many bytes of the file it carries."""
        return len(self.data or b"")

    def is_large(self) -> bool:
        """Whether the file is larger than forms are. What is no zip file has no ratio to be judged by."""
        try:
            if self.data is None:
                with regular(self.source.path) as file:
                    start, size = file.read(2), os.fstat(file.fileno()).st_size
            else:
                start, size = self.data[:2], len(self.data)
        except (OSError, UsageError):
            return False  # reading it will tell why not
        return size > (LARGE_ZIP if start == b"PK" else LARGE)

    def carry_out(self, settings: Settings) -> Answer:
        """Audit the file and write its marked copy, whole or not at all."""
        result, found = work.audit_file(self.source, settings, self.data)
        if found is not None and self.target is not None:
            data = work.marked_copy(result, found, settings, self.decided)
            if data is not None:
                try:
                    place.write(self.target, data)
                except PerfxlError as error:
                    result.no_copy = error
                else:
                    result.copy, result.digest = self.target, digest(data)
        return self._answer(result, settings)

    def given_up(self, error: PerfxlError, settings: Settings) -> Answer:
        """The answer for a file whose work came to no end."""
        return self._answer(Result(self.source.name, error=error), settings)

    def _answer(self, result: Result, settings: Settings) -> Answer:
        if self.whole:
            return result
        from perfxl import texts  # noqa: PLC0415  # jinja2 only where something is rendered

        return outcome.outcome_of_result(result, texts.load_texts(settings.language))


def digest(data: bytes) -> str:
    """The digest of a copy, by which it is known again."""
    return hashlib.sha256(data).hexdigest()
