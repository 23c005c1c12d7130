"""SQLite is told what it needs to be told."""

import sqlite3
import threading
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from web.database import Database
from web.database.sqlite import BUSY_TIMEOUT_MILLISECONDS, take_turn


@pytest.fixture
def file(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path / 'blog.sqlite3'}")
    with database.session() as session:
        session.execute(text("CREATE TABLE counter (value INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    return database


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        # FULL: each commit waits for the disk, so that what was acknowledged survives a power cut.
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", BUSY_TIMEOUT_MILLISECONDS),
    ],
)
def test_each_connection_is_prepared(file: Database, pragma: str, value: object) -> None:
    with file.session(read_only=True) as first, file.session(read_only=True) as second:
        assert [session.scalar(text(f"PRAGMA {pragma}")) for session in (first, second)] == [value, value]
    file.close()


def test_a_writer_has_the_file_from_its_first_statement(file: Database) -> None:
    event.listen(file.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 20"))
    with file.session() as writer:
        assert writer.scalar(text("SELECT value FROM counter")) == 0
        with file.open_session() as other, pytest.raises(OperationalError, match="locked"):
            # Only a read, but in a transaction that may write: it must not even begin.
            other.scalar(text("SELECT value FROM counter"))
    assert file.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    file.close()


def test_a_writer_waits_for_another_and_is_as_patient_afterwards(file: Database) -> None:
    may_end, is_writing = threading.Event(), threading.Event()

    def write() -> None:
        with file.session() as session:
            session.execute(text("UPDATE counter SET value = 1"))
            is_writing.set()
            assert may_end.wait(10)

    other = threading.Thread(target=write)
    other.start()
    assert is_writing.wait(10)
    with file.open_session() as session:
        threading.Timer(0.05, may_end.set).start()
        assert session.scalar(text("SELECT value FROM counter")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == BUSY_TIMEOUT_MILLISECONDS
    other.join()
    file.close()


def test_a_writer_who_waited_in_vain_is_as_patient_the_next_time(file: Database) -> None:
    event.listen(file.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 20"))
    with file.session() as writer:
        writer.connection()
        other = file.engine.raw_connection()
        try:
            driver = cast(sqlite3.Connection, other.dbapi_connection)
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                take_turn(driver, "BEGIN IMMEDIATE")
            assert driver.execute("PRAGMA busy_timeout").fetchone() == (20,)
        finally:
            other.close()
    file.close()


def test_readers_do_not_wait_for_a_writer(file: Database) -> None:
    with file.session() as writer:
        writer.execute(text("UPDATE counter SET value = 7"))
        with file.session(read_only=True) as reader:
            assert reader.scalar(text("SELECT value FROM counter")) == 0
    file.close()


def test_writers_that_read_first_lose_nothing(file: Database) -> None:
    def count() -> None:
        for _ in range(5):
            with file.session() as session:
                value = session.scalar(text("SELECT value FROM counter"))
                session.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with file.session(read_only=True) as session:
        assert session.scalar(text("SELECT value FROM counter")) == 20
    file.close()


def test_a_commit_that_fails_leaves_no_lock_behind(file: Database) -> None:
    session = file.open_session()
    session.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY)"))
    session.execute(text("CREATE TABLE promised (kept_id INTEGER REFERENCES kept DEFERRABLE INITIALLY DEFERRED)"))
    session.execute(text("INSERT INTO promised VALUES (1)"))
    with session, pytest.raises(IntegrityError):
        session.commit()
    with file.session() as other:
        other.execute(text("UPDATE counter SET value = 1"))
    file.close()
