"""The notes of one sheet: which parts hold them, and what must change for new ones."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from perfxl.errors import NotAWorkbook
from perfxl.ooxml.address import Span
from perfxl.ooxml.draft import Draft
from perfxl.ooxml.parts import vml
from perfxl.ooxml.parts.canonical_xml import NotCanonical, attributes
from perfxl.ooxml.parts.comments import Comments, separator, threaded_cells
from perfxl.ooxml.parts.geometry import Geometry
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.sheet import SheetScan
from perfxl.ooxml.workbookedit import relation_attribute

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_LEGACY = re.compile(rb"<legacyDrawing\b([^<>]*)>")


class SheetNotes:
    """Notes to add to one sheet."""

    def __init__(self, package: Package, part: str, scan: SheetScan, namespace: str) -> None:
        """Find the sheet's notes.

        Raises:
            NotAWorkbook: the part that holds them is damaged.

        """
        self._package, self._part, self._scan = package, part, scan
        related = package.related(part, "comments")
        self._comments_part = related.target if related and package.find(related.target) else None
        data = package.plain(self._comments_part) if self._comments_part else None
        try:
            self._comments = Comments(data, namespace)
        except NotCanonical as error:
            raise NotAWorkbook("damaged-part", part=self._comments_part) from error
        self._threaded: set[tuple[int, int]] = set()
        for relation in package.relations(part):
            if relation.kind == "threadedComment" and package.find(relation.target):
                self._threaded |= threaded_cells(package.plain(relation.target))
        self._texts: dict[tuple[int, int], tuple[Span, str]] = {}
        self._named, self._vml_part = self._find_vml()

    def _find_vml(self) -> tuple[str, str | None]:
        """The id under which the sheet names a part for boxes, "" if none; and the part, if it is there."""
        match = _LEGACY.search(self._scan.data)
        if match is None:
            return "", None
        identifiers = [
            value.decode() for key, value in attributes(match[1]).items() if key.endswith(b":id")
        ]
        for relation in self._package.relations(self._part):
            if relation.id in identifiers and self._package.find(relation.target):
                if relation.kind != "vmlDrawing" or not vml.is_drawing(
                    self._package.read(relation.target)
                ):
                    raise NotAWorkbook("odd-part", part=relation.target)
                return relation.id, relation.target
        if len(identifiers) != 1:
            raise NotAWorkbook("damaged-part", part=self._part)
        return identifiers[0], None

    def add(self, area: Span, text: str, author: str) -> bool:
        """Note a text at an area's first cell; False where a discussion (threaded) stands."""
        here = (area.top, area.left)
        if here in self._threaded:
            return False
        self._comments.add(*here, text, author)
        if here in self._texts:
            whole = f"{self._texts[here][1]}\n{text}"
        else:
            known = self._comments.text(*here)
            whole = f"{known}\n{separator(author)}\n{text}" if known else text
        self._texts[here] = (area, whole)
        return True

    def build(
        self,
        draft: Draft,
        first_block: int,
        relationships: str,
        widths: Mapping[int, float] = MappingProxyType({}),
    ) -> list[tuple[bytes, bytes]]:
        """Put the parts into a draft.

        Args:
            draft: gets the parts and their listings.
            first_block: see `vml.with_boxes`.
            relationships: the namespace of relationship types.
            widths: of columns that get another one than the file states.

        Returns:
            Elements that the sheet itself needs, by name.

        """
        if not self._texts:
            return []
        if self._comments_part is None:
            draft.unrelate_missing(self._part, "comments")
            part = draft.fresh("xl/comments{}.xml")
            draft.relate(self._part, f"{relationships}/comments", part)
            draft.declare(part, _COMMENTS_TYPE)
        else:
            part = self._comments_part
        draft.put(part, self._comments.result())

        geometry = Geometry(self._scan, widths)
        boxes = {here: geometry.box(*here, *noted) for here, noted in sorted(self._texts.items())}
        if self._vml_part is not None:
            data = self._package.read(self._vml_part)
            for here in boxes.keys() & self._comments.cells.keys():
                data = vml.enlarge_box(data, boxes[here])
            new = [box for here, box in boxes.items() if here not in self._comments.cells]
            draft.put(self._vml_part, vml.with_boxes(data, new, first_block) if new else data)
            return []
        # Notes without boxes would be shown by no program: those that were there get one too.
        for row, col in self._comments.cells.keys() - boxes.keys():
            area = Span(row, col, row, col)
            boxes[row, col] = geometry.box(row, col, area, self._comments.text(row, col))
        draft.unrelate_missing(self._part, "vmlDrawing")
        part = draft.fresh("xl/drawings/vmlDrawing{}.vml")
        ordered = [box for _, box in sorted(boxes.items())]
        draft.put(part, vml.with_boxes(None, ordered, first_block))
        draft.declare_suffix(part, _VML_TYPE)
        identifier = draft.relate(self._part, f"{relationships}/vmlDrawing", part, self._named)
        if self._named:  # the sheet has the element, whose part was missing
            return []
        attribute = relation_attribute(self._scan.data, identifier, relationships)
        return [(b"legacyDrawing", b"<legacyDrawing" + attribute + b"/>")]

    @property
    def noted(self) -> set[tuple[int, int]]:
        """The cells that get a note of their own."""
        return self._texts.keys() - self._comments.cells.keys()

    @property
    def new_boxes(self) -> int:
        """How many boxes may be made, for the count of shape ids."""
        return len(self._texts) + len(self._comments.cells)
