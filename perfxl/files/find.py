"""Which files to read: those named, and everything in the folders named."""

import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from perfxl.errors import UsageError

RESULTS = "审核结果"
"""Name of the folder of results where none is chosen."""
MARKER = ".perfxl.lock"
"""A folder with such a file is one of results, whatever its name."""
DIRECTORY = 65536
"""So many bytes at its end hold the directory of a copy."""
SUMMARY = "汇总.xlsx"
"""Name of the summary in a folder of results."""
POLICY_SIGN = b'name="perfxl-policy"'
"""What a policy workbook is known by, in the same part as a summary."""
SUMMARY_PART, SUMMARY_SIGN = "docProps/custom.xml", b'name="perfxl-digest"'
"""What a summary is known by, whatever its name."""
_SUMMARIES = re.compile(r"汇总(?:-[0-9]+)?\.xlsx")
MARKED = re.compile(r"-审核(?:-[0-9]+)?$")
"""How the name of a marked copy ends."""
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
        named: whether the user named this very file.
        within: the archive on the disk that it is packed in; its path then goes on inside of it.
        secret: whether it was packed with a password.
        beside: whether it is called like a marked copy, and what it would be of lies beside it.
    """

    path: Path
    name: str
    below: Path = Path()
    named: bool = False
    within: Path | None = None
    secret: bool = False
    beside: bool = False


@dataclass
class Found:
    """What a search found.

    Attributes:
        sources: the files to read.
        skipped: files that are none of them.
        results: folders of results of other runs, which were not looked into.
        closed: folders that could not be looked into, with the reason.
    """

    sources: list[Source] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    results: list[Path] = field(default_factory=list)
    closed: list[tuple[Path, UsageError]] = field(default_factory=list)


def printable_path(path: str | Path) -> str:
    r"""A path as a text that can be shown and kept: bytes that are no text of the disk's become ``\xff``."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def is_skipped(name: str) -> bool:
    """Lock files of Excel and WPS, hidden and temporary files, the system's own, plain texts."""
    lower = name.casefold()
    return (
        lower.startswith((*_LOCKS, "."))
        or lower.endswith((*_TEMPORARY, *_OTHER))
        or lower in _SYSTEM
    )


def find(
    paths: Iterable[str | Path],
    output: Path | None = None,
    apart: Path | None = None,
    passwords: str | Path | None = None,
) -> Found:
    """Every file under some paths, in a stable order, each once.

    Args:
        paths: files and folders.
        output: a folder of results, not to be searched.
        apart: a file that is no submission wherever it lies: the policy of the run.
        passwords: likewise, the file of passwords.

    Raises:
        UsageError: a path is not there.
    """
    found = Found()
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        if not str(given):
            raise UsageError("empty-path")
        try:
            folder, there = path.is_dir(), path.exists()
        except OSError as error:
            raise UsageError("file-unreadable", path=str(given), reason=error) from error
        if folder:
            for source in _walk(path, path, output, found):
                _add(source, seen, found)
        elif there:
            _add(Source(path, printable_path(path.name), named=True), seen, found)
        else:
            raise UsageError("no-such-path", path=str(given))
    left = {Path(one).absolute() for one in (apart, passwords) if one is not None}
    if left:
        found.sources = [one for one in found.sources if one.path.absolute() not in left]
    found.sources = _named_apart(_without_copies(found))
    return found


def _without_copies(found: Found) -> list[Source]:
    """A marked copy beside its original is no other submission."""
    paths = {source.path for source in found.sources}
    kept = []
    for source in found.sources:
        original = source.path.with_stem(MARKED.sub("", source.path.stem))
        if (
            not source.named
            and original != source.path
            and original in paths
            and is_marked(source.path)
        ):
            found.skipped.append(source.path)
        else:
            kept.append(source)
    return kept


def is_marked(found: Path | BinaryIO) -> bool:
    """Whether a file carries perfxl's own record of its original: its directory says so."""
    try:
        with found.open("rb") if isinstance(found, Path) else nullcontext(found) as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - DIRECTORY))
            return b"perfxl/original/manifest" in file.read()
    except OSError:
        return False


def is_summary(name: str, found: Path | BinaryIO) -> bool:
    """Whether a file is a summary that perfxl wrote, and no submission."""
    if _SUMMARIES.fullmatch(name) is None:
        return False
    try:
        with zipfile.ZipFile(found) as package:
            return SUMMARY_SIGN in package.read(SUMMARY_PART)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def _named_apart(sources: list[Source]) -> list[Source]:
    """Two files of one name are called by their paths."""
    count = Counter(source.name for source in sources)
    return [
        replace(source, name=printable_path(source.path)) if count[source.name] > 1 else source
        for source in sources
    ]


def _add(source: Source, seen: set[Path], found: Found) -> None:
    real = source.path.absolute()
    if real not in seen:
        seen.add(real)
        found.sources.append(source)


def _walk(folder: Path, top: Path, output: Path | None, found: Found) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        unread = UsageError("file-unreadable", path=str(folder), reason=error)
        if folder == top:
            raise unread from error
        found.closed.append((folder, unread))
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            yield from _found(entry, path, top, output, found)
        except OSError as error:  # a link in a circle, a share that is gone
            found.closed.append((path, UsageError("file-unreadable", path=str(path), reason=error)))


def _found(
    entry: "os.DirEntry[str]", path: Path, top: Path, output: Path | None, found: Found
) -> Iterator[Source]:
    """What an entry of a folder is.

    Raises:
        OSError: that cannot be told.
    """
    if entry.is_dir(follow_symlinks=False):
        if output is not None and path.absolute() == output.absolute():
            return
        if os.path.exists(path / MARKER):  # noqa: PTH110  # it does not mind a closed folder
            found.results.append(path)
        elif not entry.name.startswith((".", "__")):
            yield from _walk(path, top, output, found)
    elif not entry.is_file() or is_skipped(entry.name) or is_summary(path.name, path):
        found.skipped.append(path)
    else:
        below = path.parent.relative_to(top)
        yield Source(path, printable_path(below / entry.name), below)
