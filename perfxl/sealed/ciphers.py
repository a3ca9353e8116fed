"""Members of zip files that are encrypted: the old cipher (ZipCrypto), and AES as WinZip and WinRAR write it."""

import hashlib
import hmac
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

from perfxl.errors import PerfxlError
from perfxl.sealed.budget import Budget

_TABLE = [0] * 256
for _number in range(256):
    _value = _number
    for _ in range(8):
        _value = _value >> 1 ^ (0xEDB88320 if _value & 1 else 0)
    _TABLE[_number] = _value
OLD_HEAD, AES_TAIL, AES_ROUNDS, PIECE = 12, 10, 1000, 1 << 14
AES = 99
"""The method that stands in the place of the real one."""
_AES_EXTRA = 0x9901


def encodings(password: str) -> list[bytes]:
    """A password in the bytes that packing programs make of it: UTF-8, or those of Chinese Windows."""
    ways = [password.encode("utf-8")]
    with suppress(UnicodeEncodeError):
        ways.append(password.encode("gb18030"))
    return list(dict.fromkeys(ways))


class _Keys:
    """The state of the old cipher."""

    def __init__(self, password: bytes) -> None:
        self.a, self.b, self.c = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self.take(byte)

    def take(self, byte: int) -> None:
        """Go on by one byte of the plain text."""
        self.a = self.a >> 8 ^ _TABLE[(self.a ^ byte) & 0xFF]
        self.b = ((self.b + (self.a & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.c = self.c >> 8 ^ _TABLE[(self.c ^ self.b >> 24) & 0xFF]


def undo_old(data: bytes, password: bytes, check: int, budget: Budget) -> Iterator[bytes]:
    """The packed bytes of a member under the old cipher, piece by piece; none where the password does not fit.

    Args:
        data: as they are in the file, their head included.
        password: in bytes.
        check: the byte that the head must end with: one wrong password of 256 passes.
        budget: says when that takes too long.
    """
    keys = _Keys(password)
    head = _plain(keys, data[:OLD_HEAD])
    if len(head) < OLD_HEAD or head[-1] != check:
        return
    for start in range(OLD_HEAD, max(len(data), OLD_HEAD + 1), PIECE):
        budget.check()
        yield _plain(keys, data[start : start + PIECE])


def _plain(keys: _Keys, data: bytes) -> bytes:
    plain = bytearray()
    for byte in data:
        mixed = keys.c | 2
        value = byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF)
        keys.take(value)
        plain.append(value)
    return bytes(plain)


def aes_field(extra: bytes) -> tuple[int, int] | None:
    """Strength (1 to 3) and real method of a member under AES."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _AES_EXTRA and length >= 7 and at + 11 <= len(extra):
            strength, method = struct.unpack_from("<BH", extra, at + 8)
            return (strength, method) if strength in (1, 2, 3) else None
        at += 4 + length
    return None


def undo_aes(data: bytes, password: bytes, strength: int) -> bytes | None:
    """The packed bytes of a member under AES; None where the password does not fit or they were changed.

    Raises:
        PerfxlError: the library for it is not there.
    """
    try:
        from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415  # hardly ever needed
            Cipher,
            algorithms,
            modes,
        )
    except ImportError as error:
        raise PerfxlError("no-decryption", name=error.name or "cryptography") from error
    salt_size, key_size = 4 + 4 * strength, 8 + 8 * strength
    if len(data) < salt_size + 2 + AES_TAIL:
        return None
    salt, check = data[:salt_size], data[salt_size : salt_size + 2]
    body, tail = data[salt_size + 2 : -AES_TAIL], data[-AES_TAIL:]
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, AES_ROUNDS, 2 * key_size + 2)
    if keys[-2:] != check:
        return None
    if hmac.new(keys[key_size : 2 * key_size], body, "sha1").digest()[:AES_TAIL] != tail:
        return None
    # Its counter goes from the lowest byte on, which no mode of the library does.
    blocks = -(-len(body) // 16)
    counters = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    cipher = Cipher(algorithms.AES(keys[:key_size]), modes.ECB()).encryptor()  # noqa: S305
    stream = (cipher.update(counters) + cipher.finalize())[: len(body)]
    mixed = int.from_bytes(body, "big") ^ int.from_bytes(stream, "big")
    return mixed.to_bytes(len(body), "big")


def is_whole(content: bytes, size: int, crc: int | None) -> bool:
    """Whether unpacked bytes are what the directory says."""
    return len(content) == size and (crc is None or zlib.crc32(content) == crc)
