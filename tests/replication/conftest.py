"""A blog whose database has a standby: the usual fixtures, on two servers in streaming replication."""

from collections.abc import Iterator
from typing import cast

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from tests.support.clients import Clients
from tests.support.databases import emptied
from tests.support.replication import Replication, replication, wait_until
from web.app import Colophon
from web.database import Database
from web.database.replica import Replica
from web.settings import Settings


@pytest.fixture(scope="session")
def worker_replication() -> Iterator[Replication]:
    """The two servers of this process. Not for tests: they ask for `pair`."""
    with replication() as found:
        yield found


@pytest.fixture
def pair(worker_replication: Replication) -> Replication:
    """A primary and a standby that is well, whatever the test before did to it."""
    worker_replication.make_whole()
    return worker_replication


@pytest.fixture
def database(pair: Replication) -> Iterator[Database]:
    """The primary, without any rows but the lookups."""
    with emptied(pair.database) as found:
        pair.catch_up()
        yield found
        # A look that was under way when the application ended.
        wait_until(lambda: found.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]


@pytest.fixture
def lag_seconds() -> int:
    """A standby may be so late that a test can tell its answers from the primary's. Tests of lag say otherwise."""
    return 300


@pytest.fixture
def settings(settings: Settings, pair: Replication, lag_seconds: int) -> Settings:
    """The settings of a blog with a replica."""
    # Nothing is kept here, so that each answer shows where it was read; test_kept_pages.py is about the cache.
    changes = {"database_replica_url": pair.standby.url, "database_replica_lag": lag_seconds, "page_cache_bytes": 0}
    return Settings(**settings.model_dump(include=settings.model_fields_set) | changes)


@pytest.fixture
def replica(app: Colophon) -> Replica:
    """The application's view of the standby."""
    return cast(Replica, app.state.replica)


@pytest.fixture
def client(clients: Clients, replica: Replica) -> TestClient:
    """A stranger's browser, on an application that has found the replica well."""
    found = clients.open()
    wait_until(lambda: replica.is_well)
    return found


@pytest.fixture
def on_primary(database: Database) -> Iterator[list[str]]:
    """The statements of pages on the primary; what the watch asks is none of a page's."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "pg_current_wal_insert_lsn" not in statement:
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)
