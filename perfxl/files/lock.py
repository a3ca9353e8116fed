"""One perfxl at a time in a folder of results."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from perfxl.errors import UsageError
from perfxl.files import place
from perfxl.files.find import MARKER

PATIENCE = 10.0
"""Seconds that a run waits for another one to end."""
LOOK = 0.1
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}


@contextmanager
def alone(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Have a folder of results for oneself, made if need be, and swept of what killed runs left.

    The system lets go of the lock when the process ends, however it ends. A disk without locks is
    used without one.

    Raises:
        UsageError: another perfxl is at work there, or the folder cannot be written.
    """
    path = folder / MARKER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise UsageError("output-unwritable", path=str(folder), reason=error) from error
    with file:
        until = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _try_lock(file):
            if time.monotonic() >= until:
                raise UsageError("folder-busy", path=str(folder))
            time.sleep(LOOK)
        place.sweep(folder)
        yield


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # only there

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # only there

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return os.name != "nt" and error.errno in _NO_LOCKS
    return True
