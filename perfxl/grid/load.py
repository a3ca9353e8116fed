"""Any office file to a Document: what it is follows from its bytes, never from its name."""

import errno
import os
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from perfxl.bounds import LARGEST
from perfxl.errors import FileError, NotAWorkbook, TooLarge, UsageError
from perfxl.grid.document import Document
from perfxl.grid.formats.xlsx import grids
from perfxl.grid.model import Grid
from perfxl.grid.sniff import kind_of
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook

_Reader = Callable[[bytes], tuple[Grid, ...]]
# By what sniffing finds: the module whose `grids(data)` reads it. Imported when first needed, so
# that a folder of .xlsx files never pays for the rest.
_READERS = {
    "xls": "xls",
    "xlsb": "xlsb",
    "ods": "ods",
    "docx": "docx",
    "html": "html",
    "mhtml": "html",
    "xml2003": "xml2003",
}
_EDITABLE = {"xlsx", "xlsm", "xltx", "xltm"}


def load_file(path: Path, name: str | None = None) -> Document:
    """Read a file of the disk; see `load`.

    Raises:
        UsageError: the file is not there or may not be read.
    """
    try:
        with regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise TooLarge(
                    "file-over-limit", megabytes=_megabytes(size), limit=_megabytes(LARGEST)
                )
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError("file-unreadable", path=str(path), reason=error) from error
    return load(data, name or path.name)


def regular(path: Path) -> BinaryIO:
    """A regular file, open for reading. A pipe would be waited for, and a device has no end.

    Raises:
        OSError: it cannot be opened. UsageError: it is no regular file.
    """

    def without_waiting(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))

    try:
        file = open(path, "rb", opener=without_waiting)  # noqa: SIM115  # Path.open takes no opener
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket cannot even be opened
            raise UsageError("not-a-regular-file", path=str(path)) from error
        raise
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UsageError("not-a-regular-file", path=str(path))
    return file


def load(data: bytes, name: str) -> Document:
    """Read the bytes of any office file.

    Args:
        data: the whole file.
        name: how the file is called; only kept, and told in errors.

    Raises:
        NotAWorkbook: empty, damaged, of no known kind, or of one that needs LibreOffice where
            that is not installed.
        Locked: protected by a password.
        TooLarge: beyond 64 MB, or unpacking to more than any form needs.
    """
    if len(data) > LARGEST:
        raise TooLarge(
            "file-over-limit", megabytes=_megabytes(len(data)), limit=_megabytes(LARGEST)
        )
    kind = "?"
    try:
        kind = kind_of(data)
        if kind in _EDITABLE:
            return _editable(data, name, kind)
        if kind in _READERS:
            reader: _Reader = import_module(f"perfxl.grid.formats.{_READERS[kind]}").grids
            return Document(name, kind, reader(data))
        return _convert(data, name, kind)
    except FileError:
        raise
    except (MemoryError, RecursionError) as error:
        raise TooLarge("unpacks-too-large") from error
    except Exception as error:  # a damaged file may fail anywhere: that costs this file only
        raise NotAWorkbook("damaged-file", kind=kind, detail=_detail(error)) from error


def _editable(data: bytes, name: str, kind: str) -> Document:
    book = Workbook(Package.open(data))
    return Document(name, kind, grids(book), book)


def _convert(data: bytes, name: str, kind: str) -> Document:
    from perfxl.grid.convert import to_modern  # noqa: PLC0415  # subprocess: hardly ever needed

    inner = load(to_modern(data, kind), name)
    return Document(name, kind, inner.grids)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
