"""What MariaDB needs to be told: how connections and transactions behave, and how it waits for a migration.

Transactions are READ COMMITTED, as on PostgreSQL. Under MariaDB's own default, REPEATABLE READ, the first plain
SELECT freezes what the transaction sees: whoever then waits for the lock of a post would still read the revisions
from before the wait, and write over those that came meanwhile.
"""

from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import OperationalError

DRIVER = "pymysql"
# Strings are compared byte by byte, with their trailing spaces.
COLLATION = "utf8mb4_nopad_bin"
LOCK_WAIT_SECONDS = 10
# Longer than any migration takes: whoever starts second waits for the first.
MIGRATION_WAIT_SECONDS = 86_400
OLDEST_VERSION = (10, 6)
# MariaDB's own default. A post of a million characters is sent as Markdown and as HTML in one statement, and each
# character may take four bytes.
LEAST_PACKET_BYTES = 16 * 1024 * 1024

# Bad values are errors, double quotes stand around names and || joins strings, whatever the server was told: the
# same SQL means the same as elsewhere.
ON_CONNECT = (
    "SET SESSION sql_mode = 'TRADITIONAL,ANSI_QUOTES,PIPES_AS_CONCAT', time_zone = '+00:00',"
    f" innodb_lock_wait_timeout = {LOCK_WAIT_SECONDS}"
)
ENGINE_OPTIONS = {"isolation_level": "READ COMMITTED"}
CONNECT_ARGS = {"init_command": ON_CONNECT, "charset": "utf8mb4"}

# The marks of a connection whose transactions are read-only, and of one that holds off other migrations.
READ_ONLY = "transactions are read-only"
MIGRATING = "holds off other migrations"


def with_driver(url: URL) -> URL:
    """The URL with the driver that Colophon comes with. Raises ValueError where that is not installed."""
    if url.drivername != "mariadb" and url.get_driver_name() != DRIVER:
        raise ValueError(f"for MariaDB the URL begins with mariadb:// or mariadb+{DRIVER}://")
    if find_spec(DRIVER) is None:
        raise ValueError("MariaDB needs one package more: pip install 'colophon[mariadb]'")
    return url.set(drivername=f"mariadb+{DRIVER}")


def prepare(engine: Engine) -> None:
    """Install the hooks on a MariaDB engine."""
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "reset", _on_reset)


def check_server(connection: Connection) -> None:
    """Make sure that the server can hold a blog. Raises OperationalError, before anything is written, if not."""
    statement = "SELECT @@max_allowed_packet"
    packet = connection.exec_driver_sql(statement).scalar_one()
    version = connection.dialect.server_version_info or ()
    if version < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        raise OperationalError(statement, None, ValueError(f"MariaDB must be {oldest} or newer"))
    if packet < LEAST_PACKET_BYTES:
        words = f"max_allowed_packet is {packet:,} bytes, and the longest post needs {LEAST_PACKET_BYTES:,}"
        raise OperationalError(statement, None, ValueError(words))


def hold_off_others(connection: Connection) -> None:
    """Wait until nobody else migrates this database, and make the others wait until the connection is given back.

    Each change of the schema commits by itself here, so that a lock of the transaction would not last.
    """
    connection.info[MIGRATING] = True
    # Such locks are the server's: the name of the database is a part of theirs.
    statement = "SELECT GET_LOCK(CONCAT('colophon ', SHA1(DATABASE())), %s)"
    if connection.exec_driver_sql(statement, (MIGRATION_WAIT_SECONDS,)).scalar() != 1:
        raise OperationalError(statement, None, TimeoutError("another migration does not end"))


def _on_connect(connection: Any, _record: Any) -> None:
    # SQLAlchemy has just named the character set, and with it comes a collation that is blind to case.
    _execute(connection, f"SET collation_connection = '{COLLATION}'")


def _on_begin(connection: Connection) -> None:
    # The first statement begins the transaction, in the way that the connection is set to. Most of them are
    # readers': it is told only when that changes, and BEGIN costs no round trip of its own.
    read_only = bool(connection.get_execution_options().get("read_only"))
    if connection.info.get(READ_ONLY, False) == read_only:
        return
    statement = f"SET SESSION TRANSACTION {'READ ONLY' if read_only else 'READ WRITE'}"
    try:
        _execute(connection.connection, statement)
    except connection.dialect.loaded_dbapi.Error as error:
        # Errors in an event would otherwise come out as the driver's own, which nobody expects.
        raise OperationalError(statement, None, error) from error
    connection.info[READ_ONLY] = read_only


def _on_reset(connection: Any, record: Any, _state: Any) -> None:
    if record.info.pop(MIGRATING, False):
        _execute(connection, "DO RELEASE_ALL_LOCKS()")


def _execute(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
