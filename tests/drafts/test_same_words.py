"""A newer revision with the words that somebody has seen is no change by anybody."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.publishing.conftest import schedule
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo.\n\nThree."
MINE = BODY.replace("One", "One, mine")


@pytest.fixture
def post(browser: TestClient, make: Make, ada: User) -> Post:
    post = make.post(ada, title="Shared", published=False)
    Editor(browser, f"/write/{post.id}").save(body=BODY, tags="a")
    return post


def rows(read: Read) -> list[str]:
    return [row.post_revision_type_lookup_code for row in read.all(PostRevision)]


def text_of(answer: object, browser: TestClient) -> str:
    location = getattr(answer, "headers", {}).get("location")
    return soup(browser.get(location) if location else answer).text()


@pytest.mark.parametrize("typed_first", [False, True], ids=["opened", "typed"])
@pytest.mark.parametrize("headers", [{}, as_htmx], ids=["plain", "htmx"])
def test_publishing_goes_on_after_the_time_was_set_in_another_window(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str], typed_first: bool
) -> None:
    mine = Editor(browser, f"/write/{post.id}", headers)
    if typed_first:
        browser.post(f"{mine.address}/autosave", data=mine.form | {"body": BODY + " M", "sequence": "2"})
    assert schedule(browser, post).status_code == 303
    browser.get("/write")
    text = text_of(mine.send("/publication", body=MINE, sequence="3"), browser)
    assert "Published." in text
    assert "somebody else" not in text
    assert "Merged" not in text
    assert read.all(Post)[0].body == MINE
    assert not {"merge", "conflict"} & set(rows(read))


@pytest.mark.parametrize("action", ["", "/autosave", "/publication"])
def test_what_was_changed_and_changed_back_is_the_same(
    browser: TestClient, post: Post, read: Read, sign_in: SignIn, make: Make, action: str
) -> None:
    editor = sign_in(make.user(role="editor"))
    mine = Editor(browser, f"/write/{post.id}", as_htmx)
    Editor(editor, mine.address).save(body=BODY.replace("One", "One, theirs"))
    Editor(editor, mine.address).save(body=BODY)
    answer = mine.send(action, body=MINE)
    assert "erged with" not in answer.text
    assert read.all(PostRevision)[-1].body == MINE
    assert not {"merge", "conflict"} & set(rows(read))


def test_words_that_both_typed_are_nobody_elses(
    browser: TestClient, post: Post, read: Read, sign_in: SignIn, make: Make
) -> None:
    mine = Editor(browser, f"/write/{post.id}", as_htmx)
    Editor(sign_in(make.user(role="editor")), mine.address).save(body=MINE)
    answer = mine.send("/publication", body=MINE.replace("Three", "Three, mine"))
    assert "Published." in answer.text
    assert read.all(Post)[0].body == MINE.replace("Three", "Three, mine")


def test_older_settings_change_the_time_of_the_same_words(
    browser: TestClient, post: Post, sign_in: SignIn, make: Make
) -> None:
    sent = soup(browser.get(f"/write/{post.id}/settings")).form("#schedule form:first-of-type")
    editor = sign_in(make.user(role="editor"))
    assert schedule(editor, post).status_code == 303
    hers = sent | {"moment": "2026-11-24T10:00"}
    asked = browser.post(f"/write/{post.id}/schedule", data=hers)
    page = soup(asked)
    assert "Somebody changed the text" not in page.text()
    again = page.form("#schedule form:first-of-type") if asked.status_code == 422 else hers
    assert browser.post(f"/write/{post.id}/schedule", data=again).status_code == 303


@pytest.mark.parametrize("typed", [{"body": MINE}, {"title": "Other"}, {"tags": "b"}, {"summary": "S"}])
def test_older_settings_are_asked_again_when_any_word_is_another(
    browser: TestClient, post: Post, sign_in: SignIn, make: Make, typed: dict[str, str]
) -> None:
    sent = soup(browser.get(f"/write/{post.id}/settings")).form("#schedule form:first-of-type")
    Editor(sign_in(make.user(role="editor")), f"/write/{post.id}").save(**typed)
    asked = browser.post(f"/write/{post.id}/schedule", data=sent | {"moment": "2026-11-24T10:00"})
    assert asked.status_code == 422
    assert "Somebody changed the text" in soup(asked).text()


def test_an_approval_is_not_asked_about_when_only_its_type_changed(make: Make, sign_in: SignIn, read: Read) -> None:
    writer, editor = sign_in(make.user("cleo", role="contributor")), sign_in(make.user(role="editor"))
    writer.post("/write", data={"title": "Essay", "body": BODY})
    address = "/write/1"
    hers = Editor(writer, address, as_htmx)
    hers.send("/autosave", body=MINE, sequence="2")
    hers.send("/submission", body=MINE, sequence="3")
    seen = soup(editor.get(f"{address}/settings")).attribute("[name=seen]", "value")
    hers.send(body=MINE + "\n\nFour.", sequence="4")
    hers.send(body=MINE, sequence="5")
    assert editor.post(f"{address}/review/approval", data={"seen": seen}).status_code == 303
    assert read.all(Post)[0].body == MINE
