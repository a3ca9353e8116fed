"""Sheets of our own, written as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from perfxl.ooxml.address import Span, a1, letters
from perfxl.ooxml.parts.geometry import lines_of
from perfxl.ooxml.parts.names import quote_sheet_name
from perfxl.ooxml.parts.strings import cell_text, xml_text
from perfxl.ooxml.parts.styles import Styles

_GRID = "BFBFBF"
_HIDDEN = 'hidden="1" '
# Heights in points, widths in characters; 409.5 is the tallest row that the format allows.
_LINE, _TALLEST = 14.5, 409.5
_ROW, _SPACING = 15.0, 1.25
_DEFAULT_WIDTH, _PADDING = 8.43, 1.5
_USUAL_SIZE, _USUAL_SIZES = 10.5, (11.0, 11.4)
# Margins in inches, and what they leave of A4, in points.
_SIDE, _FOOT = 0.4, 0.55
_LONG_SIDE, _SHORT_SIDE = (side - (_SIDE + _FOOT) * 72 for side in (841.9, 595.3))


class Look(NamedTuple):
    """How a named style looks; colours as RRGGBB."""

    size: float | None = None
    colour: str | None = None
    bold: bool = False
    underline: bool = False
    fill: str | None = None
    border: bool = True
    centred: bool = False
    right: bool = False
    wrap: bool = True
    number_format: str = "General"


LOOKS = {
    "title": Look(size=14, bold=True, border=False, wrap=False),
    "header": Look(bold=True, fill="D9E1F2", centred=True),
    "text": Look(),
    "drawn": Look(centred=True),
    "number": Look(wrap=False, number_format="0.00"),
    "good": Look(colour="375623", fill="E2EFDA"),
    "error": Look(colour="9C0006", fill="FFC7CE"),
    "warning": Look(colour="7F6000", fill="FFEB9C"),
    "headline-error": Look(size=18, bold=True, colour="9C0006", fill="FFC7CE"),
    "headline-warning": Look(size=18, bold=True, colour="7F6000", fill="FFEB9C"),
    "headline-good": Look(size=18, bold=True, colour="375623", fill="E2EFDA"),
    "figure": Look(right=True),
    "strong": Look(bold=True, size=12),
    "note": Look(colour="595959", border=False),
    "link": Look(colour="0563C1", underline=True),
    "muted": Look(colour="7F7F7F"),
    "entry-head": Look(bold=True, fill="E2EFDA", centred=True),
    "entry": Look(centred=True),
    "entry-text": Look(),
    "key": Look(colour="7F7F7F", border=False, wrap=False),
}


class NewCell(NamedTuple):
    """A cell of a new sheet.

    Attributes:
        value: a number, a text (never a formula), or None for a blank cell.
        style: one of `LOOKS`.
        link: sheet and cell that it leads to.
        number_format: instead of the style's own.
        fill: colour as RRGGBB instead of the style's own.
        uncomputed: whether a blank cell holds a formula that nobody has computed yet (it gives nothing).

    """

    value: Decimal | int | str | None
    style: str = "text"
    link: tuple[str, str] | None = None
    number_format: str | None = None
    fill: str | None = None
    uncomputed: bool = False


@dataclass
class NewSheet:
    """A sheet to add.

    Attributes:
        name: wanted; cleaned and made unique when it is added.
        rows: cells from A1 on, or bare values in the style of their column; None leaves a place
            empty.
        columns: the style of bare values, by column; ``text`` where none is named.
        widths: of the columns from A on, in characters.
        heights: of rows by number, in points; others fit their text.
        freeze: so many rows and columns stand still.
        merges: merged areas.
        landscape: page orientation.
        fit_to_width: print all columns on one page's width.
        print_title_rows: first and last row printed on each page.
        filter: the area, with its header row, that gets filter buttons.
        tab_colour: RRGGBB.
        size: of all texts whose style states none, in points; the workbook's own where None.
        least_scale: print all rows on one page, too, if they need not be made smaller than that; 0: never.
        footer: printed under each page, in the format's code (``&P`` of ``&N``).
        selected: whether the workbook opens on it.
        hidden: columns that nobody sees, counted from 1.
        printed: columns that are printed, from the first one on; 0: all.
        choices: areas of cells for one of some words, with the words.

    """

    name: str
    rows: Sequence[Sequence[NewCell | Decimal | int | str | None]]
    widths: Sequence[float] = ()
    columns: Sequence[str] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)
    merges: Sequence[Span] = ()
    landscape: bool = False
    fit_to_width: bool = True
    print_title_rows: tuple[int, int] | None = None
    filter: Span | None = None
    tab_colour: str | None = None
    size: float | None = None
    least_scale: float = 0.0
    footer: str = ""
    selected: bool = False
    hidden: frozenset[int] = frozenset()
    printed: int = 0
    choices: Sequence[tuple[Span, Sequence[str]]] = ()

    def defined_names(self, final_name: str) -> list[tuple[str, str, bool]]:
        """The defined names of the sheet: name, what it refers to, whether hidden."""
        sheet = quote_sheet_name(final_name)
        names = []
        if self.filter is not None:
            area = _absolute(self.filter)
            names.append(("_xlnm._FilterDatabase", f"{sheet}!{area}", True))
        if self.printed:
            area = _absolute(Span(1, 1, max(len(self.rows), 1), self.printed))
            names.append(("_xlnm.Print_Area", f"{sheet}!{area}", False))
        if self.print_title_rows is not None:
            first, last = self.print_title_rows
            names.append(("_xlnm.Print_Titles", f"{sheet}!${first}:${last}", False))
        return names


def _absolute(area: Span) -> str:
    corners = (a1(area.top, area.left), a1(area.bottom, area.right))
    return ":".join(
        "$" + corner.rstrip("0123456789") + "$" + corner.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for corner in corners
    )


def style_index(styles: Styles, cell: NewCell, size: float | None = None) -> int:
    """The index of a new cell's style; ``size`` is that of the text where the style states none."""
    look = LOOKS[cell.style]
    font = styles.font(
        size=look.size or size, colour=look.colour, bold=look.bold, underline=look.underline
    )
    fill = cell.fill or look.fill
    alignment = b'vertical="center"' + b' wrapText="1"' * look.wrap
    alignment += b' horizontal="center"' * look.centred + b' horizontal="right"' * look.right
    return styles.own(
        font,
        styles.fill(fill) if fill else 0,
        styles.border(_GRID) if look.border else 0,
        styles.number_format(cell.number_format or look.number_format),
        alignment,
    )


def render(sheet: NewSheet, styles: Styles, namespace: str, *, has_views: bool) -> bytes:
    """The sheet's part.

    Args:
        sheet: what to write.
        styles: gets the styles that are needed.
        namespace: the main namespace of the workbook.
        has_views: whether the workbook has a window for the sheet to be seen in.

    """
    memo: dict[tuple[str, str | None, str | None], tuple[str, bool, float]] = {}
    ordinary = sheet.size * _SPACING + 1 if sheet.size else _ROW
    total = 0.0
    links: list[str] = []
    table: list[str] = []
    right = max((len(cells) for cells in sheet.rows), default=1)
    columns = [letters(col) for col in range(1, right + 1)]
    if sheet.size:
        sheet = replace(sheet, widths=_fitted(sheet.widths, styles.default_size))
    rooms = _rooms(sheet, right, _USUAL_SIZE / sheet.size if sheet.size else 1.0)
    names = [*sheet.columns, *["text"] * (right - len(sheet.columns))]
    by_name = {
        name: f'" s="{style_index(styles, NewCell(None, name), sheet.size)}"'
        for name in dict.fromkeys(names)
    }
    plain = [by_name[name] for name in names]
    wraps = [LOOKS[name].wrap for name in names]
    for row, cells in enumerate(sheet.rows, 1):
        if not cells and row not in sheet.heights:
            total += ordinary
            continue
        digits = str(row)
        opening = len(table)
        table.append("")
        lines, size = 1, 0.0
        for index, (room, cell) in enumerate(zip(rooms.get(row) or rooms[0], cells, strict=False)):
            if cell is None:
                continue
            value: Decimal | int | str | None
            if isinstance(cell, NewCell):
                value, name, link, number_format, fill, uncomputed = cell
                key = (name, number_format, fill)
                look = memo.get(key)
                if look is None:
                    index_of = style_index(styles, cell, sheet.size)
                    look = f'" s="{index_of}"', LOOKS[name].wrap, LOOKS[name].size or 0.0
                    memo[key] = look
                style, wrap, own_size = look
                if own_size:
                    size = max(size, own_size)
                if link:
                    target = xml_text(f"{quote_sheet_name(link[0])}!{link[1]}")
                    links.append(f'<hyperlink ref="{columns[index]}{digits}" location="{target}"/>')
            else:
                value, style, wrap = cell, plain[index], wraps[index]
            at = columns[index] + digits
            if isinstance(value, str):
                table.append(
                    f'<c r="{at}{style} t="inlineStr"><is>'
                    f'<t xml:space="preserve">{cell_text(value)}</t></is></c>'
                )
                # A text no wider than its cell stands in one line: nearly all of them.
                if wrap and (2 * len(value) >= room or "\n" in value):
                    lines = max(lines, lines_of(value, max(room - _PADDING, 1)))
            elif value is None:
                formula = '><f>""</f></c>' if isinstance(cell, NewCell) and uncomputed else "/>"
                table.append(f'<c r="{at}{style}{formula}')
            else:
                number = f"{value:f}" if isinstance(value, Decimal) else str(value)
                table.append(f'<c r="{at}{style}><v>{number}</v></c>')
        height = _height(sheet, row, lines, size)
        custom = ' customHeight="1"' if row in sheet.heights else ""
        table[opening] = f'<row r="{digits}"' + (f' ht="{height:g}"{custom}>' if height else ">")
        total += height or ordinary
        table.append("</row>")

    last = a1(max(len(sheet.rows), 1), right)
    out = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{namespace}">',
        _properties(sheet),
        f'<dimension ref="A1:{last}"/>' if last != "A1" else '<dimension ref="A1"/>',
        _views(sheet) if has_views else "",
        f'<sheetFormatPr defaultRowHeight="{ordinary:g}"/>',
        _columns(sheet),
        "<sheetData>",
        *table,
        "</sheetData>",
    ]
    out += _tail(sheet, links, total)
    return "".join(out).encode()


def _tail(sheet: NewSheet, links: Sequence[str], total: float) -> list[str]:
    """What follows the cells: filter, merged areas, links, page; ``total`` is the height of all rows."""
    out = []
    if sheet.filter is not None:
        out.append(f'<autoFilter ref="{sheet.filter.a1}"/>')
    if sheet.merges:
        areas = "".join(f'<mergeCell ref="{area.a1}"/>' for area in sheet.merges)
        out.append(f'<mergeCells count="{len(sheet.merges)}">{areas}</mergeCells>')
    if sheet.choices:
        out.append(_validations(sheet.choices))
    if links:
        out += ("<hyperlinks>", *links, "</hyperlinks>")
    orientation = "landscape" if sheet.landscape else "portrait"
    one_page = total * sheet.least_scale <= (_SHORT_SIDE if sheet.landscape else _LONG_SIDE)
    tall = int(bool(sheet.least_scale) and one_page)
    fit = f' fitToWidth="1" fitToHeight="{tall}"' if sheet.fit_to_width else ""
    footer = f"<headerFooter><oddFooter>{xml_text(sheet.footer)}</oddFooter></headerFooter>"
    out += (
        f'<pageMargins left="{_SIDE}" right="{_SIDE}" top="{_SIDE}" bottom="{_FOOT}" header="0.3" footer="0.3"/>',
        f'<pageSetup paperSize="9"{fit} orientation="{orientation}"/>',
        footer if sheet.footer else "",
        "</worksheet>",
    )
    return out


def _validations(choices: Sequence[tuple[Span, Sequence[str]]]) -> str:
    """Drop-down lists; another text may be typed, and is told when it is read."""
    lists = "".join(
        f'<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="{area.a1}">'
        f"<formula1>{xml_text(_list(words))}</formula1></dataValidation>"
        for area, words in choices
    )
    return f'<dataValidations count="{len(choices)}">{lists}</dataValidations>'


def _list(words: Sequence[str]) -> str:
    return '"' + ",".join(words).replace('"', '""') + '"'


def _fitted(widths: Sequence[float], size: float) -> list[float]:
    """Widths as another default font has them: a column's unit is as wide as a digit of that font."""
    nearest = min(max(size, _USUAL_SIZES[0]), _USUAL_SIZES[1])
    return [round(width * nearest / size, 2) for width in widths]


def _rooms(sheet: NewSheet, right: int, fitting: float) -> dict[int, list[float]]:
    """How many characters each column holds; by row where a row has merged cells, else under 0.

    ``fitting`` is how many characters of the sheet's own font stand where one of the usual font does.
    """
    widths = [*sheet.widths, *[_DEFAULT_WIDTH] * (right - len(sheet.widths))]
    rooms = {0: [(width or _DEFAULT_WIDTH) * fitting for width in widths]}
    for area in sheet.merges:
        room = rooms.setdefault(area.top, list(rooms[0]))
        if area.left <= len(room):
            room[area.left - 1] = sum(rooms[0][area.left - 1 : area.right])
    return rooms


def _height(sheet: NewSheet, row: int, lines: int, size: float) -> float:
    """A row's height in points, 0 where it is an ordinary one.

    Excel fits a row without any to its text; WPS and LibreOffice trust the file, so it is told.
    """
    given = sheet.heights.get(row)
    if given:
        return given
    if lines > 1:
        height = lines * sheet.size * _SPACING + 2 if sheet.size else lines * _LINE + 3
        return min(max(height, size * 1.5), _TALLEST)
    return size * 1.5


def _properties(sheet: NewSheet) -> str:
    colour = f'<tabColor rgb="FF{sheet.tab_colour}"/>' if sheet.tab_colour else ""
    fit = '<pageSetUpPr fitToPage="1"/>' if sheet.fit_to_width else ""
    return f"<sheetPr>{colour}{fit}</sheetPr>" if colour or fit else ""


def _views(sheet: NewSheet) -> str:
    rows, cols = sheet.freeze
    selected = ' tabSelected="1"' * sheet.selected
    view = f'<sheetViews><sheetView{selected} workbookViewId="0"'
    if not rows and not cols:
        return f"{view}/></sheetViews>"
    split = f' xSplit="{cols}"' * bool(cols) + f' ySplit="{rows}"' * bool(rows)
    pane = "bottomRight" if rows and cols else "bottomLeft" if rows else "topRight"
    return (
        f"{view}><pane{split} "
        f'topLeftCell="{a1(rows + 1, cols + 1)}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}"/></sheetView></sheetViews>'
    )


def _columns(sheet: NewSheet) -> str:
    if not sheet.widths:
        return ""
    columns = "".join(
        f'<col min="{col}" max="{col}" width="{width}" {_HIDDEN if col in sheet.hidden else ""}customWidth="1"/>'
        for col, width in enumerate(sheet.widths, 1)
    )
    return f"<cols>{columns}</cols>"
