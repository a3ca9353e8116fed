"""Archives as submissions: each file in one is a source of its own, whose bytes are taken in memory.

材料.zip that holds 单位/表.xlsx is read as 材料.zip/单位/表.xlsx. One member at a time is in memory, and of an
archive inside an archive its bytes as well. Whatever is wrong with a member is its reason, and the others
come all the same.
"""

import io
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, Protocol

from perfxl import bounds
from perfxl.errors import FileError, NotAWorkbook, PerfxlError, TooLarge, UsageError
from perfxl.files import ownership
from perfxl.files.find import Source, is_skipped
from perfxl.grid.load import regular
from perfxl.grid.sniff import kind_of
from perfxl.sealed import kinds, tarred, tools
from perfxl.sealed.budget import Budget
from perfxl.sealed.kinds import archive_kind
from perfxl.sealed.member import FILE, FOLDER, Member
from perfxl.sealed.member_names import LONGEST_PART, harmless_name, same_name, split_name
from perfxl.sealed.passwords import Passwords
from perfxl.sealed.zipped import Zip

Content = bytes | PerfxlError | None
"""What is known of a source: its bytes, why there are none, or that they are yet to be read."""
Given = tuple[Source, Content]
_NO_FORM = ("not-a-workbook", "empty-file")
_ALL = ("archive-large", "archive-many")
"""What goes for the whole archive on the disk, wherever inside it shows."""


class _Archive(Protocol):
    """What the readers of all kinds have in common."""

    members: list[Member]
    cut: str

    def contents(
        self, budget: Budget, passwords: Passwords, path: str
    ) -> Iterator[bytes | Exception]:
        """The bytes of each member in their order, or why there are none."""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive; where it cannot be opened, reading it will tell why."""
    try:
        with regular(path) as file:
            return archive_kind(file) is not None
    except (OSError, PerfxlError):
        return False


def members(source: Source, passwords: Passwords) -> Generator[Given | None, None, None]:
    """What could be a form in an archive, or the archive itself with the reason why there is nothing.

    Each step is one member: it gives None where the member is held back for the time being.

    Args:
        source: an archive on the disk.
        passwords: tried on what is encrypted.
    """
    try:
        with regular(source.path) as file:
            before = os.fstat(file.fileno())
            yield from _possible(source, _Unpacking(passwords).walk(source, file, source.path))
            after = source.path.stat()
            if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                yield source, UsageError("file-changing")
    except OSError as error:
        yield source, UsageError("file-unreadable", path=str(source.path), reason=error)
    except Exception as error:  # noqa: BLE001  # a damaged archive may fail anywhere
        yield source, _reason(error)


def _reason(error: Exception, otherwise: str = "archive-damaged") -> PerfxlError:
    """Why an archive or a member cannot be read.

    A new error each time: the one that was raised holds on to the bytes that it was raised over, and
    those of a hundred members fill the memory.
    """
    if isinstance(error, PerfxlError):
        return type(error)(error.code, **error.arguments)
    if isinstance(error, MemoryError):
        return TooLarge("unpacks-too-large")
    return NotAWorkbook(otherwise)


def fetch(source: Source, passwords: Passwords) -> bytes:
    """The bytes of one member, unpacked once more.

    Raises:
        PerfxlError: they cannot be had (any more).
    """
    assert source.within is not None  # noqa: S101  # asked for members only
    whole = Source(source.within, source.within.name)
    for one, content in filter(None, members(whole, passwords)):
        if one.path == source.path and isinstance(content, bytes):
            return content
        if one.path in (source.path, source.within) and isinstance(content, PerfxlError):
            raise content
    raise UsageError("file-changing")


def _possible(source: Source, found: Iterator[Given]) -> Iterator[Given | None]:
    """The members; one line for all of them where none could be a form."""
    held: list[Given] | None = []
    for member, content in found:
        if held is None:
            yield member, content
            continue
        reason = _no_form(content)
        if reason is not None:
            held.append((member, reason))
            yield None
            continue
        yield from held
        held = None
        yield member, content
    if held is not None:
        first = held[0][0].path.relative_to(source.path).as_posix() if held else ""
        yield source, NotAWorkbook("archive-empty", count=len(held), first=first)


def _no_form(content: Content) -> PerfxlError | None:
    """Why a member is none that could be a form: a picture, a PDF, nothing."""
    if isinstance(content, bytes):
        try:
            kind_of(content)
        except NotAWorkbook as error:
            return _reason(error) if error.code in _NO_FORM else None
        except FileError:
            return None
        return None
    return content if isinstance(content, PerfxlError) and content.code == "member-link" else None


class _Unpacking:
    """One archive on the disk while it is unpacked, with what is packed inside it."""

    def __init__(self, passwords: Passwords) -> None:
        self.passwords, self.budget = passwords, Budget()

    def walk(
        self, source: Source, file: BinaryIO, path: Path | None, depth: int = 1
    ) -> Iterator[Given]:
        """The members of an archive.

        Args:
            source: the archive.
            file: its bytes.
            path: where it is on the disk; None: in another archive.
            depth: how many archives stand around a member.

        Raises:
            PerfxlError: it cannot be read at all, or holds too much.
        """
        kind = archive_kind(file)
        on_disk = nullcontext(path)
        if kind in (kinds.RAR, kinds.SEVEN):
            on_disk = tools.on_disk(file, path)  # type: ignore[assignment]  # both give a path
        with on_disk as place:
            archive = self._opened(kind, source, file, place)
            self.budget.count(len(archive.members))
            contents = archive.contents(self.budget, self.passwords, source.path.as_posix())
            listed = _listed(source, archive.members)
            for (_, one), content in zip(listed, contents, strict=True):
                if one is None:
                    continue
                if isinstance(one[1], PerfxlError):
                    yield one
                else:
                    yield from self._member(one[0], content, depth)
            if archive.cut:
                yield source, NotAWorkbook(archive.cut)

    def _opened(
        self, kind: str | None, source: Source, file: BinaryIO, place: Path | None
    ) -> _Archive:
        if kind == kinds.ZIP:
            return Zip(file)
        if kind == kinds.TAR:
            return tarred.Tar(lambda: tarred.plain(file))
        if kind == kinds.GZIP:
            single = (
                source.path.stem if source.path.suffix.casefold() == ".gz" else source.path.name
            )
            return tarred.Tar(lambda: tarred.decompress(file), single)
        assert place is not None  # noqa: S101  # on_disk gave one
        return _by_program(kind or "", place, self.passwords, source.path.as_posix())

    def _member(self, source: Source, content: bytes | Exception, depth: int) -> Iterator[Given]:
        """A member, and where it is an archive itself, what that holds."""
        if isinstance(content, Exception):
            reason = _reason(content, "member-damaged")
            if reason.code in _ALL:
                raise reason
            yield source, reason
        elif archive_kind(io.BytesIO(content)) is None:
            own = ownership.recognise_data(content)
            if own is None or own.is_submission:
                yield source, content
        elif depth >= bounds.ARCHIVES_DEEP:
            yield source, TooLarge("archive-deep", limit=bounds.ARCHIVES_DEEP)
        else:
            try:
                yield from self.walk(source, io.BytesIO(content), None, depth + 1)
            except Exception as error:  # as in `members`
                if isinstance(error, PerfxlError) and error.code in _ALL:
                    raise
                yield source, _reason(error)


def _by_program(kind: str, place: Path, passwords: Passwords, shown: str) -> _Archive:
    """An archive that another program reads: the one that is best at it, else the other.

    Raises:
        PerfxlError: none is installed, or none of them can read it.
    """
    seven, other = tools.seven_zip(), tools.bsdtar()

    def by_seven(program: str) -> _Archive:
        return tools.SevenZip(program, place, passwords, shown, kind)

    def by_bsdtar(program: str) -> _Archive:
        return tools.with_bsdtar(program, place, kind)

    ways: list[tuple[str | None, Callable[[str], _Archive]]] = [
        (seven, by_seven),
        (other, by_bsdtar),
    ]
    if kind == kinds.RAR and not tools.unpacks_rar():
        ways.reverse()
    failed: list[PerfxlError] = []
    for program, way in ways:
        if program is None:
            continue
        try:
            return way(program)
        except PerfxlError as error:
            if error.code not in ("archive-damaged", "archive-unopened"):
                raise
            failed.append(error)
    raise next(
        (error for error in failed if error.code == "archive-damaged"),
        failed[0] if failed else NotAWorkbook("archive-program", kind=kind),
    )


def _listed(
    source: Source, found: Sequence[Member]
) -> Iterator[tuple[Member, tuple[Source, PerfxlError | None] | None]]:
    """Each member with the source that it is and what is wrong with its name; None: it is passed over."""
    named: list[tuple[str, ...] | PerfxlError] = []
    for member in found:
        try:
            named.append(split_name(member.name))
        except NotAWorkbook as error:
            named.append(error)
    seen: set[str] = set()
    for number, (member, parts) in enumerate(zip(found, named, strict=True), 1):
        if isinstance(parts, PerfxlError):
            shown = member.name[:LONGEST_PART].replace("\0", "")
            odd = _source(source, (f"{harmless_name(member.name)}#{number}",), member, shown)
            yield member, None if member.kind == FOLDER else (odd, parts)
        elif member.kind == FOLDER or _is_passed_over(parts):
            yield member, None
        elif member.kind != FILE:
            yield member, (_source(source, parts, member), NotAWorkbook("member-link"))
        elif same_name(parts) in seen:
            twin = (*parts[:-1], f"{parts[-1]}#{number}")
            odd = _source(source, twin, member, "/".join(parts))
            yield member, (odd, NotAWorkbook("member-twice"))
        else:
            seen.add(same_name(parts))
            yield member, (_source(source, parts, member), None)


def _is_passed_over(parts: tuple[str, ...]) -> bool:
    """Whether a file is none that a folder's search would read: hidden, temporary, plain text."""
    return is_skipped(parts[-1]) or any(part.startswith((".", "__")) for part in parts[:-1])


def _source(
    archive: Source, parts: tuple[str, ...], member: Member, shown: str | None = None
) -> Source:
    name = archive.path.name
    return Source(
        archive.path.joinpath(*parts),
        f"{archive.name}/{'/'.join(parts) if shown is None else shown}",
        archive.below.joinpath(name, *parts[:-1]),
        within=archive.within or archive.path,
        secret=archive.secret or member.encrypted,
    )
