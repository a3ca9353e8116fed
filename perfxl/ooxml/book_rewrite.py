"""A workbook whose sheets were written anew: names, pictures, notes and tables follow their rows."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfxl.ooxml import append_sheets, origin, workbookedit
from perfxl.ooxml.draft import Draft
from perfxl.ooxml.formulas import NOTHING, AmbiguousReference, Runs, remap_references
from perfxl.ooxml.newsheet import NewSheet
from perfxl.ooxml.parts import archive
from perfxl.ooxml.parts.canonical_xml import unescape
from perfxl.ooxml.parts.names import quote_sheet_name, sheet_name
from perfxl.ooxml.parts.sheet import SheetScan, scan_sheet
from perfxl.ooxml.parts.strings import xml_text
from perfxl.ooxml.parts.workbook import DefinedName, Workbook
from perfxl.ooxml.rowmap import RowMap
from perfxl.ooxml.workbookedit import Appended

_NAME = re.compile(rb"(<definedName\b[^<>]*>)([^<]*)(</definedName>)")
_LISTED = re.compile(rb'(<sheet\s[^<>]*?\bname=")([^"]*)(")')
_LOCAL = re.compile(rb'localSheetId="([0-9]+)"')
_DRAWN_ROW = re.compile(rb"(<(?:\w+:)?row>)([0-9]+)(</(?:\w+:)?row>)")
_NOTED = re.compile(rb'(<comment\b[^<>]*?\sref=")([A-Z]+[0-9]+)(")')
_BOX_ROW = re.compile(rb"(<x:Row>)([0-9]+)(</x:Row>)")
_BOX_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_TABLE = re.compile(rb'(\sref=")([A-Z]+[0-9]+:[A-Z]+[0-9]+)(")')
_CHARTED = re.compile(rb"(<(?:c:)?f>)([^<]*)(</(?:c:)?f>)")
_KEPT_VALUES = re.compile(rb"<((?:c:)?(?:numCache|strCache))>.*?</\1>", re.DOTALL)
# What a second sheet cannot share with the first.
_OWN_PARTS = re.compile(
    rb"<(drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|tableParts)\b"
    rb"(?:[^<>]*/>|.*?</\1>)",
    re.DOTALL,
)
_RELATION = re.compile(rb'\s\w+:id="[^"]*"')
_LINK_OUT = re.compile(rb"<hyperlink\b[^<>]*\s\w+:id=[^<>]*/>")
_NO_LINKS = re.compile(rb"<hyperlinks>\s*</hyperlinks>")
_SELECTED = re.compile(rb'\stabSelected="[^"]*"')


class RewrittenSheet(NamedTuple):
    """A sheet written anew: its part's bytes, where its rows have gone, the name on its tab."""

    content: bytes
    rows: RowMap
    name: str


class Copy(NamedTuple):
    """A further sheet made from a sheet of the workbook, by that one's index."""

    of: int
    sheet: RewrittenSheet


def write_workbook(
    book: Workbook, sheets: Mapping[int, RewrittenSheet], copies: Sequence[Copy], more: Sequence[NewSheet], *,
    calculate: bool, kind: str = "",
) -> bytes:  # fmt: skip
    """The workbook with sheets written anew.

    Args:
        book: the template; not changed.
        sheets: by index; others stay as they are.
        copies: further sheets of the template, put behind the others.
        more: new sheets behind those.
        calculate: whether formulas have to be computed when the file is opened.
        kind: what the workbook is to be known as (see `origin`); empty: as nothing of perfxl's.

    Raises:
        NotAWorkbook: a part that has to be edited is damaged.
    """
    draft = Draft(book.package)
    maps = {book.sheets[index].name: sheet.rows for index, sheet in sheets.items()}
    for index, sheet in sheets.items():
        draft.put(book.sheets[index].part, sheet.content)
        _follow(draft, book, book.sheets[index].part, sheet.rows, maps)
    _forget_chain(draft, book)
    taken = {sheet.name.casefold() for sheet in book.sheets}
    data, renamed = _renamed(book, sheets, taken)
    data = _names_sent(data, book, maps, renamed)
    listed, names = _copy(draft, book, copies, taken)
    if more:
        styles = append_sheets.open_styles(book)
        titled = [(_free(sheet.name, taken), sheet) for sheet in more]
        new, defined = append_sheets.append(draft, book, styles, titled, len(listed))
        first = len(book.sheets) + len(listed)
        marked = [
            DefinedName(origin.SHEET_MARK, first + n, "1", hidden=True) for n in range(len(new))
        ]
        listed, names = listed + new, names + defined + marked
        append_sheets.put_styles(draft, book, styles)
    if kind:
        scans = [_scanned(book, index, sheets) for index in range(len(book.sheets))]
        scans += [scan_sheet(copy.sheet.content, book.strings) for copy in copies]
        names += origin.names_of_origin(kind, scans, book.formats, book.names)
    namespace = append_sheets.relationships(book)
    draft.put(
        book.part,
        workbookedit.edit_workbook(data, listed, names, namespace=namespace, calculate=calculate),
    )
    draft.finalize()
    return archive.write(draft.members())


def _scanned(book: Workbook, index: int, sheets: Mapping[int, RewrittenSheet]) -> SheetScan:
    """A sheet as it is in the new workbook."""
    made = sheets.get(index)
    return book.scan(index) if made is None else scan_sheet(made.content, book.strings)


def _renamed(
    book: Workbook, sheets: Mapping[int, RewrittenSheet], taken: set[str]
) -> tuple[bytes, dict[str, str]]:
    """The workbook part with the new names on the tabs, and old name → new name."""
    renamed: dict[str, str] = {}
    for index, sheet in sheets.items():
        old = book.sheets[index].name
        if sheet.name != old:
            taken.discard(old.casefold())
            renamed[old] = _free(sheet.name, taken)

    def name(match: re.Match[bytes]) -> bytes:
        old = unescape(match[2].decode())
        return match[1] + xml_text(renamed.get(old, old)).encode() + match[3]

    return _LISTED.sub(name, book.package.plain(book.part)), renamed


def _names_sent(
    data: bytes, book: Workbook, maps: Mapping[str, RowMap], renamed: Mapping[str, str]
) -> bytes:
    def name(match: re.Match[bytes]) -> bytes:
        local = _LOCAL.search(match[1])
        own = book.sheets[int(local[1])].name if local else ""
        refers_to = _refers_to(unescape(match[2].decode()), own, maps)
        for old, new in renamed.items():
            for written_as in (quote_sheet_name(old), old):
                refers_to = refers_to.replace(f"{written_as}!", f"{quote_sheet_name(new)}!")
        return match[1] + xml_text(refers_to).encode() + match[3] if refers_to else b""

    return _NAME.sub(name, data)


def _refers_to(text: str, own: str, maps: Mapping[str, RowMap]) -> str:
    """What a name refers to now; nothing where its rows are gone."""

    def send(sheet: str | None, top: int, bottom: int) -> Runs:
        rows = maps.get(sheet or own)
        return [(top, bottom)] if rows is None else rows.runs(top, bottom)

    try:
        moved = remap_references(text, send)
    except AmbiguousReference:
        return text
    return "" if moved == NOTHING else moved


def _follow(
    draft: Draft, book: Workbook, part: str, rows: RowMap, maps: Mapping[str, RowMap]
) -> None:
    """Pictures, notes and tables of a sheet go where their rows have gone."""
    package = book.package

    def from_zero(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d" % (rows.near(int(match[2]) + 1) - 1) + match[3]

    def anchor(match: re.Match[bytes]) -> bytes:
        numbers = [number.strip() for number in match[2].decode().split(",")]
        if len(numbers) != 8 or not all(number.isdigit() for number in numbers):
            return match[0]
        by = rows.near(int(numbers[2]) + 1) - 1 - int(numbers[2])
        for place in (2, 6):
            numbers[place] = str(int(numbers[place]) + by)
        return match[1] + ", ".join(numbers).encode() + match[3]

    for relation in package.relations(part):
        if relation.external or package.find(relation.target) is None:
            continue
        data = package.read(relation.target)
        if relation.kind == "drawing":
            draft.put(relation.target, _DRAWN_ROW.sub(from_zero, data))
            _charts(draft, book, relation.target, maps)
        elif relation.kind == "comments":
            draft.put(relation.target, _NOTED.sub(
                lambda m: m[1] + rows.one_cell(m[2].decode()).encode() + m[3], data))  # fmt: skip
        elif relation.kind == "vmlDrawing":
            draft.put(relation.target, _BOX_ANCHOR.sub(anchor, _BOX_ROW.sub(from_zero, data)))
        elif relation.kind == "table":
            draft.put(relation.target, _TABLE.sub(
                lambda m: m[1] + _whole(rows.reference(m[2].decode())).encode() + m[3], data))  # fmt: skip


def _charts(draft: Draft, book: Workbook, drawing: str, maps: Mapping[str, RowMap]) -> None:
    """Charts show the rows that theirs have become; what they had kept of the values goes."""

    def send(match: re.Match[bytes]) -> bytes:
        refers_to = _refers_to(unescape(match[2].decode()), "", maps)
        return match[1] + xml_text(refers_to or match[2].decode()).encode() + match[3]

    for relation in book.package.relations(drawing):
        if relation.kind == "chart" and book.package.find(relation.target):
            data = _KEPT_VALUES.sub(b"", book.package.read(relation.target))
            draft.put(relation.target, _CHARTED.sub(send, data))


def _whole(references: str) -> str:
    """One rectangle from the first to the last of several."""
    parts = references.split()
    return f"{parts[0].partition(':')[0]}:{parts[-1].rpartition(':')[2]}" if parts else "A1:A2"


def _forget_chain(draft: Draft, book: Workbook) -> None:
    """The order of calculation names cells; without it, it is worked out anew."""
    for relation in book.package.relations(book.part):
        if relation.kind == "calcChain":
            draft.unrelate(book.part, relation.id)
            if book.package.find(relation.target):
                draft.remove(relation.target)


def _free(wanted: str, taken: set[str]) -> str:
    """A name that no sheet has; now taken."""
    name = sheet_name(wanted, taken)
    taken.add(name.casefold())
    return name


def _copy(
    draft: Draft, book: Workbook, copies: Sequence[Copy], taken: set[str]
) -> tuple[list[Appended], list[DefinedName]]:
    namespace = append_sheets.relationships(book)
    number = max(sheet.id for sheet in book.sheets)
    listed: list[Appended] = []
    names: list[DefinedName] = []
    for offset, (of, sheet) in enumerate(copies):
        part = draft.fresh("xl/worksheets/sheet{}.xml")
        draft.put(part, _alone(sheet.content))
        draft.declare(part, append_sheets.WORKSHEET_TYPE)
        number += 1
        name = _free(sheet.name, taken)
        listed.append(
            Appended(name, draft.relate(book.part, f"{namespace}/worksheet", part), number)
        )
        old = book.sheets[of].name
        for known in book.names:
            if known.sheet == of:
                refers_to = _refers_to(known.refers_to, old, {old: sheet.rows})
                for written_as in (quote_sheet_name(old), old):
                    refers_to = refers_to.replace(f"{written_as}!", f"{quote_sheet_name(name)}!")
                if refers_to:
                    index = len(book.sheets) + offset
                    names.append(known._replace(sheet=index, refers_to=refers_to))
    return listed, names


def _alone(content: bytes) -> bytes:
    """A sheet that needs no other part: without pictures, notes, tables and links to the outside."""
    content = _OWN_PARTS.sub(b"", content)
    content = _NO_LINKS.sub(b"", _LINK_OUT.sub(b"", content))
    return _SELECTED.sub(b"", _RELATION.sub(b"", content))
