"""What each format asks for."""

from datetime import datetime
from html import unescape

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.feeds.parsing import ATOM, CONTENT, CREATOR, parsed, texts, xml
from tests.support.clients import Clients
from tests.support.clock import Clock
from tests.support.factories import Make
from web.database import Database
from web.models.post import Post, UserPostAssociation
from web.models.setting import Blog


@pytest.fixture
def post(make: Make, clock: Clock) -> Post:
    make.setting("title", "Ada & Bob")
    make.setting("description", "Of engines")
    make.setting("language", "en-GB")
    authors = [make.user("ada", role="author", display_name="Ada L."), make.user("bob", role="author")]
    published_at = clock.now
    clock.advance(days=1)
    return make.post(
        authors,
        title="Tom & <Jerry>",
        slug="tom",
        summary="In <short> &.",
        tags="Zen & Art, b",
        published_at=published_at,
    )


def test_atom(client: TestClient, post: Post) -> None:
    response = client.get("/feed.xml")
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = parsed(response)
    assert found.version == "atom10"
    feed, (entry,) = found.feed, found.entries
    assert (feed.id, feed.title, feed.subtitle) == (f"urn:uuid:{Blog().uid}", "Ada & Bob", "Of engines")
    assert feed.updated == "2026-11-23T13:05:00Z"
    assert feed.author_detail == {"name": "Ada & Bob", "href": "http://testserver/"}
    links = {link.rel: (link.type, link.href) for link in feed.links}
    assert links["self"] == ("application/atom+xml", "http://testserver/feed.xml")
    assert links["alternate"] == ("text/html", "http://testserver/")
    assert entry.id == f"urn:uuid:{post.uid}"
    assert (entry.title, entry.summary) == ("Tom & <Jerry>", "In <short> &.")
    assert entry.link == "http://testserver/posts/tom"
    assert (entry.published, entry.updated) == ("2026-11-22T13:05:00Z", "2026-11-23T13:05:00Z")
    assert [author.name for author in entry.authors] == ["Ada L.", "Bob"]
    assert entry.authors[0].href == "http://testserver/authors/ada"
    assert [(tag.term, tag.label) for tag in entry.tags] == [("zen-art", "Zen & Art"), ("b", "b")]
    assert entry.content[0].type == "text/html"
    assert entry.content[0].value == "<p>Some words.</p>"


@pytest.mark.usefixtures("post")
def test_atom_has_what_its_specification_requires(client: TestClient) -> None:
    root = xml(client.get("/feed.xml"))
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en-GB"
    for element in (root, root.find(f"{ATOM}entry")):
        assert element is not None
        for name in ("id", "title", "updated"):
            assert len(texts(element, f"{ATOM}{name}")) == 1
        assert all(texts(element, f"{ATOM}author/{ATOM}name"))
        assert len([link for link in element.iterfind(f"{ATOM}link") if link.attrib["rel"] == "alternate"]) == 1


def test_rss(client: TestClient, post: Post) -> None:
    response = client.get("/rss.xml")
    assert response.headers["content-type"] == "application/rss+xml; charset=utf-8"
    found = parsed(response)
    assert found.version == "rss20"
    feed, (entry,) = found.feed, found.entries
    assert (feed.title, feed.link, feed.subtitle) == ("Ada & Bob", "http://testserver/", "Of engines")
    assert feed.language == "en-GB"
    assert entry.id == f"urn:uuid:{post.uid}"
    assert not entry.guidislink
    assert (entry.title, unescape(entry.summary)) == ("Tom & <Jerry>", "In <short> &.")
    assert entry.link == "http://testserver/posts/tom"
    assert entry.published == "Sun, 22 Nov 2026 13:05:00 +0000"
    assert [tag.term for tag in entry.tags] == ["Zen & Art", "b"]
    assert entry.content[0].value == "<p>Some words.</p>"


@pytest.mark.usefixtures("post")
def test_rss_has_what_its_specification_requires(client: TestClient) -> None:
    root = xml(client.get("/rss.xml"))
    assert root.attrib["version"] == "2.0"
    for path in ("title", "link", "description"):
        assert len(texts(root, f"channel/{path}")) == 1
        assert len(texts(root, f"channel/item/{path}")) == 1
    assert texts(root, f"channel/item/{CREATOR}") == ["Ada L.", "Bob"]
    assert texts(root, f"channel/item/{CONTENT}") == ["<p>Some words.</p>\n"]
    own = root.find(f"channel/{ATOM}link")
    assert own is not None
    assert own.attrib == {"rel": "self", "type": "application/rss+xml", "href": "http://testserver/rss.xml"}


def test_json_feed(client: TestClient, post: Post) -> None:
    response = client.get("/feed.json")
    assert response.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert response.json() == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ada & Bob",
        "description": "Of engines",
        "home_page_url": "http://testserver/",
        "feed_url": "http://testserver/feed.json",
        "language": "en-GB",
        "authors": [{"name": "Ada & Bob", "url": "http://testserver/"}],
        "items": [
            {
                "id": f"urn:uuid:{post.uid}",
                "url": "http://testserver/posts/tom",
                "title": "Tom & <Jerry>",
                "summary": "In <short> &.",
                "content_html": "<p>Some words.</p>\n",
                "date_published": "2026-11-22T13:05:00Z",
                "date_modified": "2026-11-23T13:05:00Z",
                "authors": [
                    {"name": "Ada L.", "url": "http://testserver/authors/ada"},
                    {"name": "Bob", "url": "http://testserver/authors/bob"},
                ],
                "tags": ["Zen & Art", "b"],
                "language": "en-GB",
            }
        ],
    }


def test_feeds_of_an_empty_blog_are_feeds(client: TestClient) -> None:
    atom, rss = parsed(client.get("/feed.xml")), parsed(client.get("/rss.xml"))
    assert (atom.version, atom.entries, rss.version, rss.entries) == ("atom10", [], "rss20", [])
    assert datetime.fromisoformat(atom.feed.updated).year == 1970
    assert client.get("/feed.json").json()["items"] == []
    assert parsed(client.get("/comments/feed.xml")).entries == []


def test_a_post_without_authors_is_the_blogs(client: TestClient, make: Make, database: Database) -> None:
    make.post()
    with database.session() as session:
        session.execute(delete(UserPostAssociation))
    assert client.get("/feed.json").json()["items"][0]["authors"] == [{"name": "Colophon", "url": "http://testserver/"}]
    assert texts(xml(client.get("/rss.xml")), f"channel/item/{CREATOR}") == ["Colophon"]
    assert texts(xml(client.get("/feed.xml")), f"{ATOM}author/{ATOM}name") == ["Colophon"]


@pytest.mark.usefixtures("post")
def test_feeds_keep_their_names_when_the_blog_moves(clients: Clients, make: Make) -> None:
    make.setting("uid", "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01")
    addresses = ("/feed.xml", "/tags/b/feed.xml", "/authors/ada/feed.xml", "/comments/feed.xml")
    here, there = (
        [parsed(clients.open(base_url=url).get(address)).feed.id for address in addresses]
        for url in ("http://testserver", "http://elsewhere.example")
    )
    assert here == there
    assert here[0] == "urn:uuid:0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01"
    assert len(set(here)) == len(addresses)
