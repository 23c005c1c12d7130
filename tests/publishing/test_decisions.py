"""Where a post has its address, whether search engines and link previews get it, and where it is featured."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.posts.paging import TITLES, all_fragments, all_pages
from tests.publishing.conftest import BOTH, stored
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User


def save(browser: TestClient, post: Post, headers: dict[str, str] | None = None, **changes: str):  # noqa: ANN201
    """Save the settings after typing; an empty string for a box takes its tick away."""
    address = f"/write/{post.id}/settings"
    data = soup(browser.get(address)).form("#settings-form") | changes
    return browser.post(address, data=data, headers=headers or {})


@BOTH
def test_machines_are_told_what_was_decided(
    browser: TestClient, client: TestClient, make: Make, ada: User, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Heron")
    decided = {
        "canonical_url": "https://birds.example/heron?page=1#top",
        "social_image": "/static/icons/favicon.svg",
        "is_kept_from_robots": "y",
    }
    assert save(browser, post, headers, **decided).status_code == (200 if headers else 303)
    kept = soup(browser.get(f"/write/{post.id}/settings")).form("#settings-form")
    assert {name: kept[name] for name in decided} == decided
    response = client.get("/posts/heron")
    page = soup(response)
    assert page.attribute("link[rel=canonical]", "href") == "https://birds.example/heron?page=1#top"
    assert page.attribute("meta[property='og:url']", "content") == "http://testserver/posts/heron"
    assert page.attribute("meta[property='og:image']", "content") == "http://testserver/static/icons/favicon.svg"
    assert page.attribute("meta[name='twitter:card']", "content") == "summary_large_image"
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    assert response.headers["x-robots-tag"] == client.get("/posts/heron.md").headers["x-robots-tag"] == "noindex"
    assert "Heron" in client.get("/").text
    assert "heron" not in client.get("/sitemap.xml").text


def test_what_has_its_address_elsewhere_is_not_in_the_sitemap(client: TestClient, make: Make) -> None:
    make.post(title="Heron", canonical_url="https://birds.example/")
    make.post(title="Egret")
    sitemap = client.get("/sitemap.xml").text
    assert "egret" in sitemap
    assert "heron" not in sitemap


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://example.org:8080/a/b?c=d#e", "https://bücher.example/ü", "http://[2001:db8::1]/x",
     "https://example.org/%20"],
)  # fmt: skip
def test_good_addresses_are_taken(browser: TestClient, make: Make, ada: User, read: Read, address: str) -> None:
    post = make.post(ada)
    assert save(browser, post, canonical_url=address, social_image=address).status_code == 303
    assert (stored(read, post).canonical_url, stored(read, post).social_image) == (address, address)


@BOTH
@pytest.mark.parametrize(
    "address",
    ["heron", "/heron", "//example.org/x", "ftp://example.org/", "javascript:alert(1)", "https://", "https:///x",
     "https://a b.example/", 'https://example.org/"x', "https://example.org/<x>", "https://user@example.org/",
     "https://example.org:x/", "https://example.org:99999/", "https://exa\\mple.org/", "https://example.org/a\x07",
     "https://example.org/" + "x" * 490],
)  # fmt: skip
def test_bad_canonical_addresses_are_refused(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], address: str
) -> None:
    post = make.post(ada)
    response = save(browser, post, headers, canonical_url=address)
    assert response.status_code == 422
    assert soup(response).has("#canonical_url-error")
    assert soup(response).form("#settings-form")["canonical_url"] == address
    assert stored(read, post).canonical_url == ""


@pytest.mark.parametrize("address", ["heron.png", "//example.org/x", "/a b.png", "data:image/png;base64,x", "/\\x"])
def test_bad_images_are_refused(browser: TestClient, make: Make, ada: User, address: str) -> None:
    response = save(browser, make.post(ada), social_image=address)
    assert response.status_code == 422
    assert "no address of an image" in soup(response).text("#social_image-error")


@pytest.fixture
def editor(make: Make, sign_in: SignIn) -> TestClient:
    return sign_in(make.user("eve", role="editor"))


@BOTH
def test_the_featured_post_stands_first_and_once(
    editor: TestClient, client: TestClient, make: Make, ada: User, clock: Clock, headers: dict[str, str]
) -> None:
    posts = [
        make.post(ada, title=f"Post {number:02}", published_at=clock.now - timedelta(days=number))
        for number in range(25)
    ]
    save(editor, posts[17], headers, is_featured="y")
    expected = ["Post 17", *(f"Post {number:02}" for number in range(25) if number != 17)]
    assert all_pages(client, "/") == all_fragments(client, "/") == expected
    assert len(soup(client.get("/")).all(TITLES)) == 11
    assert soup(client.get("/")).text(".post-summary:first-child .badge") == "Featured"
    assert len(soup(client.get("/")).all(".post-summary .badge")) == 1
    assert soup(client.get("/authors/ada")).text(TITLES) == "Post 00"


def test_there_is_one_featured_post(
    editor: TestClient, client: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    old, new = make.post(ada, title="Old"), make.post(ada, title="New")
    for post in (old, new):
        save(editor, post, is_featured="y")
        clock.advance(minutes=1)
    assert soup(client.get("/")).texts(TITLES) == ["New", "Old"]
    assert stored(read, old).featured_at is None
    save(editor, old, is_featured="y")
    assert soup(client.get("/")).texts(TITLES) == ["Old", "New"]
    address = f"/write/{old.id}/settings"
    form = soup(editor.get(address)).form("#settings-form")
    assert form.pop("is_featured") == "y"
    editor.post(address, data=form)
    assert soup(client.get("/")).texts(TITLES) == ["New", "Old"]
    assert not soup(client.get("/")).has(".badge")


@pytest.mark.parametrize(
    "columns",
    [{"published": False}, {"post_visibility_lookup_code": "unlisted"}, {"deleted_at": Clock().now},
     {"published_at": Clock().now + timedelta(days=1)}],
)  # fmt: skip
def test_what_is_not_listed_is_not_featured(client: TestClient, make: Make, ada: User, columns: dict) -> None:  # type: ignore[type-arg]
    make.post(ada, title="Heron", featured_at=make.clock.now, **columns)
    make.post(ada, title="Egret", featured_at=make.clock.now - timedelta(days=1))
    assert soup(client.get("/")).texts(TITLES) == ["Egret"]


def test_only_editors_feature(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    post = make.post(ada)
    assert not soup(browser.get(f"/write/{post.id}/settings")).has("#is_featured")
    assert save(browser, post, is_featured="y").status_code == 303
    assert stored(read, post).featured_at is None


def test_a_featured_post_costs_no_statement(client: TestClient, make: Make, ada: User, counted: Counted) -> None:
    make.post(ada)
    with counted() as without:
        client.get("/")
    make.post(ada, featured_at=make.clock.now)
    with counted() as with_one:
        client.get("/")
    assert len(without) == len(with_one) == 3
