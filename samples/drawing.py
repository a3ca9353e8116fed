"""How a clerk's sheet is drawn, and what a reader should see in it, from one and the same call.

`Page.put` writes a cell or a merged area and gives back a `Seen`: the value, the text as shown and
the address. The expected readings beside the workbooks are made of these and never of a reader.
"""

import json
import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # as above

HERE = Path(__file__).parent
# A fixed stamp: a second run gives the same bytes.
MADE = datetime(2021, 4, 27, 9, 30)  # noqa: DTZ001 - a workbook's stamp has no zone


class Typed(NamedTuple):
    """A number under a number format, or a formula with the value that Excel had cached."""

    value: float
    number_format: str = "General"
    formula: str | None = None


class Rich(NamedTuple):
    """Text of several runs; a run is its text and the font properties that differ."""

    runs: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


class Seen(NamedTuple):
    """What a person sees in one cell: number or stripped text, the text shown, the address."""

    value: str | float | None
    text: str | None
    cell: str


class Written(NamedTuple):
    """A cell that means another number than it holds: "215,457.6", "—" for none, 97.86 under %."""

    held: str | float
    value: float | None


Content = str | int | float | Typed | Rich | Written | None


def shown(value: float, number_format: str) -> str:
    """A number as its format shows it; only the formats used here."""
    number = Decimal(repr(value))
    if number_format == "General":
        return f"{number.normalize():f}"
    places = len(number_format.partition(".")[2].rstrip("%"))
    percent = "%" if number_format.endswith("%") else ""
    number = (number * 100 if percent else number).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )
    return f"{number:{',' if number_format.startswith('#,') else ''}f}{percent}"


class Page:
    """One sheet under a clerk's hands.

    Args:
        book: the workbook that the sheet is added to.
        name: of the sheet.
        widths: of the columns from A, in characters.
        font, size: of everything but the title.
        label_fill: background of label cells, where the office likes one.
    """

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        name: str,
        widths: Sequence[float],
        *,
        font: str = "宋体",
        size: float = 10.5,
        label_fill: str | None = None,
    ) -> None:
        self.book, self.name, self.widths = book, name, widths
        self.sheet = book.add_worksheet(name)
        self.font, self.size, self.label_fill = font, size, label_fill
        self._formats: dict[tuple[str, str], Any] = {}
        self._needs: list[tuple[int, int, float]] = []  # first row, rows, points needed
        self.heights: dict[int, float] = {}
        self.last = 0
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width)

    def put(
        self,
        row: int,
        col: int,
        content: Content,
        look: str = "cell",
        *,
        rows: int = 1,
        cols: int = 1,
    ) -> Seen:
        """Write a cell, merged over rows and columns (both counted from 1); give what is seen."""
        typed = content if isinstance(content, Typed) else None
        number_format = typed.number_format if typed else "General"
        style = self._format(look, number_format)
        value = _held(content)
        top, left = row - 1, col - 1
        if rows > 1 or cols > 1:
            # The format goes on every covered cell, or the borders would have holes.
            self.sheet.merge_range(top, left, top + rows - 1, left + cols - 1, "", style)
        if typed and typed.formula:
            self.sheet.write_formula(top, left, typed.formula, style, typed.value)
        elif isinstance(content, Rich):
            runs: list[Any] = []
            for run, font in content.runs:
                base = {"font_name": self.font, "font_size": self.size}
                runs += [self.book.add_format(base | font), run]
            self.sheet.write_rich_string(top, left, *runs, style)
        elif value is None or value == "":
            self.sheet.write_blank(top, left, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(top, left, value, style)
        else:
            self.sheet.write_number(top, left, value, style)
        text: str | None = None
        if value is not None:
            text = value.strip() if isinstance(value, str) else shown(value, number_format)
        self._need(row, rows, sum(self.widths[left : left + cols]), text or "", look)
        self.last = max(self.last, row + rows - 1)
        cell = xl_rowcol_to_cell(top, left)
        if isinstance(content, Written):
            return Seen(content.value, text, cell)
        return Seen((text or None) if isinstance(value, str) else value, text or None, cell)

    def line(self, row: int, contents: list[tuple[Content, int]], look: str = "cell") -> list[Seen]:
        """A row of cells from column A, each with the number of columns that it is merged over."""
        col, seen = 1, []
        for content, cols in contents:
            seen.append(self.put(row, col, content, look, cols=cols))
            col += cols
        return seen

    def finish(
        self,
        *,
        landscape: bool = False,
        footer: str = "&C第 &P 页，共 &N 页",
        columns: int | None = None,
    ) -> None:
        """Row heights that cut nothing off, A4, one page wide, print area."""
        heights = {row: max(20.0, self.heights.get(row, 0)) for row in range(1, self.last + 1)}
        for first, rows, points in sorted(self._needs, key=lambda need: need[1]):
            missing = points - sum(heights[row] for row in range(first, first + rows))
            for row in range(first, first + rows) if missing > 0 else ():
                heights[row] += missing / rows
        for row, points in heights.items():
            # Excel keeps heights in quarters of a point, and none above 409.
            self.sheet.set_row(row - 1, min(409.0, math.ceil(points * 4) / 4))
        sheet = self.sheet
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self.last - 1, (columns or len(self.widths)) - 1)
        if footer:
            sheet.set_footer(footer)

    def _format(self, look: str, number_format: str) -> Any:
        made = self._formats.get((look, number_format))
        if made is None:
            made = self.book.add_format(self._properties(look, number_format))
            self._formats[look, number_format] = made
        return made

    def _properties(self, look: str, number_format: str) -> dict[str, Any]:
        framed = look not in {"title", "subtitle", "line", "right", "note"}
        style: dict[str, Any] = {
            "font_name": self.font,
            "font_size": self.size,
            "valign": "vcenter",
            "text_wrap": True,
            "align": "left" if look in {"left", "prose", "line", "note"} else "center",
        }
        if framed:
            style["border"] = 1
        if number_format != "General":
            style["num_format"] = number_format
        if look == "title":
            style |= {"font_name": "黑体", "font_size": 18, "bold": True}
        if look == "right":
            style["align"] = "right"
        if look in {"head", "goal"}:
            style["bold"] = True
        if look in {"head", "label"} and self.label_fill:
            style["bg_color"] = self.label_fill
        return style

    def _need(self, row: int, rows: int, width: float, text: str, look: str) -> None:
        size = 18 if look == "title" else self.size
        room = max(2, int((width - 0.8) * 11 / size))
        lines = sum(max(1, math.ceil(_columns(line) / room)) for line in text.split("\n"))
        self._needs.append((row, rows, lines * size * 1.32 + 6))


def _held(content: Content) -> str | float | None:
    if isinstance(content, Typed):
        return content.value
    if isinstance(content, Written):
        return content.held
    return content.text if isinstance(content, Rich) else content


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


@contextmanager
def workbook(file: str) -> Iterator[xlsxwriter.Workbook]:
    """A workbook of this folder with fixed properties, closed at the end."""
    book = xlsxwriter.Workbook(HERE / file, {"in_memory": True})
    book.set_properties({"created": MADE, "author": "财务科", "company": ""})
    yield book
    book.close()


def save_reading(file: str, forms: list[dict[str, Any]]) -> None:
    """Write the expected reading beside a workbook."""
    target = (HERE / file).with_suffix(".json")
    text = json.dumps({"forms": forms}, ensure_ascii=False, indent=1) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def bare(text: str) -> str:
    """A label without any white space."""
    return re.sub(r"\s+", "", text)


def png_seal(side: int = 120) -> bytes:
    """A red round seal with a star, drawn point by point, as PNG."""
    middle, rows = (side - 1) / 2, []
    for y in range(side):
        line = bytearray([0])
        for x in range(side):
            dx, dy = (x - middle) / middle, (y - middle) / middle
            radius, angle = math.hypot(dx, dy), math.atan2(dx, -dy)
            # A five-pointed star: the distance of its edge repeats every 72 degrees.
            turn = abs((angle + math.pi / 5) % (2 * math.pi / 5) - math.pi / 5)
            star = 0.38 * math.cos(math.pi / 2.5) / math.cos(math.pi / 2.5 - turn)
            red = 0.86 <= radius <= 0.98 or radius <= star
            line += bytes((200, 20, 20, 210 if red else 0))
        rows.append(bytes(line))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"".join(rows), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
