"""A run over many files: one result after another, in the order of the files."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from perfxl import bounds
from perfxl.errors import PerfxlError
from perfxl.files.find import Source
from perfxl.files.names import Names
from perfxl.jobs import pool, work
from perfxl.jobs.job import Answer, Task, Work
from perfxl.jobs.limits import Limits, run_limited
from perfxl.jobs.pool import InlineExecutor, Pool
from perfxl.jobs.work import Result, Settings
from perfxl.sealed import unpack
from perfxl.sealed.unpack import Given

Item = TypeVar("Item")
Done = TypeVar("Done")
_END: Any = object()
AHEAD = 512
"""So many files may be done while an earlier one is still worked on; then the others wait."""


def unpacked(sources: Iterable[Source], settings: Settings) -> Iterator[Given]:
    """Every file to read: those given, and in the place of an archive what it holds, a member at a time."""
    for source in sources:
        if unpack.is_archive(source.path):
            yield from members(source, settings)
        else:
            yield source, None


def members(archive: Source, settings: Settings) -> Iterator[Given]:
    """What an archive holds; no member takes more time and memory than a file may."""
    found = unpack.members(archive, settings.passwords)
    try:
        while (given := run_limited(bounds.UNPACKING, lambda: next(found, _END))) is not _END:
            if given is not None:
                yield given
    except PerfxlError as error:  # beyond the limits: the rest of it is not unpacked
        yield archive, error
    finally:
        found.close()


def read(sources: Iterable[Source], settings: Settings) -> Iterator[Result]:
    """Read every file."""
    settings.vocabulary()
    for source, content in unpacked(sources, settings):
        yield work.read_file(source, settings, content)[0]


def audit(
    sources: list[Source],
    settings: Settings,
    folder: Path | None,
    jobs: int | None = 1,
    limits: Limits | None = None,
) -> Iterator[Result]:
    """Audit every file and, with a folder, write its marked copy there.

    Args:
        sources: the files.
        settings: of the run.
        folder: of the copies; None: none are written.
        jobs: how many processes; 1: this one alone; None: one for each core.
        limits: what one file may cost, where there are several processes.

    Raises:
        UsageError: an unknown policy or language. A copy that cannot be written is told in its
            result.
    """
    settings.vocabulary()
    names = None if folder is None else Names(folder)
    if names is not None:
        names.begin(sources)

    def begin(_: int, given: Given) -> Task | Result:
        source, content = given
        if isinstance(content, PerfxlError):
            return Result(source.name, error=content)
        try:
            target = None if names is None else names.give(source)
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            return Result(source.name, error=work.reason_for(error))
        return Task(source, content, target, whole=True)

    def arrived(number: int, answer: Answer) -> list[tuple[int, Result]]:
        return [(number, answer)] if isinstance(answer, Result) else []

    workers = pool.workers_for(len(sources), jobs, settings, limits or Limits())
    try:
        yield from in_order(unpacked(sources, settings), begin, workers, arrived)
    finally:
        workers.close()


def in_order(
    items: Iterable[Item],
    begin: Callable[[int, Item], Work | Done | None],
    workers: Pool | InlineExecutor,
    arrived: Callable[[int, Any], list[tuple[int, Done]]],
) -> Iterator[Done]:
    """Give work to workers, and yield what becomes of it in the order of the items.

    Args:
        items: what to work on.
        begin: an item and its number → what to do, or what became of it already, or None where
            the arrival of another one will bring it.
        workers: who does the work.
        arrived: an answer under its number → what is done by it.
    """
    done: dict[int, Done] = {}
    following = 0

    def take() -> None:
        done.update(arrived(*workers.next()))

    for number, item in enumerate(items):
        begun = begin(number, item)
        if isinstance(begun, Work):
            workers.submit(number, begun)
        elif begun is not None:
            done[number] = begun
        while workers.full or (workers.waiting and number - following > AHEAD):
            take()
            if following in done:
                break
        while following in done:
            yield done.pop(following)
            following += 1
    while workers.waiting:
        take()
        while following in done:
            yield done.pop(following)
            following += 1
