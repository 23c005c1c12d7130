"""The front page."""

from datetime import UTC, datetime

import mf2py
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.posts.paging import TITLES, all_fragments, all_pages
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx

NEWEST_FIRST = [f"Post {number}" for number in range(12, 0, -1)]


@pytest.fixture
def two_pages(make: Make) -> None:
    """12 posts of the same second."""
    ada = make.user("ada", role="author")
    for number in range(1, 13):
        make.post(ada, title=f"Post {number}")


def test_an_empty_blog_says_so(client: TestClient) -> None:
    page = soup(client.get("/"))
    assert page.text("h1") == "Colophon"
    assert page.text(".empty-title") == "Nothing here yet"


def test_it_shows_what_one_wants_to_know_of_a_post(client: TestClient, make: Make) -> None:
    authors = [make.user(name, role="author") for name in ("ada", "bob", "cleo")]
    make.post(authors, title="Tom & <Jerry>", slug="tom", summary="In short.", tags="B, a", word_count=900)
    page = soup(client.get("/"))
    assert page.text(TITLES) == "Tom & <Jerry>"
    assert page.link("Tom & <Jerry>") == "/posts/tom"
    assert page.text(".post-summary-text") == "In short."
    assert page.text(".byline-authors") == "by Ada, Bob and Cleo"
    assert page.link("Cleo") == "/authors/cleo"
    assert page.texts(".tag") == ["B", "a"]
    assert page.link("B") == "/tags/b"
    assert page.text(".byline-reading") == "4 min read"


def test_a_post_without_a_summary_shows_its_beginning(client: TestClient, make: Make) -> None:
    make.post(title="Hello", body="It begins.")
    assert soup(client.get("/")).text(".post-summary-text") == "It begins."


def test_newest_come_first(client: TestClient, make: Make, clock: Clock) -> None:
    make.post(title="Old", published_at=datetime(2014, 3, 1, tzinfo=UTC))
    make.post(title="New")
    make.post(title="Older", published_at=datetime(2013, 3, 1, tzinfo=UTC))
    assert soup(client.get("/")).texts(TITLES) == ["New", "Old", "Older"]


def test_pages_have_no_gaps_and_no_repetitions(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    for number in range(1, 26):
        make.post(ada, title=f"Post {number}")
    expected = [f"Post {number}" for number in range(25, 0, -1)]
    assert all_pages(client, "/") == all_fragments(client, "/") == expected


@pytest.mark.usefixtures("two_pages")
def test_a_post_published_meanwhile_moves_nothing(client: TestClient, make: Make, clock: Clock) -> None:
    older = soup(client.get("/")).link("Older posts")
    clock.advance(minutes=1)
    make.post(title="New")
    assert soup(client.get(older)).texts(TITLES) == NEWEST_FIRST[10:]


def test_exactly_one_page_has_no_link_to_older_posts(client: TestClient, make: Make) -> None:
    ada = make.user(role="author")
    for _ in range(10):
        make.post(ada)
    page = soup(client.get("/"))
    assert len(page.all(TITLES)) == 10
    assert not page.has("a[rel=next]")


@pytest.mark.usefixtures("two_pages")
def test_a_malformed_cursor_is_ignored(client: TestClient) -> None:
    for before in ("", "nonsense", "20269999T000000000000-1", "1", "%00", "%ff", "-", "é" * 3000):
        response = client.get(f"/?before={before}")
        assert response.status_code == 200
        assert soup(response).texts(TITLES) == NEWEST_FIRST[:10]


def test_a_cursor_from_the_ends_of_time_is_a_cursor(client: TestClient, make: Make) -> None:
    make.setting("zone", "Pacific/Auckland")
    make.post(title="Hello")
    for before in ("00010101T000000000000-1", "99991231T235959999999-999999999999999999"):
        assert client.get(f"/?before={before}").status_code == 200


@pytest.mark.usefixtures("two_pages")
def test_htmx_gets_a_fragment_and_everybody_else_a_page(client: TestClient) -> None:
    older = soup(client.get("/")).link("Older posts")
    whole, fragment = client.get(older), client.get(older, headers=as_htmx)
    assert whole.text.startswith("<!doctype html>")
    assert fragment.text.lstrip().startswith("<article")
    assert soup(fragment).texts(TITLES) == soup(whole).texts(TITLES)
    for response in (whole, fragment):
        assert "HX-Request" in response.headers["vary"]
    assert fragment.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("two_pages")
def test_going_back_in_history_gets_the_page(client: TestClient) -> None:
    older = soup(client.get("/")).link("Older posts")
    response = client.get(older, headers=as_htmx | {"HX-History-Restore-Request": "true"})
    assert response.text.startswith("<!doctype html>")
    assert "HX-History-Restore-Request" in response.headers["vary"]


@pytest.mark.usefixtures("two_pages")
def test_the_focus_goes_to_the_first_appended_post(client: TestClient) -> None:
    assert not soup(client.get("/")).has("[data-focus]")
    older = soup(client.get("/")).link("Older posts")
    assert soup(client.get(older, headers=as_htmx)).text("[data-focus]") == NEWEST_FIRST[10]


def test_dates_are_those_of_the_blogs_time_zone(client: TestClient, make: Make) -> None:
    make.setting("zone", "Pacific/Auckland")
    make.post(title="Hello")
    page = soup(client.get("/"))
    assert page.text("time") == "23 November 2026"
    assert page.attribute("time", "datetime") == "2026-11-22T13:05:00Z"


def test_it_takes_three_statements_for_one_post_and_for_twenty(
    client: TestClient, make: Make, counted: Counted
) -> None:
    ada, bob = make.user("ada", role="author"), make.user("bob", role="author")
    make.post(ada, tags="a, b")
    with counted() as for_one:
        client.get("/")
    for _ in range(19):
        make.post([ada, bob], tags="a, b, c")
    with counted() as for_twenty:
        client.get("/")
    assert len(for_one) == len(for_twenty) == 3


def test_its_head_names_feeds_and_the_one_address(client: TestClient, make: Make) -> None:
    make.setting("title", "Ada's & mine")
    page = soup(client.get("/?before=nonsense"))
    assert page.text("title") == "Ada's & mine"
    assert page.attribute("link[rel=canonical]", "href") == "http://testserver/"
    assert page.attributes("link[rel=alternate]", "href") == ["/feed.xml", "/rss.xml", "/feed.json"]
    assert page.attribute('meta[property="og:title"]', "content") == "Ada's & mine"


def test_it_is_an_h_feed(client: TestClient, make: Make) -> None:
    make.post(make.user("ada", role="author"), title="Hello", summary="In short.", tags="a, b")
    parsed = mf2py.parse(doc=client.get("/").text, url="http://testserver/", html_parser="html5lib")
    (feed,) = [item for item in parsed["items"] if item["type"] == ["h-feed"]]
    assert feed["properties"]["name"] == ["Colophon"]
    (entry,) = feed["children"]
    assert entry["type"] == ["h-entry"]
    properties = entry["properties"]
    assert properties["name"] == ["Hello"]
    assert properties["url"] == ["http://testserver/posts/hello"]
    assert properties["summary"] == ["In short."]
    assert properties["published"] == ["2026-11-22T13:05:00Z"]
    assert properties["category"] == ["a", "b"]
    (author,) = properties["author"]
    assert author["properties"] == {"name": ["Ada"], "url": ["http://testserver/authors/ada"]}
