"""How far a run is: a bar on a terminal, a plain line now and then elsewhere. Nothing for short runs."""

import sys
import time
from types import TracebackType
from typing import Any, Self, TextIO

from perfxl.texts import Texts

FEW = 10
"""Fewer files than these are done before anybody asks."""
EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
MEMORY = 200
"""The rate is that of the last so many files: the first ones wait for the workers to start."""


class Progress:
    """Counts files on the stream of errors; standard output belongs to the results.

    Args:
        total: how many files there are. texts: the user's language. errors: where to count.
    """

    def __init__(self, total: int, texts: Texts, errors: TextIO | None = None) -> None:
        self.total, self.texts, self.errors = total, texts, errors or sys.stderr
        self.done = 0
        self._bar: Any = None
        self._task: Any = None
        self._marks: list[float] = []
        self._told = time.monotonic()

    def __enter__(self) -> Self:
        if self.total >= FEW and self.errors is not None and self.errors.isatty():
            self._bar, self._task = self._drawn()
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def one_done(self) -> None:
        """One more file is done."""
        self.done += 1
        now = time.monotonic()
        self._marks.append(now)
        del self._marks[:-MEMORY]
        self.total = max(self.total, self.done)  # an archive holds more than one
        if self._bar is not None:
            self._bar.update(self._task, advance=1, total=self.total, rate=f"{self.rate():.0f}")
        elif self.total >= FEW and now - self._told >= EVERY:
            self._told = now
            print(self._line(), file=self.errors, flush=True)  # for who watches a log

    def rate(self) -> float:
        """Files a second, of late."""
        passed = self._marks[-1] - self._marks[0] if len(self._marks) > 1 else 0.0
        return (len(self._marks) - 1) / passed if passed else 0.0

    def _line(self) -> str:
        rate = self.rate()
        left = round((self.total - self.done) / rate) if rate else 0
        return self.texts.get(
            "progress/line", done=self.done, total=self.total, rate=round(rate), left=left
        )

    def _drawn(self) -> tuple[Any, Any]:
        from rich.console import Console  # noqa: PLC0415  # only on a terminal
        from rich.progress import (  # noqa: PLC0415  # likewise
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar  # noqa: PLC0415  # likewise

        bar = Bar(
            TextColumn(self.texts.get("progress/doing")),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]} " + self.texts.get("progress/rate")),
            TextColumn(self.texts.get("progress/left")),
            TimeRemainingColumn(),
            console=Console(file=self.errors),
            transient=True,
        )
        return bar, bar.add_task("", total=self.total, rate="0")
