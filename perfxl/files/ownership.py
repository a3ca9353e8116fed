"""Which workbooks are perfxl's own and may be written over: made by it, and saved by nobody since."""

import re
import zipfile
from pathlib import Path

from perfxl.errors import UsageError

PROPERTIES = "docProps/core.xml"
_AUTHOR = re.compile(rb"<dc:creator>perfxl\b")
_TIMES = re.compile(rb"<dcterms:(?:created|modified)[^>]*>([^<]*)<")


def is_untouched(path: Path) -> bool:
    """Whether perfxl made a workbook and no program saved it since: each enters its own time.

    Raises:
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            properties = package.read(PROPERTIES)
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return False
    times = _TIMES.findall(properties)
    return _AUTHOR.search(properties) is not None and len(times) == 2 and times[0] == times[1]


def spare_foreign(target: Path) -> None:
    """Refuse to write over a file that is none of perfxl's, or that somebody worked on.

    Raises:
        UsageError: it is there and may be evidence.
    """
    try:
        foreign = target.exists() and not is_untouched(target)
    except OSError as error:
        raise UsageError("output-unwritable", path=str(target), reason=error) from error
    if foreign:
        raise UsageError("file-exists", path=str(target))
