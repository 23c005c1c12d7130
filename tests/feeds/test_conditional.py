"""Feeds are sent only when they say something new."""

import pytest
from starlette.testclient import TestClient

from tests.feeds.parsing import FEEDS
from tests.support.clock import Clock
from tests.support.factories import Make
from web.feeds.conditional import entity_tag
from web.models.post import Post
from web.models.setting import Setting
from web.models.tag import Tag
from web.models.user import User

ADDRESSES = [*FEEDS, "/tags/a/feed.xml", "/authors/ada/feed.json", "/comments/feed.xml", "/sitemap.xml"]


@pytest.fixture
def post(make: Make) -> Post:
    post = make.post(make.user("ada", role="author"), title="Hello", tags="a")
    make.comment(post)
    return post


@pytest.mark.usefixtures("post")
def test_who_has_it_gets_nothing(client: TestClient, clock: Clock) -> None:
    for address in ADDRESSES:
        first = client.get(address)
        assert first.headers["cache-control"] == "no-cache"
        assert first.headers["last-modified"] == "Sun, 22 Nov 2026 13:05:00 GMT"
        clock.advance(days=1)
        for headers in (
            {"If-None-Match": first.headers["etag"]},
            {"If-None-Match": f'"x", {first.headers["etag"].removeprefix("W/")}'},
            {"If-None-Match": "*"},
        ):
            again = client.get(address, headers=headers)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.usefixtures("post")
def test_who_has_something_else_gets_all(client: TestClient) -> None:
    for headers in (
        {"If-None-Match": 'W/"x"'},
        {"If-None-Match": ""},
        # A date cannot know of what was taken away.
        {"If-Modified-Since": "Mon, 23 Nov 2026 13:05:00 GMT"},
        # The tag decides where both are given.
        {"If-None-Match": '"x"', "If-Modified-Since": "Mon, 23 Nov 2026 13:05:00 GMT"},
    ):
        assert client.get("/feed.xml", headers=headers).status_code == 200


def test_whatever_changes_the_feed_changes_its_tag(client: TestClient, make: Make, post: Post) -> None:
    def change(model: type, key: object, **columns: object) -> None:
        with make.database.session() as session:
            thing = session.get_one(model, key)
            for name, value in columns.items():
                setattr(thing, name, value)

    make.setting("title", "One")
    tags = [client.get("/feed.xml").headers["etag"]]
    changes: list[tuple[type, object, dict[str, object]]] = [
        (Post, post.id, {"title": "Other"}),
        (Post, post.id, {"slug": "other"}),
        (Post, post.id, {"body_html": "<p>Other</p>"}),
        (User, 1, {"display_name": "Other"}),
        (Tag, 1, {"name": "Other"}),
        (Setting, "title", {"value": "Other"}),
        (Post, post.id, {"post_status_lookup_code": "draft"}),
    ]
    for model, key, columns in changes:
        change(model, key, **columns)
        tags.append(client.get("/feed.xml").headers["etag"])
    assert len(set(tags)) == len(changes) + 1


def test_an_empty_feed_has_no_date(client: TestClient) -> None:
    response = client.get("/feed.xml")
    assert "last-modified" not in response.headers
    assert client.get("/feed.xml", headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    later = {"If-Modified-Since": "Mon, 23 Nov 2026 13:05:00 GMT"}
    assert client.get("/feed.xml", headers=later).status_code == 200


@pytest.mark.usefixtures("post")
def test_a_head_request_tells_the_same_without_the_text(client: TestClient) -> None:
    head, whole = client.head("/feed.xml"), client.get("/feed.xml")
    assert head.content == b""
    for name in ("etag", "last-modified", "content-type", "content-length"):
        assert head.headers[name] == whole.headers[name]


def test_a_tag_is_weak_and_fits_any_text() -> None:
    tags = {entity_tag(parts) for parts in ([], [""], ["\ud800"], ["ab"], ["a", "b"])}
    assert len(tags) == 5
    assert all(tag.startswith('W/"') for tag in tags)
