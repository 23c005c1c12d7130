"""Secret links: unguessable, listed, revocable, expiring, and known to nobody but those who have them."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.publishing.conftest import BOTH
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.preview_link import PreviewLink
from web.models.user import User

TOKEN = re.compile(r"http://testserver(/preview/[A-Za-z0-9_-]{43})")


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Heron", body="A heron.", tags="birds", published=False)


def make_link(browser: TestClient, post: Post, days: str = "7") -> str:
    """Make a link with htmx and return its path."""
    response = browser.post(f"/write/{post.id}/preview-links", data={"days": days}, headers=as_htmx)
    match = TOKEN.fullmatch(soup(response).attribute("#new-link", "value") or "")
    assert match is not None
    return match[1]


@BOTH
def test_a_link_is_shown_once_and_opens_the_post(
    browser: TestClient, client: TestClient, post: Post, ada: User, read: Read, headers: dict[str, str]
) -> None:
    response = browser.post(f"/write/{post.id}/preview-links", data={"days": "7"}, headers=headers)
    assert response.status_code == (200 if headers else 303)
    shown = response.text if headers else browser.get(response.headers["location"]).text
    (path,) = set(TOKEN.findall(shown))
    assert not TOKEN.findall(browser.get(f"/write/{post.id}/settings").text)
    page = client.get(path)
    assert soup(page).text("h1") == "Heron"
    assert soup(page).text("article .prose") == "A heron."
    (link,) = read.all(PreviewLink)
    assert path.removeprefix("/preview/") not in link.token_hash
    assert (link.post_id, link.creator_user_id) == (post.id, ada.id)


def test_its_address_goes_nowhere(browser: TestClient, client: TestClient, post: Post) -> None:
    response = client.get(make_link(browser, post))
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["x-robots-tag"] == "noindex"
    page = soup(response)
    assert page.attribute("meta[name=robots]", "content") == "noindex"
    assert not page.has("link[rel=canonical], meta[property^='og:'], script[type='application/ld+json']")
    assert not page.has(".comment-form, #comments, .tag")


def test_the_address_of_a_link_that_leads_nowhere_goes_nowhere_either(
    browser: TestClient, client: TestClient, post: Post, clock: Clock
) -> None:
    revoked, expired = make_link(browser, post), make_link(browser, post, "1")
    browser.post(f"/write/{post.id}/preview-links/1/revocation")
    clock.advance(days=2)
    for path in (revoked, expired, f"/preview/{'0' * 43}"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["cache-control"] == "private, no-store"
        assert response.headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(("days", "name"), [("1", "1 day"), ("7", "7 days"), ("30", "30 days")])
def test_it_expires(browser: TestClient, client: TestClient, post: Post, clock: Clock, days: str, name: str) -> None:
    page = soup(browser.get(f"/write/{post.id}/settings"))
    assert name in page.texts("#days option")
    assert page.text("#days option[selected]") == "7 days"
    path = make_link(browser, post, days)
    clock.advance(days=int(days), microseconds=-1)
    assert client.get(path).status_code == 200
    clock.advance(microseconds=1)
    assert client.get(path).status_code == 404
    assert not soup(browser.get(f"/write/{post.id}/settings")).has("#preview-links li")


@BOTH
def test_it_can_be_revoked(browser: TestClient, client: TestClient, post: Post, headers: dict[str, str]) -> None:
    path, other = make_link(browser, post), make_link(browser, post)
    page = soup(browser.get(f"/write/{post.id}/settings"))
    assert len(page.all("#preview-links li")) == 2
    assert "by Ada" in page.text("#preview-links li")
    address = page.attributes("#preview-links li form", "action")[0]
    for _ in range(2):
        assert browser.post(address, headers=headers).status_code == (200 if headers else 303)
    assert [client.get(found).status_code for found in (path, other)] == [404, 200]


@pytest.mark.parametrize("token", ["0" * 43, "0" * 42, "0" * 44, "x", "0" * 42 + "%0A", "0" * 42 + "%C3%A9"])
def test_what_is_no_link_is_not_found(browser: TestClient, client: TestClient, post: Post, token: str) -> None:
    make_link(browser, post)
    assert client.get(f"/preview/{token}").status_code == 404


def test_a_deleted_post_has_no_preview(browser: TestClient, client: TestClient, post: Post) -> None:
    path = make_link(browser, post)
    browser.post(f"/write/{post.id}/deletion")
    assert client.get(path).status_code == 404


def test_private_and_scheduled_posts_have_one(browser: TestClient, client: TestClient, make: Make, ada: User) -> None:
    columns = ({"post_visibility_lookup_code": "private"}, {"published_at": make.clock.now + timedelta(days=1)})
    for found in (make.post(ada, **more) for more in columns):
        path = make_link(browser, found)
        assert client.get(path).status_code == 200
        assert client.get(f"/posts/{found.slug}").status_code == 404


@BOTH
@pytest.mark.parametrize("days", ["", "0", "-1", "365", "x"])
def test_no_other_time_can_be_chosen(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str], days: str
) -> None:
    response = browser.post(f"/write/{post.id}/preview-links", data={"days": days}, headers=headers)
    assert response.status_code == 422
    assert soup(response).has("#days-error")
    assert read.count(PreviewLink) == 0


@BOTH
def test_there_are_not_endlessly_many(
    browser: TestClient, make: Make, post: Post, clock: Clock, headers: dict[str, str]
) -> None:
    columns = {"post_id": post.id, "created_at": clock.now, "expires_at": clock.now + timedelta(days=1)}
    make.add(*(PreviewLink(token_hash=str(number), **columns) for number in range(20)))
    response = browser.post(f"/write/{post.id}/preview-links", data={"days": "1"}, headers=headers)
    assert response.status_code == 422
    assert "revoke one of them first" in soup(response).text("#preview-links .notice-error")


CASES = [
    ("reader", "other", True, 403),
    ("contributor", "own", False, 303),
    ("contributor", "other", False, 404),
    ("author", "own", True, 303),
    ("author", "other", True, 403),
    ("editor", "other", False, 303),
    ("owner", "other", False, 303),
]


@pytest.mark.parametrize(("role", "whose", "published", "expected"), CASES, ids=str)
def test_who_may(
    make: Make, sign_in: SignIn, clock: Clock, role: str, whose: str, published: bool, expected: int
) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    post = make.post(user if whose == "own" else None, published=published)
    until = clock.now + timedelta(days=1)
    make.add(PreviewLink(token_hash="x", post_id=post.id, created_at=clock.now, expires_at=until))
    assert browser.post(f"/write/{post.id}/preview-links", data={"days": "1"}).status_code == expected
    assert browser.post(f"/write/{post.id}/preview-links/1/revocation").status_code == expected


def test_the_link_of_another_post_is_not_found(browser: TestClient, make: Make, ada: User, post: Post) -> None:
    make_link(browser, post)
    other = make.post(ada, published=False)
    assert browser.post(f"/write/{other.id}/preview-links/1/revocation").status_code == 404


def test_strangers_are_asked_to_sign_in(client: TestClient, post: Post) -> None:
    for address in ("preview-links", "preview-links/1/revocation"):
        assert client.post(f"/write/{post.id}/{address}").headers["location"].startswith("/sign-in")


def test_a_preview_takes_three_statements(
    browser: TestClient, client: TestClient, post: Post, counted: Counted
) -> None:
    path = make_link(browser, post)
    with counted() as statements:
        client.get(path)
    assert len(statements) == 3, statements
