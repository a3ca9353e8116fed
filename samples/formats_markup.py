"""What finance systems export under the name .xls: an HTML table, an XML Spreadsheet 2003."""

from html import escape as escape_html
from xml.sax.saxutils import escape, quoteattr

from formats_source import Area, Held, Look, Sheet

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL = "urn:schemas-microsoft-com:office:excel"


def html(sheet: Sheet) -> bytes:
    """One table in GB18030 that calls itself gb2312, number formats in its style sheet."""
    looks = sheet.looks
    rules = "\n".join(f".c{number} {{{_css(look)}}}" for number, look in enumerate(looks))
    columns = "".join(
        f"<col width={round(width * 7 + 5)}>" for _, width in sorted(sheet.widths.items())
    )
    lines = []
    for row, areas in sheet.areas():
        cells = "".join(_html_cell(area, held, looks) for area, held in areas)
        lines.append(f'<tr height="{round(sheet.heights.get(row, 20) / 0.75)}">{cells}</tr>')
    rows = "\n".join(lines)
    return (
        f'<html xmlns:x="{_EXCEL}">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
        f"<title>导出</title>\n<style>\n{rules}\n</style>\n</head>\n<body>\n"
        f'<table border="1" cellspacing="0">{columns}\n{rows}\n</table>\n</body>\n</html>\n'
    ).encode("gb18030")


def _html_cell(area: Area, held: Held, looks: list[Look]) -> str:
    extent = f" rowspan={area.rows}" if area.rows > 1 else ""
    extent += f" colspan={area.cols}" if area.cols > 1 else ""
    # The value behind what is shown, as Excel itself writes it.
    number = f' x:num="{held.value!r}"' if isinstance(held.value, int | float) else ""
    text = escape_html(held.text).replace("\n", "<br>").replace("  ", " &nbsp;") or "&nbsp;"
    return f'<td class="c{looks.index(held.look)}"{extent}{number}>{text}</td>'


def _css(look: Look) -> str:
    code = look.number_format.replace("%", r"\%") if look.number_format != "General" else "General"
    align = look.align if look.align != "general" else "left"
    bold = "font-weight:bold;" if look.bold else ""
    return f"mso-number-format:{code};text-align:{align};{bold}"


def xml2003(sheets: list[Sheet]) -> bytes:
    """All sheets of a workbook as one XML file."""
    looks = sorted({look for sheet in sheets for look in sheet.looks})
    styles = "".join(_style(number, look) for number, look in enumerate(looks))
    body = "".join(_worksheet(sheet, looks) for sheet in sheets)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{_SPREADSHEET}" xmlns:ss="{_SPREADSHEET}" xmlns:x="{_EXCEL}">\n'
        f"<Styles>\n{styles}</Styles>\n{body}</Workbook>\n"
    ).encode()


def _style(number: int, look: Look) -> str:
    align = {"left": "Left", "center": "Center", "right": "Right"}.get(look.align, "Automatic")
    sides = ("Left", "Right", "Top", "Bottom") if look.framed else ()
    borders = "".join(
        f'<Border ss:Position="{side}" ss:LineStyle="Continuous" ss:Weight="1"/>' for side in sides
    )
    return (
        f'<Style ss:ID="s{number}">'
        f'<Alignment ss:Horizontal="{align}" ss:Vertical="Center" ss:WrapText="1"/>'
        f'<Borders>{borders}</Borders><Font ss:FontName="宋体" ss:Bold="{look.bold:d}"/>'
        f"<NumberFormat ss:Format={quoteattr(look.number_format)}/></Style>\n"
    )


def _worksheet(sheet: Sheet, looks: list[Look]) -> str:
    columns = "".join(
        f'<Column ss:Index="{col}" ss:Width="{round(width * 5.25 + 3.75, 2)}"/>'
        for col, width in sorted(sheet.widths.items())
    )
    lines = []
    for row, areas in sheet.areas():
        height = f' ss:Height="{sheet.heights[row]}"' if row in sheet.heights else ""
        cells = "\n".join(_xml_cell(area, held, looks) for area, held in areas)
        lines.append(f'<Row ss:Index="{row}"{height}>\n{cells}\n</Row>\n')
    return (
        f"<Worksheet ss:Name={quoteattr(sheet.name)}><Table>{columns}\n{''.join(lines)}</Table>"
        "</Worksheet>\n"
    )


def _xml_cell(area: Area, held: Held, looks: list[Look]) -> str:
    across = f' ss:MergeAcross="{area.cols - 1}"' if area.cols > 1 else ""
    down = f' ss:MergeDown="{area.rows - 1}"' if area.rows > 1 else ""
    kind = "String" if isinstance(held.value, str) else "Number"
    text = escape(str(held.value)).replace("\n", "&#10;")
    data = "" if held.value is None else f'<Data ss:Type="{kind}">{text}</Data>'
    style = f' ss:StyleID="s{looks.index(held.look)}"'
    return f'<Cell ss:Index="{area.left}"{across}{down}{style}>{data}</Cell>'
