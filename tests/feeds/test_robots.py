"""What robots may read."""

from urllib.robotparser import RobotFileParser

from starlette.testclient import TestClient

from tests.conftest import Counted
from web.app import Colophon
from web.settings import Settings


def test_robots_may_read_all_but_what_needs_an_account(client: TestClient, app: Colophon, settings: Settings) -> None:
    app.state.settings = settings.model_copy(update={"base_url": "https://ada.example"})
    response = client.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(response.text.splitlines())
    assert parser.site_maps() == ["https://ada.example/sitemap.xml"]
    for path in ("/", "/posts/hello", "/tags", "/feed.xml", "/archive"):
        assert parser.can_fetch("Googlebot", path)
    for path in ("/write", "/write/1", "/manage", "/account", "/messages"):
        assert not parser.can_fetch("Googlebot", path)


def test_robots_txt_takes_no_statement(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        client.get("/robots.txt")
    assert statements == []
