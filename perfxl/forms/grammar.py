"""The words in which quantities are written, from templates/quantities.toml, and Chinese numerals."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.forms.text import fold


class Grammar(NamedTuple):
    """The words of templates/quantities.toml, ready to be compared; longer ones first."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    units: dict[str, tuple[str, Decimal]]
    multipliers: tuple[tuple[str, Decimal], ...]
    digits: dict[str, int]
    tens: dict[str, int]
    numerals: re.Pattern[str]
    date_tail: re.Pattern[str]
    counted: tuple[str, ...]
    refused: tuple[str, ...]
    blurring: tuple[str, ...]
    zero: frozenset[str]
    none: tuple[str, ...]
    finished: tuple[str, ...]
    per: tuple[str, ...]
    paces: tuple[tuple[str, tuple[int, int]], ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    about: tuple[str, ...]
    alike: tuple[frozenset[str], ...]
    missed: tuple[str, ...]
    partly: tuple[str, ...]
    reached: tuple[str, ...]
    doubtful: tuple[str, ...]


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(word) for word in words}, key=lambda word: (-len(word), word)))


def _pairs(table: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    pairs = [(fold(word), sign) for sign, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def grammar() -> Grammar:
    """The grammar, read once."""
    data: dict[str, Any] = resources.toml(resources.templates() / "quantities.toml")
    units = {
        fold(unit): (family, Decimal(factor))
        for family, table in data["units"].items()
        for unit, factor in table.items()
    }
    characters = "".join([*data["digits"], *data["tens"], "万亿"])
    tails = "|".join(map(re.escape, _longest_first(data["dates"]["before"])))
    done = "|".join(map(re.escape, _longest_first(data["dates"]["done"])))
    results = data["results"]
    return Grammar(
        before=_pairs(data["comparators"]["before"]),
        after=_pairs(data["comparators"]["after"]),
        units=units,
        multipliers=tuple(
            sorted(
                ((fold(word), Decimal(size)) for word, size in data["multipliers"].items()),
                key=lambda pair: -len(pair[0]),
            )
        ),
        digits=data["digits"],
        tens=data["tens"],
        numerals=re.compile(f"[{characters}]+(?:点[{''.join(data['digits'])}]+)?"),
        date_tail=re.compile(f"(?P<before>{tails})?份?(?:{done})?"),
        counted=_longest_first(data["numerals"]["before"]),
        refused=_longest_first(data["refused"]["lead"]),
        blurring=_longest_first(data["refused"]["anywhere"]),
        none=_longest_first(data["trailing"]["none"]),
        zero=frozenset(fold(word) for word in data["trailing"]["zero"]),
        finished=_longest_first(data["trailing"]["done"]),
        per=_longest_first(data["trailing"]["per"]),
        paces=tuple(
            sorted(
                ((fold(word), (least, most)) for word, (least, most) in data["paces"].items()),
                key=lambda pair: -len(pair[0]),
            )
        ),
        rising=_longest_first(data["turns"]["rising"]),
        falling=_longest_first(data["turns"]["falling"]),
        about=_longest_first(data["turns"]["about"]),
        alike=tuple(frozenset(map(fold, words)) for words in data["rollup"]["alike"]),
        missed=_longest_first(results["missed"]),
        partly=_longest_first(results["partly"]),
        reached=_longest_first(results["reached"]),
        doubtful=_longest_first(results["doubtful"]),
    )


def chinese_number(text: str) -> Decimal | None:
    """Chinese numerals: 十二 → 12, 三万五千 → 35000, 九点五 → 9.5, 二〇二〇 → 2020."""
    words = grammar()
    whole, _, part = text.partition("点")
    total = section = digit = 0
    if not any(character in words.tens or character in "万亿" for character in whole):
        digits = "".join(str(words.digits[character]) for character in whole)
        value = Decimal(digits) if digits else None
    else:
        for character in whole:
            if character in words.digits:
                digit = words.digits[character]
            elif character in words.tens:
                section += (digit or 1) * words.tens[character]
                digit = 0
            else:
                scale = 10**4 if character == "万" else 10**8
                if not total + section + digit:
                    return None  # 万元 is a unit, no number
                total = (total + section + digit) * scale
                section = digit = 0
        value = Decimal(total + section + digit)
    if value is None or not part:
        return value
    return value + Decimal("0." + "".join(str(words.digits[c]) for c in part))


def cardinal(text: str) -> int | None:
    """A number of things in digits or Chinese numerals: 12, 十二; None for anything else."""
    if text.isdigit():
        return int(text)
    value = chinese_number(text) if grammar().numerals.fullmatch(text) else None
    return None if value is None else int(value)
