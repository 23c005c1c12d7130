"""What somebody received, and marking it read."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.messages.queries import PAGE_SIZE
from web.models.message import UserMessageAssociation
from web.models.user import User

SUBJECTS = ".message h2"
Headers = dict[str, str] | None


@pytest.fixture
def rita(make: Make) -> User:
    """A reader."""
    return make.user("rita")


def subjects(browser: TestClient, address: str = "/messages") -> list[str]:
    return [text.removesuffix(" (unread)") for text in soup(browser.get(address)).texts(SUBJECTS)]


def test_it_lists_what_is_for_everybody_and_for_oneself(sign_in: SignIn, make: Make) -> None:
    make.message(subject="Before")
    make.clock.advance(minutes=1)
    rita, rob, olga = make.user("rita"), make.user("rob"), make.user("olga", role="owner", display_name="Olga Owner")
    make.message(subject="To all", sender=olga, body="Hello *all*.")
    make.message(rob, subject="To Rob")
    make.clock.advance(minutes=1)
    make.message(rita, subject="To Rita", link="/posts/hello#comment-1")
    browser = sign_in(rita)
    assert subjects(browser) == ["To Rita", "To all"]
    page = soup(browser.get("/messages"))
    assert page.link("To Rita") == "/posts/hello#comment-1"
    assert page.texts(".message-header > :not(h2)") == [
        "22 November 2026, 13:07",
        "Olga Owner",
        "To everybody",
        "22 November 2026, 13:06",
    ]
    assert page.text(".message em") == "all"
    assert subjects(sign_in(rob)) == ["To Rob", "To all"]


def test_looking_at_it_marks_nothing_read(sign_in: SignIn, make: Make, rita: User) -> None:
    make.message(rita)
    make.message()
    browser = sign_in(rita)
    for _ in range(2):
        page = soup(browser.get("/messages"))
        assert page.text("#unread-count") == "2 unread"
        assert len(page.all(".message-unread")) == 2
    assert soup(browser.get("/")).text("#unread-count") == "2 unread"


def test_one_is_marked_read_without_htmx(sign_in: SignIn, make: Make, rita: User, read: Read) -> None:
    messages = [make.message(rita), make.message()]
    browser = sign_in(rita)
    for unread, message in zip((1, 0), messages, strict=True):
        response = browser.post(f"/messages/{message.id}/reading")
        assert (response.status_code, response.headers["location"]) == (303, "/messages")
        page = soup(browser.get("/messages"))
        assert page.text(".flashes") == "Marked as read."
        assert len(page.all(".message-unread")) == unread
        assert page.text("#unread-count") == (f"{unread} unread" if unread else "")
    assert not page.has("#read-all:not([hidden])")
    assert [association.read_at for association in read.all(UserMessageAssociation)] == [make.clock.now] * 2


def test_one_is_marked_read_with_htmx(sign_in: SignIn, make: Make, rita: User) -> None:
    messages = [make.message(rita), make.message()]
    browser = sign_in(rita)
    for unread, message in zip(("1 unread", ""), messages, strict=True):
        answer = soup(browser.post(f"/messages/{message.id}/reading", headers=as_htmx))
        item = answer.one(f"article#letter-{message.id}[data-focus]")
        assert item.attributes["data-announce"].startswith("Marked as read.")
        assert not answer.has(".message-unread, article button")
        assert answer.text("#unread-count[data-hx-swap-oob]") == unread
        assert answer.has("#read-all[hidden]") == (unread == "")


def test_reading_twice_is_reading_once(sign_in: SignIn, make: Make, rita: User, read: Read) -> None:
    messages = [make.message(rita), make.message()]
    browser = sign_in(rita)
    first = make.clock.now
    for _ in range(2):
        for message in messages:
            assert browser.post(f"/messages/{message.id}/reading").status_code == 303
            answer = soup(browser.post(f"/messages/{message.id}/reading", headers=as_htmx))
            assert answer.has("article")
        make.clock.advance(hours=1)
    assert {association.read_at for association in read.all(UserMessageAssociation)} == {first}
    assert answer.text("#unread-count") == ""


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_what_is_not_for_oneself_is_not_there(
    client: TestClient, sign_in: SignIn, make: Make, read: Read, headers: Headers
) -> None:
    early = make.message()
    make.clock.advance(minutes=1)
    personal = make.message(make.user("rob"))
    for role in ("reader", "author", "editor", "owner"):
        browser = sign_in(make.user(role=role))
        for number in (early.id, personal.id, 999):
            assert browser.post(f"/messages/{number}/reading", headers=headers).status_code == 404
    for address in (f"/messages/{personal.id}/reading", "/messages/reading"):
        response = client.post(address, headers=headers)
        assert "/sign-in" in (response.headers.get("location") or response.headers["hx-redirect"])
    assert client.get("/messages").headers["location"] == "/sign-in?next=/messages"
    assert [association.read_at for association in read.all(UserMessageAssociation)] == [None]


@pytest.mark.parametrize("headers", [None, as_htmx])
def test_all_are_marked_read(sign_in: SignIn, make: Make, rita: User, read: Read, headers: Headers) -> None:
    rob = make.user("rob")
    for receiver in (rita, None, rob, None, rita):
        make.message(receiver)
    done = make.message(rita, read_at=make.clock.now)
    make.clock.advance(hours=1)
    browser = sign_in(rita)
    for _ in range(2):
        response = browser.post("/messages/reading", headers=headers)
        assert response.status_code == (200 if headers else 303)
    if headers:
        answer = soup(response)
        assert answer.text(".notice[data-focus][data-announce]") == "All messages are marked as read."
        assert len(answer.all("article.message")) == 5
        assert answer.text("#unread-count[data-hx-swap-oob]") == ""
    page = soup(browser.get("/messages"))
    assert (page.has(".message-unread"), page.text("#unread-count")) == (False, "")
    stored = {(one.user_id, one.message_id): one.read_at for one in read.all(UserMessageAssociation)}
    assert stored.pop((rita.id, done.id)) == make.clock.now.replace(hour=13)
    assert sorted(stored.values(), key=str) == [make.clock.now] * 4 + [None]
    assert soup(sign_in(rob).get("/messages")).text("#unread-count") == "3 unread"


def test_reading_in_several_windows_at_the_same_moment(
    app: Colophon, sign_in: SignIn, make: Make, rita: User, read: Read
) -> None:
    messages = [make.message() for _ in range(3)]
    browser = sign_in(rita)
    addresses = ["/messages/reading", *(f"/messages/{message.id}/reading" for message in messages)] * 2
    answers = at_once(app, [Press(browser, address, {}) for address in addresses])
    assert {answer.status_code for answer in answers} == {303}
    assert [one.read_at for one in read.all(UserMessageAssociation)] == [make.clock.now] * 3


def test_it_pages_by_key(sign_in: SignIn, make: Make, rita: User, counted: Counted) -> None:
    browser = sign_in(rita)
    make.message(rita, subject="0")
    with counted() as for_one:
        browser.get("/messages")
    for number in range(1, PAGE_SIZE + 2):
        make.message(None if number % 2 else rita, subject=str(number))
    with counted() as for_many:
        page = soup(browser.get("/messages"))
    assert len(for_one) == len(for_many) <= 3
    assert subjects(browser) == [str(number) for number in range(PAGE_SIZE + 1, 1, -1)]
    older = page.link("Older messages")
    assert subjects(browser, older) == ["1", "0"]
    appended = soup(browser.get(older, headers=as_htmx))
    assert not appended.has("h1")
    assert appended.one("article[data-focus] h2").text().startswith("1")
    assert not appended.has("a[rel=next]")
    for nonsense in ("x", "-1", "", "9" * 30):
        assert len(subjects(browser, f"/messages?before={nonsense}")) == PAGE_SIZE


def test_an_empty_list_says_so(sign_in: SignIn, rita: User) -> None:
    page = soup(sign_in(rita).get("/messages"))
    assert page.text(".empty-title") == "No messages"
    assert not page.has("#read-all:not([hidden])")
    assert "Write a message" not in page.texts("a")


def test_nothing_in_it_is_obeyed(sign_in: SignIn, make: Make, rita: User) -> None:
    nasty = "<script>alert(1)</script><b data-hx-get='/'>"
    make.message(rita, subject=nasty, body=nasty, sender=make.user(display_name=nasty))
    page = soup(sign_in(rita).get("/messages"))
    assert nasty in page.text("h2")
    assert not page.has(".message script, .message b, .message [data-hx-get]")
