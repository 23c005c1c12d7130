"""Writing comments under an account."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import People, in_reply_to
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post

pytestmark = pytest.mark.usefixtures("post")

ADDRESS = "/posts/hello/comments"
EVERYBODY = ("rita", "carl", "ada", "ben", "eve", "olga")


@pytest.mark.parametrize("name", EVERYBODY)
def test_whoever_has_an_account_comments_at_once(sign_in: SignIn, people: People, read: Read, name: str) -> None:
    browser = sign_in(getattr(people, name))
    for headers, status in ((None, 303), (as_htmx, 200)):
        response = browser.post(ADDRESS, data={"body": f"Said {status}."}, headers=headers)
        assert response.status_code == status
    comments = read.all(Comment)
    assert [comment.body for comment in comments] == ["Said 303.", "Said 200."]
    assert all(comment.is_approved and comment.user_id == getattr(people, name).id for comment in comments)


def test_without_htmx_the_page_leads_to_the_comment(rita: TestClient, read: Read) -> None:
    form = soup(rita.get("/posts/hello")).form(".comment-form")
    response = rita.post(ADDRESS, data=form | {"body": "Well *said*.\n\n"})
    (comment,) = read.all(Comment)
    assert (response.status_code, response.headers["location"]) == (303, f"/posts/hello#comment-{comment.id}")
    assert (comment.body, comment.uid) == ("Well *said*.", form["uid"])
    page = soup(rita.get("/posts/hello"))
    assert page.text(".flashes") == "Your comment is posted."
    assert page.text("#comments-title") == "1 comment"
    assert page.text(f"#comment-{comment.id} .comment-body em") == "said"
    assert page.text(".comment-author") == "Rita"


def test_with_htmx_the_comment_comes_to_its_place(rita: TestClient, read: Read, make: Make, post: Post) -> None:
    make.comment(post)
    form = soup(rita.get("/posts/hello")).form(".comment-form")
    response = rita.post(ADDRESS, data=form | {"body": "Well said."}, headers=as_htmx)
    comment = read.all(Comment)[-1]
    answer = soup(response)
    article = answer.one(f"hx-partial[data-hx-target='#comment-list'][data-hx-swap=beforeend] li #comment-{comment.id}")
    assert article.attributes["data-announce"] == "Your comment is posted. 2 comments."
    assert "data-focus" in article.attributes
    assert answer.text("#comments-title[data-hx-swap-oob]") == "2 comments"
    fresh = answer.form("form.comment-form[data-hx-post]")
    assert fresh["body"] == ""
    assert fresh["uid"] not in ("", form["uid"])


def test_an_answer_without_htmx_has_a_page(
    rita: TestClient, make: Make, post: Post, people: People, read: Read
) -> None:
    parent = make.comment(post, people.rob, body="Agreed?")
    address = soup(rita.get("/posts/hello")).link("Reply")
    assert address == f"/posts/hello/comments/new?parent={parent.id}"
    page = soup(rita.get(address))
    assert (page.text("h1"), page.text(".comment-body")) == ("Answer Rob", "Agreed?")
    assert page.link("Cancel") == f"/posts/hello#comment-{parent.id}"
    assert not page.has("main [data-hx-post]")
    response = rita.post(ADDRESS, data=page.form(".comment-form") | {"body": "Agreed."})
    answer = read.all(Comment)[-1]
    assert response.headers["location"] == f"/posts/hello#comment-{answer.id}"
    assert answer.parent_comment_id == parent.id


def test_an_answer_with_htmx_opens_and_closes_a_form(
    rita: TestClient, make: Make, post: Post, people: People, read: Read
) -> None:
    parent = make.comment(post, people.rob)
    form = soup(rita.get(f"/posts/hello/comments/new?parent={parent.id}", headers=as_htmx))
    assert not form.has("h1")
    assert form.one("textarea[data-focus]").attributes["id"] == f"reply-comment-{parent.id}-body"
    assert form.one("a[data-hx-get]").attributes["data-hx-get"] == f"/comments/{parent.id}?focus=reply"
    response = rita.post(ADDRESS, data=form.form() | {"body": "Agreed."}, headers=in_reply_to(parent))
    answer = soup(response)
    assert answer.has(f"hx-partial[data-hx-target='#replies-comment-{parent.id}'] #comment-{read.all(Comment)[-1].id}")
    assert answer.text(".u-in-reply-to") == "Rob"
    assert not answer.has(".comment-form")


def test_answers_below_the_last_level_come_to_it(rita: TestClient, make: Make, post: Post, people: People) -> None:
    chain = [make.comment(post, people.rob)]
    for _ in range(4):
        chain.append(make.comment(post, people.rob, parent=chain[-1]))
    for parent, place in zip(chain, (0, 1, 2, 2, 2), strict=True):
        data = {"body": f"To {parent.id}", "parent": str(parent.id)}
        answer = soup(rita.post(ADDRESS, data=data, headers=in_reply_to(parent)))
        assert answer.attribute("hx-partial", "data-hx-target") == f"#replies-comment-{chain[place].id}"
        assert answer.attribute(".u-in-reply-to", "href") == f"/posts/hello#comment-{parent.id}"


def test_the_form_for_a_comment_has_a_page_too(rita: TestClient) -> None:
    page = soup(rita.get(f"{ADDRESS}/new"))
    assert page.text("h1") == "Write a comment"
    assert page.text("label[for=new-comment-body]") == "Comment"
    assert page.button("Post comment")
