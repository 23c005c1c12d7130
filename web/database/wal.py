"""Positions in PostgreSQL's write-ahead log, as numbers of bytes: how far a primary has written and a standby has read.

Whatever was committed before a primary was asked is on a standby that has read as far as the answer.
"""

from typing import cast

from psycopg import Connection as Driver
from psycopg.rows import scalar_row
from sqlalchemy import Connection

PRIMARY = "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint"
# A server that has become a primary still tells how far it had read: that says nothing about now.
STANDBY = "SELECT CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint END"

# XLOG_BLCKSZ, and the sizes of the short and the long header with which a page begins (xlog_internal.h).
PAGE_BYTES = 8192
HEADER_BYTES = (24, 40)


def position_of_primary(connection: Connection) -> int:
    """How far the primary has written. Raises what the database raises, also where this is a standby."""
    return without_header(int(connection.exec_driver_sql(PRIMARY).scalar_one()))


def position_of_standby(driver: "Driver[object]") -> int | None:
    """How far the standby has read; None where the server is none. For a connection that has no transaction."""
    driver.autocommit = True
    try:
        with driver.cursor(row_factory=scalar_row) as cursor:
            return cast("int | None", cursor.execute(STANDBY).fetchone())
    finally:
        # A connection that broke meanwhile takes no settings.
        if not driver.closed:
            driver.autocommit = False


def without_header(position: int) -> int:
    """The same position, with the header of a page that holds nothing else left out.

    Where a record fills a page to the end, the primary counts the header of the next page and the standby does not;
    it would look late until somebody writes again.
    """
    offset = position % PAGE_BYTES
    return position - offset if offset in HEADER_BYTES else position
