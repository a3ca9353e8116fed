"""Labels that are on no list, made of known words alone: 年末 + 达成 + 数 is an actual value.

No list holds what the next province writes, but most of it is put together from the same few dozen words.
A label with one word that is not among them says something else, and is left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from perfxl.forms.values.text import fold

FEWEST = 2
"""A label of one word is on a list, or is none."""


class Composed:
    """The words of one group's labels, and which of them make which field."""

    def __init__(self, data: Mapping[str, Any], others: frozenset[str]) -> None:
        """Take in ``words``, which say nothing of the field, and per field its sets of alternatives.

        Args:
            data: of [composed.GROUP]; a label is of the first field of which it has a word of every set.
            others: labels that are known to be something else: side labels, names of sections.
        """
        self._others = others
        self._fields = [
            (_field(name), [frozenset(_split(one)) for one in sets])
            for name, sets in data.get("fields", {}).items()
        ]
        known = {fold(word) for word in data.get("words", ())}
        known.update(*(words for _, sets in self._fields for words in sets))
        self._word = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))

    def field(self, key: str) -> str | None:
        """The field of a label as it is compared, or None where it has a word that is not known."""
        words = self._word.findall(key) if key not in self._others else ()
        if len(words) < FEWEST or "".join(words) != key:
            return None
        return next((name for name, sets in self._fields if _has_each(words, sets)), None)


def _has_each(words: Sequence[str], sets: Sequence[frozenset[str]]) -> bool:
    """Whether a label has a word of every set, for each another one."""
    if not sets:
        return True
    first, *rest = sets
    return any(
        word in first and _has_each([*words[:at], *words[at + 1 :]], rest)
        for at, word in enumerate(words)
    )


def _field(name: str) -> str:
    """A field with several compositions has them numbered: target, target2."""
    return name.rstrip("0123456789") if name not in LEVELS else name


LEVELS = frozenset({"level1", "level2", "level3", "level4"})


def _split(words: str) -> Iterable[str]:
    return (fold(word) for word in words.split("|"))
