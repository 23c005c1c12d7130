"""A message survives one redirect, is said once, and waits while only fragments are asked for."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.support.clients import Clients
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.app import Colophon
from web.http import flashes
from web.http.endpoints import address
from web.http.responses import redirect


def save(request: Request) -> Response:
    flashes.add(request, "success", "Saved & <kept>.")
    flashes.add(request, "notice", "Nobody was told.")
    return redirect("/")


@pytest.fixture
def browser(app: Colophon, clients: Clients) -> Iterator[TestClient]:
    app.router.routes.insert(0, address("/save", "save", post=save))
    return clients.open()


def test_messages_are_said_once(browser: TestClient) -> None:
    assert browser.post("/save").status_code == 303
    page = soup(browser.get("/"))
    assert page.texts(".flashes .notice") == ["Saved & <kept>.", "Nobody was told."]
    assert page.has(".flashes .notice-success")
    assert browser.post("/save").status_code == 303
    assert browser.get("/").headers["cache-control"] == "private"
    assert page.has(".flashes .notice-notice")
    assert soup(browser.get("/")).texts(".flashes .notice") == []


def test_messages_wait_for_a_whole_page(browser: TestClient) -> None:
    browser.post("/save")
    assert "Saved" not in browser.get("/", headers=as_htmx).text
    assert "Saved" in browser.get("/").text


def test_messages_add_up(browser: TestClient) -> None:
    browser.post("/save")
    browser.post("/save")
    assert len(soup(browser.get("/")).all(".flashes .notice")) == 4


def test_the_cookie_goes_when_there_is_nothing_left_to_say(browser: TestClient) -> None:
    browser.post("/save")
    assert "colophon" in browser.cookies
    browser.get("/")
    assert "colophon" not in browser.cookies


def test_a_page_without_messages_sets_no_cookie(browser: TestClient) -> None:
    assert "set-cookie" not in browser.get("/").headers
