"""The ledger: what was seen when, what it was judged by, and what came of it. Only ever added to.

A SQLite file in the folder of results, or a PostgreSQL database by its URL. Several folders may share
one ledger. The order of its rows is the order of events; the clock is only shown, never compared.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, and_, create_engine, func, insert, select
from sqlalchemy.engine import URL, Row, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from perfxl.errors import LedgerError
from perfxl.files.find import printable_path
from perfxl.jobs.outcome import FormOutcome
from perfxl.jobs.rulebook import Rulebook
from perfxl.ledger import migrations
from perfxl.ledger.errors import as_ledger_error
from perfxl.ledger.rows import Entry, Known, build_rows, clean, entry_from_row, result_row
from perfxl.ledger.schema import findings, forms, results, rules, seen
from perfxl.rules.short import FormSummary

NAME = "审核台账.sqlite"
DATABASES = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
"""The databases that a ledger can be in, each with the one driver that is tested."""
PATIENCE = 10.0
"""Seconds to wait for somebody else's write to the ledger."""
CHUNK = 500
"""So many values in one question."""


def location(given: str | Path | None, folder: Path) -> URL:
    """Where a ledger is: the URL or file that was given, else the file in the folder of results.

    Raises:
        LedgerError: it is no URL of a database that perfxl knows.
    """
    if given is not None and "://" in str(given):
        try:
            url = make_url(str(given))
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.get_backend_name() not in DATABASES:
            raise LedgerError("ledger-url", ledger=_without_password(str(given)))
        return url.set(drivername=DATABASES[url.get_backend_name()])
    return URL.create("sqlite", database=str(folder / NAME if given is None else Path(given)))


def _without_password(url: str) -> str:
    head, _, tail = url.partition("://")
    return f"{head}://…{tail.rpartition('@')[2]}" if "@" in tail else url


class Ledger:
    """An open ledger, seen from one folder of results.

    Args:
        given: URL or file; None: the file in the folder.
        folder: the folder of results.
        make: make it where there is none; else that is an error.

    Attributes:
        backup: the copy of the older ledger's file, where this one was brought forward just now.

    Raises:
        LedgerError: it cannot be opened, here and in every method.
    """

    def __init__(self, given: str | Path | None, folder: Path, *, make: bool = True) -> None:
        self.url = location(given, folder)
        self.folder = "" if given is None else printable_path(folder.absolute())
        sqlite = self.url.get_backend_name() == "sqlite"
        if sqlite and not make and not Path(self.url.database or "").is_file():
            raise LedgerError("ledger-missing", ledger=self.shown)
        with self._translate_errors():
            self.engine = self._engine(sqlite)
            try:
                self.backup = migrations.prepare(self.engine, self.shown)
            except BaseException:
                self.close()
                raise

    @property
    def shown(self) -> str:
        """Where it is, for people: never with a password."""
        if self.url.get_backend_name() == "sqlite":
            return str(self.url.database)
        return self.url.render_as_string(hide_password=True)

    def _engine(self, sqlite: bool) -> Engine:
        patience = {"timeout": PATIENCE} if sqlite else {"connect_timeout": int(PATIENCE)}
        try:
            return create_engine(self.url, connect_args=patience, pool_pre_ping=not sqlite)
        except ImportError as error:
            raise LedgerError("ledger-driver", driver=error.name or str(error)) from None

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Errors of the database, told as ours."""
        try:
            yield
        except SQLAlchemyError as error:
            raise as_ledger_error(error, self.shown) from error

    # ------------------------------------------------------------ asking
    def rows(self, question: Select[Any]) -> Iterator[Row[Any]]:
        """The rows of any question, a few at a time."""
        with self._translate_errors(), self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=CHUNK).execute(question)

    def last(self, paths: Sequence[str]) -> dict[str, Known]:
        """What is known of some paths of this folder of results: the last entry of each."""
        found: dict[str, Known] = {}
        with self._translate_errors(), self.engine.connect() as connection:
            for start in range(0, len(paths), CHUNK):
                chunk = [clean(path) for path in paths[start : start + CHUNK]]
                newest = (
                    select(func.max(seen.c.id))
                    .where(and_(seen.c.folder == self.folder, seen.c.path.in_(chunk)))
                    .group_by(seen.c.path)
                )
                for one in self._select_known(connection, seen.c.id.in_(newest)):
                    found[one.path] = one
        return found

    def inside(self, path: str) -> list[Known]:
        """The last entry of everything that was ever in an archive, in the order of the entries."""
        start = clean(path + os.sep) or ""
        inside: Any = seen.c.path.startswith(start, autoescape=True)
        if self.engine.dialect.name == "sqlite":
            # Its index serves a range, and not the beginning of a text.
            inside = and_(seen.c.path > start, seen.c.path < start[:-1] + chr(ord(os.sep) + 1))
        newest = (
            select(func.max(seen.c.id))
            .where(and_(seen.c.folder == self.folder, inside))
            .group_by(seen.c.path)
        )
        with self._translate_errors(), self.engine.connect() as connection:
            found = self._select_known(connection, seen.c.id.in_(newest))
        return sorted(found, key=lambda one: one.number)

    def current(self) -> Iterator[Known]:
        """The last entry of every path of this folder of results, in the order of the entries.

        Whether a file is still where it was has to be looked up; the ledger only knows what it saw.
        """
        newest = (
            select(func.max(seen.c.id)).where(seen.c.folder == self.folder).group_by(seen.c.path)
        )
        with self._translate_errors(), self.engine.connect() as connection:
            numbers = sorted(connection.scalars(newest))
            for start in range(0, len(numbers), CHUNK):
                chunk = numbers[start : start + CHUNK]
                found = self._select_known(connection, seen.c.id.in_(chunk))
                yield from sorted(found, key=lambda one: one.number)

    def of_content(self, content: str, rulebook: str) -> list[Known]:
        """Entries with a content that was judged by these rules, the oldest first."""
        with self._translate_errors(), self.engine.connect() as connection:
            same = and_(
                seen.c.content == content, results.c.rules == rulebook, results.c.final.is_(True),
                seen.c.folder == self.folder,
            )  # fmt: skip
            return sorted(self._select_known(connection, same), key=lambda one: one.number)

    def _select_known(self, connection: Connection, which: Any) -> list[Known]:
        """Entries with their results and forms, without records."""
        joined = seen.join(results, seen.c.result == results.c.id)
        question = (
            select(seen, *(column.label(f"r_{column.name}") for column in results.c))
            .select_from(joined)
            .where(which)
        )
        rows = connection.execute(question).all()
        summaries = self._summaries(connection, {row.result for row in rows})
        return [
            entry_from_row(row, found)
            for row in rows
            if (found := summaries.get(row.result, ())) is not None
        ]

    def _summaries(
        self, connection: Connection, numbers: Iterable[int]
    ) -> dict[int, tuple[FormOutcome, ...] | None]:
        """The forms of each result; None where one of them cannot be read: the file is done again."""
        found: dict[int, tuple[FormOutcome, ...] | None] = {}
        wanted = sorted(numbers)
        for start in range(0, len(wanted), CHUNK):
            question = (
                select(forms.c.result, forms.c.summary)
                .where(forms.c.result.in_(wanted[start : start + CHUNK]))
                .order_by(forms.c.result, forms.c.number)
            )
            for result, summary in connection.execute(question):
                before = found.get(result, ())
                try:
                    form = FormOutcome(FormSummary.from_text(summary))
                except Exception:  # noqa: BLE001  # whatever a damaged ledger holds
                    found[result] = None
                else:
                    found[result] = None if before is None else (*before, form)
        return found

    def contents(self, rulebook: str) -> set[str]:
        """Every content that this folder has a final result of, by these rules."""
        with self._translate_errors(), self.engine.connect() as connection:
            question = (
                select(seen.c.content)
                .join(results, seen.c.result == results.c.id)
                .where(
                    seen.c.folder == self.folder,
                    results.c.rules == rulebook,
                    results.c.final.is_(True),
                )
            )
            return set(connection.scalars(question))

    def records(self, numbers: Collection[int]) -> dict[int, list[bytes]]:
        """The records of each result's forms, compressed as they came."""
        found: dict[int, list[bytes]] = {number: [] for number in numbers}
        wanted = sorted(numbers)
        with self._translate_errors(), self.engine.connect() as connection:
            for start in range(0, len(wanted), CHUNK):
                question = (
                    select(forms.c.result, forms.c.record)
                    .where(forms.c.result.in_(wanted[start : start + CHUNK]))
                    .order_by(forms.c.result, forms.c.number)
                )
                for result, record in connection.execute(question):
                    found[result].append(bytes(record))
        return found

    def owners(self) -> dict[str, tuple[str, str]]:
        """Which path each copy of this folder belongs to: copy → (path, digest of its content)."""
        with self._translate_errors(), self.engine.connect() as connection:
            question = (
                select(seen.c.copy, seen.c.path, seen.c.content)
                .where(and_(seen.c.folder == self.folder, seen.c.copy.is_not(None)))
                .order_by(seen.c.id)
            )
            return {copy: (path, content) for copy, path, content in connection.execute(question)}

    # ------------------------------------------------------------ adding
    def use(self, rulebook: Rulebook) -> None:
        """Enter the rules of a run, if they are new."""
        with self._translate_errors(), self.engine.begin() as connection:
            if connection.scalar(select(rules.c.digest).where(rules.c.digest == rulebook.digest)):
                return
            try:
                with connection.begin_nested():
                    connection.execute(
                        insert(rules).values(
                            digest=rulebook.digest, perfxl=rulebook.perfxl, policy=rulebook.policy,
                            language=rulebook.language, vocabulary=rulebook.vocabulary,
                            policies=rulebook.policies, first_used=datetime.now(UTC),
                        )
                    )  # fmt: skip
            except IntegrityError:
                return  # another perfxl was faster

    def enter(self, rows: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]]) -> None:
        """Add rows to tables, all or none of them."""
        with self._translate_errors(), self.engine.begin() as connection:
            for table, values in rows:
                if values:
                    connection.execute(insert(table), list(values))

    def add(self, entries: Sequence[Entry], rulebook: str) -> None:
        """Add entries, all or none of them; each learns the number of its result."""
        if not entries:
            return
        now = datetime.now(UTC)
        numbers = [entry.result for entry in entries]
        new = [index for index, number in enumerate(numbers) if number is None]
        with self._translate_errors(), self.engine.begin() as connection:
            if new:
                made = connection.scalars(
                    insert(results).returning(results.c.id, sort_by_parameter_order=True),
                    [result_row(entries[index], rulebook, now) for index in new],
                ).all()
                for index, result in zip(new, made, strict=True):
                    numbers[index] = result
                self._add_forms(connection, [(numbers[index], entries[index]) for index in new])
            connection.execute(
                insert(seen),
                [
                    self._seen(entry, result, now)
                    for entry, result in zip(entries, numbers, strict=True)
                ],
            )
        for entry, result in zip(entries, numbers, strict=True):
            entry.result = result

    @staticmethod
    def _add_forms(connection: Connection, made: list[tuple[int | None, Entry]]) -> None:
        form_rows, finding_rows = [], []
        for result, entry in made:
            of_forms, of_findings = build_rows(entry)
            form_rows += [row | {"result": result} for row in of_forms]
            finding_rows += [row | {"result": result} for row in of_findings]
        if form_rows:
            connection.execute(insert(forms), form_rows)
        if finding_rows:
            connection.execute(insert(findings), finding_rows)

    def _seen(self, entry: Entry, result: int | None, now: datetime) -> dict[str, Any]:
        stamp = entry.stamp
        return {
            "folder": self.folder,
            "path": clean(entry.path),
            "name": clean(entry.name),
            "size": None if stamp is None else stamp.size,
            "mtime": None if stamp is None else stamp.mtime,
            "ctime": None if stamp is None else stamp.ctime,
            "settled": stamp is not None and stamp.settled,
            "content": entry.outcome.content,
            "result": result,
            "copy": clean(entry.copy),
            "same_as": clean(entry.outcome.same_as),
            "seen_at": now,
        }
