from datetime import timedelta

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import BEGINNING, Clock
from tests.support.factories import Make
from tests.support.reading import Read
from web.app import Colophon
from web.models.login_session import LoginSession
from web.models.user import User


def seen(read: Read) -> object:
    return read.all(LoginSession)[0].last_seen_at


def test_last_seen_is_written_at_most_every_five_minutes(sign_in: SignIn, make: Make, read: Read, clock: Clock) -> None:
    browser = sign_in(make.user("ada"))
    clock.advance(minutes=4, seconds=59)
    browser.get("/account")
    assert seen(read) == BEGINNING
    moment = clock.advance(seconds=1)
    browser.get("/account")
    assert seen(read) == moment
    clock.advance(minutes=4)
    browser.get("/account")
    assert seen(read) == moment


def test_people_who_come_shortly_after_each_other_are_written_together(
    sign_in: SignIn, make: Make, read: Read, clock: Clock, counted: Counted
) -> None:
    ada, ben, cleo = (sign_in(make.user(name)) for name in ("ada", "ben", "cleo"))
    moment = clock.advance(minutes=6)
    ada.get("/account")
    with counted() as statements:
        ben.get("/account")
        clock.advance(seconds=29)
        ben.get("/account")
    assert not [statement for statement in statements if statement.startswith("UPDATE")]
    clock.advance(seconds=1)
    with counted() as statements:
        cleo.get("/account")
    assert len([statement for statement in statements if statement.startswith("UPDATE")]) == 1
    seen_at = {login.user_id: login.last_seen_at for login in read.all(LoginSession)}
    assert list(seen_at.values()) == [moment, clock.now - timedelta(seconds=1), clock.now]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_post_notes_it_as_a_get_does(sign_in: SignIn, make: Make, read: Read, clock: Clock, method: str) -> None:
    browser = sign_in(make.user("ada"))
    moment = clock.advance(minutes=6)
    fields = {"display_name": "Ada", "bio": ""} if method == "POST" else None
    browser.request(method, "/account/profile" if fields else "/account", data=fields)
    assert seen(read) == moment


def test_a_fresh_session_costs_no_write(sign_in: SignIn, make: Make, counted: Counted) -> None:
    browser = sign_in(make.user("ada"))
    with counted() as statements:
        browser.get("/account")
    assert not [statement for statement in statements if statement.startswith("UPDATE")]


def test_the_answer_has_left_before_it_is_written(sign_in: SignIn, make: Make, app: Colophon, clock: Clock) -> None:
    browser = sign_in(make.user("ada"))
    clock.advance(minutes=6)
    happened: list[str] = []
    inner = app.middleware_stack

    async def watching(scope: Scope, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            happened.append(message["type"] if not message.get("more_body") else "piece")
            await send(message)

        assert inner is not None
        await inner(scope, receive, noting)

    def on_statement(*arguments: object) -> None:
        if str(arguments[2]).startswith("UPDATE"):
            happened.append("UPDATE")

    event.listen(app.state.database.engine, "before_cursor_execute", on_statement)
    stack: ASGIApp = watching
    app.middleware_stack = stack
    try:
        assert browser.get("/account").status_code == 200
    finally:
        event.remove(app.state.database.engine, "before_cursor_execute", on_statement)
    assert happened == ["http.response.start", "http.response.body", "UPDATE"]


def test_that_it_cannot_be_written_is_no_fault_of_the_request(
    sign_in: SignIn, make: Make, app: Colophon, clock: Clock, read: Read
) -> None:
    browser = sign_in(make.user("ada"))
    clock.advance(minutes=6)

    def refuse(*arguments: object) -> None:
        if str(arguments[2]).startswith("UPDATE"):
            from sqlalchemy.exc import OperationalError

            raise OperationalError("UPDATE", None, Exception("the disk is full"))

    event.listen(app.state.database.engine, "before_cursor_execute", refuse)
    try:
        assert browser.get("/account").status_code == 200
    finally:
        event.remove(app.state.database.engine, "before_cursor_execute", refuse)
    assert seen(read) == BEGINNING
    browser.get("/account")
    assert seen(read) == clock.now


def test_a_cookie_of_nobody_is_a_stranger_s(client: TestClient, make: Make, sign_in: SignIn, app: Colophon) -> None:
    ada = make.user("ada")
    browser = sign_in(ada)
    with app.state.database.session() as session:
        session.delete(session.get_one(User, ada.id))
    assert browser.get("/").status_code == 200
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize("cookie", ["", "null", "a.b.c", "e30=.x.y", '"', "é"])
def test_a_malformed_cookie_is_a_stranger_s(client: TestClient, cookie: str) -> None:
    headers = {"cookie": f"colophon={cookie}".encode()}
    assert client.get("/", headers=headers).status_code == 200
    assert client.get("/account", headers=headers).status_code == 303
