"""The list of tags, and the posts of one."""

from typing import Any

import mf2py
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.posts.paging import TITLES, all_fragments, all_pages
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.posts import queries


def test_all_tags_of_public_posts_are_listed_with_their_counts(client: TestClient, make: Make, clock: Clock) -> None:
    make.post(tags="Zen & Art, python")
    make.post(tags="python, Émigré")
    make.post(tags="python, secret", published=False)
    make.post(tags="python, gone", deleted_at=clock.now)
    page = soup(client.get("/tags"))
    assert page.texts(".tag-cloud .tag") == ["Émigré", "python", "Zen & Art"]
    assert page.texts(".tag-cloud .tag-count [aria-hidden]") == ["1", "2", "1"]
    assert page.texts(".tag-cloud .tag-count .visually-hidden") == [", 1 post", ", 2 posts", ", 1 post"]
    assert page.link("Zen & Art") == "/tags/zen-art"
    assert page.attribute("link[rel=canonical]", "href") == "http://testserver/tags"


def test_without_tags_the_list_says_so(client: TestClient, make: Make) -> None:
    make.post(tags="secret", published=False)
    assert soup(client.get("/tags")).text(".empty-title") == "No tags yet"


def test_the_list_takes_two_statements(client: TestClient, make: Make, counted: Counted) -> None:
    make.post(tags="a")
    with counted() as for_one:
        client.get("/tags")
    for number in range(5):
        make.post(tags=f"a, b{number}, c{number}, d{number}, e{number}")
    with counted() as for_many:
        client.get("/tags")
    assert len(for_one) == len(for_many) == 2


def test_a_tag_shows_its_posts(client: TestClient, make: Make) -> None:
    make.post(title="One", tags="Zen & Art, b")
    make.post(title="Other", tags="b")
    page = soup(client.get("/tags/zen-art"))
    assert page.text("h1") == "Posts tagged “Zen & Art”"
    assert page.text("title") == "Posts tagged “Zen & Art” · Colophon"
    assert page.texts(TITLES) == ["One"]
    assert page.texts(".tag-list .tag") == ["Zen & Art", "b"]


def test_its_head_names_its_own_feeds(client: TestClient, make: Make) -> None:
    make.post(tags="a")
    page = soup(client.get("/tags/a?before=nonsense"))
    assert page.attribute("link[rel=canonical]", "href") == "http://testserver/tags/a"
    own = ["/tags/a/feed.xml", "/tags/a/rss.xml", "/tags/a/feed.json"]
    assert page.attributes("link[rel=alternate]", "href")[-3:] == own
    for address in own:
        assert client.get(address).status_code == 200


def test_pages_have_no_gaps_and_no_repetitions(client: TestClient, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    ada = make.user("ada", role="author")
    for number in range(1, 6):
        make.post(ada, title=f"Post {number}", tags="a")
        make.post(ada, title=f"Other {number}", tags="b")
    expected = [f"Post {number}" for number in range(5, 0, -1)]
    assert all_pages(client, "/tags/a") == all_fragments(client, "/tags/a") == expected


def test_htmx_gets_a_fragment_and_history_a_page(client: TestClient, make: Make) -> None:
    make.post(tags="a")
    fragment = client.get("/tags/a", headers=as_htmx)
    assert fragment.text.lstrip().startswith("<article")
    restored = client.get("/tags/a", headers=as_htmx | {"HX-History-Restore-Request": "true"})
    assert restored.text.startswith("<!doctype html>")
    for response in (fragment, restored):
        assert "HX-Request" in response.headers["vary"]


@pytest.mark.parametrize("columns", [{"published": False}, {"deleted_at": "now"}])
def test_a_tag_of_hidden_posts_is_for_writers(
    client: TestClient, make: Make, sign_in: SignIn, clock: Clock, columns: dict[str, Any]
) -> None:
    make.post(tags="secret", **{key: clock.now if value == "now" else value for key, value in columns.items()})
    for browser in (client, sign_in(make.user(role="reader"))):
        assert browser.get("/tags/secret").status_code == 404
        assert browser.get("/tags/secret?before=20200101T000000000000-1").status_code == 404
        assert browser.get("/tags/secret", headers=as_htmx).status_code == 404
    page = soup(sign_in(make.user(role="author")).get("/tags/secret"))
    assert page.text(".empty-title") == "Nothing here yet"
    assert page.texts(TITLES) == []


def test_what_is_no_tag_is_not_found(client: TestClient, make: Make) -> None:
    make.post(tags="a")
    for address in ("b", "A", "a--b", "%00", "%ff", "a" * 5000):
        assert client.get(f"/tags/{address}").status_code == 404


def test_a_tag_takes_four_statements_for_one_post_and_for_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, tags="a")
    with counted() as for_one:
        client.get("/tags/a")
    for _ in range(19):
        make.post(ada, tags="a, b, c")
    with counted() as for_twenty:
        client.get("/tags/a")
    assert len(for_one) == len(for_twenty) == 4


def test_it_is_an_h_feed(client: TestClient, make: Make) -> None:
    make.post(title="Hello", tags="a")
    parsed = mf2py.parse(doc=client.get("/tags/a").text, url="http://testserver/", html_parser="html5lib")
    (feed,) = [item for item in parsed["items"] if item["type"] == ["h-feed"]]
    assert feed["properties"]["name"] == ["Posts tagged “a”"]
    assert feed["properties"]["url"] == ["http://testserver/tags/a"]
    assert [entry["properties"]["name"] for entry in feed["children"]] == [["Hello"]]
