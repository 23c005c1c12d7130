"""A scheduled post appears by itself at its minute, everywhere at once, and not a second earlier."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, schedule, stored
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.slug import Slug
from web.models.user import User

AT = "2026-11-23T09:00"
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVERYWHERE = [
    "/", "/archive", "/archive?year=2026", "/tags", "/tags/heron", "/authors/ada", "/feed.xml", "/rss.xml",
    "/feed.json", "/tags/heron/feed.xml", "/authors/ada/rss.xml", "/comments/feed.xml", "/sitemap.xml", "/posts/heron",
    "/posts/heron.md", "/posts/old-heron", "/posts/heron/comments/new",
]  # fmt: skip


@BOTH
def test_it_appears_by_itself_everywhere_at_its_minute(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Heron", tags="heron", published=False)
    make.add(Slug(slug="old-heron", post_id=post.id, created_at=clock.now))
    make.comment(post, ada, body="Under the heron.")
    make.setting("guests", "yes")
    response = schedule(browser, post, headers=headers)
    if headers:
        # Only what changed comes: whoever is typing elsewhere on the page goes on.
        assert (response.status_code, response.headers["hx-retarget"]) == (200, "#settings-note")
        targets = ("#state", "#schedule", "#review")
        assert [f'data-hx-target="{target}" data-hx-swap="outerHTML">\n' in response.text for target in targets] == [
            True
        ] * 3
        assert "settings-form" not in response.text
    else:
        assert (response.status_code, response.headers["location"]) == (303, f"/write/{post.id}/settings")
    clock.now = MOMENT - timedelta(microseconds=1)
    before = {address: client.get(address) for address in EVERYWHERE}
    assert [address for address, found in before.items() if "heron" in found.text.lower()] == []
    assert client.post("/posts/heron/comments", data={"body": "x"}).status_code == 404
    clock.now = MOMENT
    after = {address: client.get(address) for address in EVERYWHERE}
    assert [address for address, found in after.items() if found.status_code not in (200, 301)] == []
    missing = [address for address, found in after.items() if "heron" not in (found.text + str(found.headers)).lower()]
    assert missing == ["/posts/heron.md"], "which says only “Some words.”"
    assert '"datePublished": "2026-11-23T09:00:00+00:00"' in after["/posts/heron"].text
    assert '"dateModified": "2026-11-23T09:00:00+00:00"' in after["/posts/heron"].text


def test_whoever_asks_only_for_news_gets_it(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    make.post(ada, title="First")
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    for address in ("/feed.xml", "/sitemap.xml"):
        clock.now = MOMENT - timedelta(minutes=1)
        seen = client.get(address)
        known = {"If-None-Match": seen.headers["etag"]}
        clock.now = MOMENT - timedelta(seconds=1)
        assert client.get(address, headers=known).status_code == 304
        clock.now = MOMENT
        assert "heron" in client.get(address, headers=known).text


def test_its_authors_and_editors_see_it_before(browser: TestClient, make: Make, ada: User, sign_in: SignIn) -> None:
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    for staff in (browser, sign_in(make.user(role="editor"))):
        page = soup(staff.get("/posts/heron"))
        assert "it is scheduled" in page.text(".post-header .notice")
        assert page.attribute("meta[name=robots]", "content") == "noindex"
        assert not page.has(".comment-form")
    assert sign_in(make.user(role="author")).get("/posts/heron").status_code == 404


def test_the_writers_list_knows_the_state(browser: TestClient, make: Make, ada: User, clock: Clock) -> None:
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    for state, titles in (("scheduled", ["Heron"]), ("published", []), ("draft", []), ("", ["Heron"])):
        assert soup(browser.get(f"/write?state={state}")).texts("main li > div:first-child > a") == titles
    assert soup(browser.get("/write")).text(".badge-scheduled") == "Scheduled"
    clock.now = MOMENT
    assert soup(browser.get("/write?state=published")).text(".badge-published") == "Published"
    assert not soup(browser.get("/write?state=scheduled")).has("main li")


def test_the_editor_says_when(browser: TestClient, make: Make, ada: User) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post, "2026-12-01T10:00")
    page = soup(browser.get(f"/write/{post.id}"))
    assert "Scheduled for 1 December 2026, 10:00" in page.text(".editor-state")
    settings = soup(browser.get(page.link("Post settings")))
    assert "It appears by itself on 1 December 2026, 10:00 (UTC+1)." in settings.text(".editor-state")
    assert settings.form("#schedule form:first-of-type")["moment"] == "2026-12-01T10:00"


@BOTH
def test_it_can_be_taken_back(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read, clock: Clock, headers: dict[str, str]
) -> None:
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    page = soup(browser.get(f"/write/{post.id}/settings"))
    assert page.button("Change time")
    assert page.button("Unschedule")
    assert browser.post(f"/write/{post.id}/schedule/cancellation", headers=headers).status_code == (
        200 if headers else 303
    )
    assert (stored(read, post).post_status_lookup_code, stored(read, post).published_at) == ("draft", None)
    clock.now = MOMENT
    assert client.get("/posts/heron").status_code == 404


def test_one_that_has_appeared_meanwhile_stays(
    browser: TestClient, client: TestClient, make: Make, ada: User, clock: Clock
) -> None:
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    clock.now = MOMENT
    assert browser.post(f"/write/{post.id}/schedule/cancellation").status_code == 303
    assert client.get("/posts/heron").status_code == 200


def test_a_post_shown_before_keeps_its_date_when_the_schedule_is_taken_back(
    browser: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    post = make.post(ada, title="Heron")
    browser.post(f"/write/{post.id}/publication/withdrawal")
    for moment in (AT, "2026-11-24T09:00"):
        assert schedule(browser, post, moment).status_code == 303
    assert stored(read, post).published_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    browser.post(f"/write/{post.id}/schedule/cancellation")
    assert stored(read, post).published_at == post.published_at
    schedule(browser, post)
    browser.post(f"/write/{post.id}/publication")
    assert stored(read, post).published_at == post.published_at


def test_the_editor_offers_to_publish_a_scheduled_post_now(browser: TestClient, make: Make, ada: User) -> None:
    post = make.post(ada, published=False)
    schedule(browser, post)
    assert soup(browser.get(f"/write/{post.id}")).button("Publish")


def test_withdrawing_a_scheduled_post_takes_the_schedule_back(
    browser: TestClient, make: Make, ada: User, read: Read
) -> None:
    post = make.post(ada, published=False)
    schedule(browser, post)
    browser.post(f"/write/{post.id}/publication/withdrawal")
    assert (stored(read, post).post_status_lookup_code, stored(read, post).published_at) == ("draft", None)


def test_publishing_a_scheduled_post_shows_it_at_once(
    browser: TestClient, client: TestClient, make: Make, ada: User, read: Read, clock: Clock
) -> None:
    post = make.post(ada, title="Heron", published=False)
    schedule(browser, post)
    clock.advance(minutes=1)
    browser.post(f"/write/{post.id}/publication")
    assert stored(read, post).published_at == clock.now
    assert client.get("/posts/heron").status_code == 200


@BOTH
def test_what_cannot_be_scheduled_says_why(
    browser: TestClient, make: Make, ada: User, clock: Clock, headers: dict[str, str]
) -> None:
    cases = {
        "published already": make.post(ada),
        "deleted": make.post(ada, published=False, deleted_at=clock.now),
        "write something first": make.post(ada, published=False, body=" \n"),
    }
    for words, post in cases.items():
        response = schedule(browser, post, headers=headers)
        assert response.status_code == 422
        assert words in soup(response).text("main, section")


CASES = [
    ("reader", "other", 403),
    ("contributor", "own", 403),
    ("contributor", "other", 404),
    ("author", "own", 303),
    ("author", "other", 404),
    ("editor", "other", 303),
    ("owner", "other", 303),
]


@pytest.mark.parametrize(("role", "whose", "expected"), CASES, ids=str)
def test_who_may_schedule(make: Make, sign_in: SignIn, role: str, whose: str, expected: int) -> None:
    user = make.user("somebody", role=role)
    browser = sign_in(user)
    post = make.post(user if whose == "own" else None, published=False)
    assert schedule(browser, post).status_code == expected
    assert browser.post(f"/write/{post.id}/schedule/cancellation").status_code == expected


def test_strangers_are_asked_to_sign_in(client: TestClient, make: Make) -> None:
    post = make.post(published=False)
    for action in ("schedule", "schedule/cancellation"):
        assert client.post(f"/write/{post.id}/{action}").headers["location"].startswith("/sign-in")


def test_a_contributor_may_not_change_what_is_scheduled(make: Make, sign_in: SignIn, client: TestClient) -> None:
    carl = make.user("carl", role="contributor")
    post = make.post(carl, published=False)
    schedule(sign_in(make.user(role="editor")), post)
    assert sign_in(carl).get(f"/write/{post.id}").status_code == 403
