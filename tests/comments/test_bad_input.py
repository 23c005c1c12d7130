"""What is wrong with a comment is said, and its words come back."""

from itertools import product

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People, in_reply_to
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post
from web.models.slug import Slug

pytestmark = pytest.mark.usefixtures("post")

ADDRESS = "/posts/hello/comments"


BAD = [
    ("", "Please write your comment first."),
    (" \n\t ", "Please write your comment first."),
    ("x" * 10_001, "A comment can have at most 10,000 characters; this has 10,001."),
    ("Nul\x00", "This contains a control character (U+0000). Please remove it."),
    ("Bell\x07", "This contains a control character (U+0007). Please remove it."),
]


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_bad_words_come_back(rita: TestClient, read: Read, headers: Headers) -> None:
    for body, words in BAD:
        response = rita.post(ADDRESS, data={"body": body}, headers=headers)
        answer = soup(response)
        assert response.status_code == 422
        assert answer.text("#new-comment-body-error") == words
        assert answer.one("#new-comment-body[aria-invalid=true][aria-describedby=new-comment-body-error]")
        # A browser shows this sign where it is sent NUL.
        assert answer.form(".comment-form")["body"] == body.replace("\0", "\N{REPLACEMENT CHARACTER}")
        assert answer.has("h1") == (headers is None)
    assert read.count(Comment) == 0


def test_words_that_are_not_utf8_come_back(rita: TestClient, read: Read) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = rita.post(ADDRESS, content=b"body=caf%E9", headers=headers)
    assert response.status_code == 422
    assert "not sent as UTF-8" in soup(response).text("#new-comment-body-error")
    assert read.count(Comment) == 0


def test_the_longest_comment_is_stored(rita: TestClient, read: Read) -> None:
    assert rita.post(ADDRESS, data={"body": "ä" * 10_000}).status_code == 303
    assert len(read.all(Comment)[0].body) == 10_000


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_only_an_approved_comment_of_the_post_is_answered(
    rita: TestClient, make: Make, post: Post, read: Read, headers: Headers
) -> None:
    elsewhere = make.comment(make.post(title="Other"))
    pending, rejected = make.comment(post, status="pending"), make.comment(post, status="rejected")
    deleted = make.comment(post, deleted_at=make.clock.now)
    wrong = [
        elsewhere.id,
        pending.id,
        rejected.id,
        deleted.id,
        999,
        0,
        -1,
        "x",
        "1e3",
        "9" * 40,
        "\N{ARABIC-INDIC DIGIT ONE}",
        "0x1",
    ]
    before = read.count(Comment)
    for parent in wrong:
        response = rita.post(ADDRESS, data={"body": "Mine", "parent": str(parent)}, headers=headers)
        answer = soup(response)
        assert response.status_code == 422, parent
        assert "no longer there" in answer.text(".comment-form [role=alert]")
        form = answer.form(".comment-form")
        assert (form["body"], form.get("parent")) == ("Mine", None)
    assert read.count(Comment) == before


def test_words_for_what_has_gone_can_be_posted_all_the_same(
    rita: TestClient, make: Make, post: Post, read: Read
) -> None:
    parent = make.comment(post, status="rejected")
    sent = {"body": "Mine", "parent": str(parent.id)}
    answer = soup(rita.post(ADDRESS, data=sent, headers=in_reply_to(parent)))
    assert answer.one("textarea[data-focus]").attributes["id"] == f"reply-comment-{parent.id}-body"
    answer = soup(rita.post(ADDRESS, data=answer.form(), headers=in_reply_to(parent)))
    assert answer.attribute("hx-partial", "data-hx-target") == "#comment-list"
    assert not answer.has(".comment-form")
    assert read.all(Comment)[-1].parent_comment_id is None


def test_there_is_no_form_to_answer_what_is_not_there(rita: TestClient) -> None:
    for parent, headers in product(("999", "x", "9" * 40, "-1"), (None, as_htmx)):
        assert rita.get(f"{ADDRESS}/new?parent={parent}", headers=headers).status_code == 404


@pytest.mark.parametrize("columns", [{"published": False}, {"deleted_at": Clock().now}])
def test_only_public_posts_have_comments(
    sign_in: SignIn, people: People, make: Make, read: Read, columns: dict
) -> None:
    make.post(people.ada, title="Hidden", **columns)
    for user in (people.rita, people.ada, people.olga):
        browser = sign_in(user)
        assert browser.get("/posts/hidden/comments/new").status_code == 404
        assert browser.post("/posts/hidden/comments", data={"body": " "}).status_code == 404
        response = browser.post("/posts/hidden/comments", data={"body": "Long <words>"})
        assert response.status_code == 404
        assert soup(response).one("textarea[readonly]").text().strip() == "Long <words>"
    assert read.count(Comment) == 0


def test_what_was_written_under_the_old_address_arrives(rita: TestClient, make: Make, post: Post, read: Read) -> None:
    make.add(Slug(slug="before", post_id=post.id, created_at=post.created_at))
    response = rita.post("/posts/before/comments", data={"body": "Still here."})
    assert response.headers["location"] == f"/posts/hello#comment-{read.all(Comment)[0].id}"
    assert rita.post("/posts/never/comments", data={"body": "Words"}).status_code == 404
