"""What the fuzzer does to good files: bits and bytes, members of a zip, tags of XML, records and sectors.

Whoever has the seed has the mutant: nothing here draws luck from anywhere but the generator it is given.
"""

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Sequence

from perfxl.errors import PerfxlError
from perfxl.grid.formats import ole
from perfxl.grid.formats.ole import MAGIC, CompoundFile


def mutant(data: bytes, luck: random.Random) -> bytes:
    """A file with something wrong in it."""
    if data[:2] == b"PK" and luck.random() < 0.8:
        return zip_mutant(data, luck)
    if data[:8] == MAGIC and luck.random() < 0.8:
        return luck.choice((ole_mutant, biff_mutant))(data, luck)
    if data.lstrip()[:1] == b"<" and luck.random() < 0.7:
        return xml_mutant(data, luck)
    return bytes_mutant(data, luck)


def bytes_mutant(data: bytes, luck: random.Random) -> bytes:
    """Bits, numbers, stretches and the end of a file."""
    out = bytearray(data)
    how = luck.randrange(5)
    if how == 0:
        del out[luck.randrange(len(out) + 1) :]
    for _ in range(luck.choice((1, 1, 2, 5, 20))):
        if len(out) < 16:
            break
        at = luck.randrange(len(out) - 8)
        if how == 1:
            out[at] ^= 1 << luck.randrange(8)
        elif how == 2:
            out[at : at + 4] = struct.pack(
                "<I",
                luck.choice((0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, len(out))),
            )
        elif how == 3:
            del out[at : at + luck.randrange(1, 64)]
        else:
            start = luck.randrange(len(out) - 8)
            out[at:at] = out[start : start + luck.randrange(1, 600)]
    return bytes(out)


def zip_mutant(data: bytes, luck: random.Random) -> bytes:
    """Members lost, twice, swapped, or mutated inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(luck.choice((1, 1, 1, 2, 4))):
        at = luck.randrange(len(members))
        name, content = members[at]
        how = luck.randrange(12)
        if how == 0:
            del members[at]
            if not members:
                return b"PK\3\4"
        elif how == 1:
            members.append(
                (luck.choice((name, name.upper(), "/" + name, name.replace("/", "\\"))), content)
            )
        elif how == 2:
            other = luck.randrange(len(members))
            members[at], members[other] = (name, members[other][1]), (members[other][0], content)
        elif content[:1] == b"<" or b"<?xml" in content[:60]:
            members[at] = name, xml_mutant(content, luck)
        elif name.endswith(".bin") and luck.random() < 0.8:
            members[at] = name, records_mutant(content, _wide_records(content), luck)
        else:
            members[at] = name, bytes_mutant(content, luck)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same name twice
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"<>]*)"')
_WORDS = (b"0", b"-1", b"1", b"4294967296", b"99999999999999999999", b"", b"A1", b"XFD1048576", b"ZZZ0", b"nan", b"1e308",
          b"\xe5\x85\xa8", b"&amp;", b"true", b"rId1", b"../x", b"s", b"str", b"inlineStr", b"e", b"d", b"b", b"n")  # fmt: skip


def xml_mutant(content: bytes, luck: random.Random) -> bytes:
    """Tags taken away, twice or elsewhere; attributes and texts of another kind."""
    if luck.random() < 0.1:
        return bytes_mutant(content, luck)
    for _ in range(luck.choice((1, 1, 2, 6))):
        tags = [match.span() for match in _TAG.finditer(content)]
        if not tags:
            break
        start, end = luck.choice(tags)
        how = luck.randrange(6)
        if how == 0:
            content = content[:start] + content[end:]
        elif how == 1:
            content = content[:end] + content[start:end] + content[end:]
        elif how == 2:
            other, beyond = luck.choice(tags)
            content = content[:start] + content[other:beyond] + content[end:]
        elif how == 3:
            values = [match.span(1) for match in _VALUE.finditer(content)]
            if values:
                start, end = luck.choice(values)
                content = content[:start] + luck.choice(_WORDS) + content[end:]
        elif how == 4:
            values = [
                content[a:b] for a, b in (match.span(1) for match in _VALUE.finditer(content))
            ]
            spans = [match.span(1) for match in _VALUE.finditer(content)]
            if values:
                start, end = luck.choice(spans)
                content = content[:start] + luck.choice(values) + content[end:]
        else:
            piece = content[start : luck.choice(tags)[1]]
            if len(piece) < 4000:
                content = content[:end] + piece + content[end:]
    return content


_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def ole_mutant(data: bytes, luck: random.Random) -> bytes:
    """Numbers of the header, links of the sector table, entries of the directory."""
    out = bytearray(data)
    shift, first, directory = (
        struct.unpack_from("<H", data, 30)[0],
        struct.unpack_from("<I", data, 76)[0],
        struct.unpack_from("<I", data, 48)[0],
    )
    size = 1 << shift
    places = {
        "header": (24, min(512, len(data) - 4)),
        "links": ((first + 1) * size, (first + 2) * size),
        "directory": ((directory + 1) * size, (directory + 2) * size),
    }
    for _ in range(luck.choice((1, 1, 2, 4))):
        start, end = places[luck.choice(list(places))]
        at = luck.randrange(start, max(end - 4, start + 1))
        at -= (at - start) % luck.choice((1, 2, 4))
        value = luck.choice((*_NUMBERS, luck.randrange(len(data) // size + 2)))
        out[at : at + 4] = struct.pack("<I", value)
    return bytes(out[: len(data)])


def biff_mutant(data: bytes, luck: random.Random) -> bytes:
    """Records of the workbook's stream lost, twice, swapped, of another number, length or content."""
    try:
        container = CompoundFile(data)
        name = next(n for n in ("WORKBOOK", "BOOK") if n in container.streams)
        stream = container.read(name)
        records = _all_records(stream)
    except (PerfxlError, StopIteration):
        return bytes_mutant(data, luck)
    changed = records_mutant(stream, records, luck)
    # The sectors stay where they are: what is longer loses its end, what is shorter is filled up.
    changed = changed[: len(stream)].ljust(len(stream), b"\0")
    out = bytearray(data)
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    for number, sector in enumerate(_sectors(container, name)):
        piece = changed[number * size : (number + 1) * size]
        out[(sector + 1) * size : (sector + 1) * size + len(piece)] = piece
    return bytes(out)


def _sectors(container: CompoundFile, name: str) -> list[int]:
    """The sectors of a stream; none of one so short that it shares them."""
    start, size = container.streams[name.upper()]
    return [] if size < container._cutoff else ole._follow(start, container._table)


def _all_records(stream: bytes) -> list[tuple[int, int]]:
    """Where the records of all substreams begin and end, one behind the other."""
    found: list[tuple[int, int]] = []
    at = 0
    while at + 4 <= len(stream) and stream[at : at + 2] != b"\0\0":
        end = at + 4 + struct.unpack_from("<H", stream, at + 2)[0]
        found.append((at, min(end, len(stream))))
        at = end
    return found


def _wide_records(part: bytes) -> list[tuple[int, int]]:
    """Where the records of a part of an .xlsb begin and end."""
    spans = []
    at = 0
    while at < len(part):
        start = at
        at += 2 if part[at] & 0x80 else 1
        length = bits = 0
        while at < len(part) and bits <= 21:
            byte = part[at]
            length |= (byte & 0x7F) << bits
            bits += 7
            at += 1
            if not byte & 0x80:
                break
        at += length
        spans.append((start, min(at, len(part))))
    return spans


def records_mutant(data: bytes, spans: Sequence[tuple[int, int]], luck: random.Random) -> bytes:
    """Records lost, twice, swapped, or mutated in their first bytes or inside."""
    pieces = [data[start:end] for start, end in spans]
    if not pieces:
        return bytes_mutant(data, luck)
    for _ in range(luck.choice((1, 1, 2, 4, 12))):
        if not pieces:
            break
        at = luck.randrange(len(pieces))
        piece = bytearray(pieces[at])
        how = luck.randrange(7)
        if how == 0:
            del pieces[at]
        elif how == 1:
            pieces.insert(at, bytes(piece))
        elif how == 2:
            other = luck.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif how == 3:  # number and length
            piece[luck.randrange(min(4, len(piece)))] = luck.randrange(256)
            pieces[at] = bytes(piece)
        elif how == 4 and len(piece) > 8:
            place = luck.randrange(4, len(piece) - 3)
            piece[place : place + 4] = struct.pack("<I", luck.choice(_NUMBERS))
            pieces[at] = bytes(piece)
        elif how == 5:  # shorter than it says
            pieces[at] = bytes(piece[: luck.randrange(len(piece) + 1)])
        else:  # shorter, and says so
            length = luck.randrange(max(len(piece) - 3, 1))
            if len(piece) >= 4:
                pieces[at] = (
                    bytes(piece[:2]) + struct.pack("<H", length) + bytes(piece[4 : 4 + length])
                )
    return b"".join(pieces)
