"""Where the owner asks for it, each page shows the statements that made it."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import Clients, SignIn, make_app
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from web.database import Database
from web.settings import Settings


@pytest.fixture
def open_clients(settings: Settings, database: Database, clock: Clock, clients: Clients) -> Clients:
    clients.app = make_app(settings.model_copy(update={"sql_panel": True}), database, clock)
    return clients


def test_a_page_shows_its_statements(open_clients: Clients, make: Make) -> None:
    make.post(title="Hello")
    page = soup(open_clients.open().get("/"))
    shown = page.texts(".colophon-statements li")
    assert len(shown) >= 2
    assert any("FROM post" in statement for statement in shown)
    assert str(len(shown)) in page.text(".colophon-statements summary")


def test_each_page_shows_only_its_own(open_clients: Clients) -> None:
    client = open_clients.open()
    counts = [len(soup(client.get("/")).all(".colophon-statements li")) for _ in range(3)]
    assert len(set(counts)) == 1


def test_nothing_is_shown_otherwise(client: TestClient, sign_in: SignIn, make: Make, counted: Counted) -> None:
    assert not soup(client.get("/")).has(".colophon-statements")
    assert not soup(sign_in(make.user("olga", role="owner")).get("/manage")).has(".colophon-statements")
    with counted():
        assert not soup(client.get("/")).has(".colophon-statements")
