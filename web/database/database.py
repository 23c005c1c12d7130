"""One object for one database: its engine, its sessions, its limits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

from web.database import mariadb, postgresql, sqlite, statements
from web.database.changes import Changes, UnknownChanges
from web.database.changes_postgresql import PostgresqlChanges
from web.database.changes_sqlite import SqliteChanges
from web.database.siblings import Siblings

DIALECT_HOOKS = {"sqlite": sqlite.prepare, "postgresql": postgresql.prepare, "mariadb": mariadb.prepare}

# Connections beyond the request slots: for a command, a health check, work after an answer.
SPARE_CONNECTIONS = 3
POOL_TIMEOUT_SECONDS = 10


class Database:
    """The engine and the maker of sessions, made once from a URL.

    `slots` is the number of units of work that may be under way at once. Knows nothing of HTTP.
    `ping` makes sure that a connection still lives before it is used: only who looks after connections in another
    way does without. `siblings` are the processes that serve the same database and were forked from one. Raises
    ValueError for a URL of a database that Colophon does not know.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        slots: int = 2,
        echo: bool = False,
        ping: bool = True,
        connect_seconds: int = 5,
        siblings: Siblings | None = None,
    ) -> None:
        self.url = make_url(url)
        self.dialect = self.url.get_backend_name()
        self.slots = slots
        if self.dialect not in DIALECT_HOOKS:
            raise ValueError(f"Colophon does not know the database {self.dialect!r}")
        if self.dialect == "mariadb":
            self.url = mariadb.with_driver(self.url)
        self.engine = self._make_engine(echo, ping, connect_seconds)
        DIALECT_HOOKS[self.dialect](self.engine)
        statements.watch(self.engine)
        # close_resets_only=False: whoever touches a session after its unit of work gets an error
        # instead of a new connection that nobody gives back.
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, close_resets_only=False)
        self.changes = self._watch_changes(siblings)

    @property
    def has_one_writer(self) -> bool:
        """Whether only one transaction at a time can write to the whole database."""
        return self.dialect == "sqlite"

    def open_session(self, *, read_only: bool = False, changes_schema: bool = False) -> Session:
        """Open a session that the caller commits, rolls back and closes.

        With `read_only` the database itself refuses to write. With `changes_schema` foreign keys may be broken
        in between, where a table cannot be changed otherwise.
        """
        options = {"read_only": read_only, "changes_schema": changes_schema}
        return self._sessions(execution_options=options, info=options)

    @contextmanager
    def session(self, *, read_only: bool = False, changes_schema: bool = False) -> Iterator[Session]:
        """A unit of work outside a request: commits at the end, rolls back when anything was raised."""
        with self.open_session(read_only=read_only, changes_schema=changes_schema) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.changes.close()
        self.engine.dispose()

    def _watch_changes(self, siblings: Siblings | None) -> Changes:
        if self.dialect == "sqlite":
            return SqliteChanges(Path(str(self.url.database)))
        if self.dialect != "postgresql":
            return UnknownChanges()
        changes = PostgresqlChanges(self.url, siblings or Siblings())
        event.listen(self._sessions, "after_commit", lambda session: None if _only_read(session) else changes.bump())
        return changes

    def _make_engine(self, echo: bool, ping: bool, connect_seconds: int) -> Engine:
        options: dict[str, Any] = {
            "pool_size": self.slots + SPARE_CONNECTIONS,
            "max_overflow": 0,
            "pool_timeout": POOL_TIMEOUT_SECONDS,
            # The connection that was used last knows its statements and pages; the spare ones rest.
            "pool_use_lifo": True,
            "echo": echo,
            # What was sent stays out of errors and thus out of the log: it may be an address or a hash.
            "hide_parameters": not echo,
        }
        if self.dialect == "sqlite":
            return create_engine(_with_folder(self.url), **options)
        connect_args: dict[str, Any] = {"connect_timeout": connect_seconds}
        if self.dialect == "mariadb":
            options |= mariadb.ENGINE_OPTIONS
            connect_args |= mariadb.CONNECT_ARGS
        looks_itself = self.dialect == "postgresql"
        engine = create_engine(self.url, pool_pre_ping=ping and not looks_itself, connect_args=connect_args, **options)
        if ping and looks_itself:
            postgresql.look_after_connections(engine)
        return engine


def _with_folder(url: URL) -> URL:
    if not url.database or url.database == ":memory:":
        raise ValueError("an SQLite database must be a file: sqlite:///path/to/file")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return url


def _only_read(session: Session) -> bool:
    return bool(session.info.get("read_only"))
