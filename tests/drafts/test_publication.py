"""Publishing, withdrawing, deleting, restoring; and who may."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.slug import Slug
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


def stored(read: Read, post: Post) -> Post:
    found = read(Post, post.id)
    assert found is not None
    return found


@BOTH
def test_publishing_saves_what_was_typed_and_shows_it(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="News", published=False)
    assert client.get("/posts/news").status_code == 404
    data = soup(browser.get(f"/write/{post.id}")).form("#editor") | {"body": "The *latest* words."}
    response = browser.post(f"/write/{post.id}/publication", data=data, headers=headers)
    assert response.status_code == (200 if headers else 303)
    assert "<em>latest</em>" in client.get("/posts/news").text
    assert "News" in client.get("/").text


def test_a_bare_press_of_the_button_is_enough(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    post = make.post(ada, published=False)
    assert browser.post(f"/write/{post.id}/publication").status_code == 303
    assert stored(read, post).is_released


def test_a_new_post_can_be_published_at_once(browser: TestClient, client: TestClient) -> None:
    data = {"title": "At once", "body": "x", "publish": "1"}
    assert browser.post("/write", data=data).status_code == 303
    assert client.get("/posts/at-once").status_code == 200


def test_typing_and_taking_it_back_leaves_nothing_to_publish(
    browser: TestClient, make: Make, ada: User, read: Read
) -> None:
    post = make.post(ada, title="Old", body="Words.")
    form = soup(browser.get(f"/write/{post.id}")).form("#editor")
    badge = "Changes not published"
    for number, (words, is_pending) in enumerate(
        [("Words. More", True), ("Words.", False), ("Words. Again", True), ("Words.", False)], start=2
    ):
        typed = form | {"body": words, "sequence": str(number)}
        assert browser.post(f"/write/{post.id}/autosave", data=typed, headers=as_htmx).status_code == 200
        assert (badge in browser.get(f"/write/{post.id}").text) == is_pending
        assert stored(read, post).body == "Words."


@BOTH
def test_nothing_cannot_be_published(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post = make.post(ada, body=" ", published=False)
    for address, data in (
        (f"/write/{post.id}/publication", {}),
        (f"/write/{post.id}/publication", {"title": "T", "body": "\n"}),
        ("/write", {"title": "T", "body": "", "publish": "1"}),
    ):
        response = browser.post(address, data=data, headers=headers)
        assert response.status_code == 422
        assert "write something before publishing" in soup(response).text("#body-error")
    assert not stored(read, post).is_released
    assert read.count(Post) == 1


@BOTH
def test_withdrawing_hides_it_and_publishing_again_keeps_the_date(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read, clock: Clock, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Shown")
    first_date = stored(read, post).published_at
    data = {"title": "Shown", "body": "Changed on the way.", "slug": "shown"}
    assert browser.post(f"/write/{post.id}/publication/withdrawal", data=data, headers=headers).status_code < 400
    assert client.get("/posts/shown").status_code == 404
    assert stored(read, post).body == "Changed on the way."
    clock.advance(days=3)
    browser.post(f"/write/{post.id}/publication", headers=headers)
    assert stored(read, post).published_at == first_date


@BOTH
def test_deleting_can_be_undone(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Gone")
    response = browser.post(
        f"/write/{post.id}/deletion", data={"title": "Gone", "body": "Last words."}, headers=headers
    )
    assert (response.headers.get("hx-redirect") or response.headers["location"]) == "/write?state=deleted"
    assert client.get("/posts/gone").status_code == 404
    deleted = soup(browser.get("/write?state=deleted"))
    assert "can be restored for 30 days" in deleted.text(".flashes")
    assert deleted.attribute("main li form", "action") == f"/write/{post.id}/deletion/undo"
    assert browser.post(f"/write/{post.id}/deletion/undo", headers=headers).status_code < 400
    assert client.get("/posts/gone").status_code == 200
    assert soup(browser.get(f"/write/{post.id}")).form("#editor")["body"] == "Last words."


def test_publishing_brings_a_deleted_post_back(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    post = make.post(ada, title="Back", deleted_at=clock.now)
    assert browser.post(f"/write/{post.id}/publication").status_code == 303
    assert client.get("/posts/back").status_code == 200


def test_after_thirty_days_a_deleted_post_is_gone_but_its_address_stays_taken(
    browser: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    old = make.post(ada, title="Old", deleted_at=clock.now - timedelta(days=30, seconds=1))
    recent = make.post(ada, title="Recent", deleted_at=clock.now - timedelta(days=29))
    other = make.post(ada, title="Other")
    browser.post(f"/write/{other.id}/deletion")
    assert read(Post, old.id) is None
    assert read(Post, recent.id) is not None
    assert {row.slug for row in read.all(Slug)} == {"old", "recent", "other"}
    browser.post("/write", data={"title": "Old", "body": "Another."})
    assert "old-2" in {post.slug for post in read.all(Post)}


ACTIONS = ["", "/publication", "/publication/withdrawal", "/deletion", "/deletion/undo"]
# Who, whose post, in which state → what each of the actions above answers without htmx.
CASES = [
    ("reader", "other", "draft", [403] * 5),
    ("reader", "other", "published", [403] * 5),
    ("contributor", "own", "draft", [303, 403, 403, 303, 303]),
    ("contributor", "own", "published", [403] * 5),
    ("contributor", "other", "draft", [404] * 5),
    ("author", "own", "draft", [303] * 5),
    ("author", "own", "published", [303] * 5),
    ("author", "other", "draft", [404] * 5),
    ("author", "other", "published", [403] * 5),
    ("editor", "other", "draft", [303] * 5),
    ("editor", "other", "published", [303] * 5),
    ("owner", "other", "published", [303] * 5),
]


@pytest.mark.parametrize(("role", "whose", "state", "expected"), CASES, ids=str)
def test_who_may_do_what(make: Make, sign_in: SignIn, role: str, whose: str, state: str, expected: list[int]) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    found = []
    for action in ACTIONS:
        post = make.post(user if whose == "own" else None, published=state == "published")
        data = {"title": "New words", "body": "x"} if action == "" else {}
        found.append(browser.post(f"/write/{post.id}{action}", data=data).status_code)
    assert found == expected


@pytest.mark.parametrize("number", ["999", "999999999999999999", "9999999999999999999999", "x", "-1"])
def test_an_unknown_post_is_not_found(browser: TestClient, number: str) -> None:
    assert browser.get(f"/write/{number}").status_code == 404
    assert browser.post(f"/write/{number}/publication").status_code == 404


def test_a_contributor_is_not_offered_what_they_may_not_do(make: Make, sign_in: SignIn, read: Read) -> None:
    browser = sign_in(make.user(role="contributor"))
    assert not soup(browser.get("/write/new")).has("#editor-publish")
    browser.post("/write", data={"title": "Mine", "body": "x", "publish": "1"})
    assert not read.all(Post)[0].is_released


@BOTH
@pytest.mark.parametrize("hold", [{}, {"hold": "1"}], ids=["publish changes", "save draft"])
def test_nothing_is_called_published_in_a_post_that_was_deleted_meanwhile(
    browser: TestClient, client: TestClient, make: Make, ada: User, headers: dict[str, str], hold: dict[str, str]
) -> None:
    post = make.post(ada, title="Gone", body="Old.")
    form = soup(browser.get(f"/write/{post.id}")).form("#editor")
    browser.post(f"/write/{post.id}/deletion")
    browser.get("/write")
    answer = browser.post(f"/write/{post.id}", data=form | hold | {"body": "New."}, headers=headers)
    page = soup(answer if headers else browser.get(answer.headers["location"]))
    assert "The post is deleted" in page.text()
    assert "Changes published" not in page.text()
    browser.post(f"/write/{post.id}/deletion/undo")
    assert "Old." in client.get("/posts/gone").text
    assert soup(browser.get(f"/write/{post.id}")).form("#editor")["body"] == "New."
