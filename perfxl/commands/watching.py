"""`perfxl watch`: the log, and what ends it."""

import logging
import signal
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from perfxl.errors import PerfxlError
from perfxl.folder.find import shown
from perfxl.folder.outcome import Outcome
from perfxl.folder.watch import Times, Watch, hurried
from perfxl.folder.work import Settings
from perfxl.screen import points, recomputed, safe
from perfxl.texts import Texts

LOG = "监看日志.log"
LARGEST, KEPT = 1 << 20, 5
"""Bytes of a log, and how many old ones are kept."""
LONGEST = 400


def watch(
    inbox: Path,
    folder: Path,
    settings: Settings,
    texts: Texts,
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
    writer = _logger(log or folder / LOG)

    def say(key: str, **values: Any) -> None:
        text = _line(texts, key, values)
        (writer.warning if key == "paused" else writer.info)("%s", safe(text, LONGEST))

    watching = Watch(inbox, folder, settings, say, times=times, ledger=ledger, jobs=jobs)
    signal.signal(signal.SIGTERM, lambda *_: watching.stop())
    hurried(watching)
    say("started", inbox=shown(inbox.absolute()), folder=shown(folder.absolute()))
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
        logging.shutdown()


def _logger(path: Path) -> logging.Logger:
    """Lines to a file that rotates and to the screen; a log that cannot be written stops nothing."""
    logging.raiseExceptions = False
    writer = logging.getLogger("perfxl.watch")
    writer.setLevel(logging.INFO)
    writer.propagate = False
    file = RotatingFileHandler(
        path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True
    )
    for handler in (file, logging.StreamHandler(sys.stdout)):
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
            "watch/form", name=form.summary.name, claimed=points(form.summary.claimed),
            range=recomputed(form.summary, texts), errors=form.summary.errors,
            warnings=form.summary.warnings,
        )
        for form in outcome.forms
    ]  # fmt: skip
    copy = "" if outcome.copy is None else shown(outcome.copy.name)
    return texts.get(
        "watch/done", file=outcome.file, forms=forms, copy=copy, same_as=outcome.same_as,
        kept=outcome.kept, no_copy=outcome.no_copy,
    )  # fmt: skip
