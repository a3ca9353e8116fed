"""The editor: a copy of a workbook with fills, values, notes and sheets added, nothing lost."""

from functools import cached_property

from perfxl.ooxml import append_sheets, certainty, marks, opening, origin, strip, workbookedit
from perfxl.ooxml.address import Span, letters
from perfxl.ooxml.draft import Draft
from perfxl.ooxml.extent import printed_area
from perfxl.ooxml.newsheet import NewSheet
from perfxl.ooxml.notes import SheetNotes
from perfxl.ooxml.painting import painted_areas
from perfxl.ooxml.parts import archive, vml
from perfxl.ooxml.parts.names import quote_sheet_name, sheet_name
from perfxl.ooxml.parts.workbook import DefinedName, Workbook
from perfxl.ooxml.sheetedit import EditRefused, SheetEditor

__all__ = ["EditRefused", "SheetMarker", "WorkbookEditor"]


class SheetMarker:
    """What can be done to one sheet of the copy. Rows and columns are counted from 1."""

    def __init__(self, editor: "WorkbookEditor", index: int) -> None:
        book = editor.book
        sheet = book.sheets[index]
        if sheet.kind != "worksheet":
            raise EditRefused("not-a-worksheet", sheet=sheet.name)
        certainty.check_sheet(book, index)
        self._owner = editor
        self._index = index
        self.cells = SheetEditor(book.scan(index), editor.styles)
        self._notes: SheetNotes | None = None
        self.fill = self.cells.fill
        self.write = self.cells.write
        self.put = self.cells.put
        self.width = self.cells.width
        self.link = self.cells.link

    def note(
        self, row: int, col: int, text: str, *, author: str | None = None, beyond: int = 0
    ) -> bool:
        """Note a text at a cell, or under the note that is there.

        Args:
            row: counted from 1.
            col: counted from 1.
            text: of the note.
            author: where it is not the editor's.
            beyond: the last column that the note's box must not cover.

        Returns:
            False where a threaded comment stands at the cell: it is left alone.

        """
        if self._notes is None:
            book = self._owner.book
            part = book.sheets[self._index].part
            self._notes = SheetNotes(book.package, part, self.cells.scan, self._owner.namespace)
        area = self.cells.area(row, col)
        area = area._replace(right=max(area.right, beyond))
        return self._notes.add(area, text, author or self._owner.author)

    @cached_property
    def printed(self) -> Span:
        """The area that prints where the file states none."""
        book = self._owner.book
        part = book.sheets[self._index].part
        return printed_area(self.cells.scan, self._owner.styles, book.package, part)

    @cached_property
    def painted(self) -> list[Span]:
        """The areas in which a conditional format may hide the fill of a cell."""
        return painted_areas(self.cells.scan, self._owner.styles)

    def print_area(self, area: Span) -> bool:
        """Set the print area unless the sheet has one; whether it was set."""
        return self._owner.define_print_area(self._index, area)

    def touched(self) -> dict[str, set[tuple[int, int]]]:
        """The cells that were marked, by the kind of mark."""
        noted = self._notes.noted if self._notes is not None else set()
        return {
            strip.FILLED: self.cells.filled,
            strip.WRITTEN: self.cells.written,
            strip.BESIDE: self.cells.beside,
            strip.NOTED: noted,
        }

    def build(self, draft: Draft, first_block: int) -> int:
        """Put the sheet's parts into a draft; how many blocks of shape ids were taken."""
        elements: list[tuple[bytes, bytes]] = []
        blocks = 0
        if self._notes is not None:
            elements = self._notes.build(
                draft, first_block, self._owner.relationships, self.cells.widths
            )
            blocks = self._notes.new_boxes // (vml.BLOCK - 1) + 1
        content = self.cells.result(elements)
        if content != self.cells.scan.data:
            draft.put(self._owner.book.sheets[self._index].part, content)
        return blocks


class WorkbookEditor:
    """Collects edits of a workbook; `save` carries them out on a copy."""

    def __init__(self, book: Workbook, author: str = "perfxl", kind: str = origin.MARKED) -> None:
        """Begin.

        Args:
            book: the workbook; it is not changed.
            author: of the notes.
            kind: what the copy is: `origin.MARKED` or `origin.PAINTED`.

        Raises:
            NotAWorkbook: a part that every edit needs is damaged.

        """
        certainty.check_workbook(book)
        self.book = book
        self.author = author
        self.kind = kind
        self.relationships = append_sheets.relationships(book)
        self.namespace = append_sheets.namespace(book)
        self.styles = append_sheets.open_styles(book)
        self._sheets: dict[int, SheetMarker] = {}
        self._new: list[tuple[str, NewSheet]] = []
        self._first: int | None = None
        self._names: list[DefinedName] = []
        self._calculate = False

    def sheet(self, index: int) -> SheetMarker:
        """The sheet of an index, to be edited.

        Raises:
            EditRefused: it holds no cells (``not-a-worksheet``).

        """
        if index not in self._sheets:
            self._sheets[index] = SheetMarker(self, index)
        return self._sheets[index]

    def add_sheet(self, sheet: NewSheet) -> str:
        """Append a sheet; the name that it gets. The copy opens on the one that is ``selected``."""
        name = self.name_of_new(sheet.name)
        if sheet.selected:
            self._first = len(self.book.sheets) + len(self._new)
        self._new.append((name, sheet))
        return name

    def name_of_new(self, wanted: str) -> str:
        """The name that a sheet gets if it is appended next."""
        taken = {known.name.casefold() for known in self.book.sheets}
        taken |= {name.casefold() for name, _ in self._new}
        return sheet_name(wanted, taken)

    def define_print_area(self, index: int, area: Span) -> bool:
        """See `SheetMarker.print_area`."""
        name = "_xlnm.Print_Area"
        known = (*self.book.names, *self._names)
        if any((other.name, other.sheet) == (name, index) for other in known):
            return False
        cells = f"${letters(area.left)}${area.top}:${letters(area.right)}${area.bottom}"
        refers_to = f"{quote_sheet_name(self.book.sheets[index].name)}!{cells}"
        self._names.append(DefinedName(name, index, refers_to, hidden=False))
        return True

    def calculate_on_load(self) -> None:
        """Have formulas computed when the copy is opened: a value was written that one reads."""
        self._calculate = True

    def save(self) -> bytes:
        """The marked copy. The same edits of the same file give the same bytes.

        Raises:
            NotAWorkbook: a part that had to be edited is damaged.
            FileError: the workbook has no room for more styles.

        """
        draft = Draft(self.book.package)
        block = self._first_block() if self._sheets else 1
        for index in sorted(self._sheets):
            block += self._sheets[index].build(draft, block)
        if self._first is not None:
            opening.deselect_sheets(draft, self.book)
        self._build_new_sheets(draft)
        append_sheets.put_styles(draft, self.book, self.styles)
        if self.book.signed:
            _remove_signature(draft)
        for name in self.book.package.names:
            if marks.is_bookkeeping(name):
                draft.remove(name)
        draft.declare_suffix(f"x.{marks.SUFFIX}", marks.CONTENT_TYPE)
        draft.finalize()
        members = draft.members()
        return archive.write([*members, *marks.originals(self.book.package.archive, members)])

    def _first_block(self) -> int:
        package = self.book.package
        used = {0}
        for name in package.names:
            if name.casefold().endswith(".vml"):
                used |= vml.blocks_used(package.read(name))
        return max(used) + 1

    def _build_new_sheets(self, draft: Draft) -> None:
        book = self.book
        data = book.package.plain(book.part)
        names = list(self._names)
        for index, marked in sorted(self._sheets.items()):
            title = book.sheets[index].name
            if not any((n.name, n.sheet) == (strip.AUTHOR, index) for n in book.names):
                names.append(strip.name_of_author(index, self.author))
            for kind, cells in marked.touched().items():
                names += strip.names_of_cells(kind, index, title, cells, book.names)
        listed, defined = append_sheets.append(draft, book, self.styles, self._new)
        first = len(book.sheets)
        names += defined
        names += (
            DefinedName(origin.SHEET_MARK, first + offset, "1", hidden=True)
            for offset in range(len(listed))
        )
        if names:
            forms = map(book.scan, range(first))
            names += origin.names_of_origin(self.kind, forms, book.formats, book.names)
        content = workbookedit.edit_workbook(
            data, listed, names, namespace=self.relationships, calculate=self._calculate
        )
        if self._first is not None:
            content = opening.activate_sheet(content, self._first)
        if content != data:
            draft.put(book.part, content)


def _remove_signature(draft: Draft) -> None:
    """Any edit makes a signature invalid: it goes from the copy, the original keeps its own."""
    package = draft.package
    for relation in package.relations(""):
        if relation.kind == "origin":
            draft.unrelate("", relation.id)
            if package.find(relation.target):
                draft.remove(relation.target)
    for name in package.names:
        if "digital-signature" in package.content_type(name):
            draft.remove(name)
