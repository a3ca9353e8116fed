"""Marks can be taken off: the copy carries what is needed to give back the file it came from.

Kept are the compressed originals of the parts that were changed or removed, and the frame of the
source file: all its bytes that are not a member's content. The source is woven from these and from
the untouched members, byte for byte, and proved by its digest.
"""

import hashlib
import json
import struct
import zlib

from perfxl.errors import FileError
from perfxl.ooxml.parts.archive import Archive, Member, Packed, pack
from perfxl.ooxml.parts.package import CONTENT_TYPES, Package

FOLDER = "perfxl/original/"
SUFFIX = "part"
CONTENT_TYPE = "application/octet-stream"
MANIFEST = FOLDER + "manifest.part"
"""The member that a copy of ours is known by, as long as nobody saves it."""
_FRAME = FOLDER + "frame.part"


def digest(data: bytes) -> str:
    """A digest of some bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def originals(source: Archive, members: list[Packed]) -> list[Packed]:
    """The members to add to a marked copy.

    Args:
        source: the file that was marked.
        members: those of the copy so far.

    """
    copied = {packed.member.name: packed for packed in members}
    kept: list[Packed] = []
    sources: list[str] = []
    marked: dict[str, str] = {}
    for member in source.members:
        name = member.name
        raw = source.raw(member)
        packed = copied.pop(name, None)
        if packed is not None and packed.raw == raw and packed.member.crc == member.crc:
            sources.append(name)
            continue
        if packed is not None:
            marked[name] = digest(packed.raw)
        number = f"{FOLDER}{len(kept)}.{SUFFIX}"
        sources.append(number)
        clean = member._replace(name=number, raw_name=number.encode(), flags=0)
        kept.append(Packed(clean, raw))
    marked |= {name: digest(packed.raw) for name, packed in copied.items()}
    manifest = {
        "version": 1,
        "source": digest(source.data),
        "parts": [member.name for member in source.members],
        "bytes": sources,
        "marked": marked,
    }
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    return [*kept, pack(_FRAME, _frame(source)), pack(MANIFEST, text.encode())]


def _by_place(archive: Archive) -> list[Member]:
    return sorted(archive.members, key=lambda member: member.start)


def _frame(source: Archive) -> bytes:
    """The file without its members' contents, each piece between them after its length."""
    pieces = []
    at = 0
    for member in _by_place(source):
        pieces.append(source.data[at : member.start])
        at = member.start + member.packed
    pieces.append(source.data[at:])
    order = {member.name: number for number, member in enumerate(source.members)}
    numbers = [order[member.name] for member in _by_place(source)]
    head = struct.pack(f"<L{len(numbers)}L", len(numbers), *numbers)
    return head + b"".join(struct.pack("<L", len(piece)) + piece for piece in pieces)


def is_marked(package: Package) -> bool:
    """Whether a file is a marked copy that still carries its original."""
    return package.find(MANIFEST) is not None


def restore_original(package: Package) -> bytes | None:
    """The very file that a marked copy was made from.

    Returns:
        None where the file is no marked copy, or where anybody changed it since: what was changed
        must not be lost.

    """
    archive = package.archive
    if not is_marked(package) or package.find(_FRAME) is None:
        return None
    try:
        manifest = json.loads(package.read(MANIFEST))
        found = {member.name: archive.raw(member) for member in archive.members}
        expected = manifest["marked"]
        if any(digest(found[name]) != value for name, value in expected.items()):
            return None
        sources = manifest["bytes"]
        extra = found.keys() - {*sources, *expected, MANIFEST, _FRAME}
        if extra:
            return None
        whole = _woven(package.read(_FRAME), [found[name] for name in sources])
        return whole if digest(whole) == manifest["source"] else None
    except (FileError, KeyError, TypeError, ValueError, IndexError, struct.error, zlib.error):
        return None


def _woven(frame: bytes, contents: list[bytes]) -> bytes:
    (count,) = struct.unpack_from("<L", frame)
    numbers = struct.unpack_from(f"<{count}L", frame, 4)
    at = 4 + 4 * count
    out = []
    for number in (*numbers, None):
        (length,) = struct.unpack_from("<L", frame, at)
        out.append(frame[at + 4 : at + 4 + length])
        at += 4 + length
        if number is not None:
            out.append(contents[number])
    return b"".join(out)


def is_bookkeeping(name: str) -> bool:
    """Whether a member belongs to the marks and not to the workbook."""
    return name.startswith(FOLDER) and name != CONTENT_TYPES
