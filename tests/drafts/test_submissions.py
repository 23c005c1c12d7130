"""Contributors submit out of the editor: what is typed is saved and waits for review."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.message import Message
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo."
BOTH = pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])


@pytest.fixture
def carl(make: Make) -> User:
    return make.user("carl", role="contributor")


@pytest.fixture
def browser(carl: User, sign_in: SignIn) -> TestClient:
    return sign_in(carl)


@pytest.fixture
def eve(make: Make) -> User:
    return make.user("eve", role="editor")


@pytest.fixture
def post(make: Make, carl: User) -> Post:
    return make.post(carl, title="Heron", body=BODY, published=False)


def stored(read: Read) -> Post:
    (found,) = read.all(Post)
    return found


@BOTH
def test_what_is_typed_is_saved_and_submitted_in_one_go(
    browser: TestClient, post: Post, eve: User, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}", headers)
    assert soup(browser.get(editor.address)).button("Submit for review")
    for _ in range(2):
        answer = editor.send("/submission", body="Stands still.")
        assert answer.status_code == (200 if headers else 303)
    page = soup(answer if headers else browser.get(editor.address))
    assert (stored(read).body, stored(read).is_in_review) == ("Stands still.", True)
    assert page.button("Withdraw submission")
    assert [message.subject for message in read.all(Message)] == ["“Heron” by Carl waits for review"]


@BOTH
def test_a_submission_is_withdrawn_with_what_is_typed(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}", headers)
    editor.send("/submission", body="Stands still.", sequence="1")
    answer = editor.send("/submission/withdrawal", body="Flies.", sequence="2")
    assert answer.status_code == (200 if headers else 303)
    assert (stored(read).body, stored(read).is_in_review) == ("Flies.", False)
    assert soup(browser.get(editor.address)).button("Submit for review")


@BOTH
def test_a_new_post_is_submitted_at_once_and_once(
    browser: TestClient, eve: User, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, "/write/new", headers)
    assert soup(browser.get("/write/new")).button("Submit for review").attributes["name"] == "submit"
    form = editor.form | {"title": "New", "body": "Words.", "submit": "1"}
    for _ in range(2):
        assert browser.post("/write", data=form, headers=headers).status_code == (200 if headers else 303)
    assert stored(read).is_in_review
    assert len(read.all(Message)) == 1


@BOTH
@pytest.mark.parametrize("typed", [{"body": " "}, {"title": ""}])
def test_what_cannot_be_read_is_not_submitted(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str], typed: dict[str, str]
) -> None:
    answer = Editor(browser, f"/write/{post.id}", headers).send("/submission", **typed)
    assert answer.status_code == 422
    assert soup(answer).texts(".field-error") != []
    assert not stored(read).is_in_review


def test_what_was_merged_is_looked_at_first(
    browser: TestClient, post: Post, eve: User, sign_in: SignIn, read: Read
) -> None:
    mine, theirs = Editor(browser, f"/write/{post.id}"), Editor(sign_in(eve), f"/write/{post.id}")
    theirs.save(body=BODY.replace("One", "1"))
    answer = mine.send("/submission", body=BODY.replace("Two", "2"))
    assert "Not submitted yet" in browser.get(answer.headers["location"]).text
    assert (stored(read).body, stored(read).is_in_review) == ("1.\n\n2.", False)


def test_what_clashes_is_decided_about_first(
    browser: TestClient, post: Post, eve: User, sign_in: SignIn, read: Read
) -> None:
    mine, theirs = Editor(browser, f"/write/{post.id}"), Editor(sign_in(eve), f"/write/{post.id}")
    theirs.save(body=BODY.replace("One", "1"))
    assert "/conflicts/" in mine.send("/submission", body=BODY.replace("One", "I")).headers["location"]
    assert not stored(read).is_in_review
    assert {row.body for row in read.all(PostRevision)} >= {"1.\n\nTwo.", "I.\n\nTwo."}


def test_words_that_come_late_are_not_what_is_submitted(browser: TestClient, post: Post, read: Read) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    editor.send(body="Newer.", sequence="2")
    editor.send("/submission", body="Older.", sequence="1")
    assert (stored(read).body, stored(read).is_in_review) == ("Newer.", False)


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("contributor", 404), ("author", 404), ("editor", 403)])
def test_who_may(browser: TestClient, post: Post, make: Make, sign_in: SignIn, role: str, status: int) -> None:
    form = Editor(browser, f"/write/{post.id}").form | {"writer": ""}
    other = sign_in(make.user(role=role))
    for action in ("submission", "submission/withdrawal"):
        assert other.post(f"/write/{post.id}/{action}", data=form).status_code == status


def test_words_of_a_session_that_ended_are_kept(client: TestClient, browser: TestClient, post: Post) -> None:
    form = Editor(browser, f"/write/{post.id}").form | {"body": "Typed in vain."}
    answer = client.post(f"/write/{post.id}/submission", data=form)
    assert answer.status_code == 401
    assert soup(answer).form("#kept")["body"] == "Typed in vain."


def test_authors_publish_instead(make: Make, sign_in: SignIn) -> None:
    page = soup(sign_in(make.user(role="author")).get("/write/new"))
    assert page.button("Publish")
    assert not page.has("#editor-submission")
