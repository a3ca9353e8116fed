"""Files that are small and cost much: bombs of time and memory, each of a kind, for every format.

Nothing here is kept as a file: every one is made when it is needed. ``KINDS`` names them all.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from tests.face.run import GOOD
from tests.forms.builder import ministry_lines, row, workbook
from tests.grid import builders, compound
from tests.ooxml.builders import parts

SHEET = "xl/worksheets/sheet1.xml"
KINDS: dict[str, Callable[[], bytes]] = {}


def kind(function: Callable[[], bytes]) -> Callable[[], bytes]:
    KINDS[function.__name__] = function
    return function


def packed(members: dict[str, bytes]) -> bytes:
    """A zip file that packs nothing: what a bomb is packed with may be made to pass any test of ratios."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


@cache
def good() -> bytes:
    return workbook(GOOD)


def changed(**parts_of: bytes) -> bytes:
    """The good form with some parts replaced: sheet, strings, styles, book, relations, types."""
    names = {
        "sheet": SHEET,
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "types": "[Content_Types].xml",
    }
    return packed(parts(good()) | {names[name]: content for name, content in parts_of.items()})


def sheet(body: bytes, before: bytes = b"", after: bytes = b"", attributes: bytes = b"") -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return (
        head
        + attributes
        + b">"
        + before
        + b"<sheetData>"
        + body
        + b"</sheetData>"
        + after
        + b"</worksheet>"
    )


def strings(body: bytes) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + body
        + b"</sst>"
    )


def listing(count: int, part: Callable[[int], str]) -> dict[str, bytes]:
    """The workbook part and its relationships for so many sheets."""
    members = parts(good())
    book = members["xl/workbook.xml"].decode()
    start, end = book.index("<sheets>"), book.index("</sheets>")
    tags = "".join(f'<sheet name="表{n}" sheetId="{n + 1}" r:id="s{n}"/>' for n in range(count))
    relations = members["xl/_rels/workbook.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = "".join(
        f'<Relationship Id="s{n}" Type="{office}/worksheet" Target="{part(n)}"/>'
        for n in range(count)
    )
    return members | {
        "xl/workbook.xml": (book[:start] + "<sheets>" + tags + book[end:]).encode(),
        "xl/_rels/workbook.xml.rels": relations.replace(
            "</Relationships>", more + "</Relationships>"
        ).encode(),
    }


# ---------------------------------------------------------------- .xlsx: sheets
@kind
def xlsx_one_sheet_listed_20000_times() -> bytes:
    return packed(listing(20_000, lambda _: "worksheets/sheet1.xml"))


@kind
def xlsx_1000_sheets() -> bytes:
    members = listing(1000, lambda n: f"worksheets/s{n}.xml")
    return packed(members | {f"xl/worksheets/s{n}.xml": members[SHEET] for n in range(1000)})


@kind
def xlsx_20_sheets_of_100000_cells() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    members = listing(20, lambda n: f"worksheets/s{n}.xml")
    return packed(members | {f"xl/worksheets/s{n}.xml": sheet(row * 1000) for n in range(20)})


@kind
def xlsx_200000_texts() -> bytes:
    row = b"<row>" + b'<c t="s"><v>0</v></c><c t="s"><v>1</v></c>' * 50 + b"</row>"
    return changed(
        sheet=sheet(row * 1990),
        strings=strings("<si><t>一级指标</t></si><si><t>实际完成值</t></si>".encode()),
    )


@kind
def xlsx_300_long_texts_in_every_cell() -> bytes:
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    return changed(
        sheet=sheet(row * 1000),
        strings=strings(b"<si><t>" + "完成率≥95%，".encode() * 4000 + b"</t></si>"),
    )


@kind
def xlsx_one_text_of_15_megabytes() -> bytes:
    return changed(
        strings=strings(
            b"<si><t>"
            + "指标（5分）1-".encode() * 800_000
            + b"</t></si>" * 1
            + b"<si><t>a</t></si>" * 100
        )
    )


@kind
def xlsx_a_text_of_megabytes_inline() -> bytes:
    text = ("≥1万元，" * 400_000).encode()
    return changed(
        sheet=sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row>")
    )


@kind
def xlsx_empty_rows() -> bytes:
    members = listing(7, lambda n: f"worksheets/s{n}.xml")
    return packed(
        members | {f"xl/worksheets/s{n}.xml": sheet(b"<row/>" * 1_040_000) for n in range(7)}
    )


@kind
def xlsx_empty_cells() -> bytes:
    row = b"<row>" + b"<c/>" * 16_000 + b"</row>"
    return changed(sheet=sheet(row * 200))


@kind
def xlsx_merged_areas() -> bytes:
    members = listing(20, lambda n: f"worksheets/s{n}.xml")
    merges = b"".join(b'<mergeCell ref="A%d:J%d"/>' % (5 * n + 1, 5 * n + 5) for n in range(19_900))
    after = b"<mergeCells>" + merges + b"</mergeCells>"
    return packed(
        members
        | {
            f"xl/worksheets/s{n}.xml": sheet(b"<row><c><v>1</v></c></row>", after=after)
            for n in range(20)
        }
    )


@kind
def xlsx_overlapping_areas() -> bytes:
    merges = b'<mergeCell ref="A1:CV100"/>' * 99
    after = b"<mergeCells>" + merges + b"</mergeCells>"
    return changed(sheet=sheet(b'<row r="200"><c r="CZ200"><v>1</v></c></row>', after=after))


@kind
def xlsx_columns_defined_16384_times() -> bytes:
    cols = b"<cols>" + b'<col min="1" max="16384" width="9" hidden="1"/>' * 16_384 + b"</cols>"
    return changed(sheet=sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>', before=cols))


@kind
def xlsx_a_format_code_of_megabytes() -> bytes:
    members = parts(good())
    styles = members["xl/styles.xml"].replace(
        b"<fonts",
        b'<numFmts count="1"><numFmt numFmtId="200" formatCode="'
        + b"m" * 1
        + b"m/d" * 1_000_000
        + b'"/></numFmts><fonts',
        1,
    )
    return changed(styles=styles.replace(b'numFmtId="0"', b'numFmtId="200"'))


@kind
def xlsx_65000_format_codes() -> bytes:
    members = parts(good())
    formats = b"".join(
        b'<numFmt numFmtId="%d" formatCode="0.0&quot;%d&quot;;[Red]-0.0;@"/>' % (200 + n, n)
        for n in range(65_000)
    )
    styles = members["xl/styles.xml"].replace(
        b"<fonts", b"<numFmts>" + formats + b"</numFmts><fonts", 1
    )
    start, end = styles.index(b"<cellXfs"), styles.index(b"</cellXfs>")
    xfs = b"".join(b'<xf numFmtId="%d"/>' % (200 + n) for n in range(65_000))
    row = b"".join(b'<row><c s="%d"><v>1</v></c></row>' % n for n in range(65_000))
    return changed(styles=styles[:start] + b"<cellXfs>" + xfs + styles[end:], sheet=sheet(row))


# ---------------------------------------------------------------- .xlsx: scans that look far
@kind
def xlsx_unclosed_si() -> bytes:
    return changed(strings=strings(b"<si>" * 200_000))


@kind
def xlsx_unclosed_si_with_text() -> bytes:
    return changed(strings=strings(b"<si><r>" * 200_000 + b"</si>"))


@kind
def xlsx_unclosed_is() -> bytes:
    return changed(sheet=sheet(b'<row><c t="inlineStr">' + b"<is>" * 500_000 + b"</c></row>"))


@kind
def xlsx_unclosed_rph() -> bytes:
    return changed(strings=strings(b"<si><r>" + b"<rPh a" * 500_000 + b"</r></si>"))


@kind
def xlsx_unclosed_rph_in_a_cell() -> bytes:
    return changed(
        sheet=sheet(b'<row><c t="inlineStr"><is>' + b"<rPh>" * 500_000 + b"</is></c></row>")
    )


@kind
def xlsx_unclosed_c() -> bytes:
    return changed(sheet=sheet(b"<row>" + b'<c r="A1">' * 300_000 + b"</row>"))


@kind
def xlsx_half_closed_c() -> bytes:
    return changed(sheet=sheet(b'<row><c r="A1">' + b"</c  " * 300_000 + b"</c></row>"))


@kind
def xlsx_half_opened_v() -> bytes:
    return changed(sheet=sheet(b'<row><c r="A1" x="1">' + b"<v " * 800_000 + b"</c></row>"))


@kind
def xlsx_half_opened_t() -> bytes:
    return changed(
        sheet=sheet(b'<row><c r="A1" t="inlineStr"><is>' + b"<t " * 800_000 + b"</is></c></row>")
    )


@kind
def xlsx_twins() -> bytes:
    return changed(sheet=sheet(b"<row>" + b"<c><c>" * 150_000 + b"</c></c>" * 150_000 + b"</row>"))


@kind
def xlsx_nested_twins_after_the_table() -> bytes:
    return changed(
        sheet=sheet(b"", after=b"<extLst>" * 200 + b"<extLsts/>" * 200_000 + b"</extLst>" * 200)
    )


@kind
def xlsx_elements_that_do_not_close() -> bytes:
    return changed(sheet=sheet(b"", before=b"<cols></cols>" * 1 + b"<x></x>" * 200_000 + b"<y>"))


@kind
def xlsx_twin_namespaces() -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    names = b"".join(b' xmlns:n%d="%b"' % (n, main) for n in range(20_000))
    return changed(
        sheet=sheet(b"<row>" + b"<c><v>1</v></c>" * 100_000 + b"</row>", attributes=names)
    )


@kind
def xlsx_namespaces_of_every_element() -> bytes:
    names = b"".join(b' xmlns:n%d="urn:%d"' % (n, n) for n in range(5_000))
    return changed(
        sheet=sheet(b"<row>" + b"<!--x--><c><v>1</v></c>" * 30_000 + b"</row>", attributes=names)
    )


@kind
def xlsx_attributes() -> bytes:
    names = b"".join(b' a%d="1"' % n for n in range(200_000))
    return changed(sheet=sheet(b"<row><!--x--><c" + names + b"><v>1</v></c></row>"))


@kind
def xlsx_relations() -> bytes:
    members = parts(good())
    more = b"".join(
        b'<Relationship Id="x%d" Type="t/image" Target="../a/%d.png"/>' % (n, n)
        for n in range(200_000)
    )
    return packed(
        members
        | {
            "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + more
            + b"</Relationships>"
        }
    )


@kind
def xlsx_names() -> bytes:
    book = parts(good())["xl/workbook.xml"]
    names = b"".join(
        b'<definedName name="n%d">A%d</definedName>' % (n, n + 1) for n in range(200_000)
    )
    return changed(
        book=book.replace(b"</sheets>", b"</sheets><definedNames>" + names + b"</definedNames>")
    )


@kind
def xlsx_comments() -> bytes:
    members = parts(good())
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c" Type="{office}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="v" Type="{office}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    ).encode()
    notes = b"".join(
        b'<comment ref="A%d" authorId="0"><text><t>x</t></text></comment>' % (n + 1)
        for n in range(60_000)
    )
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shapes = b"".join(
        b'<v:shape id="_x0000_s%d"><x:ClientData ObjectType="Note"><x:Row>%d</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>'
        % (n, n)
        for n in range(60_000)
    )
    whole = members[SHEET].replace(
        b"</worksheet>", b'<legacyDrawing xmlns:r="%b" r:id="v"/></worksheet>' % office.encode()
    )
    return packed(members | {
        SHEET: whole,
        "xl/worksheets/_rels/sheet1.xml.rels": relations,
        "xl/comments1.xml": b'<comments xmlns="%b"><authors><author>a</author></authors><commentList>%b</commentList></comments>' % (main, notes),
        "xl/drawings/vmlDrawing1.vml": b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">' + shapes + b"<v:shape " * 100_000 + b"</xml>",
    })  # fmt: skip


# ---------------------------------------------------------------- .xls, .xlsb
def xls_listed(count: int, cells: bytes, apart: int = 0) -> bytes:
    """One sheet that is listed so many times, each entry so many bytes further."""
    bound = [
        compound.record(0x85, struct.pack("<IBB", 0, 0, 0) + compound.wide(f"s{n}", 1))
        for n in range(count)
    ]
    start = len(compound.BOF8) + sum(map(len, bound)) + len(compound.EOF)
    bound = [
        compound.record(
            0x85,
            struct.pack("<IBB", start + (n * apart if apart else 0), 0, 0)
            + compound.wide(f"s{n}", 1),
        )
        for n in range(count)
    ]
    stream = compound.BOF8 + b"".join(bound) + compound.EOF + cells + compound.EOF
    return compound.compound({"Workbook": stream})


@kind
def xls_one_sheet_listed_5000_times() -> bytes:
    cells = b"".join(
        compound.record(0x203, compound.cell(row, col, struct.pack("<d", 1.5)))
        for row in range(100)
        for col in range(20)
    )
    return xls_listed(5000, compound.BOF8 + cells)


@kind
def xls_sheets_inside_each_other() -> bytes:
    blank = compound.record(0x201, b"\0" * 6)
    return xls_listed(5000, compound.BOF8 * 20_000 + blank * 20_000, apart=len(compound.BOF8))


@kind
def xls_numbers_over_each_other() -> bytes:
    many = compound.record(
        0xBD, struct.pack("<HH", 0, 0) + struct.pack("<HI", 0, 6) * 255 + struct.pack("<H", 254)
    )
    return compound.workbook(b"", many * 4_200)


@kind
def xls_strings() -> bytes:
    piece = compound.record(0x3C, b"\x02\0\0ab" * 1640)
    return compound.workbook(compound.record(0xFC, struct.pack("<II", 9, 2**31)) + piece * 780, b"")


@kind
def xls_empty_records() -> bytes:
    return compound.workbook(b"", compound.record(0x99) * 1_600_000)


@kind
def xls_areas() -> bytes:
    many = compound.record(0xE5, struct.pack("<H", 1027) + struct.pack("<HHHH", 0, 5, 0, 5) * 1027)
    return compound.workbook(b"", many * 780)


@kind
def xls_formats() -> bytes:
    shared = b"".join(
        compound.record(0x41E, struct.pack("<H", 200 + n) + compound.wide(f'0.0"{n}"'))
        for n in range(50_000)
    )
    shared += b"".join(
        compound.record(0xE0, struct.pack("<HH", 0, 200 + n) + b"\0" * 16) for n in range(60_000)
    )
    return compound.workbook(
        shared, compound.record(0x203, compound.cell(0, 0, struct.pack("<d", 1.5)))
    )


@kind
def ole_sector_table() -> bytes:
    """Every sector of a file is a sector of the table."""
    data = bytearray(compound.compound({"Workbook": b"x" * 6_500_000}))
    data[44:48] = struct.pack("<I", 2**31)
    first = len(data) // 512
    for n in range(0, 12_700, 127):
        block = struct.pack("<127I", *range(n, n + 127)) + struct.pack("<I", first + n // 127)
        data += block
    data[68:76] = struct.pack("<II", first - 1, 100)
    return bytes(data)


def xlsb_listed(count: int) -> bytes:
    members = parts(builders.xlsb())
    book = (
        builders._record(131)
        + builders._record(153, struct.pack("<II", 0, 0) + builders._wide(""))
        + builders._record(143)
    )
    for n in range(count):
        book += builders._record(
            156, struct.pack("<II", 0, n + 1) + builders._wide("rId1") + builders._wide(f"s{n}")
        )
    return packed(
        members | {"xl/workbook.bin": book + builders._record(144) + builders._record(132)}
    )


def xlsb_sheet(body: bytes) -> bytes:
    return packed(parts(builders.xlsb()) | {"xl/worksheets/sheet1.bin": body})


@kind
def xlsb_one_sheet_listed_20000_times() -> bytes:
    return xlsb_listed(20_000)


@kind
def xlsb_empty_records() -> bytes:
    return xlsb_sheet(
        b"\x05\x00" * 0 + builders._record(145) + b"\x92\x01\x00" * 5_000_000 + b"a" * 0
    )


@kind
def xlsb_areas() -> bytes:
    return xlsb_sheet(builders._record(176, struct.pack("<IIII", 0, 5, 0, 5)) * 800_000)


@kind
def xlsb_cells_over_each_other() -> bytes:
    return xlsb_sheet(
        builders._record(0, struct.pack("<IIH", 0, 0, 300) + b"\0" * 7)
        + builders._record(5, struct.pack("<IId", 0, 0, 1.5)) * 2_500_000
    )


# ---------------------------------------------------------------- OpenDocument
ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
)


def ods(tables: str, styles: str = "", flat: bool = False) -> bytes:
    content = f"{ODS_HEAD}{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    if flat:
        return content.replace("office:document-content", "office:document").encode()
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
    )


CELL = '<table:table-cell office:value-type="string"{}><text:p>一级指标</text:p></table:table-cell>'


@kind
def ods_2000_tables() -> bytes:
    rows = f'<table:table-row table:number-rows-repeated="400">{CELL.format(" table:number-columns-repeated=" + chr(34) + "400" + chr(34))}</table:table-row>'
    return ods(f'<table:table table:name="t">{rows}</table:table>' * 2000)


@kind
def ods_2000_tables_of_heights() -> bytes:
    style = '<office:automatic-styles><style:style style:name="r" style:family="table-row"><style:table-row-properties style:row-height="1cm"/></style:style></office:automatic-styles>'
    rows = '<table:table-row table:style-name="r" table:number-rows-repeated="1000"/>' * 1048
    return ods(f'<table:table table:name="t">{rows}{CELL.format("")}</table:table>' * 100, style)


@kind
def fods_2000_tables() -> bytes:
    rows = f'<table:table-row table:number-rows-repeated="400">{CELL.format(" table:number-columns-repeated=" + chr(34) + "400" + chr(34))}</table:table-row>'
    return ods(f'<table:table table:name="t">{rows}</table:table>' * 2000, flat=True)


@kind
def fods_of_60_megabytes() -> bytes:
    return ods(
        '<table:table table:name="t">' + "<table:table-row/>" * 3_300_000 + "</table:table>",
        flat=True,
    )


@kind
def ods_elements() -> bytes:
    return ods(
        '<table:table table:name="t"><table:table-row><table:table-cell><text:p>'
        + "<a/>" * 3_900_000
        + "</text:p></table:table-cell></table:table-row></table:table>"
    )


@kind
def ods_attributes() -> bytes:
    names = "".join(f' a{n}=""' for n in range(1_300_000))
    return ods(f'<table:table table:name="t"><table:table-row{names}/></table:table>')


@kind
def ods_spaces() -> bytes:
    return ods(
        '<table:table table:name="t"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>'
        + '<text:s text:c="1000"/>' * 400_000
        + "x</text:p></table:table-cell></table:table-row></table:table>"
    )


@kind
def ods_spans() -> bytes:
    cell = '<table:table-cell table:number-rows-spanned="90" table:number-columns-spanned="90"/>'
    return ods(
        '<table:table table:name="t">'
        + f"<table:table-row>{cell}</table:table-row>" * 150_000
        + "</table:table>"
    )


# ---------------------------------------------------------------- XML Spreadsheet 2003
def xml2003(styles: str, sheets: str) -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>{sheets}</Workbook>'
    ).encode()


@kind
def xml2003_chain_of_styles() -> bytes:
    chain = "".join(f'<Style ss:ID="s{n}" ss:Parent="s{n + 1}"/>' for n in range(20_000))
    return xml2003(
        chain,
        '<Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table></Worksheet>',
    )


@kind
def xml2003_of_60_megabytes() -> bytes:
    row = "<Row>" + '<Cell><Data ss:Type="Number">1</Data></Cell>' * 100 + "</Row>"
    return xml2003("", '<Worksheet ss:Name="a"><Table>' + row * 13_000 + "</Table></Worksheet>")


@kind
def xml2003_hidden_rows() -> bytes:
    row = '<Row ss:Hidden="1" ss:Span="1000"/>' * 1040
    return xml2003("", f'<Worksheet ss:Name="a"><Table>{row}</Table></Worksheet>' * 100)


@kind
def xml2003_1000_sheets() -> bytes:
    row = "<Row>" + '<Cell><Data ss:Type="String">一级指标</Data></Cell>' * 100 + "</Row>"
    return xml2003(
        "",
        "".join(f'<Worksheet ss:Name="a{n}"><Table>{row}</Table></Worksheet>' for n in range(1500)),
    )


# ---------------------------------------------------------------- HTML, MHTML
@kind
def html_colspans() -> bytes:
    row = "<tr>" + "<td colspan=1000>a</td>" * 199 + "</tr>"
    return f"<html><table>{row}</table>{'<p>文字</p>' * 4}</html>".encode()


@kind
def html_colspans_in_many_tables() -> bytes:
    return (
        "<html>"
        + "".join(
            f"<table><tr>{'<td colspan=1000>a</td>' * (n + 1)}</tr><tr><td>b</table>"
            for n in range(15)
        )
        + "</html>"
    ).encode()


@kind
def html_rowspans() -> bytes:
    return (
        "<html><table><tr>"
        + "<td rowspan=0 colspan=1000>a" * 190
        + "</tr>"
        + "<tr><td>b</tr>" * 9000
        + "</table></html>"
    ).encode()


@kind
def html_hidden_columns() -> bytes:
    return (
        "<html><table>"
        + "<col span=1000 style='display:none'>" * 30_000
        + "<tr><td>b</td></tr></table></html>"
    ).encode()


@kind
def html_style_soup() -> bytes:
    return ("<html><style>" + ".a{" * 400_000 + "</style><table><tr><td>a</table></html>").encode()


@kind
def html_attribute_soup() -> bytes:
    return (
        "<html><table><tr><td " + " ".join(f"a{n}=1" for n in range(100_000)) + ">a</table></html>"
    ).encode()


@kind
def html_inline_style_soup() -> bytes:
    return (
        "<html><table><tr><td style='"
        + 'mso-number-format:"' * 60_000
        + "'>a"
        + "<td style='"
        + "display " * 100_000
        + "'>"
        + "</table></html>"
    ).encode()


@kind
def html_unclosed_tags() -> bytes:
    return ("<html><table><tr><td>" + "<b><i><font>" * 60_000 + "</table></html>").encode()


@kind
def html_nested_tables() -> bytes:
    return ("<html>" + "<table><tr><td>a" * 50_000 + "</html>").encode()


@kind
def html_tables_in_tables() -> bytes:
    inner = "<table>" + "<tr><td>a<td>b<td>c</tr>" * 3 + "</table>"
    for _ in range(60):
        inner = f"<table><tr><td>{inner}<td>b<td>c</tr><tr><td>1<td>2<td>3</tr><tr><td>1<td>2<td>3</tr></table>"
    return f"<html>{inner * 60}</html>".encode()


@kind
def html_open_brackets() -> bytes:
    return (
        "<html><table><tr><td>" + "<" * 1_000_000 + "<a " * 500_000 + "</table></html>"
    ).encode()


@kind
def html_of_60_megabytes() -> bytes:
    return ("<html><table>" + "<tr><td>a</td></tr>" * 3_000_000 + "</table></html>").encode()


@kind
def html_elements() -> bytes:
    return ("<html><table><tr><td>" + "<br>" * 4_000_000 + "</table></html>").encode()


@kind
def html_class_names() -> bytes:
    return (
        "<html><style>"
        + "".join(f".x{n}{{mso-number-format:'0'}}" for n in range(100_000))
        + "</style><table><tr><td class='"
        + "y " * 500_000
        + "'>a</table></html>"
    ).encode()


def mhtml(pages: list[str], head: str = "") -> bytes:
    body = "".join(
        f"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n"
        for page in pages
    )
    return f'MIME-Version: 1.0\r\n{head}Content-Type: multipart/related; boundary="B"\r\n\r\n{body}--B--\r\n'.encode()


@kind
def mhtml_2000_pages() -> bytes:
    page = "<html><table>" + "<tr>" + "<td>一级指标" * 100 + "</table></html>"
    return mhtml([page] * 2000)


@kind
def mhtml_pages_of_colspans() -> bytes:
    page = "<html><table><tr>" + "<td colspan=1000>a</td>" * 150 + "</tr></table></html>"
    return mhtml([page] * 200)


@kind
def mhtml_nested_parts() -> bytes:
    depth = 900
    head = "".join(
        f'Content-Type: multipart/related; boundary="B{n}"\r\n\r\n--B{n}\r\n' for n in range(depth)
    )
    page = "Content-Type: text/html\r\n\r\n<html><table><tr><td>a</table>" + "\r\n--C" * 100_000
    return f"MIME-Version: 1.0\r\n{head}{page}".encode()


@kind
def mhtml_headers() -> bytes:
    return mhtml(
        ["<html><table><tr><td>a</table></html>"],
        "".join(f"X-{n}: " + "a" * 20 + "\r\n b\r\n" for n in range(200_000)),
    )


# ---------------------------------------------------------------- .docx
def docx(body: str) -> bytes:
    return packed(parts(builders.docx(body)))


@kind
def docx_spans() -> bytes:
    return docx(
        builders.tbl([1000], f"<w:tr>{builders.tc(builders.p('a'), span=1000) * 20_000}</w:tr>")
    )


@kind
def docx_rows_before() -> bytes:
    row = (
        '<w:tr><w:trPr><w:gridBefore w:val="1000"/></w:trPr>'
        + builders.tc(builders.p("a"), span=1000)
        + "</w:tr>"
    )
    return docx("".join(builders.tbl([7 * n + 1], row * 2) for n in range(3000)))


@kind
def docx_widths() -> bytes:
    return docx(
        "".join(
            builders.tbl(
                list(range(61, 161)),
                "<w:tr>"
                + builders.tc(builders.p("a"), span=100)
                + "</w:tr>"
                + f"<w:tr>{builders.tc(builders.p('b')) * 100}</w:tr>",
            )
            for _ in range(900)
        )
    )


@kind
def docx_tables_in_tables() -> bytes:
    inner = builders.tbl([9], f"<w:tr>{builders.tc(builders.p('a'))}</w:tr>")
    for _ in range(40):
        inner = builders.tbl(
            [9, 9, 9],
            *[
                f"<w:tr>{builders.tc(inner if not n else builders.p('a'))}{builders.tc(builders.p('b')) * 2}</w:tr>"
                for n in range(3)
            ],
        )
    return docx(inner * 50)


@kind
def docx_elements() -> bytes:
    return docx(
        "<w:p/>" * 2_500_000 + builders.tbl([9], f"<w:tr>{builders.tc(builders.p('a'))}</w:tr>")
    )


@kind
def docx_boxes() -> bytes:
    box = "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"
    inner = "<w:p/>"
    for _ in range(45):
        inner = box.format(inner)
    return docx(inner * 1500 + builders.tbl([9], f"<w:tr>{builders.tc(builders.p('a'))}</w:tr>"))


@kind
def docx_continued_cells() -> bytes:
    cells = (
        builders.tc(builders.p("a"), span=1)
        + '<w:tc><w:tcPr><w:gridSpan w:val="1000"/><w:hMerge/></w:tcPr><w:p/></w:tc>' * 1500
    )
    return docx(builders.tbl([9], f"<w:tr>{cells}</w:tr>" * 20))


# ---------------------------------------------------------------- forms that never end
def rows_of(count: int, **more: object) -> bytes:
    rows = [row(f"里程{n}", f"≥{n}公里", f"{n}公里", 1, 1, **more) for n in range(count)]
    return workbook(ministry_lines(*rows, fill=False))


@kind
def form_of_3000_indicators() -> bytes:
    return rows_of(3000)


@kind
def form_of_20000_indicators() -> bytes:
    return rows_of(20_000)


@kind
def forms_below_each_other() -> bytes:
    return workbook([line for _ in range(600) for line in GOOD])


@kind
def form_of_headers_only() -> bytes:
    header = (
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析",
    )
    return workbook([GOOD[0], *[header] * 15_000])


@kind
def form_of_equal_rows() -> bytes:
    return workbook(ministry_lines(*[row("里程", "≥1公里", "1公里", 1, 1)] * 4000, fill=False))


@kind
def form_of_long_texts() -> bytes:
    long = "完成率≥95%，投诉率≤3%；2021年12月底前完成1-3项，每月15日前不少于2次（5分），" * 800
    rows = [
        row(f"{n}{long}"[:32_000], long[:32_000], long[:32_000], 1, 1, long[:32_000])
        for n in range(60)
    ]
    return workbook(
        ministry_lines(
            *rows,
            goal=long[:32_000],
            result=long[:32_000],
            reasons=(("偏差原因", long[:32_000]),),
            fill=False,
        )
    )


def soup(text: str, count: int = 60) -> bytes:
    text = (text * 32_000)[:32_000]
    rows = [row(f"里程{n}", text, text, 1, 1, text) for n in range(count)]
    return workbook(
        ministry_lines(
            *rows,
            goal=text,
            result=text,
            reasons=(("偏差原因", text),),
            unit=text,
            project=text,
            fill=False,
        )
    )


for name, text in {
    "digits": "1", "points": "1.", "commas": "1,", "brackets": "（", "numerals": "一", "units": "万", "dashes": "1-",
    "percents": "95%", "spaces": " ", "dates": "2021年", "labels": "一级指标", "comparators": "≥", "marks": "★",
    "colons": "单位：", "sentences": "完成较好。", "letters": "a", "lines": "a\n", "nots": "不", "combining": "e\u0301",
}.items():  # fmt: skip
    KINDS[f"text_of_{name}"] = lambda text=text: soup(text)


@kind
def form_of_unknown_cells() -> bytes:
    lines = [list(line) + ["备注"] * 150 for line in GOOD]
    return workbook([*lines, *[[f"第{n}行"] + ["杂项"] * 150 for n in range(1200)]])


# ---------------------------------------------------------------- just below every limit
@kind
def below_docx_paragraphs() -> bytes:
    return docx(
        "<w:p/>" * 1_400_000 + builders.tbl([9], f"<w:tr>{builders.tc(builders.p('a'))}</w:tr>")
    )


@kind
def below_docx_cells() -> bytes:
    return docx(builders.tbl([9], *[f"<w:tr>{builders.tc(builders.p('a')) * 60}</w:tr>"] * 1600))


@kind
def below_ods_cells() -> bytes:
    return ods(
        '<table:table table:name="t">'
        + f"<table:table-row>{CELL.format('') * 100}</table:table-row>" * 1980
        + "</table:table>"
    )


@kind
def below_xml2003_cells() -> bytes:
    rows = (
        "<Row>"
        + '<Cell ss:StyleID="s1"><Data ss:Type="String">一级指标</Data></Cell>' * 100
        + "</Row>"
    )
    return xml2003("", f'<Worksheet ss:Name="a"><Table>{rows * 1980}</Table></Worksheet>')


@kind
def below_html_cells() -> bytes:
    return (
        "<html><table>" + ("<tr>" + "<td>一级指标" * 100 + "</tr>") * 1980 + "</table></html>"
    ).encode()


@kind
def below_html_elements() -> bytes:
    return ("<html><table><tr><td>" + "<br>a" * 700_000 + "</table></html>").encode()


@kind
def below_html_paragraphs() -> bytes:
    return ("<html>" + "<p>a" * 1_400_000 + "<table><tr><td>a</table></html>").encode()


@kind
def below_xlsx_cells_with_comments() -> bytes:
    row_ = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    return changed(
        sheet=sheet(b"<!-- x -->" + row_ * 1990),
        strings=strings("<si><t>一级指标</t></si>".encode()),
    )


@kind
def below_xlsx_parts() -> bytes:
    """Sheets of hardly anything but spaces: 120 MB to read."""
    members = listing(7, lambda n: f"worksheets/s{n}.xml")
    return packed(
        members
        | {
            f"xl/worksheets/s{n}.xml": sheet(b"<row>" + b" " * 16_000_000 + b"</row>")
            for n in range(7)
        }
    )


@kind
def below_xlsx_comments_in_sheets() -> bytes:
    members = listing(7, lambda n: f"worksheets/s{n}.xml")
    return packed(
        members
        | {f"xl/worksheets/s{n}.xml": sheet(b"<!--x-->" + b"<row/>" * 190_000) for n in range(7)}
    )


@kind
def below_xlsx_strings() -> bytes:
    return changed(strings=strings(b"<si><t>ab</t></si>" * 880_000))


@kind
def below_xlsb_strings() -> bytes:
    strings_ = b"".join([builders._record(19, b"\0" + builders._wide("ab"))] * 1_900_000)
    return packed(parts(builders.xlsb()) | {"xl/sharedStrings.bin": strings_})


@kind
def below_sheets() -> bytes:
    members = listing(999, lambda n: f"worksheets/s{n}.xml")
    return packed(members | {f"xl/worksheets/s{n}.xml": members[SHEET] for n in range(999)})


@kind
def below_areas() -> bytes:
    merges = b"".join(b'<mergeCell ref="A%d:X%d"/>' % (n + 1, n + 1) for n in range(19_900))
    return changed(
        sheet=sheet(
            b'<row r="19999"><c r="Z19999"><v>1</v></c></row>',
            after=b"<mergeCells>" + merges + b"</mergeCells>",
        )
    )
