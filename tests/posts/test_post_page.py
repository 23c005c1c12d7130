"""The page of a post."""

from typing import Any

import mf2py
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from web.app import Colophon
from web.models.post import Post
from web.models.slug import Slug
from web.settings import Settings


@pytest.fixture
def hello(make: Make) -> Post:
    authors = [make.user(name, role="author") for name in ("ada", "bob", "cleo")]
    return make.post(authors, title="Tom & <Jerry>", slug="hello", summary='Say "hi".', tags="B, a", word_count=900)


@pytest.mark.usefixtures("hello")
def test_it_shows_the_post(client: TestClient) -> None:
    page = soup(client.get("/posts/hello"))
    assert page.texts("h1") == ["Tom & <Jerry>"]
    assert page.text("title") == "Tom & <Jerry> · Colophon"
    assert page.text(".e-content") == "Some words."
    assert page.text(".byline-authors") == "by Ada, Bob and Cleo"
    assert page.link("Bob") == "/authors/bob"
    assert page.text(".byline-reading") == "4 min read"
    assert page.texts(".post-footer .tag") == ["B", "a"]


@pytest.mark.usefixtures("hello")
def test_its_source_is_what_was_typed(client: TestClient) -> None:
    response = client.get("/posts/hello.md")
    assert response.text == "Some words."
    assert response.headers["content-type"] == "text/markdown; charset=utf-8"


@pytest.mark.usefixtures("hello")
def test_its_head_tells_machines_about_it(client: TestClient) -> None:
    page = soup(client.get("/posts/hello?utm_source=x"))
    address = "http://testserver/posts/hello"
    assert page.attribute("link[rel=canonical]", "href") == address
    assert page.attribute("link[type='text/markdown']", "href") == "/posts/hello.md"
    assert page.attribute("meta[name=description]", "content") == 'Say "hi".'
    assert page.attribute("meta[name=author]", "content") == "Ada, Bob, Cleo"
    assert page.attribute("meta[name='twitter:card']", "content") == "summary"
    assert not page.has("meta[name=robots]")
    graph = {node.attributes["property"]: node.attributes["content"] for node in page.all("meta[property^='og:']")}
    assert graph == {
        "og:type": "article",
        "og:site_name": "Colophon",
        "og:title": "Tom & <Jerry>",
        "og:description": 'Say "hi".',
        "og:url": address,
    }
    assert page.attribute("meta[property='article:published_time']", "content") == "2026-11-22T13:05:00Z"
    assert page.attributes("meta[property='article:tag']", "content") == ["B", "a"]


@pytest.mark.usefixtures("hello")
def test_it_is_an_h_entry(client: TestClient) -> None:
    parsed = mf2py.parse(doc=client.get("/posts/hello").text, url="http://testserver/", html_parser="html5lib")
    entry = next(item for item in parsed["items"] if item["type"] == ["h-entry"])
    properties = entry["properties"]
    assert properties["name"] == ["Tom & <Jerry>"]
    assert properties["url"] == ["http://testserver/posts/hello"]
    assert properties["summary"] == ['Say "hi".']
    assert properties["published"] == ["2026-11-22T13:05:00Z"]
    assert properties["category"] == ["B", "a"]
    assert properties["content"][0]["value"] == "Some words."
    assert [author["properties"]["name"][0] for author in properties["author"]] == ["Ada", "Bob", "Cleo"]
    assert "me" not in parsed["rels"]


def test_dates_are_those_of_the_blogs_time_zone(client: TestClient, make: Make) -> None:
    make.setting("zone", "Pacific/Auckland")
    make.post(title="Hello")
    page = soup(client.get("/posts/hello"))
    assert page.text("time.dt-published") == "23 November 2026"
    assert page.attribute("time.dt-published", "datetime") == "2026-11-22T13:05:00Z"


def test_a_changed_slug_leads_on(client: TestClient, make: Make) -> None:
    post = make.post(title="Now")
    make.add(Slug(slug="before", post_id=post.id, created_at=post.created_at))
    for ending in ("", ".md"):
        response = client.get(f"/posts/before{ending}")
        assert response.status_code == 301
        assert response.headers["location"] == f"/posts/now{ending}"


@pytest.mark.parametrize("columns", [{"published": False}, {"deleted_at": Clock().now}])
def test_the_old_address_of_what_is_hidden_tells_nothing(
    client: TestClient, make: Make, columns: dict[str, Any]
) -> None:
    post = make.post(title="Now", **columns)
    make.add(Slug(slug="before", post_id=post.id, created_at=post.created_at))
    for ending in ("", ".md"):
        assert client.get(f"/posts/before{ending}").status_code == 404


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for address in ("nothing", "No-Such", "a--b", "-a", "a_b", "%00", "%ff", "a" * 5000):
        for ending in ("", ".md"):
            assert client.get(f"/posts/{address}{ending}").status_code == 404


@pytest.mark.parametrize("columns", [{"published": False}, {"deleted_at": Clock().now}])
def test_hidden_posts_are_for_authors_and_editors(
    client: TestClient, make: Make, sign_in: SignIn, columns: dict[str, Any]
) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, title="Hello", **columns)
    others = [client, *(sign_in(make.user(role=role)) for role in ("reader", "contributor", "author"))]
    staff = [sign_in(ada), *(sign_in(make.user(role=role)) for role in ("editor", "owner"))]
    for ending in ("", ".md"):
        assert [browser.get(f"/posts/hello{ending}").status_code for browser in others] == [404] * 4
        assert [browser.get(f"/posts/hello{ending}").status_code for browser in staff] == [200] * 3
    page = soup(staff[0].get("/posts/hello"))
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    assert page.text(".post-header .notice").startswith("Only you and the editors see this")


def test_the_owners_address_of_the_blog_is_used(
    client: TestClient, make: Make, app: Colophon, settings: Settings
) -> None:
    make.post(title="Hello")
    app.state.settings = settings.model_copy(update={"base_url": "https://ada.example"})
    page = soup(client.get("/posts/hello"))
    assert page.attribute("link[rel=canonical]", "href") == "https://ada.example/posts/hello"
    assert page.attribute("meta[property='og:url']", "content") == "https://ada.example/posts/hello"


def test_it_takes_four_statements_with_one_comment_and_with_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    ada = make.user("ada", role="author")
    post = make.post([ada, make.user(role="author")], title="Hello", tags="a")
    make.comment(post, ada)
    with counted() as with_one:
        client.get("/posts/hello")
    last = None
    for _ in range(19):
        last = make.comment(post, ada, parent=last)
    with counted() as with_twenty:
        client.get("/posts/hello")
    assert len(with_one) == len(with_twenty) <= 4
