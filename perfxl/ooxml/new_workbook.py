"""A workbook made from nothing: the least package that holds some sheets of our own."""

from collections.abc import Collection, Sequence

from perfxl.ooxml.newsheet import NewSheet, render
from perfxl.ooxml.parts.archive import pack, write
from perfxl.ooxml.parts.names import sheet_name
from perfxl.ooxml.parts.strings import xml_text
from perfxl.ooxml.parts.styles import Styles, empty_styles

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook(sheets: Sequence[NewSheet], hidden: Collection[int] = ()) -> bytes:
    """The bytes of an .xlsx with some sheets; the same sheets give the same bytes.

    Args:
        sheets: at least one.
        hidden: which of them are hidden, counted from 0; never all.
    """
    styles = Styles(empty_styles(_MAIN))
    taken: set[str] = set()
    parts: list[tuple[str, str]] = []
    entries: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        name = sheet_name(sheet.name or f"Sheet{number}", taken)
        taken.add(name.casefold())
        state = ' state="hidden"' if number - 1 in hidden and len(hidden) < len(sheets) else ""
        entries.append(
            f'<sheet name="{xml_text(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        )
        content = render(sheet, styles, _MAIN, has_views=True).decode()
        parts.append((f"xl/worksheets/sheet{number}.xml", content))
    count = len(sheets)
    first = min((i for i in range(count) if i not in hidden), default=0)
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView activeTab="{first}"/></bookViews>'
        f"<sheets>{''.join(entries)}</sheets></workbook>"
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    relations += f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    members = [
        ("[Content_Types].xml", _HEAD + (
            f'<Types xmlns="{_TYPES}">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{types}</Types>'
        )),
        ("_rels/.rels", _HEAD + (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        )),
        ("xl/workbook.xml", _HEAD + book),
        ("xl/_rels/workbook.xml.rels", _HEAD + f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'),
        *parts,
    ]  # fmt: skip
    packed = [pack(name, content.encode()) for name, content in members]
    return write([*packed, pack("xl/styles.xml", styles.result())])
