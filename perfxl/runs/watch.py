"""Watching a folder: whatever is dropped there is audited as soon as it has come to rest.

Runs until it is stopped. A full disk, a share that is away or a ledger in use is waited out: what was
open is closed, and opened anew. The inbox is only read.
"""

import threading
import time
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from perfxl.errors import LedgerError, PerfxlError, UsageError
from perfxl.files import place
from perfxl.files.find import MARKER, Source, printable_path
from perfxl.files.inbox import Inbox, Looked, check
from perfxl.files.names import path_of
from perfxl.jobs import outcome, work
from perfxl.jobs.limits import Limits
from perfxl.jobs.outcome import Outcome
from perfxl.jobs.work import Settings
from perfxl.ledger import history
from perfxl.runs import batch
from perfxl.runs.batch import Batch

REASON = "-原因.txt"
MANY = 1000
"""The number of files is not known beforehand: all workers may be needed."""
FEW = 10
"""More files than these that were known already are told by their number."""
SETTLE = 1.0
"""Seconds until a folder of results that was moved away is made anew."""
EASE = 5
"""A listing that takes long is made less often: it takes at most one part of so many of the time."""
_INBOX = ("no-inbox", "inbox-is-file", "file-unreadable")
"""What may become of the inbox; nothing is lost by it."""
_MAY_PASS = ("blocked", "output-unwritable", "folder-busy", *_INBOX)
_WRONG_AT_FIRST = ("no-inbox", "inbox-is-file", "folder-busy")
"""What may pass later on, but at the start is a mistake of who starts it."""
_TRY_AGAIN = ("file-changing", "file-unreadable")

Say = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Times:
    """How long to wait, in seconds.

    Attributes:
        every: between two listings.
        quiet: until a file counts as complete.
        pause: after something that may pass.
    """

    every: float = 10.0
    quiet: float = 5.0
    pause: float = 30.0


class Watch:
    """Watches one folder.

    Args:
        inbox: the folder.
        folder: of the results.
        settings: of the audits.
        say: takes a key of the texts' ``watch`` section and its values; writes the log.
        times: how long to wait.
        ledger: as of `perfxl.runs.batch.open_batch`, like the next two.
        jobs: how many processes.
        limits: what one file may cost.

    Raises:
        UsageError: the inbox is no folder, or is that of the results.
    """

    def __init__(
        self,
        inbox: Path,
        folder: Path,
        settings: Settings,
        say: Say,
        *,
        times: Times | None = None,
        ledger: str | None = None,
        jobs: int | None = None,
        limits: Limits | None = None,
    ) -> None:
        check(inbox)
        if inbox.resolve() == folder.resolve():
            raise UsageError("watch-same-folder", path=str(folder))
        self.times = times or Times()
        self.inbox = Inbox(inbox, folder, self.times.quiet)
        self.folder, self.settings, self.say = folder, settings, say
        self.ledger, self.jobs, self.limits = ledger, jobs, limits
        self.stopped = threading.Event()
        self.hurry = threading.Event()
        self._first = True
        self._trouble: str | None = None
        self._awaited = 0
        self._own = 0

    def stop(self) -> None:
        """Come to an end after the file at hand."""
        self.stopped.set()
        self.hurry.set()

    def run(self) -> None:
        """Watch until stopped.

        Raises:
            PerfxlError: something that waiting will not mend.
        """
        moved = False
        while not self.stopped.is_set():
            try:
                with batch.open_batch(
                    MANY, self.settings, self.folder, self.ledger, self.jobs, self.limits
                ) as opened:
                    if moved:  # told now that there is a place for the log again
                        self.say("moved", folder=printable_path(self.folder.absolute()))
                    if opened.ledger.backup is not None:
                        self.say("migrated", backup=str(opened.ledger.backup))
                    moved = False
                    while not self.stopped.is_set() and self._in_place(opened):
                        self._wait(self._round(opened))
                if not self.stopped.is_set():
                    moved = True
                    self.inbox.afresh()
                    self.stopped.wait(min(SETTLE, self.times.every))
            except OSError as error:  # the folder of results is away
                self.inbox.afresh()
                self._pause(UsageError("output-unwritable", path=str(self.folder), reason=error))
            except PerfxlError as error:
                if not _may_pass(error) or (self._first and error.code in _WRONG_AT_FIRST):
                    raise
                if error.code not in _INBOX:
                    self.inbox.afresh()
                self._pause(error)

    def _in_place(self, opened: Batch) -> bool:
        """Whether folder and ledger are where they were: what was moved away can still be written to."""
        url = opened.ledger.url
        kept = [self.folder / MARKER]
        if url.get_backend_name() == "sqlite" and url.database:
            kept.append(Path(url.database))
        return all(path.exists() for path in kept)

    # ------------------------------------------------------------ one round
    def _round(self, opened: Batch) -> float:
        """List, and do what is ready; the seconds until the next round."""
        started = time.monotonic()
        looked = self.inbox.look()
        taken = time.monotonic() - started
        self._tell(looked)
        for source in looked.gone:
            self._sweep(source)
        kept: list[Outcome] = []
        finished: list[tuple[Source, Outcome]] = []
        with closing(opened.each(looked.ready)) as outcomes:
            for source, done in outcomes:
                finished.append((source, done))
                try:
                    self._finish(source, done, opened)
                    if done.kept:
                        kept.append(done)
                    else:
                        self.say("done", outcome=done)
                except (OSError, UsageError):  # the place of the results
                    raise
                except Exception as error:  # noqa: BLE001  # one file never stops the others
                    lost = outcome.outcome_of_error(
                        source.name, work.reason_for(error), opened.texts
                    )
                    self.say("done", outcome=lost)
                if self.stopped.is_set():
                    return 0.0
        self._settle(looked.ready, finished)
        if looked.ready:
            self._tell_decisions(opened)
        if len(kept) > FEW:
            self.say("kept", count=len(kept))
        else:
            for done in kept:
                self.say("done", outcome=done)
        self._first = False
        if self._trouble is not None:
            self._trouble = None
            self.say("resumed")
        soon = self.times.quiet if looked.waiting else self.times.every
        return max(min(soon, self.times.every), EASE * taken)

    def _settle(self, ready: list[Source], finished: list[tuple[Source, Outcome]]) -> None:
        """Leave what is done alone, now that the ledger has it; an archive with all that it held."""
        results: dict[Path, set[Path]] = {source.path: set() for source in ready}
        again = set()
        for source, done in finished:
            path = source.within or source.path
            result = done.copy if done.code is None else self._reason(source)
            results[path].update([] if result is None else [result])
            if done.code in _TRY_AGAIN:
                again.add(path)
        archives = {source.within for source, _ in finished}
        for source in ready:
            made = results[source.path]
            if source.path in archives:
                self._sweep(source, made)
            self.inbox.done(source, *made, again=source.path in again)

    def _sweep(self, source: Source, but: Collection[Path] = ()) -> None:
        """Take away the reasons of a file that is gone, or of what is no longer in an archive."""
        own = self._reason(source)
        within = self.folder / printable_path(source.below / source.path.name)
        for reason in (own, *within.rglob(f"*{REASON}")):
            if reason not in but:
                with suppress(OSError):
                    reason.unlink()

    def _tell_decisions(self, opened: Batch) -> None:
        """How many decisions came from people's workbooks in this round, and what could not be taken."""
        if opened.taken_in.new:
            self.say("decided", count=opened.taken_in.new)
        for sentence in opened.taken_in.sentences(opened.texts):
            self.say("untaken", text=sentence)

    def _finish(self, source: Source, done: Outcome, opened: Batch) -> None:
        """Put the reason beside the results, or take it away.

        Raises:
            UsageError: the place of the results cannot be written.
        """
        if done.blocked:
            raise UsageError("blocked", reason=done.no_copy)
        reason = self._reason(source)
        if done.code is None:
            with suppress(OSError):
                reason.unlink()
        else:
            text = f"{done.file}\n{done.reason}\n"
            earlier = history.last_copy(opened.ledger, path_of(source))
            if earlier and (self.folder / earlier).exists():
                copy = Path(earlier).name
                text += f"\n{opened.texts.get('watch/earlier', copy=copy)}\n"
            _write(reason, text.encode("utf-8-sig"))

    def _reason(self, source: Source) -> Path:
        name = place.shorten(printable_path(source.path.name), REASON)
        return self.folder / printable_path(source.below) / name

    def _tell(self, looked: Looked) -> None:
        if looked.waiting != self._awaited and looked.waiting:
            self.say("waiting", count=looked.waiting)
        self._awaited = looked.waiting
        if looked.own != self._own:
            self.say("own", count=looked.own)
        self._own = looked.own
        if looked.strays:
            names = [printable_path(path) for path in looked.strays[:FEW]]
            self.say("strays", count=len(looked.strays), files=names)
        for source in looked.gone:
            self.say("gone", file=source.name)

    # ------------------------------------------------------------ waiting
    def _pause(self, error: PerfxlError) -> None:
        """Wait until something passes; say so once."""
        key = f"{error.code} {error.arguments.get('path', '')}"
        if key != self._trouble:
            self._trouble = key
            self.say("paused", error=error, seconds=round(self.times.pause))
        self.stopped.wait(self.times.pause)

    def _wait(self, seconds: float) -> None:
        """Wait for the next round; an event from the folder makes it come at once."""
        self.hurry.wait(seconds)
        if not self.stopped.is_set():
            self.hurry.clear()


def _may_pass(error: PerfxlError) -> bool:
    return error.passing if isinstance(error, LedgerError) else error.code in _MAY_PASS


def _write(path: Path, data: bytes) -> None:
    """Write a small file, unless it is there already with this very content."""
    with suppress(OSError):
        if path.read_bytes() == data:
            return
    place.write(path, data)


def hurry_by_events(watch: Watch) -> None:
    """Let the system's events hurry a watch, as far as it has any; in a thread of its own."""

    def listen() -> None:
        try:
            from watchfiles import watch as events  # noqa: PLC0415  # a luxury

            for _ in events(
                watch.inbox.folder, watch_filter=None, stop_event=watch.stopped, rust_timeout=1000,
                ignore_permission_denied=True, raise_interrupt=False,
            ):  # fmt: skip
                watch.hurry.set()
        except Exception:  # noqa: BLE001, S110  # the listing does without
            pass

    threading.Thread(target=listen, daemon=True).start()
