"""Names of members: decoded as the packing program wrote them, and refused where they lead elsewhere.

Nothing is ever unpacked to a disk, but the results mirror the names.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Sequence

from perfxl.errors import NotAWorkbook

LONGEST_PART, LONGEST, MOST_PARTS = 200, 800, 24
"""Bytes of a folder's or file's name, of the whole name, and folders below each other."""
_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_UNICODE_PATH = 0x7075


def decode_names(names: Sequence[tuple[bytes, bool, bytes]]) -> list[str]:
    """The names of a zip file: (as they stand there, whether UTF-8 is stated, the extra fields).

    Chinese Windows writes GBK and says nothing; others write UTF-8 and say nothing either. One answer
    goes for all names of a file that do not say it themselves.
    """
    silent = [raw for raw, stated, _ in names if not stated and not raw.isascii()]
    encoding = "utf-8" if silent and all(_is_utf8(raw) for raw in silent) else "gb18030"
    found = []
    for raw, stated, extra in names:
        text = _stated_path(raw, extra)
        if text is None:
            order = ("utf-8", "gb18030") if stated else (encoding, "cp437")
            text = _decode(raw, order)
        found.append(text)
    return found


def _is_utf8(raw: bytes) -> bool:
    """Whether a name is UTF-8, and not GBK that happens to be: 联通 is two Latin letters in it."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return any(ord(sign) > 0x7FF for sign in text) or not _is_chinese(raw)


def _is_chinese(raw: bytes) -> bool:
    try:
        text = raw.decode("gbk")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _decode(raw: bytes, order: Sequence[str]) -> str:
    for encoding in order:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _stated_path(raw: bytes, extra: bytes) -> str | None:
    """The name in the extra field for it, if that belongs to this very name."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        content = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(content) > 5 and content[0] == 1:
            if struct.unpack_from("<I", content, 1)[0] != zlib.crc32(raw):
                return None
            try:
                return content[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None


def split_name(name: str) -> tuple[str, ...]:
    r"""The folders and the file of a member's name; signs that no disk of Windows takes become ``_``.

    Raises:
        NotAWorkbook: ``member-path``, it leads out of the archive, to a device, or nowhere.
    """
    whole = name.replace("\\", "/")
    parts = [part for part in whole.split("/") if part not in ("", ".")]
    wrong = (
        "\0" in name
        or whole.startswith("/")
        or not parts
        or ".." in (part.strip(" ") for part in parts)
        or _DRIVE.match(parts[0]) is not None
        or any(_DEVICE.match(part.strip()) or not part.strip(" .") for part in parts)
        or any(len(part.encode("utf-8", "replace")) > LONGEST_PART for part in parts)
        or len(whole.encode("utf-8", "replace")) > LONGEST
        or len(parts) > MOST_PARTS
    )
    if wrong:
        raise NotAWorkbook("member-path", name=name[:LONGEST_PART])
    return tuple(_FORBIDDEN.sub("_", part) for part in parts)


def harmless_name(name: str) -> str:
    """A refused name as one that can stand in a list."""
    text = re.sub(r"[/\\]+", "_", _FORBIDDEN.sub("_", name)).replace("..", "__").strip(" .")
    return text[:60] or "_"


def same_name(parts: Sequence[str]) -> str:
    """A name as disks compare it that do not tell 甲A from 甲a."""
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()
