"""Whose a workbook is: one that perfxl wrote, in which state, and what follows from that.

Every place that asks "is this ours?" asks here, and what a file holds decides, never its name or its folder: a
submission may be called 汇总.xlsx, and a copy of ours may have been renamed, moved, or saved by another program.

| what perfxl wrote | is a submission |
| --- | --- |
| marked copy, painted copy, clean copy, rolled-up form | only when its form was changed since |
| summary, policy workbook | never; under another name than perfxl's it is read, and refused with the reason |
| blank form, anonymous copy | always: they bear no sign |
"""

import io
import re
import zipfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from perfxl import resources
from perfxl.bounds import LARGEST
from perfxl.errors import NotAWorkbook, TooLarge, UsageError
from perfxl.ooxml import marks, origin, strip
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook

PROPERTIES, OWN_PROPERTIES = "docProps/core.xml", "docProps/custom.xml"
WORKBOOK = "xl/workbook.xml"
"""Where every office program that saved a copy of ours has put its workbook part."""
_SUMMARIES = re.compile(r"汇总(?:-[0-9]+)?\.xlsx")
MOST = 1 << 20
"""Bytes of a part that are looked at for a sign."""
_AUTHOR = re.compile(rb"<dc:creator>perfxl\b")
_TIMES = re.compile(rb"<dcterms:(?:created|modified)[^>]*>([^<]*)<")


class Kind(StrEnum):
    """What perfxl wrote."""

    MARKED = origin.MARKED
    PAINTED = origin.PAINTED
    CLEAN = origin.CLEAN
    ROLLUP = origin.ROLLUP
    SUMMARY = "summary"
    POLICY = "policy"


_SIGNS = {Kind.SUMMARY: b'name="perfxl-digest"', Kind.POLICY: b'name="perfxl-policy"'}
"""What workbooks without a form are known by, among their own properties."""
_PROVED = (Kind.MARKED, Kind.PAINTED)
"""What carries its original, and with it the proof that nobody saved it."""


class State(StrEnum):
    """What became of it since."""

    WHOLE = "whole"
    """Nobody saved it."""
    SAVED = "saved"
    """Another program saved it; its form holds what it held."""
    CHANGED = "changed"
    """Its form holds something else, or nobody can tell."""


class Own(NamedTuple):
    """A workbook that perfxl wrote."""

    kind: Kind
    state: State

    @property
    def is_submission(self) -> bool:
        """Whether it is to be audited wherever it turns up: a form that somebody corrected in our copy."""
        return self.state is State.CHANGED and self.kind not in _SIGNS

    def is_left_out(self, name: str) -> bool:
        """Whether a search leaves out a file of this name; a summary under a person's name is worth a word."""
        if self.kind in _SIGNS:
            return _SUMMARIES.fullmatch(name) is not None
        return not self.is_submission


class Memory:
    """Which files are ours, remembered for as long as a file stays the same."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Own | None]] = {}

    def recognise(self, path: Path) -> Own | None:
        """As `recognise`."""
        try:
            entry = path.stat()
        except OSError:
            return None
        stamp = entry.st_mtime_ns, entry.st_size
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = self._known[path] = stamp, recognise(path)
        return known[1]


def recognise(path: Path) -> Own | None:
    """What perfxl wrote, and what became of it; None for anybody else's file and one that cannot be read.

    Reading it as a submission will then say what is wrong with it.
    """
    try:
        return _recognised(path)
    except OSError:
        return None


def _recognised(path: Path) -> Own | None:
    """As `recognise`.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        if not _has_sign(path) or path.stat().st_size > LARGEST:
            return None
        return recognise_book(Workbook(Package.open(path.read_bytes())))
    except OSError:
        raise
    except TooLarge:
        return _recognise_formless(path)
    except Exception:  # noqa: BLE001  # a damaged file may fail anywhere
        return None


def _recognise_formless(path: Path) -> Own | None:
    """What never has a form, by its properties alone: a summary of many forms unpacks to more than any form may."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        heads = []
        for part in (OWN_PROPERTIES, PROPERTIES):
            with package.open(part) if part in names else io.BytesIO() as file:
                heads.append(file.read(MOST))
    own, properties = heads
    kind = next((kind for kind, sign in _SIGNS.items() if sign in own), None)
    if kind is None:
        return None
    return Own(kind, State.WHOLE if _bears_one_time(properties) else State.SAVED)


def recognise_data(data: bytes) -> Own | None:
    """As `recognise`, of a file's bytes."""
    try:
        return recognise_book(Workbook(Package.open(data))) if _has_sign(io.BytesIO(data)) else None
    except Exception:  # noqa: BLE001  # as above
        return None


def _has_sign(found: Path | BinaryIO) -> bool:
    """Whether a file is worth reading: most are nobody's copies, and a folder may hold ten thousand."""
    with zipfile.ZipFile(found) as package:
        names = set(package.namelist())
        if marks.MANIFEST in names:
            return True
        looked = [(OWN_PROPERTIES, tuple(_SIGNS.values())), (WORKBOOK, (origin.PREFIX.encode(),))]
        looked = [(part, signs) for part, signs in looked if part in names]
        for part, signs in looked:
            with package.open(part) as file:
                content = file.read(MOST)
            if any(sign in content for sign in signs):
                return True
    return False


def recognise_book(book: Workbook) -> Own | None:
    """As `recognise`, of a workbook that is read already.

    Raises:
        FileError: a part is damaged.
    """
    kind = _kind(book)
    if kind is None:
        return None
    if kind in _PROVED:
        proved = whole = marks.restore_original(book.package) is not None
    else:
        proved, whole = kind in _SIGNS, _is_as_made(book.package)
    if not proved and not _holds_what_it_held(book):
        return Own(kind, State.CHANGED)
    return Own(kind, State.WHOLE if whole else State.SAVED)


def _kind(book: Workbook) -> Kind | None:
    sign = _sign(book.package)
    stated = origin.read_origin(book, origin.KIND)
    if sign is not None or stated in set(Kind):
        return sign or Kind(stated)
    # Copies of earlier versions do not say what they are.
    return Kind.MARKED if marks.is_marked(book.package) or strip.has_marks(book) else None


def _sign(package: Package) -> Kind | None:
    """The kind of a workbook that never has a form."""
    properties = b"" if package.find(OWN_PROPERTIES) is None else package.read(OWN_PROPERTIES)
    return next((kind for kind, sign in _SIGNS.items() if sign in properties), None)


def _holds_what_it_held(book: Workbook) -> bool:
    stated = origin.read_origin(book, origin.CELLS)
    if not stated:
        return False
    bare = Workbook(Package.open(strip.strip_marks(book)))
    return origin.cells_digest(map(bare.scan, range(len(bare.sheets))), bare.formats) == stated


def _is_as_made(package: Package) -> bool:
    """Whether no program saved it since."""
    if package.find(PROPERTIES) is None:
        return False
    return _bears_one_time(package.read(PROPERTIES))


def _bears_one_time(properties: bytes) -> bool:
    """Whether perfxl wrote some properties and no program has entered its own time since, as each does."""
    times = _TIMES.findall(properties)
    return _AUTHOR.search(properties) is not None and len(times) == 2 and times[0] == times[1]


# ---------------------------------------------------------------- what follows
def is_rollup(path: Path, sheets: Sequence[str]) -> bool:
    """Whether a file is a rolled-up form, however it was changed: to add it to others counts its units twice.

    Args:
        path: of the file.
        sheets: the names of its sheets, by which it is known where a program has lost every sign.
    """
    own = recognise(path)
    traces = tuple(resources.texts(one)["rollup"]["trace_sheet"] for one in resources.LANGUAGES)
    return (own is not None and own.kind is Kind.ROLLUP) or any(
        s.startswith(traces) for s in sheets
    )


def restore_submission(book: Workbook) -> bytes | None:
    """The submission that a workbook is a copy of: the very file, or what is left without perfxl's marks.

    Returns:
        None where it bears no marks.

    Raises:
        NotAWorkbook: a summary or a policy workbook (``own-summary``, ``own-policy``), which has no form.
    """
    sign = _sign(book.package)
    if sign is not None:
        raise NotAWorkbook(f"own-{sign}")
    original = marks.restore_original(book.package)
    return strip.strip_marks(book) if original is None and strip.has_marks(book) else original


def is_untouched(path: Path) -> bool:
    """Whether perfxl wrote a file and nobody saved it since, so that it may be written over.

    Raises:
        OSError: it cannot be opened.
    """
    own = _recognised(path)
    return own is not None and own.state is State.WHOLE


def refuse_overwrite_foreign(target: Path) -> None:
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
