"""The text a person sees for a value under a number format.

A format code is compiled once to a `Format`; values are exact decimals, so that 0.145 under 0.00
is 0.15 as Excel shows it, and not 0.14 as binary fractions would have it.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import pairwise

from perfxl.bounds import LONGEST_CODE, MOST_LOOKS
from perfxl.errors import TooLarge
from perfxl.grid.dates import shown_date, shows
from perfxl.grid.format_parser import Section, Token, sections

# The largest number of a spreadsheet has 309 digits before its point; 30 may follow.
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_HUNDRED_BILLION = Decimal(10) ** 11
_Show = Callable[[Decimal], str]


def exact(text: str) -> Decimal | None:
    """A number as a file spells it (``0.30000000000000004``), at the 15 digits Excel keeps: 0.3.

    Returns:
        None where the text is no finite number.
    """
    try:
        if len(text) < 16 and "E" not in text and "e" not in text:
            value = Decimal(text)
            return value if value.is_finite() else None
        value = Decimal(f"{float(text):.15g}")
    except (ArithmeticError, ValueError):
        return None
    return value if value.is_finite() else None


def of_float(value: float) -> Decimal | None:
    """A binary number at the 15 digits Excel keeps; None where it is not finite."""
    return exact(f"{value:.15g}")


@dataclass(frozen=True, slots=True)
class Format:
    """A compiled format code.

    Attributes:
        number: the text of a number (for a date: of its days since the epoch).
        text: the text of a text value, or None where it is shown as it is.
        percent: whether numbers are shown as percentages.
        parts: ``date``, ``time``, ``both`` or ``elapsed`` for a date format, else empty.
        number_1904: as ``number``, for days counted from 1904.
    """

    number: _Show
    text: Callable[[str], str] | None
    percent: bool
    parts: str
    number_1904: _Show


class Looks(dict[int, Format]):
    """The formats of the cell styles by their number, each compiled when a cell first asks for it.

    Raises:
        TooLarge: more of them are in use than a workbook can have by far (`MOST_LOOKS`).
    """

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self._codes = codes
        self._by_code: dict[str, Format] = {}

    def __missing__(self, style: int) -> Format:
        code = self._codes[style]
        look = self._by_code.get(code)
        if look is None:
            if len(self._by_code) >= MOST_LOOKS:
                raise TooLarge("too-many-formats", limit=MOST_LOOKS)
            look = self._by_code[code] = compile_format(code)
        self[style] = look
        return look


@lru_cache(maxsize=512)
def compile_format(code: str) -> Format:
    """The format for a code; any text gives some format, at worst General."""
    parts = sections(code if len(code) <= LONGEST_CODE else "General")
    text_section = None
    if parts[-1].kind == "text" or len(parts) > 3:
        text_section = parts[min(len(parts), 4) - 1]
        parts = parts[: min(len(parts), 4) - 1]
    if not parts:
        return Format(general, _text_show(text_section), percent=False, parts="",
                      number_1904=general)  # fmt: skip
    first = parts[0]
    return Format(
        _choice(parts, 0),
        _text_show(text_section),
        percent=first.kind == "number" and any(token.kind == "percent" for token in first.tokens),
        parts=shows(first) if first.kind == "date" else "",
        number_1904=_choice(parts, 1462),
    )


def render(value: object, code: str = "General") -> str:
    """The text of a number, text or truth value under a format code."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return compile_format(code).number(value)
    show = compile_format(code).text
    return show(str(value)) if show else str(value)


def general(value: Decimal) -> str:
    """The look of the General format: at most 11 characters, the decimal point among them."""
    plain = str(value)
    if len(plain) < 12 and plain.isdecimal():
        return plain
    if value == value.to_integral_value() and abs(value) < _HUNDRED_BILLION:
        return str(int(value))
    sign = "-" if value < 0 else ""
    size = abs(value)
    magnitude = size.adjusted()
    if -10 < magnitude < 11:
        places = 9 - max(magnitude, 0)
        plain = _round(size, max(places, 0)) if magnitude >= -4 else _round(size, 12)
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        if len(plain) <= 11:
            return sign + plain
    return sign + _scientific(size, 5 if abs(magnitude) < 100 else 4)


def _scientific(size: Decimal, places: int) -> str:
    digits, _, power = f"{_WIDE.create_decimal(size):.{places}E}".partition("E")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits}E{power[0]}{int(power[1:]):02d}"


def _round(size: Decimal, places: int) -> str:
    return f"{_WIDE.quantize(size, Decimal((0, (1,), -places))):f}"


def _choice(parts: list[Section], shift: int) -> _Show:
    """The function that picks the section for a number and shows it."""
    shows_ = [_section_show(section, shift) for section in parts]
    if len(parts) == 1 and parts[0].condition is None:
        only = shows_[0]
        if parts[0].kind in {"date", "general", "literal"}:
            return only

        def signed(value: Decimal) -> str:
            return "-" + only(-value) if value < 0 else only(value)

        return signed
    if not any(section.condition for section in parts):
        positive, negative = shows_[0], shows_[1]
        zero = shows_[2] if len(shows_) > 2 else positive

        def by_sign(value: Decimal) -> str:
            if value > 0:
                return positive(value)
            return negative(-value) if value < 0 else zero(value)

        return by_sign
    return _by_condition(parts, shows_)


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def _by_condition(parts: list[Section], shows_: list[_Show]) -> _Show:
    def show(value: Decimal) -> str:
        for section, text in zip(parts, shows_, strict=True):
            condition = section.condition
            if condition is None:
                # Of sections without a condition beside ones with: the second is for negative
                # numbers, the last one for all the rest.
                if section is not parts[-1] and section is parts[1] and value >= 0:
                    continue
            elif not _COMPARE[condition[0]](value, condition[1]):
                continue
            negatives_only = condition is not None and condition[0] in "<=" and condition[1] <= 0
            if section.kind != "number" or value >= 0:
                return text(value)
            return text(-value) if negatives_only else "-" + text(-value)
        return general(value)

    return show


def _section_show(section: Section, shift: int) -> _Show:
    if section.kind == "date":
        return lambda value: shown_date(section, value, shift)
    if section.kind == "literal":
        fixed = "".join(t.text for t in section.tokens if t.kind != "pad").strip()
        return lambda _: fixed
    if section.kind in {"general", "text"}:
        before, after = _around(section.tokens, {"general", "at"})
        if not before and not after:
            return general
        return lambda value: f"{before}{general(value)}{after}"
    return _number_show(section.tokens)


def _text_show(section: Section | None) -> Callable[[str], str] | None:
    if section is None:
        return None
    before, after = _around(section.tokens, {"at"})
    if section.kind != "text":
        return (lambda _: before) if before else None
    if not before.strip() and not after.strip():
        return None
    return lambda text: f"{before}{text}{after}"


def _around(tokens: tuple[Token, ...], kinds: set[str]) -> tuple[str, str]:
    """The literal texts before and after the value, paddings left out."""
    at = next((i for i, token in enumerate(tokens) if token.kind in kinds), len(tokens))
    before, after = (
        "".join(token.text for token in side if token.kind not in {"pad", *kinds})
        for side in (tokens[:at], tokens[at + 1 :])
    )
    return before, after


_CORE = {"digit", "point", "comma", "power"}


def _number_show(tokens: tuple[Token, ...]) -> _Show:
    """The function for a section with digit placeholders, for numbers not negative."""
    places = [i for i, token in enumerate(tokens) if token.kind == "digit"]
    if any(t.text == "/" and places[0] < i < places[-1] for i, t in enumerate(tokens)):
        return general  # a fraction: # ?/?
    percents = sum(token.kind == "percent" for token in tokens)
    last_core = max(i for i, token in enumerate(tokens) if token.kind in _CORE)
    if any(token.kind == "power" for token in tokens):
        core = "".join(token.text for token in tokens if token.kind in _CORE)
        show = _power_show(core)
    else:
        inside = tokens[places[0] : last_core + 1]
        first = places[0]
        if first and tokens[first - 1].kind == "point":
            inside = tokens[first - 1 : last_core + 1]
            places = [first - 1, *places]
        show = _plain_show(inside)
    before = "".join(t.text for t in tokens[: places[0]] if t.kind != "comma")
    after = "".join(t.text for t in tokens[last_core + 1 :])
    factor = Decimal(100) ** percents

    if not percents:
        if not before and not after:
            return show
        return lambda value: f"{before}{show(value)}{after}".strip(" ")
    return lambda value: f"{before}{show(_WIDE.multiply(value, factor))}{after}".strip(" ")


def _plain_show(inside: tuple[Token, ...]) -> _Show:
    """From the first placeholder to the last: ``#,##0.00``, with any texts in between."""
    point = next((i for i, token in enumerate(inside) if token.kind == "point"), len(inside))
    whole, rest = inside[:point], inside[point + 1 :]
    last_digit = max((i for i, t in enumerate(inside) if t.kind == "digit"), default=0)
    # A comma between placeholders groups thousands; one after the last of them divides by 1000.
    scale = sum(t.kind == "comma" and i > last_digit for i, t in enumerate(inside))
    scale += sum(a.kind == "comma" and b.kind == "point" for a, b in pairwise(inside))
    grouped = any(
        t.kind == "comma" and any(u.kind == "digit" for u in whole[i + 1 :])
        for i, t in enumerate(whole)
    )
    least_whole = sum(t.text == "0" for t in whole if t.kind == "digit")
    zeros = [t.text == "0" for t in rest if t.kind == "digit"]
    most = len(zeros)
    least = max((i + 1 for i, zero in enumerate(zeros) if zero), default=0)
    has_point = point < len(inside)
    divisor = Decimal(1000) ** scale
    texts = any(t.kind in {"literal", "pad", "percent"} for t in inside)

    if not (texts or scale) and least == most and least_whole == 1 and has_point == bool(most):
        # Nearly every format in use: 0, 0.00, #,##0.00.
        step, mark = Decimal((0, (1,), -most)), ",f" if grouped else "f"
        return lambda value: format(_WIDE.quantize(value, step), mark)

    def show(value: Decimal) -> str:
        if scale:
            value = _WIDE.divide(value, divisor)
        head, _, tail = _round(value, most).partition(".")
        head = head.lstrip("0").rjust(least_whole, "0")
        if grouped:
            head = _group_digits(head)
        while len(tail) > least and tail[-1] == "0":
            tail = tail[:-1]
        if texts:
            return _woven(whole, rest, head, tail)
        return f"{head}.{tail}" if has_point else head

    return show


def _group_digits(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first]] if first else []
    groups += [digits[i : i + 3] for i in range(first, len(digits), 3)]
    return ",".join(groups)


def _woven(whole: tuple[Token, ...], rest: tuple[Token, ...], head: str, tail: str) -> str:
    """Digits dealt out to placeholders among texts: ``000-0000``."""
    out: list[str] = []
    left = list(head)
    slots = sum(token.kind == "digit" for token in whole)
    for token in reversed(whole):
        if token.kind == "digit":
            slots -= 1
            while left and left[-1] == ",":
                out.append(left.pop())
            if left:
                out.append(left.pop())
            if slots == 0:
                out.extend(reversed(left))
        elif token.kind != "comma":
            out.append(token.text[::-1])
    text = "".join(out)[::-1]
    digits = iter(tail)
    after = "".join(
        next(digits, "") if token.kind == "digit" else token.text
        for token in rest
        if token.kind != "comma"
    )
    return text + ("." + after if rest else "")


def _power_show(core: str) -> _Show:
    """``0.00E+00``, ``##0.0E+0``: the placeholders before the point are the step of the power."""
    mantissa, _, power = core.upper().partition("E")
    whole, _, rest = mantissa.replace(",", "").partition(".")
    step = max(len(whole), 1)
    places = len(rest)
    least = rest.rstrip("#?")
    width = sum(letter == "0" for letter in power)

    def show(value: Decimal) -> str:
        exponent = value.adjusted() // step * step if value else 0
        text = _round(value.scaleb(-exponent, _WIDE), places)
        if len(text.partition(".")[0]) > step:
            exponent += step
            text = _round(value.scaleb(-exponent, _WIDE), places)
        if places:
            head, _, tail = text.partition(".")
            while len(tail) > len(least) and tail.endswith("0"):
                tail = tail[:-1]
            text = f"{head}.{tail}"
        mark = "-" if exponent < 0 else "+" if power.startswith("+") else ""
        return f"{text}E{mark}{abs(exponent):0{width}d}"

    return show
