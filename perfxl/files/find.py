"""Which files to read: those named, and everything in the folders named."""

import codecs
import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from perfxl.errors import UsageError
from perfxl.files.ownership import Own, recognise

RESULTS = "审核结果"
"""Name of the folder of results where none is chosen."""
MARKER = ".perfxl.lock"
"""A folder with such a file is one of results, whatever its name."""
SUMMARY = "汇总.xlsx"
"""Name of the summary in a folder of results."""
Recognise = Callable[[Path], Own | None]
_BEGINNINGS = (
    b"\xd0\xcf\x11\xe0",
    b"PK\x03\x04",
    b"{\\rtf",
    b"%PDF",
    b"MIME-",
    b"Rar!",
    b"7z\xbc\xaf",
)
"""How .xls and .doc begin, .xlsx, .docx and .ods, .rtf, what a form is scanned, exported or packed into."""
_LOOKED = 64
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
          ".parquet", ".lnk", ".url", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")  # fmt: skip


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
    """

    path: Path
    name: str
    below: Path = Path()
    named: bool = False
    within: Path | None = None
    secret: bool = False


@dataclass
class Found:
    """What a search found.

    Attributes:
        sources: the files to read.
        skipped: files that are none of them.
        own: workbooks that perfxl wrote, which are no submissions (see `ownership`).
        corrected: those of the files to read that are copies of ours in which a form was changed.
        results: folders of results of other runs, whose files are not audited.
        strays: what lies in a folder of results, is not perfxl's, and may be a submission.
        closed: folders that could not be looked into, with the reason.
    """

    sources: list[Source] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    own: list[tuple[Source, Own]] = field(default_factory=list)
    corrected: list[Source] = field(default_factory=list)
    results: list[Path] = field(default_factory=list)
    strays: list[Path] = field(default_factory=list)
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
    recognise: Recognise = recognise,
    passwords: str | Path | None = None,
) -> Found:
    """Every file under some paths, in a stable order, each once.

    What perfxl wrote itself is left out wherever it is found, unless the user named that very file.

    Args:
        paths: files and folders.
        output: a folder of results, whose files are not audited.
        apart: a file that is no submission wherever it lies: the policy of the run.
        recognise: tells what perfxl wrote; a memory of it, where the same folder is searched again.
        passwords: the file of passwords, which is no submission either.

    Raises:
        UsageError: a path is not there.
    """
    search = _Search(output, recognise)
    for given in paths:
        path = Path(given)
        if not str(given):
            raise UsageError("empty-path")
        try:
            folder, there = path.is_dir(), path.exists()
        except OSError as error:
            raise UsageError("file-unreadable", path=str(given), reason=error) from error
        if folder:
            search.walk(path, path)
        elif there:
            search.add(Source(path, printable_path(path.name), named=True))
        else:
            raise UsageError("no-such-path", path=str(given))
    found = search.found
    left = {Path(one).absolute() for one in (apart, passwords) if one is not None}
    if left:
        found.sources = [one for one in found.sources if one.path.absolute() not in left]
    found.sources = _named_apart(found.sources)
    return found


def _named_apart(sources: list[Source]) -> list[Source]:
    """Two files of one name are called by their paths."""
    count = Counter(source.name for source in sources)
    return [
        replace(source, name=printable_path(source.path)) if count[source.name] > 1 else source
        for source in sources
    ]


class _Search:
    """A search under way."""

    def __init__(self, output: Path | None, recognise: Recognise) -> None:
        self.found = Found()
        self._output = None if output is None else output.absolute()
        self._recognise = recognise
        self._seen: set[Path] = set()

    def add(self, source: Source) -> None:
        """A file to read, once."""
        real = source.path.absolute()
        if real not in self._seen:
            self._seen.add(real)
            self.found.sources.append(source)

    def walk(self, folder: Path, top: Path) -> None:
        """Every file of a folder.

        Raises:
            UsageError: it is the one that the user named, and cannot be listed.
        """
        for entry in self._list(folder, top):
            path = Path(entry.path)
            try:
                self._enter(entry, path, top)
            except OSError as error:  # a link in a circle, a share that is gone
                self._close(path, error)

    def _list(self, folder: Path, top: Path | None) -> list["os.DirEntry[str]"]:
        try:
            return sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            unread = self._close(folder, error)
            if folder == top:
                raise unread from error
            return []

    def _close(self, path: Path, error: OSError) -> UsageError:
        unread = UsageError("file-unreadable", path=str(path), reason=error)
        self.found.closed.append((path, unread))
        return unread

    def _enter(self, entry: "os.DirEntry[str]", path: Path, top: Path) -> None:
        """What an entry of a folder is.

        Raises:
            OSError: that cannot be told.
        """
        if entry.is_dir(follow_symlinks=False):
            if path.absolute() == self._output:
                self._look_through(path)
            elif os.path.exists(path / MARKER):  # noqa: PTH110  # it does not mind a closed folder
                self.found.results.append(path)
                self._look_through(path)
            elif not entry.name.startswith((".", "__")):
                self.walk(path, top)
        elif not entry.is_file() or is_skipped(entry.name):
            self.found.skipped.append(path)
        else:
            below = path.parent.relative_to(top)
            source = Source(path, printable_path(below / entry.name), below)
            own = self._recognise(path)
            if own is not None and own.is_left_out(entry.name):
                self.found.own.append((source, own))
                return
            if own is not None and own.is_submission:
                self.found.corrected.append(source)
            self.add(source)

    def _look_through(self, folder: Path) -> None:
        """What in a folder of results may be a submission that somebody put there."""
        for entry in self._list(folder, None):
            path = Path(entry.path)
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    self._look_through(path)
                elif entry.is_file() and not is_skipped(entry.name) and self._is_stray(path):
                    self.found.strays.append(path)

    def _is_stray(self, path: Path) -> bool:
        own = self._recognise(path)
        return own.is_submission if own is not None else may_be_form(path)


def may_be_form(path: Path) -> bool:
    """Whether a file is of a kind that forms come in, by how it begins."""
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED).removeprefix(codecs.BOM_UTF8).lstrip()
    except OSError:
        return True  # nobody knows
    page = path.name.casefold().endswith((".html", ".htm"))
    return start.startswith(_BEGINNINGS) or (start.startswith(b"<") and not page)
