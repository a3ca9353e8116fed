"""A Grid as Forms: rows are read from top to bottom, each by the words that stand in it.

What a cell is follows from the labels near it, never from its address. Every cell is either taken
by a field or listed as unread.
"""

import re
from collections.abc import Iterable
from typing import Any

from perfxl.errors import NoForm
from perfxl.forms import fields, funds, head, headers, indicators, locate, nearest
from perfxl.forms.headers import Header
from perfxl.forms.model import ABSENT, PROJECT, TRANSFER, Field, Form, Fund, Goal, Indicator, Remark, Unread
from perfxl.forms.text import fold, label, points
from perfxl.forms.tiles import Tile, Tiles
from perfxl.forms.vocabulary import Vocabulary
from perfxl.grid.model import Grid
from perfxl.ooxml.address import Span

_LATER_GOAL = re.compile(r"目标[0-9一二三四五六七八九十]{1,2}")
_NUMBERED = re.compile(r"^[(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[).、.]")
SHORTEST_NOTE = 20
LONGEST_GRADE = 6
MOST_IN_GOAL_ROW = 4
"""A goal's row holds its label and its scores; a row of the table holds more."""
NEAR = 4
"""How many rows below a goal's label its table may begin."""


def forms(grids: Iterable[Grid], file: str, vocabulary: Vocabulary) -> list[Form]:
    """Every self-evaluation form in a file's sheets.

    Raises:
        NoForm: no sheet holds a table of indicators; says which sheets were looked at.
    """
    found: list[Form] = []
    seen: list[str] = []
    looked_at: list[Tiles] = []
    for grid in grids:
        if not grid.cells:
            continue
        seen.append(grid.name)
        tiles = Tiles(grid)
        looked_at.append(tiles)
        found += [
            Reader(tiles, part, file, vocabulary).form()
            for part in locate.parts(tiles, vocabulary)
            if part.table
        ]
    if not found:
        raise NoForm("no-form", sheets=seen, **nearest.nearest(looked_at, vocabulary))
    return found


class Reader:
    """Reads one form; keeps which tile became which field."""

    def __init__(self, tiles: Tiles, part: locate.Part, file: str, vocabulary: Vocabulary) -> None:
        self.tiles = tiles
        self.part = part
        self.file = file
        self.vocabulary = vocabulary
        self.rows = [row for row in tiles.order if part.top <= row <= part.bottom]
        self.taken: dict[tuple[int, int], str] = {}
        self.found: dict[str, Field] = {}
        self.others: list[tuple[Field, Field]] = []
        self.notes: list[Field] = []
        self.funds: list[Fund] = []
        self.goals: list[Goal] = []
        self.raws: list[tuple[int | None, indicators.Row]] = []
        self.remarks: list[Remark] = []
        self.headers: list[Header] = []
        self.subtotals: list[tuple[int, Field]] = []
        self.in_header: dict[int, Header] = {}
        self.residue: set[tuple[int, int]] = set()

    def take(self, tile: Tile, field: str) -> None:
        """Note a tile as understood."""
        self.taken.setdefault((tile.top, tile.left), field)

    def is_taken(self, tile: Tile) -> bool:
        """Whether a field took the tile."""
        return (tile.top, tile.left) in self.taken

    # ------------------------------------------------------------ the way through the rows
    def form(self) -> Form:
        """Read the part of the sheet as one form."""
        self._find_headers()
        self._read_title()
        header: Header | None = None
        goal: int | None = None
        table = False
        skip = 0
        for row in self.rows:
            if row in self.in_header:
                header, table = self.in_header[row], True
                self._take_header(header, row)
                continue
            if row <= skip:
                continue
            fund_header = None if table else headers.funds(self.tiles, row, self.vocabulary)
            if fund_header is not None and not self.funds:
                skip = self._read_funds(fund_header)
                continue
            if not table and not self.funds and self._funds_in_text(row):
                continue
            if not table and not self.funds:
                self.funds, skip = funds.transposed(self.tiles, row, self.vocabulary, self.take)
                if self.funds:
                    continue
            number = self._goal_label(row)
            if number is not None:
                goal, table = number, header is not None
                continue
            if (table or self.raws or self.headers) and self._total(row, header):
                table = table and header is not None and self._resumes(row, header)
                continue
            if table and header is not None and self._row(row, header, goal):
                continue
            if self._line(row) and table and not self._table_goes_on(row, header):
                table = False
        return self._assembled()

    def _find_headers(self) -> None:
        last = 0
        for row in self.rows:
            if row <= last:
                continue
            header = headers.indicators(self.tiles, row, self.vocabulary)
            if header is not None:
                self.headers.append(header)
                last = header.bottom
                for inside in range(header.top, header.bottom + 1):
                    self.in_header[inside] = header

    def _take_header(self, header: Header, row: int) -> None:
        for tile in self.tiles.rows[row]:
            if tile in header.strange:
                if tile.left < header.left:
                    self.take(tile, "side label")
                elif label(tile.text) in self.vocabulary.structure or self._over_columns(tile, header):
                    self.take(tile, "header")
                continue
            if tile.left < header.left and tile.height > 1:
                self.take(tile, "side label")
            else:
                self.take(tile, "header")
        if header.top == row:
            for col in range(1, header.left):
                side = self.tiles.at(row, col)
                if side is not None:
                    self.take(side, "side label")

    def _over_columns(self, tile: Tile, header: Header) -> bool:
        """Whether a label stands over others of its header: 年度指标值 over 指标值 | 度量单位."""
        return any(
            other.top > tile.bottom and tile.left <= other.left <= tile.right
            for other in header.labels.values()
        )

    def _read_title(self) -> None:
        title = self.part.title
        if title is not None:
            self.take(title, "title")
            self.found["title"] = fields.of_text(title, "title")
            year = head.year_of(title.text)
            if year is not None:
                self.found["year"] = Field(year, title.text, title.top, title.left, "title")
        for tile in self.part.titles:
            self.take(tile, "title")
        first = self.headers[0].top if self.headers else self.part.bottom
        lone = head.lone_year(self.tiles, self.part.top, first)
        if lone is not None:
            tile, year = lone
            self.take(tile, "year")
            self.found.setdefault("year", Field(year, tile.text, tile.top, tile.left, "label"))
        for tile in self.tiles.between(self.part.top, self.part.bottom):
            stated = head.money_unit(tile)
            if stated.value is not None:
                self.found["money_unit"] = stated
                if label(tile.text) in ("", "单位", "金额单位") or fold(tile.text).startswith(("单位:", "金额单位")):
                    self.take(tile, "money_unit")
                break

    # ------------------------------------------------------------ blocks
    def _read_funds(self, header: Header) -> int:
        for row in range(header.top, header.bottom + 1):
            for tile in self.tiles.rows.get(row, ()):
                known = label(tile.text) in self.vocabulary.structure or self._over_columns(tile, header)
                if tile not in header.strange or known:
                    self.take(tile, "funds header")
        self.funds, side = funds.read(
            self.tiles, header, self.part.bottom, self.vocabulary, self._begins_another, self.take
        )
        self._inline_expenditures()
        if side is not None:
            self.found["funds_label"] = fields.of_text(side, "span")
        rows = [fund.name.row or fund.budget.row for fund in self.funds]
        return max(rows, default=header.bottom)

    def _funds_in_text(self, row: int) -> bool:
        """预算数：500万元；执行数：480万元 in one cell."""
        for tile in self.tiles.rows[row]:
            fund = funds.in_text(tile, self.vocabulary)
            if fund is not None:
                self.take(tile, "funds")
                self.funds = [fund]
                for other in self.tiles.rows[row]:
                    if other.right < tile.left:
                        self.take(other, "structure")
                return True
        return False

    def _inline_expenditures(self) -> None:
        """其中：基本支出：1250.3 in a label cell of the funds states the unit's basic expenditure."""
        for fund in self.funds:
            if fund.budget.how != "behind":
                continue
            name = self.vocabulary.fields.exact(str(fund.name.value).rpartition(":")[2].rpartition("：")[2])
            if name in ("basic_expenditure", "project_expenditure"):
                self.found.setdefault(name, fund.budget)

    def _begins_another(self, row: int) -> bool:
        """Whether a row starts a block of its own and so ends the table of funds."""
        if row in self.in_header or row not in self.tiles.rows:
            return row in self.in_header
        first = self.tiles.rows[row][0]
        if self._goal_number(first) is not None or self.vocabulary.is_note(first.text):
            return True
        name = self.vocabulary.fields.exact(first.text)
        return name is not None and name not in ("basic_expenditure", "project_expenditure")

    def _goal_number(self, tile: Tile) -> int | None:
        match = self.vocabulary.goal.match(fold(tile.text))
        if match is None:
            return None
        text = match["number"]
        if text.isdigit():
            return int(text)
        digits = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
        if text == "十":
            return 10
        tens, _, ones = text.partition("十")
        if "十" in text:
            return digits.get(tens, 1) * 10 + digits.get(ones, 0)
        return digits.get(text)

    def _goal_label(self, row: int) -> int | None:
        """A goal's own row: its label, its points, and the score claimed for it."""
        for tile in self.tiles.rows[row][:2]:
            number = self._goal_number(tile)
            if number is None:
                continue
            following = next((h for h in self.headers if h.top > row), None)
            near = following is not None and following.top - tile.bottom <= NEAR
            worth = points(tile.text)
            if worth is None and not (near and self._heads_block(tile, row, following)):
                return None
            if len(self.tiles.rows[row]) > MOST_IN_GOAL_ROW:
                return None
            known = {goal.goal for goal in self.goals}
            if number in known:
                number = max(known) + 1
            self.take(tile, "goal")
            weight = ABSENT if worth is None else Field(worth, tile.text, tile.top, tile.left, "label")
            header = following if near else (self.headers[0] if self.headers else None)
            self.goals.append(
                Goal(
                    number,
                    label=fields.of_text(tile, "label")._replace(value=fields.tidy(tile.text)),
                    name=self._goal_name(tile, header if near else None),
                    weight=weight,
                    score=self._at_column(row, header, "score", tile),
                    review=self._at_column(row, header, "review", tile, required=False),
                )
            )
            return number
        return None

    def _heads_block(self, tile: Tile, row: int, header: Header | None) -> bool:
        """Without points, a goal's label is told from prose by its place: it heads its table."""
        line = self.tiles.rows[row]
        return (
            header is not None
            and line[0] is tile
            and tile.left <= header.left
            and len(line) <= 2
            and len(self.vocabulary.goal.findall(fold(tile.text))) == 1
            and len(_LATER_GOAL.findall(fold(tile.text))) == 1
        )

    def _goal_name(self, tile: Tile, header: Header | None) -> Field:
        """A goal's project: the side label of its block, else the words behind the label."""
        if header is not None:
            for col in range(1, header.left):
                side = self.tiles.at(header.top, col)
                if side is None:
                    continue
                compact = "".join(side.text.split())
                name = self.vocabulary.side_label.sub("", compact)
                if name and label(compact) not in self.vocabulary.structure:
                    return Field(name, side.text, side.top, side.left, "span")
        text = "".join(tile.text.split())
        _, colon, rest = text.replace("：", ":").partition(":")
        rest = indicators._without_points(rest) if colon else ""  # noqa: SLF001
        return Field(rest, tile.text, tile.top, tile.left, "label") if rest else ABSENT

    def _at_column(
        self, row: int, header: Header | None, name: str, label_tile: Tile, *, required: bool = True
    ) -> Field:
        """The number of a summary row (a goal's score, the total) in a column of the table."""
        line = [tile for tile in self.tiles.rows[row] if tile.left > label_tile.right]
        if header is not None and name in header.columns:
            left, right = header.columns[name]
            for col in range(left, right + 1):
                tile = self.tiles.at(row, col)
                own = tile is not None and (name == "score" or tile.left >= left)
                if tile is not None and head.is_grade(tile.text, self.vocabulary):
                    continue
                if own and tile is not None and tile is not label_tile and tile.top == row:
                    self.take(tile, name)
                    return fields.of_number(tile)
            if label_tile.right < left:
                others = [t for t in line if not self.is_taken(t)]
                numeric = [t for t in others if fields.of_number(t).value is not None]
                if name == "score" and len(numeric) == 1 and fields.of_number(numeric[0]).value != 100:
                    self.take(numeric[0], name)
                    return fields.of_number(numeric[0])
                return fields.empty(self.tiles, row, left)
        if not required:
            return ABSENT
        for tile in reversed(line):
            field = fields.of_number(tile)
            if field.value is not None:
                self.take(tile, name)
                return field
        if label_tile.right < self.tiles.right:
            return fields.empty(self.tiles, row, label_tile.right + 1)
        return ABSENT

    def _total(self, row: int, header: Header | None) -> bool:
        """The row of the total: its weight, its score, and the grade beside it."""
        line = self.tiles.rows[row]
        tile = next(
            (tile for tile in line[:2] if label(tile.text) in self.vocabulary.totals), None
        )
        header = header or (self.headers[-1] if self.headers else None)
        if tile is None or header is None or row < header.top:
            return False
        if tile.left > header.left + 1 and line[0] is not tile:
            return False
        self.take(tile, "total")
        if "claimed_total" in self.found and self.found["claimed_total"].value is not None:
            self.found["second_total"] = self._at_column(row, header, "score", tile)
        else:
            score = self._at_column(row, header, "score", tile)
            self.found["claimed_total"] = score if score.text else self._shifted_total(line, tile, score)
        self.found["total_review"] = self._at_column(row, header, "review", tile, required=False)
        if any(name.startswith("weight_") for name in header.columns):
            for other in line:
                if other is not tile and not self.is_taken(other) and fields.of_number(other).value == 100:
                    self.take(other, "total_weight")
                    self.found["total_weight"] = fields.of_number(other)
        if "weight" in header.columns and "total_weight" not in self.found:
            self.found["total_weight"] = self._at_column(row, header, "weight", tile, required=False)
        for other in line:
            if self.is_taken(other):
                continue
            if head.is_grade(other.text, self.vocabulary):
                self.take(other, "claimed_grade")
                self.found.setdefault("claimed_grade", fields.of_text(other))
            elif self.vocabulary.is_blank(other.text):
                self.take(other, "blank")
            elif other.left > tile.right and "total_weight" not in self.found:
                worth = fields.of_number(other)
                if worth.value == 100:
                    self.take(other, "total_weight")
                    self.found["total_weight"] = worth
        self._pairs(row)
        return True

    def _resumes(self, row: int, header: Header) -> bool:
        """Whether the table goes on below its total: some forms have the total on top."""
        below = next((other for other in self.rows if other > row), None)
        if below is None or self._is_other(self.tiles.rows[below][0], header):
            return False
        begun = {
            name
            for name, (left, right) in header.columns.items()
            for tile in self.tiles.rows[below]
            if left <= tile.left <= right
        }
        return "level3" in begun and bool(begun & {"target", "actual", "score"})

    def _shifted_total(self, line: list[Tile], tile: Tile, score: Field) -> Field:
        """A total row whose cells do not stand under their headers: 总分 | 100 | 98.88."""
        numbers = [
            fields.of_number(other)
            for other in line
            if other.left > tile.right and fields.of_number(other).value is not None
        ]
        if len(numbers) != 2 or numbers[0].value != 100:
            return score
        for other in line:
            if other.left > tile.right and fields.of_number(other).value is not None:
                self.take(other, "score" if other.left == numbers[1].col else "total_weight")
        self.found["total_weight"] = numbers[0]
        return numbers[1]

    def _row(self, row: int, header: Header, goal: int | None) -> bool:
        """An indicator's row, unless its first words say that it is something else."""
        first = self.tiles.rows[row][0]
        outside = first.left < header.left
        if first.left <= header.left and self._is_other(first, header):
            return False
        if self._subtotal(row, header):
            return True
        raw = indicators.read_row(self.tiles, row, header, self.vocabulary, self.take)
        if raw is None:
            return all(
                self.is_taken(tile) or self._leftover(tile, header) for tile in self.tiles.rows[row]
            )
        if outside and first.left < header.left:
            self.take(first, "side label")
        self.raws.append((goal, raw))
        return True

    def _subtotal(self, row: int, header: Header) -> bool:
        """小计: the score of the section above it."""
        tile = next(
            (t for t in self.tiles.rows[row][:3] if label(t.text) in self.vocabulary.subtotals), None
        )
        if tile is None:
            return False
        self.take(tile, "subtotal")
        self.subtotals.append((row, self._at_column(row, header, "score", tile)))
        self._at_column(row, header, "weight", tile, required=False)
        for other in self.tiles.rows[row]:
            if self.vocabulary.is_blank(other.text):
                self.take(other, "blank")
        return True

    def _leftover(self, tile: Tile, header: Header) -> bool:
        """A cell of a row without an indicator: a level's name or residue of the template."""
        if self.vocabulary.residue.match(fold(tile.text)):
            self.residue.add((tile.top, tile.left))
            return True
        if self.vocabulary.is_blank(tile.text):
            self.take(tile, "blank")
            return True
        for name in ("level1", "level2"):
            left, right = header.columns.get(name, (0, -1))
            if left <= tile.left <= right:
                self.take(tile, name)
                return True
        if tile.left < header.left:
            self.take(tile, "side label")
            return True
        return False

    def _is_other(self, tile: Tile, header: Header) -> bool:
        """Whether a row's first tile begins another block: a label, a note, a subtotal."""
        text = tile.text
        key = label(text)
        if key in self.vocabulary.sections and tile.left >= header.left:
            return False
        if key in self.vocabulary.subtotals:
            return False
        if self.vocabulary.is_note(text):
            return True
        name = self.vocabulary.fields.match(text)
        if name is None:
            return any(True for _ in fields.inline(tile, self.vocabulary))
        if name in fields.PROSE or name == "other":
            return tile.left < header.left or self.vocabulary.fields.exact(text) is not None
        return self.vocabulary.fields.exact(text) is not None and tile.left <= header.left

    def _table_goes_on(self, row: int, header: Header | None) -> bool:
        """After a strange line the table goes on if the next row still begins like one."""
        if header is None:
            return False
        later = [other for other in self.rows if other > row][:1]
        return any(
            not self._is_other(self.tiles.rows[other][0], header) for other in later
        )

    # ------------------------------------------------------------ single fields
    def _line(self, row: int) -> bool:
        """A row of labelled fields, prose or notes; tells whether it said anything known."""
        before = len(self.taken)
        for tile in self.tiles.rows[row]:
            if not self.is_taken(tile) and (
                self.vocabulary.is_note(tile.text)
                or self._continues_notes(tile)
                or self._is_footnote(tile)
            ):
                self.take(tile, "note")
                self.notes.append(fields.of_text(tile, "label"))
        self._pairs(row)
        return len(self.taken) > before

    def _continues_notes(self, tile: Tile) -> bool:
        """A numbered line, alone in its row, right below a note: 备注： 1.… 2.…"""
        if not self.notes or not _NUMBERED.match(fold(tile.text)):
            return False
        above = self.tiles.at(tile.top - 1, tile.left)
        return (
            above is not None
            and self.taken.get((above.top, above.left)) == "note"
            and len(self.tiles.rows[tile.top]) == 1
        )

    def _is_footnote(self, tile: Tile) -> bool:
        """Prose over the whole width below the table: an explanation printed on the form."""
        if not self.raws or tile.top <= self.raws[-1][1]["row"] or len(tile.text) < SHORTEST_NOTE:
            return False
        header = self.headers[-1]
        return tile.left <= header.left and tile.right >= header.right

    def _pairs(self, row: int) -> None:
        for tile in self.tiles.rows[row]:
            if self.is_taken(tile):
                continue
            behind = list(fields.inline(tile, self.vocabulary))
            if behind and any(field.value is not None for _, field in behind):
                self.take(tile, behind[0][0])
                for name, field in behind:
                    self._keep(name, head.retyped(name, field), tile)
                continue
            name = self.vocabulary.fields.match(tile.text)
            if name is None:
                if label(tile.text) in self.vocabulary.structure:
                    self.take(tile, "structure")
                else:
                    self._broken_label(tile)
                continue
            self._labelled(name, tile)

    def _broken_label(self, tile: Tile) -> None:
        """年度总 in one cell and 体目标 in the cell below it are one label."""
        below = self.tiles.at(tile.bottom + 1, tile.left)
        if below is None or (below.top, below.left) != (tile.bottom + 1, tile.left):
            return
        known = self.vocabulary.fields.match(below.text) or self.vocabulary.goal.match(below.text)
        if known or below.width != tile.width:
            return
        both = tile.text + below.text
        name = self.vocabulary.fields.exact(both)
        if name is None and label(both) not in self.vocabulary.structure:
            return
        self.take(below, name or "structure")
        if name is None:
            self.take(tile, "structure")
        else:
            self._labelled(name, tile)

    def _labelled(self, name: str, tile: Tile) -> None:
        value = fields.beside(self.tiles, tile, self.vocabulary)
        self.take(tile, "structure")
        if isinstance(value, Field):
            if not (name == "overall_goal" and value.row == 0):
                self._keep(name, value, tile)
            return
        if self.is_taken(value) and value.top == tile.top and name not in fields.PROSE:
            return
        self.take(value, name)
        self._keep(name, head.typed(name, value, "label"), tile)
        if name in fields.PROSE or name == "other":
            self._further(tile, value, name)

    def _further(self, tile: Tile, value: Tile, name: str) -> None:
        """More tiles of the same prose block: beside the value, or below it beside the label."""
        for row in range(tile.top, tile.bottom + 1):
            for other in self.tiles.rows.get(row, ()):
                if (
                    other.left > tile.right
                    and not self.is_taken(other)
                    and not fields.is_label(other, self.vocabulary)
                    and (row > tile.top or name == "other")
                    and other.left >= value.left
                    and tile.height > 1
                ):
                    self.take(other, name)

    def _keep(self, name: str, field: Field, tile: Tile) -> None:
        if name == "claimed_grade" and len(fold(field.text)) > LONGEST_GRADE:
            name = "other"
        if name == "other":
            self.others.append((fields.of_text(tile, "label"), field))
            return
        if name == "unit" and field.text and fold(field.text).strip("()") in self.vocabulary.money:
            self.found.setdefault("money_unit", field)
            return
        known = self.found.get(name)
        if (
            known is None
            or (known.value is None and field.value is not None)
            or known.how == "title"
            # A cell of its own is a better place than the middle of a line.
            or (known.how == "behind" and field.how == "label" and known.value == field.value)
        ):
            self.found[name] = field
        elif name in fields.PROSE and field.value is not None and known.value != field.value:
            self.others.append((fields.of_text(tile, "label"), field))

    # ------------------------------------------------------------ the whole
    def _assembled(self) -> Form:
        rows = self._indicators()
        found = self.found
        title = found.get("title", ABSENT)
        kind = head.kind_of(title.text, self.vocabulary, found)
        if self.part.title is not None:
            wanted = "project" if kind == PROJECT else "unit"
            if wanted not in found and kind != TRANSFER:
                named = head.name_in_title(self.part.title, self.vocabulary)
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
        local = found.get("local_department", ABSENT)
        for name in ("unit", "department"):
            if names[name].value is None and (name == "department" or kind == TRANSFER):
                names[name] = local if local.value else names[name]
        grid = self.tiles.grid
        area = self._area()
        return Form(
            form=f"{self.file}#{grid.name}!{Span(area.top, area.left, area.top, area.left).a1}",
            file=self.file,
            sheet=grid.name,
            sheet_index=grid.index,
            kind=kind,
            area=area,
            claimed_grade=grade,
            funds=tuple(self.funds),
            goals=tuple(self.goals),
            indicators=tuple(rows),
            others=tuple(self.others),
            notes=tuple(self.notes),
            unread=self._unread(),
            remarks=tuple(self.remarks),
            taken=tuple((row, col, name) for (row, col), name in self.taken.items()),
            **names,
        )

    def _indicators(self) -> list[Indicator]:
        """The rows with their levels filled, goals or sections given, weights shared."""
        blocks: dict[int | None, list[indicators.Row]] = {}
        for goal, raw in self.raws:
            blocks.setdefault(goal, []).append(raw)
        for block in blocks.values():
            indicators.fill_levels(block, self.vocabulary)
        if self.goals:
            numbered = [(goal, raw) for goal, raw in self.raws]
        else:
            numbered = self._sections([raw for _, raw in self.raws])
        rows = [indicators.build(raw, goal) for goal, raw in numbered]
        return indicators.share_weights(rows, [raw for _, raw in numbered])

    def _sections(self, raws: list[indicators.Row]) -> list[tuple[int | None, indicators.Row]]:
        """Where a form has no goals, each level-1 block is a section of it."""
        numbered: list[tuple[int | None, indicators.Row]] = []
        current: Any = None
        for raw in raws:
            level1: Field = raw.get("level1", ABSENT)
            if not level1.value:
                numbered.append((None, raw))
                continue
            name = indicators._bare(level1)  # noqa: SLF001
            if name.value != current:
                current = name.value
                worth = points(str(level1.value))
                weight = raw.get("weight_level1", ABSENT)
                if worth is not None and weight.value is None:
                    weight = Field(worth, level1.text, level1.row, level1.col, "label")
                self.goals.append(
                    Goal(
                        len(self.goals) + 1,
                        name=name,
                        label=level1._replace(value=fields.tidy(level1.text)),
                        weight=weight,
                        section=True,
                    )
                )
            numbered.append((self.goals[-1].goal, raw))
        for row, score in self.subtotals:
            above = [goal for goal, raw in numbered if raw["row"] < row and goal is not None]
            if above and not self.goals[above[-1] - 1].score.row:
                self.goals[above[-1] - 1] = self.goals[above[-1] - 1]._replace(score=score)
        return numbered

    def _area(self) -> Span:
        tiles = list(self.tiles.between(self.part.top, self.part.bottom))
        return Span(
            min(tile.top for tile in tiles),
            min(tile.left for tile in tiles),
            max(min(tile.bottom, self.part.bottom) for tile in tiles),
            max(tile.right for tile in tiles),
        )

    def _unread(self) -> tuple[Unread, ...]:
        unread = [
            Unread(
                tile.top,
                tile.left,
                tile.text,
                "residue" if (tile.top, tile.left) in self.residue else "unknown",
            )
            for tile in self.tiles.between(self.part.top, self.part.bottom)
            if not self.is_taken(tile) and not self._is_decoration(tile)
        ]
        unread += [
            Unread(cell.row, cell.col, cell.text.strip(), "covered")
            for cell in self.tiles.covered
            if self.part.top <= cell.row <= self.part.bottom
        ]
        return tuple(sorted(unread))

    def _is_decoration(self, tile: Tile) -> bool:
        """Annex numbers and lone dashes carry nothing."""
        return self.vocabulary.is_blank(tile.text) or locate.is_annex(tile.text)
