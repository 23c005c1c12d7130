"""The MariaDB server at `TEST_MARIADB_URL`, where that is set: then the suite runs on it too."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from web.database.mariadb import with_driver

VARIABLE = "TEST_MARIADB_URL"


def is_wanted() -> bool:
    """Whether tests shall run on MariaDB."""
    return bool(os.environ.get(VARIABLE))


@contextmanager
def fresh_mariadb() -> Iterator[str]:
    """The URL of a new database on that server; it is dropped at the end."""
    server = os.environ[VARIABLE]
    name = f"colophon_test_{secrets.token_hex(6)}"
    # Not what Colophon asks for: a case-blind default must do no harm.
    _execute(server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE {name}")


def _execute(server: str, statement: str) -> None:
    engine = create_engine(
        with_driver(make_url(server)),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"connect_timeout": 5},
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
