"""Older posts come to the end of the list, and Back never shows a piece of a page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make

pytestmark = on_sqlite


@pytest.fixture
def stranger(make: Make, visit: Visit) -> Visitor:
    """A stranger before a list of twelve posts, ten to a page."""
    ada = make.user("ada", role="author", display_name="Ada")
    for number in range(1, 13):
        make.clock.advance(minutes=1)
        make.post(ada, title=f"Post number {number}", tags="paper")
    return visit()


@pytest.mark.parametrize("path", ["/", "/tags/paper", "/authors/ada"])
def test_older_posts_are_appended(stranger: Visitor, path: str) -> None:
    stranger.open(path)
    stranger.stay_on_this_page()
    expect(stranger.link("Post number 2")).to_have_count(0)
    stranger.link("Older posts").click()
    expect(stranger.link("Post number 1")).to_be_visible()
    expect(stranger.link("Post number 12")).to_be_visible()
    expect(stranger.link("Post number 2")).to_be_focused()
    expect(stranger.link("Older posts")).to_have_count(0)
    stranger.check_same_page()


def test_back_shows_a_whole_page(stranger: Visitor) -> None:
    stranger.open("/")
    stranger.link("Older posts").click()
    stranger.link("Post number 1").click()
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Post number 1")
    stranger.page.go_back()
    stranger.check_whole_page()
    expect(stranger.link("Post number 12")).to_be_visible()
    stranger.page.go_forward()
    stranger.check_whole_page()
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Post number 1")


def test_back_to_the_address_of_a_fragment_shows_a_whole_page(stranger: Visitor) -> None:
    """The page and the fragment of older posts share one address: no cache may take one for the other."""
    stranger.open("/")
    older = stranger.link("Older posts").get_attribute("href")
    assert older
    stranger.link("Older posts").click()
    expect(stranger.link("Post number 1")).to_be_visible()
    stranger.open(older)
    stranger.check_whole_page()
    stranger.open("/archive")
    stranger.page.go_back()
    stranger.check_whole_page()
    expect(stranger.link("Post number 2")).to_be_visible()
