"""Texts in which only known words stay: what takes the place of names and prose in an anonymous copy.

Every other character is replaced, the same one by the same one, so that what was equal or similar before
still is. Several characters share each substitute, and which do is drawn by lot, so that no key leads back.
"""

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from perfxl import resources
from perfxl.forms.values.text import normalize
from perfxl.rules.matching.ownwords import without_tail

LONGEST_LABEL = 12
"""What is longer and not understood is taken for prose, not for a label that is unknown."""
SHORTEST = 3
"""Part of a name that is replaced wherever else it stands."""
HAN = re.compile(r"[㐀-鿿]+")
_LABEL = re.compile(r"[^\s:：]{2,12}[:：]")
_DATE = re.compile(r"\d{2,4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?")
_DATE_ENDS = ("年", "月", "日")
_UNIT = re.compile(r"\d([㐀-鿿]{1,3})")
_CLASS = re.compile(r"\[[^\]]*\]")
PRIVATE = re.compile(
    r"(?<![\d.,])(?:0\d{2,3}[-－ ]?\d{7,8}|1\d{2}[-－ ]?\d{4}[-－ ]?\d{4}|\d{11,})(?![\d.,])"
)
"""A number of a telephone, a person or an account: digits without a point and more than amounts have."""


class Substitutes:
    """What stands for what in one copy: drawn when a character is first met, then the same."""

    def __init__(self, words: set[str], telling: set[str], lots: random.Random) -> None:
        self._words, self._telling = words, telling
        self._longest = max(map(len, words))
        self._lots = lots
        self._drawn: dict[str, str] = {}
        self._own: set[str] = set()
        self._units: set[str] = set()
        self._phrases: set[str] = set()
        self._han: str = resources.words("anonymise")["characters"]
        people = "|".join(resources.words("anonymise")["people"])
        self._people = re.compile(people)
        self._person = re.compile(rf"(?:{people})[^:：]{{0,4}}[:：]\s*([^\s:：;；,，]+)")

    def add_name(self, text: str, *, everywhere: bool = True) -> None:
        """A name whose parts are replaced wherever they stand, even where perfxl knows the words.

        Not everywhere: a project's name, whose words are those of its indicators.
        """
        compact = "".join(HAN.findall(_LABEL.sub("：", text)))
        parts = {compact[at : at + SHORTEST] for at in range(len(compact) - SHORTEST + 1)}
        self._own |= {part for part in parts if not any(part in word for word in self._words)}
        if everywhere:
            self._units |= self._own & parts

    def add_phrase(self, text: str) -> None:
        """What the form calls a goal or an indicator: it becomes the same wherever it is spoken of."""
        self._phrases |= {"".join(text.split()), "".join(without_tail(normalize(text)).split())} - {
            ""
        }

    def replace_name(self, text: str) -> str:
        """A name with all of its characters replaced; labels that stand with it stay, and dates do."""
        kept = [not char.isalpha() for char in text]
        for found in chain(_LABEL.finditer(text), _DATE.finditer(text)):
            if found[0].endswith(_DATE_ENDS) or self.replace_text(found[0]) == found[0]:
                kept[found.start() : found.end()] = [True] * len(found[0])
        return self._replace_except(text, kept)

    def names_person(self, text: str) -> bool:
        """Whether a label is followed by a person, a telephone or an address."""
        return self._people.search(text) is not None

    def replace_person(self, text: str) -> str:
        """A person's name, telephone or address: every character and every digit; a date stays."""
        if _DATE.fullmatch(text.strip()):
            return text
        return "".join(self._draw(char, char.isdigit()) for char in text)

    def replace_label(self, text: str) -> str:
        """A label: only names within it are replaced, and what the form calls its goals."""
        own = self._find_names(text, self._own) | self._find_phrases(text)
        kept = self._find_known(text)
        return self._replace_except(text, [at not in own or kept[at] for at in range(len(text))])

    def replace_text(self, text: str) -> str:
        """Any text: what perfxl does not know is replaced, and so are names."""
        return self._replace_except(text, self._find_known(text, lonely=False))

    def replace_entry(self, text: str) -> str:
        """What stands in a column of the table: there a single known character counts, as in 防火."""
        return self._replace_except(text, self._find_known(text))

    def replace_prose(self, text: str) -> str:
        """An explanation or a description: of its words only those stay that tell what it is of."""
        own = self._find_phrases(text).union(
            *(range(*unit.span(1)) for unit in _UNIT.finditer(text))
        )
        known, telling = self._find_known(text), self._find_known(text, self._telling)
        if len(text) < LONGEST_LABEL and all(
            known
        ):  # a label that was taken for what it stands beside
            return text
        return self._replace_except(
            text, [(known if at in own else telling)[at] for at in range(len(text))]
        )

    def _replace_except(self, text: str, kept: Sequence[bool]) -> str:
        private = {at for found in PRIVATE.finditer(text) for at in range(*found.span())}
        spans = (range(*found.span(1)) for found in self._person.finditer(text))
        private |= {at for span in spans for at in span if text[at].isdigit()}
        return "".join(
            char if keep and at not in private else self._draw(char, at in private)
            for at, (char, keep) in enumerate(zip(text, kept, strict=True))
        )

    def _draw(self, char: str, private: bool) -> str:
        if private:
            return self._lots.choice("123456789") if char.isdigit() else char
        if char not in self._drawn:
            letters = ascii_lowercase if char in ascii_lowercase else ascii_uppercase
            pool = letters if char in letters else self._han if char.isalpha() else char
            self._drawn[char] = self._lots.choice(pool)
        return self._drawn[char]

    def _find_names(self, text: str, names: set[str]) -> set[int]:
        """Positions that belong to a name of the file or stand behind 填报人：."""
        places, compact = _without_spaces(text)
        found = {
            places[at + step]
            for at in range(len(compact) - SHORTEST + 1)
            if compact[at : at + SHORTEST] in names
            for step in range(SHORTEST)
        }
        return found.union(*(range(*match.span(1)) for match in self._person.finditer(text)))

    def _find_known(
        self, text: str, words: set[str] | None = None, *, lonely: bool = True
    ) -> list[bool]:
        """Which characters stay: those of known words, the longest first, and what is no writing."""
        words = self._words if words is None else words
        named = self._find_names(text, self._units if lonely else self._own)
        places, compact = _without_spaces(text)
        kept = [not char.isalpha() for char in text]
        cuts = self._phrase_bounds(compact)
        alone: list[int] = []
        at = 0
        while at < len(compact):
            sizes = range(min(self._longest, cuts[at] - at), 0, -1)
            size = next(
                (
                    size
                    for size in sizes
                    if compact[at : at + size] in words and named.isdisjoint(places[at : at + size])
                ),
                0,
            )
            for place in places[at : at + size]:
                kept[place] = True
            if size == 1:
                alone.append(at)
            at += size or 1
        stays = [kept[place] for place in places]
        for at in alone:  # 三 is a number, and the last character of 张三
            if not lonely and not all(stays[max(0, at - 1) : at + 2]):
                kept[places[at]] = False
        return kept

    def _phrase_bounds(self, compact: str) -> list[int]:
        """For each character, where the next phrase begins or ends: no word is taken across that."""
        ordered = sorted({len(compact)}.union(*self._phrase_spans(compact)))
        return [ordered[bisect_right(ordered, at)] for at in range(len(compact))]

    def _find_phrases(self, text: str) -> set[int]:
        places, compact = _without_spaces(text)
        return {
            places[at] for first, end in self._phrase_spans(compact) for at in range(first, end)
        }

    def _phrase_spans(self, compact: str) -> Iterator[tuple[int, int]]:
        """Where phrases stand in a text without white space."""
        for phrase in self._phrases:
            at = compact.find(phrase)
            while at >= 0:
                yield at, at + len(phrase)
                at = compact.find(phrase, at + 1)


def _without_spaces(text: str) -> tuple[list[int], str]:
    """The positions of what is no white space, and the text that is left."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    return places, "".join(text[at] for at in places)


@cache
def load_known_words() -> tuple[set[str], set[str]]:
    """Every word of forms that perfxl knows, and those by which an explanation is judged."""
    of_rules = resources.words("policies/words")
    stock = resources.words("boilerplate")
    known = collect_words(
        [resources.words("vocabulary"), resources.words("quantities"), of_rules, stock]
    )
    lists = {name: of_rules[name] for name in resources.words("anonymise")["prose"]}
    return known, collect_words([lists, stock])


def collect_words(files: Iterable[dict[str, Any]]) -> set[str]:
    """The words in files of words; in regular expressions, the signs of a class one by one."""
    found: set[str] = set()
    for text in chain.from_iterable(map(_iterate_strings, files)):
        found.update(*map(HAN.findall, _CLASS.split(text)))
        found.update(*(HAN.findall(" ".join(signs)) for signs in _CLASS.findall(text)))
        found.update(re.findall(r"[A-Za-z]{1,6}", text))
    return found


def _iterate_strings(node: Any) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from node
        yield from chain.from_iterable(map(_iterate_strings, node.values()))
    elif isinstance(node, list):
        yield from chain.from_iterable(map(_iterate_strings, node))
