"""The marked copy: the submitted file itself, edited in place, with everything found made visible."""

from collections.abc import Sequence

from perfxl.books import plan, result_sheet, steps_sheet
from perfxl.books.plan import Plan
from perfxl.errors import FileError, UsageError
from perfxl.grid.document import Document
from perfxl.ooxml.address import Span, span
from perfxl.ooxml.edit import EditRefused, SheetMarker, WorkbookEditor
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.workbook import Workbook
from perfxl.rules.audit import Audit
from perfxl.texts import Texts


def mark(document: Document, audits: Sequence[Audit], texts: Texts) -> bytes:
    """The marked copy of a file: itself, edited in place, or redrawn where that cannot be.

    Args:
        document: the submitted file; not changed.
        audits: the audits of its forms.
        texts: the language of notes and sheets.

    Raises:
        FileError: a part that has to be edited is damaged.
    """
    remark = texts.get("result/redrawn", format=document.format)
    if document.book is not None:
        try:
            return _marked(document, document.book, audits, texts, [])
        except MemoryError:
            raise
        except Exception as error:
            # Redrawn is an .xlsx; under the name of a file with macros no program would open it.
            if document.format != "xlsx":
                raise
            reason = texts.error(error) if isinstance(error, FileError) else type(error).__name__
            remark = texts.get("result/redrawn_uncertain", reason=reason)
    from perfxl.books import redrawn  # noqa: PLC0415  # only where there is nothing to edit

    book = Workbook(Package.open(redrawn.redraw(document.grids)))
    return _marked(document, book, audits, texts, [remark])


def _marked(
    document: Document, book: Workbook, audits: Sequence[Audit], texts: Texts, remarks: list[str]
) -> bytes:
    editor = WorkbookEditor(book, author=texts.get("marks/author"))
    right = {
        grid.index: max(
            [col for _, col in grid.cells]
            + [area.right for area in grid.spans if area.right < 200],
            default=1,
        )
        for grid in document.grids
    }
    formulas = False
    for index, marks in plan.plans(audits, texts, _beyond_print_areas(book, right)).items():
        sheet = editor.sheet(index)
        remarks += _apply(sheet, marks, texts)
        formulas = formulas or any(cell.formula for cell in document.grids[index].cells.values())
        if book.scan(index).protected:
            remarks.append(texts.get("result/protected"))
        if marks.values and formulas:
            # A filled score may feed a sum: have it computed when the copy is opened.
            editor.calculate_on_load()
    if book.signed:
        remarks.append(texts.get("result/signature"))
    editor.add_sheet(result_sheet.build(audits, texts, document.name, remarks))
    editor.add_sheet(steps_sheet.build(audits, texts))
    return editor.save()


def _beyond_print_areas(book: Workbook, right: dict[int, int]) -> dict[int, int]:
    """The last column of each sheet that is used or printed."""
    last = dict(right)
    for name in book.names:
        if name.name != "_xlnm.Print_Area" or name.sheet is None:
            continue
        for area in _areas(name.refers_to):
            if area.right < 200:
                last[name.sheet] = max(last.get(name.sheet, 0), area.right)
    return last


def _areas(refers_to: str) -> list[Span]:
    found = []
    for part in refers_to.split(","):
        try:
            found.append(span(part.rpartition("!")[2]))
        except UsageError:
            continue
    return found


def _apply(sheet: SheetMarker, marks: Plan, texts: Texts) -> list[str]:
    """Carry a plan out on a sheet; what could not be done, in words."""
    remarks: list[str] = []
    for (row, col), value in marks.values.items():
        try:
            sheet.write(row, col, value, number_format=plan.POINTS)
        except EditRefused:
            # A formula without a cached result: never overwritten.
            marks.fills.pop((row, col), None)
            marks.notes.pop((row, col), None)
    for (row, col), colour in marks.fills.items():
        sheet.fill(row, col, colour)
    for (row, col), text in marks.notes.items():
        if not sheet.note(row, col, text):
            area = sheet.cells.area(row, col)
            remarks.append(
                texts.get("result/thread", cell=Span(area.top, area.left, area.top, area.left).a1)
            )
    _margin(sheet, marks)
    return remarks


def _margin(sheet: SheetMarker, marks: Plan) -> None:
    if not marks.margins or marks.area is None:
        return
    sheet.print_area(marks.area)
    for first in {col for col, _ in marks.margins}:
        for offset, width in enumerate(plan.MARGIN_WIDTHS):
            sheet.width(first + offset, width)
    for (row, col), text in marks.heads.items():
        sheet.write(row, col, text, fill="D9E1F2")
    for (row, col), value in marks.margin.items():
        if isinstance(value, str):
            sheet.write(row, col, value)
        else:
            sheet.write(row, col, value, number_format=plan.POINTS)
