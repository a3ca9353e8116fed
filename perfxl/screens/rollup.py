"""What a person sees of a roll-up on the terminal."""

from collections.abc import Sequence

from rich.text import Text

from perfxl.books.rolled import headings
from perfxl.books.rolled_sheets import sentence
from perfxl.rollups.groups import Project
from perfxl.rollups.model import Difference
from perfxl.rules.findings import Severity
from perfxl.runs.rollup import Rolled
from perfxl.screens.screen import Screen, safe
from perfxl.texts import Texts

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: ""}
MOST_PLACES = 6


def found_projects(screen: Screen, projects: Sequence[Project], rolled: Rolled) -> None:
    """The projects that could be rolled up, where none was named."""
    texts = screen.texts
    if projects:
        table = screen.table(texts.list("cli/projects_columns"), texts.get("cli/projects_title"))
        for one in projects:
            name = one.name or texts.get("cli/no_project_name")
            table.add_row(safe(name), Text(texts.get(f"kind/{one.kind}")), Text(str(one.forms)))
        screen.console.print(table)
        screen.say("projects_hint")
    else:
        screen.say("rollup_nothing")
    _show_failed(screen, rolled)


def rolled_up(screen: Screen, rolled: Rolled) -> None:
    """The roll-ups, what needs attention, and where the workbook is."""
    texts = screen.texts
    if rolled.rollups:
        table = screen.table(texts.list("cli/rollup_columns"))
        for heading, one in zip(headings(rolled.rollups, texts), rolled.rollups, strict=True):
            counts = [one.count(severity) for severity in Severity]
            total = texts.range(*one.total.value) if one.scored else texts.get("cli/unscored")
            table.add_row(
                safe(heading, 40), Text(texts.get(f"kind/{one.kind}")), Text(str(one.year or "—")),
                Text(str(len(one.members))), Text(total),
                *(Text(str(count), style=COLOURS[severity] if count else "")
                  for severity, count in zip(Severity, counts, strict=True)),
            )  # fmt: skip
        screen.console.print(table)
    told = [one for rollup in rolled.rollups for one in rollup.differences] + rolled.left
    _differences(screen, [one for one in told if one.severity is not Severity.NOTE])
    _show_failed(screen, rolled)
    screen.written(rolled.written)
    screen.say(
        "rollup_done", files=len(rolled.results), forms=len(rolled.forms),
        rollups=len(rolled.rollups), failed=len(rolled.failed),
    )  # fmt: skip


def _differences(screen: Screen, told: Sequence[Difference]) -> None:
    if not told:
        return
    texts = screen.texts
    table = screen.table(texts.list("cli/rollup_finding_columns"), texts.get("cli/rollup_findings"))
    for one in told:
        severity = Text(texts.get(f"severity/{one.severity}"), style=COLOURS[one.severity])
        table.add_row(severity, safe(sentence(one, texts), 400), safe(_places(one, texts), 400))
    screen.console.print(table)


def _places(one: Difference, texts: Texts) -> str:
    """Every cell that a difference rests on: file, sheet, cell."""
    places = [
        f"{source.form.file} {source.form.sheet} {source.place.cell or ''}".rstrip()
        for source in one.sources
    ]
    return texts.join("joined", places[:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else "")


def _show_failed(screen: Screen, rolled: Rolled) -> None:
    failed = [(one.file, screen.texts.error(one.error)) for one in rolled.failed if one.error]
    screen.failed(failed)
    if rolled.own:
        screen.say("rollup_own", files=tuple(source.name for source in rolled.own))
