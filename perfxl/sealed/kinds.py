"""What an archive is known by: its content. An office file is a zip file too, and is none."""

import struct
from typing import BinaryIO

from perfxl.bounds import ARCHIVE_LIST

ZIP, RAR, SEVEN, TAR, GZIP = "zip", "rar", "7z", "tar", "tar.gz"
_BEGINNINGS = (
    (b"PK\3\4", ZIP),
    (b"PK\5\6", ZIP),
    (b"PK\7\x08", ZIP),
    (b"Rar!\x1a\7", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN),
    (b"\x1f\x8b\x08", GZIP),
)
HEAD, TAIL = 512, 1 << 16
_LOCAL_NAME, _CENTRAL = 30, 46
# The parts by which office files are known, and what else stands first in one that is cut off.
_PARTS = (
    b"[Content_Types].xml", b"mimetype", b"OFD.xml", b"xl/workbook.xml", b"word/document.xml",
)  # fmt: skip
_OFFICE = (
    b"[Content_Types]", b"mimetype", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"customXml/",
    b"META-INF/", b"OFD.xml", b"Doc_0/", b"content.xml", b"[trash]/",
)  # fmt: skip


def archive_kind(file: BinaryIO) -> str | None:
    """The kind of archive that a file is; None where it is none. Reads its beginning and its end.

    Args:
        file: open at any place; it is left at any place.
    """
    file.seek(0)
    head = file.read(HEAD)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind if kind != ZIP or not _is_office(file, head) else None
    return TAR if is_tar(head) else None


def is_tar(head: bytes) -> bool:
    """Whether a tar file begins so; its first header carries a sum of itself."""
    if len(head) < HEAD or head[257:262] != b"ustar":
        return False
    try:
        said = int(head[148:156].strip(b" \0") or b"x", 8)
    except ValueError:
        return False
    return said == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _is_office(file: BinaryIO, head: bytes) -> bool:
    """Whether a zip file is one of an office program, be it a damaged one."""
    directory = _directory(file)
    if directory is not None:
        return any(_names(directory, part) for part in _PARTS)
    length = struct.unpack_from("<H", head, 26)[0] if len(head) >= _LOCAL_NAME else 0
    name = head[_LOCAL_NAME : _LOCAL_NAME + length]
    # What is cut off before its first name is told as a damaged office file.
    return head.startswith(b"PK\3\4") and (not name or name.startswith(_OFFICE))


def _directory(file: BinaryIO) -> bytes | None:
    """The directory of a zip file; None where there is none. What is packed in it has directories as well."""
    size = file.seek(0, 2)
    start = max(0, size - TAIL)
    file.seek(start)
    tail = file.read(TAIL)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or end + 20 > len(tail):
        return None
    length, offset = struct.unpack_from("<II", tail, end + 12)
    if length == 0xFFFFFFFF or offset == 0xFFFFFFFF:
        length = min(end, length)  # of a large file; its own parts stand last
    elif offset + length != start + end:
        return None  # that of a file that was packed, and the rest is cut off
    if length <= end:
        return tail[end - length : end]
    if length > min(start + end, ARCHIVE_LIST):
        return None
    file.seek(start + end - length)
    return file.read(length)


def _names(directory: bytes, part: bytes) -> bool:
    """Whether a directory names a part at the top, and not in a folder."""
    at = directory.find(part)
    while at >= 0:
        start = at - _CENTRAL
        if start >= 0 and directory[start : start + 4] == b"PK\1\2":
            (length,) = struct.unpack_from("<H", directory, start + 28)
            if length == len(part):
                return True
        at = directory.find(part, at + 1)
    return False
