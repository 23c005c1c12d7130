"""What PostgreSQL needs to be told: readers' transactions are READ ONLY.

The flag is set on the driver's connection before its transaction begins, so that it travels with
BEGIN and costs no round trip of its own.

Whether a connection of the pool still lives is seen without asking, too: a server that ends says so, and then there
is something to read where nothing was asked. Only then, and after some idle seconds, the server is asked.
"""

import select
from time import monotonic
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError

# A number that no one else is likely to use as an advisory lock.
MIGRATION_LOCK = 20_261_122
# What stands between may forget a connection that is not used, without telling anybody.
SURE_FOR_SECONDS = 5
RETURNED_AT = "returned to the pool at"


def prepare(engine: Engine) -> None:
    """Install the hooks on a PostgreSQL engine."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def look_after_connections(engine: Engine) -> None:
    """Let nobody get a lost connection from the pool: after a restart of the server nobody sees an error."""

    def on_checkout(driver: "psycopg.Connection[object]", record: Any, _proxy: Any) -> None:
        returned_at = record.info.get(RETURNED_AT)
        if returned_at is None or (monotonic() - returned_at < SURE_FOR_SECONDS and _is_silent(driver)):
            return
        try:
            engine.dialect.do_ping(cast(Any, driver))
        except psycopg.Error as error:
            # The others of the pool are lost as well, and are not tried in turn.
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", _on_checkin)
    event.listen(engine, "checkout", on_checkout)


def hold_off_others(connection: Connection) -> None:
    """Wait until no other transaction migrates, and make the others wait until this one ends."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")


def _on_connect(connection: "psycopg.Connection[object]", _record: Any) -> None:
    # Compiling a statement takes longer than each of ours runs: a search with a phrase 900 ms instead of 30.
    connection.execute("SET jit = off")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    # psycopg's connection has two type parameters that are of no interest here.
    driver = cast("psycopg.Connection[object]", connection.connection.dbapi_connection)
    driver.read_only = bool(connection.get_execution_options().get("read_only"))


def _on_checkin(_driver: Any, record: Any) -> None:
    record.info[RETURNED_AT] = monotonic()


def _is_silent(driver: "psycopg.Connection[object]") -> bool:
    if driver.closed:
        return False
    unread = select.poll()
    unread.register(driver.fileno(), select.POLLIN)
    return not unread.poll(0)
