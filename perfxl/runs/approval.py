"""The auditor's own tables of approved targets: found and read before the run, or the run does not begin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from perfxl.errors import FileError, Locked, UsageError
from perfxl.files import find, intake
from perfxl.files.find import Source
from perfxl.forms.approved import tables as approved
from perfxl.forms.model import Form
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.jobs import work
from perfxl.sealed.passwords import NONE, Passwords
from perfxl.sealed.unlock import unlock


def read(
    paths: Iterable[str | Path],
    vocabulary: Vocabulary,
    inputs: Iterable[Source],
    passwords: Passwords = NONE,
) -> tuple[Form, ...]:
    """Every table of approved targets in some files and folders.

    Unlike a submission, such a file is the auditor's own: if one cannot be used the audit would be
    wrong in silence, so it does not begin.

    Args:
        paths: files and folders.
        vocabulary: the words of labels.
        inputs: the submissions; none of them may be among the approved tables.
        passwords: tried on a file that has one.

    Raises:
        UsageError: a path is not there, is empty of tables, is a submission as well, cannot be
            read, or holds a table that cannot be compared with; says which and where.
    """
    given = list(paths)
    if not given:
        return ()
    listed = list(inputs)
    submitted = {source.path.resolve() for source in listed}
    sizes = _by_size(listed)
    tables: list[Form] = []
    seen: set[Path] = set()
    for path in given:
        if not find.find([path]).sources:
            raise UsageError("approved-empty", path=str(path))
    for source in find.find(given).sources:
        real = source.path.resolve()
        if real in submitted:
            raise UsageError("approved-is-input", path=str(source.path))
        if real not in seen:
            seen.add(real)
            twin = _twin(source.path, sizes)
            if twin is not None:
                raise UsageError("approved-is-copy", path=str(source.path), other=str(twin))
            tables += _tables(source, vocabulary, passwords)
    return tuple(tables)


def _by_size(sources: Iterable[Source]) -> dict[int, list[Path]]:
    found: dict[int, list[Path]] = defaultdict(list)
    for source in sources:
        with suppress(OSError):
            found[source.path.stat().st_size].append(source.path)
    return found


def _twin(path: Path, sizes: Mapping[int, list[Path]]) -> Path | None:
    """A submission with the very bytes of an approved file: then nothing would be compared."""
    try:
        others = sizes.get(path.stat().st_size, [])
        content = path.read_bytes() if others else b""
    except OSError:
        # Reading it says what is wrong with it.
        return None
    for other in others:
        with suppress(OSError):
            if other.read_bytes() == content:
                return other
    return None


def _tables(source: Source, vocabulary: Vocabulary, passwords: Passwords) -> list[Form]:
    try:
        try:
            found = work.document(source.path, source.name)
        except Locked as locked:
            if locked.code != "encrypted":
                raise
            data = intake.take(source.path)[0]
            opened = unlock(data, source.path.as_posix(), passwords)
            found = work.document(source.path, source.name, opened.data)
    except (FileError, UsageError) as error:
        raise UsageError("approved-unreadable", file=source.name, reason=error) from error
    except Exception as error:
        reason = work.unforeseen(error)
        raise UsageError("approved-unreadable", file=source.name, reason=reason) from error
    return approved.tables(found.grids, source.name, vocabulary)
