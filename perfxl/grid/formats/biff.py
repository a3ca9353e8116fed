"""The records of a binary Excel file (BIFF5 and BIFF8): split, and their strings read."""

import struct
from collections.abc import Iterator

from perfxl.bounds import MOST_CELLS, MOST_RECORDS, MOST_STRINGS
from perfxl.errors import NotAWorkbook, TooLarge

# Record numbers of [MS-XLS].
BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
FILEPASS, CODEPAGE, DATE1904, BOUNDSHEET = 0x2F, 0x42, 0x22, 0x85
SST, FORMAT, XF = 0xFC, 0x41E, 0xE0
_CODEPAGES = {1200: "utf-16-le", 10008: "gb2312", 65001: "utf-8", 32768: "mac-roman"}


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """Record number, and where its content begins and ends; up to the EOF of the substream.

    Raises:
        NotAWorkbook: a record that runs past the end, or none that ends the substream
            (``damaged-record``).
    """
    at, end = start, len(stream)
    depth = count = 0
    while at + 4 <= end:
        count += 1
        if count > MOST_RECORDS:
            raise TooLarge("too-many-cells", limit=MOST_CELLS)
        number, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + length > end:
            raise damage(number, at)
        yield number, at, at + length
        at += length
        # A chart inside a sheet is a substream of its own.
        if number == BOF:
            depth += 1
        elif number == EOF:
            depth -= 1
            if depth <= 0:
                return
    raise NotAWorkbook("damaged-record", offset=at)


def damage(number: int, at: int) -> NotAWorkbook:
    """The error of a record that does not hold what it must."""
    return NotAWorkbook("damaged-record", record=number, offset=at)


def codec(codepage: int) -> str:
    """The Python codec of a code page number; that of Chinese Windows where it is unknown."""
    name = _CODEPAGES.get(codepage, f"cp{codepage}")
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return "gb18030" if name == "cp936" else name


def text_at(stream: bytes, at: int, end: int, width: int, encoding: str | None) -> str:
    """A string with its length before it.

    Args:
        stream: the file's stream.
        at: where the length stands.
        end: where the record ends.
        width: of the length, 1 or 2 bytes.
        encoding: the codec of a BIFF5 file; None for BIFF8, whose strings say it themselves.

    Raises:
        NotAWorkbook: the string does not end within its record (``damaged-record``).
    """
    start = at
    count = int.from_bytes(stream[at : at + width], "little")
    at += width
    size, name = count, encoding or "latin-1"
    if encoding is None and at < end:
        flags = stream[at]
        at += 1 + (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
        if flags & 1:
            size, name = 2 * count, "utf-16-le"
    if at + size <= end:
        return stream[at : at + size].decode(name, "replace")
    blocks = collect_blocks(stream, start, end)
    if len(blocks) == 1 or encoding is not None or width == 1:
        raise NotAWorkbook("damaged-record", offset=start)
    return _Blocks(blocks).string()


def collect_blocks(stream: bytes, at: int, end: int) -> list[bytes]:
    """What a record holds from an offset on, and the records that continue it."""
    blocks = [stream[at:end]]
    while int.from_bytes(stream[end : end + 2], "little") == CONTINUE:
        at = end + 4
        end = at + int.from_bytes(stream[end + 2 : at], "little")
        blocks.append(stream[at:end])
    return blocks


def shared_strings(blocks: list[bytes]) -> list[str]:
    """The shared strings: an SST record and those that continue it.

    A string may be cut anywhere between characters; then the next block begins with a byte that
    says anew how wide its characters are.

    Raises:
        NotAWorkbook: the record ends inside a string (``damaged-record``).
    """
    reader = _Blocks(blocks)
    (count,) = struct.unpack("<I", reader.take(8)[4:])
    if count > MOST_STRINGS:
        raise TooLarge("too-many-cells", limit=MOST_CELLS)
    return [reader.string() for _ in range(count)]


class _Blocks:
    def __init__(self, blocks: list[bytes]) -> None:
        self._blocks = blocks
        self._number = 0
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next bytes, across blocks if need be."""
        block = self._blocks[self._number]
        piece = block[self._at : self._at + count]
        self._at += len(piece)
        while len(piece) < count:
            self._next()
            more = self._blocks[self._number][: count - len(piece)]
            self._at = len(more)
            piece += more
        return piece

    def _next(self) -> None:
        self._number += 1
        self._at = 0
        if self._number >= len(self._blocks):
            raise NotAWorkbook("damaged-record", record=CONTINUE)

    def string(self) -> str:
        block, at = self._blocks[self._number], self._at
        if at + 3 <= len(block) and block[at + 2] < 2:
            # Nearly every string: no runs, nothing cut.
            size = int.from_bytes(block[at : at + 2], "little") << block[at + 2]
            if at + 3 + size <= len(block):
                self._at = at + 3 + size
                encoding = "utf-16-le" if block[at + 2] else "latin-1"
                return block[at + 3 : self._at].decode(encoding, "replace")
        elif at >= len(block):
            self._next()
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        parts: list[str] = []
        wide = flags & 1
        while count:
            block = self._blocks[self._number]
            room = (len(block) - self._at) // (2 if wide else 1)
            size = min(count, room)
            raw = block[self._at : self._at + size * (2 if wide else 1)]
            parts.append(raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            self._at += len(raw)
            count -= size
            if count:
                self._next()
                wide = int.from_bytes(self._blocks[self._number][:1], "little") & 1
                self._at = 1
        self._skip(4 * runs + extra)
        text = parts[0] if len(parts) == 1 else "".join(parts)
        # A surrogate pair may be cut in two by the blocks.
        if any("\ud800" <= c <= "\udfff" for part in parts for c in (part[:1], part[-1:])):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _skip(self, count: int) -> None:
        while count:
            room = len(self._blocks[self._number]) - self._at
            if count <= room:
                self._at += count
                return
            count -= room
            self._next()
