"""Who else has the editor open."""

import pytest
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.editing_session import EditingSession
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Shared", body="One.\n\nTwo.", published=False)


@pytest.fixture
def here(ada: User, sign_in: SignIn) -> TestClient:
    return sign_in(ada)


def seen(editor: Editor) -> str:
    data = {name: editor.form[name] for name in ("base", "editing_session")}
    answer = editor.browser.post(f"{editor.address}/presence", data=data, headers=as_htmx)
    assert answer.status_code == 200
    return soup(answer).text()


def test_others_are_named_and_one_s_own_other_window_too(
    here: TestClient, post: Post, make: Make, sign_in: SignIn
) -> None:
    address = f"/write/{post.id}"
    mine, again = Editor(here, address), Editor(here, address)
    theirs = Editor(sign_in(make.user("bob", role="editor", display_name="Bob")), address)
    assert seen(mine) == ""
    assert "You have this post open in another window" in seen(again)
    assert seen(theirs).count("Ada has this post open") == 1
    assert "Bob has this post open" in seen(mine)


def test_whoever_left_is_not_named_for_long(here: TestClient, post: Post, clock: Clock, read: Read) -> None:
    first, second = Editor(here, f"/write/{post.id}"), Editor(here, f"/write/{post.id}")
    seen(first)
    clock.advance(seconds=76)
    assert seen(second) == ""
    assert [row.uid for row in read.all(EditingSession)] == [second.form["editing_session"]]


def test_whoever_closed_the_editor_is_not_named_at_all(here: TestClient, post: Post, read: Read) -> None:
    first, second = Editor(here, f"/write/{post.id}"), Editor(here, f"/write/{post.id}")
    seen(first)
    left = {"left": "1", "editing_session": first.form["editing_session"]}
    assert here.post(f"/write/{post.id}/presence", data=left).status_code == 204
    assert seen(second) == ""


def test_what_somebody_builds_on_is_not_written_over(
    here: TestClient, post: Post, make: Make, sign_in: SignIn, read: Read
) -> None:
    address = f"/write/{post.id}"
    mine = Editor(here, address, as_htmx)
    mine.send("/autosave", body="One!\n\nTwo.", sequence="2")
    theirs = Editor(sign_in(make.user(role="editor")), address, as_htmx)
    seen(theirs)
    mine.send("/autosave", body="One!!\n\nTwo.", sequence="3")
    theirs.send("/autosave", body="One!\n\nTwo?", sequence="2")
    assert read.all(PostRevision)[-1].body == "One!!\n\nTwo?"


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("author", 404), ("editor", 200)])
def test_who_may(post: Post, make: Make, sign_in: SignIn, role: str, status: int) -> None:
    assert sign_in(make.user(role=role)).post(f"/write/{post.id}/presence", headers=as_htmx).status_code == status


def test_a_session_that_ended_leads_nobody_away_from_the_editor(client: TestClient, post: Post) -> None:
    for address in (f"/write/{post.id}/presence", "/write/comparison"):
        answer = client.post(address, data={"title": "T"}, headers=as_htmx)
        assert (answer.status_code, answer.content) == (204, b"")
    answer = client.get(f"/write/slug?slug=x&post={post.id}", headers=as_htmx)
    assert (answer.status_code, answer.content) == (204, b"")
