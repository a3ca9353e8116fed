"""From a finished reading to a Form: levels filled, sections given, every cell accounted for."""

from typing import Any

from perfxl.forms import fields, head, indicators, locate, nature
from perfxl.forms.model import ABSENT, PROJECT, TRANSFER, Field, Form, Goal, Indicator, Unread
from perfxl.forms.reading import Reading
from perfxl.forms.text import fold, points
from perfxl.forms.tiles import Tile
from perfxl.ooxml.address import Span


def form(reading: Reading) -> Form:
    """The form of a finished reading."""
    rows = filled(reading)
    _take_decoration(reading)
    if "deviation_reason" not in reading.found and not any(row.reason.row for row in rows):
        # A column 备注 gives the reasons where the form has no other place for them.
        rows = [
            row if row.comment.how == "told" else row._replace(reason=row.comment) for row in rows
        ]
    found = reading.found
    title = found.get("title", ABSENT)
    kind = head.kind_of(title.text, reading.vocabulary, found)
    if reading.part.title is not None:
        wanted = "project" if kind == PROJECT else "unit"
        if wanted not in found and kind != TRANSFER and "budget_department" not in found:
            named = head.name_in_title(reading.part.title, reading.vocabulary)
            if named.value:
                found[wanted] = named
    grade = found.get("claimed_grade", ABSENT)
    names = {
        name: found.get(name, ABSENT)
        for name in (
            "title", "unit", "year", "department", "project", "money_unit", "basic_expenditure",
            "project_expenditure", "claimed_total", "second_total", "total_weight", "total_review",
            "deviation_reason", "improvement", "overall_goal", "overall_result", "funds_label",
        )
    }  # fmt: skip
    budget = found.get("budget_department", ABSENT)
    if fold(names["unit"].text) in reading.vocabulary.nobody and names["department"].value:
        names["unit"] = names["department"]
    if budget.value is not None:
        free = "unit" if names["unit"].value is None else "department"
        names[free] = names[free] if names[free].value is not None else budget
    local = found.get("local_department", ABSENT)
    for name in ("unit", "department"):
        # A place of its own that is blank is left blank, but a region's form has no other unit.
        has_room = kind == TRANSFER if name == "unit" else not names[name].row
        if names[name].value is None and has_room:
            names[name] = local if local.value else names[name]
    grid = reading.tiles.grid
    area = extent(reading)
    said = {field[2:4] for field in (*found.values(), *(value for _, value in reading.others))}
    return Form(
        form=f"{reading.file}#{grid.name}!{Span(area.top, area.left, area.top, area.left).a1}",
        file=reading.file,
        sheet=grid.name,
        sheet_index=grid.index,
        kind=kind,
        area=area,
        claimed_grade=grade,
        funds=tuple(reading.funds),
        goals=tuple(reading.goals),
        indicators=tuple(rows),
        others=tuple(reading.others),
        # A line taken for a note may turn out to be the text that a label asked for.
        notes=tuple(note for note in reading.notes if note[2:4] not in said),
        unread=unread(reading),
        taken=tuple((row, col, name) for (row, col), name in reading.taken.items()),
        unshown=frozenset(reading.tiles.unshown),
        nature=nature.nature_of(title.text or grid.name, reading.headers, rows, reading.vocabulary),
        money_units=reading.vocabulary.money_units,
        **names,
    )


def filled(reading: Reading) -> list[Indicator]:
    """The rows with their levels filled, goals or sections given, weights shared."""
    blocks: dict[int | None, list[indicators.Row]] = {}
    for goal, raw in reading.raws:
        blocks.setdefault(goal, []).append(raw)
    for block in blocks.values():
        indicators.fill_levels(block, reading.vocabulary)
        indicators.spread_merged(block)
    if reading.goals:
        numbered = [(goal, raw) for goal, raw in reading.raws]
    else:
        numbered = sections(reading, [raw for _, raw in reading.raws])
    rows = [indicators.build(raw, goal) for goal, raw in numbered]
    return indicators.share_weights(rows, [raw for _, raw in numbered])


def sections(
    reading: Reading, raws: list[indicators.Row]
) -> list[tuple[int | None, indicators.Row]]:
    """Where a form has no goals, each level-1 block is a section of it."""
    numbered: list[tuple[int | None, indicators.Row]] = []
    current: Any = None
    for raw in raws:
        level1: Field = raw.get("level1", ABSENT)
        if not level1.value:
            numbered.append((None, raw))
            continue
        name = indicators.bare(level1)
        if name.value != current:
            current = name.value
            worth = points(str(level1.value))
            weight = raw.get("weight_level1", ABSENT)
            if worth is not None and weight.value is None:
                weight = Field(worth, level1.text, level1.row, level1.col, "label")
            reading.goals.append(
                Goal(
                    len(reading.goals) + 1,
                    name=name,
                    label=level1._replace(value=fields.tidy(level1.text)),
                    weight=weight,
                    section=True,
                )
            )
        numbered.append((reading.goals[-1].goal, raw))
    _subtotals(reading, numbered)
    return numbered


def _subtotals(reading: Reading, numbered: list[tuple[int | None, indicators.Row]]) -> None:
    """Give each section the subtotal below its last row; of several in a section, each is of a part."""
    last = {goal: raw["row"] for goal, raw in numbered if goal is not None}
    of_section: dict[int, list[tuple[int, str, Field, Field]]] = {}
    for subtotal in reading.subtotals:
        above = [goal for goal, raw in numbered if raw["row"] < subtotal[0] and goal is not None]
        if above:
            of_section.setdefault(above[-1], []).append(subtotal)
    for goal, found in of_section.items():
        row, called, score, weight = found[0]
        section = reading.goals[goal - 1]
        named = called.removesuffix("合计").removesuffix("小计").removesuffix("得分")
        own = not named or str(section.name.value).startswith(named.removesuffix("指标"))
        if own and len(found) == 1 and row > last[goal] and not section.score.row:
            weight = weight if section.weight.value is None else section.weight
            reading.goals[goal - 1] = section._replace(score=score, weight=weight)


def extent(reading: Reading) -> Span:
    """The rectangle of the form's tiles."""
    tiles = list(reading.tiles.between(reading.part.top, reading.part.bottom))
    return Span(
        min(tile.top for tile in tiles),
        min(tile.left for tile in tiles),
        max(min(tile.bottom, reading.part.bottom) for tile in tiles),
        max(tile.right for tile in tiles),
    )


def unread(reading: Reading) -> tuple[Unread, ...]:
    """Every cell that no field took, hidden ones too."""
    unread = [
        Unread(
            tile.top,
            tile.left,
            tile.text,
            "residue" if (tile.top, tile.left) in reading.residue else "unknown",
        )
        for tile in reading.tiles.between(reading.part.top, reading.part.bottom)
        if not reading.is_taken(tile)
    ]
    unread += [
        Unread(cell.row, cell.col, cell.text.strip(), "covered")
        for cell in reading.tiles.covered
        if reading.part.top <= cell.row <= reading.part.bottom
    ]
    return tuple(sorted(unread))


def _take_decoration(reading: Reading) -> None:
    """Annex and document numbers, lines in brackets above the form, and strokes carry nothing."""
    first = reading.headers[0].top if reading.headers else reading.part.bottom
    for tile in reading.tiles.between(reading.part.top, reading.part.bottom):
        if reading.is_taken(tile):
            continue
        beside = reading.tiles.at(tile.top, tile.left - 1)
        if reading.vocabulary.is_blank(tile.text):
            reading.take(tile, "blank")
        elif beside is not None and beside.text == tile.text and _is_level(reading, beside):
            reading.take(tile, reading.taken[beside.top, beside.left])
        elif locate.is_annex(tile.text) or (
            tile.top < first and locate.is_subtitle(tile, reading.tiles)
        ):
            reading.take(tile, "title")


def _is_level(reading: Reading, tile: Tile) -> bool:
    """A name that an unrolled merge repeats sideways says nothing new."""
    return reading.taken.get((tile.top, tile.left)) in indicators.LEVELS
