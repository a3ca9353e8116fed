"""Groups of labels: which field a label names, word for word, by a word in it, or made of known words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from perfxl.forms.values.text import fold, label
from perfxl.forms.words.composed import Composed

LONGEST_LABEL = 30
"""A longer text is prose, whatever words it contains."""
LONGEST_GUESS = 20
"""A label found by a word that it contains is no longer than this."""
MOST_KNOWN = 16384
"""So many texts are kept with what they were found to be."""
PAIRS = frozenset(
    {("level1", "level2"), ("level2", "level3"), ("target", "actual"), ("weight", "score"),
     ("budget", "executed"), ("initial", "executed"), ("initial", "budget")}
)  # fmt: skip
"""Fields of which two may share a column: 分值/得分 over 10/9.5."""
SAME = {"score_own": "score", "completion": "actual"}


class HeaderWords(NamedTuple):
    """What the rows of headers hold besides the labels of fields.

    Attributes:
        lines: the first words of a row that only numbers the columns: 栏次.
        block: names of the whole block, written over the column of names.
        names: labels below that of a level, which say no more than that the names stand there.
        figures: endings of labels of columns that hold values.
        standards: endings of labels of columns that hold targets.
        planned, real: how labels of two amounts of the same thing begin.
        money: words of which labels of amounts have one.
        adjusted: words of the later one of two budgets.
        series: signs in their order that number columns: 甲乙丙.
        joints: what stands between two labels in one cell: 分值/得分.
    """

    lines: frozenset[str]
    block: frozenset[str]
    names: frozenset[str]
    figures: tuple[str, ...]
    standards: tuple[str, ...]
    planned: tuple[str, ...]
    real: tuple[str, ...]
    money: tuple[str, ...]
    adjusted: tuple[str, ...]
    series: tuple[str, ...]
    joints: tuple[str, ...]


class Words:
    """One group of fields; tells which field a label names.

    Attributes:
        headers: what else the rows of headers hold.
    """

    def __init__(
        self,
        *groups: Mapping[str, Mapping[str, Any]],
        headers: HeaderWords | None = None,
        composed: Composed | None = None,
    ) -> None:
        """Words of some groups; what an earlier group says outranks a later one."""
        self._composed = composed or Composed({}, frozenset())
        self.headers = headers or HeaderWords(frozenset(), frozenset(), frozenset(), *[()] * 8)
        self._exact: dict[str, str] = {}
        self._contains: list[tuple[str, str, tuple[str, ...]]] = []
        for group in groups:
            for field, spellings in group.items():
                for spelling in spellings.get("is", ()):
                    self._exact.setdefault(fold(spelling), field)
                unless = tuple(fold(word) for word in spellings.get("hasnt", ()))
                self._contains += [(fold(word), field, unless) for word in spellings.get("has", ())]
        self._joints = frozenset(("\n", "／", *self.headers.joints))
        self._known: dict[str, str | None] = {}
        self._wholes: dict[str, str | None] = {}

    def exact(self, text: str) -> str | None:
        """The field that the whole label names: a spelling word for word, or made of its words alone."""
        if len(text) > LONGEST_LABEL * 2:
            return None
        try:
            return self._wholes[text]
        except KeyError:
            key = label(text)
            found = self._exact.get(key)
            if found is None and self._containing(key) is None:
                found = self._composed.field(key)
            if len(self._wholes) < MOST_KNOWN:
                self._wholes[text] = found
            return found

    def match(self, text: str) -> str | None:
        """The field that a label names: by a whole spelling first, then by a contained word."""
        if len(text) > LONGEST_LABEL * 2:
            return None
        try:
            return self._known[text]
        except KeyError:
            found = next(iter(self.both(text)), None) or self._match(label(text))
            if len(self._known) < MOST_KNOWN:
                self._known[text] = found
            return found

    def both(self, text: str) -> tuple[str, ...]:
        """The two fields of a label that names two which share a column; none for any other label."""
        if len(text) > LONGEST_LABEL or self._joints.isdisjoint(text):
            return ()
        for sign in self._joints:
            parts = text.strip().split(sign)
            if len(parts) == 2:
                names = [self.exact(part) or "" for part in parts]
                one, other = (SAME.get(name, name) for name in names)
                if (one, other) in PAIRS or (other, one) in PAIRS:
                    return one, other
        return ()

    def spellings(self, field: str) -> list[str]:
        """The whole spellings of a field, as they are compared, the most usual ones first."""
        return [spelling for spelling, name in self._exact.items() if name == field]

    def _match(self, key: str) -> str | None:
        return self._exact.get(key) or self._containing(key) or self._composed.field(key)

    def _containing(self, key: str) -> str | None:
        if not key or len(key) > LONGEST_GUESS:
            return None
        for word, field, unless in self._contains:
            if word in key and not any(bad in key for bad in unless):
                return field
        return None
