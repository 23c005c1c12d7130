"""Which host names are answered to, and what becomes of strange ones."""

import pytest
from starlette.testclient import TestClient

from tests.support.clients import Clients, make_app
from tests.support.clock import Clock
from web.database import Database
from web.settings import Settings


@pytest.fixture
def strict(settings: Settings, database: Database, clock: Clock, clients: Clients) -> TestClient:
    """A blog that answers to two names."""
    hosts = settings.model_copy(update={"trusted_hosts": "blog.example, *.blog.example"})
    clients.app = make_app(hosts, database, clock)
    return clients.open()


@pytest.mark.parametrize("host", ["blog.example", "blog.example:8000", "www.blog.example", "BLOG.example"])
def test_known_names_are_answered(strict: TestClient, host: str) -> None:
    assert strict.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "blog.example.evil.example", "127.0.0.1", "", "a b", "["])
def test_other_names_are_not(strict: TestClient, host: str) -> None:
    response = strict.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["", "[", "[::1", "a b", "a:b:c", "x" * 3000, "<script>", "blog.example:99999999"])
@pytest.mark.parametrize("path", ["/", "/feed.xml", "/archive/", "/nothing"])
def test_a_name_that_is_none_is_never_a_fault(client: TestClient, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code in (200, 307, 404)
    assert "<script>" not in response.text.replace("<script src", "").replace("<script type", "")
