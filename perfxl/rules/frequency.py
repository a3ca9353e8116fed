"""Numbers that are counted for each of something: 每村1个, 1次/月, beside a plain total.

Source: scoring rules, "Completion ratio r": one per something against a plain total is open, unless the
number of those things is stated. A year is what a form is about anyway, so per year is a total.
"""

import re
from typing import NamedTuple

from perfxl.forms import wording
from perfxl.forms.grammar import cardinal, grammar
from perfxl.forms.quantity import Quantity
from perfxl.forms.text import fold

_YEAR = ("年度", "年")
_EACH = re.compile(r"每(?:一)?(?:个|名|位)?([^0-9每]*)")
_MEASURES = "个名位家所处座户人"


class Unequal(NamedTuple):
    """A target and an actual that are not counted for the same.

    Attributes:
        count: how many of the things the row itself states (20个村 of 每村1个), None where it does not.
        paces: per what period both are counted, where both are (每月, 每季度).
    """

    count: int | None
    paces: tuple[wording.Pace, wording.Pace] | None


def thing(value: Quantity) -> str:
    """For each of what a number is counted: 村 of 每村1个, 月 of 1次/月; "" for a plain total."""
    found = wording.pace(value)
    if found is not None:
        return "" if found.word in _YEAR else found.word
    _, stroke, rest = value.unit.partition("/")
    match = None if stroke else _EACH.search(value.unit) or _EACH.search(value.lead)
    name = rest if stroke else match[1] if match else ""
    if match and not name:
        # 每100人1名: what it is for stands where no word can be read.
        return "?"
    return "" if name in _YEAR else name[:1]


def unequal(target: Quantity, actual: Quantity, name: str) -> Unequal | None:
    """What keeps two numbers from being compared as they stand; None where nothing does."""
    aim, done = thing(target), thing(actual)
    if aim == done:
        return None
    paces = wording.pace(target), wording.pace(actual)
    if paces[0] is not None and paces[1] is not None:
        return Unequal(None, (paces[0], paces[1]))
    if (target.low, target.high) == (actual.low, actual.high):
        # 每月1次 beside 1次: the same number is the same answer.
        return None
    count = None if done or not aim else _stated(aim, (fold(name), fold(target.text)))
    return Unequal(count, None)


def _stated(word: str, texts: tuple[str, ...]) -> int | None:
    """The number of things that a text states: 20 of 20个村."""
    numeral = rf"([0-9]+|{grammar().numerals.pattern})[{_MEASURES}]?(?:行政|自然)?{re.escape(word)}"
    found = {cardinal(match[1]) for text in texts for match in re.finditer(numeral, text)} - {None}
    return found.pop() if len(found) == 1 else None
