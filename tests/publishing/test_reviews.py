"""Contributors submit, editors approve or send back with a note."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.publishing.conftest import BOTH, stored
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.message import Message, UserMessageAssociation
from web.models.post import Post
from web.models.user import User


@pytest.fixture
def carl(make: Make) -> User:
    return make.user("carl", role="contributor")


@pytest.fixture
def eve(make: Make) -> User:
    return make.user("eve", role="editor")


@pytest.fixture
def contributor(carl: User, sign_in: SignIn) -> TestClient:
    return sign_in(carl)


@pytest.fixture
def editor(eve: User, sign_in: SignIn) -> TestClient:
    return sign_in(eve)


@pytest.fixture
def post(make: Make, carl: User) -> Post:
    return make.post(carl, title="Heron", published=False)


def press(browser: TestClient, post: Post, action: str = "", headers: dict[str, str] | None = None, **data: str) -> int:
    return browser.post(f"/write/{post.id}/review{action}", data=data, headers=headers or {}).status_code


def subjects(browser: TestClient) -> list[str]:
    return soup(browser.get("/messages")).texts(".message h2")


@BOTH
def test_a_submitted_post_waits_where_editors_look(
    contributor: TestClient, editor: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    page = soup(contributor.get(f"/write/{post.id}/settings"))
    assert page.button("Submit for review")
    assert not page.has("#schedule .card")
    assert press(contributor, post, headers=headers) == (200 if headers else 303)
    assert stored(read, post).post_status_lookup_code == "review"
    assert "1 post waits for review." in soup(editor.get("/manage")).text("main")
    listed = soup(editor.get(soup(editor.get("/manage")).link("Review")))
    assert listed.texts("main li > div:first-child > a") == ["Heron"]
    assert listed.text("main li .badge") == "In review"
    assert listed.text("nav[aria-label='Posts by state'] [aria-current]") == "In review"
    assert subjects(editor) == ["“Heron” by Carl waits for review (unread)"]
    assert "it is in review" in soup(editor.get("/posts/heron")).text(".notice")


def test_submitting_twice_waits_once(contributor: TestClient, editor: TestClient, post: Post) -> None:
    assert [press(contributor, post), press(contributor, post)] == [303, 303]
    assert len(subjects(editor)) == 1


@BOTH
def test_a_submission_can_be_withdrawn(
    contributor: TestClient, editor: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    press(contributor, post)
    assert soup(contributor.get(f"/write/{post.id}/settings")).button("Withdraw submission")
    assert press(contributor, post, "/withdrawal", headers) == (200 if headers else 303)
    assert stored(read, post).post_status_lookup_code == "draft"
    assert subjects(editor) == ["“Heron” by Carl waits for review"], "read, because nobody need look any more"
    assert press(contributor, post, "/withdrawal") == 303


@BOTH
def test_an_approved_post_is_published(
    contributor: TestClient, editor: TestClient, client: TestClient, post: Post, clock: Clock, headers: dict[str, str]
) -> None:
    press(contributor, post)
    form = soup(editor.get(f"/write/{post.id}/settings")).form("form[action$='/approval']")
    assert press(editor, post, "/approval", headers, **form) == (200 if headers else 303)
    assert client.get("/posts/heron").status_code == 200
    assert subjects(contributor) == ["“Heron” was approved and published (unread)"]
    assert subjects(editor) == ["“Heron” by Carl waits for review"]
    assert soup(editor.get("/manage")).text("main").count("No post waits for review.") == 1


@BOTH
def test_a_post_that_is_sent_back_comes_with_a_note(
    contributor: TestClient, editor: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    press(contributor, post)
    assert soup(editor.get(f"/write/{post.id}/settings")).text("label[for=note]") == "Note"
    assert press(editor, post, "/return", headers, note="Please say *more*.") == (200 if headers else 303)
    assert stored(read, post).post_status_lookup_code == "draft"
    page = soup(contributor.get("/messages"))
    assert page.text(".message .prose") == "Please say more."
    assert page.link("“Heron” was sent back") == f"/write/{post.id}"


@BOTH
@pytest.mark.parametrize(
    ("note", "message"),
    [("", "Please say what"), ("x" * 10_001, "at most 10,000 characters"), ("a\x07", "control character")],
)
def test_a_note_must_say_something(
    contributor: TestClient,
    editor: TestClient,
    post: Post,
    read: Read,
    headers: dict[str, str],
    note: str,
    message: str,
) -> None:
    press(contributor, post)
    response = editor.post(f"/write/{post.id}/review/return", data={"note": note}, headers=headers)
    assert response.status_code == 422
    assert message in soup(response).text("#note-error")
    assert soup(response).form("form[action$='/return']")["note"] == note
    assert stored(read, post).post_status_lookup_code == "review"


@BOTH
def test_who_decides_too_late_keeps_the_note(editor: TestClient, post: Post, headers: dict[str, str]) -> None:
    response = editor.post(f"/write/{post.id}/review/return", data={"note": "Shorter."}, headers=headers)
    assert response.status_code == 422
    assert "does not wait for review any more" in soup(response).text("#review .notice")
    assert soup(response).form("form[action$='/return']")["note"] == "Shorter."
    assert press(editor, post, "/approval", headers) == 422


@BOTH
def test_whoever_was_signed_out_keeps_the_note(client: TestClient, post: Post, headers: dict[str, str]) -> None:
    response = client.post(f"/write/{post.id}/review/return", data={"note": "Shorter."}, headers=headers)
    assert response.status_code == 401
    assert "Heron" not in response.text
    if headers:
        # The note still stands where it was typed: only the place above the page is filled.
        assert response.headers["hx-retarget"] == "#settings-note"
    else:
        assert soup(response).form("form[action$='/return']")["note"] == "Shorter."


@BOTH
def test_nothing_unseen_is_approved(
    contributor: TestClient, editor: TestClient, post: Post, read: Read, clock: Clock, headers: dict[str, str]
) -> None:
    press(contributor, post)
    form = soup(editor.get(f"/write/{post.id}/settings")).form("form[action$='/approval']")
    clock.advance(seconds=1)
    words = soup(contributor.get(f"/write/{post.id}")).form("#editor") | {"body": "Other words."}
    assert contributor.post(f"/write/{post.id}", data=words).status_code == 303
    response = editor.post(f"/write/{post.id}/review/approval", data=form, headers=headers)
    assert response.status_code == 422
    assert "changed after you opened this page" in soup(response).text("#review .notice")
    again = soup(response).form("form[action$='/approval']")
    assert press(editor, post, "/approval", **again) == 303
    assert stored(read, post).body == "Other words."


def test_what_cannot_be_submitted_says_why(contributor: TestClient, make: Make, carl: User, clock: Clock) -> None:
    cases = {
        "write something first": make.post(carl, published=False, body=" "),
        "is deleted": make.post(carl, published=False, deleted_at=clock.now),
    }
    for words, post in cases.items():
        for headers in ({}, as_htmx):
            response = contributor.post(f"/write/{post.id}/review", headers=headers)
            assert response.status_code == 422
            assert words in soup(response).text("#review .notice")


def test_pressed_at_the_same_moment_there_is_one_message(
    app: Colophon, contributor: TestClient, editor: TestClient, post: Post, read: Read
) -> None:
    at_once(app, [Press(contributor, f"/write/{post.id}/review", {})] * 3)
    assert read.count(Message) == 1
    statuses = {
        answer.status_code for answer in at_once(app, [Press(editor, f"/write/{post.id}/review/approval", {})] * 3)
    }
    assert statuses == {303, 422}
    assert read.count(Message) == 2


def test_where_nobody_can_be_told_nothing_is_sent(
    contributor: TestClient, make: Make, post: Post, carl: User, sign_in: SignIn, read: Read
) -> None:
    press(contributor, post)
    assert read.count(Message) == 0
    gone = make.post(make.user("ghost", is_active=False), post_status_lookup_code="review")
    assert press(sign_in(make.user(role="owner")), gone, "/approval") == 303
    assert read.count(Message) == 0


ACTIONS = ["", "/withdrawal", "/approval", "/return"]
# Who, whose post, in which state → what each of the actions above answers.
CASES = [
    ("reader", "other", "draft", [403] * 4),
    ("contributor", "own", "draft", [303, 303, 403, 403]),
    ("contributor", "own", "published", [403] * 4),
    ("contributor", "other", "review", [404] * 4),
    ("author", "own", "review", [303, 303, 403, 403]),
    ("author", "other", "review", [404] * 4),
    ("author", "other", "published", [403] * 4),
    ("editor", "other", "review", [403, 403, 303, 303]),
    ("owner", "other", "review", [403, 403, 303, 303]),
]


@pytest.mark.parametrize(("role", "whose", "state", "expected"), CASES, ids=str)
def test_who_may_do_what(make: Make, sign_in: SignIn, role: str, whose: str, state: str, expected: list[int]) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    found = []
    for action in ACTIONS:
        post = make.post(user if whose == "own" else None, post_status_lookup_code=state)
        found.append(press(browser, post, action, note="Shorter."))
    assert found == expected


def test_strangers_are_asked_to_sign_in(client: TestClient, post: Post) -> None:
    assert [press(client, post, action) for action in ACTIONS[:3]] == [303] * 3


@pytest.mark.parametrize("count", [1, 20])
def test_submitting_takes_as_many_statements_for_twenty_editors(
    contributor: TestClient, make: Make, post: Post, counted: Counted, read: Read, count: int
) -> None:
    for _ in range(count):
        make.user(role="editor")
    with counted() as statements:
        press(contributor, post)
    assert read.count(UserMessageAssociation) == count
    assert len(statements) <= 8, statements
