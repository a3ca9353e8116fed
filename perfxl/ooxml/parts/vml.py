"""The boxes of notes: a VML part, edited as text because Excel's own may be ill-formed XML."""

import re
from collections.abc import Iterable
from typing import NamedTuple

BLOCK = 1024
_IDMAP = re.compile(rb'(<o:idmap\b[^<>]*?\bdata=)(["\'])([^"\']*)\2')
_SHAPE_ID = re.compile(rb"_s([0-9]{4,10})\b")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_HEIGHT = re.compile(rb"(\bheight:)[0-9.]+(?:pt|px|in|mm|cm)?")
_WIDTH = re.compile(rb"(\bwidth:)[0-9.]+(?:pt|px|in|mm|cm)?")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^<>]*>\s*)*<xml[\s>]")
_NAMESPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202"%b coordsize="21600,21600" o:spt="202"'
    b' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    b'<v:shape id="_x0000_s%d"%b type="#_x0000_t202" style="position:absolute;'
    b'margin-left:%dpt;margin-top:%dpt;width:%dpt;height:%dpt;z-index:%d;visibility:hidden"'
    b' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%b</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)


class Box(NamedTuple):
    """A note's box; pixels at 96 to the inch.

    Attributes:
        row: of the note's cell, counted from 1.
        col: of the note's cell, counted from 1.
        anchor: left column, offset, top row, offset, right column, offset, bottom row, offset;
            columns and rows counted from 0.
        left: from the sheet's edge.
        top: from the sheet's edge.
        width: of the box.
        height: of the box.

    """

    row: int
    col: int
    anchor: tuple[int, ...]
    left: int
    top: int
    width: int
    height: int


def is_drawing(data: bytes) -> bool:
    """Whether a part is VML by its root: ``xml``, in whatever encoding."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode()
    return _ROOT.match(data) is not None


def blocks_used(data: bytes) -> set[int]:
    """The blocks of 1,024 shape ids that a part lays claim to."""
    used = {int(number) // BLOCK for number in _SHAPE_ID.findall(data)}
    for match in _IDMAP.finditer(data):
        used.update(int(number) for number in match[3].split(b",") if number.strip().isdigit())
    return used


def with_boxes(data: bytes | None, boxes: Iterable[Box], first_block: int) -> bytes:
    """A VML part with boxes added; ``None`` makes a new part.

    Args:
        data: the part.
        boxes: to add.
        first_block: the first of the blocks of shape ids that no part of the package uses; as many
            as needed are taken from there on.

    """
    boxes = list(boxes)
    blocks = range(first_block, first_block + (len(boxes) + BLOCK - 2) // (BLOCK - 1))
    listed = b",".join(b"%d" % block for block in blocks)
    if data is None:
        declared = b"".join(b' xmlns:%b="%b"' % pair for pair in _NAMESPACES.items())
        data = (
            b"<xml" + declared + b'><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="'
            + listed + b'"/></o:shapelayout></xml>'
        )  # fmt: skip
        missing = b""
    else:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            data = re.sub(
                rb"^(?:\xef\xbb\xbf)?<\?xml[^<>]*\?>", b"", data.decode("utf-16").encode()
            )
        missing = _missing_namespaces(data)
        data = _claim_block(data, listed, missing)
    shapes = []
    if b'id="_x0000_t202"' not in data and b"id='_x0000_t202'" not in data:
        shapes.append(_SHAPE_TYPE % missing)
    for order, box in enumerate(boxes):
        block, number = divmod(order, BLOCK - 1)
        anchor = b", ".join(b"%d" % value for value in box.anchor)
        points = (round(value * 0.75) for value in (box.left, box.top, box.width, box.height))
        identifier = (first_block + block) * BLOCK + 1 + number
        shapes.append(
            _BOX % (identifier, missing, *points, order + 1, anchor, box.row - 1, box.col - 1)
        )
    close = data.rfind(b"</")
    return data[:close] + b"".join(shapes) + data[close:]


def _missing_namespaces(data: bytes) -> bytes:
    head = data[: data.find(b">", data.find(b"<xml") + 1)]
    if all(b"xmlns:" + prefix + b"=" in head for prefix in _NAMESPACES):
        return b""
    return b"".join(b' xmlns:%b="%b"' % pair for pair in _NAMESPACES.items())


def _claim_block(data: bytes, blocks: bytes, missing: bytes) -> bytes:
    match = _IDMAP.search(data)
    if match:
        known = match[3] + b"," if match[3].strip() else b""
        return data[: match.start(3)] + known + blocks + data[match.end(3) :]
    layout = b'<o:shapelayout%b v:ext="edit"><o:idmap v:ext="edit" data="%b"/></o:shapelayout>'
    root = re.search(rb"<(?![?!])[^<>]*>", data)
    at = root.end() if root else 0
    return data[:at] + layout % (missing, blocks) + data[at:]


def enlarge_box(data: bytes, box: Box) -> bytes:
    """The part with the existing box of a note made at least as large as the given one.

    Nothing else of the box changes; without a box for the cell, nothing at all.
    """
    here = _cell_pattern(box.row, box.col)
    for match in _SHAPE.finditer(data):
        shape = match[0]
        if not here.search(shape):
            continue
        anchor = _ANCHOR.search(shape)
        try:
            edges = [int(number) for number in anchor[2].split(b",")] if anchor else []
        except ValueError:
            return data
        if anchor is None or len(edges) != 8:
            return data
        looks = {_WIDTH: (0, box.width), _HEIGHT: (2, box.height)}
        for pattern, (edge, pixels) in looks.items():
            reach = box.anchor[edge + 4] - box.anchor[edge]
            if edges[edge + 4] - edges[edge] < reach:
                edges[edge + 4] = edges[edge] + reach
                size = rb"\g<1>%dpt" % round(pixels * 0.75)
                shape = pattern.sub(size, shape, count=1)
        numbers = b", ".join(b"%d" % edge for edge in edges)
        shape = shape.replace(anchor[0], anchor[1] + numbers + anchor[3], 1)
        return data[: match.start()] + shape + data[match.end() :]
    return data


def _cell_pattern(row: int, col: int) -> re.Pattern[bytes]:
    return re.compile(
        rb"<x:Row>\s*%d\s*</x:Row>\s*<x:Column>\s*%d\s*</x:Column>" % (row - 1, col - 1)
    )


def without_boxes(data: bytes, cells: Iterable[tuple[int, int]]) -> bytes:
    """The part without the boxes of the notes of some cells."""
    patterns = [_cell_pattern(row, col) for row, col in cells]

    def kept(match: re.Match[bytes]) -> bytes:
        shape = match[0]
        note = b'ObjectType="Note"' in shape
        return b"" if note and any(here.search(shape) for here in patterns) else shape

    return _SHAPE.sub(kept, data) if patterns else data
