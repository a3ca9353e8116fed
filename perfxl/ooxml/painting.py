"""Conditional formats of a sheet that paint over the fill of a cell: rules with a fill, bars, scales."""

import re

from perfxl.errors import UsageError
from perfxl.ooxml.address import Span, span
from perfxl.ooxml.parts.canonical_xml import attributes
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.parts.styles import Styles

_FORMAT = re.compile(
    rb"<(?:\w+:)?conditionalFormatting\b([^<>]*)>(.*?)</(?:\w+:)?conditionalFormatting>", re.DOTALL
)
_RULE = re.compile(rb"<(?:\w+:)?cfRule\b([^<>]*)>")
# In the extensions of newer programs the cells stand in an element of their own.
_CELLS = re.compile(rb"<(?:\w+:)?sqref>([^<]*)</")
_PAINTING = {b"dataBar", b"colorScale"}


def painted_areas(scan: SheetScan, styles: Styles) -> list[Span]:
    """The areas in which a conditional format may hide the fill of a cell."""
    if b"onditionalFormatting" not in scan.data:
        return []
    found: list[Span] = []
    for match in _FORMAT.finditer(scan.data):
        if not any(_paints(tag, match[2], styles) for tag in _RULE.findall(match[2])):
            continue
        cells = attributes(match[1]).get(b"sqref")
        inside = _CELLS.search(match[2])
        references = cells or (inside[1] if inside else b"")
        for reference in references.decode().split():
            try:
                found.append(span(reference))
            except UsageError:
                continue
    return found


def _paints(tag: bytes, body: bytes, styles: Styles) -> bool:
    rule = attributes(tag)
    if rule.get(b"type") in _PAINTING:
        return True
    number = rule.get(b"dxfId", b"")
    if number.isdigit():
        return int(number) in styles.painting_formats
    return b"dxf>" in body and b"fill" in body
