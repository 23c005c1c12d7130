"""Two servers on one database: what one of them commits, the other one never answers as before."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from tests.support.server import Server
from tests.support.waiting import wait_for
from web.database import Database
from web.models.user import User
from web.settings import Settings

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def servers(settings: Settings) -> Iterator[list[Server]]:
    """Both of them."""
    with Server(settings) as one, Server(settings) as other:
        yield [one, other]


@pytest.fixture
def browsers(servers: list[Server]) -> Iterator[list[httpx2.Client]]:
    """One person's browser, as each of the servers sees it: the cookies are the same."""
    clients = [httpx2.Client(base_url=server.url, headers=SAME_ORIGIN) for server in servers]
    yield clients
    for client in clients:
        client.close()


def sign_in(browsers: list[httpx2.Client], user: User) -> None:
    """Sign in at the first server."""
    answer = browsers[0].post("/sign-in", data={"login": user.username, "password": PASSWORD})
    assert answer.status_code == 303
    for browser in browsers[1:]:
        browser.cookies = browsers[0].cookies


def is_signed_in(browser: httpx2.Client) -> bool:
    return "Sign out" in soup(browser.get("/posts/hello")).text(".masthead")


def test_signed_out_at_one_is_signed_out_at_the_other(
    browsers: list[httpx2.Client], make: Make, database: Database
) -> None:
    make.post(title="Hello")
    for _ in range(3):
        sign_in(browsers, make.user(f"ada-{_}", role="author"))
        for browser in (*browsers, *browsers):
            assert is_signed_in(browser)
        token = browsers[0].cookies["colophon"]
        assert browsers[0].post("/sign-out").status_code == 303
        browsers[1].cookies.set("colophon", token)
        browsers[0].cookies.set("colophon", token)
        assert not is_signed_in(browsers[0])
        if database.dialect == "sqlite":
            assert not is_signed_in(browsers[1])
        wait_for(lambda: not is_signed_in(browsers[1]))
        for browser in browsers:
            browser.cookies.clear()


def test_written_at_one_is_read_at_the_other(browsers: list[httpx2.Client], make: Make, database: Database) -> None:
    make.post(title="Hello")
    sign_in(browsers, make.user("ada", role="author"))
    for number in range(10):
        browsers[1].get("/posts/hello")
        assert browsers[0].post("/posts/hello/comments", data={"body": f"Words {number}"}).status_code == 303
        if database.dialect == "sqlite":
            assert f"Words {number}" in browsers[1].get("/posts/hello").text
        wait_for(lambda number=number: f"Words {number}" in browsers[1].get("/posts/hello").text)
    stranger = httpx2.get(f"{browsers[1].base_url}/posts/hello")
    assert "Words 9" in stranger.text
