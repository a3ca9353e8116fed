"""The auditor's own tables of approved targets: found and read before the run, or the run does not begin."""

from collections.abc import Iterable
from pathlib import Path

from perfxl.errors import FileError, UsageError
from perfxl.folder import find, work
from perfxl.folder.find import Source
from perfxl.forms import approved
from perfxl.forms.model import Form
from perfxl.forms.vocabulary import Vocabulary


def read(
    paths: Iterable[str | Path], vocabulary: Vocabulary, inputs: Iterable[Source]
) -> tuple[Form, ...]:
    """Every table of approved targets in some files and folders.

    Unlike a submission, such a file is the auditor's own: if one cannot be used the audit would be
    wrong in silence, so it does not begin.

    Args:
        paths: files and folders.
        vocabulary: the words of labels.
        inputs: the submissions; none of them may be among the approved tables.

    Raises:
        UsageError: a path is not there, is empty of tables, is a submission as well, cannot be
            read, or holds a table that cannot be compared with; says which and where.
    """
    submitted = {source.path.resolve() for source in inputs}
    tables: list[Form] = []
    seen: set[Path] = set()
    given = list(paths)
    for path in given:
        if not find.find([path]).sources:
            raise UsageError("approved-empty", path=str(path))
    for source in find.find(given).sources:
        real = source.path.resolve()
        if real in submitted:
            raise UsageError("approved-is-input", path=str(source.path))
        if real not in seen:
            seen.add(real)
            tables += _tables(source, vocabulary)
    return tuple(tables)


def _tables(source: Source, vocabulary: Vocabulary) -> list[Form]:
    try:
        found = work.document(source.path, source.name)
    except (FileError, UsageError) as error:
        raise UsageError("approved-unreadable", file=source.name, reason=error) from error
    except Exception as error:
        reason = work.unforeseen(error)
        raise UsageError("approved-unreadable", file=source.name, reason=reason) from error
    return approved.tables(found.grids, source.name, vocabulary)
