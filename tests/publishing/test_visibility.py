"""Unlisted posts are reachable and stand nowhere; private ones are for their authors and editors."""

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, schedule, stored
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.user import User


@BOTH
@pytest.mark.parametrize(("visibility", "status"), [("public", 200), ("unlisted", 200), ("private", 404)])
def test_who_may_read_it_is_decided_in_the_settings(
    browser: TestClient,
    client: TestClient,
    make: Make,
    ada: User,
    read: Read,
    headers: dict[str, str],
    visibility: str,
    status: int,
) -> None:
    post = make.post(ada, title="Heron")
    address = f"/write/{post.id}/settings"
    data = soup(browser.get(address)).form("#settings-form") | {"visibility": visibility}
    assert browser.post(address, data=data, headers=headers).status_code == (200 if headers else 303)
    assert stored(read, post).post_visibility_lookup_code == visibility
    assert client.get("/posts/heron").status_code == status
    assert ("Heron" in client.get("/").text) == (visibility == "public")
    state = "published" if visibility == "public" else visibility
    assert soup(browser.get("/write")).text(f".badge-{state}") == state.capitalize()
    assert soup(browser.get(f"/write?state={state}")).link("View") == "/posts/heron"
    assert soup(browser.get(f"/write/{post.id}")).text(".editor-state .badge") == state.capitalize()


def test_a_draft_keeps_the_decision_until_it_is_published(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    post = make.post(ada, title="Heron", published=False)
    address = f"/write/{post.id}/settings"
    browser.post(address, data=soup(browser.get(address)).form("#settings-form") | {"visibility": "private"})
    browser.post(f"/write/{post.id}/publication")
    assert client.get("/posts/heron").status_code == 404
    page = soup(browser.get("/posts/heron"))
    assert page.text(".post-header .notice") == "Only you and the editors see this: it is private."
    browser.post(f"/write/{post.id}/publication/withdrawal")
    schedule(browser, post)
    clock.advance(days=2)
    assert client.get("/posts/heron").status_code == 404


def test_an_unlisted_post_is_read_and_commented_on(
    browser: TestClient, client: TestClient, make: Make, ada: User, sign_in: SignIn
) -> None:
    make.post(ada, title="Heron", tags="Secret", post_visibility_lookup_code="unlisted")
    page = soup(client.get("/posts/heron"))
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    assert not page.has(".tag"), "whose page a stranger would not find"
    assert not page.has(".post-header .notice")
    assert "It is unlisted" in soup(browser.get("/posts/heron")).text(".post-header .notice")
    assert soup(browser.get("/posts/heron")).link("Secret") == "/tags/secret"
    rita = sign_in(make.user("rita"))
    assert rita.post("/posts/heron/comments", data={"body": "Seen."}).status_code == 303
    assert "Seen." in client.get("/posts/heron").text
    assert "Seen." not in client.get("/comments/feed.xml").text


@BOTH
@pytest.mark.parametrize("value", ["", "nobody"])
def test_nothing_else_can_be_chosen(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], value: str
) -> None:
    post = make.post(ada)
    address = f"/write/{post.id}/settings"
    data = soup(browser.get(address)).form("#settings-form") | {"visibility": value}
    response = browser.post(address, data=data, headers=headers)
    assert response.status_code == 422
    assert soup(response).has("#visibility-error")
    assert stored(read, post).post_visibility_lookup_code == "public"
