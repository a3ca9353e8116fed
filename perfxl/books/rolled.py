"""The workbook of roll-ups: each in its official form, with a sheet of sources, and the differences."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perfxl.books import content, official, rolled_sheets
from perfxl.books.template.render import Data
from perfxl.ooxml import origin
from perfxl.ooxml.newsheet import NewSheet
from perfxl.rollups.model import Difference, Rollup
from perfxl.rollups.result import result_form
from perfxl.texts import Texts

MOST_NAMED = 5
"""So many units are named in the form itself; the sheet of sources names all."""


class Book(NamedTuple):
    """One workbook: the official form it is made with, and its bytes."""

    title: str
    data: bytes


def books(
    rollups: Sequence[Rollup], left: Sequence[Difference], unread: Sequence[tuple[str, str]], texts: Texts
) -> list[Book]:  # fmt: skip
    """The workbooks of some roll-ups: one for each official form that they need.

    Args:
        rollups: at least one.
        left: forms that are part of none of them.
        unread: files that could not be read, with the reason.
        texts: the user's language.
    """
    by_form: dict[str, list[Rollup]] = {}
    for rollup in rollups:
        form = official.fitting(rollup.kind, rollup.policy.id)
        by_form.setdefault(form.id, []).append(rollup)
    found = []
    for name, group in by_form.items():
        form = official.find_official(name)
        heads = headings(group, texts)
        data = [
            Data(head if len(group) > 1 else None, _values(rollup, form, texts))
            for head, rollup in zip(heads, group, strict=True)
        ]

        def more(group: Sequence[Rollup] = group, heads: Sequence[str] = heads) -> list[NewSheet]:
            traces = [
                rolled_sheets.trace(rollup, head, texts, index if len(group) > 1 else 0)
                for index, (rollup, head) in enumerate(zip(group, heads, strict=True), 1)
            ]
            return [*traces, rolled_sheets.differences(group, heads, left, unread, texts)]

        found.append(
            Book(
                form.titles[texts.language],
                form.book().render(*data, more=more, kind=origin.ROLLUP),
            )
        )
    return found


def headings(rollups: Iterable[Rollup], texts: Texts) -> list[str]:
    """What each roll-up is called: its project, or its kind; with the year where that is needed."""
    listed = list(rollups)
    names = [rollup.project or texts.get(f"kind/{rollup.kind}") for rollup in listed]
    return [
        f"{rollup.year or ''} {name}".strip() if names.count(name) > 1 else name
        for rollup, name in zip(listed, names, strict=True)
    ]


def _values(rollup: Rollup, form: official.Official, texts: Texts) -> dict[str, object]:
    """The data of the official form."""
    result = result_form(rollup)
    units = [member.name for member in rollup.members]
    title = form.title.format(year=rollup.year or "", unit=rollup.project).removeprefix("年度")
    values = official.fill_in_printed(form, result, content.content(result), rollup.policy.id)
    head = {
        "title": texts.get("rollup/title", title=title),
        "unit": texts.get("rollup/unit_names", names=tuple(units[:MOST_NAMED]),
                          more=len(units) > MOST_NAMED, count=len(units)),
    }  # fmt: skip
    return {**values, **head}
