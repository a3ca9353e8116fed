"""Plain lists of approved targets: one row an indicator, its unit and project in columns of their own.

A list becomes a Form for each unit, project and year, so that it is compared as an approved form is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from perfxl.errors import UsageError
from perfxl.forms import indicators
from perfxl.forms.approved import stacked
from perfxl.forms.claims import TableRow
from perfxl.forms.layout import fields, head, headers
from perfxl.forms.layout import unit_column as unitcolumn
from perfxl.forms.layout.header import KEYS as WHOSE
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, Field, Form, Fund, Goal, Indicator
from perfxl.forms.values.grammar import cardinal
from perfxl.forms.values.points import points, without_points
from perfxl.forms.values.text import fold, label, spelling
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.ooxml.address import Span

ANY_KIND = ""
"""A plain list does not say what kind of form its targets are of."""
KEYS = ("year", "unit", "project", "goal", "level1", "level2", "level3")
"""From the widest to the narrowest; where one changes, nothing narrower goes on from above."""
OF_TABLE = ("year", "unit", "project")
VALUES = ("target", "weight", "measure", "property", "target_initial")
NEAR = 3
"""So many rows below its header the first unit or project of a list stands."""
MOST_WORDS = 4
"""So many spellings of a missing column are told."""


@dataclass
class _Table:
    """The rows of one unit's project in one year."""

    head: dict[str, Field]
    rows: list[tuple[str, TableRow]] = field(default_factory=list)
    goals: dict[str, tuple[Field, Field]] = field(default_factory=dict)
    budget: Field = ABSENT


def forms(
    tiles: Tiles, file: str, vocabulary: Vocabulary, above: Mapping[str, Field] | None = None
) -> list[Form]:
    """The tables of a sheet, one for each unit, project and year; none if it holds no plain list.

    Args:
        tiles: the sheet.
        file: name of its file, told in errors.
        vocabulary: the words of headers.
        above: what earlier tables of the sheet state for this one as well.

    Raises:
        UsageError: a row names neither unit nor project, a target stands without an indicator, a
            weight or a budget is no number, one project has two budgets, or a column 单位 may be of
            units or of measures; says where.
    """
    found = _headers(tiles, vocabulary)
    if not found:
        return []
    said = {**(above or {}), **_head(tiles, found[0], vocabulary)}
    found = [
        unitcolumn.resolve_unit_column(tiles, header, file, vocabulary, said) for header in found
    ]
    reading = _List(tiles, file, vocabulary, said)
    current = found[0]
    for row in tiles.order:
        begun = next((header for header in found if header.top <= row <= header.bottom), None)
        if begun is not None:
            current = begun
        elif row > current.bottom:
            reading.row(row, current)
    reading.refuse_gaps()
    money = _money(found, said, vocabulary)
    return [reading.form(table, money) for table in reading.tables.values() if table.rows]


def missing(tiles: Tiles, vocabulary: Vocabulary) -> tuple[Tile, list[str], list[str]] | None:
    """What keeps a sheet from being a plain list, where one of its rows looks like the header of one.

    Returns:
        The header's first label, the columns that are missing, and spellings of the first of them.
    """
    for row in tiles.order:
        header = headers.list_header(tiles, row, vocabulary, _is_part)
        if header is None or not any(key in header.columns for key in ("unit", "project")):
            continue
        lacking = []
        if "level3" not in header.columns:
            lacking.append("level3")
        if "target" not in header.columns and "weight" not in header.columns:
            lacking.append("target")
        if lacking:
            first = min(header.labels.values(), key=lambda tile: (tile.top, tile.left))
            return first, lacking, vocabulary.plain.spellings(lacking[0])[:MOST_WORDS]
    return None


def _is_part(names: Any) -> bool:
    return len(set(names)) > 1 and bool({"level3", "level4", "target", "weight"} & set(names))


def _headers(tiles: Tiles, vocabulary: Vocabulary) -> list[Header]:
    found: list[Header] = []
    for row in tiles.order:
        if found and row <= found[-1].bottom:
            continue
        header = headers.list_header(tiles, row, vocabulary)
        if header is None:
            continue
        below = [later for later in tiles.order if later > header.bottom][:NEAR]
        keys = [name for name in WHOSE if name in header.columns]
        # A side label stands beside its rows; a column's head has values of its own below it.
        if found or any(
            _at(tiles, row, header.columns[name], row) for row in below for name in keys
        ):
            found.append(header)
    return found


def _at(tiles: Tiles, row: int, columns: tuple[int, int], top: int = 0) -> Tile | None:
    """The tile of a row in some columns, one merged from above included unless ``top`` forbids it."""
    for col in range(columns[0], columns[1] + 1):
        tile = tiles.at(row, col)
        if tile is not None and tile.left >= columns[0] and tile.top >= top:
            return tile
    return None


def _head(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> dict[str, Field]:
    """Unit, project and year as they are stated above the list."""
    found: dict[str, Field] = {}
    for row in tiles.order:
        if row < header.top:
            found = {**stacked.read_context(tiles.rows[row], tiles, vocabulary), **found}
    return found


def _money(found: list[Header], said: Mapping[str, Field], vocabulary: Vocabulary) -> Field:
    """The unit of money: of the column of budgets, else above the list."""
    heads = [header.labels["budget"] for header in found if "budget" in header.labels]
    for tile in heads:
        stated = head.money_unit(tile, vocabulary)
        if stated.value is not None:
            return stated
    return said.get("money", ABSENT)


class _List:
    """A plain list while its rows come in."""

    def __init__(
        self, tiles: Tiles, file: str, vocabulary: Vocabulary, stated: dict[str, Field]
    ) -> None:
        self.tiles = tiles
        self.file = file
        self.vocabulary = vocabulary
        self.stated = stated
        self.above: dict[str, Field] = {}
        self.tables: dict[tuple[str, ...], _Table] = {}
        self.without_unit: Tile | None = None

    def wrong(self, code: str, place: Tile | Field, **arguments: Any) -> UsageError:
        """An error about a cell of the list."""
        cell = place.cell.address if isinstance(place, Tile) else place.cell
        return UsageError(code, file=self.file, sheet=self.tiles.grid.name, cell=cell, **arguments)

    def row(self, row: int, header: Header) -> None:
        """One row: its keys go on from above where they are blank, its values are its own."""
        own = {
            name: tile
            for name, columns in header.columns.items()
            if (tile := _at(self.tiles, row, columns, row)) is not None
            and not self.vocabulary.is_blank(tile.text)
        }
        values = [own[name] for name in ("target", "weight") if name in own]
        first = self.tiles.rows[row][0]
        if self._is_sum(own, first):
            return
        if not values and stacked.is_line(self.tiles.rows[row], self.tiles, self.vocabulary):
            return
        self._keys(own)
        if "level3" not in own:
            if not values or self.vocabulary.is_note(first.text):
                return
            # A name merged over several rows is said for each of them; a blank one is missing.
            over = _at(self.tiles, row, header.columns.get("level3", (1, 0)))
            if over is None or "level3" not in self.above:
                raise self.wrong("approved-no-name", values[0], text=values[0].text)
        values_of = {name: self.above.get(name, ABSENT) for name in ("level1", "level2", "level3")}
        for name in VALUES:
            if name in own:
                values_of[name] = self._value(name, own[name])
        table = self._table(own.get("level3") or first, listed="unit" in header.columns)
        goal = self.above.get("goal", ABSENT)
        key = spelling(str(goal.value or ""))
        if key:
            table.goals.setdefault(key, (goal, self.above.get("goal_weight", ABSENT)))
        table.rows.append((key, TableRow(row, None, values_of, frozenset())))

    def _is_sum(self, own: dict[str, Tile], first: Tile) -> bool:
        """合计 where a name would stand; 甲局合计 is a sum where no target stands beside it."""
        if self.vocabulary.is_sum(first.text):
            return True
        if any(name in own and self.vocabulary.is_sum(own[name].text) for name in KEYS):
            return True
        return "target" not in own and any(
            name in own and label(own[name].text).endswith(self.vocabulary.sums) for name in KEYS
        )

    def _keys(self, own: dict[str, Tile]) -> None:
        """What the keys of a row change: a wider key ends whatever is narrower."""
        for index, name in enumerate(KEYS):
            if name not in own:
                continue
            known = self.above.get(name, ABSENT)
            value = fields.of_name(own[name])
            if spelling(str(value.value)) != spelling(str(known.value or "")):
                for narrower in KEYS[index + 1 :]:
                    self.above.pop(narrower, None)
                if name in OF_TABLE:
                    self.above.pop("budget", None)
                if not name.startswith("level"):
                    self.above.pop("goal_weight", None)
            self.above[name] = value
        for name in ("budget", "goal_weight"):
            if name in own:
                self.above[name] = self._value(name, own[name])

    def _value(self, name: str, tile: Tile) -> Field:
        """A cell in the type of its column; points written in percent are of 100."""
        if name not in ("weight", "goal_weight", "budget"):
            return fields.of_text(tile)
        value = fields.of_number(tile)
        if value.value is None:
            raise self.wrong("approved-no-number", tile, text=tile.text, field=name)
        if name != "budget" and "%" in fold(tile.text):
            value = value._replace(value=value.value * 100)
        # One number merged over several rows is for all of them together.
        return value._replace(how="shared") if name == "weight" and tile.height > 1 else value

    def refuse_gaps(self) -> None:
        """A row whose unit is blank, with none above it, belongs to nobody for certain."""
        if self.without_unit is not None and any(
            table.head["unit"].value for table in self.tables.values()
        ):
            raise self.wrong("approved-blank-unit", self.without_unit)

    def _table(self, tile: Tile, *, listed: bool) -> _Table:
        stated = {name: self.above.get(name) or self.stated.get(name, ABSENT) for name in OF_TABLE}
        if not stated["unit"].value and not stated["project"].value:
            raise self.wrong("approved-no-unit", tile)
        if listed and not stated["unit"].value and self.without_unit is None:
            self.without_unit = tile
        key = tuple(spelling(str(stated[name].value or "")) for name in OF_TABLE)
        table = self.tables.setdefault(key, _Table(stated))
        budget = self.above.get("budget", ABSENT)
        if budget.value is not None:
            if table.budget.value not in (None, budget.value):
                raise self.wrong(
                    "approved-two-budgets", budget, other=table.budget.cell,
                    text=budget.text, before=table.budget.text,
                )  # fmt: skip
            table.budget = table.budget if table.budget.row else budget
        return table

    def form(self, table: _Table, money: Field) -> Form:
        """A table as a Form: targets and weights, nothing reached and nothing scored."""
        goals: dict[str, Goal] = {}
        for key, (said, worth) in table.goals.items():
            goal = _goal(said, worth, len(goals) + 1, self.vocabulary)
            if any(goal.goal == other.goal for other in goals.values()):
                goal = goal._replace(goal=-len(goals) - 1)
            goals[key] = goal
        rows: list[Indicator] = [
            indicators.build(row, {})._replace(goal=goals[key].goal if key else None)
            for key, row in table.rows
        ]
        grid = self.tiles.grid
        year = table.head["year"]
        first, last = rows[0].row, rows[-1].row
        return Form(
            form=f"{self.file}#{grid.name}!{rows[0].level3.cell}",
            file=self.file,
            sheet=grid.name,
            sheet_index=grid.index,
            kind=ANY_KIND,
            area=Span(first, 1, last, self.tiles.right),
            unit=table.head["unit"],
            year=year._replace(value=head.year_of(year.text) if year.row else None),
            project=table.head["project"],
            money_unit=money,
            money_units=self.vocabulary.money_units,
            funds=(Fund(budget=table.budget, total=True),) if table.budget.row else (),
            goals=tuple(goals.values()),
            indicators=tuple(rows),
        )


def _goal(said: Field, worth: Field, place: int, vocabulary: Vocabulary) -> Goal:
    """A goal by its number (1, 目标1（8分）), by its name, or by both; without a number it counts down."""
    text = fold(said.text)
    match = vocabulary.goal.match(text)
    number = cardinal(match["number"] if match else text)
    if number is None:
        name = said._replace(value=without_points(str(said.value)))
    else:
        _, _, rest = text.partition(":")
        rest = without_points(rest)
        name = said._replace(value=rest) if match and rest else ABSENT
    stated = points(said.text)
    if worth.value is None and stated is not None:
        worth = said._replace(value=stated, how="label")
    return Goal(-place if number is None else number, name=name, label=said, weight=worth)
