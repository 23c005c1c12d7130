"""Nothing is lost, overwritten or shown to readers that its writer has not seen: the traps that were found."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.drafts.rendering import LONG_FROM
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.rescued_text import RescuedText
from web.models.user import User

LONG = "word " * (LONG_FROM // 5 + 1)


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Draft", body="One.", published=False)


def stored(read: Read, post: Post) -> Post:
    found = read(Post, post.id)
    assert found is not None
    return found


@pytest.mark.parametrize("role", ["author", "editor"])
@pytest.mark.parametrize("action", ["", "/publication", "/deletion"])
def test_long_texts_are_stored_by_every_button(
    make: Make, sign_in: SignIn, post: Post, ada: User, read: Read, role: str, action: str
) -> None:
    browser = sign_in(ada if role == "author" else make.user(role=role))
    assert Editor(browser, f"/write/{post.id}").send(action, body=LONG).status_code == 303
    assert read.all(PostRevision)[-1].body == LONG
    assert browser.post("/write", data={"title": "New", "body": LONG}).status_code == 303
    assert read.all(Post)[-1].body == LONG


def test_save_draft_publishes_nothing_that_was_published_meanwhile(
    browser: TestClient, client: TestClient, post: Post
) -> None:
    editor = Editor(browser, f"/write/{post.id}")
    browser.post(f"/write/{post.id}/publication")
    assert "Readers do not see it yet" in browser.get(editor.send(body="NOT READY", hold="1").headers["location"]).text
    assert "NOT READY" not in client.get(f"/posts/{post.slug}").text


def test_save_draft_publishes_nothing_whose_time_has_come_meanwhile(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    post = make.post(ada, title="Soon", body="One.", published_at=clock.now + timedelta(hours=1))
    editor = Editor(browser, f"/write/{post.id}")
    clock.advance(hours=2)
    editor.send(body="NOT READY", hold="1")
    assert "One." in client.get("/posts/soon").text


@pytest.mark.parametrize("action", ["/publication", ""])
def test_a_late_press_publishes_nothing_old(
    browser: TestClient, client: TestClient, post: Post, read: Read, action: str
) -> None:
    editor = Editor(browser, f"/write/{post.id}", as_htmx)
    editor.send("/autosave", body="The whole text, finished.", sequence="6")
    answer = editor.send(action, body="Only first words", sequence="5")
    assert "Newer words of yours are saved already" in answer.text
    assert client.get(f"/posts/{post.slug}").status_code == 404
    assert read.all(PostRevision)[-1].body == "The whole text, finished."


def test_an_outdated_answer_does_not_lead_past_what_others_wrote(
    browser: TestClient, post: Post, make: Make, sign_in: SignIn, read: Read
) -> None:
    mine = Editor(browser, f"/write/{post.id}", as_htmx)
    mine.send("/autosave", body="One.\n\nMine.", sequence="5")
    Editor(sign_in(make.user(role="editor")), f"/write/{post.id}").save(body="Theirs.\n\nOne.\n\nMine.")
    answer = soup(mine.send("/autosave", body="One.\n\nMine.", sequence="4"))
    base = answer.attribute("[data-base]", "data-base") or ""
    again = mine.send("/autosave", body="One.\n\nMine, more.", sequence="6", base=base)
    assert again.status_code == 200
    assert read.all(PostRevision)[-1].body == "Theirs.\n\nOne.\n\nMine, more."


def test_words_that_a_browser_kept_go_on_where_they_stopped(browser: TestClient, post: Post, read: Read) -> None:
    crashed, reopened = (Editor(browser, f"/write/{post.id}", as_htmx) for _ in range(2))
    crashed.send("/autosave", body="One. And", sequence="2")
    kept = f"{crashed.form['editing_session']} 3"
    assert reopened.send("/autosave", body="One. And more.", continues=kept).status_code == 200
    assert read.all(PostRevision)[-1].body == "One. And more."
    crashed.send("/autosave", body="One. And something else.", sequence="4")
    texts = [revision.body for revision in read.all(PostRevision)]
    assert "One. And more." in texts
    assert "One. And something else." in texts


def test_a_slug_that_nobody_touched_is_no_conflict(browser: TestClient, read: Read) -> None:
    first = Editor(browser, "/write/new", as_htmx)
    first.form |= {"title": "One", "body": "Text."}
    browser.post("/write/autosave", data=first.form | {"sequence": "2"}, headers=as_htmx)
    Editor(browser, "/write/1").save(title="Two")
    browser.post("/write/1/autosave", data=first.form | {"body": "Text. More.", "sequence": "3"}, headers=as_htmx)
    newest = read.all(PostRevision)[-1]
    assert (newest.title, newest.body, newest.is_conflict) == ("Two", "Text. More.", False)


@pytest.mark.parametrize("typed", [{"slug": "taken"}, {"title": ""}])
def test_deleting_keeps_words_that_are_not_fit_to_be_saved_for_good(
    browser: TestClient, make: Make, post: Post, typed: dict[str, str]
) -> None:
    make.post(title="Taken")
    assert Editor(browser, f"/write/{post.id}").send("/deletion", body="Long words.", **typed).status_code == 303
    browser.post(f"/write/{post.id}/deletion/undo")
    page = soup(browser.get(f"/write/{post.id}"))
    assert page.form("#editor")["body"] == "Long words."


@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_words_of_somebody_else_are_not_saved_under_another_name(
    browser: TestClient, post: Post, make: Make, sign_in: SignIn, read: Read, headers: dict[str, str]
) -> None:
    editor = Editor(browser, f"/write/{post.id}", headers)
    editor.browser = sign_in(make.user("bob", role="editor", display_name="Bob"))
    answer = editor.send(body="Ada's words.")
    assert answer.status_code == 403
    assert "typed by somebody else" in answer.text
    assert read.all(PostRevision) == []
    assert read.count(RescuedText) == 0


def test_a_late_submission_replaces_no_newer_one_in_a_conflict(browser: TestClient, post: Post, read: Read) -> None:
    mine, theirs = Editor(browser, f"/write/{post.id}"), Editor(browser, f"/write/{post.id}")
    theirs.save(body="Two.")
    mine.send(body="One, mine and much more text.", sequence="5")
    mine.send(body="One, mine.", sequence="4")
    assert read.all(PostRevision)[-1].body == "One, mine and much more text."


def test_many_polls_of_one_editor_at_once_are_one(app: Colophon, browser: TestClient, post: Post) -> None:
    form = Editor(browser, f"/write/{post.id}").form
    data = {name: form[name] for name in ("base", "editing_session")}
    answers = at_once(app, [Press(browser, f"/write/{post.id}/presence", data)] * 6)
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize("state", ["new", "draft", "published", "scheduled", "deleted"])
def test_the_button_that_enter_presses_only_saves(
    browser: TestClient, make: Make, ada: User, clock: Clock, state: str
) -> None:
    states: dict[str, dict[str, Any]] = {
        "draft": {"published": False},
        "scheduled": {"published_at": clock.now + timedelta(hours=1)},
        "deleted": {"deleted_at": clock.now},
    }
    address = "/write/new" if state == "new" else f"/write/{make.post(ada, **states.get(state, {})).id}"
    first = soup(browser.get(address)).all("#editor button:not([type])")[0].attributes
    assert (first["id"], first["name"]) == ("editor-save", "hold")


def test_the_empty_editor_of_another_page_stores_nothing_over_what_its_post_says_by_now(
    browser: TestClient, read: Read
) -> None:
    empty = Editor(browser, "/write/new").form | {"title": "Paper"}
    made = browser.post("/write", data=empty | {"body": "First words."}).headers["location"]
    Editor(browser, made).save(body="Newer words.")
    # A browser that had the page in its memory, and whose script has begun another editing session.
    other = {"body": "Other words.", "editing_session": "6e29a6a5-8a5b-4a3c-9d1e-000000000001"}
    assert "/conflicts/" in browser.post("/write", data=empty | other).headers["location"]
    assert [post.body for post in read.all(Post)] == ["Newer words."]
