"""The form of a project as an office sends it in Word.

Title and 单位 line stand as paragraphs above; the form is broken into two tables whose columns differ;
merged cells are gridSpan and vMerge; the boxes that are ticked come from a symbol font; lines to be
signed and notes follow below. A copy of a sheet's words, so each of its cells has a new address.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

from formats_package import content_types, relationships, zipped
from formats_source import Area, Held, Sheet, address

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Where the columns A to G of the sheet begin and end on paper, in twips: in the table of the head
# and the money, and in that of the goals.
HEAD_EDGES = (0, 1500, 2600, 4100, 5500, 6900, 8200, 9600)
GOAL_EDGES = (0, 1200, 2300, 3700, 5800, 7100, 8400, 9600)
_BOX = re.compile("([☑□])")
_SYMBOLS = {"☑": "F052", "□": "F0A3"}  # of Wingdings 2


@dataclass
class Document:
    """What is drawn so far: the XML of the body, and where each cell of the sheet went.

    A paragraph with text counts as one row over all columns; rows of tables follow each other. A
    column of the whole is what lies between two edges of any table, side by side.
    """

    sheet: Sheet
    edges: tuple[int, ...]
    body: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    row: int = 1

    def paragraph(self, text: str, align: str = "left", size: int = 21) -> None:
        """A line of its own; a blank one takes no row."""
        self.body.append(_paragraph(text, align, size))
        self.row += bool(text)

    def line_of(self, row: int, align: str = "left", size: int = 21) -> None:
        """A row of the sheet as a paragraph."""
        self.moved[address(row, 1)] = address(self.row, 1)
        self.paragraph(self.sheet.cells[row, 1].text, align, size)

    def table(self, first: int, last: int, edges: tuple[int, ...]) -> None:
        """Rows of the sheet as a table with edges of its own, for each column of the sheet."""
        rows = {row: areas for row, areas in self.sheet.areas() if first <= row <= last}
        going_on: list[tuple[Area, Held]] = []
        lines = []
        for row, areas in rows.items():
            cells = []
            for area, held in sorted([*areas, *going_on]):
                begins = area.top == row
                if begins:
                    col = bisect_left(self.edges, edges[area.left - 1]) + 1
                    self.moved[area.cell] = address(self.row, col)
                cells.append(_cell(area, held, edges, begins=begins))
            going_on = [(a, h) for a, h in [*areas, *going_on] if a.top <= row < a.bottom]
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
            self.row += 1
        columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        self.body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )

    def saved(self) -> bytes:
        """The file."""
        page = (
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134"'
            ' w:bottom="1134" w:left="1134" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
        )
        text = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(self.body)}{page}</w:body></w:document>'
        )
        return zipped(
            {
                "[Content_Types].xml": content_types(
                    {"word/document.xml": f"{_WORD_TYPE}.document.main+xml"}
                ),
                "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
                "word/document.xml": text.encode(),
            }
        )


def project_form(sheet: Sheet) -> tuple[bytes, dict[str, str]]:
    """The Hubei project form with one goal as a Word file, and the sheet's cells to the new ones."""
    document = Document(sheet, tuple(sorted({*HEAD_EDGES, *GOAL_EDGES})))
    document.line_of(1, "center", 36)
    document.paragraph("")
    document.line_of(2)
    document.table(3, 9, HEAD_EDGES)
    document.paragraph("")
    document.table(10, 21, GOAL_EDGES)
    document.paragraph("")
    document.paragraph("单位主要负责人签批意见：")
    document.paragraph("签名（盖章）：　　　　　　　　　　　　年　　月　　日", "right")
    document.paragraph("")
    for row in range(23, 29):
        document.line_of(row, size=18)
    return document.saved(), document.moved


def _cell(area: Area, held: Held, edges: tuple[int, ...], *, begins: bool) -> str:
    looks = f'<w:tcW w:w="{edges[area.right] - edges[area.left - 1]}" w:type="dxa"/>'
    if area.cols > 1:
        looks += f'<w:gridSpan w:val="{area.cols}"/>'
    if area.rows > 1:
        looks += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    text = held.text if begins else ""
    align = "left" if held.look.align == "left" else "center"
    return (
        f'<w:tc><w:tcPr>{looks}<w:vAlign w:val="center"/></w:tcPr>{_paragraph(text, align)}</w:tc>'
    )


def _paragraph(text: str, align: str = "left", size: int = 21) -> str:
    fonts = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    looks = f'<w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr>'
    runs = "".join(_run(piece, looks) for piece in _BOX.split(text) if piece)
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _run(text: str, looks: str) -> str:
    if text in _SYMBOLS:
        symbol = f'<w:sym w:font="Wingdings 2" w:char="{_SYMBOLS[text]}"/>'
        return f"<w:r>{looks}{symbol}</w:r>"
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{looks}{lines}</w:r>"
