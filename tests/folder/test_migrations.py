"""Ledgers of other versions: an older one is brought forward, a newer one is refused.

tests/data/ledger/ holds ledgers as version 1 left them: two runs over 收到, with 甲局 and 乙局, a copy
of 甲局 called 丙局, a file that cannot be read, and 乙局 submitted again with its score mended.
"""

import io
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from perfxl import errors, texts
from perfxl.ledger import history, migrations, schema
from perfxl.ledger.store import Ledger
from perfxl.screens.history import show_history
from perfxl.screens.screen import Screen
from tests.conftest import ROOT
from tests.face.run import MISUSED, perfxl
from tests.programs import postgresql

DATA = ROOT / "tests" / "data" / "ledger"
SEEN = ["乙局.xlsx", "坏.xlsx", "甲局.xlsx", "丙局.xlsx", "乙局.xlsx"]
AFTER = schema.VERSION + 1


def in_file(folder):
    """A folder of results with the ledger that version 1 left in a file."""
    shutil.copy(DATA / "version-1.sqlite", folder / "审核台账.sqlite")
    return f"sqlite:///{folder / '审核台账.sqlite'}"


def in_database(url):
    engine = create_engine(url)
    with closing(engine.raw_connection()) as raw:  # without a look at the % within
        raw.driver_connection.execute((DATA / "version-1.postgresql.sql").read_text("utf-8"))
        raw.commit()
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request, tmp_path):
    """The URL of a ledger as version 1 left it, in either database."""
    if request.param == "sqlite":
        yield in_file(tmp_path)
    else:
        with postgresql() as url:
            yield in_database(url)


def rows(url, question):
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question))]
    finally:
        engine.dispose()


def columns(url, table):
    engine = create_engine(url)
    try:
        return [one["name"] for one in inspect(engine).get_columns(table)]
    finally:
        engine.dispose()


@pytest.fixture
def next_version(monkeypatch):
    """A perfxl whose tables have a further column, which is worked out for what is there."""

    def step(connection):
        connection.execute(text("ALTER TABLE perfxl_seen ADD COLUMN office TEXT"))
        connection.execute(text("UPDATE perfxl_seen SET office = substr(name, 1, 2)"))

    def come(make=step):
        monkeypatch.setattr(schema, "VERSION", AFTER)
        monkeypatch.setitem(migrations.STEPS, AFTER - 1, make)

    return come


def test_todays_perfxl_reads_what_version_1_wrote(older, tmp_path):
    with closing(Ledger(older, tmp_path, make=False)) as ledger:
        events = list(history.events(ledger))
        records = ledger.records([1, 4])

    assert [event.name for event in events] == SEEN
    scores = [event.form and (event.form.claimed, event.form.errors) for event in events]
    assert scores[1] is None
    assert scores[0][1] > 0 == scores[4][1]
    assert [len(each) for each in records.values()] == [1, 1]


def test_every_version_has_a_step_to_the_next():
    assert sorted(migrations.STEPS) == list(range(1, schema.VERSION))


def test_an_older_ledger_is_brought_forward_with_all_that_it_holds(older, tmp_path, next_version):
    next_version()

    with closing(Ledger(older, tmp_path)) as ledger:
        names = [event.name for event in history.events(ledger)]

    assert names == SEEN
    assert rows(older, "SELECT office FROM perfxl_seen ORDER BY id")[0] == ("乙局",)
    assert rows(older, "SELECT version FROM perfxl_version ORDER BY version") == [
        (number,) for number in range(1, AFTER + 1)
    ]


def test_it_is_brought_forward_once(older, tmp_path, next_version):
    next_version()

    for _ in range(2):  # the step would fail the second time: the column is there
        Ledger(older, tmp_path).close()

    assert columns(older, "perfxl_seen").count("office") == 1


def test_what_fails_on_the_way_leaves_the_ledger_as_it_was(older, tmp_path, next_version):
    def half(connection):
        connection.execute(text("ALTER TABLE perfxl_seen ADD COLUMN office TEXT"))
        connection.execute(text("DELETE FROM perfxl_findings"))
        connection.execute(text("UPDATE perfxl_nothing SET a = 1"))

    before = rows(older, "SELECT * FROM perfxl_findings ORDER BY result, form, number")
    next_version(half)

    with pytest.raises(errors.LedgerError):
        Ledger(older, tmp_path)

    assert before
    assert rows(older, "SELECT * FROM perfxl_findings ORDER BY result, form, number") == before
    assert "office" not in columns(older, "perfxl_seen")
    assert rows(older, "SELECT max(version) FROM perfxl_version") == [(1,)]


def test_two_that_open_it_at_once_bring_it_forward_once(older, tmp_path, next_version):
    next_version()
    failed = []

    def open_it():
        try:
            Ledger(older, tmp_path).close()
        except errors.LedgerError as error:
            failed.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []
    assert rows(older, "SELECT version FROM perfxl_version ORDER BY version") == [
        (number,) for number in range(1, AFTER + 1)
    ]


def test_a_later_ledger_is_refused_with_a_sentence_and_left_alone(older, tmp_path):
    engine = create_engine(older)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO perfxl_version VALUES (99)"))
        connection.execute(text("DROP TABLE perfxl_findings"))  # as a later one might
    engine.dispose()

    code, _, said = perfxl("history", "--ledger", older)

    assert code == MISUSED
    assert "更新版本的 perfxl" in said
    assert columns_or_none(older, "perfxl_findings") is None


def columns_or_none(url, table):
    engine = create_engine(url)
    try:
        return inspect(engine).get_columns(table) if inspect(engine).has_table(table) else None
    finally:
        engine.dispose()


def test_a_version_that_never_was_is_told_as_damage(tmp_path):
    url = in_file(tmp_path)
    with closing(sqlite3.connect(tmp_path / "审核台账.sqlite")) as connection, connection:
        connection.execute("UPDATE perfxl_version SET version = -4")

    with pytest.raises(errors.LedgerError) as caught:
        Ledger(url, tmp_path)

    assert caught.value.code == "ledger-damaged"


def test_a_backup_of_the_file_stands_beside_it(tmp_path, next_version):
    in_file(tmp_path)
    next_version()

    out = io.StringIO()
    screen = Screen(texts.load_texts("zh"))
    screen.console.file = out
    show_history(screen, "", None, tmp_path)
    show_history(screen, "", None, tmp_path)

    backup = tmp_path / "审核台账-升级前-1.sqlite"
    said = "".join(out.getvalue().split())
    assert said.count("已经升级") == 1
    assert backup.name in said
    assert {path.name for path in tmp_path.iterdir()} == {"审核台账.sqlite", backup.name}
    before, kept = (contents(path) for path in (DATA / "version-1.sqlite", backup))
    assert kept == before


def contents(path: Path):
    """All rows of a SQLite file, in SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_backup_is_never_written_over(tmp_path, next_version):
    next_version()
    for number in range(2):
        in_file(tmp_path)  # put back from somewhere
        if number:
            (tmp_path / "审核台账-升级前-1.sqlite").write_bytes(b"theirs")
        Ledger(None, tmp_path).close()

    backups = sorted(path.name for path in tmp_path.glob("*升级前*"))
    assert backups == [
        "审核台账-升级前-1-2.sqlite",
        "审核台账-升级前-1.sqlite",
    ]
    assert (tmp_path / backups[1]).read_bytes() == b"theirs"


def test_where_no_backup_can_be_written_nothing_is_changed(tmp_path, next_version, monkeypatch):
    url = in_file(tmp_path)
    next_version()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(errors.LedgerError) as caught:
        Ledger(url, tmp_path)

    assert caught.value.code == "ledger-unwritable"
    assert "office" not in columns(url, "perfxl_seen")
    assert [path.name for path in tmp_path.iterdir()] == ["审核台账.sqlite"]


def test_a_new_ledger_is_of_the_newest_version_and_has_no_backup(tmp_path):
    Ledger(None, tmp_path).close()

    assert [path.name for path in tmp_path.iterdir()] == ["审核台账.sqlite"]
    url = f"sqlite:///{tmp_path / '审核台账.sqlite'}"
    assert rows(url, "SELECT version FROM perfxl_version") == [(schema.VERSION,)]


def test_the_columns_of_the_newest_version_are_those_that_the_steps_come_to(older, tmp_path):
    """The schema describes the newest version; an older ledger has to end up with the same columns."""
    Ledger(older, tmp_path).close()

    for table in schema.metadata.tables.values():
        assert set(columns(older, table.name)) == {one.name for one in table.columns}


def test_a_database_that_fails_is_told_as_such(tmp_path, next_version):
    url = in_file(tmp_path)

    def broken(connection):
        raise SQLAlchemyError("broken")

    next_version(broken)

    with pytest.raises(errors.LedgerError) as caught:
        Ledger(url, tmp_path)

    assert caught.value.code == "ledger-unusable"
