"""What SQLite needs to be told.

The driver's own transaction handling is switched off, and each transaction begins the way its
session asked for: readers DEFERRED and unable to write, writers IMMEDIATE, because a transaction
that reads first and writes later fails at once with "database is locked" however long it may wait.
"""

import sqlite3
import time
from typing import Any, cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

BUSY_TIMEOUT_MILLISECONDS = 10_000
# SQLite itself waits longer from try to try, up to 100 ms: whoever has waited long then finds it taken again.
SECONDS_BETWEEN_TRIES = 0.001
# The mark of a connection that does not look at foreign keys, because it changes the schema.
UNCHECKED = "foreign keys unchecked"

# FULL makes each commit wait for the disk: what was acknowledged survives a power cut.
ON_CONNECT = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}",
)


def prepare(engine: Engine) -> None:
    """Install the hooks on an SQLite engine."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "reset", _on_reset)


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ON_CONNECT:
        connection.execute(pragma).close()


def _on_begin(connection: Connection) -> None:
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    options = connection.get_execution_options()
    read_only = bool(options.get("read_only"))
    begin = "BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE"
    try:
        driver.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}").close()
        if options.get("changes_schema"):
            # Inside of a transaction SQLite ignores this.
            driver.execute("PRAGMA foreign_keys = OFF").close()
            connection.info[UNCHECKED] = True
        if read_only:
            driver.execute(begin).close()
        else:
            take_turn(driver, begin)
    except sqlite3.Error as error:
        # Errors in an event would otherwise come out as the driver's own, which nobody expects.
        raise OperationalError(begin, None, error) from error


def take_turn(driver: sqlite3.Connection, begin: str) -> None:
    """Begin as soon as no other process writes. Raises what SQLite does when its busy timeout is over."""
    patience: int = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    deadline = time.monotonic() + patience / 1000
    driver.execute("PRAGMA busy_timeout = 0").close()
    try:
        while True:
            try:
                driver.execute(begin).close()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(SECONDS_BETWEEN_TRIES)
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}").close()


def broken_references(connection: Connection) -> list[str]:
    """The tables with rows that point to nothing, as they may be left by a change of the schema."""
    return sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def _on_reset(connection: sqlite3.Connection, record: Any, _state: Any) -> None:
    # A commit that fails leaves the transaction open, with its lock on the whole file, and SQLAlchemy
    # believes that it is over: without this the next user of the connection would find it there.
    if connection.in_transaction:
        connection.rollback()
    if record.info.pop(UNCHECKED, False):
        connection.execute("PRAGMA foreign_keys = ON").close()
