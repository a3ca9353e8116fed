"""Which of the submissions that the ledger knows are still there, and what has come in their place."""

import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perfxl.books.summary.entry import Entry, Replaced
from perfxl.forms.values.text import match_key

Identity = tuple[str, str, str, int | None]


class Known(NamedTuple):
    """A path as the ledger saw it last.

    Attributes:
        content: digest; "" where it could not be read.
        same_as: another file that was there at that time with the same content.
        reason: why it could not be read.
        first: number of the path's first entry.
        stamp: how the file looked, or the archive that it is in.
    """

    path: str
    content: str
    same_as: str | None
    reason: str | None
    first: int
    stamp: tuple[int | None, ...] = ()


class Presence(NamedTuple):
    """Paths that are gone, and those of them that need not be told."""

    gone: set[str]
    left_out: set[str]


def presence(known: Iterable[Known]) -> Presence:
    """What of the known paths is there.

    A submission whose content is there under another name has been moved, and is told once. So is one
    that was gone already when its content came again. A file that could not be read and was taken out
    of its folder is settled.
    """
    gone: set[str] = set()
    left_out: set[str] = set()
    held: set[str] = set()
    away: dict[str, list[Known]] = {}
    listed = list(known)
    stamps = {one.path: one.stamp for one in listed}
    for one in listed:
        if os.path.exists(one.path) or _is_packed(one, stamps):  # noqa: PTH110  # 10,000 of them
            held.add(one.content)
            continue
        gone.add(one.path)
        if one.reason is not None and os.path.isdir(os.path.dirname(one.path)):  # noqa: PTH112, PTH120
            left_out.add(one.path)
        elif one.content:
            away.setdefault(one.content, []).append(one)
    for content, group in away.items():
        if content in held:
            left_out.update(one.path for one in group)
            continue
        renamed = False
        for one in sorted(group, key=lambda each: each.first, reverse=True):
            if renamed:
                left_out.add(one.path)
            renamed = renamed or one.same_as is None
    return Presence(gone, left_out)


def _is_packed(one: Known, stamps: Mapping[str, tuple[int | None, ...]]) -> bool:
    """Whether a file was in its archive when that was unpacked the last time."""
    above = os.path.dirname(one.path)  # noqa: PTH120  # as above
    while above and above not in stamps and len(above) > 1:
        above, before = os.path.dirname(above), above  # noqa: PTH120  # likewise
        if above == before:
            break
    return stamps.get(above) == one.stamp and bool(one.stamp) and os.path.isfile(above)  # noqa: PTH113


def part_replaced(entries: Iterable[Entry]) -> tuple[list[Entry], list[Replaced]]:
    """The forms that count, and those that are gone and were submitted anew.

    A form is replaced by the one form that is there of the same unit, project, kind and year; where
    there are several, nobody can tell.
    """
    known = list(entries)
    if not any(one.gone for one in known):
        return known, []
    there: dict[Identity, list[str]] = {}
    for one in known:
        identity = _identity(one)
        if not one.gone and identity is not None:
            there.setdefault(identity, []).append(one.file)
    counting, replaced = [], []
    for one in known:
        identity = _identity(one) if one.gone else None
        by = [] if identity is None else there.get(identity, [])
        if len(by) == 1:
            replaced.append(Replaced(one, by[0]))
        else:
            counting.append(one)
    return counting, replaced


def _identity(entry: Entry) -> Identity | None:
    """Whose form it is, and of what; None where that cannot be told: a unit has many projects."""
    one = entry.short
    if not one.unit or not (one.project or one.kind == "department"):
        return None
    return match_key(one.unit), match_key(one.project), one.kind, one.year
