"""Where a copy goes, and how it gets there whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from perfxl.errors import UsageError
from perfxl.folder.find import MARKED, RESULTS, Source

LONGEST_STEM = 220
CHECKED, CLEAN = "审核", "清稿"
"""What is put behind the name of a marked copy, and of a clean one."""


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


def copy_path(
    folder: Path, source: Source, suffix: str, taken: set[Path], mark: str = CHECKED
) -> Path:
    """A name for the copy that no input and no other copy has: 自评表.xlsx → 自评表-审核.xlsx."""
    original = source.path
    stem = original.stem if original.suffix.casefold() == suffix else original.name
    stem = _shortened(MARKED.sub("", stem))
    target = folder / source.below / f"{stem}-{mark}{suffix}"
    number = 2
    while target in taken:
        target = folder / source.below / f"{stem}-{mark}-{number}{suffix}"
        number += 1
    taken.add(target)
    return target


def _shortened(stem: str) -> str:
    """A name that still has room for what is put behind it: most disks hold 255 bytes."""
    while len(stem.encode()) > LONGEST_STEM:
        stem = stem[:-1]
    return stem


def of_its_own(target: Path, source: Source) -> Path:
    """A file's own name where one was asked for and several files came: out.html → out-自评表.html."""
    below = "-".join((*source.below.parts, source.path.name))
    return target.with_name(f"{target.stem}-{_shortened(below)}{target.suffix}")


def spare(target: Path, source: Path) -> None:
    """Refuse to write over a file that is read.

    Raises:
        UsageError: the two are one file.
    """
    if target.resolve() == source.resolve():
        raise UsageError("file-is-input", path=str(target))


def spare_inputs(targets: Iterable[Path | None], sources: Iterable[Source]) -> None:
    """Refuse to write over a submission.

    Raises:
        UsageError: one of the files to write is one of the files to read.
    """
    inputs = {source.path.resolve() for source in sources}
    for target in targets:
        if target is not None and target.resolve() in inputs:
            raise UsageError("file-is-input", path=str(target))


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears under its name whole or not at all.

    Raises:
        UsageError: the place cannot be written; says why.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".perfxl-", suffix=".tmp", dir=path.parent)
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
    with appearing(path) as file:
        file.write(data)
