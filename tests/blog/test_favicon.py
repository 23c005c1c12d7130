from pathlib import Path

from starlette.testclient import TestClient

from tests.conftest import Counted

ICON = Path("static/icons/favicon.ico")


def test_the_icon_is_served_for_a_day(client: TestClient, counted: Counted) -> None:
    with counted() as statements:
        answer = client.get("/favicon.ico")
    assert answer.status_code == 200
    assert answer.headers["content-type"] in ("image/x-icon", "image/vnd.microsoft.icon")
    assert answer.headers["cache-control"] == "public, max-age=86400"
    assert answer.content == ICON.read_bytes()
    assert statements == []


def test_it_is_not_sent_again_when_the_browser_has_it(client: TestClient) -> None:
    etag = client.get("/favicon.ico").headers["etag"]
    answer = client.get("/favicon.ico", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert answer.headers["cache-control"] == "public, max-age=86400"


def test_head_and_other_methods(client: TestClient) -> None:
    assert client.head("/favicon.ico").status_code == 200
    refused = client.post("/favicon.ico")
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD"
