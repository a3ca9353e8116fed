"""Many files into official forms: one result after another, each clean copy whole or not at all."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.errors import PerfxlError, UsageError
from perfxl.files import lock, ownership, place
from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.jobs.work import Result, Settings
from perfxl.runs import run
from perfxl.sealed import unpack

if TYPE_CHECKING:
    from perfxl.books.clean import Clean
    from perfxl.texts import Texts

SUFFIX = ".xlsx"


@dataclass
class Filled:
    """What became of one file: its audit, its clean copies, and where they are."""

    result: Result
    copies: "list[Clean]"
    written: list[Path] = field(default_factory=list)

    @property
    def error(self) -> PerfxlError | None:
        """Why there is no copy, or not each of them."""
        return self.result.error or self.result.no_copy


@dataclass
class FillTally:
    """What filling many files came to: how many there were, how many copies, which files failed and why."""

    files: int = 0
    written: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, filled: Filled, texts: "Texts") -> None:
        """Count a file."""
        self.files += 1
        self.written += len(filled.written)
        if filled.error is not None:
            self.failed.append((filled.result.file, texts.error(filled.error)))


def is_one_file(out: Path | None) -> bool:
    """Whether the place asked for is a file and not a folder."""
    return out is not None and out.suffix.casefold() == SUFFIX


def fill(
    sources: list[Source], settings: Settings, template: Path | None, out: Path
) -> Iterator[Filled]:
    """Fill every file into the official forms and write the clean copies.

    Args:
        sources: the files.
        settings: of their audit.
        template: the user's own instead of the official forms.
        out: the file to write (.xlsx, for a single source), or the folder.

    Raises:
        UsageError: several files for one place, a file would be written over that is none of ours,
            or another perfxl is at work in the folder.
        ConfigError: the template cannot be used.
    """
    from perfxl.books import official  # noqa: PLC0415  # jinja2 only where something is written

    settings.vocabulary()
    book = official.open_template(template) if template is not None else None
    one = out if is_one_file(out) else None
    if one is not None and len(sources) > 1:
        raise UsageError("not-one-output", count=len(sources), path=str(one))
    if one is not None and sources and unpack.is_archive(sources[0].path):
        raise UsageError("archive-one-output", path=str(one))
    place.refuse_overwrite_inputs([one, template], sources)
    if one is not None:
        ownership.refuse_overwrite_foreign(one)
    if one is not None and template is not None:
        place.refuse_overwrite(one, template)
    taken = {place.key(source.path.absolute()) for source in sources}
    with nullcontext() if one is not None else lock.alone(out):
        for source, content in run.unpacked(sources, settings):
            filled = Filled(*work.clean_copies(source, settings, book, content))
            try:
                _place(filled, source, taken, out, one)
            except Exception as error:  # noqa: BLE001  # one file never stops the others
                filled.result.no_copy = work.reason_for(error)
            yield filled


def _place(filled: Filled, source: Source, taken: set[str], out: Path, one: Path | None) -> None:
    """Write the clean copies of one file."""
    for copy in filled.copies:
        if one is not None and not filled.written:
            target = one
        else:
            folder = out if one is None else one.parent
            target = _free(folder, source, taken, copy.data)
        try:
            place.write(target, copy.data)
        except PerfxlError as error:
            filled.result.no_copy = error
        else:
            filled.written.append(target)
            filled.result.copy = filled.result.copy or target


def _free(folder: Path, source: Source, taken: set[str], data: bytes) -> Path:
    """A name for a clean copy that no submission has, no other copy, and nothing that somebody worked on."""
    for name in place.names(source, place.CLEAN):
        target = place.below(folder, name, source).with_suffix(SUFFIX)
        key = place.key(target.absolute())
        if key not in taken and _is_ours(target, data):
            break
    taken.add(key)
    return target


def _is_ours(target: Path, data: bytes) -> bool:
    """Whether a place is free, or holds what perfxl wrote there before."""
    try:
        return not target.exists() or ownership.is_untouched(target) or target.read_bytes() == data
    except OSError:
        return True  # writing will tell why not
