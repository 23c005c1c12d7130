"""Typing searches, the address follows, the field keeps the focus, and Back shows whole pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD

pytestmark = on_sqlite
RESULTS = "#search-results .post-summary-title"


@pytest.fixture
def library(make: Make) -> None:
    """Thirteen posts about herons, and one about storks."""
    ada = make.user("ada", role="author", display_name="Ada")
    for number in range(1, 14):
        make.post(ada, title=f"Heron {number}", body="A grey heron.", tags="Water")
    make.post(ada, title="Stork", body="A white stork and no other bird.")


def results(visitor: Visitor) -> list[str]:
    return visitor.page.locator(RESULTS).all_inner_texts()


@pytest.mark.usefixtures("library")
def test_typing_searches(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/")
    visitor.page.locator(".masthead").get_by_role("link", name="Search").click()
    field = visitor.page.get_by_label("Search", exact=True)
    expect(field).to_be_focused()
    visitor.stay_on_this_page()
    field.press_sequentially("sto")
    expect(visitor.page.locator(RESULTS)).to_have_text(["Stork"])
    expect(visitor.page.locator("#search-results mark").first).to_have_text("Stork")
    expect(field).to_be_focused()
    expect(field).to_have_value("sto")
    expect(visitor.page).to_have_url(f"{visitor.page.url.partition('?')[0]}?q=sto")
    field.fill("heron")
    expect(visitor.page.locator(RESULTS)).to_have_count(10)
    visitor.link("More results").click()
    expect(visitor.page.locator(RESULTS)).to_have_count(13)
    visitor.check_same_page()
    visitor.link("Heron 13").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Heron 13")
    expect(visitor.page.locator(".related li")).to_have_count(4)
    visitor.page.go_back()
    visitor.check_whole_page()
    expect(field).to_have_value("heron")
    expect(visitor.page.locator(RESULTS).first).to_be_visible()
    visitor.page.go_back()
    visitor.check_whole_page()
    expect(visitor.page).not_to_have_url("/search")


@pytest.mark.usefixtures("library")
def test_enter_searches_without_javascript(visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open("/search")
    field = visitor.page.get_by_label("Search", exact=True)
    field.fill("heron")
    field.press("Enter")
    visitor.check_whole_page()
    expect(visitor.page.locator(RESULTS)).to_have_count(10)
    visitor.link("More results").click()
    visitor.check_whole_page()
    expect(visitor.page.locator(RESULTS)).to_have_count(3)
    expect(field).to_have_value("heron")


@pytest.mark.usefixtures("library")
def test_the_writers_list_is_searched_while_typing(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("ada", PASSWORD)
    visitor.open("/write?state=published")
    visitor.stay_on_this_page()
    field = visitor.page.get_by_label("Search", exact=True)
    field.press_sequentially("stork")
    expect(visitor.page.locator("#drafts > li")).to_have_count(1)
    expect(field).to_be_focused()
    visitor.check_same_page()
    # Each answer brings its address along; the last one may still be on its way.
    expect(visitor.page).to_have_url(re.compile("state=published.*q=stork|q=stork.*state=published"))
