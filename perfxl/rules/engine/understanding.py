"""Two values beside each other and under their name: what each of them means there.

A sentence with one number (举办培训班3期) is that number where the indicator's name or the other side
says its words; 2023.12 is a date where the name speaks of time; 无 is a zero beside a count; a figure
that the name holds is the target of an empty cell. Source: scoring rules, section "Reading a value".
"""

from decimal import Decimal

from perfxl.forms.values import quantity, statements, wording
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.quantity import BLANK, DATE, NUMBER, RANGE, TEXT, Quantity
from perfxl.forms.values.text import fold, same

Pair = tuple[Quantity, Quantity]
LONGEST_DEED = 14
"""What was done at a date is said in no more characters."""
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
        target = _in_name(name, actual) or target
    target, actual = _dates(target, actual, fold(name) + fold(level2))
    if TEXT in (target.kind, actual.kind) and not same(target.text, actual.text):
        target, actual = (
            _counted(one, fold(name) + fold(other.text))
            for one, other in ((target, actual), (actual, target))
        )
    target, actual = _averages(target, actual, fold(name))
    return _zeros(target, actual, fold(name))


def _in_name(name: str, actual: Quantity) -> Quantity | None:
    """The name's figure, where the actual can be of it: 30公里 in a name is no target of 100%."""
    found = quantity.in_name(name)
    if found is None or actual.kind not in (NUMBER, RANGE):
        return found
    if wording.turn_of(found.lead) and not wording.turn(actual):
        return None  # 覆盖率提高10% is no target of 95%
    if not actual.unit:
        return found
    return found if actual.family == found.family else None


def _averages(target: Quantity, actual: Quantity, name: str) -> Pair:
    """500元 beside 人均450元 is so much for each, too, where the name says 人均."""
    per = {one.per for one in (target, actual)} - {""}
    if len(per) != 1 or target.per == actual.per or wording.averages_of(min(per)) not in name:
        return target, actual
    sides = (
        one._replace(per=min(per)) if one.kind in (NUMBER, RANGE) else one
        for one in (target, actual)
    )
    first, second = sides
    return first, second


def _dates(target: Quantity, actual: Quantity, name: str) -> Pair:
    """2023.12 is the number 2023.12 unless the name, or the other side, speaks of time."""
    timed = not name or any(word in name for word in grammar().date_names)
    sure = any(one.kind == DATE and not quantity.is_ambiguous(one) for one in (target, actual))
    if name and timed:
        return quantity.as_date(target), quantity.as_date(actual)
    if timed or sure:
        return target, actual
    return quantity.as_number(target), quantity.as_number(actual)


def _counted(value: Quantity, known: str) -> Quantity:
    """A sentence as its number, where its other words are of the name or of the other side."""
    found = quantity.parse_loosely(value.text) if value.kind == TEXT else None
    if value.kind == TEXT and (moment := _moment(value, known)) is not None:
        return moment
    words = grammar()
    if found is None or found.unit in words.calendar or found.low in _YEARS:
        return value
    behind = (*(word for word, _ in words.after), *words.no_unit)
    if found.tail.startswith(behind):
        return value
    return found if _is_said(found.lead, known) and _is_said(found.tail, known) else value


def _moment(value: Quantity, known: str) -> Quantity | None:
    """已于5月开工 as its date, where the name or the other side speaks of 开工."""
    text, words = fold(value.text), grammar()
    if not any(mark in text for mark in words.calendar) or len(text) > LONGEST_DEED * 2:
        return None
    for length in range(1, min(LONGEST_DEED, len(text) - 1) + 1):
        tail = text[-length:]
        if tail[0].isdigit() or any(word in tail for word in (*words.doubtful, *words.blurring)):
            return None
        found = quantity.parse(text[:-length])
        if found.kind == DATE and not found.tail and _is_said(tail, known):
            return found._replace(text=value.text)
    return None


def _is_said(text: str, known: str) -> bool:
    """Whether words are known, but for verbs and words that say nothing."""
    if text in known:
        return True
    for word in (*grammar().only, *grammar().verbs):
        text = text.replace(word, "")
    return all(character in known for character in text)


def _none_of_it(value: Quantity, other: Quantity) -> Quantity:
    """0投诉 beside 1次 is none of them: what there is none of is no measure."""
    named = value.kind == NUMBER and value.low == value.high == 0 and value.family == "other"
    counted = other.kind == NUMBER and other.family in ("", "count")
    return value._replace(unit="", family="") if named and counted else value


def _zeros(target: Quantity, actual: Quantity, name: str) -> Pair:
    """无 as an answer: 0起 → 无, 无 → 0, 无投诉 → 无. Elsewhere 无 is an empty cell."""
    none = Decimal(0)
    target, actual = _none_of_it(target, actual), _none_of_it(actual, target)
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
