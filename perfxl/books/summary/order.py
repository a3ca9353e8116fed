"""The order of a summary: what must be looked at first comes first, and names as people count."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from perfxl import resources
from perfxl.books.summary.entry import Entry
from perfxl.exact import Fraction
from perfxl.forms.values.grammar import cardinal, grammar
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.short import FormSummary

TO_TAKE_OFF = 0
"""Forms that points are taken off: whatever else they are, they come first."""
RANKS = {
    Conclusion.INCOMPLETE: 1,
    Conclusion.ERRORS: 2,
    Conclusion.WARNINGS: 3,
    Conclusion.BLANK: 4,
    Conclusion.CLEAN: 5,
    Conclusion.OTHER: 6,
}
LEAST = Fraction(5, 1000)
"""Less than this is no difference in the second decimal."""
Key = tuple[tuple[int, int, bytes], ...]


@cache
def _numbers() -> re.Pattern[str]:
    numeral = grammar().numerals.pattern
    counted = "".join(map(re.escape, resources.words("lists")["order"]["counted"]))
    return re.compile(
        rf"([0-9]+)|(?<=第)({numeral})|(?<=[(])({numeral})(?=[)])|({numeral})(?=[{counted}])"
    )


@lru_cache(8192)
def natural_key(name: str) -> Key:
    """What a name is sorted by: 单位2 before 单位10, 第九 before 第十, ２ as 2.

    Chinese goes by the national character set, whose common characters stand in the order of their
    sounds, as in the lists that offices know.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    parts: list[tuple[int, int, bytes]] = []
    end = 0
    for match in _numbers().finditer(text):
        number = _number(match[0])
        if number is None:
            continue
        parts += [_letters(text[end : match.start()]), number]
        end = match.end()
    return (*parts, _letters(text[end:]))


def _number(text: str) -> tuple[int, int, bytes] | None:
    """A number by its length and its digits, however long it is."""
    if not text.isascii():
        value = cardinal(text)
        if value is None:
            return None
        text = str(value)
    digits = text.lstrip("0")
    return 0, len(digits), digits.encode()


def _letters(text: str) -> tuple[int, int, bytes]:
    return 1, 0, text.encode("gb18030", "replace")


def rank_entries(entries: Iterable[Entry]) -> list[Entry]:
    """The forms, what must be looked at first at the top.

    First whatever points are taken off, the most first; then what was not wholly read, other errors,
    what is to be explained, what is blank; at the end what is in order or was not judged.
    """
    return sorted(entries, key=lambda entry: rank_form(entry.short, entry.unit, entry.file))


def rank_form(one: FormSummary, unit: str, file: str) -> tuple[Any, ...]:
    """What a form is sorted by, on every list of forms."""
    off = max(one.difference or Fraction(0), Fraction(0))
    taken = off >= LEAST or one.proven >= LEAST
    return (
        TO_TAKE_OFF if taken else RANKS[one.conclusion],
        -off,
        -one.proven,
        -one.errors,
        -one.warnings,
        natural_key(unit),
        natural_key(one.project),
        natural_key(file),
        file,
    )
