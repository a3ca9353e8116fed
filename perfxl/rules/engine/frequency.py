"""Numbers that are counted for each of something: 每村1个, 1次/月, beside a plain total.

Source: scoring rules, "Completion ratio r": one per something against a plain total is open, unless the
number of those things is stated.
"""

import re

from perfxl.forms.values import wording
from perfxl.forms.values.grammar import cardinal, grammar
from perfxl.forms.values.quantity import Quantity
from perfxl.forms.values.text import fold
from perfxl.rules.engine import measures


def are_unequal(target: Quantity, actual: Quantity) -> bool:
    """Whether two numbers are not counted for the same, so that they cannot be compared as they stand.

    每月1次 and 每季度1次 can, by the year; and the same number is the same answer, 每月1次 beside 1次.
    """
    if measures.per(target) == measures.per(actual):
        return False
    if wording.pace(target) is not None and wording.pace(actual) is not None:
        return False
    return (target.low, target.high) != (actual.low, actual.high)


def stated_count(target: Quantity, actual: Quantity, name: str) -> int | None:
    """How many of the things the row itself states, 20 of 20个村, for a target of one each."""
    word = measures.per(target)
    if not word or measures.per(actual):
        return None
    words = grammar()
    counter, kind = ("|".join(map(re.escape, some)) for some in (words.counters, words.kinds))
    numeral = rf"([0-9]+|{words.numerals.pattern})(?:{counter})?(?:{kind})?{re.escape(word)}"
    texts = fold(name), fold(target.text)
    found = {cardinal(match[1]) for text in texts for match in re.finditer(numeral, text)} - {None}
    return found.pop() if len(found) == 1 else None
