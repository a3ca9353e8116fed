"""Edits of the workbook part: sheets appended, names defined, calculation asked for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfxl.ooxml.parts.canonical_xml import Element, NotCanonical, children, root
from perfxl.ooxml.parts.splice import Splices, close_of, place_for
from perfxl.ooxml.parts.strings import xml_text
from perfxl.ooxml.parts.workbook import DefinedName

ORDER = (
    b"fileVersion", b"fileSharing", b"workbookPr", b"workbookProtection", b"bookViews", b"sheets",
    b"functionGroups", b"externalReferences", b"definedNames", b"calcPr", b"oleSize",
    b"customWorkbookViews", b"pivotCaches", b"smartTagPr", b"smartTagTypes", b"webPublishing",
    b"fileRecoveryPr", b"webPublishObjects", b"extLst",
)  # fmt: skip
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_FULL = re.compile(rb'\sfullCalcOnLoad="[^"]*"')


class Appended(NamedTuple):
    """A sheet to list: its name, the id of its relationship, its number in the file."""

    name: str
    relation: str
    id: int


def relation_attribute(data: bytes, identifier: str, namespace: str) -> bytes:
    """The attribute ``r:id``, with the prefix that the part has for it or one of its own."""
    declared = re.search(rb'xmlns:([\w.\-]+)="' + namespace.encode() + rb'"', root(data).attributes)
    if declared:
        return b' %b:id="%b"' % (declared[1], identifier.encode())
    return b' xmlns:r="%b" r:id="%b"' % (namespace.encode(), identifier.encode())


def edit_workbook(
    data: bytes,
    sheets: Sequence[Appended],
    names: Sequence[DefinedName],
    *,
    namespace: str,
    calculate: bool,
) -> bytes:
    """A plain workbook part with additions.

    Args:
        data: the part.
        sheets: to list behind the others, so that no index changes.
        names: to define.
        namespace: of relationship attributes.
        calculate: ask for a calculation when the file is opened.

    """
    top = root(data)
    end = close_of(data, top)
    parts = children(data, top.inside, end)
    by_name = {part.name: part for part in parts}
    splices = Splices(data)
    if b"sheets" not in by_name:
        raise NotCanonical
    if sheets:
        listed = b"".join(
            b'<sheet name="%b" sheetId="%d"%b/>'
            % (
                xml_text(sheet.name).encode(),
                sheet.id,
                relation_attribute(data, sheet.relation, namespace),
            )
            for sheet in sheets
        )
        splices.append_to(by_name[b"sheets"], listed)
    if names:
        text = "".join(_write_name(name) for name in names).encode()
        _append(splices, parts, by_name, b"definedNames", text, end)
    if calculate:
        place = by_name.get(b"calcPr")
        if place is None:
            at = place_for(data, parts, b"calcPr", ORDER, end)
            splices.insert(at, b'<calcPr fullCalcOnLoad="1"/>')
        else:
            attrs = _FULL.sub(b"", place.attributes).rstrip()
            tag = b"<calcPr" + attrs + b' fullCalcOnLoad="1"' + (b"/>" if place.empty else b">")
            splices.replace(place.start, place.inside, tag)
    return splices.result()


def _append(
    splices: Splices,
    parts: Sequence[Element],
    by_name: dict[bytes, Element],
    name: bytes,
    content: bytes,
    end: int,
) -> None:
    place = by_name.get(name)
    if place is not None:
        splices.append_to(place, content)
        return
    at = place_for(splices.data, parts, name, ORDER, end)
    splices.insert(at, b"<" + name + b">" + content + b"</" + name + b">")


def _write_name(name: DefinedName) -> str:
    sheet = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    hidden = ' hidden="1"' if name.hidden else ""
    return (
        f'<definedName name="{xml_text(name.name)}"{sheet}{hidden}>'
        f"{xml_text(name.refers_to)}</definedName>"
    )
