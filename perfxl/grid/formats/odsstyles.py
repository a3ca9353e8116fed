"""Styles of an OpenDocument sheet: widths, heights, what is hidden, and number formats as codes."""

from collections.abc import Callable
from typing import Any

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
# A character of the standard font is 7 pixels wide, and a column has 5 pixels of margin.
_CHARACTER, _MARGIN = 7 * 0.75, 5 * 0.75


class Styles:
    """What the automatic styles of a document say, by style name."""

    def __init__(self, root: Any, common: Callable[[], Any]) -> None:
        """Read the styles beside the content, and the common ones where one of them is used.

        Args:
            root: of the content.
            common: gives the root of the styles that the document keeps elsewhere, or None.
        """
        self.widths: dict[str, float] = {}
        self.heights: dict[str, float] = {}
        self.hidden_tables: set[str] = set()
        self._data: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        data_styles: dict[str, Any] = {}
        self._take_all(root, data_styles)
        if not data_styles.keys() >= set(self._data.values()):
            self._take_all(common(), data_styles)
        for name, style in data_styles.items():
            self._codes[name] = _code(style, data_styles)

    def code(self, style: str | None) -> str:
        """The number format code of a cell style."""
        return self._codes.get(self._data.get(style or "", ""), "General")

    def _take_all(self, root: Any, data_styles: dict[str, Any]) -> None:
        if root is None:
            return
        for group in root.iterchildren(_OFFICE + "styles", _OFFICE + "automatic-styles"):
            for style in group:
                name = style.get(_STYLE + "name")
                if name is None:
                    continue
                if style.tag == _STYLE + "style":
                    self._take(name, style)
                elif isinstance(style.tag, str) and style.tag.startswith(_NUMBER):
                    data_styles.setdefault(name, style)

    def _take(self, name: str, style: Any) -> None:
        data = style.get(_STYLE + "data-style-name")
        if data:
            self._data[name] = data
        for properties in style:
            width = points(properties.get(_STYLE + "column-width"))
            if width:
                self.widths[name] = round(max(width - _MARGIN, 0) / _CHARACTER, 2)
            height = points(properties.get(_STYLE + "row-height"))
            if height:
                self.heights[name] = round(height, 2)
            if properties.get(_TABLE + "display") == "false":
                self.hidden_tables.add(name)


def points(length: str | None) -> float:
    """A length such as ``2.3cm`` in points; 0 where it is none."""
    if not length:
        return 0.0
    try:
        return float(length[:-2]) * _POINTS.get(length[-2:], 0.0)
    except ValueError:
        return 0.0


def _code(style: Any, styles: dict[str, Any]) -> str:
    """A data style as a number format code."""
    body = "".join(_piece(element) for element in style if isinstance(element.tag, str))
    for rule in style.iterchildren(_STYLE + "map"):
        # ``value()>=0`` → the style for such numbers stands in another data style.
        other = styles.get(rule.get(_STYLE + "apply-style-name"))
        condition = (rule.get(_STYLE + "condition") or "").replace("value()", "")
        if other is not None and other is not style and condition:
            first = "".join(_piece(e) for e in other if isinstance(e.tag, str))
            body = (
                f"{first};{body}" if condition in {">=0", ">0"} else f"[{condition}]{first};{body}"
            )
            break
    if (
        style.tag == _NUMBER + "time-style"
        and style.get(_NUMBER + "truncate-on-overflow") == "false"
    ):
        body = body.replace("h", "[h]", 1) if "hh" not in body else body.replace("hh", "[hh]", 1)
    return body or "General"


def _long(element: Any, short: str, long: str) -> str:
    return long if element.get(_NUMBER + "style") == "long" else short


def _seconds(element: Any) -> str:
    places = int(element.get(_NUMBER + "decimal-places") or 0)
    return _long(element, "s", "ss") + ("." + "0" * min(places, 3) if places else "")


def _month(element: Any) -> str:
    if element.get(_NUMBER + "textual") == "true":
        return _long(element, "mmm", "mmmm")
    return _long(element, "m", "mm")


def _plain(element: Any) -> str:
    places = element.get(_NUMBER + "decimal-places")
    least = int(element.get(_NUMBER + "min-integer-digits") or 0)
    if places is None and element.get(_NUMBER + "grouping") != "true" and least <= 1:
        return "General"
    whole = "0" * min(least, 30) or "#"
    if element.get(_NUMBER + "grouping") == "true":
        whole = "#,##" + whole if len(whole) == 1 else "#," + whole
    count = min(int(places or 0), 30)
    fixed = min(int(element.get(_NUMBER + "min-decimal-places") or count), count)
    factor = element.get(_NUMBER + "display-factor") or "1"
    commas = "," * ((len(factor) - 1) // 3) if factor.startswith("1000") else ""
    return whole + ("." + "0" * fixed + "#" * (count - fixed) if count else "") + commas


def _scientific(element: Any) -> str:
    places = int(element.get(_NUMBER + "decimal-places") or 0)
    power = int(element.get(_NUMBER + "min-exponent-digits") or 2)
    return "0" + ("." + "0" * min(places, 30) if places else "") + "E+" + "0" * min(power, 9)


def _text(element: Any) -> str:
    text = element.text or ""
    return text if text in {"%", "-", "/", ":", " ", "", ".", ","} else f'"{text}"'


def _literal(element: Any) -> str:
    return f'"{element.text}"' if element.text else ""


_PIECES: dict[str, Callable[[Any], str]] = {
    _NUMBER + "number": _plain,
    _NUMBER + "scientific-number": _scientific,
    _NUMBER + "text": _text,
    _NUMBER + "currency-symbol": _literal,
    _NUMBER + "text-content": lambda _: "@",
    _NUMBER + "year": lambda element: _long(element, "yy", "yyyy"),
    _NUMBER + "month": _month,
    _NUMBER + "day": lambda element: _long(element, "d", "dd"),
    _NUMBER + "day-of-week": lambda element: _long(element, "aaa", "aaaa"),
    _NUMBER + "hours": lambda element: _long(element, "h", "hh"),
    _NUMBER + "minutes": lambda element: _long(element, "m", "mm"),
    _NUMBER + "seconds": _seconds,
    _NUMBER + "am-pm": lambda _: "AM/PM",
}


def _piece(element: Any) -> str:
    make = _PIECES.get(element.tag)
    return make(element) if make else ""
