"""Which files to read: those named, and everything in the folders named."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from perfxl.errors import UsageError

RESULTS = "审核结果"
"""Name of the folder of results; a folder so called is never searched."""
_LOCKS = ("~$", ".~", "._", ".~lock.")
_TEMPORARY = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".filepart",
    ".bak~",
)
_SYSTEM = {"thumbs.db", "desktop.ini"}
# No office program saves a form under these; a file so called is counted, not read.
_OTHER = (".txt", ".md", ".log", ".json", ".jsonl", ".toml", ".ini", ".py", ".pyc", ".db", ".sqlite",
          ".parquet", ".lnk", ".url")  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A file to read.

    Attributes:
        path: where it is.
        name: its name as shown: relative to the folder that was searched.
        below: folders between that folder and the file, mirrored by the results.
    """

    path: Path
    name: str
    below: Path = Path()


@dataclass
class Found:
    """What a search found."""

    sources: list[Source] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


def is_skipped(name: str) -> bool:
    """Lock files of Excel and WPS, hidden and temporary files, the system's own, plain texts."""
    lower = name.casefold()
    return (
        lower.startswith((*_LOCKS, "."))
        or lower.endswith((*_TEMPORARY, *_OTHER))
        or lower in _SYSTEM
    )


def find(paths: Iterable[str | Path], output: Path | None = None) -> Found:
    """Every file under some paths, in a stable order, each once.

    Args:
        paths: files and folders.
        output: a folder of results, not to be searched.

    Raises:
        UsageError: a path is not there.
    """
    found = Found()
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for source in _walk(path, path, output, found):
                _add(source, seen, found)
        elif path.exists():
            _add(Source(path, path.name), seen, found)
        else:
            raise UsageError("no-such-path", path=str(given))
    return found


def _add(source: Source, seen: set[Path], found: Found) -> None:
    real = source.path.absolute()
    if real not in seen:
        seen.add(real)
        found.sources.append(source)


def _walk(folder: Path, top: Path, output: Path | None, found: Found) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(
            "file-unreadable", path=str(folder), reason=error.strerror or ""
        ) from error
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            inside = output is not None and path.absolute() == output.absolute()
            if (
                not inside
                and not entry.name.endswith(RESULTS)
                and not entry.name.startswith((".", "__"))
            ):
                yield from _walk(path, top, output, found)
        elif not entry.is_file():
            continue
        elif is_skipped(entry.name):
            found.skipped.append(path)
        else:
            below = path.parent.relative_to(top)
            yield Source(path, str(below / entry.name) if str(below) != "." else entry.name, below)
