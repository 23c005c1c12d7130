"""What is in the feeds."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.feeds.parsing import FEEDS, contents, parsed, titles
from tests.support.clients import SignIn
from tests.support.factories import Make
from web.app import Colophon
from web.models.post import Post
from web.settings import Settings

# What somebody may have pasted, or imported from elsewhere. XML can carry only some of it.
ODD = "a\x01\x08\x0b\x1f\ufffe]]>\U0001f4d6<b>&amp;\r\n\t\u2028é"
ODD_IN_XML = "a]]>\U0001f4d6<b>&amp;\n\t\u2028é"


def test_the_newest_twenty_are_in_order(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    for number in range(1, 26):
        make.post(ada, title=f"Post {number}", tags="a")
    make.post(ada, title="Old", tags="a", published_at=datetime(2014, 1, 1, tzinfo=UTC))
    expected = [f"Post {number}" for number in range(25, 5, -1)]
    for address in FEEDS:
        for scope in ("", "/tags/a", "/authors/ada"):
            assert titles(client.get(scope + address)) == expected


def test_a_tag_and_an_author_have_their_own(client: TestClient, make: Make) -> None:
    ada, bob = make.user("ada", role="author"), make.user("bob", role="author")
    make.post(ada, title="One", tags="Zen & Art")
    make.post([bob, ada], title="Two")
    make.post(bob, title="Three", tags="zen-art")
    for address in FEEDS:
        assert titles(client.get(address)) == ["Three", "Two", "One"]
        assert titles(client.get(f"/tags/zen-art{address}")) == ["Three", "One"]
        assert titles(client.get(f"/authors/ada{address}")) == ["Two", "One"]
    feed = parsed(client.get("/tags/zen-art/feed.xml")).feed
    assert (feed.title, feed.link) == ("Posts tagged “Zen & Art” · Colophon", "http://testserver/tags/zen-art")
    feed = parsed(client.get("/authors/ada/rss.xml")).feed
    assert (feed.title, feed.link) == ("Posts by Ada · Colophon", "http://testserver/authors/ada")
    feed = client.get("/authors/ada/feed.json").json()
    assert feed["authors"] == [{"name": "Ada", "url": "http://testserver/authors/ada"}]
    assert feed["feed_url"] == "http://testserver/authors/ada/feed.json"


def test_what_is_not_there_has_no_feed(client: TestClient, make: Make) -> None:
    make.post(tags="secret", published=False)
    for address in FEEDS:
        for scope in ("/tags/none", "/tags/secret", "/authors/nobody"):
            assert client.get(scope + address).status_code == 404


def test_a_post_is_the_same_under_another_slug_and_domain(
    client: TestClient, make: Make, app: Colophon, settings: Settings
) -> None:
    post = make.post(title="Before")
    before = parsed(client.get("/feed.xml")).entries[0]
    with make.database.session() as session:
        session.get_one(Post, post.id).slug = "after"
    app.state.settings = settings.model_copy(update={"base_url": "https://ada.example"})
    for address in FEEDS[:2]:
        after = parsed(client.get(address)).entries[0]
        assert after.link == "https://ada.example/posts/after"
        assert after.id == before.id == f"urn:uuid:{post.uid}"
    assert client.get("/feed.json").json()["items"][0]["id"] == before.id


def test_addresses_in_the_text_are_absolute(client: TestClient, make: Make) -> None:
    html = '<p><a href="/tags">a</a> <a href="#note">b</a> <img src="c.png" srcset="/d.png 2x" alt=""></p>'
    make.post(make.user("ada"), title="Hello", body_html=html)
    for address in [*FEEDS, "/authors/ada/feed.xml"]:
        (content,) = contents(client.get(address))
        assert 'href="http://testserver/tags"' in content
        assert 'href="http://testserver/posts/hello#note"' in content
        assert 'src="http://testserver/posts/c.png"' in content
        assert 'srcset="http://testserver/d.png 2x"' in content


@pytest.mark.parametrize("address", FEEDS)
def test_any_text_gives_a_valid_feed(client: TestClient, make: Make, address: str) -> None:
    ada = make.user("ada", role="author", display_name=ODD)
    make.setting("title", ODD)
    make.setting("description", ODD)
    make.post(ada, title=ODD, slug="odd", summary=ODD, tags=ODD, body_html=f"<pre>{ODD.replace('<b>', '')}</pre>")
    response = client.get(address)
    expected = ODD if address.endswith("json") else ODD_IN_XML
    assert titles(response) == [expected]
    assert "]]&gt;\U0001f4d6" in contents(response)[0]
    if not address.endswith("json"):
        assert parsed(response).entries[0].title


def test_a_malformed_host_breaks_nothing(client: TestClient, make: Make) -> None:
    make.post(body_html='<a href="/x">x</a>')
    for host in ("exa mple", "[", "a:b:c", "", "é", "a&<b>\"'"):
        for address in FEEDS:
            assert client.get(address, headers={"Host": host.encode()}).status_code == 200


def test_feeds_are_the_same_for_everybody(client: TestClient, make: Make, sign_in: SignIn) -> None:
    ada = make.user("ada", role="owner")
    make.post(ada, title="Hello", tags="a")
    make.post(ada, title="Secret", tags="a", published=False)
    owner = sign_in(ada)
    for address in FEEDS:
        for scope in ("", "/tags/a", "/authors/ada"):
            assert owner.get(scope + address).content == client.get(scope + address).content


def test_they_take_at_most_four_statements_for_one_post_and_for_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    ada = make.user("ada", role="author")
    addresses = [scope + address for address in FEEDS for scope in ("", "/tags/a", "/authors/ada")]

    def statements(address: str) -> int:
        with counted() as found:
            client.get(address)
        return len(found)

    bob = make.user("bob", role="author")
    make.post(ada, tags="a")
    for_one = [statements(address) for address in addresses]
    for _ in range(19):
        make.post([ada, bob], tags="a, b, c")
    for_twenty = [statements(address) for address in addresses]
    assert for_one == for_twenty == [3, 4, 4] * 3
