"""What stands on other pages changes at its minute too, also where such a page was asked for a second before."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import schedule
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup
from web.models.post import Post
from web.models.user import User

LOCAL = "2026-11-23T09:00"
MOMENT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def published(make: Make, ada: User) -> Post:
    return make.post(ada, title="Heron")


@pytest.fixture
def scheduled(make: Make, ada: User) -> Post:
    return make.post(ada, title="Egret", published=False)


def around(client: TestClient, clock: Clock, path: str, selector: str) -> tuple[list[str], list[str]]:
    """The texts on a page a second before the moment, when it is asked for twice, and at the moment."""
    clock.now = MOMENT - SECOND
    client.get(path)
    before = soup(client.get(path)).texts(selector)
    clock.now = MOMENT
    return before, soup(client.get(path)).texts(selector)


def test_a_part_of_a_series_follows_its_neighbour(
    browser: TestClient, client: TestClient, published: Post, scheduled: Post, clock: Clock
) -> None:
    for post in (published, scheduled):
        browser.post(f"/write/{post.id}/series", data={"series": "Birds", "position": ""})
    schedule(browser, scheduled, LOCAL)
    assert around(client, clock, "/posts/heron", "nav.series-place a[rel=next]") == ([], ["Egret"])
    assert around(client, clock, "/series/birds", ".series-parts a") == (["Heron"], ["Heron", "Egret"])
    before, after = around(client, clock, "/series", ".row-list > li > .field-hint")
    assert (before, after) == (["1 part"], ["2 parts"])


def test_a_page_comes_into_the_menu(
    sign_in: SignIn, client: TestClient, make: Make, published: Post, scheduled: Post, clock: Clock
) -> None:
    editor = sign_in(make.user("eve", role="editor"))
    editor.post(f"/write/{scheduled.id}/page", data={"menu_order": "1"})
    schedule(editor, scheduled, LOCAL)
    for path in ("/posts/heron", "/archive"):
        assert around(client, clock, path, ".masthead-nav a[href='/egret']") == ([], ["Egret"])
    assert client.get("/egret").status_code == 200


def test_a_featured_post_comes_first(
    sign_in: SignIn, client: TestClient, make: Make, ada: User, published: Post, scheduled: Post, clock: Clock
) -> None:
    editor = sign_in(make.user("eve", role="editor"))
    editor.post(f"/write/{scheduled.id}/settings", data={"is_featured": "y"})
    schedule(editor, scheduled, LOCAL)
    # Made later and shown at the same moment: without being featured Egret would stand behind it.
    schedule(editor, make.post(ada, title="Crane", published=False), LOCAL)
    assert around(client, clock, "/", ".post-summary-title a") == (["Heron"], ["Egret", "Crane", "Heron"])


def test_comments_close_on_a_page_that_was_read_before(
    browser: TestClient, client: TestClient, make: Make, ada: User, published: Post, clock: Clock
) -> None:
    make.setting("guests", "yes")
    make.comment(published, ada, body="A word.")
    browser.post(f"/write/{published.id}/settings", data={"comments": "later", "comments_close_at": LOCAL})
    before, after = around(client, clock, "/posts/heron", "form.comment-form label[for]")
    assert before
    assert not after
    assert "Comments are closed" in client.get("/posts/heron").text
