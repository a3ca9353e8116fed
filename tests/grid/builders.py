"""One and the same small form written as every kind of file, and single pieces of such files."""

import io
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from perfxl.ooxml.address import Span

DATA = Path(__file__).parent.parent / "data" / "grid"
NAME = "自评表"

# (row, column): text; a number is (value, format code, text), all counted from 1.
TEXTS = {
    (1, 1): "2021年度示例局部门整体绩效自评表",
    (2, 1): "单位名称",
    (2, 2): "示例局",
    (3, 1): "一级指标",
    (3, 2): "二级指标",
    (3, 3): "三级指标",
    (3, 4): "年初目标值（A）",
    (3, 5): "实际完成值（B）",
    (3, 6): "得分",
    (4, 1): "产出指标",
    (4, 2): "数量指标",
    (4, 3): "培训 人次 & <场>\n（全年）",
    (4, 4): "≥100人次",
    (5, 3): "检查次数",
    (5, 4): "12",
    (6, 2): "质量指标",
    (6, 3): "合格率",
    (6, 4): "≥95%",
    (7, 1): "总分",
    (7, 2): "215,457.6",
}
NUMBERS = {
    (4, 5): ("120", "General", "120"),
    (4, 6): ("8", "0.00", "8.00"),
    (5, 5): ("12", '0"次"', "12次"),
    (5, 6): ("7.5", "General", "7.5"),
    (6, 5): ("0.953", "0.0%", "95.3%"),
    (6, 6): ("-1234.567", "#,##0.00", "-1,234.57"),
}
SPANS = [Span(1, 1, 1, 6), Span(2, 2, 2, 6), Span(4, 1, 6, 1), Span(4, 2, 5, 2), Span(7, 2, 7, 6)]
SHOWN = TEXTS | {place: text for place, (_, _, text) in NUMBERS.items()}


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip file of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(NAME)
    for span in SPANS:
        sheet.merge_range(span.top - 1, span.left - 1, span.bottom - 1, span.right - 1, "")
    for (row, col), text in TEXTS.items():
        sheet.write_string(row - 1, col - 1, text)
    for (row, col), (value, code, _) in NUMBERS.items():
        sheet.write_number(row - 1, col - 1, float(value), book.add_format({"num_format": code}))
    book.close()
    return out.getvalue()


def heads() -> dict[tuple[int, int], Span]:
    return {(span.top, span.left): span for span in SPANS}


def covered() -> set[tuple[int, int]]:
    return {
        (row, col)
        for span in SPANS
        for row in range(span.top, span.bottom + 1)
        for col in range(span.left, span.right + 1)
    } - set(heads())


def html() -> str:
    rows = []
    for row in range(1, 8):
        cells = []
        for col in range(1, 7):
            if (row, col) in covered():
                continue
            span = heads().get((row, col), Span(row, col, row, col))
            text = escape(SHOWN.get((row, col), "")).replace("\n", "<br>")
            cells.append(
                f"<td rowspan={span.bottom - row + 1} colspan={span.right - col + 1}>{text}</td>"
            )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


def xml2003() -> str:
    codes = sorted({code for _, code, _ in NUMBERS.values()})
    styles = "".join(
        f'<Style ss:ID="s{i}"><NumberFormat ss:Format={quoteattr(code)}/></Style>'
        for i, code in enumerate(codes)
    )
    rows = []
    for row in range(1, 8):
        cells = []
        for col in range(1, 7):
            if (row, col) in covered():
                continue
            span = heads().get((row, col), Span(row, col, row, col))
            merge = f'ss:MergeAcross="{span.right - col}" ss:MergeDown="{span.bottom - row}"'
            if (row, col) in NUMBERS:
                value, code, _ = NUMBERS[row, col]
                style = f'ss:StyleID="s{codes.index(code)}"'
                data = f'<Data ss:Type="Number">{value}</Data>'
            else:
                style = ""
                text = escape(TEXTS.get((row, col), "")).replace("\n", "&#10;")
                data = f'<Data ss:Type="String">{text}</Data>'
            cells.append(f'<Cell ss:Index="{col}" {merge} {style}>{data}</Cell>')
        rows.append(f"<Row>{''.join(cells)}</Row>")
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="{NAME}"><Table>{"".join(rows)}</Table>'
        "</Worksheet></Workbook>"
    )


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str) -> bytes:
    """A Word file of the given body."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?>'
            f'<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/'
            'markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
            f'wordprocessingShape"><w:body>{body}<w:sectPr/></w:body></w:document>',
        }
    )


def p(text: str = "", looks: str = "") -> str:
    """A paragraph of Word; a line feed becomes a break."""
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else ""
        for line in text.split("\n")
    )
    looks = f"<w:pPr>{looks}</w:pPr>" if looks else ""
    return f"<w:p>{looks}<w:r><w:rPr><w:sz w:val='18'/></w:rPr>{runs}</w:r></w:p>"


CENTRED = '<w:jc w:val="center"/>'
PAGE = "<w:pageBreakBefore/>"


def tc(content: str = "", *, span: int = 1, down: str = "", width: int = 0) -> str:
    """A cell of Word; ``down`` is ``restart`` or ``continue``."""
    looks = f'<w:tcW w:w="{width}"/>' if width else ""
    looks += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    looks += f'<w:vMerge w:val="{down}"/>' if down == "restart" else ""
    looks += "<w:vMerge/>" if down == "continue" else ""
    content = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{content}</w:tc>"


def tbl(widths: list[int], *rows: str) -> str:
    """A table of Word of rows that are the cells' XML joined."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def word_rows(top: int = 1, bottom: int = 7) -> list[str]:
    """The rows of the form as those of a Word table."""
    rows = []
    for row in range(top, bottom + 1):
        cells = []
        col = 1
        while col <= 6:
            span = next((s for s in SPANS if (row, col) in s), Span(row, col, row, col))
            down = ""
            if span.bottom > span.top:
                down = "restart" if row == span.top else "continue"
            text = SHOWN.get((row, col), "") if row == span.top else ""
            width = 1000 * (span.right - col + 1)
            cells.append(tc(p(text), span=span.right - col + 1, down=down, width=width))
            col = span.right + 1
        rows.append("".join(cells))
    return rows


def word_form() -> bytes:
    return docx(tbl([1000] * 6, *word_rows()))


def _record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(content), b""
    while True:
        byte, size = size & 0x7F, size >> 7
        length += bytes([byte | (0x80 if size else 0)])
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def xlsb() -> bytes:
    """The form in the records of [MS-XLSB]; row 7 carries what the form itself has not."""
    codes = sorted({code for _, code, _ in NUMBERS.values()})
    texts = list(dict.fromkeys(TEXTS.values()))
    styles = _record(278) + _record(615, struct.pack("<I", len(codes)))
    for i, code in enumerate(codes):
        styles += _record(44, struct.pack("<H", 164 + i) + _wide(code))
    styles += _record(616) + _record(617, struct.pack("<I", len(codes) + 1))
    for number in [0, *range(164, 164 + len(codes))]:
        styles += _record(47, struct.pack("<HH", 0, number) + b"\0" * 12)
    styles += _record(618) + _record(279)
    strings = _record(159, struct.pack("<II", len(texts), len(texts)))
    for text in texts:
        strings += _record(19, b"\0" + _wide(text))
    strings += _record(160)
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, 6, 0, 5))
    sheet += _record(390) + _record(60, struct.pack("<IIIIH", 0, 0, 20 * 256, 0, 2)) + _record(391)
    sheet += _record(145)
    for row in range(1, 8):
        sheet += _record(0, struct.pack("<IIH", row - 1, 0, 300) + b"\0" * 7)
        for col in range(1, 7):
            if (row, col) in NUMBERS:
                value, code, _ = NUMBERS[row, col]
                head = struct.pack("<II", col - 1, codes.index(code) + 1)
                sheet += _record(5, head + struct.pack("<d", float(value)))
            elif (row, col) in TEXTS:
                head = struct.pack("<II", col - 1, 0)
                sheet += _record(7, head + struct.pack("<I", texts.index(TEXTS[row, col])))
    sheet += _record(146) + _record(177, struct.pack("<I", len(SPANS)))
    for span in SPANS:
        edges = (span.top - 1, span.bottom - 1, span.left - 1, span.right - 1)
        sheet += _record(176, struct.pack("<IIII", *edges))
    sheet += _record(178) + _record(130)
    book = _record(131) + _record(153, struct.pack("<II", 0, 0) + _wide("")) + _record(143)
    book += _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(NAME))
    book += _record(144) + _record(132)
    types = "application/vnd.ms-excel."
    kinds = {
        "xl/workbook.bin": types + "sheet.binary.macroEnabled.main",
        "xl/worksheets/sheet1.bin": types + "worksheet",
        "xl/styles.bin": types + "styles",
        "xl/sharedStrings.bin": types + "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )

    def relations(*entries: tuple[str, str, str]) -> str:
        lines = "".join(
            f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for key, kind, target in entries
        )
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'

    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default '
            f'Extension="rels" ContentType="application/xml"/>{overrides}</Types>',
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "styles", "styles.bin"),
                ("rId3", "sharedStrings", "sharedStrings.bin"),
            ),
            "xl/worksheets/sheet1.bin": sheet,
            "xl/styles.bin": styles,
            "xl/sharedStrings.bin": strings,
        }
    )
