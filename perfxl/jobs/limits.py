"""What one file may cost: time and memory. Beyond that it is given up and the others go on."""

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from perfxl.bounds import GRACE, GROWTH, MOST, MOST_HELD, WORKING
from perfxl.errors import TooLarge

MEGABYTE = 1 << 20
TOO_MUCH = 77
"""Exit code of a worker that ended itself because it needed too much memory."""
TOO_SLOW = 78
"""Exit code of a worker that ended itself because it could not be stopped."""
LOOK = 0.05
"""Seconds between two looks at the memory where the system sets no limit itself."""


TIRED = 130
"""Megabytes beyond which a worker is replaced: what a large file has taken is not given back to the system."""

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a worker process, behind those that it keeps itself (`limited`).

    Attributes:
        seconds: for one file; an old format through LibreOffice may take a minute by itself.
        megabytes: of memory, all of the process's; 0: no limit.
    """

    seconds: float = WORKING
    megabytes: int = MOST_HELD


class _GivenUp(BaseException):
    """Comes into the thread whose file costs too much, wherever that is. No handler of errors takes it for one."""


class _Guard:
    """One file at work in a thread of this process."""

    def __init__(self, seconds: float) -> None:
        self.thread = threading.get_ident()
        self.seconds = seconds
        self.clock = _clock(self.thread)
        self.started = self.clock()
        self.most = MOST * MEGABYTE if _expendable else (memory() or 0) + GROWTH * MEGABYTE
        self.ended = False
        self.reason: TooLarge | None = None
        self._lock = threading.Lock()

    def look(self) -> None:
        """Give the file up if it has cost too much; end a worker that goes on all the same."""
        taken = self.clock() - self.started
        if self.reason is None:
            if taken > self.seconds:
                self._give_up(TooLarge("too-slow", seconds=round(self.seconds)))
            elif (memory() or 0) > self.most:
                self._give_up(TooLarge("unpacks-too-large"))
        elif _expendable and taken > self.seconds + GRACE:
            os._exit(TOO_SLOW)

    def _give_up(self, reason: TooLarge) -> None:
        with self._lock:
            if not self.ended:
                self.reason = reason
                _throw(self.thread, _GivenUp)

    def end(self) -> None:
        """From here on nothing comes into the thread any more; may be called twice."""
        with self._lock:
            self.ended = True
            if self.reason is not None:
                _throw(self.thread, None)


def _throw(thread: int, what: type[BaseException] | None) -> None:
    """Have an exception raised in a thread between two of its steps; None takes back one that waits."""
    import ctypes  # noqa: PLC0415  # only here

    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), None if what is None else ctypes.py_object(what)
    )


def _clock(thread: int) -> Callable[[], float]:
    """Seconds that the processor has spent on a thread; where that is not told, on the process.

    Waiting for others (LibreOffice, a slow disk, a busy machine) costs a file nothing.
    """
    try:
        number = time.pthread_getcpuclockid(thread)
    except (AttributeError, OSError):  # not on Windows and macOS
        return time.process_time
    return partial(time.clock_gettime, number)


_guards: dict[int, _Guard] = {}
_any = threading.Event()
_expendable = False
_watching: list[threading.Thread] = []


def run_limited(seconds: float, work: Callable[[], Done]) -> Done:
    """Do a piece of work on one file, and give it up beyond a time and an amount of memory.

    The work must not write anything: it may be left at any step.

    Args:
        seconds: of the processor. What stands inside a limit already has that one alone.
        work: takes nothing.

    Raises:
        TooLarge: given up (``too-slow``, ``unpacks-too-large``).
    """
    guard = _Guard(seconds)
    if guard.thread in _guards:
        return work()
    if not _watching or not _watching[0].is_alive():
        _watching[:] = [threading.Thread(target=_watch_guards, daemon=True)]
        _watching[0].start()
    try:
        try:
            _guards[guard.thread] = guard
            _any.set()
            return work()
        finally:
            _guards.pop(guard.thread, None)
            guard.end()
    except _GivenUp:
        _guards.pop(guard.thread, None)
        guard.end()
        assert guard.reason is not None  # noqa: S101  # it came from the guard
        raise guard.reason from None


def _watch_guards() -> None:
    while True:
        _any.wait()
        time.sleep(LOOK)
        found = list(_guards.values())
        if not found:
            _any.clear()
            if _guards:  # one that came in between
                _any.set()
        for guard in found:
            guard.look()


def hold(megabytes: int) -> None:
    """Limit the memory of this process, by the system where it can, else by a watching thread.

    Under the system's limit a request for more fails, and costs one file its result. A thread
    cannot make it fail: it ends the process with `TOO_MUCH`.
    """
    global _expendable  # noqa: PLW0603  # of the whole process
    _expendable = True
    if megabytes and not _by_system(megabytes):
        threading.Thread(target=_watch, args=(megabytes,), daemon=True).start()


def _by_system(megabytes: int) -> bool:
    if sys.platform != "linux":  # macOS knows the limit and does not keep it
        return False
    import resource  # noqa: PLC0415  # not on Windows

    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, hard))
    except (OSError, ValueError):
        return False
    return True


def _watch(megabytes: int) -> None:
    while True:
        used = memory()
        if used is None:
            return
        if used > megabytes * MEGABYTE:
            os._exit(TOO_MUCH)
        time.sleep(LOOK)


def memory() -> int | None:
    """Bytes of memory that this process takes, or took at most; None where it cannot be told."""
    if sys.platform == "win32":
        return _windows_memory()
    import resource  # noqa: PLC0415  # not on Windows

    with suppress(OSError):  # on Linux the peak may be that of the process that started this one
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _windows_memory() -> int | None:
    """The process's committed bytes, from the system's own counters."""
    import ctypes  # noqa: PLC0415  # only here

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            # Eight sizes, of which the seventh is what the process has committed.
            *[(f"size{number}", ctypes.c_size_t) for number in range(8)],
        ]

    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return None
    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    process = windll.kernel32.GetCurrentProcess
    process.restype = ctypes.c_void_p
    ask = windll.psapi.GetProcessMemoryInfo
    ask.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    if not ask(process(), ctypes.byref(counters), counters.cb):
        return None
    return int(counters.size6)
