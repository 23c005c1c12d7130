"""A press of Schedule that comes once more after the schedule was taken back lets nothing appear."""

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, schedule, stored
from tests.support.factories import Make
from tests.support.html import Soup, soup
from tests.support.htmx import as_htmx
from tests.support.reading import Read
from web.models.post import Post
from web.models.user import User

LATE = "withdrawn, after you opened this page"


@pytest.fixture
def post(make: Make, ada: User) -> Post:
    return make.post(ada, title="Heron", published=False)


def settings(browser: TestClient, post: Post) -> Soup:
    return soup(browser.get(f"/write/{post.id}/settings"))


def opened(page: Soup) -> dict[str, str]:
    return page.form("#schedule form:first-of-type")


@BOTH
@pytest.mark.parametrize("back", ["schedule/cancellation", "publication/withdrawal"])
def test_a_late_press_schedules_nothing_and_the_next_one_does(
    browser: TestClient, post: Post, read: Read, back: str, headers: dict[str, str]
) -> None:
    form = opened(settings(browser, post)) | {"moment": "2026-11-23T09:00"}
    for _ in range(2):
        assert schedule(browser, post, headers=headers, **form).status_code < 400
    assert stored(read, post).is_released
    browser.post(f"/write/{post.id}/{back}")
    late = schedule(browser, post, headers=headers, **form)
    assert late.status_code == 422
    assert LATE in late.text
    assert not stored(read, post).is_released
    again = opened(soup(late))
    assert again["moment"] == form["moment"]
    assert schedule(browser, post, headers=headers, **again).status_code < 400
    assert stored(read, post).is_released


@BOTH
def test_a_late_change_of_the_time_schedules_nothing(
    browser: TestClient, post: Post, read: Read, headers: dict[str, str]
) -> None:
    schedule(browser, post)
    form = opened(settings(browser, post)) | {"moment": "2026-11-24T09:00"}
    assert schedule(browser, post, headers=headers, **form).status_code < 400
    browser.post(f"/write/{post.id}/schedule/cancellation")
    assert schedule(browser, post, headers=headers, **form).status_code == 422
    assert not stored(read, post).is_released


def test_in_the_open_page_one_schedules_again_on_purpose(browser: TestClient, post: Post, read: Read) -> None:
    page = settings(browser, post)
    for _ in range(3):
        form = opened(page) | {"moment": "2026-11-23T09:00"}
        assert schedule(browser, post, headers=as_htmx, **form).status_code == 200
        page = soup(browser.post(f"/write/{post.id}/schedule/cancellation", headers=as_htmx))
        assert not stored(read, post).is_released
