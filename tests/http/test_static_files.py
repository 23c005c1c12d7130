"""Static files live under names that change with their content."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.support.html import soup
from web.http.static_files import HashedFiles

FOR_EVER = "public, max-age=31536000, immutable"


def test_pages_use_names_with_a_hash(client: TestClient) -> None:
    page = soup(client.get("/"))
    addresses = page.attributes("link[rel=stylesheet]", "href") + page.attributes("script[src]", "src")
    assert len(addresses) >= 4
    for address in addresses:
        assert re.fullmatch(r"/static/[\w/.]+\.[0-9a-f]{10}\.(css|js)", address)
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == FOR_EVER


def test_the_plain_name_is_kept_for_a_while_only(client: TestClient) -> None:
    response = client.get("/static/css/base.css")
    assert response.headers["cache-control"] == "public, max-age=300"
    assert response.headers["content-type"].startswith("text/css")


def test_an_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/static/css/base.css").headers["etag"]
    response = client.get("/static/css/base.css", headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/nothing.css",
        "/static/css/base.0123456789.css",
        "/static/",
        "/static/css",
        "/static/css/",
        "/static/../pyproject.toml",
        "/static/..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/css/%00",
        "/static/css/base.css%00",
        "/static/" + "x" * 5000,
        "/static/%ff",
        "/static/css/base.css/more",
    ],
)
def test_anything_else_is_not_found(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "<h1" in response.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_can_only_be_read(client: TestClient, method: str) -> None:
    assert client.request(method, "/static/css/base.css").status_code == 405


def test_head_says_what_get_would_send(client: TestClient) -> None:
    response = client.head("/static/css/base.css", headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0


def test_a_file_costs_no_statement_and_sets_no_cookie(client: TestClient, counted: object) -> None:
    with counted() as statements:  # type: ignore[operator]
        response = client.get("/static/css/base.css")
    assert statements == []
    assert "set-cookie" not in response.headers


def test_the_name_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("one")
    first = HashedFiles(tmp_path).url("a.css")
    (tmp_path / "a.css").write_text("two")
    assert HashedFiles(tmp_path).url("a.css") != first


def test_an_unknown_name_is_an_error_when_the_page_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        HashedFiles(tmp_path).url("nothing.css")


def test_large_answers_are_compressed(client: TestClient) -> None:
    response = client.get("/static/css/components.css", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]
