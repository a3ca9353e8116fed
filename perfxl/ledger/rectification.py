"""What became of the findings of an earlier submission: mended, not mended, in part, or new.

Works on records, as `perfxl.ledger.changes` does; a finding is known again by its key.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from perfxl.forms.records import Record
from perfxl.rules.findings import COUNTED


class State(StrEnum):
    """What became of a finding."""

    MENDED = "mended"
    PARTLY = "partly"
    NOT_MENDED = "not-mended"
    NEW = "new"


class Rectified(NamedTuple):
    """A finding in two submissions.

    Attributes:
        state: what became of it.
        old, new: its record then and now; None where it was not found.
    """

    state: State
    old: Record | None
    new: Record | None

    @property
    def finding(self) -> Record:
        """Its latest record."""
        found = self.new or self.old
        assert found is not None  # noqa: S101  # one of them made it
        return found


def compare_findings(old: Sequence[Record], new: Sequence[Record]) -> list[Rectified]:
    """What became of the findings of one form.

    Args:
        old: records of its findings in the earlier submission.
        new: in the later one.

    Returns:
        The earlier ones in their order, then what is new. Findings without a key, from ledgers that kept
        none, are known by rule, cell and field.
    """
    now = {_key(one): one for one in new if one["severity"] in COUNTED}
    then = {_key(one): one for one in old if one["severity"] in COUNTED}
    told = []
    for key, before in then.items():
        after = now.get(key)
        told.append(Rectified(_state(before, after), before, after))
    told += [Rectified(State.NEW, None, after) for key, after in now.items() if key not in then]
    return told


def _key(finding: Record) -> Any:
    key = finding.get("key")
    return key or (finding["rule"], finding["cell"], finding["field"])


def _state(before: Record, after: Record | None) -> State:
    """Mended where it is found no more, in part where it is less than it was."""
    if after is None:
        return State.MENDED
    if _weight(after) < _weight(before):
        return State.PARTLY
    return State.NOT_MENDED


def _weight(finding: Record) -> tuple[int, float]:
    """How grave it is, then by how much the claim is off, then in how many cells."""
    off = finding.get("difference")
    cells = len(finding.get("cells") or ())
    return (finding["severity"] == COUNTED[0], abs(off) if off is not None else float(cells))
