"""What is decided about a post beside its words."""

from datetime import UTC, datetime, timedelta

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
from web.models.post import Post
from web.models.preview_link import PreviewLink
from web.models.user import User


def typed(browser: TestClient, post: Post, **changes: str) -> dict[str, str]:
    """What the form would send after typing."""
    return soup(browser.get(f"/write/{post.id}/settings")).form("#settings-form") | changes


@BOTH
def test_a_published_post_can_be_dated_back(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str]
) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(ada, title="Old")
    make.post(ada, title="Newer", published_at=datetime(2020, 1, 1, tzinfo=UTC))
    data = typed(browser, post, published_at="1999-12-31T23:59")
    response = browser.post(f"/write/{post.id}/settings", data=data, headers=headers)
    assert response.status_code == (200 if headers else 303)
    assert stored(read, post).published_at == datetime(1999, 12, 31, 22, 59, tzinfo=UTC)
    assert soup(client.get("/")).texts(".post-summary-title") == ["Newer", "Old"]
    said = (
        soup(response).text("[data-announce]") if headers else soup(browser.get("/write/1/settings")).text(".flashes")
    )
    assert "The settings have been saved." in said


def test_saving_without_a_change_keeps_the_date_to_the_second(
    browser: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    for zone, moment in (("UTC", datetime(2026, 3, 1, 9, 30, 59, 123456, tzinfo=UTC)),
                         ("Europe/Berlin", datetime(2025, 10, 26, 1, 30, 7, tzinfo=UTC))):  # fmt: skip
        make.setting("zone", zone)
        post = make.post(ada, published_at=moment)
        before = stored(read, post)
        clock.advance(days=1)
        assert browser.post(f"/write/{post.id}/settings", data=typed(browser, post)).status_code == 303
        assert (stored(read, post).published_at, stored(read, post).updated_at) == (moment, before.updated_at)


@BOTH
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "Please type the date on which it was published."),
        ("nonsense", "Please type a date and a time"),
        ("2026-11-22T13:06", "This is still to come."),
    ],
)
def test_a_bad_date_comes_back_with_a_reason(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], value: str, message: str
) -> None:
    post = make.post(ada)
    data = typed(browser, post, published_at=value)
    response = browser.post(f"/write/{post.id}/settings", data=data, headers=headers)
    assert response.status_code == 422
    assert message in soup(response).text("#published_at-error")
    assert soup(response).form("#settings-form")["published_at"] == value
    assert stored(read, post).published_at == post.published_at


def test_only_what_is_published_has_a_date(
    browser: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    post = make.post(ada, published=False)
    assert "published_at" not in typed(browser, post)
    browser.post(f"/write/{post.id}/settings", data=typed(browser, post) | {"published_at": "1999-12-31T23:59"})
    assert stored(read, post).published_at is None


CASES = [
    ("reader", "other", True, 403),
    ("contributor", "own", False, 303),
    ("contributor", "own", True, 403),
    ("contributor", "other", False, 404),
    ("author", "own", True, 303),
    ("author", "other", True, 403),
    ("author", "other", False, 404),
    ("editor", "other", True, 303),
    ("owner", "other", False, 303),
]


@pytest.mark.parametrize(("role", "whose", "published", "expected"), CASES, ids=str)
def test_who_may_decide(make: Make, sign_in: SignIn, role: str, whose: str, published: bool, expected: int) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    post = make.post(user if whose == "own" else None, published=published)
    address = f"/write/{post.id}/settings"
    assert browser.get(address).status_code == (200 if expected == 303 else expected)
    data = typed(browser, post) if expected == 303 else {}
    assert browser.post(address, data=data).status_code == expected


def test_strangers_are_asked_to_sign_in(client: TestClient, make: Make) -> None:
    address = f"/write/{make.post().id}/settings"
    assert client.get(address).headers["location"] == f"/sign-in?next={address}"
    assert client.post(address).headers["location"].startswith("/sign-in")
    assert client.post(address, headers=as_htmx).status_code == 401


FORMS = {
    "settings": {"visibility": "public", "canonical_url": "https://example.org/typed", "comments": "open"},
    "schedule": {"moment": "2026-11-23T09:00"},
    "authors": {"username": "bob"},
    "series": {"series": "Birds", "position": "2"},
    "page": {"menu_order": "3"},
    "preview-links": {"days": "7"},
}


@pytest.mark.parametrize("form", FORMS)
def test_whoever_was_signed_out_keeps_every_field(client: TestClient, make: Make, form: str) -> None:
    address = f"/write/{make.post(title='Heron').id}/{form}"
    plain = client.post(address, data=FORMS[form])
    assert plain.status_code == 401
    assert soup(plain).form("#kept") == FORMS[form]
    assert soup(plain).attribute("#kept", "action") == address
    assert "Heron" not in plain.text
    swapped = client.post(address, data=FORMS[form], headers=as_htmx)
    # The note has a place of its own: no field is touched.
    assert (swapped.status_code, swapped.headers["hx-retarget"]) == (401, "#settings-note")
    assert soup(swapped).form("form[action='/sign-in']")["stays"] == "1"


def test_what_is_kept_is_called_what_it_was_called(client: TestClient, make: Make) -> None:
    sent = {"visibility": "private", "is_featured": "y", "shown": '{"visibility": "public"}'}
    page = soup(client.post(f"/write/{make.post().id}/settings", data=sent))
    assert page.form("#kept") == sent
    assert page.text("#kept option[selected]") == "Private: its authors and the editors"
    assert "public" not in page.text("#kept")
    assert page.text(".field-check label") == "Featured"


def test_of_two_posts_featured_at_once_one_is(make: Make, sign_in: SignIn, app: Colophon, read: Read) -> None:
    present, *posts = [make.post(featured_at=make.clock.now if n == 0 else None) for n in range(3)]
    editors = [sign_in(make.user(role="editor")) for _ in posts]
    forms = [typed(browser, post, is_featured="y") for browser, post in zip(editors, posts, strict=True)]
    again = typed(editors[0], present)
    presses = [
        Press(browser, f"/write/{post.id}/settings", form)
        for browser, post, form in zip(editors, posts, forms, strict=True)
    ]
    answers = at_once(app, [*presses, Press(editors[0], f"/write/{present.id}/settings", again)])
    assert {answer.status_code for answer in answers} == {303}
    assert len([post for post in read.all(Post) if post.featured_at]) == 1


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_takes_few_statements_however_much_it_lists(
    make: Make, sign_in: SignIn, ada: User, counted: Counted, clock: Clock, count: int
) -> None:
    post = make.post([ada, *(make.user(role="author") for _ in range(count - 1))])
    link = {"post_id": post.id, "created_at": clock.now, "expires_at": clock.now + timedelta(days=1)}
    make.add(*(PreviewLink(token_hash=str(number), **link) for number in range(count)))
    browser = sign_in(ada)
    with counted() as statements:
        browser.get(f"/write/{post.id}/settings")
    assert len(statements) == 5, statements
