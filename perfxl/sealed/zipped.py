"""Members of a zip file that somebody packed, one at a time, each for itself.

`perfxl.ooxml.parts.archive` refuses a whole office file for one odd member, and rightly so. Here one odd
member costs only itself. Nothing but the directory and the member at hand is in memory.
"""

import bz2
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from perfxl.bounds import ARCHIVE_LIST, ARCHIVE_MEMBERS, LARGEST, OLD_CIPHER
from perfxl.errors import Locked, NotAWorkbook, TooLarge
from perfxl.sealed import ciphers
from perfxl.sealed.budget import Budget
from perfxl.sealed.member import FILE, FOLDER, LINK, Member
from perfxl.sealed.member_names import decode_names
from perfxl.sealed.passwords import Passwords

STORED, DEFLATED, BZIP2 = 0, 8, 12
_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_SYMBOLIC, _KIND = 0o120000, 0o170000


class _Entry(NamedTuple):
    """An entry of the directory, as it stands there."""

    raw: bytes
    extra: bytes
    made_by: int
    flags: int
    method: int
    time: int
    crc: int
    packed: int
    size: int
    mode: int
    local: int


class Zip:
    """A zip file on the disk or in memory.

    Args:
        file: open for reading, and as long as this is used.

    Attributes:
        members: in the order of its directory.
        cut: always "": without its directory there is nothing.

    Raises:
        NotAWorkbook: its directory cannot be read. TooLarge: it has too many members.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.cut = file, ""
        try:
            self._entries = _directory(file)
        except (struct.error, IndexError, OverflowError) as error:
            raise NotAWorkbook("archive-damaged") from error
        names = decode_names(
            [(one.raw, bool(one.flags & 0x800), one.extra) for one in self._entries]
        )
        self.members = [_member(one, name) for one, name in zip(self._entries, names, strict=True)]

    def contents(
        self, budget: Budget, passwords: Passwords, path: str
    ) -> Iterator[bytes | Exception]:
        """The bytes of each member in their order, or why there are none."""
        known: list[bytes] = []
        overlapping = self._overlapping()
        for number, (entry, member) in enumerate(zip(self._entries, self.members, strict=True)):
            if member.kind != FILE:
                yield b""
                continue
            try:
                budget.begin()
                # Of bytes that an earlier member has, nothing packs to anything.
                budget.allow(entry.size, entry.packed, shared=number in overlapping)
                keys = _Keys(passwords, f"{path}/{member.name}", known, budget)
                content = self._read(entry, keys)
                budget.spend(len(content))
            except Exception as error:  # noqa: BLE001  # one member never stops the others
                yield error
            else:
                yield content

    def _overlapping(self) -> set[int]:
        """Members that lie in bytes of an earlier one: small files unpack to petabytes so."""
        found, reached = set(), -1
        order = sorted(range(len(self._entries)), key=lambda one: self._entries[one].local)
        for number in order:
            entry = self._entries[number]
            if entry.local < reached:
                found.add(number)
            reached = max(reached, entry.local + _LOCAL.size + entry.packed)
        return found

    def _read(self, entry: _Entry, keys: "_Keys") -> bytes:
        """The bytes of a member."""
        self._file.seek(entry.local)
        head = _LOCAL.unpack(self._file.read(_LOCAL.size).ljust(_LOCAL.size, b"\0"))
        if head[0] != b"PK\3\4" or entry.packed > LARGEST + 1024:
            raise NotAWorkbook("member-damaged")
        self._file.seek(head[9] + head[10], 1)
        data = self._file.read(entry.packed)
        if len(data) < entry.packed:
            raise NotAWorkbook("member-damaged")
        if not entry.flags & 1:
            return _whole(_inflated(data, entry.method, entry.size), entry)
        if entry.flags & 0x40:
            raise NotAWorkbook("member-cipher")
        return _decrypted(data, entry, keys)


class _Keys(NamedTuple):
    """What may open a member.

    Attributes:
        passwords: those that were told. path: of the member, by which its own is found.
        known: those that fitted other members. budget: what may be spent on it.
    """

    passwords: Passwords
    path: str
    known: list[bytes]
    budget: Budget


def _directory(file: BinaryIO) -> list[_Entry]:
    """The entries of the directory.

    Raises:
        NotAWorkbook: it is not there or damaged. TooLarge: too many.
    """
    whole = file.seek(0, 2)
    file.seek(max(0, whole - 65_557))
    tail = file.read(65_557)
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        raise NotAWorkbook("archive-damaged")
    end = whole - len(tail) + at
    _, disk, _, _, count, length, offset, _ = _END.unpack_from(tail, at)
    if 0xFFFF in {count, disk} or 0xFFFFFFFF in {length, offset}:
        file.seek(max(0, end - _END64_LOCATOR.size))
        mark, _, where, _ = _END64_LOCATOR.unpack(file.read(_END64_LOCATOR.size))
        if mark == b"PK\6\7":
            file.seek(where)
            _, _, _, _, disk, _, _, count, length, offset = _END64.unpack(file.read(_END64.size))
            end = where
    if disk or file.seek(0) or _is_split(file.read(4)):
        raise NotAWorkbook("archive-split")
    if count > ARCHIVE_MEMBERS or length > ARCHIVE_LIST:
        raise TooLarge("archive-many", count=count, limit=ARCHIVE_MEMBERS)
    if (
        end != offset + length
    ):  # it begins where the file begins, or the end is that of a file packed in it
        raise NotAWorkbook("archive-damaged")
    file.seek(offset)
    data, entries, place = file.read(length), [], 0
    while place + _CENTRAL.size <= len(data):
        entry, place = _entry(data, place)
        entries.append(entry)
        if len(entries) > ARCHIVE_MEMBERS:
            raise TooLarge("archive-many", count=len(entries), limit=ARCHIVE_MEMBERS)
    if len(entries) & 0xFFFF != count & 0xFFFF:
        raise NotAWorkbook("archive-damaged")
    return entries


def _is_split(start: bytes) -> bool:
    return start == b"PK\7\x08"


def _entry(data: bytes, at: int) -> tuple[_Entry, int]:
    (mark, made_by, _, flags, method, time, _, crc, packed, size, name_length, extra_length,
     comment_length, _, _, outer, local) = _CENTRAL.unpack_from(data, at)  # fmt: skip
    if mark != b"PK\1\2":
        raise NotAWorkbook("archive-damaged")
    start = at + _CENTRAL.size
    raw, extra = data[start : start + name_length], data[start + name_length :][:extra_length]
    if 0xFFFFFFFF in {packed, size, local}:
        size, packed, local = _wide(extra, size, packed, local)
    entry = _Entry(
        raw, extra, made_by >> 8, flags, method, time, crc, packed, size, outer >> 16, local
    )
    return entry, start + name_length + extra_length + comment_length


def _wide(extra: bytes, *sizes: int) -> list[int]:
    """Sizes of 64 bits, from the extra field in which they stand in order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            return [next(wide, size) if size == 0xFFFFFFFF else size for size in sizes]
        at += 4 + length
    return list(sizes)


def _member(entry: _Entry, name: str) -> Member:
    kind = FILE
    if name.endswith(("/", "\\")):
        kind = FOLDER
    elif entry.made_by == 3 and entry.mode & _KIND == _SYMBOLIC:
        kind = LINK
    return Member(name, kind, entry.size, encrypted=bool(entry.flags & 1))


def _inflated(data: bytes, method: int, size: int) -> bytes:
    """The unpacked bytes; never more than one above the size that was stated."""
    try:
        if method == STORED:
            return data
        if method == DEFLATED:
            return zlib.decompressobj(-15).decompress(data, size + 1)
        if method == BZIP2:
            return bz2.BZ2Decompressor().decompress(data, size + 1)
    except (zlib.error, OSError, ValueError, EOFError) as error:
        raise NotAWorkbook("member-damaged") from error
    raise NotAWorkbook("member-packing", method=method)


def _whole(content: bytes, entry: _Entry) -> bytes:
    if not ciphers.is_whole(content, entry.size, entry.crc):
        raise NotAWorkbook("member-damaged")
    return content


def _decrypted(data: bytes, entry: _Entry, keys: _Keys) -> bytes:
    """The bytes of an encrypted member.

    Raises:
        Locked: no password fits. NotAWorkbook: one fits, and the bytes are damaged.
    """
    if not keys.passwords:
        raise Locked("member-locked")
    if entry.method != ciphers.AES and len(data) > OLD_CIPHER:
        raise TooLarge("member-large", megabytes=-(-len(data) // 1_000_000), limit=OLD_CIPHER >> 20)
    wanted = list(keys.passwords.for_file(keys.path))
    ways = [way for password in wanted for way in ciphers.encodings(password)]
    first = [way for way in keys.known if way in ways]
    for way in dict.fromkeys([*first, *ways]):
        keys.budget.check()
        content = _opened(data, entry, way, keys.budget)
        if content is not None:
            if way not in keys.known:
                keys.known.append(way)
            return content
    raise Locked("member-password", count=len(wanted))


def _opened(data: bytes, entry: _Entry, password: bytes, budget: Budget) -> bytes | None:
    """The bytes of a member under one password; None where it is not the right one."""
    method, crc = entry.method, entry.crc
    if method == ciphers.AES:
        field = ciphers.aes_field(entry.extra)
        if field is None:
            raise NotAWorkbook("member-cipher")
        packed = ciphers.undo_aes(data, password, field[0])
        if packed is None:
            return None
        content = _inflated(packed, field[1], entry.size)
        # What is authenticated need not carry a sum.
        return content if ciphers.is_whole(content, entry.size, crc or None) else None
    if method not in (STORED, DEFLATED):
        raise NotAWorkbook("member-packing", method=method)
    check = entry.time >> 8 if entry.flags & 8 else crc >> 24
    inflater, parts, left = zlib.decompressobj(-15), [], entry.size + 1
    try:
        for piece in ciphers.undo_old(data, password, check & 0xFF, budget):
            # Under a wrong password most streams end with nonsense in their first bytes.
            parts.append(inflater.decompress(piece, left) if method == DEFLATED else piece)
            left = max(left - len(parts[-1]), 1)
    except zlib.error:
        return None
    content = b"".join(parts)
    return content if ciphers.is_whole(content, entry.size, crc) else None
