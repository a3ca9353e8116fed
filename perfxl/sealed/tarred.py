"""Members of a tar file, packed by gzip or not, in one way from its beginning to its end.

Read here and not by `tarfile`, which takes what a header claims to be a long name into memory, whatever
its length.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO

from perfxl.bounds import ARCHIVE_BYTES, ARCHIVE_MEMBERS, LARGEST
from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.sealed.budget import Budget
from perfxl.sealed.kinds import is_tar
from perfxl.sealed.member import FILE, FOLDER, LINK, OTHER, Member
from perfxl.sealed.member_names import decode_names
from perfxl.sealed.passwords import Passwords

BLOCK = 512
CHUNK = 1 << 16
_FILES, _LINKS = b"0\0 7", b"12"

Read = Callable[[int], bytes]
"""The next so many bytes, less only at the end."""
Start = Callable[[], AbstractContextManager[Read]]


class Tar:
    """A tar file, read anew from its beginning for the list and for the contents.

    Args:
        start: opens it at its beginning.
        name: of the one file in it, where it is no tar file but a single packed file.
        lost: the code of the reason of a member whose bytes are not all there.
        empty: whether a file of no bytes is one, and not one that could not be had.

    Attributes:
        members: in their order.
        cut: the code of the reason where it breaks off, so that there may have been more; else "".

    Raises:
        NotAWorkbook: it is damaged from the beginning. TooLarge: it holds too much.
    """

    def __init__(
        self, start: Start, name: str = "", lost: str = "member-damaged", *, empty: bool = True
    ) -> None:
        self._start, self._name, self._lost, self._empty = start, name, lost, empty
        self.members: list[Member] = []
        self.cut = ""
        budget = Budget()
        with start() as read:
            for member, content in _walk(read, name, keep=False):
                if member is None:
                    self.cut = "archive-cut"
                    break
                if not isinstance(content, Exception):
                    budget.spend(member.size)
                self.members.append(member)
                if len(self.members) > ARCHIVE_MEMBERS:
                    raise TooLarge("archive-many", count=len(self.members), limit=ARCHIVE_MEMBERS)

    def contents(
        self,
        budget: Budget,
        passwords: Passwords,  # noqa: ARG002  # all kinds are asked in one way
        path: str,  # noqa: ARG002  # likewise
    ) -> Iterator[bytes | Exception]:
        """The bytes of each member in their order, or why there are none."""
        given = 0
        with self._start() as read:
            for member, content in _walk(read, self._name, keep=True):
                if member is None:
                    break
                given += 1
                try:
                    if member.kind == FILE:
                        budget.allow(member.size, None)
                        budget.spend(member.size)
                except TooLarge as error:
                    yield error
                else:
                    nothing = member.kind == FILE and not member.size and not self._empty
                    lost = nothing or isinstance(content, Exception)
                    yield NotAWorkbook(self._lost) if lost else content
        for _ in self.members[given:]:
            yield NotAWorkbook(self._lost)


def _walk(
    read: Read, single: str, *, keep: bool
) -> Iterator[tuple[Member | None, bytes | Exception]]:
    """Each member and, where they are wanted, its bytes; None where it breaks off."""
    head = _exactly(read, BLOCK)
    if not is_tar(head):
        if not single:
            raise NotAWorkbook("archive-damaged")
        content = head + _exactly(read, LARGEST + 1 - len(head))
        yield Member(single, FILE, len(content)), content
        return
    name, size = "", -1
    while len(head) == BLOCK and any(head):
        if not is_tar(head):
            break
        kind, length = head[156:157], _number(head[124:136])
        if kind in b"LKxg" and kind:
            name, size = _extended(kind, _padded(read, length, keep=True), name, size)
        else:
            length = length if size < 0 else size
            member = Member(
                name or _plain_name(head), _kind(kind, head), length if kind in _FILES else 0
            )
            wanted = keep and member.kind == FILE and length <= LARGEST
            try:
                content = _padded(read, length if kind in _FILES else 0, keep=wanted)
            except NotAWorkbook as error:
                yield member, error
                break
            yield member, content
            name, size = "", -1
        head = _exactly(read, BLOCK)
    if len(head) < BLOCK or any(head):
        yield None, b""


def _kind(kind: bytes, head: bytes) -> str:
    if kind == b"5" or (kind in _FILES and head[:100].rstrip(b"\0").endswith(b"/")):
        return FOLDER
    if kind in _FILES:
        return FILE
    return LINK if kind in _LINKS else OTHER


def _number(field: bytes) -> int:
    """A size: octal digits, or binary where the first bit is set."""
    try:
        value = (
            int.from_bytes(field[1:], "big")
            if field[:1] == b"\x80"
            else int(field.strip(b"\0 ") or b"0", 8)
        )
    except ValueError:
        value = -1
    if not 0 <= value <= ARCHIVE_BYTES:
        raise NotAWorkbook("archive-damaged")
    return value


def _plain_name(head: bytes) -> str:
    name, prefix = head[:100].split(b"\0")[0], head[345:500].split(b"\0")[0]
    if prefix and head[257:263] == b"ustar\0":
        name = prefix + b"/" + name
    return decode_names([(name, False, b"")])[0]


def _extended(kind: bytes, content: bytes, name: str, size: int) -> tuple[str, int]:
    """Name and size as a header before the member states them."""
    if kind == b"L":
        return decode_names([(content.rstrip(b"\0"), False, b"")])[0], size
    if kind == b"x":
        at = 0
        while at < len(content):
            digits, _, _ = content[at : at + 12].partition(b" ")
            if not digits.isdigit() or not int(digits):
                break
            key, _, value = content[at + len(digits) + 1 : at + int(digits) - 1].partition(b"=")
            if key == b"path":
                name = value.decode("utf-8", "replace")
            elif key == b"size" and value.isdigit():
                size = _number(b"%o" % int(value[:15]))
            at += int(digits)
    return name, size


def _padded(read: Read, length: int, *, keep: bool) -> bytes:
    """Bytes of a member with what fills its last block; b"" where they are only passed over."""
    if keep and length > LARGEST:
        raise NotAWorkbook("archive-damaged")
    whole = -(-length // BLOCK) * BLOCK
    if keep:
        content = _exactly(read, whole)
        if len(content) < length:
            raise NotAWorkbook("member-damaged")
        return content[:length]
    while whole:
        passed = len(read(min(whole, CHUNK)))
        if not passed:
            raise NotAWorkbook("member-damaged")
        whole -= passed
    return b""


def _exactly(read: Read, length: int) -> bytes:
    parts = []
    while length > 0 and (part := read(min(length, CHUNK))):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


@contextmanager
def plain(file: BinaryIO) -> Iterator[Read]:
    """A tar file that is not packed."""
    file.seek(0)
    yield file.read


@contextmanager
def decompress(file: BinaryIO) -> Iterator[Read]:
    """What a gzip file holds, a piece at a time."""
    file.seek(0)
    inflater = zlib.decompressobj(31)

    def read(length: int) -> bytes:
        nonlocal inflater
        while True:
            if inflater.eof:
                rest = inflater.unused_data
                rest = rest or file.read(CHUNK)
                if not rest.startswith(b"\x1f\x8b"):
                    return b""
                inflater = zlib.decompressobj(31)
            else:
                rest = inflater.unconsumed_tail or file.read(CHUNK)
                if not rest:
                    return b""
            try:
                found = inflater.decompress(rest, length)
            except zlib.error:
                return b""  # what is missing shows in the members
            if found:
                return found

    yield read
