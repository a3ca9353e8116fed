"""Decisions taken in: what people typed into copies and summaries goes into the ledger before anything is written.

A workbook that nobody touched is known by its stamp and not opened; one that perfxl wrote and nobody
saved since, by its digest or by its properties.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perfxl import bounds
from perfxl.books.decision_cells import Filled, Problem, read_decisions
from perfxl.errors import PerfxlError
from perfxl.files import intake, ownership, place
from perfxl.files.intake import Stamp
from perfxl.grid import load
from perfxl.jobs import limits, work
from perfxl.jobs.outcome import FormOutcome
from perfxl.ledger import decisions
from perfxl.ledger.decisions import Choice, Decision
from perfxl.ledger.rows import Entry
from perfxl.ledger.store import Ledger
from perfxl.rules.keys import Decided, Decisions, key_of_summary
from perfxl.rules.short import FormSummary
from perfxl.texts import Texts

_CHOICES = {choice.value: choice for choice in Choice}


class Untaken(NamedTuple):
    """Something typed into a workbook that could not be taken."""

    file: str
    problem: Problem


@dataclass
class TakenIn:
    """What came of looking through a folder of results.

    Attributes:
        new: how many decisions were new. opened: how many workbooks were read for it.
        untaken: what could not be taken, with file and cell.
    """

    new: int = 0
    opened: int = 0
    untaken: list[Untaken] = field(default_factory=list)

    def sentences(self, texts: Texts) -> list[str]:
        """What could not be taken, a sentence each."""
        return [
            texts.get(
                f"decisions/{one.problem.code}", file=one.file, place=one.problem.place, text=one.problem.text
            )
            for one in self.untaken
        ]  # fmt: skip


class Standing:
    """What holds of every finding of a folder of results, as the ledger has it now."""

    def __init__(self, ledger: Ledger) -> None:
        self._forms: dict[str, dict[str, tuple[str, str, str, str]]] = {}
        for (form, finding), history in decisions.read_history(ledger).items():
            one = decisions.standing(history)
            if one is not None:
                self._forms.setdefault(form, {})[finding] = one.told

    def digest(self) -> str:
        """Changes when any of it does."""
        told = json.dumps(self._forms, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest() if self._forms else ""

    def of_form(self, form: FormSummary, file: str) -> Decisions:
        """What holds of a form, and its key."""
        key = key_of_summary(form, file)
        return Decisions(key, self._forms.get(key, {}))

    def of_forms(self, forms: Sequence[FormOutcome], file: str) -> Decided:
        """What holds of the forms of a file."""
        keys = (key_of_summary(form.summary, file) for form in forms) if self._forms else ()
        return {key: self._forms[key] for key in keys if key in self._forms}


def take_in(ledger: Ledger, folder: Path, texts: Texts, *, again: bool = False) -> TakenIn:
    """Enter into the ledger what people typed into the workbooks of a folder of results.

    Args:
        ledger: of the folder.
        folder: of the results.
        texts: for the reasons why a workbook cannot be opened.
        again: also those that were read before, to tell what could not be taken from them.

    Raises:
        LedgerError: nothing was entered; what people typed still stands in their workbooks.
    """
    done = TakenIn()
    known = decisions.looked_at(ledger)
    written = decisions.digests_of_copies(ledger)
    looked: list[tuple[str, Stamp, str]] = []
    found: list[Decision] = []
    for path in _workbooks(folder):
        name = path.relative_to(folder).as_posix()
        last = known.get(name)
        try:
            stamp = intake.stamp(path)
            seen = last is not None and last[0].settled and last[0] == stamp
            if seen and not again:
                continue
            data, stamp = intake.take(path)
        except OSError:
            continue  # gone since it was listed
        except PerfxlError as error:
            done.untaken.append(Untaken(name, Problem("unreadable", "", texts.error(error))))
            continue
        content = intake.digest(data)
        if not seen:
            looked.append((name, stamp, content))
        before = (written.get(name), None if again or last is None else last[1])
        if content in before or ownership.is_untouched(path):
            continue
        done.opened += 1
        try:
            filled, problems = limits.run_limited(bounds.READING, lambda: _read(data, name))  # noqa: B023
        except Exception as error:  # noqa: BLE001  # one file never stops the others
            reason = texts.error(work.reason_for(error))
            problems, filled = [Problem("unreadable", "", reason)], []
        done.untaken += [Untaken(name, one) for one in problems]
        found += [_decision(one, name) for one in filled]
    found = _of_known_forms(ledger, found, done)
    if looked or found:
        done.new = decisions.add(ledger, found, looked)
    return done


def _of_known_forms(ledger: Ledger, found: list[Decision], done: TakenIn) -> list[Decision]:
    """Decisions of forms that this folder has; one of a form from elsewhere is told and not taken."""
    if not found:
        return found
    forms = decisions.known_forms(ledger)
    for one in found:
        if one.form not in forms and any(one.told):
            done.untaken.append(Untaken(one.source, Problem("unknown_finding", one.place)))
    return [one for one in found if one.form in forms]


def note_copies(ledger: Ledger, folder: Path, entries: Iterable[Entry]) -> None:
    """Keep how copies look that were just written, so that nobody has to open what nobody touched.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    looked = []
    for entry in entries:
        if entry.copy is not None and entry.outcome.digest:
            with suppress(OSError):  # gone already: its next look tells
                looked.append((entry.copy, intake.stamp(folder / entry.copy), entry.outcome.digest))
    decisions.note(ledger, looked)


def _workbooks(folder: Path) -> Iterator[Path]:
    """The workbooks below a folder, in the order of their names."""
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.casefold().endswith(place.EDITABLE) and not name.startswith((".", "~$")):
                yield Path(above, name)


def _read(data: bytes, name: str) -> tuple[list[Filled], list[Problem]]:
    return read_decisions(load.load(data, name).grids)


def _decision(one: Filled, name: str) -> Decision:
    return Decision(
        one.form, one.finding, _CHOICES[one.choice], one.reason, one.person, one.decided_on, name, one.place
    )  # fmt: skip
