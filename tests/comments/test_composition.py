"""Writing comments under an account."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers, People
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.comment import Comment
from web.models.post import Post
from web.models.slug import Slug

pytestmark = pytest.mark.usefixtures("post")

ADDRESS = "/posts/hello/comments"
EVERYBODY = ("rita", "carl", "ada", "ben", "eve", "olga")


@pytest.fixture
def rita(sign_in: SignIn, people: People) -> TestClient:
    """A reader's browser."""
    return sign_in(people.rita)


def in_reply_to(comment: Comment) -> dict[str, str]:
    """What htmx says when the form of an answer is sent."""
    return {**as_htmx, "HX-Target": f"div#reply-comment-{comment.id}"}


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


BAD = [
    ("", "Please write your comment first."),
    (" \n\t ", "Please write your comment first."),
    ("x" * 10_001, "A comment can have at most 10,000 characters; this has 10,001."),
    ("Nul\x00", "This contains a control character (U+0000). Please remove it."),
    ("Bell\x07", "This contains a control character (U+0007). Please remove it."),
]


@pytest.mark.parametrize(("body", "words"), BAD)
@pytest.mark.parametrize("headers", [None, as_htmx])
def test_bad_words_come_back(rita: TestClient, read: Read, body: str, words: str, headers: Headers) -> None:
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


@pytest.mark.parametrize("parent", ["999", "x", "9" * 40, "-1"])
def test_there_is_no_form_to_answer_what_is_not_there(rita: TestClient, parent: str) -> None:
    for headers in (None, as_htmx):
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


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_the_same_form_twice_makes_one_comment(rita: TestClient, read: Read, headers: Headers) -> None:
    form = soup(rita.get("/posts/hello")).form(".comment-form") | {"body": "Once."}
    first, second = (rita.post(ADDRESS, data=form, headers=headers) for _ in range(2))
    assert read.count(Comment) == 1
    assert first.status_code == second.status_code
    assert first.headers.get("location") == second.headers.get("location")
    assert soup(first).attributes("article", "id") == soup(second).attributes("article", "id")


def test_the_same_words_within_a_minute_make_one_comment(rita: TestClient, read: Read, clock: Clock) -> None:
    locations = [rita.post(ADDRESS, data={"body": "Once."}).headers["location"]]
    clock.advance(seconds=59)
    locations.append(rita.post(ADDRESS, data={"body": "Once."}).headers["location"])
    assert locations[0] == locations[1]
    clock.advance(seconds=2)
    rita.post(ADDRESS, data={"body": "Once."})
    assert read.count(Comment) == 2


def test_what_differs_is_no_repetition(
    rita: TestClient, sign_in: SignIn, people: People, make: Make, post: Post, read: Read
) -> None:
    parent = make.comment(post, people.rob)
    rita.post(ADDRESS, data={"body": "Same."})
    rita.post(ADDRESS, data={"body": "Other."})
    rita.post(ADDRESS, data={"body": "Same.", "parent": str(parent.id)})
    sign_in(people.rob).post(ADDRESS, data={"body": "Same."})
    assert read.count(Comment) == 5


def test_other_words_in_the_same_form_are_not_lost(rita: TestClient, read: Read) -> None:
    # The Back button shows the form once more, with the uid it had.
    form = soup(rita.get("/posts/hello")).form(".comment-form")
    rita.post(ADDRESS, data=form | {"body": "First."})
    rita.post(ADDRESS, data=form | {"body": "Second."})
    first, second = read.all(Comment)
    assert (first.body, second.body) == ("First.", "Second.")
    assert first.uid != second.uid


@pytest.mark.parametrize("uid", ["x", "'", "0c2d0bb5", "0C2D0BB5-6A6A-4B29-8F0E-5B5D1A1F6A01", "{}", "\N{SNOWMAN}"])
def test_any_uid_will_do(rita: TestClient, read: Read, uid: str) -> None:
    assert rita.post(ADDRESS, data={"body": "Words.", "uid": uid}).status_code == 303
    assert len(read.all(Comment)[0].uid) == 36


def test_a_form_sent_again_after_its_comment_was_rejected(
    rita: TestClient, make: Make, post: Post, people: People, read: Read
) -> None:
    uid = "0c2d0bb5-6a6a-4b29-8f0e-5b5d1a1f6a01"
    make.comment(post, people.rita, body="Once.", uid=uid, status="rejected")
    data = {"body": "Once.", "uid": uid}
    assert rita.post(ADDRESS, data=data).headers["location"] == "/posts/hello#comments"
    assert rita.post(ADDRESS, data=data, headers=as_htmx).status_code == 200
    assert read.count(Comment) == 1


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_what_a_stranger_wrote_is_kept(
    client: TestClient, app: Colophon, people: People, sign_in: SignIn, read: Read, headers: Headers
) -> None:
    response = client.post(ADDRESS, data={"body": "My <words>"}, headers=headers)
    answer = soup(response)
    assert response.status_code == 401
    assert answer.one(".comment-form a[target=_blank]").attributes["href"] == "/sign-in"
    form = answer.form(".comment-form")
    assert form["body"] == "My <words>"
    assert read.count(Comment) == 0
    # Having signed in in the other tab, the same form is sent again.
    assert sign_in(people.rita).post(ADDRESS, data=form).status_code == 303
    assert read.all(Comment)[0].body == "My <words>"


def test_a_strangers_answer_is_kept_with_what_it_answers(client: TestClient, make: Make, post: Post) -> None:
    parent = make.comment(post)
    response = client.post(ADDRESS, data={"body": "Mine", "parent": str(parent.id)}, headers=in_reply_to(parent))
    form = soup(response).form(".comment-form")
    assert (form["body"], form["parent"]) == ("Mine", str(parent.id))


def test_strangers_are_shown_the_door(client: TestClient, make: Make, post: Post) -> None:
    make.comment(post)
    page = soup(client.get("/posts/hello"))
    assert page.link("Sign in to comment") == "/sign-in?next=/posts/hello"
    assert not page.has(".comment-form")
    assert "Reply" not in page.texts("a")
    response = client.get(f"{ADDRESS}/new")
    assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?next={ADDRESS}/new")
    response = client.get(f"{ADDRESS}/new", headers=as_htmx)
    assert response.status_code == 401
    assert soup(response).link("Sign in to comment") == "/sign-in?next=/posts/hello"


def test_anybody_is_told_where_to_make_an_account(client: TestClient, make: Make) -> None:
    assert "create an account" not in client.get("/posts/hello").text
    make.setting("sign_up", "open")
    assert soup(client.get("/posts/hello")).link("create an account") == "/sign-up"
