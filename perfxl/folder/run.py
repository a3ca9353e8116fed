"""A run over many files: one result after another, in the order of the files."""

from collections.abc import Iterator
from pathlib import Path

from perfxl.errors import PerfxlError, UsageError
from perfxl.folder import place, work
from perfxl.folder.find import Source
from perfxl.folder.work import Result, Settings


def read(sources: list[Source], settings: Settings) -> Iterator[Result]:
    """Read every file."""
    settings.vocabulary()
    for source in sources:
        yield work.read_file(source, settings)[0]


def audit(sources: list[Source], settings: Settings, folder: Path | None) -> Iterator[Result]:
    """Audit every file and, with a folder, write its marked copy there.

    Raises:
        UsageError: an unknown policy or language. A copy that cannot be written is told in its
            result.
    """
    settings.vocabulary()
    inputs = {source.path.absolute() for source in sources}
    taken: set[Path] = set()
    for source in sources:
        result, found = work.audit_file(source, settings)
        if found is not None and folder is not None:
            data = work.marked_copy(result, found, settings)
            if data is not None:
                _place(result, source, folder, data, inputs, taken)
        yield result


def _place(
    result: Result, source: Source, folder: Path, data: bytes, inputs: set[Path], taken: set[Path]
) -> None:
    suffix = source.path.suffix.casefold() or ".xlsx"
    suffix = suffix if suffix in (".xlsx", ".xlsm", ".xltx", ".xltm") else ".xlsx"
    target = place.copy_path(folder, source, suffix, taken)
    try:
        if target.absolute() in inputs:
            raise UsageError("output-is-input", path=str(folder))
        place.write(target, data)
    except PerfxlError as error:
        result.no_copy = error
    else:
        result.copy = target
