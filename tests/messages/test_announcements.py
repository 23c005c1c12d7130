"""Writing messages."""

import pytest
from starlette.testclient import TestClient

from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.message import Message, UserMessageAssociation
from web.models.user import User

ADDRESS = "/messages/new"
WORDS = {"subject": "News", "body": "There is *news*."}
Headers = dict[str, str] | None


@pytest.fixture
def olga(make: Make) -> User:
    """The owner."""
    return make.user("olga", role="owner")


@pytest.fixture
def rita(make: Make) -> User:
    """A reader."""
    return make.user("rita")


def test_the_owner_writes_to_everybody(sign_in: SignIn, make: Make, olga: User, rita: User, read: Read) -> None:
    owner = sign_in(olga)
    page = soup(owner.get(ADDRESS))
    assert page.texts(".form label") == ["To", "Subject", "Body"]
    assert soup(owner.get("/messages")).link("Write a message") == ADDRESS
    response = owner.post(ADDRESS, data=page.form("main form") | WORDS)
    assert (response.status_code, response.headers["location"]) == (303, "/messages")
    assert soup(owner.get("/messages")).text(".flashes") == "Announced to everybody."
    (message,) = read.all(Message)
    assert (message.is_global, message.subject, message.sender_user_id) == (True, "News", olga.id)
    page = soup(sign_in(rita).get("/messages"))
    assert (page.text(".message em"), page.text(".message-header span:not(h2 *)")) == ("news", "Olga")


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_the_staff_write_to_one_person(
    sign_in: SignIn, make: Make, olga: User, rita: User, read: Read, headers: Headers
) -> None:
    eve, rob = make.user("eve", role="editor"), make.user("rob")
    for user in (olga, eve):
        browser = sign_in(user)
        form = soup(browser.get(f"{ADDRESS}?to=Rita")).form("main form")
        response = browser.post(ADDRESS, data=form | WORDS, headers=headers)
        assert (response.headers.get("location") or response.headers["hx-redirect"]) == "/messages"
        assert soup(browser.get("/messages")).text(".flashes") == "Sent to Rita."
    assert {told.user_id for told in read.all(UserMessageAssociation)} == {rita.id}
    assert len(soup(sign_in(rita).get("/messages")).all(".message-unread")) == 2
    assert not soup(sign_in(rob).get("/messages")).has(".message")


def test_others_write_to_nobody(client: TestClient, sign_in: SignIn, make: Make, read: Read) -> None:
    for role in ("reader", "contributor", "author"):
        browser = sign_in(make.user(role=role))
        for headers in (None, as_htmx):
            assert browser.get(ADDRESS, headers=headers).status_code == 403
            assert browser.post(ADDRESS, data=WORDS | {"to": "rita"}, headers=headers).status_code == 403
    assert client.get(ADDRESS).headers["location"] == f"/sign-in?next={ADDRESS}"
    assert read.count(Message) == 0


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_words_outlive_the_session_of_their_writer(client: TestClient, read: Read, headers: Headers) -> None:
    response = client.post(ADDRESS, data=WORDS | {"to": "rita"}, headers=headers)
    answer = soup(response)
    assert response.status_code == 401
    assert answer.form("form.form") == WORDS | {"to": "rita"}
    assert answer.one("form.form a[target=_blank]").attributes["href"] == "/sign-in"
    assert read.count(Message) == 0


BAD = [
    ("subject", " ", "Please give it a subject."),
    ("subject", "x" * 201, "A subject can have at most 200 characters; this has 201."),
    ("subject", "Bell\x07", "This contains a control character (U+0007). Please remove it."),
    ("body", "\n", "Please write your message first."),
    ("body", "x" * 10_001, "A message can have at most 10,000 characters; this has 10,001."),
    ("to", "nobody", "Nobody who can sign in has this username. Please check it."),
    ("to", "imported", "Nobody who can sign in has this username. Please check it."),
    ("to", "x" * 51, "A username can have at most 50 characters; this has 51."),
]


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_what_is_wrong_comes_back(
    sign_in: SignIn, make: Make, olga: User, rita: User, read: Read, headers: Headers
) -> None:
    make.user("imported", is_active=False)
    owner = sign_in(olga)
    for field, value, words in BAD:
        sent = WORDS | {"to": "rita", field: value}
        response = owner.post(ADDRESS, data=sent, headers=headers)
        answer = soup(response)
        assert response.status_code == 422
        assert answer.texts(".field-error") == [words]
        form = answer.form("form.form")
        assert {key: text.strip() for key, text in form.items()} == {key: text.strip() for key, text in sent.items()}
        assert answer.has("h1") == (headers is None)
    assert read.count(Message) == 0


def test_an_editor_names_somebody(sign_in: SignIn, make: Make, read: Read) -> None:
    editor = sign_in(make.user(role="editor"))
    response = editor.post(ADDRESS, data=WORDS)
    assert response.status_code == 422
    assert "Only the owner" in soup(response).text("#to-error")
    assert read.count(Message) == 0


def test_the_same_twice_is_sent_once(
    app: Colophon, sign_in: SignIn, make: Make, olga: User, rita: User, read: Read
) -> None:
    owner = sign_in(olga)
    make.user("rob")
    for to in ("", "rita"):
        answers = at_once(app, [Press(owner, ADDRESS, WORDS | {"to": to})] * 4)
        assert {answer.status_code for answer in answers} == {303}
    assert [message.is_global for message in read.all(Message)] == [True, False]
    owner.post(ADDRESS, data=WORDS | {"to": "rob"})
    owner.post(ADDRESS, data=WORDS | {"to": "", "subject": "Other news"})
    assert read.count(Message) == 4
    make.clock.advance(minutes=1, seconds=1)
    owner.post(ADDRESS, data=WORDS | {"to": "rita"})
    assert read.count(Message) == 5


def test_a_long_title_is_cut_in_the_subject(sign_in: SignIn, make: Make, rita: User, read: Read) -> None:
    post = make.post(title="Very " * 39 + "long", slug="long")
    comment = make.comment(post, rita)
    answering = sign_in(make.user(display_name="N" * 100))
    answering.post("/posts/long/comments", data={"body": "Hm.", "parent": str(comment.id)})
    (message,) = read.all(Message)
    assert message.subject.startswith("N" * 100)
    assert len(message.subject) <= 200
