"""Migrated databases that cost little: a copied SQLite file, a PostgreSQL or MariaDB database that is emptied."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, event, make_url, text

from tests.support.mariadb import fresh_mariadb
from tests.support.postgresql import execute, fresh_database, postgres_server
from web.database import Base, Database, schema
from web.models.setting import Setting


def make_sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file in one piece, without a write-ahead log beside it, and without rows but the lookups'."""
    path = folder / "template.sqlite3"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.session() as session:
        session.execute(delete(Setting))
    # The last connection to close moves everything from the log into the file.
    database.close()
    return path


@contextmanager
def sqlite_database(folder: Path) -> Iterator[Database]:
    """A database for one process, still without a file: one engine, so that each statement is compiled once."""
    database = Database(f"sqlite:///{folder / 'colophon.sqlite3'}")
    # Test data need not survive a power cut: nobody waits for the disk.
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    try:
        yield database
    finally:
        database.close()


def opened(request: pytest.FixtureRequest) -> AbstractContextManager[Database]:
    """What a fixture with `params=DIALECTS` gives: that database of this process, without any rows but the lookups."""
    found = request.getfixturevalue(f"worker_{request.param}")
    if request.param == "sqlite":
        return copied(found, request.getfixturevalue("sqlite_template"))
    return emptied(found)


@contextmanager
def copied(database: Database, template: Path) -> Iterator[Database]:
    """The same SQLite database again, on a fresh copy of the template."""
    path = Path(str(database.url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.iterdir():
        leftover.unlink()
    shutil.copyfile(template, path)
    yield database
    check_nothing_leaked(database)
    # Nobody may still hold the file when the next copy takes its place.
    database.close()


@contextmanager
def postgresql_database() -> Iterator[Database]:
    """A migrated database on a real server, for one process; it is dropped at the end."""
    with postgres_server() as server, fresh_database(server) as url:
        # Test data need not survive a power cut: nobody waits for the disk.
        execute(url, f'ALTER DATABASE "{make_url(url).database}" SET synchronous_commit = off')
        database = Database(url)
        schema.upgrade(database)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def mariadb_database() -> Iterator[Database]:
    """A migrated database on the MariaDB server that is tested, for one process; it is dropped at the end."""
    with fresh_mariadb() as url:
        database = Database(url)
        schema.upgrade(database)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def emptied(database: Database) -> Iterator[Database]:
    """The same database again, with no rows but those of the lookups, and numbers from 1."""
    with database.engine.begin() as connection:
        _empty(connection)
    yield database
    check_nothing_leaked(database)


def check_nothing_leaked(database: Database) -> None:
    """Fail when somebody still holds a connection."""
    held = database.engine.pool.checkedout()  # type: ignore[attr-defined]
    assert held == 0, f"{held} connections were not given back"


def _empty(connection: Connection) -> None:
    tables = [table for table in reversed(Base.metadata.sorted_tables) if not table.name.endswith("_lookup")]
    # Deleting the few rows of a test is much faster than TRUNCATE, which makes new files.
    deletes = [f'DELETE FROM "{table.name}"' for table in tables]
    if connection.dialect.name == "mariadb":
        _empty_mariadb(connection, deletes)
        return
    numbered = [table.name for table in tables if "id" in table.c]
    # In one round trip.
    statements = [*deletes, *(f"SELECT setval('{name}_id_seq', 1, false)" for name in numbered)]
    connection.execute(text(";".join(statements)))


def _empty_mariadb(connection: Connection, deletes: list[str]) -> None:
    for statement in ("SET foreign_key_checks = 0", *deletes, "SET foreign_key_checks = 1"):
        connection.exec_driver_sql(statement)
    # Numbering anew is a change of the table and takes its time: only where it is needed.
    numbered = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND auto_increment > 1"
    for name in connection.exec_driver_sql(numbered).scalars().all():
        connection.exec_driver_sql(f'ALTER TABLE "{name}" AUTO_INCREMENT = 1')
