"""Dates and deadlines: ``2021年12月底前``, ``12月中旬``, ``已于2023.11.20完成``, ``1-12月``, ``每月15日前``.

Source: scoring rules, section "Reading a value"; the words stand in templates/quantities.toml.
"""

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from perfxl.forms.values.grammar import chinese_number, grammar

Day = tuple[int | None, int | None, int | None]
Point = tuple[int, int, int]
LONGEST = 40
LONGEST_OBJECT = 14
LEAP = 2024
"""A year in which February has all its days, for dates without one."""


class Moment(NamedTuple):
    """A date as it is written.

    Attributes:
        day: (year, month, day) of its last day, parts that are not written as None.
        since: (month, day) of its first day where the parts written do not show it: (7, 1) of 下半年.
        period: whether it is a period to be filled (全年, 1-12月) and no deadline.
        tail: what is said to be done then: 招标 of 11月完成招标.
    """

    day: Day
    since: tuple[int, int] | None = None
    period: bool = False
    tail: str = ""


_NUMERALS = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号])")
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_QUARTER = r"第?(?P<q>[一二三四]|(?<=[第年])[1-4])季度?"
_MOMENTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}年度?(?P<m>[01]?[0-9])月份?(?P<d>[0-3]?[0-9])[日号]?(?![0-9-])",
        rf"{_YEAR}年度?(?P<m>[01]?[0-9])月份?(?:(?P<ten>[上中下])旬)?",
        rf"{_YEAR}[-/](?P<m>[01]?[0-9])(?:[-/](?P<d>[0-3]?[0-9]))?日?(?![0-9])",
        rf"{_YEAR}\.(?P<m>[01]?[0-9])(?:\.(?P<d>[0-3]?[0-9]))?日?(?![0-9.])",
        rf"{_YEAR}(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9.,])",
        rf"(?:{_YEAR}年度?)?(?:(?P<half>[上下])半年|{_QUARTER})",
        r"(?P<m>[01]?[0-9])月份?(?P<d>[0-3]?[0-9])[日号]",
        r"(?P<m>[01]?[0-9])月份?(?:(?P<ten>[上中下])旬)?",
    )
)
_YEAR_ALONE = re.compile(rf"{_YEAR}年度?")
_DAY_BEFORE = re.compile(r"(?P<d>[0-3]?[0-9])[日号](?P<tail>(?:之|以)?前.*)")
_DAY_OF_MONTH = re.compile(r"(?P<d>[0-3]?[0-9])[日号](?P<tail>.*)")
_MARKS = ("年", "月", "日", "号", "季", "-", "/", ".")
_QUARTERS = "一二三四"
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, None)}


def read_moment(text: str) -> Moment | None:
    """The date that a folded text is; None for anything else, and for a day that does not exist."""
    if len(text) > LONGEST or not any(c.isdigit() or c in _MARKS for c in text):
        return None
    text = _NUMERALS.sub(_in_digits, text)
    bare = _without_lead(text)
    return (
        _of_year(bare)
        or _period(bare)
        or _single(bare)
        or _day_only(bare, recurring=bool(grammar().every.match(bare)))
    )


def _in_digits(match: re.Match[str]) -> str:
    value = chinese_number(match[0].replace("〇", "零").replace("○", "零"))
    return match[0] if value is None else f"{value:f}"


def _without_lead(text: str) -> str:
    words = grammar()
    progress = True
    while progress:
        progress = False
        for word in words.date_lead:
            rest = text[len(word) :]
            # 当年12月底前: the year goes without saying; 当年 alone is the date.
            if text.startswith(word) and rest and (rest[0].isdigit() or not _whole(text)):
                text, progress = rest, True
                break
    return text


def _whole(text: str) -> bool:
    return text.startswith((*grammar().whole_year, *grammar().year_end))


def _of_year(text: str) -> Moment | None:
    """2023年底前, 年内, 全年, 2023年: the year as a whole, or its end."""
    match = _YEAR_ALONE.match(text)
    year = int(match["y"]) if match else None
    rest = text[match.end() :] if match else text
    words = grammar()
    within = next((word for word in words.within if match and rest.startswith(word)), "")
    if within:
        tail = _tail(rest[len(within) :])
        return None if tail is None else Moment((year, 12, 31), (1, 1), tail=tail)
    # 2023年底 may have lost its 年 to the number of the year.
    for word in (*words.year_end, *words.year_ends):
        if rest.startswith(word) and (match or word in words.year_end):
            tail = _tail(rest[len(word) :])
            return None if tail is None else Moment((year, 12, 31), (12, 1), tail=tail)
    for word in words.whole_year:
        if rest.startswith(word):
            tail = _tail(rest[len(word) :])
            deadline = word.endswith(words.within) or bool(tail)
            return None if tail is None else Moment((year, 12, 31), (1, 1), not deadline, tail)
    if match:
        tail = _tail(rest)
        return None if tail is None else Moment((year, None, None), tail=tail)
    return None


@cache
def _dash() -> re.Pattern[str]:
    return re.compile(f"(?:{grammar().between})+")


@cache
def _months() -> re.Pattern[str]:
    """1-12月, 2023年1至6月."""
    return re.compile(
        rf"(?:{_YEAR}年度?)?(?P<a>[01]?[0-9])月?{_dash().pattern}(?P<m>[01]?[0-9])月份?(?P<tail>.*)"
    )


def _period(text: str) -> Moment | None:
    """1-12月, 2023年1月至2023年12月: from a first to a last day."""
    short = _months().fullmatch(text)
    if short:
        tail = _tail(short["tail"])
        begun, ended = int(short["a"]), int(short["m"])
        if tail is None or not 1 <= begun <= ended <= 12:
            return None
        year = int(short["y"]) if short["y"] else None
        return Moment((year, ended, None), (begun, 1), period=not tail, tail=tail)
    for cut in _dash().finditer(text):
        one, other = _start(text[: cut.start()]), _single(text[cut.end() :])
        if one is None or other is None or not cut.start():
            continue
        year, month, _ = one.day
        if month is None or other.day[1] is None or (year and other.day[0] not in (None, year)):
            return None
        first = first_day(one)
        last = (other.day[0] or year, other.day[1], other.day[2])
        if first[1:] > last_day(Moment(last))[1:]:
            return None
        return Moment(last, first[1:], period=True, tail=other.tail)
    return None


def _start(text: str) -> Moment | None:
    return _single(text) if text else None


def _single(text: str) -> Moment | None:
    text = grammar().every.sub("", text)
    for pattern in _MOMENTS:
        match = pattern.match(text)
        tail = None if match is None else _tail(text[match.end() :])
        if match is not None and tail is not None:
            return _made(match.groupdict(), text[match.end() :], tail)
    return None


def _made(parts: dict[str, str | None], rest: str, tail: str) -> Moment | None:
    year = int(parts["y"]) if parts.get("y") else None  # type: ignore[arg-type]  # a text if there
    if parts.get("half"):
        first = 1 if parts["half"] == "上" else 7
        return Moment((year, first + 5, None), (first, 1), tail=tail)
    if parts.get("q"):
        quarter = str(parts["q"])
        number = _QUARTERS.index(quarter) + 1 if quarter in _QUARTERS else int(quarter)
        return Moment((year, 3 * number, None), (3 * number - 2, 1), tail=tail)
    month = int(parts["m"] or 0)
    day = int(parts["d"]) if parts.get("d") else None  # type: ignore[arg-type]  # a text if there
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= _length(year, month)):
        return None
    ten = parts.get("ten") or ("上" if rest.startswith("初") and day is None else None)
    if ten:
        start, end = _TENS[ten]
        return Moment((year, month, end), (month, start), tail=tail)
    return Moment((year, month, day), tail=tail)


def _day_only(text: str, *, recurring: bool) -> Moment | None:
    """15日前, 每月15日: a day of every month."""
    pattern = _DAY_OF_MONTH if recurring else _DAY_BEFORE
    match = pattern.fullmatch(grammar().every.sub("", text))
    if match is None or not 1 <= int(match["d"]) <= 31:
        return None
    tail = _tail(match["tail"])
    return None if tail is None else Moment((None, None, int(match["d"])), tail=tail)


def _tail(text: str) -> str | None:
    """What is said to be done at a date: "" for nothing but that; None where it is not understood."""
    if not text:
        return ""
    words = grammar()
    match = words.date_tail.match(text)
    rest = text[match.end() :] if match else text
    if not rest:
        return ""
    done = match is not None and match["done"] is not None
    plain = not any(c.isdigit() for c in rest) and len(rest) <= LONGEST_OBJECT
    doubted = any(word in rest for word in (*words.doubtful, *words.blurring))
    return rest if done and plain and not doubted else None


@cache
def _length(year: int | None, month: int) -> int:
    return monthrange(year or LEAP, month)[1]


def first_day(moment: Moment) -> Point:
    """The first day that a date may mean, as (year, month, day); the year 0 where none is written."""
    year, month, day = moment.day
    if moment.since is not None:
        return year or 0, *moment.since
    return year or 0, month or 1, day or 1


def last_day(moment: Moment) -> Point:
    """The last day that a date may mean, likewise."""
    year, month, day = moment.day
    month = month or 12
    return year or 0, month, min(day or 31, _length(year, month))
