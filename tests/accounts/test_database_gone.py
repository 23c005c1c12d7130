"""Without a database nobody can be recognised; that is said, and is no fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.clients import signed
from tests.support.passwords import PASSWORD
from web.app import create_app
from web.settings import Settings


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    # Nothing listens on port 1.
    url = "postgresql://127.0.0.1:1/nothing"
    app = create_app(Settings(data=tmp_path, database_url=url, secret_key="x" * 32, password_memory_kib=8))
    with TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False) as client:
        yield client


def be_signed_in(client: TestClient) -> None:
    cookie = signed({"token": "once upon a time"}, client.app.state.secret_key)  # type: ignore[attr-defined]
    client.cookies.set("colophon", cookie, domain="testserver.local")


@pytest.mark.parametrize("address", ["/", "/account", "/sign-in"])
def test_whoever_is_signed_in_is_told_to_come_back(client: TestClient, address: str) -> None:
    be_signed_in(client)
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "set-cookie" not in answer.headers, "they stay signed in"


def test_signing_in_is_told_to_come_back(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"login": "ada", "password": PASSWORD})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


def test_signing_out_does_not_pretend(client: TestClient) -> None:
    be_signed_in(client)
    assert client.post("/sign-out").status_code == 503
    assert client.cookies.get("colophon")
