"""What a person sees at the end of an audit: the forms, what could not be read, and where everything is."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from perfxl.jobs.work import unforeseen
from perfxl.rules.conclusion import Conclusion
from perfxl.runs.audit import AuditRun
from perfxl.runs.tally import FEW, Row, Tally
from perfxl.screens.screen import Screen, format_points, format_recomputed, safe

NARROW = (0, 4, 6, 7, 8)
"""Which of the columns of ``cli/columns`` a narrow list has."""
NAMES = (0, 1)
"""Which of them are names, of unit and file."""
UNJUDGED = (Conclusion.INCOMPLETE, Conclusion.BLANK, Conclusion.OTHER)
"""Conclusions that say that a form is no audited self-evaluation."""
STYLES = dict.fromkeys(Conclusion, "red") | {
    Conclusion.WARNINGS: "yellow",
    Conclusion.CLEAN: "green",
    Conclusion.OTHER: "yellow",
}


def show_audit(screen: Screen, run: AuditRun) -> None:
    """The forms, the files that failed, where the copies are, what a run came to, and the summary."""
    tally, found, texts = run.tally, run.found, screen.texts
    if run.book is not None:
        screen.migrated(run.book)
    screen.failed(tally.failed + _forms(screen, tally))
    _copies(screen, tally, run.folder)
    reasons = [(file, texts.get("cli/no_copy", reason=reason)) for file, reason in tally.unmarked]
    screen.many([texts.get("cli/of_file", file=file, text=text) for file, text in reasons])
    screen.many([texts.get("cli/same", file=one, other=two) for one, two in tally.same])
    if tally.unmatched:
        names = [str(safe(name)) for name in tally.without]
        screen.say("unmatched", count=tally.unmatched, names=names)
    if tally.kept:
        screen.say("kept", count=tally.kept)
    screen.taken_in(run.taken_in)
    screen.left_out(found)
    screen.say(
        "done", files=tally.files, forms=tally.forms, clean=tally.clean,
        wrong=tally.wrong, failed=len(tally.failed), unmarked=len(tally.unmarked),
        **{str(one): tally.conclusions[one] for one in UNJUDGED},
    )  # fmt: skip
    screen.missing(run.summary.missing)
    if run.summary.error is not None:
        screen.say("no_summary", reason=texts.error(run.summary.error))
    elif run.summary.path is not None:
        screen.path(texts.get("cli/summary"), run.summary.path)


def _copies(screen: Screen, tally: Tally, folder: Path) -> None:
    """Where the copies are: of one or two each, of more the folder."""
    if tally.copied > len(tally.copies):
        screen.path(screen.texts.get("screen/copies", count=tally.copied), folder)
    for copy in tally.copies if tally.copied <= len(tally.copies) else ():
        screen.path(screen.texts.get("cli/copies"), copy)


def _forms(screen: Screen, tally: Tally) -> list[tuple[str, str]]:
    """Show the forms of a run; those that cannot be shown come back, each with the reason."""
    lost, lines = [], []
    for row in tally.listed():
        try:
            lines.append(_row(row, screen))
        except Exception as error:  # noqa: BLE001  # one file never hides the others
            lost.append((row.file, screen.texts.error(unforeseen(error))))
    heads = screen.texts.list("cli/columns")
    if tally.forms <= FEW:
        for line in lines:
            grid = Table.grid(padding=(0, 2))
            for head, cell in zip(heads, line, strict=True):
                grid.add_row(Text(head), cell)
            screen.console.print(grid, Text(""))
    elif lines:
        screen.console.print(_list(screen, heads, lines))
    if tally.forms > len(lines) + len(lost):
        more = tally.forms - len(lines) - len(lost)
        screen.say("screen/more_forms", count=more, clean=tally.clean)
    return lost


def _list(screen: Screen, heads: Sequence[str], lines: Sequence[list[Text]]) -> Table:
    """A line a form, with as many columns as the terminal has room for."""
    if not screen.narrow:
        return screen.list_table(heads, lines, names=NAMES)
    # Where a unit has several forms, their files tell them apart.
    named = Counter(line[0].plain for line in lines)
    lines = [[line[1] if named[line[0].plain] > 1 else line[0], *line[1:]] for line in lines]
    return screen.list_table(
        [heads[place] for place in NARROW], [[line[place] for place in NARROW] for line in lines],
        names=(0,),
    )  # fmt: skip


def _row(row: Row, screen: Screen) -> list[Text]:
    """All that is shown of a form, in the order of ``cli/columns``."""
    one, texts = row.summary, screen.texts
    file = f"{row.file} {one.place}" if row.several else row.file
    return [
        safe(one.name or file),
        safe(file),
        Text(format_points(one.claimed)),
        Text(format_recomputed(one, texts)),
        Text(format_points(one.difference)),
        Text(format_points(one.proven) if one.proven else "—"),
        Text(str(one.errors), style="red" if one.errors else ""),
        Text(str(one.warnings), style="yellow" if one.warnings else ""),
        Text(texts.get(f"conclusion/{one.conclusion}"), style=STYLES[one.conclusion]),
    ]
