"""What the tests of the HTTP layer share."""

from collections.abc import Iterator

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.http.lab import Lab, break_promise
from tests.support.clients import Clients
from web.app import Colophon
from web.database import Database
from web.http import flashes
from web.http.endpoints import address


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
