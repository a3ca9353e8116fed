"""Marked copies, and what is expected of them."""

import re

from perfxl import texts
from perfxl.books import marked, plan
from perfxl.files.find import Source
from perfxl.jobs import work
from perfxl.ooxml.edit import WorkbookEditor

ZH = texts.load_texts("zh")
ADDED_SHEETS = {"审核结果", "重算过程"}
# Parts that an edit in place may change or add; every other part is copied byte for byte.
EDITED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/styles\.xml|(.*/)?_rels/[^/]*\.rels|xl/worksheets/sheet\d+\.xml"
    r"|xl/comments\d*(/comment)?\d*\.xml|xl/drawings/vmlDrawing\d+\.vml|perfxl/.*"
)


def marking(path):
    """(bytes of a file's marked copy, its audits, the document it was made from)."""
    source = Source(path, path.name)
    result, document = work.audit_file(source, work.Settings())
    assert result.error is None
    return marked.mark(document, result.audits, ZH), result.audits, document


def copy_of(data: bytes, folder, name="表.xlsx") -> bytes:
    path = folder / name
    path.write_bytes(data)
    return marking(path)[0]


def planned(copy, audits, document):
    """What a person expects to be written on the form's own sheets."""
    rooms = marked.rooms_of(WorkbookEditor(document.book), audits)
    return plan.plans(audits, ZH, rooms)
