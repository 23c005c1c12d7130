"""What somebody finds depends on who they are and when it is."""

import pytest
from starlette.testclient import TestClient

from tests.search.conftest import FOUND
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.models.user import User

STATES = {
    "Public": {},
    "Scheduled": {"published_at": None},
    "Draft": {"published": False},
    "In review": {"published": False, "post_status_lookup_code": "review"},
    "Unlisted": {"post_visibility_lookup_code": "unlisted"},
    "Private": {"post_visibility_lookup_code": "private"},
    "Deleted": {"deleted": True},
    "About": {"post_type_lookup_code": "page"},
}


@pytest.fixture
def ada(make: Make, clock: Clock) -> User:
    """Has posts in every state."""
    ada = make.user("ada", role="author")
    later = clock.advance(days=1)
    clock.advance(days=-1)
    for title, columns in STATES.items():
        changed = {"published_at": later} if title == "Scheduled" else dict(columns)
        if changed.pop("deleted", False):
            changed["deleted_at"] = clock.now
        make.post(ada, title=title, body="A heron.", **changed)
    return ada


def found(browser: TestClient, words: str = "heron") -> set[str]:
    return set(soup(browser.get("/search", params={"q": words})).texts(FOUND))


PUBLIC = {"Public", "About"}
ALL_THERE = set(STATES) - {"Deleted"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [("stranger", PUBLIC), ("reader", PUBLIC), ("contributor", PUBLIC), ("author", PUBLIC), ("ada", ALL_THERE),
     ("editor", ALL_THERE), ("owner", ALL_THERE)],
)  # fmt: skip
def test_everybody_finds_what_they_may_see(
    client: TestClient, make: Make, sign_in: SignIn, ada: User, who: str, expected: set[str]
) -> None:
    browser = client if who == "stranger" else sign_in(ada if who == "ada" else make.user("somebody", role=who))
    assert found(browser) == found(browser, "-nowhere author:ada") == found(browser, '"a heron"') == expected
    for title in expected:
        link = soup(browser.get("/search?q=heron")).link(title)
        assert browser.get(link).status_code == 200, title


def test_what_is_scheduled_is_found_when_its_time_has_come(client: TestClient, ada: User, clock: Clock) -> None:
    clock.advance(days=1, seconds=-1)
    assert "Scheduled" not in found(client)
    clock.advance(seconds=1)
    assert "Scheduled" in found(client)


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_readers_search_what_was_published_and_not_what_is_typed(
    client: TestClient, make: Make, sign_in: SignIn, headers: dict[str, str]
) -> None:
    ada = make.user("ada", role="author")
    post = make.post(ada, title="Birds", body="A heron.")
    browser = sign_in(ada)
    data = soup(browser.get(f"/write/{post.id}")).form("#editor")
    browser.post(f"/write/{post.id}", data=data | {"body": "A stork.", "hold": "1"}, headers=headers)
    assert (found(client, "heron"), found(client, "stork")) == ({"Birds"}, set())
    data = soup(browser.get(f"/write/{post.id}")).form("#editor")
    browser.post(f"/write/{post.id}", data=data | {"tags": "Water"}, headers=headers)
    assert (found(client, "heron"), found(client, "stork"), found(client, "tag:water")) == (set(), {"Birds"}, {"Birds"})


def test_nobody_learns_an_address_by_searching(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author", email="secret@example.org")
    make.post(ada, title="Birds", body="A heron.")
    for words in ("author:secret", "author:secret@example.org", "secret", "heron -secret"):
        assert found(client, words) == ({"Birds"} if "heron" in words else set())
