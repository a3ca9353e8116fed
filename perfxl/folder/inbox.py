"""A folder that others drop files into: which of them have come to rest since the last look.

A listing now and then is the only truth: network shares may send no events, or not all of them.
Times are those of the monotonic clock; what a file's own times say is only compared for equality.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.folder import intake
from perfxl.folder.find import Source, find
from perfxl.folder.intake import Stamp

RETRY = 60.0
"""Seconds until a file is tried again that could not be opened: a program may have had it open."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found.

    Attributes:
        ready: files at rest that are to be done.
        waiting: how many files are still being written, or were a moment ago.
        gone: files that were done and are no longer there.
    """

    ready: list[Source]
    waiting: int
    gone: list[Source]


@dataclass
class Inbox:
    """The folder, and what is known of its files.

    Attributes:
        quiet: seconds for which a file must not have changed.
        output: a folder of results inside, which is not looked into.
    """

    folder: Path
    output: Path
    quiet: float
    _since: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _done: dict[Path, tuple[Source, Stamp, float | None]] = field(default_factory=dict)

    def look(self) -> Looked:
        """List the folder.

        Raises:
            UsageError: it cannot be listed.
        """
        ready, waiting = [], 0
        known, self._since = self._since, {}
        for source in find([self.folder], self.output).sources:
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
        gone = [self._done.pop(path)[0] for path in [*self._done] if path not in self._since]
        return Looked(ready, waiting, gone)

    def _is_done(self, path: Path, stamp: Stamp, now: float) -> bool:
        _, done, retry = self._done.get(path, (None, None, None))
        return done == stamp and (retry is None or now < retry)

    def done(self, source: Source, *, again: bool = False) -> None:
        """Leave a file alone until it changes, or until some time has passed."""
        stamp, _ = self._since[source.path]
        self._done[source.path] = (source, stamp, time.monotonic() + RETRY if again else None)
