"""Worker processes: tasks in, answers out, and a worker that dies or hangs costs one file.

A thread of this process stands behind every worker: it hands over one task, waits for the answer
and notices at once when the process is gone. A new worker is started for the next task.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Hashable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from perfxl import bounds
from perfxl.errors import PerfxlError, TooLarge, UsageError
from perfxl.files import place
from perfxl.jobs import worker
from perfxl.jobs.job import Work, attempt
from perfxl.jobs.limits import TOO_MUCH, TOO_SLOW, Limits
from perfxl.jobs.work import Settings, unforeseen

# The caller's search path comes along: perfxl may stand where only he finds it.
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from perfxl.jobs.worker import main; main()"
STARTS = 3
"""So many workers in a row may die before their first word; then something is wrong with them all."""
LOOK = 0.25
"""Seconds between two looks at the clock; also how soon Ctrl-C is heard on Windows."""
FAREWELL = 5.0
HEAVY = 8 << 20
"""Bytes of files that are handed over; beyond them nothing lies ready for the workers."""
FEW = 2
"""So few files are done before a worker has even started."""


class _Worker:
    """One child process."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        new_group: dict[str, Any] = (
            {"creationflags": 0x200}  # CREATE_NEW_PROCESS_GROUP: Ctrl-C is for the parent alone
            if sys.platform == "win32"
            else {"start_new_session": True}
        )
        self.process = subprocess.Popen(  # noqa: S603  # this very interpreter
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **new_group,
        )
        self.settings, self.limits = settings, limits
        self.idle = self.tired = False
        self.started: float | None = time.monotonic()
        self.overdue = False

    def greet(self) -> None:
        """Tell the worker what the run is about.

        Raises:
            EOFError: it died before it could answer.
        """
        self._say(worker.pack((self.settings, self.limits.megabytes)))
        self._hear()
        self.idle, self.started = True, None

    def _say(self, data: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101  # a pipe was asked for
        try:
            worker.send(self.process.stdin, data)
        except OSError:
            raise EOFError from None

    def _hear(self) -> Any:
        assert self.process.stdout is not None  # noqa: S101  # likewise
        return worker.receive(self.process.stdout)

    def ask(self, task: Work) -> Any:
        """Have a task done.

        Raises:
            EOFError: the process is gone.
        """
        self.idle, self.started = False, time.monotonic()
        self._say(worker.pack(task))
        answer = self._hear()
        self.tired = self._hear() == worker.TIRED
        self.idle, self.started = True, None
        return answer

    def check(self) -> None:
        """Kill the process if its file takes too long."""
        started = self.started
        if started is None or time.monotonic() - started <= self.limits.seconds:
            return
        self.overdue = True
        if self.started is started:  # else the answer has just come
            self.kill()

    def kill(self) -> None:
        """End the process with those it started."""
        with suppress(OSError):
            if sys.platform != "win32":
                os.killpg(self.process.pid, signal.SIGKILL)
        with suppress(OSError):
            self.process.kill()

    def end(self) -> int:
        """Let an idle process end, and take away what is left of it; its exit code."""
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        try:
            return self.process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self.kill()
            return self.process.wait()


class Pool:
    """Some workers, started when there is work for them.

    Args:
        jobs: how many. settings: of the run. limits: what one file may cost.
    """

    def __init__(self, jobs: int, settings: Settings, limits: Limits) -> None:
        self.settings, self.limits = settings, limits
        self.jobs = jobs
        self.waiting = 0
        self._weights: dict[Hashable, int] = {}
        self._tasks: SimpleQueue[tuple[Hashable, Work] | None] = SimpleQueue()
        self._answers: SimpleQueue[tuple[Hashable, Any]] = SimpleQueue()
        self._workers: dict[int, _Worker] = {}
        self._threads: list[threading.Thread] = []
        self._stopped = False

    @property
    def full(self) -> bool:
        """Whether every worker has something to do and one task lies ready for each, or much is in memory."""
        return self.waiting >= 2 * self.jobs or sum(self._weights.values()) > HEAVY

    def submit(self, key: Hashable, task: Work) -> None:
        """Have a task done; its answer comes under this key."""
        self.waiting += 1
        self._weights[key] = task.weight()
        self._tasks.put((key, task))
        if len(self._threads) < min(self.jobs, self.waiting):
            thread = threading.Thread(target=self._serve, args=(len(self._threads),), daemon=True)
            self._threads.append(thread)
            thread.start()

    def next(self) -> tuple[Any, Any]:
        """Wait for the next answer, whichever it is.

        Raises:
            PerfxlError: the settings cannot be used, or no worker can be started.
        """
        while True:
            try:
                key, answer = self._answers.get(timeout=LOOK)
            except Empty:
                for one in list(self._workers.values()):
                    one.check()
                continue
            self.waiting -= 1
            self._weights.pop(key, None)
            if isinstance(answer, PerfxlError):
                raise answer
            return key, answer

    def close(self) -> None:
        """End all workers, the idle ones and those at work."""
        self._stopped = True
        for _ in self._threads:
            self._tasks.put(None)
        for one in list(self._workers.values()):
            if not one.idle:
                one.kill()
        for thread in self._threads:
            thread.join(FAREWELL)
        self._threads.clear()

    # ------------------------------------------------------------ in a thread of its own
    def _serve(self, number: int) -> None:
        while (item := self._tasks.get()) is not None and not self._stopped:
            key, task = item
            try:
                answer = self._done(number, task)
            except PerfxlError as error:
                answer = error
            except Exception as error:  # noqa: BLE001  # the run ends with a sentence
                answer = UsageError("worker-start", detail=f"{type(error).__name__}: {error}")
            self._answers.put((key, answer))
        left = self._workers.pop(number, None)
        if left is not None:
            left.end()

    def _done(self, number: int, task: Work) -> Any:
        one = self._workers.get(number)
        if one is not None and one.tired:
            self._workers.pop(number).end()
            one = None
        one = one or self._start(number)
        try:
            return one.ask(task)
        except EOFError:
            code = self._lose(number)
            if task.target is not None:
                place.sweep(task.target.parent, one.process.pid)
            return task.given_up(self._reason(one, code), self.settings)
        except Exception as error:  # noqa: BLE001  # what came back is no answer: this file's only
            self._lose(number)
            return task.given_up(unforeseen(error), self.settings)

    def _start(self, number: int) -> _Worker:
        for _ in range(STARTS):
            self._workers[number] = one = _Worker(self.settings, self.limits)
            try:
                one.greet()
            except EOFError:
                self._lose(number)
                if self._stopped:
                    break
            else:
                return one
        raise UsageError("worker-start", detail="")

    def _lose(self, number: int) -> int:
        """Take away a worker that is gone; its exit code."""
        one = self._workers.pop(number)
        one.kill()
        return one.end()

    def _reason(self, one: _Worker, code: int) -> PerfxlError:
        if one.overdue:
            return TooLarge("too-slow", seconds=round(self.limits.seconds))
        if code == TOO_SLOW:
            return TooLarge("too-slow", seconds=round(bounds.READING))
        if code == TOO_MUCH:
            return TooLarge("unpacks-too-large")
        return PerfxlError("worker-lost", signal=code)


class InlineExecutor:
    """The work of a pool, done in this process as soon as it is submitted.

    A file that is larger than forms are goes to a worker: nothing else can stop a parser.

    Args:
        settings: of the run. limits: what such a file may cost.
    """

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self.settings, self.limits = settings, limits
        self._answers: deque[tuple[Any, Any]] = deque()
        self._apart: Pool | None = None

    @property
    def waiting(self) -> int:
        """How many answers lie ready."""
        return len(self._answers)

    @property
    def full(self) -> bool:
        """Whether there is anything to take."""
        return bool(self._answers)

    def submit(self, key: Hashable, task: Work) -> None:
        """Do a task.

        Raises:
            PerfxlError: as `Pool.next`.
        """
        if not task.is_large():
            self._answers.append((key, attempt(task, self.settings)))
            return
        self._apart = self._apart or Pool(1, self.settings, self.limits)
        self._apart.submit(key, task)
        self._answers.append(self._apart.next())

    def next(self) -> tuple[Any, Any]:
        """The oldest answer that was not taken yet."""
        return self._answers.popleft()

    def close(self) -> None:
        """End the worker of large files."""
        if self._apart is not None:
            self._apart.close()


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


def workers_for(
    files: int, jobs: int | None, settings: Settings, limits: Limits
) -> Pool | InlineExecutor:
    """Who does the work: this process where others would not pay for their start, else a pool.

    Args:
        files: how many there are.
        jobs: how many processes were asked for; None: one for each core.
        settings: of the run.
        limits: what one file may cost.
    """
    if jobs == 1 or (jobs is None and files <= FEW):
        return InlineExecutor(settings, limits)
    return Pool(max(1, min(jobs or cores(), files)), settings, limits)
