"""Which sheet of a copy is seen when it is opened."""

import re

from perfxl.ooxml.draft import Draft
from perfxl.ooxml.parts.workbook import Workbook

_VIEW = re.compile(rb"<workbookView\b([^<>]*?)(\s*/?)>")
_ACTIVE = re.compile(rb'\sactiveTab="[^"]*"')
_SHEET_VIEW = re.compile(rb"<(?:\w+:)?sheetView\s[^<>]*>")
_SELECTED = re.compile(rb"\stabSelected=(?:\"[^\"]*\"|'[^']*')")
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b")


def activate_sheet(data: bytes, index: int) -> bytes:
    """A plain workbook part whose first window shows the sheet of an index.

    A workbook without a window is left as it is: it opens on its first sheet.
    """

    def active(match: re.Match[bytes]) -> bytes:
        attrs = _ACTIVE.sub(b"", match[1])
        return b'<workbookView%b activeTab="%d"%b>' % (attrs, index, match[2])

    return _VIEW.sub(active, data, count=1)


def deselect_sheets(draft: Draft, book: Workbook) -> None:
    """Have none of a workbook's own sheets selected.

    Two selected sheets are a group: what is typed into one of them goes into the other as well.
    """
    for sheet in book.sheets:
        if not sheet.part or book.package.find(sheet.part) is None:
            continue
        data = draft.changed.get(sheet.part) or book.package.read(sheet.part)
        cells = _CELLS.search(data)
        head = data[: cells.start()] if cells else data
        free = _SHEET_VIEW.sub(lambda tag: _SELECTED.sub(b"", tag[0]), head)
        if free != head:
            draft.put(sheet.part, free + data[len(head) :])
