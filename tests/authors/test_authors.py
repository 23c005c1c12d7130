"""The public page of an author."""

import mf2py
import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.posts.paging import TITLES, all_fragments, all_pages
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.models.user import User
from web.posts import queries


@pytest.fixture
def ada(make: Make) -> User:
    bio = "Writes about **engines**.\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    return make.user("ada", role="author", display_name="Ada <L.>", bio=bio)


def test_it_shows_the_author_and_the_posts(client: TestClient, make: Make, ada: User) -> None:
    make.post(ada, title="Hers")
    make.post([make.user("bob", role="author"), ada], title="Theirs")
    make.post(title="Another's")
    page = soup(client.get("/authors/ada"))
    assert page.text("h1") == "Ada <L.>"
    assert page.text("title") == "Ada <L.> · Colophon"
    assert page.text(".p-note strong") == "engines"
    assert page.texts(TITLES) == ["Theirs", "Hers"]
    assert page.texts(".byline-authors") == ["by Bob and Ada <L.>", "by Ada <L.>"]


def test_a_biography_cannot_run_anything(client: TestClient, ada: User) -> None:
    page = soup(client.get("/authors/ada"))
    assert not page.has(".p-note script")
    assert not page.has(".p-note a[href^=javascript]")


def test_its_head_names_its_own_feeds(client: TestClient, ada: User) -> None:
    page = soup(client.get("/authors/ada"))
    assert page.attribute("link[rel=canonical]", "href") == "http://testserver/authors/ada"
    own = ["/authors/ada/feed.xml", "/authors/ada/rss.xml", "/authors/ada/feed.json"]
    assert page.attributes("link[rel=alternate]", "href")[-3:] == own
    for address in own:
        assert client.get(address).status_code == 200


def test_another_case_leads_to_the_name(client: TestClient, ada: User) -> None:
    for ending in ("", "/feed.xml", "/rss.xml", "/feed.json"):
        response = client.get(f"/authors/ADA{ending}")
        assert response.status_code == 301
        assert response.headers["location"] == f"/authors/ada{ending}"


def test_who_writes_has_a_page_before_the_first_post(client: TestClient, make: Make) -> None:
    for role in ("contributor", "author", "editor", "owner"):
        make.user(f"a-{role}", role=role)
        assert soup(client.get(f"/authors/a-{role}")).text(".empty-title") == "Nothing here yet"


def test_readers_have_a_page_only_for_those_who_manage(
    client: TestClient, make: Make, sign_in: SignIn, ada: User
) -> None:
    make.post(make.user("rea", role="reader"), published=False)
    for browser in (client, sign_in(ada)):
        assert browser.get("/authors/rea").status_code == 404
    assert client.get("/authors/rea/feed.xml").status_code == 404
    assert sign_in(make.user(role="editor")).get("/authors/rea").status_code == 200


def test_the_author_of_an_imported_post_has_a_page(client: TestClient, make: Make) -> None:
    make.post(make.user("rea", role="reader", password=None, is_active=False, email=None), title="Old")
    assert soup(client.get("/authors/rea")).texts(TITLES) == ["Old"]


def test_who_is_not_there_is_not_found(client: TestClient, ada: User) -> None:
    for address in ("bob", "%00", "%ff", "a" * 5000, "ada%20"):
        assert client.get(f"/authors/{address}").status_code == 404


def test_pages_have_no_gaps_and_no_repetitions(
    client: TestClient, make: Make, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    bob = make.user("bob", role="author")
    for number in range(1, 6):
        make.post([bob, ada] if number % 2 else ada, title=f"Post {number}")
        make.post(bob, title=f"Other {number}")
    expected = [f"Post {number}" for number in range(5, 0, -1)]
    assert all_pages(client, "/authors/ada") == all_fragments(client, "/authors/ada") == expected


def test_htmx_gets_a_fragment_and_history_a_page(client: TestClient, make: Make, ada: User) -> None:
    make.post(ada)
    fragment = client.get("/authors/ada", headers=as_htmx)
    assert fragment.text.lstrip().startswith("<article")
    restored = client.get("/authors/ada", headers=as_htmx | {"HX-History-Restore-Request": "true"})
    assert restored.text.startswith("<!doctype html>")
    for response in (fragment, restored):
        assert "HX-Request" in response.headers["vary"]


def test_it_takes_four_statements_for_one_post_and_for_twenty(
    client: TestClient, make: Make, ada: User, counted: Counted
) -> None:
    bob = make.user("bob", role="author")
    make.post(ada)
    with counted() as for_one:
        client.get("/authors/ada")
    for _ in range(19):
        make.post([ada, bob], tags="a, b, c")
    with counted() as for_twenty:
        client.get("/authors/ada")
    assert len(for_one) == len(for_twenty) == 4


def test_it_is_an_h_card_and_an_h_feed(client: TestClient, make: Make, ada: User) -> None:
    make.post(ada, title="Hello")
    parsed = mf2py.parse(doc=client.get("/authors/ada").text, url="http://testserver/", html_parser="html5lib")
    card, feed = parsed["items"]
    assert card["type"] == ["h-card"]
    assert card["properties"]["name"] == ["Ada <L.>"]
    assert card["properties"]["url"] == card["properties"]["uid"] == ["http://testserver/authors/ada"]
    assert card["properties"]["nickname"] == ["ada"]
    assert card["properties"]["note"][0].startswith("Writes about engines.")
    assert feed["type"] == ["h-feed"]
    assert feed["properties"]["name"] == ["Posts by Ada <L.>"]
    assert [entry["properties"]["name"] for entry in feed["children"]] == [["Hello"]]
    assert "me" not in parsed["rels"]
