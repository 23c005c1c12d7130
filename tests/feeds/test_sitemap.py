"""The sitemap."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.feeds.parsing import SITEMAP, texts, xml
from tests.support.factories import Make
from web.feeds import sitemap

OTHERS = ["/", "/archive", "/tags"]


def addresses(client: TestClient, path: str) -> list[str]:
    """What a file of the sitemap lists, without the host."""
    found = texts(xml(client.get(path)), f"{SITEMAP}*/{SITEMAP}loc")
    assert all(address.startswith("http://testserver/") for address in found)
    return [address.removeprefix("http://testserver") for address in found]


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "POSTS_PER_FILE", 2)


def test_a_small_blog_has_one_file(client: TestClient, make: Make) -> None:
    make.post(make.user("ada", role="author"), title="One", tags="a")
    make.post([make.user("bob", role="author")], title="Two", tags="a, b")
    make.post(make.user("cleo", role="author"), title="Hidden", tags="c", published=False)
    make.user("rea")
    assert client.get("/sitemap.xml").headers["content-type"] == "application/xml; charset=utf-8"
    expected = ["/tags/a", "/tags/b", "/authors/ada", "/authors/bob", "/posts/one", "/posts/two"]
    assert addresses(client, "/sitemap.xml") == OTHERS + expected
    assert texts(xml(client.get("/sitemap.xml")), f"{SITEMAP}url/{SITEMAP}lastmod") == ["2026-11-22T13:05:00+00:00"] * 2


def test_an_empty_blog_has_a_sitemap(client: TestClient) -> None:
    assert addresses(client, "/sitemap.xml") == addresses(client, "/sitemap-0.xml") == OTHERS
    assert client.get("/sitemap-1.xml").status_code == 404


@pytest.mark.usefixtures("small_files")
def test_a_large_blog_has_an_index_of_files(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    for number in range(1, 6):
        make.post(ada, title=f"Post {number}", published=number != 2)
    assert addresses(client, "/sitemap.xml") == [f"/sitemap-{number}.xml" for number in range(4)]
    assert addresses(client, "/sitemap-0.xml") == [*OTHERS, "/authors/ada"]
    files = [addresses(client, f"/sitemap-{number}.xml") for number in (1, 2, 3)]
    assert files == [["/posts/post-1"], ["/posts/post-3", "/posts/post-4"], ["/posts/post-5"]]
    index = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"If-None-Match": index.headers["etag"]}).status_code == 304


def test_a_file_that_is_not_there_is_not_found(client: TestClient, make: Make) -> None:
    make.post()
    for name in ("2", "999999999999999999", "9999999999999999999", "-1", "x", ""):
        assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_it_takes_four_statements_for_one_post_and_for_twenty(client: TestClient, make: Make, counted: Counted) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, tags="a")
    with counted() as for_one:
        client.get("/sitemap.xml")
    for number in range(19):
        make.post(ada, tags=f"a, b{number}")
    with counted() as for_twenty:
        client.get("/sitemap.xml")
    assert len(for_one) == len(for_twenty) == 4


def test_no_host_breaks_it(client: TestClient, make: Make) -> None:
    make.post(tags="a")
    for name in ("sitemap", "sitemap-0", "sitemap-1"):
        assert xml(client.get(f"/{name}.xml", headers={"Host": "a&<b>.example"})) is not None
