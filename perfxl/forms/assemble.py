"""From a finished reading to a Form: levels filled, sections given, every cell accounted for."""

from operator import itemgetter
from typing import Any

from perfxl.forms import account, indicators, levels, nature
from perfxl.forms.claims import Subtotal, TableRow
from perfxl.forms.layout import fields, head
from perfxl.forms.layout.tiles import Tile
from perfxl.forms.model import ABSENT, PROJECT, TRANSFER, Field, Form, Goal, Indicator
from perfxl.forms.reading import Reading
from perfxl.forms.roles import How
from perfxl.forms.values.grammar import grammar
from perfxl.forms.values.points import parse_points
from perfxl.forms.values.text import normalize
from perfxl.ooxml.address import Span

SINGLE = (
    "title", "unit", "year", "department", "project", "money_unit", "basic_expenditure", "project_expenditure",
    "claimed_total", "claimed_grade", "second_total", "total_weight", "total_review", "deviation_reason",
    "improvement", "overall_goal", "overall_result", "funds_label",
)  # fmt: skip
"""Fields that a form has once."""


def form(reading: Reading) -> Form:
    """The form of a finished reading."""
    rows, goals = _rows_and_goals(reading)
    if "deviation_reason" not in reading.found and not any(row.reason.row for row in rows):
        # A column 备注 gives the reasons where the form has no other place for them.
        rows = [
            row if row.comment.how == How.TOLD else row._replace(reason=row.comment) for row in rows
        ]
    grid = reading.tiles.grid
    tiles = list(reading.tiles.between(reading.part.top, reading.part.bottom))
    area = _extent(reading.part.bottom, tiles)
    title = reading.found.get("title", ABSENT)
    labels = [label.text for label, _ in reading.others]
    kind = head.kind_of(title.text, reading.vocabulary, reading.found, labels)
    single = _single_fields(reading, kind)
    used = {field[2:4] for field in single.values()}
    # Fields that no rule needs, and those that gave way to another.
    others = [*reading.others]
    others += [(ABSENT, field) for field in reading.found.values() if field[2:4] not in used]
    used |= {value[2:4] for _, value in others}
    made = Form(
        form=f"{reading.file}#{grid.name}!{Span(area.top, area.left, area.top, area.left).a1}",
        file=reading.file,
        sheet=grid.name,
        sheet_index=grid.index,
        kind=kind,
        area=area,
        funds=tuple(reading.funds),
        goals=tuple(goals),
        indicators=tuple(rows),
        others=tuple(others),
        # A line taken for a note may turn out to be the text that a label asked for.
        notes=tuple(note for note in reading.notes if note[2:4] not in used),
        inferred=_inferred(reading),
        unshown=frozenset(reading.tiles.unshown),
        nature=nature.nature_of(title.text or grid.name, reading.headers, rows, reading.vocabulary),
        money_units=reading.vocabulary.money_units,
        **single,
    )
    return account.account(reading, made, tiles)


def _inferred(reading: Reading) -> tuple[tuple[str, Field], ...]:
    """The columns that were told by what stands in them, each once, with its label."""
    found: dict[str, Field] = {}
    for header in (*reading.headers, *reading.funds_headers):
        for name in sorted(header.inferred):
            found.setdefault(name, fields.of_text(header.labels[name], How.LABEL))
    return tuple(found.items())


def _single_fields(reading: Reading, kind: str) -> dict[str, Any]:
    """Every single field; whose form it is follows from several of them."""
    found = dict(reading.found)
    if reading.part.title is not None and kind != TRANSFER and "budget_department" not in found:
        wanted = "project" if kind == PROJECT else "unit"
        if wanted not in found:
            found[wanted] = head.name_in_title(reading.part.title, reading.vocabulary)
    names = {name: found.get(name, ABSENT) for name in SINGLE}
    if normalize(names["unit"].text) in reading.vocabulary.nobody and names["department"].value:
        names["unit"] = names["department"]
    budget = found.get("budget_department", ABSENT)
    if budget.value is not None:
        free = "unit" if names["unit"].value is None else "department"
        names[free] = names[free] if names[free].value is not None else budget
    local = found.get("local_department", ABSENT)
    for name in ("unit", "department"):
        # A place of its own that is blank is left blank, but a region's form has no other unit.
        has_room = kind == TRANSFER if name == "unit" else not names[name].row
        if names[name].value is None and has_room:
            names[name] = local if local.value else names[name]
    return names


def _rows_and_goals(reading: Reading) -> tuple[list[Indicator], list[Goal]]:
    """The rows with their levels filled, goals or sections given, weights shared."""
    by_goal: dict[int | None, list[TableRow]] = {}
    for row in reading.table:
        by_goal.setdefault(row.goal, []).append(row)
    for block in by_goal.values():
        levels.fill(block, reading.vocabulary)
        levels.spread_merged(block, reading.vocabulary)
    goals = reading.goals or _sections(reading)
    labels: dict[str, Tile] = {}
    for header in reading.headers:
        labels |= header.labels
    rows = [indicators.build(row, labels) for row in reading.table]
    return indicators.share_weights(rows, reading.table), goals


def _sections(reading: Reading) -> list[Goal]:
    """Where a form has no goals, each level-1 block is a section of it; its rows are numbered, in place."""
    sections: list[Goal] = []
    for row in reading.table:
        level1 = row.fields.get("level1", ABSENT)
        if not level1.value:
            continue
        name = indicators.bare(level1)
        if not sections or sections[-1].name.value != name.value:
            sections.append(_section(len(sections) + 1, name, level1, row))
        row.goal = sections[-1].goal
    return _with_subtotals(reading, sections)


def _section(number: int, name: Field, level1: Field, row: TableRow) -> Goal:
    worth = parse_points(str(level1.value))
    weight = row.fields.get("weight_level1", ABSENT)
    if worth is not None and weight.value is None:
        weight = Field(worth, level1.text, level1.row, level1.col, How.LABEL)
    label = level1._replace(value=fields.tidy(level1.text))
    return Goal(number, name=name, label=label, weight=weight, section=True)


def _with_subtotals(reading: Reading, sections: list[Goal]) -> list[Goal]:
    """Each section with the subtotal below its last row; of several in a section, each is of a part."""
    last = {row.goal: row.row for row in reading.table if row.goal is not None}
    of_section: dict[int, list[Subtotal]] = {}
    for subtotal in reading.subtotals:
        above = [
            row.goal for row in reading.table if row.row < subtotal.row and row.goal is not None
        ]
        if above:
            of_section.setdefault(above[-1], []).append(subtotal)
    given = list(sections)
    for goal, found in of_section.items():
        section, subtotal = sections[goal - 1], found[0]
        called = reading.vocabulary.sums_found.named(subtotal.label)
        endings = grammar().level_endings
        own = not called or str(section.name.value).startswith(
            next((called.removesuffix(end) for end in endings if called.endswith(end)), called)
        )
        if own and len(found) == 1 and subtotal.row > last[goal] and not section.score.row:
            weight = subtotal.weight if section.weight.value is None else section.weight
            given[goal - 1] = section._replace(score=subtotal.score, weight=weight)
    return given


def _extent(last: int, tiles: list[Tile]) -> Span:
    """The rectangle of a form's tiles, as far as its last row."""
    lefts, bottoms, rights = (map(itemgetter(at), tiles) for at in (1, 2, 3))
    return Span(tiles[0].top, min(lefts), min(last, max(bottoms)), max(rights))
