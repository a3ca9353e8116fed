"""Encrypted workbooks and odd archives, made for the tests: by the libraries that undo them, or byte by byte."""

import gzip
import hashlib
import hmac
import io
import os
import struct
import tarfile
import zipfile
import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
from msoffcrypto.method.xor_obfuscation import DocumentXOR

from perfxl.grid.formats.ole import CompoundFile
from perfxl.sealed import ciphers
from tests.grid.compound import compound

VELVET = "VelvetSweatshop"


# ---------------------------------------------------------------- office files
def agile(data: bytes, password: str, spins: int = 1000) -> bytes:
    """An .xlsx or .docx as Excel of today encrypts it, only with fewer rounds."""
    return ECMA376Agile.encrypt(password, io.BytesIO(data), spin_count=spins)


def standard(data: bytes, password: str) -> bytes:
    """An .xlsx as Excel 2007 and WPS encrypt it."""
    salt, verifier = os.urandom(16), os.urandom(16)
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, salt)

    def aes(content: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
        return cipher.update(content + bytes(-len(content) % 16)) + cipher.finalize()

    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode(
        "utf-16-le"
    )
    info = struct.pack("<HHII", 3, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + salt
    info += aes(verifier) + struct.pack("<I", 20) + aes(hashlib.sha1(verifier).digest())  # noqa: S324  # as the format has it
    return compound(
        {"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(data)) + aes(data)}
    )


_PLAIN = {0x809, 0x2F, 0x193, 0x192, 0xE1, 0x196, 0x138}
_BOUNDSHEET = 0x85


def xls(data: bytes, password: str, how: str) -> bytes:
    """An .xls under the old ciphers: ``xor``, ``rc4`` or ``cryptoapi``."""
    stream = CompoundFile(data).read("Workbook")
    salt, verifier = b"0123456789abcdef", b"fedcba9876543210"
    if how == "xor":
        check = _xor_check(password)
        filepass = struct.pack("<HHH", 0, DocumentXOR.create_xor_key_method1(password), check)
    elif how == "rc4":
        secret = DocumentRC4.decrypt(
            password,
            salt,
            io.BytesIO(verifier + hashlib.md5(verifier).digest()),  # noqa: S324
        ).read()
        filepass = struct.pack("<HHH", 1, 1, 1) + salt + secret
    else:
        whole = verifier + hashlib.sha1(verifier).digest()  # noqa: S324
        secret = DocumentRC4CryptoAPI.decrypt(password, salt, 128, io.BytesIO(whole)).read()
        header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + b"\0\0"
        filepass = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
        filepass += struct.pack("<I", 16) + salt + secret[:16] + struct.pack("<I", 20) + secret[16:]
    record = struct.pack("<HH", 0x2F, len(filepass)) + filepass
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    whole = stream[:first] + record + stream[first:].rstrip(b"\0") + bytes(3)
    whole += bytes(4 * max(0, 4096 - len(whole)))  # records of nothing
    return compound({"Workbook": _hidden(whole, len(record), password, salt, how)})


def _xor_check(password: str) -> int:
    return next(check for check in range(1 << 16) if DocumentXOR.verifypw(password, check))


def _hidden(stream: bytes, shift: int, password: str, salt: bytes, how: str) -> bytes:
    """The records with their bodies encrypted, and sheets where they are now."""
    out = bytearray(stream)
    runs = []
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = at + 4
        if kind == _BOUNDSHEET:
            struct.pack_into("<I", out, body, struct.unpack_from("<I", stream, body)[0] + shift)
            runs.append((body, body + 4, body + size))
        elif kind not in _PLAIN:
            runs.append((body, body, body + size))
        at = body + size
    zeros = io.BytesIO(bytes(len(stream)))
    if how == "rc4":
        mask = DocumentRC4.decrypt(password, salt, zeros, blocksize=1024).read()
    elif how == "cryptoapi":
        mask = DocumentRC4CryptoAPI.decrypt(password, salt, 128, zeros, blocksize=1024).read()
    else:
        mask = b""
        array = DocumentXOR.create_xor_array_method1(password)
    for body, start, end in runs:
        for place in range(start, end):
            if how == "xor":
                # The place of a record's end says where in the array its first byte begins.
                index = (end + place - body) % 16
                turned = (out[place] << 5 | out[place] >> 3) & 0xFF
                out[place] = turned ^ array[index]
            else:
                out[place] ^= mask[place]
    return bytes(out)


# ---------------------------------------------------------------- zip files
def zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file as Python makes it: names in UTF-8, and said so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()


def raw_zip(*members: dict) -> bytes:
    """A zip file written by hand: ``name`` in bytes, ``data``, and whatever is to be odd."""
    body, listing = b"", b""
    for one in members:
        name, data = one["name"], one.get("data", b"")
        method = one.get("method", 8)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = data if method != 8 else packer.compress(data) + packer.flush()
        packed = one.get("packed", packed)
        crc, size = one.get("crc", zlib.crc32(data)), one.get("size", len(data))
        flags, extra = one.get("flags", 0), one.get("extra", b"")
        common = struct.pack(
            "<HHHHHLLLHH", 20, flags, method, 0, 0x21, crc, len(packed), size, len(name), len(extra)
        )
        at = one.get("at", len(body))
        listing += struct.pack("<4sH", b"PK\1\2", one.get("made_by", 20)) + common
        listing += struct.pack("<HHHLL", 0, 0, 0, one.get("mode", 0) << 16, at) + name + extra
        body += b"PK\3\4" + common + name + extra + packed
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, len(members), len(members), len(listing), len(body), 0
    )
    return body + listing + end


def unicode_path(name: bytes, real: str) -> bytes:
    """The extra field in which some programs put the name once more."""
    content = struct.pack("<BL", 1, zlib.crc32(name)) + real.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def old_cipher(data: bytes, password: bytes) -> bytes:
    """A member under ZipCrypto: its packed bytes, head included."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = (
        os.urandom(11) + bytes([zlib.crc32(data) >> 24]) + packer.compress(data) + packer.flush()
    )
    keys, out = ciphers._Keys(password), bytearray()
    for byte in plain:
        mixed = keys.c | 2
        out.append(byte ^ (mixed * (mixed ^ 1) >> 8 & 0xFF))
        keys.take(byte)
    return bytes(out)


def aes_member(name: bytes, data: bytes, password: bytes, flags: int = 1) -> dict:
    """A member under AES-256, for `raw_zip`."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body, salt = packer.compress(data) + packer.flush(), os.urandom(16)
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 66)
    cipher = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()  # noqa: S305
    stream = b"".join(
        cipher.update((number + 1).to_bytes(16, "little")) for number in range(-(-len(body) // 16))
    )
    hidden = bytes(one ^ two for one, two in zip(body, stream, strict=False))
    tail = hmac.new(keys[32:64], hidden, "sha1").digest()[:10]
    extra = struct.pack("<HHHBBBH", 0x9901, 7, 2, ord("A"), ord("E"), 3, 8)
    return {"name": name, "packed": salt + keys[64:] + hidden + tail, "size": len(data), "crc": 0,
            "method": 99, "flags": flags, "extra": extra}  # fmt: skip


# ---------------------------------------------------------------- others
def tar(
    members: dict[str, bytes], *, packed: bool = True, links: dict[str, str] | None = None
) -> bytes:
    """A .tar or .tar.gz."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return gzip.compress(out.getvalue()) if packed else out.getvalue()


def rar(members: dict[str, bytes]) -> bytes:
    """A .rar of version 4 whose members are stored and not packed."""

    def block(kind: int, flags: int, content: bytes) -> bytes:
        rest = struct.pack("<BHH", kind, flags, 7 + len(content)) + content
        return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest

    out = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, data in members.items():
        raw = name.encode()
        head = struct.pack(
            "<LLBLLBBHL",
            len(data),
            len(data),
            3,
            zlib.crc32(data),
            0x58210000,
            20,
            0x30,
            len(raw),
            0x81A4,
        )
        out += block(0x74, 0x8000, head + raw) + data
    return out + block(0x7B, 0x4000, b"")
