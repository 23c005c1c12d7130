"""The lists of those who write and manage are searched like posts are."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
DRAFTS = "li a[href^='/write/']"


@pytest.fixture
def ada(make: Make) -> User:
    """An author."""
    return make.user("ada", role="author", display_name="Ada Lovelace")


@BOTH
def test_the_writers_list(make: Make, sign_in: SignIn, ada: User, headers: dict[str, str]) -> None:
    make.post(ada, title="Heron", published=False)
    make.post(ada, title="Stork", body="No héron.")
    make.post(title="Another's heron")
    browser = sign_in(ada)

    def titles(query: str) -> set[str]:
        return set(soup(browser.get(f"/write?{query}", headers=headers)).texts(DRAFTS)) - {"New post"}

    assert titles("q=heron") >= {"Heron", "Stork"}
    assert "Another's heron" not in titles("q=heron")
    assert titles("q=heron&state=draft") & {"Heron", "Stork"} == {"Heron"}
    assert titles("q=nothing") & {"Heron", "Stork"} == set()
    assert titles("q=-") >= {"Heron", "Stork"}
    editor = sign_in(make.user(role="editor"))
    page = soup(editor.get("/write?q=heron&whose=everybody", headers=headers))
    assert {"Heron", "Stork", "Another's heron"} <= set(page.texts(DRAFTS))


def test_the_writers_list_keeps_the_words(make: Make, sign_in: SignIn, ada: User, counted: Counted) -> None:
    for number in range(12):
        make.post(ada, title=f"Heron {number}", published=number % 2 == 0)
    browser = sign_in(ada)
    page = soup(browser.get("/write?q=heron&state="))
    assert page.form("form.search")["q"] == "heron"
    older = soup(browser.get(page.link("Older posts")))
    assert len(page.texts("#drafts time")) == 10
    assert len(older.texts("#drafts time")) == 2
    assert "q=heron" in page.link("Drafts")
    assert soup(browser.get("/write?q=heron&state=draft")).form("form.search")["state"] == "draft"


@BOTH
def test_comments(make: Make, sign_in: SignIn, ada: User, headers: dict[str, str]) -> None:
    post = make.post(ada)
    for number in range(25):
        make.comment(post, None, body=f"Seen a heron, {number}.", status="pending", guest_name="Zoë")
    make.comment(post, ada, body="A heron too.")
    browser = sign_in(ada)

    def count(query: str) -> int:
        return len(soup(browser.get(f"/manage/comments?{query}", headers=headers)).all(".comment-body"))

    assert (count("q=heron"), count("q=zoe"), count('q="heron 7"'), count("q=stork")) == (20, 20, 1, 0)
    assert count("q=heron&state=approved") == count("q=lovelace&state=approved") == 1
    page = soup(browser.get("/manage/comments?q=heron"))
    assert len(soup(browser.get(page.link("Older comments"), headers=headers)).all(".comment-body")) == 5


@BOTH
def test_people(make: Make, sign_in: SignIn, ada: User, headers: dict[str, str]) -> None:
    make.user("bob", display_name="Bób Heron", email="someone@birds.example")
    for number in range(60):
        make.user(f"stork-{number:02}")
    browser = sign_in(make.user("olga", role="owner"))

    def names(query: str) -> list[str]:
        return soup(browser.get(f"/manage/people?{query}", headers=headers)).texts("li .byline span:first-child")

    assert names("q=heron") == names("q=bob") == names("q=someone@birds") == names("q=birds.example") == ["bob"]
    assert names("q=love") == ["ada"]
    assert names("q=nobody") == []
    page = soup(browser.get("/manage/people?q=stork"))
    assert len(page.texts("li .byline span:first-child")) == 50
    assert len(names(page.link("More people").partition("?")[2])) == 10


@pytest.mark.parametrize("address", ["/write", "/manage/comments", "/manage/people"])
def test_odd_words_are_answered(make: Make, sign_in: SignIn, address: str) -> None:
    browser: TestClient = sign_in(make.user("olga", role="owner"))
    for words in ("", '"', "-", "%", "\0", "🎉", "tag:", "a" * 10_000, "'", "-x", 'author:"'):
        assert browser.get(address, params={"q": words}).status_code == 200
