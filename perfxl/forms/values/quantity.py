"""Targets and actual values as quantities: ``≥95%``, ``1-3天``, ``2021年12月底前``, ``有所提升``.

Numbers are exact (Decimal); every quantity keeps its original text. A text is a number only where
every word around the number is understood: 符合GB50300标准 is none. Source: scoring rules, section
"Reading a value"; the words stand in templates/quantities.toml.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.forms.values import amounts
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.moments import Day, read_moment
from perfxl.forms.values.statements import means_zero, result, wants_none
from perfxl.forms.values.text import fold, readable
from perfxl.forms.values.units import is_unit, unit_behind, unit_of

__all__ = [
    "BLANK", "DATE", "NUMBER", "RANGE", "RANK", "TEXT", "Quantity", "as_date", "as_number", "fold", "in_name",
    "is_ambiguous", "is_unit", "means_zero", "parse", "parse_loosely", "read", "result", "unit_behind",
    "wants_none", "with_unit", "without_rate",
]  # fmt: skip

NUMBER, RANGE, DATE, TEXT, BLANK = "number", "range", "date", "text", "blank"
RANK = "rank"
"""The family of places in an order: 前3名, 第5名."""
IN_NAME = "name"
LONGEST = 60


class Quantity(NamedTuple):
    """A value as written.

    Attributes:
        kind: number, range, date, text or blank.
        text: the original text, outer white space removed.
        comparator: ≥ > ≤ < = or "" where none is written; on a date ≤ means "before", = a period.
        low: the number, or the lower end of a range, in the unit as written.
        high: the upper end of a range.
        unit: the unit as written, "" where none is.
        family: which units it converts to (ratio, money, clock, …); "other" for a unit that
            perfxl does not know; "" without a unit.
        factor: how many of the family's measure one unit is.
        lead: words written before the number ("完成率" in 完成率100%), comparators left out.
        day: (year, month, day) of a date, parts missing as None.
        scaled: whether a multiplier such as 万 stood behind the digits.
        per: what it is counted per, 村 of 每村1个, 月 of 1次/月; "" for a plain number.
        since: (month, day) on which a date's span begins where ``day`` does not show it.
        tail: words behind it that are neither unit nor comparator.
        rough: whether it is a rough number (约95%): of a small difference nothing is proven.
        source: "name" of a target that the indicator's name holds, else "".
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
    day: Day = (None, None, None)
    scaled: bool = False
    per: str = ""
    since: tuple[int, int] | None = None
    tail: str = ""
    rough: bool = False
    source: str = ""

    @property
    def size(self) -> Decimal:
        """The number in the measure of its family."""
        return self.low * self.factor


_CLOCK = re.compile(r"-?[0-9]+:[0-9]{2}(?::[0-9]{2})?(?![0-9])")
_TRAILING = re.compile(r"[。;;,,、.!]+$")


@lru_cache(maxsize=32768)
def parse(text: str) -> Quantity:
    """Read a value as it is written; anything that is no quantity is a text."""
    original = text.strip()
    folded = fold(text)
    if folded in grammar().blanks:
        return Quantity(BLANK, original)
    trimmed = _TRAILING.sub("", folded)
    if len(trimmed) > LONGEST:
        return Quantity(TEXT, original)
    moment = read_moment(trimmed)
    if moment is not None:
        sign = "=" if moment.period else "≤"
        return Quantity(DATE, original, sign, day=moment.day, since=moment.since, tail=moment.tail)
    place = amounts.read_rank(trimmed)
    if place is not None:
        sign, value, unit = place
        return Quantity(NUMBER, original, sign, value, value, unit, RANK)
    amount = amounts.read_amount(trimmed)
    if amount is None or not amount.understood:
        return Quantity(TEXT, original)
    return _quantity(amount, original)


@lru_cache(maxsize=8192)
def parse_loosely(text: str) -> Quantity | None:
    """The one number of a sentence, its other words as `lead` and `tail`: 举办培训班3期.

    Whether those words say what is counted, or something else, only the indicator's name or the other
    side can tell. None where there is no such number, or its words deny it.
    """
    folded = _TRAILING.sub("", fold(text))
    amount = amounts.read_amount(folded) if len(folded) <= LONGEST else None
    if amount is None or not amount.unit.known or not amount.unit.name or amount.denied:
        return None
    return _quantity(amount, text.strip())


def _quantity(amount: amounts.Amount, original: str) -> Quantity:
    unit = amount.unit
    return Quantity(
        RANGE if amount.high is not None else NUMBER,
        original, amount.comparator, amount.low,
        amount.low if amount.high is None else amount.high,
        unit.name, unit.family, unit.factor, amount.lead,
        scaled=amount.scaled, per=amount.per or unit.per, tail=amount.tail, rough=amount.rough,
    )  # fmt: skip


def read(value: object, shown: str) -> Quantity:
    """Read a cell: its exact value where it is a number, with the unit that its format shows.

    0.9514 shown as ``95%`` is 95.14 %, ``3`` under the format ``0"项"`` is 3 项.
    """
    if isinstance(value, datetime | date):
        return Quantity(DATE, shown, comparator="≤", day=(value.year, value.month, value.day))
    quantity = parse(shown)
    if not isinstance(value, Decimal):
        return quantity
    if not readable(value):
        return Quantity(TEXT, shown)
    if quantity.kind == NUMBER and not quantity.scaled and quantity.family != RANK:
        exact = value * 100 if quantity.family == "ratio" and "%" in quantity.unit else value
        return quantity._replace(low=exact, high=exact)
    if quantity.kind == TEXT and _CLOCK.match(fold(shown)):
        # 0:30 is stored as a share of a day, which is no number that anybody meant.
        return quantity
    if quantity.kind == TEXT:
        return Quantity(NUMBER, shown, low=value, high=value)
    return quantity


def with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number given the unit of its 计量单位 column; any other quantity as it is."""
    if quantity.kind not in (NUMBER, RANGE) or quantity.unit or not unit:
        return quantity
    found = unit_of(fold(unit))
    if found.family == "":
        return quantity
    return quantity._replace(
        unit=found.name, family=found.family, factor=found.factor * found.scale,
        scaled=found.scale != 1, per=quantity.per or found.per,
    )  # fmt: skip


def without_rate(quantity: Quantity) -> Quantity:
    """5次/年 as 5次: for a comparison in which the other side does not say per what."""
    for word in grammar().per:
        if quantity.unit.endswith(word):
            found = unit_of(quantity.unit[: -len(word)])
            return quantity._replace(
                unit=found.name, family=found.family, factor=found.factor, per=""
            )
    return quantity


_AMBIGUOUS = re.compile(r"[0-9]{4}\.[0-9]{1,2}|[0-9]{8}")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])")
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]$")


def as_number(quantity: Quantity) -> Quantity:
    """2023.12 and 20231231, which may be a date or a number, as the number."""
    text = fold(quantity.text)
    if quantity.kind != DATE or not _AMBIGUOUS.fullmatch(text):
        return quantity
    value = Decimal(text)
    return Quantity(NUMBER, quantity.text, low=value, high=value)


def as_date(quantity: Quantity) -> Quantity:
    """202312, a number by itself, as the month that it may be."""
    match = _YEAR_MONTH.fullmatch(fold(quantity.text))
    if quantity.kind != NUMBER or match is None or not 1 <= int(match[2]) <= 12:
        return quantity
    return Quantity(DATE, quantity.text, "≤", day=(int(match[1]), int(match[2]), None))


def is_ambiguous(quantity: Quantity) -> bool:
    """Whether a date is written so that it may as well be a number: 2023.12."""
    return quantity.kind == DATE and _AMBIGUOUS.fullmatch(fold(quantity.text)) is not None


def in_name(name: str) -> Quantity | None:
    """The figure that an indicator's name ends in, as its target: 项目完成率100%, 税收收入达到5亿元.

    Only a number with a unit or a comparator, written at the end or in brackets there.
    """
    folded = _TRAILING.sub("", fold(name))
    bracket = _IN_BRACKETS.search(folded)
    if bracket is not None and bracket.start():
        found = parse(bracket[1])
        if found.kind in (NUMBER, RANGE) and (found.unit or found.comparator) and not found.lead:
            return found._replace(source=IN_NAME) if found.family != "other" else None
    amount = amounts.read_amount(folded)
    if amount is None or not amount.lead or amount.denied or amount.tail:
        return None
    if not amount.unit.known or not (amount.unit.name or amount.comparator in ("≥", "≤")):
        return None
    return _quantity(amount, amount.written)._replace(source=IN_NAME)
