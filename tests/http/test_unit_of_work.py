"""Raise rolls back, returning below 400 commits, and both before the first byte of the answer."""

from collections.abc import Callable
from threading import get_ident

import pytest
from sqlalchemy import event
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.http.lab import Lab, Watching, answer, break_promise, write
from web.database import Database
from web.http import current


@pytest.mark.parametrize(
    ("status", "is_stored"),
    [(200, True), (201, True), (204, True), (301, True), (303, True), (399, True)]
    + [(status, False) for status in (400, 401, 403, 404, 409, 422, 429, 500, 503)],
)
def test_the_status_decides(lab: Lab, status: int, is_stored: bool) -> None:
    def view(request: Request) -> Response:
        write(request)
        return answer(status)

    assert lab.client(view).post("/").status_code == status
    assert lab.stored() == ("written" if is_stored else None)


@pytest.mark.parametrize(("error", "status"), [(KeyError(), 500), (HTTPException(404), 404), (HTTPException(302), 302)])
def test_whoever_raises_stores_nothing(lab: Lab, error: Exception, status: int) -> None:
    def view(request: Request) -> Response:
        write(request)
        raise error

    def handler(request: Request, found: Exception) -> Response:
        if status < 400:
            current.unit(request).roll_back()
        return answer(status)

    assert lab.client(view, handlers={HTTPException: handler}).post("/").status_code == status
    assert lab.stored() is None


class WantsSignInError(Exception):
    """Raised by a view and answered below 400."""


def test_raised_and_then_redirected_rolls_back_by_saying_so(lab: Lab) -> None:
    def view(request: Request) -> Response:
        write(request)
        raise WantsSignInError

    async def handler(request: Request, _error: Exception) -> Response:
        current.unit(request).roll_back()
        return answer(303)

    response = lab.client(view, handlers={WantsSignInError: handler}).post("/")
    assert (response.status_code, response.headers["location"]) == (303, "/there")
    assert lab.stored() is None


@pytest.mark.parametrize("status", [422, 429, 500])
def test_what_must_be_remembered_is_committed_anyway(lab: Lab, status: int) -> None:
    def view(request: Request) -> Response:
        write(request)
        current.unit(request).commit_anyway()
        return answer(status)

    assert lab.client(view).post("/").status_code == status
    assert lab.stored() == "written"


def test_a_plain_view_and_its_commit_share_a_thread(lab: Lab) -> None:
    """Going to a thread once more costs more than the end of most units."""
    threads: list[int] = []

    def view(request: Request) -> Response:
        threads.append(get_ident())
        event.listen(current.session(request), "after_commit", lambda _session: threads.append(get_ident()))
        write(request)
        return answer()

    assert lab.client(view).post("/").status_code == 200
    assert len(threads) == 2
    assert len({*threads}) == 1
    assert get_ident() not in threads


def test_what_was_asked_for_last_counts(lab: Lab) -> None:
    def view(request: Request) -> Response:
        write(request)
        current.unit(request).commit_anyway()
        current.unit(request).roll_back()
        return answer()

    lab.client(view).post("/")
    assert lab.stored() is None


@pytest.mark.parametrize("is_async", [False, True])
def test_the_commit_comes_before_the_first_byte(lab: Lab, is_async: bool) -> None:
    seen: list[tuple[str, str | None]] = []

    async def watch(message: Message) -> None:
        seen.append((message["type"], lab.stored()))

    def view(request: Request) -> Response:
        write(request)
        assert lab.database.has_one_writer or lab.stored() is None
        return Response("saved")

    async def async_view(request: Request) -> Response:
        return view(request)

    outside = [Middleware(Watching, watch=watch)]
    assert lab.client(async_view if is_async else view, outside=outside).post("/").text == "saved"
    assert seen == [("http.response.start", "written"), ("http.response.body", "written")]


def test_messages_before_the_start_commit_nothing(lab: Lab) -> None:
    seen: list[tuple[str, str | None]] = []

    class Hinting:
        """Sends what servers may send before an answer starts."""

        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            write(Request(scope))
            await send({"type": "http.response.debug", "info": {}})
            await self.app(scope, receive, send)

    async def watch(message: Message) -> None:
        seen.append((message["type"], lab.stored()))

    client = lab.client(
        lambda _request: answer(), outside=[Middleware(Watching, watch=watch)], inside=[Middleware(Hinting)]
    )
    assert client.post("/").status_code == 200
    assert seen[0] == ("http.response.debug", None)
    assert seen[1] == ("http.response.start", "written")


def test_a_failed_commit_is_a_clean_500(lab: Lab) -> None:
    def view(request: Request) -> Response:
        request.session["said"] = "saved"
        write(request)
        break_promise(request)
        return answer(303)

    client = lab.client(view)
    response = client.post("/")
    assert response.status_code == 500
    assert "set-cookie" not in response.headers
    assert "location" not in response.headers
    assert lab.stored() is None
    lab.check_all_free()
    assert client.post("/").status_code == 500, "and the next request finds a connection that works"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_requests_cannot_write(lab: Lab, method: str) -> None:
    def view(request: Request) -> Response:
        write(request)
        return answer()

    assert lab.client(view).request(method, "/").status_code == 500
    assert lab.stored() is None


def test_head_is_answered_like_get(lab: Lab) -> None:
    lab.store("there")

    def view(request: Request) -> Response:
        return Response(headers={"X-Found": lab.stored() or ""})

    assert lab.client(view).head("/").headers["x-found"] == "there"


def committed(database: Database) -> list[str]:
    """Notes each commit and rollback of the engine from now on."""
    seen: list[str] = []
    event.listen(database.engine, "commit", lambda _connection: seen.append("commit"))
    event.listen(database.engine, "rollback", lambda _connection: seen.append("rollback"))
    return seen


@pytest.mark.parametrize(("view_status", "ends"), [(200, ["commit"]), (422, ["rollback"]), (None, ["rollback"])])
def test_a_unit_ends_exactly_once(database: Database, view_status: int | None, ends: list[str]) -> None:
    own = Database(database.url)
    lab, seen = Lab(own), committed(own)

    def view(request: Request) -> Response:
        write(request)
        if view_status is None:
            raise KeyError
        return answer(view_status)

    lab.client(view).post("/")
    own.close()
    assert seen == ends


def test_a_request_without_statements_opens_no_transaction(database: Database) -> None:
    own = Database(database.url)
    lab, seen = Lab(own), committed(own)
    assert lab.client(lambda _request: answer()).get("/").status_code == 200
    own.close()
    assert seen == []


def test_the_session_is_the_units(lab: Lab) -> None:
    seen: list[Callable[..., object]] = []

    def view(request: Request) -> Response:
        seen.extend([current.session(request), current.unit(request).session])
        return answer()

    lab.client(view).get("/")
    assert seen[0] is seen[1]
