"""A season's forms as the ledger has them now: the last result of every submission, for the summary."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from perfxl.books import summary
from perfxl.books.summary_entry import Across, Entry
from perfxl.books.summary_rows import Rows
from perfxl.errors import PerfxlError, UsageError
from perfxl.folder import outcome, place, season_rows
from perfxl.folder.find import SUMMARY
from perfxl.folder.ledger import Ledger
from perfxl.folder.outcome import Summary
from perfxl.folder.pool import Alone, Pool
from perfxl.folder.schema import forms, results, seen
from perfxl.forms.records import Record
from perfxl.rules import across, policy
from perfxl.rules.across import Traits
from perfxl.texts import Texts

NAME = SUMMARY
CHUNK = 100
"""So many records are fetched at once."""
MOST_TOLD = 12
"""So many units of one hint are named, the rest is counted."""


@dataclass
class Season:
    """The submissions of one folder of results, each as it was last.

    Attributes:
        ledger: where their records are.
        entries: one for each form; its key is (result, number of the form).
        failed: files that could not be read, with the reason.
        contents: file → the files of the very same content, itself among them, where there are others.
        digest: changes when any of it does.
    """

    ledger: Ledger
    entries: list[Entry] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    contents: dict[str, list[str]] = field(default_factory=dict)
    digest: str = ""


def read(ledger: Ledger, folder: Path, language: str, own: Path | None = None) -> Season:
    """Everything that was submitted, as it was last.

    A submission that is gone and whose content is there under another name has been moved: it is told
    once, under the name that it has.

    Args:
        ledger: of the folder.
        folder: of results; links lead to the copies in it.
        language: of the policies' titles.
        own: a folder of the user's own policies.
    """
    season = Season(ledger)
    newest = (
        select(func.max(seen.c.id)).where(seen.c.folder == ledger.folder).group_by(seen.c.path)
    )  # fmt: skip
    question = (
        select(seen.c.path, seen.c.name, seen.c.content, seen.c.copy, seen.c.result, results.c.reason,
               forms.c.number, forms.c.summary)
        .select_from(
            seen.join(results, seen.c.result == results.c.id)
            .join(forms, forms.c.result == results.c.id, isouter=True)
        )
        .where(seen.c.id.in_(newest))
        .order_by(seen.c.path, forms.c.number)
    )  # fmt: skip
    known = select(seen.c.path, seen.c.content).where(seen.c.id.in_(newest))
    gone: set[str] = set()
    held: set[str] = set()
    for path, content in map(tuple, ledger.rows(known)):
        if os.path.exists(path):  # noqa: PTH110  # 10,000 of them
            held.add(content)
        else:
            gone.add(path)
    titles = {one.id: one.titles[language] for one in policy.load(own).values()}
    digest = hashlib.sha256()
    same_content: dict[str, list[str]] = {}
    for path, name, content, copy, result, reason, number, short in map(tuple, ledger.rows(question)):
        if path in gone and content and content in held:
            continue
        digest.update(f"{name}\0{result}\0{copy}\n".encode("utf-8", "surrogatepass"))
        same = same_content.setdefault(content or name, [])
        if name not in same:
            same.append(name)
        if reason is not None:
            season.failed.append((name, reason))
        elif short is not None:
            one = Summary.from_text(short)
            season.entries.append(_entry(name, copy, (result, number), one, titles, folder))
    season.digest = digest.hexdigest()
    twice = [names for names in same_content.values() if len(names) > 1]
    season.contents = {name: names for names in twice for name in names}
    return season


def _entry(
    name: str, copy: str | None, key: tuple[int, int], one: Summary, titles: dict[str, str], folder: Path
) -> Entry:  # fmt: skip
    there = copy is not None and (folder / copy).exists()
    return Entry(
        name, copy if there else None, one.unit, one.project, one.kind, one.year,
        titles.get(one.policy, one.policy), one.claimed, one.lo, one.hi, one.recomputed, one.difference,
        one.proven, one.claimed_grade, one.grade, one.errors, one.warnings, one.notes, key=key, unjudged=one.unjudged,
    )  # fmt: skip


def expected_units(path: Path | None) -> list[str]:
    """The units of a list, a line each; of a line with several columns, the first.

    Raises:
        UsageError: the list cannot be read.
    """
    if path is None:
        return []
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError("file-unreadable", path=str(path), reason=error) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = (line.replace("\t", ",").split(",")[0].strip() for line in text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]
    raise UsageError("expected-unreadable", path=str(path))


def write(
    season: Season,
    target: Path,
    texts: Texts,
    workers: Pool | Alone,
    expected: Sequence[str] = (),
) -> None:
    """Write the summary, whole or not at all.

    Args:
        season: what is summed up.
        target: the workbook.
        texts: the user's language.
        workers: who puts its rows together.
        expected: units that should have submitted.

    Raises:
        UsageError: the place cannot be written. LedgerError: the ledger cannot be read.
    """
    traits: list[Traits] = []

    def rows(entries: Sequence[Entry]) -> Iterator[Rows]:
        for one, compared in season_rows.of(entries, season.ledger, texts.language, workers):
            traits.append(compared)
            yield one

    def hints() -> list[Across]:
        found = across.hints(traits, season.contents)
        units = [name for one in season.entries for name in (one.unit, one.project)]
        return [_told(hint, texts) for hint in [*found, *across.missing(expected, units)]]

    with place.appearing(target) as file:
        summary.write(file, season.entries, rows, season.failed, hints, texts, season.digest)


def _told(hint: across.Hint, texts: Texts) -> Across:
    units = list(hint.units)
    if len(units) > MOST_TOLD:
        more = texts.get("across/more", count=len(units))
        units = [*units[:MOST_TOLD], more]
    arguments = dict(hint.arguments)
    if "field" in arguments:
        arguments["field"] = texts.field(arguments["field"])
    return Across(hint.kind, texts.get(f"across/{hint.kind}", units=units, **arguments), hint.files)


def refreshed(
    ledger: Ledger, folder: Path, texts: Texts, workers: Pool | Alone, expected: Sequence[str] = (),
    own: Path | None = None, *, make: bool = True,
) -> Path | PerfxlError | None:  # fmt: skip
    """Bring the summary of a folder of results up to date.

    Args:
        ledger: as in `read`, like folder and own.
        folder: of results.
        texts: as in `write`, like workers and expected.
        workers: who puts its rows together.
        expected: units that should have submitted.
        own: a folder of the user's own policies.
        make: whether to make one where there is none.

    Returns:
        Where it is; None where there is none and none was wanted; the reason where it could not be
        written (somebody has it open): the audits stand without it.
    """
    target = folder / NAME
    try:
        if not make and not target.exists():
            return None
        season = read(ledger, folder, texts.language, own)
        if expected or not is_current(season, target):
            write(season, target, texts, workers, expected)
    except PerfxlError as error:
        return error
    return target


def is_current(season: Season, target: Path) -> bool:
    """Whether a summary already says all this."""
    return summary.digest_of(target) == season.digest


def records(season: Season) -> Iterator[tuple[str, Record]]:
    """Every form as (file, record)."""
    for start in range(0, len(season.entries), CHUNK):
        chunk = season.entries[start : start + CHUNK]
        packed = season.ledger.records({entry.key[0] for entry in chunk})
        for entry in chunk:
            result, number = entry.key
            yield entry.file, outcome.unpacked(packed[result][number])
