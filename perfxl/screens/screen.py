"""What a person sees on the terminal: tables and plain sentences."""

import os
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from perfxl import resources
from perfxl.exact import Fraction, round_half_up
from perfxl.files.find import Found, printable_path
from perfxl.files.unit_list import UnitList
from perfxl.forms import records
from perfxl.forms.model import Field, Form, Fund, Goal
from perfxl.forms.painting import COLOURS, AnnotatedCell, annotate, missing
from perfxl.grid.model import Grid
from perfxl.jobs.work import Result
from perfxl.ooxml.address import letters
from perfxl.rules.across import Hint
from perfxl.rules.conclusion import Conclusion
from perfxl.rules.short import FormSummary
from perfxl.runs.decisions import TakenIn
from perfxl.runs.fill import Filled, FillTally
from perfxl.screens.terminal import wrap
from perfxl.texts import Texts

if TYPE_CHECKING:
    from perfxl.books.official import Official
    from perfxl.ledger.store import Ledger

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"-?[0-9.]+")
LONGEST = 60
PLAIN_WIDTH = 160
"""Width of the tables where the output is a file or a pipe, and nobody has set ``COLUMNS``."""
WIDEST = 14
NARROW = 110
"""Columns of a terminal below which tables are set close."""
MOST = 100
"""So many lines of one kind are shown."""


def safe(text: object, longest: int = LONGEST) -> Text:
    """A submission's text for the terminal: no control characters, no markup, not endless."""
    clean = _CONTROL.sub(" ", str(text))
    return Text(clean if len(clean) <= longest else clean[: longest - 1] + "…")


class Screen:
    """Prints results in the user's language."""

    def __init__(self, texts: Texts, out: TextIO | None = None, *, quiet: bool = False) -> None:
        self.texts = texts
        out = out or sys.stdout
        width = None if out.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
        self.console = Console(file=out, quiet=quiet, width=width, highlight=False)

    @property
    def narrow(self) -> bool:
        """Whether the terminal has no room to spare."""
        return self.console.width < NARROW

    def table(self, heads: Sequence[str], title: str | None = None) -> Table:
        """A table in the style of all tables."""
        table = Table(
            box=box.SIMPLE_HEAD, title=title and safe(title, 400), title_justify="left", pad_edge=False,
            padding=(0, 0 if self.narrow else 1),
        )  # fmt: skip
        for head in heads:
            table.add_column(head, overflow="fold")
        return table

    def list_table(
        self, heads: Sequence[str], lines: Sequence[Sequence[Text]], names: Collection[int]
    ) -> Table:
        """A table of one line a row: names share what room the other columns leave, and are cut there.

        Args:
            heads: of the columns.
            lines: their cells, a line each.
            names: which columns hold names.
        """
        widths = [
            max(cell_len(head), *(line[place].cell_len for line in lines))
            for place, head in enumerate(heads)
        ]
        room = self.console.width - sum(width + 2 for width in widths)
        room += sum(widths[place] for place in names)
        for left, place in enumerate(sorted(names, key=widths.__getitem__), -len(names)):
            widths[place] = min(widths[place], max(8, room // -left))
            room -= widths[place]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        for place, head in enumerate(heads):
            number = any(_NUMBER.fullmatch(line[place].plain) for line in lines)
            table.add_column(
                head, justify="right" if number and place not in names else "left", no_wrap=True, overflow="ellipsis",
                max_width=widths[place] if place in names else None,
            )  # fmt: skip
        for line in lines:
            table.add_row(*line)
        return table

    def say(self, key: str, **values: object) -> None:
        """A sentence of the catalogue; of its part ``cli`` where no part is named."""
        text = self.texts.get(key if "/" in key else f"cli/{key}", **values)
        # What a sentence quotes may be a submission's; its lines are the catalogue's own.
        for said in text.split("\n"):
            for line in wrap(str(safe(said, len(said))), self.console.width):
                self.console.print(Text(line), soft_wrap=True)

    def migrated(self, ledger: "Ledger") -> None:
        """That the ledger was of an older version, if it was, and where it is kept as it was."""
        if ledger.backup is not None:
            self.say("ledger_migrated", ledger=ledger.shown, backup=str(ledger.backup))

    def taken_in(self, taken: TakenIn) -> None:
        """How many decisions came from people's workbooks, and what could not be taken."""
        if taken.new:
            self.say("decisions/taken", count=taken.new)
        self.lines(taken.sentences(self.texts))

    def nothing(self, paths: Sequence[Path], found: Found | None = None) -> None:
        """No file was found."""
        self.say("nothing_found", paths=self.texts.join("listed", map(str, paths)))
        if found is not None:
            self.left_out(found)

    def left_out(self, found: Found) -> None:
        """What was found and is no submission, and what may be one and stands where none belongs."""
        if found.skipped:
            self.say("skipped", count=len(found.skipped))
        if found.own:
            self.say("ownership/own", count=len(found.own))
        if found.corrected:
            names = [str(safe(source.name)) for source in found.corrected[:MOST]]
            self.say("ownership/corrected", count=len(found.corrected), files=names)
        if found.results:
            folders = [str(safe(printable_path(one), 400)) for one in found.results]
            self.say("results", folders=folders)
        if found.strays:
            names = [str(safe(printable_path(one), 400)) for one in found.strays[:MOST]]
            self.say("ownership/strays", count=len(found.strays), files=names)

    def written(self, paths: Sequence[Path]) -> None:
        """Files that were asked for by name and now are there."""
        for path in paths:
            self.path(self.texts.get("cli/written"), path)

    def path(self, what: str, path: Path) -> None:
        """Where something is, in one line whatever the terminal's width: paths are copied from there."""
        self.console.print(Text(what), safe(printable_path(path), 400), sep="", soft_wrap=True)

    def units(self, listed: UnitList) -> None:
        """Where the names of a list of units were read: whoever gave it sees at once if it is the wrong column."""
        if listed.columns:
            columns = [
                {**one._asdict(), "sheet": str(safe(one.sheet)), "head": str(safe(one.head))}
                for one in listed.columns
            ]
            unused = [str(safe(name)) for name in listed.unused[:MOST]]
            self.say("expected_from", columns=columns, unused=unused, count=len(listed.names))

    def missing(self, units: Sequence[Hint]) -> None:
        """The expected units that have no form; beside each the name that is likely its own."""
        if units:
            names = [
                self.texts.get(
                    "cli/expected_unit",
                    name=str(safe(hint.units[0])),
                    likely=[str(safe(one)) for one in hint.arguments["likely"]],
                )
                for hint in units[:MOST]
            ]
            self.say("expected_missing", count=len(units), units=names)

    # ------------------------------------------------------------ official forms
    def was_filled(self, filled: Filled) -> None:
        """What became of one file that was to be filled into an official form."""
        file = filled.result.file
        for copy, path in zip(filled.copies, filled.written, strict=False):
            self.say("filled_file", file=file, changed=copy.changed, open=copy.open,
                      unplaced=copy.unplaced)  # fmt: skip
            self.written([path])

    def filled(self, tally: FillTally) -> None:
        """The end of such a run."""
        self.failed(tally.failed, "unfilled_title")
        self.say("filled_done", files=tally.files, written=tally.written, failed=len(tally.failed))

    def templates(self, forms: "Iterable[Official]") -> None:
        """The list of official forms."""
        table = self.table(self.texts.list("cli/template_columns"))
        for form in forms:
            table.add_row(form.id, form.titles[self.texts.language], form.path.name)
        self.console.print(table)

    def template_good(self, names: Iterable[str], rows: int) -> None:
        """A template can be used: what it asks for."""
        self.say("template_good", names=sorted(names), rows=rows)

    def many(self, lines: Sequence[str]) -> None:
        """Sentences, a line each; of very many the first, and how many more there are."""
        for text in lines[:MOST]:
            self.console.print(safe(text, 400), soft_wrap=True)
        if len(lines) > MOST:
            self.say("more", count=len(lines) - MOST)

    def failed(self, failed: Sequence[tuple[str, str]], title: str = "failed_title") -> None:
        """The files that could not be read, or not done, each with the reason."""
        if not failed:
            return
        table = self.table(self.texts.list("cli/failed_columns"), self.texts.get(f"cli/{title}"))
        for file, reason in failed[:MOST]:
            table.add_row(safe(file, 60), safe(reason, 400))
        self.console.print(table)
        if len(failed) > MOST:
            self.say("more", count=len(failed) - MOST)

    # ------------------------------------------------------------ read
    def was_read(self, result: Result) -> None:
        """What was read from one file."""
        if result.error is not None:
            self.failed([(result.file, self.texts.error(result.error))])
            return
        for form in result.forms:
            self._form(form)

    def _form(self, form: Form) -> None:
        table = self.table(self.texts.list("cli/read_columns"), form.form)
        kind = self.texts.get(f"kind/{form.kind}")
        table.add_row(Text(self.texts.get("fields/kind")), safe(kind), Text(""))
        for name in records.HEAD:
            field: Field = getattr(form, name)
            if field.row:
                shown = (
                    field.text
                    if name in records.TEXTS
                    else (field.value if field.value is not None else field.text)
                )
                table.add_row(
                    Text(self.texts.get(f"fields/{name}")), safe(shown, 80), Text(field.cell or "")
                )
        self.console.print(table)
        self._list(form.funds, ("name", *records.FUND[1:]), "funds")
        self._list(form.goals, records.GOAL, "goals")
        table = self.table(self.texts.list("cli/indicator_columns"))
        for row in form.indicators:
            table.add_row(
                Text(str(row.goal or "")), *(safe(level.value or "", 16) for level in (row.level1, row.level2)),
                safe(row.level3.value or "", 30), safe(row.target.text, 20), safe(row.actual.text, 20),
                safe(_plain(row.weight)), safe(_plain(row.score)), Text(row.score.cell or row.actual.cell or ""),
            )  # fmt: skip
        self.console.print(table)
        if form.unread:
            self.say("unread", count=len(form.unread))
            for item in form.unread:
                self.console.print(Text(f"  {item.cell}  "), safe(item.text, 80), sep="")

    def _list(self, rows: Sequence[Fund | Goal], names: Sequence[str], what: str) -> None:
        """Funds or goals, in the columns in which one of them has something."""
        names = [name for name in names if any(getattr(row, name).text for row in rows)]
        if not names:
            return
        heads = [self.texts.get(f"{what}_columns/{name}") for name in names]
        table = self.table(heads, self.texts.get(f"fields/{what}"))
        for row in rows:
            table.add_row(*(safe(_as_read(name, getattr(row, name)), 30) for name in names))
        self.console.print(table)

    def lines(self, lines: Iterable[str]) -> None:
        """Sentences, a line each."""
        for line in lines:
            self.console.print(safe(line, 400))

    # ------------------------------------------------------------ inspect
    def inspected(self, form: Form, grid: Grid) -> None:
        """The form's own grid, each cell in the colour of what it was taken for."""
        cells = annotate(form, grid)
        heading = f"{form.form}  {self.texts.get(f'kind/{form.kind}')}"
        self.console.print(safe(heading, 400), style="bold")
        self.console.print(
            *(
                Text(f" {self.texts.get(f'groups/{group}')} ", style=f"black on #{colour}")
                for group, colour in COLOURS.items()
            )
        )
        lost = missing(form)
        if lost:
            names = self.texts.join("listed", (self.texts.get(f"fields/{name}") for name in lost))
            self.console.print(Text(self.texts.get("inspect/missing") + names, style="red"))
        right = max((min(cell.area.right, form.area.right) for cell in cells), default=1)
        table = Table(box=box.SQUARE, pad_edge=False, padding=0, show_lines=False)
        table.add_column("", style="dim")
        for col in range(form.area.left, right + 1):
            table.add_column(letters(col), overflow="ellipsis", no_wrap=True, max_width=WIDEST)
        by_row: dict[int, dict[int, AnnotatedCell]] = {}
        for cell in cells:
            by_row.setdefault(cell.area.top, {})[cell.area.left] = cell
        for row in sorted(by_row):
            line = by_row[row]
            table.add_row(
                str(row), *(_paint_cell(line.get(col)) for col in range(form.area.left, right + 1))
            )
        self.console.print(table)
        if form.unread:
            self.say("unread", count=len(form.unread))
            for item in form.unread:
                self.console.print(Text(f"  {item.cell}  "), safe(item.text, 80), sep="")

    # ------------------------------------------------------------ rules
    def rules(self) -> None:
        """Every rule, its severity, its text and the clause of each policy."""
        from perfxl.jobs import work as _reads  # noqa: F401, PLC0415  # knows policy workbooks
        from perfxl.rules import audit as _registers  # noqa: F401, PLC0415  # registers every rule
        from perfxl.rules import registry  # noqa: PLC0415  # likewise
        from perfxl.rules.policies import policy  # noqa: PLC0415  # likewise

        found = policy.load(resources.own_policies()).values()
        # A policy that is based on another one rests on the same clauses, but for a few.
        known = [one for one in found if not one.based_on]
        heads = self.texts.list("cli/rules_columns")
        table = self.table([*heads, *(() if self.narrow else (one.id for one in known))])
        for column in table.columns[:2]:
            column.no_wrap = True
        for rule in registry.RULES:
            severity = self.texts.join(
                "listed", (self.texts.get(f"severity/{one}") for one in rule.severity.split(", "))
            )
            title = self.texts.get(f"rules/{rule.code}/title")
            clauses = {one.id: one.clause(rule.subject) for one in known}
            if self.narrow:
                below = self.texts.join(
                    "joined", (f"{name} {text}" for name, text in clauses.items())
                )
                table.add_row(rule.code, severity, Text(f"{title}\n{below}"))
            else:
                table.add_row(rule.code, severity, title, *clauses.values())
        self.console.print(table)


def _paint_cell(cell: AnnotatedCell | None) -> Text:
    if cell is None:
        return Text("")
    text = safe(cell.text, WIDEST)
    text.stylize(f"black on #{COLOURS[cell.group]}")
    return text


def format_points(value: Fraction | None) -> str:
    """Points with two decimals, a dash where there are none."""
    return "—" if value is None else f"{round_half_up(value, 2):.2f}"


def format_recomputed(one: FormSummary, texts: Texts) -> str:
    """A form's recomputed total in words."""
    if one.recomputed is not None:
        return format_points(one.recomputed)
    if one.conclusion in (Conclusion.BLANK, Conclusion.OTHER):
        return format_points(None)
    if not one.scored and one.lo is None and one.hi is None:
        return texts.get("cli/unscored")
    return texts.range(one.lo, one.hi)


def _as_read(name: str, field: Field) -> str:
    """A score as its number, for its cell may say more (目标1（8分）); anything else as it stands."""
    if name in ("weight", "score"):
        return _plain(field)
    return " ".join(field.text.split())


def _plain(field: Field) -> str:
    value = records.plain(field.value)
    return field.text if value is None else str(value)
