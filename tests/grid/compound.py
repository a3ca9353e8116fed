"""Compound files and binary workbooks written by hand, for what other programs do not write."""

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_SECTOR = 512


def compound(streams: dict[str, bytes], nested: dict[str, bytes] | None = None) -> bytes:
    """A compound file of streams under the root, and others inside a storage named Pool."""
    every = [*streams.items(), *(nested or {}).items()]
    sectors: list[bytes] = []
    table: list[int] = []
    starts = []
    for _, content in every:
        # Below 4096 bytes a stream would live in the mini stream.
        content = content.ljust(4096, b"\0")  # noqa: PLW2901
        starts.append(len(sectors))
        pieces = [content[i : i + _SECTOR] for i in range(0, len(content), _SECTOR)]
        table += [len(sectors) + i + 1 for i in range(len(pieces) - 1)] + [_END]
        sectors += [piece.ljust(_SECTOR, b"\0") for piece in pieces]
    count = len(streams)
    entries = [_entry("Root Entry", 5, child=1)]
    for i, (name, content) in enumerate(every):
        last = i == count - 1
        right = i + 2 if i + 1 < count or (last and nested) else _NONE
        right = right if i < count else _NONE
        if last and nested:
            right = len(every) + 1
        entries.append(_entry(name, 2, right=right, start=starts[i], size=max(len(content), 4096)))
    if nested:
        entries.append(_entry("Pool", 1, child=count + 1))
    listing = b"".join(entries)
    listing += b"\0" * (-len(listing) % _SECTOR)
    directory = len(sectors)
    pieces = [listing[i : i + _SECTOR] for i in range(0, len(listing), _SECTOR)]
    table += [directory + i + 1 for i in range(len(pieces) - 1)] + [_END]
    sectors += pieces
    size = -(-(len(table) + 8) // 128)
    where = list(range(len(sectors), len(sectors) + size))
    table += [0xFFFFFFFD] * size
    table += [_NONE] * (size * 128 - len(table))
    raw = struct.pack(f"<{len(table)}I", *table)
    sectors += [raw[i : i + _SECTOR] for i in range(0, len(raw), _SECTOR)]
    head = MAGIC + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<8I", size, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *where, *[_NONE] * (109 - size))
    return head + b"".join(sectors)


def _entry(  # the fields of a directory entry
    name: str, kind: int, *, right: int = _NONE, child: int = _NONE, start: int = 0, size: int = 0
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return (
        head
        + struct.pack("<III", _NONE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def wide(text: str, width: int = 2) -> bytes:
    """A string of BIFF8 in 16 bits a character."""
    raw = text.encode("utf-16-le")
    return (len(raw) // 2).to_bytes(width, "little") + b"\1" + raw


BOF8 = record(0x809, struct.pack("<HH", 0x600, 5) + b"\0" * 12)
BOF5 = record(0x809, struct.pack("<HH", 0x500, 5) + b"\0" * 4)
EOF = record(0x0A)


def workbook(shared: bytes, cells: bytes, *, version: int = 8, name: bytes = b"") -> bytes:
    """A workbook of one sheet: the records that sheets share, and those of the sheet."""
    bof = BOF8 if version == 8 else BOF5
    name = name or (wide("表", 1) if version == 8 else b"\x02\xb1\xed")
    length = len(bof) + len(shared) + 4 + 6 + len(name) + len(EOF)
    bound = record(0x85, struct.pack("<IBB", length, 0, 0) + name)
    stream = bof + shared + bound + EOF + bof + cells + EOF
    return compound({"Workbook" if version == 8 else "Book": stream})


def cell(row: int, col: int, rest: bytes, style: int = 0) -> bytes:
    return struct.pack("<HHH", row, col, style) + rest
