"""Deciding about comments."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.message import Message, UserMessageAssociation
from web.models.post import Post

ACTIONS = {"approval": "approved", "rejection": "rejected"}


@pytest.fixture
def waiting(make: Make, post: Post) -> Comment:
    """A guest's comment under Ada's post."""
    return make.comment(post, body="From afar.", status="pending")


@pytest.mark.parametrize("headers", [None, as_htmx])
@pytest.mark.parametrize(("action", "state"), ACTIONS.items())
def test_those_who_moderate_decide(
    sign_in: SignIn, people: People, make: Make, post: Post, read: Read, action: str, state: str, headers: Headers
) -> None:
    for user in (people.ada, people.eve, people.olga):
        comment = make.comment(post, status="pending")
        response = sign_in(user).post(f"/comments/{comment.id}/{action}", headers=headers)
        assert response.status_code == (200 if headers else 303)
        assert read(Comment, comment.id).comment_status_lookup_code == state


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_nobody_else_decides(
    client: TestClient,
    sign_in: SignIn,
    people: People,
    make: Make,
    post: Post,
    waiting: Comment,
    read: Read,
    headers: Headers,
) -> None:
    public = make.comment(post, people.rita)
    for action in ACTIONS:
        for user in (people.rita, people.rob, people.carl, people.ben):
            browser = sign_in(user)
            assert browser.post(f"/comments/{waiting.id}/{action}", headers=headers).status_code == 404
            assert browser.post(f"/comments/{public.id}/{action}", headers=headers).status_code == 403
        response = client.post(f"/comments/{public.id}/{action}", headers=headers)
        assert "/sign-in" in (response.headers.get("location") or response.headers["hx-redirect"])
    assert read(Comment, waiting.id).is_pending
    assert read(Comment, public.id).is_approved


def test_without_htmx_it_leads_to_the_comment(sign_in: SignIn, people: People, waiting: Comment) -> None:
    ada = sign_in(people.ada)
    response = ada.post(f"/comments/{waiting.id}/approval")
    assert response.headers["location"] == f"/posts/hello#comment-{waiting.id}"
    assert soup(ada.get("/posts/hello")).text(".flashes") == "The comment is approved."
    assert ada.post(f"/comments/{waiting.id}/rejection").headers["location"] == "/posts/hello#comments"
    page = soup(ada.get("/posts/hello"))
    assert page.text(".flashes") == "The comment is rejected."
    assert not page.has("article.comment")


def test_with_htmx_the_comment_changes_in_place(sign_in: SignIn, people: People, waiting: Comment) -> None:
    ada = sign_in(people.ada)
    place = f"article#comment-{waiting.id}[data-focus]"
    answer = soup(ada.post(f"/comments/{waiting.id}/rejection", headers=as_htmx))
    assert answer.attribute(place, "data-announce") == "The comment is rejected."
    assert answer.text("#comments-title[data-hx-swap-oob]") == "Comments"
    assert answer.one(f"form[data-hx-post='/comments/{waiting.id}/approval']")
    answer = soup(ada.post(f"/comments/{waiting.id}/approval", headers=as_htmx))
    assert answer.attribute(place, "data-announce") == "The comment is approved."
    assert answer.text("#comments-title[data-hx-swap-oob]") == "1 comment"
    assert answer.texts(".comment-actions > *") == ["Reply", "Delete"]
    assert not answer.has(".badge-pending")


def test_the_message_that_it_waits_is_read_for_all(
    client: TestClient, sign_in: SignIn, people: People, make: Make, guests: None, read: Read
) -> None:
    make.post([people.ada, people.ben], title="Both")
    form = soup(client.get("/posts/both")).form(".comment-form")
    make.clock.advance(seconds=5)
    client.post("/posts/both/comments", data=form | {"name": "G", "email": "g@example.org", "body": "Hi."})
    (message,), (comment,) = read.all(Message), read.all(Comment)
    assert message.subject == "A comment by G on “Both” waits for approval"
    assert message.link == f"/posts/both#comment-{comment.id}"
    assert {unread.user_id for unread in read.all(UserMessageAssociation)} == {people.ada.id, people.ben.id}
    ada = sign_in(people.ada)
    # The message still names the address that the post had then.
    ada.post(f"/write/{comment.post_id}", data={"title": "Both", "body": "x", "slug": "moved"})
    assert soup(ada.get("/posts/moved")).text("#unread-count") == "1 unread"
    answer = soup(ada.post(f"/comments/{comment.id}/approval", headers=as_htmx))
    assert answer.text("#unread-count[data-hx-swap-oob]") == ""
    assert all(told.read_at == make.clock.now for told in read.all(UserMessageAssociation))


def test_where_no_author_can_sign_in_the_managers_are_told(
    client: TestClient, people: People, make: Make, guests: None, read: Read
) -> None:
    make.post(make.user("old", role="author", is_active=False), title="Imported")
    form = soup(client.get("/posts/imported")).form(".comment-form")
    make.clock.advance(seconds=5)
    client.post("/posts/imported/comments", data=form | {"name": "G", "email": "g@example.org", "body": "Hi."})
    assert {told.user_id for told in read.all(UserMessageAssociation)} == {people.eve.id, people.olga.id}


def test_an_approved_answer_is_told_to_whom_it_answers_once(
    sign_in: SignIn, people: People, make: Make, post: Post, read: Read
) -> None:
    parent = make.comment(post, people.rita)
    answer = make.comment(post, guest_name="Gwen", parent=parent, status="pending")
    ada = sign_in(people.ada)
    for action in ("approval", "approval", "rejection", "approval"):
        ada.post(f"/comments/{answer.id}/{action}")
    (message,) = read.all(Message)
    assert message.subject == "Gwen answered your comment on “Hello”"
    assert message.link == f"/posts/hello#comment-{answer.id}"
    assert [told.user_id for told in read.all(UserMessageAssociation)] == [people.rita.id]


def test_an_answer_is_told_but_not_to_oneself_or_to_guests(
    sign_in: SignIn, people: People, make: Make, post: Post, read: Read
) -> None:
    ritas, guests = make.comment(post, people.rita), make.comment(post)
    for user, parent in ((people.rita, ritas), (people.rob, guests), (people.rob, None)):
        data = {"body": "Words", "parent": str(parent.id) if parent else ""}
        assert sign_in(user).post("/posts/hello/comments", data=data).status_code == 303
    assert read.count(Message) == 0
    sign_in(people.rob).post("/posts/hello/comments", data={"body": "Hey", "parent": str(ritas.id)})
    assert read.all(Message)[0].subject == "Rob answered your comment on “Hello”"


def test_what_is_gone_cannot_be_decided_about(sign_in: SignIn, people: People, make: Make, post: Post) -> None:
    deleted = make.comment(post, deleted_at=make.clock.now)
    olga = sign_in(people.olga)
    for number in (deleted.id, 999):
        for action in ACTIONS:
            assert olga.post(f"/comments/{number}/{action}").status_code == 404
