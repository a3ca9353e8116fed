"""The text of Word paragraphs as a reader sees it.

Deleted changes and hidden runs are left out, inserted ones kept. Ticked boxes are told as ☑ and
empty ones as □, however the writer made them: a symbol font, a form field, a drawn-over sign.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NAMES = """
    p pPr r rPr t tab br cr noBreakHyphen sym del ins moveFrom moveTo hyperlink smartTag sdt
    sdtContent customXml fldSimple dir bdo ruby rubyBase drawing pict object txbxContent fldChar
    ffData checkBox checked default instrText jc outlineLvl pageBreakBefore sectPr vanish rFonts
    tbl tblGrid gridCol tr trPr tc tcPr gridSpan vMerge hMerge gridBefore trHeight hidden body
""".split()  # noqa: SIM905  # sixty quoted words would only be harder to read
# The local name of every element that matters, by its tag.
KINDS: dict[object, str] = {space + name: name for space in _NAMESPACES for name in _NAMES}
KINDS |= {_COMPATIBILITY + name: name for name in ("AlternateContent", "Choice", "Fallback")}
_INLINE = {
    "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple",
    "dir", "bdo", "ruby", "rubyBase",
}  # fmt: skip
_HOLDERS = {"drawing", "pict", "object", "AlternateContent"}
_OFF = {"0", "false", "off", "none"}

_RARE_LOOKS = (b"vanish", b"Wingdings", b'"Symbol"')

_TICKED, _EMPTY = "☑", "□"
# Characters of the symbol fonts that forms use for boxes and ticks, by their low byte.
_WINGDINGS = {0xFE: _TICKED, 0xFD: "☒", 0xFC: "√", 0xFB: "×", 0xA8: _EMPTY, 0x6F: _EMPTY,
              0x71: _EMPTY, 0x72: _EMPTY, 0x6E: "■"}  # fmt: skip
_WINGDINGS2 = {0x52: _TICKED, 0x50: "√", 0x4F: "×", 0x51: "☒", 0x53: "☒", 0x54: "☒",
               0xA3: _EMPTY, 0x2A: _EMPTY}  # fmt: skip
_SYMBOL = {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xB9: "≠", 0xD6: "√", 0xF0: ""}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}
# A box with a tick laid over it: EQ \o\ac(□,√).
_OVERLAID = re.compile(r"\\o\s*(?:\\a[clr])?\s*\(\s*[□○〇]\s*[,，;]\s*[√✓✔×]\s*\)", re.IGNORECASE)


class Paragraph(NamedTuple):
    """A paragraph.

    Attributes:
        text: lines separated by line feeds.
        page: whether it begins a page.
        title: whether it looks like one: centred, or with a level in the outline.
        page_after: whether a page ends with it.
    """

    text: str
    page: bool = False
    title: bool = False
    page_after: bool = False


def value(element: Any, name: str) -> str | None:
    """An attribute of Word's own namespace."""
    text: str | None = element.get(element.tag[: element.tag.index("}") + 1] + name)
    return text


class Texts:
    """Reads the paragraphs of one document.

    Attributes:
        boxes: whether the document has text boxes.
    """

    def __init__(self, part: bytes) -> None:
        """Look for what is rare once, so that it costs nothing where it is absent."""
        wide = part[:2] in {b"\xff\xfe", b"\xfe\xff"}
        self.boxes = wide or b"txbxContent" in part
        self._looks = wide or any(mark in part for mark in _RARE_LOOKS)

    def paragraph(self, element: Any) -> Paragraph:
        """A paragraph with what its looks tell."""
        page = title = page_after = False
        if len(element) and KINDS.get(element[0].tag) == "pPr":
            page, title, page_after = _looks(element[0])
        text = self._raw_text(element)
        if "\f" in text:
            before, _, after = text.rpartition("\f")
            page = page or not before.strip("\f \t\n\u3000")
            page_after = page_after or not after.strip()
            text = text.replace("\f", "\n").strip("\n")
        return Paragraph(text if text.strip() else "", page, title, page_after)

    def text(self, element: Any) -> str:
        """The text of a paragraph; of one without any but white space, nothing."""
        text = self._raw_text(element)
        return text.replace("\f", "\n") if text and not text.isspace() else ""

    def _raw_text(self, element: Any) -> str:
        out: list[str] = []
        self._runs(element, out)
        return out[0] if len(out) == 1 else "".join(out)

    def _runs(self, element: Any, out: list[str]) -> None:
        for child in element:
            kind = KINDS.get(child.tag)
            if kind == "r":
                self._run(child, out)
            elif kind in _INLINE:
                self._runs(child, out)
            elif kind == "AlternateContent":
                for version in _chosen(child):
                    self._runs(version, out)

    def _run(self, run: Any, out: list[str]) -> None:
        symbols: dict[int, str] = {}
        for child in run:
            kind = KINDS.get(child.tag)
            if kind == "t":
                text = child.text or ""
                out.append(_translate(text, symbols) if symbols else text)
            elif kind == "rPr":
                if self._looks:
                    hidden, symbols = _run_looks(child)
                    if hidden:
                        return
            elif kind == "AlternateContent":
                for version in _chosen(child):
                    self._run(version, out)
            elif kind == "ruby":
                self._runs(child, out)
            elif kind is not None:
                out.append(_special(kind, child))


def _run_looks(properties: Any) -> tuple[bool, dict[int, str]]:
    """Whether a run is hidden, and the signs of its font where that is a symbol font."""
    hidden = False
    symbols: dict[int, str] = {}
    for mark in properties:
        name = KINDS.get(mark.tag)
        if name == "vanish":
            hidden = value(mark, "val") not in _OFF
        elif name == "rFonts":
            font = value(mark, "ascii") or value(mark, "hAnsi") or ""
            symbols = _FONTS.get(font.lower(), {})
    return hidden, symbols


def _translate(text: str, symbols: dict[int, str]) -> str:
    """Text in a symbol font; Chinese in such a run is shown in another one."""
    return "".join(
        symbols.get(ord(sign) & 0xFF, sign)
        if sign < "\u0100" or "\uf000" <= sign <= "\uf0ff"
        else sign
        for sign in text
    )


def _special(kind: str, element: Any) -> str:
    if kind == "br":
        return "\f" if value(element, "type") == "page" else "\n"
    if kind == "sym":
        code = int(value(element, "char") or "0", 16)
        signs = _FONTS.get((value(element, "font") or "").lower(), {})
        return signs.get(code & 0xFF, chr(code))
    if kind == "instrText":
        return _TICKED if _OVERLAID.search(element.text or "") else ""
    if kind == "fldChar":
        return _form_field(element)
    return {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}.get(kind, "")


def boxes_of(element: Any) -> list[Any]:
    """The contents of the text boxes anchored in a paragraph."""
    return [
        box
        for child in element.iter()
        if KINDS.get(child.tag) in _HOLDERS and _outermost(child, element)
        for box in _boxes(child)
    ]


def _outermost(holder: Any, stop: Any) -> bool:
    above = holder.getparent()
    while above is not None and above is not stop:
        if KINDS.get(above.tag) in _HOLDERS:
            return False
        above = above.getparent()
    return True


def _boxes(holder: Any) -> Iterator[Any]:
    kind = KINDS.get(holder.tag)
    if kind == "txbxContent":
        yield holder
        return
    children = _chosen(holder) if kind == "AlternateContent" else holder
    for child in children:
        yield from _boxes(child)


def _chosen(element: Any) -> list[Any]:
    """Of two versions of the same content, the one for newer programs."""
    return list(element[:1])


def _looks(properties: Any) -> tuple[bool, bool, bool]:
    page = title = page_after = False
    for mark in properties:
        kind = KINDS.get(mark.tag)
        if kind == "jc":
            title = title or value(mark, "val") == "center"
        elif kind == "outlineLvl":
            title = title or value(mark, "val") in set("012345678")
        elif kind == "pageBreakBefore":
            page = value(mark, "val") not in _OFF
        elif kind == "sectPr":
            page_after = True
    return page, title, page_after


def _form_field(element: Any) -> str:
    """A check box of the old kind, which has no text at all."""
    for box in (c for data in element for c in data if KINDS.get(c.tag) == "checkBox"):
        states = {KINDS.get(mark.tag): value(mark, "val") or "1" for mark in box}
        state = states.get("checked", states.get("default", "0"))
        return _EMPTY if state in _OFF else _TICKED
    return ""
