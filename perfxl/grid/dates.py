"""Days counted from 1900 (or 1904) as spreadsheets keep them, to dates and to their texts."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from perfxl.grid.format_parser import Section, Token

_LAST = 2958465  # 9999-12-31 in the 1900 system
_SHIFT_1904 = 1462
_EPOCH = date(1899, 12, 30)
_DAY_MS = 86_400_000
_LETTERS = "〇一二三四五六七八九"
_WEEK = "日一二三四五六"
_ENGLISH_WEEK = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_ENGLISH_MONTH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def moment(number: Decimal, parts: str, shift: int = 0) -> date | datetime | time | None:
    """The date, point in time or time of day that a number stands for.

    Args:
        number: days since the epoch of the file.
        parts: what the number format shows: ``date``, ``time``, ``both`` or ``elapsed``.
        shift: 1462 for a file in the 1904 system.

    Returns:
        None where there is no such day (29 Feb 1900, day 0, negative, after 9999) and for
        a duration: such a value stays a number.
    """
    if parts == "elapsed" or number < 0:
        return None
    milliseconds = int((number * _DAY_MS).to_integral_value(ROUND_HALF_UP))
    days, rest = divmod(milliseconds, _DAY_MS)
    # A clock time is kept to the millisecond: 0.1 s of a day is 1.157E-6, beyond 15 digits.
    clock = timedelta(milliseconds=rest)
    if parts == "time" and days == 0:
        return (datetime.combine(_EPOCH, time()) + clock).time()
    days += shift
    if not 1 <= days <= _LAST or (days == 60 and not shift):
        return None
    # Excel believes in 29 Feb 1900 (serial 60): the days before it are one off.
    day = _EPOCH + timedelta(days=days + 1 if days < 60 and not shift else days)
    if parts == "date" and not rest:
        return day
    return datetime.combine(day, time()) + clock


def serial(value: date | datetime | time) -> Decimal:
    """The number that stands for a date in the 1900 system; the inverse of `moment`."""
    if isinstance(value, time):
        clock, days = value, 0
    else:
        clock = value.time() if isinstance(value, datetime) else time()
        day = value.date() if isinstance(value, datetime) else value
        days = (day - _EPOCH).days
        if days <= 60:
            days -= 1
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    fraction = (Decimal(seconds) + Decimal(clock.microsecond) / 1_000_000) / 86400
    return days + fraction


def shows(section: Section) -> str:
    """What a date section shows: ``date``, ``time``, ``both`` or ``elapsed``."""
    if any(token.kind == "elapsed" for token in section.tokens):
        return "elapsed"
    tokens = _minutes_told(section.tokens)
    has_day = any(t.kind == "date" and t.text[0] in "ymdaeg" for t in tokens)
    has_clock = any(t.kind in {"half", "clock"} for t in tokens)
    if has_day and has_clock:
        return "both"
    return "time" if has_clock else "date"


def shown_date(section: Section, number: Decimal, shift: int = 0) -> str:
    """The text of a date section for a number of days."""
    if number < 0 or number + shift > _LAST + 1:
        return "########"
    tokens = _minutes_told(section.tokens)
    when = _moment(number, _fraction_places(tokens), shift)
    twelve = any(token.kind == "half" for token in tokens)
    out: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            if index and tokens[index - 1].kind == "point":
                out.append(when.fraction)
        elif token.kind in {"literal", "pad", "comma", "point"}:
            out.append(token.text)
        elif token.kind == "date":
            out.append(_day_part(token.text, when, section))
        else:
            out.append(_clock_part(token, when, section.numerals, twelve=twelve))
    return "".join(out).strip()


class _When(NamedTuple):
    """A point in time, taken apart; weekday 0 is Sunday, seconds are all since the epoch."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: int
    seconds: int
    fraction: str


def _moment(number: Decimal, places: int, shift: int) -> _When:
    unit = 10**places
    ticks = int((number * 86400 * unit).to_integral_value(ROUND_HALF_UP))
    seconds, fraction = divmod(ticks, unit)
    days, rest = divmod(seconds, 86400)
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    year, month, day, weekday = _calendar(days + shift, fake=not shift)
    told = f"{fraction:0{places}d}" if places else ""
    return _When(year, month, day, weekday, hour, minute, second, seconds, told)


def _minutes_told(tokens: tuple[Token, ...]) -> list[Token]:
    """The same tokens with hours, seconds and those m that mean minutes as ``clock``.

    The digits of a fraction of a second are joined to one token.
    """
    result: list[Token] = []
    clock_before = ""
    for index, token in enumerate(tokens):
        kind, text = token
        if kind == "date" and text[0] in "hs":
            result.append(Token("clock", text))
            clock_before = text[0]
        elif kind == "elapsed":
            result.append(token)
            clock_before = text[0]
        elif kind == "date" and text[0] == "m" and len(text) <= 2:
            after = next((t for t in tokens[index + 1 :] if t.kind in {"date", "elapsed"}), None)
            minutes = clock_before == "h" or (after is not None and after.text[0] == "s")
            result.append(Token("clock", text) if minutes else token)
            clock_before = "m" if minutes else ""
        elif kind == "digit" and result and result[-1].kind == "digit":
            result[-1] = Token("digit", result[-1].text + text)
        else:
            if kind == "date":
                clock_before = ""
            result.append(token)
    return result


def _fraction_places(tokens: list[Token]) -> int:
    for before, token in pairwise(tokens):
        if before.kind == "point" and token.kind == "digit":
            return min(len(token.text), 3)
    return 0


def _calendar(days: int, *, fake: bool) -> tuple[int, int, int, int]:
    """Year, month, day, weekday (0 = Sunday) of a day number, Excel's own 1900 included."""
    weekday = (days - 1) % 7
    if fake and days == 60:
        return 1900, 2, 29, weekday
    if fake and days == 0:
        return 1900, 1, 0, weekday
    when = _EPOCH + timedelta(days=min(days + 1 if fake and days < 60 else days, _LAST))
    return when.year, when.month, when.day, weekday


def _clock_part(token: Token, when: _When, numerals: int, *, twelve: bool) -> str:
    kind, text = token
    if kind == "half":
        first, _, second = text.partition("/")
        return second if when.hour >= 12 else first
    if kind == "elapsed":
        unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
        return f"{when.seconds // unit:0{len(text)}d}"
    if text[0] == "h":
        value = (when.hour % 12 or 12) if twelve else when.hour
    else:
        value = when.minute if text[0] == "m" else when.second
    return _number(value, min(len(text), 2), numerals)


def _number(value: int, width: int, numerals: int) -> str:
    if not numerals:
        return f"{value:0{width}d}"
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _LETTERS[ones]
    return ("" if tens == 1 else _LETTERS[tens]) + "十" + (_LETTERS[ones] if ones else "")


def _day_part(text: str, when: _When, section: Section) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        year = f"{when.year % 100:02d}" if letter == "y" and length <= 2 else f"{when.year:04d}"
        return "".join(_LETTERS[int(d)] for d in year) if section.numerals else year
    if letter == "g":
        return ""
    if letter == "m":
        return _month_part(length, when.month, section)
    if letter == "d" and length <= 2:
        return _number(when.day, length, section.numerals)
    if letter == "d" and not section.chinese:
        return _ENGLISH_WEEK[when.weekday][: 3 if length == 3 else None]
    short = "" if letter == "a" else "周"
    return (short if length == 3 else "星期") + _WEEK[when.weekday]


def _month_part(length: int, month: int, section: Section) -> str:
    if length <= 2:
        return _number(month, length, section.numerals)
    if section.chinese:
        return _number(month, 1, 1 if length == 4 else 0) + "月"
    name = _ENGLISH_MONTH[month - 1]
    return name if length == 4 else name[: 1 if length > 4 else 3]
