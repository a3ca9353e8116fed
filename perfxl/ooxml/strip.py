"""Marks taken off a copy that another program saved, as far as they can be told.

Excel keeps no foreign parts, so the way back of `marks` is gone then. What it does keep are hidden
names: one on each sheet of ours, and on each marked sheet names that refer to the coloured, the
written and the noted cells and move with them. Colours that stood under ours are lost by then.
"""

import re
from collections.abc import Iterable, Sequence

from perfxl.errors import UsageError
from perfxl.ooxml.address import Span, letters, span
from perfxl.ooxml.draft import Draft
from perfxl.ooxml.origin import PREFIX, own_sheets
from perfxl.ooxml.parts.archive import write
from perfxl.ooxml.parts.canonical_xml import attributes, unescape
from perfxl.ooxml.parts.comments import without_author
from perfxl.ooxml.parts.names import quote_sheet_name
from perfxl.ooxml.parts.splice import Splices
from perfxl.ooxml.parts.styles import Styles
from perfxl.ooxml.parts.vml import without_boxes
from perfxl.ooxml.parts.workbook import DefinedName, Workbook
from perfxl.ooxml.sheetedit import SheetEditor

AUTHOR = PREFIX + "author"
FILLED, WRITTEN, NOTED = PREFIX + "filled", PREFIX + "written", PREFIX + "noted"
BESIDE = PREFIX + "beside"
# Of the 8,192 characters that a formula may have.
_LONGEST = 7_000
_SHEET = re.compile(rb"<sheet\s([^<>]*?)\s*(?:/>|>\s*</sheet>)")
_NAME = re.compile(rb"<definedName\b([^<>]*)>([^<]*)</definedName>")
_VIEW = re.compile(rb"<workbookView\b[^<>]*>")
_TAB = re.compile(rb'(\s(?:activeTab|firstSheet)=")([0-9]+)"')
_LOCAL = re.compile(rb'(\slocalSheetId=")([0-9]+)"')
_LINK = re.compile(rb"<hyperlink\b([^<>]*?)\s*(?:/>|>\s*</hyperlink>)")
_EMPTY_NAMES = re.compile(rb"<definedNames>\s*</definedNames>")
_EMPTY_LINKS = re.compile(rb"<hyperlinks>\s*</hyperlinks>")


def names_of_cells(
    kind: str,
    index: int,
    sheet: str,
    cells: Iterable[tuple[int, int]],
    taken: Sequence[DefinedName],
) -> list[DefinedName]:
    """Hidden names that refer to cells of a sheet, each short enough for Excel.

    Args:
        kind: `FILLED`, `WRITTEN`, `BESIDE` or `NOTED`.
        index: of the sheet.
        sheet: its name.
        cells: rows and columns.
        taken: names that the workbook has.

    """
    prefix = quote_sheet_name(sheet) + "!"
    known = {name.name for name in taken if name.sheet == index}
    texts: list[str] = []
    for area in _runs(cells):
        text = f"{prefix}${letters(area.left)}${area.top}"
        if (area.top, area.left) != (area.bottom, area.right):
            text += f":${letters(area.right)}${area.bottom}"
        if texts and len(texts[-1]) + len(text) < _LONGEST:
            texts[-1] += "," + text
        else:
            texts.append(text)
    names = []
    number = 1
    for text in texts:
        while f"{kind}{number}" in known:
            number += 1
        known.add(f"{kind}{number}")
        names.append(DefinedName(f"{kind}{number}", index, text, hidden=True))
    return names


def _runs(cells: Iterable[tuple[int, int]]) -> list[Span]:
    """Cells as areas one column wide."""
    runs: list[list[int]] = []
    for col, row in sorted([(col, row) for row, col in cells]):
        if runs and runs[-1][1:] == [col, row - 1]:
            runs[-1][2] = row
        else:
            runs.append([row, col, row])
    return [Span(top, col, bottom, col) for top, col, bottom in runs]


def has_marks(book: Workbook) -> bool:
    """Whether a workbook has names of ours."""
    return any(name.name.startswith(PREFIX) for name in book.names)


def name_of_author(index: int, author: str) -> DefinedName:
    """The hidden name that tells who wrote the notes of a sheet."""
    text = author.replace('"', '""')
    return DefinedName(AUTHOR, index, f'"{text}"', hidden=True)


def _author(book: Workbook, index: int) -> str:
    for name in book.names:
        if name.name == AUTHOR and name.sheet == index:
            return name.refers_to.strip()[1:-1].replace('""', '"')
    return ""


def strip_marks(book: Workbook) -> bytes:
    """The workbook without the sheets, notes, written values and colours that were marks.

    Args:
        book: a marked copy, saved by whatever program.

    Raises:
        FileError: a part is damaged.

    """
    draft = Draft(book.package)
    ours = own_sheets(book)
    if len(ours) >= len(book.sheets):
        ours = set()
    names = {quote_sheet_name(book.sheets[index].name) for index in ours}
    names |= {book.sheets[index].name for index in ours}
    styles_part = book.styles_part
    styles = Styles(book.package.plain(styles_part)) if styles_part else None
    for index, sheet in enumerate(book.sheets):
        if index in ours:
            draft.remove(sheet.part)
        elif sheet.kind == "worksheet":
            _clean_sheet(book, index, styles, draft, names)
            _clean_notes(book, index, draft)
    if styles is not None and styles_part:
        _put(draft, styles_part, styles.result())
    data = book.package.plain(book.part)
    _put(draft, book.part, _without_sheets(book, data, ours, draft))
    draft.finalize()
    return write(draft.members())


def _put(draft: Draft, part: str, content: bytes) -> None:
    if content != draft.package.plain(part):
        draft.put(part, content)


def _clean_sheet(
    book: Workbook, index: int, styles: Styles | None, draft: Draft, names: set[str]
) -> None:
    scan = book.scan(index)
    content = scan.data
    if styles is not None:
        editor = SheetEditor(scan, styles)
        for row, col in _cells_of(book, index, WRITTEN):
            editor.clear(row, col)
        for row, col in _cells_of(book, index, BESIDE):
            editor.wipe(row, col)
        for row, col in _cells_of(book, index, FILLED):
            if (row, col) in scan.places:
                editor.unfill(row, col)
        content = editor.result()
    if names and b"<hyperlink" in content:
        content = _LINK.sub(lambda match: b"" if _leads_to(match[1], names) else match[0], content)
        content = _EMPTY_LINKS.sub(b"", content)
    if content != scan.data:
        draft.put(book.sheets[index].part, content)


def _leads_to(tag: bytes, names: set[str]) -> bool:
    location = unescape(attributes(tag).get(b"location", b"").decode())
    return location.rpartition("!")[0] in names


def _cells_of(book: Workbook, index: int, kind: str) -> set[tuple[int, int]]:
    cells: set[tuple[int, int]] = set()
    for name in book.names:
        if name.sheet != index or not name.name.startswith(kind):
            continue
        for text in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", name.refers_to):
            try:
                area = span(text.rpartition("!")[2])
            except UsageError:
                continue  # the cell was deleted
            # A run that somebody stretched over the whole column is not ours any more.
            if area.bottom - area.top < 2_000 and area.left == area.right:
                cells.update((row, area.left) for row in range(area.top, area.bottom + 1))
    return cells


def _clean_notes(book: Workbook, index: int, draft: Draft) -> None:
    package, part = book.package, book.sheets[index].part
    comments = package.related(part, "comments")
    author = _author(book, index)
    if not author or comments is None or package.find(comments.target) is None:
        return
    noted = _cells_of(book, index, NOTED)
    content, cells = without_author(package.plain(comments.target), author, noted)
    _put(draft, comments.target, content)
    drawing = package.related(part, "vmlDrawing")
    if cells and drawing is not None and package.find(drawing.target):
        data = package.read(drawing.target)
        draft.put(drawing.target, without_boxes(data, cells))


def _without_sheets(book: Workbook, data: bytes, ours: set[int], draft: Draft) -> bytes:
    left = [index for index in range(len(book.sheets)) if index not in ours]
    moved = {old: new for new, old in enumerate(left)}
    splices = Splices(data)
    for index, match in enumerate(_SHEET.finditer(data)):
        if index in ours:
            splices.replace(*match.span(), b"")
            for key, value in attributes(match[1]).items():
                if key.endswith(b":id"):
                    draft.unrelate(book.part, value.decode())
    for match in _NAME.finditer(data):
        splices.replace(*match.span(), _name_kept(match[0], match[1], ours, moved))
    if ours:
        for match in _VIEW.finditer(data):
            splices.replace(*match.span(), _renumber(_TAB, match[0], moved))
    return _EMPTY_NAMES.sub(b"", splices.result())


def _name_kept(name: bytes, tag: bytes, ours: set[int], moved: dict[int, int]) -> bytes:
    entry = attributes(tag)
    local = int(entry.get(b"localSheetId", b"-1"))
    if entry.get(b"name", b"").startswith(PREFIX.encode()) or local in ours:
        return b""
    return _renumber(_LOCAL, name, moved)


def _renumber(pattern: re.Pattern[bytes], tag: bytes, moved: dict[int, int]) -> bytes:
    """A tag with the indexes of sheets that a pattern finds brought up to date."""
    return pattern.sub(lambda match: b'%b%d"' % (match[1], moved.get(int(match[2]), 0)), tag)
