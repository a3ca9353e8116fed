"""Whether a workbook is what it seems, so that an edit in place is safe.

The reading side is lenient: it takes the first of two relationships of one id, and a style that is not
there for the first one. An edit that builds on such a guess changes a part that it does not mean, or
gives a meaning to what had none. Where there is any doubt no copy is made in place.
"""

from collections.abc import Iterable
from functools import lru_cache
from xml.parsers import expat

from perfxl.errors import NotAWorkbook
from perfxl.ooxml.parts.canonical_xml import Element, NotCanonical, children, root
from perfxl.ooxml.parts.package import CONTENT_TYPES, Package, relations_path
from perfxl.ooxml.parts.splice import close_of
from perfxl.ooxml.parts.workbook import Workbook

MOST_KEPT = 1_000_000
"""Maximum number of bytes of a styles part that is remembered for the files after it."""
_ONE_OF_A_KIND = ("styles", "sharedStrings", "theme", "vbaProject", "comments")
_EDITED = frozenset({"officeDocument", "worksheet", "styles", "comments", "vmlDrawing"})
"""Kinds of relationships that lead to parts which a copy has otherwise."""
_CONTROL = bytes({*range(32)} - set(b"\t\n\r"))
_REPEATED = frozenset({b"conditionalFormatting", b"fileRecoveryPr"})
"""Elements under a root of which there may be several."""


def check_workbook(book: Workbook) -> None:
    """Refuse an edit of a workbook whose listings leave a doubt.

    Raises:
        NotAWorkbook: says in which part.
    """
    package = book.package
    _check_flat(package, CONTENT_TYPES)
    _check_well_formed(package.plain(book.part), book.part)
    _check_once(_parts_of(package.plain(book.part), book.part), book.part)
    _check_relations(package, "")
    _check_relations(package, book.part)
    _check_owners(book)
    styles = book.styles_part
    if styles is None:
        return
    data = package.plain(styles)
    check = _check_styles if len(data) <= MOST_KEPT else _check_styles.__wrapped__
    check(data, styles)


@lru_cache(maxsize=16)
def _check_styles(data: bytes, part: str) -> None:
    """Refuse styles that are none; the units of a county fill in one file, whose styles are looked at once."""
    _check_well_formed(data, part)
    if root(data).name != b"styleSheet":
        raise NotAWorkbook("odd-part", part=part)
    _check_once(_parts_of(data, part), part)


def check_sheet(book: Workbook, index: int) -> None:
    """Refuse an edit of a sheet that leaves a doubt: its cells out of order, styles that are not there.

    Raises:
        NotAWorkbook: says in which part.
    """
    part = book.sheets[index].part
    _check_relations(book.package, part)
    scan = book.scan(index)
    highest = max((style for _, _, style in scan.places.values()), default=0)
    places, rows = list(scan.places), list(scan.rows)
    _check_once(scan.parts, part)
    if scan.data.translate(None, _CONTROL) != scan.data:  # read here, and XML to nobody else
        raise NotAWorkbook("odd-part", part=part)
    in_order = not scan.doubled and places == sorted(places) and rows == sorted(rows)
    if not in_order or highest >= max(len(book.formats), 1):
        raise NotAWorkbook("odd-part", part=part)


def _parts_of(data: bytes, part: str) -> list[Element]:
    """The elements directly under the root of a part."""
    top = root(data)
    try:
        return children(data, top.inside, close_of(data, top))
    except NotCanonical as error:
        raise NotAWorkbook("odd-part", part=part) from error


def _check_once(parts: Iterable[Element], where: str) -> None:
    """No element stands twice under a root, but for those that the format has as often as one likes."""
    names = [part.name for part in parts if part.name not in _REPEATED and b":" not in part.name]
    if len(set(names)) < len(names):
        raise NotAWorkbook("odd-part", part=where)


def _check_flat(package: Package, part: str) -> None:
    """A listing is well-formed, and all its entries stand directly under its root."""
    depth = deepest = 0

    def start(_: str, __: dict[str, str]) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    _check_well_formed(package.plain(part), part, parser)
    if deepest > 2:
        raise NotAWorkbook("odd-part", part=part)


def _check_well_formed(data: bytes, part: str, parser: expat.XMLParserType | None = None) -> None:
    """A plain part is XML to everybody. No tree is made of it, which would take a twentieth of a form's time.

    A plain part has no document type, and so no entities of its own that could be expanded.
    """
    parser = parser or expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotAWorkbook("odd-part", part=part) from error


def _check_relations(package: Package, part: str) -> None:
    """Each relationship has an id of its own, and what there can only be one of is there once."""
    path = relations_path(part)
    if package.find(path) is None:
        return
    _check_flat(package, path)
    relations = package.relations(part)
    ids = {relation.id for relation in relations}
    kinds = [relation.kind for relation in relations]
    if (
        "" in ids
        or len(ids) < len(relations)
        or any(kinds.count(one) > 1 for one in _ONE_OF_A_KIND)
    ):
        raise NotAWorkbook("odd-part", part=path)


def _check_owners(book: Workbook) -> None:
    """What a copy may have otherwise belongs to one sheet, or to the workbook, and to nothing else."""
    package = book.package
    edited: set[str] = set()
    met: set[str] = set()
    for part in ("", book.part, *(sheet.part for sheet in book.sheets)):
        for relation in package.relations(part):
            if relation.external:
                continue
            name = relation.target.casefold()
            if name in edited or (name in met and relation.kind in _EDITED):
                raise NotAWorkbook("odd-part", part=relation.target)
            met.add(name)
            if relation.kind in _EDITED:
                edited.add(name)
