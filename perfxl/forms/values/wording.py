"""What the words around a number say of it: per what it is counted, rising or falling, nearly."""

from typing import NamedTuple

from perfxl.forms.values import quantity
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import Quantity
from perfxl.forms.values.text import fold

RISING, FALLING = "rising", "falling"


class Pace(NamedTuple):
    """Per what a number is counted, and how many of them a year has at least and at most."""

    word: str
    least: int
    most: int


def pace(value: Quantity) -> Pace | None:
    """每月 of 每月1次, 月 of 1次/月 and of 元/人/月; None for a number that is counted once."""
    for word, (least, most) in grammar().paces:
        if value.per.endswith(word):
            return Pace(word, least, most)
    return None


def every(text: str) -> str:
    """月 of 每月15日前: how often a date comes; nothing for one that comes once."""
    folded = fold(text)
    return next((word for word, _ in grammar().paces if f"每{word}" in folded), "")


def of_money(value: Quantity) -> bool:
    """Whether a number is of money, for each of something or not: 元, 元/人."""
    first = value.unit.partition("/")[0]
    bare = value._replace(unit="", family="")
    return value.family == "money" or quantity.with_unit(bare, first).family == "money"


def without_pace(value: Quantity) -> Quantity:
    """The number alone: 1次/月 as 1次, 每月巡查1次 as 巡查1次."""
    found = pace(value)
    if found is None:
        return value
    lead = value.lead.replace(f"每{found.word}", "", 1)
    for end in (f"/每{found.word}", f"/{found.word}", f"每{found.word}"):
        if value.unit.endswith(end):
            rest = value.per.removesuffix(found.word)
            bare = value._replace(unit="", family="", per=rest)
            unit = quantity.with_unit(bare, value.unit[: -len(end)])
            factor = unit.factor if unit.unit else value.factor
            return unit._replace(lead=lead, factor=factor, scaled=value.scaled)
    return value._replace(lead=lead, per=value.per.removesuffix(found.word))


def rate(value: Quantity) -> str:
    """Of what a unit is counted for each: 元/人 → /人; nothing where for none."""
    name, stroke, rest = value.unit.partition("/")
    return stroke + rest if name else ""


def turn(value: Quantity) -> str:
    """Rising (增长5%), falling (下降5%), or nothing where the words before the number do not say.

    下降至5% is a level, whichever way it was reached.
    """
    return "" if value.lead.endswith(grammar().levels) else turn_of(value.lead)


def turn_of(text: str) -> str:
    """Which way the words of a text go: rising of 增长率, falling of 压减率; nothing of both or none."""
    words = grammar()
    found = {
        way
        for way, some in ((RISING, words.rising), (FALLING, words.falling))
        if any(word in text for word in some)
    }
    return found.pop() if len(found) == 1 else ""


def event(value: Quantity) -> str:
    """After what a duration begins, 批复后 of 批复后20日内; nothing where that is not said."""
    return value.lead if value.lead.endswith(grammar().events) else ""


def base_year(value: Quantity) -> str:
    """Over which year a change is counted, 2020 of 比2020年增长5%; nothing where none is written."""
    match = grammar().base_year.search(value.lead)
    return match["year"] if match else ""


def averages_of(thing: str) -> str:
    """So much for each of a thing: 人均 of 人."""
    return f"{thing}{grammar().average}"


def about(text: str) -> bool:
    """Whether a number is written as a rough one: 约95%, 95%左右."""
    text = fold(text)
    return text.endswith(grammar().about) or any(
        text.startswith(word) and text[len(word) : len(word) + 1].isdigit()
        for word in grammar().about
    )


def alike(one: str, other: str) -> bool:
    """Whether two measure words are of one thing: 人 and 名."""
    return one == other or any({one, other} <= words for words in grammar().alike)
