"""Related posts: those with most tags in common, as far as readers find them at this moment."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.clock import Clock
from tests.support.factories import Make
from tests.support.html import soup

RELATED = ".related li"


def test_what_shares_most_tags_comes_first_and_both_ways(client: TestClient, make: Make) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, title="One", tags="a")
    make.post(ada, title="Two", tags="a, b")
    make.post(ada, title="None", tags="c")
    make.post(ada, title="Mine", tags="a, b")
    page = soup(client.get("/posts/mine"))
    assert page.texts(RELATED) == ["Two", "One"]
    assert page.link("Two") == "/posts/two"
    assert soup(client.get("/posts/one")).texts(RELATED) == ["Mine", "Two"]
    assert not soup(client.get("/posts/none")).has(".related")


@pytest.mark.parametrize(
    "action", ["publication/withdrawal", "deletion", "private", "unlisted", "schedule", "rename", "untagged", "page"]
)
def test_what_readers_do_not_find_any_more_is_not_shown(
    client: TestClient, make: Make, sign_in: SignIn, action: str
) -> None:
    ada = make.user("ada", role="author")
    other = make.post(ada, title="Other", tags="a")
    make.post(ada, title="Mine", tags="a")
    assert soup(client.get("/posts/mine")).texts(RELATED) == ["Other"]
    browser = sign_in(make.user(role="editor") if action == "page" else ada)
    if action in ("private", "unlisted"):
        data = soup(browser.get(f"/write/{other.id}/settings")).form("#settings-form") | {"visibility": action}
        browser.post(f"/write/{other.id}/settings", data=data)
    elif action in ("rename", "untagged"):
        data = soup(browser.get(f"/write/{other.id}")).form("#editor")
        data |= {"slug": "elsewhere"} if action == "rename" else {"tags": "b"}
        assert browser.post(f"/write/{other.id}", data=data).status_code == 303
    else:
        browser.post(f"/write/{other.id}/{'publication/withdrawal' if action == 'schedule' else action}")
    if action == "schedule":
        data = {"date": "2030-01-01", "time": "12:00"}
        browser.post(f"/write/{other.id}/schedule", data=data)
    page = soup(client.get("/posts/mine"))
    if action == "rename":
        assert page.link("Other") == "/posts/elsewhere"
    else:
        assert not page.has(".related")


def test_a_scheduled_post_is_related_when_its_time_has_come(client: TestClient, make: Make, clock: Clock) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, title="Later", tags="a", published_at=clock.advance(days=1))
    clock.advance(days=-1)
    make.post(ada, title="Mine", tags="a")
    assert not soup(client.get("/posts/mine")).has(".related")
    clock.advance(days=1)
    assert soup(client.get("/posts/mine")).texts(RELATED) == ["Later"]


def test_it_costs_no_statement(client: TestClient, make: Make, counted: Counted) -> None:
    ada = make.user("ada", role="author")
    make.post(ada, title="Mine", tags="a")
    counts = []
    for _ in range(20):
        with counted() as statements:
            shown = len(soup(client.get("/posts/mine")).texts(RELATED))
        counts.append(len(statements))
        make.post(ada, tags="a")
    assert len(set(counts)) == 1
    assert shown == 4
