"""The painted copy: the submitted workbook with every cell coloured by what it was taken for."""

from collections.abc import Sequence

from perfxl.forms.model import Form
from perfxl.forms.painting import COLOURS, LABEL, annotate
from perfxl.grid.document import Document
from perfxl.ooxml import origin
from perfxl.ooxml.edit import WorkbookEditor
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook
from perfxl.texts import Texts


def paint(document: Document, forms: Sequence[Form], texts: Texts) -> bytes:
    """The painted copy of a file, redrawn where its format cannot be edited in place."""
    book = document.book
    if book is None:
        from perfxl.books import redrawn  # noqa: PLC0415  # only for old formats

        book = Workbook(Package.open(redrawn.redraw(document.grids)))
    editor = WorkbookEditor(book, texts.get("marks/author"), origin.PAINTED)
    for form in forms:
        sheet = editor.sheet(form.sheet_index)
        for cell in annotate(form, document.grids[form.sheet_index]):
            sheet.fill(cell.area.top, cell.area.left, COLOURS[cell.group])
            if cell.group != LABEL:
                sheet.note(cell.area.top, cell.area.left, texts.field(cell.field, cell.how))
    return editor.save()
