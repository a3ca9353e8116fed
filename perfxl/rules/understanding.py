"""Two values beside each other and under their name: what each of them means there.

A sentence with one number (举办培训班3期) is that number where the indicator's name or the other side
says its words; 2023.12 is a date where the name speaks of time; 无 is a zero beside a count; a figure
that the name holds is the target of an empty cell. Source: scoring rules, section "Reading a value".
"""

from decimal import Decimal

from perfxl.forms import quantity, statements
from perfxl.forms.grammar import grammar
from perfxl.forms.quantity import BLANK, DATE, NUMBER, TEXT, Quantity
from perfxl.forms.text import fold, same

Pair = tuple[Quantity, Quantity]
_YEARS = range(1990, 2101)


def understand(target: Quantity, actual: Quantity, name: str, level2: str) -> Pair:
    """A target and an actual as they are meant.

    Args:
        target: as read from its cell.
        actual: likewise.
        name: the indicator's name.
        level2: its second level.
    """
    if target.kind == BLANK and actual.kind != BLANK and not quantity.means_zero(target.text):
        target = quantity.in_name(name) or target
    target, actual = _dates(target, actual, fold(name) + fold(level2))
    if TEXT in (target.kind, actual.kind) and not same(target.text, actual.text):
        target, actual = (
            _counted(one, fold(name) + fold(other.text))
            for one, other in ((target, actual), (actual, target))
        )
    return _zeros(target, actual, fold(name))


def _dates(target: Quantity, actual: Quantity, name: str) -> Pair:
    """2023.12 is the number 2023.12 unless the name, or the other side, speaks of time."""
    timed = not name or any(word in name for word in grammar().date_names)
    sure = any(one.kind == DATE and not quantity.is_ambiguous(one) for one in (target, actual))
    if timed or sure:
        return target, actual
    return quantity.as_number(target), quantity.as_number(actual)


def _counted(value: Quantity, known: str) -> Quantity:
    """A sentence as its number, where its other words are of the name or of the other side."""
    found = quantity.parse_loosely(value.text) if value.kind == TEXT else None
    if found is None or (found.unit.startswith("年") and found.low in _YEARS):
        return value
    words = grammar()
    behind = (*(word for word, _ in words.after), *words.no_unit)
    if found.tail.startswith(behind):
        return value
    return found if _is_said(found.lead, known) and _is_said(found.tail, known) else value


def _is_said(text: str, known: str) -> bool:
    """Whether words are known, but for verbs and words that say nothing."""
    if text in known:
        return True
    for word in (*grammar().only, *grammar().verbs):
        text = text.replace(word, "")
    return all(character in known for character in text)


def _zeros(target: Quantity, actual: Quantity, name: str) -> Pair:
    """无 as an answer: 0起 → 无, 无 → 0, 无投诉 → 无. Elsewhere 无 is an empty cell."""
    none = Decimal(0)
    if target.kind == NUMBER and actual.kind in (BLANK, TEXT):
        known = name + fold(target.text)
        zero = quantity.means_zero(actual.text) or (
            actual.kind == TEXT and statements.says_none_of(actual.text, known)
        )
        if zero and (target.low == 0 or target.comparator in ("≤", "<")):
            return target, target._replace(
                text=actual.text, comparator="", low=none, high=none, lead="", rough=False
            )
    if actual.kind == NUMBER and target.kind in (BLANK, TEXT) and quantity.means_zero(target.text):
        return actual._replace(
            text=target.text, comparator="≤", low=none, high=none, lead=""
        ), actual
    if (
        actual.kind in (BLANK, TEXT)
        and quantity.means_zero(actual.text)
        and quantity.wants_none(target.text)
    ):
        return target._replace(kind=TEXT), actual._replace(kind=TEXT, text=target.text)
    return target, actual
