"""A replica that nobody has reached. What it does on real servers is in tests/replication."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from web.database import Database
from web.database.replica import Replica, ReplicaError

# Nothing listens on port 1.
NOWHERE = "postgresql://127.0.0.1:1/x"


@pytest.fixture
def replica() -> Iterator[Replica]:
    primary = Database(NOWHERE)
    found = Replica(primary, NOWHERE, lag_seconds=5)
    yield found
    found.close()
    primary.close()


def test_nobody_is_sent_there_before_it_was_looked_at(replica: Replica) -> None:
    assert not replica.is_well
    assert replica.describe() == "left alone: it has not been looked at yet"
    with pytest.raises(ReplicaError, match="has not been looked at yet"):
        replica.open_session(read_only=True)


def test_nobody_is_sent_there_while_neither_answers(replica: Replica) -> None:
    anyio.run(replica.look)
    assert not replica.is_well
    assert replica.describe() == "left alone: it does not answer"


def test_it_gives_out_no_session_that_writes(replica: Replica) -> None:
    with pytest.raises(ReplicaError, match="only read from"):
        replica.open_session(read_only=False)


def test_a_fault_of_a_look_does_not_end_the_watch(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(replica, "look", fail)

    async def watch() -> bool:
        with anyio.move_on_after(0.1) as scope:
            await replica.watch()
        return scope.cancelled_caught

    assert anyio.run(watch)
    assert not replica.is_well


@pytest.mark.parametrize("sqlite_is", ["primary", "replica"])
def test_only_postgresql_has_replicas(tmp_path: Path, sqlite_is: str) -> None:
    file = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    first, second = (file, NOWHERE) if sqlite_is == "primary" else (NOWHERE, file)
    with pytest.raises(ValueError, match="a replica needs PostgreSQL"):
        Replica(Database(first), second, lag_seconds=5)
