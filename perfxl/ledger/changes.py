"""What a resubmission changed, in the form's own terms: 满意度指标 得分 8 → 10，实际完成值未变.

Works on records (`perfxl.forms.records`), so that an entry of the ledger, a file and a marked copy can
each be compared with each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from perfxl.forms import records
from perfxl.forms.records import Record
from perfxl.forms.values.text import normalize
from perfxl.rules.matching.matcher import SIMILAR_IN_PLACE, exclude, pair_in_order, similarity

LEVELS = ("level1", "level2", "level3")
_VALUES = ("target", "actual", "weight", "score", "reason")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: value, added, removed or renamed.
        of: form, fund, goal, indicator or result.
        name: of the row; "" for the form itself.
        field: which value, as `perfxl.forms.records` calls it.
        old: as it was, None if it was not there.
        new: as it is, likewise.
        kept: the actual value is the same while the score or the target is not.
    """

    what: Literal["value", "added", "removed", "renamed"]
    of: str
    name: str
    field: str = ""
    old: Any = None
    new: Any = None
    kept: bool = False
    cell: str | None = None


def between(old: Sequence[Record], new: Sequence[Record]) -> list[tuple[str, list[Change]]]:
    """The changes of each form: how it is called, and what is different."""
    found = []
    for before, after in pair_forms(old, new):
        if before is not None and after is not None:
            found.append((_title(after), list(_of_form(before, after))))
        elif after is not None:
            found.append((_title(after), [Change("added", "form", str(after["form"]))]))
        elif before is not None:
            found.append((_title(before), [Change("removed", "form", str(before["form"]))]))
    return found


def _title(form: Record) -> str:
    return str(form.get("unit") or form.get("project") or form.get("title") or form["form"])


def pair_forms(
    old: Sequence[Record], new: Sequence[Record]
) -> list[tuple[Record | None, Record | None]]:
    """Forms that are one and the same: of one kind, best on a sheet of one name; None where one has no other."""
    left = list(new)
    pairs: list[tuple[Record | None, Record | None]] = []
    for before in old:
        alike = [one for one in left if one["kind"] == before["kind"]]
        alike.sort(key=lambda one: one["sheet"] != before["sheet"])
        if alike:
            left.remove(alike[0])
        pairs.append((before, alike[0] if alike else None))
    return [*pairs, *((None, one) for one in left)]


def _of_form(old: Record, new: Record) -> Iterator[Change]:
    yield from _values("form", "", records.HEAD, old, new)
    yield from _rows("fund", old["funds"], new["funds"], records.FUND[1:])
    yield from _rows("goal", old["goals"], new["goals"], ("weight", "score"))
    goals = {row["goal"]: _name(row) for row in [*old["goals"], *new["goals"]]}
    yield from _rows(
        "indicator", old["indicators"], new["indicators"], _VALUES, goals if len(goals) > 1 else {}
    )
    before, after = old.get("recomputed_total"), new.get("recomputed_total")
    if before is not None and after is not None and _total(before) != _total(after):
        yield Change("value", "result", "", "recomputed_total", before, after)


def _total(one: dict[str, Any]) -> object:
    """What is told of a recomputed total: the number, or its ends where it is open."""
    told: object = one.get("recomputed")
    return (one.get("lo"), one.get("hi")) if told is None else told


def _values(
    of: str, name: str, fields: Sequence[str], old: Record, new: Record
) -> Iterator[Change]:
    for field in fields:
        before, after = old.get(field), new.get(field)
        if _same(before, after):
            continue
        kept = (
            of == "indicator"
            and field in ("score", "target")
            and _same(old.get("actual"), new.get("actual"))
        )
        yield Change("value", of, name, field, before, after, kept, new.get(f"{field}_cell"))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return normalize(str(one or "")) == normalize(str(other or ""))
    return bool(one == other)


def _rows(
    of: str,
    old: list[Record],
    new: list[Record],
    fields: Sequence[str],
    goals: Mapping[Any, str] = MappingProxyType({}),
) -> Iterator[Change]:
    """Rows of one name are one row; of the others, those alike under one goal are renamed."""

    def called(row: Record) -> str:
        goal = goals.get(row.get("goal"))
        # A form without goals has sections, which are called as their rows' first level is.
        return f"{goal} · {_name(row)}" if goal and goal != row.get("level1") else _name(row)

    pairs = pair_in_order(old, new, _key)
    gone = exclude(old, [before for before, _ in pairs])
    come = exclude(new, [after for _, after in pairs])
    for before in list(gone):
        similar = [row for row in come if _is_renamed(before, row)]
        if similar:
            best = max(similar, key=lambda row: _similarity(before, row))
            pairs.append((before, best))
            gone.remove(before)
            come.remove(best)
            yield Change("renamed", of, called(before), "name", called(before), _name(best))
    order = {id(row): place for place, row in enumerate(new)}
    for before, after in sorted(pairs, key=lambda pair: order[id(pair[1])]):
        yield from _values(of, called(after), fields, before, after)
    for row in gone:
        yield Change("removed", of, called(row), old=row)
    for row in come:
        yield Change("added", of, called(row), new=row)


def _key(row: Record) -> tuple[Any, ...]:
    """Rows of the same name under the same goal are one."""
    if "level3" in row:
        return (row.get("goal"), *(normalize(str(row.get(level) or "")) for level in LEVELS))
    return (row["goal"],) if "goal" in row else (normalize(str(row.get("name") or "")),)


def _is_renamed(one: Record, other: Record) -> bool:
    return one.get("goal") == other.get("goal") and _similarity(one, other) >= SIMILAR_IN_PLACE


def _similarity(one: Record, other: Record) -> float:
    return similarity(normalize(_name(one)), normalize(_name(other)))


def _name(row: Record) -> str:
    """The name a person would use."""
    for field in ("level3", "level2", "level1", "name", "label"):
        if row.get(field):
            return str(row[field])
    return str(row.get("goal") or "")
