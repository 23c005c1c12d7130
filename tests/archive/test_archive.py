"""The archive."""

from datetime import UTC, datetime

import mf2py
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.posts.paging import all_fragments, all_pages
from tests.support.factories import Make
from tests.support.html import Soup, soup
from tests.support.htmx import as_htmx
from web.archive import archive

TITLES = ".archive-year a"


@pytest.fixture
def years(make: Make) -> None:
    """Posts from two months of 2026, from 2025 and from 2019."""
    ada = make.user("ada", role="author")
    days = {"A": (2026, 11, 2), "B": (2026, 11, 1), "C": (2026, 3, 9), "D": (2025, 12, 31), "E": (2019, 1, 1)}
    for title, day in days.items():
        make.post(ada, title=title, published_at=datetime(*day, 12, tzinfo=UTC))


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "POSTS_PER_PAGE", 2)


def headings(page: Soup) -> list[str]:
    return page.texts("h2, h3")


@pytest.mark.usefixtures("years")
def test_it_lists_all_by_year_and_month(client: TestClient) -> None:
    page = soup(client.get("/archive"))
    assert headings(page) == ["2026", "November", "March", "2025", "December", "2019", "January"]
    assert page.texts(TITLES) == ["A", "B", "C", "D", "E"]
    assert page.texts(".archive-year time") == ["2 November", "1 November", "9 March", "31 December", "1 January"]
    assert page.link("C") == "/posts/c"


@pytest.mark.usefixtures("years")
def test_it_offers_the_years_that_have_posts(client: TestClient) -> None:
    page = soup(client.get("/archive"))
    assert page.texts("nav[aria-label=Years] a") == ["All", "2026", "2025", "2019"]
    page = soup(client.get(page.link("2025")))
    assert page.texts(TITLES) == ["D"]
    assert page.text("h1") == "Archive 2025"
    assert page.text("[aria-label=Years] [aria-current]") == "2025"
    assert page.attribute("link[rel=canonical]", "href") == "http://testserver/archive?year=2025"


def test_years_and_months_begin_where_the_blog_is(client: TestClient, make: Make) -> None:
    make.setting("zone", "Pacific/Auckland")
    make.post(title="A", published_at=datetime(2025, 12, 31, 10, 59, tzinfo=UTC))
    make.post(title="B", published_at=datetime(2025, 12, 31, 11, tzinfo=UTC))
    page = soup(client.get("/archive"))
    assert headings(page) == ["2026", "January", "2025", "December"]
    assert page.texts(".archive-year time") == ["1 January", "31 December"]
    assert soup(client.get("/archive?year=2026")).texts(TITLES) == ["B"]
    assert soup(client.get("/archive?year=2025")).texts(TITLES) == ["A"]


@pytest.mark.usefixtures("small_pages")
def test_pages_have_no_gaps_and_no_repetitions(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    for number in range(1, 8):
        make.post(ada, title=f"Post {number}")
    expected = [f"Post {number}" for number in range(7, 0, -1)]
    assert all_pages(client, "/archive", TITLES) == expected
    assert all_fragments(client, "/archive?year=2026", TITLES) == expected


@pytest.mark.usefixtures("small_pages", "years")
def test_a_year_has_pages_of_its_own(client: TestClient) -> None:
    assert all_pages(client, "/archive?year=2026", TITLES) == ["A", "B", "C"]


@pytest.mark.usefixtures("small_pages")
def test_what_is_appended_goes_on_under_the_heading_that_is_there(client: TestClient, make: Make) -> None:
    for month in (11, 11, 11, 10, 10):
        make.post(published_at=datetime(2026, month, 1, tzinfo=UTC))
    older = soup(client.get("/archive")).link("Older posts")
    assert headings(soup(client.get(older))) == ["2026", "November", "October"]
    fragment = soup(client.get(older, headers=as_htmx))
    assert headings(fragment) == ["October"]
    assert len(fragment.all("[data-focus]")) == 1
    older = fragment.link("Older posts")
    assert headings(soup(client.get(older, headers=as_htmx))) == []


def test_htmx_gets_a_fragment_and_history_a_page(client: TestClient, make: Make) -> None:
    make.post()
    fragment = client.get("/archive", headers=as_htmx)
    assert "<html" not in fragment.text
    restored = client.get("/archive", headers=as_htmx | {"HX-History-Restore-Request": "true"})
    assert restored.text.startswith("<!doctype html>")
    for response in (fragment, restored):
        assert "HX-Request" in response.headers["vary"]


@pytest.mark.usefixtures("years")
def test_a_year_that_is_none_is_ignored(client: TestClient) -> None:
    for year in ("", "x", "0", "1", "9999", "20255", "-1", "%00", "%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%95", "2025%0A"):
        response = client.get(f"/archive?year={year}")
        assert response.status_code == 200
        assert len(soup(response).all(TITLES)) == 5


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
@pytest.mark.usefixtures("years")
def test_a_time_without_posts_says_so(client: TestClient, make: Make, zone: str) -> None:
    make.setting("zone", zone)
    for query in ("year=2018", "year=2", "year=9998", "before=00010101T000000000000-1"):
        page = soup(client.get(f"/archive?{query}"))
        assert page.text(".empty-title") == "Nothing here"
        assert page.has("[aria-label=Years]")


def test_an_empty_blog_says_so(client: TestClient) -> None:
    page = soup(client.get("/archive"))
    assert page.text(".empty-title") == "Nothing here"
    assert not page.has("[aria-label=Years]")


def test_posts_from_antiquity_do_not_hide_the_newest_years(client: TestClient, make: Make) -> None:
    make.post(title="Old", published_at=datetime(2, 6, 1, tzinfo=UTC))
    make.post(title="New")
    page = soup(client.get("/archive"))
    assert page.texts(TITLES) == ["New", "Old"]
    assert page.texts("[aria-label=Years] a") == []


def test_it_takes_four_statements_for_one_post_and_for_twenty(client: TestClient, make: Make, counted: Counted) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    with counted() as for_one:
        client.get("/archive")
    for number in range(19):
        make.post(ada, published_at=datetime(2025 - number, 1, 1, tzinfo=UTC))
    with counted() as for_twenty:
        client.get("/archive")
    assert len(for_one) == len(for_twenty) == 4


@pytest.mark.usefixtures("years")
def test_it_is_an_h_feed(client: TestClient) -> None:
    parsed = mf2py.parse(doc=client.get("/archive").text, url="http://testserver/", html_parser="html5lib")
    (feed,) = parsed["items"]
    assert feed["type"] == ["h-feed"]
    assert feed["properties"]["name"] == ["Archive"]
    assert [entry["properties"]["name"] for entry in feed["children"]] == [["A"], ["B"], ["C"], ["D"], ["E"]]
    assert feed["children"][0]["properties"] == {
        "name": ["A"],
        "url": ["http://testserver/posts/a"],
        "published": ["2026-11-02T12:00:00Z"],
    }
