"""Restoring a deleted post out of its editor: what was typed there goes with it."""

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.database import Database
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.rescued_text import RescuedText
from web.models.user import User

BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
UNDO = "/deletion/undo"


@pytest.fixture
def post(make: Make, ada: User, clock: Clock) -> Post:
    return make.post(ada, title="Gone", body="One.", deleted_at=clock.now)


def is_deleted(read: Read, post: Post) -> bool:
    found = read(Post, post.id)
    assert found is not None
    return found.deleted_at is not None


@BOTH
def test_what_was_typed_is_in_the_editor_and_readers_see_nothing_of_it(
    browser: TestClient, client: TestClient, post: Post, headers: dict[str, str]
) -> None:
    answer = Editor(browser, f"/write/{post.id}", headers).send(UNDO, body="One. Two.")
    leads_to = answer.headers["hx-redirect" if headers else "location"]
    page = soup(browser.get(leads_to))
    assert "is back" in page.text(".flashes")
    assert page.form("#editor")["body"] == "One. Two."
    assert "Changes not published" in page.text(".editor-state")
    shown = client.get("/posts/gone").text
    assert "One." in shown
    assert "Two." not in shown


@BOTH
def test_an_ended_session_keeps_the_words(
    browser: TestClient, post: Post, database: Database, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}", headers)
    with database.session() as session:
        session.execute(delete(LoginSession))
    assert editor.send(UNDO, body="One. Two.").status_code == 401
    assert [kept.body for kept in read.all(RescuedText)] == ["One. Two."]
    assert is_deleted(read, post)


def test_a_bare_press_by_a_stranger_leads_to_signing_in(client: TestClient, post: Post) -> None:
    assert client.post(f"/write/{post.id}{UNDO}").headers["location"].startswith("/sign-in")


@BOTH
def test_words_that_clash_with_others_lead_to_deciding_and_the_post_is_back(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    mine, theirs = Editor(browser, f"/write/{post.id}", headers), Editor(browser, f"/write/{post.id}")
    theirs.send("/autosave", body="Theirs.")
    answer = mine.send(UNDO, body="Mine.")
    page = soup(browser.get(answer.headers["hx-redirect" if headers else "location"]))
    assert "is back" in page.text(".flashes")
    assert "Mine." in page.texts(".conflict-text")
    assert not is_deleted(read, post)


def test_words_that_cannot_be_stored_are_said_before_anything_is_done(
    browser: TestClient, post: Post, read: Read
) -> None:
    answer = Editor(browser, f"/write/{post.id}").send(UNDO, title="x" * 201)
    assert (answer.status_code, soup(answer).form("#editor")["title"]) == (422, "x" * 201)
    assert is_deleted(read, post)


@BOTH
def test_after_thirty_days_it_is_not_there_and_the_words_are_kept(
    browser: TestClient, post: Post, clock: Clock, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}", headers)
    clock.advance(days=29)
    browser.get("/write")
    clock.advance(days=1, seconds=1)
    assert editor.send(UNDO, body="One. Two.").status_code == 404
    assert read.all(PostRevision) == []
    assert [kept.body for kept in read.all(RescuedText)] == ["One. Two."]
