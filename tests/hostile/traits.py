"""Traits of other programs' workbooks, each made into one and the same form with a discrepancy.

A trait changes the members of that form's file; `TRAITS` names what a marked copy of it must be: edited
in place, drawn anew, or refused with the code of its reason.
"""

import io
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from perfxl.ooxml.parts.canonical_xml import children, root
from perfxl.ooxml.parts.splice import close_of, place_for
from perfxl.ooxml.sheetedit import ORDER
from perfxl.ooxml.workbookedit import ORDER as BOOK_ORDER
from tests.forms.builder import ministry_lines, row, workbook
from tests.ooxml.builders import (
    MAIN,
    OFFICE,
    packed,
    parts,
    png,
    prefixed,
    strict,
)

Members = dict[str, bytes]
IN_PLACE, REDRAWN = "in place", "redrawn"
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
STRINGS, TYPES = "xl/sharedStrings.xml", "[Content_Types].xml"
SHEET_RELS, BOOK_RELS = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EMPTY_RELS = f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
FORM = workbook(ministry_lines(row("养护里程", "≥100公里", "90公里", 20, 20)))
"""H10 claims 20 points where 18 are due."""


class Trait(NamedTuple):
    """A workbook with a trait: its bytes, what its copy must be, and how it is called."""

    build: Callable[[], bytes]
    outcome: str
    name: str = "表.xlsx"


TRAITS: dict[str, Trait] = {}


def trait(outcome: str = IN_PLACE, file: str = "表.xlsx"):
    """A function that changes the members of the form, as a trait of its own name."""

    def take(function: Callable[[Members], None]) -> Callable[[Members], None]:
        def build() -> bytes:
            members = parts(FORM)
            function(members)
            return packed(members)

        TRAITS[function.__name__.replace("_", " ")] = Trait(build, outcome, file)
        return function

    return take


def _swap(members: Members, part: str, old: str, new: str, count: int = 1) -> None:
    text = members[part].decode()
    assert old in text, (part, old)
    members[part] = text.replace(old, new, count).encode()


def _insert(members: Members, element: str, part: str = SHEET) -> None:
    """An element under the root of a sheet or the workbook, where the schema has it."""
    data = members[part]
    top = root(data)
    end = close_of(data, top)
    name = re.match(r"<([\w:]+)", element)[1].encode()
    order = ORDER if part == SHEET else BOOK_ORDER
    at = place_for(data, children(data, top.inside, end), name, order, end)
    members[part] = data[:at] + element.encode() + data[at:]


def _relate(
    members: Members, source: str, kind: str, target: str, identifier: str, *, mode: str = ""
) -> None:
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else "_rels/.rels"
    type_ = kind if "//" in kind else f"{OFFICE}/{kind}"
    entry = f'<Relationship Id="{identifier}" Type="{type_}" Target="{target}"{mode}/>'
    members[rels] = members.get(rels, _EMPTY_RELS).replace(
        b"</Relationships>", entry.encode() + b"</Relationships>"
    )


def _declare(members: Members, part: str, kind: str) -> None:
    entry = f'<Override PartName="/{part}" ContentType="{kind}"/>'
    _swap(members, TYPES, "</Types>", entry + "</Types>")


def _suffix(members: Members, suffix: str, kind: str) -> None:
    entry = f'<Default Extension="{suffix}" ContentType="{kind}"/>'
    _swap(members, TYPES, "<Override", entry + "<Override")


def _part(
    members: Members, part: str, content: str | bytes, kind: str, source: str, type_: str, identifier: str
) -> None:  # fmt: skip
    """A new part, declared, and related from another."""
    members[part] = content.encode() if isinstance(content, str) else content
    _declare(members, part, kind)
    _relate(members, source, type_, f"/{part}", identifier)


def _recoded(members: Members, part: str, codec: str = "utf-16") -> None:
    text = members[part].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    members[part] = text.encode(codec)


# ---------------------------------------------------------------- styles
@trait()
def styles_whose_counts_are_wrong(m):
    m[STYLES] = re.sub(rb' count="[0-9]+"', b' count="999"', m[STYLES])


@trait()
def styles_without_counts(m):
    m[STYLES] = re.sub(rb' count="[0-9]+"', b"", m[STYLES])


@trait()
def styles_without_named_styles(m):
    m[STYLES] = re.sub(
        rb"<cellStyleXfs.*?</cellStyleXfs>|<cellStyles.*?</cellStyles>", b"", m[STYLES]
    )
    m[STYLES] = m[STYLES].replace(b' xfId="0"', b"")


@trait()
def styles_with_cell_formats_alone(m):
    m[STYLES] = re.sub(rb"<(fonts|fills|borders|cellStyleXfs|cellStyles)\b.*?</\1>", b"", m[STYLES])
    m[STYLES] = re.sub(rb' (?:fontId|borderId|fillId|xfId)="[0-9]+"', b"", m[STYLES])


@trait()
def styles_with_an_extension_list(m):
    ext = f'<extLst><ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{_X14}"><x14:slicerStyles defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst>'
    _swap(m, STYLES, "</styleSheet>", ext + "</styleSheet>")


@trait()
def styles_of_which_one_has_an_extension(m):
    _swap(
        m, STYLES, '<alignment wrapText="1"/></xf>',
        '<alignment wrapText="1"/><protection locked="0"/><extLst><ext uri="{0}"/></extLst></xf>',
    )  # fmt: skip


@trait()
def styles_that_may_be_ignored_in_part(m):
    _swap(
        m, STYLES, "<styleSheet ",
        f'<styleSheet {_MC} mc:Ignorable="x14ac x16r2" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:x16r2="http://schemas.microsoft.com/office/spreadsheetml/2015/02/main" ',
    )  # fmt: skip
    _swap(m, STYLES, '<fonts count="1">', '<fonts count="1" x14ac:knownFonts="1">')


@trait()
def styles_with_a_choice(m):
    choice = f'<mc:AlternateContent {_MC}><mc:Choice Requires="x14"><font/></mc:Choice></mc:AlternateContent>'
    _swap(m, STYLES, "<dxfs", choice + "<dxfs")


@trait()
def styles_under_a_prefix(m):
    m[STYLES] = parts(prefixed(packed(m)))[STYLES]


@trait()
def styles_in_utf_16(m):
    _recoded(m, STYLES)


@trait()
def styles_with_comments_and_instructions(m):
    _swap(m, STYLES, "<cellXfs", "<!-- 样式 --><?app data?><cellXfs")


@trait()
def styles_spread_over_lines(m):
    m[STYLES] = m[STYLES].replace(b"><", b">\r\n  <")


@trait()
def styles_whose_lists_are_closed_tags(m):
    m[STYLES] = re.sub(rb'<cellStyles count="1">.*?</cellStyles>', b"<cellStyles/>", m[STYLES])
    _swap(m, STYLES, '<dxfs count="0"/>', "<dxfs/>")


@trait(REDRAWN)
def styles_that_are_all_closed_tags(m):
    names = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
    m[STYLES] = (
        f'<styleSheet xmlns="{MAIN}">{"".join(f"<{n}/>" for n in names)}</styleSheet>'.encode()
    )


@trait()
def styles_with_spaces_in_their_ends(m):
    m[STYLES] = re.sub(rb"(</\w+)>", rb"\1 >", m[STYLES])


@trait()
def styles_of_one_format_of_which_no_cell_speaks(m):
    m[STYLES] = f'<styleSheet xmlns="{MAIN}"><cellXfs count="0"/></styleSheet>'.encode()
    m[SHEET] = re.sub(rb' s="[0-9]+"', b"", m[SHEET])


@trait()
def no_styles_of_which_no_cell_speaks(m):
    del m[STYLES]
    m[SHEET] = re.sub(rb' s="[0-9]+"', b"", m[SHEET])


@trait()
def styles_under_another_name(m):
    m["xl/样式.xml"] = m.pop(STYLES)
    _swap(m, BOOK_RELS, "styles.xml", "样式.xml")
    _swap(m, TYPES, "/xl/styles.xml", "/xl/样式.xml")


@trait()
def styles_in_gb2312(m):
    text = m[STYLES].decode().replace("UTF-8", "GB2312").replace("Calibri", "宋体")
    m[STYLES] = text.encode("gb2312")


@trait()
def styles_in_another_order(m):
    section = re.search(rb"<cellXfs.*?</cellXfs>", m[STYLES])[0]
    m[STYLES] = m[STYLES].replace(section, b"").replace(b"<fonts", section + b"<fonts")


@trait()
def styles_without_a_declaration(m):
    m[STYLES] = b"\xef\xbb\xbf" + m[STYLES].partition(b"?>\n")[2]


@trait()
def styles_that_name_formats_which_are_not_there(m):
    m[STYLES] = re.sub(rb"<numFmts.*?</numFmts>", b"", m[STYLES])
    _swap(m, STYLES, 'xfId="0" applyBorder="1" applyAlignment="1"', 'xfId="0" applyBorder="1"')
    m[STYLES] = m[STYLES].replace(
        b'<xf numFmtId="0" fontId="0" fillId="0" borderId="1"',
        b'<xf numFmtId="165" fontId="0" fillId="0" borderId="1"',
    )


@trait()
def styles_with_single_quotes(m):
    m[STYLES] = m[STYLES].replace(b'"', b"'")


@trait("doctype")
def styles_with_a_document_type(m):
    _swap(m, STYLES, "<styleSheet", '<!DOCTYPE a [<!ENTITY e "x">]><styleSheet')


@trait("doctype")
def a_sheet_with_a_document_type(m):
    _swap(m, SHEET, "<worksheet", '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><worksheet')


def _formats(count: int) -> Callable[[Members], None]:
    def change(m: Members) -> None:
        xfs = "".join(
            f'<xf numFmtId="{n % 23}" fontId="0" fillId="0" borderId="1" xfId="0"><alignment indent="{n % 251}" textRotation="{n % 89}"/></xf>'
            for n in range(count - 3)
        )
        _swap(m, STYLES, "</cellXfs>", xfs + "</cellXfs>")

    return change


def _many_formats() -> None:
    for count, outcome in ((64_200, IN_PLACE), (65_490, REDRAWN)):

        def build(count: int = count) -> bytes:
            members = parts(FORM)
            _formats(count)(members)
            return packed(members)

        TRAITS[f"styles {count} of them"] = Trait(build, outcome)


_many_formats()


@trait(REDRAWN)
def styles_of_a_cell_that_are_not_there(m):
    m[STYLES] = re.sub(rb"<cellXfs.*?</cellXfs>", b"", m[STYLES])


@trait(REDRAWN)
def styles_listed_twice_inside(m):
    m[STYLES] = re.sub(rb"<cellXfs.*?</cellXfs>", lambda match: match[0] * 2, m[STYLES])


# ---------------------------------------------------------------- the package
def _renamed(members: Members, names: dict[str, str]) -> Members:
    return {names.get(name, name): content for name, content in members.items()}


def _raw(names: dict[str, str]) -> Callable[[], bytes]:
    """The form with other names of its members; nothing else knows of them."""
    return lambda: packed(_renamed(parts(FORM), names))


def _backslashes() -> bytes:
    data = FORM
    for name in parts(FORM):
        if "/" in name:  # of one length: lengths and offsets stay
            data = data.replace(name.encode(), name.replace("/", "\\").encode())
    return data


def _with_shape(shape: Callable[[zipfile.ZipInfo], None], **options) -> Callable[[], bytes]:
    def build() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", **options) as archive:
            for name, content in parts(FORM).items():
                info = zipfile.ZipInfo(name)
                shape(info)
                archive.writestr(info, content)
        return out.getvalue()

    return build


def _stored(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_STORED


def _later(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_DEFLATED
    info.extra = b"\x55\x54\x05\x00\x03\0\0\0\0"  # a time of another clock
    info.external_attr = 0o644 << 16


def _unseekable() -> bytes:
    """Sizes behind the data, as programs write that cannot go back."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.data += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(FORM).items():
            archive.writestr(name, content)
    return bytes(pipe.data)


def _with_folders() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("xl/", "xl/worksheets/", "docProps/"):
            archive.writestr(zipfile.ZipInfo(folder), b"")
        for name, content in reversed(parts(FORM).items()):
            archive.writestr(name, content)
    return out.getvalue()


def _with_remark() -> bytes:
    out = io.BytesIO(FORM)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = "某系统导出".encode()
    return out.getvalue()


TRAITS |= {
    "package names in another case": Trait(_raw({SHEET: "XL/Worksheets/SHEET1.XML", STYLES: "xl/Styles.xml"}), IN_PLACE),
    "package listings in another case": Trait(_raw({BOOK_RELS: "xl/_Rels/Workbook.xml.rels", TYPES: "[content_types].xml"}), IN_PLACE),
    "package backslashes": Trait(_backslashes, IN_PLACE),
    "package leading slashes": Trait(_raw({SHEET: "/" + SHEET, STYLES: "/" + STYLES}), IN_PLACE),
    "package members stored": Trait(_with_shape(_stored), IN_PLACE),
    "package members with extra fields": Trait(_with_shape(_later), IN_PLACE),
    "package sizes behind the data": Trait(_unseekable, IN_PLACE),
    "package folders and another order": Trait(_with_folders, IN_PLACE),
    "package with a remark": Trait(_with_remark, IN_PLACE),
    "strict": Trait(lambda: strict(FORM), IN_PLACE),
    "all under a prefix": Trait(lambda: prefixed(FORM), IN_PLACE),
}  # fmt: skip


@trait()
def listings_with_absolute_targets(m):
    m[BOOK_RELS] = re.sub(rb'Target="', b'Target="/xl/', m[BOOK_RELS])
    _swap(m, "_rels/.rels", 'Target="xl/', 'Target="/xl/')


@trait()
def listings_with_targets_by_a_detour(m):
    _swap(m, BOOK_RELS, 'Target="worksheets/', 'Target="./../xl/worksheets/')


@trait()
def listings_with_backslashes_in_targets(m):
    _swap(m, BOOK_RELS, 'Target="worksheets/', 'Target="worksheets\\')


@trait()
def listings_with_escaped_targets(m):
    m["xl/worksheets/自评 表.xml"] = m.pop(SHEET)
    _swap(m, BOOK_RELS, "worksheets/sheet1.xml", "worksheets/%E8%87%AA%E8%AF%84%20%E8%A1%A8.xml")
    _swap(m, TYPES, SHEET, "xl/worksheets/%E8%87%AA%E8%AF%84%20%E8%A1%A8.xml")


@trait()
def listings_in_utf_16(m):
    for part in (TYPES, BOOK_RELS, "_rels/.rels"):
        _recoded(m, part)


@trait()
def listings_of_parts_that_are_not_there(m):
    for number, kind in enumerate(("drawing", "printerSettings", "hyperlink", "table")):
        _relate(m, SHEET, kind, f"../lost/{kind}1.xml", f"rId{number + 50}")
    _relate(m, BOOK, "calcChain", "calcChain.xml", "rId51")


@trait()
def listings_of_notes_that_are_not_there(m):
    _relate(m, SHEET, "comments", "../comments1.xml", "rId50")
    _relate(m, SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rId51")


@trait()
def types_of_parts_that_are_not_there(m):
    _declare(m, "xl/calcChain.xml", f"{_KIND}.calcChain+xml")


@trait()
def a_part_that_nothing_refers_to(m):
    m["xl/vendor/et.bin"] = b"\0\1\2" * 40
    _suffix(m, "bin", "application/octet-stream")


@trait(REDRAWN)
def one_part_of_notes_for_two_sheets(m):
    _second_sheet(m)
    _notes(m, _EXCEL_BOX)
    _relate(m, "xl/worksheets/sheet2.xml", "comments", "/xl/comments1.xml", "rId1")


# ---------------------------------------------------------------- the workbook
def _second_sheet(m: Members, state: str = "") -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>'
    _part(
        m, "xl/worksheets/sheet2.xml", content, f"{_KIND}.worksheet+xml", BOOK, "worksheet", "rId20"
    )
    _swap(m, BOOK, "</sheets>", f'<sheet name="附表" sheetId="2"{state} r:id="rId20"/></sheets>')


@trait()
def a_hidden_sheet(m):
    _second_sheet(m, ' state="hidden"')


@trait()
def a_very_hidden_sheet(m):
    _second_sheet(m, ' state="veryHidden"')


@trait()
def a_workbook_without_views(m):
    m[BOOK] = re.sub(rb"<bookViews>.*?</bookViews>", b"", m[BOOK])
    _swap(m, SHEET, ' workbookViewId="0"', ' workbookViewId="0"')
    m[SHEET] = re.sub(rb"<sheetViews>.*?</sheetViews>", b"", m[SHEET])


@trait()
def a_workbook_whose_structure_is_locked(m):
    _insert(m, '<workbookProtection workbookPassword="CC1A" lockStructure="1"/>', BOOK)


@trait()
def a_workbook_with_a_path_to_choose(m):
    _swap(m, BOOK, "<bookViews>", f'<mc:AlternateContent {_MC}><mc:Choice Requires="x15"><x15ac:absPath url="D:\\绩效\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><bookViews>')  # fmt: skip


@trait()
def a_workbook_with_views_of_users(m):
    guid = "{A1B2C3D4-0000-4000-8000-000000000001}"
    _insert(m, f'<customWorkbookViews><customWorkbookView name="审核" guid="{guid}" windowWidth="800" windowHeight="600" activeSheetId="1"/></customWorkbookViews>', BOOK)  # fmt: skip
    _insert(m, f'<customSheetViews><customSheetView guid="{guid}"><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></customSheetView></customSheetViews>')  # fmt: skip


@trait()
def a_workbook_in_utf_16(m):
    for part in (BOOK, SHEET, STRINGS):
        _recoded(m, part)


@trait()
def names_of_all_kinds(m):
    names = "".join(
        f"<definedName{more}>{text}</definedName>"
        for more, text in (
            (' name="总分" comment="说明"', "自评表!$H$13"),
            (' name="_xlnm.Print_Area" localSheetId="0"', "自评表!$A$1:$I$13"),
            (' name="_xlnm.Print_Titles" localSheetId="0"', "自评表!$1:$2"),
            (' name="_xlnm._FilterDatabase" localSheetId="0" hidden="1"', "自评表!$A$8:$I$12"),
            (' name="断"', "#REF!"),
            (' name="外" function="1" vbProcedure="1"', "x"),
        )
    )
    _insert(m, f"<definedNames>{names}</definedNames>", BOOK)


@trait()
def an_external_link(m):
    link = f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    _part(
        m,
        "xl/externalLinks/externalLink1.xml",
        link,
        f"{_KIND}.externalLink+xml",
        BOOK,
        "externalLink",
        "rId30",
    )
    _relate(
        m, "xl/externalLinks/externalLink1.xml", "externalLinkPath", "file:///D:/上年.xlsx", "rId1", mode=' TargetMode="External"'
    )  # fmt: skip
    _insert(m, '<externalReferences><externalReference r:id="rId30"/></externalReferences>', BOOK)
    _swap(m, SHEET, '<c r="H13" s="1"><v>95</v>', '<c r="H13" s="1"><f>[1]Sheet1!$A$1</f><v>95</v>')


@trait()
def custom_xml(m):
    _part(
        m, "customXml/itemProps1.xml",
        '<ds:datastoreItem ds:itemID="{33333333-3333-3333-3333-333333333333}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", "customXml/item1.xml", "customXmlProps", "rId1",
    )  # fmt: skip
    m["customXml/item1.xml"] = "<数据>一</数据>".encode()
    _relate(m, BOOK, "customXml", "../customXml/item1.xml", "rId31")


@trait()
def a_signature(m):
    kind = "application/vnd.openxmlformats-package.digital-signature"
    base = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    _part(m, "_xmlsignatures/origin.sigs", b"", f"{kind}-origin", "", f"{base}/origin", "rId40")
    _part(
        m, "_xmlsignatures/sig1.xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>', f"{kind}-xmlsignature+xml",
        "_xmlsignatures/origin.sigs", f"{base}/signature", "rId1",
    )  # fmt: skip


@trait(file="表.xlsm")
def macros(m):
    _swap(
        m, TYPES, f"{_KIND}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    _part(
        m, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "application/vnd.ms-office.vbaProject", BOOK,
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "rId32",
    )  # fmt: skip
    _swap(m, BOOK, "<workbookPr ", '<workbookPr codeName="ThisWorkbook" ')
    _insert(m, '<sheetPr codeName="Sheet1"/>')


@trait()
def a_pivot_table(m):
    _second_sheet(m)
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="0"/>'
    cache = f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshOnLoad="1" recordCount="0"><cacheSource type="worksheet"><worksheetSource ref="A8:I12" sheet="自评表"/></cacheSource><cacheFields count="1"><cacheField name="一级指标" numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    table = f'<pivotTableDefinition xmlns="{MAIN}" name="透视表1" cacheId="1" dataCaption="值"><location ref="A3:A4" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/><pivotFields count="1"><pivotField showAll="0"/></pivotFields></pivotTableDefinition>'
    definition = "xl/pivotCache/pivotCacheDefinition1.xml"
    _part(
        m,
        definition,
        cache,
        f"{_KIND}.pivotCacheDefinition+xml",
        BOOK,
        "pivotCacheDefinition",
        "rId33",
    )
    _part(
        m,
        "xl/pivotCache/pivotCacheRecords1.xml",
        records,
        f"{_KIND}.pivotCacheRecords+xml",
        definition,
        "pivotCacheRecords",
        "rId1",
    )
    _part(
        m,
        "xl/pivotTables/pivotTable1.xml",
        table,
        f"{_KIND}.pivotTable+xml",
        "xl/worksheets/sheet2.xml",
        "pivotTable",
        "rId1",
    )
    _relate(m, "xl/pivotTables/pivotTable1.xml", "pivotCacheDefinition", f"/{definition}", "rId1")
    _insert(m, '<pivotCaches><pivotCache cacheId="1" r:id="rId33"/></pivotCaches>', BOOK)


@trait()
def a_slicer(m):
    ms = "http://schemas.microsoft.com/office/2007/relationships"
    cache = f'<slicerCacheDefinition xmlns="{_X14}" name="切片器_一级指标" sourceName="一级指标"/>'
    slicers = f'<slicers xmlns="{_X14}"><slicer name="一级指标" cache="切片器_一级指标" rowHeight="241300"/></slicers>'
    _part(
        m,
        "xl/slicerCaches/slicerCache1.xml",
        cache,
        "application/vnd.ms-excel.slicerCache+xml",
        BOOK,
        f"{ms}/slicerCache",
        "rId34",
    )
    _part(
        m,
        "xl/slicers/slicer1.xml",
        slicers,
        "application/vnd.ms-excel.slicer+xml",
        SHEET,
        f"{ms}/slicer",
        "rId35",
    )
    _insert(m, f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" xmlns:x14="{_X14}"><x14:slicerCaches><x14:slicerCache r:id="rId34"/></x14:slicerCaches></ext></extLst>', BOOK)  # fmt: skip
    _insert(m, f'<extLst><ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" xmlns:x14="{_X14}"><x14:slicerList><x14:slicer r:id="rId35"/></x14:slicerList></ext></extLst>')  # fmt: skip


@trait(REDRAWN)
def a_workbook_that_lists_its_sheets_twice(m):
    m[BOOK] = re.sub(rb"<sheets>.*?</sheets>", lambda match: match[0] + b"<sheets/>", m[BOOK])


# ---------------------------------------------------------------- notes
_EXCEL_BOX = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    '<v:shape id="_x0000_s1025" type="#_x0000_t202" style="position:absolute;margin-left:59pt;margin-top:1pt;width:108pt;height:59pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>1, 15, 0, 2, 3, 15, 3, 16</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>9</x:Row><x:Column>7</x:Column></x:ClientData></v:shape></xml>'
)  # fmt: skip
# As other programs write it: no layout, one quote, no end of line, the type after the shape.
_OTHER_BOX = (
    "<xml xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office' xmlns:x='urn:schemas-microsoft-com:office:excel'>"
    "<v:shape id='shape_0' style='position:absolute;width:100px;height:60px;visibility:hidden'><v:fill/><x:ClientData ObjectType='Note'>"
    "<x:Anchor>8,0,9,0,10,0,12,0</x:Anchor><x:Row>9</x:Row><x:Column>7</x:Column></x:ClientData></v:shape></xml>"
)
_BROKEN_BOX = _EXCEL_BOX.replace("<div", "<br><div")  # as Excel itself writes it, and no XML


def _notes(m: Members, box: str, cell: str = "H10", name: str = "xl/comments1.xml") -> None:
    notes = f'<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList><comment ref="{cell}" authorId="0"><text><r><rPr><b/><sz val="9"/></rPr><t>原有</t></r><r><t xml:space="preserve"> 批注</t></r></text></comment></commentList></comments>'
    _part(m, name, notes, f"{_KIND}.comments+xml", SHEET, "comments", "rId10")
    m["xl/drawings/vmlDrawing1.vml"] = box.encode()
    _suffix(m, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    _relate(m, SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rId11")
    _insert(m, '<legacyDrawing r:id="rId11"/>')


@trait()
def notes_of_excel(m):
    _notes(m, _EXCEL_BOX)


@trait()
def notes_of_another_program(m):
    _notes(m, _OTHER_BOX)


@trait()
def notes_whose_boxes_are_no_xml(m):
    _notes(m, _BROKEN_BOX)


@trait()
def notes_in_a_folder_of_their_own(m):
    _notes(m, _EXCEL_BOX, name="xl/comments/comment7.xml")


@trait()
def notes_in_utf_16(m):
    _notes(m, _EXCEL_BOX)
    m["xl/comments1.xml"] = m["xl/comments1.xml"].decode().encode("utf-16")
    m["xl/drawings/vmlDrawing1.vml"] = m["xl/drawings/vmlDrawing1.vml"].decode().encode("utf-16")


@trait()
def notes_without_boxes(m):
    notes = f'<comments xmlns="{MAIN}"><authors><author/></authors><commentList><comment ref="B9" authorId="0"><text><t>旧</t></text></comment></commentList></comments>'
    _part(m, "xl/comments1.xml", notes, f"{_KIND}.comments+xml", SHEET, "comments", "rId10")


@trait()
def notes_none_in_their_part(m):
    notes = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
    _part(m, "xl/comments1.xml", notes, f"{_KIND}.comments+xml", SHEET, "comments", "rId10")


@trait()
def boxes_that_are_not_there(m):
    _insert(m, '<legacyDrawing r:id="rId9"/>')
    _relate(m, SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rId9")


@trait()
def boxes_without_a_relationship(m):
    _insert(m, '<legacyDrawing r:id="rId9"/>')


@trait(REDRAWN)
def boxes_that_are_something_else(m):
    _insert(m, '<legacyDrawing r:id="rId9"/>')
    _relate(m, SHEET, "vmlDrawing", "../theme/theme1.xml", "rId9")


@trait(REDRAWN)
def boxes_named_twice(m):
    _notes(m, _EXCEL_BOX)
    _swap(m, SHEET, '<legacyDrawing r:id="rId11"/>', '<legacyDrawing r:id="rId11"/>' * 2)


@trait()
def a_picture_in_the_header_beside_notes(m):
    _notes(m, _EXCEL_BOX)
    m["xl/media/image1.png"] = png()
    _suffix(m, "png", "image/png")
    head = _EXCEL_BOX.replace('data="1"', 'data="2"').replace("_x0000_s1025", "LH")
    m["xl/drawings/vmlDrawing2.vml"] = re.sub(
        r"<x:ClientData.*</x:ClientData>", '<v:imagedata o:relid="rId1" o:title="logo"/>', head
    ).encode()
    _relate(m, "xl/drawings/vmlDrawing2.vml", "image", "../media/image1.png", "rId1")
    _relate(m, SHEET, "vmlDrawing", "../drawings/vmlDrawing2.vml", "rId12")
    _insert(m, "<headerFooter><oddHeader>&amp;L&amp;G</oddHeader></headerFooter>")
    _insert(m, '<legacyDrawingHF r:id="rId12"/>')


@trait()
def a_discussion_at_the_cell(m):
    _notes(m, _EXCEL_BOX)
    ns = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    ms = "http://schemas.microsoft.com/office/2017/10/relationships"
    person = "{11111111-1111-1111-1111-111111111111}"
    thread = f'<ThreadedComments xmlns="{ns}"><threadedComment ref="H10" dT="2024-01-01T00:00:00.00" personId="{person}" id="{{22222222-2222-2222-2222-222222222222}}"><text>讨论</text></threadedComment></ThreadedComments>'
    persons = f'<personList xmlns="{ns}"><person displayName="王五" id="{person}" userId="w" providerId="None"/></personList>'
    _part(
        m,
        "xl/threadedComments/threadedComment1.xml",
        thread,
        "application/vnd.ms-excel.threadedcomments+xml",
        SHEET,
        f"{ms}/threadedComment",
        "rId13",
    )
    _part(
        m,
        "xl/persons/person.xml",
        persons,
        "application/vnd.ms-excel.person+xml",
        BOOK,
        f"{ms}/person",
        "rId36",
    )


# ---------------------------------------------------------------- the sheet
def _cell(m: Members, address: str, new: str) -> None:
    m[SHEET], count = re.subn(
        rb'<c r="' + address.encode() + rb'"[^<>]*?(?:/>|>.*?</c>)',
        lambda _: new.encode(),
        m[SHEET],
    )
    assert count == 1, address


@trait()
def hidden_columns_to_the_right(m):
    _insert(m, '<cols><col min="10" max="16384" width="0" hidden="1" customWidth="1"/></cols>')


@trait()
def a_conditional_format_over_the_marks(m):
    _swap(m, STYLES, '<dxfs count="0"/>', '<dxfs count="1"><dxf><fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/><bgColor rgb="FFFFFFFF"/></patternFill></fill></dxf></dxfs>')  # fmt: skip
    _insert(m, '<conditionalFormatting sqref="A1:I13"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>')  # fmt: skip
    _insert(m, '<conditionalFormatting sqref="H9:H12"><cfRule type="dataBar" priority="2"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>')  # fmt: skip


@trait()
def a_number_shown_other_than_it_is(m):
    _swap(m, STYLES, 'formatCode="0.0%"', 'formatCode="&quot;11.27&quot;"')
    _cell(m, "H10", '<c r="H10" s="2"><v>20</v></c>')


@trait()
def a_picture_in_a_cell(m):
    _cell(m, "I10", '<c r="I10" s="1" t="str"><f>_xlfn.DISPIMG("ID_9A3F0C0BD8C04F04A4C3",1)</f><v>=DISPIMG("ID_9A3F0C0BD8C04F04A4C3",1)</v></c>')  # fmt: skip
    etc = "http://www.wps.cn/officeDocument/2017/etCustomData"
    _part(m, "xl/cellimages.xml", f'<etc:cellImages xmlns:etc="{etc}"/>', "application/vnd.wps-officedocument.cellimage+xml", BOOK, "http://www.wps.cn/officeDocument/2020/cellImage", "rId37")  # fmt: skip


@trait()
def empty_rows_with_a_style(m):
    rows = "".join(f'<row r="{n}" s="1" customFormat="1" ht="15" customHeight="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(14, 65_537))  # fmt: skip
    _swap(m, SHEET, "</sheetData>", rows + "</sheetData>")


@trait()
def a_protected_sheet(m):
    _insert(m, '<sheetProtection algorithmName="SHA-512" hashValue="AAAA" saltValue="AAAA" spinCount="100000" sheet="1" objects="1" scenarios="1"/>')  # fmt: skip
    _insert(m, '<protectedRanges><protectedRange sqref="H9:H12" name="得分"/></protectedRanges>')


@trait()
def shared_formulas(m):
    _cell(m, "H10", '<c r="H10" s="1"><f t="shared" ref="H10:H12" si="0">G10</f><v>20</v></c>')
    _cell(m, "H11", '<c r="H11" s="1"><f t="shared" si="0"/><v>10</v></c>')
    _cell(m, "H12", '<c r="H12" s="1"><f t="shared" si="0"/><v>60</v></c>')


@trait()
def array_formulas(m):
    _cell(m, "H13", '<c r="H13" s="1"><f t="array" ref="H13">SUM(H10:H12*1)+H5</f><v>95</v></c>')
    _cell(m, "H10", '<c r="H10" s="1"><f t="array" ref="H10:H11">G10:G11</f><v>20</v></c>')


@trait()
def formulas_that_spill(m):
    _cell(
        m,
        "H10",
        '<c r="H10" s="1" cm="1"><f t="array" ref="H10">_xlfn._xlws.SORT(G10:G10)</f><v>20</v></c>',
    )
    meta = f'<metadata xmlns="{MAIN}" xmlns:xda="http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"><metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" coerce="1" cellMeta="1"/></metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}}"><xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    _part(m, "xl/metadata.xml", meta, f"{_KIND}.sheetMetadata+xml", BOOK, "sheetMetadata", "rId38")


@trait()
def formulas_never_computed(m):
    _cell(m, "H10", '<c r="H10" s="1"><f>G10-2</f></c>')


@trait()
def a_table(m):
    table = f'<table xmlns="{MAIN}" id="1" name="表1" displayName="表1" ref="A8:I12" totalsRowShown="0"><autoFilter ref="A8:I12"/><tableColumns count="9">' + "".join(f'<tableColumn id="{n}" name="列{n}"/>' for n in range(1, 10)) + '</tableColumns><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'  # fmt: skip
    _part(m, "xl/tables/table1.xml", table, f"{_KIND}.table+xml", SHEET, "table", "rId14")
    _insert(m, '<tableParts count="1"><tablePart r:id="rId14"/></tableParts>')


@trait()
def data_validation_and_filters(m):
    _insert(m, '<autoFilter ref="A8:I12"/>')
    _insert(m, '<dataValidations count="1"><dataValidation type="decimal" allowBlank="1" showErrorMessage="1" sqref="H9:H12"><formula1>0</formula1><formula2>100</formula2></dataValidation></dataValidations>')  # fmt: skip
    _insert(m, '<ignoredErrors><ignoredError sqref="H10" numberStoredAsText="1"/></ignoredErrors>')
    _insert(m, '<hyperlinks><hyperlink ref="H10" location="自评表!A1" display="去"/></hyperlinks>')


@trait()
def settings_of_a_printer(m):
    m["xl/printerSettings/printerSettings1.bin"] = b"H\0P\0" * 50
    _suffix(m, "bin", f"{_KIND}.printerSettings")
    _relate(m, SHEET, "printerSettings", "../printerSettings/printerSettings1.bin", "rId15")
    _insert(m, '<printOptions horizontalCentered="1"/>')
    _insert(
        m,
        '<pageSetup paperSize="9" scale="80" fitToHeight="0" orientation="landscape" r:id="rId15"/>',
    )
    _insert(m, "<headerFooter><oddFooter>第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>")
    _insert(
        m, '<rowBreaks count="1" manualBreakCount="1"><brk id="8" max="16383" man="1"/></rowBreaks>'
    )


@trait()
def rich_text_and_readings(m):
    _swap(m, STRINGS, "<si><t>养护里程</t></si>", '<si><r><rPr><b/><sz val="11"/></rPr><t>养护</t></r><r><t>里程</t></r><rPh sb="0" eb="2"><t>ようご</t></rPh><phoneticPr fontId="0"/></si>')  # fmt: skip
    _insert(m, '<phoneticPr fontId="0" type="noConversion"/>')
    _swap(m, SHEET, '<row r="10" ', '<row r="10" ph="1" ')


@trait()
def metadata_of_cells(m):
    _cell(m, "H10", '<c r="H10" s="1" ph="1" xr2:x="1" xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"><v>20</v></c>')  # fmt: skip


@trait()
def texts_inside_of_cells(m):
    for n in (9, 10, 11, 12):
        _cell(m, f"D{n}", f'<c r="D{n}" s="1" t="inlineStr"><is><r><t>指标</t></r><r><rPr><b/></rPr><t xml:space="preserve"> {n} </t></r></is></c>') if n > 9 else None  # fmt: skip


@trait()
def texts_with_signs_of_markup(m):
    _swap(m, STRINGS, "<si><t>已完成</t></si>", "<si><t><![CDATA[已完成 <100%> & 其他]]></t></si>")
    _swap(
        m,
        STRINGS,
        "<si><t>完成道路养护任务</t></si>",
        "<si><t>完成&#x9053;路_x000D_养护&#10;任务&quot;</t></si>",
    )


@trait()
def cells_without_addresses(m):
    m[SHEET] = re.sub(rb'<(c|row) r="[A-Z]*[0-9]+"', rb"<\1", m[SHEET])


@trait()
def cells_with_addresses_in_lower_case(m):
    m[SHEET] = re.sub(rb'<c r="([A-Z]+)', lambda match: b'<c r="' + match[1].lower(), m[SHEET])


@trait()
def numbers_in_other_spellings(m):
    _cell(m, "H10", '<c r="H10" s="1" t="n"><v>2E1</v></c>')
    _cell(m, "G12", '<c r="G12" s="1"><v> 60.000000000000007 </v></c>')
    _cell(m, "I12", '<c r="I12" s="1" t="b"><v>1</v></c>')
    _cell(m, "I11", '<c r="I11" s="1" t="e"><v>#N/A</v></c>')


@trait()
def a_date_as_such(m):
    _cell(m, "I12", '<c r="I12" s="1" t="d"><v>2023-12-31T00:00:00</v></c>')


@trait()
def the_days_of_1904(m):
    _swap(m, BOOK, "<workbookPr ", '<workbookPr date1904="1" ')


@trait()
def a_sheet_with_comments_and_instructions(m):
    _swap(m, SHEET, "<sheetData>", "<!-- 由系统生成 --><?x y?><sheetData>")
    _swap(m, SHEET, '<row r="10"', '<!-- 行 --><row r="10"')


@trait()
def a_sheet_with_controls(m):
    m["xl/ctrlProps/ctrlProp1.xml"] = (
        f'<formControlPr xmlns="{_X14}" objectType="Button"/>'.encode()
    )
    _declare(m, "xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
    _relate(m, SHEET, "ctrlProp", "../ctrlProps/ctrlProp1.xml", "rId16")
    button = re.sub(r'<x:ClientData ObjectType="Note">.*</x:ClientData>', '<x:ClientData ObjectType="Button"><x:Anchor>10, 0, 1, 0, 12, 0, 3, 0</x:Anchor></x:ClientData>', _EXCEL_BOX)  # fmt: skip
    m["xl/drawings/vmlDrawing1.vml"] = button.encode()
    _suffix(m, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    _relate(m, SHEET, "vmlDrawing", "../drawings/vmlDrawing1.vml", "rId11")
    _insert(m, '<legacyDrawing r:id="rId11"/>')
    _swap(m, SHEET, "</worksheet>", f'<mc:AlternateContent {_MC}><mc:Choice Requires="x14"><controls><control shapeId="1025" r:id="rId16" name="按钮"/></controls></mc:Choice></mc:AlternateContent></worksheet>')  # fmt: skip


@trait()
def a_sheet_with_pictures_and_a_background(m):
    m["xl/media/image1.png"] = png()
    _suffix(m, "png", "image/png")
    drawing = '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    _part(
        m,
        "xl/drawings/drawing1.xml",
        drawing,
        "application/vnd.openxmlformats-officedocument.drawing+xml",
        SHEET,
        "drawing",
        "rId17",
    )
    _relate(m, SHEET, "image", "../media/image1.png", "rId18")
    _insert(m, '<drawing r:id="rId17"/>')
    _insert(m, '<picture r:id="rId18"/>')


@trait()
def a_sheet_with_extensions(m):
    _insert(m, f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{_X14}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="{{00000000-0000-0000-0000-000000000001}}"><x14:dataBar><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule><xm:sqref>H9:H12</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>')  # fmt: skip
    _swap(m, SHEET, "<worksheet ", f'<worksheet {_MC} mc:Ignorable="xr" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{{00000000-0001-0000-0000-000000000000}}" ')  # fmt: skip


@trait()
def a_sheet_with_an_outline(m):
    _insert(
        m,
        '<sheetPr filterMode="1"><tabColor rgb="FFFF0000"/><outlinePr summaryBelow="0"/><pageSetUpPr fitToPage="1"/></sheetPr>',
    )
    _insert(
        m,
        '<cols><col min="1" max="3" width="12.5" style="1" customWidth="1" outlineLevel="1"/><col min="4" max="16384" width="9"/></cols>',
    )
    _swap(m, SHEET, '<row r="12" ', '<row r="12" outlineLevel="1" ht="0.5" customHeight="1" ')


@trait()
def a_sheet_of_closed_rows(m):
    _swap(
        m, SHEET, "</sheetData>", '<row r="14"/><row r="20" ht="30" customHeight="1"/></sheetData>'
    )


@trait(REDRAWN)
def a_cell_in_the_row_of_others(m):
    _swap(m, SHEET, '<row r="11" ', '<row r="11" ')
    cell = re.search(rb'<c r="I10"[^<>]*/>', m[SHEET])[0]
    m[SHEET] = m[SHEET].replace(cell, b"").replace(b'<c r="A11"', cell + b'<c r="A11"')


@trait(REDRAWN)
def rows_out_of_order(m):
    rows = re.findall(rb"<row .*?</row>", m[SHEET])
    m[SHEET] = m[SHEET].replace(rows[9], b"@").replace(rows[10], rows[9]).replace(b"@", rows[10])


@trait(REDRAWN)
def cells_out_of_order(m):
    cells = re.findall(rb'<c r="[GH]10".*?</c>', m[SHEET])
    m[SHEET] = m[SHEET].replace(b"".join(cells), b"".join(reversed(cells)))


@trait(REDRAWN)
def areas_merged_twice(m):
    _swap(m, SHEET, "</mergeCells>", "</mergeCells><mergeCells/>")
