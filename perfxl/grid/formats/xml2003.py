"""Grids of an XML Spreadsheet 2003, which finance systems export under the name .xls."""

from typing import Any

from perfxl.errors import NotAWorkbook
from perfxl.grid.cells import (
    blank,
    bounded,
    iso_moment,
    make_cell,
    of_moment,
    refuse_more,
    truth,
    typed_number,
)
from perfxl.grid.collect import Collector, book
from perfxl.grid.format_renderer import compile_format
from perfxl.grid.model import Grid, type_of_values
from perfxl.ooxml.parts.canonical_xml import parse

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_NAMED = {
    "General Number": "General", "General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy", "Long Date": 'yyyy"年"m"月"d"日"', "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM", "Long Time": "h:mm:ss", "Fixed": "0.00", "Standard": "#,##0.00",
    "Percent": "0.00%", "Scientific": "0.00E+00", "Currency": '"¥"#,##0.00',
    "Yes/No": '"Yes";"Yes";"No"', "On/Off": '"On";"On";"Off"',
    "True/False": '"True";"True";"False"',
}  # fmt: skip


def grids(data: bytes) -> tuple[Grid, ...]:
    """The worksheets of the file.

    Raises:
        NotAWorkbook: not well-formed XML.
        TooLarge: more cells than any form has.
    """
    try:
        root = parse(data, "Workbook")
    except NotAWorkbook:
        root = parse(_repair(data), "Workbook")
    codes = _codes(root)
    return bounded(
        _grid(index, sheet, codes)
        for index, sheet in enumerate(root.iterchildren(_S + "Worksheet"))
    )


def _repair(data: bytes) -> bytes:
    """The same text in UTF-8: many writers say GB2312 and use characters beyond it."""
    head, _, body = data.partition(b"?>")
    if b"gb" not in head.lower():
        return data
    return b'<?xml version="1.0"?>' + body.decode("gb18030", "replace").encode()


def _codes(root: Any) -> dict[str, str]:
    """The number format code of each style, its parent's where it has none of its own."""
    parents: dict[str, str] = {}
    codes: dict[str, str] = {}
    for style in root.iterfind(f"{_S}Styles/{_S}Style"):
        name = style.get(_S + "ID") or ""
        parents[name] = style.get(_S + "Parent") or "Default"
        own = style.find(_S + "NumberFormat")
        code = own.get(_S + "Format") if own is not None else None
        if code:
            codes[name] = _NAMED.get(code, code)
    for name in parents:
        above, chain = name, dict[str, None]()
        while above not in codes and above in parents and above not in chain:
            chain[above] = None
            above = parents[above]
        # All the way up has the same code now, and no style is asked twice.
        codes.update(dict.fromkeys(chain, codes.get(above, "General")))
    return codes


def _grid(index: int, sheet: Any, codes: dict[str, str]) -> Grid:
    into = Collector(book([], []))
    table = sheet.find(_S + "Table")
    styles: dict[int, str] = {}
    row = col = 0
    for element in table if table is not None else ():
        if element.tag == _S + "Column":
            col = _place(element, col + 1, _LAST_COLUMN)
            last = min(col + _number(element, "Span"), _LAST_COLUMN)
            width = _points(element, "Width")
            chars = None if width is None else max(width / 0.75 - 5, 0) / 7
            into.columns(col, last, chars, hidden=element.get(_S + "Hidden") == "1")
            style = element.get(_S + "StyleID")
            if style and last - col < 1000:
                styles.update(dict.fromkeys(range(col, last + 1), style))
            col = last
        elif element.tag == _S + "Row":
            row = _place(element, row + 1, _LAST_ROW)
            last = min(row + _number(element, "Span"), _LAST_ROW)
            height = _points(element, "Height")
            if height is not None:
                into.heights[row] = height
            if element.get(_S + "Hidden") == "1":
                into.hidden_rows.update(range(row, min(last, row + 1000) + 1))
                refuse_more(len(into.hidden_rows))
            _take_row(into, row, element, styles, codes)
            row = last
    visible = sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") or ""
    name = sheet.get(_S + "Name") or f"Sheet{index + 1}"
    return into.grid(name, index, hidden=visible.strip() in {"SheetHidden", "SheetVeryHidden"})


def _take_row(
    into: Collector, row: int, element: Any, styles: dict[int, str], codes: dict[str, str]
) -> None:
    col = 0
    for cell in element.iterchildren(_S + "Cell"):
        col = _place(cell, col + 1, _LAST_COLUMN)
        across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        right = min(col + across, _LAST_COLUMN)
        into.span(row, col, min(row + down, _LAST_ROW), right)
        data = cell.find(_S + "Data")
        if data is not None:
            style = cell.get(_S + "StyleID") or element.get(_S + "StyleID") or styles.get(col)
            code = codes.get(style or "Default", "General")
            raw = "".join(data.itertext())
            value, text = _value(data.get(_S + "Type") or "String", raw, code)
            if not blank(text):
                formula = cell.get(_S + "Formula") is not None
                refuse_more(len(into.cells))
                into.cells[row, col] = make_cell((row, col, value, text, code, formula, False))
        col = right


def _value(kind: str, raw: str, code: str) -> tuple[type_of_values, str]:
    if kind == "Number":
        return typed_number(raw.strip(), compile_format(code))
    if kind == "DateTime" and (when := iso_moment(raw)) is not None:
        return of_moment(when, code)
    if kind == "Boolean":
        return truth(raw)
    show = compile_format(code).text if kind == "String" else None
    return raw, show(raw) if show and not blank(raw) else raw


def _number(element: Any, name: str) -> int:
    text = element.get(_S + name) or "0"
    return min(int(text), _LAST_ROW) if text.isdecimal() else 0


def _place(element: Any, following: int, last: int) -> int:
    """Where an element stands: what it says, else after the one before it."""
    return min(max(_number(element, "Index"), following), last)


def _points(element: Any, name: str) -> float | None:
    try:
        return float(element.get(_S + name) or "")
    except ValueError:
        return None
