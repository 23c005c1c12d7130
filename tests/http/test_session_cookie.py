"""The cookie: signed, kept from scripts and other sites, and ignored when it is anything else."""

import json
from base64 import b64encode
from http.cookies import SimpleCookie

import pytest
from starlette.testclient import TestClient

from tests.support.clients import Clients, make_app, signed
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.passwords import PASSWORD
from web.app import Colophon
from web.database import Database
from web.settings import Settings

BROKEN = {
    "empty": "",
    "a letter": "x",
    "too many dots": "e30=.x.y",
    "control character": "\x00",
    "quoted bytes": "%00%ff",
    "long": "a" * 4000,
    "unsigned": b64encode(json.dumps({"token": "x"}).encode()).decode(),
    "signed by somebody else": signed({"token": "x"}, "another key"),
}


@pytest.mark.parametrize("cookie", BROKEN.values(), ids=BROKEN)
def test_a_broken_cookie_is_ignored(client: TestClient, cookie: str) -> None:
    response = client.get("/", headers={"Cookie": f"colophon={cookie}"})
    assert response.status_code == 200
    assert soup(response).link("Sign in")


@pytest.mark.parametrize("header", [b"\xff\xfe", b"colophon", b"=;=;;", b'colophon="', b"colophon=\xe2\x98\x83"])
def test_a_broken_header_is_ignored(client: TestClient, header: bytes) -> None:
    assert client.get("/", headers=[(b"Cookie", header)]).status_code == 200


@pytest.mark.parametrize("token", ["", "unknown", "x" * 10_000, None, 7, ["a"], {"a": 1}, "\x00"])
def test_a_token_that_opens_nothing_is_a_strangers(client: TestClient, app: Colophon, token: object) -> None:
    cookie = signed({"token": token}, app.state.secret_key)
    response = client.get("/", headers={"Cookie": f"colophon={cookie}"})
    assert response.status_code == 200
    assert soup(response).link("Sign in")


def test_scripts_and_other_sites_do_not_get_it(make: Make, client: TestClient) -> None:
    make.user("ada")
    response = client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
    cookie = SimpleCookie(response.headers["set-cookie"])["colophon"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["secure"]


def test_over_https_it_stays_with_this_host(
    settings: Settings, database: Database, clock: Clock, make: Make, clients: Clients
) -> None:
    make.user("ada")
    clients.app = make_app(settings.model_copy(update={"base_url": "https://blog.example"}), database, clock)
    client = clients.open(base_url="https://blog.example")
    response = client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
    cookie = SimpleCookie(response.headers["set-cookie"])["__Host-colophon"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert soup(client.get("/")).button("Sign out")


def test_a_page_that_looks_at_it_says_so_to_caches(client: TestClient) -> None:
    assert "cookie" in client.get("/").headers["vary"].lower()
