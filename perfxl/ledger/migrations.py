"""Ledgers of other versions of perfxl: an older one is brought forward, a newer one is left alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from perfxl.errors import LedgerError
from perfxl.ledger import schema
from perfxl.ledger.steps import STEPS

BACKUP = "升级前"
"""How a backup is called: 审核台账-升级前-1.sqlite is the ledger as version 1 left it."""


def prepare(engine: Engine, ledger: str) -> Path | None:
    """Make the tables where there are none; bring those of an earlier perfxl forward.

    Args:
        engine: of the ledger's database.
        ledger: where it is, as errors tell it.

    Returns:
        The copy that an SQLite file was kept as before it was brought forward.

    Raises:
        LedgerError: a later perfxl made it, its version is none that ever was, or it is the file of
            another program.
        SQLAlchemyError: the database cannot be read or written; it is as it was before.
    """
    version = _read_version(engine)
    if version is None:
        _refuse_foreign(engine, ledger)
        _create_tables(engine)
    elif version > schema.VERSION:
        raise LedgerError("ledger-version", ledger=ledger)
    elif version < schema.VERSION:
        return _migrate(engine, ledger)
    return None


def _read_version(engine: Engine) -> int | None:
    """The version of the tables; None where there are none, or not yet all."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(schema.versions.name):
            return None
        found: int | None = connection.scalar(select(func.max(schema.versions.c.version)))
        return found


def _refuse_foreign(engine: Engine, ledger: str) -> None:
    """An SQLite file is one program's own: nothing is put among another's tables. A server's may be shared."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        others = sorted(set(inspect(connection).get_table_names()) - set(schema.metadata.tables))
    if others:
        raise LedgerError("ledger-damaged", ledger=ledger, detail=", ".join(others)[:200])


def _create_tables(engine: Engine) -> None:
    try:
        schema.metadata.create_all(engine)
    except IntegrityError:  # another perfxl makes them at this very moment
        schema.metadata.create_all(engine)
    with engine.begin() as connection, suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(schema.versions).values(version=schema.VERSION))


def _migrate(engine: Engine, ledger: str) -> Path | None:
    """All steps in one transaction, which nobody else writes into."""
    with _lock_for_migration(engine) as connection:
        version = connection.scalar(select(func.max(schema.versions.c.version)))
        missing = range(version or 0, schema.VERSION)  # another perfxl may have been faster
        if not all(number in STEPS for number in missing):
            raise LedgerError("ledger-damaged", ledger=ledger, detail=f"version {version}")
        backup = None
        if missing and engine.dialect.name == "sqlite":
            backup = _back_up(engine, missing.start, ledger)
        for number in missing:
            STEPS[number](connection)
            connection.execute(insert(schema.versions).values(version=number + 1))
    return backup


@contextmanager
def _lock_for_migration(engine: Engine) -> Iterator[Connection]:
    """A transaction whose changes of tables are part of it, and in which nobody else writes."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE perfxl_version IN ACCESS EXCLUSIVE MODE"))
            yield connection
        return
    # Python's sqlite3 begins a transaction only before it changes rows, not before it changes tables.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


def _back_up(engine: Engine, version: int, ledger: str) -> Path:
    """A copy of the file beside it, as the last transaction left it; whole or not at all."""
    file = Path(engine.url.database or "")
    unfinished = file.with_name(f".perfxl-{os.getpid()}-{file.name}")
    try:
        unfinished.unlink(missing_ok=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM INTO :file"), {"file": str(unfinished)})
        return unfinished.replace(_unused_name(file, version))
    except OSError as error:
        detail = str(error.strerror or error)
        raise LedgerError("ledger-unwritable", ledger=ledger, detail=detail) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _unused_name(file: Path, version: int) -> Path:
    """A name that no file has yet: a ledger may have been put back from its backup and grown since."""
    for number in count(1):
        more = "" if number == 1 else f"-{number}"
        found = file.with_name(f"{file.stem}-{BACKUP}-{version}{more}{file.suffix}")
        if not found.exists():
            return found
    raise AssertionError
