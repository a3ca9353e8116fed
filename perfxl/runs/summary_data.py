"""A season's forms as the ledger has them now: the last result of every submission, for the summary."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from perfxl import texts
from perfxl.books.summary import workbook as summary
from perfxl.books.summary.entry import CrossFormHint, Entry, Replaced, Rows, SummaryInput
from perfxl.errors import PerfxlError
from perfxl.exact import Fraction
from perfxl.files import ownership, place
from perfxl.files.find import SUMMARY
from perfxl.files.presence import Known, part_replaced, presence
from perfxl.forms.records import Record
from perfxl.forms.values.text import normalize
from perfxl.jobs import outcome, work
from perfxl.jobs.pool import InlineExecutor, Pool
from perfxl.ledger.schema import forms, results, seen
from perfxl.ledger.store import Ledger
from perfxl.rules import across
from perfxl.rules.across import Traits
from perfxl.rules.policies import policy
from perfxl.rules.policies.policy import Policy
from perfxl.rules.short import FormSummary
from perfxl.runs import summary_rows as season_rows
from perfxl.runs.decisions import Standing
from perfxl.texts import Texts

NAME = SUMMARY
CHUNK = 100
"""So many records are fetched at once."""
MOST_TOLD = 12
"""So many units of one hint are named, the rest is counted."""


@dataclass
class SummaryData:
    """The submissions of one folder of results, each as it was last.

    Attributes:
        ledger: where their records are.
        folder: of the results.
        entries: one for each form; its key is (result, number of the form, its place).
        replaced: forms that are gone and that another one of the same unit and project has replaced.
        failed: files that could not be read, with the reason.
        contents: file → the files of the very same content, itself among them, where there are others.
        grades: of the policies that judged them, from the best down.
        digest: changes when any of it does.
    """

    ledger: Ledger
    folder: Path
    entries: list[Entry] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    contents: dict[str, list[str]] = field(default_factory=dict)
    grades: list[str] = field(default_factory=list)
    digest: str = ""

    def missing(self, expected: Sequence[str]) -> list[across.Hint]:
        """The expected units that have no form."""
        units = [name for one in self.entries for name in (one.short.unit, one.short.project)]
        return across.missing_units(expected, units)


def read(ledger: Ledger, folder: Path, language: str, own: Path | None = None) -> SummaryData:
    """Everything that was submitted, as it was last.

    Args:
        ledger: of the folder.
        folder: of results; links lead to the copies in it.
        language: of the policies' titles.
        own: a folder of the user's own policies.
    """
    season = SummaryData(ledger, folder)
    newest = (
        select(func.max(seen.c.id).label("last"), func.min(seen.c.id).label("first"))
        .where(seen.c.folder == ledger.folder)
        .group_by(seen.c.path)
        .subquery()
    )
    there = presence(
        _known(tuple(row))
        for row in ledger.rows(
            select(seen.c.path, seen.c.content, seen.c.same_as, results.c.reason, newest.c.first,
                   seen.c.size, seen.c.mtime, seen.c.ctime)
            .join(newest, seen.c.id == newest.c.last)
            .join(results, seen.c.result == results.c.id)
        )
    )  # fmt: skip
    question = (
        select(seen.c.path, seen.c.name, seen.c.content, seen.c.copy, seen.c.result, results.c.reason,
               forms.c.number, forms.c.place, forms.c.summary)
        .join(newest, seen.c.id == newest.c.last)
        .join(results, seen.c.result == results.c.id)
        .join(forms, forms.c.result == results.c.id, isouter=True)
        .order_by(seen.c.path, forms.c.number)
    )  # fmt: skip
    policies = {one.id: one for one in policy.load(own).values()}
    owners = {copy: path for copy, (path, _) in ledger.owners().items()}
    standing = Standing(ledger)
    digest = hashlib.sha256(standing.digest().encode())
    same_content: dict[str, list[str]] = {}
    for row in ledger.rows(question):
        path, name, content, copy, result, reason, number, place_, short = tuple(row)
        if path in there.left_out:
            continue
        gone = path in there.gone
        digest.update(f"{name}\0{result}\0{copy}\0{gone}\n".encode("utf-8", "surrogatepass"))
        same = same_content.setdefault(content or name, [])
        if name not in same:
            same.append(name)
        if reason is not None:
            season.failed.append((name, reason))
        elif short is not None:
            own_copy = copy if copy is not None and owners.get(copy) == path else None
            key = (result, number, place_)
            try:
                one = FormSummary.from_text(short)
                entry = _entry(name, own_copy, key, one, policies.get(one.policy), folder, language)
            except Exception as error:  # noqa: BLE001  # whatever a damaged ledger holds
                season.failed.append(
                    (name, texts.load_texts(language).error(work.unforeseen(error)))
                )
            else:
                decided = standing.of_form(one, name)
                season.entries.append(entry._replace(gone=gone, decisions=decided))
    season.entries, season.replaced = part_replaced(season.entries)
    season.grades = _grades(
        policies[used] for used in {one.short.policy for one in season.entries} & {*policies}
    )
    season.digest = digest.hexdigest()
    twice = [names for names in same_content.values() if len(names) > 1]
    season.contents = {name: names for names in twice for name in names}
    return season


def _known(cells: tuple[Any, ...]) -> Known:
    path, content, same_as, reason, first, *stamp = cells
    return Known(path, content, same_as, reason, first, tuple(stamp))


def _entry(
    name: str, copy: str | None, key: tuple[int, int, str], one: FormSummary, judged_by: Policy | None,
    folder: Path, language: str,
) -> Entry:  # fmt: skip
    there = copy is not None and (folder / copy).exists()
    title = one.policy if judged_by is None else judged_by.titles[language]
    before = "" if judged_by is None else _grade_before(one, judged_by)
    return Entry(name, copy if there else None, title, one, key, before=before)


def _grades(used: Iterable[Policy]) -> list[str]:
    """The grades of several policies by the points that they ask for at least, the best first."""
    least: dict[str, Fraction] = {}
    for points, grade in (step for one in used for step in one.grades):
        least[grade] = max(points, least.get(grade, points))
    return sorted(least, key=lambda grade: (-least[grade], grade))


def _grade_before(one: FormSummary, judged_by: Policy) -> str:
    """The grade that a form states, in the policy's words; else the one that its claimed total earns."""
    stated = judged_by.grade_words.get(normalize(one.claimed_grade).strip("()。"))
    if stated in [grade for _, grade in judged_by.grades]:
        return str(stated)
    if one.claimed is None:
        return ""
    return next((grade for least, grade in judged_by.grades if one.claimed >= least), "")


def write(
    season: SummaryData,
    target: Path,
    texts: Texts,
    workers: Pool | InlineExecutor,
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
        told = season_rows.collect_rows(entries, season.ledger, texts.language, workers)
        return map(noted, told)

    def noted(told: tuple[Rows, Traits]) -> Rows:
        traits.append(told[1])
        return told[0]

    def hints() -> list[CrossFormHint]:
        found = across.hints(traits, season.contents)
        return [_render_hint(hint, texts) for hint in [*found, *season.missing(expected)]]

    linked = partial(_linked, folder=season.folder, near=target.parent)
    told = SummaryInput(
        [linked(one) for one in season.entries],
        [one._replace(entry=linked(one.entry)) for one in season.replaced],
        season.failed,
        rows,
        hints,
        season.grades,
    )
    with place.atomic_write(target) as file:
        summary.write(file, told, texts, season.digest)


def _linked(entry: Entry, folder: Path, near: Path) -> Entry:
    """An entry whose copy is found from the folder that the summary is in."""
    if entry.copy is None or near.absolute() == folder.absolute():
        return entry
    copy = (folder / entry.copy).absolute()
    try:
        return entry._replace(copy=Path(os.path.relpath(copy, near.absolute())).as_posix())
    except ValueError:  # on another drive of Windows
        return entry._replace(copy=str(copy))


def _render_hint(hint: across.Hint, texts: Texts) -> CrossFormHint:
    units = list(hint.units)
    if len(units) > MOST_TOLD:
        more = texts.get("across/more", count=len(units))
        units = [*units[:MOST_TOLD], more]
    arguments = dict(hint.arguments)
    if "field" in arguments:
        arguments["field"] = texts.field(arguments["field"])
    return CrossFormHint(
        hint.kind, texts.get(f"across/{hint.kind}", units=units, **arguments), hint.files
    )


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a folder's summary.

    Attributes:
        path: where it is; None where there is none and none was wanted.
        error: why it could not be written (somebody has it open): the audits stand without it.
        missing: the expected units that have no form.
    """

    path: Path | None = None
    error: PerfxlError | None = None
    missing: tuple[across.Hint, ...] = ()


def refresh_summary(
    ledger: Ledger, folder: Path, texts: Texts, workers: Pool | InlineExecutor, expected: Sequence[str] = (),
    own: Path | None = None, *, make: bool = True,
) -> Refreshed:  # fmt: skip
    """Bring the summary of a folder of results up to date.

    Args:
        ledger: as in `read`, like folder and own.
        folder: of results.
        texts: as in `write`, like workers and expected.
        workers: who puts its rows together.
        expected: units that should have submitted.
        own: a folder of the user's own policies.
        make: whether to make one where there is none.
    """
    if not make and not (folder / NAME).exists():
        return Refreshed()
    missing: tuple[across.Hint, ...] = ()
    try:
        season = read(ledger, folder, texts.language, own)
        missing = tuple(season.missing(expected))
        target, current = place_in(folder, season)
        if expected or not current:
            write(season, target, texts, workers, expected)
    except PerfxlError as error:
        return Refreshed(error=error, missing=missing)
    except Exception as error:  # noqa: BLE001  # the audits stand without their summary
        return Refreshed(error=work.unforeseen(error), missing=missing)
    return Refreshed(target, missing=missing)


def place_in(folder: Path, season: SummaryData) -> tuple[Path, bool]:
    """Where the summary of a folder goes, and whether it stands there already and says all this.

    A 汇总.xlsx that is not ours, or that somebody wrote his remarks into, is left as it is.
    """
    for number in count(1):
        target = folder / (NAME if number == 1 else f"{Path(NAME).stem}-{number}.xlsx")
        try:
            current = summary.digest_of(target) == season.digest
            if current or not target.exists() or ownership.is_untouched(target):
                return target, current
        except OSError:
            return target, False  # writing it will tell why not
    raise AssertionError


def records(season: SummaryData) -> Iterator[tuple[str, Record]]:
    """Every form as (file, record)."""
    for start in range(0, len(season.entries), CHUNK):
        chunk = season.entries[start : start + CHUNK]
        packed = season.ledger.records({entry.key[0] for entry in chunk})
        for entry in chunk:
            result, number, form = entry.key
            # A file with the same content as another one shares that one's record.
            record = outcome.unpack_record(packed[result][number])
            yield entry.file, record | {"form": f"{entry.file}#{form}"}


def record_of(season: SummaryData, entry: Entry) -> Record:
    """The record of one form.

    Raises:
        LedgerError: it cannot be read.
    """
    result, number, _ = entry.key
    return outcome.unpack_record(season.ledger.records({result})[result][number])
