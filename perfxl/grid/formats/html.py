"""Grids of HTML tables, which finance systems export under the name .xls, and of MHTML."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from perfxl.bounds import (
    LARGEST_MAIL,
    LARGEST_PAGE,
    LONGEST_CODE,
    MOST_CELLS,
    MOST_NESTED,
    MOST_NODES,
    PAGE_ATTRIBUTES,
    TABLE_COLUMNS,
    TABLE_ROWS,
)
from perfxl.errors import NotAWorkbook, TooLarge
from perfxl.grid.cells import bounded, refuse_more, refuse_spans
from perfxl.grid.formats.tables import Table, TableCell, stack_tables
from perfxl.grid.model import Grid

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"]*\"|'[^']*'|(?:\\.|[^;}])+)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{4}|.)")
_ROW_GROUPS = {"thead", "tbody", "tfoot"}
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_PARAGRAPHS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "center", "form", "body",
    "html", "section", "caption", "pre", "hr", "blockquote",
}  # fmt: skip
_SILENT = {"script", "style", "title", "head", "noscript", "template", "xml"}
_UNIT = 1000  # any distance between columns will do
_LONG_RUN, _LONG_TAG = re.compile(r"<[a-zA-Z][^<]{20000,}"), re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r"=\s*[\"']")


def grids(data: bytes) -> tuple[Grid, ...]:
    """The tables of a page as one Grid; of an MHTML file, one for each page that has any.

    Raises:
        NotAWorkbook: no table in it (``no-table``).
        TooLarge: more cells than any form has.
    """
    result = bounded(_sheets(_parts(data) or [data]))
    if not result:
        raise NotAWorkbook("no-table")
    return result


def _sheets(pages: list[bytes]) -> Iterator[Grid]:
    index = 0
    for page in pages:
        blocks = _Page(page).blocks
        if any(isinstance(block, Table) for block in blocks):
            yield stack_tables(f"表{index + 1}", index, blocks)
            index += 1


def _parts(data: bytes) -> list[bytes]:
    """The HTML pages of an MHTML file; nothing where it is none."""
    if data.lstrip(_BEFORE_MARKUP).startswith(b"<"):
        return []
    if len(data) > LARGEST_MAIL or data.lower().count(b"multipart/") > MOST_NESTED:
        raise TooLarge("page-too-large", size=len(data), limit=LARGEST_MAIL)
    from email import message_from_bytes  # noqa: PLC0415  # slow to import, and hardly ever used

    parts = []
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                charset = part.get_content_charset()
                if charset and not _CHARSET.search(content[:4096]):
                    content = content.decode(_codec(charset), "replace").encode()
                parts.append(content)
    return parts


def _codec(charset: str) -> str:
    charset = charset.lower()
    # The superset of what Chinese systems declare by its older names.
    if charset in {"gb2312", "gbk", "cp936", "x-gbk", "gb_2312-80", "hz-gb-2312"}:
        return "gb18030"
    try:
        "".encode(charset)
    except LookupError:
        return "gb18030"
    return charset


def decode_page(data: bytes) -> str:
    """A page's text: by its byte order mark, else UTF-8, else its own word, else GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    if data[1:2] == b"\0":
        return data.decode("utf-16-le", "replace")
    declared = _CHARSET.search(data[:4096])
    names = [_codec(declared[1].decode("ascii"))] if declared else []
    # What a page says of itself is often wrong, and Chinese text in GB18030 hardly ever happens
    # to be valid UTF-8.
    for name in ["utf-8", *names, "gb18030"]:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(names[0] if names else "gb18030", "replace")


class _Page:
    """A page: texts and tables in order."""

    def __init__(self, data: bytes) -> None:
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        text = decode_page(data).replace("\0", "")
        _refuse_soup(text)
        try:
            root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        except etree.ParserError as error:  # nothing in it that is HTML
            raise NotAWorkbook("no-table") from error
        self.blocks: list[str | Table] = []
        self._line: list[str] = []
        self._cells = 0
        self._nested: list[Table] = []
        self._formats = {
            name: found
            for style in root.iter("style")
            for name, body in _CLASS.findall(style.text or "")
            if (found := _number_format(body))
        }
        self._walk(root)
        self._flush()

    def _flush(self) -> None:
        text = _SPACES.sub(" ", "".join(self._line).replace("\xa0", " ")).strip()
        if text:
            self.blocks.append(text)
            refuse_spans(len(self.blocks))
        self._line = []

    def _walk(self, element: Any) -> None:
        self._line.append(element.text or "")
        for child in element:
            tag = child.tag
            if tag == "table":
                self._flush()
                table = self._table(child)
                self.blocks.append(table)
                self.blocks += self._nested
                self._nested = []
            elif tag in _PARAGRAPHS or tag == "br":
                self._flush()
                self._walk(child)
                self._flush()
            elif isinstance(tag, str) and tag not in _SILENT and not _NONE.search(_style(child)):
                self._walk(child)
            self._line.append(child.tail or "")

    def _table(self, table: Any) -> Table:
        rows = _rows(table)
        hidden_columns = _hidden_columns(table)
        cells: list[TableCell] = []
        busy: dict[int, int] = {}  # column → first row below the cell that reaches into it
        width = 0
        for number, row in enumerate(rows):
            hidden = bool(_NONE.search(_style(row)))
            col = 0
            for cell in row:
                if cell.tag not in {"td", "th"}:
                    continue
                while busy.get(col, 0) > number:
                    col += 1
                across = _count(cell.get("colspan"), TABLE_COLUMNS)
                down = _count(cell.get("rowspan"), TABLE_ROWS)
                # Zero means: to the end of the table.
                bottom = min(number + down if down else len(rows), len(rows)) - 1
                right = col + max(across, 1)
                if right > TABLE_COLUMNS:
                    raise TooLarge("too-many-columns", limit=TABLE_COLUMNS)
                self._cells += max(across, 1)
                refuse_more(self._cells)
                busy.update(dict.fromkeys(range(col, right), bottom + 1))
                cells.append(
                    TableCell(
                        number, col, right, bottom, self._text(cell), self._format(cell),
                        hidden or col in hidden_columns,
                    )
                )  # fmt: skip
                col = right
                width = max(width, col)
        return Table([i * _UNIT for i in range(width + 1)], len(rows), cells, measured=False)

    def _text(self, cell: Any) -> str:
        if not len(cell):
            text = cell.text or ""
        else:
            out: list[str] = []
            self._inside(cell, out)
            text = "".join(out)
        lines = [_SPACES.sub(" ", line).strip() for line in text.replace("\xa0", " ").split("\v")]
        return "\n".join(line for line in lines if line)

    def _inside(self, element: Any, out: list[str]) -> None:
        """The text of a cell; a vertical tab stands for a line's end."""
        out.append(element.text or "")
        for child in element:
            tag = child.tag
            if tag == "br":
                out.append("\v")
            elif tag == "table":
                inner = self._table(child)
                if inner.own:
                    self._nested.append(inner)
                else:
                    out.append("\v" + inner.flat().replace("\n", "\v") + "\v")
            elif tag == "input":
                out.append(_box(child))
            elif isinstance(tag, str) and tag not in _SILENT and not _NONE.search(_style(child)):
                mark = "\v" if tag in _PARAGRAPHS else ""
                out.append(mark)
                self._inside(child, out)
                out.append(mark)
            out.append(child.tail or "")

    def _format(self, cell: Any) -> str:
        found = _number_format(_style(cell))
        if found:
            return found
        for name in (cell.get("class") or "").split():
            if name in self._formats:
                return self._formats[name]
        return "General"


def _refuse_soup(text: str) -> None:
    """Refuse what a parser of HTML would take hours or gigabytes for.

    Raises:
        TooLarge: more elements than any form has, or more attributes at one of them.
    """
    if text.count("<") > MOST_NODES or len(text) > LARGEST_PAGE:
        raise TooLarge("page-too-large", size=len(text), limit=LARGEST_PAGE)
    quoted = (len(_QUOTED.findall(run)) for run in _LONG_RUN.findall(text))
    bare = (len(run.split()) for run in _LONG_TAG.findall(text))
    if max(chain(quoted, bare), default=0) > PAGE_ATTRIBUTES:
        raise TooLarge("page-too-large", size=len(text), limit=PAGE_ATTRIBUTES)


def _style(element: Any) -> str:
    return element.get("style") or ""


def _rows(table: Any) -> list[Any]:
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in _ROW_GROUPS:
            found += [row for row in child if row.tag == "tr"]
        if len(found) > MOST_CELLS:
            refuse_more(len(found))
    return found


def _hidden_columns(table: Any) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for col in table.iterchildren("col", "colgroup"):
        for each in col.iterchildren("col") if col.tag == "colgroup" and len(col) else [col]:
            count = _count(each.get("span"), TABLE_COLUMNS) or 1
            if at < TABLE_COLUMNS and _NONE.search(_style(each)):
                hidden.update(range(at, at + count))
            at += count
    return hidden


def _count(text: str | None, most: int) -> int:
    text = (text or "1").strip()
    return min(int(text), most) if text.isdecimal() else 1


def _box(element: Any) -> str:
    if (element.get("type") or "").lower() in {"checkbox", "radio"}:
        return "☑" if element.get("checked") is not None else "□"
    return element.get("value") or ""


def _number_format(style: str) -> str:
    """The format code in a style; its own signs are escaped twice there."""
    found = _FORMAT.search(style)
    if found is None:
        return ""
    code = found[1][: 4 * LONGEST_CODE].strip().strip("\"'")
    code = _CSS_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if len(m[1]) == 4 else m[1], code).strip()
    return {
        "Percent": "0.00%",
        "Fixed": "0.00",
        "Standard": "#,##0.00",
        "Short Date": "yyyy/m/d",
    }.get(code, code)
