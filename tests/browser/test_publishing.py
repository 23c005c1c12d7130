"""Deciding about a post: its time, its authors, its secret links, its review; with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.support.clock import Clock
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.reading import Read
from web.models.post import Post


@on_sqlite
def test_a_skipped_time_is_asked_about_in_place(make: Make, visit: Visit, read: Read, clock: Clock) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(make.user("ada", role="author"), title="Heron", published=False)
    ada = visit()
    ada.sign_in("ada")
    ada.open(f"/write/{post.id}/settings")
    ada.stay_on_this_page()
    ada.page.get_by_label("Publish at").fill("2027-03-28T02:30")
    ada.button("Schedule").click()
    expect(ada.page.locator(".field-error")).to_contain_text("There is no 02:30 on 28 March 2027")
    expect(ada.page.get_by_label("Publish at")).to_be_focused()
    expect(ada.page.get_by_label("Publish at")).to_have_value("2027-03-28T02:30")
    ada.check_same_page()
    ada.page.get_by_label("03:00 on 28 March 2027 (UTC+2)").check()
    ada.button("Schedule").click()
    expect(ada.page.locator("#settings-note, .flashes").filter(has_text=".").first).to_contain_text(
        "It appears by itself"
    )
    stored = read(Post, post.id)
    assert stored is not None
    assert stored.is_scheduled_at(clock.now)
    ada.button("Unschedule").click()
    expect(ada.page.locator(".editor-state")).to_contain_text("Draft")


@on_sqlite
def test_authors_and_links_change_in_place(make: Make, visit: Visit) -> None:
    post = make.post(make.user("ada", role="author"), title="Heron", body="Stands still.", published=False)
    make.user("bob", role="author")
    ada = visit()
    ada.sign_in("ada")
    ada.open(f"/write/{post.id}/settings")
    ada.stay_on_this_page()
    ada.page.get_by_label("Username").fill("bob")
    ada.button("Add author").click()
    expect(ada.page.locator("#authors .notice")).to_have_text("Bob is an author now.")
    expect(ada.page.locator("#authors .notice")).to_be_focused()
    expect(ada.page.locator("#announcement")).to_have_text("Bob is an author now.")
    ada.button("Move up Bob").click()
    expect(ada.page.locator("#authors li").first).to_contain_text("Bob")
    ada.button("Make a preview link").click()
    address = ada.page.get_by_label("New preview link").input_value()
    ada.check_same_page()
    stranger = visit()
    stranger.open(address.removeprefix(stranger.url))
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Heron")
    ada.page.get_by_role("button", name="Revoke").click()
    expect(ada.page.locator("#preview-links li")).to_have_count(0)
    stranger.page.reload()
    expect(stranger.page.locator(".error-code")).to_have_text("404")


@on_sqlite
@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-script", "without"])
def test_from_the_submission_to_the_published_post(make: Make, visit: Visit, java_script_enabled: bool) -> None:
    post = make.post(make.user("carl", role="contributor"), title="Heron", published=False)
    make.user("eve", role="editor")
    carl, eve = (visit(java_script_enabled=java_script_enabled) for _ in range(2))
    carl.sign_in("carl")
    carl.open(f"/write/{post.id}")
    carl.link("Post settings").click()
    carl.button("Submit for review").click()
    expect(carl.page.locator(".editor-state")).to_contain_text("In review")
    eve.sign_in("eve")
    eve.open("/messages")
    eve.link("“Heron” by Carl waits for review").click()
    eve.page.get_by_label("Note").fill("Please say more.")
    eve.button("Send back").click()
    expect(eve.page.locator("#settings-note, .flashes").filter(has_text=".").first).to_contain_text("Sent back")
    carl.open("/messages")
    expect(carl.page.locator(".message")).to_contain_text("Please say more.")
    carl.open(f"/write/{post.id}/settings")
    carl.button("Submit for review").click()
    expect(carl.page.locator(".editor-state")).to_contain_text("In review")
    eve.page.reload()
    eve.button("Approve").click()
    expect(eve.page.locator(".editor-state")).to_contain_text("Published")
    carl.open("/posts/heron")
    expect(carl.page.get_by_role("heading", level=1)).to_have_text("Heron")
