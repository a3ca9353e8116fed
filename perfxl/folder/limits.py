"""What one file may cost: time and memory. Beyond that it is given up and the others go on."""

import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1 << 20
TOO_MUCH = 77
"""Exit code of a worker that ended itself because it needed too much memory."""
LOOK = 0.05
"""Seconds between two looks at the memory where the system sets no limit itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a worker process.

    Attributes:
        seconds: for one file; an old format through LibreOffice may take a minute by itself.
        megabytes: of memory, all of the process's; 0: no limit.
    """

    seconds: float = 120.0
    megabytes: int = 2048


def hold(megabytes: int) -> None:
    """Limit the memory of this process, by the system where it can, else by a watching thread.

    Under the system's limit a request for more fails, and costs one file its result. A thread
    cannot make it fail: it ends the process with `TOO_MUCH`.
    """
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
