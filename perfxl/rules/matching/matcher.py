"""Which rows of several forms are one row, and how similar two names are.

The one matcher of approved tables, roll-ups and resubmissions. Rows of one key are one row; where a key
stands several times, the nth row of one form goes with the nth of the other. Similar names are only
found here: what follows from them the caller decides. All thresholds stand in this module.
"""

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")
Key = TypeVar("Key", bound=Hashable)

SIMILAR = 0.7
"""Two names of this similarity may be one name."""
SIMILAR_IN_PLACE = 0.6
"""Likewise where more than the names speaks for it: one goal, one target, a list that lacks the name."""
SIMILAR_KEY = 0.75
"""Likewise for keys of files, which are English words of one stock."""
SHORTEST_PART = 4
"""A name within another one is similar to it if it has this many characters."""
FEWEST_SHARED = 2
"""This many indicators of the same names make two goals one, whatever their numbers."""


# ---------------------------------------------------------------- similar names
def similarity(one: str, other: str) -> float:
    """The share of two texts that is common, in one order: 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def is_similar(one: str, other: str, least: float = SIMILAR, shortest: int = 1) -> bool:
    """Whether two names may be one: one holds the other, or enough of them is common.

    Args:
        one: a name.
        other: another one; an empty name is similar to none.
        least: the similarity from which on they may be one.
        shortest: the length from which on a name within the other one is enough.
    """
    part, whole = sorted((one, other), key=len)
    if not part or (len(part) >= shortest and part in whole):
        return bool(part)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= least and matcher.ratio() >= least


def suggest(
    name: str, known: Iterable[str], most: int = 3, least: float = SIMILAR_IN_PLACE
) -> list[str]:
    """The known names that are most similar to an unknown one, the best first."""
    return difflib.get_close_matches(name, list(known), most, least)


# ---------------------------------------------------------------- rows of one key
def group_by(rows: Iterable[One], key: Callable[[One], Key]) -> dict[Key, list[One]]:
    """Rows by their key; those without one, None or an empty text, are left out."""
    found: dict[Key, list[One]] = defaultdict(list)
    for row in rows:
        if (name := key(row)) not in (None, ""):
            found[name].append(row)
    return found


def pair_unique(
    mine: Iterable[One], theirs: Iterable[One], key: Callable[[One], Hashable]
) -> list[tuple[One, One]]:
    """Pairs of rows that a key makes unique on both sides."""
    others = group_by(theirs, key)
    return [
        (rows[0], others[name][0])
        for name, rows in group_by(mine, key).items()
        if len(rows) == len(others.get(name, ())) == 1
    ]


def pair_in_order(
    mine: Iterable[One], theirs: Iterable[One], key: Callable[[One], Hashable],
    unless: Callable[[Sequence[One], Sequence[One]], bool] = lambda *_: False,
) -> list[tuple[One, One]]:  # fmt: skip
    """Pairs of rows of one key: the nth of a key with the nth, as far as both sides go.

    Args:
        mine: rows of one side.
        theirs: rows of the other.
        key: what makes them one.
        unless: says of all rows of a key on both sides that their order is no reason.
    """
    others = group_by(theirs, key)
    groups = [(rows, others.get(name, [])) for name, rows in group_by(mine, key).items()]
    return [pair for two in groups if not unless(*two) for pair in zip(*two, strict=False)]


def cluster_rows(
    sides: Iterable[Iterable[One]], key: Callable[[One], Key]
) -> dict[tuple[Key, int], list[tuple[int, One]]]:
    """Rows of any number of forms that are one, in the order that the forms have together.

    Args:
        sides: the rows of each form.
        key: what makes them one; every row has one.

    Returns:
        Key and how many rows of it came before in the form → rows, with the number of their form.
    """
    found: dict[tuple[Key, int], list[tuple[int, One]]] = defaultdict(list)
    lines = []
    for side, rows in enumerate(sides):
        line: list[tuple[Key, int]] = []
        before: Counter[Key] = Counter()
        for row in rows:
            name = key(row)
            line.append((name, before[name]))
            before[name] += 1
            found[line[-1]].append((side, row))
        lines.append(line)
    return {place: found[place] for place in merge_orders(lines)}


def merge_orders(lines: Iterable[Iterable[Key]]) -> list[Key]:
    """One order of all keys: each new one behind the one that it follows in its own line."""
    order: list[Key] = []
    for line in lines:
        at = 0
        for key in line:
            if key in order:
                at = order.index(key)
            else:
                order.insert(at, key)
            at += 1
    return order


# ---------------------------------------------------------------- what is left
def exclude(rows: Iterable[One], taken: Iterable[One]) -> list[One]:
    """The rows that are not taken; two that are equal are still two."""
    known = {id(row) for row in taken}
    return [row for row in rows if id(row) not in known]


def keep_unambiguous(pairs: Sequence[tuple[One, Other]]) -> list[tuple[One, Other]]:
    """Of possible pairs those of which neither side has another possibility."""
    count = Counter(id(row) for pair in pairs for row in pair)
    return [pair for pair in pairs if count[id(pair[0])] == count[id(pair[1])] == 1]
