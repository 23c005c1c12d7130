"""A replica that lags, dies, freezes or is none is left alone, and no reader sees an error."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from starlette.testclient import TestClient

from tests.support.clients import Clients, make_app
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.replication import Replication, wait_until
from tests.support.server import Server
from web.app import Colophon
from web.database import Database, wal
from web.database import replica as module
from web.database.replica import Replica
from web.settings import Settings

READERS = 2


class TestLag:
    @pytest.fixture
    def lag_seconds(self) -> int:
        return 1

    def test_a_replica_that_lags_is_left_alone_until_it_has_caught_up(
        self, client: TestClient, pair: Replication, replica: Replica, make: Make, on_primary: list[str]
    ) -> None:
        pair.standby.execute("SELECT pg_wal_replay_pause()")
        make.post(title="Hello")
        wait_until(lambda: not replica.is_well)
        assert client.get("/posts/hello").status_code == 200
        assert on_primary
        assert client.get("/readyz").text == "ready\nreplica left alone: it is more than 1 s behind\n"
        pair.standby.execute("SELECT pg_wal_replay_resume()")
        wait_until(lambda: replica.is_well)
        on_primary.clear()
        assert client.get("/posts/hello").status_code == 200
        assert on_primary == []

    def test_a_blog_that_nobody_writes_to_does_not_look_late(self, client: TestClient, replica: Replica) -> None:
        looks = [replica._well_at]
        for _ in range(3):
            wait_until(lambda: replica._well_at > looks[-1] or not replica.is_well)
            looks.append(replica._well_at)
        assert replica.is_well


@contextmanager
def reading(url: str) -> Iterator[list[int]]:
    """Several readers who ask for pages until the end of the block; yields the statuses of all answers."""
    statuses: list[int] = []
    is_over = threading.Event()

    def read() -> None:
        with httpx2.Client(base_url=url, timeout=30) as browser:
            while not is_over.is_set():
                statuses.append(browser.get("/posts/hello").status_code)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        yield statuses
    finally:
        is_over.set()
        for reader in readers:
            reader.join()


def readiness(server: Server) -> str:
    return httpx2.get(f"{server.url}/readyz").text


def more(statuses: list[int]) -> None:
    """Let every reader get an answer to something that was asked from now on."""
    enough = len(statuses) + 3 * READERS
    wait_until(lambda: len(statuses) >= enough)


@pytest.mark.parametrize("how", ["kill", "freeze"])
def test_no_reader_notices_when_the_replica_is_lost(
    pair: Replication, settings: Settings, database: Database, make: Make, how: str
) -> None:
    make.post(title="Hello")
    with Server(settings) as server:
        wait_until(lambda: "replica in use" in readiness(server))
        with reading(server.url) as statuses:
            more(statuses)
            getattr(pair.standby, how)()
            try:
                more(statuses)
                wait_until(lambda: "replica left alone: it does not answer" in readiness(server))
                more(statuses)
            finally:
                pair.standby.start() if how == "kill" else pair.standby.thaw()
            wait_until(lambda: "replica in use" in readiness(server))
            more(statuses)
    assert set(statuses) == {200}


def test_connections_that_the_replica_ended_are_replaced(
    client: TestClient, pair: Replication, make: Make, replica: Replica
) -> None:
    make.post(title="Hello")
    pair.catch_up()
    for _ in range(5):
        assert client.get("/posts/hello").status_code == 200
        pair.standby.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid != pg_backend_pid()"
        )
        assert client.get("/posts/hello").status_code == 200
        wait_until(lambda: replica.is_well)


def test_a_look_costs_no_request_a_statement(
    client: TestClient, make: Make, pair: Replication, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.post(title="Hello")
    pair.catch_up()
    client.get("/posts/hello")
    looks: list[object] = []
    position_of_standby = wal.position_of_standby

    def noting(driver: object) -> int | None:
        looks.append(driver)
        return position_of_standby(driver)  # type: ignore[arg-type]

    now = module.monotonic()
    # Time stands still: whatever is asked now is asked because of a request.
    monkeypatch.setattr(module, "monotonic", lambda: now)
    monkeypatch.setattr(wal, "position_of_standby", noting)
    client.get("/posts/hello")
    first = len(looks)
    for _ in range(20):
        assert client.get("/posts/hello").status_code == 200
    assert len(looks) <= first + 2, "one for each connection at the most"


def test_a_server_that_is_no_standby_is_left_alone(
    settings: Settings, pair: Replication, database: Database, clients: Clients, clock: Clock, make: Make
) -> None:
    wrong = settings.model_copy(update={"database_replica_url": pair.primary.url})
    clients.app = make_app(wrong, database, clock)
    replica: Replica = clients.app.state.replica
    make.post(title="Hello")
    client = clients.open()
    wait_until(lambda: replica.describe() == "left alone: it is no standby")
    assert client.get("/posts/hello").status_code == 200


def test_readers_are_served_while_the_primary_is_gone(
    settings: Settings, pair: Replication, app: Colophon, clock: Clock, clients: Clients, make: Make
) -> None:
    from tests.http.gate import Gate

    make.post(title="Hello")
    pair.catch_up()
    gate = Gate(pair.primary.url)
    gate.open()
    own = Database(gate.url)
    clients.app = make_app(settings, own, clock)
    replica: Replica = clients.app.state.replica
    client = clients.open()
    wait_until(lambda: replica.is_well)
    gate.shut()
    wait_until(lambda: replica._primary_is_away)
    assert client.get("/posts/hello").status_code == 200
    assert client.post("/sign-in", data={"login": "ada", "password": "wrong horse battery"}).status_code == 503
    gate.open()
    wait_until(lambda: not replica._primary_is_away)
    assert client.get("/posts/hello").status_code == 200
    gate.shut()
    own.close()
