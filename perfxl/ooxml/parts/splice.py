"""Edits of a part's bytes, collected and carried out at once; all other bytes stay."""

import re
from collections.abc import Sequence

from perfxl.ooxml.parts.canonical_xml import Element

_COUNT = re.compile(rb'(\scount=")[0-9]*(")')
_UNPREFIXED = re.compile(rb"<([A-Za-z]\w*)[\s/>]")


class Splices:
    """Replacements and insertions at offsets of some bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._edits: list[tuple[int, int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._edits)

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put new bytes in the place of ``data[start:end]``; no two edits may overlap."""
        self._edits.append((start, end, new))

    def insert(self, at: int, new: bytes) -> None:
        """Put new bytes before an offset; of several at one offset the first stays first."""
        self._edits.append((at, at, new))

    def append_to(self, element: Element, new: bytes, added: int = 0) -> None:
        """Put new bytes at the end of an element's content; its ``count`` is told of new items.

        A closed tag is opened. An element may be appended to once.
        """
        attrs = element.attributes
        if added:
            attrs = _COUNT.sub(lambda match: match[1] + b"%d" % added + match[2], attrs)
        if element.empty:
            name = element.name
            tag = b"<" + name + attrs.rstrip() + b">" + new + b"</" + name + b">"
            self.replace(element.start, element.end, tag)
            return
        if attrs != element.attributes:
            self.replace(element.start, element.inside, b"<" + element.name + attrs + b">")
        self.insert(close_of(self.data, element), new)

    def result(self) -> bytes:
        """The bytes with all edits in them."""
        out: list[bytes] = []
        at = 0
        # By start, then end: what is inserted before a replaced stretch stays before it.
        for start, end, new in sorted(self._edits, key=_range):
            out += (self.data[at:start], new)
            at = end
        out.append(self.data[at:])
        return b"".join(out)


def _range(edit: tuple[int, int, bytes]) -> tuple[int, int]:
    return edit[0], edit[1]


def close_of(data: bytes, element: Element) -> int:
    """Where the closing tag of an element begins; after the tag of a closed one."""
    return element.end if element.empty else data.rfind(b"</", element.inside, element.end)


def place_for(
    data: bytes, parts: Sequence[Element], name: bytes, order: Sequence[bytes], end: int
) -> int:
    """The offset where a new element belongs among its siblings.

    Args:
        data: the part.
        parts: the siblings, in the part's order.
        name: of the new element.
        order: the names in the order that the schema demands.
        end: where the content of their parent ends.

    """
    rank = order.index(name)
    for part in parts:
        known = part.name
        if known not in order:
            # A choice between versions: it stands where what is inside it would stand.
            inner = _UNPREFIXED.search(data, part.inside, part.end)
            known = inner[1] if inner else known
        if known in order and order.index(known) > rank:
            return part.start
    return end
