"""One file's work, wherever it is done: in this process or in another."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import PerfxlError
from perfxl.folder import outcome, place, work
from perfxl.folder.find import Source
from perfxl.folder.outcome import Outcome
from perfxl.folder.work import Result, Settings


@dataclass(frozen=True, slots=True)
class Task:
    """What to do.

    Attributes:
        source: the file. data: its bytes; None: they are yet to be read.
        target: where the marked copy goes; None: none is wanted.
        whole: whether the answer is a Result with every cell, or an Outcome.
    """

    source: Source
    data: bytes | None = None
    target: Path | None = None
    whole: bool = False


Answer = Result | Outcome


def digest(data: bytes) -> str:
    """The digest of a copy, by which it is known again."""
    return hashlib.sha256(data).hexdigest()


def carry_out(task: Task, settings: Settings) -> Answer:
    """Audit a file and write its marked copy, whole or not at all.

    Raises:
        PerfxlError: the settings cannot be used (a policy, a vocabulary); nothing else.
    """
    result, found = work.audit_file(task.source, settings, task.data)
    if found is not None and task.target is not None:
        data = work.marked_copy(result, found, settings)
        if data is not None:
            try:
                place.write(task.target, data)
            except PerfxlError as error:
                result.no_copy = error
            else:
                result.copy, result.digest = task.target, digest(data)
    return _answer(task, result, settings)


def given_up(task: Task, error: PerfxlError, settings: Settings) -> Answer:
    """The answer for a file whose work came to no end."""
    return _answer(task, Result(task.source.name, error=error), settings)


def _answer(task: Task, result: Result, settings: Settings) -> Answer:
    if task.whole:
        return result
    from perfxl import texts  # noqa: PLC0415  # jinja2 only where something is rendered

    return outcome.of(result, texts.of(settings.language))
