"""Approved targets as Forms: from target forms (绩效目标申报表, 批复表), from plain lists, from filled forms.

What was approved has the shape of what is submitted, so one model serves both; here stands what only
approved tables have: several periods side by side, an amount beside its label, and mistakes that
would make every comparison with them wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from perfxl.errors import NoForm, UsageError
from perfxl.forms import read
from perfxl.forms.approved import ditto, stacked
from perfxl.forms.approved import lists as plain
from perfxl.forms.layout import fields
from perfxl.forms.layout.header import Header
from perfxl.forms.layout.headers import indicator_headers
from perfxl.forms.layout.tiles import Tile, Tiles
from perfxl.forms.model import ABSENT, Field, Form, Fund, Indicator
from perfxl.forms.values.text import match_key, normalize, normalize_label
from perfxl.forms.words.vocabulary import Vocabulary
from perfxl.grid.model import Grid

ABOVE = 4
"""So many rows above a header the period of its columns may stand."""


def tables(grids: Iterable[Grid], file: str, vocabulary: Vocabulary) -> list[Form]:
    """Every table of approved targets in a file's sheets.

    Args:
        grids: the sheets.
        file: the file's name, told in errors and findings.
        vocabulary: the words of labels.

    Raises:
        UsageError: no sheet holds such a table, or one cannot be compared with: no unit, an
            indicator twice, a weight that is no number; says sheet and cell.
    """
    found: list[Form] = []
    lacking: list[UsageError] = []
    for grid, above in _pieces(grids, file, vocabulary):
        tiles = Tiles(grid)
        listed = plain.forms(tiles, file, vocabulary, above)
        if listed:
            for form in listed:
                _refuse_repeats(form, listed=True)
            _refuse_empty(listed)
            found += listed
            continue
        try:
            read_forms = _target_forms(grid, file, vocabulary, above)
        except NoForm:
            part = plain.missing(tiles, vocabulary)
            if part is not None:
                lacking.append(_no_column(file, grid.name, *part))
            continue
        _refuse_empty(read_forms)
        found += read_forms
    if lacking:
        raise lacking[0]
    if not found:
        names = ("unit", "level3", "target", "weight")
        words = [vocabulary.plain.spellings(name)[0] for name in names]
        raise UsageError("approved-no-table", file=file, words=words)
    return found


def _pieces(grids: Iterable[Grid], file: str, vocabulary: Vocabulary) -> Iterator[stacked.Piece]:
    """The sheets with their ditto marks replaced, cut where a line names another unit."""
    for grid in grids:
        if grid.cells:
            yield from stacked.split_tables(
                ditto.expand_ditto_marks(grid, file, vocabulary), file, vocabulary
            )


def _no_column(
    file: str, sheet: str, first: Tile, columns: list[str], words: list[str]
) -> UsageError:
    """The error that names the columns which a table lacks."""
    return UsageError(
        "approved-no-column", file=file, sheet=sheet, cell=first.cell.address, missing=columns, words=words
    )  # fmt: skip


def _target_forms(
    grid: Grid, file: str, vocabulary: Vocabulary, above: Mapping[str, Field]
) -> list[Form]:
    """The target forms of a sheet, with this year's targets only."""
    grid = _of_this_year(grid, file, vocabulary)
    tiles = Tiles(grid)
    found = []
    for read_form in read.forms([grid], file, vocabulary):
        form = _told(read_form, above, vocabulary)
        if not form.unit.value and not form.project.value:
            raise UsageError(
                "approved-no-unit", file=file, sheet=form.sheet,
                cell=form.form.rpartition("!")[2],
            )  # fmt: skip
        for row in form.indicators:
            _refuse_words(row.weight, form, vocabulary)
        funds = form.funds
        if not any(fund.total and _amount(fund) for fund in funds):
            funds = _beside_label(tiles, form, vocabulary)
        # What no comparison needs is not carried to every worker.
        light = replace(form, funds=funds, roles={}, notes=(), unread=(), others=())
        annual = _without_long_term(light, vocabulary)
        _refuse_repeats(annual, listed=False)
        found.append(annual)
    return found


def _told(form: Form, above: Mapping[str, Field], vocabulary: Vocabulary) -> Form:
    """A form with what earlier tables of its sheet state for it too, and without rows of sums."""
    return replace(
        form,
        unit=form.unit if form.unit.value else above.get("unit", form.unit),
        project=form.project if form.project.value else above.get("project", form.project),
        year=form.year if form.year.value else above.get("year", form.year),
        money_unit=form.money_unit
        if form.money_unit.value
        else above.get("money", form.money_unit),
        indicators=tuple(row for row in form.indicators if not vocabulary.is_sum(row.name)),
    )


def _amount(fund: Fund) -> bool:
    return fund.budget.value is not None or fund.initial.value is not None


def _beside_label(tiles: Tiles, form: Form, vocabulary: Vocabulary) -> tuple[Fund, ...]:
    """The amount beside its label (年度资金总额：| 200), for target forms have no table of funds."""
    for tile in tiles.between(form.area.top, form.area.bottom):
        if vocabulary.funds.exact(tile.text) == "invested":
            continue
        if vocabulary.fund_rows.exact(tile.text) != "total" and not _names_total(tile, vocabulary):
            continue
        right = tiles.right_of(tile)
        if right is not None and right.top == tile.top:
            amount = fields.of_number(right, "label")
            if amount.value is not None:
                return (Fund(name=fields.of_name(tile, "label"), budget=amount, total=True),)
    return form.funds


def _names_total(tile: Tile, vocabulary: Vocabulary) -> bool:
    return vocabulary.plain.exact(tile.text) == "budget"


def _without_long_term(form: Form, vocabulary: Vocabulary) -> Form:
    """Goals for several years stand beside the annual ones, and are not what a year is judged by."""
    long = {
        goal.goal
        for goal in form.goals
        if not goal.section and normalize_label(goal.label.text).startswith(vocabulary.long_term)
    }
    if not long or len(long) == len(form.goals):
        return form
    goals = []
    number_of: dict[int | None, int] = {}
    for goal in form.goals:
        if goal.goal in long:
            continue
        match = vocabulary.goal.match(normalize(goal.label.text))
        said = int(match["number"]) if match and match["number"].isdigit() else 0
        number_of[goal.goal] = said or len(number_of) + 1
        goals.append(goal._replace(goal=number_of[goal.goal]))
    rows = tuple(
        row._replace(goal=number_of.get(row.goal))
        for row in form.indicators
        if row.goal not in long
    )
    return replace(form, goals=tuple(goals), indicators=rows)


# ---------------------------------------------------------------- several periods side by side
def _of_this_year(grid: Grid, file: str, vocabulary: Vocabulary) -> Grid:
    """The sheet without columns of other periods: 中期目标 beside 年度目标, 前年 beside 当年."""
    tiles = Tiles(grid)
    tables = indicator_headers(tiles, vocabulary)
    left_out: set[tuple[int, int]] = set()
    for top, header in tables.items():
        end = min((later for later in tables if later > header.bottom), default=tiles.order[-1] + 1)
        columns = [(top, col) for col in _other_half(tiles, header, file, vocabulary)]
        columns += _other_years(tiles, header, vocabulary)
        left_out |= {(row, col) for first, col in columns for row in range(first, end)}
    if not left_out:
        return grid
    return replace(
        grid,
        cells={place: cell for place, cell in grid.cells.items() if place not in left_out},
        spans=tuple(area for area in grid.spans if (area.top, area.left) not in left_out),
    )


def _other_half(tiles: Tiles, header: Header, file: str, vocabulary: Vocabulary) -> set[int]:
    """A header that names the indicators twice has two tables side by side; one is of this year."""
    named: dict[str, list[Tile]] = defaultdict(list)
    for tile in tiles.rows[header.top]:
        field = vocabulary.columns.match(tile.text)
        if field is not None:
            named[field].append(tile)
    if len(named.get("level3", ())) < 2 and len(named.get("level4", ())) < 2:
        return set()
    twice = [found for found in named.values() if len(found) > 1]
    first = min(found[0].left for found in twice)
    second = min(found[1].left for found in twice)
    last = max(found[1].right for found in twice)
    halves = [set(range(first, second)), set(range(second, last + 1))]
    other = [_of_other_period(tiles, header.top, half, vocabulary) for half in halves]
    if other[0] == other[1]:
        cell = twice[0][1].cell.address
        raise UsageError("approved-two-periods", file=file, sheet=tiles.grid.name, cell=cell)
    return halves[other.index(max(other))]


def _of_other_period(tiles: Tiles, top: int, columns: set[int], vocabulary: Vocabulary) -> int:
    """How many of some columns stand under a label of another period."""
    labels = [
        tile for tile in tiles.between(top - ABOVE, top) if _names_other_period(tile, vocabulary)
    ]
    nearest = labels[-1] if labels else None
    return 0 if nearest is None else len(columns & set(range(nearest.left, nearest.right + 1)))


def _names_other_period(tile: Tile, vocabulary: Vocabulary) -> bool:
    return any(word in normalize_label(tile.text) for word in vocabulary.other_periods)


def _other_years(tiles: Tiles, header: Header, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Labels in a header's lower rows that say of which other year their column is: (row, column)."""
    found = [
        (tile.top, col)
        for tile in tiles.between(header.top, header.bottom + 1)
        if tile.left > header.left and _names_other_period(tile, vocabulary)
        for col in range(tile.left, tile.right + 1)
    ]
    left, right = header.columns.get("target", (0, -1))
    return [] if set(range(left, right + 1)) <= {col for _, col in found} else found


# ---------------------------------------------------------------- what cannot be compared with
def _refuse_words(place: Field, form: Form, vocabulary: Vocabulary) -> None:
    if place.value is None and place.text and not vocabulary.is_blank(place.text):
        raise UsageError(
            "approved-no-number", file=form.file, sheet=form.sheet, cell=place.cell,
            text=place.text, field="weight",
        )  # fmt: skip


def _refuse_repeats(form: Form, *, listed: bool) -> None:
    """An indicator listed twice leaves open which of the two was approved.

    A form may print the same row twice; that is harmless as long as both say the same. It may also
    set two targets under one name, by which they are told apart.
    """
    rows: dict[tuple[object, ...], list[Indicator]] = defaultdict(list)
    for row in form.indicators:
        levels = (match_key(str(level.value or "")) for level in (row.level1, row.level2))
        rows[row.goal, *levels, match_key(row.name)].append(row)
    for found in rows.values():
        said = {(match_key(row.target.text), row.weight.value) for row in found}
        targets = {target for target, _ in said}
        if len(found) > 1 and (listed or len(said) > len(targets)):
            places = [_named(row).cell or "" for row in found]
            raise UsageError(
                "approved-twice", file=form.file, sheet=form.sheet, cells=places,
                name=found[0].name, unit=form.name,
            )  # fmt: skip


def _refuse_empty(tables: list[Form]) -> None:
    """A table without one target and one weight approves nothing; nobody is told so by silence."""
    rows = [row for table in tables for row in table.indicators]
    if rows and not any(row.target.text or row.weight.text for row in rows):
        raise UsageError(
            "approved-no-values", file=tables[0].file, sheet=tables[0].sheet,
            cell=_named(rows[0]).cell,
        )  # fmt: skip


def _named(row: Indicator) -> Field:
    return next((f for f in (row.level3, row.level2, row.level1) if f.row), ABSENT)
