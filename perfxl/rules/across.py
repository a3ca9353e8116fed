"""What only a set of forms shows: the same words or scores in several units, and who is missing.

These are hints for a person and never accusations: a text may be the same because one office wrote
both, and actual values that equal every target may be true.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from perfxl.forms.text import fold

LEAST_TEXT = 20
"""A shorter text may well be the same by chance."""
LEAST_SCORES = 8
"""So many scores in a row that are the same, of which not all are whole points, are no chance."""
LEAST_ROWS = 5
NEAR = 0.6
MOST_NEAR = 3
PROSE = ("deviation_reason", "improvement")
ROW_TEXTS = ("reason",)
Record = Mapping[str, Any]


class Traits(NamedTuple):
    """What of a form is compared with others; small, and the same from a run and from a ledger.

    Attributes:
        form: its unique name. file: its file. unit: its unit, else its project.
        texts: (field, text), folded for comparison, long enough to be no chance.
        scores: the claimed scores row by row; () where too few or too plain to tell anything.
        rows: how many indicators have a target and an actual value.
        equal: whether each of those actual values repeats its target.
        full: whether each row that has points claims all of them, and how many do.
    """

    form: str
    file: str
    unit: str
    texts: tuple[tuple[str, str], ...]
    scores: tuple[float, ...]
    rows: int
    equal: bool
    full: int


class Hint(NamedTuple):
    """Something that the set shows.

    Attributes:
        kind: texts, scores, actuals, full, file or missing.
        units: whom it is about.
        files: their files.
        arguments: of the text that tells it.
    """

    kind: str
    units: tuple[str, ...]
    files: tuple[str, ...]
    arguments: Mapping[str, Any]


def traits(record: Record, file: str) -> Traits:
    """The traits of a form.

    Args:
        record: `perfxl.rules.records.audit_record`.
        file: the file's name as shown.
    """
    rows: Sequence[Record] = record["indicators"]
    texts = [(name, record[name]) for name in PROSE]
    texts += [(name, row[name]) for row in rows for name in ROW_TEXTS]
    long = {
        (name, fold(text)): None for name, text in texts if text and len(fold(text)) >= LEAST_TEXT
    }
    scores = [row["score"] for row in rows if isinstance(row["score"], int | float)]
    judged = [row for row in rows if row["target"] and row["actual"]]
    weighed = [row for row in rows if _number(row["weight"]) and _number(row["score"])]
    full = len(weighed) if all(row["score"] == row["weight"] for row in weighed) else 0
    return Traits(
        record["form"], file, str(record["unit"] or record["project"] or file), tuple(long),
        tuple(scores) if _telling(scores) else (), len(judged),
        all(fold(row["target"]) == fold(row["actual"]) for row in judged), full,
    )  # fmt: skip


def _number(value: Any) -> bool:
    return isinstance(value, int | float)


def _telling(scores: Sequence[float]) -> bool:
    """Whether a column of scores is so much its own that a second one like it is worth a look."""
    return len(scores) >= LEAST_SCORES and len(set(scores)) > 2 and any(one % 1 for one in scores)


def hints(forms: Iterable[Traits], contents: Mapping[str, Sequence[str]]) -> list[Hint]:
    """Everything that a set of forms shows.

    Args:
        forms: their traits.
        contents: file → the files of the very same content, itself among them; others need not be there.
    """
    known = list(forms)
    # One file under two names says everything twice; it is told once, as one file.
    first = {file: min(same) for file, same in contents.items()}
    single = [one for one in known if first.get(one.file, one.file) == one.file]
    return [
        *_same_file(known, contents),
        *_same_texts(single),
        *_same(single, "scores", lambda one: one.scores, lambda one: len(one.scores)),
        *_each(single, "actuals", lambda one: one.equal and one.rows, lambda one: one.rows),
        *_each(single, "full", lambda one: one.full, lambda one: one.full),
    ]


def _same_file(forms: Sequence[Traits], contents: Mapping[str, Sequence[str]]) -> list[Hint]:
    """The same file by two units, or twice by one."""
    units: dict[str, list[str]] = {}
    for one in forms:
        units.setdefault(one.file, []).append(one.unit)
    groups = {tuple(same) for same in contents.values() if len(same) > 1}
    return [
        Hint("file", tuple(dict.fromkeys(unit for file in files for unit in units.get(file, [file]))), files, {})
        for files in sorted(groups)
    ]  # fmt: skip


def _same_texts(forms: Sequence[Traits]) -> list[Hint]:
    """The same words in the forms of several units."""
    holders: dict[tuple[str, str], list[Traits]] = {}
    for one in forms:
        for said in one.texts:
            holders.setdefault(said, []).append(one)
    found = []
    for (field, text), group in holders.items():
        units = _units(group)
        if len(units) > 1:
            arguments = {"field": field, "text": text if len(text) <= 60 else text[:59] + "…"}
            found.append(Hint("texts", units, _files(group), arguments))
    return found


def _same(
    forms: Sequence[Traits], kind: str, of: Callable[[Traits], Any], count: Callable[[Traits], int]
) -> list[Hint]:
    groups: dict[Any, list[Traits]] = {}
    for one in forms:
        if of(one):
            groups.setdefault(of(one), []).append(one)
    return [
        Hint(kind, _units(group), _files(group), {"count": count(group[0])})
        for group in groups.values()
        if len(_units(group)) > 1
    ]


def _each(
    forms: Sequence[Traits],
    kind: str,
    holds: Callable[[Traits], Any],
    count: Callable[[Traits], int],
) -> list[Hint]:
    """Every row of a form alike, where there are rows enough to tell."""
    return [
        Hint(kind, (one.unit,), (one.file,), {"count": count(one)})
        for one in forms
        if holds(one) and count(one) >= LEAST_ROWS
    ]


def missing(expected: Iterable[str], units: Iterable[str]) -> list[Hint]:
    """Units of a list that have no form; near names are told, and guessed at no further."""
    there = {fold(unit): unit for unit in units if unit}
    found = []
    for name in expected:
        if not name.strip() or fold(name) in there:
            continue
        near = difflib.get_close_matches(fold(name), there, n=MOST_NEAR, cutoff=NEAR)
        arguments = {"unit": name.strip(), "near": [there[one] for one in near]}
        found.append(Hint("missing", (name.strip(),), (), arguments))
    return found


def _units(forms: Iterable[Traits]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.unit for one in forms))


def _files(forms: Iterable[Traits]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.file for one in forms))
