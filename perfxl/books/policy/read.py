"""A policy read back from its workbook. What is wrong is told with sheet and cell, one thing at a time."""

import io
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfxl import resources, texts
from perfxl.books.policy import layout
from perfxl.books.policy.layout import Line
from perfxl.errors import ConfigError, FileError, PerfxlError, UsageError
from perfxl.forms.values.text import normalize
from perfxl.ooxml.parts.package import Package
from perfxl.rules.matching.matcher import suggest
from perfxl.rules.policies import files as policy_files
from perfxl.rules.policies import parameters
from perfxl.rules.policies.parameters import PRACTICE, SUBJECTS, BadValue
from perfxl.rules.policies.policy import Policy, of_file
from perfxl.texts import Texts

LAST_HEAD = 12
"""The heads of a sheet's columns stand in one of its first rows."""
MOST_ROWS = 2000
DATES = (date, datetime, time, timedelta)


def read(path: Path) -> Policy:
    """The policy of a workbook.

    Raises:
        UsageError: there is no such file.
        ConfigError: it cannot be used; names the sheet and the cell.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError("no-such-path", path=str(path)) from error
    except OSError as error:
        raise ConfigError("policy-unreadable", file=path.name, reason=error) from error
    return read_bytes(data, path.name)


def content(path: Path) -> Mapping[str, Any]:
    """What a policy workbook holds, as the other policy files have it; checked as a whole.

    Raises:
        ConfigError: it cannot be used; names the sheet and the cell.
    """
    read(path)
    return _Reader(_open_workbook(path.read_bytes(), path.name), path.name).content()


def read_bytes(data: bytes, file: str) -> Policy:
    """The policy of a workbook, from its bytes.

    Raises:
        ConfigError: it cannot be used; names the sheet and the cell.
    """
    reader = _Reader(_open_workbook(data, file), file)
    content = reader.content()
    try:
        return of_file(content, file)
    except ConfigError as error:
        raise reader.placed(error) from error


def _open_workbook(data: bytes, file: str) -> Workbook:
    try:
        Package.open(data)  # refuses what unpacks without end, and names what is no workbook
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions of Excel that a policy does not need
            return load_workbook(io.BytesIO(data))
    except FileError as error:
        raise ConfigError("policy-unreadable", file=file, reason=error) from error
    except Exception as error:
        # openpyxl raises whatever a damaged part leads to.
        damage = BadValue("bad-workbook", detail=type(error).__name__)
        raise ConfigError("policy-unreadable", file=file, reason=damage) from error


class Place(NamedTuple):
    """A cell of the workbook, as an error names it."""

    sheet: str
    cell: str
    name: str = ""


class _Table(NamedTuple):
    """A sheet's rows below its heads."""

    sheet: Worksheet
    first: int
    columns: tuple[int, ...]

    def rows(self) -> Iterator[list[Cell | MergedCell]]:
        last = min(self.sheet.max_row, self.first + MOST_ROWS)
        for row in range(self.first, last + 1):
            yield [self.sheet.cell(row, col) for col in self.columns]


class _Reader:
    """One workbook while it is read.

    Attributes:
        places: key of a parameter → its cell, to tell where what is wrong stands.
    """

    def __init__(self, book: Workbook, file: str) -> None:
        self.book, self.file = book, file
        self.texts = self._language()
        self.places: dict[str, Place] = {}

    def _language(self) -> Texts:
        for language in resources.LANGUAGES:
            found = texts.load_texts(language)
            if layout.sheet(layout.ROWS, found) in self.book.sheetnames:
                return found
        return texts.load_texts(resources.LANGUAGES[0])

    def content(self) -> dict[str, Any]:
        """What the workbook says, in the sections of a policy file."""
        data: dict[str, Any] = {}
        self._parameters(data)
        self._put(data, "budget.steps", self._execution())
        steps, spellings = self._grades()
        self._put(data, "grade.steps", steps)
        for subject, clause in self._clauses().items():
            data.setdefault(subject, {})["clause"] = clause
        data["words"] = {**self._words(), "grades": spellings}
        return data

    def placed(self, error: ConfigError) -> PerfxlError:
        """An error of the policy's content with the cell that it is about."""
        place = self.places.get(str(error.arguments.get("key")))
        reason = error.arguments.get("reason")
        if place is None or not isinstance(reason, BadValue):
            return error
        return self._wrong(place, reason)

    # ------------------------------------------------------------ cells
    def _wrong(self, place: Place, reason: BadValue) -> ConfigError:
        return ConfigError(
            "policy-cell", file=self.file, sheet=place.sheet, cell=place.cell, name=place.name,
            reason=reason,
        )  # fmt: skip

    def _place(self, cell: Cell | MergedCell, name: str = "") -> Place:
        return Place(str(cell.parent.title), cell.coordinate, name)

    def _value(self, cell: Cell | MergedCell, name: str = "") -> Any:
        """What a cell holds: text, Decimal, bool, or None where it is blank."""
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(cell, Cell) and cell.data_type == "f":
            raise self._wrong(self._place(cell, name), BadValue("bad-formula"))
        if isinstance(cell, Cell) and cell.data_type == "e":
            reason = BadValue("bad-error", text=str(value))
            raise self._wrong(self._place(cell, name), reason)
        if isinstance(value, DATES):
            reason = BadValue("bad-date", text=parameters.quote_value(value))
            raise self._wrong(self._place(cell, name), reason)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value if isinstance(value, bool) else str(value).strip()
        return Decimal(repr(value))

    def _text(self, cell: Cell | MergedCell, name: str = "") -> str:
        value = self._value(cell, name)
        if isinstance(value, bool):
            return self.texts.get("policy/yes" if value else "policy/no")
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return value or ""

    # ------------------------------------------------------------ sheets
    def _table(self, name: str) -> _Table:
        title = layout.sheet(name, self.texts)
        if title not in self.book.sheetnames or not isinstance(self.book[title], Worksheet):
            raise ConfigError("policy-no-sheet", file=self.file, sheet=title)
        sheet, heads = self.book[title], layout.columns(name, self.texts)
        best: dict[str, int] = {}
        first = 0
        for row in range(1, LAST_HEAD + 1):
            shown = {normalize(str(cell.value)): cell.column for cell in sheet[row] if cell.value}
            found = {head: shown[normalize(head)] for head in heads if normalize(head) in shown}
            # The title of a sheet may be the head of one of its columns; the heads stand below it.
            if found and len(found) >= len(best):
                best, first = found, row + 1
        lacking = next((head for head in heads if head not in best), None)
        if lacking is not None:
            raise ConfigError("policy-no-column", file=self.file, sheet=title, column=lacking)
        return _Table(sheet, first, tuple(best[head] for head in heads))

    def _named(self, cells: list[Cell | MergedCell], at: int, others: tuple[int, ...]) -> str:
        """The name of a row; "" for a blank row. Content without a name is refused."""
        name = self._text(cells[at])
        if name:
            return name
        for place in others:
            text = self._text(cells[place])
            if text:
                reason = BadValue("bad-row", text=parameters.quote_value(text))
                raise self._wrong(self._place(cells[place]), reason)
        return ""

    def _once(
        self, seen: dict[str, str], cell: Cell | MergedCell, name: str, known: Mapping[str, Any]
    ) -> None:
        """Refuse a name that nobody knows, or that came before."""
        if name not in known:
            near = suggest(name, known, 2)
            reason = BadValue("bad-parameter", text=parameters.quote_value(name), near=near)
            raise self._wrong(self._place(cell), reason)
        if name in seen:
            reason = BadValue("bad-twice", text=name, first=seen[name])
            raise self._wrong(self._place(cell), reason)
        seen[name] = cell.coordinate

    def _parameters(self, data: dict[str, Any]) -> None:
        table = self._table(layout.ROWS)
        known = {line.label(self.texts): line for line in layout.lines()}
        seen: dict[str, str] = {}
        tiers: dict[str, list[Any]] = {}
        for cells in table.rows():
            name = self._named(cells, 1, (2, 4))
            if not name:
                continue
            self._once(seen, cells[1], name, known)
            line = known[name]
            elsewhere = layout.ON_OWN_SHEET.get(line.parameter.key)
            value = None if elsewhere else self._parameter(cells[2], line, name)
            if elsewhere:
                self._left_blank(cells[2], elsewhere, name)
            elif line.end is None:
                self._put(data, line.parameter.key, value)
            else:
                tiers.setdefault(line.parameter.key, [None, None])[line.end] = value
            source = self._text(cells[4], name)
            if source and (elsewhere or value is not None):
                told = PRACTICE if source == self.texts.get("policy/practice") else source
                data.setdefault("sources", {}).setdefault(line.parameter.key, told)
        for name, line in known.items():
            if line.parameter.required and name not in seen:
                title = str(table.sheet.title)
                raise ConfigError("policy-no-row", file=self.file, sheet=title, name=name)
        for key, ends in tiers.items():
            self._put(data, key, ends)

    def _left_blank(self, cell: Cell | MergedCell, sheet: str, name: str) -> None:
        """Refuse a value that belongs to a sheet of its own."""
        if self._value(cell, name) is not None:
            reason = BadValue("bad-elsewhere", sheet=layout.sheet(sheet, self.texts))
            raise self._wrong(self._place(cell, name), reason)

    def _parameter(self, cell: Cell | MergedCell, line: Line, name: str) -> Any:
        """The value of a cell as a policy file would have it; refused where it cannot be one."""
        place = self._place(cell, name)
        self.places[line.parameter.key] = place
        value = self._value(cell, name)
        one = line.parameter
        try:
            if value is None and one.required:
                raise BadValue("bad-missing")  # noqa: TRY301  # placed below, as all others are
            value = self._meant(value, one, cell)
            if line.end is None:
                parameters.read(one, value)
            else:
                parameters.READERS["share"](value)
        except BadValue as reason:
            raise self._wrong(place, reason) from reason
        return value

    def _meant(self, value: Any, one: parameters.Parameter, cell: Cell | MergedCell) -> Any:
        if value is None:
            return None
        text = self._text(cell)
        if one.kind == "flag":
            flags = {"policy/yes": True, "policy/no": False}
            found = next((flag for key, flag in flags.items() if text == self.texts.get(key)), None)
            return text if found is None else found
        if one.kind == "choice":
            named = {layout.choice(each, self.texts): each for each in one.choices}
            if text not in named and text not in one.choices:
                raise BadValue("bad-choice", text=parameters.quote_value(text), known=list(named))
            return named.get(text, text)
        if one.kind in ("words", "numbers"):
            return layout.split_words(text)
        if one.kind in ("text", "name"):
            return text
        return value

    def _execution(self) -> list[Any]:
        steps: list[Any] = []
        for cells in self._table(layout.EXECUTION).rows():
            least, share = (self._value(cell) for cell in cells)
            if least is None and share is None:
                continue
            self._full(cells)
            self._checked("budget.steps", [*steps, [least, share]], cells[0])
            steps.append([least, share])
        return steps

    def _grades(self) -> tuple[list[Any], dict[str, str]]:
        steps: list[Any] = []
        spellings: dict[str, str] = {}
        places: dict[str, str] = {}
        for cells in self._table(layout.GRADES).rows():
            grade = self._named(cells, 1, (0, 2))
            if not grade:
                continue
            least = self._value(cells[0])
            if least is not None:
                self._checked("grade.steps", [*steps, [least, grade]], cells[0])
                steps.append([least, grade])
            for word in layout.split_words(self._text(cells[2])):
                spelling = normalize(word)
                if spellings.get(spelling, grade) != grade:
                    reason = BadValue("bad-twice", text=word, first=places[spelling])
                    raise self._wrong(self._place(cells[2]), reason)
                spellings[spelling], places[spelling] = grade, cells[2].coordinate
        return steps, spellings

    def _full(self, cells: list[Cell | MergedCell]) -> None:
        for cell in cells:
            if self._value(cell) is None:
                raise self._wrong(self._place(cell), BadValue("bad-half"))

    def _checked(self, key: str, value: Any, cell: Cell | MergedCell) -> None:
        """Steps so far: the last of them is what a mistake is about."""
        try:
            parameters.read(parameters.BY_KEY[key], value)
        except BadValue as reason:
            raise self._wrong(self._place(cell), reason) from reason

    def _clauses(self) -> dict[str, str]:
        known = {self.texts.get(f"policy/sections/{subject}"): subject for subject in SUBJECTS}
        seen: dict[str, str] = {}
        found: dict[str, str] = {}
        for cells in self._table(layout.CLAUSES).rows():
            name = self._named(cells, 0, (1,))
            if name:
                self._once(seen, cells[0], name, known)
                found[known[name]] = self._text(cells[1], name)
        return found

    def _words(self) -> dict[str, list[str]]:
        known = {
            name: entries
            for name, entries in policy_files.built_in_words().items()
            if isinstance(entries, list)
        }
        seen: dict[str, str] = {}
        found: dict[str, list[str]] = {}
        last = ""
        for cells in self._table(layout.WORDS).rows():
            name = self._named(cells, 0, (2,))
            if not name:
                continue
            if last and name == self.texts.get("policy_book/continued"):
                name = last
            else:
                self._once(seen, cells[0], name, known)
            last = name
            text = self._text(cells[2], name)
            if text == self.texts.get("policy_book/none"):
                found.setdefault(name, [])
            elif text:
                found.setdefault(name, []).extend(layout.split_words(text))
        return found

    def _put(self, data: dict[str, Any], key: str, value: Any) -> None:
        """A value into its section; nothing for a blank one, so that the default stands."""
        if value in (None, [], ""):
            return
        section, _, name = key.rpartition(".")
        (data.setdefault(section, {}) if section else data)[name] = value
