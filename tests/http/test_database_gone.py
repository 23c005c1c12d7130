"""Where the database is out of reach, people are told to come back, and the blog comes back by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.http.gate import Gate
from tests.http.lab import answer
from tests.support.clients import Clients, make_app, signed
from tests.support.clock import Clock
from tests.support.dialects import on_mariadb, on_servers, on_sqlite
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from web.database import Database
from web.http import current, flashes
from web.http.endpoints import address
from web.settings import Settings

PATHS = ["/", "/posts/hello", "/feed.xml", "/nothing", "/sign-in"]


class Blog:
    """A blog whose database can go and come back."""

    def __init__(self, clients: Clients, cookie: str) -> None:
        self.clients = clients
        self.cookie = cookie
        self.go: Callable[[], object] = bool
        self.come_back: Callable[[], object] = bool

    def check(self, *, is_there: bool) -> None:
        """Ask for pages as a stranger and as somebody with a cookie."""
        client = self.clients.open()
        for headers in ({}, {"Cookie": f"colophon={self.cookie}"}):
            for path in PATHS:
                response = client.get(path, headers=headers)
                assert (response.status_code != 503) == is_there, (path, response.status_code)
                assert is_there or response.headers["retry-after"] == "5"


@pytest.fixture
def blog(
    database: Database, settings: Settings, clock: Clock, make: Make, clients: Clients, tmp_path: Path
) -> Iterator[Blog]:
    """One that starts without its database: behind a shut gate, or in a folder that is not there."""
    make.post(title="Hello")
    gate = Gate(database.url)
    is_server = database.dialect != "sqlite"
    own = Database(gate.url if is_server else database.url)
    clients.app = make_app(settings, own, clock)
    found = Blog(clients, signed({"token": "x"}, settings.secret_key))
    if is_server:
        found.go, found.come_back = gate.shut, gate.open
    else:
        folder, away = Path(str(database.url.database)).parent, tmp_path / "away"

        def go() -> None:
            own.close()
            database.close()
            folder.rename(away)

        found.go, found.come_back = go, lambda: away.rename(folder)
        go()
    yield found
    own.close()
    gate.shut()


def test_it_goes_and_comes_back(blog: Blog) -> None:
    blog.check(is_there=False)
    blog.come_back()
    blog.check(is_there=True)
    blog.go()
    blog.check(is_there=False)
    blog.come_back()
    blog.check(is_there=True)


def test_what_needs_no_database_is_there_all_the_time(blog: Blog) -> None:
    client = blog.clients.open()
    assert client.get("/healthz").status_code == 200
    assert client.get("/static/css/base.css").status_code == 200
    assert client.get("/favicon.ico").status_code == 200


def test_the_page_says_what_to_do(blog: Blog) -> None:
    response = blog.clients.open().get("/")
    assert "database" in soup(response).text("main")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_nothing_was_stored_and_nothing_is_said(blog: Blog) -> None:
    response = blog.clients.open().post("/sign-in", data={"login": "ada", "password": PASSWORD})
    assert response.status_code == 503
    assert "set-cookie" not in response.headers


ENDS_ALL = {
    "postgresql": "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid != pg_backend_pid()",
    "mariadb": "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id != CONNECTION_ID()",
}


def end_connections(database: Database) -> None:
    """What a restart of the server does to whoever is connected."""
    other = Database(database.url)
    with other.session() as session:
        found = session.scalars(text(ENDS_ALL[database.dialect])).all()
        for number in found if database.dialect == "mariadb" else []:
            session.execute(text(f"KILL {number}"))
    other.close()


@on_servers
def test_nobody_notices_a_restart_of_the_server(database: Database, client: TestClient) -> None:
    assert client.get("/").status_code == 200
    end_connections(database)
    assert client.get("/").status_code == 200


@on_servers
@pytest.mark.parametrize("is_written", [True, False])
def test_a_connection_that_ends_in_the_middle(
    database: Database, client: TestClient, clients: Clients, is_written: bool
) -> None:
    """Also when only the commit finds out: no cookie, no redirect."""

    def view(request: Request) -> Response:
        flashes.add(request, "success", "Saved.")
        session = current.session(request)
        session.execute(text("SELECT 1"))
        end_connections(database)
        if not is_written:
            session.execute(text("SELECT 2"))
        return answer(303)

    clients.app.router.routes.insert(0, address("/ended", "ended", post=view))
    response = client.post("/ended")
    assert response.status_code == 503
    assert "set-cookie" not in response.headers
    assert "location" not in response.headers
    assert client.get("/").status_code == 200


@on_sqlite
def test_a_file_that_somebody_else_has_locked(
    database: Database, settings: Settings, clock: Clock, make: Make, clients: Clients
) -> None:
    make.user("ada", role="author")
    impatient = Database(database.url)
    event.listen(impatient.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 20"))
    clients.app = make_app(settings, impatient, clock)
    client = clients.open()
    assert client.post("/sign-in", data={"login": "ada", "password": PASSWORD}).status_code == 303
    draft = {"title": "Hello", "body": "Some words."}
    with database.session() as session:
        session.execute(text("SELECT 1"))
        assert client.post("/write", data=draft).status_code == 503
        assert client.get("/").status_code == 200, "reading goes on"
    assert client.post("/write", data=draft).status_code == 303
    impatient.close()


@on_mariadb
def test_a_lock_that_does_not_come(database: Database, make: Make, client: TestClient, clients: Clients) -> None:
    make.post(title="Hello", tags="a")

    def view(request: Request) -> Response:
        session = current.session(request)
        session.execute(text("SET innodb_lock_wait_timeout = 1"))
        session.execute(text("UPDATE tag SET name = 'b'"))
        return answer(303)

    clients.app.router.routes.insert(0, address("/waiting", "waiting", post=view))
    with database.session() as session:
        session.execute(text("SELECT id FROM tag FOR UPDATE"))
        assert client.post("/waiting").status_code == 503
    assert client.post("/waiting").status_code == 303
