"""Comments of people without an account: held for approval, and two traps for machines."""

import pytest
from starlette.testclient import TestClient

from tests.comments.conftest import Headers
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.comments.stamps import LONGEST_SECONDS, TOO_FAST, TOO_OLD
from web.models.comment import Comment
from web.models.message import Message
from web.models.post import Post

pytestmark = pytest.mark.usefixtures("post", "guests")

ADDRESS = "/posts/hello/comments"
WORDS = {"name": "Gwen", "email": "gwen@example.org", "body": "From afar."}
HELD = "Thank you. Your comment waits for approval."


@pytest.fixture
def form(client: TestClient, clock: Clock) -> dict[str, str]:
    """A form that a guest opened a while ago and filled in."""
    opened = soup(client.get("/posts/hello")).form(".comment-form")
    clock.advance(seconds=30)
    return opened | WORDS


def test_the_form_asks_who_it_is(client: TestClient) -> None:
    page = soup(client.get("/posts/hello"))
    labels = dict(zip(page.texts(".comment-form label"), page.attributes(".comment-form label", "for"), strict=True))
    assert list(labels) == ["Name", "Email", "Leave this empty", "Comment"]
    assert page.one(f".hp-field[aria-hidden=true] #{labels['Leave this empty']}[tabindex='-1']")
    assert "wait for approval" in page.text(".comment-form")


def test_without_htmx_it_waits(client: TestClient, form: dict[str, str], read: Read) -> None:
    response = client.post(ADDRESS, data=form)
    assert (response.status_code, response.headers["location"]) == (303, "/posts/hello#comments")
    (comment,) = read.all(Comment)
    assert comment.is_pending
    assert (comment.guest_name, comment.guest_email, comment.user_id) == ("Gwen", "gwen@example.org", None)
    page = soup(client.get("/posts/hello"))
    assert page.text(".flashes") == HELD
    assert page.text("#comments-title") == "Comments"
    assert "From afar." not in page.text("main")


def test_with_htmx_it_waits(client: TestClient, form: dict[str, str], read: Read) -> None:
    response = client.post(ADDRESS, data=form, headers=as_htmx)
    answer = soup(response)
    assert response.status_code == 200
    assert answer.text(".notice[data-focus][data-announce]") == HELD
    assert answer.form()["body"] == ""
    assert not answer.has("hx-partial")
    assert read.all(Comment)[0].is_pending


def test_an_answer_waits_and_its_form_closes(
    client: TestClient, form: dict[str, str], make: Make, post: Post, read: Read
) -> None:
    parent = make.comment(post)
    headers = {**as_htmx, "HX-Target": f"div#reply-comment-{parent.id}"}
    answer = soup(client.post(ADDRESS, data=form | {"parent": str(parent.id)}, headers=headers))
    assert answer.text(".notice") == HELD
    assert not answer.has("form")
    assert read.all(Comment)[-1].parent_comment_id == parent.id


BAD = [
    ("name", "", "Please type the name to show with your comment."),
    ("name", "x" * 101, "A name can have at most 100 characters; this has 101."),
    ("name", "A\x08", "This contains a control character (U+0008). Please remove it."),
    ("email", "", "Please type your email address. It is not shown."),
    ("email", "gwen", "This is no complete email address. One looks like name@example.org."),
    ("email", f"{'x' * 250}@example.org", "An email address can have at most 254 characters; this has 262."),
    ("body", " ", "Please write your comment first."),
]


def test_what_is_wrong_comes_back(client: TestClient, form: dict[str, str], read: Read) -> None:
    for field, value, words in BAD:
        for headers in (None, as_htmx):
            response = client.post(ADDRESS, data=form | {field: value}, headers=headers)
            answer = soup(response)
            assert response.status_code == 422
            assert answer.texts(".field-error") == [words]
            assert answer.form(".comment-form") == form | {field: value}
    assert read.count(Comment) == 0


def test_the_same_form_twice_makes_one_comment(client: TestClient, form: dict[str, str], read: Read) -> None:
    first, second = (client.post(ADDRESS, data=form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert (read.count(Comment), read.count(Message)) == (1, 1)
    client.post(ADDRESS, data=form | {"name": "Gwendolyn"})
    assert read.count(Comment) == 2


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_what_is_too_fast_comes_back(client: TestClient, clock: Clock, read: Read, headers: Headers) -> None:
    form = soup(client.get("/posts/hello")).form(".comment-form") | WORDS
    clock.advance(seconds=1)
    response = client.post(ADDRESS, data=form, headers=headers)
    answer = soup(response)
    assert response.status_code == 422
    assert answer.text(".comment-form [role=alert]") == TOO_FAST
    assert answer.form(".comment-form") == form
    clock.advance(seconds=1)
    client.post(ADDRESS, data=answer.form(".comment-form"))
    assert read.all(Comment)[0].is_pending


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_a_form_opened_long_ago_comes_back(
    client: TestClient, form: dict[str, str], clock: Clock, read: Read, headers: Headers
) -> None:
    clock.advance(seconds=LONGEST_SECONDS)
    response = client.post(ADDRESS, data=form, headers=headers)
    answer = soup(response)
    assert response.status_code == 422
    assert answer.text(".comment-form [role=alert]") == TOO_OLD
    again = answer.form(".comment-form")
    assert again["stamp"] != form["stamp"]
    assert {key: again[key] for key in WORDS} == WORDS
    clock.advance(seconds=2)
    assert client.post(ADDRESS, data=again).status_code == 303
    assert read.count(Comment) == 1


def test_a_stamp_is_not_made_up(client: TestClient, form: dict[str, str], make: Make, read: Read) -> None:
    other = soup(client.get(f"/posts/{make.post(title='Other').slug}")).form(".comment-form")["stamp"]
    for stamp in ("", "x", "a.b.c", form["stamp"][:-1], f"{form['stamp']}x", other, "\N{SNOWMAN}"):
        assert client.post(ADDRESS, data=form | {"stamp": stamp}).status_code == 422
    del form["stamp"]
    response = client.post(ADDRESS, data=form)
    assert response.status_code == 422
    assert soup(response).form(".comment-form")["stamp"]
    assert read.count(Comment) == 0


def test_whoever_fills_in_everything_is_put_aside(client: TestClient, form: dict[str, str], read: Read) -> None:
    honest = client.post(ADDRESS, data=form | {"body": "Honest."}, headers=as_htmx)
    trapped = client.post(ADDRESS, data=form | {"website": "https://example.org/"}, headers=as_htmx)
    assert soup(trapped).text(".notice") == soup(honest).text(".notice") == HELD
    plain = client.post(ADDRESS, data=form | {"website": "x", "body": "Again."})
    assert (plain.status_code, plain.headers["location"]) == (303, "/posts/hello#comments")
    assert [comment.comment_status_lookup_code for comment in read.all(Comment)] == ["pending", "rejected", "rejected"]
    assert read.count(Message) == 1


def test_people_with_an_account_are_not_tested(sign_in: SignIn, make: Make, read: Read) -> None:
    browser = sign_in(make.user())
    form = soup(browser.get("/posts/hello")).form(".comment-form")
    assert set(form) == {"body", "uid"}
    browser.post(ADDRESS, data=form | {"body": "Fast.", "website": "x", "stamp": "x"})
    assert read.all(Comment)[0].is_approved


def test_guests_are_let_in_only_where_the_owner_wants_them(
    client: TestClient, form: dict[str, str], make: Make, read: Read
) -> None:
    make.setting("guests", "no")
    response = client.post(ADDRESS, data=form)
    assert response.status_code == 401
    assert soup(response).form(".comment-form")["body"] == "From afar."
    assert read.count(Comment) == 0


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_where_guests_may_comment_an_ended_session_still_keeps_the_words(
    client: TestClient, sign_in: SignIn, make: Make, clock: Clock, read: Read, headers: dict[str, str] | None
) -> None:
    opened = soup(sign_in(make.user()).get("/posts/hello")).form(".comment-form")
    response = client.post(ADDRESS, data=opened | {"body": "My words."}, headers=headers)
    answer = soup(response)
    assert response.status_code == 422
    assert answer.one(".notice-error[data-focus] a[target=_blank]").attributes["href"] == "/sign-in"
    assert not answer.has("[role=alert]")
    form = answer.form(".comment-form")
    assert (form["body"], form["uid"]) == ("My words.", opened["uid"])
    clock.advance(seconds=3)
    client.post(ADDRESS, data=form | {"name": "Gwen", "email": "gwen@example.org"})
    assert read.all(Comment)[0].is_pending
