"""A file's bytes, taken once and whole: the bytes that are judged are those whose digest is kept."""

import hashlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.bounds import LARGEST
from perfxl.errors import TooLarge, UsageError
from perfxl.grid.load import regular

TRIES, PAUSE = 3, 0.1
"""How often a file is read that changes meanwhile, and the seconds between."""
FRESH = 2_000_000_000
"""Nanoseconds: a file changed so short a time ago may change again within one tick of its clock."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looks from outside. Only ever compared for equality: clocks jump back.

    Attributes:
        size: in bytes.
        mtime: when its content was changed, ns.
        ctime: when anything of it was changed (on Windows: when it was made), ns.
        settled: whether an equal stamp later on proves that nothing was changed since.
    """

    size: int
    mtime: int
    ctime: int
    settled: bool = field(default=True, compare=False)

    def is_same(self, other: "Stamp") -> bool:
        """Whether the content looks the same; names and permissions may differ."""
        return (self.size, self.mtime) == (other.size, other.mtime)


def stamp(path: Path) -> Stamp:
    """The stamp of a file; OSError where it is not there."""
    return _stamp(path.stat())


def _stamp(found: os.stat_result) -> Stamp:
    age = abs(time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns))
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, age > FRESH)


def digest(data: bytes) -> str:
    """The digest of a content: SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def take(path: Path) -> tuple[bytes, Stamp]:
    """The whole bytes of a file and its stamp.

    Raises:
        UsageError: it is not there, may not be read, or is being written at this moment.
        TooLarge: beyond 64 MB; its content is not looked at.
    """
    try:
        for attempt in range(TRIES):
            if attempt:
                time.sleep(PAUSE)
            with regular(path) as file:
                before = _stamp(os.fstat(file.fileno()))
                if before.size > LARGEST:
                    raise TooLarge(
                        "file-over-limit",
                        megabytes=-(-before.size // 1_000_000),
                        limit=-(-LARGEST // 1_000_000),
                    )
                data = file.read(LARGEST + 1)
            after = stamp(path)
            if before.is_same(after) and len(data) == after.size:
                return data, after
    except OSError as error:
        raise UsageError("file-unreadable", path=str(path), reason=error) from error
    raise UsageError("file-changing")
