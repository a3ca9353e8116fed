"""Targets and actual values as quantities: ``≥95%``, ``1-3天``, ``2021年12月底前``, ``有所提升``.

Numbers are exact (Decimal); every quantity keeps its original text; a text that is no number is
never silently a zero. Source: scoring rules, section "Reading a value"; the words stand in
templates/quantities.toml.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.forms.grammar import chinese_number, grammar
from perfxl.forms.text import fold

NUMBER, RANGE, DATE, TEXT, BLANK = "number", "range", "date", "text", "blank"
LONGEST_UNIT = 8
LONGEST_LEAD = 24


class Quantity(NamedTuple):
    """A value as written.

    Attributes:
        kind: number, range, date, text or blank.
        text: the original text, outer white space removed.
        comparator: ≥ > ≤ < = or "" where none is written; on a date ≤ means "before".
        low: the number, or the lower end of a range, in the unit as written.
        high: the upper end of a range.
        unit: the unit as written, "" where none is.
        family: which units it converts to (ratio, money, clock, …); "other" for a unit that
            perfxl does not know; "" without a unit.
        factor: how many of the family's measure one unit is.
        lead: words written before the number ("完成率" in 完成率100%).
        day: (year, month, day) of a date, parts missing as None.
        scaled: whether a multiplier such as 万 stood behind the digits.
    """

    kind: str
    text: str
    comparator: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: str = ""
    family: str = ""
    factor: Decimal = Decimal(1)
    lead: str = ""
    day: tuple[int | None, int | None, int | None] = (None, None, None)
    scaled: bool = False

    @property
    def size(self) -> Decimal:
        """The number in the measure of its family."""
        return self.low * self.factor


_NUMBER = re.compile(r"[+\-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_BLANKS = frozenset(
    {"", "-", "—", "——", "--", "---", "/", "//", "\\", "*", "**", "***", "_", "无", "N/A"}
)
_SENTENCE = re.compile(r"[,。;、!?,;]")
_TRAILING = re.compile(r"[。;;,,、.!]+$")
_REMARK = re.compile(r"\([^()0-9]*\)$")
_UNIT_BEHIND = re.compile(r"[(\[【](?:(?:计量|度量)?单位:)?(?P<unit>[^()\[\]【】0-9]{1,8})[)\]】]$")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER.pattern})(?P<low_unit>[^0-9\-~—–至到]{{0,4}})(?:-|~|—|–|至|到|--|——)"
    rf"(?P<high>{_NUMBER.pattern})(?P<unit>[^0-9]{{0,{LONGEST_UNIT}}})"
)
_DATES = (
    re.compile(
        r"(?P<y>(?:19|20)[0-9]{2})年度?(?:(?P<m>[01]?[0-9])月份?)?(?:(?P<d>[0-3]?[0-9])[日号])?"
    ),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>[01]?[0-9])(?:[-/](?P<d>[0-3]?[0-9]))?日?"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})\.(?P<m>[01]?[0-9])\.(?P<d>[0-3]?[0-9])日?"),
    re.compile(r"(?P<m>[01]?[0-9])月(?P<d>[0-3]?[0-9])[日号]"),
)
_PART_OF_YEAR = re.compile(
    r"(?:(?P<y>20[0-9]{2})年度?)?(?:(?P<half>[上下])半年|第?(?P<q>[一二三四]|(?<=[第年])[1-4])季度?)末?(?P<tail>.*)"
)
_QUARTERS = "一二三四"
_MONTH_BEFORE = re.compile(r"(?P<m>[01]?[0-9])月(?P<tail>.+)")
_EVERY = re.compile(r"^(?:每年|每月|每季度末?|次月|当月)(?=[0-9])")
_DAY_BEFORE = re.compile(r"(?P<d>[0-3]?[0-9])[日号](?P<tail>.*)")
_MONTH_ALONE = re.compile(r"(?P<m>[01]?[0-9])月份?")
_YEAR_END = re.compile(
    r"(?:于|在)?(?:(?P<y>20[0-9]{2})年?|当年|本年|全年)?(?:年底|年末|年内|年终)(?:之?前)?"
)


@lru_cache(maxsize=32768)
def parse(text: str) -> Quantity:
    """Read a value as it is written; anything that is no quantity is a text."""
    original = text.strip()
    folded = fold(text)
    if folded in _BLANKS:
        return Quantity(BLANK, original)
    trimmed = _TRAILING.sub("", folded)
    return (
        _date(trimmed, original)
        or _number(_REMARK.sub("", trimmed), original)
        or _number(trimmed, original)
        or Quantity(TEXT, original)
    )


def read(value: object, shown: str) -> Quantity:
    """Read a cell: its exact value where it is a number, with the unit that its format shows.

    0.9514 shown as ``95%`` is 95.14 %, ``3`` under the format ``0"项"`` is 3 项.
    """
    if isinstance(value, datetime | date):
        return Quantity(DATE, shown, comparator="≤", day=(value.year, value.month, value.day))
    quantity = parse(shown)
    if isinstance(value, Decimal) and quantity.kind == NUMBER and not quantity.scaled:
        exact = value * 100 if quantity.family == "ratio" and "%" in quantity.unit else value
        return quantity._replace(low=exact, high=exact)
    if isinstance(value, Decimal) and quantity.kind == TEXT:
        return Quantity(NUMBER, shown, low=value, high=value)
    return quantity


def with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number given the unit of its 计量单位 column; any other quantity as it is."""
    if quantity.kind not in (NUMBER, RANGE) or quantity.unit or not unit:
        return quantity
    name, family, factor, scale = _unit(fold(unit))
    if family == "":
        return quantity
    return quantity._replace(unit=name, family=family, factor=factor * scale, scaled=scale != 1)


def _comparator(text: str) -> tuple[str, str]:
    """Take comparators off the front: (sign, rest)."""
    words = grammar()
    sign = ""
    progress = True
    while progress and text:
        progress = False
        for word, meaning in words.before:
            if text.startswith(word):
                # 达到≥95%: the sign proper outranks the word 达到.
                sign = meaning if sign in ("", "=") else sign
                text = text[len(word) :]
                progress = True
                break
    return sign, text


def _number(text: str, original: str) -> Quantity | None:
    sign, rest = _comparator(text)
    lead = ""
    start = _first_number(rest)
    if start is None:
        return None
    if start:
        lead, rest = rest[:start], rest[start:]
        if len(lead) > LONGEST_LEAD or _SENTENCE.search(lead) or _denies(lead):
            return None
        # The comparator may stand between the words and the number: 覆盖率不低于95%.
        inner, lead = _trailing_comparator(lead)
        if sign not in ("", "=") and inner not in ("", sign, "="):
            return None
        sign = inner if sign in ("", "=") and inner else sign
    span = _range(rest, original, sign, lead)
    if span is not None:
        return span
    taken = _take_number(rest)
    if taken is None:
        return None
    value, rest = taken
    after = ""
    for word, meaning in grammar().after:
        if rest.endswith(word) and rest != "":
            after, rest = meaning, rest[: -len(word)]
            break
    if after:
        if sign and sign != "=" and (sign in "≥>") != (after in "≥>"):
            return None
        sign = sign if sign and sign != "=" else after
    if any(character.isdigit() for character in rest) or len(rest) > LONGEST_UNIT + 4:
        return None
    name, family, factor, scale = _unit(rest)
    if family == "other" and (len(name) > LONGEST_UNIT or _SENTENCE.search(name)):
        return None
    value *= scale
    return Quantity(
        NUMBER, original, sign, value, value, name, family, factor, lead, scaled=scale != 1
    )


def _denies(lead: str) -> bool:
    """未完成3项, 见附件1: the words before the number turn its meaning, or it is no quantity."""
    words = grammar()
    return lead.endswith(words.refused) or any(word in lead for word in words.blurring)


def _trailing_comparator(lead: str) -> tuple[str, str]:
    for word, meaning in grammar().before:
        if lead.endswith(word):
            return meaning, lead[: -len(word)]
    return "", lead


def _first_number(text: str) -> int | None:
    """Where the first number starts, digits or Chinese numerals in front of a known unit."""
    match = _NUMBER.search(text)
    first = match.start() if match else None
    words = grammar()
    for numeral in words.numerals.finditer(text):
        if first is not None and numeral.start() > first:
            break
        rest = text[numeral.end() :]
        if text[: numeral.start()].endswith("百分之"):
            return numeral.start() - 3
        if rest.startswith(words.counted):
            return numeral.start()
    if match and text[: match.start()].endswith("百分之"):
        return match.start() - 3
    return first


def _take_number(text: str) -> tuple[Decimal, str] | None:
    """Take the number off the front: (value, rest)."""
    if text.startswith("百分之"):
        taken = _take_number(text[3:])
        return None if taken is None else (taken[0], "%" + taken[1])
    match = _NUMBER.match(text)
    if match:
        return Decimal(match[0].replace(",", "")), text[match.end() :]
    numeral = grammar().numerals.match(text)
    if numeral is None:
        return None
    value = chinese_number(numeral[0])
    return None if value is None else (value, text[numeral.end() :])


@lru_cache(maxsize=4096)
def _unit(text: str) -> tuple[str, str, Decimal, Decimal]:
    """A unit's (name, family, factor, multiplier before it): 万人次 → (人次, count, 1, 10000)."""
    words = grammar()
    name = text.strip("()")
    one = Decimal(1)
    if not name:
        return "", "", one, one
    if name in words.units:
        family, factor = words.units[name]
        return name, family, factor, one
    for word, size in words.multipliers:
        if name.startswith(word):
            rest, family, factor, more = _unit(name[len(word) :])
            return rest, family, factor, size * more
    for lead in ("个", "余", "多"):
        if name.startswith(lead) and name[1:] in words.units:
            family, factor = words.units[name[1:]]
            return name[1:], family, factor, one
    for word in words.finished:
        if name.endswith(word) and len(name) > len(word):
            return _unit(name[: -len(word)])
        if name == word:
            return "", "", one, one
    if name.startswith("个"):
        # 10个村: so many of them, whatever they are.
        return name, "count", one, one
    return name, "other", one, one


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure that perfxl knows, a multiplier before it included."""
    return _unit(fold(text))[1] not in ("", "other")


def unit_behind(name: str) -> tuple[str, str]:
    """A name and the unit in brackets behind it: 养护里程（公里） → (养护里程, 公里)."""
    folded = fold(name)
    match = _UNIT_BEHIND.search(folded)
    if match is None or not match.start() or not is_unit(match["unit"]):
        return folded, ""
    return folded[: match.start()], match["unit"]


def without_rate(quantity: Quantity) -> Quantity:
    """5次/年 as 5次: for a comparison in which the other side does not say per what."""
    for word in grammar().per:
        if quantity.unit.endswith(word):
            name, family, factor, _ = _unit(quantity.unit[: -len(word)])
            return quantity._replace(unit=name, family=family, factor=factor)
    return quantity


def wants_none(text: str) -> bool:
    """Whether a target is that there be none: 无, 无投诉, 零事故."""
    return fold(text).startswith(grammar().none)


def means_zero(text: str) -> bool:
    """Whether a text says that there was none: 无, 未发生."""
    return fold(text) in grammar().zero


def _range(text: str, original: str, sign: str, lead: str) -> Quantity | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    name, family, factor, scale = _unit(match["unit"])
    low_name, low_family, low_factor, low_scale = _unit(match["low_unit"])
    if low_name and (low_family, low_factor) != (family, factor):
        return None
    low = Decimal(match["low"].replace(",", "")) * (low_scale if low_name else scale)
    high = Decimal(match["high"].replace(",", "")) * scale
    if low > high or (1990 <= low <= 2100 and 1990 <= high <= 2100):
        return None
    return Quantity(RANGE, original, sign, low, high, name, family, factor, lead, scaled=scale != 1)


def _date(text: str, original: str) -> Quantity | None:
    if not any(mark in text for mark in "年月日-/.季") or len(text) > 24:
        return None
    sign, rest = _comparator(text)
    rest = _EVERY.sub("", rest.removeprefix("于").removeprefix("在"))
    match = _YEAR_END.fullmatch(_GRAMMAR_DONE.sub("", rest))
    if match:
        year = int(match["y"]) if match["y"] else None
        return Quantity(DATE, original, "≤", day=(year, 12, 31))
    for pattern in _DATES:
        match = pattern.match(rest)
        if match and grammar().date_tail.fullmatch(rest[match.end() :]):
            parts = match.groupdict()
            day = tuple(int(parts[key]) if parts.get(key) else None for key in "ymd")
            if (day[1] or 1) > 12 or (day[2] or 1) > 31 or not (day[1] or day[0]):
                return None
            return Quantity(DATE, original, "≤" if sign in ("", "=", "≤") else sign, day=day)  # type: ignore[arg-type]  # three parts by "ymd"
    match = _PART_OF_YEAR.fullmatch(rest)
    if match and (not match["tail"] or grammar().date_tail.fullmatch(match["tail"])):
        year = int(match["y"]) if match["y"] else None
        return Quantity(DATE, original, "≤", day=(year, _last_month(match), None))
    match = _DAY_BEFORE.fullmatch(rest)
    if match and _EVERY.match(text) and grammar().date_tail.fullmatch(match["tail"]):
        return Quantity(DATE, original, "≤", day=(None, None, int(match["d"])))
    match = _MONTH_ALONE.fullmatch(rest)
    if match and int(match["m"]) in range(1, 13):
        return Quantity(DATE, original, "≤", day=(None, int(match["m"]), None))
    match = _MONTH_BEFORE.fullmatch(rest)
    if match and int(match["m"]) in range(1, 13) and grammar().date_tail.fullmatch(match["tail"]):
        return Quantity(DATE, original, "≤", day=(None, int(match["m"]), None))
    return None


def _last_month(match: re.Match[str]) -> int:
    if match["half"]:
        return 6 if match["half"] == "上" else 12
    quarter = match["q"]
    return 3 * (_QUARTERS.index(quarter) + 1 if quarter in _QUARTERS else int(quarter))


def months(text: str) -> int:
    """How many months a date may lie in: three for 第三季度, six for 上半年, else one."""
    match = _PART_OF_YEAR.search(fold(text))
    if match is None:
        return 1
    return 6 if match["half"] else 3


_GRAMMAR_DONE = re.compile(r"(?:全部)?(?:完成|完工|验收|交付|建成)$")


def result(text: str) -> str:
    """What an actual says of a qualitative target: reached, partly, missed, or "" (unclear).

    Only a text that *is* one of the known phrases is understood, alone or with the words
    已, 全部 before it; anything longer is left to a person.
    """
    words = grammar()
    folded = _TRAILING.sub("", fold(text))
    if folded in words.missed:
        return "missed"
    if folded in words.partly:
        return "partly"
    if folded in words.reached:
        return "reached"
    for word in words.missed:
        if folded.startswith(word):
            return "missed" if len(folded) == len(word) else ""
    if any(word in folded for word in words.doubtful):
        return ""
    if any(character.isdigit() for character in folded.replace("100%", "")):
        # 已于2024年3月完成: when or how much is to be read by a person.
        return ""
    if folded.startswith(
        ("已", "均", "全部", "均已", "已全部", "100%", "全面")
    ) and folded.endswith(("完成", "达成", "达标", "实现", "达到")):
        return "reached"
    return ""
