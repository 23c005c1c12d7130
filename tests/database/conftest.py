"""Databases that nobody has migrated yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dialects import DIALECTS
from tests.support.mariadb import fresh_mariadb
from tests.support.postgresql import fresh_database, postgres_server


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    if request.param == "mariadb":
        with fresh_mariadb() as url:
            yield url
        return
    with postgres_server() as server, fresh_database(server) as url:
        yield url
