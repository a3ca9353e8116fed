"""Number format codes, read: ``#,##0.00_);[Red](#,##0.00)`` → sections of tokens."""

import re
from decimal import Decimal
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<pad>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|g+)
    | (?P<digit>[0#?])
    | (?P<sign>[.,%@;])
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_NUMERALS = re.compile(r"dbnum([123])", re.IGNORECASE)

# The two codes by which a file says "as this computer shows dates / times": Chinese Windows.
_SYSTEM = {"[$-f800]": 'yyyy"年"m"月"d"日"', "[$-f400]": "h:mm:ss"}
# Built-in formats are stored in the American spelling and shown in that of the computer.
_LOCAL = {
    "mm-dd-yy": "yyyy/m/d",
    "m/d/yy h:mm": "yyyy/m/d h:mm",
    "m/d/yyyy h:mm": "yyyy/m/d h:mm",
}


class Token(NamedTuple):
    """A piece of a section.

    Attributes:
        kind: literal, pad, digit, point, comma, percent, power, at, general, date, elapsed, half.
        text: the literal text, the placeholder, or the run of date letters in lower case.
    """

    kind: str
    text: str


class Section(NamedTuple):
    """One of the parts between semicolons.

    Attributes:
        kind: general, number, date, text, or literal (no value is shown at all).
        tokens: in order.
        condition: operator and operand of ``[>=100]``, or None.
        chinese: whether a Chinese locale is asked for: ``[$-804]``.
        numerals: 1 or 2 for Chinese numerals (``[DBNum1]``), else 0.
    """

    kind: str
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    chinese: bool
    numerals: int


_SIGNS = {".": "point", ",": "comma", "%": "percent", "@": "at"}


def sections(code: str) -> list[Section]:
    """The sections of a format code; at least one, whatever the code is."""
    lower = code.lower()
    for mark, local in _SYSTEM.items():
        if lower.startswith(mark):
            code = local
    code = _LOCAL.get(lower, code)
    result: list[Section] = []
    part = _Part()
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "sign" and text == ";":
            result.append(part.section())
            part = _Part()
        else:
            part.take(kind, text)
    result.append(part.section())
    return result


class _Part:
    """A section while it is read."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, Decimal] | None = None
        self.chinese = False
        self.numerals = 0

    def take(self, kind: str, text: str) -> None:
        if kind in {"quoted", "escaped", "other"}:
            self.tokens.append(Token("literal", text))
        elif kind == "pad":
            self.tokens.append(Token("pad", " "))
        elif kind == "bracket":
            self._bracket(text)
        elif kind == "sign":
            self.tokens.append(Token(_SIGNS[text], text))
        elif kind == "date":
            self.tokens.append(Token("date", text.lower()))
        elif kind != "fill":
            self.tokens.append(Token(kind, text))

    def _bracket(self, text: str) -> None:
        if text.startswith("$"):
            symbol, _, locale = text[1:].partition("-")
            self.chinese = self.chinese or locale.upper().endswith("804")
            if symbol:
                self.tokens.append(Token("literal", symbol))
        elif _ELAPSED.fullmatch(text):
            self.tokens.append(Token("elapsed", text.lower()))
        elif found := _CONDITION.fullmatch(text.strip()):
            try:
                self.condition = (found[1], Decimal(found[2]))
            except ArithmeticError:
                self.condition = None
        elif found := _NUMERALS.fullmatch(text):
            self.numerals = int(found[1])
        # Anything else is a colour, which a text does not show.

    def section(self) -> Section:
        kinds = {token.kind for token in self.tokens}
        if kinds & {"date", "elapsed", "half"}:
            kind = "date"
        elif "digit" in kinds:
            kind = "number"
        elif "general" in kinds:
            kind = "general"
        elif "at" in kinds:
            kind = "text"
        else:
            kind = "literal"
        return Section(kind, tuple(self.tokens), self.condition, self.chinese, self.numerals)
