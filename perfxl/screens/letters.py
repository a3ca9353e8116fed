"""`perfxl letters` on the terminal: how many letters there are, where they are, and who has none."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from perfxl.books.letter.content import Wishes
from perfxl.files.find import printable_path
from perfxl.ledger import history
from perfxl.runs import letters, summary_data
from perfxl.runs.decisions import take_in
from perfxl.screens.screen import Screen


@dataclass
class LetterTally:
    """What came of the letters: how many departments there are, and of how many there is none."""

    departments: int = 0
    written: int = 0
    failed: int = 0


def write_and_show(
    screen: Screen, folder: Path | None, out: Path | None, ledger: str | None, wishes: Wishes,
    template: Path | None, units: Sequence[str], *, also_clean: bool,
) -> LetterTally:  # fmt: skip
    """Write the letters of a folder of results and say what came of them.

    Raises:
        UsageError: there is no ledger, or the folder cannot be written. ConfigError: the template is wrong.
    """
    texts = screen.texts
    tally = LetterTally()
    with closing(history.find_ledger(ledger, folder)) as book:
        screen.migrated(book)
        results = folder or history.folder_of(book)
        screen.taken_in(take_in(book, results, texts))
        season = summary_data.read(book, results, texts.language)
        target = out or results / texts.get("letters/folder")
        for letter in letters.write_letters(
            season, target, wishes, texts, template, units, also_clean=also_clean
        ):
            tally.departments += 1
            if letter.error is not None:
                tally.failed += 1
                error = texts.error(letter.error)
                screen.lines([texts.get("cli/of_file", file=letter.unit, text=error)])
            tally.written += letter.path is not None
    if not tally.departments:
        screen.say("letters/nobody", units=list(units))
    else:
        spared = tally.departments - tally.written - tally.failed
        screen.say(
            "letters/written", count=tally.written, spared=spared, folder=printable_path(target)
        )
    return tally
