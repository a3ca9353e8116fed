"""A form written from top to bottom: what is drawn and what a reader should see, block by block."""

import re
from dataclasses import dataclass, field
from typing import Any

from drawing import Content, Page, Seen, bare
from reading import Field, Row, draw_funds, draw_heads, draw_rows, form, named, sections

Columns = dict[str, tuple[int, int]]
Cell = tuple[Any, ...]
"""Content, the number of its columns, and what it is: "label", a field's name, or nothing; behind a
field's name, what the cell means where that is not what it holds."""


def single(*roles: str, first: int) -> Columns:
    """Columns of one letter each, from one on."""
    return {role: (first + index, 1) for index, role in enumerate(roles)}


def _points(label: str) -> float | None:
    """The points that a level's label states: 产出指标（50分）."""
    match = re.search(r"(\d+(?:\.\d+)?)分[）)]?$", bare(label))
    return match and float(match[1]) if match is None or "." in match[1] else int(match[1])


@dataclass
class Draft:
    """A form under way.

    Attributes:
        page: the sheet. wide: how many columns the form has.
        row: the next free row.
        fields: of the form, as seen. parts: its funds, goals and indicators.
    """

    page: Page
    wide: int
    row: int = 1
    fields: dict[str, Field] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"funds": [], "goals": [], "indicators": [], "unread": []}
    )

    def title(self, text: str, year: int | None = None) -> None:
        """The title over the whole width; with the year, if it is said there."""
        seen = self.page.put(self.row, 1, text, "title", cols=self.wide)
        self.fields["title"] = seen
        if year is not None:
            self.fields["year"] = (year, seen.cell)
        self.row += 1

    def over(self, text: str, look: str = "note", **meant: Any) -> None:
        """A line over the whole width, and what it means by field."""
        seen = self.page.put(self.row, 1, text, look, cols=self.wide)
        self.fields |= {name: (value, seen.cell) for name, value in meant.items()}
        self.row += 1

    def line(self, *cells: Cell, look: str = "cell") -> list[Seen]:
        """A row of cells from column A."""
        col, drawn = 1, []
        for content, cols, *rest in cells:
            label = rest[:1] == ["label"]
            seen = self.page.put(self.row, col, content, "label" if label else look, cols=cols)
            if rest and not label:
                self.fields[rest[0]] = (rest[1], seen.cell) if len(rest) > 1 else seen
            drawn.append(seen)
            col += cols
        self.row += 1
        return drawn

    def side(self, text: str, rows: int, cols: int = 1, **meant: Any) -> Seen:
        """A label down the next rows at the left; it does not move on."""
        seen = self.page.put(self.row, 1, text, "label", rows=rows, cols=cols)
        self.fields |= {name: (value, seen.cell) for name, value in meant.items()}
        return seen

    def funds(
        self, columns: Columns, heads: dict[str, str], rows: list[tuple[str, dict[str, Content]]]
    ) -> None:
        """A table of funds: a header row, and a row for each source."""
        draw_heads(self.page, self.row, columns, heads)
        self.parts["funds"] += draw_funds(self.page, self.row + 1, columns, rows)
        self.row += 1 + len(rows)

    def goals(self, side: str, *texts: tuple[str, int, str]) -> None:
        """The block of goals in prose: heads over texts."""
        self.side(side, 2)
        col = 2
        for head, cols, text in texts:
            self.page.put(self.row, col, head, "head", cols=cols)
            self.page.put(self.row + 1, col, text, "left", cols=cols)
            col += cols
        self.row += 2

    def heads(
        self, columns: Columns, heads: dict[str, str], over: dict[str, tuple[str, int]]
    ) -> None:
        """The header of a table of indicators; with wider labels over some columns, two rows.

        Args:
            columns: role → (column, columns).
            heads: the words by role.
            over: the first role under a wider label → its words and over how many columns it stands.
        """
        if not over:
            draw_heads(self.page, self.row, columns, heads)
            self.row += 1
            return
        covered: set[int] = set()
        for role, (text, cols) in over.items():
            first = columns[role][0]
            self.page.put(self.row, first, text, "head", cols=cols)
            covered |= set(range(first, first + cols))
        for role, (col, cols) in columns.items():
            deep = 1 if col in covered else 2
            self.page.put(self.row + 2 - deep, col, heads[role], "head", rows=deep, cols=cols)
        self.row += 2

    def rows(self, columns: Columns, rows: list[Row]) -> None:
        """Rows of indicators, in sections by level 1 where they have one."""
        drawn = draw_rows(self.page, self.row, columns, rows, None)
        self.parts["indicators"] += drawn
        self.row += len(rows)
        labels = {named(row.level1): row.level1 for row in rows if row.level1}
        if not labels:
            return
        stated = {name: (label, _points(label)) for name, label in labels.items()}
        made, before = sections(drawn, stated), len(self.parts["goals"])
        for one in [*made, *drawn]:
            one["goal"] += before
        self.parts["goals"] += made

    def reading(self, kind: str) -> dict[str, Any]:
        """The expected reading of all that was drawn."""
        return form(self.page, kind, self.parts, **self.fields)
