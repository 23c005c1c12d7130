"""Two writers who wait for each other: the database ends one of them, and that one begins anew."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.http.lab import answer
from tests.support.clients import Clients
from tests.support.dialects import on_mariadb, on_postgresql
from tests.support.factories import Make
from tests.support.reading import Read
from web.database import Database
from web.http import current, flashes
from web.http.endpoints import address
from web.models.tag import Tag

# Longer than PostgreSQL waits before it looks for circles: then it is the view's statement that finds this one.
SECONDS_BEFORE_THE_VIEW_WAITS = 1.5
Circle = Callable[[Session], None]


@pytest.fixture
def others() -> list[threading.Thread]:
    """Those who went on while a view's transaction was ended."""
    return []


@pytest.fixture
def close_a_circle(database: Database, make: Make, others: list[threading.Thread]) -> Circle:
    """Let a session, at each call, wait for one that waits for it: in a thread, which commits in the end."""
    make.post(title="Hello", tags="a,b,c,d,e")
    circles = count(1)

    def close(session: Session) -> None:
        other, theirs = database.open_session(), {"name": f"theirs {next(circles)}"}

        def go_on() -> None:
            with other:
                other.execute(text("UPDATE tag SET name = :name WHERE slug = 'a'"), theirs)
                other.commit()

        waiting = threading.Thread(target=go_on)
        session.execute(text("UPDATE tag SET name = 'mine' WHERE slug = 'a'"))
        other.execute(text("UPDATE tag SET name = :name WHERE slug != 'a'"), theirs)
        waiting.start()
        waiting.join(SECONDS_BEFORE_THE_VIEW_WAITS)
        others.append(waiting)
        session.execute(text("UPDATE tag SET name = 'mine' WHERE slug = 'b'"))

    return close


@on_postgresql
@pytest.mark.parametrize("has_savepoint", [False, True], ids=["plain", "in a savepoint"])
def test_it_is_done_as_if_it_had_come_a_moment_later(
    clients: Clients, client: TestClient, close_a_circle: Circle, read: Read, has_savepoint: bool
) -> None:
    attempts = []

    def view(request: Request) -> Response:
        attempts.append(request)
        flashes.add(request, "success", "Stored.")
        session = current.session(request)
        with session.begin_nested() if has_savepoint else nullcontext():
            if len(attempts) == 1:
                close_a_circle(session)
        session.execute(text("UPDATE tag SET name = 'mine' WHERE slug = 'c'"))
        return answer(303)

    clients.app.router.routes.insert(0, address("/circle", "circle", post=view))
    assert client.post("/circle").status_code == 303
    assert len(attempts) == 2
    assert {tag.slug: tag.name for tag in read.all(Tag)} == dict.fromkeys("abde", "theirs 1") | {"c": "mine"}
    assert client.get("/").text.count("Stored.") == 1


@on_postgresql
def test_a_second_circle_means_that_the_writer_is_asked_to_come_again(
    clients: Clients, client: TestClient, close_a_circle: Circle, others: list[threading.Thread], read: Read
) -> None:
    def view(request: Request) -> Response:
        close_a_circle(current.session(request))
        return answer(303)

    clients.app.router.routes.insert(0, address("/circle", "circle", post=view))
    assert client.post("/circle").status_code == 503
    for other in others:
        other.join()
    assert {tag.name for tag in read.all(Tag)} == {"theirs 2"}


@on_mariadb
@pytest.mark.parametrize(
    "error",
    ["SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213", "ROLLBACK TO SAVEPOINT forgotten"],
    ids=["a circle", "a savepoint that is gone"],
)
def test_what_mariadb_says_of_it_is_known(
    clients: Clients, client: TestClient, make: Make, read: Read, error: str
) -> None:
    """Which of two the server ends, and how soon it sees that they wait for each other, is its own affair."""
    make.post(title="Hello", tags="a,b")
    attempts = []

    def view(request: Request) -> Response:
        attempts.append(request)
        session = current.session(request)
        if len(attempts) == 1:
            session.execute(text("UPDATE tag SET name = 'mine' WHERE slug = 'a'"))
            session.execute(text(error))
        session.execute(text("UPDATE tag SET name = 'mine' WHERE slug = 'b'"))
        return answer(303)

    clients.app.router.routes.insert(0, address("/circle", "circle", post=view))
    assert client.post("/circle").status_code == 303
    assert {tag.slug: tag.name for tag in read.all(Tag)} == {"a": "a", "b": "mine"}
