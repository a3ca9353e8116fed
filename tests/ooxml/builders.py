"""Workbooks for the tests: a plain form, and one with everything that a form can carry."""

import io
import re
import struct
import zipfile
import zlib
from functools import cache

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SHEET = "xl/worksheets/sheet1.xml"
NAME = "自评表"


def png() -> bytes:
    """A red square, for a seal."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">L", zlib.crc32(kind + data))
        return struct.pack(">L", len(data)) + kind + data + crc

    head = struct.pack(">2L5B", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc0\0\0" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def parts(data: bytes) -> dict[str, bytes]:
    """The inflated members of a file, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    """A file of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def patched(data: bytes, changes: dict[str, object]) -> bytes:
    """A file with some members put, changed by a function, or (None) left out."""
    members = parts(data)
    for name, change in changes.items():
        if change is None:
            del members[name]
        else:
            members[name] = change(members[name]) if callable(change) else change
    return packed(members)


def _form(book, rows: int):
    sheet = book.add_worksheet(NAME)
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    percent = book.add_format({"border": 1, "num_format": "0.0%"})
    score = book.add_format({"border": 1, "num_format": "0.00"})
    sheet.set_column(0, 6, 14)
    for row in range(rows):
        for col in range(7):
            sheet.write_blank(row, col, None, cell)
    sheet.merge_range(0, 0, 0, 6, "2023年度某单位部门整体绩效自评表", cell)
    for row in range(5, rows - 4, 5):
        sheet.merge_range(row, 0, row + 4, 0, f"目标{row}", cell)
        sheet.merge_range(row, 1, row + 1, 1, f"产出指标{row}", cell)
        sheet.merge_range(row + 2, 1, row + 4, 1, f"效益指标{row}", cell)
        for each in range(5):
            sheet.write(row + each, 2, f"指标{row + each}", cell)
            sheet.write(row + each, 3, f"≥{90 + each}%", cell)
            sheet.write(row + each, 4, 0.95, percent)
            sheet.write(row + each, 5, 2, score)
            sheet.write(row + each, 6, 1.8, score)
    return sheet


@cache
def form(rows: int = 30) -> bytes:
    """A form of seven columns, merged as forms are, blank cells bordered."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _form(book, rows)
    return out.getvalue()


@cache
def kitchen_sink() -> bytes:
    """A form with everything: see the list of features in each helper below."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = _form(book, 30)
        bold = book.add_format({"bold": True, "font_color": "red"})
        sheet.write_rich_string("C4", "绩效", bold, "目标", "完成 & <情况>")
        for row in range(10):
            sheet.write_formula(row + 5, 8, f"=F{row + 6}+G{row + 6}", None, 3.8)
        sheet.write_formula("I20", "=SUM(G6:G10)", None, 9)
        sheet.write_formula("J20", '=IF(G6>1,"达标","")', None, "达标")
        sheet.write("A3", "链接")
        sheet.write_url("B3", "https://example.org/a?b=1&c=2", string="网址")
        sheet.write_comment("G6", "原有批注", {"author": "张三"})
        sheet.write_comment("C8", "第二条", {"author": "李四"})
        sheet.write_comment("G7", "讨论", {"author": "tc={A}"})
        sheet.insert_button("L2", {"caption": "按钮"})
        sheet.insert_checkbox("L8", True)
        sheet.insert_image("K3", "seal.png", {"image_data": io.BytesIO(png())})
        sheet.insert_textbox("K10", "文本框")
        sheet.data_validation("E6:E20", {"validate": "list", "source": ["是", "否"]})
        sheet.conditional_format(
            "F6:F20", {"type": "cell", "criteria": ">", "value": 5, "format": bold}
        )
        sheet.conditional_format("G6:G20", {"type": "data_bar", "data_bar_2010": True})
        sheet.print_area("A1:G30")
        sheet.repeat_rows(0, 1)
        sheet.set_landscape()
        sheet.set_footer("第 &P 页，共 &N 页")
        sheet.protect("secret")
        sheet.freeze_panes(2, 0)
        hidden = book.add_worksheet("隐藏")
        hidden.write("A1", "不可见")
        hidden.hide()
        sheet.set_row(25, None, None, {"hidden": True})
        sheet.set_column(9, 9, 20, None, {"hidden": True})
        book.define_name("总额", f"={NAME}!$G$20")
        book.set_custom_property("文号", "财预〔2020〕10号")
        book.set_properties({"author": "某某"})
    return _with_more(out.getvalue())


def _with_more(data: bytes) -> bytes:
    """Add what no writer writes: discussions, custom XML, external link, signature, vendor's."""
    pkg = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = OFFICE
    ms = "http://schemas.microsoft.com/office/2017/10/relationships"
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    person = "{11111111-1111-1111-1111-111111111111}"

    def rels(*entries: tuple[str, str, str]) -> bytes:
        body = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{p}"/>' for i, t, p in entries)
        return f'<?xml version="1.0"?><Relationships xmlns="{pkg}">{body}</Relationships>'.encode()

    def add_rels(*entries: tuple[str, str, str]):
        new = re.search(rb"<Relationship .*(?=</Relationships>)", rels(*entries))[0]
        return lambda old: old.replace(b"</Relationships>", new + b"</Relationships>")

    office_type = "application/vnd.openxmlformats-officedocument"
    signature_type = "application/vnd.openxmlformats-package.digital-signature"
    overrides = {
        "/xl/threadedComments/threadedComment1.xml": (
            "application/vnd.ms-excel.threadedcomments+xml"
        ),
        "/xl/persons/person.xml": "application/vnd.ms-excel.person+xml",
        "/customXml/itemProps1.xml": f"{office_type}.customXmlProperties+xml",
        "/xl/externalLinks/externalLink1.xml": f"{office_type}.spreadsheetml.externalLink+xml",
        "/xl/calcChain.xml": f"{office_type}.spreadsheetml.calcChain+xml",
        "/_xmlsignatures/sig1.xml": f"{signature_type}-xmlsignature+xml",
        "/_xmlsignatures/origin.sigs": f"{signature_type}-origin",
    }
    declared = "".join(
        f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides.items()
    ).encode()

    def sheet(old: bytes) -> bytes:
        # The writer has mc and x14ac itself; what is missing is revisions.
        revision = b"http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
        old = old.replace(b'mc:Ignorable="x14ac"', b'mc:Ignorable="x14ac xr"', 1)
        old = old.replace(
            b"<worksheet ",
            b'<worksheet xmlns:xr="' + revision + b'" '
            b'xr:uid="{00000000-0001-0000-0000-000000000000}" ',
            1,
        )
        ranges = b'<protectedRanges><protectedRange sqref="F6:F9" name="area"/></protectedRanges>'
        return re.sub(rb"(<sheetProtection[^>]*/>)", rb"\1" + ranges, old)

    def workbook(old: bytes) -> bytes:
        return old.replace(
            b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rId92"/>'
            b"</externalReferences>",
        )  # fmt: skip

    chain = "".join(f'<c r="I{row}" i="1"/>' for row in range(6, 16))
    return patched(
        data,
        {
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", declared + b"</Types>"),
            SHEET: sheet,
            "xl/workbook.xml": workbook,
            "xl/worksheets/_rels/sheet1.xml.rels": add_rels(
                ("rId91", f"{ms}/threadedComment", "../threadedComments/threadedComment1.xml")
            ),
            "xl/_rels/workbook.xml.rels": add_rels(
                ("rId91", f"{ms}/person", "persons/person.xml"),
                ("rId92", f"{office}/externalLink", "externalLinks/externalLink1.xml"),
                ("rId93", f"{office}/calcChain", "calcChain.xml"),
                ("rId94", f"{office}/customXml", "../customXml/item1.xml"),
            ),
            "_rels/.rels": add_rels(
                (
                    "rId92",
                    f"{pkg}/digital-signature/origin",
                    "_xmlsignatures/origin.sigs",
                ),
            ),
            "xl/threadedComments/threadedComment1.xml": (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
                f'<ThreadedComments xmlns="{threads}">'
                f'<threadedComment ref="G7" dT="2024-01-01T00:00:00.00" personId="{person}"'
                ' id="{22222222-2222-2222-2222-222222222222}"><text>讨论</text>'
                "</threadedComment></ThreadedComments>"
            ).encode(),
            "xl/persons/person.xml": (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
                f'<personList xmlns="{threads}"><person displayName="王五" id="{person}"'
                ' userId="w" providerId="None"/>'
                "</personList>"
            ).encode(),
            "customXml/item1.xml": "<a>数据</a>".encode(),
            "customXml/itemProps1.xml": (
                b'<ds:datastoreItem ds:itemID="{33333333-3333-3333-3333-333333333333}" '
                b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
            ),
            "customXml/_rels/item1.xml.rels": rels(
                ("rId1", f"{office}/customXmlProps", "itemProps1.xml")
            ),
            "xl/externalLinks/externalLink1.xml": (
                f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{office}" r:id="rId1">'
                '<sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
            ).encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels(
                ("rId1", f"{office}/externalLinkPath", "other.xlsx")
            ).replace(b'"/></R', b'" TargetMode="External"/></R'),
            "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">{chain}</calcChain>'.encode(),
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/_rels/origin.sigs.rels": rels(
                (
                    "rId1",
                    f"{pkg}/digital-signature/signature",
                    "sig1.xml",
                )
            ),
            "_xmlsignatures/sig1.xml": b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
            "xl/vendor/unknown.xml": b"<vendor/>",
        },
    )


def strict(data: bytes) -> bytes:
    """The same workbook in the Strict variant of the format."""
    out = parts(data)
    for name in out:
        if name.endswith((".xml", ".rels")):
            content = out[name].replace(MAIN.encode(), STRICT_MAIN.encode())
            out[name] = content.replace(OFFICE.encode(), STRICT_OFFICE.encode())
    return packed(out)


def prefixed(data: bytes) -> bytes:
    """The same workbook with every element of the main namespace under the prefix ``x``."""
    out = parts(data)
    for name, content in out.items():
        if f'xmlns="{MAIN}"'.encode() in content:
            bound = content.replace(b'xmlns="' + MAIN.encode(), b'xmlns:x="' + MAIN.encode())
            out[name] = re.sub(rb"<(/?)([A-Za-z][\w.]*)(?=[\s/>])", rb"<\1x:\2", bound)
    return packed(out)


def sheet_with(content: str, *, head: str = "", tail: str = "", strings=()) -> bytes:
    """A workbook whose only sheet has the given ``sheetData`` content."""
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    return patched(
        form(6),
        {
            SHEET: (
                f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{head}'
                f"<sheetData>{content}</sheetData>{tail}</worksheet>"
            ).encode(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>'.encode(),
        },
    )
