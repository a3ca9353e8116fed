"""The Ministry's project form and its relatives: funds in rows, goal texts, sections by level 1."""

from dataclasses import dataclass, field
from typing import Any

from drawing import Content, Page, Seen, bare
from reading import Row, draw_funds, draw_heads, draw_rows, form, sections

Columns = dict[str, tuple[int, int]]


@dataclass
class Project:
    """What is written on one form, from top to bottom.

    Attributes:
        below_title: lines under the title with their look: year, unit of money.
        head: lines of (label, its columns, text, its columns, field or None) cells.
        funds_side: side label of the block of money and its columns.
        goal_texts: heads and texts, each with its columns; None where the form has no such block.
        goal_side: one label, or two where a page break has torn it.
        side: label down the indicators ("" for none); `side_cols` its columns.
        head_rows: header rows, each by role; spans of a first row by their own columns.
        breaks: after how many rows a printed page ends and the level-1 label is written again.
        stated: per section name, its label as written and the points stated there.
        total: cells of the total row: content, columns, field or None.
    """

    title: str
    year: int
    below_title: list[tuple[str, str]]
    year_line: int | None
    money: str
    money_in: str  # "side" or "line"
    head: list[list[tuple[str, int, str, int, str | None]]]
    funds_side: tuple[str, int]
    funds_columns: Columns
    funds_heads: dict[str, str]
    funds: list[tuple[str, dict[str, Content]]]
    goal_side: tuple[str, ...]
    goal_texts: list[tuple[str, int, str]]
    side: str
    side_cols: int
    columns: Columns
    heads: dict[str, str]
    rows: list[Row]
    stated: dict[str, tuple[str, float | None]]
    total: list[tuple[Content, int, str | None]] = field(default_factory=list)
    split_target: str | None = None  # words above the three target columns
    residue: list[dict[str, str]] = field(default_factory=list)  # template rows left behind
    notes: tuple[str, ...] = ()
    kind: str = "project"


def draw_form(page: Page, project: Project, wide: int, top: int = 1) -> tuple[dict[str, Any], int]:
    """Draw one form; give its expected reading and the first row below."""
    title = page.put(top, 1, project.title, "title", cols=wide)
    row = top + 1
    lines = []
    for text, look in project.below_title:
        lines.append(page.put(row, 1, text, look, cols=wide))
        row += 1
    year = title if project.year_line is None else lines[project.year_line]
    fields: dict[str, Any] = {"title": title, "year": (project.year, year.cell)}
    for cells in project.head:
        col = 1
        for label, label_cols, text, cols, name in cells:
            page.put(row, col, label, "label", cols=label_cols)
            seen = page.put(row, col + label_cols, text, cols=cols)
            if name:
                fields[name] = seen
            col += label_cols + cols
        row += 1
    side_text, side_cols = project.funds_side
    side = page.put(row, 1, side_text, "label", rows=len(project.funds) + 1, cols=side_cols)
    draw_heads(page, row, project.funds_columns, project.funds_heads)
    funds = draw_funds(page, row + 1, project.funds_columns, project.funds)
    money = side.cell if project.money_in == "side" else lines[-1].cell
    fields["money_unit"] = (project.money, money)
    row = _goal_texts(page, row + 1 + len(project.funds), project)
    indicators, unread, row = _indicators(page, row, project)
    goals = sections(indicators, project.stated)
    if project.total:
        found, row = _total(page, row, project)
        fields |= found
    for note in project.notes:
        page.put(row, 1, note, "note", cols=wide)
        row += 1
    parts = {"funds": funds, "goals": goals, "indicators": indicators, "unread": unread}
    return form(page, project.kind, parts, **fields), row


def _goal_texts(page: Page, row: int, project: Project) -> int:
    torn = len(project.goal_side) == 2
    for index, text in enumerate(project.goal_side):
        page.put(row + index, 1, text, "label", rows=1 if torn else 2)
    col = 2
    for head, cols, text in project.goal_texts:
        page.put(row, col, head, "head", cols=cols)
        page.put(row + 1, col, text, "left", cols=cols)
        col += cols
    return row + 2


def _indicators(
    page: Page, row: int, project: Project
) -> tuple[list[dict[str, Any]], list[dict[str, str]], int]:
    columns = project.columns
    deep = 2 if project.split_target else 1
    depth = deep + len(project.rows) + len(project.residue)
    if project.side:
        page.put(row, 1, project.side, "label", rows=depth, cols=project.side_cols)
    if project.split_target:
        _two_head_rows(page, row, project)
    else:
        draw_heads(page, row, columns, project.heads)
    row += deep
    indicators = draw_rows(page, row, columns, project.rows, None)
    row += len(project.rows)
    unread = []
    for texts in project.residue:
        for role, (col, cols) in columns.items():
            seen = page.put(row, col, texts.get(role), cols=cols)
            if seen.text:
                unread.append({"cell": seen.cell, "text": seen.text})
        row += 1
    return indicators, unread, row


def _two_head_rows(page: Page, row: int, project: Project) -> None:
    columns, above = project.columns, ("level1", "level2", "level3")
    first = columns["level1"][0]
    page.put(row, first, "绩效指标", "head", cols=sum(columns[role][1] for role in above))
    split = ("sign", "target", "measure")
    page.put(row, columns["sign"][0], project.split_target, "head", cols=3)
    for role, (col, cols) in columns.items():
        if role in above or role in split:
            page.put(row + 1, col, project.heads[role], "head", cols=cols)
        else:
            page.put(row, col, project.heads[role], "head", rows=2, cols=cols)


def _total(page: Page, row: int, project: Project) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    col = 1
    for content, cols, name in project.total:
        seen: Seen = page.put(row, col, content, "goal", cols=cols)
        if name == "claimed_grade":
            found[name] = (bare(str(seen.text)).rpartition("：")[2], seen.cell)
        elif name:
            found[name] = seen
        col += cols
    return found, row + 1
