"""Groups of labels: which field a label names, word for word, by a word in it, or made of known words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from perfxl.forms.values.memo import Memo
from perfxl.forms.values.text import normalize, normalize_label
from perfxl.forms.words.composed import Composed

LONGEST_LABEL = 30
"""A longer text is prose, whatever words it contains."""
LONGEST_GUESS = 20
"""A label found by a word that it contains is no longer than this."""
PAIRS = frozenset(
    {("level1", "level2"), ("level2", "level3"), ("target", "actual"), ("weight", "score"),
     ("budget", "executed"), ("initial", "executed"), ("initial", "budget")}
)  # fmt: skip
"""Fields of which two may share a column: 分值/得分 over 10/9.5."""
SAME = {"score_own": "score", "completion": "actual"}


class HeaderLabels(NamedTuple):
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


class Labels:
    """One group of fields; tells which field a label names.

    Attributes:
        headers: what else the rows of headers hold.
        exact: text → the field that the whole label names: a spelling word for word, or made of its
            words alone.
        match: text → the field that a label names: by a whole spelling first, then by a contained word.
        both: text → the two fields of a label that names two which share a column; none for any other.
    """

    def __init__(
        self,
        *groups: Mapping[str, Mapping[str, Any]],
        headers: HeaderLabels | None = None,
        composed: Composed | None = None,
    ) -> None:
        """Words of some groups; what an earlier group says outranks a later one."""
        self._composed = composed or Composed({}, frozenset())
        self.headers = headers or HeaderLabels(frozenset(), frozenset(), frozenset(), *[()] * 8)
        self._exact: dict[str, str] = {}
        self._contains: list[tuple[str, str, tuple[str, ...]]] = []
        for group in groups:
            for field, spellings in group.items():
                for spelling in spellings.get("is", ()):
                    self._exact.setdefault(normalize(spelling), field)
                unless = tuple(normalize(word) for word in spellings.get("hasnt", ()))
                self._contains += [
                    (normalize(word), field, unless) for word in spellings.get("has", ())
                ]
        self._joints = frozenset(("\n", "／", *self.headers.joints))
        # Not methods but what a memory answers at once: every cell of a form is asked.
        self.exact = Memo[str | None](self._exact_of).__getitem__
        self.match = Memo[str | None](self._match_of).__getitem__
        self.both = Memo[tuple[str, ...]](self._both_of).__getitem__

    def _exact_of(self, text: str) -> str | None:
        if len(text) > LONGEST_LABEL * 2:
            return None
        key = normalize_label(text)
        found = self._exact.get(key)
        return self._composed.field(key) if found is None and not self._containing(key) else found

    def _match_of(self, text: str) -> str | None:
        if len(text) > LONGEST_LABEL * 2:
            return None
        key = normalize_label(text)
        names = self.both(text) or (self._exact.get(key) or self._containing(key),)
        return names[0] or self._composed.field(key)

    def _both_of(self, text: str) -> tuple[str, ...]:
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

    def _containing(self, key: str) -> str | None:
        if not key or len(key) > LONGEST_GUESS:
            return None
        for word, field, unless in self._contains:
            if word in key and not any(bad in key for bad in unless):
                return field
        return None
