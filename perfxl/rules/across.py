"""What only a set of forms shows: the same words or scores in several units, forms that came twice, who is missing.

These are hints for a person and never accusations: a text may be the same because one office wrote
both, and actual values that equal every target may be true.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from perfxl import resources
from perfxl.forms.values.text import match_key, normalize
from perfxl.rules.engine import measures
from perfxl.rules.matching import ownwords
from perfxl.rules.matching.matcher import suggest
from perfxl.rules.matching.ownwords import ComparableText

LEAST_SCORES = 8
"""So many scores in a row that are the same, of which not all are whole points, are no chance."""
LEAST_ROWS = 5
SHORTEST_CORE = 3
"""Names of fewer signs are like too many others."""
MOST_LIKELY = 3
QUOTED = 60
"""So many signs of a text are quoted."""
OWN_NAMES = ("unit", "department", "project")
PROSE = ("deviation_reason", "improvement")
ROW_TEXTS = ("reason",)
Record = Mapping[str, Any]


class Traits(NamedTuple):
    """What of a form is compared with others; small, and the same from a run and from a ledger.

    Attributes:
        form: its unique name. file: its file. unit: its unit, else its project.
        texts: what it says in words of its own.
        scores: the claimed scores row by row; () where too few or too plain to tell anything.
        rows: how many indicators have a target and an actual value.
        equal: whether each of those actual values repeats its target.
        full: whether each row that has points claims all of them, and how many do.
        subject: its unit, kind, year, and its project or what tells it from another one's; () without a unit.
        kind: department, project or transfer. project: its name, "" where it has none.
    """

    form: str
    file: str
    unit: str
    texts: tuple[ComparableText, ...]
    scores: tuple[float, ...]
    rows: int
    equal: bool
    full: int
    subject: tuple[Any, ...] = ()
    kind: str = ""
    project: str = ""


NOTHING = Traits("", "", "", (), (), 0, equal=False, full=0)
"""Of a form whose record cannot be read."""


class Hint(NamedTuple):
    """Something that the set shows.

    Attributes:
        kind: texts, scores, actuals, full, file, twice or missing.
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
    names = [str(record[name]) for name in OWN_NAMES if record.get(name)]
    spoken = (ownwords.comparable_text(name, text, names) for name, text in texts if text)
    scores = [row["score"] for row in rows if isinstance(row["score"], int | float)]
    judged = [row for row in rows if _says(row["target"]) and _says(row["actual"])]
    weighed = [row for row in rows if _number(row["weight"]) and _number(row["score"])]
    full = len(weighed) if all(row["score"] == row["weight"] for row in weighed) else 0
    return Traits(
        record["form"], file, str(record["unit"] or record["project"] or file),
        tuple(dict.fromkeys(one for one in spoken if one is not None)),
        tuple(scores) if _telling(scores) else (), len(judged),
        all(measures.same_figure(row["target"], row["actual"]) for row in judged), full,
        _subject(record, rows), record["kind"], str(record["project"] or ""),
    )  # fmt: skip


def _subject(record: Record, rows: Sequence[Record]) -> tuple[Any, ...]:
    """Whose form it is, of what and of which year: one form is expected of each."""
    if not record["unit"]:
        return ()
    what: Any = match_key(str(record["project"] or ""))
    if not what and record["kind"] != "department":
        # A unit has many projects; one without a name is known by its indicators.
        what = tuple(match_key(str(row.get("level3") or "")) for row in rows)
    return match_key(str(record["unit"])), record["kind"], record["year"], what


def _says(text: Any) -> bool:
    """Whether a target or an actual says anything: a dash does not."""
    return any(map(str.isalnum, str(text or "")))


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
        *_twice(single),
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


def _twice(forms: Sequence[Traits]) -> list[Hint]:
    """Several forms of one unit, project and year in files that differ: which one counts?"""
    groups: dict[tuple[Any, ...], list[Traits]] = {}
    for one in forms:
        if one.subject:
            groups.setdefault(one.subject, []).append(one)
    return [
        Hint("twice", (group[0].unit,), files, {
            "form_kind": group[0].kind, "project": group[0].project, "count": len(files)})
        for group in groups.values()
        if len(files := _files(group)) > 1
    ]  # fmt: skip


def _same_texts(forms: Sequence[Traits]) -> list[Hint]:
    """The same words in the forms of several units, or the same but for their own names."""
    bare: dict[tuple[str, str], list[tuple[Traits, ComparableText]]] = {}
    plain: dict[tuple[str, str], list[tuple[Traits, ComparableText]]] = {}
    for one in forms:
        for said in one.texts:
            bare.setdefault((said.field, said.bare), []).append((one, said))
            plain.setdefault((said.field, said.plain), []).append((one, said))
    # Forms of which one names the other's unit are the same only with all the names.
    more = [group for group in plain.values() if len({said.bare for _, said in group}) > 1]
    return [
        Hint(
            "texts",
            units,
            _files(one for one, _ in group),
            _quote_group([said for _, said in group]),
        )
        for group in [*bare.values(), *more]
        if len(units := _units(one for one, _ in group)) > 1
    ]


def _quote_group(group: Sequence[ComparableText]) -> dict[str, Any]:
    text = " ".join(group[0].text.split())
    return {
        "field": group[0].field,
        "text": text if len(text) <= QUOTED else text[: QUOTED - 1] + "…",
        "exact": len({normalize(said.text) for said in group}) == 1,
    }


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


def missing_units(expected: Iterable[str], units: Iterable[str]) -> list[Hint]:
    """Units of a list that have no form; near names that the list lacks are told, and guessed at no further.

    A name that is likely the same (教育局（本级） for 江州市教育局) is told as such; it is never taken for it.
    """
    names = {normalize(name): name.strip() for name in expected if name.strip()}
    there = {normalize(unit): unit for unit in units if unit}
    # Who is on the list has a form, or misses one, of his own.
    strangers = [unit for unit in there if unit not in names]
    found = []
    for folded, name in names.items():
        if folded not in there:
            likely = [there[one] for one in strangers if is_likely_same(folded, one)]
            near = [there[one] for one in suggest(folded, strangers)]
            arguments = {
                "unit": name,
                "near": [one for one in near if one not in likely],
                "likely": likely[:MOST_LIKELY],
            }
            found.append(Hint("missing", (name,), (), arguments))
    return found


def is_likely_same(one: str, other: str) -> bool:
    """Whether two names are likely one unit's: but for 本级 and the like, and for the place it is of.

    Args:
        one: a name, normalized.
        other: another one.
    """
    words = resources.words("lists")["expected"]
    short, long = sorted((_core(one), _core(other)), key=len)
    if len(short) < SHORTEST_CORE or not long.endswith(short):
        return False
    place = long.removesuffix(short)
    places = tuple(words["places"])
    return not place or place.endswith(places) or short.startswith(places)


@lru_cache(8192)
def _core(name: str) -> str:
    """A unit's name without what tells a part of it: 教育局(本级), 教育局机关 → 教育局."""
    parts = resources.words("lists")["expected"]["parts"]
    for part in parts:
        name = name.replace(f"({part})", "")
    while (part := next((one for one in parts if name.endswith(one) and name != one), "")) != "":
        name = name.removesuffix(part)
    return name


def _units(forms: Iterable[Traits]) -> tuple[str, ...]:
    """The units, each once, however its name is spelled."""
    known: dict[str, str] = {}
    for one in forms:
        known.setdefault(match_key(one.unit), one.unit)
    return tuple(known.values())


def _files(forms: Iterable[Traits]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.file for one in forms))
