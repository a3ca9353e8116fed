"""Whether a workbook is what it seems, so that an edit in place is safe.

The reading side is lenient: it takes the first of two relationships of one id, and a style that is not
there for the first one. An edit that builds on such a guess changes a part that it does not mean, or
gives a meaning to what had none. Where there is any doubt no copy is made in place.
"""

from perfxl.errors import NotAWorkbook
from perfxl.ooxml.parts.canonical_xml import parse, root
from perfxl.ooxml.parts.package import CONTENT_TYPES, Package, relations_path
from perfxl.ooxml.parts.workbook import Workbook

_ONE_OF_A_KIND = ("styles", "sharedStrings", "theme", "vbaProject", "comments", "vmlDrawing")


def check_workbook(book: Workbook) -> None:
    """Refuse an edit of a workbook whose listings leave a doubt.

    Raises:
        NotAWorkbook: says in which part.
    """
    package = book.package
    _check_flat(package, CONTENT_TYPES)
    parse(package.plain(book.part), book.part)
    _check_relations(package, "")
    _check_relations(package, book.part)
    styles = book.styles_part
    if styles is None:
        return
    data = package.plain(styles)
    parse(data, styles)
    if root(data).name != b"styleSheet":
        raise NotAWorkbook("damaged-part", part=styles)


def check_sheet(book: Workbook, index: int) -> None:
    """Refuse an edit of a sheet that leaves a doubt: twin cells or rows, styles that are not there.

    Raises:
        NotAWorkbook: says in which part.
    """
    part = book.sheets[index].part
    _check_relations(book.package, part)
    scan = book.scan(index)
    highest = max((style for _, _, style in scan.places.values()), default=0)
    if scan.doubled or highest >= max(len(book.formats), 1):
        raise NotAWorkbook("damaged-part", part=part)


def _check_flat(package: Package, part: str) -> None:
    """A listing is well-formed, and all its entries stand directly under its root."""
    top = parse(package.plain(part), part)
    if sum(1 for _ in top.iterdescendants()) != len(top):
        raise NotAWorkbook("damaged-part", part=part)


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
        raise NotAWorkbook("damaged-part", part=path)
