"""The same .xlsx package under other conventions: another kind, Strict, a prefix, and zip files."""

import io
import re
import zipfile
from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_TEMPLATE_TYPE = _SHEET_TYPE.replace(b"sheet.main", b"template.main")
# Transitional namespaces and relationship types, the longer before the shorter.
_STRICT = (
    (f"{OFFICE}/relationships/extended-properties", "officeDocument/relationships/extendedProperties"),
    (f"{OFFICE}/relationships", "officeDocument/relationships"),
    (f"{OFFICE}/extended-properties", "officeDocument/extendedProperties"),
    (f"{OFFICE}/docPropsVTypes", "officeDocument/docPropsVTypes"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
    (MAIN, "spreadsheetml/main"),
)  # fmt: skip


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip file of members, each under the zero hour of zip files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relationships(*entries: tuple[str, str]) -> bytes:
    """A relationship part: rId1, rId2, … of (kind, target)."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(entries, 1)
    )
    return _xml(f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>')


def content_types(kinds: dict[str, str]) -> bytes:
    """The list of content types: each part's own, and that of relationships."""
    own = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    return _xml(
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{own}</Types>'
    )


def macro_enabled(data: bytes) -> bytes:
    """An .xlsm (without any macro in it)."""
    return _retyped(data, _MACRO_TYPE)


def template(data: bytes) -> bytes:
    """An .xltx."""
    return _retyped(data, _TEMPLATE_TYPE)


def strict(data: bytes) -> bytes:
    """What Excel calls a Strict Open XML workbook."""

    def change(content: bytes) -> bytes:
        for transitional, name in _STRICT:
            content = content.replace(
                transitional.encode(), b"http://purl.oclc.org/ooxml/" + name.encode()
            )
        return re.sub(rb"<workbook ", b'<workbook conformance="strict" ', content, count=1)

    return _each(data, change)


def prefixed(data: bytes) -> bytes:
    """Every element of the spreadsheet's namespace under the prefix x, as some libraries write."""
    default = f'xmlns="{MAIN}"'.encode()

    def change(content: bytes) -> bytes:
        if default not in content:
            return content
        content = content.replace(default, f'xmlns:x="{MAIN}"'.encode())
        return re.sub(rb"<(/?)([A-Za-z][\w.]*)(?=[\s/>])", rb"<\1x:\2", content)

    return _each(data, change)


def _retyped(data: bytes, kind: bytes) -> bytes:
    return _each(data, lambda content: content.replace(_SHEET_TYPE, kind))


def _each(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: change(archive.read(name)) for name in archive.namelist()})


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()
