import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import text
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import Clients
from tests.support.waiting import wait_for
from web.app import Colophon, create_app
from web.database import Database
from web.health.readiness import OUTDATED, SILENT, UNREACHABLE, Readiness
from web.http.unit_of_work import UnitOfWorkMiddleware
from web.settings import Settings

# Nobody else can read the table until the transaction, on MariaDB the lock itself, is over.
LOCKS = {
    "postgresql": "LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE",
    "mariadb": "LOCK TABLES alembic_version WRITE",
}
UNLOCKS = {"mariadb": "UNLOCK TABLES"}


@contextmanager
def opened(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as client:
        yield client


def without_database(tmp_path: Path) -> Settings:
    # Nothing listens on port 1.
    return Settings(
        data=tmp_path / "data", secret_key="x", database_url="postgresql://127.0.0.1:1/x", password_memory_kib=8
    )


def test_the_process_says_that_it_is_alive(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert statements == []


def test_a_usable_database_is_ready(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_other_methods_are_refused(client: TestClient, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_probes_need_no_trusted_host_name(settings: Settings, database: Database) -> None:
    strict = settings.model_copy(update={"trusted_hosts": "blog.example"})
    with TestClient(create_app(strict, database=database), base_url="http://127.0.0.1") as client:
        assert client.get("/").status_code == 400
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200


def test_probes_are_answered_when_every_slot_is_taken(app: Colophon) -> None:
    async def probe() -> None:
        stack = app.build_middleware_stack()
        app.middleware_stack = stack
        slots = _unit_of_work(stack).slots
        async with (
            AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client,
            anyio.create_task_group() as group,
        ):
            for read_only in [True] * app.state.database.slots + [False]:
                group.start_soon(_hold, slots, read_only)
            await anyio.sleep(0.05)
            with anyio.fail_after(5):
                assert (await client.get("/healthz")).status_code == 200
                assert (await client.get("/readyz")).status_code == 200
            with anyio.move_on_after(0.2) as patience:
                await client.get("/")
            assert patience.cancelled_caught, "a page has to wait for its slot"
            group.cancel_scope.cancel()

    anyio.run(probe)


async def _hold(slots: object, read_only: bool) -> None:
    async with slots.taken(read_only=read_only):  # type: ignore[attr-defined]
        await anyio.sleep_forever()


def _unit_of_work(layer: object) -> UnitOfWorkMiddleware:
    while not isinstance(layer, UnitOfWorkMiddleware):
        layer = layer.app  # type: ignore[attr-defined]
    return layer


def test_without_a_database_the_process_is_alive_but_not_ready(tmp_path: Path) -> None:
    with opened(without_database(tmp_path)) as client:
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == f"{UNREACHABLE}\n"
    assert answer.headers["retry-after"] == "5"


def test_a_file_that_is_no_database_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "colophon.sqlite3").write_bytes(b"this is a letter to my aunt" * 100)
    with opened(Settings(data=tmp_path, password_memory_kib=8)) as client:
        assert client.get("/readyz").text == f"{UNREACHABLE}\n"


def test_a_folder_that_is_gone_is_not_ready(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path / "data", password_memory_kib=8)) as client:
        (tmp_path / "data" / "secret.key").unlink()
        (tmp_path / "data").rmdir()
        assert client.get("/readyz").text == f"{UNREACHABLE}\n"


def test_an_outdated_schema_is_not_ready_and_told_what_to_do(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path, password_memory_kib=8)) as client:
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == f"{OUTDATED}\n"
    assert "colophon migrate" in answer.text


def test_an_old_version_goes_on_while_a_new_one_takes_over(client: TestClient, database: Database) -> None:
    with database.session() as session:
        present = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        assert client.get("/readyz").text == "ready\n"
    finally:
        with database.session() as session:
            session.execute(text(f"UPDATE alembic_version SET version_num = '{present}'"))


def test_a_schema_that_lacks_the_newest_migration_is_not_ready(client: TestClient, database: Database) -> None:
    with database.session() as session:
        present = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        assert client.get("/readyz").text == f"{OUTDATED}\n"
    finally:
        with database.session() as session:
            session.execute(text(f"UPDATE alembic_version SET version_num = '{present}'"))


def test_a_database_that_does_not_answer_is_not_waited_for(app: Colophon, clients: Clients) -> None:
    database: Database = app.state.database
    if database.has_one_writer:
        return
    app.state.readiness = Readiness(database, timeout_seconds=0.2)
    client = clients.open()
    with database.session() as session:
        session.execute(text(LOCKS[database.dialect]))
        started = time.monotonic()
        answers = [client.get("/readyz") for _ in range(5)]
        assert time.monotonic() - started < 5
        assert [(answer.status_code, answer.text) for answer in answers] == [(503, f"{SILENT}\n")] * 5
        assert client.get("/healthz").status_code == 200
        held = database.engine.pool.checkedout()  # type: ignore[attr-defined]
        assert held <= 2, "this test's and one spare connection, however often it was asked"
        session.execute(text(UNLOCKS.get(database.dialect, "SELECT 1")))
    wait_for(lambda: client.get("/readyz").status_code == 200)
    wait_for(lambda: database.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]


def test_many_who_ask_at_once_all_get_an_answer(app: Colophon) -> None:
    statuses: list[int] = []

    async def ask(client: AsyncClient) -> None:
        statuses.append((await client.get("/readyz")).status_code)

    async def ask_together() -> None:
        async with (
            AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client,
            anyio.create_task_group() as group,
        ):
            for _ in range(20):
                group.start_soon(ask, client)

    anyio.run(ask_together)
    assert statuses == [200] * 20
