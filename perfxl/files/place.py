"""Where a copy goes, and how it gets there whole or not at all."""

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from perfxl.errors import UsageError
from perfxl.files.find import RESULTS, Source, printable_path

LONGEST_STEM = 220
_MARKED = re.compile(r"-审核(?:-[0-9]+)?$")
"""How the name of a marked copy ends."""
CHECKED, CLEAN = "审核", "清稿"
"""What is put behind the name of a marked copy, and of a clean one."""
EDITABLE = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""Copies of these keep their suffix, those of others are .xlsx."""
TEMPORARY = ".perfxl-"
"""How the name of a file begins that is being written."""


def folder_for(paths: list[Path], chosen: Path | None) -> Path:
    """The folder of results: the chosen one, else beside the first input."""
    if chosen is not None:
        return chosen
    first = paths[0].absolute()
    try:
        folder = first.is_dir()
    except OSError:
        folder = False
    return first.with_name(f"{first.name}-{RESULTS}") if folder else first.parent / RESULTS


def names(source: Source, mark: str = CHECKED) -> Iterator[Path]:
    """Names for the copy of a file, below the folder of results, from the best one on.

    自评表.xlsx → 自评表-审核.xlsx, 自评表-审核-2.xlsx, …
    """
    original = Path(printable_path(source.path.name))
    suffix = original.suffix.casefold()
    if suffix not in EDITABLE:
        suffix = EDITABLE[0]
    stem = original.stem if original.suffix.casefold() == suffix else original.name
    stem = shorten(_MARKED.sub("", stem))
    below = Path(printable_path(source.below))
    yield below / f"{stem}-{mark}{suffix}"
    for number in count(2):
        yield below / f"{stem}-{mark}-{number}{suffix}"


def below(folder: Path, name: Path, source: Source) -> Path:
    """Where a copy of that name goes: what came in 材料.zip, below a folder so called, unless that is a file there."""
    if source.within is not None:
        for parent in [*name.parents][-2::-1]:
            if (folder / parent).is_file():
                rest = name.relative_to(parent)
                return folder / parent.with_name(f"{parent.name}-{CHECKED}") / rest
    return folder / name


def key(path: str | Path) -> str:
    """A name as a disk may compare it: some tell 甲A from 甲a, others do not."""
    return unicodedata.normalize("NFC", printable_path(path)).casefold().replace(os.sep, "/")


def shorten(stem: str, ending: str = "") -> str:
    """A name that still has room for what is put behind it: most disks hold 255 bytes."""
    while len(os.fsencode(stem)) > LONGEST_STEM:
        stem = stem[:-1]
    return stem + ending


_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028-\u202e\u2066-\u2069\ud800-\udfff]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def file_name(text: str) -> str:
    """A text of a form as the stem of a file's name: never a path, and a name on every system."""
    name = shorten(_NO_NAME.sub("_", text).strip().strip(".").strip()) or "_"
    return f"_{name}" if _DEVICE.match(name) else name


def of_its_own(target: Path, source: Source) -> Path:
    """A file's own name where one was asked for and several files came: out.html → out-自评表.html."""
    below = "-".join((*source.below.parts, source.path.name))
    return target.with_name(f"{target.stem}-{shorten(below)}{target.suffix}")


def refuse_overwrite(target: Path, source: Path) -> None:
    """Refuse to write over a file that is read.

    Raises:
        UsageError: the two are one file.
    """
    if target.resolve() == source.resolve():
        raise UsageError("file-is-input", path=str(target))


def refuse_overwrite_existing(target: Path) -> None:
    """Refuse to write over a file that is there: it may be a submission.

    Raises:
        UsageError: it is there.
    """
    if target.exists():
        raise UsageError("file-exists", path=str(target))


def refuse_overwrite_inputs(targets: Iterable[Path | None], sources: Iterable[Source]) -> None:
    """Refuse to write over a submission.

    Raises:
        UsageError: one of the files to write is one of the files to read.
    """
    asked = [target for target in targets if target is not None]
    inputs = {(source.within or source.path).resolve() for source in sources} if asked else set()
    for target in asked:
        if target.resolve() in inputs:
            raise UsageError("file-is-input", path=str(target))


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears under its name whole or not at all.

    Raises:
        UsageError: the place cannot be written; says why.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f"{TEMPORARY}{os.getpid()}-"
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError("output-unwritable", path=str(path), reason=error) from error


def write(path: Path, data: bytes) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        UsageError: the place cannot be written; says why.
    """
    with atomic_write(path) as file:
        file.write(data)


def sweep(folder: Path, process: int | None = None) -> None:
    """Take away what killed processes left half written.

    Args:
        folder: where to look.
        process: whose files alone; None: anybody's, in all folders below.
    """
    pattern = f"{TEMPORARY}{'*' if process is None else f'{process}-*'}.tmp"
    with suppress(OSError):
        for left in folder.rglob(pattern) if process is None else folder.glob(pattern):
            with suppress(OSError):
                left.unlink()
