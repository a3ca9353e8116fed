"""The findings of a folder of results beside what was decided of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from perfxl.ledger import decisions
from perfxl.ledger.decisions import Choice, Decision
from perfxl.ledger.store import Ledger
from perfxl.rules.findings import COUNTED
from perfxl.runs import summary_data
from perfxl.runs.decisions import TakenIn, take_in
from perfxl.texts import Texts

NOTHING = Decision("", "", Choice.NONE)


class DecidedFinding(NamedTuple):
    """A finding of a form as it was submitted last, and what was decided of it.

    Attributes:
        unit, file: whose form it is. name: what the finding is about. problem: its name.
        cell: where it stands. choice: "" where nobody decided yet, else a word of `Choice`.
    """

    unit: str
    file: str
    name: str
    problem: str
    cell: str
    choice: str
    reason: str
    person: str
    decided_on: str


@dataclass
class DecidedFindings:
    """What came of it.

    Attributes:
        taken: what was taken in just now.
        findings: errors and warnings of all forms, in the order of the forms.
        disagreements: a sentence for each finding of which workbooks say different things.
    """

    taken: TakenIn
    findings: list[DecidedFinding] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)


def collect(ledger: Ledger, folder: Path, texts: Texts) -> DecidedFindings:
    """Take in what people decided, and put it beside the findings.

    Args:
        ledger: of the folder.
        folder: of the results.
        texts: the user's language.

    Raises:
        LedgerError: it cannot be read or written.
    """
    found = DecidedFindings(take_in(ledger, folder, texts, again=True))
    said = decisions.read_history(ledger)
    season = summary_data.read(ledger, folder, texts.language)
    for entry, (_, record) in zip(season.entries, summary_data.records(season), strict=True):
        form = entry.decisions.form if entry.decisions else ""
        for finding in record["findings"]:
            if finding["severity"] not in COUNTED:
                continue
            history = said.get((form, finding.get("key") or ""), [])
            holding = decisions.standing(history) or NOTHING
            name = (
                finding.get("name") or finding.get("goal_name") or finding.get("field_name") or ""
            )
            found.findings.append(
                DecidedFinding(
                    entry.unit, entry.file, name, finding.get("problem") or finding["rule"],
                    finding["cell"] or "", *holding.told,
                )
            )  # fmt: skip
            found.disagreements += _disagreement(entry.unit, name, history, texts)
    return found


def _disagreement(unit: str, name: str, history: list[Decision], texts: Texts) -> Iterator[str]:
    told = decisions.disagreeing(history)
    if told:
        words = [
            texts.get("decisions/said", file=one.source, choice=_word(one.choice, texts))
            for one in told
        ]
        yield texts.get("decisions/disagree", unit=unit, name=name, said=words)


def _word(choice: str, texts: Texts) -> str:
    return texts.get(f"decisions/{choice}") if choice else "—"
