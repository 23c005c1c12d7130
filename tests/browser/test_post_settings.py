"""Post settings in a real browser: hours that come twice, comments that close, links that leak nothing, signed out."""

import pytest
from playwright.sync_api import Request, expect
from sqlalchemy import delete

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.clock import Clock
from tests.support.dialects import on_sqlite
from tests.support.factories import Make
from tests.support.passwords import PASSWORD
from tests.support.reading import Read
from web.database import Database
from web.html.markdown import render_post
from web.models.login_session import LoginSession
from web.models.post import Post
from web.models.user import User

pytestmark = on_sqlite
BOTH = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-script", "without"])


def at_settings(visit: Visit, post: Post, **options: bool) -> Visitor:
    """Ada before the settings of a post."""
    visitor = visit(**options)
    visitor.sign_in("ada")
    visitor.open(f"/write/{post.id}/settings")
    return visitor


@BOTH
def test_of_an_hour_that_comes_twice_one_is_chosen(
    make: Make, visit: Visit, shared: Post, read: Read, java_script_enabled: bool
) -> None:
    make.setting("zone", "Europe/Berlin")
    ada = at_settings(visit, shared, java_script_enabled=java_script_enabled)
    ada.page.get_by_label("Publish at").fill("2027-10-31T02:30")
    ada.button("Schedule").click()
    expect(ada.page.locator(".field-error")).to_contain_text("02:30 on 31 October 2027 comes twice")
    expect(ada.page.get_by_label("Publish at")).to_have_value("2027-10-31T02:30")
    ada.page.get_by_label("02:30 on 31 October 2027 (UTC+1)").check()
    ada.button("Schedule").click()
    expect(ada.page.locator("#state time")).to_have_attribute("datetime", "2027-10-31T01:30:00Z")
    ada.page.reload()
    expect(ada.page.get_by_label("02:30 on 31 October 2027 (UTC+1)")).to_be_checked()


@BOTH
def test_comments_close_at_a_date(make: Make, visit: Visit, ada: User, clock: Clock, java_script_enabled: bool) -> None:
    post = make.post(ada, title="Heron")
    make.user("rita")
    writer = at_settings(visit, post, java_script_enabled=java_script_enabled)
    writer.page.get_by_label("Closed from a date").check()
    writer.page.get_by_label("Comments close at").fill("2026-11-22T15:00")
    writer.button("Save settings").click()
    expect(writer.page.locator("body")).to_contain_text("The settings have been saved.")
    reader = visit(java_script_enabled=java_script_enabled)
    reader.sign_in("rita")
    reader.open("/posts/heron")
    reader.page.get_by_label("Comment", exact=True).fill("Too late?")
    clock.advance(hours=2)
    reader.button("Post comment").click()
    expect(reader.page.locator("main")).to_contain_text("Comments on this post are closed.")
    expect(reader.page.get_by_label("Comment", exact=True)).to_have_value("Too late?")


def test_a_preview_link_leaks_to_nobody_and_ends(make: Make, visit: Visit, ada: User, clock: Clock) -> None:
    body = "![A leaf](/static/sample/press.svg) [Elsewhere](/archive)"
    post = make.post(ada, title="Heron", body=body, body_html=render_post(body).html, published=False)
    writer = at_settings(visit, post)
    writer.button("Make a preview link").click()
    path = writer.page.get_by_label("New preview link").input_value().removeprefix(writer.url)
    stranger = visit()
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    stranger.page.on("request", note)
    stranger.open(path)
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Heron")
    stranger.link("Elsewhere").click()
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Archive")
    assert stranger.page.evaluate("document.referrer") == ""
    assert {"/static/sample/press.svg", "/archive"} <= {request.url.removeprefix(stranger.url) for request in asked}
    assert [request.url for request in asked if path in request.all_headers().get("referer", "")] == []
    stranger.page.go_back()
    clock.advance(days=7)
    stranger.page.reload()
    expect(stranger.page.locator(".error-code")).to_have_text("404")


def end_sessions(database: Database) -> None:
    with database.session() as session:
        session.execute(delete(LoginSession))


def test_a_session_that_ended_is_begun_again_in_place(
    visit: Visit, shared: Post, database: Database, read: Read
) -> None:
    ada = at_settings(visit, shared)
    ada.stay_on_this_page()
    ada.page.get_by_label("Canonical address").fill("https://example.org/first")
    ada.page.get_by_label("Series", exact=True).fill("Birds")
    end_sessions(database)
    ada.button("Save settings").click()
    door = ada.page.locator("#settings-note")
    expect(door).to_contain_text("What you typed is still here")
    door.get_by_label("Username or email").fill("ada")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in").click()
    expect(door).to_contain_text("signed in")
    expect(ada.page.get_by_label("Canonical address")).to_have_value("https://example.org/first")
    expect(ada.page.get_by_label("Series", exact=True)).to_have_value("Birds")
    ada.button("Save settings").click()
    expect(ada.page.locator("#settings-form")).to_contain_text("The settings have been saved.")
    ada.check_same_page()
    assert read.all(Post)[0].canonical_url == "https://example.org/first"


def test_a_session_that_ended_keeps_every_field_without_javascript(
    visit: Visit, shared: Post, database: Database, read: Read
) -> None:
    ada = at_settings(visit, shared, java_script_enabled=False)
    ada.page.get_by_label("Canonical address").fill("https://example.org/first")
    end_sessions(database)
    ada.button("Save settings").click()
    expect(ada.page.get_by_label("Canonical address")).to_have_value("https://example.org/first")
    ada.check_whole_page()
    ada.sign_in("ada")
    ada.button("Send it again").click()
    expect(ada.page.locator("body")).to_contain_text("The settings have been saved.")
    assert read.all(Post)[0].canonical_url == "https://example.org/first"


CUT_AWAY = """() => [...document.querySelectorAll('.byline')].flatMap(row => {
  const range = document.createRange();
  const edge = row.getBoundingClientRect().left;
  return [...row.children].filter(part => {
    range.selectNodeContents(part);
    return [...range.getClientRects()].some(line => line.left < edge - 0.5);
  }).map(part => part.textContent);
})"""


def test_no_letter_is_cut_away_where_a_line_is_full(make: Make, visit: Visit, ada: User, shared: Post) -> None:
    bob = make.user("bob", role="author", display_name="Bob of the very long name that goes on and on")
    make.post([ada, bob], title="Heron")
    phone = visit(viewport={"width": 320, "height": 640})
    phone.sign_in("ada")
    phone.open(f"/write/{shared.id}/settings")
    phone.button("Make a preview link").click()
    expect(phone.page.locator("#preview-links .byline")).to_have_count(1)
    for path in (f"/write/{shared.id}/settings", "/posts/heron", "/write"):
        phone.open(path)
        assert phone.page.evaluate(CUT_AWAY) == [], f"cut away at {path}"


def test_a_preview_has_air_under_its_notice(visit: Visit, shared: Post) -> None:
    ada = at_settings(visit, shared)
    ada.button("Make a preview link").click()
    ada.page.goto(ada.page.get_by_label("New preview link").input_value())
    bottom = ada.page.locator(".post-header > .notice").evaluate("notice => notice.getBoundingClientRect().bottom")
    top = ada.page.locator("h1").evaluate("title => title.getBoundingClientRect().top")
    assert top - bottom >= 24
