"""A folder that others drop files into: which of them have come to rest since the last look.

A listing now and then is the only truth: network shares may send no events, or not all of them.
Times are those of the monotonic clock; what a file's own times say is only compared for equality.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.errors import UsageError
from perfxl.files import intake
from perfxl.files.find import Source, find, printable_path
from perfxl.files.intake import Stamp
from perfxl.files.ownership import Memory

RETRY = 60.0
"""Seconds until a file is tried again that could not be opened: a program may have had it open."""


def check(folder: Path) -> None:
    """Refuse what is no folder.

    Raises:
        UsageError: it is not there, is a file, or cannot be asked.
    """
    try:
        if folder.is_dir():
            return
        there = folder.exists()
    except OSError as error:
        raise UsageError("file-unreadable", path=printable_path(folder), reason=error) from error
    raise UsageError("inbox-is-file" if there else "no-inbox", path=printable_path(folder))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found.

    Attributes:
        ready: files at rest that are to be done.
        waiting: how many files may still be being written: they have not been seen at rest for long enough.
        gone: files that were done and are no longer there.
        own: how many files perfxl wrote itself.
        strays: what was put into the folder of results and may be a submission, since the last look.
    """

    ready: list[Source]
    waiting: int
    gone: list[Source]
    own: int = 0
    strays: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Done:
    """A file that was done: how it looked, when it is tried again, and what there is to show for it."""

    source: Source
    stamp: Stamp
    retry: float | None
    results: tuple[Path, ...]


@dataclass
class Inbox:
    """The folder, and what is known of its files.

    Attributes:
        quiet: seconds for which a file must not have changed.
        output: a folder of results inside, whose files are not audited.
    """

    folder: Path
    output: Path
    quiet: float
    _since: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _done: dict[Path, _Done] = field(default_factory=dict)
    _memory: Memory = field(default_factory=Memory)
    _strays: set[Path] = field(default_factory=set)

    def look(self) -> Looked:
        """List the folder.

        Raises:
            UsageError: it cannot be listed.
        """
        check(self.folder)
        ready, waiting = [], 0
        known, self._since = self._since, {}
        found = find([self.folder], self.output, recognise=self._memory.recognise)
        for source in found.sources:
            try:
                stamp = intake.stamp(source.path)
            except OSError:
                continue
            now = time.monotonic()
            before, since = known.get(source.path, (None, now))
            since = since if before == stamp else now
            self._since[source.path] = (stamp, since)
            if self._is_done(source.path, stamp, now):
                continue
            if now - since >= self.quiet:
                ready.append(source)
            else:
                waiting += 1
        gone = [self._done.pop(path).source for path in [*self._done] if path not in self._since]
        told, self._strays = self._strays, set(found.strays)
        strays = tuple(path for path in found.strays if path not in told)
        return Looked(ready, waiting, gone, len(found.own), strays)

    def _is_done(self, path: Path, stamp: Stamp, now: float) -> bool:
        done = self._done.get(path)
        if done is None or done.stamp != stamp or not all(map(_is_there, done.results)):
            return False
        return done.retry is None or now < done.retry

    def done(self, source: Source, *results: Path, again: bool = False) -> None:
        """Leave a file alone until it changes, its result is gone, or some time has passed.

        Args:
            source: the file.
            results: what was made of it; several where it is an archive.
            again: whether to try again after some time.
        """
        stamp, _ = self._since[source.path]
        retry = time.monotonic() + RETRY if again else None
        self._done[source.path] = _Done(source, stamp, retry, results)

    def afresh(self) -> None:
        """Every file is to be done: what became of it may be lost."""
        self._done.clear()


def _is_there(result: Path) -> bool:
    """Whether a result is still there; where that cannot be known, it is."""
    try:
        result.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True
