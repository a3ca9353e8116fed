"""A policy as a workbook that an office can edit: every parameter with meaning, source, drop-downs."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal, cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perfxl.books.policy import layout
from perfxl.books.policy.layout import Line
from perfxl.exact import Fraction
from perfxl.rules.policies.parameters import EARLIEST, LATEST, PRACTICE, SUBJECTS
from perfxl.rules.policies.policy import Policy
from perfxl.texts import Texts
from perfxl.version import __version__

TITLE, HINT, HEAD = 1, 2, 3
"""Rows of every sheet but the guide."""
WIDTHS = {
    layout.GUIDE: (110,),
    layout.ROWS: (14, 26, 30, 58, 40),
    layout.EXECUTION: (20, 24),
    layout.GRADES: (16, 16, 60),
    layout.CLAUSES: (22, 90),
    layout.WORDS: (20, 44, 96),
}
SPARE = 6
"""Empty rows for further steps and grades."""
LINE = 15.5
"""Height of a line of text, in points."""
PLAIN, SHARE, FINE_SHARE, YEAR = "General", "0%", "0.00##%", "0"
TEXT = "@"
THIN = Side(style="thin", color="BFBFBF")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
EDIT = PatternFill("solid", fgColor="FFF8DC")
SHADE = PatternFill("solid", fgColor="D9E2EC")


def write(policy: Policy, texts: Texts, name: str | None = None) -> bytes:
    """A policy as a workbook.

    Args:
        policy: the policy.
        texts: the language of the workbook.
        name: its id in the workbook; None: its own.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    writer = _Writer(book, policy, texts, name or policy.id)
    writer.guide()
    writer.parameters()
    writer.execution()
    writer.grades()
    writer.clauses()
    writer.words()
    # By this it is known and no submission, should it lie among them.
    sign = StringProperty(name="perfxl-policy", value=__version__)
    book.custom_doc_props.append(sign)  # type: ignore[attr-defined]  # not in the stubs
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def number(value: Fraction) -> int | float | str:
    """A number as a cell holds it: as a text where a cell's own number would not be exact."""
    if value.denominator == 1 and abs(value) < 10**15:
        return int(value)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    near = float(exact)
    return near if Decimal(repr(near)) == exact else f"{exact:f}"


def _cell(sheet: Worksheet, row: int, col: int) -> Cell:
    """A cell to write; there are no merged ones yet where it is called."""
    return cast("Cell", sheet.cell(row, col))


def _share(cell: Cell, value: Fraction) -> None:
    cell.value = number(value)
    cell.number_format = SHARE if (value * 100).denominator == 1 else FINE_SHARE


def _text(cell: Cell, text: str) -> None:
    """A text as data: a leading = makes no formula of it."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if text:
        cell.data_type = "s"
        cell.number_format = TEXT


class _Writer:
    """The sheets of one policy."""

    def __init__(self, book: Workbook, policy: Policy, texts: Texts, name: str) -> None:
        self.book, self.policy, self.texts, self.name = book, policy, texts, name
        self.choices: dict[tuple[str, ...], DataValidation] = {}

    def sheet(self, name: str) -> Worksheet:
        """A sheet with its title, its hint and its heads."""
        made: Worksheet = self.book.create_sheet(layout.sheet(name, self.texts))
        for col, width in enumerate(WIDTHS[name], 1):
            made.column_dimensions[_letter(col)].width = width
        title = _cell(made, TITLE, 1)
        _text(title, self._title(name))
        title.font = Font(bold=True, size=15)
        made.row_dimensions[TITLE].height = 26
        made.page_setup.orientation = "landscape" if sum(WIDTHS[name]) > 90 else "portrait"
        made.page_setup.paperSize = 9  # A4
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_margins.left = made.page_margins.right = 0.5
        made.oddFooter = HeaderFooterItem(
            center=_HeaderFooterPart(text=self.texts.get("policy_book/page"))
        )
        made.sheet_view.showGridLines = False
        if name != layout.GUIDE:
            self._head(made, name)
        return made

    def _title(self, name: str) -> str:
        if name == layout.GUIDE:
            title = self.policy.titles[self.texts.language]
            return self.texts.get("policy_book/title", name=title)
        return layout.sheet(name, self.texts)

    def _head(self, made: Worksheet, name: str) -> None:
        heads = layout.columns(name, self.texts)
        hint = _cell(made, HINT, 1)
        values = {
            "practice": self.texts.get("policy/practice"), "empty": self.texts.get("policy_book/none"),
            "continued": self.texts.get("policy_book/continued"),
        }  # fmt: skip
        _text(hint, self.texts.get(f"policy_book/{name}_hint", **values))
        made.merge_cells(start_row=HINT, end_row=HINT, start_column=1, end_column=len(heads))
        hint.alignment = Alignment(wrap_text=True, vertical="center")
        hint.font = Font(italic=True, color="555555")
        made.row_dimensions[HINT].height = _height([str(hint.value)], [sum(WIDTHS[name])])
        for col, head in enumerate(heads, 1):
            cell = _cell(made, HEAD, col)
            _text(cell, head)
            cell.font, cell.fill, cell.border = Font(bold=True), SHADE, BORDER
            cell.alignment = Alignment(horizontal="center", vertical="center")
        made.row_dimensions[HEAD].height = 22
        made.freeze_panes = f"A{HEAD + 1}"
        made.print_title_rows = f"{HEAD}:{HEAD}"

    def row(self, made: Worksheet, name: str, row: int, edited: Sequence[int]) -> list[Cell]:
        """The cells of a row, with their looks."""
        cells = [_cell(made, row, col) for col in range(1, len(WIDTHS[name]) + 1)]
        for col, cell in enumerate(cells, 1):
            cell.border = BORDER
            cell.alignment = Alignment(
                horizontal="left", vertical="center", wrap_text=True, indent=1
            )
            if col in edited:
                cell.fill = EDIT
        return cells

    def fit(self, made: Worksheet, name: str, row: int) -> None:
        """A row as high as its texts need."""
        texts = [str(cell.value or "") for cell in made[row]]
        made.row_dimensions[row].height = _height(texts, WIDTHS[name])

    # ------------------------------------------------------------ sheets
    def guide(self) -> None:
        """How to use the workbook."""
        made = self.sheet(layout.GUIDE)
        for row, line in enumerate(self.texts.list("policy_book/guide_lines"), 3):
            cell = _cell(made, row, 1)
            _text(cell, line)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            made.row_dimensions[row].height = _height([line], WIDTHS[layout.GUIDE]) + 6

    def parameters(self) -> None:
        """Every parameter of one value: section, name, value, meaning, source."""
        made = self.sheet(layout.ROWS)
        begun, last = HEAD + 1, ""
        row = HEAD
        for row, line in enumerate(layout.lines(), HEAD + 1):
            one = line.parameter
            section = layout.section(one, self.texts)
            if section != last:
                self._group(made, begun, row - 1)
                begun, last = row, section
            elsewhere = one.key in layout.ON_OWN_SHEET
            cells = self.row(made, layout.ROWS, row, (5,) if elsewhere else (3, 5))
            _text(cells[0], section if begun == row else "")
            _text(cells[1], line.label(self.texts))
            if not elsewhere:
                self._value(cells[2], line)
            _text(cells[3], layout.meaning(one, self.texts))
            _text(cells[4], self._source(line))
            self._checked(made, cells[2], line)
            self.fit(made, layout.ROWS, row)
        self._group(made, begun, row)

    def _group(self, made: Worksheet, first: int, last: int) -> None:
        if last > first:
            made.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)

    def _source(self, line: Line) -> str:
        told = self.policy.sources.get(line.parameter.key, "")
        if not line.parameter.section or line.parameter.section == "select":
            return "" if told == self.policy.source else self._practice(told)
        return self._practice(told)

    def _practice(self, told: str) -> str:
        return self.texts.get("policy/practice") if told == PRACTICE else told

    def _value(self, cell: Cell, line: Line) -> None:
        key, kind = line.parameter.key, line.parameter.kind
        if key == "id":
            _text(cell, self.name)
            return
        if key in ("zh", "en"):
            _text(cell, self.policy.titles[key] if key in self.policy.sources else "")
            return
        if key not in self.policy.sources:
            return
        value = self._of_policy(line)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        if kind in ("share", "factor", "tier"):
            _share(cell, value)
        elif kind == "flag":
            _text(cell, self.texts.get("policy/yes" if value else "policy/no"))
        elif kind == "choice":
            _text(cell, layout.choice(value, self.texts))
        elif kind == "words":
            _text(cell, layout.join_words(value))
        elif kind == "numbers":
            _text(cell, layout.join_words(str(number(each)) for each in value))
        elif isinstance(value, str):
            _text(cell, value)
        elif value is not None:
            cell.value = number(Fraction(value))
            cell.number_format = YEAR if kind == "year" else PLAIN

    def _of_policy(self, line: Line) -> Any:
        one = line.parameter
        if line.end is not None:
            return self.policy.tiers[one.key.partition(".")[2]][line.end]
        return getattr(self.policy, one.field)

    def _checked(self, made: Worksheet, cell: Cell, line: Line) -> None:
        """A drop-down, or what numbers are admitted."""
        one = line.parameter
        if one.kind == "flag":
            self._listed(made, cell, (self.texts.get("policy/yes"), self.texts.get("policy/no")))
        elif one.kind == "choice":
            self._listed(made, cell, tuple(layout.choice(each, self.texts) for each in one.choices))
        elif one.kind in ("share", "tier"):
            self._numeric(made, cell, "decimal", (0, 1), "share_error")
        elif one.kind == "factor":
            self._numeric(made, cell, "decimal", (1, 100), "number_error")
        elif one.kind == "year":
            self._numeric(made, cell, "whole", (EARLIEST, LATEST), "number_error")
        elif one.kind in ("points", "tolerance", "count", "decimals"):
            self._numeric(made, cell, "decimal", (0, 10000), "number_error")

    def _listed(self, made: Worksheet, cell: Cell, known: tuple[str, ...]) -> None:
        listed = ",".join(known)
        found = self.choices.get((made.title, *known))
        if found is None:
            found = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            found.error = self.texts.get("policy_book/choose_error", known=known)
            found.prompt = self.texts.get("policy_book/choose_prompt")
            found.showErrorMessage = found.showInputMessage = True
            self.choices[made.title, *known] = found
            made.add_data_validation(found)
        found.add(cell)

    def _numeric(
        self,
        made: Worksheet,
        cell: Cell,
        kind: Literal["whole", "decimal"],
        ends: tuple[int, int],
        error: str,
    ) -> None:
        """A number between two ends; Excel warns of another one and lets it pass (80% as a text)."""
        key = (made.title, kind, str(ends))
        found = self.choices.get(key)
        if found is None:
            low, high = (str(end) for end in ends)
            found = DataValidation(
                type=kind, operator="between", formula1=low, formula2=high, allow_blank=True
            )
            found.error = self.texts.get(f"policy_book/{error}")
            found.errorStyle, found.showErrorMessage = "warning", True
            self.choices[key] = found
            made.add_data_validation(found)
        found.add(cell)

    def execution(self) -> None:
        """Steps of the execution score."""
        made = self.sheet(layout.EXECUTION)
        steps = self.policy.execution_steps
        for place in range(len(steps) + SPARE):
            cells = self.row(made, layout.EXECUTION, HEAD + 1 + place, (1, 2))
            for cell, value in zip(cells, steps[place] if place < len(steps) else (), strict=False):
                _share(cell, value)

    def grades(self) -> None:
        """Grades with their least totals, and how else they are written."""
        made = self.sheet(layout.GRADES)
        spellings: dict[str, list[str]] = {grade: [] for _, grade in self.policy.grades}
        for spelling, grade in self.policy.grade_words.items():
            spellings.setdefault(grade, []).append(spelling)
        least = [(points, grade) for points, grade in self.policy.grades]
        named = {grade for _, grade in least}
        rows = [*least, *((None, grade) for grade in spellings if grade not in named)]
        for place in range(len(rows) + SPARE):
            row = HEAD + 1 + place
            cells = self.row(made, layout.GRADES, row, (1, 2, 3))
            if place < len(rows):
                points, grade = rows[place]
                cells[0].value = None if points is None else number(points)
                _text(cells[1], grade)
                _text(cells[2], layout.join_words(spellings.pop(grade, [])))
                self.fit(made, layout.GRADES, row)

    def clauses(self) -> None:
        """The clauses that findings quote."""
        made = self.sheet(layout.CLAUSES)
        for row, subject in enumerate(SUBJECTS, HEAD + 1):
            cells = self.row(made, layout.CLAUSES, row, (2,))
            _text(cells[0], self.texts.get(f"policy/sections/{subject}"))
            _text(cells[1], self.policy.clauses.get(subject, ""))
            self.fit(made, layout.CLAUSES, row)

    def words(self) -> None:
        """The lists of words."""
        made = self.sheet(layout.WORDS)
        row = HEAD
        for name, words in self.policy.words.items():
            key = f"policy_words/{name}"
            use = self.texts.get(key) if self.texts.has(key) else ""
            parts = layout.portions(words) or [self.texts.get("policy_book/none")]
            for place, part in enumerate(parts):
                row += 1
                cells = self.row(made, layout.WORDS, row, (3,))
                _text(cells[0], self.texts.get("policy_book/continued") if place else name)
                _text(cells[1], "" if place else use)
                _text(cells[2], part)
                self.fit(made, layout.WORDS, row)


def _letter(col: int) -> str:
    return chr(ord("A") + col - 1)


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row, in points: Chinese characters are two columns wide."""
    most = 1
    for text, width in zip(texts, widths, strict=False):
        room = max(4.0, width - 2)
        needed = sum(2 if ord(character) > 0x2E7F else 1 for character in text)
        most = max(most, -int(-needed // room))
    return min(400.0, most * LINE + 6)
