"""The workbook: its sheets, strings, number formats, and facts that an editor must know."""

import re
from functools import cached_property
from typing import NamedTuple

from perfxl.errors import NotAWorkbook
from perfxl.ooxml.parts import formats, strings
from perfxl.ooxml.parts.canonical_xml import (
    NotCanonical,
    attributes,
    children,
    root,
    scan_part,
    unescape,
)
from perfxl.ooxml.parts.package import Package
from perfxl.ooxml.parts.sheet import EMPTY, SheetScan, scan_sheet
from perfxl.ooxml.parts.splice import close_of

STRICT = "http://purl.oclc.org/ooxml/"
_SHEET = re.compile(rb"<sheet\s([^<>]*)>")
_NAME = re.compile(rb"<definedName\b([^<>]*)>([^<]*)</definedName>")
_PROPERTIES = re.compile(rb"<workbookPr\b([^<>]*)>")
_TRUE = {b"1", b"true", b"on"}


class Sheet(NamedTuple):
    """A sheet as the workbook lists it.

    Attributes:
        name: on its tab.
        part: the part's name; empty where the file lacks it.
        state: ``visible``, ``hidden`` or ``veryHidden``.
        kind: ``worksheet``, or ``chartsheet``, ``dialogsheet``, … which hold no cells.
        id: the number that the file gives it.

    """

    name: str
    part: str
    state: str
    kind: str
    id: int


class DefinedName(NamedTuple):
    """A defined name; ``sheet`` is the index of the sheet it belongs to, or None."""

    name: str
    sheet: int | None
    refers_to: str
    hidden: bool


class Workbook:
    """The reading side of a workbook; scans are kept, the same ones serve an edit."""

    def __init__(self, package: Package) -> None:
        """Read the workbook part.

        Raises:
            NotAWorkbook: an office file of another kind, or damaged.

        """
        self.package = package
        main = package.main()
        self.part = main.target
        self.strict = main.type.startswith(STRICT)
        type_ = package.content_type(self.part)
        if "sheet.binary" in type_:
            raise NotAWorkbook("binary-workbook")
        data = package.plain(self.part)
        self._check_shape(data)
        self.macros = (
            "macroEnabled" in type_ or package.related(self.part, "vbaProject") is not None
        )
        self.signed = package.related("", "origin") is not None
        properties = _PROPERTIES.search(data)
        flags = attributes(properties[1]) if properties else {}
        self.date1904 = flags.get(b"date1904") in _TRUE
        self.sheets = self._sheets(data)
        self.names = [_defined_name(*found) for found in _NAME.findall(data)]
        self._scans: dict[int, SheetScan] = {}
        parts = [sheet.part for sheet in self.sheets if sheet.part]
        if not self.sheets or len(set(parts)) < len(parts):  # no writer lists one part twice
            raise NotAWorkbook("damaged-part", part=self.part)

    def _check_shape(self, data: bytes) -> None:
        top = root(data)
        if top.name != b"workbook":
            raise NotAWorkbook("not-a-spreadsheet")
        try:
            children(data, top.inside, close_of(data, top))
        except NotCanonical as error:
            raise NotAWorkbook("damaged-part", part=self.part) from error

    def _sheets(self, data: bytes) -> list[Sheet]:
        relations = {relation.id: relation for relation in self.package.relations(self.part)}
        found = []
        for tag in _SHEET.findall(data):
            entry = {key.rpartition(b":")[2]: value for key, value in attributes(tag).items()}
            relation = relations.get(entry.get(b"id", b"").decode())
            number = entry.get(b"sheetId", b"0")
            found.append(
                Sheet(
                    name=unescape(entry.get(b"name", b"").decode()),
                    part=relation.target if relation else "",
                    state=entry.get(b"state", b"visible").decode(),
                    kind=relation.kind if relation else "worksheet",
                    id=int(number) if number.isdigit() else 0,
                )
            )
        return found

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        relation = self.package.related(self.part, "sharedStrings")
        if relation is None or self.package.find(relation.target) is None:
            return []
        content = self.package.read(relation.target)
        return scan_part(content, relation.target, strings.shared_strings)

    @property
    def styles_part(self) -> str | None:
        """The name of the styles part, if there is one."""
        relation = self.package.related(self.part, "styles")
        return relation.target if relation and self.package.find(relation.target) else None

    @cached_property
    def formats(self) -> list[str]:
        """The number format code of every cell style: ``formats[cell.style]``."""
        part = self.styles_part
        if part is None:
            return ["General"]
        return scan_part(self.package.plain(part), part, formats.of_styles) or ["General"]

    def scan(self, index: int) -> SheetScan:
        """The cells of a sheet; of one that holds none (a chart), an empty scan.

        Raises:
            NotAWorkbook: the sheet's part is missing or damaged.
            TooLarge: more cells or merged areas than any form has.

        """
        scan = self._scans.get(index)
        if scan is None:
            sheet = self.sheets[index]
            if sheet.kind == "worksheet":
                data = self.package.read(sheet.part)
                scan = scan_part(data, sheet.part, lambda plain: scan_sheet(plain, self.strings))
            else:
                scan = EMPTY
            self._scans[index] = scan
        return scan


def _defined_name(tag: bytes, refers_to: bytes) -> DefinedName:
    entry = attributes(tag)
    sheet = entry.get(b"localSheetId", b"")
    return DefinedName(
        name=unescape(entry.get(b"name", b"").decode()),
        sheet=int(sheet) if sheet.isdigit() else None,
        refers_to=unescape(refers_to.decode()),
        hidden=entry.get(b"hidden") in _TRUE,
    )
