"""The suite always finds a real PostgreSQL, in the end the one that comes as a Python package."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support import postgresql
from tests.support.postgresql import fresh_database, is_usable, postgres_server, shipped_server


def _use_server(folder: Path) -> str:
    with shipped_server(folder) as server, fresh_database(server) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE word (spelling text)"))
            connection.execute(text("INSERT INTO word VALUES ('colophon')"))
        with engine.connect() as connection:
            spelling = connection.scalar(text("SELECT spelling FROM word"))
        engine.dispose()
        return str(spelling)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for a cluster. As root the server runs as a user of its own, to whom pytest's folders are closed."""
    with TemporaryDirectory(prefix="colophon-cluster-") as made:
        yield Path(made) / "cluster"


def test_the_shipped_server_stores_and_stops_with_its_last_user(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_POSTGRES_URL", raising=False)
    monkeypatch.setattr(postgresql, "LOCAL_SERVER", "postgresql+psycopg://postgres@127.0.0.1:1/postgres")
    monkeypatch.setattr(postgresql, "FOLDER", folder)
    with postgres_server() as server:
        assert is_usable(server)
        # An executor lets its processes end by themselves; a pool kills them, which can hang in their clean-up.
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as others:
            assert list(others.map(_use_server, [folder, folder])) == ["colophon", "colophon"]
        assert is_usable(server), "another user that leaves must not stop it"
    assert not is_usable(server)
    with shipped_server(folder) as server:
        assert is_usable(server), "it starts again on the same folder"


def test_a_set_address_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgresql+psycopg://ann:secret@db.example:5433/postgres")
    with postgres_server() as server:
        assert server == "postgresql+psycopg://ann:secret@db.example:5433/postgres"


def test_a_database_is_gone_afterwards() -> None:
    with postgres_server() as server:
        with fresh_database(server) as url:
            assert is_usable(url)
        engine = create_engine(url)
        with pytest.raises(OperationalError, match="does not exist"):
            engine.connect()
