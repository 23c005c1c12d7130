"""A single comment: shown, changed, taken away."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.comment import Comment
from web.models.post import Post

OTHERS = ("rob", "carl", "ben")
MODERATORS = ("ada", "eve", "olga")


@pytest.fixture
def remark(make: Make, post: Post, people: People) -> Comment:
    """A comment of Rita's under Ada's post."""
    return make.comment(post, people.rita, body="Frist!")


def test_its_address_leads_to_its_place(client: TestClient, remark: Comment) -> None:
    response = client.get(f"/comments/{remark.id}")
    assert (response.status_code, response.headers["location"]) == (303, f"/posts/hello#comment-{remark.id}")


def test_for_htmx_it_comes_by_itself(rita: TestClient, remark: Comment) -> None:
    for focus, focused in (("reply", "Reply"), ("edit", "Edit"), ("x", "")):
        answer = soup(rita.get(f"/comments/{remark.id}?focus={focus}", headers=as_htmx))
        assert not answer.has("h1")
        element = answer.one("[data-focus]")
        assert (element.tag, element.text() if element.tag == "a" else "") == ("a" if focused else "article", focused)


def test_what_one_may_not_see_is_not_there(
    client: TestClient, sign_in: SignIn, people: People, make: Make, post: Post, remark: Comment
) -> None:
    hidden = [make.comment(post, status=status) for status in ("pending", "rejected")]
    gone = [make.comment(post, deleted_at=make.clock.now), make.comment(make.post(people.ada, published=False))]
    strangers = [client, *(sign_in(getattr(people, name)) for name in ("rita", *OTHERS))]
    moderators = [sign_in(getattr(people, name)) for name in MODERATORS]
    for comment in hidden:
        assert {browser.get(f"/comments/{comment.id}").status_code for browser in strangers} == {404}
        assert {browser.get(f"/comments/{comment.id}").status_code for browser in moderators} == {303}
    for browser in [*strangers, *moderators]:
        assert browser.get(f"/comments/{gone[0].id}").status_code == 404
        assert browser.get("/comments/999999999999999999").status_code == 404
        assert browser.post(f"/comments/{gone[0].id}", data={"body": "x"}).status_code == 404
    assert {browser.get(f"/comments/{gone[1].id}").status_code for browser in strangers} == {404}


def test_its_writer_changes_it_without_htmx(rita: TestClient, remark: Comment, read: Read, clock: Clock) -> None:
    assert soup(rita.get("/posts/hello")).link("Edit") == f"/comments/{remark.id}/edit"
    page = soup(rita.get(f"/comments/{remark.id}/edit"))
    assert page.text("h1") == "Edit your comment"
    assert not page.has("main [data-hx-post]")
    moment = clock.advance(minutes=1)
    response = rita.post(f"/comments/{remark.id}", data=page.form(".comment-form") | {"body": "First *!*"})
    assert (response.status_code, response.headers["location"]) == (303, f"/posts/hello#comment-{remark.id}")
    stored = read(Comment, remark.id)
    assert (stored.body, stored.body_html, stored.edited_at) == ("First *!*", "<p>First <em>!</em></p>\n", moment)
    page = soup(rita.get("/posts/hello"))
    assert page.text(".flashes") == "Your comment is saved."
    assert "edited" in page.text(f"#comment-{remark.id} .comment-header")


def test_its_writer_changes_it_with_htmx(rita: TestClient, remark: Comment, read: Read) -> None:
    form = soup(rita.get(f"/comments/{remark.id}/edit", headers=as_htmx))
    assert form.one(f"article#comment-{remark.id} textarea[data-focus]").text().strip() == "Frist!"
    assert form.one("a[data-hx-get]").attributes["data-hx-get"] == f"/comments/{remark.id}?focus=edit"
    response = rita.post(f"/comments/{remark.id}", data=form.form() | {"body": "First!"}, headers=as_htmx)
    answer = soup(response)
    assert (
        answer.one(f"article#comment-{remark.id}[data-focus]").attributes["data-announce"] == "Your comment is saved."
    )
    assert answer.text(".comment-body") == "First!"
    assert read(Comment, remark.id).body == "First!"


def test_the_same_words_again_are_no_change(rita: TestClient, remark: Comment, read: Read) -> None:
    assert rita.post(f"/comments/{remark.id}", data={"body": "Frist!"}).status_code == 303
    assert read(Comment, remark.id).edited_at is None


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_bad_words_come_back(rita: TestClient, remark: Comment, read: Read, headers: Headers) -> None:
    for body in ("", " \n", "x" * 10_001, "Bell\x07"):
        response = rita.post(f"/comments/{remark.id}", data={"body": body}, headers=headers)
        assert response.status_code == 422
        assert soup(response).form(".comment-form")["body"] == body
        assert soup(response).has("[aria-invalid=true]")
    assert read(Comment, remark.id).body == "Frist!"


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_after_a_quarter_of_an_hour_it_stays(
    rita: TestClient, remark: Comment, clock: Clock, read: Read, headers: Headers
) -> None:
    clock.advance(minutes=14, seconds=59)
    assert rita.post(f"/comments/{remark.id}", data={"body": "In time."}, headers=headers).status_code < 400
    assert {"Edit", "Delete"} <= set(soup(rita.get("/posts/hello")).texts(".comment-actions > *"))
    clock.advance(seconds=1)
    assert rita.get(f"/comments/{remark.id}/edit", headers=headers).status_code == 403
    response = rita.post(f"/comments/{remark.id}", data={"body": "Too late."}, headers=headers)
    assert response.status_code == 403
    assert "15 minutes" in soup(response).text("[role=alert]")
    assert soup(response).form(".comment-form")["body"] == "Too late."
    assert rita.get(f"/comments/{remark.id}/deletion").status_code == 403
    assert rita.post(f"/comments/{remark.id}/deletion", headers=headers).status_code == 403
    assert read(Comment, remark.id).body == "In time."
    assert soup(rita.get("/posts/hello")).texts(".comment-actions > *") == ["Reply"]


def test_changes_in_two_windows_are_pointed_out(rita: TestClient, remark: Comment, clock: Clock, read: Read) -> None:
    one, other = (soup(rita.get(f"/comments/{remark.id}/edit")).form(".comment-form") for _ in range(2))
    clock.advance(minutes=1)
    rita.post(f"/comments/{remark.id}", data=one | {"body": "One."})
    response = rita.post(f"/comments/{remark.id}", data=other | {"body": "Other."})
    answer = soup(response)
    assert response.status_code == 422
    assert "elsewhere" in answer.text("[role=alert]")
    assert answer.text(".comment-body") == "One."
    assert answer.form(".comment-form")["body"] == "Other."
    rita.post(f"/comments/{remark.id}", data=answer.form(".comment-form"))
    assert read(Comment, remark.id).body == "Other."


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_nobody_else_changes_it(
    client: TestClient, sign_in: SignIn, people: People, remark: Comment, read: Read, headers: Headers
) -> None:
    for name in (*OTHERS, *MODERATORS):
        browser = sign_in(getattr(people, name))
        assert browser.get(f"/comments/{remark.id}/edit", headers=headers).status_code == 403
        assert browser.post(f"/comments/{remark.id}", data={"body": "Mine"}, headers=headers).status_code == 403
        assert "Edit" not in soup(browser.get("/posts/hello")).texts(".comment-actions > *")
    assert client.get(f"/comments/{remark.id}/edit").headers["location"].startswith("/sign-in")
    response = client.post(f"/comments/{remark.id}", data={"body": "Mine"}, headers=headers)
    assert response.status_code == 401
    assert soup(response).form(".comment-form")["body"] == "Mine"
    assert soup(response).link("Sign in in a new tab") == "/sign-in"
    assert read(Comment, remark.id).body == "Frist!"


def test_words_for_what_has_gone_are_kept(rita: TestClient) -> None:
    response = rita.post("/comments/999", data={"body": "Better <words>"})
    assert response.status_code == 404
    assert soup(response).one("textarea[readonly]").text().strip() == "Better <words>"


def test_without_htmx_a_page_asks_before_it_is_deleted(rita: TestClient, remark: Comment, read: Read) -> None:
    button = soup(rita.get("/posts/hello")).one(".comment-actions form")
    assert (button.attributes["action"], button.attributes["method"]) == (f"/comments/{remark.id}/deletion", "get")
    assert button.attributes["data-hx-confirm"]
    page = soup(rita.get(f"/comments/{remark.id}/deletion"))
    assert (page.text("h1"), page.text(".comment-body")) == ("Delete this comment?", "Frist!")
    assert page.link("Cancel") == f"/posts/hello#comment-{remark.id}"
    response = rita.post(f"/comments/{remark.id}/deletion", data=page.form("main form"))
    assert (response.status_code, response.headers["location"]) == (303, "/posts/hello#comments")
    assert read(Comment, remark.id) is None
    page = soup(rita.get("/posts/hello"))
    assert page.text(".flashes") == "The comment is deleted."
    assert (page.text("#comments-title"), page.has("article.comment")) == ("Comments", False)


def test_with_htmx_its_place_says_that_it_is_deleted(
    rita: TestClient, make: Make, post: Post, remark: Comment, read: Read
) -> None:
    make.comment(post)
    answer = soup(rita.post(f"/comments/{remark.id}/deletion", headers=as_htmx))
    assert answer.text(f"article#comment-{remark.id}[data-focus]") == "This comment was deleted."
    assert answer.attribute("article", "data-announce") == "The comment is deleted. 1 comment."
    assert answer.text("#comments-title[data-hx-swap-oob]") == "1 comment"
    assert read(Comment, remark.id) is None


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_moderators_delete_it_at_any_time(
    client: TestClient,
    sign_in: SignIn,
    people: People,
    make: Make,
    post: Post,
    clock: Clock,
    read: Read,
    headers: Headers,
) -> None:
    for name in MODERATORS:
        comment = make.comment(post, people.rita)
        clock.advance(days=400)
        for other in OTHERS:
            browser = sign_in(getattr(people, other))
            assert browser.get(f"/comments/{comment.id}/deletion").status_code == 403
            assert browser.post(f"/comments/{comment.id}/deletion", headers=headers).status_code == 403
        response = client.post(f"/comments/{comment.id}/deletion", headers=headers)
        assert (response.headers.get("location") or response.headers["hx-redirect"]).startswith("/sign-in")
        browser = sign_in(getattr(people, name))
        assert browser.post(f"/comments/{comment.id}/deletion", headers=headers).status_code in (200, 303)
        assert read(Comment, comment.id) is None
        assert browser.post(f"/comments/{comment.id}/deletion", headers=headers).status_code == 404


def test_answers_keep_its_place(
    rita: TestClient, sign_in: SignIn, people: People, make: Make, post: Post, remark: Comment, read: Read
) -> None:
    answer = make.comment(post, people.rob, parent=remark, body="No.")
    response = rita.post(f"/comments/{remark.id}/deletion")
    assert response.headers["location"] == f"/posts/hello#comment-{remark.id}"
    stored = read(Comment, remark.id)
    assert (stored.body, stored.body_html, stored.is_deleted) == ("", "", True)
    page = soup(rita.get("/posts/hello"))
    assert page.text(f"#comment-{remark.id}") == "This comment was deleted."
    assert page.text(f"#comment-{answer.id} .u-in-reply-to") == "a deleted comment"
    assert page.text("#comments-title") == "1 comment"
    # Without the last answer nothing needs the place any more.
    sign_in(people.rob).post(f"/comments/{answer.id}/deletion")
    assert read.count(Comment) == 0


def test_a_place_goes_only_with_the_last_answer(
    sign_in: SignIn, people: People, make: Make, post: Post, read: Read
) -> None:
    ada = sign_in(people.ada)
    top = make.comment(post)
    middle = make.comment(post, parent=top)
    leaves = [make.comment(post, parent=middle) for _ in range(2)]
    waiting = make.comment(post, parent=top, status="pending")
    for comment in (top, middle, leaves[0]):
        ada.post(f"/comments/{comment.id}/deletion")
    assert [comment.id for comment in read.all(Comment)] == [top.id, middle.id, leaves[1].id, waiting.id]
    ada.post(f"/comments/{leaves[1].id}/deletion")
    assert [comment.id for comment in read.all(Comment)] == [top.id, waiting.id]
    ada.post(f"/comments/{waiting.id}/deletion")
    assert read.count(Comment) == 0
