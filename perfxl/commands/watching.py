"""`perfxl watch`: the log, and what ends it."""

import codecs
import logging
import re
import signal
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

from perfxl.errors import PerfxlError, UsageError
from perfxl.face.face import Face
from perfxl.files.find import is_skipped, printable_path
from perfxl.jobs.outcome import Outcome
from perfxl.jobs.work import Settings
from perfxl.runs.watch import Times, Watch, hurry_by_events
from perfxl.screens.screen import format_points, format_recomputed, safe
from perfxl.texts import Texts

LOG = "监看日志.log"
LARGEST, KEPT = 1 << 20, 5
"""Bytes of a log, and how many old ones are kept."""
LONGEST = 400
LINE = 64
"""So many bytes at its beginning tell a log of ours."""
OURS = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ")


def watch(
    inbox: Path,
    folder: Path,
    settings: Settings,
    face: Face,
    times: Times,
    *,
    log: Path | None = None,
    ledger: str | None = None,
    jobs: int | None = None,
) -> None:
    """Watch a folder until Ctrl-C or the end of the service; every step is a line of the log.

    Raises:
        PerfxlError: something that waiting will not mend.
    """

    def say(key: str, **values: Any) -> None:
        text = _line(face.texts, key, values)
        (writer.warning if key == "paused" else writer.info)("%s", safe(text, LONGEST))

    watching = Watch(inbox, folder, settings, say, times=times, ledger=ledger, jobs=jobs)
    if log is not None:
        _check(log, inbox, folder)
    writer = _logger(log or folder / LOG, face.out)
    before = _on_end(lambda *_: watching.stop())
    hurry_by_events(watching)
    say("started", inbox=printable_path(inbox.absolute()), folder=printable_path(folder.absolute()))
    try:
        watching.run()
    except KeyboardInterrupt:
        watching.stop()
    except PerfxlError as error:
        say("failed", error=error)
        raise
    finally:
        if watching.stopped.is_set():
            say("stopped")
        _on_end(before)  # as it was, for whoever called
        for handler in writer.handlers:
            handler.close()


def _on_end(handler: Any) -> Any:
    """Answer the end of the service by a handler; the one before. Only a program's first thread hears of it."""
    if threading.current_thread() is threading.main_thread():
        return signal.signal(signal.SIGTERM, handler) or signal.SIG_DFL
    return None


class _Screen(logging.StreamHandler[TextIO]):
    """Lines on the screen; where nobody looks any more, the watch goes on."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name that logging calls
        """Say nothing."""


class _Log(RotatingFileHandler):
    """A log that begins anew where its file was moved or taken away, instead of following it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name that logging calls
        """Say nothing: a log that cannot be written stops nothing."""

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not Path(self.baseFilename).exists():
            self.stream.close()
            self.stream = None  # opened at the next line
        super().emit(record)


def _check(log: Path, inbox: Path, folder: Path) -> None:
    """Refuse a log that would be written into the inbox, or into a file that is none.

    Raises:
        UsageError: it would be.
    """
    path, inside, results = log.resolve(), inbox.resolve(), folder.resolve()
    own = results.is_relative_to(inside) and path.is_relative_to(results)
    if path.is_relative_to(inside) and not own:
        raise UsageError("log-in-inbox", path=printable_path(log))
    try:
        with path.open("rb") as file:
            start = file.read(LINE)
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError("file-unreadable", path=printable_path(log), reason=error) from error
    empty = not start and is_skipped(path.name)
    if not empty and not OURS.match(start.removeprefix(codecs.BOM_UTF8)):
        raise UsageError("log-is-file", path=printable_path(log))


def _logger(path: Path, out: TextIO | None = None) -> logging.Logger:
    """Lines to a file that rotates and to the screen, of this watch alone."""
    writer = logging.Logger("perfxl.watch", logging.INFO)  # noqa: LOG001  # one that is kept nowhere
    file = _Log(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    for handler in (file, _Screen(out)):
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
        writer.addHandler(handler)
    return writer


def _line(texts: Texts, key: str, values: dict[str, Any]) -> str:
    if key == "done":
        return _done(texts, values["outcome"])
    if "error" in values:
        values = {**values, "error": texts.error(values["error"])}
    return texts.get(f"watch/{key}", **values)


def _done(texts: Texts, outcome: Outcome) -> str:
    """What became of one file, in one line."""
    if outcome.code is not None:
        return texts.get("watch/unread", file=outcome.file, reason=outcome.reason)
    forms = [
        texts.get(
            "watch/form", name=form.summary.name, claimed=format_points(form.summary.claimed),
            range=format_recomputed(form.summary, texts), errors=form.summary.errors,
            warnings=form.summary.warnings,
            conclusion=texts.get(f"conclusion/{form.summary.conclusion}"),
        )
        for form in outcome.forms
    ]  # fmt: skip
    copy = "" if outcome.copy is None else printable_path(outcome.copy.name)
    return texts.get(
        "watch/done", file=outcome.file, forms=forms, copy=copy, same_as=outcome.same_as,
        kept=outcome.kept, no_copy=outcome.no_copy,
    )  # fmt: skip
