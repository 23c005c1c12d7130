"""What the tests of the HTTP layer share."""

from collections.abc import Callable, Iterator

import httpx2
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.http.lab import Lab, break_promise
from tests.support.clients import Clients
from tests.support.factories import Make
from tests.support.waiting import wait_for
from web.app import Colophon
from web.database import Database
from web.http import flashes
from web.http.endpoints import address
from web.models.post import Post
from web.models.user import User

ForNothing = Callable[[Callable[[], httpx2.Response]], httpx2.Response]


@pytest.fixture
def lab(database: Database) -> Iterator[Lab]:
    """Small applications on the real middleware; whoever leaks a slot or a connection fails."""
    found = Lab(database)
    yield found
    found.check_all_free()


@pytest.fixture
def faulty(app: Colophon, clients: Clients) -> TestClient:
    """A stranger's browser, on a blog where each view at /fault/… fails in its own way."""
    app.router.routes[:0] = [
        address("/fault/plain", "fault.plain", get=raise_key_error, post=raise_key_error),
        address("/fault/commit", "fault.commit", get=ok, post=fail_to_commit),
        address("/fault/teapot", "fault.teapot", get=raise_teapot),
    ]
    return clients.open(raise_server_exceptions=False)


def raise_key_error(_request: Request) -> Response:
    raise KeyError("a secret detail")


def raise_teapot(_request: Request) -> Response:
    raise HTTPException(418)


def ok(_request: Request) -> Response:
    return Response()


def fail_to_commit(request: Request) -> Response:
    flashes.add(request, "success", "Saved.")
    break_promise(request)
    return Response(status_code=303, headers={"Location": "/"})


@pytest.fixture
def is_told_of_changes(database: Database) -> None:
    """On PostgreSQL the listener has to connect first; MariaDB tells of nothing, and pages are made for each reader."""
    if database.dialect != "mariadb":
        wait_for(lambda: database.changes.version() is not None)


@pytest.fixture
def ada(make: Make) -> User:
    return make.user("ada", role="author")


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    about = make.post(ada, title="About", body="Who we are.")
    with make.database.session() as session:
        session.get_one(Post, about.id).become_page(1)
    return make.post(ada, title="Hello", body="The first words. " * 80, tags="first")


@pytest.fixture
def for_nothing(counted: Counted) -> ForNothing:
    """`for_nothing(ask)` is the answer as soon as asking takes no statement.

    On PostgreSQL a notification of what the test itself has written may still be on its way before that.
    """

    def answer_of(ask: Callable[[], httpx2.Response]) -> httpx2.Response:
        answers: list[httpx2.Response] = []

        def took_none() -> bool:
            with counted() as statements:
                answers.append(ask())
            return not statements

        wait_for(took_none)
        return answers[-1]

    return answer_of
