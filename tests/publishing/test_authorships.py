"""Several authors, in the order that they want; at least one stays."""

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH
from tests.support.at_once import Press, at_once
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.app import Colophon
from web.models.post import Post, UserPostAssociation
from web.models.user import User


@pytest.fixture
def bob(make: Make) -> User:
    return make.user("bob", role="author")


@pytest.fixture
def cleo(make: Make) -> User:
    return make.user("cleo", role="contributor")


def byline(client: TestClient, post: Post) -> str:
    return soup(client.get(f"/posts/{post.slug}")).text(".byline-authors")


@BOTH
def test_an_author_is_added_at_the_end(
    browser: TestClient, client: TestClient, make: Make, ada: User, bob: User, headers: dict[str, str]
) -> None:
    post = make.post(ada)
    response = browser.post(f"/write/{post.id}/authors", data={"username": " Bob "}, headers=headers)
    assert response.status_code == (200 if headers else 303)
    assert byline(client, post) == "by Ada and Bob"
    page = soup(response) if headers else soup(browser.get(f"/write/{post.id}/settings"))
    assert page.texts("#authors li p") == ["Ada ada", "Bob bob"]
    assert soup(client.get("/authors/bob")).has(".post-summary")


def test_an_author_who_was_added_may_write(
    make: Make, browser: TestClient, ada: User, bob: User, sign_in: SignIn
) -> None:
    post = make.post(ada, published=False)
    other = sign_in(bob)
    assert other.get(f"/write/{post.id}").status_code == 404
    browser.post(f"/write/{post.id}/authors", data={"username": "bob"})
    assert other.get(f"/write/{post.id}").status_code == 200


@BOTH
def test_they_change_places(
    browser: TestClient, client: TestClient, make: Make, ada: User, bob: User, cleo: User, headers: dict[str, str]
) -> None:
    post = make.post([ada, bob, cleo])
    for name, direction, expected in [
        ("cleo", "up", "by Ada, Cleo and Bob"),
        ("cleo", "up", "by Cleo, Ada and Bob"),
        ("cleo", "up", "by Cleo, Ada and Bob"),
        ("ada", "down", "by Cleo, Bob and Ada"),
        ("ada", "down", "by Cleo, Bob and Ada"),
    ]:
        address = f"/write/{post.id}/authors/{name}/position"
        response = browser.post(address, data={"direction": direction}, headers=headers)
        assert response.status_code == (200 if headers else 303)
        assert byline(client, post) == expected
        if headers:
            assert soup(response).texts("#authors li p")[0].startswith(expected[3:6])


@BOTH
def test_one_is_taken_away_and_one_stays(
    browser: TestClient, client: TestClient, make: Make, ada: User, bob: User, headers: dict[str, str]
) -> None:
    post = make.post([bob, ada])
    assert browser.post(f"/write/{post.id}/authors/bob/removal", headers=headers).status_code == (
        200 if headers else 303
    )
    assert byline(client, post) == "by Ada"
    response = browser.post(f"/write/{post.id}/authors/ada/removal", headers=headers)
    assert response.status_code == 422
    assert "at least one author" in soup(response).text("#authors .notice")
    assert byline(client, post) == "by Ada"


@BOTH
def test_whoever_leaves_is_led_away(
    browser: TestClient, make: Make, ada: User, bob: User, headers: dict[str, str]
) -> None:
    post = make.post([ada, bob], published=False)
    response = browser.post(f"/write/{post.id}/authors/ada/removal", headers=headers)
    assert (response.headers.get("hx-redirect") or response.headers["location"]) == "/write"
    assert browser.get(f"/write/{post.id}").status_code == 404


@BOTH
@pytest.mark.parametrize(
    ("username", "message"),
    [
        ("", "Please type a username."),
        ("nobody", "Nobody who writes here"),
        ("rita", "Nobody who writes here"),
        ("ada", "Ada is an author of this post already."),
        ("x" * 51, "at most 50 characters"),
        ("b\x07b", "control character"),
    ],
)
def test_a_bad_name_comes_back_with_a_reason(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], username: str, message: str
) -> None:
    make.user("rita")
    post = make.post(ada)
    response = browser.post(f"/write/{post.id}/authors", data={"username": username}, headers=headers)
    assert response.status_code == 422
    assert message in soup(response).text("#username-error")
    assert soup(response).attribute("#username", "value") == username.strip()
    assert read.count(UserPostAssociation) == 1


def test_there_are_not_endlessly_many(browser: TestClient, make: Make, ada: User, bob: User) -> None:
    post = make.post([ada, *(make.user(role="author") for _ in range(19))])
    response = browser.post(f"/write/{post.id}/authors", data={"username": "bob"})
    assert "at most 20 authors" in soup(response).text("#username-error")


def test_of_two_who_take_each_other_away_one_stays(
    app: Colophon, make: Make, ada: User, bob: User, sign_in: SignIn, read: Read
) -> None:
    post = make.post([ada, bob])
    presses = [
        Press(sign_in(user), f"/write/{post.id}/authors/{other.username}/removal", {})
        for user, other in ((ada, bob), (bob, ada))
    ]
    statuses = sorted(response.status_code for response in at_once(app, presses))
    assert statuses[0] == 303
    assert statuses[1] in (403, 404, 422)
    assert read.count(UserPostAssociation) == 1


CASES = [
    ("reader", "other", True, 403),
    ("contributor", "own", False, 303),
    ("contributor", "own", True, 403),
    ("author", "other", True, 403),
    ("author", "other", False, 404),
    ("editor", "other", True, 303),
    ("owner", "other", False, 303),
]


@pytest.mark.parametrize(("role", "whose", "published", "expected"), CASES, ids=str)
def test_who_may(
    make: Make, sign_in: SignIn, ada: User, bob: User, role: str, whose: str, published: bool, expected: int
) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    post = make.post([user, ada] if whose == "own" else ada, published=published)
    assert browser.post(f"/write/{post.id}/authors", data={"username": "bob"}).status_code == expected
    assert browser.post(f"/write/{post.id}/authors/ada/position", data={"direction": "up"}).status_code == expected
    other = make.post([user, ada] if whose == "own" else [ada, bob], published=published)
    assert browser.post(f"/write/{other.id}/authors/ada/removal").status_code == expected


def test_strangers_are_asked_to_sign_in(client: TestClient, make: Make, ada: User) -> None:
    post = make.post(ada)
    for action in ("", "/ada/removal", "/ada/position"):
        assert client.post(f"/write/{post.id}/authors{action}").headers["location"].startswith("/sign-in")


def test_somebody_who_is_no_author_is_not_found(browser: TestClient, make: Make, ada: User, bob: User) -> None:
    post = make.post(ada)
    for action in ("removal", "position"):
        assert browser.post(f"/write/{post.id}/authors/bob/{action}", headers=as_htmx).status_code == 404


@BOTH
def test_whoever_becomes_an_author_is_told_once(
    browser: TestClient, make: Make, ada: User, sign_in: SignIn, headers: dict[str, str]
) -> None:
    post, bob = make.post(ada, title="Heron", published=False), make.user("bob", role="author")
    for _ in range(2):
        browser.post(f"/write/{post.id}/authors", data={"username": "bob"}, headers=headers)
    theirs = sign_in(bob)
    page = soup(theirs.get("/messages"))
    assert page.texts(".message h2") == ["You are an author of “Heron” now (unread)"]
    assert theirs.get(f"/write/{post.id}").status_code == 200
    assert soup(browser.get("/messages")).texts(".message h2") == []
