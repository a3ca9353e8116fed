"""What of a text is a form's own: not what units everywhere write by themselves, and not their names.

The words that tell nothing stand in templates/boilerplate.toml.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from perfxl import resources
from perfxl.exact import Fraction
from perfxl.forms.values.text import match_key, normalize

LEAST = 30
"""A shorter text may well be the same by chance; signs of the form's own sentences are counted."""
STRAY = Fraction(1, 3)
"""A sentence with no larger share of other signs than this is made of stock phrases."""
SHORTEST = 3
"""A shorter name is found in any text."""
_ENDS = re.compile(r"[。;；!！?？\r\n]+|(?<![0-9])\.|\.(?![0-9])")
_YEAR = re.compile(r"^20[0-9]{2}(?:-20[0-9]{2})?年?度?")


class ComparableText(NamedTuple):
    """A text that is long enough to be no chance.

    Attributes:
        field: where it stands.
        text: as it was written.
        plain: without white space and punctuation.
        bare: also without the unit's and the project's own names.
    """

    field: str
    text: str
    plain: str
    bare: str


class _Words(NamedTuple):
    stock: re.Pattern[str]
    itself: tuple[str, ...]
    tails: tuple[str, ...]
    tail: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _words() -> _Words:
    data = resources.toml(resources.templates() / "boilerplate.toml")
    phrases = _longest_first(data["phrases"] + data["itself"])
    stock = "|".join([*data["patterns"], *map(re.escape, phrases)])
    tails = _longest_first(data["tails"])
    return _Words(
        re.compile(stock),
        _longest_first(data["itself"]),
        tails,
        re.compile(f"(?:{'|'.join(map(re.escape, tails))})+$"),
        re.compile(data["place"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({match_key(word) for word in words}, key=lambda word: (-len(word), word)))


def without_tail(name: str) -> str:
    """A project's or unit's name without the words behind it that a text may leave out: 办公楼租金|专项经费."""
    return _words().tail.sub("", name)


def comparable_text(field: str, text: str, names: Iterable[str]) -> ComparableText | None:
    """A text as it is compared with others; None where too little of it is its own.

    Args:
        field: where it stands.
        text: as written.
        names: of the unit and the project, as the form has them.
    """
    if len(normalize(text)) < LEAST:
        return None
    called = _names_pattern(tuple(names))
    sentences = [called.sub("", match_key(one)) for one in _ENDS.split(text) if one.strip()]
    if sum(len(one) for one in sentences if not _is_stock(one)) < LEAST:
        return None
    plain, bare = match_key(text), called.sub("", match_key(text))
    return ComparableText(field, text, plain, plain if bare == plain else bare)


@lru_cache(maxsize=4096)
def _is_stock(sentence: str) -> bool:
    """Whether a sentence (without punctuation) is made of what everybody writes."""
    return len(_words().stock.sub("", sentence)) <= STRAY * len(sentence)


@lru_cache(maxsize=64)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Every way in which a form may speak of its own unit and project.

    The whole name, and without the places before it (江州市云湖区教育局, 云湖区教育局, 教育局), the year
    before a project or the word behind it.
    """
    words = _words()
    found: set[str] = set(words.itself)
    for name in names:
        left = _YEAR.sub("", match_key(name))
        while len(left) >= SHORTEST:
            found.add(left)
            found.update(left.removesuffix(tail) for tail in words.tails if left.endswith(tail))
            shorter = words.place.sub("", left)
            if shorter == left:
                break
            left = shorter
        found.add(match_key(name))
    ways = _longest_first(way for way in found if way in words.itself or len(way) >= SHORTEST)
    return re.compile("|".join(map(re.escape, ways)))
