"""Pages that are kept for many are read from a replica only when it lacks nothing."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.factories import Make
from tests.support.replication import Replication, wait_until
from web.database.replica import Replica
from web.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A blog that keeps pages."""
    return settings.model_copy(update={"page_cache_bytes": 1_000_000})


@pytest.fixture
def paused(client: TestClient, pair: Replication) -> Iterator[None]:
    """A standby that reads no further, after a browser has been opened."""
    assert client is not None
    pair.catch_up()
    pair.standby.execute("SELECT pg_wal_replay_pause()")
    yield
    pair.standby.execute("SELECT pg_wal_replay_resume()")


@pytest.mark.usefixtures("paused")
def test_what_the_replica_lacks_is_read_from_the_primary(client: TestClient, make: Make, replica: Replica) -> None:
    make.post(title="New on the primary")
    assert replica.is_well
    assert client.get("/posts/new-on-the-primary").status_code == 200
    assert "New on the primary" in client.get("/").text
    wait_until(lambda: not replica.has_all_changes())


def test_a_replica_that_has_everything_is_read(
    client: TestClient, make: Make, pair: Replication, replica: Replica, on_primary: list[str], counted: Counted
) -> None:
    make.post(title="Hello")
    pair.catch_up()
    wait_until(replica.has_all_changes)
    on_primary.clear()
    assert "Hello" in client.get("/posts/hello").text
    assert on_primary == []

    def is_kept() -> bool:
        with counted() as statements:
            client.get("/posts/hello")
        return not any("FROM post" in statement for statement in statements)

    wait_until(is_kept)
