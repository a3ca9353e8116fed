"""`perfxl decisions` on the terminal: what was decided of which finding, and what could not be taken."""

from contextlib import closing
from pathlib import Path

from perfxl.ledger import history
from perfxl.runs import decided
from perfxl.runs.decided import DecidedFinding
from perfxl.screens.screen import Screen, safe

MOST = 500
"""So many decisions are listed; the summary has them all."""


def show_decisions(screen: Screen, folder: Path | None, ledger: str | None) -> int:
    """Take in what people decided and print it; how much could not be taken.

    Raises:
        UsageError: there is no ledger, or several. LedgerError: it cannot be used.
    """
    texts = screen.texts
    with closing(history.find_ledger(ledger, folder)) as book:
        screen.migrated(book)
        results = folder or history.folder_of(book)
        found = decided.collect(book, results, texts)
    listed = [one for one in found.findings if one.choice]
    if listed:
        table = screen.table(texts.list("decisions/list_columns"))
        for one in listed[:MOST]:
            table.add_row(*map(safe, _cells(one, texts.get(f"decisions/{one.choice}"))))
        screen.console.print(table)
    if len(listed) > MOST:
        screen.say("decisions/more", count=len(listed) - MOST)
    screen.say(
        "decisions/counts", decided=len(listed), open=len(found.findings) - len(listed), new=found.taken.new
    )  # fmt: skip
    screen.lines([*found.disagreements, *found.taken.sentences(texts)])
    return len(found.taken.untaken)


def _cells(one: DecidedFinding, choice: str) -> tuple[str, ...]:
    return one.unit, one.name, one.problem, choice, one.reason, one.person, one.decided_on
