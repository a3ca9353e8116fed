"""A run over many files: one result after another, in the order of the files."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from perfxl.folder import place, pool, work
from perfxl.folder.find import Source
from perfxl.folder.job import Answer, Task
from perfxl.folder.limits import Limits
from perfxl.folder.outcome import Outcome
from perfxl.folder.pool import Alone, Pool
from perfxl.folder.work import Result, Settings

Item = TypeVar("Item")
Done = TypeVar("Done")
AHEAD = 512
"""So many files may be done while an earlier one is still worked on; then the others wait."""


def read(sources: list[Source], settings: Settings) -> Iterator[Result]:
    """Read every file."""
    settings.vocabulary()
    for source in sources:
        yield work.read_file(source, settings)[0]


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
    for answer in _answers(sources, settings, folder, jobs, limits, whole=True):
        if isinstance(answer, Result):
            yield answer


def outcomes(
    sources: list[Source],
    settings: Settings,
    folder: Path | None,
    jobs: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """The same, with what remains of each file when it is done: light enough for thousands."""
    for answer in _answers(sources, settings, folder, jobs, limits, whole=False):
        if isinstance(answer, Outcome):
            yield answer


def _answers(
    sources: list[Source],
    settings: Settings,
    folder: Path | None,
    jobs: int | None,
    limits: Limits | None,
    *,
    whole: bool,
) -> Iterator[Answer]:
    settings.vocabulary()
    inputs = {place.key(source.path.absolute()) for source in sources}
    taken: set[str] = set()

    def begin(_: int, source: Source) -> Task:
        target = None if folder is None else free_name(folder, source, inputs, taken)
        return Task(source, None, target, whole=whole)

    workers = pool.workers_for(len(sources), jobs, settings, limits or Limits())
    try:
        yield from in_order(sources, begin, workers, lambda number, answer: [(number, answer)])
    finally:
        workers.close()


def free_name(folder: Path, source: Source, inputs: set[str], taken: set[str]) -> Path:
    """A name for a file's copy that no input and no other copy has; it is taken from now on.

    Args:
        folder: of the copies.
        source: the file.
        inputs: the names of the files to read, as `place.key` gives them.
        taken: the names that other copies have, likewise.
    """
    for name in place.names(source):
        target = folder / name
        known = place.key(target.absolute())
        if known not in inputs and known not in taken:
            break
    taken.add(known)
    return target


def in_order(
    items: Iterable[Item],
    begin: Callable[[int, Item], Task | Done | None],
    workers: Pool | Alone,
    arrived: Callable[[int, Answer], list[tuple[int, Done]]],
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
        if isinstance(begun, Task):
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
