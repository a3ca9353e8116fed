"""New sheets put behind those of a workbook: their parts, their styles, their place in the list."""

from collections.abc import Iterable

from perfxl.errors import NotAWorkbook
from perfxl.ooxml import workbookedit
from perfxl.ooxml.draft import Draft
from perfxl.ooxml.newsheet import NewSheet, render
from perfxl.ooxml.parts import styles as styling
from perfxl.ooxml.parts.canonical_xml import NotCanonical, attributes, root
from perfxl.ooxml.parts.styles import Styles
from perfxl.ooxml.parts.workbook import DefinedName, Workbook
from perfxl.ooxml.workbookedit import Appended

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def namespace(book: Workbook) -> str:
    """The main namespace of a workbook."""
    top = root(book.package.plain(book.part))
    return attributes(top.attributes).get(b"xmlns", b"").decode()


def relationships(book: Workbook) -> str:
    """The namespace of its relationships."""
    return workbookedit.STRICT_RELATIONSHIPS if book.strict else workbookedit.RELATIONSHIPS


def open_styles(book: Workbook) -> Styles:
    """The styles of a workbook, to be extended.

    Raises:
        NotAWorkbook: their part is damaged.
    """
    part = book.styles_part
    try:
        if part is None:
            return Styles(styling.empty_styles(namespace(book)))
        return Styles(book.package.plain(part))
    except (NotCanonical, ValueError) as error:
        raise NotAWorkbook("damaged-part", part=part) from error


def append(
    draft: Draft, book: Workbook, styles: Styles, sheets: Iterable[tuple[str, NewSheet]], before: int = 0
) -> tuple[list[Appended], list[DefinedName]]:  # fmt: skip
    """Put new sheets into a draft.

    Args:
        draft: the copy in the making.
        book: what it is a copy of.
        styles: get what the sheets need.
        sheets: final names and contents.
        before: how many other sheets were appended already.

    Returns:
        The entries for the workbook's list, and the names that the sheets define.
    """
    has_views = b"<workbookView" in book.package.plain(book.part)
    number = max([0, *(sheet.id for sheet in book.sheets)]) + before
    listed: list[Appended] = []
    names: list[DefinedName] = []
    for name, sheet in sheets:
        part = draft.fresh("xl/worksheets/sheet{}.xml")
        draft.put(part, render(sheet, styles, namespace(book), has_views=has_views))
        draft.declare(part, WORKSHEET_TYPE)
        relation = draft.relate(book.part, f"{relationships(book)}/worksheet", part)
        number += 1
        index = len(book.sheets) + before + len(listed)
        listed.append(Appended(name, relation, number))
        names += (
            DefinedName(n, index, text, hidden) for n, text, hidden in sheet.defined_names(name)
        )
    return listed, names


def put_styles(draft: Draft, book: Workbook, styles: Styles) -> None:
    """Put the styles into a draft, if anything was added to them."""
    part = book.styles_part
    content = styles.result()
    if part is not None:
        if content != book.package.plain(part):
            draft.put(part, content)
        return
    part = "xl/styles.xml"
    if book.package.find(part):
        part = draft.fresh("xl/styles{}.xml")
    draft.unrelate_missing(book.part, "styles")
    draft.put(part, content)
    draft.declare(part, STYLES_TYPE)
    draft.relate(book.part, f"{relationships(book)}/styles", part)
