"""Puts many rows into a table at once, past the ORM: executemany on SQLite, COPY on PostgreSQL."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

# What SQLAlchemy writes into SQLite.
MOMENT = "%Y-%m-%d %H:%M:%S.%f"
# Whoever makes content starts anew when something fails.
FAST = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000")


class Bulk(ABC):
    """An open connection that only adds rows."""

    @abstractmethod
    def add(self, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Add rows with these columns; all others have their defaults."""

    @abstractmethod
    def finish(self) -> None:
        """Store everything."""

    @abstractmethod
    def tidy(self) -> None:
        """Leave everything as it would be after a while."""


@contextmanager
def opened(url: str) -> Iterator[Bulk]:
    """A connection to the database of an SQLAlchemy URL."""
    parsed = make_url(url)
    bulk = (
        SQLite(parsed.database or "")
        if parsed.get_backend_name() == "sqlite"
        else PostgreSQL(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
    )
    try:
        yield bulk
    finally:
        bulk.connection.close()


class SQLite(Bulk):
    """One transaction from the first row to the last, with the whole file to itself."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path)
        for pragma in FAST:
            self.connection.execute(pragma)

    def add(self, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        names, holes = ", ".join(columns), ", ".join("?" * len(columns))
        self.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', map(_as_stored, rows))

    def finish(self) -> None:
        self.connection.commit()

    def tidy(self) -> None:
        # Colophon lets SQLite plan without statistics: here it has to as well.
        self.connection.commit()


class PostgreSQL(Bulk):
    """COPY, and afterwards the sequences go on behind the numbers that were given."""

    def __init__(self, address: str) -> None:
        self.connection: psycopg.Connection[Any] = psycopg.connect(address)
        self.connection.execute("SET synchronous_commit = off")
        self.numbered: set[str] = set()

    def add(self, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        if columns[0] == "id":
            self.numbered.add(table)

    def finish(self) -> None:
        for table in sorted(self.numbered):
            name = sql.Identifier(table)
            sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
            statement = sql.SQL("SELECT setval({}, (SELECT max(id) FROM {}))").format(sql.SQL(sequence), name)
            self.connection.execute(statement)
        self.connection.commit()

    def tidy(self) -> None:
        self.connection.commit()
        self.connection.autocommit = True
        self.connection.execute("VACUUM ANALYZE")


def _as_stored(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(value.strftime(MOMENT) if isinstance(value, datetime) else value for value in row)
