"""Puts many rows into a table at once, past the ORM: executemany on SQLite, COPY on PostgreSQL."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

# What SQLAlchemy writes into SQLite.
MOMENT = "%Y-%m-%d %H:%M:%S.%f"
# Whoever makes content starts anew when something fails.
FAST = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000")
Rows = Iterable[Sequence[object]]


class SQLite:
    """One transaction from the first row to the last, with the whole file to itself."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator["SQLite"]:
        """The file at the path; everything is stored when the block ends."""
        with closing(sqlite3.connect(path)) as connection:
            for pragma in FAST:
                connection.execute(pragma)
            yield cls(connection)
            connection.commit()

    def add(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Add rows with these columns; all others have their defaults."""
        names, holes = ", ".join(columns), ", ".join("?" * len(columns))
        self._connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', map(_as_stored, rows))


class PostgreSQL:
    """COPY, and afterwards the sequences go on behind the numbers that were given."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._numbered: set[str] = set()

    @classmethod
    @contextmanager
    def opened(cls, url: str) -> Iterator["PostgreSQL"]:
        """The database of an SQLAlchemy URL; when the block ends, it is as it would be after a while."""
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with closing(psycopg.connect(address)) as connection:
            connection.execute("SET synchronous_commit = off")
            bulk = cls(connection)
            put_off = bulk._put_off_indexes()
            yield bulk
            for definition in put_off:
                connection.execute(definition.encode())
            bulk._finish()
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")

    def is_empty(self, table: str) -> bool:
        """Whether a table has no rows."""
        statement = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
        return self._connection.execute(statement).fetchone() is None

    def add(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Add rows with these columns; all others have their defaults."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        if columns[0] == "id":
            self._numbered.add(table)

    def _put_off_indexes(self) -> list[str]:
        # Over rows that are there already such an index is made in a fraction of the time.
        statement = "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '% USING gin %'"
        indexes = self._connection.execute(statement).fetchall()
        for name, _ in indexes:
            self._connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        return [definition for _, definition in indexes]

    def _finish(self) -> None:
        for table in sorted(self._numbered):
            name = sql.Identifier(table)
            sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
            statement = sql.SQL("SELECT setval({}, (SELECT max(id) FROM {}))").format(sql.SQL(sequence), name)
            self._connection.execute(statement)
        self._connection.commit()


def _as_stored(row: Sequence[object]) -> tuple[object, ...]:
    return tuple(value.strftime(MOMENT) if isinstance(value, datetime) else value for value in row)
