"""The marked copy: the submitted file itself, edited in place, with everything found made visible."""

from collections.abc import Sequence

from perfxl.books import margin, plan, result_sheet, steps_sheet
from perfxl.books.margin import Frame, Position, Room
from perfxl.books.plan import Plan
from perfxl.books.result_sheet import ResultSheet
from perfxl.errors import FileError, UsageError
from perfxl.grid.document import Document
from perfxl.ooxml.address import Span, a1, span
from perfxl.ooxml.edit import EditRefused, SheetMarker, WorkbookEditor
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.styles import Styles
from perfxl.ooxml.parts.workbook import Workbook
from perfxl.rules.audit import Audit
from perfxl.rules.keys import Decisions
from perfxl.texts import Texts

STRONG = {margin.ERROR: "C00000", margin.WARNING: "BF8F00", margin.FILLED: "2F75B5"}
"""Colour of a mark → that of the frame it gets where something may hide the fill."""
GRID = "A6A6A6"
MOST_NAMED = 8
"""Of cells that are named in a remark."""


def mark(
    document: Document, audits: Sequence[Audit], texts: Texts, decisions: Sequence[Decisions] = ()
) -> bytes:
    """The marked copy of a file: itself, edited in place, or redrawn where that cannot be.

    Args:
        document: the submitted file; not changed.
        audits: the audits of its forms.
        texts: the language of notes and sheets.
        decisions: what people decided of each form's findings, to stand beside them.

    Raises:
        FileError: a part that has to be edited is damaged.
    """
    remark = texts.get("result/redrawn", format=document.format)
    if document.book is not None:
        try:
            return _marked(document, document.book, audits, texts, "", decisions)
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
    return _marked(document, book, audits, texts, remark, decisions)


def _marked(
    document: Document,
    book: Workbook,
    audits: Sequence[Audit],
    texts: Texts,
    first_remark: str,
    decisions: Sequence[Decisions],
) -> bytes:
    editor = WorkbookEditor(book, author=texts.get("marks/author"))
    title = editor.name_of_new(texts.get("result/sheet"))
    results = result_sheet.draw(audits, texts, title, document.name, first_remark, decisions)
    remarks: list[str] = []
    formulas = False
    for index, marks in plan.plans(audits, texts, rooms_of(editor, audits)).items():
        sheet = editor.sheet(index)
        remarks += _apply(sheet, marks, editor.styles, results, texts)
        if marks.margins:
            _draw_margin(sheet, marks, editor.styles, results)
        formulas = formulas or any(cell.formula for cell in document.grids[index].cells.values())
        if book.scan(index).protected:
            remarks.append(texts.get("result/protected"))
        if marks.values and formulas:
            # A filled score may feed a sum: have it computed when the copy is opened.
            editor.calculate_on_load()
    if book.signed:
        remarks.append(texts.get("result/signature"))
    editor.add_sheet(results.finished(remarks))
    editor.add_sheet(steps_sheet.build(audits, texts))
    return editor.save()


def rooms_of(editor: WorkbookEditor, audits: Sequence[Audit]) -> dict[int, Room]:
    """The room beside the forms of each sheet that holds any."""
    rooms = {}
    for index in {audit.form.sheet_index for audit in audits}:
        sheet = editor.sheet(index)
        scan = sheet.cells.scan
        stated = _print_areas(editor.book, index)
        right = max(area.right for area in stated) if stated else sheet.printed.right
        taken = {cell.col for cell in scan.cells}
        for area in scan.merges:
            taken.update(range(area.left, min(area.right, plan.FAR) + 1))
        rooms[index] = Room(right, frozenset(taken), scan.heights)
    return rooms


def _print_areas(book: Workbook, index: int) -> list[Span]:
    """The print area that a sheet states, as far as it is one of cells."""
    found = []
    for name in book.names:
        if name.name != "_xlnm.Print_Area" or name.sheet != index:
            continue
        for part in name.refers_to.split(","):
            try:
                found.append(span(part.rpartition("!")[2]))
            except UsageError:
                continue
    return [area for area in found if area.right < plan.FAR]


def _apply(
    sheet: SheetMarker, marks: Plan, styles: Styles, results: ResultSheet, texts: Texts
) -> list[str]:
    """Put the marks on the form's own cells; what is to be said of them, in words."""
    for (row, col), value in marks.values.items():
        try:
            bare = not styles.is_visible(sheet.cells.style_at(row, col))
            # A cell that the file says nothing of looks as the one beside it.
            beside = (row, col - 1) if bare and (row, col - 1) in sheet.cells.scan.places else None
            sheet.write(row, col, value, number_format=plan.POINTS, style_of=beside)
        except EditRefused:
            # A formula without a cached result: never overwritten.
            marks.fills.pop((row, col), None)
            marks.notes.pop((row, col), None)
    painted = sheet.painted
    framed: list[Position] = []
    for (row, col), colour in marks.fills.items():
        hidden_by_format = any(area.covers(row, col) for area in painted)
        sheet.fill(row, col, colour, frame=STRONG[colour] if hidden_by_format else None)
        if hidden_by_format:
            framed.append((row, col))
    remarks = [
        texts.get(f"result/{key}", cells=[a1(*here) for here in cells[:MOST_NAMED]], count=len(cells))
        for key, cells in (("painted", framed), ("out_of_sight", _unseen(sheet, marks)))
        if cells
    ]  # fmt: skip
    for (row, col), text in marks.notes.items():
        short = text
        if len(text) > plan.LONGEST_NOTE:
            short = texts.get("marks/cut", text=text[: plan.LONGEST_NOTE], sheet=results.title)
        shown = [sheet.cells.area(*place).right for place in marks.shown.get((row, col), ())]
        if not sheet.note(row, col, short, beyond=max(shown, default=0)):
            area = sheet.cells.area(row, col)
            remarks.append(texts.get("result/thread", cell=a1(area.top, area.left)))
    return remarks


def _unseen(sheet: SheetMarker, marks: Plan) -> list[Position]:
    """The marked cells that stand in hidden rows or columns."""
    scan = sheet.cells.scan
    if not scan.hidden_rows and not scan.hidden_columns:
        return []
    areas = {here: sheet.cells.area(*here) for here in marks.fills}
    return [
        here
        for here, area in areas.items()
        if scan.hidden_rows.issuperset(range(area.top, area.bottom + 1))
        or scan.hidden_columns.issuperset(range(area.left, area.right + 1))
    ]


def _draw_margin(sheet: SheetMarker, marks: Plan, styles: Styles, results: ResultSheet) -> None:
    """Write the columns beside the forms. They stay out of what the sheet prints."""
    sheet.print_area(sheet.printed)
    for first in {col for col, _ in marks.margins}:
        for offset, width in enumerate(margin.WIDTHS):
            sheet.width(first + offset, width, shown=True)
    looks: dict[tuple[str, bool, bool, bytes], int] = {}
    size = min(margin.FONT_SIZE, styles.default_size)
    heads = marks.heads.keys() - marks.frames.keys()
    whose = _style(styles, Frame("", (0, 0), number=False), b"center", size, bold=True)
    for here in sorted(heads):
        _put(sheet, here, marks.heads[here], whose)
    for here, frame in marks.frames.items():
        vertical = styles.vertical(sheet.cells.style_at(*frame.beside))
        key = (frame.colour, frame.number, frame.wrap, vertical)
        if key not in looks:
            looks[key] = _style(styles, frame, vertical, size)
        value = marks.heads.get(here, marks.margin.get(here))
        if _put(sheet, here, value, looks[key]) and here in marks.leads:
            number, finding = marks.leads[here]
            sheet.link(*here, results.title, results.cell_of(number, finding))


def _style(
    styles: Styles, frame: Frame, vertical: bytes, size: float, *, bold: bool = False
) -> int:
    bold = bold or frame.colour == margin.HEAD
    alignment = b'horizontal="%b" vertical="%b" indent="1"' % (
        b"right" if frame.number else b"left",
        vertical,
    )
    return styles.own(
        styles.font(size=size, colour=None, bold=bold, underline=False),
        styles.fill(frame.colour) if frame.colour else 0,
        styles.border(GRID),
        styles.number_format(plan.POINTS if frame.number else "General"),
        alignment + b' wrapText="1"' * frame.wrap,
    )


def _put(sheet: SheetMarker, here: Position, value: plan.Value, style: int) -> bool:
    """Write a cell of the margin; whether it could be: a span over whole rows may cover it."""
    try:
        sheet.put(*here, value, style)
    except EditRefused:
        return False
    return True
