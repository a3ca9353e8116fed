"""What tests of the editor share: opening, and comparing files part by part."""

import io
import warnings
from collections import Counter

import openpyxl
from lxml import etree
from python_calamine import CalamineWorkbook

from perfxl.ooxml.edit import WorkbookEditor
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook
from tests.ooxml.builders import parts


def book_of(data: bytes) -> Workbook:
    return Workbook(Package.open(data))


def editor_of(data: bytes) -> WorkbookEditor:
    return WorkbookEditor(book_of(data))


def values(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    """What an independent reader finds in every sheet, blanks left out."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        sheet.name: {
            (row, col): value
            for row, line in enumerate(
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), 1
            )
            for col, value in enumerate(line, 1)
            if value != ""
        }
        for sheet in book.sheets_metadata
    }


def opened(data: bytes):
    with warnings.catch_warnings():
        # It warns of what it will not keep, which is why it does not write here.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def multiset(content: bytes) -> Counter:
    """Every element and attribute of a part, counted; sizes of lists and areas left out."""
    found: Counter = Counter()
    for element in etree.fromstring(content).iter(etree.Element):
        found[element.tag] += 1
        for key, value in element.attrib.items():
            if key not in {"count", "spans"}:
                found[element.tag, key, value] += 1
        for prefix, uri in element.nsmap.items():
            if element.getparent() is None:
                found["xmlns", prefix, uri] += 1
    return found


def lost(before: bytes, after: bytes) -> Counter:
    return multiset(before) - multiset(after)


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """The parts of a file that its marked copy has otherwise."""
    new = parts(after)
    return {name for name, content in parts(before).items() if new.get(name) != content}
