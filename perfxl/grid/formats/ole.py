"""The compound file (OLE) that .xls, .et, .doc and encrypted workbooks are: directory, streams.

Only what stands directly under the root is listed: a spreadsheet embedded in a letter has a
Workbook stream too, and does not make the letter a workbook.
"""

import struct

from perfxl.bounds import MOST_ENTRIES
from perfxl.errors import NotAWorkbook

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA  # this and all above are marks, not sectors
_ENTRY = struct.Struct("<64sHBBIII36xIQ")
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """A compound file, read without trust in its chains.

    Attributes:
        streams: name (upper case) → (first sector, size in bytes) of the root's own streams.
    """

    def __init__(self, data: bytes) -> None:
        """Read header, sector table and directory.

        Raises:
            NotAWorkbook: ``damaged-ole``, a header or chain that cannot be.
        """
        try:
            (shift, mini_shift) = struct.unpack_from("<HH", data, 30)
            (tables, directory, _, self._cutoff, mini_table, _, more, _) = struct.unpack_from(
                "<IIIIIIII", data, 44
            )
            if shift not in {9, 12} or mini_shift > shift:
                raise NotAWorkbook("damaged-ole")
            self._data = data
            self._size = 1 << shift
            self._mini_size = 1 << mini_shift
            self._table = self._sector_table(tables, more)
            listing = self._chain(directory)
            entries = self._entries(listing)
            root = entries[0]
            self._mini = self._chain(root[3])[: root[4]] if root[3] < _FREE else b""
            table = self._chain(mini_table) if mini_table < _FREE else b""
            self._mini_table = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        except (struct.error, IndexError) as error:
            raise NotAWorkbook("damaged-ole") from error
        self.streams = {
            name.upper(): (start, size)
            for name, kind, _, start, size in entries[1:]
            if kind == _STREAM
        }

    def read(self, name: str) -> bytes:
        """The bytes of a stream.

        Raises:
            NotAWorkbook: its chain is broken (``damaged-ole``).
        """
        start, size = self.streams[name.upper()]
        if size < self._cutoff:
            unit, table, base = self._mini_size, self._mini_table, self._mini
            content = b"".join(
                base[sector * unit : (sector + 1) * unit] for sector in _follow(start, table)
            )
        else:
            content = self._chain(start)
        if len(content) < size:
            raise NotAWorkbook("damaged-ole")
        return content[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at : at + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(start, self._table)))

    def _sector_table(self, tables: int, more: int) -> tuple[int, ...]:
        sectors = len(self._data) // self._size
        numbers = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _FREE]
        per = self._size // 4 - 1
        seen = set()
        while more < _FREE and more not in seen and len(numbers) < sectors:
            seen.add(more)
            *part, more = struct.unpack(f"<{per + 1}I", self._sector(more))
            numbers += [n for n in part if n < _FREE]
        # No chain can lead to sectors that the file does not have.
        needed = -(-sectors // (self._size // 4))
        raw = b"".join(self._sector(n) for n in numbers[: min(tables, needed)])
        return struct.unpack(f"<{len(raw) // 4}I", raw)

    def _entries(self, listing: bytes) -> list[tuple[str, int, int, int, int]]:
        """The root and its own children: name, kind, child, first sector, size."""
        count = min(len(listing) // 128, MOST_ENTRIES)
        raw = [_ENTRY.unpack_from(listing, i * 128) for i in range(count)]
        result = []
        waiting, seen = [(0, True)], set()
        while waiting:
            number, is_root = waiting.pop()
            if number >= count or number in seen:
                continue
            seen.add(number)
            text, length, kind, _, left, right, child, start, size = raw[number]
            if is_root and kind != _ROOT:
                raise NotAWorkbook("damaged-ole")
            name = text[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            # Old writers leave rubbish in the upper half of the size.
            result.append((name, kind, child, start, size & 0xFFFFFFFF))
            waiting += [(child, False)] if is_root else [(left, False), (right, False)]
        return result


def _follow(start: int, table: tuple[int, ...]) -> list[int]:
    """The sectors of a chain; one that runs in a circle or out of the file is damage."""
    chain: list[int] = []
    sector = start
    while sector < _FREE:
        if sector >= len(table) or len(chain) > len(table):
            raise NotAWorkbook("damaged-ole")
        chain.append(sector)
        sector = table[sector]
    return chain
