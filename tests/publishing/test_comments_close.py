"""Comments under a post are open, closed, or close at a date; no word is lost over it."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, stored
from tests.publishing.test_decisions import save
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post
from web.models.user import User


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Heron")


@BOTH
def test_closed_comments_are_shown_and_take_no_more(
    browser: TestClient, make: Make, post: Post, sign_in: SignIn, read: Read, headers: dict[str, str]
) -> None:
    rita = make.user("rita")
    make.comment(post, rita, body="Seen.")
    assert save(browser, post, headers, comments="closed").status_code == (200 if headers else 303)
    reader = sign_in(rita)
    page = soup(reader.get("/posts/heron"))
    assert "Seen." in page.text("#comments")
    assert "Comments are closed." in page.text("#comments")
    assert not page.has(".comment-form")
    assert "Reply" not in page.texts("#comments a, #comments button")
    assert reader.get("/posts/heron/comments/new", headers=headers).status_code == 403
    response = reader.post("/posts/heron/comments", data={"body": "Too late?"}, headers=headers)
    assert response.status_code == 403
    assert "Comments on this post are closed." in soup(response).text("form .notice")
    assert soup(response).form("form.comment-form")["body"] == "Too late?"
    assert read.count(Comment) == 1


@BOTH
def test_guests_keep_their_words_too(
    browser: TestClient, client: TestClient, make: Make, post: Post, headers: dict[str, str]
) -> None:
    make.setting("guests", "yes")
    save(browser, post, comments="closed")
    words = {"name": "Gus", "email": "gus@example.org", "body": "Too late?"}
    response = client.post("/posts/heron/comments", data=words, headers=headers)
    assert response.status_code == 403
    assert words.items() <= soup(response).form("form.comment-form").items()


def test_they_close_at_a_date(
    browser: TestClient, make: Make, post: Post, sign_in: SignIn, clock: Clock, read: Read
) -> None:
    make.setting("zone", "Europe/Berlin")
    assert save(browser, post, comments="later", comments_close_at="2026-11-22T15:00").status_code == 303
    moment = datetime(2026, 11, 22, 14, tzinfo=UTC)
    assert stored(read, post).comments_close_at == moment
    reader = sign_in(make.user("rita"))
    assert reader.post("/posts/heron/comments", data={"body": "In time."}).status_code == 303
    clock.now = moment
    assert reader.post("/posts/heron/comments", data={"body": "Too late."}).status_code == 403
    form = soup(browser.get(f"/write/{post.id}/settings")).form("#settings-form")
    assert (form["comments"], form["comments_close_at"]) == ("closed", "2026-11-22T15:00")
    clock.advance(days=1)
    save(browser, post)
    assert stored(read, post).comments_close_at == moment
    save(browser, post, comments="open")
    assert reader.post("/posts/heron/comments", data={"body": "Again."}).status_code == 303


def test_nothing_is_said_where_nothing_was_written(browser: TestClient, client: TestClient, post: Post) -> None:
    save(browser, post, comments="closed")
    assert not soup(client.get("/posts/heron")).has("#comments")


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("comments", "moment", "field"),
    [("later", "", "comments_close_at"), ("later", "soon", "comments_close_at"), ("", "", "comments"),
     ("sometimes", "", "comments")],
)  # fmt: skip
def test_bad_choices_come_back_with_a_reason(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str], comments: str, moment: str, field: str
) -> None:
    response = save(browser, post, headers, comments=comments, comments_close_at=moment)
    assert response.status_code == 422
    assert soup(response).has(f"#{field}-error")
    assert stored(read, post).comments_close_at is None
